"""Polynomials in one variable: their values, derivatives and formulas."""

from __future__ import annotations

from fractions import Fraction
from math import perm
from typing import overload

from .intervals import Value

Polynomial = tuple[Fraction, ...]  # the constant first


@overload
def at(piece: Polynomial, x: Fraction, order: int = 0) -> Fraction: ...
@overload
def at(piece: Polynomial, x: Value, order: int = 0) -> Value: ...
def at(piece: Polynomial, x: Value, order: int = 0) -> Value:
    """The value of a derivative of some order, of the polynomial itself for 0."""
    result: Value = Fraction(0)
    for power, each in enumerate(piece[order:]):
        result = result + x**power * (each * perm(power + order, order))
    return result


def times(one: Polynomial, other: Polynomial) -> Polynomial:
    """The product."""
    degree = len(one) + len(other) - 2
    return tuple(sum((one[k] * other[n - k] for k in _places(one, other, n)), Fraction(0)) for n in range(degree + 1))


def _places(one: Polynomial, other: Polynomial, degree: int) -> range:
    return range(max(0, degree - len(other) + 1), min(degree + 1, len(one)))


def slope(piece: Polynomial) -> Polynomial:
    """The derivative."""
    return tuple(power * each for power, each in enumerate(piece))[1:] or (Fraction(0),)


def formula(piece: Polynomial) -> str:
    """The polynomial in x, the highest power first."""
    return combined([(factor, ("", "x", f"x^{power}")[min(power, 2)]) for power, factor in enumerate(piece)][::-1])


def combined(summands: list[tuple[Fraction, str]]) -> str:
    """The sum of multiples of what is written, of 1 where that is nothing."""
    shown = ""
    for factor, what in summands:
        if factor:
            size = str(abs(factor)) if abs(factor) != 1 or not what else ""
            sign = ("-" if factor < 0 else "") if not shown else (" - " if factor < 0 else " + ")
            shown += sign + " ".join(filter(None, (size, what)))
    return shown or "0"
