"""Counterexamples: the sizes, tensors and functions, and the index at which the two sides of a claim differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..kernel import Claim, Rejected, Term, show
from . import assumed
from .curves import RealFunction
from .decimals import written
from .evaluation import Evaluation
from .forms import Form
from .instance import Instance, Nested
from .intervals import Value, certainly_less, disjoint
from .matrices import tensor_lines

MOST_TERMS = 12  # entries of a tensor of which a function is written out


@dataclass(frozen=True)
class Counterexample:
    """Where a claim fails: at `index` its sides are `left` and `right`, or else `condition` does not hold.

    A side that is irrational is an interval around it. Of a condition `a = b`, `left` and `right` are a and b; of any
    other they are 0 (it does not hold) and 1. Tensors and sizes with layers are pairs of a layer and its value.
    """

    claim: Claim
    sizes: tuple[tuple[str, int], ...]
    tensors: tuple[tuple[str, Nested], ...]
    index: tuple[tuple[str, int], ...]
    left: Value
    right: Value
    condition: Term | None = None
    sequences: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()
    functions: tuple[tuple[str, RealFunction], ...] = ()
    fields: tuple[tuple[str, Form], ...] = ()

    @property
    def instance(self) -> Instance:
        """The values of everything that the claim speaks of."""
        layered = {leaf.name for leaf in self.claim.leaves if leaf.layers}
        tensors = {name: dict(nested) if name in layered else nested for name, nested in self.tensors}
        sequences = {name: dict(sizes) for name, sizes in self.sequences}
        return Instance(self.claim, dict(self.sizes), tensors, sequences, dict(self.functions), dict(self.fields))

    def replay(self) -> tuple[Value, Value]:
        """Both sides, computed again from the claim.

        Raises `Rejected` if a hypothesis or a declared fact fails here, the index is out of range, a value comes
        from a convention, or the claim holds.
        """
        evaluation, place = Evaluation(self.instance), dict(self.index)
        if not self.instance.has_its_facts() or not assumed.holds(self.instance):
            raise Rejected("nothing shows that what is assumed of all tensors, or declared of a function, holds here")
        for hypothesis in self.claim.hypotheses:
            if not evaluation.holds(hypothesis, {}):
                raise Rejected(f"{hypothesis!r} does not hold here")
        if self.condition is None and place not in evaluation.places():
            raise Rejected(f"the index {self.index} is out of range")
        found = sides(evaluation, place, self.condition)
        known = self.condition in (None, *self.claim.conditions)
        if not differs(self.claim, *found, self.condition) or not known:
            raise Rejected("the claim holds here")
        return found

    def __str__(self) -> str:
        return "\n".join((*self._instance(), self._difference()))

    def _instance(self) -> Iterator[str]:
        evaluation = Evaluation(self.instance)
        sides(evaluation, dict(self.index), self.condition)
        if self.sizes:
            yield _assignments(self.sizes)
        for name, sizes in evaluation.instance.sequences.items():
            read = sorted(layer for which, (layer, *_) in evaluation.layers if which == name)
            if read:
                yield _assignments(tuple((f"{name}[{layer}]", sizes[layer]) for layer in read))
        if self.condition is None:
            yield from self._functions(evaluation)
            yield from self._tensors(evaluation)

    def _functions(self, evaluation: Evaluation) -> Iterator[str]:
        for name, curve in self.functions:
            yield curve.written(name)
        for name, form in self.fields:
            read = evaluation.ranges.get(name, set())
            few = len(read) == 1 and len(next(iter(read))) <= MOST_TERMS
            yield form.written(name, next(iter(read))) if few else form.described(name)

    def _tensors(self, evaluation: Evaluation) -> Iterator[str]:
        tensors = evaluation.instance.tensors
        arbitrary = assumed.arbitrary(self.claim)
        for leaf in (each for each in self.claim.leaves if each.name not in arbitrary):
            if not leaf.layers:
                yield from tensor_lines(leaf.name, tensors[leaf.name], evaluation.extents(leaf), leaf.origin)
            for layers in sorted(at for name, at in evaluation.layers if name == leaf.name and leaf.layers):
                name, nested = f"{leaf.name}[{', '.join(map(str, layers))}]", tensors[leaf.name][layers]
                yield from tensor_lines(name, nested, evaluation.extents(leaf, layers), leaf.origin)

    def _difference(self) -> str:
        left, right = written(self.left, self.right)
        if self.condition is None:
            place = f"at {_assignments(self.index)} " if self.index else ""
            return f"{place}the left side is {left}, the right side is {right}"
        numbers = f": {left} and {right}" if self.condition.head == "equal" else ""
        return f"{show(self.condition)} does not hold{numbers}"


def sides(evaluation: Evaluation, place: dict[str, int], condition: Term | None) -> tuple[Value, Value]:
    """The two numbers that are compared, at this place or by this condition.

    Raises `Meaningless` if one of them comes from a convention, `Unclear` if bounds do not
    decide it, `Rejected` if it has no value.
    """
    claim = evaluation.instance.claim
    if condition is None:
        return evaluation.real(claim.left, place), evaluation.real(claim.right, place)
    if condition.head == "equal":
        return evaluation.real(condition.args[0], {}), evaluation.real(condition.args[1], {})
    return Fraction(evaluation.holds(condition, {})), Fraction(1)


def differs(claim: Claim, left: Value, right: Value, condition: Term | None) -> bool:
    """Whether these two sides certainly refute the claim."""
    inequality = claim.relation == "<=" and condition is None
    return certainly_less(right, left) if inequality else disjoint(left, right)


def _assignments(pairs: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{name} = {number}" for name, number in pairs)
