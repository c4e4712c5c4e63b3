"""Index formulas become array expressions: an index is an array along an axis of its own, a sum is `np.sum`.

The axes of a tensor's own indices come last; each sum that is open adds one in front, so that its result
lines up with everything around it. A bracket is a mask, and guards what stands beside it in a product:
nothing is read, and nothing divided, where it is 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sympy
from sympy import (
    Add,
    Dummy,
    Expr,
    Float,
    Integer,
    KroneckerDelta,
    Mul,
    Piecewise,
    Pow,
    Rational,
    S,
    Sum,
    Symbol,
)
from sympy import Indexed as SympyIndexed
from sympy.core.relational import Relational
from sympy.core.symbol import Str
from sympy.logic.boolalg import And, Boolean, Not, Or

from ..errors import LanguageError, NameClash
from ..language.symbols import Divides, Iverson, Nonzero
from ..language.tensors import Entry, Requirement, Tensor, index_letters
from ..language.vocabulary import tensor_of
from .integers import Integers, check_plain, guarded
from .names import shown_name, variable_name
from .nodes import AnyOf, Compare, Extreme, Filled, Literal, Opposite, Read, Remainder, Total, Where, Wrapped
from .place import Block, Line, Mask, Place, all_of, compare, conjuncts


@dataclass
class Lowering(Integers):
    """What has been met so far: parameters, the lines of computed tensors, and what operators ask for."""

    symbols: dict[Any, Symbol] = field(default_factory=dict)
    blocks: list[tuple[Line, ...]] = field(default_factory=list)
    requirements: dict[Requirement, None] = field(default_factory=dict)

    # Tensors

    def tensor(self, tensor: Tensor) -> Symbol:
        """The variable that holds the tensor; its lines are made if it is new. Raises as `real`."""
        if tensor.symbol not in self.symbols:
            self.symbols[tensor.symbol] = self._entered(tensor)
        return self.symbols[tensor.symbol]

    def _entered(self, tensor: Tensor) -> Symbol:
        self._require(tensor)
        if tensor.formula is None:
            return self._leaf(tensor)
        self._enter_leaves(tensor)
        if tensor.literal is not None:
            return self._literal(tensor)
        return self.computed(tensor, tensor.formula)

    def _enter_leaves(self, tensor: Tensor) -> None:
        """So that they come in the order of the operator's arguments."""
        for argument in tensor.operation.arguments if tensor.operation else ():
            if argument.formula is None:
                self.tensor(argument)
            self._enter_leaves(argument)

    def _leaf(self, tensor: Tensor) -> Symbol:
        name = str(tensor.name)
        if name in self.leaves or name in self.sizes:
            raise NameClash(f"two different objects are called {name}")
        self.leaves[name] = tensor
        self.extents(tensor)
        symbol = Dummy(name)
        self.blocks.append((Line(symbol, Wrapped(Str(name), symbol, Integer(tensor.origin))),))
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

    def extents(self, tensor: Tensor) -> tuple[Expr, ...]:
        """The shape of a tensor, in sizes."""
        return tuple(self.integer(extent, Place(Block())) for extent in tensor.shape)

    def _require(self, tensor: Tensor) -> None:
        self.requirements.update(dict.fromkeys(tensor.requirements))

    def requirement(self, requirement: Requirement) -> Mask:
        """Whether the sizes are as an operator needs them."""
        return self.condition(requirement.condition, Place(Block()))

    # Reals

    def real(self, expression: Expr, place: Place) -> Expr:
        """A scalar expression. Raises `LanguageError` for a part outside the language, naming it."""
        match expression:
            case Rational() | Float():
                return expression
            case Add():
                return Add(*(self.real(child, place) for child in expression.args))
            case Mul():
                return self._product(expression, place)
            case Pow() if expression.exp.is_Integer:
                return self._power(expression, place)
            case Sum():
                return self._sum(expression, place)
            case Entry():
                return self.entry(expression.tensor, expression.indices, place)
            case SympyIndexed():
                return self.entry(tensor_of(expression), expression.indices, place)
            case Iverson() | KroneckerDelta() if _bracket(expression) is not None:
                return self._product(expression, place)
            case Piecewise():
                return self._piecewise(expression, place)
            case Symbol() | sympy.floor() | sympy.Mod() | sympy.Max() | sympy.Min():
                return self.integer(expression, place)
        raise LanguageError(f"{expression} is outside the language ({type(expression).__name__})")

    def _product(self, expression: Expr, place: Place) -> Expr:
        """A product, in which the brackets guard the other factors."""
        factors = Mul.make_args(expression)
        brackets = [factor for factor in factors if _bracket(factor) is not None]
        rest = [factor for factor in factors if _bracket(factor) is None]
        conditions = [_bracket(factor) for factor in brackets]
        return self._masked(conditions, lambda at: Mul(*(self.real(each, at) for each in rest)), place)

    def _masked(self, conditions: list[Boolean], value: Callable[[Place], Expr], place: Place) -> Expr:
        """`value` where the conditions hold, 0 elsewhere"""
        parts = (part for each in conditions for part in (each.args if isinstance(each, And) else (each,)))
        masks = conjuncts(self.condition(part, place) for part in parts)
        if masks == (S.false,):
            return S.Zero
        inside = value(place.within(masks))
        return _vanishing(inside, masks, place)

    def _power(self, expression: Pow, place: Place) -> Expr:
        if _bracket(expression) is not None:
            return self._product(expression, place)
        base = self.real(expression.base, place)
        return Pow(base if expression.exp > 0 else guarded(base, place), expression.exp)

    def _piecewise(self, expression: Piecewise, place: Place) -> Expr:
        if expression.args[-1].cond != sympy.true:
            raise LanguageError(f"{expression} has no value where all its conditions fail: end it with (..., True)")
        before: list[Boolean] = []
        parts = []
        for piece in expression.args:
            parts.append(self._piece(piece.expr, [*map(Not, before), piece.cond], place))
            before.append(piece.cond)
        return Add(*parts)

    def _piece(self, value: Expr, conditions: list[Boolean], place: Place) -> Expr:
        return self._masked(conditions, lambda inside: self.real(value, inside), place)

    def _sum(self, expression: Sum, place: Place) -> Expr:
        """The last limit is the outermost sum; each may use the indices of those outside it."""
        inside, opened = place, []
        for limit in reversed(expression.limits):
            check_plain(limit[0])
            lower, upper = (self.integer(bound, inside) for bound in limit[1:])
            symbol = place.block.index(limit[0].name, lower, upper, -inside.depth - 1)
            inside = inside.under_sum(limit[0], symbol, (lower, upper))
            opened.append((symbol, lower, upper, -inside.depth))
        value = _vanishing(self.real(expression.function, inside), inside.guard[len(place.guard) :], inside)
        for symbol, lower, upper, axis in reversed(opened):
            if symbol in place.block.indices_of(value):
                value = Total.over(value, Integer(axis))
            else:
                value = value * _count(lower, upper)
        return value

    def entry(self, tensor: Tensor, indices: tuple[Expr, ...], place: Place) -> Expr:
        """One entry of a tensor; an `inline` or `total` tensor is written out where it is read."""
        at = tuple(self.integer(index, place) for index in indices)
        if tensor.formula is not None and (tensor.inline or tensor.total):
            self._require(tensor)
            own = tuple(Dummy(letter, integer=True) for letter in index_letters(tensor))
            return self.real(tensor.formula(*own), place.inside_of(dict(zip(own, at, strict=True))))
        symbol = self.tensor(tensor)
        if self._surely_inside(tensor, at, place):
            return Read(symbol, S.true, *at)
        return Read(symbol, place.mask(place.guard_of(*at)), *at)

    def _surely_inside(self, tensor: Tensor, indices: tuple[Expr, ...], place: Place) -> bool:
        """Whether each index is a variable that runs over just the range of its axis."""
        ends = [(Integer(tensor.origin), extent + tensor.origin - 1) for extent in self.extents(tensor)]
        return [place.block.ranges.get(index) for index in indices] == ends

    # Conditions

    def condition(self, condition: Boolean, place: Place) -> Mask:
        """A condition as a mask. Raises `LanguageError` for one outside the language."""
        match condition:
            case And():
                return all_of(tuple(self.condition(child, place) for child in condition.args))
            case Or():
                return _any_of([self.condition(child, place) for child in condition.args])
            case Not():
                return _opposite(self.condition(condition.args[0], place))
            case Divides():
                divisor, number = condition.args
                return compare("==", self._quotient(Remainder, number, divisor, place), S.Zero)
            case Nonzero():
                return compare("!=", self.real(condition.args[0], place), S.Zero)
            case Relational():
                return self.relation(condition, place)
        if condition in (sympy.true, sympy.false):
            return condition
        raise LanguageError(f"{condition} is not a condition of the language")


