"""Assumptions about all tensors: put unit tensors in, so that one entry of the unknown tensor is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from ..kernel import Cases, Chain, Context, Evidence, Lambda, Node, Rejected, Step, Term, terms
from ..kernel.polynomial import negate, normal
from ..kernel.proof import Equation
from .evidence import EvidenceSearch
from .rewriter import Failed

Equate = Callable[[Context, Term, Term, EvidenceSearch], Node]
_MOST_SPLITS = 4
_MOST_INDEX = 3


def by_assumption(context: Context, left: Term, right: Term, search: EvidenceSearch, equate: Equate) -> Node | None:
    """A proof from an equation that is assumed for all values of a tensor; None if none is found."""
    entries = [side for side in (left, right) if side.head == "entry"]
    for wanted, (name, equation) in product(entries, context.equations.items()):
        for read in _readings(equation, str(wanted.value)):
            task = _Task(left, right, search, equate, name, equation, read, wanted)
            found = _case_by_case(context, task, _MOST_SPLITS)
            if found is not None:
                return found
    return None


@dataclass(frozen=True)
class _Reading:
    """Where a side of an assumption, nested sums of a product, reads the tensor that is arbitrary beside the entry
    [a, b, ...] of the unknown one; `guards` are the conditions under which it does. `mirrored` is the right side."""

    mirrored: bool
    indices: tuple[str, ...]
    position: tuple[Term, ...]
    guards: tuple[Term, ...]


@dataclass(frozen=True)
class _Task:
    left: Term
    right: Term
    search: EvidenceSearch
    equate: Equate
    name: str
    equation: Equation
    read: _Reading
    wanted: Term


@dataclass(frozen=True)
class Place:
    """Where an assumption is used: the values of its indices, and the position of the 1 of the unit tensor."""

    indices: tuple[Term, ...]
    position: tuple[Term, ...]


def _readings(equation: Equation, unknown: str) -> Iterator[_Reading]:
    """From either side, for an equation about one tensor"""
    if len(equation.ranks) == 1:
        (tensor,) = equation.ranks
        for mirrored, side in ((False, equation.left), (True, equation.right)):
            found = _reading(side, tensor, unknown, mirrored)
            if found is not None:
                yield found


def _reading(side: Term, tensor: str, unknown: str, mirrored: bool) -> _Reading | None:
    names = list[str]()
    while side.head == "sum":
        names.append(f"#r{len(names)}")
        side = terms.instantiate(side.args[2], terms.variable(names[-1]))
    parts = list(terms.subterms(side))
    own = next((part.args for part in parts if part.head == "entry" and part.value == unknown), None)
    read = next((part.args for part in parts if part.head == "entry" and part.value == tensor), None)
    if own is None or read is None or sorted(map(repr, own)) != sorted(map(repr, map(terms.variable, names))):
        return None
    guards = [part.args[0] for part in parts if part.head == "bracket"]
    simple = tuple(each for guard in guards for each in (guard.args if guard.head == "and" else (guard,)))
    return _Reading(mirrored, tuple(str(index.value) for index in own), read, simple)


def _case_by_case(context: Context, task: _Task, splits: int) -> Node | None:
    """At a place where all guards hold; if there is none, two cases by the first guard that may fail"""
    undecided: list[Term] = []
    for numbers in product(range(1, _MOST_INDEX + 1), repeat=len(task.equation.integers)):
        indices = tuple(map(terms.integer, numbers))
        values = _values(task, indices)
        guards = [normal(terms.substitute(guard, values)) for guard in task.read.guards]
        failing = next((each for each in guards if task.search.find(context.facts, each) is None), None)
        if failing is None:
            place = Place(indices, tuple(normal(terms.substitute(each, values)) for each in task.read.position))
            try:
                return _at(context, task, place)
            except (Failed, Rejected):
                continue
        undecided.append(failing)
    condition = next((each for each in undecided if task.search.find(context.facts, negate(each)) is None), None)
    if condition is None or not splits:
        return None
    found = [_case_by_case(context.assume(part), task, splits - 1) for part in (condition, negate(condition))]
    return None if found[0] is None or found[1] is None else Cases(condition, found[0], found[1])


def _values(task: _Task, indices: tuple[Term, ...]) -> dict[str, Term]:
    beside = zip(task.read.indices, task.wanted.args, strict=True)
    return {**dict(zip(task.equation.integers, indices, strict=True)), **dict(beside)}


def _at(context: Context, task: _Task, place: Place) -> Node:
    """left = (left side of the assumption) = (right side of it) = right, for a unit tensor, or with these exchanged"""
    names = tuple(f"at{number}" for number in range(len(place.position)))
    is_there = terms.all_of(
        *(terms.equal(terms.variable(own), value) for own, value in zip(names, place.position, strict=True))
    )
    unit, equation, search = Lambda(names, terms.bracket(is_there)), task.equation, task.search
    values = dict(zip(equation.integers, place.indices, strict=True)), dict.fromkeys(equation.ranks, unit)
    start, end = (terms.substitute(side, *values) for side in (equation.left, equation.right))
    wanted_last = task.wanted == task.right and task.wanted != task.left
    backward = wanted_last != task.read.mirrored
    first, last = (end, start) if backward else (start, end)
    shown = [search.find(context.facts, terms.substitute(each, *values)) for each in equation.hypotheses]
    if None in shown:
        raise Failed("a hypothesis of an assumption does not hold there")
    plain = replace(context, equations={})  # one use is enough
    before = task.equate(plain, task.left, first, search)
    after = task.equate(plain, last, task.right, search)
    if not isinstance(before, Chain) or not isinstance(after, Chain):
        raise Failed("an instance that needs cases")
    step = _use(task.name, place, unit, tuple(each for each in shown if each is not None), last)
    return Chain((*before.steps, replace(step, backward=backward), *after.steps))


def _use(name: str, place: Place, unit: Lambda, shown: tuple[Evidence, ...], end: Term) -> Step:
    arguments = (
        ("equation", name),
        ("integers", place.indices),
        ("tensors", (unit,)),
        ("functions", ()),
        ("shown", shown),
    )
    return Step("use", (), arguments, end, False, f"assumption:{name}")
