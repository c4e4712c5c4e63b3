"""The exact values of a claim's terms at one instance: sizes and tensors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

from ..kernel import Claim, Definition, Leaf, Term
from ..kernel.value import Entry, holds, value

Indices = tuple[int, ...]
#: nested tuples of fractions, as deep as the tensor has indices
Nested = Any


@dataclass(frozen=True, eq=False)
class Values:
    """A claim with numbers for its integers and its leaves; entries of computed tensors are remembered."""

    claim: Claim
    sizes: Mapping[str, int]
    tensors: Mapping[str, Nested]
    entries: dict[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for leaf in self.claim.leaves:
            self.entries[leaf.name] = _leaf_entry(leaf, self.tensors[leaf.name])
        for definition in self.claim.definitions:
            self.entries[definition.name] = self._computed(definition)

    def _computed(self, definition: Definition) -> Entry:
        known: dict[Indices, Fraction] = {}

        def entry(at: Indices) -> Fraction:
            if at not in known:
                known[at] = self.of(definition.body, dict(zip(definition.indices, at, strict=True)))
            return known[at]

        return entry

    def of(self, term: Term, indices: Mapping[str, int], bound: Indices = ()) -> Fraction:
        """The value of a term. Raises `Rejected` if it has none, or too many summands."""
        return value(term, {**self.sizes, **indices}, self.entries, bound)

    def hold(self, condition: Term, indices: Mapping[str, int], bound: Indices = ()) -> bool:
        """Whether a condition holds. Raises `Rejected` as `of`."""
        return holds(condition, {**self.sizes, **indices}, self.entries, bound)

    def places(self) -> Iterator[dict[str, int]]:
        """All indices of the claim, in order."""
        ranges = [
            range(int(self.of(index.lower, {})), int(self.of(index.upper, {})) + 1) for index in self.claim.indices
        ]
        for at in product(*ranges):
            yield {index.name: position for index, position in zip(self.claim.indices, at, strict=True)}


def extents(shape: tuple[Term, ...], sizes: Mapping[str, int]) -> Indices:
    """The shape in numbers. Raises `Rejected` for an extent without a value."""
    return tuple(int(value(extent, sizes, {})) for extent in shape)


def _leaf_entry(leaf: Leaf, nested: Nested) -> Entry:
    """The entries of a nested tuple, 0 out of range (`meaning` sees to it that nothing depends on that)."""

    def entry(at: Indices) -> Fraction:
        part = nested
        for index in at:
            if not 0 <= index - leaf.origin < len(part):
                return Fraction(0)
            part = part[index - leaf.origin]
        return Fraction(part)

    return entry
