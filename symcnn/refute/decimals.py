"""Intervals as decimals that say no more than is certain: every digit that is shown is right, or rounded outward."""

from __future__ import annotations

from fractions import Fraction

from .intervals import Interval, Value, bounds, disjoint

DIGITS = (10, 15, 20, 30, 36)
SHORTEST, LONGEST = -5, 9  # decimal exponents of what is written without a power of 10


def written(left: Value, right: Value) -> tuple[str, str]:
    """Two different numbers, with digits enough to see that they differ: fractions as they are, others as decimals."""
    enough = (digits for digits in DIGITS if disjoint(_outward(left, digits), _outward(right, digits)))
    digits = next(enough, DIGITS[-1])
    return decimal(left, digits), decimal(right, digits)


def decimal(value: Value, digits: int = DIGITS[0]) -> str:
    """A fraction as it is; an interval by the digits that its ends share, or by both ends."""
    if not isinstance(value, Interval):
        return str(value)
    if value.upper <= 0 and value.lower < 0:
        low, high, unit = _counted(-value, digits)
        return f"-{_placed(low, unit, '...')}" if high - low == 1 else _between(-high, -low, unit)
    low, high, unit = _counted(value, digits)
    return _placed(low, unit, "...") if high - low == 1 else _between(low, high, unit)


def _between(low: int, high: int, unit: int) -> str:
    return f"between {_placed(low, unit)} and {_placed(high, unit)}"


def _counted(interval: Interval, digits: int) -> tuple[int, int, int]:
    """The bounds in units of a power of 10, rounded outward, and the exponent of that power"""
    largest = _exponent(max(map(abs, bounds(interval))))
    unit = largest - digits + 1
    scale = Fraction(10) ** unit
    return interval.lower // scale, -(-interval.upper // scale), unit


def _outward(value: Value, digits: int) -> Value:
    """The number that `decimal` shows"""
    if not isinstance(value, Interval):
        return value
    low, high, unit = _counted(value, digits)
    scale = Fraction(10) ** unit
    return Interval(low * scale, high * scale)


def _exponent(number: Fraction) -> int:
    """The largest n such that 10^n is at most a positive number"""
    digits = number.numerator.bit_length() - number.denominator.bit_length()
    found = digits * 30103 // 100000 + 2  # log10(2) = 0.30103, so this is not too small
    while Fraction(10) ** found > number:
        found -= 1
    return found


def _placed(count: int, unit: int, further: str = "") -> str:
    """count * 10^unit, of which there are further digits"""
    size, minus = str(abs(count)), "-" if count < 0 else ""
    exponent = len(size) - 1 + unit
    if not count:
        return f"0{further}"
    if SHORTEST <= exponent < LONGEST:
        size = size.rjust(1 - unit, "0")
        return f"{minus}{size[:unit]}.{size[unit:]}{further}"
    return f"{minus}{size[0]}{'.' if size[1:] else ''}{size[1:]}{further} * 10^{exponent}"
