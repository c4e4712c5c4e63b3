"""The functions that a caller gives: activations, which are applied to arrays, and scalar fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..errors import ShapeError
from ..language.activations import Activation
from .arrays import Array
from .differences import slope_of
from .parameters import keyword

Pointwise = Callable[[Any], Array]


def activation_of(activation: Activation, given: Mapping[str, Any]) -> Pointwise:
    """The function, or its derivative of the order that is asked for: as it is given, or else the difference of the
    derivative below, so that a function without any derivative will do. Raises `TypeError` for what is no function.
    """
    names = [keyword(activation.name, order) for order in range(activation.order + 1)]
    order = max(order for order, name in enumerate(names) if name in given)
    found = _pointwise(names[order], given[names[order]])
    for _ in names[order + 1 :]:
        found = slope_of(found)
    return found


def _pointwise(name: str, function: Any) -> Pointwise:
    """The function as one that gives an array of reals of the shape that it is given"""
    _check_callable(name, function)

    def applied(argument: Any) -> Array:
        given = np.asarray(argument)
        value = np.asarray(function(given))
        if value.shape not in (given.shape, ()):
            raise ShapeError(f"{name} makes an array of the shape {value.shape} of one of the shape {given.shape}")
        value = value.astype(np.float64) if value.dtype.kind in "biu" else value
        return value if value.shape == given.shape else np.full(given.shape, value)

    return applied


def scalar_field(name: str, function: Any) -> Callable[[Array], Any]:
    """The function as one that gives a number. Raises `TypeError` for what is no function."""
    _check_callable(name, function)

    def applied(argument: Array) -> Any:
        value = function(argument)
        if np.shape(value) != ():
            raise ShapeError(f"{name} is a number for a whole array, not an array of the shape {np.shape(value)}")
        return value

    return applied


def _check_callable(name: str, function: Any) -> None:
    if not callable(function):
        raise TypeError(f"{name} is a function of arrays, such as np.tanh, not {function!r}")