def _bracket(factor: Expr) -> Boolean | None:
    """The condition of a factor that is a bracket, or a power of one, which is the same number"""
    base, exponent = factor.as_base_exp() if isinstance(factor, Pow) else (factor, S.One)
    if exponent.is_Integer and exponent > 0:
        if isinstance(base, Iverson):
            return base.args[0]
        if isinstance(base, KroneckerDelta) and len(base.args) == 2:
            return sympy.Eq(base.args[0], base.args[1], evaluate=False)
    return None


def _vanishing(value: Expr, masks: tuple[Mask, ...], place: Place) -> Expr:
    """The value where the masks hold, 0 elsewhere; a single read that they guard is 0 there by itself."""
    if not masks:
        return value
    _number, factor = value.as_coeff_Mul()
    if isinstance(factor, Read) and place.is_guarded(factor.mask, masks):
        return value
    return Where(place.known(masks), value, S.Zero)


def _count(lower: Expr, upper: Expr) -> Expr:
    """The number of summands, which do not depend on the index"""
    number = upper - lower + 1
    return max(number, S.Zero) if number.is_Integer else Extreme(Str("max"), number, S.Zero)


def _any_of(masks: list[Mask]) -> Mask:
    kept = [mask for mask in masks if mask != S.false]
    if S.true in kept or not kept:
        return S.true if kept else S.false
    return kept[0] if len(kept) == 1 else AnyOf(*kept)


def _opposite(mask: Mask) -> Mask:
    if mask in (S.true, S.false):
        return S.false if mask == S.true else S.true
    if isinstance(mask, Compare) and mask.args[0].name in ("==", "!="):
        return Compare(Str({"==": "!=", "!=": "=="}[mask.args[0].name]), *mask.args[1:])
    return Opposite(mask)
