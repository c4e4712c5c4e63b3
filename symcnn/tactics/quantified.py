"""Assumptions about all tensors: put unit tensors in, so that one entry of the unknown tensor is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from ..kernel import Cases, Chain, Context, Evidence, Lambda, Node, Rejected, Step, Term, terms
from ..kernel.polynomial import ONE, negate, normal
from ..kernel.proof import Equation
from .evidence import EvidenceSearch
from .rewriter import Failed, Rewriter, find_paths

Equate = Callable[[Context, Term, Term, EvidenceSearch], Node]
_MOST_VALUES = 8
_MOST_PLACES = 9


def by_assumption(context: Context, left: Term, right: Term, search: EvidenceSearch, equate: Equate) -> Node | None:
    """A proof from an equation that is assumed for all values of a tensor; None if none is found."""
    assumed = [(name, each) for name, each in context.equations.items() if each.ranks and len(each.ranks) == 1]
    wanted = next((side for side in (left, right) if side.head == "entry"), None)
    if not assumed or wanted is None:
        return None
    split = _literal_index(context, wanted)
    if split is not None:
        return _value_by_value(context, left, right, search, equate, split)
    for name, equation in assumed:
        for place in islice(_places(context, equation, wanted), _MOST_PLACES):
            try:
                return _at(context, left, right, search, equate, name, equation, place)
            except (Failed, Rejected):
                continue
    return None


def _literal_index(context: Context, wanted: Term) -> tuple[Term, int] | None:
    """An index of the entry that has few values, more than one, and its least value"""
    for index in wanted.args:
        if index.head == "variable":
            bounds = _bounds(context, index)
            if bounds is not None and bounds[0] < bounds[1] < bounds[0] + _MOST_VALUES:
                return index, bounds[0]
    return None


def _bounds(context: Context, index: Term) -> tuple[int, int] | None:
    """The literal bounds that the facts give of a variable"""
    own = frozenset([(index, 1)])
    facts = [fact for fact in context.facts.at_least_zero if set(fact) - {ONE} == {own}]
    lower = [int(-fact.get(ONE, 0)) for fact in facts if fact[own] == 1]
    upper = [int(fact.get(ONE, 0)) for fact in facts if fact[own] == -1]
    return (max(lower), min(upper)) if lower and upper else None


def _value_by_value(
    context: Context, left: Term, right: Term, search: EvidenceSearch, equate: Equate, split: tuple[Term, int]
) -> Node | None:
    index, least = split
    condition = terms.at_most(index, terms.integer(least))
    parts = [context.assume(condition), context.assume(negate(condition))]
    found = [by_assumption(part, left, right, search, equate) for part in parts]
    return Cases(condition, found[0], found[1]) if found[0] is not None and found[1] is not None else None


@dataclass(frozen=True)
class Place:
    """Where an assumption is used: the values of its indices, and the position of the 1 of the unit tensor."""

    indices: tuple[Term, ...]
    position: tuple[Term, ...]


def _places(context: Context, equation: Equation, wanted: Term) -> Iterator[Place]:
    """Small indices at which the left side reads the tensor at a position that is within reach, where the entry
    that is wanted is beside it"""
    (tensor,) = equation.ranks
    at = _literal(context, wanted)
    reads = _reading(equation.left, tensor, str(wanted.value))
    if at is None or reads is None:
        return
    own, read, inside = reads
    values = dict(zip(inside, at, strict=True)) if own == inside else None
    if values is None:
        return
    for indices in product(*(range(1, 4) for _ in equation.integers)):
        numbers = {name: terms.integer(number) for name, number in zip(equation.integers, indices, strict=True)}
        position = tuple(normal(terms.substitute(each, {**numbers, **values})) for each in read)
        if all(each.head == "integer" and int(str(each.value)) >= 1 for each in position):
            yield Place(tuple(numbers.values()), position)


def _literal(context: Context, wanted: Term) -> tuple[Term, ...] | None:
    """The indices of an entry, where the facts leave each only one value"""
    found = []
    for index in wanted.args:
        bounds = _bounds(context, index) if index.head == "variable" else None
        if bounds is None or bounds[0] != bounds[1]:
            return None
        found.append(terms.integer(bounds[0]))
    return tuple(found)


def _reading(side: Term, tensor: str, unknown: str) -> tuple[tuple[str, ...], tuple[Term, ...], tuple[str, ...]] | None:
    """(indices of the unknown tensor, indices at which the other one is read, names of the sums) in nested sums of
    a product with both"""
    names: list[str] = []
    while side.head == "sum":
        names.append(f"#r{len(names)}")
        side = terms.instantiate(side.args[2], terms.variable(names[-1]))
    parts = [part for part in terms.subterms(side) if part.head == "entry"]
    own = next((part.args for part in parts if part.value == unknown), None)
    read = next((part.args for part in parts if part.value == tensor), None)
    if own is None or read is None or any(index.head != "variable" for index in own):
        return None
    order = tuple(str(index.value) for index in own)
    return order, read, order if set(order) == set(names) else ()


def _at(
    context: Context,
    left: Term,
    right: Term,
    search: EvidenceSearch,
    equate: Equate,
    name: str,
    equation: Equation,
    place: Place,
) -> Node:
    """left = (left side of the assumption) = (right side of it) = right, for a unit tensor"""
    names = tuple(f"at{number}" for number in range(len(place.position)))
    is_there = terms.all_of(
        *(terms.equal(terms.variable(own), value) for own, value in zip(names, place.position, strict=True))
    )
    unit = Lambda(names, terms.bracket(is_there))
    values = dict(zip(equation.integers, place.indices, strict=True)), dict.fromkeys(equation.ranks, unit)
    start, end = (terms.substitute(side, *values) for side in (equation.left, equation.right))
    shown = [search.find(context.facts, terms.substitute(each, *values)) for each in equation.hypotheses]
    if None in shown:
        raise Failed("a hypothesis of an assumption does not hold there")
    first, last = _literally(context, left, search), _literally(context, right, search)
    plain = replace(context, equations={})  # one use is enough
    before, after = equate(plain, first.term, start, search), equate(plain, end, last.term, search)
    if not isinstance(before, Chain) or not isinstance(after, Chain):
        raise Failed("an instance that needs cases")
    step = _use(name, place, unit, tuple(each for each in shown if each is not None), end)
    return Chain((*first.steps, *before.steps, step, *after.steps, *last.backward()))


def _use(name: str, place: Place, unit: Lambda, shown: tuple[Evidence, ...], end: Term) -> Step:
    arguments = (
        ("equation", name),
        ("integers", place.indices),
        ("tensors", (unit,)),
        ("functions", ()),
        ("shown", shown),
    )
    return Step("use", (), arguments, end, False, f"assumption:{name}")


def _literally(context: Context, side: Term, search: EvidenceSearch) -> Rewriter:
    """The side with numbers for the variables that have only one value"""
    rewriter = Rewriter(context, side, search)
    with rewriter.because("equal indices"):
        for path in list(find_paths(side, lambda part: part.head == "variable")):
            where, index = rewriter.at(path)
            bounds = _bounds(where, index)
            if bounds is not None and bounds[0] == bounds[1]:
                value = terms.integer(bounds[0])
                shown = rewriter.shown(where, terms.equal(index, value))
                if shown is not None:
                    rewriter.apply("integer", path, value, shown=shown)
    return rewriter
