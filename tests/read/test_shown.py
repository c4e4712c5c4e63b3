r"""Matrices with dots: what is compared are the entries that are shown."""

from functools import cache

import pytest

from symcnn.errors import LanguageError
from symcnn.read import check
from symcnn.read.display import formula
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Verdict
from symcnn.read.shown import is_shown, shown_cells
from symcnn.read.syntax import Matrix
from symcnn.read.written import latex

QUICK = Budget(1.0, 5.0, 0.0)
P, R, N = Verdict.PROVED, Verdict.REFUTED, Verdict.NOT_CHECKABLE
DECLARED = "A: m x n; x, w: n; S: n x n; J: n x n; c: scalar"
_BEHIND = "entries behind dots, whose places are not certain"
REMARK = "only the entries that are shown are compared"


def matrix(rows: str) -> str:
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def cells(rows: str) -> dict[tuple[int, int], str]:
    made = formula(matrix(rows)).statements[0].chain
    assert isinstance(made, Matrix)
    return {place: latex(cell) for place, cell in shown_cells(made).items()}


@cache
def last(text: str, declarations: str = DECLARED) -> Finding:
    return check(text, declarations=[declarations], budget=QUICK).findings[-1]


def equal(left: str, rows: str) -> Finding:
    return last(rf"\[ {left} = {matrix(rows)} \]")


# Which matrices


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (matrix(r"1 & 2 & \dots \\ 3 & 4 & \dots"), True),
        ("(" + matrix(r"1 & 2 & \dots") + ")", True),
        (matrix(r"1 & \dots & 2"), True),
        (matrix(r"1 & \dots & 1"), True),
        (matrix(r"1 & 2 \\ 3 & 4"), False),
        (matrix(r"1 & \dots \\ \vdots & 1"), False),
        (matrix(r"1 & & \\ & \ddots & \\ & & 1"), True),
        ("x", False),
        (r"\dots", False),
    ],
)
def test_a_matrix_is_shown_where_dots_leave_something_out(text: str, shown: bool) -> None:
    assert is_shown(formula(text).statements[0].chain) is shown


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (r"1 & 2 & \dots", {(0, 0): "1", (0, 1): "2"}),
        (r"1 & \dots \\ 3 & \dots", {(0, 0): "1", (1, 0): "3"}),
        (r"1 & 2 & \dots \\ 3 & 4 & \dots \\ \vdots & & \ddots", {(0, 0): "1", (0, 1): "2", (1, 0): "3", (1, 1): "4"}),
        (r"1 & 2 & \dots \\ \vdots & \vdots & \ddots", {(0, 0): "1", (0, 1): "2"}),
        (r"\dots & \dots", {}),
    ],
)
def test_the_entries_whose_place_is_certain(rows: str, found: dict[tuple[int, int], str]) -> None:
    assert cells(rows) == found


@pytest.mark.parametrize(
    "rows",
    [
        r"1 & \dots & 2",
        r"1 & 2 & \dots \\ \vdots & & \\ 3 & \dots & ",
        r"\dots & 1",
        r"1 & & \\ & \ddots & \\ & & 1",
        r"1 & & \dots \\ & & 3",
    ],
)
def test_entries_behind_dots_are_refused(rows: str) -> None:
    with pytest.raises(LanguageError, match=_BEHIND):
        cells(rows)


# What is compared


@pytest.mark.parametrize(
    ("left", "rows", "verdict"),
    [
        (r"\operatorname{diag}(x)", r"x_1 & 0 & \dots \\ 0 & x_2 & \dots \\ \vdots & & \ddots", P),
        (r"\operatorname{diag}(w)", r"x_1 & 0 & \dots \\ 0 & x_2 & \dots \\ \vdots & & \ddots", R),
        (r"\operatorname{diag}(x)", r"x_1 & 1 & \dots \\ 0 & x_2 & \dots \\ \vdots & & \ddots", R),
        ("x x^T", r"x_1^2 & x_1 x_2 & \dots \\ x_2 x_1 & x_2^2 & \dots \\ \vdots & \vdots & \ddots", P),
        ("x w^T", r"x_1 w_1 & x_2 w_1 & \dots \\ x_1 w_2 & x_2 w_2 & \dots \\ \vdots & \vdots & \ddots", R),
        ("2S", r"2S_{11} & 2S_{12} & \dots \\ \vdots & \vdots & \ddots", P),
        ("2S", r"2S_{11} & 2S_{21} & \dots \\ \vdots & \vdots & \ddots", R),
        ("2x^T", r"2x_1 & x_2 + x_2 & \dots", P),
        ("2x^T", r"2x_1 & x_3 & \dots", R),
    ],
)
def test_shown_entries_are_compared(left: str, rows: str, verdict: Verdict) -> None:
    finding = equal(left, rows)
    assert finding.verdict is verdict
    assert REMARK in finding.remarks


