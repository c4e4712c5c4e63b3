"""Constructors of terms, one for each head, and all that `structure` and `binding` have of terms.

They build exactly what they are told.
"""

from __future__ import annotations

from fractions import Fraction

from .binding import Lambda, abstract, apply, instantiate, lift, substitute
from .structure import (
    CONDITION,
    INTEGER,
    RANKED,
    REAL,
    Term,
    Value,
    binds,
    free_variables,
    function_of,
    names_in,
    rank_of,
    subterms,
    with_args,
)

__all__ = [
    "CONDITION",
    "FALSE",
    "INTEGER",
    "RANKED",
    "REAL",
    "TRUE",
    "Lambda",
    "Term",
    "Value",
    "abstract",
    "add",
    "all_of",
    "any_of",
    "apply",
    "at_most",
    "binds",
    "bracket",
    "call",
    "entry",
    "equal",
    "exists",
    "field",
    "floor",
    "free_variables",
    "function_of",
    "instantiate",
    "integer",
    "inverse",
    "iterate",
    "larger",
    "less",
    "lift",
    "maximum",
    "multiply",
    "names_in",
    "negation",
    "nonzero",
    "partial",
    "power",
    "rank_of",
    "rational",
    "real",
    "size",
    "substitute",
    "subterms",
    "summation",
    "variable",
    "with_args",
]


def integer(value: int) -> Term:
    return Term("integer", value=value)


def variable(name: str) -> Term:
    return Term("variable", value=name)


def rational(value: Fraction | int) -> Term:
    return Term("rational", value=Fraction(value))


def entry(tensor: str, *indices: Term) -> Term:
    return Term("entry", indices, tensor)


def real(term: Term) -> Term:
    return Term("real", (term,))


def add(*terms: Term) -> Term:
    return Term("add", terms)


def multiply(*terms: Term) -> Term:
    return Term("multiply", terms)


def power(base: Term, exponent: int) -> Term:
    return Term("power", (base,), exponent)


def inverse(term: Term) -> Term:
    return Term("inverse", (term,))


def floor(numerator: Term, denominator: Term) -> Term:
    return Term("floor", (numerator, denominator))


def larger(left: Term, right: Term) -> Term:
    return Term("larger", (left, right))


def bracket(condition: Term) -> Term:
    return Term("bracket", (condition,))


def summation(index: str, lower: Term, upper: Term, body: Term) -> Term:
    """The sum over `lower <= index <= upper`; `index` is a variable of `body` and becomes bound."""
    return Term("sum", (lower, upper, abstract(body, index)), hint=index)


def call(function: str, argument: Term) -> Term:
    return Term("call", (argument,), function)


def size(sequence: str, layer: Term) -> Term:
    return Term("size", (layer,), sequence)


def maximum(ranges: tuple[tuple[str, Term, Term], ...], condition: Term, body: Term) -> Term:
    """The maximum of `body` where `condition` holds, over the ranges `(index, lower, upper)`; no range depends
    on another index."""
    return Term("maximum", (*_bounds(ranges), *_under(ranges, condition, body)), len(ranges), _hints(ranges))


def exists(ranges: tuple[tuple[str, Term, Term], ...], condition: Term) -> Term:
    """There are indices in the ranges for which the condition holds."""
    return Term("exists", (*_bounds(ranges), *_under(ranges, condition)), len(ranges), _hints(ranges))


def field(name: str, ranges: tuple[tuple[str, Term, Term], ...], body: Term) -> Term:
    """A function of a whole tensor, at the tensor with the entries `body` over the ranges."""
    return Term("field", (*_bounds(ranges), *_under(ranges, body)), name, _hints(ranges))


def partial(tensor: str, body: Term, point: Lambda, indices: tuple[Term, ...]) -> Term:
    """The derivative of `tensor -> body` at the tensor `point`, in the direction of the entry at `indices`; 0
    where there is none."""
    args = (abstract(body, tensor), abstract(point.body, *point.indices), *indices)
    return Term("partial", args, len(indices), tensor)


def iterate(base: Term, layer: Term, start: Lambda, step: tuple[str, str, Lambda], indices: tuple[Term, ...]) -> Term:
    """The entry at `indices` of u(layer), where u(base) is `start` and u(k) is `step` for k > base, `step` being
    (the name of u(k - 1), the name of k, its formula in them)."""
    before, number, formula = step
    made = abstract(formula.body, before, number, *formula.indices)
    args = (base, layer, abstract(start.body, *start.indices), made, *indices)
    return Term("iterate", args, len(indices), f"{before} {number}")


def _bounds(ranges: tuple[tuple[str, Term, Term], ...]) -> tuple[Term, ...]:
    return tuple(bound for _, lower, upper in ranges for bound in (lower, upper))


def _under(ranges: tuple[tuple[str, Term, Term], ...], *parts: Term) -> tuple[Term, ...]:
    return tuple(abstract(part, *(index for index, _, _ in ranges)) for part in parts)


def _hints(ranges: tuple[tuple[str, Term, Term], ...]) -> str:
    return " ".join(index for index, _, _ in ranges)


def less(left: Term, right: Term) -> Term:
    return Term("less", (left, right))


def at_most(left: Term, right: Term) -> Term:
    return Term("at_most", (left, right))


def equal(left: Term, right: Term) -> Term:
    return Term("equal", (left, right))


def nonzero(term: Term) -> Term:
    return Term("nonzero", (term,))


def negation(condition: Term) -> Term:
    return Term("not", (condition,))


def all_of(*conditions: Term) -> Term:
    return Term("and", conditions)


def any_of(*conditions: Term) -> Term:
    return Term("or", conditions)


TRUE, FALSE = all_of(), any_of()
