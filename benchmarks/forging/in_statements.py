"""Changes of a statement, whose proof stays what it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from symcnn.kernel import Claim, Function, Term, terms
from symcnn.kernel.functions import EXAMPLES, FACTS

from .in_proofs import Change, Donors, near
from .trees import Theorem, change, pick, places_of, put


def _without(random: Random, items: tuple[Any, ...]) -> tuple[Any, ...]:
    number = pick(random, range(len(items)))
    return (*items[:number], *items[number + 1 :])


def hypothesis_dropped(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """One hypothesis less."""
    return change(theorem, ("claim", "hypotheses"), lambda given: _without(random, given))


def hypothesis_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Another hypothesis."""
    number = pick(random, range(len(theorem.claim.hypotheses)))
    return change(theorem, ("claim", "hypotheses", number), near(random, theorem).term)


def hypothesis_added(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """One hypothesis more: the negation of one, of another theorem, or one that nothing satisfies."""
    given = [each for donor in (theorem, *donors) for each in donor.claim.hypotheses]
    chosen = random.choice((terms.FALSE, terms.negation(pick(random, given)), pick(random, given)))
    place = random.choice((0, len(theorem.claim.hypotheses)))
    return change(theorem, ("claim", "hypotheses"), lambda old: (*old[:place], chosen, *old[place:]))


def side_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Another left or right side."""
    return change(theorem, ("claim", random.choice(("left", "right"))), near(random, theorem).term)


def sides_exchanged(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """The right side on the left."""
    claim = theorem.claim
    return replace(theorem, claim=replace(claim, left=claim.right, right=claim.left))


def relation_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """<= for =, or = for <=."""
    relation = "<=" if theorem.claim.relation == "=" else "="
    return put(theorem, ("claim", "relation"), relation)


def range_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """An index that runs further, or not as far."""
    number = pick(random, range(len(theorem.claim.indices)))
    return change(theorem, ("claim", "indices", number, random.choice(("lower", "upper"))), near(random, theorem).term)


def condition_dropped(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A condition that is no longer claimed, nor shown."""
    number = pick(random, range(len(theorem.claim.conditions)))

    def less(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return (*items[:number], *items[number + 1 :])

    return change(change(theorem, ("claim", "conditions"), less), ("proof", "conditions"), less)


def condition_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Another condition, or one more with the evidence of another one."""
    number = pick(random, range(len(theorem.claim.conditions)))
    return change(theorem, ("claim", "conditions", number), near(random, theorem).term)


def condition_added(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A condition more, shown by evidence of something else."""
    claimed = near(random, theorem).term(pick(random, (*theorem.claim.hypotheses, *theorem.claim.conditions)))
    shown = pick(random, (*theorem.proof.well_formed, *theorem.proof.conditions))
    more = change(theorem, ("claim", "conditions"), lambda old: (*old, claimed))
    return change(more, ("proof", "conditions"), lambda old: (*old, shown))


def assumption_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Another assumption, or one that is about fewer or other tensors."""
    number = pick(random, range(len(theorem.claim.assumptions)))
    return change(theorem, ("claim", "assumptions", number), near(random, theorem).field)


def fact_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A function with fewer or other facts, and an example that has them where there is one."""
    number = pick(random, range(len(theorem.claim.functions)))

    def new(function: Function) -> Function:
        kept = tuple(fact for fact in function.facts if random.random() < 0.5)
        facts = (*kept, random.choice(sorted(FACTS))) if random.random() < 0.5 else kept
        fitting = [name for name, has in EXAMPLES.items() if set(facts) <= has]
        return replace(function, facts=facts, example=random.choice(fitting or [function.example]))

    return change(theorem, ("claim", "functions", number), new)


def definition_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A definition with another formula, shape or origin."""
    number = pick(random, range(len(theorem.claim.definitions)))
    around = near(random, theorem)
    if random.random() < 0.6:
        return change(theorem, ("claim", "definitions", number, "body"), around.term)
    return change(theorem, ("claim", "definitions", number), around.field)


def leaf_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A tensor with another shape, origin or layers."""
    number = pick(random, range(len(theorem.claim.leaves)))
    return change(theorem, ("claim", "leaves", number), near(random, theorem).field)


def witness_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Other values that are said to satisfy the hypotheses."""
    number = pick(random, range(len(theorem.claim.witness)))
    return change(theorem, ("claim", "witness", number, 1), near(random, theorem).near)


def declaration_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Other integers, sequences, functions of tensors: one less, one twice, another name or order."""
    name = random.choice(("integers", "sequences", "fields", "functions", "leaves", "definitions", "indices"))
    return change(theorem, ("claim", name), near(random, theorem).items)


def term_of_the_statement_exchanged(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A term of the statement replaced by another one of the statement."""
    path, old = random.choice(places_of(theorem.claim, Term))
    same = [value for _, value in places_of(theorem.claim, Term) if value.sort == old.sort and value != old]
    return put(theorem, ("claim", *path), pick(random, same))


def statement_of_another_theorem(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """The proof, with the statement of another theorem, or with its evidence."""
    other = random.choice(donors)
    if random.random() < 0.5:
        return Theorem(other.claim, theorem.proof)
    return Theorem(other.claim, replace(other.proof, entries=theorem.proof.entries))


def sides_of_another_theorem(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """The entry equation of another theorem."""
    other: Claim = random.choice(donors).claim
    return replace(theorem, claim=replace(theorem.claim, left=other.left, right=other.right))


CHANGES: Mapping[str, Change] = {
    each.__name__: each
    for each in (
        *(hypothesis_dropped, hypothesis_changed, hypothesis_added, side_changed, sides_exchanged, relation_changed),
        *(range_changed, condition_dropped, condition_changed, condition_added, assumption_changed, fact_changed),
        *(definition_changed, leaf_changed, witness_changed, declaration_changed),
        *(term_of_the_statement_exchanged, statement_of_another_theorem, sides_of_another_theorem),
    )
}