def test_what_is_proved_says_that_dots_are_not_checked() -> None:
    assert equal("2x^T", r"2x_1 & \dots").reason == (
        "the entries that are shown are equal; what stands for the dots is not checked"
    )


def test_both_sides_may_have_dots() -> None:
    one = matrix(r"1 & 2 & \dots \\ 3 & \dots &")
    assert equal(one, r"1 & 2 & \dots \\ 3 & \dots &").verdict is P
    assert equal(one, r"1 & 2 & \dots \\ 4 & \dots &").verdict is R


def test_what_one_side_alone_shows_is_not_compared() -> None:
    assert equal(matrix(r"1 & \dots \\ 3 & \dots"), r"1 & 2 & \dots \\ 3 & \dots &").verdict is P


def test_a_vector_on_the_diagonal_stands_for_its_entries() -> None:
    assert equal(r"\operatorname{diag}(x)", r"x & 0 & \dots \\ 0 & x & \dots").verdict is P
    assert equal(r"\operatorname{diag}(2x)", r"x & 0 & \dots \\ 0 & x & \dots").verdict is R


def test_the_matrix_is_as_large_as_what_is_shown() -> None:
    """x_2 is read, so n is at least 2: with n = 1 nothing else would be said"""
    assert equal("2x^T", r"2x_1 & 2x_2 & \dots").verdict is P
    assert last(r"\[ 2x_2 + c = x_2 + x_2 + c \]").verdict is N


# What is refused


@pytest.mark.parametrize(
    ("left", "rows", "reason"),
    [
        ("2x", r"x_1 \\ x_2 \\ \vdots", "2 x is a column of n, and the other side is a matrix"),
        ("x^T w", r"x_1 & \dots", "x^{T} w is a number, and the other side is a matrix"),
        (
            r"\operatorname{diag}(x)",
            r"x & 0 & \dots \\ x & x & \dots",
            "the entry 2, 1 of the matrix, x, is a column of n, and should be a number",
        ),
    ],
)
def test_what_does_not_fit_is_refuted(left: str, rows: str, reason: str) -> None:
    finding = equal(left, rows)
    assert (finding.verdict, finding.reason) == (R, reason)


@pytest.mark.parametrize(
    ("left", "rows", "reason"),
    [
        (
            "2x^T",
            r"2x_1 & \dots & 2x_n",
            "the matrix has entries behind dots, whose places are not certain: it is not read",
        ),
        ("2x^T", r"\dots & \dots", "the matrix shows no entry whose place is certain"),
    ],
)
def test_what_is_not_certain_is_not_checkable(left: str, rows: str, reason: str) -> None:
    finding = equal(left, rows)
    assert (finding.verdict, finding.reason) == (N, reason)


def test_two_sides_without_a_common_entry_are_not_checkable() -> None:
    finding = equal(matrix(r"1 & 2 & \dots"), r"\dots & \dots")
    assert finding.verdict is N


def test_a_matrix_with_dots_within_a_formula_is_not_read() -> None:
    finding = equal("2S", r"1 & 2 & \dots \end{pmatrix} + \begin{pmatrix} 1")
    assert (finding.verdict, finding.reason) == (N, "a matrix with dots is compared entry by entry only")


def test_equal_entries_stand_for_all() -> None:
    ones = matrix(r"1 & \cdots & 1 \\ \vdots & \ddots & \vdots \\ 1 & \cdots & 1")
    assert last(rf"\[ x x^T = {ones} \]").verdict is R
    assert last(rf"\[ J = {ones} \] \[ J_{{1,1}} = 1 \] \[ J_{{1,n}} = 1 \]").verdict is P
