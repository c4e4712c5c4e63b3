"""What generated code calls besides NumPy: arrays that are read by the indices of the formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..errors import ShapeError

Array = np.ndarray[Any, Any]
Place = tuple[int, ...]  # the indices of one entry


@dataclass(frozen=True, eq=False)
class Entries:
    """X[i, j, ...] for arrays of indices that broadcast; indices are counted from `origin`, never wrapped.

    Where `mask` is False nothing is read, and the entry is 0.
    """

    name: str
    array: Array
    origin: int = 1
    mask: Any = True

    @classmethod
    def over(cls, name: str, shape: tuple[int, ...], value: Callable[[], Any], origin: int = 1) -> Entries:
        """The array of this shape that holds `value()`, which is computed only if the array has entries.

        Raises `ShapeError` for a negative extent.
        """
        if min(shape, default=0) < 0:
            raise ShapeError(f"{name} has a negative extent: its shape would be {shape}")
        if 0 in shape:
            return cls(name, np.zeros(shape), origin)
        computed = np.asarray(value())
        spare = computed.ndim - len(shape)  # axes of sums whose summand does not depend on the index
        computed = computed.reshape(computed.shape[max(spare, 0) :])
        full = computed if computed.shape == shape else np.array(np.broadcast_to(computed, shape))
        return cls(name, full, origin)

    def where(self, mask: Any) -> Entries:
        """The same entries, to be read only where `mask` holds; 0 elsewhere."""
        return replace(self, mask=mask)

    def __getitem__(self, indices: Any) -> Any:
        """The entries at the given indices. Raises `IndexError` if one that is to be read is out of range."""
        indices = indices if isinstance(indices, tuple) else (indices,)
        positions = tuple(np.asarray(index) - self.origin for index in indices)
        inside = tuple(
            (position >= 0) & (position < extent) for position, extent in zip(positions, self.array.shape, strict=True)
        )
        if all(map(np.all, inside)):
            return self._masked(positions)
        self._check(indices, inside)
        clipped = (np.where(good, position, 0) for good, position in zip(inside, positions, strict=True))
        return self._masked(tuple(clipped))

    def places(self, indices: tuple[Any, ...]) -> Iterator[tuple[Place, Any]]:
        """Every entry that is to be read, once, and where it is. Raises `IndexError` as reading it does."""
        self[indices]
        *at, mask = np.broadcast_arrays(*indices, self.mask)
        for place in sorted({tuple(map(int, each)) for each in zip(*(axis[mask] for axis in at), strict=True)}):
            yield place, _all_of(tuple(axis == number for axis, number in zip(at, place, strict=True))) & mask
        if not indices and np.all(mask):
            yield (), np.True_

    def size_at(self, place: Place) -> float:
        """How large the entry is, and 1 at least."""
        return max(1.0, abs(float(self.array[self._position(place)])))

    def moved(self, place: Place, step: float) -> Entries:
        """The same array with one entry that is larger by `step`."""
        array = self.array.astype(np.float64)
        array[self._position(place)] += step
        return replace(self, array=array, mask=True)

    def _position(self, place: Place) -> Place:
        return tuple(index - self.origin for index in place)

    def _masked(self, positions: tuple[Array, ...]) -> Any:
        if self.array.size == 0:
            shape = np.broadcast_shapes(np.shape(self.mask), *map(np.shape, positions))
            return np.zeros(shape, self.array.dtype)
        read = self.array[positions]
        return read if self.mask is True else np.where(self.mask, read, 0)

    def _check(self, indices: tuple[Any, ...], inside: tuple[Any, ...]) -> None:
        """Raise `IndexError` for the first read that is out of range and not masked, if there is one."""
        good, mask, *places = np.broadcast_arrays(_all_of(inside), self.mask, *indices)
        wrong = np.argwhere(mask & ~good)
        if len(wrong):
            first = tuple(wrong[0])
            at = ", ".join(str(int(place[first])) for place in places)
            ranges = (f"{self.origin}..{extent + self.origin - 1}" for extent in self.array.shape)
            raise IndexError(f"{self.name}[{at}] is out of range: {self.name} has the range [{', '.join(ranges)}]")


def _all_of(masks: tuple[Any, ...]) -> Any:
    together: Any = np.True_
    for mask in masks:
        together = together & mask
    return together


def span(lower: Any, upper: Any) -> Array:
    """All integers from the least `lower` to the greatest `upper`: the hull of ranges."""
    lower, upper = np.asarray(lower), np.asarray(upper)
    if lower.size == 0 or upper.size == 0:
        return np.arange(0)
    return np.arange(np.min(lower), np.max(upper) + 1)
