"""Small instances of a claim: sizes, indices and tensors that satisfy everything it assumes, in exact numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from symcnn.kernel import Claim, Definition
from symcnn.kernel.value import Entry, holds, value

LARGEST = (3, 3, 4, 5, 8, 20)
TRIES = 40_000


class TooFew(Exception):
    """Not enough instances were found."""


@dataclass(frozen=True)
class Instance:
    """Values of the sizes and the indices, and every tensor as a function that has a value at all integers."""

    integers: dict[str, int]
    tensors: dict[str, Entry]


def instances(claim: Claim, count: int, seed: int = 0) -> Iterator[Instance]:
    """So many instances of the claim, indices in their ranges. Raises `TooFew`."""
    random, found = Random(seed), 0
    for _ in range(TRIES):
        largest = random.choice(LARGEST)
        sizes = {name: random.randint(0, largest) for name in claim.integers}
        tensors = tensors_of(claim, sizes, random.randint(0, 10**6))
        if not all(holds(each, sizes, tensors) for each in claim.hypotheses):
            continue
        limits = {
            index.name: [int(value(end, sizes, {})) for end in (index.lower, index.upper)] for index in claim.indices
        }
        if any(high < low for low, high in limits.values()):
            continue
        places = {name: random.randint(low, high) for name, (low, high) in limits.items()}
        yield Instance({**sizes, **places}, tensors)
        found += 1
        if found == count:
            return
    raise TooFew(f"{found} instances of {count} were found")


def tensors_of(claim: Claim, sizes: dict[str, int], seed: int) -> dict[str, Entry]:
    """Leaves without any pattern, and the tensors that are defined by them."""
    made: dict[str, Entry] = {leaf.name: _leaf(seed + 7 * number) for number, leaf in enumerate(claim.leaves)}
    for definition in claim.definitions:
        made[definition.name] = _defined(definition, sizes, dict(made))
    return made


def _leaf(seed: int) -> Entry:
    def entry(indices: tuple[int, ...]) -> Fraction:
        mixed = seed % 1009 + 1
        for index in indices:
            mixed = (mixed * 131 + index * 17 + 29) % 1009
        return Fraction(mixed % 11 - 5, 1 + mixed % 3)

    return entry


def _defined(definition: Definition, sizes: dict[str, int], tensors: dict[str, Entry]) -> Entry:
    known: dict[tuple[int, ...], Fraction] = {}

    def entry(indices: tuple[int, ...]) -> Fraction:
        if indices not in known:
            inside = {**sizes, **dict(zip(definition.indices, indices, strict=True))}
            known[indices] = value(definition.body, inside, tensors)
        return known[indices]

    return entry
