"""What formulas mean in a world: numbers and tensors of the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sympy
from sympy import Add, Eq, Expr, Ge, Gt, Le, Lt, Ne
from sympy.logic.boolalg import And, Boolean

from ..errors import LanguageError, ShapeError
from ..language.depth import LayerTensor
from ..language.fields import ScalarField
from ..language.symbols import divides
from ..language.tensors import Tensor, is_integer_like
from . import applied, derivatives, forms, names, recursions, scripts
from .arithmetic import Number as Digits
from .references import Reference, indices_of, reference
from .runs import End
from .syntax import (
    Big,
    Bracketed,
    Cases,
    Chain,
    Derivative,
    Dots,
    Fraction,
    Gradient,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Times,
    Word,
)
from .unfolding import equation_for_all, is_written_out, require_no_circle
from .values import (
    Scalar,
    Value,
    added,
    described,
    divided,
    negated,
)
from .world import Array, Definition, Field, Key, Unknown, World
from .written import latex

_RELATIONS = {"=": Eq, "!=": Ne, "<": Lt, "<=": Le, ">": Gt, ">=": Ge, "divides": divides}


@dataclass(frozen=True)
class Meaning:
    """Reads formulas in a world; `scope` are the indices that are bound, or free in the statement."""

    world: World
    scope: Mapping[str, Expr] = field(default_factory=dict)
    known: dict[Key, Value] = field(default_factory=dict, compare=False, repr=False)

    def within(self, scope: Mapping[str, Expr]) -> Meaning:
        """The same, where more indices are bound."""
        return Meaning(self.world, {**self.scope, **scope}, self.known)

    def varying(self, key: Key, tensor: Tensor) -> Meaning:
        """The same, where something computed varies by itself."""
        return Meaning(self.world.with_free(key, tensor), self.scope)

    # Numbers

    def number(self, node: Node) -> Expr:
        """A scalar expression. Raises `ShapeError` for a tensor."""
        value = self.value(node)
        if not isinstance(value, Scalar):
            raise ShapeError(f"{latex(node)} is {described(value)}, and should be a number")
        return value.expression

    def integer(self, node: Node) -> Expr:
        """An integer expression. Raises `LanguageError` for any other."""
        found = self._count(node)
        for term in Add.make_args(found):
            above, below = sympy.fraction(term)
            if not term.is_integer and below != 1:
                words = f"{latex(node)} is an integer only if one divides the other"
                raise LanguageError(f"{words}: declare given: {sympy.sstr(below)} divides {sympy.sstr(above)}")
        return found

    def first(self, end: End) -> Expr:
        """Where an index begins: a bound that is a quotient is rounded up. Raises `LanguageError` as `integer` does."""
        if end.is_value:
            return self.integer(end.at)
        bound = self._count(end.at)
        return sympy.floor(bound) + 1 if end.is_strict else -sympy.floor(-bound)

    def last(self, end: End) -> Expr:
        """Where an index ends: a bound that is a quotient is rounded down. Raises `LanguageError` as `integer` does."""
        bound = self._count(end.at)
        return -sympy.floor(-bound) - 1 if end.is_strict else sympy.floor(bound)

    def _count(self, node: Node) -> Expr:
        """An expression of integers, in which what is given to divide is divided"""
        found = self.number(node)
        if not is_integer_like(found):
            raise LanguageError(f"{latex(node)} is no integer expression")
        if found.is_integer:
            return found
        return Add(*map(self._divided, Add.make_args(sympy.expand(found))))

    def _divided(self, term: Expr) -> Expr:
        above, below = sympy.fraction(term)
        return sympy.floor(term) if not term.is_integer and divides(below, above) in self.world.given else term

    def condition(self, node: Node) -> Boolean:
        """A condition on indices and sizes, or a comparison of reals. Raises `LanguageError` for anything else."""
        if isinstance(node, Bracketed):
            return And(*map(self.condition, node.items))
        if not isinstance(node, Chain):
            raise LanguageError(f"{latex(node)} is no condition")
        parts = []
        for left, relation, right in zip(node.items, node.relations, node.items[1:], strict=False):
            if relation not in _RELATIONS or left is None or right is None:
                raise LanguageError(f"{latex(node)} is no condition on indices or sizes")
            parts.append(_RELATIONS[relation](self.number(left), self.number(right)))
        return And(*parts)

    # Anything

    def value(self, node: Node) -> Value:
        """What a part of a formula is.

        Raises `Unknown`, `ShapeError` or `LanguageError`, with the part written out, where it is nothing.
        """
        match node:
            case Number(digits):
                return Scalar(Digits(digits))
            case Name() | Word():
                return names.named(self, node)
            case Scripted(Number("1"), 0, (Chain() as inside,)):
                return forms.iverson(self, Bracketed("[", (inside,)), inside)
            case Scripted():
                named = reference(node, self.world) is not None
                return names.named(self, node) if named else scripts.of_brackets(self, node)
            case Plus(terms):
                return self._sum(terms)
            case Negative(term):
                return negated(self.value(term))
            case Times():
                return applied.product(self, node)
            case Fraction(above, below):
                return divided(self.value(above), self.value(below))
            case Derivative(of, by):
                return derivatives.derivative(self, of, by)
            case Gradient(by, of):
                return derivatives.gradient_of(self, of, by)
            case Big():
                return forms.big(self, node)
            case Bracketed():
                return forms.bracketed(self, node)
            case Matrix():
                return forms.matrix(self, node)
            case Cases():
                return forms.cases(self, node)
            case Dots():
                raise LanguageError("what stands for the dots is not said")
        raise LanguageError(f"{latex(node)} has no value")

    def _sum(self, terms: tuple[Node, ...]) -> Value:
        made = self.value(terms[0])
        for term in terms[1:]:
            subtract = isinstance(term, Negative)
            made = added(made, self.value(term.term if isinstance(term, Negative) else term), subtract)
        return made

    # What names stand for

    def key_of(self, found: Reference) -> tuple[Key, tuple[Node, ...]]:
        """The tensor that a name with indices stands for, and the indices. Raises `ShapeError` for too many."""
        layer, indices = indices_of(found, self.world)
        return Key(found.word, None if layer is None else self.integer(layer)), indices

    def tensor(self, key: Key, node: Node) -> Value:
        """What a name is: what varies, what its definition says, or a tensor of which nothing is known."""
        if key in self.world.free:
            return _as_value(self.world.free[key])
        if key not in self.known:
            self.known[key] = self._tensor(key, node)
        return self.known[key]

    def _tensor(self, key: Key, node: Node) -> Value:
        definition = self.world.definitions.get(key)
        if definition is not None:
            return self._defined(key, definition, {})
        if key.word in self.world.recursions and key.layer is not None:
            return recursions.layer_of(self.outside, key)
        general = equation_for_all(self.world, key.word)
        if general is not None and key.layer is not None and is_written_out(self.world, key):
            require_no_circle(self, general)
            return self._defined(key, general.definition, {general.letter: general.number(key.layer)})
        if key.word in self.world.failed:
            line = self.world.failed[key.word]
            raise Unknown(f"{latex(node)} depends on line {line}, which could not be read or used")
        thing = self.world.particular.get(key) or self.world.things.get(key.word)
        if isinstance(thing, Field):
            of = self.outside.value(thing.of)
            if not isinstance(of, Tensor):
                raise ShapeError(f"{latex(node)} is a function of {latex(thing.of)}, which is {described(of)}")
            return Scalar.of(ScalarField(key.written)(of))
        if isinstance(thing, Array):
            return _as_value(self.leaf(key, thing))
        raise Unknown(f"{latex(node)} is not declared, and no equation before says what it is")

    def leaf(self, key: Key, array: Array) -> Tensor:
        """A tensor of which only the shape is known."""
        origin, letter = self.world.origin, array.letter
        if letter is None or key.layer is None:
            return Tensor(key.written, tuple(map(self.outside.integer, array.shape)), origin)

        def shape(layer: Expr) -> tuple[Expr, ...]:
            inside = self.outside.within({letter: layer})
            return tuple(map(inside.integer, array.shape))

        return LayerTensor(key.word, shape)[key.layer]

    def with_before(self, key: Key, tensor: Tensor, scope: Mapping[str, Expr]) -> Meaning:
        """The same, where the layer before is a tensor that is given."""
        return Meaning(self.world.with_free(key, tensor), scope)

    @property
    def outside(self) -> Meaning:
        """The same outside of every sum"""
        return Meaning(self.world, {}, self.known)

    def _defined(self, key: Key, definition: Definition, layer: Mapping[str, Expr]) -> Value:
        from .definitions import defined

        return defined(Meaning(self.world, dict(layer), self.known), key, definition)


def _as_value(tensor: Tensor) -> Value:
    """A tensor without indices is a number; where it is only a formula, that one"""
    if tensor.rank:
        return tensor
    return Scalar.of(tensor.formula() if tensor.inline and tensor.formula is not None else tensor[()])
