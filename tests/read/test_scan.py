"""The scan that this project starts from: what should be said of each of its 32 displays, and what is.

`alone` and `beside` are the verdicts without declarations and with the file beside the scan, one for each equation or
link of a display. They are judged by mathematics: the sentences say why.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from symcnn.read import check_file
from symcnn.read.report import Finding, Report, Verdict

SCAN = Path(__file__).parents[1] / "documents" / "scan" / "scan.txt"
P, D, R, N = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED, Verdict.NOT_CHECKABLE


class Row(NamedTuple):
    display: int
    alone: tuple[Verdict, ...]
    beside: tuple[Verdict, ...]
    why: str


TABLE = (
    Row(1, (D,), (D,), "The vertical difference is introduced."),
    Row(2, (D,), (D,), "The horizontal difference is introduced."),
    Row(3, (D,), (D,), "The entries of the first kernel, as a matrix."),
    Row(4, (D,), (D,), "The entries of the second kernel, as a matrix."),
    Row(
        5,
        (P,),
        (P,),
        "Of the nine products only those with W_{1,2,2} = -1 and W_{1,3,2} = 1 remain, also in the last row.",
    ),
    Row(6, (N,), (N,), "A garbled remark on two entries: there is no relation in it."),
    Row(7, (P, P), (P, P), "It goes on from display 5: the two entries that are not 0, and their values."),
    Row(8, (P,), (P,), "The same for the horizontal difference, with W_{2,2,2} = -1 and W_{2,2,3} = 1."),
    Row(9, (P,), (P,), "All other entries of the second kernel are 0."),
    Row(10, (P,), (P,), "The values of the two entries."),
    Row(11, (D, D, D), (D, D, D), "The three weights of the luminance."),
    Row(12, (D,), (D,), "Another Y, with two indices, from an image with three channels."),
    Row(13, (P,), (P,), "The sum over three channels, written out, with the weights put in."),
    Row(
        14,
        (N,),
        (P,),
        "x_k is the largest entry of the region, and p(A) is that entry. What p and k are stands in words only.",
    ),
    Row(15, (N,), (P,), "sigma is nondecreasing, so sigma(x_k) is the largest of all sigma(x_i)."),
    Row(16, (D,), (D,), "The last layer is affine."),
    Row(17, (P, P), (P, P), "The Jacobian by b_L is the identity, which is 1 for one output; that by y_{L-1} is A_L."),
    Row(
        18, (D,), (D,), "A layer with an activation: a second y_L, since as one world this would say that sigma(z) = z."
    ),
    Row(19, (P, P), (P, P), "Entry i, j of the Jacobian by b_L is [i = j] sigma'(z_i)."),
    Row(20, (P,), (P,), "That is the diagonal matrix of sigma'(z)."),
    Row(
        21,
        (R, R),
        (R, R),
        "The columns belong to entries of y_{L-1}, not to layers; sigma'(z) A_L is no product, and no diagonal entry.",
    ),
    Row(22, (P,), (P,), "The Jacobian by y_{L-1} is diag(sigma'(z)) A_L: this is right again."),
    Row(23, (D,), (D,), "A_L has one row: there is one output, n_L = 1."),
    Row(24, (P, P), (P, P), "y_L = sum_j (A_L)_{1j} y_{L-1,j} + ..., so the derivative by (A_L)_{1j} is y_{L-1,j}."),
    Row(25, (D,), (D,), "An aside that says what y_L is in display 24: it is read before it."),
    Row(26, (P,), (P,), "The gradient has the shape of A_L, which is that of a row."),
    Row(27, (P,), (P,), "True as written, since dy_L/dy_L = 1: the letter l was lost, which gets a remark."),
    Row(
        28, (D,), (D,), "A layer with an activation again (l in the original): a new scope, in which n_L need not be 1."
    ),
    Row(29, (P,), (P,), "Output k depends on row k of A_L alone, and its derivative there is sigma'(z_k) y_{L-1,j}."),
    Row(30, (N,), (N,), "A sum of garbled matrices: there is no relation in it."),
    Row(31, (N,), (N,), "It goes on from display 30, and its matrix does not say what stands for the dots."),
    Row(32, (R,), (R,), "The factors do not fit as they are written: with l for L, but for the numerator, they do."),
)


@cache
def report(with_declarations: bool) -> Report:
    return check_file(SCAN, sidecar=SCAN.with_suffix(".toml") if with_declarations else None)


def of_display(number: int, with_declarations: bool = True) -> list[Finding]:
    return [finding for finding in report(with_declarations).findings if finding.display == number]


def test_there_are_32_displays() -> None:
    assert [row.display for row in TABLE] == list(range(1, 33))
    assert max(finding.display or 0 for finding in report(True).findings) == 32


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row.display))
def test_without_declarations(row: Row) -> None:
    assert tuple(finding.verdict for finding in of_display(row.display, False)) == row.alone


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row.display))
def test_with_the_file_beside_it(row: Row) -> None:
    assert tuple(finding.verdict for finding in of_display(row.display)) == row.beside


def test_what_is_proved_is_replayed() -> None:
    for finding in report(True).findings:
        assert (finding.theorem is not None) == (finding.verdict is P)
        if finding.theorem is not None:
            finding.theorem.replay()


def test_the_diagonal_matrix_gets_the_right_one() -> None:
    first, second = of_display(21)
    assert "row" in first.reason
    assert "should be a number" in first.reason
    assert "no product of a column" in second.reason
    for finding in (first, second):
        assert finding.suggestion is not None
        assert finding.suggestion.latex == r"\operatorname{diag} (\sigma' (A_{L} y_{L - 1} + b_{L})) \cdot A_{L}"


def test_a_lost_letter_gets_a_remark() -> None:
    (finding,) = of_display(27)
    assert any("derivative of something by itself" in remark for remark in finding.remarks)


def test_the_last_line_gets_its_letter_back() -> None:
    (finding,) = of_display(32)
    assert finding.suggestion is not None
    assert r"\frac{\partial Y_{L}}{\partial Y_{\ell}}" in finding.suggestion.latex
    assert r"A_{\ell} Y_{\ell - 1} + b_{\ell}" in finding.suggestion.latex


def test_second_definitions_are_told() -> None:
    told = [inference.line for inference in report(False).inferences if "opens a new scope" in inference.text]
    assert told == [68, 82, 90]


def test_every_inference_says_of_which_line_it_is() -> None:
    lines = SCAN.read_text(encoding="utf-8").count("\n") + 1
    inferences = report(False).inferences
    assert inferences
    assert all(1 <= inference.line <= lines for inference in inferences)
