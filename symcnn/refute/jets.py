"""Exact derivatives: numbers with infinitesimal parts, as in forward differentiation, of any order.

Where a number is an interval, what it does not tell raises `Unclear`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from ..kernel import Rejected
from .intervals import Interval, Unclear, Value, bounds, maximum, sign

Tags = frozenset[int]
NONE: Tags = frozenset()


class Meaningless(Rejected):
    """A value that would come from a convention: a read out of range, 1/0, a derivative that does not exist."""


@dataclass(frozen=True, slots=True)
class Jet:
    """The sum of parts[S] times the product of the infinitesimals in S, each of square 0.

    Parts that are 0 are kept: they say that the number varies.
    """

    parts: Mapping[Tags, Value]

    def __add__(self, other: Number) -> Jet:
        parts = dict(self.parts)
        for tags, part in parts_of(other).items():
            parts[tags] = parts.get(tags, Fraction(0)) + part
        return Jet(parts)

    __radd__ = __add__

    def __mul__(self, other: Number) -> Jet:
        parts: dict[Tags, Value] = {}
        for one, left in self.parts.items():
            for two, right in parts_of(other).items():
                if one.isdisjoint(two):
                    parts[one | two] = parts.get(one | two, Fraction(0)) + left * right
        return Jet(parts)

    __rmul__ = __mul__


Number = Fraction | Interval | Jet


def parts_of(number: Number) -> Mapping[Tags, Value]:
    """The parts; a number that does not vary has one."""
    return number.parts if isinstance(number, Jet) else {NONE: as_value(number)}


def standard(number: Number) -> Value:
    """The number without its infinitesimal parts."""
    return number.parts.get(NONE, Fraction(0)) if isinstance(number, Jet) else as_value(number)


def as_value(number: Value | int) -> Value:
    """The number as a fraction or an interval."""
    return number if isinstance(number, Interval) else Fraction(number)


def varied(number: Number, tag: int, by: int) -> Number:
    """The number plus `by` times an infinitesimal."""
    return Jet({NONE: Fraction(0), frozenset([tag]): Fraction(by)}) + number


def slope(number: Number, tag: int) -> Number:
    """The coefficient of an infinitesimal: a derivative."""
    parts = {tags - {tag}: part for tags, part in parts_of(number).items() if tag in tags}
    return Jet(parts) if parts.keys() - {NONE} else parts.get(NONE, Fraction(0))


def applied(derivative: Callable[[int, Value], Value], number: Number) -> Number:
    """A function of which `derivative(order, x)` is known, by its Taylor polynomial."""
    if not isinstance(number, Jet):
        return derivative(0, number)
    at = standard(number)
    small = Jet({**number.parts, NONE: Fraction(0)})
    result: Number = derivative(0, at)
    power: Number = Fraction(1)
    for order in range(1, _order(number) + 1):
        power = power * small
        result = result + power * (derivative(order, at) / factorial(order))
    return result


def raised(base: Number, exponent: int) -> Number:
    """A power with a natural exponent."""
    if isinstance(base, Fraction | Interval):
        return base**exponent
    result: Number = Fraction(1)
    for _ in range(exponent):
        result = result * base
    return result


def inverted(number: Number) -> Number:
    """1/number, for one that is not 0. Raises `Unclear` where it may be."""
    return applied(lambda order, x: Fraction((-1) ** order * factorial(order)) / x ** (order + 1), number)


def largest(numbers: Iterable[Number]) -> Number:
    """The maximum. Raises `Meaningless` where two of them are equal but vary in different ways, `Unclear` where it
    is not certain which of some that vary is the largest."""
    several = list(numbers)
    least = max(bounds(standard(each))[0] for each in several)
    reached = [each for each in several if bounds(standard(each))[1] >= least]
    if len(reached) == 1:
        return reached[0]
    if not any(isinstance(each, Jet) for each in reached):
        return maximum([standard(each) for each in reached])
    return _reached_by_all(reached)


def _reached_by_all(reached: list[Number]) -> Number:
    """A maximum that several numbers reach, of which some vary"""
    first = reached[0]
    if any(isinstance(standard(each), Interval) for each in reached):
        raise Unclear("it is not certain where a maximum is reached")
    if any(_order(each) > 1 or not _same(first, each) for each in reached):
        raise Meaningless("a maximum has no derivative where it is reached in two ways")
    return next((each for each in reached if isinstance(each, Jet)), first)


def compared(left: Number, right: Number) -> int:
    """The sign of left - right. Raises `Meaningless` where they are equal but vary, `Unclear` where they may be equal
    or not."""
    difference = sign(standard(left) - standard(right))
    if not difference and (isinstance(left, Jet) or isinstance(right, Jet)):
        raise Meaningless("a comparison of equal numbers that vary")
    return difference


def _same(one: Number, other: Number) -> bool:
    return all(part == 0 for part in parts_of(Jet(parts_of(one)) + other * Fraction(-1)).values())


def _order(number: Number) -> int:
    return len(NONE.union(*parts_of(number)))
