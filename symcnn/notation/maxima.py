"""The condition of a maximum, in the form in which it says where the entries are read."""

from __future__ import annotations

from collections.abc import Iterator

from ..kernel import Term, terms
from ..kernel.polynomial import Polynomial, build, plus, polynomial
from .conditions import parts_of_condition


def read_conditions(maximum: Term) -> list[Term]:
    """The conditions of a maximum, those about an index of an entry in it as lower <= index and index <= upper."""
    condition, body = maximum.args[-2:]
    parts = parts_of_condition(condition) if condition.head == "and" else [condition]
    places = [index for part in terms.subterms(body) if part.head == "entry" for index in part.args]
    found = [_about(part, places, terms.rank_of(maximum)) for part in parts if part != terms.TRUE]
    return sorted(found, key=lambda each: _order(each, places))


def _about(condition: Term, places: list[Term], rank: int) -> Term:
    """The condition as one about an index, if it says that it is at least or at most what does not run"""
    if condition.head != "at_most" or condition.args[0].sort != terms.INTEGER:
        return condition
    left, right = map(polynomial, condition.args)
    difference = plus(right, left, -1)
    for place in dict.fromkeys(places):
        for sign in (1, -1):
            rest = plus(difference, polynomial(place), -sign)
            if not _runs(rest, rank) and _runs(polynomial(place), rank):
                bound = build({monomial: -sign * number for monomial, number in rest.items()}, terms.INTEGER)
                return terms.at_most(bound, place) if sign == 1 else terms.at_most(place, bound)
    return condition


def _runs(poly: Polynomial, rank: int) -> bool:
    """Whether a polynomial speaks of the indices of the maximum"""
    return any(value < rank for monomial in poly for atom, _ in monomial for value in _bound(atom, 0))


def _bound(term: Term, depth: int) -> Iterator[int]:
    if term.head == "bound" and int(str(term.value)) >= depth:
        yield int(str(term.value)) - depth
    for number, child in enumerate(term.args):
        yield from _bound(child, depth + terms.binds(term, number))


def _order(condition: Term, places: list[Term]) -> tuple[int, int]:
    for number, place in enumerate(places):
        if place in condition.args:
            return number, int(condition.args[0] == place)
    return len(places), 0
