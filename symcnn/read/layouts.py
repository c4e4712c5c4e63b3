"""Layouts of derivatives: whether the gradient of a number is a row or a column, and what a Jacobian has a row for.

In `rows`, the derivative of a number by a vector is a row, and a Jacobian has a row for every output; in `columns`,
both are the other way round. `mixed` is what most texts on learning write: the gradient of a number is a column, as
its vector is, and a Jacobian has a row for every output.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ..errors import SymcnnError
from .definitions import words_behind
from .meaning import Meaning
from .syntax import Derivative, Gradient, Node, walk
from .values import Scalar
from .world import World

LAYOUTS = ("rows", "columns", "mixed")
_SAID = {
    ("rows",): "gradients are rows",
    ("columns",): "gradients are columns",
    ("mixed",): "the gradient of a number is a column, and a Jacobian has a row for every output",
    ("rows", "mixed"): "a Jacobian has a row for every output",
    ("columns", "mixed"): "the gradient of a number is a column",
}


def said(layouts: tuple[str, ...]) -> str:
    """What some layouts have in common, in words."""
    return _SAID.get(layouts, "gradients are rows or columns")


def same_as_mixed(world: World, *sides: Node) -> str | None:
    """The layout that does what `mixed` does in an equation: columns where only numbers are differentiated, rows where
    only vectors are; None where there are both."""
    kinds = set(_kinds(world, *sides))
    return {frozenset((True,)): "columns", frozenset((False,)): "rows"}.get(frozenset(kinds))


def has_gradient(world: World, *sides: Node) -> bool:
    """Whether a side, or what it is computed from, has a derivative: then its layout may matter."""
    return any(True for _ in _derivatives(world, *sides))


def _derivatives(world: World, *sides: Node) -> Iterator[Derivative | Gradient]:
    words = {word for side in sides for word in words_behind(world, side)}
    behind = (each.formula for key, each in world.definitions.items() if key.word in words)
    return (part for node in (*sides, *behind) for part in walk(node) if isinstance(part, (Derivative, Gradient)))


def _kinds(world: World, *sides: Node) -> Iterator[bool]:
    """Whether what is differentiated is a number, one by one; both where that is not known"""
    for each in _derivatives(world, *sides):
        found: tuple[bool, ...] = (True, False)
        with suppress(SymcnnError, RecursionError):
            found = (isinstance(Meaning(world).value(each.of), Scalar),)
        yield from found
