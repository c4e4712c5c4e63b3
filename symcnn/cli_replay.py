"""Proofs are replayed: the kernel alone, without SymPy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from rich.text import Text

from .cli_tables import NOTHING, milliseconds, verdict_text
from .errors import SymcnnError
from .kernel import (
    Cases,
    Chain,
    Claim,
    Define,
    Have,
    Induction,
    Node,
    Obtain,
    Proof,
    Rejected,
    Term,
    decode,
    replay,
    show,
    show_claim,
    terms,
)


@dataclass(frozen=True)
class Replayed:
    """A theorem file; `statement` is what it proves, empty where the proof was rejected."""

    file: Path
    steps: int
    seconds: float
    statement: str = ""
    remark: str = ""

    def row(self) -> tuple[str | Text, ...]:
        """For the table. Numbers are compared where the statement is stated, not here."""
        verdict = verdict_text("proved" if self.statement else "rejected", "proved")
        return str(self.file), verdict, str(self.steps), milliseconds(self.seconds), NOTHING


@dataclass
class Replay:
    """Several theorem files; `refused` are those that are none."""

    replayed: list[Replayed] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """2 if a file is no theorem file, 1 if a proof was rejected, 0 otherwise."""
        if self.refused:
            return 2
        return 0 if all(each.statement for each in self.replayed) else 1

    @property
    def messages(self) -> list[str]:
        """Why what was rejected was rejected, and what was refused."""
        return [*(f"{each.file}: {each.remark}" for each in self.replayed if each.remark), *self.refused]

    def rows(self) -> Iterator[tuple[str | Text, ...]]:
        """For the table."""
        return (each.row() for each in self.replayed)


def replay_all(files: Iterable[Path]) -> Replay:
    """Replay the proofs in the files."""
    result = Replay()
    for file in files:
        try:
            result.replayed.append(replay_file(file))
        except SymcnnError as error:
            result.refused.append(f"{file}: {error}")
    return result


def replay_file(file: Path) -> Replayed:
    """Replay the proof in a file. Raises `SymcnnError` if it does not hold any."""
    claim, proof = _read(file)
    started = perf_counter()
    statement, remark = "", ""
    try:
        statement = show_claim(replay(claim, proof).claim)
    except Rejected as rejected:
        remark = f"the proof is rejected: {rejected}"
    except RecursionError:
        remark = "the proof is rejected: it is nested too deeply"
    return Replayed(file, steps_of(proof), perf_counter() - started, statement, remark)


def _read(file: Path) -> tuple[Claim, Proof]:
    try:
        return decode(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SymcnnError(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SymcnnError(f"is not text: {error.reason}") from error
    except Rejected as error:
        raise SymcnnError(f"is not a theorem file: {error}") from error


def steps_of(proof: Proof) -> int:
    """The primitive steps of a proof, with those of the theorems that it uses."""
    return _steps(proof.entries) + sum(steps_of(own) for _, _, own in proof.theorems)


def _steps(node: Node) -> int:
    match node:
        case Chain(steps):
            return len(steps)
        case Cases():
            return _steps(node.holds) + _steps(node.fails)
        case Have():
            return _steps(node.shown) + _steps(node.then)
        case Define() | Obtain():
            return _steps(node.then)
        case Induction():
            return _steps(node.base) + _steps(node.step) + _steps(node.then)


def hypothesis_text(condition: Term) -> str:
    """A hypothesis as the kernel has it, but with `k divides m` for k*floor(m/k) = m."""
    if condition.head == "equal" and condition.args[0].head == "multiply":
        product, number = condition.args
        divisor = product.args[0]
        if product.args == (divisor, terms.floor(number, divisor)):
            return f"{show(divisor)} divides {show(number)}"
    return show(condition)
