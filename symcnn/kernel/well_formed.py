"""What must be shown of a statement besides its truth: that nothing in it relies on a convention.

Every entry is read within its tensor, every sum has `upper >= lower - 1`, every divisor is at least 1, every
denominator is not 0, every extent is at least 0. The formulas mean something without this (see `terms`), but
what a reader takes them to mean is the same only with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import terms
from .claim import Claim, claim_scope, index_conditions, ranges
from .context import Context
from .evidence import Facts
from .terms import BINDERS, Term


@dataclass(frozen=True)
class Obligation:
    """`goal` must hold where `subject` stands; `part` says what of the statement that is, and `letters` how
    the indices of the sums around it are shown there."""

    context: Context
    goal: Term
    subject: Term
    part: str
    letters: tuple[tuple[str, str], ...] = ()


Shapes = Mapping[str, tuple[int, tuple[Term, ...]]]


def obligations(claim: Claim) -> tuple[Obligation, ...]:
    """All obligations of a claim, in the order in which its parts stand. Raises `Rejected` as `claim_scope`."""
    return tuple(_of_claim(claim))


def _of_claim(claim: Claim) -> Iterator[Obligation]:
    context = Context(claim_scope(claim), Facts())
    shapes = _shapes(claim)
    for hypothesis in claim.hypotheses:
        yield from _of_term(context, hypothesis, shapes, "hypothesis")
        context = context.assume(hypothesis)
    for leaf in claim.leaves:
        yield from _of_shape(context, leaf.shape, shapes, f"shape of {leaf.name}")
    for definition in claim.definitions:
        yield from _of_shape(context, definition.shape or (), shapes, f"shape of {definition.name}")
        names = tuple(map(terms.variable, definition.indices))
        where = ranges(definition.origin, definition.shape, names) if definition.shape is not None else ()
        inside = _naming(context, definition.indices).assume(*where)
        yield from _of_term(inside, definition.body, shapes, f"definition of {definition.name}")
    for condition in claim.conditions:
        yield from _of_term(context, condition, shapes, "condition")
    for index in claim.indices:
        for bound in (index.lower, index.upper):
            yield from _of_term(context, bound, shapes, f"range of {index.name}")
    inside = _naming(context, tuple(index.name for index in claim.indices))
    inside = inside.assume(*index_conditions(claim.indices))
    yield from _of_term(inside, claim.left, shapes, "left side")
    yield from _of_term(inside, claim.right, shapes, "right side")


def _shapes(claim: Claim) -> Shapes:
    leaves = {leaf.name: (leaf.origin, leaf.shape) for leaf in claim.leaves}
    shaped = (definition for definition in claim.definitions if definition.shape is not None)
    return leaves | {each.name: (each.origin, each.shape) for each in shaped if each.shape is not None}


def _naming(context: Context, names: tuple[str, ...]) -> Context:
    scope = context.scope.with_integers(names)
    return Context(scope, context.facts, context.definitions, context.equations, context.depth)


def _of_shape(context: Context, extents: tuple[Term, ...], shapes: Shapes, part: str) -> Iterator[Obligation]:
    for extent in extents:
        yield from _of_term(context, extent, shapes, part)
        yield Obligation(context, terms.at_most(terms.integer(0), extent), extent, part)


def _of_term(
    context: Context, term: Term, shapes: Shapes, part: str, letters: tuple[tuple[str, str], ...] = ()
) -> Iterator[Obligation]:
    yield from (Obligation(context, goal, term, part, letters) for goal in _goals(term, shapes))
    for position, child in enumerate(term.args):
        if BINDERS.get(term.head) == position:
            index, body, inside = context.open(term)
            yield from _of_term(inside, body, shapes, part, (*letters, (str(index.value), term.hint)))
        else:
            yield from _of_term(context.beside(term, position), child, shapes, part, letters)


def _goals(term: Term, shapes: Shapes) -> tuple[Term, ...]:
    match term.head:
        case "entry" if term.value in shapes:
            origin, shape = shapes[str(term.value)]
            return ranges(origin, shape, term.args)
        case "sum":
            lower, upper, _ = term.args
            return (terms.at_most(terms.add(lower, terms.integer(-1)), upper),)
        case "floor":
            return (terms.at_most(terms.integer(1), term.args[1]),)
        case "inverse":
            return (terms.nonzero(term.args[0]),)
        case _:
            return ()
