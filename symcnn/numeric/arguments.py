"""Keywords of a generated function: which are given, which sizes the arrays show, whether all of it fits."""

from __future__ import annotations

import operator
import unicodedata
from collections.abc import Container, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from ..errors import ShapeError
from ..language.tensors import Tensor
from .arrays import Array
from .callables import activation_of, scalar_field
from .layers import LayerSizes, by_layer, real_array
from .parameters import keyword
from .program import Program


def bound(program: Program, arguments: Mapping[str, Any]) -> tuple[Any, ...]:
    """The positional arguments of the program: leaves, functions, fields, sequences of sizes, sizes.

    Raises `TypeError` for missing or unknown keywords and for values of another kind than the parameter, `ShapeError`
    if ranks or extents do not fit.
    """
    given = _by_name(program, arguments)
    leaves = {str(leaf.name): _leaf(leaf, given[str(leaf.name)]) for leaf in program.leaves}
    functions = [activation_of(activation, given) for activation in program.activations.values()]
    fields = [scalar_field(name, given[name]) for name in program.fields]
    sequences = {name: LayerSizes(name, by_layer(name, given[name])) for name in program.sequences}
    integers = {size.name: _integer(size.name, given[size.name]) for size in program.sizes if size.name in given}
    sizes = _sizes(program, leaves, integers)
    counts = (*sequences.values(), *(sizes[size.name] for size in program.sizes))
    _check_extents(program, leaves, counts)
    for holds, reason in program.requirements:
        if not holds(*counts):
            raise ShapeError(f"{reason}; here {_listed(sizes)}")
    return (*leaves.values(), *functions, *fields, *counts)


def accepted(program: Program) -> tuple[str, ...]:
    """The keywords that may be given: arrays, functions, scalar fields, sequences of sizes, sizes."""
    activations: dict[str, None] = {}
    for each in program.activations.values():
        activations.update(dict.fromkeys(keyword(each.name, order) for order in range(each.order + 1)))
    leaves, sizes = (str(leaf.name) for leaf in program.leaves), (size.name for size in program.sizes)
    return (*leaves, *activations, *program.fields, *program.sequences, *sizes)


def required(program: Program, given: Container[str] = ()) -> tuple[str, ...]:
    """The keywords that must be given: all but sizes that arrays show, and derivatives; nor a function of which
    derivatives alone are asked for, where one of them, or one below, is among the `given`."""
    shown = {extent for leaf in program.arrays for extent in leaf.shape}
    spare = {size.name for size in program.sizes if size in shown}
    lowest: dict[str, int] = {}
    for each in program.activations.values():
        spare.update(keyword(each.name, order) for order in range(1, each.order + 1))
        lowest[each.name] = min(each.order, lowest.get(each.name, each.order))
    for name, least in lowest.items():
        if any(keyword(name, order) in given for order in range(1, least + 1)):
            spare.add(name)
    return tuple(name for name in accepted(program) if name not in spare)


def _by_name(program: Program, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments by the names of the parameters. Raises `TypeError` if one is missing or unknown."""
    names = {_normal(name): name for name in accepted(program)} | {name: name for name in accepted(program)}
    needed = required(program)
    takes = f"it takes {', '.join(needed)}" if needed else "it takes nothing"
    given = {}
    for name, value in arguments.items():
        known = names.get(name, names.get(_normal(name)))
        if known is None:
            near = get_close_matches(_normal(name), names, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise TypeError(f"{program.name} has no parameter {_normal(name)}{hint}; {takes}")
        given[known] = value
    missing = [name for name in required(program, given) if name not in given]
    if missing:
        raise TypeError(f"{program.name} is called without {', '.join(missing)}; {takes}")
    return given


def _normal(name: str) -> str:
    """The name as Python reads it in a call"""
    return unicodedata.normalize("NFKC", name)


def _leaf(leaf: Tensor, value: Any) -> Any:
    """The value as an array; arrays that are given by layer are looked at when they are read."""
    if leaf.layers:
        return by_layer(str(leaf.name), value)
    array = real_array(str(leaf), value)
    if array.ndim != leaf.rank:
        raise ShapeError(
            f"{leaf} has the shape ({', '.join(map(str, leaf.shape))}), that is {leaf.rank} axes;"
            f" the array has the shape {array.shape}"
        )
    return array


def _integer(name: str, value: Any) -> int:
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is an integer, not {value!r}") from None


def _sizes(program: Program, arrays: Mapping[str, Any], given: Mapping[str, int]) -> dict[str, int]:
    """Every size, from the keywords and the arrays. Raises `ShapeError`, naming both, if two disagree."""
    sizes, sources = dict(given), dict.fromkeys(given, "the keyword")
    for name, extent, source in _shown(program, arrays):
        if sizes.setdefault(name, extent) != extent:
            raise ShapeError(f"{name} is {sizes[name]} by {sources[name]} and {extent} by {source}")
        sources.setdefault(name, source)
    return sizes


def _shown(program: Program, arrays: Mapping[str, Array]) -> Iterator[tuple[str, int, str]]:
    """Which extents the arrays show of sizes: name, extent, and where"""
    for leaf in program.arrays:
        array = arrays[str(leaf.name)]
        for axis, (extent, found) in enumerate(zip(leaf.shape, array.shape, strict=True)):
            if extent.is_Symbol:
                yield extent.name, found, f"axis {axis} of {leaf}, which has the shape {array.shape}"


def _check_extents(program: Program, arrays: Mapping[str, Any], counts: tuple[Any, ...]) -> None:
    for leaf, shape in zip(program.arrays, program.extents(*counts), strict=True):
        found = arrays[str(leaf.name)].shape
        if found != tuple(shape):
            raise ShapeError(
                f"{leaf} must have the shape ({', '.join(map(str, leaf.shape))}), here {tuple(shape)};"
                f" the array has the shape {found}"
            )


def _listed(sizes: Mapping[str, int]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in sizes.items())
