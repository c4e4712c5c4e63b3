"""What is assumed of all values of a tensor, at one instance: whether it holds, and tensors for which it does.

At concrete sizes an assumption is finitely many equations between polynomials in the entries of the arbitrary
tensors, which hold for all values if all their coefficients agree. The coefficients are polynomials in the
entries of the other tensors: where they are linear, all solutions come from elimination.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from itertools import product
from random import Random
from time import thread_time

from sympy import QQ
from sympy.polys.matrices import DomainMatrix

from ..kernel import Assumption, Claim, Rejected, Term, terms
from ..kernel.claim import expand
from ..kernel.polynomial import ONE, Monomial, Polynomial, plus
from .evaluation import Evaluation
from .instance import Indices, Instance, Nested
from .unknowns import WithUnknowns

MOST_UNKNOWN = 200  # entries
MOST_SECONDS = 2.0  # for one assumption
SPREAD = 2  # how far the solution that is taken lies from the one that elimination gives

Solution = tuple[dict[Term, Fraction], list[dict[Term, Fraction]]]


def holds(instance: Instance) -> bool:
    """Whether all assumptions certainly hold at an instance. Raises `Rejected` where one is no polynomial in the
    entries of the tensors that are arbitrary."""
    return all(not each for each in _coefficients(instance, frozenset()))


def satisfying(instance: Instance, generator: Random) -> Instance | None:
    """The instance with other values of some tensors for which all assumptions hold: random ones, where there is a
    choice. None if none are found. Raises as `holds`."""
    for unknown, found in _solutions(instance):
        return _with_entries(instance, unknown, _random(found, generator))
    return None


def simpler(instance: Instance) -> Iterator[Instance]:
    """The same with simple values: those that elimination gives, with one of the free entries 1 and the others 0.
    Raises as `holds`."""
    for unknown, (start, directions) in _solutions(instance):
        for direction in directions:
            yield _with_entries(instance, unknown, _moved(start, direction, 1))
        yield _with_entries(instance, unknown, start)
        return


def simplest(instance: Instance) -> Instance | None:
    """The same with the values that elimination gives if all free entries are 0. Raises as `holds`."""
    for unknown, (start, _) in _solutions(instance):
        return _with_entries(instance, unknown, start)
    return None


def _solutions(instance: Instance) -> Iterator[tuple[frozenset[str], Solution]]:
    """Tensors in which the assumptions are linear, with all of their values that satisfy these, if there are any"""
    for unknown in _unknown(instance.claim):
        rows = list(_coefficients(instance, unknown))
        if all(_degree(monomial) <= 1 for row in rows for monomial in row):
            entries = [each for name in sorted(unknown) for each in _entries(instance, name)]
            found = solution(rows, entries)
            if found is not None:
                yield unknown, found
            return


def _entries(instance: Instance, name: str) -> Iterator[Term]:
    leaf = next(each for each in instance.claim.leaves if each.name == name)
    for at in Evaluation(instance).indices(leaf):
        yield terms.entry(name, *map(terms.integer, at))


def arbitrary(claim: Claim) -> frozenset[str]:
    """The tensors of which something is assumed whatever they are, and of which nothing else speaks."""
    spoken = _names((claim.left, claim.right, *claim.hypotheses, *claim.conditions), claim)
    return frozenset(name for each in claim.assumptions for name in each.leaves) - spoken


def _names(parts: Sequence[Term], claim: Claim) -> frozenset[str]:
    return frozenset[str]().union(*(terms.names_in(expand(part, claim.definitions)) for part in parts))


def _unknown(claim: Claim) -> Iterator[frozenset[str]]:
    """Which tensors to look for: those that an assumption and the two sides speak of, all that it speaks of, or one"""
    sides = _names((claim.left, claim.right), claim)
    assumed = _names([side for each in claim.assumptions for side in (each.left, each.right)], claim)
    known = {name for each in claim.assumptions for name in each.leaves}
    leaves = [leaf.name for leaf in claim.leaves if leaf.name in assumed - known and not leaf.layers]
    choices = [frozenset(leaves) & sides, frozenset(leaves), *(frozenset([name]) for name in leaves)]
    yield from (each for each in dict.fromkeys(choices) if each)
    if not leaves:
        yield frozenset()


def _coefficients(instance: Instance, unknown: frozenset[str]) -> Iterator[Polynomial]:
    """Polynomials in the unknown entries, all of which have to be 0"""
    for assumption in instance.claim.assumptions:
        evaluation = WithUnknowns(instance, unknown | set(assumption.leaves), thread_time() + MOST_SECONDS)
        for place in _places(assumption, evaluation):
            left, right = (evaluation.polynomial(side, place) for side in (assumption.left, assumption.right))
            yield from _by_powers(plus(left, right, -1), frozenset(assumption.leaves)).values()


def _places(assumption: Assumption, evaluation: WithUnknowns) -> Iterator[dict[str, int]]:
    def limit(term: Term) -> int:
        return int(evaluation.of(term, evaluation.instance.sizes, ()))

    ranges = [range(limit(each.lower), limit(each.upper) + 1) for each in assumption.indices]
    for at in product(*ranges):
        yield {index.name: position for index, position in zip(assumption.indices, at, strict=True)}


def _by_powers(polynomial: Polynomial, leaves: frozenset[str]) -> dict[Monomial, Polynomial]:
    """The coefficient of each product of entries of these leaves, a polynomial in the others"""
    found: dict[Monomial, dict[Monomial, int | Fraction]] = {}
    for monomial, coefficient in polynomial.items():
        own = frozenset(pair for pair in monomial if pair[0].value in leaves)
        found.setdefault(own, {})[monomial - own] = coefficient
    return dict(found)


def _degree(monomial: Monomial) -> int:
    return sum(exponent for _, exponent in monomial)


def solution(rows: Sequence[Polynomial], unknown: Sequence[Term]) -> Solution | None:
    """One solution of linear equations `row = 0`, and a basis of what can be added to it; None if there is none.

    Raises `Rejected` for too many unknowns.
    """
    if len(unknown) > MOST_UNKNOWN:
        raise Rejected(f"there are more than {MOST_UNKNOWN} unknown entries")
    columns = [frozenset([(each, 1)]) for each in unknown]
    matrix = [[Fraction(row.get(column, 0)) for column in (*columns, ONE)] for row in rows if row]
    reduced, pivots = _eliminated(matrix, len(unknown) + 1)
    if len(unknown) in pivots:
        return None
    start = dict.fromkeys(unknown, Fraction(0))
    start |= {unknown[pivot]: -row[-1] for pivot, row in zip(pivots, reduced, strict=False)}
    free = [place for place in range(len(unknown)) if place not in pivots]
    return start, [_direction(unknown, place, pivots, reduced) for place in free]


def _eliminated(matrix: list[list[Fraction]], width: int) -> tuple[list[list[Fraction]], tuple[int, ...]]:
    """The reduced rows, and the columns of their leading ones"""
    entries = [[QQ(entry.numerator, entry.denominator) for entry in row] for row in matrix]
    reduced, pivots = DomainMatrix(entries, (len(entries), width), QQ).rref()
    return [[Fraction(int(e.numerator), int(e.denominator)) for e in row] for row in reduced.to_list()], pivots


def _direction(
    unknown: Sequence[Term], place: int, pivots: tuple[int, ...], reduced: list[list[Fraction]]
) -> dict[Term, Fraction]:
    """The solution of the equations without constants in which one free unknown is 1, and the other free ones are 0"""
    found = {unknown[pivot]: -row[place] for pivot, row in zip(pivots, reduced, strict=False)}
    return {**found, unknown[place]: Fraction(1)}


def _random(found: Solution, generator: Random) -> dict[Term, Fraction]:
    start, directions = found
    return reduce(lambda at, each: _moved(at, each, generator.randint(-SPREAD, SPREAD)), directions, start)


def _moved(start: dict[Term, Fraction], direction: dict[Term, Fraction], factor: int) -> dict[Term, Fraction]:
    return {**start, **{entry: start[entry] + factor * each for entry, each in direction.items()}}


def _with_entries(instance: Instance, unknown: frozenset[str], entries: dict[Term, Fraction]) -> Instance:
    """The instance with these entries"""
    origins = {leaf.name: leaf.origin for leaf in instance.claim.leaves}

    def changed(name: str, nested: Nested, at: Indices) -> Nested:
        if not isinstance(nested, tuple):
            return entries.get(terms.entry(name, *map(terms.integer, at)), nested)
        first = origins[name]
        return tuple(changed(name, each, (*at, place + first)) for place, each in enumerate(nested))

    tensors = {name: changed(name, each, ()) if name in unknown else each for name, each in instance.tensors.items()}
    return replace(instance, tensors=tensors)
