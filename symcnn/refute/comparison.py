"""The two numbers that a claim says to be equal, or in order, and whether they are not."""

from __future__ import annotations

from fractions import Fraction

from ..kernel import Claim, Term
from .evaluation import Evaluation
from .intervals import Value, certainly_less, disjoint


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
