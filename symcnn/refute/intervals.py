"""Real numbers between two certain bounds: interval arithmetic that never rounds inward.

A value is a fraction where it is known exactly, and an interval that contains it where it is not. What the bounds do
not decide raises `Unclear`: nothing is taken to hold because it is not refuted. Bounds have `BITS` binary digits, so
they do not grow; at small arguments numbers that differ do so by far more than that. An instance that is unclear
all the same is passed over, and not tried again with more digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel import Rejected

BITS = 128


class Unclear(Rejected):
    """The bounds of a number do not tell what is asked of it."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that is at least `lower` and at most `upper`. Two equal intervals need not be the same number."""

    lower: Fraction
    upper: Fraction

    def __add__(self, other: Operand) -> Value:
        if not isinstance(other, KINDS):
            return NotImplemented
        low, high = bounds(other)
        return enclosing(self.lower + low, self.upper + high)

    __radd__ = __add__

    def __neg__(self) -> Interval:
        return Interval(-self.upper, -self.lower)

    def __sub__(self, other: Operand) -> Value:
        return self + -other

    def __rsub__(self, other: Operand) -> Value:
        return -self + other

    def __mul__(self, other: Operand) -> Value:
        if not isinstance(other, KINDS):
            return NotImplemented
        products = [one * two for one in bounds(self) for two in bounds(other)]
        return enclosing(min(products), max(products))

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Value:
        """A power with a natural exponent."""
        ends = [self.lower**exponent, self.upper**exponent]
        turns = exponent and exponent % 2 == 0 and self.lower < 0 < self.upper
        return enclosing(Fraction(0) if turns else min(ends), max(ends))

    def __truediv__(self, other: Operand) -> Value:
        return self * (1 / Fraction(other) if not isinstance(other, Interval) else other.inverse())

    def __rtruediv__(self, other: Operand) -> Value:
        return self.inverse() * other

    def inverse(self) -> Value:
        """1/x. Raises `Unclear` where 0 is inside."""
        if not sign(self):
            return Fraction(0)
        return enclosing(1 / self.upper, 1 / self.lower)


Value = Fraction | Interval
Operand = Fraction | Interval | int
KINDS = (int, Fraction, Interval)


def bounds(value: Operand) -> tuple[Fraction, Fraction]:
    """The lower and the upper bound, which are equal for a fraction."""
    return (value.lower, value.upper) if isinstance(value, Interval) else (Fraction(value), Fraction(value))


def enclosing(lower: Fraction, upper: Fraction) -> Value:
    """What is between these bounds: the fraction where they are equal, or else an interval with rounded bounds."""
    if lower == upper:
        return Fraction(lower)
    return Interval(rounded(lower, upward=False), rounded(upper, upward=True))


def rounded(number: Fraction, upward: bool) -> Fraction:
    """The next number with few binary digits that is not below, or not above."""
    above, below = number.numerator, number.denominator
    shift = above.bit_length() - below.bit_length() - BITS
    above, below = (above, below << shift) if shift >= 0 else (above << -shift, below)
    digits = -(-above // below) if upward else above // below
    return Fraction(digits << shift) if shift >= 0 else Fraction(digits, 1 << -shift)


def sign(value: Value) -> int:
    """1, 0 or -1. Raises `Unclear` where the bounds do not tell."""
    low, high = bounds(value)
    if low < high and low <= 0 <= high:
        raise Unclear("a number whose bounds enclose 0")
    return (low > 0) - (low < 0)


def maximum(values: list[Value]) -> Value:
    """The largest of some numbers, of which it need not be clear which one that is."""
    return enclosing(max(bounds(each)[0] for each in values), max(bounds(each)[1] for each in values))


def disjoint(one: Value, other: Value) -> bool:
    """Whether two numbers certainly differ."""
    return certainly_less(one, other) or certainly_less(other, one)


def certainly_less(one: Value, other: Value) -> bool:
    """Whether one number is less than another, whatever they are within their bounds."""
    return bounds(one)[1] < bounds(other)[0]
