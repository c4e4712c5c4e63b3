"""A quotient of integers as one numerator and one denominator, in which nothing is cancelled.

SymPy's own `together` writes (k m - k)/k as m - 1, also where k is 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import lcm, prod

from sympy import Add, Expr, Integer, Mul, Pow, Rational, S

from ..errors import LanguageError
from .text import plain


@dataclass(frozen=True)
class Quotient:
    """numerator / (number * product of base^exponent)"""

    numerator: Expr
    number: int = 1
    factors: dict[Expr, int] = field(default_factory=dict)

    @property
    def denominator(self) -> Expr:
        """The whole denominator."""
        return Mul(self.number, *(base**exponent for base, exponent in self.factors.items()))


def quotient(expression: Expr) -> Quotient:
    """The expression as a quotient. Raises `LanguageError` for a quotient that is divided by."""
    match expression:
        case Rational():
            return Quotient(Integer(expression.p), int(expression.q))
        case Add():
            return _sum([quotient(child) for child in expression.args])
        case Mul():
            return _product([quotient(child) for child in expression.args])
        case Pow() if expression.exp.is_Integer and expression.exp < 0:
            if quotient(expression.base).denominator != 1:
                raise LanguageError(f"{plain(expression)} divides by a quotient: write it as one quotient of integers")
            return Quotient(S.One, 1, {expression.base: -int(expression.exp)})
        case Pow() if expression.exp.is_Integer:
            return _product([quotient(expression.base)] * int(expression.exp))
        case _:
            return Quotient(expression)


def _product(parts: Iterable[Quotient]) -> Quotient:
    parts = list(parts)
    factors: dict[Expr, int] = {}
    for part in parts:
        for base, exponent in part.factors.items():
            factors[base] = factors.get(base, 0) + exponent
    return Quotient(Mul(*(part.numerator for part in parts)), prod(part.number for part in parts), factors)


def _sum(parts: Iterable[Quotient]) -> Quotient:
    parts = list(parts)
    number = lcm(*(part.number for part in parts))
    factors: dict[Expr, int] = {}
    for part in parts:
        for base, exponent in part.factors.items():
            factors[base] = max(factors.get(base, 0), exponent)
    return Quotient(Add(*(_over(part, number, factors) for part in parts)), number, factors)


def _over(part: Quotient, number: int, factors: dict[Expr, int]) -> Expr:
    """The numerator that the part has over the common denominator."""
    missing = (base ** (exponent - part.factors.get(base, 0)) for base, exponent in factors.items())
    return Mul(part.numerator, number // part.number, *missing)
