r"""Lists that say over what indices run, each index in a range of its own.

i = 1, \dots, n        is  1 <= i <= n
i, j = 1, 2, \dots, n  is  1 <= i <= n, 1 <= j <= n
1 <= i, j <= n         is  1 <= i <= n, 1 <= j <= n
i, j \in \{1, \dots, n\}, i, j \in [n]  are the same
x, y >= 0              is  x >= 0, y >= 0
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from .syntax import Bracketed, Chain, Dots, Name, Node, Number

Found = tuple[tuple[Node, ...], int]  # ranges, and how many items of the list they take
ORDER = frozenset(("<", "<=", ">", ">=", "!=", "divides"))  # relations that say which indices and sizes are meant
_ORDER = ("<", "<=")
_COMPARED = (*_ORDER, ">", ">=")


def ranges(items: Sequence[Node]) -> tuple[Node, ...]:
    """A list in which ranges of indices stand, each as lo <= i <= hi; the other items as they are."""
    made: list[Node] = []
    at = 0
    while at < len(items):
        found = next(filter(None, (way(items[at:]) for way in _WAYS)), ((items[at],), 1))
        made += found[0]
        at += found[1]
    return tuple(made)


def leaves_out(items: Sequence[Node]) -> bool:
    r"""Whether a list gives single values of an index, as in i = 1, 3, \dots, n or i = 1, 2."""
    return any(
        isinstance(one, Chain) and _is_first(one) and isinstance(two, Number) for one, two in pairwise(ranges(items))
    )


def goes_on(items: Sequence[Node]) -> bool:
    """Whether behind a comma a list may go on with what belongs to its last item."""
    last = items[-1]
    before = items[-2] if len(items) > 1 else None
    if isinstance(last, Number):
        return isinstance(before, (Chain, Number))
    return isinstance(last, (Name, Dots)) or _is_first(last) or _opens(last)


def introduced(items: Sequence[Node]) -> tuple[tuple[Node, ...], Chain] | None:
    """The ranges before a colon, and the equation behind it, as in i, j in [n]: x_i = x_j; None if nothing is."""
    last = items[-1]
    if not isinstance(last, Chain) or ":" not in last.relations:
        return None
    colon = last.relations.index(":")
    front, behind = last.items[: colon + 1], Chain(last.items[colon + 1 :], last.relations[colon + 1 :], span=last.span)
    if front[0] is None or not set(behind.relations) & {"=", "<=", ">="}:
        return None
    before = front[0] if colon == 0 else Chain(front, last.relations[:colon], span=last.span)
    return ranges((*items[:-1], before)), behind


def _is_first(node: Node) -> bool:
    """i = 1"""
    return isinstance(node, Chain) and node.relations == ("=",) and isinstance(node.items[0], Name)


def _opens(node: Node) -> bool:
    """1 <= i: with a literal, since k <= m, s <= n are two conditions"""
    literal = isinstance(node, Chain) and len(node.relations) == 1 and isinstance(node.items[0], Number)
    return literal and isinstance(node, Chain) and node.relations[0] in _ORDER and isinstance(node.items[1], Name)


def _enumerated(items: Sequence[Node]) -> Found | None:
    r"""i, j = 1, 2, \dots, n"""
    names = _names(items)
    equation = _at(items, len(names))
    if not isinstance(equation, Chain) or not _is_first(equation):
        return None
    name, first = equation.items
    last = _last(first, items[len(names) + 1 :])
    if last is None or not isinstance(name, Name) or first is None:
        return None
    return _each((*names, name), first, ("<=", "<="), last[0]), len(names) + 1 + last[1]


def _between(items: Sequence[Node]) -> Found | None:
    """1 <= i, j <= n"""
    opening = items[0]
    if not isinstance(opening, Chain) or not _opens(opening):
        return None
    names = _names(items[1:])
    closing = _at(items, len(names) + 1)
    if not isinstance(closing, Chain) or len(closing.relations) != 1 or closing.relations[0] not in _ORDER:
        return None
    (first, index), (name, last) = opening.items, closing.items
    if first is None or last is None or not isinstance(index, Name) or not isinstance(name, Name):
        return None
    order = (opening.relations[0], closing.relations[0])
    return _each((index, *names, name), first, order, last), len(names) + 2


def _among(items: Sequence[Node]) -> Found | None:
    r"""i, j \in \{1, \dots, n\}, and i, j \in [n]"""
    names = _names(items)
    chain = _at(items, len(names))
    if not isinstance(chain, Chain) or chain.relations != ("in",) or not isinstance(chain.items[1], Bracketed):
        return None
    name, numbers = chain.items
    ends = _ends(numbers) if isinstance(numbers, Bracketed) and not numbers.settings else None
    if ends is None or not isinstance(name, Name):
        return None
    return _each((*names, name), ends[0], ("<=", "<="), ends[1]), len(names) + 1


def _ends(numbers: Bracketed) -> tuple[Node, Node] | None:
    r"""The first and the last of \{1, \dots, n\} and of [n]"""
    inside = numbers.items
    if numbers.kind == "[" and len(inside) == 1 and isinstance(inside[0], Name):
        return Number("1"), inside[0]
    if numbers.kind != "{" or not inside:
        return None
    last = _last(inside[0], inside[1:])
    return (inside[0], last[0]) if last is not None and last[1] == len(inside) - 1 else None


def _last(first: Node | None, behind: Sequence[Node]) -> tuple[Node, int] | None:
    r"""What stands at the end of 2, 3, \dots, n behind 1, and how many items that takes"""
    count = 0
    while isinstance(first, Number) and first.digits.isdecimal() and _at(behind, count) == _next(first):
        first, count = _next(first), count + 1
    dots, last = _at(behind, count), _at(behind, count + 1)
    return (last, count + 2) if isinstance(dots, Dots) and last is not None and not isinstance(last, Chain) else None


def _next(number: Number) -> Number:
    return Number(str(int(number.digits) + 1))


def _names(items: Sequence[Node]) -> tuple[Name, ...]:
    """The names at the beginning of a list"""
    found: list[Name] = []
    for each in items:
        if not isinstance(each, Name):
            break
        found.append(each)
    return tuple(found)


def _at(items: Sequence[Node], number: int) -> Node | None:
    return items[number] if number < len(items) else None


def _each(names: tuple[Name, ...], first: Node, order: tuple[str, ...], last: Node) -> tuple[Node, ...]:
    span = (min(first.span[0], names[0].span[0]), last.span[1])
    return tuple(Chain((first, name, last), order, span=span) for name in dict.fromkeys(names))


def _shared(items: Sequence[Node]) -> Found | None:
    """x, y >= 0: an inequality of each"""
    names = _names(items)
    chain = _at(items, len(names))
    if not names or not isinstance(chain, Chain) or len(chain.relations) != 1 or chain.relations[0] not in _COMPARED:
        return None
    if not isinstance(chain.items[0], Name):
        return None
    made = tuple(replace(chain, items=(name, chain.items[1])) for name in (*names, chain.items[0]))
    return made, len(names) + 1


_WAYS: tuple[Callable[[Sequence[Node]], Found | None], ...] = (_enumerated, _between, _among, _shared)
