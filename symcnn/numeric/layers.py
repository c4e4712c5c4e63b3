"""Sizes, arrays and recursions with a layer index, as generated code reads them."""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from ..errors import ShapeError
from .arrays import Array, Entries, Place

ByLayer = Callable[[int], Any]


def by_layer(name: str, given: Any) -> ByLayer:
    """What a caller gives for all layers, as a function of the layer: a mapping, a sequence or a function.

    Raises `TypeError` for anything else; the function raises `IndexError` for a layer that is not there.
    """
    if callable(given):
        return given
    if not isinstance(given, (Mapping, Sequence, np.ndarray)) or isinstance(given, str):
        raise TypeError(f"{name} is given by layer: as a mapping, a sequence or a function, not {given!r}")

    def found(layer: int) -> Any:
        there = layer in given if isinstance(given, Mapping) else 0 <= layer < len(given)
        if not there:
            raise IndexError(f"{name} has no layer {layer}")
        return given[layer]

    return found


@dataclass(frozen=True, eq=False)
class LayerSizes:
    """n[layer]: the size of a layer, or of every layer in an array."""

    name: str
    given: ByLayer

    def __getitem__(self, layer: Any) -> Any:
        """The size. Raises `TypeError` for one that is no integer, `IndexError` for a layer without one."""
        if np.ndim(layer):
            numbers = np.asarray(layer)
            return np.array([self[int(number)] for number in numbers.flat], int).reshape(numbers.shape)
        size = self.given(int(layer))
        try:
            return operator.index(size)
        except TypeError:
            raise TypeError(f"{self.name}[{layer}] is an integer, not {size!r}") from None


class Layers(ABC):
    """y[layer, i, ...], for arrays of indices that broadcast, the layer among them."""

    mask: Any

    @abstractmethod
    def layer(self, number: int) -> Entries:
        """The entries of one layer. Raises `IndexError` if there is none."""

    def where(self, mask: Any) -> Self:
        """The same entries, to be read only where `mask` holds; 0 elsewhere."""
        return replace(self, mask=mask)  # type: ignore[type-var]

    def __getitem__(self, indices: Any) -> Any:
        """The entries at the given indices. Raises `IndexError` if one that is to be read is not there."""
        number, *at = indices if isinstance(indices, tuple) else (indices,)
        if not np.ndim(number):
            return self.layer(int(number)).where(self.mask)[tuple(at)] if np.any(self.mask) else 0.0
        result: Any = np.zeros(np.broadcast_shapes(np.shape(number), np.shape(self.mask), *map(np.shape, at)))
        for each, here in self._masks(number):
            result = np.where(here, self.layer(each).where(here)[tuple(at)], result)
        return result

    def _masks(self, number: Any) -> Iterator[tuple[int, Any]]:
        """Every layer that is to be read, and where"""
        numbers, mask = np.broadcast_arrays(number, self.mask)
        for each in np.unique(numbers[mask]):
            yield int(each), (numbers == each) & mask


@dataclass(frozen=True, eq=False)
class LayerArrays(Layers):
    """A[layer, i, ...]: an array for every layer, of the shape that `shape(layer)` says."""

    name: str
    given: Any
    shape: Callable[[int], tuple[int, ...]]
    origin: int = 1
    mask: Any = True
    changed: Mapping[int, Entries] = field(default_factory=dict)

    def layer(self, number: int) -> Entries:
        """The entries of one layer. Raises `ShapeError` if its array has another shape, `IndexError` without one."""
        if number in self.changed:
            return self.changed[number]
        name = f"{self.name}[{number}]"
        array = real_array(name, by_layer(self.name, self.given)(number))
        if array.shape != self.shape(number):
            raise ShapeError(f"{name} must have the shape {self.shape(number)}; the array has the shape {array.shape}")
        return Entries(name, array, self.origin)

    def places(self, indices: tuple[Any, ...]) -> Iterator[tuple[Place, Any]]:
        """Every entry that is to be read, once, and where it is."""
        number, *at = indices
        for each, here in self._masks(number):
            for place, chosen in self.layer(each).where(here).places(tuple(at)):
                yield (each, *place), chosen & here

    def size_at(self, place: Place) -> float:
        """How large the entry is, and 1 at least."""
        return self.layer(place[0]).size_at(place[1:])

    def moved(self, place: Place, step: float) -> LayerArrays:
        """The same arrays with one entry that is larger by `step`."""
        number, *at = place
        return replace(self, changed={**self.changed, number: self.layer(number).moved(tuple(at), step)}, mask=True)


@dataclass(frozen=True, eq=False)
class LayerSteps(Layers):
    """y[layer, i, ...]: `start` at the layer `first`, and from each layer the next by `step(layer, before)`."""

    name: str
    first: int
    start: Entries
    step: Callable[[int, Entries], Entries]
    mask: Any = True
    reached: dict[int, Entries] = field(default_factory=dict)

    def layer(self, number: int) -> Entries:
        """The entries of one layer. Raises `IndexError` for one before the first."""
        if number < self.first:
            raise IndexError(f"{self.name} has no layer {number}: its first is {self.first}")
        self.reached.setdefault(self.first, self.start)
        for each in range(max(self.reached) + 1, number + 1):
            self.reached[each] = self.step(each, self.reached[each - 1])
        return self.reached[number]


def real_array(name: str, value: Any) -> Array:
    """The value as an array of reals. Integers become floats: the bytes of an image must not wrap around.

    Raises `TypeError` for an array of something else.
    """
    array = np.asarray(value)
    if array.dtype.kind not in "biufO":
        raise TypeError(f"{name} is an array of {array.dtype}, not of real numbers")
    return array.astype(np.float64) if array.dtype.kind in "biu" else array
