"""Derivatives by central differences: what generated code calls where a formula has a derivative.

Two step lengths give an extrapolated value and say how far it can be trusted; where they disagree, which they do
beside a kink of relu or of a maximum, shorter steps are taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, Self, TypeVar

import numpy as np

from .arrays import Array, Place

LENGTHS = tuple(2.0**exponent for exponent in (-11, -15, -19, -23))
AGREEMENT = 1e-6  # of two step lengths, relative to a derivative above 1

Function = Callable[[Any], Any]


class Varied(Protocol):
    """What can be differentiated by: the entries of one array, or of the arrays of all layers."""

    def places(self, indices: tuple[Any, ...]) -> Any:
        """Every entry that is to be read, once, and where it is."""

    def size_at(self, place: Place) -> float:
        """How large the entry is, and 1 at least."""

    def moved(self, place: Place, step: float) -> Self:
        """The same entries, of which one is larger by `step`."""


Tensor = TypeVar("Tensor", bound=Varied)


def central_difference(function: Callable[[Tensor], Any], tensor: Tensor, *indices: Any) -> Array:
    """The derivative of function(tensor) by tensor[indices], for arrays of indices that broadcast with its value."""

    def value(varied: Tensor) -> Array:
        return np.asarray(function(varied), np.float64)

    result = np.zeros(np.broadcast_shapes(value(tensor).shape, *map(np.shape, indices)))
    for place, chosen in tensor.places(indices):
        found = _slope(_along(value, tensor, place), tensor.size_at(place))
        result = np.where(chosen, found, result)
    return result


def _along(function: Callable[[Tensor], Array], tensor: Tensor, place: Place) -> Callable[[float], Array]:
    """The function of one entry, counted from its value"""
    return lambda step: function(tensor.moved(place, step))


def slope_of(function: Function) -> Function:
    """The derivative of a function of real numbers, as a function of arrays."""

    def slope(argument: Any) -> Array:
        at = np.asarray(argument, np.float64)
        found: Array = _slope(lambda step: np.asarray(function(at + step), np.float64), np.maximum(1.0, np.abs(at)))
        return found

    return slope


def _slope(at: Callable[[Any], Array], size: Any) -> Any:
    """The derivative of `at` at 0, entry by entry: by the longest steps that two lengths agree on."""
    best, doubt = _extrapolated(at, LENGTHS[0] * size)
    for length in LENGTHS[1:]:
        if not np.any(doubt > AGREEMENT):
            break
        found, less = _extrapolated(at, length * size)
        best = np.where((doubt > AGREEMENT) & (less < doubt), found, best)
        doubt = np.where(doubt > AGREEMENT, np.minimum(doubt, less), doubt)
    return best


def _extrapolated(at: Callable[[Any], Array], step: Any) -> tuple[Any, Any]:
    """The derivative by a step and by half of it, and how much they disagree"""
    with np.errstate(invalid="ignore"):  # infinity - infinity, of maxima that nobody reads
        wide, narrow = ((at(each) - at(-each)) / (2 * each) for each in (step, step / 2))
        return (4 * narrow - wide) / 3, np.abs(narrow - wide) / np.maximum(1.0, np.abs(narrow))
