"""Leaf arithmetic: our reading is right, latex2sympy2's is the same, and where it is not it is refused."""

import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from sympy import Expr, Float, Function, Integer, Pow, Rational, Symbol, symbols

from symcnn import Identity, Tensor, prove, sizes
from symcnn.errors import IllFormed, LanguageError, SymcnnError
from symcnn.language.vocabulary import check_decimal
from symcnn.read import arithmetic, latex2sympy
from symcnn.read.arithmetic import (
    ArithmeticLimit,
    ArithmeticMismatch,
    Divide,
    Leaf,
    Negative,
    Number,
    Place,
    Plus,
    Power,
    Times,
    exact,
    read,
)
from symcnn.read.arithmetic_leaves import Reading, fold

ROOT = Path(__file__).parents[2]
x, y, z = symbols("x y z", real=True)
X, Y, Z = Place(0), Place(1), Place(2)
ONE, TWO, THREE = Number("1"), Number("2"), Number("3")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    arithmetic._compare.cache_clear()
    yield
    arithmetic._compare.cache_clear()


def leaves(places: int = 3) -> st.SearchStrategy[Leaf]:
    digits = st.integers(0, 99).map(str) | st.sampled_from(["0.5", "0.299", "2.50", "00.0"])
    small = digits.map(Number) | st.integers(0, places - 1).map(Place)

    def larger(parts: st.SearchStrategy[Leaf]) -> st.SearchStrategy[Leaf]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        return (
            several.map(Plus)
            | several.map(Times)
            | parts.map(Negative)
            | st.builds(Divide, parts, parts)
            | st.builds(Power, parts, st.integers(-3, 3))
        )

    return st.recursive(small, larger, max_leaves=8)


FRACTIONS = Reading[Fraction](
    number=Fraction,
    place=[Fraction(2, 3), Fraction(-5), Fraction(7, 4)].__getitem__,
    plus=lambda terms: sum(terms, Fraction(0)),
    times=lambda factors: Fraction(1) if not factors else factors[0] * FRACTIONS.times(factors[1:]),
    power=lambda base, exponent: base**exponent,
)


def value(leaf: Leaf) -> Fraction | None:
    """The value of a leaf at three fractions; None if it divides by 0."""
    try:
        return fold(leaf, FRACTIONS)
    except ZeroDivisionError:
        return None


# --- our own reading


@pytest.mark.parametrize(
    ("leaf", "expression"),
    [
        (Number("12"), Integer(12)),
        (X, x),
        (Plus((X, Negative(Y))), x - y),
        (Negative(Plus((X, Y))), -x - y),
        (Times((TWO, X, Y)), 2 * x * y),
        (Divide(Plus((X, ONE)), TWO), (x + 1) / 2),
        (Power(Plus((X, Y)), -2), (x + y) ** -2),
        (Divide(Divide(X, Y), Z), x / y / z),
        (Negative(Power(TWO, 2)), Integer(-4)),
        (Divide(ONE, THREE), Rational(1, 3)),
    ],
)
def test_readings(leaf: Leaf, expression: Expr) -> None:
    assert exact(leaf, (x, y, z)) == expression
    assert read(leaf, (x, y, z)) == expression


@settings(max_examples=200, deadline=None)
@given(leaves())
def test_exact_is_the_value(leaf: Leaf) -> None:
    values = [Rational(FRACTIONS.place(number)) for number in range(3)]
    expected = value(leaf)
    if expected is None:
        with pytest.raises(LanguageError, match="division by 0"):
            exact(leaf, values)
    else:
        assert Fraction(str(exact(leaf, values))) == expected


@settings(max_examples=100, deadline=None)
@given(leaves())
@example(Divide(X, X))
@example(Times((X, Power(X, -1))))
@example(Times((Number("0.1"), Plus((X, Times((Number("0.2"), X)))))))
@example(Plus((ONE, Negative(ONE))))
@example(Plus((X, Number("0"))))
@example(Power(Power(Negative(TWO), 2), 1))
@example(Power(X, 0))
@example(Times((ONE, Times((Negative(ONE), X)))))
def test_latex2sympy2_reads_the_same(leaf: Leaf) -> None:
    try:
        expected = exact(leaf, (x, y, z))
    except LanguageError:
        assume(False)
    assert read(leaf, (x, y, z)) == expected


@settings(max_examples=100, deadline=None)
@given(leaves())
def test_our_reading_has_the_value_of_the_leaf(leaf: Leaf) -> None:
    """Also with symbols for which the values are put in afterwards, and where SymPy would cancel."""
    numbers = {symbol: Rational(FRACTIONS.place(k)) for k, symbol in enumerate((x, y, z))}
    try:
        expected = fold(leaf, FRACTIONS)
        expression = exact(leaf, (x, y, z))
    except (ZeroDivisionError, LanguageError):
        assume(False)
    assert arithmetic._without_decimals(expression).subs(numbers).doit() == Rational(expected)
    for number in expression.atoms(Float):
        check_decimal(number)


