"""Instances of a claim: numbers, tensors and functions for everything that it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..kernel import Claim, Definition, Leaf
from .curves import RealFunction
from .forms import Form
from .smooth import KNOWN_FUNCTIONS

Indices = tuple[int, ...]
#: nested tuples of fractions, as deep as the tensor has indices; layers are a mapping to those
Nested = Any
#: the layers that have sizes and tensors
LAYERS = range(-1, 9)


@dataclass(frozen=True)
class Instance:
    """A claim with values: `tensors` has nested tuples, or for a leaf with layers a mapping from these to such;
    `sequences` the sizes by layer, `functions` and `fields` what stands for the unknown functions."""

    claim: Claim
    sizes: Mapping[str, int]
    tensors: Mapping[str, Nested] = field(default_factory=dict)
    sequences: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    functions: Mapping[str, RealFunction] = field(default_factory=dict)
    fields: Mapping[str, Form] = field(default_factory=dict)

    def tensors_of_claim(self) -> tuple[Leaf | Definition, ...]:
        """All tensors that have names."""
        return (*self.claim.leaves, *self.claim.definitions)

    def curve(self, name: str) -> RealFunction | None:
        """What stands for a function, or a known one."""
        return KNOWN_FUNCTIONS.get(name) or self.functions.get(name)

    def has_its_facts(self) -> bool:
        """Whether each function certainly has the declared facts, and each size is at least 1."""
        declared = self.claim.functions
        curves = all(each.name in self.functions and self.functions[each.name].has(each.facts) for each in declared)
        return curves and all(size >= 1 for sizes in self.sequences.values() for size in sizes.values())


def entry_of(nested: Nested, at: Indices, origin: int) -> Fraction | None:
    """An entry, or None out of range."""
    for index in at:
        if not 0 <= index - origin < len(nested):
            return None
        nested = nested[index - origin]
    return Fraction(nested)
