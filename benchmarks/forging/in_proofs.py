"""Changes of a proof alone: what it proves stays what it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any, get_args

from symcnn.kernel import (
    RULES,
    Cases,
    Chain,
    Define,
    Evidence,
    Have,
    Induction,
    Lambda,
    Multiples,
    Obtain,
    Step,
    Term,
    terms,
)

from .near import Surroundings, surroundings
from .trees import NotApplicable, Path, Theorem, change, children, everywhere, pick, places, places_of, put

Donors = tuple[Theorem, ...]
Change = Callable[[Random, Theorem, Donors], Theorem]
EVIDENCE: tuple[type, ...] = get_args(Evidence)
NODES = (Chain, Cases, Have, Define, Obtain, Induction)


def near(random: Random, theorem: Theorem) -> Surroundings:
    """The names of the theorem, and terms to put in place of others."""
    return surroundings(theorem.claim, random)


def _in_proof(theorem: Theorem, *kinds: type) -> list[tuple[Path, Any]]:
    return [(("proof", *path), value) for path, value in places_of(theorem.proof, *kinds)]


def _changed(random: Random, theorem: Theorem, new: Callable[[Any], Any], *kinds: type) -> Theorem:
    """The theorem with one thing of these types in its proof changed"""
    path, old = random.choice(_in_proof(theorem, *kinds))
    return put(theorem, path, new(old))


def _with_steps(random: Random, theorem: Theorem, new: Callable[[tuple[Step, ...], int], tuple[Step, ...]]) -> Theorem:
    chains = [(path, each) for path, each in _in_proof(theorem, Chain) if each.steps]
    path, chain = pick(random, chains)
    return put(theorem, path, Chain(new(chain.steps, random.randrange(len(chain.steps)))))


def step_dropped(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A chain without one of its steps."""
    return _with_steps(random, theorem, lambda steps, at: (*steps[:at], *steps[at + 1 :]))


