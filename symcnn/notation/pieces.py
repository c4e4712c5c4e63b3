"""Parts of formulas, and how tightly they hold together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: a sum of several or a negative; a product of several, or a fraction in the line; a power; what needs nothing
SUM, PRODUCT, FACTOR, BASE = range(4)


class Piece(NamedTuple):
    """A text and its level. It needs parentheses where a higher level is asked for."""

    text: str
    level: int


class Summand(NamedTuple):
    """A part of a sum: whether it is negative, and its absolute value."""

    negative: bool
    piece: Piece


def joined(summands: Sequence[Summand], minus: str) -> Piece:
    """The sum of the parts, in their order."""
    (negative, first), *others = summands
    if not others and not negative:
        return first
    text = (minus if negative else "") + first.text
    for sign, piece in others:
        text += f" {minus if sign else '+'} {piece.text}"
    return Piece(text, SUM)
