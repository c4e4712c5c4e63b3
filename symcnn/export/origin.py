"""Printing with indices that start at 0: the same formulas, every index and every sum moved by one."""

from __future__ import annotations

from ..kernel import Term, terms

ONE, MINUS_ONE = terms.integer(1), terms.integer(-1)


def from_zero(term: Term, indices: tuple[str, ...]) -> Term:
    """The term in indices that are one smaller: `indices` are free ones, and every sum and entry moves too."""
    return _moved(_with_smaller(term, indices))


def index_from_zero(index: Term, indices: tuple[str, ...]) -> Term:
    """An index, given in terms of others, where it and all of them are one smaller."""
    return terms.add(_with_smaller(index, indices), MINUS_ONE)


def _with_smaller(term: Term, indices: tuple[str, ...]) -> Term:
    return terms.substitute(term, {name: terms.add(terms.variable(name), ONE) for name in indices})


def _moved(term: Term) -> Term:
    args = tuple(map(_moved, term.args))
    if term.head == "entry":
        return terms.entry(str(term.value), *(terms.add(index, MINUS_ONE) for index in args))
    if term.head != "sum":
        return terms.with_args(term, args)
    lower, upper, body = args
    inside = _shift_bound(body, 0)
    return terms.with_args(term, (terms.add(lower, MINUS_ONE), terms.add(upper, MINUS_ONE), inside))


def _shift_bound(term: Term, depth: int) -> Term:
    """The body of a sum with index + 1 for its index"""
    if term.head == "bound" and term.value == depth:
        return terms.add(term, ONE)
    args = (_shift_bound(child, depth + terms.binds(term, number)) for number, child in enumerate(term.args))
    return terms.with_args(term, tuple(args))
