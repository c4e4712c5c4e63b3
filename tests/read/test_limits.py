r"""Small documents that would take long: each ends within two seconds beyond what proofs and counterexamples get."""

from itertools import pairwise
from time import process_time

import pytest
from quickest import quickest

from symcnn.errors import ParseError
from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Report, Verdict

SECONDS = 2.0
BUDGET = Budget(1.0, 2.0, 0.0)
N, R, P = Verdict.NOT_CHECKABLE, Verdict.REFUTED, Verdict.PROVED


def nested(before: str, inside: str, behind: str, depth: int) -> str:
    return before * depth + inside + behind * depth


def quick(text: str, *declarations: str, equations: int = 1) -> Report:
    """The report on a document, which comes in time"""
    start = process_time()
    made = check(text, declarations=declarations, budget=BUDGET)
    assert process_time() - start < SECONDS + equations * (BUDGET.seconds + BUDGET.proof_seconds)
    return made


def entries(count: int) -> str:
    return ", ".join(f"x_{{{number}}}" for number in range(1, count + 1))


@pytest.mark.parametrize("depth", [7, 8, 11, 25])
def test_absolute_values_within_each_other(depth: int) -> None:
    absolute = nested(r"\lvert ", "x", r" - 1 \rvert", depth)
    (finding,) = quick(rf"\[ {absolute} = 1 \]", "x: scalar").findings
    assert finding.verdict is (R if depth < 8 else N)


@pytest.mark.parametrize("depth", [5, 7, 14, 22])
def test_a_function_of_itself(depth: int) -> None:
    found = quick(rf"\[ f(t) = \exp(t) + \tanh(t) \] \[ {nested('f(', 'x', ')', depth)} = 1 \]", "x: scalar").findings
    assert found[-1].verdict is (R if depth < 7 else N)


def test_what_is_too_large_says_so() -> None:
    found = quick(rf"\[ f(t) = \exp(t) + \tanh(t) \] \[ {nested('f(', 'x', ')', 14)} = 1 \]", "x: scalar").findings
    assert "parts, written out, is not read: at most 2000" in found[-1].reason


@pytest.mark.parametrize("count", [8, 9, 15])
def test_definitions_that_double(count: int) -> None:
    letters = "abcdefghijklmnop"
    lines = (rf"\[ {new} = \exp({old}) + \tanh({old}) \]" for old, new in pairwise(letters[: count + 1]))
    text = "\n".join((*lines, rf"\[ {letters[count]} = 1 \]"))
    assert quick(text, "a: scalar").findings[-1].verdict is N


@pytest.mark.parametrize(("count", "verdict"), [(24, R), (25, N), (99, N), (400, N)])
def test_the_largest_of_many(count: int, verdict: Verdict) -> None:
    (finding,) = quick(rf"\[ \max({entries(count)}) = 1 \]", "x: 600").findings
    assert finding.verdict is verdict
    assert verdict is R or f"a max of {count} numbers is not read: at most 24" in finding.reason


def test_the_largest_of_the_largest_counts_all() -> None:
    twice = rf"\max(\max({entries(20)}), \max({entries(24).replace('x', 'y')}))"
    (finding,) = quick(rf"\[ {twice} = 1 \]", "x, y: 600").findings
    assert "a max of 44 numbers is not read" in finding.reason


@pytest.mark.parametrize(("depth", "verdict"), [(4, R), (5, N), (20, N)])
@pytest.mark.parametrize("kind", ["floor", "ceil"])
def test_numbers_rounded_within_each_other(kind: str, depth: int, verdict: Verdict) -> None:
    rounded = nested(rf"\l{kind} ", "n", rf" / 2 \r{kind}", depth)
    (finding,) = quick(rf"\[ {rounded} c = c \]", "c: scalar; n: size").findings
    assert finding.verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"(a + b + c)^{64} = (a + b - c)^{64}", R),
        (r"(a + b + c)^{64} = (a + b + c)^{63} (a + b + c)", P),
        (r"(a + b + c + d)^{16} (a - b)^{16} = (a + b + c - d)^{16} (a + b)^{16}", R),
    ],
)
def test_large_powers(text: str, verdict: Verdict) -> None:
    (finding,) = quick(rf"\[ {text} \]", "a, b, c, d: scalar").findings
    assert finding.verdict is verdict


@pytest.mark.parametrize("depth", [9, 12, 14])
def test_derivatives_of_functions_within_each_other(depth: int) -> None:
    alone = nested(r"\tanh(", "x", ")", depth)
    one = rf"\[ \frac{{\partial}}{{\partial x}} {alone} = 1 \]"
    assert quick(one, "x: scalar").findings[0].verdict is R
    summed = nested(r"\tanh(", "x_i", ")", depth)
    many = rf"\[ \frac{{\partial}}{{\partial x_1}} \sum_{{i=1}}^n {summed} = 1 \]"
    assert quick(many, "x: n").findings[0].verdict in (R, N)


@pytest.mark.parametrize(
    "text",
    [
        r"\iffalse " * 30_000,
        r"\def\a{" * 8_000,
    ],
)
def test_what_does_not_end(text: str) -> None:
    def read() -> None:
        with pytest.raises(ParseError):
            check(text)

    assert quickest(read) < SECONDS


def test_brackets_of_markdown_that_do_not_end() -> None:
    assert quickest(lambda: check(r"\[ " * 100_000, is_latex=False)) < SECONDS
