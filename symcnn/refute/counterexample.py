"""Counterexamples: the sizes, the tensors and the index at which the two sides of a claim differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ..kernel import Claim, Rejected, Term, show
from .values import Indices, Nested, Values, extents

MOST_SHOWN = 36  # entries of a tensor
FEW = 4  # entries that are not 0


@dataclass(frozen=True)
class Counterexample:
    """Where a claim fails: at `index` its sides are `left` and `right`, or else `condition` does not hold.

    Of a condition `a = b`, `left` and `right` are a and b; of any other they are 0 (it does not hold) and 1.
    """

    claim: Claim
    sizes: tuple[tuple[str, int], ...]
    tensors: tuple[tuple[str, Nested], ...]
    index: tuple[tuple[str, int], ...]
    left: Fraction
    right: Fraction
    condition: Term | None = None

    def replay(self) -> tuple[Fraction, Fraction]:
        """Both sides, computed again from the claim.

        Raises `Rejected` if a hypothesis fails here, the index is out of range, or the two sides agree.
        """
        values = Values(self.claim, dict(self.sizes), dict(self.tensors))
        place = dict(self.index)
        for hypothesis in self.claim.hypotheses:
            if not values.hold(hypothesis, {}):
                raise Rejected(f"{hypothesis!r} does not hold here")
        if self.condition is None and place not in values.places():
            raise Rejected(f"the index {self.index} is out of range")
        found = sides(values, place, self.condition)
        if found[0] == found[1] or self.condition not in (None, *self.claim.conditions):
            raise Rejected("the claim holds here")
        return found

    def __str__(self) -> str:
        return "\n".join((*self._instance(), self._difference()))

    def _instance(self) -> Iterator[str]:
        if self.sizes:
            yield _assignments(self.sizes)
        tensors = dict(self.tensors) if self.condition is None else {}
        for leaf in self.claim.leaves if tensors else ():
            shape = extents(leaf.shape, dict(self.sizes))
            yield from tensor_lines(leaf.name, tensors[leaf.name], shape, leaf.origin)

    def _difference(self) -> str:
        if self.condition is None:
            place = f"at {_assignments(self.index)} " if self.index else ""
            return f"{place}the left side is {self.left}, the right side is {self.right}"
        numbers = f": {self.left} and {self.right}" if self.condition.head == "equal" else ""
        return f"{show(self.condition)} does not hold{numbers}"


def sides(values: Values, place: dict[str, int], condition: Term | None) -> tuple[Fraction, Fraction]:
    """The two numbers that should be equal, at this place or by this condition.

    Raises `Rejected` if one of them has no value.
    """
    if condition is None:
        return values.of(values.claim.left, place), values.of(values.claim.right, place)
    if condition.head == "equal":
        return values.of(condition.args[0], {}), values.of(condition.args[1], {})
    return Fraction(values.hold(condition, {})), Fraction(1)


def _assignments(pairs: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{name} = {number}" for name, number in pairs)


def tensor_lines(name: str, nested: Nested, shape: Indices, origin: int) -> Iterator[str]:
    """A tensor as a row, a matrix, or matrices one below the other; of a large one only what is not 0."""
    entries = {at: _entry(nested, at) for at in product(*map(range, shape))}
    nonzero = {at: entry for at, entry in entries.items() if entry}
    if not entries:
        yield f"{name} has no entries"
    elif len(entries) > MOST_SHOWN:
        yield _large(name, nonzero, shape, origin)
    elif len(shape) <= 2:
        yield from _matrix(f"{name} = ", nested, len(shape))
    else:
        for lead in product(*map(range, shape[:-2])):
            at = ", ".join(str(index + origin) for index in lead)
            yield from _matrix(f"{name}[{at}, :, :] = ", _entry(nested, lead), 2)


def _entry(nested: Nested, at: Indices) -> Nested:
    for index in at:
        nested = nested[index]
    return nested


def _large(name: str, nonzero: dict[Indices, Fraction], shape: Indices, origin: int) -> str:
    if len(nonzero) > FEW:
        return f"{name} has {' x '.join(map(str, shape))} entries, too many to show"
    shown = (f"{name}[{', '.join(str(i + origin) for i in at)}] = {entry}" for at, entry in nonzero.items())
    return f"{name} is 0 but for {', '.join(shown)}" if nonzero else f"{name} is 0"


def _matrix(label: str, nested: Nested, rank: int) -> Iterator[str]:
    if rank == 0:
        yield f"{label}{nested}"
        return
    rows = [[str(entry) for entry in row] for row in (nested if rank == 2 else [nested])]
    width = max(len(entry) for row in rows for entry in row)
    for row in rows:
        yield f"{label}[{' '.join(entry.rjust(width) for entry in row)}]"
        label = " " * len(label)
