"""Changes of a statement and of the corresponding places of its proof: these get past the kernel more often."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from symcnn.kernel import Chain, Claim, Multiples, Proof, Step, Term, terms

from .in_proofs import Change, Donors, near
from .trees import NotApplicable, Theorem, change, everywhere, pick, places, places_of, put, texts_everywhere


def _replaced(theorem: Theorem, old: Term, new: Term) -> Theorem:
    found: Theorem = everywhere(theorem, lambda term: new if term == old else None)
    return found


def _part(random: Random, theorem: Theorem, fits: Callable[[Term], bool] = lambda term: True) -> Term:
    """A part of the statement; the order to choose from is the same in every process"""
    roots = [value for _, value in places_of(theorem.claim, Term)]
    found: dict[Term, None] = {part: None for root in roots for part in terms.subterms(root) if fits(part)}
    chosen: Term = pick(random, found)
    return chosen


def term_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A term of the statement becomes another one wherever it stands."""
    old = _part(random, theorem)
    return _replaced(theorem, old, near(random, theorem).term(old))


def closed_term_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """The same for a term without bound variables."""
    old = _part(random, theorem, lambda term: not term.loose and len(term.args) > 0)
    return _replaced(theorem, old, near(random, theorem).term(old))


def integer_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """An integer becomes another one wherever it stands."""
    old = _part(random, theorem, lambda term: term.head == "integer")
    other = int(str(old.value)) + random.choice((1, -1, 2))
    return _replaced(theorem, old, terms.integer(other))


def fraction_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A real number becomes another one wherever it stands."""
    old = _part(random, theorem, lambda term: term.head == "rational")
    return _replaced(theorem, old, terms.rational(near(random, theorem).near(Fraction(str(old.value)))))


def head_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """All terms of one kind become terms of another kind, such as every sum of two a larger of two."""
    old = _part(random, theorem, lambda term: bool(term.args) and term.value is None)
    new = near(random, theorem).part(old)
    if new.args != old.args:
        raise NotApplicable

    def other(term: Term) -> Term | None:
        fits = term.head == old.head and [each.sort for each in term.args] == [each.sort for each in old.args]
        return Term(new.head, term.args, new.value, term.hint) if fits else None

    found: Theorem = everywhere(theorem, other)
    return found


def letters_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Other letters for what terms bind, too few or too many: they are for readers, and must make no difference."""
    letters = random.choice(("", "a", "a b", "a b c", "a b c d e"))
    memory: dict[Term, Term] = {}

    def other(term: Term) -> Term | None:
        args = tuple(everywhere(child, other, memory) for child in term.args)
        binds = any(terms.binds(term, number) for number in range(len(term.args)))
        return Term(term.head, args, term.value, letters if binds else term.hint)

    found: Theorem = everywhere(theorem, other, memory)
    return found