# --- decimals


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[0-9]{1,20}\.[0-9]{1,19}", fullmatch=True, alphabet="0123456789."))
@example("0.299")
@example("0." + "0" * 30 + "1")
@example("12345678901234567890.5")
@example("0.0")
def test_a_decimal_is_shown_as_it_is_written(digits: str) -> None:
    number = exact(Number(digits), ())
    assert Fraction(str(number)) == Fraction(digits)
    check_decimal(number)


def test_a_decimal_coefficient_stays() -> None:
    made = read(Plus((Times((Number("0.299"), X)), Negative(Times((Number("0.587"), Y))))), (x, y))
    assert made.atoms(Float) == {Float("0.299"), Float("-0.587")}


@pytest.mark.parametrize(
    ("leaf", "expression"),
    [
        (Plus((Number("0.1"), Number("0.2"))), Rational(3, 10)),
        (Times((Number("0.1"), THREE, X)), Rational(3, 10) * x),
        (Times((Number("1.00000001"), Number("1.00000001"))), Rational("1.0000000200000001")),
        (Divide(ONE, Number("0.3")), Rational(10, 3)),
        (Plus((Times((Number("0.1"), X)), Times((Number("0.2"), X)))), Rational(3, 10) * x),
    ],
)
def test_decimals_that_are_combined_are_rationals(leaf: Leaf, expression: Expr) -> None:
    assert read(leaf, (x,)) == expression


def test_decimals_of_the_values_are_combined_exactly() -> None:
    assert read(Times((THREE, X)), (Float("0.1") * x,)) == Rational(3, 10) * x
    assert read(Plus((X, Y)), (Float("0.5") * x, y)) == Float("0.5") * x + y


def test_an_inexact_float_is_refused() -> None:
    with pytest.raises(LanguageError, match="float with more digits"):
        read(Plus((X, ONE)), (Float(0.1) + Float(0.2),))


# --- divisors


@pytest.mark.parametrize(
    ("leaf", "values"),
    [
        (Divide(X, X), (x,)),
        (Divide(Number("0"), X), (x,)),
        (Plus((Divide(ONE, X), Negative(Divide(ONE, X)))), (x,)),
        (Times((X, Y)), (x, 1 / x)),
        (Divide(Times((X, Y)), X), (x, y)),
        (Power(Divide(ONE, X), 0), (x,)),
        (Divide(Divide(ONE, X), Divide(ONE, X)), (x,)),
    ],
)
def test_a_divisor_does_not_cancel(leaf: Leaf, values: tuple[Expr, ...]) -> None:
    assert any(power.base == x for power in read(leaf, values).atoms(Pow) if power.exp.is_negative)


def test_a_divisor_that_may_be_zero_is_refused_by_the_package() -> None:
    size, n = sizes("m n")
    vector = Tensor("v", (n,))
    assert prove(Identity(read(Divide(X, X), (size,)), 1))
    with pytest.raises(IllFormed, match="may divide by 0"):
        prove(Identity(read(Divide(X, X), (vector[1],)), 1))


def test_division_by_zero() -> None:
    for leaf in (Divide(X, Number("0")), Power(Plus((X, Negative(X))), -1), Divide(ONE, Number("0.0"))):
        with pytest.raises(LanguageError, match="division by 0"):
            read(leaf, (x,))


# --- the comparison


def planted(monkeypatch: pytest.MonkeyPatch, wrong: Any) -> None:
    right = latex2sympy.parse
    monkeypatch.setattr(latex2sympy, "parse", lambda latex: wrong(right(latex)))


def test_a_wrong_answer_is_refused_with_both_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    planted(monkeypatch, lambda answer: Symbol("x") + Symbol("y"))
    with pytest.raises(ArithmeticMismatch) as refused:
        read(Plus((X, Negative(Y))), (y, z))
    assert str(refused.value) == "latex2sympy2 reads x - y as x + y, we read it as x - y"
    assert issubclass(ArithmeticMismatch, SymcnnError)


@settings(max_examples=60, deadline=None)
@given(leaves(), leaves())
def test_answers_are_taken_only_if_the_values_are_equal(leaf: Leaf, other: Leaf) -> None:
    """The answer for another leaf: refused, or the two are the same rational function."""
    assume(not isinstance(leaf, (Number, Place)))
    answer = fold(other, arithmetic._expression(symbols("x y z"), Rational, evaluate=False))
    with pytest.MonkeyPatch.context() as monkeypatch:
        arithmetic._compare.cache_clear()
        monkeypatch.setattr(latex2sympy, "parse", lambda latex: answer)
        try:
            arithmetic._compare(leaf)
        except ArithmeticMismatch:
            return
    assert value(leaf) == value(other)


@pytest.mark.parametrize("wrong", [lambda e: -e, lambda e: e + 1, lambda e: 2 * e, lambda e: e**2, lambda e: 1 / e])
@pytest.mark.parametrize("leaf", [Plus((X, Y)), Negative(X), Divide(X, Y), Power(X, 3), Times((X, X, Y))])
def test_wrong_answers_are_refused(monkeypatch: pytest.MonkeyPatch, leaf: Leaf, wrong: Any) -> None:
    planted(monkeypatch, lambda answer: wrong(answer))
    with pytest.raises(ArithmeticMismatch):
        read(leaf, (x, y, z))


