r"""Conditions that stand in words around an equation: `\[ |x| = x \] if $x \ge 0$`, `For $1 \le i \le n$, we have`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .clauses import Clause, clauses, declares, is_equation, supposition
from .kinds import kinds, lefts
from .prose import without_occasions
from .ranges import ORDER
from .runs import between
from .sentences import Sentence, sentences
from .sources import Source, distributed
from .syntax import Chain, Formula, Name, Node, Statement, names_in

_ENDS = re.compile(
    r"\b(?:suppose|assume|let|cases?|otherwise|instead|general|drop|contradiction|other|conversely|remaining|else|without"
    r"|hand|contrary|if|when|falls|sonst|even|needed|necessary|unnecessary|superfluous|regardless|whether|longer)\b"
)
_SUPPOSING = re.compile(r"\b(?:let|assume|suppose|sei|seien|soit|soient|since|because|given|with|as)\b")


def with_conditions(text: str, found: tuple[Source, ...]) -> tuple[tuple[Source, ...], str]:
    """The formulas of a document, in which conditions belong to the equations that they are about, and the document
    with spaces where they stood in words."""
    text = without_occasions(text)
    made = _Made(list(found))
    for sentence in sentences(text, found):
        made.take(sentence, found)
    return tuple(made.sources()), _without(text, made.spans)


@dataclass
class _Made:
    """What becomes of the formulas, by their numbers: what stands before one, and those that are used up."""

    found: list[Source]
    before: dict[int, list[Source]] = field(default_factory=dict)
    consumed: set[int] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)
    supposes: bool = False
    releases: bool = False

    def take(self, sentence: Sentence, found: Sequence[Source]) -> None:
        """Take over what a sentence says of conditions"""
        supposed = supposition(sentence, found)
        if self.supposes and (sentence.begins_paragraph or (supposed is None and _ENDS.search(sentence.words))):
            self.supposes, self.releases = False, True
        if not sentence.formulas:
            return
        if self.releases:
            self._put(sentence.formulas[0], _marker(found[sentence.formulas[0]], "release"))
            self.releases = False
        if supposed is not None:
            self._suppose(supposed)
            return
        understood = clauses(sentence, found)
        for clause in understood:
            self._apply(clause)
        self._foretell(sentence, found)
        doubts = (*(_ordered(sentence, found) if not understood else ()), *kinds(sentence, found))
        if doubts:
            self._put(sentence.formulas[0], _marker(found[sentence.formulas[0]], "doubt", doubts))

    def _foretell(self, sentence: Sentence, found: Sequence[Source]) -> None:
        """What only says `W in R^{m x n}` behind an equation, in its sentence, is told before it"""
        formulas = [number for number in sentence.formulas if number not in self.consumed]
        equations = [number for number in formulas if is_equation(found[number])]
        defined = {name for number in equations for name in lefts(found[number])}
        for number in formulas:
            if equations and number > equations[0] and found[number].kind == "inline" and declares(found[number]):
                self._put(equations[0], _foretold(found[number], defined))

    def _put(self, number: int, source: Source) -> None:
        self.before.setdefault(number, []).append(source)

    def _suppose(self, clause: Clause) -> None:
        first, *others = clause.consumed
        statements = tuple(Statement(each, span=each.span) for each in clause.conditions)
        self.found[first] = replace(self.found[first], kind="supposition", read=Formula(statements))
        self.consumed |= set(others)
        self.supposes = True

    def _apply(self, clause: Clause) -> None:
        for number in clause.equations:
            self.found[number] = _conditional(self.found[number], clause.conditions)
        for number in clause.declared:
            self._put(clause.equations[0], self.found[number])
        for number in clause.explanations:
            kind = "inline" if declares(self.found[number]) else "explanation"
            self._put(clause.equations[0], replace(self.found[number], kind=kind))
        self.consumed |= {*clause.consumed, *clause.explanations}
        self.spans += [clause.span] if clause.consumed else []

    def sources(self) -> list[Source]:
        """All formulas in their order"""
        made: list[Source] = []
        for number, source in enumerate(self.found):
            made += self.before.get(number, [])
            made += [source] if number not in self.consumed else []
        return made


def _marker(source: Source, kind: str, parts: tuple[Node, ...] = ()) -> Source:
    return Source(kind, "", source.places[:1], None, Formula(tuple(Statement(each) for each in parts)))


def _foretold(source: Source, defined: set[Name]) -> Source:
    """A declaration as it is told before an equation: not of what that defines"""
    statements = distributed(source.read.statements) if isinstance(source.read, Formula) else ()
    chains = ((each, each.chain) for each in statements)
    told = (each for each, chain in chains if isinstance(chain, Chain) and chain.items[0] not in defined)
    return replace(source, kind="foretold", read=Formula(tuple(told)))


def _ordered(sentence: Sentence, found: Sequence[Source]) -> tuple[Node, ...]:
    """The inequalities that a sentence seems to suppose which is not understood"""
    if not _SUPPOSING.search(sentence.words):
        return ()
    reads = (found[number].read for number in sentence.formulas if found[number].kind == "inline")
    chains = [each.chain for read in reads if isinstance(read, Formula) for each in read.statements]
    return tuple(each for each in chains if isinstance(each, Chain) and set(each.relations) <= ORDER)


def _conditional(source: Source, conditions: tuple[Chain, ...]) -> Source:
    read = source.read
    if not conditions or not isinstance(read, Formula):
        return source
    statements = tuple(_with(each, conditions, read) for each in read.statements)
    return replace(source, read=replace(read, statements=statements))


def _with(statement: Statement, conditions: tuple[Chain, ...], read: Formula) -> Statement:
    """A statement with the conditions on it. Where an index runs belongs to the rows that have it"""
    own, every = names_in(statement.chain), {word for each in read.statements for word in names_in(each.chain)}
    more = [each for each in conditions if _speaks(each, own) or not _speaks(each, every)]
    return replace(statement, conditions=tuple(dict.fromkeys((*statement.conditions, *more))))


def _speaks(condition: Chain, names: set[str]) -> bool:
    """Whether a condition, if it is a range, is about an index that stands among these names"""
    indices = {run.index.word for run in between(condition)}
    return not indices or bool(indices & names)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The document with spaces at some places"""
    parts, at = [], 0
    for start, end in sorted(spans):
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join((*parts, text[at:]))
