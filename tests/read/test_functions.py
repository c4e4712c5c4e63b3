r"""Functions of a number that a document defines, their derivatives, and gradients of what is a function."""

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Report, Verdict

QUICK = Budget(1.0, 5.0, 0.0)
P, D, R, N = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED, Verdict.NOT_CHECKABLE
DECLARED = "A: m x n; x, y: n; b: m; c: scalar; gradients: columns"


def report(text: str, declarations: str = DECLARED) -> Report:
    return check(text, declarations=[declarations] if declarations else [], budget=QUICK)


def last(claim: str, before: str = "", declarations: str = DECLARED) -> Finding:
    return report(rf"{before} \[ {claim} \]", declarations).findings[-1]


SQUARE, RELU = r"\[ f(t) = t^2 \]", r"\[ f(t) = \max(0, t) \]"
SIGMOID = r"\[ \sigma(t) = \frac{1}{1 + e^{-t}} \]"
CASES = r"\[ f(t) = \begin{cases} t & \text{if } t > 0 \\ 0 & \text{otherwise} \end{cases} \]"


@pytest.mark.parametrize(
    ("before", "claim", "verdict"),
    [
        (SQUARE, "f(3) = 9", P),
        (SQUARE, "f(t + 1) = t^2 + 2 t + 1", P),
        (SQUARE, "f(t + 1) = t^2 + 1", R),
        (SQUARE, "f(x_i) = x_i^2", P),
        (SQUARE, r"\sum_i f(x_i) = x^T x", P),
        (SQUARE, r"f(A x)_i = (\sum_j A_{ij} x_j)^2", P),
        (SQUARE, "f(t)^2 = t^4", P),
        (RELU, r"f(x_i) \ge x_i", P),
        (RELU, r"f(x_i) \le x_i", R),
        (CASES, r"f(x_i) = \max(x_i, 0)", P),
        (CASES, r"f(x_i) = x_i", R),
        (SIGMOID, r"\sigma(t) = 1 - \frac{e^{-t}}{1 + e^{-t}}", P),
    ],
)
def test_of_a_number_and_of_every_entry(before: str, claim: str, verdict: Verdict) -> None:
    assert last(claim, before).verdict is verdict


@pytest.mark.parametrize(
    ("before", "claim", "verdict"),
    [
        (SQUARE, "f'(t) = 2 t", P),
        (SQUARE, "f'(t) = t", R),
        (SQUARE, "f'(x_i) = 2 x_i", P),
        (SQUARE, "f'(x) = 2 x", P),
        (SQUARE, "f'(A x + b) = 2 A x + 2 b", P),
        (SQUARE, "f'(c + 1) = 2 c + 2", P),
        (SQUARE, r"\frac{\partial}{\partial x_i} \sum_j f(x_j) = f'(x_i)", P),
        (SQUARE, r"\frac{\partial f(t)}{\partial t} = f'(t)", P),
        (SQUARE + r"\[ z = A x \]", "f'(z) = 2 A x", P),
        (SIGMOID, r"\sigma'(t) = \sigma(t) (1 - \sigma(t))", P),
        (SIGMOID, r"\sigma'(t) = \sigma(t)", R),
        (SIGMOID, r"\sigma'(x_i) = \sigma(x_i) (1 - \sigma(x_i))", P),
        (SQUARE, "f'(x_i + 1) = 2 x_i + 2", N),  # an index in an argument without a name
        (SQUARE, "f''(t) = 2", N),
        (r"\[ f(t) = |t| \]", "t f'(t) = |t|", N),  # there is a kink at 0
        (r"\[ f(t) = |t| \]", "f'(t) = 1", R),  # whatever is meant at 0
    ],
)
def test_derivatives(before: str, claim: str, verdict: Verdict) -> None:
    assert last(claim, before).verdict is verdict


def test_the_formula_of_a_function_captures_no_index_around_it() -> None:
    """f(t) = c t, of which c is a number: within a sum over c it stays that"""
    before = r"\[ f(t) = c t \]"
    assert last(r"\sum_{c=1}^n f(x_c) = \sum_{c=1}^n c x_c", before).verdict is R
    assert last(r"0 + \sum_{c=1}^n f(x_c) = \sum_{i=1}^n f(x_i)", before).verdict is P
    assert last(r"\sum_{i=1}^n f(x_i) = \sum_{i=1}^n 2 i", r"\[ f(i) = 2 i \]").verdict is R


def test_nor_does_one_of_a_tensor() -> None:
    before = r"\[ E(y) = c y^T y \]"
    assert last(r"\sum_{c=1}^n E(x) = \sum_{c=1}^n c x^T x", before).verdict is R


@pytest.mark.parametrize(
    "definition",
    [
        r"f(w) = \|w\|^2",
        "f(w) = w^T w",
        "f(w) = A w",
        r"f(w) = \langle w, w \rangle",
        r"f(w) = w \odot w",
        r"f(w) = \sum_i x_i w",
    ],
)
def test_what_may_be_of_a_vector_is_not_taken_for_one_of_a_number(definition: str) -> None:
    assert last(definition).verdict is N


def test_of_which_argument_nothing_else_is_said_is_a_number() -> None:
    made = report(rf"{SQUARE} \[ f(u) = u^2 \]", "")
    assert [each.verdict for each in made.findings] == [D, P]
    assert "u is a real number" in [each.text for each in made.inferences]


@pytest.mark.parametrize(
    "more", [r"\[ u = 3 x \]", r"\[ u^T u = 0 \]", r"\[ W u = 0 \]", r"\[ u_1 = 0 \]", r"$u \in V$"]
)
def test_of_which_something_else_is_said_is_not(more: str) -> None:
    made = report(rf"{SQUARE} \[ f(u) = u^2 \] {more}", "x: n")
    assert "u is a real number" not in [each.text for each in made.inferences]


def test_a_function_alone_is_no_number() -> None:
    finding = last("c = f + 1", SQUARE)
    assert finding.verdict is N
    assert "its argument should follow in brackets" in finding.reason


def test_a_function_that_is_not_everywhere_is_refused() -> None:
    assert "may divide by 0" in last(r"f(t) = \frac{1}{t}").reason


# Gradients without a subscript


@pytest.mark.parametrize(
    ("before", "claim", "verdict"),
    [
        (r"\[ f(x) = \|x\|^2 \]", r"\nabla f(x) = 2 x", P),
        (r"\[ f(x) = \|x\|^2 \]", r"\nabla f = 2 x", P),
        (r"\[ f(x) = \|x\|^2 \]", r"\nabla f(y) = 2 y", P),
        (r"\[ f(x) = \|x\|^2 \]", r"\nabla f(y) = 2 x", R),
        (r"\[ f(x) = \frac12 \|A x - b\|^2 \]", r"\nabla f(x) = A^\top (A x - b)", P),
        (r"\[ f(x) = \frac12 \|A x - b\|^2 \]", r"\nabla f(x) = A^\top (A x + b)", R),
        (r"\[ f(x, y) = x^T y \]", r"\nabla f = y", N),
        ("", r"\nabla c = 0", N),
    ],
)
def test_by_what_it_is_a_function_of(before: str, claim: str, verdict: Verdict) -> None:
    assert last(claim, before).verdict is verdict


def test_of_a_function_that_is_declared() -> None:
    declared = f"{DECLARED}; L: function of z"
    assert last(r"\nabla_x L(z) = A^T \nabla L(z)", r"\[ z = A x \]", declared).verdict is P
    assert last(r"\nabla_x L(z) = A^T \nabla L", r"\[ z = A x \]", declared).verdict is P
