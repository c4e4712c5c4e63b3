"""The walk through a document: every formula in its turn, with what is known at its place."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace

from ..decision import Proved, Refuted
from ..errors import ParseError, SymcnnError
from . import prose
from .checker import Checker
from .doubts import Doubts
from .outcomes import Link, Outcome, links, remarks_on
from .references import reference
from .report import Edit, Finding, Verdict
from .sources import Place, Source, distributed, is_aside, unwrapped
from .suggestions import fitting, suggested
from .syntax import Chain, Formula, Node, Statement
from .written import latex

_RELATION = re.compile(r"[=<>]|\\(?:in|le|ge|leq|geq|leqslant|geqslant|coloneqq)(?![A-Za-z])")


@dataclass
class Progress:
    """How far a chain is: its last part, the last one that is known to be right, conditions on it, and the findings
    that wait for a suggestion."""

    last: Node | None = None
    good: Node | None = None
    conditions: tuple[Chain, ...] = ()
    before: Verdict = Verdict.PROVED  # of the link before
    open: list[int] = field(default_factory=list)
    is_of_equations: bool = True  # whether all its relations so far are equations

    @property
    def is_right(self) -> bool:
        """Whether the last part may be built on."""
        return self.before in (Verdict.PROVED, Verdict.DEFINED)


@dataclass
class Walker:
    checker: Checker
    place: Place
    later: list[tuple[int, tuple[str, ...]]]
    findings: list[Finding] = field(default_factory=list)
    chain: Progress = field(default_factory=lambda: Progress())
    supposed: list[Node] = field(default_factory=list)  # inequalities of sizes
    foretold: dict[Chain, Outcome | None] = field(default_factory=dict)  # said before the equation that speaks of it
    doubts: Doubts = field(init=False)

    def __post_init__(self) -> None:
        self.doubts = Doubts(self.checker, self.place)

    def walk(self, found: tuple[Source, ...]) -> None:
        """Visit all formulas, an aside before the equation that it explains. Raises as `visit` does."""
        waiting: Source | None = None
        for source in found:
            explains = waiting is not None and source.kind == "display" and is_aside(source)
            if waiting is not None and not (explains and self._is_redefined(source)):
                self.visit(waiting)
                waiting = None
            if waiting is None and source.kind == "display":
                waiting = source
            else:
                self.visit(source)
        if waiting is not None:
            self.visit(waiting)

    def _is_redefined(self, source: Source) -> bool:
        """Whether an aside says again what a name is that is defined already"""
        if not isinstance(source.read, Formula):
            return False
        chain = unwrapped(source.read.statements[0]).chain
        left = chain.items[0] if isinstance(chain, Chain) else None
        found = reference(left, self.checker.world) if left is not None else None
        return found is not None and any(key.word == found.word for key in self.checker.world.definitions)

    def visit(self, source: Source) -> None:
        """Find what one formula says. Raises `SymcnnError` for declarations of a sidecar that cannot be used."""
        if source.kind == "foretold" and isinstance(source.read, Formula):
            self._foretell(source.read)
            return
        self.checker.line = self.place.line(source.start)
        self._declare_later()
        displayed = self.chain
        if source.number is None:
            self.chain = Progress()  # a leading = goes on from a display, not from a formula in a line
        if source.kind == "declaration":
            self._declare(source)
        elif source.kind == "release":
            self.doubts.supposed += self.supposed  # they may be meant all the same
            self.supposed = []
            self.checker.world = self.checker.world.without_suppositions()
        elif source.kind == "doubt" and isinstance(source.read, Formula):
            self.doubts.supposed += [each.chain for each in source.read.statements]
        elif isinstance(source.read, ParseError):
            self._unread(source, source.read)
        elif source.read is not None:
            self._formula(source, source.read)
        if source.number is None:
            self.chain = displayed

    def _declare_later(self) -> None:
        for due in [each for each in self.later if each[0] <= self.checker.line]:
            self.later.remove(due)
            for text in due[1]:
                try:
                    self.checker.declare(text)
                except SymcnnError as error:
                    raise SymcnnError(f"from line {due[0]} on: {error}") from error

    def _foretell(self, read: Formula) -> None:
        """What behind an equation says of its names what they are, as far as nothing is said of them yet"""
        world = self.checker.world
        for chain in (each.chain for each in read.statements):
            name = reference(chain.items[0], world) if isinstance(chain, Chain) and chain.items[0] is not None else None
            if isinstance(chain, Chain) and name is not None and not world.is_known(name.word):
                with suppress(SymcnnError):
                    self.foretold[chain] = self.checker.declaration(chain)

    def _declare(self, source: Source) -> None:
        """What a comment declares; what it cannot declare is told, and the document goes on"""
        try:
            self.checker.declare(source.text)
        except SymcnnError as error:
            words = Outcome(Verdict.NOT_CHECKABLE, f"cannot be declared: {error}", self.checker.world)
            self._add(source, (0, 0), source.text.strip(), words)

    def _unread(self, source: Source, error: ParseError) -> None:
        self.chain = Progress()
        if source.number is None and not _RELATION.search(source.text):
            return
        caret = str(error).partition("\n")[2]
        words = Outcome(Verdict.NOT_CHECKABLE, f"cannot be read: {error.message}\n{caret}", self.checker.world)
        offset = _offset(source.text, error)
        self._add(source, (offset, offset), source.text.strip(), words)
        self.checker.forget(source.text)

    def _formula(self, source: Source, read: Formula) -> None:
        chains = [each for each in read.statements if isinstance(unwrapped(each).chain, Chain)]
        if not chains:
            self._nothing(source, read)
            return
        if source.kind == "supposition":
            made = [each.chain for each in chains]
            is_used = self._supposes(tuple(made))
            self.supposed += made if is_used else []
            self.doubts.supposed += made if not is_used else []
            return
        for statement in _declarations_first(tuple(distributed(read.statements))):
            if source.number is not None and not isinstance(unwrapped(statement).chain, Chain):
                words = Outcome(Verdict.NOT_CHECKABLE, "stands beside an equation, and is none", self.checker.world)
                self._add(source, statement.span, latex(statement.chain), words)
            self._statement(source, unwrapped(statement))

    def _supposes(self, chains: tuple[Node, ...]) -> bool:
        """Whether these are inequalities of sizes, which are supposed from here on"""
        try:
            return self.checker.suppose(tuple(each for each in chains if isinstance(each, Chain)))
        except SymcnnError:
            return False

    def _nothing(self, source: Source, read: Formula) -> None:
        """A display without a relation. One expression alone begins a chain; a leading = goes on from it"""
        if source.number is None:
            return
        if len(read.statements) == 1 and not read.texts:
            self.chain = Progress(read.statements[0].chain)
        words = Outcome(Verdict.NOT_CHECKABLE, "says nothing: there is no relation in it", self.checker.world)
        start = read.statements[0].span[0] if read.statements else 0
        self._add(source, (start, len(source.text)), source.text.strip(), words)

    def _statement(self, source: Source, statement: Statement) -> None:
        chain = statement.chain
        if not isinstance(chain, Chain):
            return
        try:
            said = self.foretold.pop(chain, None) or self.checker.declaration(chain)
        except SymcnnError as error:
            said = Outcome(Verdict.NOT_CHECKABLE, str(error), self.checker.world)
        if said is not None:
            if said.verdict is Verdict.NOT_CHECKABLE and chain.items[0] is not None:
                self.doubts.supposed.append(chain.items[0])
            self._add(source, chain.span, latex(chain), said)
            return
        if chain.relations[0] == "=" and {"divides", ":"} & set(chain.relations[1:]):
            reason = "behind a bar or a colon stands what is not read"
            words = Outcome(Verdict.NOT_CHECKABLE, reason, self.checker.world)
            self._add(source, chain.span, latex(chain), words)
            self.checker.forget(latex(chain))
            return
        if chain.items[0] is not None:
            self.chain = Progress(chain.items[0], chain.items[0], statement.conditions)
        elif self.chain.last is None:
            reason = "goes on from an equation that is not there, or could not be read"
            words = Outcome(Verdict.NOT_CHECKABLE, reason, self.checker.world)
            self._add(source, chain.span, latex(chain), words)
            self.chain = Progress(chain.items[-1], chain.items[-1])
            return
        statement = replace(statement, conditions=tuple(dict.fromkeys((*self.chain.conditions, *statement.conditions))))
        around, aside, carried = self.doubts.around(source), is_aside(source), chain.items[0] is None
        told = self.doubts.restricting(source) if around != prose.DEFINED else ""
        for link in links(statement, self.chain.last):
            self._link(source, replace(link, words=around, restricting=told, is_aside=aside, is_carried=carried))
            self.chain.last = link.right

    def _link(self, source: Source, link: Link) -> None:
        self.checker.line = self.place.line(source.at(link.span[0]))
        outcome = self._outcome(link)
        if outcome.verdict is Verdict.NOT_CHECKABLE:
            self.doubts.suppose(source, link)  # with n = 1
        is_carried = link.is_carried and prose.is_restricted(self.place.text, source.start, source.end)
        if self.doubts.changes_conditions(source, link) or (is_carried and link.conditions):
            reason = "words beside its condition change that, and are not read"
            outcome = Outcome(Verdict.NOT_CHECKABLE, reason, self.checker.world)
        if source.number is None and outcome.is_of_indices:
            return
        conditional = outcome.verdict is Verdict.REFUTED and self.doubts.is_conditional(source, link)
        suggestion = self._suggestion(link, outcome) if not conditional else None
        if outcome.may_redefine and suggestion is None:
            outcome = self.checker.redefine(link, outcome)
        if outcome.verdict is Verdict.REFUTED and conditional:
            reason = "does not hold without what the sentence says in words, which is not read"
            outcome = Outcome(Verdict.NOT_CHECKABLE, reason, self.checker.world)
            self.doubts.suppose(source, link)
        outcome = replace(outcome, remarks=(*outcome.remarks, *dict.fromkeys(remarks_on(link.right))))
        is_right = outcome.verdict in (Verdict.PROVED, Verdict.DEFINED)
        if not is_right and source.number is None and link.words != prose.DENIED:
            self.checker.unsettle(link)
        if is_right:
            self.chain.good = link.right
            self._resolve(link.right)
        self._add(source, link.span, outcome.compared or link.latex, outcome, suggestion)
        self.chain.before = outcome.verdict
        self.chain.is_of_equations = self.chain.is_of_equations and link.relation == "="
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
        if good == link.right or not self.chain.is_of_equations or link.relation != "=":
            return outcome
        instead = replace(link, left=good, position=link.position + 1)
        again = replace(self.checker.check(instead), compared=instead.latex)
        if again.verdict is not Verdict.PROVED:
            return again
        words = f"compared with {latex(good)}, since what stands directly before it cannot be read"
        if self.chain.before is Verdict.REFUTED:
            words = f"this is right again: it is equal to {latex(good)}, though not to what stands directly before it"
        return replace(again, remarks=(*again.remarks, words))

    def _resolve(self, right: Node) -> None:
        """What is right again is what the wrong parts before it should have been"""
        for number in self.chain.open:
            edit = Edit(latex(right), "what stands later in the chain is right")
            self.findings[number] = replace(self.findings[number], suggestion=edit)
        self.chain.open.clear()

    def _add(
        self,
        source: Source,
        span: tuple[int, int],
        shown: str,
        outcome: Outcome,
        suggestion: Edit | None = None,
    ) -> None:
        offset = source.at(span[0])
        answer = outcome.answer
        self.findings.append(
            Finding(
                self.place.line(offset),
                self.place.column(offset),
                shown,
                outcome.verdict,
                outcome.reason,
                source.number,
                suggestion,
                outcome.remarks,
                outcome.is_second_definition,
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


def _declarations_first(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """What says what something is, before what speaks of it"""
    declared = tuple(each for each in statements if isinstance(each.chain, Chain) and each.chain.relations == ("in",))
    return (*declared, *(each for each in statements if each not in declared))
