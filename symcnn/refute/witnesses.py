"""Values that satisfy what is assumed of all tensors: they show that a claim is not empty."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from ..kernel import Claim, Lambda, Leaf, Rejected, Term, terms
from . import assumed
from .drawing import draw
from .evaluation import Evaluation
from .instance import Indices, Instance, entry_of

Witness = tuple[tuple[str, Fraction | Lambda], ...]


def witness_by_elimination(claim: Claim, found: Witness) -> Witness | None:
    """The witness with other tensors, which satisfy the assumptions at its sizes; None if elimination finds none.

    That they do is for a proof to show.
    """
    sizes = {name: int(value) for name, value in found if name in claim.integers and isinstance(value, Fraction)}
    try:
        instance = draw(claim, sizes, Random(0))
    except Rejected:
        return None
    if instance is None or claim.sequences:
        return None
    simple = assumed.simplest(instance) or instance
    leaves = {leaf.name: leaf for leaf in claim.leaves}
    return tuple((name, _formula(leaves[name], simple) if name in leaves else value) for name, value in found)


def _formula(leaf: Leaf, instance: Instance) -> Lambda:
    """The tensor as a sum of its entries, each times the bracket of its place"""
    names = tuple(f"at{number}" for number in range(leaf.rank))
    entries = (
        (at, entry_of(instance.tensors[leaf.name], at, leaf.origin)) for at in Evaluation(instance).indices(leaf)
    )
    parts = [terms.multiply(terms.rational(entry), terms.bracket(_is_at(names, at))) for at, entry in entries if entry]
    return Lambda(names, terms.add(*parts) if len(parts) > 1 else parts[0] if parts else terms.rational(0))


def _is_at(names: tuple[str, ...], at: Indices) -> Term:
    return terms.all_of(
        *(terms.equal(terms.variable(name), terms.integer(place)) for name, place in zip(names, at, strict=True))
    )
