"""The search for a counterexample: exact evaluation of both sides, on one instance after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from time import thread_time
from typing import Any

from ..kernel import Claim, Rejected, Term
from .assumed import simpler
from .candidates import SMALLEST, Sizes, candidates
from .comparison import differs, sides
from .counterexample import Counterexample
from .drawing import admitted, curves, draw, reads_tensors, simpler_tensors
from .evaluation import Evaluation
from .forms import SIMPLE
from .instance import Instance
from .intervals import Unclear, Value
from .jets import Meaningless

CANDIDATES = 20_000
INSTANCES = 400
SIMPLER = 40
TRIES = 8  # of tensors, for the same sizes, where hypotheses speak of these
DRAWS = 12  # of other values, for smaller sizes
SHARE = 0.1  # of the time, for one instance


@dataclass(frozen=True)
class Looked:
    """What a search for a counterexample came to: one, or how far it looked: at how many instances, and the largest
    value of each size among them. `unable` says why it did not look at all."""

    counterexample: Counterexample | None = None
    instances: int = 0
    largest: tuple[tuple[str, int], ...] = ()
    unable: str = ""

    def __str__(self) -> str:
        if self.counterexample is not None:
            return str(self.counterexample)
        if self.unable:
            return f"counterexamples were not looked for, since {self.unable}"
        sizes = ", ".join(f"{name} up to {number}" for name, number in self.largest)
        return f"no counterexample among {self.instances} instances" + (f" ({sizes})" if sizes else "")


def refute(claim: Claim, seconds: float = 2.0) -> Counterexample | None:
    """An instance at which a condition fails or the two sides differ, if one is found in time.

    Small sizes come first. The same claim gives the same answer, unless time runs out. A difference that
    comes from a convention (a read out of range that no bracket guards, 1/0, a reversed sum, a derivative that
    does not exist) is passed over, and so is one that the bounds of irrational values do not make certain.
    """
    return look(claim, seconds).counterexample


def look(claim: Claim, seconds: float = 2.0, most: int = INSTANCES, share: float = SHARE) -> Looked:
    """The search of `refute`, with how far it looked: at most at so many instances and for so many seconds, of which
    one instance may take a certain share."""
    unable = _unable(claim)
    if unable:
        return Looked(unable=unable)
    deadline, tried, largest = thread_time() + seconds, 0, dict[str, int]()
    for instance in islice(instances(claim, Random(0), deadline), most):
        found = _difference(instance, min(deadline, thread_time() + share * seconds))
        if found is not None:
            until = thread_time() + seconds
            return Looked(_simplified(_smaller(found, until), until), tried + 1)
        tried += 1
        largest = {name: max(number, largest.get(name, number)) for name, number in instance.sizes.items()}
    return Looked(None, tried, tuple(largest.items()))


def instances(claim: Claim, generator: Random, deadline: float) -> Iterator[Instance]:
    """Instances that satisfy all that is assumed, small sizes first."""
    tries = TRIES if any(reads_tensors(each) for each in claim.hypotheses) else 1
    for sizes in islice(candidates(claim, generator), CANDIDATES):
        if thread_time() > deadline:
            return
        drawn = (_instance(claim, sizes, generator) for _ in range(tries))
        instance = next(filter(None, drawn), None)
        if instance is not None:
            yield instance


def _unable(claim: Claim) -> str:
    """Why nothing exact can be computed of a claim"""
    rare = next((each for each in claim.functions if not curves(each.facts)), None)
    return f"no simple function is {', '.join(rare.facts)}" if rare else ""


def _instance(claim: Claim, sizes: Sizes, generator: Random, width: int | None = None) -> Instance | None:
    try:
        return draw(claim, sizes, generator, width)
    except Rejected:
        return None


def _difference(instance: Instance, deadline: float) -> Counterexample | None:
    """The first condition that fails, or else the first index at which the two sides differ."""
    evaluation = Evaluation(instance, deadline)
    try:
        return next(differences(evaluation), None)
    except Rejected:
        return None


def differences(evaluation: Evaluation) -> Iterator[Counterexample]:
    """The conditions that fail, and the indices at which the two sides differ. Raises `OutOfTime` at the deadline,
    `Rejected` for a term without a value."""
    for condition in evaluation.instance.claim.conditions:
        yield from _differences_at(evaluation, {}, condition)
    for place in evaluation.places():
        yield from _differences_at(evaluation, place, None)


def _differences_at(evaluation: Evaluation, place: dict[str, int], condition: Term | None) -> Iterator[Counterexample]:
    try:
        left, right = sides(evaluation, place, condition)
    except (Meaningless, Unclear):
        return
    if differs(evaluation.instance.claim, left, right, condition):
        yield _counterexample(evaluation.instance, place, (left, right), condition)


def _counterexample(
    instance: Instance, place: dict[str, int], found: tuple[Value, Value], condition: Term | None
) -> Counterexample:
    return Counterexample(
        instance.claim,
        tuple(instance.sizes.items()),
        tuple((name, _frozen(nested)) for name, nested in instance.tensors.items()),
        tuple(place.items()),
        *found,
        condition,
        tuple((name, _frozen(sizes)) for name, sizes in instance.sequences.items()),
        tuple(instance.functions.items()),
        tuple(instance.fields.items()),
    )


def _frozen(values: Any) -> Any:
    """What there is of layers, as pairs"""
    return tuple(values.items()) if isinstance(values, Mapping) else values


def _smaller(found: Counterexample, deadline: float) -> Counterexample:
    """The counterexample with each size in turn, and then all layers, as small as the sides still differ."""
    for draws in (1, DRAWS, DRAWS):  # one size may have to wait for another
        for name in found.claim.integers:
            fewer = range(SMALLEST, dict(found.sizes)[name])
            smaller = (_with_sizes(found, {name: less}, deadline, draws) for less in fewer)
            found = next(filter(None, smaller), found)
    widths = (1, 2) if found.sequences else ()
    return next(filter(None, (_with_sizes(found, {}, deadline, DRAWS, width) for width in widths)), found)


def _with_sizes(
    found: Counterexample, changed: Sizes, deadline: float, draws: int, width: int | None = None
) -> Counterexample | None:
    """A counterexample with these sizes, and random values of everything else"""
    generator, sizes = Random(0), {**dict(found.sizes), **changed}
    for _ in range(draws):
        instance = _instance(found.claim, sizes, generator, width)
        smaller = _difference(instance, deadline) if instance else None
        if smaller is not None:
            return smaller
    return None


def _simplified(found: Counterexample, deadline: float) -> Counterexample:
    """The counterexample with simple functions and unit tensors, as far as the sides still differ."""
    if found.condition is not None:
        return found
    if found.claim.assumptions:
        return _first(simpler(found.instance), deadline) or found
    for each in found.claim.functions:
        found = _changed(found, "functions", each.name, curves(each.facts), deadline)
    for field in found.claim.fields:
        found = _changed(found, "fields", field.name, SIMPLE, deadline)
    for leaf in found.claim.leaves:
        found = _changed(found, "tensors", leaf.name, simpler_tensors(found.instance.tensors[leaf.name]), deadline)
    return found


def _changed(found: Counterexample, part: str, name: str, simple: Iterable[Any], deadline: float) -> Counterexample:
    """The counterexample with the first of these values of one thing for which the sides still differ"""
    instance = found.instance

    def changed(value: Any) -> Instance:
        values: dict[str, Any] = {part: {**getattr(instance, part), name: value}}
        return replace(instance, **values)

    return _first(map(changed, simple), deadline) or found


def _first(simple: Iterable[Instance], deadline: float) -> Counterexample | None:
    """What the first of these instances shows at which the sides differ"""
    return next(filter(None, (_difference_of(each, deadline) for each in islice(simple, SIMPLER))), None)


def _difference_of(instance: Instance, deadline: float) -> Counterexample | None:
    try:
        found = admitted(instance)
    except Rejected:
        return None
    return None if found is None else _difference(found, deadline)
