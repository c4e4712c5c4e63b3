"""Maxima, activations, fields, derivatives and recursions become kernel terms. This file is trusted, as `translate`.

A derivative by X is of everything that is computed from X: definitions that read X are written out first. What a
recursion computes is one definition whose formula is the kernel's `iterate`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sympy import Dummy

from ..errors import LanguageError, NameClash, ShapeError
from ..kernel import Definition, Field, Lambda, Term, terms
from ..kernel.analysis import field_slope
from ..kernel.claim import expand
from ..kernel.functions import KNOWN
from .activations import Call
from .depth import LAYER, SizeOfLayer, extents_of
from .fields import FieldSlope, FieldValue, Partial, SlopeAt
from .maxima import IndexedMax
from .tensors import Recursion, Tensor, index_letters

if TYPE_CHECKING:
    from .translate import Bound, Translation

Ranges = tuple[tuple[str, Term, Term], ...]


def size_of_layer(made: Translation, expression: SizeOfLayer, bound: Bound) -> Term:
    """n[l]. Raises `NameClash` if something else is called n."""
    name = str(expression.args[0].name)
    made.claim_name(name, "size")
    made.sequences[name] = None
    return terms.size(name, made.integer(expression.args[1], bound))


def call(made: Translation, expression: Call, bound: Bound) -> Term:
    """f(e). Raises `NameClash` if something else is called f, or f is declared in two ways."""
    activation = expression.activation
    if activation.name not in KNOWN:
        made.claim_name(activation.name, "function")
        declared = activation.declaration()
        if made.functions.setdefault(activation.name, declared) != declared:
            raise NameClash(f"{activation.name} is declared in two ways")
    return terms.call(activation.written, made.real(expression.args[1], bound))


def maximum(made: Translation, expression: IndexedMax, bound: Bound) -> Term:
    """max of e over the limits where the condition holds."""
    inside, ranges = dict(bound), []
    for index, lower, upper in expression.limits:
        name = made.binder(index)
        ranges.append((index.name, name, made.integer(lower, bound), made.integer(upper, bound)))
        inside[index] = terms.variable(name)
    condition, body = made.condition(expression.where, inside), made.real(expression.body, inside)
    found = terms.maximum(tuple((name, low, high) for _, name, low, high in ranges), condition, body)
    return Term(found.head, found.args, found.value, " ".join(letter for letter, *_ in ranges))


def field_value(made: Translation, expression: FieldValue, bound: Bound) -> Term:
    """L(y). Raises `NameClash` if something else is called L, or L is a function of tensors of two ranks."""
    return _field(made, str(expression.args[0].field.name), expression.tensor, bound)[0]


def slope(made: Translation, expression: FieldSlope, bound: Bound) -> Term:
    """The derivative of L by an entry of its tensor, at a tensor."""
    tensor = expression.tensor
    term, point = _field(made, str(expression.args[0].field.name), tensor, bound)
    if len(expression.indices) != tensor.rank:
        raise ShapeError(f"{expression.args[0]} is a function of {tensor!r}, which has {tensor.rank} indices")
    return field_slope(term, point, tuple(made.integer(index, bound) for index in expression.indices))


def _field(made: Translation, name: str, tensor: Tensor, bound: Bound) -> tuple[Term, Lambda]:
    """The field at a tensor, and this tensor as a formula"""
    made.claim_name(name, "field")
    if made.fields.setdefault(name, Field(name, tensor.rank)).rank != tensor.rank:
        raise NameClash(f"{name} is a function of tensors of two different ranks")
    symbols = tuple(Dummy(letter, integer=True) for letter in index_letters(tensor))
    names = tuple(map(made.binder, symbols))
    inside = {**bound, **dict(zip(symbols, map(terms.variable, names), strict=True))}
    entry = made.entry(tensor, symbols, inside, within=True)
    origin = terms.integer(tensor.origin)
    uppers = [made.integer(extent + tensor.origin - 1, bound) for extent in tensor.shape]
    found = terms.field(name, tuple((each, origin, upper) for each, upper in zip(names, uppers, strict=True)), entry)
    letters = " ".join(symbol.name for symbol in symbols)
    return Term("field", found.args, name, letters), Lambda(names, entry)


def partial(made: Translation, expression: Partial, bound: Bound) -> Term:
    """The derivative of e by an entry of a leaf; what e reads and is computed from the leaf is written out."""
    by = expression.by
    leaf = made.tensor(by.tensor)
    indices = tuple(made.integer(index, bound) for index in by.indices)
    body = made.real(expression.body, bound)
    body = expand(body, reading(made, leaf))
    names = tuple(f"@at{number}" for number in range(len(indices)))
    point = Lambda(names, terms.entry(leaf, *map(terms.variable, names)))
    return terms.partial(leaf, body, point, indices)


def partial_at(made: Translation, expression: SlopeAt, bound: Bound) -> Term:
    """The derivative of e by an entry of a tensor that stands for another one; what is computed from it is written out.

    The tensor that varies is bound by the derivative, and is no leaf of the statement."""
    by, at = expression.by, expression.at
    varied = str(by.tensor.name)
    made.made[by.tensor.symbol] = varied
    indices = tuple(made.integer(index, bound) for index in by.indices)
    body = made.real(expression.body, bound)
    readers = reading(made, varied)
    body = expand(body, readers)
    for each in readers:
        made.forget(each.name)
    del made.made[by.tensor.symbol]
    symbols = tuple(Dummy(letter, integer=True) for letter in index_letters(at))
    names = tuple(map(made.binder, symbols))
    inside = {**bound, **dict(zip(symbols, map(terms.variable, names), strict=True))}
    point = Lambda(names, made.entry(at, symbols, inside, within=True))
    return terms.partial(varied, body, point, indices)


def reading(made: Translation, leaf: str) -> list[Definition]:
    """The definitions that read a tensor, or read one that reads it."""
    return _with_readers(made, lambda definition: leaf in terms.names_in(definition.body))


def _with_readers(made: Translation, wanted: Callable[[Definition], bool]) -> list[Definition]:
    """The definitions that are wanted, and those that read one of them"""
    found: dict[str, Definition] = {}
    for definition in made.definitions.values():
        if wanted(definition) or not terms.names_in(definition.body).isdisjoint(found):
            found[definition.name] = definition
    return list(found.values())


BEFORE, NUMBER = "@before", "@layer"


def recursion(made: Translation, tensor: Tensor, name: str) -> Definition:
    """The definition of what layers compute one after the other.

    Raises `LanguageError` if a layer has another shape than the recursion says.
    """
    found = tensor.recursion
    if not isinstance(found, Recursion) or BEFORE in made.leaves:
        raise LanguageError(f"{tensor} is not a recursion, or is one inside of another")
    symbols = tuple(Dummy(letter, integer=True) for letter in index_letters(found.start))
    names = tuple(f"@{position}" for position in range(len(symbols)))
    values = dict(zip(symbols, map(terms.variable, names), strict=True))
    start = made.entry(found.start, symbols, values, within=True)
    _require_shape(made, found.start, found.shape(found.first), {}, f"{name} starts with {found.start!r}")
    step = _step(made, found, symbols, values, name)
    base = made.integer(found.first, {})
    layer = terms.variable(NUMBER)
    places = tuple(map(terms.variable, names))
    formula = terms.iterate(base, layer, Lambda(names, start), (BEFORE, NUMBER, Lambda(names, step)), places)
    hint = f"{name} {LAYER.name}"
    body = Term("iterate", formula.args, formula.value, hint)
    shape = tuple(made.integer(extent, {LAYER: layer}) for extent in tensor.shape)
    return Definition(name, (NUMBER, *names), body, shape, tensor.origin, base)


def _step(
    made: Translation, found: Recursion, symbols: tuple[Dummy, ...], values: dict[Dummy, Term], name: str
) -> Term:
    """The formula of a layer, in the entries of the layer before"""
    number = Dummy("layer", integer=True)
    before = Tensor("before", extents_of(found.shape(number - 1)), found.start.origin, layers=())
    made.made[before.symbol] = BEFORE
    inside = {**values, number: terms.variable(NUMBER)}
    made.open_layer(number, terms.variable(NUMBER))
    try:
        tensor = found.step(number, before)
        _require_shape(made, tensor, found.shape(number), inside, f"a layer of {name}")
        step = made.entry(tensor, symbols, inside, within=True)
    finally:
        made.close_layer(number)
    _require_nothing_of_layers(made, name)
    ordered = _with_readers(made, _speaks_of_layer)
    step = expand(step, ordered)
    for each in ordered:
        made.forget(each.name)
    return step


def _require_nothing_of_layers(made: Translation, name: str) -> None:
    """What an operator requires is a condition on sizes; on the layers of a recursion there are none. Raises
    `ShapeError` where one speaks of the layer."""
    for condition, reason in made.requirements.items():
        if NUMBER in terms.free_variables(condition):
            raise ShapeError(f"not every layer of {name} has one shape: {reason}")


def _speaks_of_layer(definition: Definition) -> bool:
    """Whether a definition speaks of the layer, or reads the one before it"""
    parts = (definition.body, *(definition.shape or ()))
    own = NUMBER not in definition.indices and any(NUMBER in terms.free_variables(part) for part in parts)
    return own or BEFORE in terms.names_in(definition.body)


def _require_shape(made: Translation, tensor: Tensor, wanted: object, bound: Bound, what: str) -> None:
    extents = extents_of(wanted)
    if len(extents) != tensor.rank:
        raise ShapeError(f"{what} has {tensor.rank} indices, its recursion {len(extents)}")
    for one, other in zip(tensor.shape, extents, strict=True):
        if made.integer(one, bound) != made.integer(other, bound):
            raise ShapeError(f"{what} has the extent {one}, its recursion says {other}")
