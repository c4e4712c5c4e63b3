"""Proved, refuted or undecided: `decide` joins the search for a proof and the search for a counterexample."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from math import inf
from time import thread_time
from typing import TYPE_CHECKING

from .errors import IllFormed, LanguageError, NotProved, UnequalExtents, Vacuous
from .kernel import Chain, Claim, Node, Proof, Rejected, Term, replay, terms
from .language.identity import Identity
from .language.statement import Statement, statement_of
from .notation import PLAIN, printer_of
from .notation.faults import explain, suggestion
from .tactics import prove as search_for
from .tactics.auto import Stuck
from .tactics.evidence import EvidenceSearch
from .tactics.witness import Witness, find_witness, other_witnesses
from .theorem import Theorem

if TYPE_CHECKING:
    from .refute import Counterexample, Suggestion


UNINTERRUPTED = 1.0  # seconds of the search for a proof, before a look for a counterexample
FIRST_INSTANCES = 200  # for that look
FIRST_SHARE = 0.02  # of its time, for one instance
MOST_WRITTEN = 2_000  # parts of an equation that is left to show


@dataclass(frozen=True)
class Proved:
    """There is a proof, and the kernel has accepted it."""

    theorem: Theorem

    def __str__(self) -> str:
        return f"proved: {self.theorem.statement}"

    def _repr_markdown_(self) -> str:
        return f"**Proved:**\n\n{self.theorem._repr_latex_()}"


@dataclass(frozen=True)
class Refuted:
    """There are sizes and tensors for which the two sides differ."""

    counterexample: Counterexample

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """A simple hypothesis with which the statement held in many tried cases, if there is one. It is looked for
        when it is first asked for, for up to three seconds."""
        from .refute import suggestion

        return suggestion(self.counterexample.claim)

    def __str__(self) -> str:
        suggested = f"\n{self.suggestion}" if self.suggestion else ""
        return f"refuted: {self.counterexample}{suggested}"

    def _repr_markdown_(self) -> str:
        suggested = f"\n\nBut {self.suggestion}." if self.suggestion else ""
        return f"**Refuted:**\n\n{self.counterexample._repr_latex_()}{suggested}"


@dataclass(frozen=True)
class Undecided:
    """Neither was found: `residual` is what is left to show, `tried` what was done."""

    residual: str
    tried: str

    def __str__(self) -> str:
        return f"undecided: {self.tried}; left to show: {self.residual}"

    def _repr_markdown_(self) -> str:
        """What is left to show stands as code: plain text has signs that Markdown would read."""
        return f"**Undecided:** {self.tried}.\n\nLeft to show: `{self.residual}`"


Verdict = Proved | Refuted | Undecided


class _Interruption(Exception):
    """A counterexample was found while a proof was looked for."""

    def __init__(self, counterexample: Counterexample) -> None:
        super().__init__("a counterexample")
        self.counterexample = counterexample


@dataclass(frozen=True)
class Checked:
    """A statement that is well-formed and not vacuous, with the search that knows its facts."""

    statement: Statement
    search: EvidenceSearch = field(default_factory=EvidenceSearch)
    assumptions: tuple[Node, ...] = ()

    @property
    def claim(self) -> Claim:
        """The kernel's claim."""
        return self.statement.claim


def decide(identity: Identity, *, name: str = "", seconds: float = 2.0, proof_seconds: float = 60.0) -> Verdict:
    """Proved, refuted or undecided; at most about `seconds` are spent on looking for a counterexample, and at most
    about `proof_seconds` on looking for a proof. Both are seconds of processor time: what else a machine does changes
    no verdict.

    Raises `LanguageError`, `NameClash` or `ShapeError` for a statement outside the language, `IllFormed` for one
    that relies on a convention, `Vacuous` for one whose hypotheses nothing satisfies.
    """
    if not isinstance(identity, Identity):
        raise LanguageError(f"{identity!r} is no Identity: write Identity(left, right)")
    return decide_statement(statement_of(identity), name=name, seconds=seconds, proof_seconds=proof_seconds)


def decide_statement(
    statement: Statement, *, name: str = "", seconds: float = 2.0, proof_seconds: float = 60.0
) -> Verdict:
    """What `decide` says, of an identity that is translated already. Raises `IllFormed` and `Vacuous` as it does.

    A search for a proof that takes long is interrupted once by a look for a counterexample: where the statement is
    false, there is one soon, while the search may go on in vain.
    """
    try:
        return _decided(statement, name, seconds, proof_seconds)
    except _Interruption as found:
        return Refuted(found.counterexample)
    except Rejected as error:
        checked = Checked(statement)
        return _refuted_or_undecided(checked, seconds, f"the whole, since the kernel refuses what was found: {error}")


def _decided(statement: Statement, name: str, seconds: float, proof_seconds: float) -> Verdict:
    deadline = thread_time() + proof_seconds
    try:
        checked = with_witness(statement, deadline)
    except Vacuous:
        refuted = _refuted_all_the_same(Checked(statement, EvidenceSearch(deadline=deadline)), seconds)
        if refuted is None:
            raise
        return refuted
    condition = search_for.unshown_condition(checked.claim, checked.search)
    if condition is not None:
        return _unshown_condition(checked, condition, seconds)
    proof = _well_formed(checked)
    if proof is None:
        return _refuted_or_undecided(checked, seconds, "that everything is read in its range")
    checked.search.pause_at = thread_time() + UNINTERRUPTED
    checked.search.pause = lambda: _interrupt(checked.claim, seconds / 2)
    try:
        entries = search_for.entries(checked.claim, checked.search)
    except Stuck as stuck:
        return _refuted_or_undecided(checked, seconds, _residual(checked.statement, stuck))
    theorem = replay(checked.claim, replace(proof, entries=entries, assumptions=checked.assumptions))
    return Proved(Theorem(checked.statement, theorem, name))


