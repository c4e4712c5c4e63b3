"""Keywords of a generated function: which are given, which sizes the arrays show, whether all of it fits."""

from __future__ import annotations

import operator
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np

from ..errors import ShapeError
from ..language.tensors import Tensor
from .arrays import Array
from .program import Program


def bound(program: Program, required: tuple[str, ...], arguments: Mapping[str, Any]) -> tuple[Any, ...]:
    """The positional arguments of the program: arrays, then sizes.

    Raises `TypeError` for missing or unknown keywords and for values that are neither arrays of real numbers
    nor integers, `ShapeError` if ranks or extents do not fit.
    """
    values = {_normal(name): value for name, value in arguments.items()}
    names = {_normal(name): name for name in accepted(program)}
    _check_keywords(program, required, values, names)
    arrays = {str(leaf.name): _array(leaf, values[_normal(str(leaf.name))]) for leaf in program.leaves}
    given = {names[name]: value for name, value in values.items() if names[name] not in arrays}
    sizes = _sizes(program, arrays, {name: _integer(name, value) for name, value in given.items()})
    ordered = tuple(sizes[size.name] for size in program.sizes)
    _check_extents(program, arrays, ordered)
    for holds, reason in program.requirements:
        if not holds(*ordered):
            raise ShapeError(f"{reason}; here {_listed(sizes)}")
    return (*arrays.values(), *ordered)


def _normal(name: str) -> str:
    """The name as Python reads it in a call"""
    return unicodedata.normalize("NFKC", name)


def accepted(program: Program) -> tuple[str, ...]:
    """The keywords that may be given: arrays, then sizes."""
    return (*(str(leaf.name) for leaf in program.leaves), *(size.name for size in program.sizes))


def _check_keywords(
    program: Program, required: tuple[str, ...], values: Mapping[str, Any], names: Mapping[str, str]
) -> None:
    takes = f"it takes {', '.join(required)}" if required else "it takes nothing"
    for name in values:
        if name not in names:
            near = get_close_matches(name, names, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise TypeError(f"{program.name} has no parameter {name}{hint}; {takes}")
    missing = [name for name in required if _normal(name) not in values]
    if missing:
        raise TypeError(f"{program.name} is called without {', '.join(missing)}; {takes}")


def _array(leaf: Tensor, value: Any) -> Array:
    """The value as an array of reals. Integers become floats: the bytes of an image must not wrap around."""
    array = np.asarray(value)
    if array.dtype.kind not in "biufO":
        raise TypeError(f"{leaf} is an array of {array.dtype}, not of real numbers")
    if array.ndim != leaf.rank:
        raise ShapeError(
            f"{leaf} has the shape ({', '.join(map(str, leaf.shape))}), that is {leaf.rank} axes;"
            f" the array has the shape {array.shape}"
        )
    return array.astype(np.float64) if array.dtype.kind in "biu" else array


def _integer(name: str, value: Any) -> int:
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is an integer, not {value!r}") from None


def _sizes(program: Program, arrays: Mapping[str, Array], given: Mapping[str, int]) -> dict[str, int]:
    """Every size, from the keywords and the arrays. Raises `ShapeError`, naming both, if two disagree."""
    sizes, sources = dict(given), dict.fromkeys(given, "the keyword")
    for name, extent, source in _shown(program, arrays):
        if sizes.setdefault(name, extent) != extent:
            raise ShapeError(f"{name} is {sizes[name]} by {sources[name]} and {extent} by {source}")
        sources.setdefault(name, source)
    return sizes


def _shown(program: Program, arrays: Mapping[str, Array]) -> Iterator[tuple[str, int, str]]:
    """Which extents the arrays show of sizes: name, extent, and where"""
    for leaf in program.leaves:
        array = arrays[str(leaf.name)]
        for axis, (extent, found) in enumerate(zip(leaf.shape, array.shape, strict=True)):
            if extent.is_Symbol:
                yield extent.name, found, f"axis {axis} of {leaf}, which has the shape {array.shape}"


def _check_extents(program: Program, arrays: Mapping[str, Array], sizes: tuple[int, ...]) -> None:
    for leaf, shape in zip(program.leaves, program.extents(*sizes), strict=True):
        found = arrays[str(leaf.name)].shape
        if found != tuple(shape):
            raise ShapeError(
                f"{leaf} must have the shape ({', '.join(map(str, leaf.shape))}), here {tuple(shape)};"
                f" the array has the shape {found}"
            )


def _listed(sizes: Mapping[str, int]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in sizes.items())
