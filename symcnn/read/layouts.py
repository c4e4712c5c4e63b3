"""Layouts of derivatives: whether the gradient of a number is a row or a column, and what a Jacobian has a row for.

In `rows`, the derivative of a number by a vector is a row, and a Jacobian has a row for every output; in `columns`,
both are the other way round. `mixed` is what most texts on learning write: the gradient of a number is a column, as
its vector is, and a Jacobian has a row for every output.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Dummy

from ..errors import SymcnnError
from ..language.tensors import Tensor
from .definitions import words_behind
from .indices import free_letters
from .meaning import Meaning
from .syntax import Derivative, Gradient, Node, walk
from .values import Row, Scalar
from .world import World

NUMBER, VECTOR = "number", "vector"  # what is differentiated by a vector
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


def same_as_mixed(kinds: frozenset[str]) -> str | None:
    """The layout that does what `mixed` does in an equation: columns where only numbers are differentiated, rows where
    only vectors are; None where there are both."""
    return {frozenset((NUMBER,)): "columns", frozenset((VECTOR,)): "rows"}.get(kinds)


def kinds_of(world: World, *sides: Node) -> frozenset[str]:
    """What is differentiated in an equation and behind it, as far as a layout matters for it: numbers by vectors, and
    vectors by vectors. An entry of a derivative, or the derivative by a matrix, has no layout."""
    return frozenset(kind for each in _derivatives(world, *sides) for kind in _kinds(world, each))


def _derivatives(world: World, *sides: Node) -> Iterator[Derivative | Gradient]:
    words = {word for side in sides for word in words_behind(world, side)}
    behind = (each.formula for key, each in world.definitions.items() if key.word in words)
    return (part for node in (*sides, *behind) for part in walk(node) if isinstance(part, (Derivative, Gradient)))


def _kinds(world: World, node: Derivative | Gradient) -> tuple[str, ...]:
    """What is differentiated; both where that cannot be read here, as in a formula for every index"""
    meaning = Meaning(replace(world, gradients="rows"))
    try:
        inside = meaning.within({each.word: Dummy(each.word, integer=True) for each in free_letters(meaning, node)})
        made, of = inside.value(node), inside.value(node.of)
    except (SymcnnError, RecursionError):
        return (NUMBER, VECTOR)
    if isinstance(made, Row):
        return (NUMBER,)
    return (VECTOR,) if isinstance(made, Tensor) and not isinstance(of, Scalar) else ()
