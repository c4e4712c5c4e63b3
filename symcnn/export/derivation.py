"""A proof as a chain of equations for a reader.

Consecutive primitive steps with one reason make one line; a line that would look like the one before it is
left out, its steps are kept with the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from ..errors import SymcnnError
from ..kernel import Cases, Chain, Context, Define, Facts, Have, Node, Scope, Step, Term, terms
from ..kernel.context import change_at
from ..kernel.polynomial import negate
from ..language.tensors import check_name, index_letters
from ..notation import LATEX, PLAIN, Printer, names_of, printer_of
from .reasons import Taken, Why, line_of

if TYPE_CHECKING:
    from ..theorem import Theorem


@dataclass(frozen=True)
class Line:
    """`= expression`, why, and the primitive steps of the kernel that lead to it from the line before.

    `reason` has formulas between dollar signs; `why` is what it is made from, None if it is somebody's own words."""

    expression: Term
    reason: str
    steps: tuple[Step, ...]
    why: Why | None = None


@dataclass(frozen=True)
class Part:
    """A chain of lines from `start`, under the conditions of its case.

    `lemma` holds the two sides of an equation that this part begins to show for later use, `goes_on` says that
    the equation is shown now and the chain of the claim itself begins."""

    conditions: tuple[Term, ...]
    start: Term
    lines: tuple[Line, ...]
    lemma: tuple[Term, Term] | None = None
    goes_on: bool = False


