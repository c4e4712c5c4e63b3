"""Rows that fit the line: where formulas are broken, and how wide they are taken to be."""

import shutil
import subprocess
from pathlib import Path

import derived
import pytest

from symcnn.export.chain import Row, aligned, display, rows_of
from symcnn.export.latex import PREAMBLE, writer_of
from symcnn.export.rows import COMMA, FACTORS, INSIDE, OUTSIDE, RELATION, broken, fits
from symcnn.export.width import LINE, width

LONG = " + ".join(f"X_{{i + {number},j}}" for number in range(12))


def together(rows: list[str]) -> str:
    """The rows as one formula again"""
    text = rows[0]
    for row in rows[1:]:
        row = row.removeprefix("{}").removeprefix(r"\cdot ")
        text += row if text.endswith("(") else f" {row}"
    return text


def test_what_fits_is_not_broken() -> None:
    assert broken("X_{i,j} + Y_{i,j}", LINE) == ["X_{i,j} + Y_{i,j}"]


def test_a_sum_is_broken_before_its_signs() -> None:
    rows = broken(LONG, 20)
    assert fits(rows, 20)
    assert len(rows) > 2
    assert all(row.startswith("{}+ ") for row in rows[1:])
    assert together(rows) == LONG


def test_an_equation_is_broken_at_its_sign_first() -> None:
    rows = broken(rf"\operatorname{{conv2d}}(X, W;\ \text{{padding }}1)_{{i,j}} = {LONG}", 50)
    assert rows[0].endswith("_{i,j}")
    assert rows[1].startswith("{}= X")
    defined = broken(r"Y_{i,j} = X_{i + 1,j} - X_{i,j},\quad Y \in \mathbb{R}^{m \times n}", 11)
    assert defined == ["Y_{i,j} = X_{i + 1,j} - X_{i,j},\\quad", r"Y \in \mathbb{R}^{m \times n}"] or fits(defined, 11)


@pytest.mark.parametrize(
    "formula",
    [
        r"\sum_{a=1}^{n} \biggl(" + LONG + r"\biggr)",
        r"2 (" + LONG + r") Z_{i}",
        r"\left[" + LONG + r" = 0\right] X_{i}",
        r"\frac{" + LONG + r"}{k}",
        r"\operatorname{pad}(\operatorname{pad}(X;\ \text{padding }1);\ \text{padding }2)_{i + 1000000,j}",
        r"\mathit{verylongname}_{i,j} \, \mathit{verylongname}_{j,i} \, \mathit{verylongname}_{i,i}",
    ],
)
def test_braces_and_fences_stay_whole(formula: str) -> None:
    for worst in (OUTSIDE, INSIDE, COMMA, FACTORS):
        for row in broken(formula, 12, worst):
            assert row.count("{") == row.count("}"), row
            assert row.count(r"\left") == row.count(r"\right"), row


def test_a_break_in_parentheses_is_worse_than_one_outside() -> None:
    formula = rf"({LONG}) X_{{i}} + Y_{{i}}"
    limit = width(rf"({LONG}) X_{{i}}") + 1
    assert broken(formula, limit) == [rf"({LONG}) X_{{i}}", "{}+ Y_{i}"]
    assert broken(formula, 20, OUTSIDE)[0].startswith(rf"({LONG})"), "not allowed: too wide it stays"


def test_a_product_is_broken_between_factors_and_not_behind_a_sum_sign() -> None:
    rows = broken(r"\sum_{a=1}^{n} \mathit{firstfactor}_{a} \, \mathit{secondfactor}_{a} \, \mathit{third}_{a}", 9)
    assert rows[1].startswith(r"\cdot \mathit{second")
    assert not any(row.endswith("^{n}") for row in rows)
    assert RELATION < OUTSIDE < INSIDE < COMMA < FACTORS


def test_alignments() -> None:
    rows = [Row("a"), Row(r"\quad = b", r"\text{(why)}"), Row(r"\quad = c")]
    assert (
        aligned(rows)
        == "\\begin{aligned}\n  & a \\\\\n  & \\quad = b && \\text{(why)} \\\\\n  & \\quad = c\n\\end{aligned}"
    )
    assert display(rows, "END") == (
        "\\begin{alignat*}{2}\n  & a \\\\*\n  & \\quad = b &\\quad& \\text{(why)} \\\\*\n"
        "  & \\quad = c END\n\\end{alignat*}"
    )
    assert display(rows[:1], "") == "\\begin{alignat*}{2}\n  & a\n\\end{alignat*}"


def test_reasons_stand_beside_or_below() -> None:
    def layout(name: str) -> list[Row]:
        derivation = derived.CASES[name]().derivation()
        return rows_of(derivation.parts[0], writer_of(derivation, 1))

    beside = layout("indices_from_zero")
    assert all(row.reason for row in beside[1:])
    for name in ("a_kernel_of_5_by_7", "long_names", "words_of_the_author"):
        below = layout(name)
        assert not any(row.reason for row in below)
        assert all(width(row.formula) <= LINE for row in below)
    assert any(row.formula.startswith(r"\qquad\qquad \text{(") for row in layout("long_names"))
    assert any(r" \qquad \text{(" in row.formula for row in layout("a_kernel_of_5_by_7"))


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_widths_are_about_those_of_tex(tmp_path: Path) -> None:
    """Never less than nine tenths, so that a formula that should fit does; never much more."""
    formulas = set()
    for state in derived.CASES.values():
        derivation = state().derivation()
        writer = writer_of(derivation, 1)
        formulas |= {writer.entry(line.expression) for line in derivation.lines}
        formulas |= {*writer.wording().definitions, rf"{writer.wording().sides[0]} \qquad"}
    listed = sorted(formulas)
    boxes = (rf"\settowidth{{\dimen0}}{{$\displaystyle {each}$}}\typeout{{W=\the\dimen0}}" for each in listed)
    body = "\n".join([PREAMBLE, "\\begin{document}", *boxes, "x", "\\end{document}"])
    (tmp_path / "m.tex").write_text(body, encoding="utf-8")
    command = ["pdflatex", "-interaction=batchmode", "m.tex"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    log = (tmp_path / "m.log").read_text(errors="replace")
    found = [float(line[2:-2]) / 10.95 for line in log.splitlines() if line.startswith("W=")]
    assert len(found) == len(listed)
    for formula, em in zip(listed, found, strict=True):
        assert 0.9 * em - 0.2 <= width(formula) <= 1.2 * em + 0.5, (formula, em, width(formula))
