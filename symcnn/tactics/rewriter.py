"""A side of an equation on its way through rules; every step is made by the kernel's own rule and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from ..kernel import Context, Evidence, Rejected, Step, Term, terms
from ..kernel.context import change_at
from ..kernel.rules import RULES
from .evidence import EvidenceSearch

Path = tuple[int, ...]


class Failed(Exception):
    """A tactic that found no way on."""


class OutOfTime(Failed):
    """No step is made any more."""


MOST_PARTS = 20_000  # a step through more takes some tenths of a second, which the deadline cannot interrupt


@dataclass
class Rewriter:
    """The term that is reached, and the steps that led there from the start."""

    context: Context
    term: Term
    search: EvidenceSearch
    steps: list[Step] = field(default_factory=list)
    starts: list[Term] = field(default_factory=list)  # what stood at the path of each step before it
    reason: str = ""
    firm: bool = False

    def require_time(self) -> None:
        """Return if the search has time left; raise `OutOfTime` if not."""
        if self.search.is_out_of_time:
            raise OutOfTime("there is no time left to rewrite")

    def at(self, path: Path) -> tuple[Context, Term]:
        """The part at a path and its context. Raises `OutOfTime` after the deadline of the search: whatever goes
        through a term for long looks at parts of it."""
        self.require_time()
        found: list[tuple[Context, Term]] = []

        def look(context: Context, term: Term) -> Term:
            found.append((context, term))
            return term

        change_at(self.context, self.term, path, look)
        return found[0]

    def apply(self, rule: str, path: Path, result: Term | None = None, **arguments: Any) -> Term:
        """Rewrite the part at `path` by a rule; a rule that needs no result computes it. Returns the result.

        Raises `Rejected` where the kernel would, `OutOfTime` after the deadline of the search.
        """
        self.require_time()
        _require_few_parts(self.term if result is None else result)
        made: list[Term] = []

        def change(context: Context, term: Term) -> Term:
            made.append(term)
            made.append(RULES[rule](context, term, term if result is None else result, **arguments))
            return made[-1]

        self.term = change_at(self.context, self.term, path, change)
        start, end = made
        if start != end:
            self._keep(Step(rule, path, tuple(arguments.items()), end, False, self.reason), start)
        return end

    def apply_backward(self, rule: str, path: Path, result: Term, **arguments: Any) -> Term:
        """Rewrite the part at `path` into what the rule turns into it. Raises `Rejected` where the kernel would."""
        made: list[Term] = []

        def change(context: Context, term: Term) -> Term:
            if RULES[rule](context, result, term, **arguments) != term:
                raise Rejected(f"{rule} does not turn {result!r} into {term!r}")
            made.append(term)
            return result

        self.term = change_at(self.context, self.term, path, change)
        self._keep(Step(rule, path, tuple(arguments.items()), result, True, self.reason), made[0])
        return result

    def _keep(self, step: Step, start: Term) -> None:
        self.steps.append(step)
        self.starts.append(start)

    def ring(self, path: Path, result: Term) -> None:
        """Rewrite the part at `path` into an equal polynomial."""
        if self.at(path)[1] != result:
            self.apply("ring", path, result)

    def shown(self, context: Context, goal: Term) -> Evidence | None:
        """Evidence for a goal in a context, or None."""
        return self.search.find(context.facts, goal)

    @contextmanager
    def because(self, reason: str, firm: bool = False) -> Iterator[None]:
        """The steps made inside are kept with this reason; a firm one holds for everything inside."""
        before = self.reason, self.firm
        if not self.firm:
            self.reason, self.firm = reason, firm
        try:
            yield
        finally:
            self.reason, self.firm = before

    def backward(self) -> tuple[Step, ...]:
        """The steps that lead from the term that is reached back to the start."""
        pairs = zip(reversed(self.steps), reversed(self.starts), strict=True)
        return tuple(replace(step, result=start, backward=not step.backward) for step, start in pairs)

    def copy(self) -> Rewriter:
        """A rewriter at the same place, to try something with."""
        return replace(self, steps=list(self.steps), starts=list(self.starts))

    def become(self, other: Rewriter) -> None:
        """Take over what a copy has reached."""
        self.term, self.steps, self.starts = other.term, other.steps, other.starts


def attempt(rewriter: Rewriter, tactic: Callable[[Rewriter], bool]) -> bool:
    """Run a tactic; where it fails or raises `Rejected` or `Failed`, leave everything as it was."""
    trial = rewriter.copy()
    try:
        if not tactic(trial):
            return False
    except (Rejected, Failed):
        return False
    rewriter.become(trial)
    return True


def find_paths(term: Term, wanted: Callable[[Term], bool], path: Path = ()) -> Iterator[Path]:
    """Paths to the outermost parts that are wanted, from left to right. Parts under binders are seen as they
    stand, with loose bound variables."""
    if wanted(term):
        yield path
        return
    for position, child in enumerate(term.args):
        yield from find_paths(child, wanted, (*path, position))


def _require_few_parts(term: Term) -> None:
    if parts_of(term) > MOST_PARTS:
        raise OutOfTime(f"a term of more than {MOST_PARTS} parts takes too long to rewrite")


def parts_of(term: Term) -> int:
    """How many parts a term has; what stands in it several times counts each time."""
    if "parts" not in term.memory:
        term.memory["parts"] = 1 + sum(map(parts_of, term.args))
    found: int = term.memory["parts"]
    return found


def part_at(term: Term, path: Path) -> Term:
    """The part at a path, as it stands, with loose bound variables."""
    for position in path:
        term = term.args[position]
    return term


def is_under_binder(term: Term, path: Path) -> bool:
    """Whether the path passes a binder."""
    for position in path:
        if terms.binds(term, position):
            return True
        term = term.args[position]
    return False


ZERO, UNIT = terms.rational(0), terms.rational(1)
