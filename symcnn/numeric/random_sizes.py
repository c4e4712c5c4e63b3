"""Random integers that satisfy conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np

from ..kernel import Term
from ..kernel.terms import free_variables
from ..kernel.value import holds

USUAL, FEW = range(-3, 8), range(-3, 5)  # few where much is computed of each
LARGEST = 50  # for sizes that must be multiples or sums of others
CHOICES = 4  # as many values of a size must fit the sizes before it, or larger ones are looked at
STEPS = 3000


def random_sizes(
    names: tuple[str, ...],
    conditions: tuple[Term, ...],
    known: Mapping[str, Any],
    generator: np.random.Generator,
    usual: range = USUAL,
) -> dict[str, int] | None:
    """Values that satisfy the conditions, each looked at as soon as it speaks of values that are chosen; `known` are
    the sizes of the layers. None if none are found."""
    return _Search(_determined_last(names, conditions), known, generator, usual).sizes(conditions)


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


class _Search:
    """The values that are tried for sizes, in this order of the sizes."""

    def __init__(
        self, names: tuple[str, ...], known: Mapping[str, Any], generator: np.random.Generator, usual: range
    ) -> None:
        self.names, self.known, self.generator = names, known, generator
        self.usual, self.larger = usual, range(usual.stop, LARGEST)
        self.due: dict[str, list[Term]] = {name: [] for name in names}

    def sizes(self, conditions: tuple[Term, ...]) -> dict[str, int] | None:
        order = {name: position for position, name in enumerate(self.names)}
        for condition in conditions:
            last = max(free_variables(condition), key=order.__getitem__, default=None)
            if last is not None:
                self.due[last].append(condition)
            elif not holds(condition, {}, self.known):
                return None
        found = islice(self._completions(self.names, {}), STEPS)
        return next((sizes for sizes in found if sizes is not None), None)

    def _completions(self, names: tuple[str, ...], chosen: dict[str, int]) -> Iterator[dict[str, int] | None]:
        """All ways to go on, in random order; None for each dead end."""
        if not names:
            yield dict(chosen)
            return
        name, *rest = names
        values = list(self._values(name, chosen))
        if not values:
            yield None
        for number in values:
            yield from self._completions(tuple(rest), {**chosen, name: number})

    def _values(self, name: str, chosen: dict[str, int]) -> Iterator[int]:
        def fits(number: int) -> bool:
            return all(holds(condition, {**chosen, name: number}, self.known) for condition in self.due[name])

        usual = [number for number in self.usual if fits(number)]
        missing = CHOICES - len(usual)
        larger = list(islice(filter(fits, self.larger), missing)) if missing > 0 else []
        yield from (int(number) for number in self.generator.permutation([*usual, *larger]))
