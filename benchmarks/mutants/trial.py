"""One mutant: what is decided of it, whether that stands when it is checked again, and what the oracle says."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

from symcnn.decision import Proved, Refuted, Undecided, Verdict, decide_statement
from symcnn.errors import IllFormed, NumericMismatch, SymcnnError, Vacuous
from symcnn.kernel import Claim, Rejected, show_claim
from symcnn.language.statement import Statement, statement_of
from symcnn.refute import look

from .amiss import amiss
from .sequence import Mutant, mutants_of, original
from .slips import SOURCE

PROVED, REFUTED, UNDECIDED, ILL_FORMED, FAULT = "proved", "refuted", "undecided", "ill-formed", "fault"
UNCHANGED = "unchanged"
TRUE, FALSE, UNKNOWN = "true", "false", "unknown"


class NotPython(Exception):
    """The changed text itself does what Python refuses: it reads a third extent of a vector, say."""


@dataclass(frozen=True)
class Settings:
    """How long a counterexample and a proof are looked for, what the oracle may spend, and who decides. What is
    proved is judged harder: by the oracle, and by a search for a counterexample to it."""

    seconds: float = 2.0
    proof_seconds: float = 10.0
    oracle_seconds: float = 0.5
    oracle_cases: int = 30
    harder_seconds: float = 3.0
    harder_cases: int = 300
    look_seconds: float = 1.0
    amiss_seconds: float = 0.3
    samples: int = 3
    decide: Callable[..., Verdict] = decide_statement


@dataclass(frozen=True)
class Outcome:
    """What came of a mutant. `detail` is what is left to show, the class of a refusal, or a traceback; `oracle` is
    true, false or unknown, `failure` where it is false; `unsound` says why a verdict does not stand; `amiss` is what is
    amiss with an ill-formed one at an instance."""

    theorem: str
    number: int
    level: str
    kind: str
    change: str
    verdict: str
    detail: str = ""
    message: str = ""
    seconds: float = 0.0
    oracle: str = ""
    cases: int = 0
    failure: str = ""
    unsound: str = ""
    amiss: str = ""
    statement: str = ""
    digest: str = ""
    times: dict[str, float] = field(default_factory=dict)


def outcomes(name: str, seed: int, numbers: range, settings: Settings) -> list[Outcome]:
    """What comes of these mutants of a theorem; of fewer, if it has not so many."""
    found = (mutants_of(name, seed).numbered(number) for number in numbers)
    return [outcome(mutant, settings) for mutant in found if mutant is not None]


def outcome(mutant: Mutant, settings: Settings) -> Outcome:
    """What comes of a mutant. An exception that is no refusal is a fault, with its traceback."""
    blank = Outcome(mutant.theorem, mutant.number, mutant.level, mutant.kind, mutant.change, FAULT)
    start = perf_counter()
    try:
        return _tried(blank, mutant, settings)
    except Exception:
        return replace(blank, detail=traceback.format_exc(), seconds=perf_counter() - start)


def _tried(blank: Outcome, mutant: Mutant, settings: Settings) -> Outcome:
    watch = Watch()
    try:
        statement = statement_of_mutant(mutant)
    except (SymcnnError, NotPython) as refusal:
        digest = _digest(str(mutant.variant))
        return replace(blank, verdict=ILL_FORMED, digest=digest, **_refusal(refusal), seconds=watch.lap("state"))
    watch.lap("state")
    shown = show_claim(statement.claim)
    made = replace(blank, statement=shown, digest=_digest(shown))
    if statement.claim == original(mutant.theorem).statement.claim:
        return replace(made, verdict=UNCHANGED, seconds=watch.total)
    try:
        verdict = settings.decide(statement, seconds=settings.seconds, proof_seconds=settings.proof_seconds)
    except SymcnnError as refusal:
        watch.lap("decide")
        return _refused(replace(made, verdict=ILL_FORMED, **_refusal(refusal)), refusal, statement, settings, watch)
    watch.lap("decide")
    made = replace(made, **_verdict(verdict), unsound=_doubt(verdict, statement, mutant, settings))
    watch.lap("check")
    made = replace(made, **_judged(statement.claim, made, settings))
    watch.lap("oracle")
    if made.verdict == PROVED:
        made = _looked_at(made, statement.claim, settings)
        watch.lap("look")
    return replace(made, seconds=watch.total, times=watch.laps)


def _refused(made: Outcome, refusal: Exception, statement: Statement, settings: Settings, watch: Watch) -> Outcome:
    """A refusal, with what numbers say of it"""
    if isinstance(refusal, IllFormed):
        made = replace(made, amiss=amiss(statement, settings.amiss_seconds))
        watch.lap("amiss")
    if isinstance(refusal, Vacuous):  # the oracle knows whether there is such a thing
        made = replace(made, **_judged(statement.claim, made, settings))
        watch.lap("oracle")
    return replace(made, seconds=watch.total, times=watch.laps)


def _looked_at(made: Outcome, claim: Claim, settings: Settings) -> Outcome:
    """What is proved, with a counterexample if the package has one all the same"""
    found = look(claim, settings.look_seconds).counterexample
    if found is None:
        return made
    try:
        found.replay()
        doubt = "there is a counterexample"
    except Rejected as rejected:
        doubt = f"there is a counterexample that is not replayed: {rejected}"
    return replace(made, unsound="; ".join(filter(None, (made.unsound, doubt))), failure=made.failure or str(found))


def statement_of_mutant(mutant: Mutant) -> Statement:
    """What a mutant states. Raises `SymcnnError` for what the language refuses, `NotPython` for what Python does."""
    found = original(mutant.theorem)
    if isinstance(mutant.variant, Claim):
        return replace(found.statement, claim=mutant.variant)
    try:
        return statement_of(found.identity(mutant.variant))
    except (TypeError, AttributeError, LookupError) as error:
        if _raised_in(error) == found.file:
            raise NotPython(f"{type(error).__name__}: {error}") from error
        raise  # the package fails


def _raised_in(error: Exception) -> str:
    """The file whose code raised an exception"""
    return traceback.extract_tb(error.__traceback__)[-1].filename


def _refusal(refusal: Exception) -> dict[str, str]:
    return {"detail": type(refusal).__name__, "message": str(refusal)}


def _digest(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _verdict(verdict: Verdict) -> dict[str, str]:
    match verdict:
        case Proved():
            return {"verdict": PROVED}
        case Refuted(counterexample=found):
            return {"verdict": REFUTED, "message": str(found)}
        case Undecided(residual=residual, tried=tried):
            return {"verdict": UNDECIDED, "detail": residual, "message": tried}


def _doubt(verdict: Verdict, statement: Statement, mutant: Mutant, settings: Settings) -> str:
    """Why a verdict does not stand; nothing if it does"""
    try:
        if isinstance(verdict, Proved):
            return "; ".join(_doubts_of_proof(verdict, statement, mutant, settings))
        if isinstance(verdict, Refuted):
            verdict.counterexample.replay()
    except Rejected as rejected:
        return f"not replayed: {rejected}"
    return ""


def _doubts_of_proof(verdict: Proved, statement: Statement, mutant: Mutant, settings: Settings) -> Iterator[str]:
    accepted = verdict.theorem.replay()
    if replace(accepted.claim, witness=()) != replace(statement.claim, witness=()):
        yield f"another claim is proved: {show_claim(accepted.claim)}"
    if mutant.level == SOURCE:
        try:
            verdict.theorem.verify_numerically(samples=settings.samples)
        except NumericMismatch as mismatch:
            yield f"both sides differ on numbers: {mismatch}"


def _judged(claim: Claim, made: Outcome, settings: Settings) -> dict[str, Any]:
    """What the oracle says, which tries ten times as much of what is proved"""
    from oracle import judge

    cases, seconds = settings.oracle_cases, settings.oracle_seconds
    if made.verdict == PROVED:
        cases, seconds = settings.harder_cases, settings.harder_seconds
    judgement = judge(claim, seed=made.number, cases=cases, seconds=seconds)
    return {"oracle": judgement.verdict, "cases": judgement.cases, "failure": judgement.failure}


class Watch:
    """The seconds that each part of a trial takes."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> float:
        """The seconds since the lap before, which go by this name."""
        now = perf_counter()
        self.laps[name], self._last = now - self._last, now
        return self.laps[name]

    @property
    def total(self) -> float:
        """The seconds of all laps."""
        return sum(self.laps.values())