def step_doubled(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A chain with a step twice."""
    return _with_steps(random, theorem, lambda steps, at: (*steps[: at + 1], *steps[at:]))


def steps_dropped(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A chain that begins later, or ends sooner."""
    if random.random() < 0.5:
        return _with_steps(random, theorem, lambda steps, at: steps[:at])
    return _with_steps(random, theorem, lambda steps, at: steps[at + 1 :])


def steps_exchanged(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A chain with two neighbours exchanged."""
    return _with_steps(random, theorem, lambda s, at: (*s[:at], *s[at + 1 : at + 2], s[at], *s[at + 2 :]))


def step_of_another_place(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A step replaced by one of another place, or of another proof."""
    other = random.choice((theorem, *donors))
    step = random.choice(places_of(other.proof, Step))[1]
    return _changed(random, theorem, lambda old: step, Step)


def step_turned(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A step taken in the other direction."""
    return _changed(random, theorem, lambda step: replace(step, backward=not step.backward), Step)


def path_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A step at another place of the term."""

    def new(step: Step) -> Step:
        paths = [step.path[:-1], step.path[1:], (*step.path, random.randrange(3)), (random.randrange(3), *step.path)]
        if step.path:
            paths.append(near(random, theorem).items(step.path))
        return replace(step, path=random.choice(paths))

    return _changed(random, theorem, new, Step)


def result_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A step with another result."""
    return _changed(random, theorem, lambda step: replace(step, result=near(random, theorem).term(step.result)), Step)


def results_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A term that is replaced in all results of a chain."""
    path, chain = pick(random, ((path, each) for path, each in _in_proof(theorem, Chain) if each.steps))
    old = pick(random, terms.subterms(random.choice(chain.steps).result))
    new = near(random, theorem).part(old)
    return put(theorem, path, _everywhere_in_results(chain, old, new))


def _everywhere_in_results(chain: Chain, old: Term, new: Term) -> Chain:
    def other(term: Term) -> Term | None:
        return new if term == old else None

    return Chain(tuple(replace(step, result=everywhere(step.result, other)) for step in chain.steps))


def argument_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A step with another argument: a map, an index, a number of sums, a name, evidence."""
    steps = [(path, step) for path, step in _in_proof(theorem, Step) if step.arguments]
    path, step = pick(random, steps)
    number = random.randrange(len(step.arguments))
    value = step.arguments[number][1]
    inside, old = pick(random, places(value))
    other = near(random, theorem).near(old)
    return put(theorem, (*path, "arguments", number, 1, *inside), other)


def rule_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A step by another rule; most often one that takes the same arguments."""

    def new(step: Step) -> Step:
        names = {name for name, _ in step.arguments}
        alike = [rule for rule in RULES if _arguments(rule) == names and rule != step.rule]
        return replace(step, rule=random.choice(alike or list(RULES)))

    return _changed(random, theorem, new, Step)


def _arguments(rule: str) -> set[str]:
    return set(RULES[rule].__annotations__) - {"context", "term", "result", "return"}


def evidence_weakened(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Evidence replaced by nothing, or by a part of itself."""

    def new(old: Any) -> Any:
        parts = [each for _, each in places(old) if isinstance(each, EVIDENCE) and each is not old]
        return random.choice((Multiples(), *parts))

    return _changed(random, theorem, new, *EVIDENCE)


def evidence_of_another_place(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Evidence replaced by that of something else."""
    other = random.choice((theorem, theorem, *donors))
    evidence = random.choice(places_of(other.proof, *EVIDENCE))[1]
    return _changed(random, theorem, lambda old: evidence, *EVIDENCE)


def evidence_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Evidence with another multiplier, fact, condition or law."""
    path, old = random.choice(_in_proof(theorem, *EVIDENCE))
    inside, part = pick(random, (each for each in places(old) if each[0]))
    return put(theorem, (*path, *inside), near(random, theorem).near(part))


def subtree_exchanged(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Something in the proof replaced by something of its type, of the same proof or of another one."""
    path, old = random.choice(_in_proof(theorem, *NODES, *EVIDENCE, Term, Lambda, Step))
    kinds = next((kinds for kinds in (NODES, EVIDENCE) if isinstance(old, kinds)), (type(old),))
    other = random.choice(places_of(random.choice((theorem, theorem, *donors)).proof, *kinds))[1]
    return put(theorem, path, other)


def node_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A tree replaced by a part of it, or with two parts exchanged: one case for both, the base for the step."""

    def new(node: Any) -> Any:
        own = [(str(key), child) for key, child in children(node) if isinstance(child, NODES)]
        (key, _), (_, other) = pick(random, own), pick(random, own)
        return other if random.random() < 0.3 else replace(node, **{key: other})

    return _changed(random, theorem, new, Cases, Have, Define, Obtain, Induction)


def binder_renamed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A name that is bound in the proof becomes another one: its uses stay, and something else may be captured."""
    path, old = random.choice(_in_proof(theorem, Lambda, Obtain, Have, Induction, Define))
    around = near(random, theorem)
    inside, name = pick(random, ((at, each) for at, each in places(old) if isinstance(each, str)))
    return put(theorem, (*path, *inside), around.text(name))


def instantiation_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A tensor given by a formula, or an index that is put in, with another formula."""
    path, old = random.choice(_in_proof(theorem, Lambda))
    return put(theorem, path, replace(old, body=near(random, theorem).term(old.body)))


def lemma_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A lemma, or what an induction shows, that says more: other sides, fewer or impossible hypotheses."""
    path, old = random.choice(_in_proof(theorem, Have, Induction))
    around = near(random, theorem)
    match random.randrange(3):
        case 0:
            return put(
                theorem, (*path, random.choice(("left", "right"))), around.term(random.choice((old.left, old.right)))
            )
        case 1:
            return put(theorem, (*path, "hypotheses"), (*old.hypotheses, terms.FALSE))
        case _:
            name = pick(
                random, (each for each in ("hypotheses", "integers", "lower", "variable") if hasattr(old, each))
            )
            return change(theorem, (*path, name), around.near)


def false_lemma(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A lemma around a tree, whose own proof is only that tree, or nothing."""
    path, node = random.choice(_in_proof(theorem, *NODES))
    left, right = theorem.claim.left, near(random, theorem).term(theorem.claim.right)
    shown = random.choice((node, Chain(())))
    use = (("equation", "forged"), ("integers", ()), ("tensors", ()), ("functions", ()), ("shown", ()))
    then = Chain((Step("use", (), use, right),)) if random.random() < 0.5 else node
    return put(theorem, path, Have("forged", (), (), left, right, shown, then))


def statements_evidence_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """Other evidence that the statement is well-formed, that its conditions hold, that it is possible."""
    name = random.choice(("well_formed", "conditions", "assumptions"))
    return change(theorem, ("proof", name), near(random, theorem).items)


def used_theorem_changed(random: Random, theorem: Theorem, donors: Donors) -> Theorem:
    """A theorem that is used, exchanged for another one, or with another claim."""
    number = random.randrange(len(theorem.proof.theorems)) if theorem.proof.theorems else -1
    if number < 0:
        raise NotApplicable
    name, claim, own = theorem.proof.theorems[number]
    other = random.choice(donors)
    changed = near(random, Theorem(claim, own)).near(claim)
    new = random.choice(((name, other.claim, other.proof), (name, other.claim, own), (name, changed, own)))
    return put(theorem, ("proof", "theorems", number), new)


CHANGES: Mapping[str, Change] = {
    each.__name__: each
    for each in (
        *(step_dropped, step_doubled, steps_dropped, steps_exchanged, step_of_another_place, step_turned),
        *(path_changed, result_changed, results_changed, argument_changed, rule_changed),
        *(evidence_weakened, evidence_of_another_place, evidence_changed, subtree_exchanged, node_changed),
        *(binder_renamed, instantiation_changed, lemma_changed, false_lemma),
        *(statements_evidence_changed, used_theorem_changed),
    )
}
