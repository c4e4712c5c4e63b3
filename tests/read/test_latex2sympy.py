"""What latex2sympy2 makes of formulas when it is asked directly, and that the adapter does not let such through."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sympy import I, Integer, Rational, Symbol, factorial, log

from symcnn.errors import SymcnnError
from symcnn.read import latex2sympy
from symcnn.read.latex2sympy import Latex2SympyError, parse, placeholder

ROOT = Path(__file__).parents[2]
a, b, c, x, y = map(Symbol, "abcxy")


@pytest.fixture
def raw() -> Iterator[Any]:
    """latex2sympy2 itself; what it remembers is forgotten afterwards."""
    module = latex2sympy._loaded()
    with latex2sympy._untouched(module):
        yield module


MISREADINGS = [
    pytest.param(r"a + b ] c", a + b, id="what follows is ignored"),
    pytest.param(r"a + b ) - c", a + b, id="what follows a bracket is ignored"),
    pytest.param(r"x = 3", Integer(3), id="the left side is dropped"),
    pytest.param(r"\sigma(x + 1)", Symbol("sigma") * (x + 1), id="a function is a factor"),
    pytest.param(r"y'", y, id="a prime is dropped"),
    pytest.param(r"y^T", y, id="a transpose is dropped"),
    pytest.param(r"x_{i+1,j}", Symbol("x_{i+1,j}"), id="indices are part of a name"),
    pytest.param(r"I", I, id="the imaginary unit"),
    pytest.param(r"\log x", log(x, 10, evaluate=False), id="base 10"),
    pytest.param(r"(a)_{b}", factorial(a) / factorial(a - b), id="a number of arrangements"),
    pytest.param(r"x, y", [x, y], id="a list"),
    pytest.param(r"1,000", Integer(1000), id="a comma is dropped"),
    pytest.param(r"2E3", Integer(2000), id="a variable E"),
    pytest.param(r"dx", Symbol("dx"), id="a product with d is one symbol"),
]
MISREADINGS_OF_ARITHMETIC = [
    pytest.param(r"x^2^3", (x**2) ** 3, id="powers from the left"),
    pytest.param(r"2 3", Integer(6), id="two numbers are a product"),
    pytest.param(r"2^{x}{3}", 3 * 2**x, id="a group is a factor"),
]


@pytest.mark.parametrize(("latex", "reading"), MISREADINGS + MISREADINGS_OF_ARITHMETIC)
def test_it_misreads(raw: Any, latex: str, reading: Any) -> None:
    answer = raw.latex2sympy(latex)
    assert (answer if isinstance(answer, list) else answer.doit()) == (
        reading if isinstance(reading, list) else reading.doit()
    )


@pytest.mark.parametrize(("latex", "reading"), MISREADINGS)
def test_the_adapter_does_not_send_it(monkeypatch: pytest.MonkeyPatch, latex: str, reading: Any) -> None:
    monkeypatch.setattr(latex2sympy, "_answer", lambda latex: pytest.fail(f"{latex} is sent"))
    with pytest.raises(Latex2SympyError, match="is not sent to latex2sympy2"):
        parse(latex)


def test_it_solves_equations(raw: Any) -> None:
    solved = {str(each) for each in raw.latex2sympy("a + b = c")}
    assert solved == {"Eq(a, -b + c)", "Eq(b, -a + c)", "Eq(c, a + b)"}


def test_it_reads_a_product_with_brackets_as_a_function(raw: Any) -> None:
    assert str(raw.latex2sympy("a (b)")) == "a(b)"
    assert raw.latex2sympy("a (b)").func.is_Function


def test_it_remembers_assignments(raw: Any) -> None:
    raw.latex2sympy("x = 3")
    assert raw.var == {"x": Integer(3)}
    assert raw.variances == {x: Integer(3)}


def test_one_differential_makes_everything_later_fail(raw: Any) -> None:
    raw.latex2sympy("dx")
    with pytest.raises(TypeError, match="not iterable"):
        raw.latex2sympy("a")
    assert parse("a") == a


def test_what_others_set_is_not_used_and_stays(raw: Any) -> None:
    raw.set_real(True)
    raw.set_variances({x: Integer(3)})
    raw.latex2sympy(r"\dfrac{y}{2}")
    assert parse(r"\frac{x}{2}").doit() == x / 2
    assert (raw.is_real, raw.variances, raw.var) == (True, {x: Integer(3)}, {"x": Integer(3)})
    assert raw.frac_type == r"\dfrac"


def test_it_is_put_back_after_an_error(raw: Any) -> None:
    raw.set_real(True)
    with pytest.raises(Latex2SympyError, match="cannot read a -: I expected"):
        parse("a -")
    assert raw.is_real is True


@pytest.mark.parametrize(
    ("latex", "expression"),
    [
        (r"x - y", x - y),
        (r"\frac{x + 1}{b} \cdot (y - a)", (x + 1) / b * (y - a)),
        (r"x^{-2}", x**-2),
        (r"-x^{2}", -(x**2)),
        (r"0.299 \cdot x", Rational(299, 1000) * x),
        (r"\frac{\frac{a}{b}}{c}", a / b / c),
        (r"12", Integer(12)),
    ],
)
def test_arithmetic(latex: str, expression: Any) -> None:
    assert parse(latex).doit() == expression


@pytest.mark.parametrize("number", [*range(len(latex2sympy._LETTERS) + 2), 150])
def test_every_placeholder_is_read_as_a_symbol_of_its_name(number: int) -> None:
    name = placeholder(number)
    symbol = Symbol(name)
    assert parse(name) == symbol
    assert (
        parse(rf"\frac{{2 \cdot {name}}}{{{name} + 3}} - {name}^{{2}}").doit() == 2 * symbol / (symbol + 3) - symbol**2
    )


def test_no_placeholder_is_a_letter_with_a_meaning() -> None:
    names = [placeholder(number) for number in range(200)]
    assert len(set(names)) == 200
    assert not set("deEIijT") & set(names)


@pytest.mark.parametrize(
    "latex", ["", "(x", "x)", "x)(y", "{x)}", r"\cdotx", r"\frac x y", "x_1", "x_{i}", "1.", "x\n"]
)
def test_malformed_text_is_not_sent(latex: str) -> None:
    with pytest.raises(Latex2SympyError, match="is not sent"):
        parse(latex)


def test_the_error_is_one_of_ours() -> None:
    assert issubclass(Latex2SympyError, SymcnnError)


@pytest.mark.parametrize("error", [Exception("no"), TypeError("no"), RecursionError("no"), AttributeError("no")])
def test_whatever_goes_wrong_is_one_error(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(latex: str) -> None:
        raise error

    monkeypatch.setattr(latex2sympy._loaded(), "latex2sympy", fail)
    with pytest.raises(Latex2SympyError, match="latex2sympy2 cannot read x: no"):
        parse("x")


@pytest.mark.parametrize("answer", [[x], True, None, {x: 1}])
def test_what_is_not_an_expression_is_refused(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    monkeypatch.setattr(latex2sympy._loaded(), "latex2sympy", lambda latex: answer)
    with pytest.raises(Latex2SympyError, match="is not an expression"):
        parse("x")


def test_too_deep_is_an_error_and_leaves_it_usable() -> None:
    with pytest.raises(Latex2SympyError, match="recursion"):
        parse("(" * 200 + "x" + ")" * 200)
    assert parse("x") == x


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    for latex in ["x - y", "x -", "x^2^3", "()", r"\frac{x}"]:
        try:
            parse(latex)
        except Latex2SympyError:
            continue
    assert capfd.readouterr() == ("", "")


def test_threads_do_not_meet() -> None:
    sent = [rf"\frac{{{placeholder(k)} + {k}}}{{2}}" for k in range(8)] * 3
    with ThreadPoolExecutor(8) as pool:
        answers = [answer.doit() for answer in pool.map(parse, sent)]
    assert answers == [((Symbol(placeholder(k)) + k) / 2).doit() for k in range(8)] * 3


def run(code: str, *options: str, cwd: Path = ROOT) -> tuple[str, str]:
    done = subprocess.run([sys.executable, *options, "-c", code], cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


def test_it_is_loaded_when_needed_without_a_warning_and_nothing_is_left() -> None:
    code = """
import sys
from symcnn.read import latex2sympy
print("latex2sympy2" in sys.modules)
before, filters = "typing.io" in sys.modules, list(__import__("warnings").filters)
print(latex2sympy.parse("x - y"))
print(("typing.io" in sys.modules) == before, list(__import__("warnings").filters) == filters)
"""
    assert run(code, "-W", "always::DeprecationWarning") == ("False\nx - y\nTrue True\n", "")


def test_a_file_gen_beside_a_script_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "gen.py").write_text("raise ValueError")
    assert run("from symcnn.read.latex2sympy import parse; print(parse('x'))", cwd=tmp_path)[0].strip() == "x"


def test_another_module_gen_is_named(tmp_path: Path) -> None:
    (tmp_path / "gen.py").write_text("")
    code = """
import gen
from symcnn.read.latex2sympy import parse, Latex2SympyError
try:
    parse("x")
except Latex2SympyError as error:
    print(error)
"""
    assert "latex2sympy2 cannot be imported; is there another module `gen`?" in run(code, cwd=tmp_path)[0]
