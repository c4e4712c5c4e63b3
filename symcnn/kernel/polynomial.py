"""Polynomials over opaque atoms, and the normal form of terms that they give.

A polynomial maps monomials (sets of (atom, exponent)) to nonzero rationals. Integer atoms and real atoms
may meet in one polynomial: an integer atom there means its cast to the reals.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import Any

from . import terms
from .rejected import Rejected
from .terms import INTEGER, REAL, Term

Monomial = frozenset[tuple[Term, int]]
Polynomial = Mapping[Monomial, int | Fraction]

ONE: Monomial = frozenset()
MOST_MONOMIALS = 20_000
MOST_BITS = 10_000


def constant(value: int | Fraction) -> Polynomial:
    return {ONE: value} if value else {}


def atom(term: Term) -> Polynomial:
    return {frozenset([(term, 1)]): 1}


def plus(left: Polynomial, right: Polynomial, factor: int | Fraction = 1) -> Polynomial:
    """left + factor * right"""
    total = dict(left)
    for monomial, coefficient in right.items():
        value = total.get(monomial, 0) + factor * coefficient
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    return total


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """left * right; raises `Rejected` where the product would have more than `MOST_MONOMIALS` terms."""
    if len(left) * len(right) > MOST_MONOMIALS:
        raise Rejected(f"a product of {len(left)} by {len(right)} terms is too large")
    total: dict[Monomial, int | Fraction] = {}
    for one, first in left.items():
        for other, second in right.items():
            monomial = _join(one, other)
            value = total.get(monomial, 0) + first * second
            if value:
                total[monomial] = value
            else:
                total.pop(monomial, None)
    return total


def _join(one: Monomial, other: Monomial) -> Monomial:
    """The product of two monomials; a bracket is 0 or 1, so it is its own square."""
    if not one or not other:
        return one or other
    exponents = dict(one)
    for factor, exponent in other:
        total = exponents.get(factor, 0) + exponent
        exponents[factor] = 1 if factor.head == "bracket" else total
    return frozenset(exponents.items())


def polynomial(term: Term) -> Polynomial:
    """The term as a polynomial in atoms whose own children are in normal form."""
    if "polynomial" not in term.memory:
        term.memory["polynomial"] = _polynomial(term)
    found: Polynomial = term.memory["polynomial"]
    return found


def _polynomial(term: Term) -> Polynomial:
    match term.head:
        case "integer" | "rational":
            return constant(_number(term))
        case "add":
            return reduce(plus, map(polynomial, term.args))
        case "multiply":
            return reduce(times, map(polynomial, term.args))
        case "power":
            base = polynomial(term.args[0])
            return reduce(times, [base] * int(str(term.value)), constant(1))
        case "real":
            return polynomial(term.args[0])
        case "inverse":
            return _inverse(polynomial(term.args[0]))
        case "bracket":
            condition = normal(term.args[0])
            if condition in (terms.TRUE, terms.FALSE):
                return constant(int(condition == terms.TRUE))
            return atom(terms.bracket(condition))
        case _ if term.sort == terms.CONDITION:
            raise Rejected(f"the condition {term!r} is not a number")
        case _:
            return atom(terms.with_args(term, tuple(map(normal, term.args))))


def _number(term: Term) -> int | Fraction:
    value = Fraction(str(term.value)) if not isinstance(term.value, (int, Fraction)) else term.value
    return int(value) if value.denominator == 1 else value


def _inverse(base: Polynomial) -> Polynomial:
    """1/(c a b) = 1/c 1/a 1/b and 1/(1/a) = a hold for zeros too; a sum has an inverse of its own."""
    if not base:
        return {}
    if len(base) > 1:
        return atom(terms.inverse(build(base, REAL)))
    ((monomial, coefficient),) = base.items()
    result = constant(_number(terms.rational(1 / Fraction(coefficient))))
    for factor, exponent in monomial:
        one = _inverse_of_atom(factor)
        result = reduce(times, [one] * exponent, result)
    return result


def _inverse_of_atom(factor: Term) -> Polynomial:
    if factor.head == "inverse":
        return polynomial(factor.args[0])
    if factor.head == "bracket":  # 1/0 is 0 and 1/1 is 1
        return atom(factor)
    return atom(terms.inverse(_as_sort(factor, REAL)))


def normal(term: Term) -> Term:
    """The one representative of all terms that are equal to it by the laws of rings and brackets."""
    if "normal" not in term.memory:
        if term.sort == terms.CONDITION:
            term.memory["normal"] = _normal_condition(term)
        else:
            term.memory["normal"] = build(polynomial(term), term.sort)
    found: Term = term.memory["normal"]
    return found


def build(poly: Polynomial, sort: str) -> Term:
    """The polynomial as a term, its monomials and their factors in a fixed order."""
    if not poly:
        return _literal(0, sort)
    rows = sorted(((_ordered(monomial), coefficient) for monomial, coefficient in poly.items()), key=_row_order)
    summands = tuple(_summand(factors, coefficient, sort) for factors, coefficient in rows)
    return summands[0] if len(summands) == 1 else terms.add(*summands)


def _literal(value: int | Fraction, sort: str) -> Term:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        raise Rejected(f"a number has more than {MOST_BITS} bits")
    if sort == INTEGER:
        if Fraction(value).denominator != 1:
            raise Rejected(f"{value} is not an integer")
        return terms.integer(int(value))
    return terms.rational(value)


def _as_sort(factor: Term, sort: str) -> Term:
    return terms.real(factor) if sort == REAL and factor.sort == INTEGER else factor


def _ordered(monomial: Monomial) -> list[tuple[Term, int]]:
    return sorted(monomial, key=lambda pair: (order(pair[0]), pair[1]))


def _row_order(row: tuple[list[tuple[Term, int]], Any]) -> Any:
    return [(order(factor), exponent) for factor, exponent in row[0]]


def _summand(factors: list[tuple[Term, int]], coefficient: int | Fraction, sort: str) -> Term:
    parts = [_as_sort(factor, sort) for factor, exponent in factors for _ in range(exponent)]
    if coefficient != 1 or not parts:
        parts.insert(0, _literal(coefficient, sort))
    return parts[0] if len(parts) == 1 else terms.multiply(*parts)


def order(term: Term) -> Any:
    """A key that orders terms by their structure: by size, head, value, children."""
    if "order" not in term.memory:
        children = tuple(order(child) for child in term.args)
        size = 1 + sum(child[0] for child in children)
        term.memory["order"] = (size, term.head, str(term.value), children)
    return term.memory["order"]


def _normal_condition(term: Term) -> Term:
    match term.head:
        case "at_most" | "less":
            return _sign_condition(term.head, _difference(term), term.args[0].sort)
        case "equal":
            return _sign_condition(term.head, _leading_positive(_difference(term)), term.args[0].sort)
        case "nonzero":
            return terms.nonzero(normal(term.args[0]))
        case "exists":
            return terms.with_args(term, tuple(map(normal, term.args)))
        case "and" | "or":
            return _normal_join(term)
        case _:
            return _normal_negation(term.args[0])


def _difference(condition: Term) -> Polynomial:
    return plus(polynomial(condition.args[1]), polynomial(condition.args[0]), -1)


def _sign_condition(relation: str, difference: Polynomial, sort: str) -> Term:
    """0 <= p, 0 < p or 0 = p, p divided by the largest number that divides all its coefficients."""
    if not set(difference) - {ONE}:
        value = difference.get(ONE, 0)
        true = {"at_most": value >= 0, "less": value > 0, "equal": value == 0}[relation]
        return terms.TRUE if true else terms.FALSE
    divisor = gcd(*(Fraction(value).numerator for value in difference.values()))
    multiple = lcm(*(Fraction(value).denominator for value in difference.values()))
    scale = Fraction(multiple, divisor)
    scaled = {monomial: int(value * scale) for monomial, value in difference.items()}
    return Term(relation, (_literal(0, sort), build(scaled, sort)))


def _leading_positive(poly: Polynomial) -> Polynomial:
    if not poly:
        return poly
    leading = max(poly, key=lambda monomial: _row_order((_ordered(monomial), 0)))
    return {m: -c for m, c in poly.items()} if poly[leading] < 0 else poly


def _normal_join(term: Term) -> Term:
    neutral, absorbing = (terms.TRUE, terms.FALSE) if term.head == "and" else (terms.FALSE, terms.TRUE)
    parts: set[Term] = set()
    for child in map(normal, term.args):
        parts.update(child.args if child.head == term.head else [child])
    if absorbing in parts:
        return absorbing
    ordered = tuple(sorted(parts - {neutral}, key=order))
    return ordered[0] if len(ordered) == 1 else Term(term.head, ordered)


def _normal_negation(condition: Term) -> Term:
    return _not_such(condition) if condition.head in ("equal", "nonzero", "exists") else normal(negate(condition))


def _not_such(condition: Term) -> Term:
    inside = normal(condition)
    if inside in (terms.TRUE, terms.FALSE):
        return terms.FALSE if inside == terms.TRUE else terms.TRUE
    return terms.negation(inside)


def negate(condition: Term) -> Term:
    """The negation with `not` pushed inside: not (a <= b) is b + 1 <= a for integers, b < a for reals."""
    match condition.head:
        case "at_most" if condition.args[0].sort == REAL:
            left, right = condition.args
            return terms.less(right, left)
        case "at_most":
            left, right = condition.args
            return terms.at_most(terms.add(right, terms.integer(1)), left)
        case "less":
            left, right = condition.args
            return terms.at_most(right, left)
        case "and":
            return terms.any_of(*map(negate, condition.args))
        case "or":
            return terms.all_of(*map(negate, condition.args))
        case "not":
            return condition.args[0]
        case _:
            return terms.negation(condition)
