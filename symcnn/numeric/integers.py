"""The integer part of the lowering: sizes, indices, floors and comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from math import lcm

import sympy
from sympy import Add, Dummy, Expr, Integer, Mul, Pow, Rational, S, Symbol
from sympy.core.relational import Relational
from sympy.core.symbol import Str

from ..errors import LanguageError
from ..language.depth import SizeOfLayer
from ..language.vocabulary import PLAIN
from .nodes import Extreme, Quotient, Remainder, SizeAt, Where
from .parameters import Parameters
from .place import Mask, Place, compare


@dataclass
class Integers:
    """The parameters that were met, and the variables that stand for the numbers of layers within recursions."""

    parameters: Parameters = field(default_factory=Parameters)
    layers: Mapping[Symbol, Symbol] = field(default_factory=dict)

    def integer(self, expression: Expr, place: Place) -> Expr:
        """An integer expression. Raises `LanguageError` for a part that is none, naming it."""
        match expression:
            case Integer():
                return expression
            case Symbol():
                return self._symbol(expression, place)
            case SizeOfLayer():
                name, layer = expression.args
                return SizeAt(self.parameters.sequence(name.name), self.integer(layer, place))
            case Add() | Mul():
                return expression.func(*(self.integer(child, place) for child in expression.args))
            case Pow() if expression.exp.is_Integer and expression.exp >= 0:
                return self.integer(expression.base, place) ** expression.exp
            case sympy.floor():
                numerator, denominator = sympy.fraction(sympy.together(expression.args[0]))
                return self._quotient(Quotient, numerator, denominator, place)
            case sympy.Mod():
                number, divisor = expression.args
                return self._quotient(Remainder, number, divisor, place)
            case sympy.Max() | sympy.Min():
                return self._extreme(expression, place)
        raise LanguageError(f"{expression} is not an integer expression of the language")

    def _symbol(self, symbol: Symbol, place: Place) -> Expr:
        if symbol in place.indices:
            return place.indices[symbol]
        if symbol in self.layers:
            return self.layers[symbol]
        if isinstance(symbol, Dummy):
            raise LanguageError(f"{symbol.name} is an index of a sum or tensor and stands outside of it")
        check_plain(symbol)
        return self.parameters.size(symbol)

    def _quotient(self, kind: type[Expr], number: Expr, divisor: Expr, place: Place) -> Expr:
        lowered = self.integer(divisor, place)
        safe = guarded(lowered, place) if place.block.indices_of(lowered) else lowered
        return kind(self.integer(number, place), safe)

    def _extreme(self, expression: Expr, place: Place) -> Expr:
        parts = [self.integer(child, place) for child in expression.args]
        arrays = place.block.indices_of(*parts)
        names = ("np.maximum", "max") if isinstance(expression, sympy.Max) else ("np.minimum", "min")
        return Extreme(Str(names[0 if arrays else 1]), *parts)

    def relation(self, relation: Relational, place: Place) -> Mask:
        """Both sides times the common multiple of their literal denominators, so that they are integers."""
        scale = reduce(lcm, (int(number.q) for number in relation.atoms(Rational)), 1)
        try:
            left, right = (self.integer(sympy.expand(scale * side), place) for side in relation.args)
        except LanguageError as error:
            raise LanguageError(f"the condition {relation} compares more than integers: {error}") from error
        ranges = place.block.fixed_ranges()
        match relation.rel_op:
            case ">=":
                return compare("<=", right, left, ranges)
            case ">":
                return compare("<=", right + 1, left, ranges)
            case "<":
                return compare("<=", left + 1, right, ranges)
            case sign:
                return compare(sign, left, right, ranges)


def check_plain(symbol: Symbol) -> None:
    """Return if all that SymPy knows of the symbol is that it is an integer: by more it would simplify.

    Raises `LanguageError` otherwise.
    """
    if symbol.assumptions0 != PLAIN:
        raise LanguageError(f"{symbol.name} is not a plain integer symbol: make it with sizes({symbol.name!r})")


def guarded(divisor: Expr, place: Place) -> Expr:
    """The divisor, and 1 where it does not matter: no division by 0 there"""
    guard = () if divisor.is_Number else place.guard_of(divisor)
    return Where(place.mask(guard), divisor, S.One) if guard else divisor
