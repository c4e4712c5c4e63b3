"""One forgery: how it is made, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from time import perf_counter
from traceback import format_exc

from oracle import Judgement, is_computed, is_witnessed, judge
from oracle_worlds import TROUBLES

from symcnn.kernel import Claim, Rejected, decode, encode, replay, show_claim
from symcnn.refute import look

from . import everywhere, in_proofs, in_statements, walks
from .in_proofs import Change
from .leaves import leaf_changed
from .repair import repaired
from .sources import Source, theorem_of
from .trees import NotApplicable, Theorem

CHANGES: Mapping[str, Change] = {
    **{f"proof: {name}": change for name, change in in_proofs.CHANGES.items()},
    **{f"statement: {name}": change for name, change in in_statements.CHANGES.items()},
    **{f"walk: {name}": change for name, change in walks.CHANGES.items()},
    **{f"everywhere: {name}": change for name, change in everywhere.CHANGES.items()},
}
LEAF, REPAIRED = "file: leaf_changed", "repaired"
SHARE_OF_REPAIRED, SHARE_OF_LEAVES, SHARE_OF_WALKS = 0.5, 0.06, 0.15
#: what becomes of a forgery, the worst last
NOT_TYPED, REJECTED, SAME, TRUE, UNREFUTED, UNKNOWN, FAULT, VACUOUS, FALSE = (
    *("not well-typed", "rejected", "accepted, same statement", "accepted, another statement that is true"),
    *("accepted, not judged, but satisfied and not refuted", "accepted, and not known to be true"),
    *("an exception that is not Rejected", "accepted, and nothing satisfies what it assumes", "accepted, and false"),
)
OUTCOMES = (NOT_TYPED, REJECTED, SAME, TRUE, UNREFUTED, UNKNOWN, FAULT, VACUOUS, FALSE)
#: nothing to change, no term that can be built, or what an earlier change has left of something has another type
UNCHANGED = (NotApplicable, Rejected, TypeError, ValueError, AttributeError, LookupError)
DONORS = 2
CASES, SECONDS = 12, 5.0  # for a judgement; so that it does not depend on the machine, there is time enough
MORE_DRAWS, MORE_SECONDS = 500, 20.0  # for each case, where too few satisfied the hypotheses
LOOK_SECONDS = 2.0  # for a counterexample to what the oracle does not judge all the same


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
    donors = tuple(theorem_of(random.choice(sources)) for _ in range(DONORS))
    kind, source, theorem = _first_change(random, sources, donors)
    kinds = [kind]
    for _ in range(random.choice((0, 0, 0, 0, 1, 1, 2))):
        kind, theorem = _changed(random, theorem, donors)
        kinds.append(kind)
    if random.random() < SHARE_OF_REPAIRED:
        theorem, kinds = _repaired(random, theorem), [*kinds, REPAIRED]
    text = encode(theorem.claim, theorem.proof)
    if LEAF in kinds or random.random() < SHARE_OF_LEAVES:
        text, kinds = leaf_changed(random, text), [*(each for each in kinds if each != LEAF), LEAF]
    return Forgery(number, source.name, tuple(kinds), text)


def _first_change(
    random: Random, sources: tuple[Source, ...], donors: tuple[Theorem, ...]
) -> tuple[str, Source, Theorem]:
    """A change, and a theorem that has something for it: every change has its turn as often as the others"""
    kinds = random.sample(tuple(CHANGES), len(CHANGES))
    if random.random() < SHARE_OF_WALKS:
        kinds.insert(0, f"walk: {random.choice(tuple(walks.CHANGES))}")
    for kind in kinds:
        for source in random.sample(sources, len(sources)):
            changed = _tried(kind, random, theorem_of(source), donors)
            if changed is not None:
                return kind, source, changed
    raise NotApplicable


def _changed(random: Random, theorem: Theorem, donors: tuple[Theorem, ...]) -> tuple[str, Theorem]:
    """A change that there is something for; the theorem itself where the file is to be changed instead"""
    for kind in random.sample(tuple(CHANGES), len(CHANGES)):
        changed = _tried(kind, random, theorem, donors)
        if changed is not None:
            return kind, changed
    return LEAF, theorem


def _tried(kind: str, random: Random, theorem: Theorem, donors: tuple[Theorem, ...]) -> Theorem | None:
    try:
        return CHANGES[kind](random, theorem, donors)
    except UNCHANGED:
        return None


def _repaired(random: Random, theorem: Theorem) -> Theorem:
    try:
        return repaired(theorem, random.random() < 0.7)
    except Exception:  # the search is made for what the language can say, and need not understand a forged claim
        return theorem


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
    if is_computed(claim) and _is_witnessed(claim) is False:
        return VACUOUS, show_claim(claim), ""
    bare = replace(claim, witness=())
    if bare == replace(original, witness=()):
        return SAME, "", ""
    return judged(claim)


def _is_witnessed(claim: Claim) -> bool | None:
    """Whether the witness satisfies what is assumed; None where that is not computed: a function has no rational
    values, or what is assumed is no polynomial"""
    try:
        return is_witnessed(claim)
    except (Rejected, *TROUBLES):
        return None


@lru_cache(maxsize=1000)
def judged(claim: Claim) -> tuple[str, str, str]:
    """What a statement is, by the oracle; with many more tries where few values satisfy what it assumes"""
    shown, judgement = show_claim(claim), judge(claim, cases=CASES, seconds=SECONDS)
    if judgement.verdict == "unknown":
        judgement = judge(claim, seed=1, cases=CASES, seconds=MORE_SECONDS, draws=MORE_DRAWS)
    if judgement.verdict == "unknown":
        return _looked_at(claim, shown, judgement)
    return TRUE if judgement.verdict == "true" else FALSE, shown, judgement.failure


def _looked_at(claim: Claim, shown: str, judgement: Judgement) -> tuple[str, str, str]:
    """What a statement is that the oracle cannot judge: whether there is a counterexample, or else a witness"""
    found = look(claim, LOOK_SECONDS).counterexample
    if found is not None:
        return FALSE, shown, str(found)
    return UNREFUTED if _is_witnessed(claim) else UNKNOWN, shown, judgement.failure
