"""Contradictions by arithmetic alone: multipliers from linear programming, or one or two facts by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

from ..kernel import Facts, Multiples, Term, terms
from ..kernel.polynomial import ONE, Polynomial, plus, polynomial, times
from ..kernel.polynomial import order as term_order
from .linear import Solver, multipliers

_MOST_PRODUCTS = 400


def by_arithmetic(solver: Solver, facts: Facts, products: bool) -> Multiples | None:
    """Multiples of the facts, and of their pairwise products if these are wanted, that contradict; None if none do."""
    simple = _by_one_or_two(facts)
    if simple is not None or not facts.at_least_zero:
        return simple
    numbers, candidates = _candidates(facts, products)
    factors, zeros = _zero_candidates(facts, products)
    strict = [facts.strict.issuperset(each) for each in numbers]
    found = multipliers(solver, candidates, zeros, strict)
    if found is None:
        return None
    positive = tuple((coefficient, numbers[i]) for i, coefficient in found[0].items())
    equalities = tuple((_scaled(factors[i][0], coefficient), factors[i][1]) for i, coefficient in found[1].items())
    return Multiples(positive, equalities)


def _by_one_or_two(facts: Facts) -> Multiples | None:
    """The quick way: one fact is negative by itself, or the last one and another add up to less than 0."""
    for number, fact in enumerate(facts.at_least_zero):
        if _is_negative(fact) or (not fact and number in facts.strict):
            return Multiples(((Fraction(1), (number,)),))
    last = len(facts.at_least_zero) - 1
    for number in range(last):
        total = plus(facts.at_least_zero[last], facts.at_least_zero[number])
        if _is_negative(total) or (not total and facts.at_least_zero[last] and {last, number} & facts.strict):
            return Multiples(((Fraction(1), (last,)), (Fraction(1), (number,))))
    return None


def _is_negative(poly: Polynomial) -> bool:
    return set(poly) == {ONE} and poly[ONE] < 0


def _candidates(facts: Facts, products: bool) -> tuple[list[tuple[int, ...]], list[Polynomial]]:
    own = list(facts.at_least_zero)
    numbers: list[tuple[int, ...]] = [(number,) for number, fact in enumerate(own) if fact]
    polynomials: list[Polynomial] = [fact for fact in own if fact]
    if products:
        pairs = [pair for pair in combinations_with_replacement(range(len(own)), 2) if _useful(own, pair)]
        for pair in pairs[-_MOST_PRODUCTS:]:
            numbers.append(pair)
            polynomials.append(times(own[pair[0]], own[pair[1]]))
    return numbers, polynomials


def _useful(facts: Sequence[Polynomial], pair: tuple[int, int]) -> bool:
    """Constant facts and facts with large products only make the question longer."""
    return all(0 < len(set(facts[number]) - {ONE}) <= 4 for number in pair)


def _zero_candidates(facts: Facts, products: bool) -> tuple[list[tuple[Term, int]], list[Polynomial]]:
    factors: list[tuple[Term, int]] = []
    polynomials: list[Polynomial] = []
    atoms = sorted(integer_atoms(facts), key=term_order) if products and facts.zero else []
    for number, fact in enumerate(facts.zero):
        for factor in (terms.integer(1), *atoms) if fact else ():
            factors.append((factor, number))
            polynomials.append(times(polynomial(factor), fact))
    return factors, polynomials


def integer_atoms(facts: Facts) -> set[Term]:
    """The atoms of all facts."""
    return {atom for poly in (*facts.at_least_zero, *facts.zero) for m in poly for atom, _ in m}


def _scaled(factor: Term, coefficient: Fraction) -> Term:
    one = terms.rational(coefficient)
    if factor == terms.integer(1):
        return one
    return terms.multiply(one, terms.real(factor) if factor.sort == terms.INTEGER else factor)