@pytest.mark.parametrize("wrong", ["x", "z - y", "f(x)", "real"])
def test_other_symbols_are_a_difference(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    answers = {
        "x": Symbol("x"),
        "z - y": Symbol("z") - Symbol("y"),
        "f(x)": Function("f")(Symbol("x")),
        "real": Symbol("x", real=True) - Symbol("y"),
    }
    planted(monkeypatch, lambda answer: answers[wrong])
    with pytest.raises(ArithmeticMismatch, match="we read it as x - y"):
        read(Plus((X, Negative(Y))), (x, y))


def test_a_wrong_answer_is_refused_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    planted(monkeypatch, lambda answer: answer + 1)
    for _ in range(2):
        with pytest.raises(ArithmeticMismatch):
            read(Negative(X), (x,))


def test_the_answer_is_not_what_is_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal up to order is enough, and the result is made of our own structure."""
    planted(monkeypatch, lambda answer: Symbol("y") + Symbol("x"))
    assert read(Plus((X, Y)), (x, x)) == 2 * x


def test_numbers_and_placeholders_are_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latex2sympy, "parse", lambda latex: pytest.fail(f"{latex} is sent"))
    assert read(Number("0.5"), ()) == Float("0.5")
    assert read(Y, (x, y)) == y


def test_the_same_shape_is_sent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    right = latex2sympy.parse
    monkeypatch.setattr(latex2sympy, "parse", lambda latex: [sent.append(latex), right(latex)][1])
    for places in ((0, 1), (1, 0), (2, 1), (0, 1)):
        read(Plus((Place(places[0]), Times((TWO, Place(places[1]))))), (x, y, z))
    assert sent == [r"x + 2 \cdot y"]
    read(Plus((X, Times((TWO, X)))), (x,))
    assert sent[1:] == [r"x + 2 \cdot x"]


def test_python_minus_o_compares_too() -> None:
    code = """
from sympy import Symbol
from symcnn.read import latex2sympy
from symcnn.read.arithmetic import *
print(read(Plus((Place(0), Number("1"))), [Symbol("a")]))
latex2sympy.parse = lambda latex: Symbol("y")
try:
    read(Negative(Place(0)), [Symbol("a")])
except ArithmeticMismatch as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-O", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("a + 1\nlatex2sympy2 reads -x as y, we read it as -x\n", "")


# --- limits


def nested(depth: int, wrap: Any) -> Leaf:
    leaf: Leaf = X
    for _ in range(depth - 1):
        leaf = wrap(leaf)
    return leaf


@pytest.mark.parametrize(
    ("leaf", "message"),
    [
        (Plus((X,) * 200), "201 parts is not read: at most 200"),
        (Number("1" * 41), "41 digits in a number"),
        (Power(X, 65), "65 as an exponent"),
        (Power(X, -65), "65 as an exponent"),
        (nested(31, Negative), "31 levels of nesting"),
        (nested(100_000, Negative), "31 levels of nesting"),
        (Power(Power(Power(Number("10"), 64), 64), 64), "digits, multiplied out, is not read: at most 4096"),
        (Power(Power(Y, 64), 64), "4096 as a degree"),
    ],
)
def test_limits(leaf: Leaf, message: str) -> None:
    for reader in (exact, read):
        with pytest.raises(ArithmeticLimit, match=message):
            reader(leaf, (x, 1000 * x))
    assert issubclass(ArithmeticLimit, SymcnnError)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda leaf: Plus((leaf, ONE)),
        lambda leaf: Plus((ONE, leaf)),
        lambda leaf: Times((TWO, leaf)),
        lambda leaf: Divide(ONE, leaf),
        lambda leaf: Divide(leaf, Y),
        lambda leaf: Power(leaf, 1),
        lambda leaf: Negative(leaf),
    ],
)
def test_the_deepest_that_is_read(wrap: Any) -> None:
    leaf = nested(30, wrap)
    assert read(leaf, (x, y)) == exact(leaf, (x, y))


def test_the_largest_that_is_read() -> None:
    assert read(Plus((X,) * 199), (x,)) == 199 * x
    values = symbols("v:60")
    assert read(Plus(tuple(map(Place, range(60)))), values) == sum(values)
    assert read(Times((Power(X, 64), Number("1" * 40))), (x,)) == int("1" * 40) * x**64


@pytest.mark.parametrize(
    ("leaf", "message"),
    [
        (Plus(()), "has no parts"),
        (Times(()), "has no parts"),
        (Place(2), "placeholder 2 has no value"),
        (Place(-1), "placeholder -1 has no value"),
        *((Number(digits), "is not a decimal") for digits in ("", "-1", "1.", ".5", "1e3", "1,000", "٣", "1\n")),
    ],
)
def test_malformed_leaves(leaf: Leaf, message: str) -> None:
    with pytest.raises(LanguageError, match=message):
        read(Negative(leaf), (x, y))
