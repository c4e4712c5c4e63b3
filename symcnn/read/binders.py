"""What sums and maxima run over: ranges that are written, and those that the tensors say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, Integer
from sympy.logic.boolalg import Boolean

from ..errors import LanguageError, SymcnnError
from ..language.tensors import Tensor
from .references import indices_of, reference, split
from .syntax import Big, Chain, Derivative, Name, Node, Scripted, walk
from .values import Row
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
    """The indices of a sum or maximum. Raises `LanguageError` where a range is neither written nor found."""
    scope: dict[str, Expr] = {}
    limits: list[tuple[Dummy, Expr, Expr]] = []
    later: list[Chain] = []
    for each in node.below:
        found = _range(each, node)
        if found is None:
            later.append(_chain(each, node))
            continue
        index, first, last = found
        inside = meaning.within(scope)
        own = index_range(inside, index, node.body, (*node.below,)) if first is None or last is None else None
        low = inside.integer(first) if first is not None else _found(own, index, node)[0]
        high = inside.last(last) if last is not None else _found(own, index, node)[1]
        low, high = low + _strict(each, 0), high - _strict(each, 1)
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
        raise LanguageError(f"over what {latex(index)} runs in {latex(node)} is not said, and no tensor has it as an index")
    return own


def _range(each: Node, node: Big) -> tuple[Name, Node | None, Node | None] | None:
    """(index, first, last) of i, of i = 1 and of 1 <= i <= n"""
    if isinstance(each, Name):
        return each, None, None
    if isinstance(each, Chain) and each.relations == ("=",) and isinstance(each.items[0], Name):
        return each.items[0], each.items[1], node.above
    if isinstance(each, Chain) and len(each.items) == 3 and set(each.relations) <= {"<", "<="}:
        if isinstance(each.items[1], Name):
            return each.items[1], each.items[0], each.items[2]
    return None


def _strict(each: Node, position: int) -> int:
    """1 where an end of a range does not belong to it"""
    return int(isinstance(each, Chain) and len(each.relations) == 2 and each.relations[position] == "<")


def index_range(
    meaning: Meaning, index: Name, body: Node, besides: tuple[Node, ...] = ()
) -> tuple[Expr, Expr] | None:
    """The range of an index, by the first tensor in the body that has it as an index by itself; None if none has."""
    for tensor, position in _readings(meaning, index, body):
        origin, extent = Integer(tensor.origin), tensor.shape[position]
        return origin, extent + origin - 1
    return None


def _readings(meaning: Meaning, index: Name, body: Node) -> Iterator[tuple[Tensor, int]]:
    for node in walk(body):
        if isinstance(node, Scripted):
            try:
                found = _indexed(meaning, node)
            except SymcnnError:
                continue
            if found is not None:
                tensor, lower = found
                for position, each in enumerate(lower):
                    if each == index and position < tensor.rank:
                        yield tensor, position


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


def layer_and_indices(meaning: Meaning, node: Node) -> tuple[Node | None, tuple[Node, ...]]:
    """What stands below a name: the layer, and the indices."""
    named = reference(node, meaning.world)
    return indices_of(named, meaning.world) if named is not None else (None, ())
