"""What a declaration changes of what names meant before it: a formula that was read so is another one then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .syntax import Derivative, Gradient, Node, Times, walk
from .world import Array, Definition, Function, Sign, Size, Thing, World

_USUAL = frozenset(("delta", "I", "e"))  # what means something before it is declared


def changed_names(before: World, after: World) -> Iterator[str]:
    """The names that were something, and are something else now, or are not said to be anything."""
    for word, thing in after.things.items():
        old = before.things.get(word)
        if _is_other(old, thing) if old is not None else word in _USUAL:
            yield word
    yield from (key.word for key, thing in before.particular.items() if after.particular.get(key) != thing)
    yield from (key.word for key in before.definitions if key not in after.definitions)


def is_read_anew(before: World, after: World, definition: Definition) -> bool:
    """Whether signs, derivatives or indices in the formula of a definition have another meaning now."""
    parts = [part for node in definition.formulas for part in walk(node)]
    if after.origin != before.origin:
        return True
    if before.gradients not in (None, after.gradients) and any(
        isinstance(each, (Derivative, Gradient)) for each in parts
    ):
        return True
    return any(_sign(before, sign) != _sign(after, sign) for sign in _signs(parts))


def _sign(world: World, sign: str) -> Sign:
    return world.signs.get(sign, Sign())


def _signs(parts: list[Node]) -> set[str]:
    return {sign for each in parts if isinstance(each, Times) for sign in each.signs}


def _is_other(old: Thing, new: Thing) -> bool:
    """Whether a thing is not the same, of which no more is said"""
    if isinstance(old, Size) and isinstance(new, Size):
        return False
    if isinstance(old, Function) and isinstance(new, Function):
        return old.activation.name != new.activation.name
    if isinstance(old, Array) and isinstance(new, Array):
        return replace(old, inferred=new.inferred) != new
    return old != new
