"""A proof of a whole claim: it is well-formed, its conditions hold, its entries are equal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..kernel import Claim, Context, Evidence, Facts, Node, Obligation, Term, obligations, terms
from ..kernel.claim import claim_scope, index_conditions
from .auto import equate
from .evidence import EvidenceSearch


@dataclass(frozen=True)
class Owed(Exception):
    """An obligation that no evidence was found for."""

    obligation: Obligation


def outer_context(claim: Claim) -> Context:
    """The context in which the conditions of a claim are shown."""
    facts = Facts().assume(terms.all_of(*claim.hypotheses))
    return Context(claim_scope(claim), facts, {each.name: each for each in claim.definitions})


def entry_context(claim: Claim) -> Context:
    """The context in which its entries are shown to be equal."""
    context = outer_context(claim)
    scope = context.scope.with_integers(index.name for index in claim.indices)
    return replace(context, scope=scope).assume(*index_conditions(claim.indices))


def well_formed(claim: Claim, search: EvidenceSearch) -> tuple[Evidence, ...]:
    """Evidence for every obligation of a claim. Raises `Owed` with the first that has none."""
    found: list[Evidence] = []
    for obligation in obligations(claim):
        evidence = search.find(obligation.context.facts, obligation.goal)
        if evidence is None:
            raise Owed(obligation)
        found.append(evidence)
    return tuple(found)


def unshown_condition(claim: Claim, search: EvidenceSearch) -> Term | None:
    """The first condition of a claim that no evidence was found for."""
    facts = outer_context(claim).facts
    return next((each for each in claim.conditions if search.find(facts, each) is None), None)


def conditions(claim: Claim, search: EvidenceSearch) -> tuple[Evidence, ...]:
    """Evidence for the conditions, once `unshown_condition` has found none without."""
    facts = outer_context(claim).facts
    found = (search.find(facts, each) for each in claim.conditions)
    return tuple(evidence for evidence in found if evidence is not None)


def entries(claim: Claim, search: EvidenceSearch) -> Node:
    """A proof tree for the entries. Raises `Stuck` if none is found."""
    return equate(entry_context(claim), claim.left, claim.right, search)
