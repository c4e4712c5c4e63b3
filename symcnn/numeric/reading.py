"""Which leaves a tensor is computed from, and which numbers of layers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import Basic, Dummy, Expr, Indexed

from ..language.tensors import Recursion, Tensor, TensorSymbol, index_letters
from ..language.vocabulary import tensor_of


def reads(expression: Expr) -> frozenset[Basic]:
    """The symbols of all leaves and layers that the expression depends on."""
    leaves = {tensor_of(each).symbol for each in expression.atoms(Indexed)}
    tensors = (read_by(symbol) for symbol in expression.atoms(TensorSymbol))
    return frozenset(leaves | expression.atoms(Dummy)).union(*tensors)


@lru_cache(maxsize=1024)
def read_by(symbol: TensorSymbol) -> frozenset[Basic]:
    """The symbols of all leaves and layers that a tensor depends on."""
    tensor = symbol.tensor
    shape = frozenset[Basic]().union(*(extent.atoms(Dummy) for extent in tensor.shape))
    if tensor.recursion is not None:
        number = Dummy("layer", integer=True)
        before = layer_before(tensor.recursion, number)
        step = tensor.recursion.step(number, before)
        parts = (read_by(tensor.recursion.start.symbol), read_by(step.symbol), reads(tensor.recursion.first))
        return shape.union(*parts) - {number, before.symbol}
    if tensor.formula is None:
        return shape | {symbol}
    return shape | reads(tensor.formula(*(Dummy(letter, integer=True) for letter in index_letters(tensor))))


def layer_before(recursion: Recursion, number: Dummy) -> Tensor:
    """What stands for the tensor of the layer before layer `number`."""
    extents: Any = recursion.shape(number - 1)
    shape = tuple(extents) if isinstance(extents, (tuple, list)) else (extents,)
    return Tensor("before", shape, recursion.start.origin)
