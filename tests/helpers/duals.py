"""Numbers x + y t with an infinitely small t, computed to first order: quick derivatives of what is smooth.

Where the order of two numbers, or a division, depends on what is infinitely small, `Kink` is raised: germs can tell
what is the case there, and take much longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Number = Any


class Kink(Exception):
    """The first order does not suffice."""


@dataclass(frozen=True, eq=False)
class Dual:
    """value + slope t; that of a higher level is infinitely small against all of lower levels."""

    level: int
    value: Number
    slope: Number

    def _parts(self, other: Number) -> tuple[Number, Number]:
        """The value and the slope of another number, at this level"""
        if isinstance(other, Dual) and other.level == self.level:
            return other.value, other.slope
        return other, 0

    def _is_below(self, other: Number) -> bool:
        return isinstance(other, Dual) and other.level > self.level

    def __add__(self, other: Number) -> Dual:
        if self._is_below(other):
            return Dual(other.level, self + other.value, other.slope)
        value, slope = self._parts(other)
        return Dual(self.level, self.value + value, self.slope + slope)

    def __mul__(self, other: Number) -> Dual:
        if self._is_below(other):
            return Dual(other.level, self * other.value, self * other.slope)
        value, slope = self._parts(other)
        return Dual(self.level, self.value * value, self.slope * value + self.value * slope)

    def __neg__(self) -> Dual:
        return Dual(self.level, -self.value, -self.slope)

    def __sub__(self, other: Number) -> Dual:
        return self + -other

    def __rsub__(self, other: Number) -> Dual:
        return -self + other

    def __rtruediv__(self, other: Number) -> Dual:
        if self.value == 0:
            raise Kink
        inverse = Fraction(1) / self.value
        return Dual(self.level, inverse, -self.slope * inverse * inverse) * other

    __radd__, __rmul__ = __add__, __mul__

    def __bool__(self) -> bool:
        return True  # nobody knows: it may be 0 to first order only

    def __eq__(self, other: object) -> bool:
        self._is_negative(self - other)
        return False

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: Number) -> bool:
        return self._is_negative(self - other)

    def __gt__(self, other: Number) -> bool:
        return not self._is_negative(self - other)

    __le__, __ge__ = __lt__, __gt__

    @staticmethod
    def _is_negative(difference: Dual) -> bool:
        """Raises `Kink` where the difference is infinitely small"""
        standard = difference.value
        while isinstance(standard, Dual):
            standard = standard.value
        if standard == 0:
            raise Kink
        return bool(standard < 0)
