"""Statements that are found by the kernel's own rules: whatever a rule lets through is claimed.

A hole in a rule, or in the check of evidence, gives false statements here at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

from small_theorems import there

from symcnn.kernel import Chain, Claim, Context, Evidence, Facts, Rejected, Step, Term, obligations, terms
from symcnn.kernel.evidence import check
from symcnn.kernel.well_formed import facts_of_claim
from symcnn.tactics.evidence import EvidenceSearch

from .filled import filled
from .in_proofs import EVIDENCE, Change, Donors
from .near import Surroundings, surroundings
from .repair import taken, with_evidence
from .trees import NotApplicable, Theorem, pick, places, places_of, put, subterm_paths

Taken = tuple[Step, Term]  # and the term after it
TRIES, MOST_STEPS, EACH_FILLED = 100, 4, 5


def random_walk(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Steps of the proof and of others, changed and taken wherever they can be; where they lead to is claimed."""
    claim = theorem.claim
    context = there(claim, *theorem.proof.theorems)
    start = _start(random, claim, context)
    steps = tuple(_walk(random, theorem, donors, context, start))
    if not steps:
        raise NotApplicable
    claim = replace(claim, left=start, right=steps[-1][1], relation="=")
    entries = Chain(tuple(step for step, _ in steps))
    return Theorem(claim, with_evidence(claim, replace(theorem.proof, entries=entries), EvidenceSearch()))


def _start(random: Random, claim: Claim, context: Context) -> Term:
    parts = [
        part
        for root in (claim.left, claim.right)
        for part in terms.subterms(root)
        if part.sort == terms.REAL and not part.loose
    ]
    found: Term = random.choice((claim.left, claim.right, pick(random, parts)))
    context.scope.admit(found, terms.REAL)
    return found


def _walk(random: Random, theorem: Theorem, donors: Donors, context: Context, start: Term) -> Iterator[Taken]:
    around = surroundings(theorem.claim, random)
    pool = [step for each in (theorem, theorem, *donors) for _, step in places_of(each.proof, Step)]
    reached, count, search = start, 0, EvidenceSearch()
    for number in range(TRIES):
        step = _somewhere(random, around, random.choice(pool), reached)
        try:
            is_filled = number % EACH_FILLED == 0
            made = filled(context, reached, step, search) if is_filled else taken(context, reached, step)
        except (Rejected, TypeError, ValueError, AttributeError, LookupError):  # an argument may be of another type
            continue
        if made[1] != reached:
            yield made
            reached, count = made[1], count + 1
        if count == MOST_STEPS:
            return


def _somewhere(random: Random, around: Surroundings, step: Step, term: Term) -> Step:
    """The step at its place or at another one, as it is, turned, with another argument or another result"""
    if random.random() < 0.6:
        fitting = [path for path, part in subterm_paths(term) if part.sort == step.result.sort]
        step = replace(step, path=random.choice(fitting or [step.path]))
    chosen = random.random()
    try:
        if chosen < 0.3 and step.arguments:
            return _with_argument(random, around, step)
        if chosen < 0.45:
            return replace(step, result=around.term(step.result))
        if chosen < 0.5:
            path, part = random.choice(list(subterm_paths(term)))
            return Step("ring", path, (), around.part(part))
        return replace(step, backward=not step.backward) if chosen < 0.6 else step
    except (NotApplicable, Rejected, TypeError, ValueError):
        return step


def _with_argument(random: Random, around: Surroundings, step: Step) -> Step:
    number = random.randrange(len(step.arguments))
    found = [each for each in places(step.arguments[number][1]) if not isinstance(each[1], EVIDENCE)]
    path, old = pick(random, found)
    changed: Step = put(step, ("arguments", number, 1, *path), around.near(old))
    return changed


def evidence_walk(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Whatever other goal the evidence for something is accepted for, it is claimed as a condition."""
    facts, around = facts_of_claim(theorem.claim), surroundings(theorem.claim, random)
    names = frozenset(theorem.claim.integers)
    shown = zip(obligations(theorem.claim), theorem.proof.well_formed, strict=False)
    known = [(owed.goal, evidence) for owed, evidence in shown if terms.free_variables(owed.goal) <= names]
    for _ in range(TRIES if known else 0):
        goal, evidence = random.choice(known)
        other = _other_goal(random, around, goal)
        if other != goal and _is_accepted(facts, other, evidence):
            claim = replace(theorem.claim, conditions=(*theorem.claim.conditions, other))
            conditions = (*theorem.proof.conditions, evidence)
            return Theorem(claim, replace(theorem.proof, conditions=conditions))
    raise NotApplicable


def _other_goal(random: Random, around: Surroundings, goal: Term) -> Term:
    try:
        return around.term(goal)
    except (NotApplicable, Rejected):
        return goal


def _is_accepted(facts: Facts, goal: Term, evidence: Evidence) -> bool:
    try:
        check(facts, goal, evidence)
    except Rejected:
        return False
    return True


CHANGES: Mapping[str, Change] = {"random_walk": random_walk, "evidence_walk": evidence_walk}
