"""Numbers at and around which hypotheses about reals begin or cease to hold."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from ..kernel import Term, terms

MOST = 12


def landmarks(hypotheses: Iterable[Term]) -> tuple[Fraction, ...]:
    """The numbers that hypotheses about reals name, then what lies between two of them, then what is 1 above or below.

    They are worth trying as entries: of `1/2 < x[1]` and `x[1] < 1` they are 1/2, 1, 3/4, 3/2, -1/2, 2, 0.
    """
    named = sorted({number for each in hypotheses for number in _numbers(each)})
    between = [(low + high) / 2 for low, high in pairwise(named)]
    around = [near for each in named for near in (each + 1, each - 1)]
    return tuple(dict.fromkeys([*named, *between, *around]))[:MOST]


def _numbers(condition: Term) -> Iterable[Fraction]:
    """The literals of a condition that speaks of entries"""
    parts = list(terms.subterms(condition))
    if any(part.head in ("entry", "call") for part in parts):
        yield from (Fraction(str(part.value)) for part in parts if part.head == "rational")
