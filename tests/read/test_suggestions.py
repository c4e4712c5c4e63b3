r"""Edits that are suggested: for small wrong equations the right one, and none for what would assume more."""

from functools import cache

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Edit, Finding, Verdict

BUDGET = Budget(3.0, 20.0, 10.0)
DECLARED = "A: m x n; x, w, t: n; u, b: m; c: scalar; S: n x n; sigma: differentiable activation; gradients: rows"


@cache
def last(text: str, declarations: str = DECLARED) -> Finding:
    return check(text, declarations=[declarations], budget=BUDGET).findings[-1]


def suggestion(equation: str, declarations: str = DECLARED) -> Edit | None:
    finding = last(rf"\[ {equation} \]", declarations)
    assert finding.verdict is Verdict.REFUTED
    return finding.suggestion


@pytest.mark.parametrize(
    ("equation", "right", "words"),
    [
        (
            r"\frac{\partial (c - x^T x)}{\partial x_k} = -x_k",
            r"\frac{\partial (c - x^{T} x)}{\partial x_{k}} = -2 x_{k}",
            "with the factor 2",
        ),
        (r"(Ax)^T = A^T x^T", "(A x)^{T} = x^{T} A^{T}", "x^{T} A^{T} instead of A^{T} x^{T}"),
        (
            r"\|x - w\|^2 = \|x\|^2 + 2x^T w + \|w\|^2",
            r"\lVert x - w \rVert^{2} = \lVert x \rVert^{2} - 2 x^{T} w + \lVert w \rVert^{2}",
            None,
        ),
        (
            r"\frac{\partial \sigma(x_i)}{\partial x_i} = \sigma(x_i)",
            r"\frac{\partial \sigma (x_{i})}{\partial x_{i}} = \sigma' (x_{i})",
            r"\sigma' instead of \sigma",
        ),
        (
            r"\frac{\partial \|x\|^2}{\partial x} = x^T",
            r"\frac{\partial \lVert x \rVert^{2}}{\partial x} = 2 x^{T}",
            "with the factor 2",
        ),
        ("(Ax)_i + 0 = \\sum_j A_{ji} x_j", r"(A x)_{i} + 0 = \sum_{j} A_{i,j} x_{j}", "A_{i,j} instead of A_{j i}"),
        ("(x + w)_i = x_i - w_i", "(x + w)_{i} = x_{i} + w_{i}", "x_{i} + w_{i} instead of x_{i} - w_{i}"),
        (
            r"\sum_{i=1}^n x_i + c = c + x_1 + \sum_{i=1}^n x_i",
            r"\sum_{i = 1}^{n} x_{i} + c = c + x_{1} + \sum_{i = 2}^{n} x_{i}",
            "2 instead of 1",
        ),
        ("x^T w + c = x w^T + c", "x^{T} w + c = w^{T} x + c", "w^{T} x instead of x w^{T}"),
    ],
)
def test_a_small_error_is_undone(equation: str, right: str, words: str | None) -> None:
    edit = suggestion(equation)
    assert edit is not None
    assert edit.latex == right
    assert words is None or edit.words == words


def test_what_is_suggested_is_proved() -> None:
    for equation in (r"(Ax)^T = A^T x^T", "(x + w)_i = x_i - w_i", r"\frac{\partial \|x\|^2}{\partial x} = x^T"):
        edit = suggestion(equation)
        assert edit is not None
        assert last(rf"\[ {edit.latex} \]").verdict is Verdict.PROVED


def test_the_left_side_is_changed_where_the_right_one_does_not_help() -> None:
    edit = suggestion(r"\sigma(x_i) = \frac{\partial \sigma(x_i)}{\partial x_i}")
    assert edit is not None
    assert edit.latex == r"\sigma' (x_{i}) = \frac{\partial \sigma (x_{i})}{\partial x_{i}}"


def test_a_name_from_before_may_be_meant() -> None:
    edit = last(r"\[ y = Ax + b \] \[ y_i - b_i + 0 = \sum_j A_{ij} w_j \]").suggestion
    assert edit is not None
    assert "x_{j} instead of w_{j}" in str(edit)


def test_an_edit_is_written_with_its_words_first() -> None:
    assert str(Edit("x = y", "y instead of z")) == "y instead of z: x = y"


# None


@pytest.mark.parametrize("equation", ["x_i + c = w_i + c", "2x = 7x", "x + c w = 3t + 5w", "A x + 3b = c u - 4b"])
def test_nothing_is_suggested_for_what_no_small_edit_makes_right(equation: str) -> None:
    assert suggestion(equation) is None


def test_an_equation_of_something_with_itself_is_not_suggested() -> None:
    assert suggestion("x^T x + 0 x^T x = w^T w + 0 w^T w") is None


def test_nothing_is_suggested_for_what_holds_only_for_one_size() -> None:
    """1 for the identity matrix would be right for n = 1, which nobody has said"""
    edit = suggestion("S + 0 = 3")
    assert edit is None


def test_nothing_is_suggested_for_what_is_right() -> None:
    assert last(r"\[ 2x = x + x \]").suggestion is None


def test_nothing_is_suggested_without_time_for_it() -> None:
    finding = check(r"\[ (Ax)^T = A^T x^T \]", declarations=[DECLARED], budget=Budget(1.0, 5.0, 0.0)).findings[-1]
    assert finding.verdict is Verdict.REFUTED
    assert finding.suggestion is None


def test_what_is_right_later_in_a_chain_is_suggested() -> None:
    findings = check(r"\[ 2x = 5x = x + x \]", declarations=[DECLARED], budget=Budget(1.0, 5.0, 0.0)).findings
    assert findings[0].suggestion == Edit("x + x", "what stands later in the chain is right")
