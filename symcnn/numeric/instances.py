"""Random instances of a claim: sizes that satisfy its hypotheses, and arrays for its leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

import numpy as np

from ..errors import Vacuous
from ..kernel import Claim, Leaf, Term, terms
from ..kernel.claim import expand
from ..kernel.terms import free_variables, subterms
from ..kernel.value import Entry, holds, value
from .arrays import Array

USUAL = range(-3, 8)
LARGER = range(8, 50)  # for sizes that must be multiples or sums of others
CHOICES = 4  # as many values of a size must fit the sizes before it, or larger ones are looked at
STEPS = 3000
ATTEMPTS = 40


@dataclass(frozen=True)
class Instance:
    """Values for all sizes, and arrays for all leaves, of one claim."""

    sizes: Mapping[str, int]
    arrays: Mapping[str, Array]


def random_instance(claim: Claim, generator: np.random.Generator) -> Instance:
    """Sizes that satisfy the hypotheses, and normally distributed arrays.

    Raises `Vacuous` if none are found.
    """
    hypotheses = tuple(expand(hypothesis, claim.definitions) for hypothesis in claim.hypotheses)
    about_sizes = (*(each for each in hypotheses if not _reads(each)), *_extents_exist(claim))
    for _ in range(ATTEMPTS):
        sizes = _random_sizes(claim.integers, about_sizes, generator)
        if sizes is None:
            continue
        arrays = {leaf.name: generator.standard_normal(_shape(leaf, sizes)) for leaf in claim.leaves}
        entries = {leaf.name: _entry(leaf, arrays[leaf.name]) for leaf in claim.leaves}
        if all(holds(hypothesis, sizes, entries) for hypothesis in hypotheses):
            return Instance(sizes, arrays)
    raise Vacuous(f"no sizes were found with {' and '.join(map(repr, claim.hypotheses))}")


def _reads(hypothesis: Term) -> bool:
    return any(part.head == "entry" for part in subterms(hypothesis))


def _extents_exist(claim: Claim) -> Iterator[Term]:
    for leaf in claim.leaves:
        yield from (terms.at_most(terms.integer(0), extent) for extent in leaf.shape)


def _shape(leaf: Leaf, sizes: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(int(value(extent, sizes, {})) for extent in leaf.shape)


def _entry(leaf: Leaf, array: Array) -> Entry:
    """The entries of an array as exact numbers, 0 out of range."""

    def entry(indices: tuple[int, ...]) -> Fraction:
        at = tuple(index - leaf.origin for index in indices)
        inside = all(0 <= index < extent for index, extent in zip(at, array.shape, strict=True))
        return Fraction(float(array[at])) if inside else Fraction(0)

    return entry


def _random_sizes(
    names: tuple[str, ...], conditions: tuple[Term, ...], generator: np.random.Generator
) -> dict[str, int] | None:
    """Values that satisfy the conditions, each looked at as soon as it speaks of values that are chosen."""
    names = _determined_last(names, conditions)
    order = {name: position for position, name in enumerate(names)}
    due: dict[str, list[Term]] = {name: [] for name in names}
    for condition in conditions:
        last = max(free_variables(condition), key=order.__getitem__, default=None)
        if last is not None:
            due[last].append(condition)
        elif not holds(condition, {}, {}):
            return None
    found = islice(_completions(names, {}, due, generator), STEPS)
    return next((sizes for sizes in found if sizes is not None), None)


def _determined_last(names: tuple[str, ...], conditions: tuple[Term, ...]) -> tuple[str, ...]:
    """The names in an order in which a size that others determine, as `m = k*M` does with m, follows them."""
    needs: dict[str, set[str]] = {name: set() for name in names}
    for condition in conditions:
        for side in condition.args if condition.head == "equal" else ():
            if side.head == "variable":
                needs[str(side.value)] |= free_variables(condition) - {side.value}
    order: list[str] = []
    while len(order) < len(names):
        waiting = [name for name in names if name not in order]
        free = [name for name in waiting if needs[name] <= set(order)]
        order.append((free or waiting)[0])
    return tuple(order)


def _completions(
    names: tuple[str, ...],
    chosen: dict[str, int],
    due: Mapping[str, list[Term]],
    generator: np.random.Generator,
) -> Iterator[dict[str, int] | None]:
    """All ways to go on, in random order; None for each dead end."""
    if not names:
        yield dict(chosen)
        return
    name, *rest = names
    values = list(_values(name, chosen, due[name], generator))
    if not values:
        yield None
    for number in values:
        yield from _completions(tuple(rest), {**chosen, name: number}, due, generator)


def _values(name: str, chosen: dict[str, int], conditions: list[Term], generator: np.random.Generator) -> Iterator[int]:
    def fits(number: int) -> bool:
        return all(holds(condition, {**chosen, name: number}, {}) for condition in conditions)

    usual = [number for number in USUAL if fits(number)]
    missing = CHOICES - len(usual)
    larger = list(islice(filter(fits, LARGER), missing)) if missing > 0 else []
    yield from (int(number) for number in generator.permutation([*usual, *larger]))
