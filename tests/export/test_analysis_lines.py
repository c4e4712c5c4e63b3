"""Lines with maxima, functions, derivatives and layers are true as terms: by an oracle that knows no rules."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from germs import World, holds, polynomial, scalar, value
from random_terms import tensor

from symcnn import Theorem
from symcnn.export.derivation import Part, derivation_of
from symcnn.kernel import Claim, Definition, Term, terms
from symcnn.theorems import entries, proved

SLOW = {"convolution_kernel_gradient", "convolution_input_gradient"}  # many sums, for an oracle without rules
NAMES = [
    entry.name
    for entry in entries()
    if (proved(entry.name).claim.functions or proved(entry.name).claim.fields) and entry.name not in SLOW
]
FUNCTIONS = {"differentiable": polynomial(1, -2, 1, 1), "nondecreasing": polynomial(0, 1, 0, 2)}


def worlds(claim: Claim, count: int) -> Iterator[World]:
    """Small values of all names but indices, at which the hypotheses hold."""
    random, found = Random(1), 0
    for seed in range(5000):
        integers = {name: random.randint(1, 3) for name in claim.integers}
        leaves = {leaf.name: tensor(seed + number) for number, leaf in enumerate(claim.leaves)}
        world = World(
            integers,
            {name: (lambda at, e=e: e(at) if callable(e) else e) for name, e in leaves.items()},
            {each.name: FUNCTIONS[each.facts[0]] for each in claim.functions},
            {each.name: scalar(seed) for each in claim.fields},
            {name: (lambda layer, s=seed: 1 + (layer + s) % 2) for name in claim.sequences},
        )
        world = with_definitions(claim.definitions, world)
        if all(holds(each, world) for each in claim.hypotheses):
            yield world
            found += 1
            if found == count:
                return
    pytest.fail(f"{found} worlds of {count} were found")


def with_definitions(definitions: tuple[Definition, ...], world: World) -> World:
    for each in definitions:

        def entry(at: tuple[int, ...], each: Definition = each, before: World = world) -> Fraction:
            inside = {**before.integers, **dict(zip(each.indices, at, strict=True))}
            return value(each.body, World(inside, before.tensors, before.functions, before.fields, before.sequences))

        world = World(
            world.integers, {**world.tensors, each.name: entry}, world.functions, world.fields, world.sequences
        )
    return world


def places(claim: Claim, part: Part, world: World) -> Iterator[World]:
    """The world with values of the indices of a part for which everything assumed there holds."""
    names = [*(index.name for index in claim.indices), *part.indices, *part.also]
    for at in product(range(1, 4), repeat=len(names)):
        integers = {**world.integers, **dict(zip(names, at, strict=True))}
        inside = World(integers, world.tensors, world.functions, world.fields, world.sequences)
        ranges = (
            value(index.lower, inside) <= integers[index.name] <= value(index.upper, inside) for index in claim.indices
        )
        if all(ranges) and all(holds(each, inside) for each in part.assumed):
            yield inside


def expressions(part: Part) -> list[Term]:
    return [part.start, *(line.expression for line in part.lines)]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_equals_the_one_before_it(name: str) -> None:
    theorem: Theorem = proved(name)
    claim, seen = theorem.claim, set[int]()
    for world in worlds(claim, 2):
        for number, part in enumerate(derivation_of(theorem).parts):
            for place in list(places(claim, part, world))[:2]:
                values = [value(each, place) for each in expressions(part)]
                assert all(each == values[0] for each in values), (name, place.integers, values)
                seen.add(number)
    assert seen, "some part is met"


@pytest.mark.parametrize("name", NAMES)
def test_every_part_leads_from_one_side_to_the_other(name: str) -> None:
    for part in derivation_of(proved(name)).parts:
        assert part.ends is not None
        assert part.start == part.ends[0]
        assert terms.names_in(expressions(part)[-1]) == terms.names_in(part.ends[1])
