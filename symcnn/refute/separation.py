"""A simple hypothesis that separates the instances at which a claim fails from those at which it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, permutations
from random import Random
from time import thread_time

from ..kernel import Claim, Rejected, Term, terms
from ..kernel.terms import integer, variable
from ..kernel.value import holds
from .evaluation import Evaluation
from .exact import differences, instances
from .instance import Instance

MOST_CASES = 250
FEWEST_CASES = 12  # of either kind: fewer say nothing
SHARE = 0.5  # of the cases in which the claim holds that a suggestion has to cover
SLICE = 0.5  # seconds for one case


@dataclass(frozen=True)
class Suggestion:
    """The claim held in all of `cases` tried cases that satisfy the hypothesis. That is no proof."""

    hypothesis: Term
    cases: int
    words: str

    def __str__(self) -> str:
        return f"it holds in all {self.cases} tried cases with {self.words}"


@dataclass(frozen=True)
class Case:
    """Sizes, and whether the claim holds for the tensors that were drawn."""

    sizes: dict[str, int]
    holds: bool


def suggestion(claim: Claim, seconds: float = 3.0) -> Suggestion | None:
    """The simple hypothesis that covers most of the cases in which the claim holds, and no case in which it fails.

    None if none covers half of them, if there are too few cases to tell, or if the claim fails in nearly all.
    """
    found = list(islice(cases(claim, thread_time() + seconds), MOST_CASES))
    good, bad = ([case for case in found if case.holds is kind] for kind in (True, False))
    if min(len(good), len(bad)) < FEWEST_CASES:
        return None
    least = max(FEWEST_CASES, SHARE * len(good))
    candidates = [each for each in hypotheses(claim) if not any(_covers(each, case) for case in bad)]
    covered = [(sum(_covers(each, case) for case in good), each) for each in candidates]
    most, best = max(covered, key=lambda pair: pair[0], default=(0, None))
    return Suggestion(best[0], most, best[1]) if best is not None and most >= least else None


def cases(claim: Claim, deadline: float) -> Iterator[Case]:
    """Cases of which it is certain whether the claim holds in them."""
    for instance in instances(claim, Random(1), deadline):
        found = _holds(instance)
        if found is not None:
            yield Case(dict(instance.sizes), found)


def _holds(instance: Instance) -> bool | None:
    """None where it is not certain, and where there is no entry to compare"""
    evaluation = Evaluation(instance, thread_time() + SLICE)
    try:
        fails = next(differences(evaluation), None) is not None
        return not fails if fails or next(evaluation.places(), None) is not None else None
    except Rejected:
        return None


Hypothesis = tuple[Term, str]


def _covers(hypothesis: Hypothesis, case: Case) -> bool:
    return holds(hypothesis[0], case.sizes, {})


def hypotheses(claim: Claim) -> Iterator[Hypothesis]:
    """Simple hypotheses on the sizes, each with how a reader says it; the more natural ones first."""
    names = [name for name in claim.integers if not _is_fixed(claim, name)]
    yield from (each for each in (*_of_one(names), *_of_two(names)) if each[0] not in claim.hypotheses)


def _is_fixed(claim: Claim, name: str) -> bool:
    """Whether a hypothesis gives the size already"""
    return any(each.head == "equal" and variable(name) in each.args for each in claim.hypotheses)


def _of_one(names: list[str]) -> Iterator[Hypothesis]:
    for name in names:
        size = variable(name)
        yield _is_multiple(terms.add(size, integer(1)), integer(2)), f"{name} odd"
        yield _is_multiple(size, integer(2)), f"{name} even"
        yield from ((terms.at_most(integer(least), size), f"{name} >= {least}") for least in (1, 2, 3))
        yield from ((terms.equal(size, integer(number)), f"{name} = {number}") for number in (0, 1, 2))


def _of_two(names: list[str]) -> Iterator[Hypothesis]:
    for one, other in combinations(names, 2):
        yield terms.equal(variable(one), variable(other)), f"{one} = {other}"
    for one, other in permutations(names, 2):
        yield terms.at_most(variable(one), variable(other)), f"{one} <= {other}"
        yield terms.at_most(terms.add(variable(one), integer(1)), variable(other)), f"{one} < {other}"
        divides = terms.all_of(terms.at_most(integer(1), variable(one)), _is_multiple(variable(other), variable(one)))
        yield divides, f"{one} dividing {other}"


def _is_multiple(number: Term, divisor: Term) -> Term:
    return terms.equal(number, terms.multiply(divisor, terms.floor(number, divisor)))
