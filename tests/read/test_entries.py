r"""Entries of a matrix that have a letter of their own, and what is said of a space behind an equation."""

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Report, Verdict

QUICK = Budget(seconds=1.0, proof_seconds=5.0, suggestion_seconds=0.0)
P, D, R, N = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED, Verdict.NOT_CHECKABLE
PRODUCT = r"\[ (AB)_{ik} = \sum_{j=1}^n a_{ij} b_{jk} \]"


def report(text: str, declarations: str = "") -> Report:
    return check(text, declarations=[declarations] if declarations else [], budget=QUICK)


def verdicts(text: str, declarations: str = "") -> list[Verdict]:
    return [each.verdict for each in report(text, declarations).findings]


def test_a_matrix_of_entries_in_a_space() -> None:
    """AB has a trace only if m = p"""
    spaces = r"Let $A = (a_{ij}) \in \mathbb{R}^{m \times n}$, $B = (b_{jk}) \in \mathbb{R}^{n \times p}$. Then "
    made = report(spaces + PRODUCT + r" \[ \operatorname{tr}(AB) = \operatorname{tr}(BA) \]")
    assert [each.verdict for each in made.findings] == [D, D, D, D, P, R]
    assert made.findings[-1].reason == "a matrix of m x p has no trace"


def test_what_an_equation_is_in() -> None:
    assert verdicts(r"\[ y = W x \in \mathbb{R}^m \] \[ y_i = \sum_j W_{ij} x_j \]", "W: m x n; x: n") == [D, D, P]
    assert verdicts(r"\[ y = W x \in \mathbb{R}^n \]", "W: m x n; x: n") == [D, R]
    assert verdicts(r"\[ c = x^T x = \|x\|^2 \in \mathbb{R} \]", "x: n") == [D, D, P]


def test_small_letters_are_the_entries_of_a_declared_matrix() -> None:
    made = report(
        r"\[ y^T A x = \sum_{i,j} y_i a_{ij} x_j \] \[ y^T A x = \sum_{i,j} y_i a_{ji} x_j \]", "A: n x n; x, y: n"
    )
    assert [each.verdict for each in made.findings] == [P, R]
    assert "a has the entries of A" in [each.text for each in made.inferences]


@pytest.mark.parametrize(
    ("claim", "declarations"),
    [
        (r"\sum_{i,j} a_{ij} = \sum_{i,j} A_{ij}", "A: m x n; a: m x n"),
        (r"\sum_i a_i = \sum_i A_i", "A: n"),
        (r"\sum_{i,j} a_{ij} + a_1 = \sum_{i,j} A_{ij} + a_1", "A: m x n"),
    ],
)
def test_what_is_no_letter_of_entries(claim: str, declarations: str) -> None:
    assert P not in verdicts(rf"\[ {claim} \]", declarations)


def test_a_letter_that_may_stand_for_vectors_refutes_nothing() -> None:
    """x_i is the i-th column of X, for those who read"""
    assert verdicts(r"\[ X X^T = \sum_{i=1}^N x_i x_i^T \]", "X: d x N") == [N]
