"""Terms: small immutable values with ordered children; nothing is rearranged except by a rule.

Three sorts: integers, reals and conditions. A bound variable is counted from the inside (`bound` 0 is the
nearest binder), so two sums that differ in the name of their index are equal; the letter is a hint for print.
Every term means something everywhere: a tensor is a total function on integer tuples, a sum over an empty
range is 0, and so is a maximum, `inverse(0)` is 0, a bracket is 0 or 1, a derivative that does not exist is 0.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .rejected import Rejected

INTEGER, REAL, CONDITION = "integer", "real", "condition"
Value = int | Fraction | str | None

#: head -> (sorts of the children, sort of the term)
FIXED: dict[str, tuple[tuple[str, ...], str]] = {
    "integer": ((), INTEGER),
    "variable": ((), INTEGER),
    "bound": ((), INTEGER),
    "size": ((INTEGER,), INTEGER),
    "floor": ((INTEGER, INTEGER), INTEGER),
    "rational": ((), REAL),
    "real": ((INTEGER,), REAL),
    "inverse": ((REAL,), REAL),
    "call": ((REAL,), REAL),
    "bracket": ((CONDITION,), REAL),
    "sum": ((INTEGER, INTEGER, REAL), REAL),
    "less": ((REAL, REAL), CONDITION),
    "nonzero": ((REAL,), CONDITION),
    "not": ((CONDITION,), CONDITION),
}
#: head -> sort of all its children, any number of them, and sort of the term
ANY_NUMBER: dict[str, tuple[str, str]] = {
    "entry": (INTEGER, REAL),
    "bound_entry": (INTEGER, REAL),
    "and": (CONDITION, CONDITION),
    "or": (CONDITION, CONDITION),
}
#: head -> number of children (None: any but 0), all of one sort, integer or real; sort of the term (None: theirs)
EITHER: dict[str, tuple[int | None, str | None]] = {
    "add": (None, None),
    "multiply": (None, None),
    "power": (1, None),
    "larger": (2, None),
    "at_most": (2, CONDITION),
    "equal": (2, CONDITION),
}
#: heads whose binders have r indices: sorts of the children for r, and sort of the term
RANKED: dict[str, tuple[Callable[[int], list[str]], str]] = {
    "maximum": (lambda r: [INTEGER] * (2 * r) + [CONDITION, REAL], REAL),
    "exists": (lambda r: [INTEGER] * (2 * r) + [CONDITION], CONDITION),
    "field": (lambda r: [INTEGER] * (2 * r) + [REAL], REAL),
    "partial": (lambda r: [REAL, REAL] + [INTEGER] * r, REAL),
    "iterate": (lambda r: [INTEGER, INTEGER, REAL, REAL] + [INTEGER] * r, REAL),
}
#: head -> the type that its value must have (all others have none)
VALUES: dict[str, type] = {
    "integer": int,
    "variable": str,
    "bound": int,
    "bound_entry": int,
    "size": str,
    "rational": Fraction,
    "entry": str,
    "call": str,
    "power": int,
    "maximum": int,
    "exists": int,
    "field": str,
    "partial": int,
    "iterate": int,
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Term:
    """One node: head, children, value, and a display hint that takes no part in equality.

    Raises `Rejected` if the sorts of the children, their number or the value do not fit the head.
    """

    head: str
    args: tuple[Term, ...] = ()
    value: Value = None
    hint: str = ""
    sort: str = dataclasses.field(init=False)
    loose: int = dataclasses.field(init=False)  # binders outside this term that its bound variables reach
    hashed: int = dataclasses.field(init=False)
    memory: dict[str, Any] = dataclasses.field(init=False)  # what the kernel has computed of this very value

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "sort", _sort_of(self))
        put(self, "loose", _loose_of(self))
        put(self, "hashed", hash((self.head, self.value, self.args)))
        put(self, "memory", {})

    def __hash__(self) -> int:
        return self.hashed

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Term)
            and self.hashed == other.hashed
            and self.head == other.head
            and self.value == other.value
            and self.args == other.args
        )

    def __repr__(self) -> str:
        from .show import show

        return show(self)


def _sort_of(term: Term) -> str:
    value_type = VALUES.get(term.head, type(None))
    if type(term.value) is not value_type:
        raise Rejected(f"{term.head} does not take the value {term.value!r}")
    sorts = tuple([child.sort for child in term.args])
    if term.head in ("bound", "bound_entry", "power") and int(str(term.value)) < 0:
        raise Rejected(f"{term.head} does not take the value {term.value!r}")
    return _sort(term.head, sorts, rank_of(term) if term.head in RANKED else 0)


@lru_cache(maxsize=10_000)
def _sort(head: str, sorts: tuple[str, ...], rank: int) -> str:
    """The sort of a term with children of these sorts. Raises `Rejected` if its head does not take them."""
    if head in FIXED:
        wanted, sort = FIXED[head]
        fits = sorts == wanted
    elif head in ANY_NUMBER:
        child_sort, sort = ANY_NUMBER[head]
        fits = all(child == child_sort for child in sorts)
    elif head in EITHER:
        count, made = EITHER[head]
        fits = len(set(sorts)) == 1 and sorts[0] in (INTEGER, REAL) and len(sorts) == (count or len(sorts))
        sort = made or (sorts[0] if sorts else "")
    elif head in RANKED:
        wanted_for, sort = RANKED[head]
        fits = rank >= 0 and list(sorts) == wanted_for(rank)
    else:
        raise Rejected(f"no term has the head {head!r}")
    if not fits:
        raise Rejected(f"{head} does not take children of the sorts {', '.join(sorts) or 'of none'}")
    return sort


def rank_of(term: Term) -> int:
    """The number of indices of a head in `RANKED`; a field is named, so its children tell."""
    return (len(term.args) - 1) // 2 if term.head == "field" else int(str(term.value))


def binds(term: Term, position: int) -> int:
    """How many binders stand around a child. Where one is for a tensor, it is the outermost: the tensor of
    which a `partial` is the derivative, and what an `iterate` has reached before its step."""
    match term.head:
        case "sum":
            return int(position == 2)
        case "maximum" | "exists" | "field":
            return rank_of(term) if position >= 2 * rank_of(term) else 0
        case "partial":
            return (1, rank_of(term))[position] if position < 2 else 0
        case "iterate":
            return {2: rank_of(term), 3: rank_of(term) + 2}.get(position, 0)
    return 0


def _loose_of(term: Term) -> int:
    loose = 0
    if term.head in ("bound", "bound_entry"):
        loose = int(str(term.value)) + 1
    for number, child in enumerate(term.args):
        if child.loose:
            loose = max(loose, child.loose - binds(term, number))
    return loose


def with_args(term: Term, args: tuple[Term, ...]) -> Term:
    """The same node over other children."""
    for new, old in zip(args, term.args, strict=True):
        if new is not old:
            return Term(term.head, args, term.value, term.hint)
    return term


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything in it, outside first."""
    yield term
    for child in term.args:
        yield from subterms(child)


def free_variables(term: Term) -> frozenset[str]:
    """The names of the integer variables of the term."""
    if "free" not in term.memory:
        own = frozenset([str(term.value)]) if term.head == "variable" else frozenset()
        term.memory["free"] = own.union(*(free_variables(child) for child in term.args))
    found: frozenset[str] = term.memory["free"]
    return found


def names_in(term: Term) -> frozenset[str]:
    """The names of its integer variables and of the tensors that it reads."""
    if "names" not in term.memory:
        own = frozenset([str(term.value)]) if term.head in ("variable", "entry") else frozenset()
        term.memory["names"] = own.union(*(names_in(child) for child in term.args))
    found: frozenset[str] = term.memory["names"]
    return found


def function_of(term: Term) -> str:
    """The name of the function that is called; its derivatives are written with primes."""
    return str(term.value).rstrip("'")
