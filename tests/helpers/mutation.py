"""Near misses: everything that differs from a value in one place.

Whatever the kernel accepts of these must still be true.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any

from symcnn.kernel import Evidence, Multiples, Rejected, Term, terms

#: heads that a slip of the pen takes for each other
CONFUSED = {
    "at_most": "equal",
    "equal": "at_most",
    "and": "or",
    "or": "and",
    "add": "multiply",
    "multiply": "add",
    "floor": "larger",
    "larger": "floor",
}
#: what is for readers only
REMARKS = ("reason", "hint")


def variants(value: Any, names: tuple[str, ...] = ()) -> Iterator[Any]:
    """All values that differ in one place; a name becomes another one of `names`."""
    match value:
        case bool() | None:
            return
        case int():
            yield from (value + 1, value - 1)
        case Fraction():
            yield from (value + 1, value - 1, -value, value / 2)
        case str():
            yield from (name for name in names if value in names and name != value)
        case Term():
            yield from _of_term(value, names)
        case tuple():
            yield from _of_tuple(value, names)
        case _ if is_dataclass(value) and not isinstance(value, type):
            yield from _of_fields(value, names)


def _of_term(term: Term, names: tuple[str, ...]) -> Iterator[Term]:
    for other in variants(term.value, names):
        yield from _built(term.head, term.args, other)
    for args in _of_tuple(term.args, names):
        yield from _built(term.head, args, term.value)
    if term.head in CONFUSED:
        yield from _built(CONFUSED[term.head], term.args, term.value)
    if term.sort == terms.CONDITION:
        yield terms.negation(term)


def _built(head: str, args: tuple[Term, ...], value: Any) -> Iterator[Term]:
    try:
        yield Term(head, args, value)
    except Rejected:
        return


def _of_tuple(items: tuple[Any, ...], names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    is_list = len({_kind(item) for item in items}) == 1
    for number, item in enumerate(items):
        before, after = items[:number], items[number + 1 :]
        if is_list:
            yield (*before, *after)
            yield (*before, item, item, *after)
        if is_list and after:
            yield (*before, after[0], item, *after[1:])
        for other in variants(item, names):
            yield (*before, other, *after)


def _kind(item: Any) -> type:
    return Evidence if isinstance(item, Evidence) else type(item)


def _of_fields(value: Any, names: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, Evidence) and value != Multiples():
        yield Multiples()
    for each in fields(value):
        if each.name not in REMARKS:
            for other in variants(getattr(value, each.name), names):
                yield replace(value, **{each.name: other})
