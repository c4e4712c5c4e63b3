"""Free indices of an equation, and over what they run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from sympy import Expr, Integer

from ..errors import LanguageError, SymcnnError
from .binders import index_range
from .meaning import Meaning
from .references import indices_of, reference
from .runs import between, runs
from .syntax import Big, Bracketed, Cases, Chain, Name, Node, Scripted, children
from .values import Scalar
from .world import Array, Field, Function, Key, Layer, Operator, Size
from .written import latex


class OfIndices(LanguageError):
    """A relation that says what sizes or indices are."""


@dataclass(frozen=True)
class Range:
    """A free index: its letter, its first value, and how many there are."""

    letter: str
    first: Expr
    extent: Expr

    def value(self, place: Expr, origin: int) -> Expr:
        """The value of the index at a place of a tensor; the only one, if there is one."""
        return self.first if self.extent == 1 else place + self.first - origin


def free_letters(meaning: Meaning, *nodes: Node | None) -> tuple[Name, ...]:
    """The indices that no sum binds, in the order in which they stand."""
    found: dict[str, Name] = {}
    for node in nodes:
        for name in _free(meaning, node, frozenset()) if node is not None else ():
            found.setdefault(name.word, name)
    return tuple(found.values())


def _free(meaning: Meaning, node: Node, bound: frozenset[str]) -> Iterator[Name]:
    match node:
        case Big():
            inner = bound | {run.index.word for run in runs(node)}
            for each in (*node.below, *([node.above] if node.above is not None else [])):
                yield from (name for name in _indices(meaning, each) if name.word not in inner)
            yield from _free(meaning, node.body, inner)
            return
        case Bracketed("[", items) if items and isinstance(items[0], Chain):
            yield from (name for name in _indices(meaning, items[0]) if name.word not in bound)
        case Cases(rows):
            conditions = (where for _, where in rows if where is not None)
            yield from (name for each in conditions for name in _indices(meaning, each) if name.word not in bound)
        case Scripted(Bracketed("||" | "angle")):
            pass
        case Scripted():
            yield from (
                name for each in _lower(meaning, node) for name in _indices(meaning, each) if name.word not in bound
            )
    for child in _parts(meaning, node):
        yield from _free(meaning, child, bound)


def _parts(meaning: Meaning, node: Node) -> Iterator[Node]:
    """The parts of a node that are no indices"""
    if isinstance(node, Scripted):
        yield node.base
    else:
        yield from children(node)


def _lower(meaning: Meaning, node: Scripted) -> tuple[Node, ...]:
    """The indices below, without a layer"""
    found = reference(node, meaning.world)
    if found is None:
        return node.lower
    if isinstance(meaning.world.things.get(found.word), Size):
        return ()
    try:
        return indices_of(found, meaning.world)[1]
    except SymcnnError:
        return node.lower


def _indices(meaning: Meaning, node: Node) -> Iterator[Name]:
    """The letters in an index that are neither sizes nor layers nor defined"""
    if isinstance(node, Scripted):
        for each in _lower(meaning, node):
            yield from _indices(meaning, each)
        return
    if isinstance(node, Name):
        thing = meaning.world.things.get(node.word)
        number = (isinstance(thing, Array) and not thing.shape) or is_defined_number(meaning, node)
        if not number and not isinstance(thing, (Size, Layer, Field, Function, Operator)):
            yield node
        return
    for child in children(node):
        yield from _indices(meaning, child)


def is_defined_number(meaning: Meaning, name: Name) -> bool:
    """Whether a name is a number by its definition, as k = 3 makes it: then it is no index that runs."""
    if name.word in meaning.scope or not meaning.world.is_defined(Key(name.word)):
        return False
    with suppress(SymcnnError):
        return isinstance(meaning.tensor(Key(name.word), name), Scalar)
    return False


def require_free(meaning: Meaning, conditions: tuple[Chain, ...]) -> None:
    """Raises `LanguageError` for a condition over what a number runs that is defined, so that it does not run."""
    for chain in conditions:
        for run in between(chain):
            if is_defined_number(meaning, run.index):
                name = latex(run.index)
                raise LanguageError(f"{name} is a number by its definition, and {latex(chain)} says that it runs")


def range_of(meaning: Meaning, letter: Name, conditions: tuple[Chain, ...], *nodes: Node | None) -> Range:
    """Over what a free index runs: what a condition says, or the tensors that have it as an index by itself, those of
    the left side first.

    Raises `LanguageError` if neither is found, or several are said.
    """
    said = {found for chain in conditions if (found := said_range(meaning, letter, chain)) is not None}
    if len(said) > 1:
        raise LanguageError(f"two ranges are said of the index {latex(letter)}: write an equation for each")
    for found in said:
        return found
    for node in nodes:
        limits = index_range(meaning, letter, node) if node is not None else None
        if limits is not None:
            return Range(letter.word, limits[0], limits[1] - limits[0] + 1)
    raise LanguageError(f"over what the index {latex(letter)} runs is not said")


def said_range(meaning: Meaning, letter: Name, chain: Chain) -> Range | None:
    """What 1 <= i <= n, or i = 1, says of an index; None if it is about something else."""
    if chain.relations == ("=",) and chain.items[0] == letter and chain.items[1] is not None:
        return Range(letter.word, meaning.integer(chain.items[1]), Integer(1))
    for run in between(chain):
        if run.index == letter and run.first is not None and run.last is not None:
            first = meaning.first(run.first)
            return Range(letter.word, first, meaning.last(run.last) - first + 1)
    return None
