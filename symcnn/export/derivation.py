"""A proof as a chain of equations for a reader.

Consecutive primitive steps with one reason make one line; a line that would look like the one before it is
left out, its steps are kept with the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from ..errors import SymcnnError
from ..kernel import Cases, Chain, Context, Define, Facts, Have, Node, Scope, Step, Term
from ..kernel.context import change_at
from ..kernel.polynomial import negate
from ..notation import LATEX, PLAIN, Printer, printer_of
from .reasons import words

if TYPE_CHECKING:
    from ..theorem import Theorem


@dataclass(frozen=True)
class Line:
    """`= expression`, why, and the primitive steps of the kernel that lead to it from the line before.

    `reason_from_zero` is the reason for a reader whose indices start at 0."""

    expression: Term
    reason: str
    steps: tuple[Step, ...]
    reason_from_zero: str

    def why(self, origin: int) -> str:
        """The reason, for indices from `origin`."""
        return self.reason if origin == 1 else self.reason_from_zero


@dataclass(frozen=True)
class Part:
    """A chain of lines from `start`, under the conditions of its case."""

    conditions: tuple[Term, ...]
    start: Term
    lines: tuple[Line, ...]


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
        return sum(len(line.steps) for line in self.lines)

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
                lines[remaining] = replace(lines[remaining], reason=text, reason_from_zero=text)
            remaining -= len(part.lines)
            parts.append(replace(part, lines=tuple(lines)))
        return replace(self, parts=tuple(parts))

    def with_letters(self, letters: Mapping[str, str]) -> Derivation:
        """The same derivation with other letters for sizes, indices and tensors: `{"α": "a", "X": "U"}`.

        Raises `SymcnnError` if two things would get one letter.
        """
        names = {*self.theorem.claim.integers, *self.theorem.translated.tensors}
        shown = [letters.get(name, name) for name in names]
        if len(set(shown)) < len(shown):
            raise SymcnnError(f"two things would be called by one letter: {', '.join(sorted(shown))}")
        return replace(self, letters={**self.letters, **letters})

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
        from .latex import chain_latex

        return f"$\\displaystyle {chain_latex(self)}$"

    def __str__(self) -> str:
        return self.text()


def derivation_of(theorem: Theorem) -> Derivation:
    """The derivation of a theorem: its proof tree, line by line."""
    claim, printer = theorem.claim, printer_of(theorem.translated, PLAIN)
    parts = _parts((), theorem.proof.entries, claim.left, claim.right, printer, theorem)
    return Derivation(theorem, tuple(parts))


def _parts(
    conditions: tuple[Term, ...], node: Node, left: Term, right: Term, printer: Printer, theorem: Theorem
) -> Iterator[Part]:
    match node:
        case Chain(steps):
            yield Part(conditions, left, tuple(_lines(steps, left, printer, theorem)))
        case Cases(condition, holds, fails):
            yield from _parts((*conditions, condition), holds, left, right, printer, theorem)
            yield from _parts((*conditions, negate(condition)), fails, left, right, printer, theorem)
        case Have():
            assumed = (*conditions, *node.hypotheses)
            yield from _parts(assumed, node.shown, node.left, node.right, printer, theorem)
            yield from _parts(conditions, node.then, left, right, printer, theorem)
        case Define(_, then):
            yield from _parts(conditions, then, left, right, printer, theorem)


@dataclass(frozen=True)
class _Taken:
    """A step with the part that it rewrites, and the whole after it"""

    step: Step
    start: Term
    after: Term


def _lines(steps: tuple[Step, ...], start: Term, printer: Printer, theorem: Theorem) -> Iterator[Line]:
    taken = list(_take_all(steps, start))
    waiting: list[_Taken] = []
    shown = printer(start)
    for reason, group in groupby(taken, key=lambda each: each.step.reason):
        waiting += group
        text = printer(waiting[-1].after)
        if text == shown and waiting[-1] is not taken[-1]:
            continue
        yield _line(reason, waiting, theorem)
        shown, waiting = text, []


def _line(reason: str, taken: list[_Taken], theorem: Theorem) -> Line:
    """The line that the steps make; the reason is that of the last group, the only one that shows."""
    steps = tuple(each.step for each in taken)
    starts = tuple(each.start for each in taken)
    printer = printer_of(theorem.translated, LATEX)
    from_one, from_zero = (words(reason, steps, starts, printer, theorem.translated, n) for n in (1, 0))
    return Line(taken[-1].after, from_one, steps, from_zero)


def _take_all(steps: tuple[Step, ...], term: Term) -> Iterator[_Taken]:
    """The steps as the kernel has accepted them: nothing is checked again, only put in place."""
    nowhere = Context(Scope(frozenset(), {}), Facts())
    for step in steps:
        found: list[Term] = []

        def put(_: Context, old: Term, new: Term = step.result, seen: list[Term] = found) -> Term:
            seen.append(old)
            return new

        term = change_at(nowhere, term, step.path, put)
        yield _Taken(step, found[0], term)
