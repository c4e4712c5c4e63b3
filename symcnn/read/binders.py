"""What sums and maxima run over: ranges that are written, and those that the tensors say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, Integer, expand
from sympy.logic.boolalg import Boolean

from ..errors import LanguageError, ShapeError, SymcnnError
from ..language.tensors import Tensor
from . import applied
from .references import reference, split
from .runs import run_below
from .syntax import Big, Chain, Derivative, Name, Node, Scripted, Times, children
from .values import Row
from .world import Array
from .written import latex

if TYPE_CHECKING:
    from .meaning import Meaning


@dataclass(frozen=True)
class Binder:
    """Indices by their letters, their limits from the outermost on, and what is asked of them besides."""

    scope: dict[str, Expr]
    limits: tuple[tuple[Dummy, Expr, Expr], ...]
    conditions: tuple[Boolean, ...] = ()


def binders_of(meaning: Meaning, node: Big) -> Binder:
    """The indices of a sum or maximum. Raises `LanguageError` where a range is neither written nor found, and where
    it ends in two ways."""
    scope: dict[str, Expr] = {}
    limits: list[tuple[Dummy, Expr, Expr]] = []
    later: list[Chain] = []
    for number, each in enumerate(node.below):
        run = run_below(node, number)
        if run is None:
            later.append(_chain(each, node))
            continue
        if node.above is not None and (run.last is None or run.last.at is not node.above):
            raise LanguageError(f"{latex(node)} says below and above where {latex(run.index)} ends: write one of them")
        index, inside = run.index, meaning.within(scope)
        own = index_range(inside, index, node.body) if run.first is None or run.last is None else None
        low = inside.first(run.first) if run.first is not None else _found(own, index, node)[0]
        high = inside.last(run.last) if run.last is not None else _found(own, index, node)[1]
        dummy = Dummy(index.letter if index.letter != "ell" else "l", integer=True)
        scope[index.word] = dummy
        limits.append((dummy, low, high))
    if not limits:
        raise LanguageError(f"{latex(node)} runs over no index")
    return Binder(scope, tuple(limits), tuple(meaning.within(scope).condition(each) for each in later))


def _chain(each: Node, node: Big) -> Chain:
    if not isinstance(each, Chain):
        raise LanguageError(f"{latex(each)} under {node.kind} is neither a range nor a condition")
    return each


def _found(own: tuple[Expr, Expr] | None, index: Name, node: Big) -> tuple[Expr, Expr]:
    if own is None:
        raise LanguageError(
            f"over what {latex(index)} runs in {latex(node)} is not said, and no tensor has it as an index"
        )
    return own


def index_range(meaning: Meaning, index: Name, *bodies: Node) -> tuple[Expr, Expr] | None:
    """The range of an index, by the tensors that have it as an index by itself; None if none has.

    Raises `ShapeError` where two of them have different extents.
    """
    found: dict[tuple[Expr, Expr], str] = {}
    padded: dict[tuple[Expr, Expr], str] = {}
    for body in bodies:
        for tensor, position, is_padded, node in _readings(meaning, index, body):
            origin, extent = Integer(tensor.origin), tensor.shape[position]
            (padded if is_padded else found).setdefault((origin, expand(extent + origin - 1)), latex(node))
    ranges = found or padded
    if len(ranges) > 1:
        (one, first), (other, second), *_ = ranges.items()
        words = f"to {one[1]} as of {first} and to {other[1]} as of {second}"
        raise ShapeError(f"the index {latex(index)} runs {words}")
    return next(iter(ranges), None)


def _readings(meaning: Meaning, index: Name, body: Node) -> Iterator[tuple[Tensor, int, bool, Node]]:
    for node, called in _indexed_parts(meaning, body):
        try:
            found = _indexed(meaning, node) if called is None else _of_call(meaning, node, called)
        except SymcnnError:
            continue
        if found is not None:
            tensor, lower = found
            for position, each in enumerate(lower):
                if each == index and position < tensor.rank:
                    yield tensor, position, _is_padded(meaning, node), node


def _indexed_parts(meaning: Meaning, node: Node) -> Iterator[tuple[Scripted, Node | None]]:
    """What has indices; with the call whose value has them, if they stand behind the brackets of an argument"""
    arguments: list[Node] = []
    if isinstance(node, Times):
        for one, sign, other in zip(node.factors, node.signs, node.factors[1:], strict=False):
            if sign == "" and isinstance(other, Scripted) and other.lower and applied.is_call(meaning, one, other):
                yield other, Times((one, other.base), ("",))
                arguments.append(other)
    if isinstance(node, Scripted):
        yield node, None
    for child in children(node):
        if any(child is each for each in arguments):
            yield from _indexed_parts(meaning, child.base if isinstance(child, Scripted) else child)
        else:
            yield from _indexed_parts(meaning, child)


def _of_call(meaning: Meaning, node: Scripted, call: Node) -> tuple[Tensor, tuple[Node, ...]] | None:
    value = meaning.value(call)
    made = value.vector if isinstance(value, Row) else value
    return (made, split(node.lower, made.rank, node)) if isinstance(made, Tensor) else None


def _is_padded(meaning: Meaning, node: Scripted) -> bool:
    """Whether what is read is 0 outside, so that an index may go further"""
    named = reference(node, meaning.world)
    array = meaning.world.things.get(named.word) if named is not None else None
    return isinstance(array, Array) and array.zero_outside


def _indexed(meaning: Meaning, node: Scripted) -> tuple[Tensor, tuple[Node, ...]] | None:
    """A tensor that is read, and its indices"""
    named = reference(node, meaning.world)
    if named is not None:
        key, lower = meaning.key_of(named)
        value = meaning.tensor(key, node) if lower else None
    elif node.lower and not isinstance(node.base, Derivative):
        value = meaning.value(node.base)
        rank = value.rank if isinstance(value, Tensor) else 1
        lower = split(node.lower, rank, node)
    else:
        return None
    value = value.vector if isinstance(value, Row) else value
    return (value, lower) if isinstance(value, Tensor) else None
