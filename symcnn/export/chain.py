"""A chain of equations laid out in rows for LaTeX: reasons beside the formulas where there is room for all of them,
below them otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..notation.names import latex_formula, latex_text
from .parts import Part
from .rows import OUTSIDE, broken, fits
from .statement import Writer
from .width import LINE, width

_INDENT, _GAP, _MARGIN = 2.2, 1.0, 1.0
_NARROWEST = 16.0
_MOST_ROWS = 6


@dataclass(frozen=True)
class Row:
    """A row of an alignment: a formula behind some space, and a reason beside it."""

    formula: str
    reason: str = ""


def rows_of(part: Part, writer: Writer) -> list[Row]:
    """The rows of a part: where it starts, and its lines."""
    start = writer.entry(part.start, part.indices)
    formulas = [writer.entry(line.expression, part.indices) for line in part.lines]
    signs = ["=" if line.relation == "=" else r"\le" for line in part.lines]
    reasons = [f"({latex_words(writer.reason(line))})" for line in part.lines]
    if not formulas:
        return [Row(start, r"\text{(both sides are the same)}")]
    room = LINE - _MARGIN - _INDENT - _GAP - max(width(rf"\text{{{reason}}}") for reason in reasons)
    if room >= _NARROWEST:
        texts = [broken(formula, room, OUTSIDE) for formula in formulas]
        first = broken(start, LINE - _MARGIN, OUTSIDE)
        if all(fits(rows, room) and len(rows) <= _MOST_ROWS for rows in texts) and width(start) <= room + _INDENT:
            return _beside(first, texts, reasons, signs)
    return _below(broken(start, LINE - _MARGIN), formulas, reasons, signs)


def _beside(start: list[str], formulas: list[list[str]], reasons: list[str], signs: list[str]) -> list[Row]:
    rows = [Row(text) for text in start]
    for texts, reason, sign in zip(formulas, reasons, signs, strict=True):
        rows.append(Row(rf"\quad {sign} {texts[0]}", rf"\text{{{reason}}}"))
        rows += [Row(rf"\qquad\quad {text}") for text in texts[1:]]
    return rows


def _below(start: list[str], formulas: list[str], reasons: list[str], signs: list[str]) -> list[Row]:
    rows = [Row(start[0]), *(Row(rf"\qquad {text}") for text in start[1:])]
    for formula, reason, sign in zip(formulas, reasons, signs, strict=True):
        texts = broken(formula, LINE - _MARGIN - 2 * _INDENT)
        shown = [rf"\quad {sign} {texts[0]}", *(rf"\qquad\quad {text}" for text in texts[1:])]
        if width(rf"{shown[-1]} \qquad \text{{{reason}}}") <= LINE - _MARGIN:
            shown[-1] += rf" \qquad \text{{{reason}}}"
        else:
            words = wrapped(reason, LINE - _MARGIN - 2 * _INDENT)
            shown += [rf"\qquad\qquad \text{{{part}}}" for part in words]
        rows += map(Row, shown)
    return rows


def wrapped(words: str, limit: float) -> list[str]:
    """A long text in several rows; formulas stay whole."""
    rows = [""]
    for word in re.split(r" (?=(?:[^$]*\$[^$]*\$)*[^$]*$)", words):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if rows[-1] and width(rf"\text{{{longer}}}") > limit:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def latex_words(reason: str) -> str:
    """Words as LaTeX text; what stands between two dollar signs is LaTeX already."""
    *pairs, last = re.split(r"\$([^$]*)\$", reason)
    texts = (f"${latex_formula(part)}$" if number % 2 else latex_text(part) for number, part in enumerate(pairs))
    return "".join([*texts, latex_text(last)])


def aligned(rows: list[Row]) -> str:
    """The rows as one formula, which notebooks can show."""
    body = " \\\\\n".join(f"  & {row.formula}{f' && {row.reason}' if row.reason else ''}" for row in rows)
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def display(rows: list[Row], end: str) -> str:
    """The rows as a display that may go on over pages, but not after its first row or before its last one; `end`
    stands at the margin of the last."""
    count, texts = len(rows), []
    for number, row in enumerate(rows, 1):
        text = f"  & {row.formula}{f' &{chr(92)}quad& {row.reason}' if row.reason else ''}"
        last = rf" {end}" if end and number == count else ""
        texts.append(text + last + ("" if number == count else r" \\*" if number in (1, count - 1) else r" \\"))
    return "\\begin{alignat*}{2}\n" + "\n".join(texts) + "\n\\end{alignat*}"
