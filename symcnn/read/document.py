"""Whole documents: formulas in the order in which they stand, each with its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..decision import Proved, Refuted
from ..errors import ParseError, SymcnnError
from .checker import Budget, Checker, Link, Outcome, links
from .declarations import Sidecar, declare, sidecar
from .display import formula
from .inference import with_usage
from .pieces import Piece, pieces
from .report import Finding, Inference, Report, Verdict
from .suggestions import suggested
from .syntax import Bracketed, Chain, Formula, Node, Statement
from .usage import usage
from .world import World
from .written import latex

SUFFIXES = (".tex", ".latex", ".ltx")


@dataclass(frozen=True)
class Place:
    """The text of a document, and where in it a formula begins."""

    text: str

    def line(self, offset: int) -> int:
        """The line of a place, from 1."""
        return self.text.count("\n", 0, offset) + 1

    def column(self, offset: int) -> int:
        """The column of a place, from 1."""
        return offset - self.text.rfind("\n", 0, offset)


def check_file(
    path: Path,
    *,
    declarations: Sequence[str] = (),
    sidecar: Path | None = None,
    seconds: float = 2.0,
    proof_seconds: float = 20.0,
) -> Report:
    """The report on a file. Raises `OSError` where one cannot be opened, and `SymcnnError` where one cannot be read."""
    beside = _sidecar(sidecar) if sidecar is not None else None
    return check(
        _text(path),
        is_latex=path.suffix.lower() in SUFFIXES,
        declarations=declarations,
        beside=beside,
        budget=Budget(seconds, proof_seconds),
        path=str(path),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SymcnnError(f"{path} is no text in UTF-8: {error.reason} at byte {error.start}") from error


def _sidecar(path: Path) -> Sidecar:
    try:
        return sidecar(_text(path))
    except SymcnnError as error:
        raise SymcnnError(f"{path}: {error}") from error


def check(
    text: str,
    *,
    is_latex: bool = True,
    declarations: Sequence[str] = (),
    beside: Sidecar | None = None,
    budget: Budget | None = None,
    path: str = "",
) -> Report:
    """The report on a document. Raises `ParseError` where it cannot be taken apart, `SymcnnError` for declarations
    that are none."""
    found = pieces(text, is_latex)
    read = [_read(piece) for piece in found]
    shown = usage([each for each in read if isinstance(each, Formula)])
    world = World()
    for each in (*(beside.always if beside else ()), *declarations):
        world = declare(world, each)
    checker = Checker(with_usage(world, shown), shown, budget or Budget())
    walker = _Walker(checker, Place(text), list(beside.later) if beside else [])
    findings = [finding for piece, made in zip(found, read, strict=True) for finding in walker.visit(piece, made)]
    sentences = dict.fromkeys(Inference(*each) for each in checker.inferences)
    return Report(path, tuple(findings), tuple(sentences))


def _read(piece: Piece) -> Formula | ParseError | None:
    if piece.kind == "declaration":
        return None
    try:
        return formula(piece.text)
    except ParseError as error:
        return error


@dataclass
class _Walker:
    checker: Checker
    place: Place
    later: list[tuple[int, tuple[str, ...]]]
    displays: int = 0
    last: Node | None = None  # what a leading "=" goes on from
    good: Node | None = None  # the last part of the chain that is known to be right
    conditions: tuple[Chain, ...] = ()

    def visit(self, piece: Piece, read: Formula | ParseError | None) -> Iterator[Finding]:
        """The findings of one formula"""
        self.checker.line = self.place.line(piece.start)
        self._declare_later()
        if piece.kind == "declaration":
            self._declare(piece.text, piece.start)
            return
        if piece.kind == "display":
            self.displays += 1
        number = self.displays if piece.kind == "display" else None
        if isinstance(read, ParseError):
            yield from self._unread(piece, read, number)
        elif read is not None:
            for statement in _distributed(read.statements):
                for unwrapped in _unwrapped(statement):
                    yield from self._statement(piece, unwrapped, number)

    def _declare_later(self) -> None:
        due = [each for each in self.later if each[0] <= self.checker.line]
        for each in due:
            self.later.remove(each)
            for text in each[1]:
                self._declare(text, 0)

    def _declare(self, text: str, start: int) -> None:
        try:
            self.checker.world = declare(self.checker.world, text)
        except SymcnnError as error:
            raise SymcnnError(f"line {self.checker.line}: {error}") from error

    def _unread(self, piece: Piece, error: ParseError, number: int | None) -> Iterator[Finding]:
        self.last = self.good = None
        offset = piece.start + _offset(piece.text, error)
        line, column = self.place.line(offset), self.place.column(offset)
        caret = str(error).partition("\n")[2]
        reason = f"cannot be read: {error.message}\n{caret}"
        if number is not None or "=" in piece.text:
            yield Finding(line, column, piece.text.strip(), Verdict.NOT_CHECKABLE, reason, number)

    def _statement(self, piece: Piece, statement: Statement, number: int | None) -> Iterator[Finding]:
        chain = statement.chain
        if not isinstance(chain, Chain):
            yield from self._expression(piece, statement, number)
            return
        said = self.checker.declaration(chain)
        if said is not None:
            yield self._finding(piece, chain.span, latex(chain), said, number)
            return
        if chain.items[0] is None and self.last is None:
            reason = "goes on from an equation that is not there, or could not be read"
            yield self._finding(piece, chain.span, latex(chain), self._not_checkable(reason), number)
            self.last = self.good = chain.items[-1]
            return
        if chain.items[0] is not None:
            self.good, self.conditions = chain.items[0], statement.conditions
        statement = replace(statement, conditions=(*self.conditions, *statement.conditions))
        for link in links(statement, self.last):
            yield self._link(piece, link, number)
        self.last = chain.items[-1]

    def _expression(self, piece: Piece, statement: Statement, number: int | None) -> Iterator[Finding]:
        if number is not None:
            words = self._not_checkable("says nothing: there is no relation in it")
            yield self._finding(piece, statement.span, latex(statement.chain), words, number)
            self.last = self.good = statement.chain

    def _not_checkable(self, reason: str) -> Outcome:
        return Outcome(Verdict.NOT_CHECKABLE, reason, self.checker.world)

    def _link(self, piece: Piece, link: Link, number: int | None) -> Finding:
        self.checker.line = self.place.line(piece.start + link.span[0])
        outcome = self.checker.check(link)
        outcome = self._right_again(link, outcome)
        if outcome.verdict in (Verdict.PROVED, Verdict.DEFINED):
            self.good = link.right
        finding = self._finding(piece, link.span, link.latex, outcome, number)
        if outcome.verdict in (Verdict.REFUTED, Verdict.NOT_CHECKABLE):
            finding = replace(finding, suggestion=suggested(self.checker, link, outcome))
        return finding

    def _right_again(self, link: Link, outcome: Outcome) -> Outcome:
        """After a wrong link, a part may be right again: it is compared with the last part that was"""
        if outcome.verdict is not Verdict.REFUTED or self.good is None or self.good == link.left or link.position == 0:
            return outcome
        again = self.checker.check(replace(link, left=self.good))
        if again.verdict is not Verdict.PROVED:
            return outcome
        words = f"this is right again: it is equal to {latex(self.good)}, though not to what stands directly before it"
        return replace(again, remarks=(*again.remarks, words))

    def _finding(
        self, piece: Piece, span: tuple[int, int], shown: str, outcome: Outcome, number: int | None
    ) -> Finding:
        offset = piece.start + span[0]
        theorem = outcome.answer.theorem if isinstance(outcome.answer, Proved) else None
        counterexample = outcome.answer.counterexample if isinstance(outcome.answer, Refuted) else None
        return Finding(
            self.place.line(offset),
            self.place.column(offset),
            shown,
            outcome.verdict,
            outcome.reason,
            number,
            None,
            outcome.remarks,
            theorem,
            counterexample,
        )


def _offset(text: str, error: ParseError) -> int:
    lines = text.split("\n")
    return sum(len(each) + 1 for each in lines[: error.line - 1]) + error.column - 1


def _distributed(statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """x, y in R^n as x in R^n, y in R^n"""
    waiting: list[Statement] = []
    for statement in statements:
        chain = statement.chain
        if not isinstance(chain, Chain):
            waiting.append(statement)
            continue
        if chain.relations == ("in",):
            names = (replace(chain, items=(each.chain, chain.items[1]), span=each.span) for each in waiting)
            yield from (Statement(each, span=each.span) for each in names)
        else:
            yield from waiting
        waiting = []
        yield statement
    yield from waiting


def _unwrapped(statement: Statement) -> Iterator[Statement]:
    """A statement in brackets: an aside, with its conditions"""
    chain = statement.chain
    if isinstance(chain, Bracketed) and chain.kind == "(" and any(isinstance(each, Chain) for each in chain.items):
        main = [each for each in chain.items if isinstance(each, Chain)]
        yield Statement(main[0], (*main[1:], *statement.conditions), span=statement.span)
    else:
        yield statement
