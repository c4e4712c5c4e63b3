"""Index formulas become array expressions: an index is an array along an axis of its own, a sum is `np.sum`.

The axes of a tensor's own indices come last; each sum or maximum that is open adds one in front, so that its
result lines up with everything around it. A bracket is a mask, and guards what stands beside it in a product:
nothing is read, and nothing divided, where it is 0.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

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
from sympy.core.symbol import Str
from sympy.logic.boolalg import And, Boolean, Not

from ..errors import LanguageError
from ..kernel.functions import KNOWN
from ..language.activations import Call, known_activation
from ..language.depth import SizeOfLayer
from ..language.fields import FieldSlope, FieldValue, Partial, SlopeAt
from ..language.maxima import IndexedMax
from ..language.symbols import Iverson
from ..language.tensors import Entry, Tensor, index_letters
from ..language.vocabulary import tensor_of
from .activations import called
from .conditions import Conditions, is_real
from .integers import check_plain, guarded
from .names import variable_name
from .nodes import Applied, Extreme, FieldAt, FieldDifference, Largest, Read, Total, Where
from .place import Block, Mask, Place, compare, conjuncts

_Opened = tuple[Symbol, Expr, Expr, int]  # an index, its range, its axis


@dataclass
class Reals(Conditions):
    """Scalar expressions as expressions of arrays."""

    @abstractmethod
    def tensor(self, tensor: Tensor) -> Symbol:
        """The variable that holds the tensor; its lines are made if it is new. Raises as `real`."""

    @abstractmethod
    def partial(self, expression: Partial | SlopeAt, place: Place) -> Expr:
        """The derivative of an expression by an entry of a leaf, or of what varies in its place."""

    def extents(self, tensor: Tensor) -> tuple[Expr, ...]:
        """The shape of a tensor, in sizes."""
        return tuple(self.integer(extent, Place(Block())) for extent in tensor.shape)

    def require(self, tensor: Tensor) -> None:
        """Keep what the operator of a tensor asks of the sizes, unless it is of the sizes of some layer."""
        known = (each for each in tensor.requirements if not each.condition.atoms(Dummy))
        self.parameters.requirements.update(dict.fromkeys(known))

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
            case IndexedMax():
                return self._maximum(expression, place)
            case Entry():
                return self.entry(expression.tensor, expression.indices, place)
            case SympyIndexed():
                return self.entry(tensor_of(expression), expression.indices, place)
            case Iverson() | KroneckerDelta() if _bracket(expression) is not None:
                return self._product(expression, place)
            case Piecewise():
                return self._piecewise(expression, place)
            case Call() | sympy.exp() | sympy.tanh():
                return self._call(expression, place)
            case FieldValue() | FieldSlope():
                return self._field(expression, place)
            case Partial() | SlopeAt():
                return self.partial(expression, place)
            case sympy.Max() | sympy.Min() if is_real(expression):
                name = "np.maximum" if isinstance(expression, sympy.Max) else "np.minimum"
                return Extreme(Str(name), *(self.real(child, place) for child in expression.args))
            case Symbol() | sympy.floor() | sympy.Mod() | sympy.Max() | sympy.Min() | SizeOfLayer():
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
        masks = self.together(_parts(conditions), place)
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

    # Sums and maxima

    def _opened(self, limits: tuple[tuple[Expr, ...], ...], place: Place) -> tuple[Place, list[_Opened]]:
        """The place inside of a sum or maximum. The last limit is the outermost; each may use those outside it."""
        inside, opened = place, []
        for limit in reversed(limits):
            check_plain(limit[0])
            lower, upper = (self.integer(bound, inside) for bound in limit[1:])
            symbol = place.block.index(limit[0].name, lower, upper, -inside.depth - 1)
            inside = inside.under_sum(limit[0], symbol, (lower, upper))
            opened.append((symbol, lower, upper, -inside.depth))
        return inside, opened[::-1]

    def _sum(self, expression: Sum, place: Place) -> Expr:
        inside, opened = self._opened(expression.limits, place)
        value = _vanishing(self.real(expression.function, inside), inside.guard[len(place.guard) :], inside)
        for symbol, lower, upper, axis in opened:
            if symbol in place.block.indices_of(value):
                value = Total.over(value, Integer(axis))
            else:
                value = value * _count(lower, upper)
        return value

    def _maximum(self, expression: IndexedMax, place: Place) -> Expr:
        """-inf where there is nothing to take the maximum of"""
        inside, opened = self._opened(expression.limits, place)
        inside = inside.within(self.together(_parts([expression.where]), inside))
        value = self.real(expression.body, inside)
        masks = list(inside.guard[len(place.guard) :])
        reached = place.block.indices_of(value, *masks)
        masks += [compare("<=", lower, upper) for symbol, lower, upper, _ in opened if symbol not in reached]
        kept = conjuncts(masks)
        if kept:
            value = Where(inside.known(kept), value, S.NegativeInfinity)
        axes = [Integer(axis) for symbol, _, _, axis in opened if symbol in reached]
        return Largest(value, *axes) if axes else value

    # Functions

    def _call(self, expression: Expr, place: Place) -> Expr:
        """The value of an activation"""
        if not isinstance(expression, Call):
            expression = known_activation(type(expression).__name__)(expression.args[0])
        activation, argument = expression.activation, self.real(expression.args[1], place)
        if activation.name in KNOWN:
            return Applied(Str(called(activation.name, activation.order)), argument)
        return Applied(self.parameters.activation(activation), argument)

    def _field(self, expression: FieldValue | FieldSlope, place: Place) -> Expr:
        """The value or a derivative of a scalar field at a tensor"""
        symbol = self.parameters.field(str(expression.args[0].field.name))
        tensor = self.tensor(expression.tensor)
        if isinstance(expression, FieldValue):
            return FieldAt(symbol, tensor)
        at = tuple(self.integer(index, place) for index in expression.indices)
        name = Str(variable_name(expression.tensor))
        return FieldDifference(symbol, name, tensor, place.mask(place.guard_of(*at)), *at)

    def entry(self, tensor: Tensor, indices: tuple[Expr, ...], place: Place) -> Expr:
        """One entry of a tensor; an `inline` or `total` tensor is written out where it is read."""
        at = tuple(self.integer(index, place) for index in indices)
        if tensor.formula is not None and (tensor.inline or tensor.total):
            self.require(tensor)
            own = tuple(Dummy(letter, integer=True) for letter in index_letters(tensor))
            return self.real(tensor.formula(*own), place.inside_of(dict(zip(own, at, strict=True))))
        symbol = self.tensor(tensor)
        if self._surely_inside(tensor, at, place):
            return Read(symbol, S.true, *at)
        return Read(symbol, place.mask(place.guard_of(*at)), *at)

    def _surely_inside(self, tensor: Tensor, indices: tuple[Expr, ...], place: Place) -> bool:
        """Whether each index is a variable that runs over just the range of its axis."""
        if tensor.layers:
            return False
        ends = [(Integer(tensor.origin), extent + tensor.origin - 1) for extent in self.extents(tensor)]
        return [place.block.ranges.get(index) for index in indices] == ends


def _parts(conditions: list[Boolean]) -> tuple[Boolean, ...]:
    return tuple(part for each in conditions for part in (each.args if isinstance(each, And) else (each,)))


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
