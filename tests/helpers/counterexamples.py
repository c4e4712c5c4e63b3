"""A search for small values at which a claim is false. It knows nothing of the kernel but terms and claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product
from typing import Any

from germs import KNOWN, Real, Tensor, World, holds, scalar, value
from random_terms import tensor
from worlds import FUNCTIONS, VALUES

from symcnn.kernel import Assumption, Claim, Definition, Lambda, terms
from symcnn.kernel.claim import index_conditions
from symcnn.kernel.functions import EXAMPLES, exact, implied

#: values of functions, with all facts that they have
POOL: tuple[tuple[frozenset[str], Real], ...] = (
    *((implied(each.facts), VALUES[each.name]) for each in FUNCTIONS),
    *(
        (EXAMPLES[name], lambda x, name=name: exact(name)((x,)))
        for name in ("identity", "negation", "zero", "one", "square", "relu", "reflected relu", "reflected leaky_relu")
    ),
)
MOST_TRIES = 3000


def counterexample(claim: Claim, seeds: range = range(2), around: range = range(-1, 4)) -> World | None:
    """Small values at which a claim is false, if there are any: what it assumes holds and it does not."""
    names = (*claim.integers, *(index.name for index in claim.indices))
    if not _is_computed(claim):
        return None
    every = ((seed, at) for seed in seeds for at in product(around, repeat=len(names)))
    for seed, at in islice(every, MOST_TRIES):
        world = world_of(claim, dict(zip(names, at, strict=True)), seed)
        if world is not None and all(holds(each, world) for each in claim.hypotheses) and is_false(claim, world):
            return world
    return None


def is_false(claim: Claim, world: World) -> bool:
    """Whether the claim fails at values that satisfy its hypotheses. What its ranges exclude is no failure."""
    if not all(_is_satisfied(claim, each, world) for each in claim.assumptions):
        return False
    if not all(holds(each, world) for each in claim.conditions):
        return True
    if not all(holds(each, world) for each in index_conditions(claim.indices)):
        return False
    left, right = value(claim.left, world), value(claim.right, world)
    return bool(left != right) if claim.relation == "=" else bool(left > right)


def _is_computed(claim: Claim) -> bool:
    """Whether all its functions have exact values."""
    declared = {each.name for each in claim.functions}
    said: list[Any] = [claim.left, claim.right, *claim.hypotheses, *claim.conditions]
    said += [each.body for each in claim.definitions]
    calls = {terms.function_of(part) for each in said for part in terms.subterms(each) if part.head == "call"}
    return calls <= declared | set(KNOWN)


def world_of(claim: Claim, integers: dict[str, int], seed: int) -> World | None:
    """Random values of all that a claim speaks of; None if no function of ours has the declared facts."""
    functions: dict[str, Real] = dict(KNOWN)
    for number, each in enumerate(claim.functions):
        found = [real for facts, real in POOL if implied(each.facts) <= facts]
        if not found:
            return None
        functions[each.name] = found[(seed + number) % len(found)]
    fields = {each.name: scalar(seed + number) for number, each in enumerate(claim.fields)}
    sequences = {name: _sizes(seed + number) for number, name in enumerate(claim.sequences)}
    leaves = {leaf.name: tensor(seed + number) for number, leaf in enumerate(claim.leaves)}
    if claim.assumptions and seed % 2:  # equal tensors satisfy more
        leaves = dict.fromkeys(leaves, tensor(seed))
    world = World(integers, leaves, functions, fields, sequences)
    return with_definitions(claim.definitions, world)


def _sizes(seed: int) -> Any:
    return lambda layer: 1 + (seed + layer) % 3


def with_definitions(definitions: tuple[Definition, ...], world: World) -> World:
    """The world with the defined tensors, as functions of their indices."""
    for each in definitions:
        formula = by_formula(Lambda(each.indices, each.body), world)
        world = replace(world, tensors={**world.tensors, each.name: formula})
    return world


def by_formula(formula: Lambda, world: World) -> Tensor:
    def entry(at: tuple[int, ...]) -> Any:
        return value(formula.body, with_integers(world, formula.indices, at))

    return entry


def with_integers(world: World, names: tuple[str, ...], at: tuple[int, ...]) -> World:
    """The world with more integers."""
    return replace(world, integers={**world.integers, **dict(zip(names, at, strict=True))})


def _is_satisfied(claim: Claim, assumption: Assumption, world: World) -> bool:
    """Whether an assumption holds for all units, and for some random tensors, in place of its leaves."""
    for given in _choices(claim, assumption):
        other = with_definitions(claim.definitions, replace(world, tensors={**world.tensors, **given}))
        names = tuple(index.name for index in assumption.indices)
        for at in product(range(-1, 4), repeat=len(names)):
            inside = with_integers(other, names, at)
            in_range = all(holds(each, inside) for each in index_conditions(assumption.indices))
            if in_range and value(assumption.left, inside) != value(assumption.right, inside):
                return False
    return True


def _choices(claim: Claim, assumption: Assumption) -> Iterator[dict[str, Tensor]]:
    ranks = [(leaf.name, leaf.rank) for leaf in claim.leaves if leaf.name in assumption.leaves]
    for seed in range(2):
        yield {name: tensor(seed + number) for number, (name, _) in enumerate(ranks)}
    for name, rank in ranks:
        for place in product(range(-1, 5), repeat=rank):
            unit: Tensor = lambda at, place=place: Fraction(at == place)  # noqa: E731
            yield {**{other: tensor(0) for other, _ in ranks}, name: unit}
