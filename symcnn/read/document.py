"""Whole documents: formulas in the order in which they stand, each with its verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..decision import Proved, Refuted
from ..errors import ParseError, SymcnnError
from .checker import Budget, Checker, Link, Outcome, links, remarks_on
from .declarations import Sidecar, sidecar
from .display import formula
from .inference import with_usage
from .pieces import Piece, pieces
from .report import Edit, Finding, Inference, Report, Verdict
from .suggestions import fitting, suggested
from .syntax import Bracketed, Chain, Formula, Node, Statement
from .usage import usage
from .world import World
from .written import latex

SUFFIXES = (".tex", ".latex", ".ltx")
_WORDS = "if|when|whenever|let|suppose|assume|assuming|unless|provided|where|falls|wenn|sei|seien|si|soit"
_CONDITIONAL = re.compile(rf"\b({_WORDS})\b[^.$]*$", re.IGNORECASE)


@dataclass
class _Progress:
    """How far a chain is: its last part, the last one that is known to be right, conditions on it, and the findings
    that wait for a suggestion"""

    last: Node | None = None
    good: Node | None = None
    conditions: tuple[Chain, ...] = ()
    is_right: bool = True
    open: list[int] = field(default_factory=list)


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
    checker = Checker(World(), shown, budget or Budget())
    for each in (*(beside.always if beside else ()), *declarations):
        checker.declare(each)
    checker.world = with_usage(checker.world, shown)
    walker = _Walker(checker, Place(text), list(beside.later) if beside else [])
    for piece, made in _asides_first(list(zip(found, read, strict=True))):
        walker.visit(piece, made)
    sentences = dict.fromkeys(Inference(*each) for each in checker.inferences)
    in_order = sorted(walker.findings, key=lambda finding: finding.line)
    return Report(path, tuple(in_order), tuple(sentences))


Read = tuple[Piece, "Formula | ParseError | None"]


def _asides_first(pairs: list[Read]) -> list[Read]:
    """A definition in brackets that follows an equation says what that equation speaks of: it is read before it"""
    ordered: list[Read] = []
    for pair in pairs:
        before = ordered[-1] if ordered else None
        if before is not None and _is_aside(pair) and before[0].kind == pair[0].kind == "display":
            ordered.insert(len(ordered) - 1, pair)
        else:
            ordered.append(pair)
    return ordered


def _is_aside(pair: Read) -> bool:
    made = pair[1]
    if not isinstance(made, Formula) or len(made.statements) != 1:
        return False
    chain = _unwrapped(made.statements[0]).chain
    return chain is not made.statements[0].chain and isinstance(chain, Chain) and "=" in chain.relations


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
    findings: list[Finding] = field(default_factory=list)
    chain: _Progress = field(default_factory=lambda: _Progress())

    def visit(self, piece: Piece, read: Formula | ParseError | None) -> None:
        """Find what one formula says"""
        self.checker.line = self.place.line(piece.start)
        self._declare_later()
        if piece.kind == "declaration":
            self._declare(piece.text)
            return
        number = piece.number
        if isinstance(read, ParseError):
            self._unread(piece, read, number)
        elif read is not None:
            self._formula(piece, read, number)

    def _declare_later(self) -> None:
        for due in [each for each in self.later if each[0] <= self.checker.line]:
            self.later.remove(due)
            for text in due[1]:
                self._declare(text)

    def _declare(self, text: str) -> None:
        try:
            self.checker.declare(text)
        except SymcnnError as error:
            raise SymcnnError(f"line {self.checker.line}: {error}") from error

    def _unread(self, piece: Piece, error: ParseError, number: int | None) -> None:
        self.chain = _Progress()
        offset = piece.start + _offset(piece.text, error)
        line, column = self.place.line(offset), self.place.column(offset)
        caret = str(error).partition("\n")[2]
        reason = f"cannot be read: {error.message}\n{caret}"
        if number is not None or "=" in piece.text:
            self.findings.append(
                Finding(line, column, piece.text.strip(), Verdict.NOT_CHECKABLE, reason, number)
            )

    def _formula(self, piece: Piece, read: Formula, number: int | None) -> None:
        chains = [each for each in read.statements if isinstance(_unwrapped(each).chain, Chain)]
        if not chains:
            self._nothing(piece, read, number)
            return
        for statement in _distributed(read.statements):
            self._statement(piece, _unwrapped(statement), number)

    def _nothing(self, piece: Piece, read: Formula, number: int | None) -> None:
        """A display without a relation. One expression alone begins a chain; a leading = goes on from it"""
        if number is None:
            return
        if len(read.statements) == 1 and not read.texts:
            self.chain = _Progress(read.statements[0].chain)
        words = Outcome(Verdict.NOT_CHECKABLE, "says nothing: there is no relation in it", self.checker.world)
        start = read.statements[0].span[0] if read.statements else 0
        self._add(piece, (start, len(piece.text)), piece.text.strip(), words, number)

    def _statement(self, piece: Piece, statement: Statement, number: int | None) -> None:
        chain = statement.chain
        if not isinstance(chain, Chain):
            return
        said = self.checker.declaration(chain)
        if said is not None:
            self._add(piece, chain.span, latex(chain), said, number)
            return
        if chain.items[0] is not None:
            self.chain = _Progress(chain.items[0], chain.items[0], statement.conditions)
        elif self.chain.last is None:
            reason = "goes on from an equation that is not there, or could not be read"
            words = Outcome(Verdict.NOT_CHECKABLE, reason, self.checker.world)
            self._add(piece, chain.span, latex(chain), words, number)
            self.chain = _Progress(chain.items[-1], chain.items[-1])
            return
        statement = replace(statement, conditions=(*self.chain.conditions, *statement.conditions))
        for link in links(statement, self.chain.last):
            self._link(piece, link, number)
            self.chain.last = link.right

    def _link(self, piece: Piece, link: Link, number: int | None) -> None:
        self.checker.line = self.place.line(piece.start + link.span[0])
        outcome = self._outcome(link)
        suggestion = self._suggestion(link, outcome)
        if outcome.may_redefine and suggestion is None:
            outcome = self.checker.redefine(link, outcome)
        if number is None and outcome.verdict is Verdict.REFUTED:
            outcome = self._in_prose(piece, link, outcome)
        outcome = replace(outcome, remarks=(*outcome.remarks, *dict.fromkeys(remarks_on(link.right))))
        is_right = outcome.verdict in (Verdict.PROVED, Verdict.DEFINED)
        if is_right:
            self.chain.good = link.right
            self._resolve(link.right)
        self._add(piece, link.span, link.latex, outcome, number, suggestion)
        self.chain.is_right = is_right
        if outcome.verdict is Verdict.REFUTED and suggestion is None:
            self.chain.open.append(len(self.findings) - 1)

    def _suggestion(self, link: Link, outcome: Outcome) -> Edit | None:
        if outcome.verdict is Verdict.REFUTED and self.chain.good is None:
            return fitting(self.checker, link.right)
        wrong = outcome.verdict is Verdict.REFUTED or _may_help(outcome)
        return suggested(self.checker, link) if wrong else None

    def _outcome(self, link: Link) -> Outcome:
        """The verdict on a link. After a wrong one, a part may be right again: it is compared with the last that was"""
        outcome, good = self.checker.check(link), self.chain.good
        if outcome.verdict in (Verdict.PROVED, Verdict.DEFINED) or self.chain.is_right:
            return outcome
        if good is None:
            return self.checker.part(link.right)
        again = self.checker.check(replace(link, left=good, position=link.position + 1))
        if again.verdict is not Verdict.PROVED:
            return again
        words = f"this is right again: it is equal to {latex(good)}, though not to what stands directly before it"
        return replace(again, remarks=(*again.remarks, words))

    def _resolve(self, right: Node) -> None:
        """What is right again is what the wrong parts before it should have been"""
        for number in self.chain.open:
            edit = Edit(latex(right), "what stands later in the chain is right")
            self.findings[number] = replace(self.findings[number], suggestion=edit)
        self.chain.open.clear()

    def _in_prose(self, piece: Piece, link: Link, outcome: Outcome) -> Outcome:
        """In a sentence a relation may be a condition, or hold under one that is said in words"""
        before = self.place.text[max(0, piece.start - 40) : piece.start]
        if link.relation == "=" and not _CONDITIONAL.search(before):
            return outcome
        reason = "does not hold without what the sentence says in words, which is not read"
        return replace(outcome, verdict=Verdict.NOT_CHECKABLE, reason=reason)

    def _add(
        self,
        piece: Piece,
        span: tuple[int, int],
        shown: str,
        outcome: Outcome,
        number: int | None,
        suggestion: Edit | None = None,
    ) -> None:
        offset = piece.start + span[0]
        answer = outcome.answer
        self.findings.append(
            Finding(
                self.place.line(offset),
                self.place.column(offset),
                shown,
                outcome.verdict,
                outcome.reason,
                number,
                suggestion,
                outcome.remarks,
                answer.theorem if isinstance(answer, Proved) else None,
                answer.counterexample if isinstance(answer, Refuted) else None,
            )
        )


def _may_help(outcome: Outcome) -> bool:
    """Whether an edit may make something checkable: where an entry is read that may not exist"""
    return outcome.verdict is Verdict.NOT_CHECKABLE and "may be read out of range" in outcome.reason


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


def _unwrapped(statement: Statement) -> Statement:
    """A statement in brackets, an aside with its conditions, without the brackets"""
    chain = statement.chain
    if isinstance(chain, Bracketed) and chain.kind == "(" and any(isinstance(each, Chain) for each in chain.items):
        main = [each for each in chain.items if isinstance(each, Chain)]
        return Statement(main[0], (*main[1:], *statement.conditions), span=statement.span)
    return statement
