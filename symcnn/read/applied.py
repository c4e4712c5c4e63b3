"""Products: factors beside each other, functions with their arguments among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import sympy
from sympy import Dummy, Expr, Sum

from ..errors import LanguageError, ShapeError, SymcnnError
from ..language.activations import Activation, known_activation
from ..language.fields import ScalarField
from ..language.tensors import Tensor, index_letters
from ..layers.calculus import diag
from . import convolutions, functions, scripts
from .applied_layers import OPERATORS, operated, pooled
from .grouping import grouped
from .references import Reference, called, reference
from .syntax import Bracketed, Chain, Name, Node, Number, Scripted, Times, Word
from .values import Constant, Eye, Row, Scalar, Value, described, divided, entrywise, inner, multiplied
from .world import Array, Definition, Field, Function, Key, Operator
from .written import latex

if TYPE_CHECKING:
    from .meaning import Meaning

MOST_COMPARED = 24  # numbers of which one is the largest
KNOWN = ("relu", "leaky_relu", "sigmoid", "tanh", "exp", "softplus")


def product(meaning: Meaning, node: Times) -> Value:
    r"""The product of the factors, from left to right, or of those that stand beside each other first, as in
    x \\odot A y, where only that has the right shapes.

    Raises `ShapeError` where there is none, `LanguageError` where both are possible and may differ.
    """
    factors = list(_factors(meaning, node))
    if not factors:
        raise LanguageError(f"{latex(node)} has no factors")
    return grouped(factors, partial(_joined, meaning, node=node), latex(node))


def is_call(meaning: Meaning, node: Node, following: Node) -> bool:
    """Whether a name is a function of what stands in the brackets behind it."""
    with suppress(SymcnnError):
        return _function(meaning, node, following) is not None
    return False


def _factors(meaning: Meaning, node: Times) -> Iterator[tuple[str, Value]]:
    """The factors with the signs before them; a function and its argument are one"""
    position, count = 0, len(node.factors)
    while position < count:
        here, sign = node.factors[position], node.signs[position - 1] if position else ""
        beside = position + 1 < count and node.signs[position] == ""
        following = node.factors[position + 1] if beside else None
        function = _function(meaning, here, following)
        if function is not None and following is not None:
            yield sign, _applied(meaning, here, function, following)
            position += 1
        else:
            _require_no_ones(meaning, here, following, sign, position)
            yield sign, meaning.value(here)
        position += 1


def _require_no_ones(meaning: Meaning, here: Node, following: Node | None, sign: str, position: int) -> None:
    """Raises `LanguageError` for a 1 beside a factor, which is a vector of ones, since nobody writes it for a number"""
    if here != Number("1"):
        return
    behind = position > 0 and sign == ""
    before = following is not None and not isinstance(meaning.value(following), Scalar)
    if behind or before:
        raise LanguageError(scripts.ONES)


def _joined(meaning: Meaning, left: Value, right: Value, sign: str, node: Node) -> Value:
    match sign:
        case "times" if isinstance(left, Tensor) and isinstance(right, Tensor) and left.rank == right.rank == 1:
            raise LanguageError(f"{latex(node)}: the cross product of vectors is not in the language")
        case "/":
            return divided(left, right)
        case "odot":
            return entrywise(left, right)
        case "cdot" if isinstance(left, Tensor) and isinstance(right, Tensor) and left.rank == right.rank == 1:
            return inner(left, right)
        case "*" | "star" | "circledast" if not isinstance(left, Scalar) and not isinstance(right, Scalar):
            return convolutions.signed(meaning.world, sign, left, right, node)
    return multiplied(left, right)


Called = Callable[["Meaning", Bracketed], Value]


def _function(meaning: Meaning, node: Node, following: Node | None) -> Called | None:
    """What a name does with what stands behind it; None if it is no function, or nothing stands there"""
    found = reference(node, meaning.world)
    if following is None or found is None or found.word in meaning.scope:
        return None
    brackets = called(following)
    if brackets is None:
        return _without_brackets(meaning, node, found, following)
    if brackets.kind == "[" and not any(isinstance(each, Chain) for each in brackets.items):
        return _at_indices(meaning, found)
    named = _by_name(meaning, found)
    return named or (_by_word(found) if isinstance(_base(node), Word) else None)


def _require_no_number(found: Reference) -> None:
    """Raises `LanguageError` for functions of which each has a number, below or above"""
    if found.layer is not None:
        words = "can be a derivative, a power or a function of a layer: write a prime, (...)^2, or names"
        raise LanguageError(f"{latex(found.node)} {words}")
    if found.lower:
        raise LanguageError(f"{latex(found.node)} is a function with an index: declare it under a name of its own")


def _base(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _without_brackets(meaning: Meaning, node: Node, found: Reference, following: Node) -> Called | None:
    """tanh x: of the one factor that follows"""
    if not isinstance(node, Word) or meaning.world.is_known(found.word):
        return None
    if isinstance(following, (Name, Scripted)) and found.word.lower() in KNOWN:
        return _by_word(found)
    if found.word.lower() in (*KNOWN, "diag") or found.word in OPERATORS:
        raise LanguageError(f"the argument of {latex(node)} should stand in brackets")
    return None


def _at_indices(meaning: Meaning, found: Reference) -> Called | None:
    """x[i, j], where x is a tensor"""
    if found.lower or found.exponent is not None or not meaning.world.is_known(found.word):
        return None
    thing = meaning.world.things.get(found.word)
    if thing is not None and not isinstance(thing, Array):
        return None
    return lambda inside, brackets: _entry(inside, found, brackets)


def _entry(meaning: Meaning, found: Reference, brackets: Bracketed) -> Value:
    key, _ = meaning.key_of(found)
    value = meaning.tensor(key, found.node)
    if isinstance(value, Scalar):
        return multiplied(value, meaning.value(brackets))
    return scripts.entry(meaning, value, brackets.items, found.node, key)


def _by_word(found: Reference) -> Called | None:
    word, primes = found.word, found.primes
    word = word.lower() if word.lower() in KNOWN and word not in KNOWN else word
    if found.lower:
        return None
    if word in (*KNOWN, *OPERATORS, "max", "min", "diag", "Diag", "tr", "flip", "rot", "rot180"):
        _require_no_number(found)
    if word in KNOWN:
        return lambda meaning, brackets: _activated(_primed(known_activation(word), primes), _one(meaning, brackets))
    if primes:
        return None
    if word in OPERATORS:
        return lambda meaning, brackets: operated(meaning, word, brackets)
    if word in ("max", "min"):
        extreme = sympy.Max if word == "max" else sympy.Min
        return lambda meaning, brackets: _extreme(extreme, [meaning.value(each) for each in brackets.items])
    if word in ("diag", "Diag"):
        return lambda meaning, brackets: _diagonal(_one(meaning, brackets))
    if word == "tr":
        return lambda meaning, brackets: _trace(_one(meaning, brackets))
    if word in ("flip", "rot", "rot180"):
        return lambda meaning, brackets: convolutions.flipped(_one(meaning, brackets))
    return None


def _by_name(meaning: Meaning, found: Reference) -> Called | None:
    thing = meaning.world.things.get(found.word)
    if isinstance(thing, (Function, Operator)):
        _require_no_number(found)
    if isinstance(thing, Function):
        function = _primed(thing.activation, found.primes)
        return lambda inside, brackets: _activated(function, _one(inside, brackets))
    if isinstance(thing, Operator):
        return lambda inside, brackets: pooled(inside, thing, _one(inside, brackets))
    of_number = meaning.world.function_of_number(found.word) if not found.lower and found.layer is None else None
    if of_number is not None and found.primes == 1:
        return lambda inside, brackets: functions.slope(inside, of_number, brackets)
    if found.primes or found.lower:
        return None
    takes = isinstance(thing, Field) or _has_argument(meaning, found)
    return (lambda inside, brackets: _of_argument(inside, found, brackets)) if takes else None


def _has_argument(meaning: Meaning, found: Reference) -> bool:
    """Whether a name was defined of an argument, or is a number of which nobody said so"""
    if not any(key.word == found.word for key in (*meaning.world.definitions, *meaning.world.particular)):
        return False
    key, _ = meaning.key_of(found)
    definition = meaning.world.definitions.get(key)
    if isinstance(meaning.world.particular.get(key), Field) or (definition is not None and definition.arguments):
        return True
    return isinstance(meaning.value(found.node), Scalar)


def _of_argument(meaning: Meaning, found: Reference, brackets: Bracketed) -> Value:
    """E(w): the same as E, if w is what E was defined of; E of something else; a product if E was defined of nothing"""
    key, _ = meaning.key_of(found)
    definition = meaning.world.definitions.get(key)
    if definition is not None and definition.arguments:
        return _substituted(meaning, definition, brackets)
    value = meaning.value(found.node)
    thing = meaning.world.particular.get(key) or meaning.world.things.get(found.word)
    if isinstance(thing, Field):
        return value if brackets.items == (thing.of,) else _field_of(meaning, key, brackets)
    names = all(isinstance(each, (Name, Scripted)) for each in brackets.items)
    if isinstance(value, Scalar) and names and not isinstance(meaning.value(brackets.items[0]), Scalar):
        raise LanguageError(
            f"{latex(found.node)} is defined of nothing: write {latex(found.node)}(x) = ... to define it of x"
        )
    return multiplied(value, meaning.value(brackets))


def _field_of(meaning: Meaning, key: Key, brackets: Bracketed) -> Value:
    """A function of a tensor, of another one of the same kind"""
    value = _one(meaning, brackets)
    if not isinstance(value, Tensor):
        raise ShapeError(f"{key.written} of {described(value)}")
    return Scalar.of(ScalarField(key.written)(value))


def _substituted(meaning: Meaning, definition: Definition, brackets: Bracketed) -> Value:
    """What a definition of an argument is for another one"""
    if len(brackets.items) != len(definition.arguments):
        raise ShapeError(f"{latex(brackets)} should be {len(definition.arguments)} arguments")
    values = [meaning.value(node) for node in brackets.items]
    if definition.of_number:
        return functions.applied(meaning, definition, values[0])
    inside = meaning.outside  # where no index is bound that the formula does not bind
    for name, node, value in zip(definition.arguments, brackets.items, values, strict=True):
        if not (isinstance(node, Name) and node.word == name):
            inside = inside.varying(Key(name), _as_argument(value, node))
    return inside.value(definition.formula)


def _as_argument(value: Value, node: Node) -> Tensor:
    if isinstance(value, Scalar):
        return Tensor(None, (), formula=lambda: value.expression, inline=True)
    if not isinstance(value, Tensor):
        raise ShapeError(f"{latex(node)} is {described(value)}, and should be a number or a tensor")
    return value


def _primed(activation: Activation, primes: int) -> Activation:
    for _ in range(primes):
        activation = activation.derivative
    return activation


def _applied(meaning: Meaning, node: Node, function: Called, following: Node) -> Value:
    """A function of what stands in brackets, and what stands below and above the brackets"""
    base = called(following) or Bracketed("(", (following,))
    made = function(meaning, base)
    above = reference(node, meaning.world)
    if above is not None and above.exponent is not None:
        if not isinstance(above.exponent, Number) or above.exponent.digits in ("0", "1"):
            raise LanguageError(f"{latex(node)} is a function with something above it that is no power")
        made = scripts.raised(meaning, made, above.exponent, node)  # tanh^2(x) is tanh(x)^2
    if called(following) is not None and isinstance(following, Scripted):
        made = scripts.scripted(meaning, made, following)
    return made


def _one(meaning: Meaning, brackets: Bracketed) -> Value:
    if len(brackets.items) != 1 or brackets.settings:
        raise LanguageError(f"{latex(brackets)} should be one argument")
    return meaning.value(brackets.items[0])


def _activated(activation: Activation, value: Value) -> Value:
    match value:
        case Scalar():
            return Scalar.of(activation(value.expression))
        case Row(vector):
            return Row(activation(vector))
        case Tensor():
            made: Tensor = activation(value)
            return made
    raise ShapeError(f"{activation} of {described(value)}")


def _extreme(extreme: Any, values: list[Value]) -> Value:
    """The largest or smallest of numbers; entry by entry, of a tensor and literal numbers. Of one part it would be the
    largest of all its entries, or of all values of its index"""
    if len(values) == 1:
        raise LanguageError(r"what the largest of one part runs over is not said: write \max_i x_i, with an index")
    tensors = [each for each in values if isinstance(each, Tensor)]
    literal = all(isinstance(each, Tensor) or (isinstance(each, Scalar) and not each.values) for each in values)
    if not tensors:
        scalars = [each for each in values if isinstance(each, Scalar)]
        if len(scalars) < len(values):
            raise ShapeError(f"the largest of {' and '.join(map(described, values))}")
        return Scalar.of(_of_few(extreme, [each.expression for each in scalars]))
    if len(tensors) > 1 or not literal:
        raise LanguageError(f"the largest of {' and '.join(map(described, values))} is not read: write entries")
    (tensor,) = tensors
    others = [each.expression for each in values if isinstance(each, Scalar)]
    made = Tensor.define(
        tensor.shape,
        lambda *at: _of_few(extreme, [tensor[at], *others]),
        letters=index_letters(tensor),
        origin=tensor.origin,
    )
    return replace(made, inline=True)


def _of_few(extreme: Any, numbers: list[Expr]) -> Expr:
    """The largest or smallest of numbers, each of which SymPy compares with all others"""
    count = sum(len(each.args) if isinstance(each, extreme) else 1 for each in numbers)
    if count > MOST_COMPARED:
        word = extreme.__name__.lower()
        raise LanguageError(f"a {word} of {count} numbers is not read: at most {MOST_COMPARED}; write it over an index")
    made: Expr = extreme(*numbers)
    return made


def _diagonal(value: Value) -> Value:
    vector = value.vector if isinstance(value, Row) else value
    if not isinstance(vector, Tensor) or vector.rank == 2:
        words = "diag makes a matrix of a vector, and is not read"
        raise LanguageError(f"{words} of {described(value)}: write the entries of a diagonal as A_{{ii}}")
    return diag(vector)


def _trace(value: Value) -> Value:
    if isinstance(value, Scalar):
        return value  # of the one entry of x^T y
    if isinstance(value, (Eye, Constant)):
        raise LanguageError(f"the trace of {described(value)} is not read, since its size is not said")
    if not isinstance(value, Tensor) or value.rank != 2 or value.shape[0] != value.shape[1]:
        raise ShapeError(f"{described(value)} has no trace")
    i = Dummy("i", integer=True)
    return Scalar.of(Sum(value[i, i], (i, value.origin, value.shape[0] + value.origin - 1)))
