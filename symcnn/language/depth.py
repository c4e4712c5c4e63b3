"""Networks of symbolic depth: sizes and tensors with a layer index, and recursions over the layers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol
from sympy.core.symbol import Str

from ..errors import LanguageError, ShapeError
from .symbols import as_scalar
from .tensors import Entry, Operation, Recursion, Tensor, check_name, index_letters

LAYER = Symbol("layer", integer=True)


def layer_index(name: str) -> Symbol:
    """The number of a layer, as `sizes(name)` makes it: an integer from 1 on, or from where `given` says."""
    check_name(name)
    return Symbol(name, integer=True)


LayerIndex = layer_index


@dataclass(frozen=True)
class LayerSizes:
    """A size for every layer, at least 1: `n = LayerSizes("n")`, `n[l - 1]`."""

    name: str

    def __post_init__(self) -> None:
        check_name(self.name)

    def __getitem__(self, layer: Any) -> Expr:
        return SizeOfLayer(Str(self.name), as_scalar(layer, f"the layer of {self.name}"))


class SizeOfLayer(Expr):
    """The size of a layer: the name of the sequence, and the layer."""

    is_commutative = True
    is_integer = True

    def _sympystr(self, printer: Any) -> str:
        return f"{self.args[0]}[{printer._print(self.args[1])}]"

    _latex = _sympystr


@dataclass(frozen=True)
class LayerTensor:
    """An arbitrary tensor for every layer: `A = LayerTensor("A", lambda l: (n[l], n[l - 1]))`, `A[l][i, j]`.

    `shape` gives the extents of a layer.
    """

    name: str
    shape: Callable[[Any], Any]

    @property
    def family(self) -> Tensor:
        """All layers as one tensor, whose first index is the layer."""
        return Tensor(self.name, extents_of(self.shape(LAYER)), layers=(LAYER,))

    def __getitem__(self, layer: Any) -> Tensor:
        """The tensor of one layer."""
        return _layer(self.family, as_scalar(layer, f"the layer of {self.name}"), self.shape)


@dataclass(frozen=True)
class LayerRecursion:
    """y[first] = start, and y[l] = step(l, y[l - 1]) for every later layer l: what the layers of a network compute.

    `y = LayerRecursion("y", first=l, start=x, step=lambda k, before: sigma(A[k] @ before + b[k]), shape=lambda k:
    (n[k],))`, `y[L]`. Raises `ShapeError` if start and shape have different ranks.
    """

    name: str
    first: Any
    start: Tensor
    step: Callable[[Any, Tensor], Tensor]
    shape: Callable[[Any], Any]

    def __post_init__(self) -> None:
        if len(extents_of(self.shape(LAYER))) != self.start.rank:
            raise ShapeError(f"{self.name} starts with {self.start!r}, whose rank is not that of its shape")

    @property
    def family(self) -> Tensor:
        """All layers as one tensor, whose first index is the layer."""
        recursion = Recursion(as_scalar(self.first, "the first layer"), self.start, self.step, self.shape)
        extents, letters = extents_of(self.shape(LAYER)), index_letters(self.start)
        return Tensor(self.name, extents, self.start.origin, letters=letters, layers=(LAYER,), recursion=recursion)

    def __getitem__(self, layer: Any) -> Tensor:
        """The tensor that layer `layer` computes."""
        return _layer(self.family, as_scalar(layer, f"the layer of {self.name}"), self.shape)


def extents_of(shape: Any) -> tuple[Any, ...]:
    """A shape that was given as one extent, or as several."""
    return tuple(shape) if isinstance(shape, (tuple, list)) else (shape,)


def _layer(family: Tensor, layer: Expr, shape: Callable[[Any], Any]) -> Tensor:
    if family.name is None:
        raise LanguageError("a tensor with layers needs a name")
    return Tensor(
        None,
        extents_of(shape(layer)),
        family.origin,
        lambda *at: Entry(family.symbol, layer, *at),
        family.letters,
        Operation("layer", (family,), (("at", layer),)),
        inline=True,
    )
