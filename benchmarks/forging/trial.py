"""One forgery: how it is made, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from time import perf_counter
from traceback import format_exc

from oracle import Judgement, is_computed, is_witnessed, judge

from symcnn.kernel import Claim, Rejected, decode, encode, replay, show_claim

from . import everywhere, in_proofs, in_statements
from .in_proofs import Change
from .leaves import leaf_changed
from .sources import Source, theorem_of
from .trees import NotApplicable, Theorem

CHANGES: Mapping[str, Change] = {
    **{f"proof: {name}": change for name, change in in_proofs.CHANGES.items()},
    **{f"statement: {name}": change for name, change in in_statements.CHANGES.items()},
    **{f"everywhere: {name}": change for name, change in everywhere.CHANGES.items()},
}
LEAF = "file: leaf_changed"
#: what becomes of a forgery, the worst last
NOT_TYPED, REJECTED, SAME, TRUE, UNKNOWN, FAULT, VACUOUS, FALSE = (
    *("not well-typed", "rejected", "accepted, same statement", "accepted, another statement that is true"),
    *("accepted, another statement that is not known to be true", "an exception that is not Rejected"),
    *("accepted, and nothing satisfies what it assumes", "accepted, and false"),
)
OUTCOMES = (NOT_TYPED, REJECTED, SAME, TRUE, UNKNOWN, FAULT, VACUOUS, FALSE)
MOST_ATTEMPTS = 40
#: nothing to change, no term that can be built, or what an earlier change has left of something has another type
UNCHANGED = (NotApplicable, Rejected, TypeError, ValueError, AttributeError)
DONORS = 2
SECONDS = 2.0  # for a judgement


@dataclass(frozen=True)
class Forgery:
    """A changed proof file, and what was changed."""

    number: int
    source: str
    kinds: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Outcome:
    """What became of a forgery; of what was accepted, its statement and what the oracle says of it."""

    number: int
    source: str
    kinds: tuple[str, ...]
    result: str
    statement: str = ""
    detail: str = ""
    seconds: float = 0.0


def forgery(seed: int, number: int, sources: tuple[Source, ...]) -> Forgery:
    """The forgery of this number: nothing else decides what it is."""
    random = Random(f"{seed} {number}")
    source = random.choice(sources)
    donors = tuple(theorem_of(random.choice(sources)) for _ in range(DONORS))
    theorem, kinds = theorem_of(source), []
    for _ in range(random.choice((1, 1, 1, 1, 2, 2, 3))):
        kind, theorem = _changed(random, theorem, donors)
        kinds.append(kind)
    text = encode(theorem.claim, theorem.proof)
    if kinds == [LEAF] or random.random() < 0.05:
        text = leaf_changed(random, text)
        kinds = [*(kind for kind in kinds if kind != LEAF), LEAF]
    return Forgery(number, source.name, tuple(kinds), text)


def _changed(random: Random, theorem: Theorem, donors: tuple[Theorem, ...]) -> tuple[str, Theorem]:
    """A change that there is something for; the theorem itself where the file is to be changed instead"""
    for _ in range(MOST_ATTEMPTS):
        kind = random.choice(tuple(CHANGES))
        try:
            return kind, CHANGES[kind](random, theorem, donors)
        except UNCHANGED:
            continue
    return LEAF, theorem


def outcome(seed: int, number: int, sources: tuple[Source, ...]) -> Outcome:
    """What becomes of the forgery of this number."""
    start = perf_counter()
    made = forgery(seed, number, sources)
    original = next(theorem_of(source).claim for source in sources if source.name == made.source)
    result, statement, detail = _result(made.text, original)
    return Outcome(number, made.source, made.kinds, result, statement, detail, perf_counter() - start)


def _result(text: str, original: Claim) -> tuple[str, str, str]:
    try:
        claim, proof = decode(text)
    except Rejected as rejected:
        return NOT_TYPED, "", str(rejected)[:200]
    except Exception:
        return FAULT, "", format_exc()
    try:
        replay(claim, proof)
    except Rejected as rejected:
        return REJECTED, "", str(rejected)[:200]
    except Exception:
        return FAULT, "", format_exc()
    return _accepted(claim, original)


def _accepted(claim: Claim, original: Claim) -> tuple[str, str, str]:
    """What an accepted statement is; that its witness satisfies what it assumes is looked at in any case"""
    if is_computed(claim) and not _is_witnessed(claim):
        return VACUOUS, show_claim(claim), ""
    bare = replace(claim, witness=())
    if bare == replace(original, witness=()):
        return SAME, "", ""
    judgement = _judged(claim)
    result = {"true": TRUE, "false": FALSE}.get(judgement.verdict, UNKNOWN)
    return result, show_claim(claim), f"{judgement.cases} cases {judgement.failure}".strip()


def _is_witnessed(claim: Claim) -> bool:
    try:
        return is_witnessed(claim)
    except Rejected:  # the example of a function has no rational values
        return True


@lru_cache(maxsize=1000)
def _judged(claim: Claim) -> Judgement:
    return judge(claim, seconds=SECONDS)