def variable_replaced(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A variable becomes a term in another one, wherever it stands."""
    variables = sorted({*theorem.claim.integers, *(each.name for each in theorem.claim.indices)})
    one, two = (terms.variable(pick(random, variables)) for _ in range(2))
    new = random.choice((two, terms.add(one, terms.integer(1)), terms.multiply(terms.integer(2), one)))
    return _replaced(theorem, one, new)


def name_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A name becomes another one wherever it stands, declarations included."""
    around = near(random, theorem)
    one = pick(random, around.names)
    new = around.text(one)
    found: Theorem = texts_everywhere(theorem, lambda name: new if name == one else name)
    return found


def names_exchanged(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Two names are exchanged everywhere, or everywhere but in the declarations."""
    names = near(random, theorem).names
    one, two = pick(random, names), pick(random, names)
    turned = {one: two, two: one}
    found: Theorem = texts_everywhere(theorem, lambda name: turned.get(name, name))
    if random.random() < 0.5:
        kept = {key: getattr(theorem.claim, key) for key in ("integers", "leaves", "witness", "sequences", "fields")}
        found = replace(found, claim=replace(found.claim, **kept))
    return found


def tensor_replaced(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """The entries of one tensor become those of another one, or of the same with two indices exchanged."""
    around = near(random, theorem)
    one, rank = pick(random, around.ranks)
    two = pick(random, (name for name, other in around.ranks if other == rank))
    order = random.sample(range(rank), rank)

    def other(term: Term) -> Term | None:
        if term.head != "entry" or term.value != one or len(term.args) != rank:
            return None
        args = tuple(everywhere(term.args[place], other) for place in order)
        return terms.entry(two, *args)

    found: Theorem = everywhere(theorem, other)
    return found


def function_replaced(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Every call of a function becomes one of another function, or of its derivative."""
    old = _part(random, theorem, lambda term: term.head == "call")
    new = near(random, theorem).value(old)

    def other(term: Term) -> Term | None:
        if term.head != "call" or term.value != old.value:
            return None
        return terms.call(str(new), everywhere(term.args[0], other))

    found: Theorem = everywhere(theorem, other)
    return found


def hypothesis_forgotten(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A hypothesis less; the facts that are counted after it move up, and it is used nowhere."""
    number = pick(random, range(len(theorem.claim.hypotheses)))
    given = theorem.claim.hypotheses
    claim = replace(theorem.claim, hypotheses=(*given[:number], *given[number + 1 :]))
    return Theorem(claim, _renumbered(theorem.proof, number))


def _renumbered(proof: Proof, gone: int) -> Proof:
    found = proof
    for path, value in places(proof):
        if isinstance(value, Multiples):
            found = put(found, path, _without_fact(value, gone))
    return found


def _without_fact(evidence: Multiples, gone: int) -> Multiples:
    kept = ((c, facts) for c, facts in evidence.products if gone not in facts)
    moved = tuple((c, tuple(fact - (fact > gone) for fact in facts)) for c, facts in kept)
    return replace(evidence, products=moved)


def hypothesis_replaced(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A hypothesis becomes another one, wherever its text stands."""
    old = pick(random, theorem.claim.hypotheses)
    return _replaced(theorem, old, near(random, theorem).term(old))


def hypothesis_weakened(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """a <= b becomes a <= b + 1, or a - 1 <= b."""
    number = pick(random, (n for n, each in enumerate(theorem.claim.hypotheses) if each.head == "at_most"))

    def weaker(condition: Term) -> Term:
        low, high = condition.args
        one = terms.integer(1) if low.sort == terms.INTEGER else terms.rational(1)
        return terms.at_most(low, terms.add(high, one))

    return change(theorem, ("claim", "hypotheses", number), weaker)


def chain_cut(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A chain that ends sooner, and a claim that ends there."""
    steps = _steps(theorem)
    at = pick(random, range(len(steps)))
    reached = steps[at].result if not steps[at].path else near(random, theorem).part(theorem.claim.right)
    claim = replace(theorem.claim, right=reached)
    return Theorem(claim, replace(theorem.proof, entries=Chain(steps[: at + 1])))


def _steps(theorem: Theorem) -> tuple[Step, ...]:
    node = theorem.proof.entries
    if not isinstance(node, Chain):
        raise NotApplicable
    return node.steps


def chain_turned(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """The steps from right to left, and the sides exchanged."""
    steps = _steps(theorem)
    reached = [theorem.claim.left, *(step.result for step in steps)]
    turned = [
        replace(step, result=before, backward=not step.backward) for step, before in zip(steps, reached, strict=False)
    ]
    claim = replace(theorem.claim, left=theorem.claim.right, right=theorem.claim.left)
    return Theorem(claim, replace(theorem.proof, entries=Chain(tuple(reversed(turned)))))


def both_sides_wrapped(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A factor or a summand around both sides, or around one, with all paths one longer."""
    steps, real = _steps(theorem), near(random, theorem).part(theorem.claim.right)
    build = random.choice((terms.add, terms.multiply))
    left, right = build(theorem.claim.left, real), build(theorem.claim.right, real)
    if random.random() < 0.3:
        right = theorem.claim.right
    inner = tuple(replace(step, path=(0, *step.path)) for step in steps)
    claim: Claim = replace(theorem.claim, left=left, right=right)
    return Theorem(claim, replace(theorem.proof, entries=Chain(inner)))


def trivial(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Both sides the same, or nearly, and no proof."""
    side = random.choice((theorem.claim.left, theorem.claim.right))
    other = random.choice((side, near(random, theorem).term(side)))
    steps = random.choice(((), (Step("ring", (), (), other),)))
    claim = replace(theorem.claim, left=side, right=other)
    return Theorem(claim, replace(theorem.proof, entries=Chain(steps)))


def relation_everywhere(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A claim of <=, and the sides exchanged or a step that goes below."""
    claim = replace(theorem.claim, relation="<=")
    node: Any = theorem.proof.entries
    if isinstance(node, Chain) and random.random() < 0.7:
        shown = pick(random, (*theorem.proof.well_formed, *theorem.proof.conditions, Multiples()))
        result = near(random, theorem).part(claim.right)
        node = Chain((*node.steps, Step("below", (), (("shown", shown),), result)))
        claim = replace(claim, right=result)
    return Theorem(claim, replace(theorem.proof, entries=node))


CHANGES: Mapping[str, Change] = {
    each.__name__: each
    for each in (
        *(term_changed, closed_term_changed, integer_changed, fraction_changed, head_changed, letters_changed),
        *(variable_replaced, name_changed, names_exchanged, tensor_replaced, function_replaced),
        *(hypothesis_forgotten, hypothesis_replaced, hypothesis_weakened),
        *(chain_cut, chain_turned, both_sides_wrapped, trivial, relation_everywhere),
    )
}
