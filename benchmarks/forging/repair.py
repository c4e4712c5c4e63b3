"""Forgeries that go on where a careless one would stop.

A changed statement needs other evidence that it is well-formed, and a changed step has another result. An attacker
finds both, by the search of the package and by the kernel's own rules, so that what is changed has to be noticed where
it matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from small_theorems import there

from symcnn.kernel import (
    RULES,
    Chain,
    Claim,
    Context,
    Multiples,
    Proof,
    Rejected,
    Step,
    Term,
    obligations,
)
from symcnn.kernel.context import change_at
from symcnn.kernel.replay import take
from symcnn.kernel.well_formed import facts_of_claim
from symcnn.tactics.evidence import EvidenceSearch
from symcnn.tactics.witness import find_witness

from .trees import Theorem


def repaired(theorem: Theorem, ends_where_it_ends: bool) -> Theorem:
    """The theorem with evidence for its statement, and with a chain whose steps follow from each other; steps that
    do not are dropped. The right side may become what is reached. Raises `Rejected` where nothing helps."""
    search = EvidenceSearch()
    claim, proof = _with_witness(theorem.claim, search), theorem.proof
    if isinstance(proof.entries, Chain):
        taken = tuple(_recomputed(claim, proof))
        proof = replace(proof, entries=Chain(tuple(step for step, _ in taken)))
        if ends_where_it_ends and claim.relation == "=":
            claim = replace(claim, right=taken[-1][1] if taken else claim.left)
    return Theorem(claim, with_evidence(claim, proof, search))


def _with_witness(claim: Claim, search: EvidenceSearch) -> Claim:
    if claim.assumptions:  # their proofs are about the witness that is there
        return claim
    witness = find_witness(claim, search.solver)
    return claim if witness is None else replace(claim, witness=witness)


def with_evidence(claim: Claim, proof: Proof, search: EvidenceSearch) -> Proof:
    """The proof with evidence that the statement is well-formed and that its conditions hold, where there is any."""
    owed = tuple(search.find(each.context.facts, each.goal) or Multiples() for each in obligations(claim))
    facts = facts_of_claim(claim)
    shown = tuple(search.find(facts, each) or Multiples() for each in claim.conditions)
    return replace(proof, well_formed=owed, conditions=shown)


def _recomputed(claim: Claim, proof: Proof) -> Iterator[tuple[Step, Term]]:
    """The steps of the chain that can be taken, with the results that they have, and where they lead to"""
    context, reached = there(claim, *proof.theorems), claim.left
    for step in proof.entries.steps if isinstance(proof.entries, Chain) else ():
        try:
            made, reached = taken(context, reached, step)
        except Rejected:
            continue
        yield made, reached


def taken(context: Context, term: Term, step: Step) -> tuple[Step, Term]:
    """The step with what its rule makes of the term, and the term after it; one that goes backward is taken as it is.

    Raises `Rejected` where the rule does not apply."""
    if step.backward or step.rule not in RULES:
        return step, take(context, term, step)
    found: list[Term] = []

    def change(inside: Context, old: Term) -> Term:
        inside.scope.admit(step.result, old.sort)
        found.append(RULES[step.rule](inside, old, step.result, **dict(step.arguments)))
        inside.scope.admit(found[-1], old.sort)
        return found[-1]

    moved = change_at(context, term, step.path, change)
    return replace(step, result=found[-1]), moved
