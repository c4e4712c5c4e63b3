"""The steps of a chain as lines.

Consecutive primitive steps with one reason make one line; a line that would look like the one before it is
left out, its steps are kept with the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from ..kernel import Context, Facts, Scope, Step, Term
from ..kernel.context import change_at
from ..kernel.replay import BELOW
from ..language.statement import Statement
from ..notation import Printer
from .parts import Line
from .reasons import Why
from .taken import Taken, label_of, line_of

#: reasons of lines that leave zeros, ones and sums to be put in order; reasons of steps that do so
_UNTIDY, _TIDIES = ("derivative", "chain rule", "supposed", "induction"), ("rearrange", "distribute")


@dataclass(frozen=True)
class Lines:
    """Makes lines of steps; what looks alike in plain text is not said twice."""

    about: Statement
    plain: Printer
    latex: Printer

    def of(
        self,
        steps: tuple[Step, ...],
        start: Term,
        supposed: frozenset[str] = frozenset(),
        indices: tuple[str, ...] = (),
    ) -> tuple[Line, ...]:
        """The lines of a chain; the equations `supposed` are those of an induction, `indices` have names here."""
        lines: list[Line] = []
        waiting: list[Taken] = []
        for reason, group in _groups(list(_take_all(steps, start, supposed))):
            waiting += group
            text = self.plain(waiting[-1].after)
            back = self._seen(lines, start, text, line_of(reason))
            if back is not None:
                waiting[:0] = (each for line in lines[back:] if line.why for each in line.why.taken)
                lines = lines[:back]
            elif _is_own(reason) or text != self.plain(lines[-1].expression if lines else start):
                line = self._line(Why(reason, tuple(waiting), indices))
                lines[-1:] = self._together(lines[-1], line) if lines else [line]
                waiting = []
        if waiting and lines:
            after, rest = waiting[-1].after, tuple(each.step for each in waiting)
            lines[-1] = replace(lines[-1], expression=after, steps=(*lines[-1].steps, *rest))
        return tuple(lines)

    def _seen(self, lines: list[Line], start: Term, text: str, source: tuple[str, str, str]) -> int | None:
        """How many lines remain if a text that was shown before is not reached by a detour; None if there is none.

        Lines of an author are no detour, nor is what leads from one of them to another, nor an inequality."""
        number, kind, _ = source
        for count in range(len(lines) - 1, -1, -1):
            why = lines[count].why
            if kind == "own" or why is None or line_of(why.reason)[:2] != (number, "found"):
                return None
            if lines[count].relation != "=":
                return None
            if self.plain(lines[count - 1].expression if count else start) == text:
                return count
        return None

    def _line(self, why: Why) -> Line:
        """The line that the steps make; the reason is that of the last group, the only one that shows."""
        steps = tuple(each.step for each in why.taken)
        relation = "<=" if any(step.rule == BELOW for step in steps) else "="
        return Line(why.taken[-1].after, why.words(self.latex, self.about), steps, why, relation)

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


def _groups(taken: list[Taken]) -> list[tuple[str, list[Taken]]]:
    """The steps by their reasons; what is only put in order behind a derivative belongs to it."""
    groups: list[tuple[str, list[Taken]]] = []
    for reason, group in _by_reason(taken):
        rest = group
        if groups and line_of(groups[-1][0])[2] in _UNTIDY and line_of(reason)[2] in _TIDIES:
            count = next((n for n, each in enumerate(group) if each.step.rule != "ring"), len(group))
            groups[-1][1].extend(group[:count])
            rest = group[count:]
        if rest:
            groups.append((reason, rest))
    return groups


def _by_reason(taken: list[Taken]) -> Iterator[tuple[str, list[Taken]]]:
    """The steps by their reasons; where the two sides of a line that was found meet, a new group begins, and so it
    does before and after an inequality."""
    for (_, kind), line in groupby(taken, key=lambda each: line_of(each.label)[:2]):
        steps = list(line)
        middle = _meeting_point(steps) if kind == "found" else 0
        for half in (steps[:middle], steps[middle:]):
            for (reason, _), group in groupby(half, key=lambda each: (each.label, each.step.rule == BELOW)):
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


def _take_all(steps: tuple[Step, ...], term: Term, supposed: frozenset[str]) -> Iterator[Taken]:
    """The steps as the kernel has accepted them: nothing is checked again, only put in place."""
    nowhere = Context(Scope(frozenset(), {}), Facts())
    for step in steps:
        found: list[Term] = []

        def put(_: Context, old: Term, new: Term = step.result, seen: list[Term] = found) -> Term:
            seen.append(old)
            return new

        before, term = term, change_at(nowhere, term, step.path, put)
        yield Taken(step, found[0], before, term, label_of(step, supposed))
