"""The places of a claim at which a mistake can be made, and claims with other terms at some places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from symcnn.kernel import Claim, Term, terms
from symcnn.kernel.claim import binder_kinds

from .slips import Path, Slip

INDEX, BOUND, CONDITION, HYPOTHESIS, VALUE, KERNEL = "index", "bound", "condition", "hypothesis", "value", "kernel"
#: what a field is a function of is its shape, which the conditions of a claim go with
_UNTOUCHED = "field"


@dataclass(frozen=True)
class Place:
    """A term in a claim, what it is there for, and what may be spoken of: `around` are the binders, nearest first,
    with their letters; a binder is -1 for an integer and else the rank of a tensor."""

    claim: Claim
    path: Path
    term: Term
    role: str
    indices: tuple[str, ...]
    around: tuple[tuple[str, int], ...] = ()
    parent: Term | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the binders around, nearest first."""
        return tuple(letter for letter, _ in self.around)

    def other_indices(self) -> Iterator[Term]:
        """All indices that can stand here."""
        yield from (terms.variable(name) for name in self.indices)
        yield from (Term("bound", value=number) for number, (_, kind) in enumerate(self.around) if kind == -1)

    def is_index(self) -> bool:
        """Whether the term is an index, of the equation, a definition or a binder."""
        return self.term.head == "bound" or (self.term.head == "variable" and self.term.value in self.indices)


def places_of(claim: Claim, literal: frozenset[str]) -> Iterator[Place]:
    """All places of a claim, outside first; `literal` are the names of the kernels that are written out."""
    names = tuple(index.name for index in claim.indices)
    yield from _inside(Place(claim, ("left",), claim.left, VALUE, names))
    yield from _inside(Place(claim, ("right",), claim.right, VALUE, names))
    for number, each in enumerate(claim.definitions):
        role = KERNEL if each.name in literal else VALUE
        yield from _inside(Place(claim, (f"definition {number}",), each.body, role, each.indices))
    for number, condition in enumerate(claim.hypotheses):
        yield from _inside(Place(claim, (f"hypothesis {number}",), condition, HYPOTHESIS, ()))
    for number, assumed in enumerate(claim.assumptions):
        own = tuple(index.name for index in assumed.indices)
        yield from _inside(Place(claim, (f"assumption {number} left",), assumed.left, VALUE, own))
        yield from _inside(Place(claim, (f"assumption {number} right",), assumed.right, VALUE, own))


def _inside(place: Place) -> Iterator[Place]:
    yield place
    for position, child in enumerate(place.term.args):
        role = _role(place, position)
        if role != _UNTOUCHED:
            around = (*reversed(_binders(place, position)), *place.around)
            path = (*place.path, position)
            yield from _inside(replace(place, path=path, term=child, role=role, around=around, parent=place.term))


def _binders(place: Place, position: int) -> tuple[tuple[str, int], ...]:
    """The letters of the binders around a child, outermost first, and what they bind"""
    term, taken = place.term, {*place.indices, *place.claim.integers, *place.letters}
    kinds = binder_kinds(term, position)
    hints = term.hint.split() if (term.head, position) != ("partial", 1) else []
    letters: list[str] = []
    for _, letter in zip(kinds, (*hints, *"ijkpqrstuvwxyz"), strict=False):
        while letter in taken:
            letter += "'"
        taken.add(letter)
        letters.append(letter)
    return tuple(zip(letters, kinds, strict=True))


def _role(place: Place, position: int) -> str:
    """What a child is there for"""
    head, bounds = place.term.head, 2 * terms.rank_of(place.term) if place.term.head in terms.RANKED else 0
    if place.role in (HYPOTHESIS, KERNEL):
        return place.role
    match head:
        case "field":
            return _UNTOUCHED if position < bounds else VALUE
        case "sum":
            return BOUND if position < 2 else VALUE
        case "maximum" | "exists":
            return BOUND if position < bounds else CONDITION if position == bounds else VALUE
        case "entry" | "bound_entry" | "size":
            return INDEX
        case "partial":
            return INDEX if position >= 2 else VALUE
        case "iterate":
            return VALUE if position in (2, 3) else INDEX
        case "bracket":
            return CONDITION
    return place.role


def with_slips(claim: Claim, slips: tuple[Slip, ...]) -> Claim:
    """The claim with these mistakes in it."""
    changes: dict[str, list[Slip]] = {}
    for slip in slips:
        changes.setdefault(slip.path[0], []).append(slip)
    assumptions = (_assumption(each, number, changes) for number, each in enumerate(claim.assumptions))
    return replace(
        claim,
        left=_part(claim.left, changes, "left"),
        right=_part(claim.right, changes, "right"),
        definitions=tuple(
            replace(each, body=_part(each.body, changes, f"definition {number}"))
            for number, each in enumerate(claim.definitions)
        ),
        hypotheses=_kept(_part(each, changes, f"hypothesis {number}") for number, each in enumerate(claim.hypotheses)),
        functions=tuple(_part(each, changes, f"function {number}") for number, each in enumerate(claim.functions)),
        assumptions=_kept(assumptions),
    )


def _kept(parts: Iterator[Any]) -> tuple[Any, ...]:
    return tuple(part for part in parts if part is not None)


def _assumption(assumed: Any, number: int, changes: Mapping[str, list[Slip]]) -> Any:
    if _part(assumed, changes, f"assumption {number}") is None:
        return None
    left = _part(assumed.left, changes, f"assumption {number} left")
    return replace(assumed, left=left, right=_part(assumed.right, changes, f"assumption {number} right"))


def _part(part: Any, changes: Mapping[str, list[Slip]], name: str) -> Any:
    for slip in changes.get(name, ()):
        part = _replaced(part, slip.path[1:], slip.new)
    return part


def _replaced(term: Any, positions: Path, new: Any) -> Any:
    if not positions:
        return new
    position, *rest = positions
    args = (_replaced(child, tuple(rest), new) if n == position else child for n, child in enumerate(term.args))
    return Term(term.head, tuple(args), term.value, term.hint)
