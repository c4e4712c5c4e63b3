"""Counterexamples: the sizes, tensors and functions, and the index at which the two sides of a claim differ."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel import Claim, Rejected, Term
from . import assumed
from .comparison import differs, sides
from .curves import RealFunction
from .evaluation import Evaluation
from .forms import Form
from .instance import Instance, Nested
from .intervals import Value
from .presentation import latex, text
from .second import second_opinion


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
        """Both sides, computed again from the formulas: by the evaluation that knows derivatives and conventions and,
        where it can, by the kernel's own account of terms, which the search does not use.

        Raises `Rejected` if a hypothesis or a declared fact fails here, the index is out of range, a value comes
        from a convention, the claim holds, or the two accounts differ.
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
        again = second_opinion(self.instance, place, self.condition)
        if again not in (None, found):
            raise Rejected(f"the kernel's account of terms gives {again}, not {found}")
        return found

    def __str__(self) -> str:
        return text(self)

    def _repr_latex_(self) -> str:
        """What a notebook shows."""
        return f"$\\displaystyle {latex(self)}$"
