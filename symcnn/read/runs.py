"""From where to where an index goes, as it is written below a sum or in a condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .syntax import Big, Bracketed, Chain, Name, Negative, Node, Number, Plus, names_in


@dataclass(frozen=True)
class End:
    """A bound of a range. A strict one does not belong to it; a value is named itself, as in i = 1."""

    at: Node
    is_strict: bool = False
    is_value: bool = False


@dataclass(frozen=True)
class Run:
    """An index, and where it begins and ends, None where that is not said."""

    index: Name
    first: End | None = None
    last: End | None = None


def runs(node: Big) -> Iterator[Run]:
    """Of all indices of a sum: of i, of i = 1, of i and j in i, j = 1, of 1 <= i <= n. What stands above a sum is the
    end of each that has none below."""
    return (found for number in range(len(node.below)) if (found := run_below(node, number)) is not None)


def run_below(node: Big, number: int) -> Run | None:
    """Of the index that stands at a place below a sum; None for a condition."""
    each = node.below[number]
    if isinstance(each, Name):
        equations = (_first(later) for later in node.below[number + 1 :])
        first = next((found for found in equations if found is not None), None)
        is_shared = first is not None or not any(map(_first, node.below))  # of i = 1, j the end is that of i
        return Run(each, first, _last(node) if is_shared else None)
    if isinstance(each, Chain) and isinstance(each.items[0], Name) and _first(each) is not None:
        return Run(each.items[0], _first(each), _last(node))
    return next(between(each), None)


def _first(node: Node) -> End | None:
    """The end 1 of i = 1"""
    named = isinstance(node, Chain) and node.relations == ("=",)
    at = node.items[1] if isinstance(node, Chain) and named else None
    return End(at, is_value=True) if at is not None else None


def _last(node: Big) -> End | None:
    return End(node.above) if node.above is not None else None


def between(node: Node) -> Iterator[Run]:
    """Of i in 0 <= i < n; of i and j in 0 <= (i, j) < n."""
    if not isinstance(node, Chain) or len(node.items) != 3 or not set(node.relations) <= {"<", "<="}:
        return
    first, middle, last = node.items
    if first is None or last is None:
        return
    ends = [End(each, sign == "<") for each, sign in zip((first, last), node.relations, strict=True)]
    is_list = isinstance(middle, Bracketed) and middle.kind == "("
    for index in middle.items if isinstance(middle, Bracketed) and is_list else (middle,):
        if isinstance(index, Name):
            yield Run(index, ends[0], ends[1])


def subjects(condition: Node) -> set[str]:
    """What a condition is about: an index, if it is a range of one, else all its names."""
    return {run.index.word for run in between(condition)} or names_in(condition)


def first_value(end: End) -> Node:
    """The first value of an index, as it would be written: n for n <= i, n + 1 for n < i."""
    return one_more(end.at) if end.is_strict else end.at


def last_value(end: End) -> Node:
    """The last value of an index, as it would be written: n for i <= n, n - 1 for i < n."""
    return one_less(end.at) if end.is_strict else end.at


def one_less(node: Node) -> Node:
    """n - 1"""
    return Plus((*(node.terms if isinstance(node, Plus) else (node,)), Negative(Number("1"))))


def one_more(node: Node) -> Node:
    """n + 1, and n for n - 1"""
    if isinstance(node, Plus) and node.terms[-1] == Negative(Number("1")):
        rest = node.terms[:-1]
        return rest[0] if len(rest) == 1 else Plus(rest)
    if isinstance(node, Number) and node.digits.isdecimal():
        return Number(str(int(node.digits) + 1))
    return Plus((*(node.terms if isinstance(node, Plus) else (node,)), Number("1")))
