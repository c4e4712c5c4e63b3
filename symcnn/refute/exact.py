"""The search for a counterexample: exact evaluation of both sides, on one instance after another."""

from __future__ import annotations

from itertools import islice
from random import Random
from time import monotonic

from ..kernel import Claim, Rejected, Term
from ..kernel.value import holds
from .candidates import SMALLEST, Sizes, candidates, random_tensor, reads, unit_tensors
from .counterexample import Counterexample, sides
from .meaning import Meaning
from .values import Nested, Values, extents

CANDIDATES = 20_000
INSTANCES = 400
UNITS = 40


def refute(claim: Claim, seconds: float = 2.0) -> Counterexample | None:
    """An instance at which a condition fails or the two sides differ, if one is found in time.

    Small sizes come first. The same claim gives the same answer, unless time runs out. A difference that
    comes from a convention (a read out of range that no bracket guards, 1/0, a reversed sum) is passed over.
    """
    if claim.assumptions:
        return None  # no finite number of instances shows that what is assumed of all tensors holds
    deadline, generator, tried = monotonic() + seconds, Random(0), 0
    for sizes in islice(candidates(claim, generator), CANDIDATES):
        if monotonic() > deadline or tried >= INSTANCES:
            return None
        values = _instance(claim, sizes, generator)
        if values is None:
            continue
        tried += 1
        found = _difference(values, deadline)
        if found is not None:
            return _simplified(_smaller(found))
    return None


def _instance(claim: Claim, sizes: Sizes, generator: Random) -> Values | None:
    """Random tensors of these sizes, if all of it satisfies the hypotheses."""
    about_sizes = (each for each in claim.hypotheses if not reads(each))
    try:
        if not all(holds(each, sizes, {}) for each in about_sizes):
            return None
        shapes = {leaf.name: extents(leaf.shape, sizes) for leaf in claim.leaves}
        tensors = {name: random_tensor(shape, generator) for name, shape in shapes.items()}
        return _admitted(Values(claim, sizes, tensors))
    except Rejected:
        return None


def _admitted(values: Values) -> Values | None:
    admitted = Meaning(values).shapes() and all(values.hold(each, {}) for each in values.claim.hypotheses)
    return values if admitted else None


def _difference(values: Values, deadline: float) -> Counterexample | None:
    """The first condition that fails, or else the first index at which the two sides differ."""
    try:
        for condition in values.claim.conditions:
            if not values.hold(condition, {}) and Meaning(values).of(condition, {}):
                return _counterexample(values, {}, condition)
        for place in values.places():
            if monotonic() > deadline:
                return None
            left, right = sides(values, place, None)
            if left != right and _both_meant(values, place):
                return _counterexample(values, place, None)
    except Rejected:
        return None
    return None


def _both_meant(values: Values, place: dict[str, int]) -> bool:
    meaning = Meaning(values)
    return all(meaning.of(side, place) for side in (values.claim.left, values.claim.right))


def _counterexample(values: Values, place: dict[str, int], condition: Term | None) -> Counterexample:
    return Counterexample(
        values.claim,
        tuple(values.sizes.items()),
        tuple(values.tensors.items()),
        tuple(place.items()),
        *sides(values, place, condition),
        condition,
    )


def _smaller(found: Counterexample) -> Counterexample:
    """The counterexample with each size in turn as small as the sides still differ."""
    for name, number in found.sizes:
        for less in range(SMALLEST, number):
            values = _instance(found.claim, {**dict(found.sizes), name: less}, Random(0))
            smaller = _difference(values, float("inf")) if values else None
            if smaller is not None:
                found = smaller
                break
    return found


def _simplified(found: Counterexample) -> Counterexample:
    """The counterexample with unit tensors, as far as the sides still differ."""
    if found.condition is not None:
        return found
    for leaf in found.claim.leaves:
        found = _with_unit(found, leaf.name)
    return found


def _with_unit(found: Counterexample, name: str) -> Counterexample:
    values = Values(found.claim, dict(found.sizes), dict(found.tensors))
    leaf = next(leaf for leaf in found.claim.leaves if leaf.name == name)
    for unit in islice(unit_tensors(extents(leaf.shape, values.sizes)), UNITS):
        simpler = _difference_with(found, {**values.tensors, name: unit})
        if simpler is not None:
            return simpler
    return found


def _difference_with(found: Counterexample, tensors: dict[str, Nested]) -> Counterexample | None:
    values = _admitted(Values(found.claim, dict(found.sizes), tensors))
    return None if values is None else _difference(values, float("inf"))
