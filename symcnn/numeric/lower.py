"""Tensors become lines of a generated function; a derivative or the step of a recursion is a function of its own.

Such a function is given what varies: the leaf that is differentiated by, or the layer and what the layer before has
computed. Everything that depends on it is computed inside, all else outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import sympy
from sympy import Basic, Dummy, Expr, Integer, Symbol
from sympy.core.symbol import Str

from ..language.depth import LAYER
from ..language.fields import Partial, SlopeAt
from ..language.tensors import Entry, Requirement, Tensor, index_letters
from .names import shown_name, variable_name
from .nodes import ComputedLayers, Difference, Filled, GivenLayers, Literal, Wrapped
from .parameters import Function
from .place import Block, Line, Mask, Place
from .reading import layer_before, read_by, reads
from .reals import Reals


@dataclass
class Lowering(Reals):
    """What has been met so far within one generated function: variables, and the lines of computed tensors."""

    symbols: dict[Any, Symbol] = field(default_factory=dict)
    blocks: list[tuple[Line, ...]] = field(default_factory=list)
    outer: Lowering | None = None
    varied: frozenset[Basic] = frozenset()

    def tensor(self, tensor: Tensor) -> Symbol:
        """The variable that holds the tensor; its lines are made if it is new. Raises as `real`."""
        key = _key(tensor)
        if key not in self.symbols:
            self.symbols[key] = self._entered(tensor)
        return self.symbols[key]

    def _entered(self, tensor: Tensor) -> Symbol:
        if self.outer is not None and self.varied.isdisjoint(read_by(tensor.symbol)):
            return self.outer.tensor(tensor)
        self.require(tensor)
        if tensor.recursion is not None:
            return self._recursion(tensor)
        if tensor.formula is None:
            return self._leaf(tensor)
        self._enter_leaves(tensor)
        if tensor.literal is not None:
            return self._literal(tensor)
        return self.computed(tensor, tensor.formula)

    def _enter_leaves(self, tensor: Tensor) -> None:
        """So that they come in the order of the operator's arguments."""
        for argument in tensor.operation.arguments if tensor.operation else ():
            if argument.recursion is not None:
                argument = argument.recursion.start
            if argument.formula is None and argument.recursion is None:
                self.tensor(argument)
            self._enter_leaves(argument)

    def _leaf(self, tensor: Tensor) -> Symbol:
        symbol, name = self.parameters.leaf(tensor), Str(str(tensor.name))
        if tensor.layers:
            layer = Dummy(LAYER.name, integer=True)
            place = Place(Block(), indices={LAYER: layer})
            shape = sympy.Tuple(*(self.integer(extent, place) for extent in tensor.shape))
            wrapped = GivenLayers(name, symbol, layer, shape, Integer(tensor.origin))
        else:
            self.extents(tensor)
            wrapped = Wrapped(name, symbol, Integer(tensor.origin))
        self.blocks.append((Line(symbol, wrapped),))
        return symbol

    def _literal(self, tensor: Tensor) -> Symbol:
        block = Block()

        def rows(part: Any) -> Expr:
            if isinstance(part, (list, tuple)):
                return sympy.Tuple(*map(rows, part))
            return self.real(sympy.sympify(part), Place(block))

        array = Wrapped(Str(shown_name(tensor)), Literal(rows(tensor.literal)), Integer(tensor.origin))
        return self._assigned(tensor, block.lines, array)

    def computed(self, tensor: Tensor, formula: Callable[..., Expr]) -> Symbol:
        """A variable that holds the array of `formula` over the shape of the tensor."""
        block, extents = Block(), self.extents(tensor)
        place, own = Place(block, depth=tensor.rank), []
        for axis, (letter, extent) in enumerate(zip(index_letters(tensor), extents, strict=True), -tensor.rank):
            own.append(Dummy(letter, integer=True))
            upper = extent + tensor.origin - 1
            place = place.bind(own[-1], block.index(letter, Integer(tensor.origin), upper, axis))
        value = self.real(formula(*own), place)
        shape, origin = sympy.Tuple(*extents), Integer(tensor.origin)
        return self._assigned(tensor, block.lines, Filled(Str(shown_name(tensor)), shape, value, origin))

    def _assigned(self, tensor: Tensor, lines: list[Line], value: Expr) -> Symbol:
        target = Dummy(variable_name(tensor))
        self.blocks.append((*lines, Line(target, value)))
        return target

    def requirement(self, requirement: Requirement) -> Mask:
        """Whether the sizes are as an operator needs them."""
        return self.condition(requirement.condition, Place(Block()))

    # Functions of what varies

    def partial(self, expression: Partial | SlopeAt, place: Place) -> Expr:
        """The derivative of an expression by an entry: the difference of a function of the tensor that varies, at a
        leaf, or at what it stands for."""
        leaf = expression.by.tensor
        point = expression.at if isinstance(expression, SlopeAt) else leaf
        tensor, name = self.tensor(point), str(point.name)
        if leaf.symbol not in reads(expression.body):
            return sympy.S.Zero
        inside = self._inside({leaf.symbol}, dict(self.layers))
        variable = inside.symbols[_key(leaf)] = Dummy(name)
        within = replace(place, block=place.block.opened())
        value = inside.real(expression.body, within)
        what = variable_name(expression.body.tensor) if isinstance(expression.body, Entry) else "value"
        function = inside.function(f"{what}_of_{name}", (variable,), within.block.lines, value)
        at = tuple(self.integer(index, place) for index in expression.by.indices)
        others = sympy.Tuple(*function.parameters[1:])
        mask = place.mask(place.guard_of(*at))
        return Difference(Str(function.name), Str(name), others, tensor, mask, *at)

    def _recursion(self, tensor: Tensor) -> Symbol:
        """A variable that holds what layers compute one after the other"""
        found, number = tensor.recursion, Dummy("layer", integer=True)
        if found is None:
            raise ValueError(f"{tensor} is not a recursion")
        before = layer_before(found, number)
        own = Dummy("layer"), Dummy("before")
        inside = self._inside({number, before.symbol}, {**self.layers, number: own[0]})
        inside.symbols[_key(before)] = own[1]
        step = inside.tensor(found.step(number, before))
        function = inside.function(f"{tensor.name}_step", own, [], step)
        first, start = self.integer(found.first, Place(Block())), self.tensor(found.start)
        others = sympy.Tuple(*function.parameters[2:])
        layers = ComputedLayers(Str(str(tensor.name)), first, start, Str(function.name), others)
        return self._assigned(tensor, [], layers)

    def _inside(self, varied: set[Basic], layers: dict[Symbol, Symbol]) -> Lowering:
        return Lowering(self.parameters, layers, outer=self, varied=frozenset(varied))

    def function(self, name: str, own: tuple[Symbol, ...], lines: list[Line], result: Expr) -> Function:
        """The function that is lowered here, whose parameters are its own and all that it uses of outer ones."""
        every = [line for block in self.blocks for line in block] + lines
        values = [*(line.value for line in every), result]
        made = {*own, *(line.target for line in every)}
        used = _in_order(set().union(*(value.free_symbols for value in values)) - made)
        name = self.parameters.function_name(name)
        found = Function(name, (*own, *used), tuple(self.blocks), tuple(lines), result)
        self.parameters.functions.append(found)
        return found


def _in_order(symbols: Iterable[Symbol]) -> list[Symbol]:
    return sorted(symbols, key=lambda each: (each.name, getattr(each, "dummy_index", 0)))


def _key(tensor: Tensor) -> Any:
    """What is equal for tensors that are the same: every `y[l]` makes its recursion anew."""
    found = tensor.recursion
    return (tensor.name, found.first, found.start.symbol, found.step, found.shape) if found else tensor.symbol
