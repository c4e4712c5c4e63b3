"""What a definition makes of a name: a tensor with that name, or a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Expr, Integer

from ..errors import LanguageError, ShapeError
from ..language.symbols import sizes
from ..language.tensors import Tensor, index_letters
from ..layers.algebra import same_extents
from .functions import of_any_number
from .meaning import Meaning
from .syntax import Node, names_in
from .values import LETTERS, Constant, Eye, Row, Scalar, Value, described, identity
from .world import Definition, Key, World


def defined(meaning: Meaning, key: Key, definition: Definition) -> Value:
    """The value of a name, by its definition. Raises `ShapeError` where its formula is no tensor of its shape."""
    meaning = of_any_number(meaning, definition) if definition.of_number else meaning
    name = None if _varies(meaning.world, definition) else key.written
    if definition.entries:
        return _by_literal_entries(meaning, key, definition, name)
    if definition.letters is None:
        return _whole(meaning, key, definition, name)
    letters, shape = definition.letters, _shape(meaning, key, definition)

    def formula(*at: Expr) -> Expr:
        return meaning.within(dict(zip(letters, at, strict=True))).number(definition.formula)

    return Tensor.define(shape, formula, name=name, letters=letters, origin=meaning.world.origin)


def _varies(world: World, definition: Definition) -> bool:
    """Whether a formula speaks, directly or not, of what varies by itself: then it is not what its name is outside"""
    varying = {key.word for key in world.free}
    return bool(varying) and not varying.isdisjoint(words_behind(world, definition.formula))


def words_behind(world: World, node: Node) -> set[str]:
    """The names in a formula, and those in the definitions of these."""
    found: set[str] = set()
    pending = [node]
    while pending:
        new = names_in(pending.pop()) - found
        found |= new
        pending += [node for key, each in world.definitions.items() if key.word in new for node in each.formulas]
        pending += list(_fields(world, new))
    return found


def _fields(world: World, words: set[str]) -> Iterator[Node]:
    """What functions of a tensor, among these names, are functions of"""
    things: list[tuple[str, Any]] = [
        *world.things.items(),
        *((key.word, each) for key, each in world.particular.items()),
    ]
    for word, thing in things:
        of = getattr(thing, "of", None)
        if word in words and isinstance(of, Node):
            yield of


def _shape(meaning: Meaning, key: Key, definition: Definition) -> tuple[Expr, ...]:
    declared = declared_shape(meaning, key)
    if declared is not None:
        return declared
    if definition.shape is None:
        raise LanguageError(f"the shape of {key.written} is not said")
    scope = {sizes(letter): value for letter, value in meaning.scope.items()}
    return tuple(extent.xreplace(scope) for extent in definition.shape)


def declared_shape(meaning: Meaning, key: Key) -> tuple[Expr, ...] | None:
    """The extents that are declared of a name, if any are."""
    array = meaning.world.array(key)
    if array is None or array.inferred:
        return None
    return meaning.leaf(key, array).shape


def _whole(meaning: Meaning, key: Key, definition: Definition, name: str | None) -> Value:
    value = meaning.value(definition.formula)
    declared = declared_shape(meaning, key)
    match value:
        case Scalar():
            if declared:
                raise ShapeError(
                    f"{key.written} is declared with {len(declared)} indices, and its equation makes it a number"
                )
            return value
        case Eye() | Constant():
            value = _filled(value, declared, key, meaning.world.origin)
        case Row(vector):
            return Row(_named(vector, name, None, key))
    if not isinstance(value, Tensor):
        raise ShapeError(f"{key.written} is {described(value)}")
    return _named(value, name, declared, key)


def _filled(value: Eye | Constant, shape: tuple[Expr, ...] | None, key: Key, origin: int) -> Tensor:
    """The identity matrix, or one with equal entries, of a declared size"""
    if shape is None:
        raise LanguageError(f"the shape of {key.written} is not said: declare it")
    if isinstance(value, Eye):
        return identity(value, shape[0], origin)
    entry = value.entry.expression
    return Tensor.define(shape, lambda *_: entry, letters=LETTERS[len(shape)], origin=origin)


def _named(tensor: Tensor, name: str | None, declared: tuple[Expr, ...] | None, key: Key) -> Tensor:
    if declared is not None and len(declared) != tensor.rank:
        raise ShapeError(f"{key.written} has {len(declared)} indices, and its equation makes it {described(tensor)}")
    if name is None:
        return tensor
    if tensor.literal is not None:
        return Tensor.of(tensor.literal, name=name, origin=tensor.origin)
    if declared is None:
        return tensor.named(name)
    needs = same_extents(declared, tensor.shape, f"the equation for {key.written}")
    letters = index_letters(tensor)
    return Tensor.define(
        declared,
        lambda *at: tensor[at],
        name=name,
        letters=letters,
        origin=tensor.origin,
        requirements=(*tensor.requirements, *needs),
    )


def _by_literal_entries(meaning: Meaning, key: Key, definition: Definition, name: str | None) -> Tensor:
    """Raises `LanguageError` where an entry is missing."""
    values = {position: meaning.number(node) for position, node in definition.entries}
    rank, origin = len(next(iter(values))), meaning.world.origin
    last = tuple(max(position[axis] for position in values) for axis in range(rank))
    declared = declared_shape(meaning, key)
    if declared is not None and declared != tuple(Integer(each - origin + 1) for each in last):
        raise LanguageError(f"not every entry of {key.written} is said")
    if any(index < origin for position in values for index in position):
        raise ShapeError(f"an index of {key.written} is less than {origin}")

    def rows(before: tuple[int, ...]) -> Any:
        if len(before) < rank:
            return [rows((*before, index)) for index in range(origin, last[len(before)] + 1)]
        if before not in values:
            raise LanguageError(f"the entry {', '.join(map(str, before))} of {name} is not said")
        return values[before]

    return Tensor.of(rows(()), name=name, origin=origin)
