"""Statements are decided, and their numbers compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rich.text import Text

from .calculate import LineNotProved
from .cli_replay import hypothesis_text, steps_of
from .cli_statements import Statement, named
from .cli_tables import NOTHING, milliseconds, tracked, verdict_text
from .decision import Proved
from .errors import NotProved, NumericMismatch, SymcnnError
from .kernel import Claim
from .language.statement import statement_of
from .theorem import Theorem
from .theorems.catalogue import Entry

if TYPE_CHECKING:
    from .numeric import Report

COLUMNS = ("name", "chapter", "verdict", "expected", "steps", "seconds", "hypotheses", "largest error")


@dataclass(frozen=True)
class Outcome:
    """What became of a statement. `remark` says why, where it is no theorem."""

    statement: Statement
    verdict: str
    seconds: float
    hypotheses: tuple[str, ...]
    theorem: Theorem | None = None
    report: Report | None = None
    remark: str = ""

    @property
    def entry(self) -> Entry:
        """The entry that was decided."""
        return self.statement.entry

    @property
    def steps(self) -> int | None:
        """The primitive steps of the proof."""
        return None if self.theorem is None else steps_of(self.theorem.proof)

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that is expected."""
        return self.verdict == self.entry.expected

    def record(self) -> dict[str, Any]:
        """For `prove --json`."""
        return {
            "name": self.entry.name,
            "chapter": self.entry.chapter,
            "verdict": self.verdict,
            "expected": self.entry.expected,
            "steps": self.steps,
            "seconds": round(self.seconds, 6),
            "hypotheses": list(self.hypotheses),
            "largest_error": None if self.report is None else self.report.largest_error,
        }

    def _error(self) -> str:
        return NOTHING if self.report is None else f"{self.report.largest_error:.1e}"

    def _steps(self) -> str:
        return NOTHING if self.steps is None else str(self.steps)

    def short_row(self) -> tuple[str | Text, ...]:
        """For the table of `derive`."""
        verdict = verdict_text(self.verdict, self.entry.expected)
        return self.entry.name, verdict, self._steps(), milliseconds(self.seconds), self._error()

    def long_row(self) -> tuple[str | Text, ...]:
        """For the table of `prove`."""
        name, verdict, steps, _, error = self.short_row()
        hypotheses = ", ".join(self.hypotheses)
        seconds = f"{self.seconds:.3f}"
        return name, self.entry.chapter, verdict, self.entry.expected, steps, seconds, hypotheses, error


@dataclass
class Run:
    """What became of several statements; `refused` are those that mean nothing."""

    outcomes: list[Outcome] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """2 if a statement was refused, 1 if one has another verdict than expected, 0 otherwise."""
        if self.refused:
            return 2
        return 0 if all(outcome.as_expected for outcome in self.outcomes) else 1

    def short_rows(self) -> Iterator[tuple[str | Text, ...]]:
        """For the table of `derive`."""
        return (outcome.short_row() for outcome in self.outcomes)

    def long_rows(self) -> Iterator[tuple[str | Text, ...]]:
        """For the table of `prove`."""
        return (outcome.long_row() for outcome in self.outcomes)

    def complain(self, say: Callable[[str], None]) -> None:
        """Say of every statement that is not as it should be why it is not."""
        for outcome in self.outcomes:
            if not outcome.as_expected:
                say(f"{outcome.statement}: {outcome.remark or outcome.verdict}")
        for message in self.refused:
            say(message)


def run(statements: Sequence[Statement], each: Callable[[dict[str, Any]], None] | None = None) -> Run:
    """Decide the statements. `each` hears of every one as soon as it is decided, and stands for progress."""
    result = Run()
    for statement in tracked(statements) if each is None else statements:
        try:
            with named(statement):
                result.outcomes.append(outcome_of(statement))
        except SymcnnError as error:
            result.refused.append(str(error))
        else:
            if each is not None:
                each(result.outcomes[-1].record())
    return result


def outcome_of(statement: Statement) -> Outcome:
    """Decide a statement; compare the two sides of a theorem in numbers. Raises what `decide` raises."""
    started = perf_counter()
    verdict = verdict_of(statement.entry)
    seconds = perf_counter() - started
    if isinstance(verdict, NoTheorem):
        hypotheses = _hypotheses(_claim(statement.entry))
        return Outcome(statement, verdict.verdict, seconds, hypotheses, remark=verdict.reason)
    hypotheses = _hypotheses(verdict.claim)
    try:
        report = verdict.verify_numerically()
    except NumericMismatch as error:
        return Outcome(statement, "mismatch", seconds, hypotheses, remark=f"proved, but in numbers {error}")
    return Outcome(statement, "proved", seconds, hypotheses, verdict, report)


@dataclass(frozen=True)
class NoTheorem:
    """A statement that is refuted or undecided, and why."""

    verdict: str
    reason: str


def verdict_of(entry: Entry) -> Theorem | NoTheorem:
    """The theorem, or why there is none. Raises what `decide` raises."""
    try:
        verdict = entry.decide()
    except LineNotProved as error:  # a false line says nothing about the statement
        return NoTheorem("undecided", str(error))
    except NotProved as error:
        verdict = error.verdict
    if isinstance(verdict, Theorem):
        return verdict
    if isinstance(verdict, Proved):
        return verdict.theorem
    return NoTheorem(type(verdict).__name__.lower(), str(verdict))


def _claim(entry: Entry) -> Claim | None:
    """The claim that was not proved; None where the function itself tried to prove it."""
    try:
        stated = entry()
    except NotProved:
        return None
    return stated.claim if isinstance(stated, Theorem) else statement_of(stated).claim


def _hypotheses(claim: Claim | None) -> tuple[str, ...]:
    return () if claim is None else tuple(map(hypothesis_text, claim.hypotheses))
