"""Formulas in rows that fit the line: broken before plus and minus, else where it does least harm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .width import width

#: how well a break does: before an equals sign or between two formulas, before a plus or minus, before one in
#: parentheses, behind a comma, between factors
RELATION, OUTSIDE, INSIDE, COMMA, FACTORS = range(1, 6)
_TOKEN = re.compile(
    r"( = | [+-] | \\odot | \\in | \\times |,\\quad |;\\ |,\\ |, | \\, |\\left.|\\right.|\\[a-zA-Z]+|\\.|[{}() ])"
)
_LEAST_FILLED = 0.5
_TIMES = r"\cdot "


@dataclass(frozen=True)
class _Piece:
    """A part of a formula that is not broken, and how good a break before it is."""

    text: str
    level: int
    width: float


def broken(formula: str, limit: float, worst: int = FACTORS) -> list[str]:
    """The formula in rows that are not wider than the limit, as far as breaks up to `worst` can do it."""
    if width(formula) <= limit:
        return [formula]
    rows: list[str] = []
    for level in range(RELATION, worst + 1):
        rows = _rows(_pieces(formula, level), limit)
        if fits(rows, limit):
            break
    return rows


def fits(rows: list[str], limit: float) -> bool:
    """Whether no row is wider than the limit."""
    return all(width(row) <= limit for row in rows)


def _rows(pieces: list[_Piece], limit: float) -> list[str]:
    rows, start = [], 0
    while start < len(pieces):
        end = _end(pieces, start, limit)
        rows.append("".join(piece.text for piece in pieces[start:end]).strip())
        start = end
    return [_continued(row, number) for number, row in enumerate(rows)]


def _continued(row: str, number: int) -> str:
    """A row that begins with a sign has the space around it that the sign has in a line."""
    return f"{{}}{row}" if number and row[:1] in "+-=" else row


def _end(pieces: list[_Piece], start: int, limit: float) -> int:
    """Where the row ends that begins at `start`: at the best break among those that leave it well filled"""
    ends, total = [], 0.0
    for number in range(start, len(pieces)):
        total += pieces[number].width
        if total > limit and number > start:
            break
        level = pieces[number + 1].level if number + 1 < len(pieces) else 0
        ends.append((level, total, number + 1))
    filled = [end for end in ends if end[1] >= _LEAST_FILLED * limit or end[0] == 0] or ends[-1:]
    return min(filled, key=lambda end: (end[0], -end[2]))[2]


def _pieces(formula: str, worst: int) -> list[_Piece]:
    parts: list[tuple[str, int]] = [("", RELATION)]
    braces, groups, fences = 0, 0, 0
    for token in (token for token in _TOKEN.split(formula) if token):
        braces += (token == "{") - (token == "}")
        groups += (token == "(") - (token == ")")
        braces += {r"\begin": 1, r"\end": -1}.get(token, 0)
        fences += token.startswith(r"\left") and token != r"\leftarrow"
        fences -= token.startswith(r"\right")
        level = 0 if braces or fences else _level(token, groups, parts[-1][0])
        if not level or level > worst:
            parts[-1] = parts[-1][0] + token, parts[-1][1]
        elif level == COMMA or token.startswith(","):
            parts[-1] = parts[-1][0] + token, parts[-1][1]
            parts.append(("", level))
        else:
            parts.append((_TIMES if level == FACTORS else token, level))
    return [_Piece(text, level, width(text)) for text, level in parts if text]


def _level(token: str, groups: int, before: str) -> int:
    if token in (" = ", ",\\quad ") and not groups:
        return RELATION
    if token in (" + ", " - ", r" \odot "):
        return INSIDE if groups else OUTSIDE
    if token in (";\\ ", ",\\ ", ", ") and groups:
        return COMMA
    ends_factor = before.rstrip().endswith(("}", ")", r"\right]")) and not _is_sum_sign(before)
    return FACTORS if token in (" ", r" \, ") and ends_factor and not groups else 0


def _is_sum_sign(text: str) -> bool:
    """Whether a text ends with the sign of a sum, a maximum or a derivative, whose body is still to come"""
    start = max(text.rfind(r"\sum"), text.rfind(r"\max_"), text.rfind(r"\frac{\partial}"))
    if start < 0:
        return False
    wanted = 1 if text.startswith(r"\max_", start) else 2
    depth, closed = 0, 0
    for position, letter in enumerate(text[start:], start):
        depth += (letter == "{") - (letter == "}")
        closed += letter == "}" and depth == 0
        if closed == wanted:
            return not text[position + 1 :].strip()
    return True
