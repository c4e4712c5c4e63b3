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
from .validity import check_index, check_instance


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

        Raises `Rejected` if a part is not what the claim speaks of (a size that is no integer, a tensor of another
        shape), a hypothesis or a declared fact fails here, the index is out of range, a value comes from a convention,
        the claim holds, the sides are not `left` and `right`, or the two accounts differ.
        """
        try:
            instance, place = self.instance, dict(self.index)
        except (TypeError, ValueError) as error:  # what should be pairs are none
            raise Rejected("names and values do not come in pairs") from error
        check_instance(instance)
        evaluation = Evaluation(instance)
        if not instance.has_its_facts() or not assumed.holds(instance):
            raise Rejected("nothing shows that what is assumed of all tensors, or declared of a function, holds here")
        for hypothesis in self.claim.hypotheses:
            if not evaluation.holds(hypothesis, {}):
                raise Rejected(f"{hypothesis!r} does not hold here")
        if self.condition is None:
            check_index(instance, self.index)
        found = sides(evaluation, place, self.condition)
        known = self.condition in (None, *self.claim.conditions)
        if not differs(self.claim, *found, self.condition) or not known:
            raise Rejected("the claim holds here")
        if found != (self.left, self.right):
            raise Rejected(f"the sides are {found[0]} and {found[1]}, not {self.left} and {self.right}")
        again = second_opinion(instance, place, self.condition)
        if again not in (None, found):
            raise Rejected(f"the kernel's account of terms gives {again}, not {found}")
        return found

    def __str__(self) -> str:
        return text(self)

    def _repr_latex_(self) -> str:
        """What a notebook shows."""
        return f"$\\displaystyle {latex(self)}$"
