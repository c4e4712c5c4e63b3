"""The attack on the kernel: no forged proof gets in, most changes are noticed, and a hole in the kernel is found."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from checking import ensure, ensure_equal
from forge import CHUNK, FORGED, outcomes, outcomes_of, summary
from forging.sources import sources, theorem_of
from forging.trees import Theorem
from forging.trial import (
    CHANGES,
    FALSE,
    NOT_TYPED,
    REJECTED,
    SAME,
    TRUE,
    UNCHANGED,
    UNKNOWN,
    UNREFUTED,
    Outcome,
    forgery,
    judged,
    outcome,
)
from oracle import judge
from sympy import Eq

from symcnn import Identity, Tensor, sizes
from symcnn.kernel import Claim, Lambda, encode, rules, terms
from symcnn.language.statement import statement_of

COUNT = 200


@pytest.fixture(scope="module")
def forged() -> list[Outcome]:
    return list(outcomes(COUNT, seed=1))


def test_no_forgery_is_a_proof_of_something_false(forged: list[Outcome]) -> None:
    for each in forged:
        ensure(
            each.result not in FORGED, f"{each.number} of {each.source}: {each.result}\n{each.statement}\n{each.detail}"
        )


def test_most_forgeries_reach_the_kernel_and_many_get_through(forged: list[Outcome]) -> None:
    counts = Counter(each.result for each in forged)
    ensure(counts[NOT_TYPED] < COUNT / 4, f"{counts}")
    ensure(counts[REJECTED] > COUNT / 3, f"{counts}")
    ensure(counts[SAME] > COUNT / 50, f"{counts}")
    ensure(counts[TRUE] > COUNT / 20, f"{counts}")


def test_a_forgery_is_determined_by_its_number(forged: list[Outcome]) -> None:
    numbers = range(CHUNK, CHUNK + 20)
    again = outcomes_of(1, reversed(numbers), sources())
    wanted = summary([forged[number] for number in reversed(numbers)], 1)
    ensure_equal(summary(again, 1), wanted)
    ensure(forgery(1, 0, sources()).text != forgery(2, 0, sources()).text)


def test_the_number_of_processes_makes_no_difference(forged: list[Outcome]) -> None:
    ensure_equal(summary(outcomes(CHUNK + 1, 1, jobs=2), 1), summary(forged[: CHUNK + 1], 1))


def test_the_summary_is_complete_and_is_json(forged: list[Outcome]) -> None:
    found = json.loads(json.dumps(summary(forged, 1)))
    ensure_equal(sum(found["outcomes"].values()), COUNT)
    ensure_equal(len(found["accepted"]), sum(each.result not in (NOT_TYPED, REJECTED, SAME) for each in forged))
    ensure(all(each["statement"] for each in found["accepted"]))
    ensure(len(found["kinds"]) > 40, f"{sorted(found['kinds'])}")


def test_every_change_has_something_to_change() -> None:
    theorems = [theorem_of(source) for source in sources()]
    idle = [kind for kind in CHANGES if not any(_changes(kind, each, theorems) for each in theorems[::-1])]
    ensure_equal(idle, [])


def _changes(kind: str, theorem: Theorem, donors: list[Theorem]) -> bool:
    for seed in range(3):
        try:
            changed = CHANGES[kind](Random(seed), theorem, (donors[0], donors[-1]))
            if encode(changed.claim, changed.proof) != encode(theorem.claim, theorem.proof):
                return True
        except UNCHANGED:
            continue
    return False


def test_a_kernel_that_checks_no_evidence_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "check", lambda *_: None)
    found = (outcome(0, number, sources()).result for number in range(500))
    ensure(FALSE in found, "no forgery got through a kernel that believes everything")


def rarely_satisfied(product: int, entry: int) -> Claim:
    """A true claim about tensors whose first three entries have this product; its witness has equal entries."""
    n = sizes("n")
    x = Tensor("X", (n,))
    claim = statement_of(Identity(x, x, [n >= 3, Eq(x[1] * x[2] * x[3], product)])).claim
    entries = Lambda(("a",), terms.rational(entry))
    return replace(claim, witness=(("n", Fraction(3)), (claim.indices[0].name, Fraction(1)), ("X", entries)))


def test_what_few_values_satisfy_is_tried_more_often() -> None:
    claim = rarely_satisfied(27, 3)
    ensure_equal(judge(claim, cases=12, seconds=60).verdict, "unknown")
    ensure_equal(judged(claim)[0], TRUE)


def test_what_is_not_known_to_be_true_passes_only_with_a_witness() -> None:
    ensure_equal(judged(rarely_satisfied(10**12, 10**4))[0], UNREFUTED)
    ensure_equal(judged(rarely_satisfied(10**12, 1))[0], UNKNOWN)
    ensure(UNKNOWN in FORGED and UNREFUTED not in FORGED)