def _interrupt(claim: Claim, seconds: float) -> None:
    """Raises `_Interruption` if there is a counterexample among the first instances."""
    from .refute import look

    found = look(claim, seconds, FIRST_INSTANCES, FIRST_SHARE).counterexample
    if found is not None:
        raise _Interruption(found)


def _refuted_all_the_same(checked: Checked, seconds: float) -> Refuted | None:
    """A counterexample satisfies all hypotheses, even if no values were found for which this is proved."""
    _well_formed(checked)
    return _refuted(checked, seconds)


def _refuted(checked: Checked, seconds: float) -> Refuted | None:
    from .refute import look

    counterexample = look(checked.claim, seconds).counterexample
    return Refuted(counterexample) if counterexample is not None else None


def refute_where_defined(identity: Identity, *, seconds: float = 2.0) -> Refuted | None:
    """A counterexample to an ill-formed identity, among values for which all exists that it reads and no divisor is 0:
    whatever is meant outside, the identity is false. None if there is none, or what its operators need is not given.

    Raises what `decide` raises for a statement outside the language.
    """
    try:
        checked = with_witness(statement_of(identity))
    except Vacuous:
        return None
    if search_for.unshown_condition(checked.claim, checked.search) is not None:
        return None
    return _refuted(checked, seconds)


def prove(identity: Identity, *, name: str = "", seconds: float = 2.0, proof_seconds: float = 60.0) -> Theorem:
    """The theorem that the identity holds, for all sizes. Raises `NotProved`, carrying the verdict, if no proof is
    found, and what `decide` raises."""
    verdict = decide(identity, name=name, seconds=seconds, proof_seconds=proof_seconds)
    if isinstance(verdict, Proved):
        return verdict.theorem
    raise NotProved(verdict)


def with_witness(statement: Statement, deadline: float = inf) -> Checked:
    """The statement with values that satisfy its hypotheses, and a search that ends at the deadline. Raises
    `Vacuous` if none are found."""
    search = EvidenceSearch(deadline=deadline)
    witness = find_witness(statement.claim, search.solver)
    if witness is None:
        hypotheses = ", ".join(map(printer_of(statement, PLAIN), statement.claim.hypotheses))
        raise Vacuous(
            "no sizes, and no simple tensors, were found that satisfy all hypotheses and give an entry to compare:"
            f" {hypotheses}"
        )
    for other in _witnesses(statement.claim, witness):
        claim = replace(statement.claim, witness=other)
        assumptions = search_for.assumptions(claim, search)
        if assumptions is not None:
            return Checked(replace(statement, claim=claim), search, assumptions)
    raise Vacuous("no tensors were found for which what is assumed of all tensors holds")


def _witnesses(claim: Claim, witness: Witness) -> Iterator[Witness]:
    """Witnesses that may satisfy what is assumed of all tensors, if anything is"""
    yield from other_witnesses(claim, witness)
    if claim.assumptions:
        from .refute import witness_by_elimination

        solved = witness_by_elimination(claim, witness)
        if solved is not None:
            yield solved


def _unshown_condition(checked: Checked, condition: Term, seconds: float) -> Verdict:
    """Shapes of the two sides that differ refute a statement; what an operator needs must be assumed."""
    statement, search = checked.statement, checked.search
    reason, written = statement.reasons.get(condition, "a condition"), printer_of(statement, PLAIN)
    facts = search_for.outer_context(checked.claim).facts
    hint = suggestion(statement, facts, condition, lambda known, goal: search.find(known, goal) is not None)
    if condition not in statement.shapes and not search.is_out_of_time:
        advice = f"; add given=[{hint}]" if hint else ""
        kind = UnequalExtents if condition.head == "equal" else IllFormed
        raise kind(f"{reason}: nothing shows that {written(condition)}{advice}")
    return _refuted_or_undecided(checked, seconds, f"{written(condition)} ({reason})")


def _well_formed(checked: Checked) -> Proof | None:
    """Evidence for ranges and conditions; None if there was no time to find it. Raises `IllFormed` if there is none."""
    search = checked.search
    try:
        owed = search_for.well_formed(checked.claim, search)
        return Proof(owed, search_for.conditions(checked.claim, search), Chain(()))
    except search_for.Owed as error:
        obligation = error.obligation
    if search.is_out_of_time:
        return None
    raise IllFormed(
        lambda: explain(checked.statement, obligation, lambda known, goal: search.find(known, goal) is not None)
    )


def _residual(statement: Statement, stuck: Stuck) -> str:
    """What is left to show; it is written out where somebody would read it"""
    parts = (part for side in (stuck.left, stuck.right) for part in terms.subterms(side))
    if next(islice(parts, MOST_WRITTEN, None), None) is not None:
        return f"an equation of more than {MOST_WRITTEN} parts"
    written = printer_of(statement, PLAIN)
    return f"{written(stuck.left)} = {written(stuck.right)}"


def _refuted_or_undecided(checked: Checked, seconds: float, residual: str) -> Refuted | Undecided:
    from .refute import look

    looked = look(checked.claim, seconds)
    if looked.counterexample is not None:
        return Refuted(looked.counterexample)
    ended = "no proof was found in time" if checked.search.is_out_of_time else "no proof was found"
    return Undecided(residual, f"{ended}, and {looked}")
