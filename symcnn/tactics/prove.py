"""A proof of a whole claim: it is well-formed, its conditions hold, its entries are equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..kernel import Claim, Context, Definition, Evidence, Node, Obligation, Rejected, Term, obligations
from ..kernel.claim import claim_scope, define, index_conditions
from ..kernel.replay import assumed_equations, at_witness, equation_of
from ..kernel.well_formed import facts_of_claim
from .auto import Stuck, equate
from .evidence import EvidenceSearch


@dataclass(frozen=True)
class Owed(Exception):
    """An obligation that no evidence was found for."""

    obligation: Obligation


def outer_context(claim: Claim) -> Context:
    """The context in which the conditions of a claim are shown."""
    facts = facts_of_claim(claim)
    return Context(claim_scope(claim), facts, {each.name: each for each in claim.definitions})


def entry_context(
    claim: Claim, theorems: Mapping[str, Claim] | None = None, helpers: Iterable[Definition] = ()
) -> Context:
    """The context in which its entries are shown to be equal; it may know theorems and more definitions."""
    context = outer_context(claim)
    scope = context.scope.with_integers(index.name for index in claim.indices)
    for helper in helpers:
        scope = define(scope, helper)
    equations = {name: equation_of(known) for name, known in (theorems or {}).items()}
    equations |= assumed_equations(claim)
    definitions = {**context.definitions, **{helper.name: helper for helper in helpers}}
    inside = replace(context, scope=scope, equations=equations, definitions=definitions)
    return inside.assume(*index_conditions(claim.indices))


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


def assumptions(claim: Claim, search: EvidenceSearch) -> tuple[Node, ...] | None:
    """Proofs that the witness of a claim satisfies what it assumes of all tensors; None if one is not found."""
    found: list[Node] = []
    for assumption in claim.assumptions:
        try:
            found.append(equate(*at_witness(claim, assumption), search))
        except (Stuck, Rejected):
            return None
    return tuple(found)


def entries(claim: Claim, search: EvidenceSearch) -> Node:
    """A proof tree for the entries. Raises `Stuck` if none is found."""
    return equate(entry_context(claim), claim.left, claim.right, search)
