"""Certain bounds of exp, sigmoid, tanh and softplus at fractions and intervals; where the value is rational, it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from mpmath.ctx_iv import MPIntervalContext

from .intervals import BITS, Interval, Unclear, Value, bounds, enclosing

#: mpmath rounds outward what it has computed with a few digits more than it gives, and does not prove the last of
#: these. So it computes with more digits than are kept here, and half of these are given up.
GUARD = 32
SLACK = Fraction(1, 2 ** (BITS + GUARD // 2))
#: the largest argument of exp: beyond, its values have more digits than anybody wants
LARGEST = Fraction(1000)
MOST_REMEMBERED = 10_000


def exp(x: Value) -> Value:
    """Raises `Unclear` where x is too large."""
    return _increasing(_exp, x)


def sigmoid(x: Value) -> Value:
    """1/(1 + exp(-x))"""
    return _increasing(_sigmoid, x)


def tanh(x: Value) -> Value:
    """(exp(x) - exp(-x))/(exp(x) + exp(-x))"""
    return _increasing(lambda end: 2 * _sigmoid(2 * end) - 1, x)


def softplus(x: Value) -> Value:
    """log(1 + exp(x))"""
    return _increasing(_softplus, x)


def _increasing(function: Callable[[Fraction], Value], x: Value) -> Value:
    """An increasing function lies between its values at the bounds"""
    if not isinstance(x, Interval):
        return function(x)
    return enclosing(bounds(function(x.lower))[0], bounds(function(x.upper))[1])


@lru_cache(MOST_REMEMBERED)
def _exp(x: Fraction) -> Value:
    if x > LARGEST:
        raise Unclear(f"exp({x}) is too large")
    if x < -LARGEST:
        return Interval(Fraction(0), bounds(_exp(-LARGEST))[1])
    return _computed(_context().exp, Interval(x, x)) if x else Fraction(1)


@lru_cache(MOST_REMEMBERED)
def _sigmoid(x: Fraction) -> Value:
    if x < -LARGEST:  # where it is less than exp(x)
        return _exp(x)
    return 1 / (1 + _exp(-x))


@lru_cache(MOST_REMEMBERED)
def _softplus(x: Fraction) -> Value:
    """For positive x it is x + softplus(-x)"""
    return max(x, Fraction(0)) + _computed(_context().log, 1 + _exp(-abs(x)))


def _computed(function: Callable[[Any], Any], x: Value) -> Value:
    """What mpmath finds for a positive function, and a little more to both sides"""
    context = _context()
    low, high = (context.mpf(end.numerator) / context.mpf(end.denominator) for end in bounds(x))
    found = function(context.mpf([low.a, high.b]))
    return enclosing(_fraction(found.a) * (1 - SLACK), _fraction(found.b) * (1 + SLACK))


@cache
def _context() -> Any:
    """mpmath's interval arithmetic, with digits of its own"""
    context = MPIntervalContext()
    context.prec = BITS + GUARD
    return context


def _fraction(end: Any) -> Fraction:
    """A bound in mpmath, which is an integer times a power of 2"""
    negative, digits, exponent, _ = end._mpi_[0]
    return Fraction((-1) ** negative * int(digits)) * Fraction(2) ** exponent
