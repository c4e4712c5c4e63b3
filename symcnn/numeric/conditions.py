"""The conditions of the lowering: masks of integer relations, and of relations of reals."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import sympy
from sympy import Expr, KroneckerDelta, Piecewise, S, Sum
from sympy import Indexed as SympyIndexed
from sympy.core.relational import Relational
from sympy.core.symbol import Str
from sympy.logic.boolalg import And, Boolean, Not, Or

from ..errors import LanguageError
from ..language.activations import Call
from ..language.fields import FieldSlope, FieldValue, Partial, SlopeAt
from ..language.maxima import IndexedMax
from ..language.symbols import Divides, Iverson, Nonzero
from ..language.tensors import Entry
from .integers import Integers
from .nodes import AnyOf, Compare, Opposite, Remainder
from .place import Mask, Place, all_of, compare, conjuncts

_REAL = (Entry, SympyIndexed, Sum, Iverson, KroneckerDelta, Piecewise, sympy.exp, sympy.tanh)
_REALS = (*_REAL, Call, IndexedMax, FieldValue, FieldSlope, Partial, SlopeAt)


def is_real(expression: Expr) -> bool:
    """Whether an expression cannot be meant as an integer."""
    return bool(expression.has(*_REALS))


@dataclass
class Conditions(Integers, ABC):
    """Conditions as masks."""

    @abstractmethod
    def real(self, expression: Expr, place: Place) -> Expr:
        """A scalar expression. Raises `LanguageError` for a part outside the language, naming it."""

    def condition(self, condition: Boolean, place: Place) -> Mask:
        """A condition as a mask. Raises `LanguageError` for one outside the language."""
        match condition:
            case And():
                return all_of(self.together(condition.args, place))
            case Or():
                return _any_of([self.condition(child, place) for child in condition.args])
            case Not():
                return _opposite(self.condition(condition.args[0], place))
            case Divides():
                divisor, number = condition.args
                return compare("==", self._quotient(Remainder, number, divisor, place), S.Zero)
            case Nonzero():
                return compare("!=", self.real(condition.args[0], place), S.Zero)
            case Relational() if any(map(is_real, condition.args)):
                return self._comparison(condition, place)
            case Relational():
                return self.relation(condition, place)
        if condition in (sympy.true, sympy.false):
            return condition
        raise LanguageError(f"{condition} is not a condition of the language")

    def together(self, conditions: tuple[Boolean, ...], place: Place) -> tuple[Mask, ...]:
        """The masks of several conditions, of which those on sizes and indices guard the others."""
        first = [self.condition(each, place) for each in conditions if not _reads(each)]
        inside = place.within(first)
        rest = [self.condition(each, inside) for each in conditions if _reads(each)]
        return conjuncts((*first, *rest))

    def _comparison(self, relation: Relational, place: Place) -> Mask:
        """A relation of reals"""
        left, right = (self.real(side, place) for side in relation.args)
        if relation.rel_op in (">", ">="):
            return compare("<" if relation.rel_op == ">" else "<=", right, left)
        return compare(relation.rel_op, left, right)


def _reads(condition: Boolean) -> bool:
    return bool(condition.has(Nonzero, *_REALS))


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
