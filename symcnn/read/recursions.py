"""What layers compute one after the other: an equation for the first, and one for every later layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr

from ..errors import LanguageError, ShapeError
from ..language.depth import LayerRecursion
from ..language.tensors import Tensor
from .syntax import Chain, Node
from .values import Eye, Value, described, unit
from .world import Array, Key

if TYPE_CHECKING:
    from .meaning import Meaning


def layer_of(meaning: Meaning, key: Key) -> Tensor:
    """The tensor of one layer. Raises `LanguageError` where the shape of a layer is not declared."""
    recursion, array = meaning.world.recursions[key.word], meaning.world.things.get(key.word)
    if not isinstance(array, Array) or array.letter is None:
        raise LanguageError(f"the shape of a layer of {key.word} is not declared, such as {key.word}_k: n_k")
    letter, extents = array.letter, array.shape

    def shape(layer: Expr) -> tuple[Expr, ...]:
        return tuple(map(meaning.within({letter: layer}).integer, extents))

    def step(layer: Expr, before: Tensor) -> Tensor:
        inside = meaning.with_before(Key(key.word, layer - 1), before, {recursion.letter: layer})
        return _tensor(inside.value(recursion.formula), key)

    first = Key(key.word, recursion.first)
    start = _started(meaning.value(meaning.world.definitions[first].formula), shape(recursion.first), key)
    return LayerRecursion(key.word, recursion.first, start, step, shape)[key.layer]


def _started(value: Value, shape: tuple[Expr, ...], key: Key) -> Tensor:
    return unit(shape[0]) if isinstance(value, Eye) else _tensor(value, key)


def _tensor(value: Value, key: Key) -> Tensor:
    if not isinstance(value, Tensor):
        raise ShapeError(f"a layer of {key.word} is {described(value)}")
    return value


def begins_after(conditions: tuple[Chain, ...], letter: Node) -> Node | None:
    """l, where a condition says k > l; None if none does"""
    for chain in conditions:
        match chain.items, chain.relations:
            case ((one, other), (">",)) if one == letter:
                return other
            case ((one, other, *_), ("<", *_)) if other == letter:
                return one
    return None
