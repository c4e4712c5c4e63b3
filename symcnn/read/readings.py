"""Signs between tensors of which nobody has said what they mean, and the ways in which they may be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ..errors import SymcnnError
from .defining import placeholders
from .indices import free_letters
from .meaning import Meaning
from .syntax import Node, Times, walk
from .values import Scalar
from .world import Sign

#: the ways in which a sign between tensors may be meant, the usual one first
READINGS = tuple(Sign(flipped, extent) for extent in ("full", "valid", "same") for flipped in (True, False))


def declared(sign: Sign) -> str:
    """How a reading of a sign is declared: convolution, full."""
    return f"{'convolution' if sign.flipped else 'correlation'}, {sign.extent}"


def described(sign: Sign) -> str:
    """A reading of a sign, in words: a full convolution."""
    return f"a {sign.extent} {'convolution' if sign.flipped else 'correlation'}"


def undeclared_signs(meaning: Meaning, *sides: Node) -> tuple[str, ...]:
    """The signs between tensors of which nobody has said how they are read."""
    return tuple(dict.fromkeys(sign for side in sides for sign in _undeclared_in(meaning, side)))


def _undeclared_in(meaning: Meaning, side: Node) -> Iterator[str]:
    inside = meaning.within(placeholders(list(free_letters(meaning, side))))
    for node in walk(side):
        if isinstance(node, Times):
            for sign, before in zip(node.signs, node.factors, strict=False):
                if sign in ("*", "star", "circledast") and sign not in meaning.world.signs:
                    with suppress(SymcnnError):
                        if not isinstance(inside.value(before), Scalar):
                            yield sign
