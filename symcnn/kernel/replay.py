"""The gate: the only function that makes a `KernelTheorem`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from . import terms
from .claim import (
    Assumption,
    Claim,
    Scope,
    check_witness,
    claim_scope,
    define,
    expand,
    index_conditions,
    witness_values,
)
from .context import Context, change_at
from .evidence import Facts, check
from .laws import conditions_at, exists_of
from .polynomial import negate
from .proof import Cases, Chain, Define, Equation, Have, Induction, Node, Obtain, Proof, Step
from .rejected import Rejected
from .rules import RULES
from .terms import CONDITION, INTEGER, REAL, Lambda, Term
from .well_formed import facts_of_claim, obligations

BELOW = "below"


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
    equations = {**_theorems(proof), **assumed_equations(claim)}
    if len(equations) < len(proof.theorems) + len(claim.assumptions):
        raise Rejected("a theorem is called like an assumption")
    definitions = {definition.name: definition for definition in claim.definitions}
    context = Context(scope, facts_of_claim(claim), definitions, equations)
    _check_conditions(context, claim, proof)
    _check_assumptions(claim, proof)
    scope = scope.with_integers(index.name for index in claim.indices)
    inside = replace(context, scope=scope).assume(*index_conditions(claim.indices))
    show(inside, claim.left, claim.right, proof.entries, claim.relation)
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


def _check_assumptions(claim: Claim, proof: Proof) -> None:
    """That the witness satisfies the assumptions: each is shown there, in a world of its own"""
    if len(claim.assumptions) != len(proof.assumptions):
        raise Rejected(
            f"{len(claim.assumptions)} assumptions are made, {len(proof.assumptions)} are shown to be possible"
        )
    for assumption, node in zip(claim.assumptions, proof.assumptions, strict=True):
        context, left, right = at_witness(claim, assumption)
        show(context, left, right, node)


def at_witness(claim: Claim, assumption: Assumption) -> tuple[Context, Term, Term]:
    """An assumption with the values of the witness for all but its own leaves and indices, and its context.

    Raises `Rejected` where a number of the witness is to stand for a function of a real or of a tensor."""
    values = dict(claim.witness)
    own = {*assumption.leaves, *(index.name for index in assumption.indices)}
    integers = {
        name: terms.integer(int(number)) for name, number in witness_values(claim)[0].items() if name not in own
    }
    leaves = {leaf.name: _constant(values[leaf.name], leaf.rank) for leaf in claim.leaves if leaf.name not in own}
    scope = Scope(frozenset(), {})
    for leaf in (leaf for leaf in claim.leaves if leaf.name in own):
        scope = scope.with_tensor(leaf.name, leaf.rank)
    scope = scope.with_integers(index.name for index in assumption.indices)

    def at(term: Term) -> Term:
        return terms.substitute(expand(term, claim.definitions), integers, leaves)

    ranges = map(at, index_conditions(assumption.indices))
    left, right = at(assumption.left), at(assumption.right)
    for side in (left, right):
        scope.admit(side, REAL)
    return Context(scope, Facts()).assume(*ranges), left, right


def _constant(found: Fraction | Lambda, rank: int) -> Lambda:
    names = tuple(f"at{number}" for number in range(rank))
    return found if isinstance(found, Lambda) else Lambda(names, terms.rational(found))


def equation_of(claim: Claim) -> Equation:
    """The entry equation of a claim, for all of its variables, under all that it assumes.

    Raises `Rejected` for a claim with quantified assumptions, which no instance could show again."""
    if claim.assumptions:
        raise Rejected("a theorem with a quantified assumption cannot be used")
    indices = tuple(index.name for index in claim.indices)
    assumed = (*claim.hypotheses, *index_conditions(claim.indices))
    hypotheses = tuple(expand(condition, claim.definitions) for condition in assumed)
    left, right = (expand(side, claim.definitions) for side in (claim.left, claim.right))
    ranks = {leaf.name: leaf.rank for leaf in claim.leaves}
    fields = tuple((each.name, each.rank) for each in claim.fields)
    integers = (*claim.integers, *indices)
    return Equation(integers, ranks, hypotheses, left, right, claim.functions, fields, claim.sequences, claim.relation)


def assumed_equations(claim: Claim) -> dict[str, Equation]:
    """The assumptions of a claim as equations, their definitions written out."""
    found = {}
    for each in claim.assumptions:
        ranks = {leaf.name: leaf.rank for leaf in claim.leaves if leaf.name in each.leaves}
        hypotheses = tuple(expand(condition, claim.definitions) for condition in index_conditions(each.indices))
        left, right = (expand(side, claim.definitions) for side in (each.left, each.right))
        found[each.name] = Equation(tuple(index.name for index in each.indices), ranks, hypotheses, left, right)
    return found


def show(context: Context, left: Term, right: Term, node: Node, relation: str = "=") -> None:
    """Return if the proof tree shows left = right (or <=) in this context; raise `Rejected` otherwise."""
    match node:
        case Chain(steps):
            reached = left
            for number, step in enumerate(steps, 1):
                below = step.rule == BELOW and relation == "<="
                reached = (_below if below else take)(context, reached, step, number)
            if reached != right:
                raise Rejected(f"the chain ends at {reached!r}, not at {right!r}")
        case Cases(condition, holds, fails):
            context.scope.admit(condition, CONDITION)
            show(context.assume(condition), left, right, holds, relation)
            show(context.assume(negate(condition)), left, right, fails, relation)
        case Have():
            show(_with_equation(context, node), left, right, node.then, relation)
        case Define():
            show(_with_definition(context, node), left, right, node.then, relation)
        case Obtain():
            show(_with_attained(context, node), left, right, node.then, relation)
        case Induction():
            show(_with_induction(context, node), left, right, node.then, relation)
        case _:
            raise Rejected("this is not a proof tree")


def _below(context: Context, term: Term, step: Step, number: int) -> Term:
    """a <= b  if the facts say so: the only step that is no equation; it stands at the root, in a chain of <="""
    context.scope.admit(step.result, REAL)
    arguments = dict(step.arguments)
    if step.path or step.backward or set(arguments) != {"shown"}:
        raise Rejected(f"step {number}: a part of a term cannot be replaced by something larger")
    check(context.facts, terms.at_most(term, step.result), arguments["shown"])  # type: ignore[arg-type]
    return step.result


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
    _admit_statement(scope, node)
    show(replace(context, scope=scope).assume(*node.hypotheses), node.left, node.right, node.shown)
    equation = Equation(node.integers, {}, node.hypotheses, node.left, node.right)
    return replace(context, equations={**context.equations, node.name: equation})


def _with_attained(context: Context, node: Obtain) -> Context:
    """The context with indices at which the maximum is attained, of which nothing else is known."""
    if node.maximum.head != "maximum" or len(node.indices) != terms.rank_of(node.maximum):
        raise Rejected(f"{node.maximum!r} is no maximum with the indices {', '.join(node.indices)}")
    context.scope.admit(node.maximum, REAL)
    check(context.facts, exists_of(node.maximum), node.nonempty)
    at = tuple(map(terms.variable, node.indices))
    attained = terms.equal(node.maximum, terms.instantiate(node.maximum.args[-1], *at))
    inside = replace(context, scope=context.scope.with_integers(node.indices))
    return inside.assume(*conditions_at(node.maximum, at), attained)


def _with_induction(context: Context, node: Induction) -> Context:
    """The context that knows the equation for all integers from `lower` on, once it is shown by induction."""
    if node.name in context.equations:
        raise Rejected(f"two equations are called {node.name}")
    context.scope.admit(node.lower, INTEGER)
    one_more = terms.add(terms.variable(node.variable), terms.integer(1))
    _admit_statement(context.scope.with_integers((node.variable, *node.integers)), node)
    base = replace(context, scope=context.scope.with_integers(node.integers))
    _show_at(base, node, node.lower, node.base)
    fixed = replace(context, scope=context.scope.with_integers((node.variable,)))
    fixed = fixed.assume(terms.at_most(node.lower, terms.variable(node.variable)))
    known = Equation(node.integers, {}, node.hypotheses, node.left, node.right)
    fixed = replace(fixed, equations={**context.equations, node.name: known})
    _show_at(replace(fixed, scope=fixed.scope.with_integers(node.integers)), node, one_more, node.step)
    from_lower = terms.at_most(node.lower, terms.variable(node.variable))
    hypotheses = (from_lower, *node.hypotheses)
    everywhere = Equation((node.variable, *node.integers), {}, hypotheses, node.left, node.right)
    return replace(context, equations={**context.equations, node.name: everywhere})


def _admit_statement(scope: Scope, node: Have | Induction) -> None:
    for condition in node.hypotheses:
        scope.admit(condition, CONDITION)
    for side in (node.left, node.right):
        scope.admit(side, REAL)


def _show_at(context: Context, node: Induction, value: Term, shown: Node) -> None:
    at = {node.variable: value}
    hypotheses = (terms.substitute(condition, at) for condition in node.hypotheses)
    left, right = (terms.substitute(side, at) for side in (node.left, node.right))
    show(context.assume(*hypotheses), left, right, shown)


def _with_definition(context: Context, node: Define) -> Context:
    scope = define(context.scope, node.definition)
    definitions = {**context.definitions, node.definition.name: node.definition}
    return replace(context, scope=scope, definitions=definitions)
