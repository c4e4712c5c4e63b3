r"""Functions of a real number that a document defines by a formula: sigma(t) = max(0, t), and sigma'(z) of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import Expr

from ..errors import LanguageError, ShapeError
from ..language.fields import slope_at
from ..language.tensors import Tensor, index_letters
from .references import reference
from .syntax import (
    Bracketed,
    Cases,
    Chain,
    Fraction,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Times,
    Word,
    children,
)
from .values import Row, Scalar, Value, described
from .world import Array, Definition, Key, World
from .written import latex

if TYPE_CHECKING:
    from .meaning import Meaning

_PARTS = (Number, Word, Plus, Negative, Fraction, Cases, Chain)
_SIGNS = ("", "cdot", "times", "/")
_BRACKETS = ("(", "[", "{", "|", "and")


def is_arithmetic(world: World, node: Node) -> bool:
    """Whether nothing in a formula would be something else if an unknown name in it were a vector, and no number: there
    is no norm, no transpose, no index, no matrix."""
    match node:
        case Name():
            thing = world.things.get(node.word)
            return not (isinstance(thing, Array) and thing.shape)
        case Scripted(base, _, lower, upper):
            simple = not lower and (upper is None or isinstance(upper, Number) or base == Name("e"))
        case Times(_, signs):
            simple = set(signs) <= set(_SIGNS)
        case Bracketed(kind, _, settings):
            simple = kind in _BRACKETS and not settings
        case _:
            simple = isinstance(node, _PARTS)
    return simple and all(is_arithmetic(world, each) for each in children(node))


def applied(meaning: Meaning, definition: Definition, value: Value) -> Value:
    """f of a number, and of every entry of a tensor. Raises `ShapeError` for anything else."""
    match value:
        case Scalar():
            return _with_argument(meaning, definition, _number(value.expression)).value(definition.formula)
        case Tensor():
            return _entry_by_entry(value, lambda *at: _at(meaning, definition, value[at]))
        case Row(vector):
            return Row(_entry_by_entry(vector, lambda *at: _at(meaning, definition, vector[at])))
    raise ShapeError(f"a function of {described(value)}")


def _entry_by_entry(like: Tensor, formula: Callable[..., Expr]) -> Tensor:
    return Tensor.define(like.shape, formula, letters=index_letters(like), origin=like.origin)


def _at(meaning: Meaning, definition: Definition, number: Expr) -> Expr:
    return _with_argument(meaning, definition, _number(number)).number(definition.formula)


def _with_argument(meaning: Meaning, definition: Definition, value: Tensor) -> Meaning:
    """Where the argument has a value: the indices that are bound around a function are not those in its formula"""
    (argument,) = definition.arguments
    return meaning.outside.varying(Key(argument), value)


def _number(expression: Expr) -> Tensor:
    return Tensor(None, (), formula=lambda: expression, inline=True)


def of_any_number(meaning: Meaning, definition: Definition) -> Meaning:
    """Where the argument of a function is any real number, if it is nothing else."""
    (argument,) = definition.arguments
    if meaning.world.is_known(argument):
        return meaning
    return meaning.varying(Key(argument), Tensor(argument, (), meaning.world.origin))


def slope(meaning: Meaning, definition: Definition, brackets: Bracketed) -> Value:
    """f'(z), of a number, or of every entry of a tensor. Raises `LanguageError` for an argument without a name in which
    an index stands."""
    (node,) = brackets.items
    at, indices = _place(meaning, node)

    def of_entry(*place: Expr) -> Expr:
        return slope_at(lambda varied: _at(meaning, definition, varied[place]), at, place)

    if indices is not None:
        return Scalar.of(of_entry(*indices))
    return _entry_by_entry(at, of_entry)


def gradient_at(meaning: Meaning, definition: Definition, node: Node | None) -> Value:
    """The gradient of f at a tensor: the formula is differentiated by its argument, and by nothing that stands in it
    besides, even if that is the place. Raises `LanguageError` for a place that is an entry.
    """
    (argument,) = definition.arguments
    at, indices = _place(meaning, node if node is not None else Name(argument))
    if indices is not None or not at.rank:
        raise LanguageError("a gradient is taken at a tensor, and of a function of one")

    def of_entry(*place: Expr) -> Expr:
        def function(varied: Tensor) -> Expr:
            return _with_argument(meaning, definition, varied).number(definition.formula)

        return slope_at(function, at, place)

    return replace(_entry_by_entry(at, of_entry), inline=True)


def _place(meaning: Meaning, node: Node) -> tuple[Tensor, tuple[Expr, ...] | None]:
    """The tensor with a name at which a derivative is taken, and the indices of the entry, if it is at one"""
    from .derivatives import inputs_of, target

    found = reference(node, meaning.world)
    if found is not None and found.exponent is None and found.word not in meaning.scope:
        key, lower = target(meaning, node)
        tensor = inputs_of(meaning, key, node)
        complete = len(lower) == tensor.rank
        return tensor, tuple(map(meaning.integer, lower)) if complete else None
    value = meaning.value(node)
    if meaning.scope:
        raise LanguageError(f"{latex(node)} has an index: give it a name of its own, of which a derivative can be read")
    named = "at_" + "".join(each if each.isalnum() else "_" for each in latex(node))
    if isinstance(value, Scalar):
        return Tensor.define((), lambda: value.expression, name=named, origin=meaning.world.origin), ()
    if not isinstance(value, Tensor):
        raise ShapeError(f"a function of {described(value)}")
    return value.named(named), None