@dataclass(frozen=True)
class Derivation:
    """The lines of a proof, and how to write them. It is made by `theorem.derivation()`."""

    theorem: Theorem
    parts: tuple[Part, ...]
    letters: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, from the first case to the last."""
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def steps(self) -> int:
        """The number of primitive steps."""
        return _count(self.theorem.proof.entries)

    def with_reason(self, number: int, text: str) -> Derivation:
        """The same derivation with other words for the reason of line `number` (from 0; -1 is the last).

        Formulas stand between dollar signs. Raises `SymcnnError` if there is no such line.
        """
        count = len(self.lines)
        if not -count <= number < count:
            raise SymcnnError(f"there is no line {number}; the derivation has {count}")
        remaining, parts = number % count, []
        for part in self.parts:
            lines = list(part.lines)
            if 0 <= remaining < len(lines):
                lines[remaining] = replace(lines[remaining], reason=text, why=None)
            remaining -= len(part.lines)
            parts.append(replace(part, lines=tuple(lines)))
        return replace(self, parts=tuple(parts))

    def with_letters(self, letters: Mapping[str, str]) -> Derivation:
        """The same derivation with other letters for sizes, indices and tensors: `{"α": "a", "X": "U"}`.

        Raises `SymcnnError` if nothing has a letter that is to be changed, or if two things would get one letter.
        """
        wanted = {**self.letters, **letters}
        for letter in wanted.values():
            check_name(letter)
        names = self._names()
        unknown = sorted(set(letters) - names)
        if unknown:
            raise SymcnnError(f"nothing is called {', '.join(unknown)}; there are {', '.join(sorted(names))}")
        owners: dict[str, str] = {}
        for name in sorted(names):
            shown = LATEX.name(wanted.get(name, name))
            if owners.setdefault(shown, name) != name and {name, owners[shown]} & set(wanted):
                raise SymcnnError(f"{owners[shown]} and {name} would be called by one letter, {wanted.get(name, name)}")
        printer = printer_of(self.theorem.translated, LATEX, wanted, tidy=True)
        parts = tuple(replace(part, lines=tuple(_retold(part.lines, printer, self.theorem))) for part in self.parts)
        return replace(self, letters=wanted, parts=parts)

    def _names(self) -> frozenset[str]:
        """Everything that has a letter: sizes, tensors, indices, and what the sums run over"""
        statement = self.theorem.translated
        shown = [each for part in self.parts for each in (part.start, *(line.expression for line in part.lines))]
        shown += [each.body for each in (*self.theorem.claim.definitions, *statement.helpers)]
        hints = {part.hint for each in shown for part in terms.subterms(each) if part.hint}
        tensors = (each for each in statement.tensors.values())
        letters = {letter for tensor in tensors for letter in index_letters(tensor)}
        indices = {name for each in self.theorem.claim.definitions for name in each.indices}
        return names_of(statement) | hints | letters | indices

    def latex(self, standalone: bool = False, origin: int = 1) -> str:
        """The claim and the chain in LaTeX (amsmath, amssymb); `standalone` makes a whole document, `origin=0`
        writes the indices from 0."""
        from .latex import derivation_latex

        return derivation_latex(self, standalone, origin)

    def markdown(self, origin: int = 1) -> str:
        """The claim and the chain in Markdown, formulas between dollar signs."""
        from .markdown import derivation_markdown

        return derivation_markdown(self, origin)

    def text(self, origin: int = 1) -> str:
        """The claim and the chain as plain text for a terminal."""
        from .text import derivation_text

        return derivation_text(self, origin)

    def _repr_latex_(self) -> str:
        from .latex import chains_latex

        return f"$\\displaystyle {chains_latex(self)}$"

    def __str__(self) -> str:
        return self.text()


def derivation_of(theorem: Theorem) -> Derivation:
    """The derivation of a theorem: its proof tree, line by line."""
    claim = theorem.claim
    told = _Lines(
        theorem, printer_of(theorem.translated, PLAIN, tidy=True), printer_of(theorem.translated, LATEX, tidy=True)
    )
    return Derivation(theorem, tuple(_parts((), theorem.proof.entries, claim.left, claim.right, told)))


def _count(node: Node) -> int:
    match node:
        case Chain(steps):
            return len(steps)
        case Cases(_, holds, fails):
            return _count(holds) + _count(fails)
        case Have():
            return _count(node.shown) + _count(node.then)
        case Define(_, then):
            return _count(then)


def _retold(lines: Iterable[Line], printer: Printer, theorem: Theorem) -> Iterator[Line]:
    for line in lines:
        reason = line.reason if line.why is None else line.why.words(printer, theorem.translated)
        yield replace(line, reason=reason)


def _parts(conditions: tuple[Term, ...], node: Node, left: Term, right: Term, told: _Lines) -> Iterator[Part]:
    match node:
        case Chain(steps):
            yield Part(conditions, left, tuple(told.of(steps, left)))
        case Cases(condition, holds, fails):
            yield from _parts((*conditions, condition), holds, left, right, told)
            yield from _parts((*conditions, negate(condition)), fails, left, right, told)
        case Have():
            assumed = (*conditions, *node.hypotheses)
            first, *others = _parts(assumed, node.shown, node.left, node.right, told)
            yield replace(first, lemma=(node.left, node.right))
            yield from others
            first, *others = _parts(conditions, node.then, left, right, told)
            yield replace(first, goes_on=True)
            yield from others
        case Define(_, then):
            yield from _parts(conditions, then, left, right, told)


@dataclass(frozen=True)
class _Lines:
    """Makes lines of steps; what looks alike in plain text is not said twice."""

    theorem: Theorem
    plain: Printer
    latex: Printer

    def of(self, steps: tuple[Step, ...], start: Term) -> Iterator[Line]:
        lines: list[Line] = []
        waiting: list[Taken] = []
        for reason, group in _groups(list(_take_all(steps, start))):
            waiting += group
            text = self.plain(waiting[-1].after)
            back = self._seen(lines, start, text, line_of(reason))
            if back is not None:
                waiting[:0] = (each for line in lines[back:] if line.why for each in line.why.taken)
                lines = lines[:back]
            elif _is_own(reason) or text != self.plain(lines[-1].expression if lines else start):
                line = self._line(Why(reason, tuple(waiting)))
                lines[-1:] = self._together(lines[-1], line) if lines else [line]
                waiting = []
        if waiting and lines:
            after, steps = waiting[-1].after, tuple(each.step for each in waiting)
            lines[-1] = replace(lines[-1], expression=after, steps=(*lines[-1].steps, *steps))
        return iter(lines)

    def _seen(self, lines: list[Line], start: Term, text: str, source: tuple[str, str, str]) -> int | None:
        """How many lines remain if a text that was shown before is not reached by a detour; None if there is none.

        Lines of an author are no detour, nor is what leads from one of them to another."""
        number, kind, _ = source
        for count in range(len(lines) - 1, -1, -1):
            why = lines[count].why
            if kind == "own" or why is None or line_of(why.reason)[:2] != (number, "found"):
                return None
            if self.plain(lines[count - 1].expression if count else start) == text:
                return count
        return None

    def _line(self, why: Why) -> Line:
        """The line that the steps make; the reason is that of the last group, the only one that shows."""
        steps = tuple(each.step for each in why.taken)
        return Line(why.taken[-1].after, why.words(self.latex, self.theorem.translated), steps, why)

    def _together(self, before: Line, line: Line) -> list[Line]:
        """Two lines as one, where operators of one kind are written out, or put together again, one by one."""
        if before.why is None or line.why is None or before.reason != line.reason:
            return [before, line]
        kinds = {line_of(why.reason)[2].partition(":")[0] for why in (before.why, line.why)}
        directions = {step.backward for step in (before.steps[-1], line.steps[-1])}
        authors = {line_of(why.reason)[0] for why in (before.why, line.why)}
        if kinds != {"definition"} or len(directions) > 1 or len(authors) > 1:
            return [before, line]
        why = replace(line.why, taken=(*before.why.taken, *line.why.taken))
        return [replace(line, steps=(*before.steps, *line.steps), why=why)]


def _is_own(reason: str) -> bool:
    return line_of(reason)[1] == "own"


def _groups(taken: list[Taken]) -> Iterator[tuple[str, list[Taken]]]:
    """The steps by their reasons; where the two sides of a line that was found meet, a new group begins."""
    for (_, kind), line in groupby(taken, key=lambda each: line_of(each.step.reason)[:2]):
        steps = list(line)
        middle = _meeting_point(steps) if kind == "found" else 0
        for half in (steps[:middle], steps[middle:]):
            for reason, group in groupby(half, key=lambda each: each.step.reason):
                yield reason, list(group)


def _meeting_point(taken: list[Taken]) -> int:
    """The number of steps after which what was written out is put together again: nearly all steps before it go
    forward, and nearly all after it backward."""
    total = best = sum(each.step.backward for each in taken)
    place = 0
    for number, each in enumerate(taken, 1):
        total += -1 if each.step.backward else 1
        if total > best:
            best, place = total, number
    return place


def _take_all(steps: tuple[Step, ...], term: Term) -> Iterator[Taken]:
    """The steps as the kernel has accepted them: nothing is checked again, only put in place."""
    nowhere = Context(Scope(frozenset(), {}), Facts())
    for step in steps:
        found: list[Term] = []

        def put(_: Context, old: Term, new: Term = step.result, seen: list[Term] = found) -> Term:
            seen.append(old)
            return new

        before, term = term, change_at(nowhere, term, step.path, put)
        yield Taken(step, found[0], before, term)
