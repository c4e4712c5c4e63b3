"""Derivations that a person writes: `calc(lhs).eq(..., because="...").eq(...).qed()`.

Each line is checked where it is written, so an error stands at its line; `qed` joins the lines into one proof
that the kernel replays, with the author's reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from .decision import Checked, Proved, Undecided, decide, with_witness
from .errors import NotProved, SymcnnError
from .kernel import Chain, Claim, Context, Define, Have, Node, Proof, Step, Term, replay, terms
from .language.identity import Identity, as_tensor
from .language.statement import statement_of
from .language.tensors import Tensor
from .tactics import prove as search_for
from .tactics.auto import Stuck, equate
from .tactics.evidence import EvidenceSearch
from .tactics.instance import Line, used
from .theorem import Theorem


class LineNotProved(NotProved):
    """A line of a derivation that was not proved: its number, both of its sides, and the verdict."""

    def __init__(self, number: int, identity: Identity, cause: NotProved) -> None:
        super().__init__(cause.verdict)
        self.number, self.identity = number, identity
        self.args = (f"line {number}: {identity}: {cause.verdict}",)


@dataclass(frozen=True)
class CalcLine:
    """One line: what the line before it equals, the author's reason, and the theorem that says so."""

    side: Tensor
    because: str
    by: Theorem | None


@dataclass(frozen=True)
class Calc:
    """A chain of equations under construction; immutable, so that a common beginning may be continued twice."""

    start: Tensor
    given: tuple[Any, ...]
    lines: tuple[CalcLine, ...] = ()

    @property
    def reached(self) -> Tensor:
        """What the chain has come to."""
        return self.lines[-1].side if self.lines else self.start

    def eq(self, expression: Any, *, because: str = "", by: Theorem | None = None) -> Calc:
        """The chain with one more line, checked now: the line before it equals `expression`.

        `because` is the reason that the derivation shows; `by` is a theorem of which the line is an instance.
        Raises `LineNotProved` if no proof is found, and what `decide` raises for an ill-formed line.
        """
        line = CalcLine(as_tensor(expression), because, by)
        identity = Identity(self.reached, line.side, self.given)
        if by is None:
            verdict = decide(identity)
            if not isinstance(verdict, Proved):
                raise LineNotProved(len(self.lines) + 1, identity, NotProved(verdict))
        extended = replace(self, lines=(*self.lines, line))
        if by is not None:
            Calc(self.reached, self.given, (line,)).qed()
        return extended

    def qed(self, name: str = "") -> Theorem:
        """The theorem that the first side equals the last. Raises `SymcnnError` if there is no line."""
        if not self.lines:
            raise SymcnnError("a derivation needs at least one line: calc(lhs).eq(rhs).qed()")
        identity = Identity(self.start, self.reached, self.given)
        checked = with_witness(statement_of(identity, [line.side for line in self.lines[:-1]]))
        claim, search = checked.claim, checked.search
        node = _joined(self, checked)
        proof = Proof(
            search_for.well_formed(claim, search),
            search_for.conditions(claim, search),
            node,
            _theorems(self.lines),
            checked.assumptions,
        )
        return Theorem(checked.statement, replay(claim, proof), name)


def calc(lhs: Any, given: Iterable[Any] = ()) -> Calc:
    """Begin a derivation at a tensor or scalar, under hypotheses as those of an `Identity`."""
    return Calc(as_tensor(lhs), tuple(given))


def _theorems(lines: tuple[CalcLine, ...]) -> tuple[Any, ...]:
    used_ones = {_name_of(line.by): line.by for line in lines if line.by is not None}
    return tuple((name, theorem.claim, theorem.proof) for name, theorem in used_ones.items())


def _name_of(theorem: Theorem) -> str:
    return theorem.name or str(theorem.statement)


def _joined(chain: Calc, checked: Checked) -> Node:
    """All lines as one proof: chains are joined; a line that needs cases becomes a lemma first."""
    between, helpers = checked.statement.between, checked.statement.helpers
    indices = tuple(terms.variable(index.name) for index in checked.claim.indices)
    context = search_for.entry_context(checked.claim, _claims(chain.lines), helpers)
    sides = (checked.claim.left, *between, checked.claim.right)
    steps: list[Step] = []
    lemmas: list[tuple[str, Term, Term, Node]] = []
    for number, line in enumerate(chain.lines):
        left, right = sides[number], sides[number + 1]
        node = _line_node(context, left, right, line, checked.search, number + 1, chain, indices)
        if not isinstance(node, Chain):
            name = f"line {number + 1}"
            lemmas.append((name, left, right, node))
            node = Chain((_use_lemma(name, right),))
        steps += [replace(step, reason=_reason(number + 1, line, step)) for step in node.steps]
    whole: Node = Chain(tuple(steps))
    for name, left, right, node in reversed(lemmas):
        whole = Have(name, (), (), left, right, node, whole)
    for definition in reversed(helpers):
        whole = Define(definition, whole)
    return whole


def _reason(number: int, line: CalcLine, step: Step) -> str:
    """The line that a step belongs to, with the author's words, or with what was found if there are none"""
    own = line.because or (f"by {_name_of(line.by).replace('_', ' ')}" if line.by is not None else "")
    return f"calc:{number}:own:{own}" if own else f"calc:{number}:found:{step.reason}"


def _use_lemma(name: str, right: Term) -> Step:
    arguments = (("equation", name), ("integers", ()), ("tensors", ()), ("functions", ()), ("shown", ()))
    return Step("use", (), arguments, right, reason="lemma")


def _claims(lines: tuple[CalcLine, ...]) -> dict[str, Claim]:
    """The claims of the theorems that the lines use, by name."""
    return {_name_of(line.by): line.by.claim for line in lines if line.by is not None}


def _line_node(
    context: Context,
    left: Term,
    right: Term,
    line: CalcLine,
    search: EvidenceSearch,
    number: int,
    chain: Calc,
    indices: tuple[Term, ...],
) -> Node:
    if line.by is None:
        return equate(context, left, right, search)
    before = chain.lines[number - 2].side if number > 1 else chain.start
    try:
        written = Line((before, line.side), left, right, indices)
        return used(context, written, search, _name_of(line.by), line.by.translated)
    except Stuck as stuck:
        verdict = Undecided(f"{stuck.left!r} = {stuck.right!r}", f"the line is no instance of {_name_of(line.by)}")
        identity = Identity(before, line.side, chain.given)
        raise LineNotProved(number, identity, NotProved(verdict)) from stuck
