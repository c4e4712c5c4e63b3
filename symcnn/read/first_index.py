"""Whether a document counts its indices from 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from .references import is_layer_number, spread
from .runs import End, between, first_value, last_value, runs
from .syntax import Big, Chain, Dots, Name, Negative, Node, Number, Plus, Scripted, Times, children, walk

_ZERO, _ONE = Number("0"), Number("1")
Ends = tuple[Node, Node | None]  # the first value of an index and its last one, if that is known


def begins_at_zero(nodes: list[Node]) -> bool:
    """Whether sums and ranges show that the first index is 0, and nothing shows another one.

    What stands alone as an index then begins at 0 and ends at n - 1 somewhere, and begins at 1 nowhere."""
    ends = [*_of_sums(nodes), *_of_ranges(nodes)]
    return any(map(_is_below, ends)) and all(first == _ZERO for first, _ in ends) and not _lists_from_one(nodes)


def _of_sums(nodes: list[Node]) -> Iterator[Ends]:
    """Of sums whose index stands alone in a tensor. One that does not begins at 0 or shows nothing; of several
    indices, any may stand alone elsewhere"""
    for node in nodes:
        if isinstance(node, Big):
            alone, several = _bare(walk(node)), len(node.below) > 1
            for run in runs(node):
                if run.first is not None and run.first.is_value:
                    first = run.first.at
                    if run.index in alone or (several and first != _ZERO):
                        yield first, _written_last(run.last) if not several else None


def _of_ranges(nodes: list[Node]) -> Iterator[Ends]:
    """Of ranges whose index stands alone in a tensor: 0 <= i < n, 0 < i <= n, i = 1, below a sum or not"""
    alone = _bare(nodes)
    below = {id(each) for node in nodes if isinstance(node, Big) for each in node.below}
    for node in nodes:
        for run in between(node):
            if run.index in alone and run.first is not None:
                yield first_value(run.first), _written_last(run.last)
        is_equation = isinstance(node, Chain) and node.relations[0] == "=" and id(node) not in below
        if isinstance(node, Chain) and is_equation and node.items[0] in alone and node.items[1] == _ONE:
            yield _ONE, None


def _written_last(end: End | None) -> Node | None:
    return last_value(end) if end is not None else None


def _bare(body: Iterable[Node]) -> set[Node]:
    """What stands alone as an index"""
    return {
        each
        for node in body
        if isinstance(node, Scripted) and isinstance(node.base, Name) and not _shows_layers(node)
        for each in spread(node.lower)
    }


def _shows_layers(node: Scripted) -> bool:
    return bool(node.lower) and is_layer_number(spread(node.lower)[0])


def _is_below(ends: Ends) -> bool:
    """From 0 to n - 1"""
    first, last = ends
    return first == _ZERO and isinstance(last, Plus) and last.terms[-1] == Negative(_ONE)


def _lists_from_one(nodes: list[Node]) -> bool:
    """(x_1, ..., x_n)"""
    groups = [tuple(children(node)) for node in nodes if not isinstance(node, Times)]
    return any(
        isinstance(first, Scripted) and first.lower[-1:] == (_ONE,) and isinstance(second, Dots)
        for group in groups
        for first, second in pairwise(group)
    )
