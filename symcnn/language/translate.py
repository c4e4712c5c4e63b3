"""SymPy expressions become kernel terms. This file is trusted: it says what a user's formula means.

Sums become binders at once, so no name is ever substituted into an expression; tensors that are computed
become definitions, or are written out where they are read if they are `inline`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import lcm
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
    Sum,
    Symbol,
)
from sympy import Indexed as SympyIndexed
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean, Not, Or

from ..errors import LanguageError, NameClash
from ..kernel import Definition, Field, Function, Leaf, Term, terms
from . import calculus
from .activations import Call, known_activation
from .depth import LAYER, SizeOfLayer
from .fields import FieldSlope, FieldValue, Partial, SlopeAt
from .maxima import IndexedMax
from .quotients import quotient
from .symbols import Divides, Iverson, Nonzero
from .tensors import Entry, Requirement, Tensor, check_name, index_letters, reads_its_range
from .text import plain
from .vocabulary import check_decimal, check_plain, tensor_of

Bound = Mapping[Symbol, Term]
MINUS_ONE = terms.integer(-1)


class BoundIndex(Exception):
    """A tensor depends on an index that is bound where it is read, so it cannot have a definition of its own."""


@dataclass
class Translation:
    """What has been met so far in one statement: its integers, leaves, definitions and requirements, by name.

    Without `reserved` names it is a first look, which calls tensors without a name ?0, ?1, ...; knowing all names
    that a user has given, a second one can call them W and Y.
    """

    integers: dict[str, Symbol] = field(default_factory=dict)
    leaves: dict[str, Leaf] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    tensors: dict[str, Tensor] = field(default_factory=dict)
    requirements: dict[Term, str] = field(default_factory=dict)
    made: dict[Any, str] = field(default_factory=dict)
    decimals: set[Fraction] = field(default_factory=set)
    reserved: frozenset[str] = frozenset()  # names that tensors without a name must not take
    binders: int = 0
    sequences: dict[str, None] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # what the names of sequences, functions and fields name
    layers: dict[Symbol, Term] = field(default_factory=dict)  # the number of a layer, within a recursion
    hidden: frozenset[Symbol] = frozenset()  # indices that are bound around the tensor that is being entered

    def claim_name(self, name: str, kind: str) -> None:
        """Return if a sequence, function or field can be called so; raise `NameClash` otherwise."""
        taken = name in self.integers or name in self.tensors or name in self.leaves
        if taken or self.kinds.setdefault(name, kind) != kind:
            raise NameClash(f"two different objects are called {name}")

    def open_layer(self, number: Symbol, layer: Term) -> None:
        """Inside the formula of a layer, `number` stands for it everywhere."""
        self.layers[number] = layer

    def close_layer(self, number: Symbol) -> None:
        """The formula of the layer is complete."""
        del self.layers[number]

    def forget(self, name: str) -> None:
        """A definition is written out wherever it is read, and needed no more."""
        del self.definitions[name]
        tensor = self.tensors.pop(name)
        self.made.pop(tensor.symbol, None)

    def given_names(self) -> frozenset[str]:
        """The names that the user has given to sizes and tensors."""
        own = (*self.integers, *self.sequences, *self.functions, *self.fields)
        return frozenset([*own, *(each.name for each in self.tensors.values() if each.name is not None)])

    # Integers

    def integer(self, expression: Expr, bound: Bound) -> Term:
        """An integer expression. Raises `LanguageError` for a part that is none, naming it."""
        match expression:
            case Integer():
                return terms.integer(int(expression))
            case Symbol():
                return self._symbol(expression, bound)
            case SizeOfLayer():
                return calculus.size_of_layer(self, expression, bound)
            case Add():
                return terms.add(*(self.integer(child, bound) for child in expression.args))
            case Mul():
                return terms.multiply(*(self.integer(child, bound) for child in expression.args))
            case Pow() if expression.exp.is_Integer and expression.exp >= 0:
                return terms.power(self.integer(expression.base, bound), int(expression.exp))
            case sympy.floor():
                return self._floor(expression.args[0], bound)
            case sympy.Mod():
                number, divisor = (self.integer(child, bound) for child in expression.args)
                multiple = terms.multiply(MINUS_ONE, divisor, terms.floor(number, divisor))
                return terms.add(number, multiple)
            case sympy.Max():
                return reduce(terms.larger, (self.integer(child, bound) for child in expression.args))
            case sympy.Min():
                negated = (self.integer(-child, bound) for child in expression.args)
                return terms.multiply(MINUS_ONE, reduce(terms.larger, negated))
        raise LanguageError(f"{plain(expression)} is not an integer expression of the language")

    def _symbol(self, symbol: Symbol, bound: Bound) -> Term:
        if symbol in bound:
            return bound[symbol]
        if symbol in self.layers:
            return self.layers[symbol]
        if symbol in self.hidden:
            raise BoundIndex
        name = symbol.name
        if isinstance(symbol, Dummy):
            raise LanguageError(f"{name} is an index of a sum or tensor and stands outside of it")
        check_name(name)
        check_plain(symbol, "state what you assume of it in given=[...]")
        if (
            name in self.kinds
            or name in self.tensors
            or name in self.leaves
            or self.integers.setdefault(name, symbol) != symbol
        ):
            raise NameClash(f"two different objects are called {name}")
        return terms.variable(name)

    def _floor(self, expression: Expr, bound: Bound) -> Term:
        whole = quotient(expression)
        return terms.floor(self.integer(whole.numerator, bound), self.integer(whole.denominator, bound))

    # Reals

    def real(self, expression: Expr, bound: Bound) -> Term:
        """A scalar expression. Raises `LanguageError` for a part outside the language, naming it."""
        if _is_integer(expression) and expression.is_integer:  # to ask SymPy about sums takes time
            return (
                terms.real(self.integer(expression, bound)) if not expression.is_Integer else self._number(expression)
            )
        extension = next((make for kind, make in _EXTENSIONS.items() if isinstance(expression, kind)), None)
        if extension is not None:
            return extension(self, expression, bound)
        match expression:
            case Rational() | Float():
                return self._number(expression)
            case Add():
                return terms.add(*(self.real(child, bound) for child in expression.args))
            case Mul():
                return terms.multiply(*(self.real(child, bound) for child in expression.args))
            case Pow() if expression.exp.is_Integer:
                return self._power(expression, bound)
            case Sum():
                return self._sum(expression, bound)
            case Entry():
                return self.entry(expression.tensor, expression.indices, bound)
            case SympyIndexed():
                return self.entry(tensor_of(expression), expression.indices, bound)
            case Iverson():
                return terms.bracket(self.condition(expression.args[0], bound))
            case KroneckerDelta() if len(expression.args) == 2:
                left, right = (self.integer(child, bound) for child in expression.args)
                return terms.bracket(terms.equal(left, right))
            case Piecewise():
                return self._piecewise(expression, bound)
            case sympy.exp() | sympy.tanh():
                return self.real(known_activation(type(expression).__name__)(expression.args[0]), bound)
            case sympy.Max() | sympy.Min() if not _is_integer(expression):
                return self._extreme(expression, bound)
            case Symbol() | sympy.floor() | sympy.Mod() | sympy.Max() | sympy.Min():
                return terms.real(self.integer(expression, bound))
        raise LanguageError(
            f"{plain(expression)} is outside the language ({type(expression).__name__}): scalars are made of rationals,"
            " integer symbols, tensor entries, +, *, integer powers, Sum, Iverson, floor, Mod, Min, Max, IndexedMax,"
            " activations, scalar fields and Partial"
        )

    def _extreme(self, expression: Expr, bound: Bound) -> Term:
        """The largest or smallest of several reals."""
        parts = [self.real(child, bound) for child in expression.args]
        if isinstance(expression, sympy.Max):
            return reduce(terms.larger, parts)
        minus = terms.rational(-1)
        return terms.multiply(minus, reduce(terms.larger, (terms.multiply(minus, part) for part in parts)))

    def _number(self, expression: Expr) -> Term:
        """A rational as it is; a float as the decimal that it is written as: 0.299 is 299/1000."""
        if isinstance(expression, Float):
            check_decimal(expression)
            self.decimals.add(abs(Fraction(str(expression))))
        return terms.rational(Fraction(str(expression)))

    def _power(self, expression: Pow, bound: Bound) -> Term:
        base, exponent = self.real(expression.base, bound), int(expression.exp)
        raised = base if abs(exponent) == 1 else terms.power(base, abs(exponent))
        return raised if exponent > 0 else terms.inverse(raised)

    def _sum(self, expression: Sum, bound: Bound) -> Term:
        """The last limit is the outermost sum; each may use the indices of those outside it."""
        inside, opened = dict(bound), []
        for limit in reversed(expression.limits):
            if len(limit) != 3:
                raise LanguageError(f"the sum over {limit[0]} in {plain(expression)} has no range")
            index, lower, upper = limit
            range_ = (self.integer(lower, inside), self.integer(upper, inside))
            name = self.binder(index)
            inside[index] = terms.variable(name)
            opened.append((index.name, name, *range_))
        body = self.real(expression.function, inside)
        for letter, name, low, high in reversed(opened):
            body = Term("sum", (low, high, terms.abstract(body, name)), hint=letter)
        return body

    def binder(self, index: Symbol) -> str:
        """A name for an index that is bound. SymPy must not know more of it than that it is an integer: it would
        simplify the summand by what it knows, whatever the range."""
        if not isinstance(index, Symbol):
            raise LanguageError(f"the index {index} of a sum is not a symbol: make it with sizes()")
        check_name(index.name)
        check_plain(index, "its range says what it is")
        self.binders += 1
        return f"{index.name}@{self.binders}"

    def _piecewise(self, expression: Piecewise, bound: Bound) -> Term:
        """The value of the first piece whose condition holds; 0 where none does is not SymPy's, so it is refused."""
        if expression.args[-1].cond != sympy.true:
            raise LanguageError(
                f"{plain(expression)} has no value where all its conditions fail: end it with (..., True)"
            )
        before: list[Term] = []
        parts = []
        for piece in expression.args:
            condition = self.condition(piece.cond, bound)
            where = terms.all_of(*map(terms.negation, before), condition) if before else condition
            parts.append(terms.multiply(terms.bracket(where), self.real(piece.expr, bound)))
            before.append(condition)
        return terms.add(*parts)

    # Tensors

    def entry(self, tensor: Tensor, indices: tuple[Expr, ...], bound: Bound, within: bool = False) -> Term:
        """One entry of a tensor, which is entered if it is new, or written out if it is `inline`.

        An `inline` tensor whose formula may be read out of range, such as X - X, is written out only `within`: where
        the indices are known to be in range. A computed tensor whose formula speaks of an index that is bound where it
        is read, such as (A[k] @ x)[1] under a sum over k, is written out too: the k in it is that of the sum.
        Raises `LanguageError` where a recursion speaks of such an index.
        """
        values = tuple(self.integer(index, bound) for index in indices)
        if not tensor.inline or tensor.formula is None or not (within or reads_its_range(tensor)):
            try:
                with self._hiding(self.hidden.union(bound)):
                    return terms.entry(self._independent(tensor), *values)
            except BoundIndex as index:
                if tensor.formula is None:
                    where = "an index of a sum or maximum that it is read under"
                    raise LanguageError(f"{tensor} depends on {where}") from index
        return self._written_out(tensor, values, bound)

    @contextmanager
    def _hiding(self, indices: frozenset[Symbol]) -> Iterator[None]:
        """Inside, these indices are bound around the tensor that is being entered"""
        outer, self.hidden = self.hidden, indices
        try:
            yield
        finally:
            self.hidden = outer

    def _independent(self, tensor: Tensor) -> str:
        """The name of a tensor. Raises `BoundIndex` if it speaks of an index that is bound where it is read."""
        name = self.tensor(tensor)
        names = {symbol.name for symbol in self.hidden if not isinstance(symbol, Dummy)}
        if names and not names.isdisjoint(self._free_in(name)):
            raise BoundIndex
        return name

    def _free_in(self, name: str) -> frozenset[str]:
        """The sizes that a definition speaks of, and those that it reads"""
        definition = self.definitions.get(name)
        if definition is None:
            return frozenset()
        parts = (definition.body, *(definition.shape or ()))
        read = frozenset().union(*map(terms.names_in, parts))
        return read.union(*(self._free_in(each) for each in read if each in self.definitions and each != name))

    def _written_out(self, tensor: Tensor, values: tuple[Term, ...], bound: Bound) -> Term:
        """The formula of a tensor at these indices, in which bound indices mean what they mean outside.

        What its operator requires is asked where it speaks of sizes; of a bound index only the formula asks."""
        for requirement in tensor.requirements:
            with suppress(BoundIndex), self._hiding(self.hidden.union(bound)):
                self._require((requirement,))
        symbols = tuple(Dummy(letter, integer=True) for letter in index_letters(tensor))
        formula = tensor.formula
        if formula is None:
            raise LanguageError(f"{tensor} has no formula to be written out")
        return self.real(formula(*symbols), {**bound, **dict(zip(symbols, values, strict=True))})

    def shape(self, tensor: Tensor) -> tuple[Term, ...]:
        """The extents of a tensor."""
        return tuple(self.integer(extent, {}) for extent in tensor.shape)

    def tensor(self, tensor: Tensor) -> str:
        """The name that the tensor has in this statement; it is entered if it is new.

        Raises `NameClash` if something else has its name.
        """
        if tensor.symbol in self.made:
            return self.made[tensor.symbol]
        name = self._leaf(tensor) if tensor.formula is None else self._definition(tensor, tensor.formula)
        self.made[tensor.symbol] = name
        return name

    def _leaf(self, tensor: Tensor) -> str:
        """A leaf is the same wherever it is read; its extents speak of sizes, never of indices."""
        if tensor.recursion is not None:
            return self._recursion(tensor)
        bound = {LAYER: terms.variable(LAYER.name)} if tensor.layers else {}
        with self._hiding(frozenset()):
            shape = tuple(self.integer(extent, bound) for extent in tensor.shape)
        layers = tuple(layer.name for layer in tensor.layers)
        name, leaf = str(tensor.name), Leaf(str(tensor.name), shape, tensor.origin, layers)
        taken = name in self.kinds or name in self.integers or name in self.definitions
        if taken or self.leaves.setdefault(name, leaf) != leaf:
            raise NameClash(f"two different objects are called {name}")
        self.tensors.setdefault(name, tensor)
        return name

    def _recursion(self, tensor: Tensor) -> str:
        name = str(tensor.name)
        definition = calculus.recursion(self, tensor, name)
        taken = name in self.kinds or name in self.integers or name in self.leaves
        if taken or self.definitions.setdefault(name, definition) != definition:
            raise NameClash(f"two different objects are called {name}")
        self.tensors.setdefault(name, tensor)
        return name

    def _definition(self, tensor: Tensor, formula: Callable[..., Expr]) -> str:
        self._require(tensor.requirements)
        symbols = tuple(Dummy(letter, integer=True) for letter in index_letters(tensor))
        names = tuple(f"@{position}" for position in range(tensor.rank))
        body = self.real(formula(*symbols), dict(zip(symbols, map(terms.variable, names), strict=True)))
        shape = None if tensor.total else self.shape(tensor)
        definition = Definition("", names, body, shape, tensor.origin)
        return self._named(tensor, definition)

    def _named(self, tensor: Tensor, definition: Definition) -> str:
        wanted = self._wanted_name(tensor)
        for name in _variants(wanted):
            made = Definition(name, definition.indices, definition.body, definition.shape, definition.origin)
            if self.definitions.get(name) == made:
                return name
            free = tensor.name is not None or name not in self.reserved
            if free and name not in self.integers and name not in self.tensors and name not in self.kinds:
                self.definitions[name], self.tensors[name] = made, tensor
                return name
            if tensor.name is not None:
                raise NameClash(f"two different objects are called {wanted}")
        raise NameClash(f"no name is left for {wanted}")

    def _wanted_name(self, tensor: Tensor) -> str:
        if tensor.name is not None:
            return tensor.name
        if tensor.operation is None and not self.reserved:
            return f"?{len(self.definitions)}"
        if tensor.operation is None:
            return "W" if tensor.literal is not None else "Y"
        arguments = (self._argument_name(argument) for argument in tensor.operation.arguments)
        settings = (f"{name}={value}" for name, value in tensor.operation.parameters)
        return f"{tensor.operation.name}({', '.join((*arguments, *settings))})"

    def _argument_name(self, argument: Tensor) -> str:
        if not argument.inline or argument.operation is None:
            return str(argument) if argument.inline else self.tensor(argument)
        if argument.operation.name == "layer":
            return str(argument)
        parts = [self._argument_name(inner) for inner in argument.operation.arguments]
        parts += [str(value) for _, value in argument.operation.parameters]
        return f"{argument.operation.name}({', '.join(parts)})"

    def _require(self, requirements: tuple[Requirement, ...]) -> None:
        for requirement in requirements:
            self.requirements.setdefault(self.condition(requirement.condition, {}), requirement.reason)

    # Conditions

    def condition(self, condition: Boolean, bound: Bound) -> Term:
        """A condition on integers (or `Nonzero`). Raises `LanguageError` for any other."""
        match condition:
            case And() | Or() | Not():
                return _JOINS[type(condition)](*(self.condition(child, bound) for child in condition.args))
            case Divides():
                divisor, number = (self.integer(child, bound) for child in condition.args)
                return terms.equal(terms.multiply(divisor, terms.floor(number, divisor)), number)
            case Nonzero():
                return terms.nonzero(self.real(condition.args[0], bound))
            case Relational():
                return self._relation(condition, bound)
        if condition in (sympy.true, sympy.false):
            return terms.TRUE if condition == sympy.true else terms.FALSE
        raise LanguageError(f"{plain(condition)} is not a condition of the language")

    def _relation(self, relation: Relational, bound: Bound) -> Term:
        if not all(isinstance(side, Expr) for side in relation.args):
            raise LanguageError(f"the condition {plain(relation)} compares more than integers")
        if not all(map(_is_integer, relation.args)):
            return self._comparison(relation, bound)
        left, right = self._without_denominators(relation, bound)
        match relation.rel_op:
            case "<=":
                return terms.at_most(left, right)
            case ">=":
                return terms.at_most(right, left)
            case "<":
                return terms.at_most(terms.add(left, terms.integer(1)), right)
            case ">":
                return terms.at_most(terms.add(right, terms.integer(1)), left)
            case "==":
                return terms.equal(left, right)
            case "!=":
                return terms.negation(terms.equal(left, right))
        raise LanguageError(f"{plain(relation)} is not a relation of the language")

    def _comparison(self, relation: Relational, bound: Bound) -> Term:
        """A relation of reals"""
        left, right = (self.real(side, bound) for side in relation.args)
        match relation.rel_op:
            case "<=" | ">=":
                return terms.at_most(*((left, right) if relation.rel_op == "<=" else (right, left)))
            case "<" | ">":
                return terms.less(*((left, right) if relation.rel_op == "<" else (right, left)))
            case "==":
                return terms.equal(left, right)
            case "!=":
                return terms.negation(terms.equal(left, right))
        raise LanguageError(f"{plain(relation)} is not a relation of the language")

    def _without_denominators(self, relation: Relational, bound: Bound) -> tuple[Term, Term]:
        """Both sides times the common multiple of their literal denominators, so that they are integers."""
        sides = [quotient(side) for side in relation.args]
        scale = lcm(*(side.number for side in sides))
        try:
            if any(side.factors for side in sides):
                raise LanguageError("a quotient is no integer")
            left, right = (self.integer(side.numerator * (scale // side.number), bound) for side in sides)
        except LanguageError as error:
            raise LanguageError(f"the condition {plain(relation)} compares more than integers: {error}") from error
        return left, right


def _is_integer(expression: Expr) -> bool:
    """Whether an expression can be meant as an integer (or as a quotient of integers in a condition)"""
    reals = (Entry, SympyIndexed, Sum, Iverson, KroneckerDelta, Piecewise, sympy.exp, sympy.tanh, *_EXTENSIONS)
    return not expression.has(*reals)


_EXTENSIONS: dict[Any, Callable[[Translation, Any, Bound], Term]] = {
    Call: calculus.call,
    IndexedMax: calculus.maximum,
    FieldValue: calculus.field_value,
    FieldSlope: calculus.slope,
    Partial: calculus.partial,
    SlopeAt: calculus.partial_at,
}
_JOINS: dict[Any, Callable[..., Term]] = {And: terms.all_of, Or: terms.any_of, Not: terms.negation}


def _variants(name: str) -> list[str]:
    return [name, *(f"{name}_{number}" for number in range(2, 1000))]
