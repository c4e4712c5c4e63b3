"""The gate: the only function that makes a `KernelTheorem`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from . import terms
from .claim import Claim, Scope, check_witness, claim_scope, define, expand, index_conditions
from .context import Context, change_at
from .evidence import Facts, check
from .polynomial import negate
from .proof import Cases, Chain, Define, Equation, Have, Node, Proof, Step
from .rejected import Rejected
from .rules import RULES
from .terms import CONDITION, REAL, Term
from .well_formed import obligations


@dataclass(frozen=True)
class KernelTheorem:
    """A claim that `replay` accepted, with the proof that it accepted."""

    claim: Claim
    proof: Proof


def replay(claim: Claim, proof: Proof) -> KernelTheorem:
    """Recompute every step and every side condition of the proof; raise `Rejected` at the first that fails."""
    scope = claim_scope(claim)
    check_witness(claim)
    _check_well_formed(claim, proof)
    context = Context(
        scope,
        Facts().assume(terms.all_of(*claim.hypotheses)),
        {definition.name: definition for definition in claim.definitions},
        _theorems(proof),
    )
    _check_conditions(context, claim, proof)
    scope = scope.with_integers(index.name for index in claim.indices)
    inside = replace(context, scope=scope).assume(*index_conditions(claim.indices))
    show(inside, claim.left, claim.right, proof.entries)
    return KernelTheorem(claim, proof)


def _check_well_formed(claim: Claim, proof: Proof) -> None:
    owed = obligations(claim)
    if len(owed) != len(proof.well_formed):
        raise Rejected(f"{len(owed)} things make the statement well-formed, {len(proof.well_formed)} are shown")
    for obligation, evidence in zip(owed, proof.well_formed, strict=True):
        check(obligation.context.facts, obligation.goal, evidence)


def _check_conditions(context: Context, claim: Claim, proof: Proof) -> None:
    if len(claim.conditions) != len(proof.conditions):
        raise Rejected(f"{len(claim.conditions)} conditions are claimed, {len(proof.conditions)} are shown")
    for condition, evidence in zip(claim.conditions, proof.conditions, strict=True):
        check(context.facts, condition, evidence)


def _theorems(proof: Proof) -> Mapping[str, Equation]:
    """The theorems that the proof uses, each replayed; their definitions are written out."""
    names = [name for name, _, _ in proof.theorems]
    if len(set(names)) < len(names):
        raise Rejected("two theorems are called by one name")
    return {name: equation_of(replay(claim, own).claim) for name, claim, own in proof.theorems}


def equation_of(claim: Claim) -> Equation:
    """The entry equation of a claim, for all of its variables, under all that it assumes."""
    indices = tuple(index.name for index in claim.indices)
    assumed = (*claim.hypotheses, *index_conditions(claim.indices))
    hypotheses = tuple(expand(condition, claim.definitions) for condition in assumed)
    left, right = (expand(side, claim.definitions) for side in (claim.left, claim.right))
    ranks = {leaf.name: len(leaf.shape) for leaf in claim.leaves}
    return Equation((*claim.integers, *indices), ranks, hypotheses, left, right)


def show(context: Context, left: Term, right: Term, node: Node) -> None:
    """Return if the proof tree shows left = right in this context; raise `Rejected` otherwise."""
    match node:
        case Chain(steps):
            reached = left
            for number, step in enumerate(steps, 1):
                reached = take(context, reached, step, number)
            if reached != right:
                raise Rejected(f"the chain ends at {reached!r}, not at {right!r}")
        case Cases(condition, holds, fails):
            context.scope.admit(condition, CONDITION)
            show(context.assume(condition), left, right, holds)
            show(context.assume(negate(condition)), left, right, fails)
        case Have():
            show(_with_equation(context, node), left, right, node.then)
        case Define():
            show(_with_definition(context, node), left, right, node.then)
        case _:
            raise Rejected("this is not a proof tree")


def take(context: Context, term: Term, step: Step, number: int = 0) -> Term:
    """The term after one step; raises `Rejected`, with the number of the step, if it is not one."""

    def change(inside: Context, old: Term) -> Term:
        inside.scope.admit(step.result, old.sort)
        rule = RULES.get(step.rule)
        if rule is None:
            raise Rejected(f"no rule is called {step.rule}")
        start, end = (step.result, old) if step.backward else (old, step.result)
        found = rule(inside, start, end, **dict(step.arguments))
        if found != end:
            raise Rejected(f"{step.rule} gives {found!r}, not {end!r}")
        return step.result

    try:
        return change_at(context, term, step.path, change)
    except Rejected as rejected:
        raise Rejected(f"step {number} ({step.rule}): {rejected}") from rejected


def _with_equation(context: Context, node: Have) -> Context:
    """The context that knows the equation, once it is shown there."""
    if node.name in context.equations:
        raise Rejected(f"two equations are called {node.name}")
    scope: Scope = context.scope.with_integers(node.integers)
    for condition in node.hypotheses:
        scope.admit(condition, CONDITION)
    for side in (node.left, node.right):
        scope.admit(side, REAL)
    show(replace(context, scope=scope).assume(*node.hypotheses), node.left, node.right, node.shown)
    equation = Equation(node.integers, {}, node.hypotheses, node.left, node.right)
    return replace(context, equations={**context.equations, node.name: equation})


def _with_definition(context: Context, node: Define) -> Context:
    scope = define(context.scope, node.definition)
    definitions = {**context.definitions, node.definition.name: node.definition}
    return replace(context, scope=scope, definitions=definitions)
