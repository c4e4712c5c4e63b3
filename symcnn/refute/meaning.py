"""Whether a term, at one instance, means what a reader takes it to mean.

The kernel gives a value to everything: a read out of range, a sum whose end lies before its start, 1/0. A
difference that comes from such a convention is no counterexample, it is a statement that is not well-formed.
Here is checked at one instance what `kernel.well_formed` asks for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..kernel import Definition, Leaf, Term
from .values import Indices, Values, extents


@dataclass(frozen=True, eq=False)
class Meaning:
    """The checks of one instance; what was found of the entries of computed tensors is remembered."""

    values: Values
    known: dict[tuple[str, Indices], bool] = field(default_factory=dict)

    def shapes(self) -> bool:
        """Whether no extent is negative."""
        shapes = (tensor.shape or () for tensor in self._tensors().values())
        return all(extent >= 0 for shape in shapes for extent in extents(shape, self.values.sizes))

    def of(self, term: Term, indices: Mapping[str, int], bound: Indices = ()) -> bool:
        """Whether nothing that the value of the term depends on relies on a convention."""
        match term.head:
            case "multiply":
                return self._product(term, indices, bound)
            case "sum":
                return self._sum(term, indices, bound)
        if not all(self.of(child, indices, bound) for child in term.args):
            return False
        match term.head:
            case "inverse":
                return self.values.of(term.args[0], indices, bound) != 0
            case "floor":
                return self.values.of(term.args[1], indices, bound) >= 1
            case "entry":
                return self._entry(str(term.value), self._numbers(term.args, indices, bound))
        return True

    def _numbers(self, several: Iterable[Term], indices: Mapping[str, int], bound: Indices) -> Indices:
        return tuple(int(self.values.of(term, indices, bound)) for term in several)

    def _product(self, term: Term, indices: Mapping[str, int], bound: Indices) -> bool:
        """A factor matters where no other factor is a bracket that is 0."""
        zero = {
            position
            for position, child in enumerate(term.args)
            if child.head == "bracket" and not self.values.hold(child.args[0], indices, bound)
        }
        matter = (child for position, child in enumerate(term.args) if not zero - {position})
        return all(self.of(child, indices, bound) for child in matter)

    def _sum(self, term: Term, indices: Mapping[str, int], bound: Indices) -> bool:
        lower, upper, body = term.args
        if not (self.of(lower, indices, bound) and self.of(upper, indices, bound)):
            return False
        first, last = self._numbers((lower, upper), indices, bound)
        inside = (self.of(body, indices, (index, *bound)) for index in range(first, last + 1))
        return last >= first - 1 and all(inside)

    def _entry(self, name: str, at: Indices) -> bool:
        if (name, at) not in self.known:
            self.known[name, at] = self._read(name, at)
        return self.known[name, at]

    def _read(self, name: str, at: Indices) -> bool:
        """Whether the entry is within its tensor, and means something itself."""
        tensor = self._tensors()[name]
        if tensor.shape is not None:
            pairs = zip(at, extents(tensor.shape, self.values.sizes), strict=True)
            if not all(0 <= index - tensor.origin < extent for index, extent in pairs):
                return False
        if isinstance(tensor, Leaf):
            return True
        return self.of(tensor.body, dict(zip(tensor.indices, at, strict=True)))

    def _tensors(self) -> dict[str, Leaf | Definition]:
        claim = self.values.claim
        tensors: tuple[Leaf | Definition, ...] = (*claim.leaves, *claim.definitions)
        return {tensor.name: tensor for tensor in tensors}
