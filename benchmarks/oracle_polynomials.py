"""Polynomials in the entries of tensors, and linear equations between such entries.

An equation that is assumed of all tensors is an identity of polynomials, which holds if the coefficients do; what that
asks of the other tensors is a system of equations, which is solved exactly where it is linear.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Unknown = tuple[str, tuple[int, ...]]  # a tensor and a place
Monomial = tuple[Unknown, ...]
Linear = dict[Unknown | None, Any]  # coefficients; that of None is the constant
MOST_TERMS = 20_000


class NotPolynomial(Exception):
    """A value is no polynomial in the unknown entries, or none that is linear."""


@dataclass(frozen=True, eq=False)
class Polynomial:
    """A polynomial that is no constant: coefficients, none of them 0, by monomials."""

    terms: Mapping[Monomial, Any]

    @staticmethod
    def unknown(name: str, at: tuple[int, ...]) -> Polynomial:
        """An entry of a tensor."""
        return Polynomial({((name, at),): 1})

    def __add__(self, other: Any) -> Any:
        found = terms_of(other)
        if found is None:
            return NotImplemented
        total = dict(self.terms)
        for monomial, coefficient in found.items():
            total[monomial] = total.get(monomial, 0) + coefficient
        return _made(total)

    def __mul__(self, other: Any) -> Any:
        found = terms_of(other)
        if found is None:
            return NotImplemented
        if len(found) * len(self.terms) > MOST_TERMS:
            raise NotPolynomial("a polynomial with too many terms")
        total: dict[Monomial, Any] = {}
        for one, coefficient in self.terms.items():
            for two, factor in found.items():
                both = tuple(sorted((*one, *two)))
                total[both] = total.get(both, 0) + coefficient * factor
        return _made(total)

    def __neg__(self) -> Polynomial:
        return Polynomial({monomial: -coefficient for monomial, coefficient in self.terms.items()})

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    __radd__, __rmul__ = __add__, __mul__

    def __eq__(self, other: object) -> bool:
        return not self - other

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: Any) -> bool:
        raise NotPolynomial("a comparison")

    __le__ = __gt__ = __ge__ = __lt__


def terms_of(number: Any) -> Mapping[Monomial, Any] | None:
    """Coefficients by monomials; None for what is neither a number nor a polynomial."""
    if isinstance(number, Polynomial):
        return number.terms
    if isinstance(number, (int, Fraction)):
        return {(): number} if number else {}
    return None


def _made(total: dict[Monomial, Any]) -> Any:
    left = {monomial: coefficient for monomial, coefficient in total.items() if coefficient}
    if not left.keys() - {()}:
        return left.get((), 0)
    return Polynomial(left)


def coefficients(number: Any, quantified: frozenset[str]) -> list[Linear]:
    """What must be 0 for the polynomial to be 0 for all entries of the quantified tensors.

    Raises `NotPolynomial` where that is not linear in the others."""
    found: dict[Monomial, Linear] = {}
    for monomial, coefficient in (terms_of(number) or {}).items():
        given = tuple(each for each in monomial if each[0] in quantified)
        others = [each for each in monomial if each[0] not in quantified]
        if len(others) > 1:
            raise NotPolynomial("a product of unknowns")
        found.setdefault(given, {})[others[0] if others else None] = coefficient
    return list(found.values())


@dataclass(frozen=True)
class Solution:
    """Each unknown in `solved` is that linear function of the others, which are free."""

    solved: Mapping[Unknown, Linear]
    unknowns: frozenset[Unknown]

    def free(self) -> list[Unknown]:
        """The unknowns that may have any value, in a fixed order."""
        return sorted(self.unknowns - set(self.solved))

    def at(self, chosen: Mapping[Unknown, Any]) -> dict[Unknown, Any]:
        """All unknowns, for these values of the free ones."""
        found = dict(chosen)
        for unknown, linear in self.solved.items():
            found[unknown] = sum(c * (1 if each is None else chosen[each]) for each, c in linear.items())
        return found


def solve(equations: Iterable[Linear]) -> Solution | None:
    """All solutions of `linear function = 0` for each of these; None if there are none."""
    solved: dict[Unknown, Linear] = {}
    unknowns: set[Unknown] = set()
    for equation in equations:
        unknowns.update(each for each in equation if each is not None)
        left = _substituted(equation, solved)
        names = [each for each in left if each is not None]
        if not names and left:
            return None
        if names:
            _eliminate(solved, min(names), left)
    return Solution(solved, frozenset(unknowns))


def _eliminate(solved: dict[Unknown, Linear], unknown: Unknown, equation: Linear) -> None:
    """Solve the equation for the unknown, and put that into all that is solved"""
    scale = Fraction(-1) / equation[unknown]
    own = {each: c * scale for each, c in equation.items() if each != unknown}
    for other, linear in solved.items():
        if unknown in linear:
            solved[other] = _substituted(linear, {unknown: own})
    solved[unknown] = own


def _substituted(linear: Linear, solved: Mapping[Unknown, Linear]) -> Linear:
    total: Linear = {}
    for each, coefficient in linear.items():
        known = solved.get(each, {each: 1}) if each is not None else {None: 1}
        for other, factor in known.items():
            total[other] = total.get(other, 0) + coefficient * factor
    return {each: coefficient for each, coefficient in total.items() if coefficient}
