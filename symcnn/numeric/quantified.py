"""Instances of quantified hypotheses, `ForAll(X, Identity(...))`: random tensors hardly ever satisfy one, so those that
the hypothesis speaks of besides X are changed until it holds, by Newton's method on random values of X.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..errors import ShapeError
from ..language.symbols import ForAll
from .arrays import Array
from .function import NumpyFunction, lambdify
from .instances import Instance

TRIES = 30  # random tensors on which a hypothesis that is found to hold has been tried
NEWTON_STEPS = 8
MOST_UNKNOWNS = 200
SOLVED, HOLDS = 1e-11, 1e-9


@dataclass(frozen=True)
class Assumption:
    """The two sides of a quantified hypothesis as functions, and the leaves that are quantified."""

    leaves: tuple[str, ...]
    sides: tuple[NumpyFunction, NumpyFunction]

    @classmethod
    def of(cls, given: ForAll) -> Assumption:
        """The assumption of a hypothesis. Raises what `lambdify` raises."""
        sides = lambdify(given.identity.lhs), lambdify(given.identity.rhs)
        return cls(tuple(str(leaf.name) for leaf in given.leaves), sides)

    def unknowns(self, instance: Instance) -> Iterator[str]:
        """The arrays besides the quantified ones that it speaks of."""
        for name in dict.fromkeys(self.sides[0].accepted + self.sides[1].accepted):
            if name not in self.leaves and isinstance(instance.arrays.get(name), np.ndarray):
                yield name

    def difference(self, instance: Instance) -> tuple[Array, float]:
        """Left minus right, and the largest entry of either above 1; NaN where one has no value."""
        try:
            left, right = (side(**{name: instance.keyword(name) for name in side.accepted}) for side in self.sides)
        except (ShapeError, IndexError, ZeroDivisionError):
            return np.array([np.nan]), 1.0
        if left.shape != right.shape:
            return np.array([np.nan]), 1.0
        return (left - right).ravel(), float(np.max(np.abs([left, right]), initial=1.0))

    def drawn(self, instance: Instance, generator: np.random.Generator) -> Instance:
        """The instance with other values of the quantified leaves."""
        new = {name: generator.standard_normal(np.shape(instance.arrays[name])) for name in self.leaves}
        return replace(instance, arrays={**instance.arrays, **new})


def satisfying(
    assumptions: tuple[Assumption, ...], instance: Instance, generator: np.random.Generator
) -> Instance | None:
    """The instance, with other tensors if need be, such that the assumptions hold on random tensors; or None."""
    for _ in range(2):
        if all(_holds(each, instance, generator) for each in assumptions):
            return instance
        solved = _solved(assumptions, instance, generator)
        if solved is None:
            return None
        instance = solved
    return None


def _holds(assumption: Assumption, instance: Instance, generator: np.random.Generator) -> bool:
    tried = (assumption.difference(assumption.drawn(instance, generator)) for _ in range(TRIES))
    return all(np.all(np.abs(difference) <= HOLDS * scale) for difference, scale in tried)


def _solved(assumptions: tuple[Assumption, ...], instance: Instance, generator: np.random.Generator) -> Instance | None:
    """The instance with tensors near its own that satisfy the assumptions on some random tensors"""
    names = tuple(dict.fromkeys(name for each in assumptions for name in each.unknowns(instance)))
    start = np.concatenate([np.zeros(0), *(instance.arrays[name].ravel() for name in names)])
    if not 0 < start.size <= MOST_UNKNOWNS:
        return None
    equations = min(each.difference(instance)[0].size for each in assumptions)
    seeds = generator.integers(2**31, size=min(TRIES, 2 + 2 * start.size // max(1, equations)))

    def errors(values: Array) -> Array:
        at = _with_values(instance, names, values)
        parts = (
            each.difference(each.drawn(at, np.random.default_rng(int(seed)))) for seed in seeds for each in assumptions
        )
        return np.concatenate([difference for difference, _ in parts])

    found = _root(errors, start)
    return None if found is None else _with_values(instance, names, found)


def _with_values(instance: Instance, names: tuple[str, ...], values: Array) -> Instance:
    """The instance with these entries in the named arrays"""
    arrays, position = dict(instance.arrays), 0
    for name in names:
        shape, size = arrays[name].shape, arrays[name].size
        arrays[name] = values[position : position + size].reshape(shape)
        position += size
    return replace(instance, arrays=arrays)


def _root(errors: Any, values: Array) -> Array | None:
    """A zero near the values by Newton's method, with the shortest step where there are many zeros; or None"""
    for _ in range(NEWTON_STEPS):
        here = errors(values)
        if not np.all(np.isfinite(here)):
            return None
        if np.max(np.abs(here), initial=0.0) <= SOLVED:
            return values
        step = 1e-6
        slopes = np.stack(
            [(errors(values + step * unit) - errors(values - step * unit)) / (2 * step) for unit in np.eye(len(values))]
        )
        values = values - np.linalg.lstsq(slopes.T, here, rcond=1e-9)[0]
    return None
