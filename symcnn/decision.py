"""Proved, refuted or undecided: `decide` joins the search for a proof and the search for a counterexample."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .errors import IllFormed, LanguageError, NotProved, Vacuous
from .kernel import Chain, Claim, Node, Proof, Term, replay
from .language.identity import Identity
from .language.statement import Statement, statement_of
from .notation import PLAIN, printer_of
from .notation.faults import explain, suggestion
from .tactics import prove as search_for
from .tactics.auto import Stuck
from .tactics.evidence import EvidenceSearch
from .tactics.witness import find_witness, other_witnesses
from .theorem import Theorem

if TYPE_CHECKING:
    from .refute import Counterexample


@dataclass(frozen=True)
class Proved:
    """There is a proof, and the kernel has accepted it."""

    theorem: Theorem

    def __str__(self) -> str:
        return f"proved: {self.theorem.statement}"


@dataclass(frozen=True)
class Refuted:
    """There are sizes and tensors for which the two sides differ."""

    counterexample: Counterexample

    def __str__(self) -> str:
        return f"refuted: {self.counterexample}"


@dataclass(frozen=True)
class Undecided:
    """Neither was found: `residual` is what is left to show, `tried` what was done."""

    residual: str
    tried: str

    def __str__(self) -> str:
        return f"undecided: {self.tried}; left to show: {self.residual}"


Verdict = Proved | Refuted | Undecided


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


def decide(identity: Identity, *, name: str = "", seconds: float = 2.0) -> Verdict:
    """Proved, refuted or undecided; at most about `seconds` are spent on looking for a counterexample.

    Raises `LanguageError`, `NameClash` or `ShapeError` for a statement outside the language, `IllFormed` for one
    that relies on a convention, `Vacuous` for one whose hypotheses nothing satisfies.
    """
    if not isinstance(identity, Identity):
        raise LanguageError(f"{identity!r} is no Identity: write Identity(left, right)")
    return decide_statement(statement_of(identity), name=name, seconds=seconds)


def decide_statement(statement: Statement, *, name: str = "", seconds: float = 2.0) -> Verdict:
    """What `decide` says, of an identity that is translated already. Raises `IllFormed` and `Vacuous` as it does."""
    checked = with_witness(statement)
    condition = search_for.unshown_condition(checked.claim, checked.search)
    if condition is not None:
        return _unshown_condition(checked, condition, seconds)
    proof = _well_formed(checked)
    try:
        entries = search_for.entries(checked.claim, checked.search)
    except Stuck as stuck:
        return _refuted_or_undecided(checked.claim, seconds, _residual(checked.statement, stuck))
    theorem = replay(checked.claim, replace(proof, entries=entries, assumptions=checked.assumptions))
    return Proved(Theorem(checked.statement, theorem, name))


def prove(identity: Identity, *, name: str = "", seconds: float = 2.0) -> Theorem:
    """The theorem that the identity holds, for all sizes. Raises `NotProved`, carrying the verdict, if no proof is
    found, and what `decide` raises."""
    verdict = decide(identity, name=name, seconds=seconds)
    if isinstance(verdict, Proved):
        return verdict.theorem
    raise NotProved(verdict)


def with_witness(statement: Statement) -> Checked:
    """The statement with values that satisfy its hypotheses. Raises `Vacuous` if none are found."""
    search = EvidenceSearch()
    witness = find_witness(statement.claim, search.solver)
    if witness is None:
        hypotheses = ", ".join(map(printer_of(statement, PLAIN), statement.claim.hypotheses))
        raise Vacuous(
            "no sizes, and no tensors whose entries are all equal, were found that satisfy all hypotheses and give an"
            f" entry to compare: {hypotheses}"
        )
    for other in other_witnesses(statement.claim, witness):
        claim = replace(statement.claim, witness=other)
        assumptions = search_for.assumptions(claim, search)
        if assumptions is not None:
            return Checked(replace(statement, claim=claim), search, assumptions)
    raise Vacuous("no tensors were found for which what is assumed of all tensors holds")


def _unshown_condition(checked: Checked, condition: Term, seconds: float) -> Verdict:
    """Shapes of the two sides that differ refute a statement; what an operator needs must be assumed."""
    statement, search = checked.statement, checked.search
    reason, written = statement.reasons.get(condition, "a condition"), printer_of(statement, PLAIN)
    facts = search_for.outer_context(checked.claim).facts
    hint = suggestion(statement, facts, condition, lambda known, goal: search.find(known, goal) is not None)
    if condition not in statement.shapes:
        advice = f"; add given=[{hint}]" if hint else ""
        raise IllFormed(f"{reason}: nothing shows that {written(condition)}{advice}")
    return _refuted_or_undecided(checked.claim, seconds, f"{written(condition)} ({reason})")


def _well_formed(checked: Checked) -> Proof:
    search = checked.search
    try:
        owed = search_for.well_formed(checked.claim, search)
    except search_for.Owed as error:
        text = explain(checked.statement, error.obligation, lambda f, g: search.find(f, g) is not None)
        raise IllFormed(text) from None
    return Proof(owed, search_for.conditions(checked.claim, search), Chain(()))


def _residual(statement: Statement, stuck: Stuck) -> str:
    written = printer_of(statement, PLAIN)
    return f"{written(stuck.left)} = {written(stuck.right)}"


def _refuted_or_undecided(claim: Claim, seconds: float, residual: str) -> Verdict:
    from .refute import refute

    counterexample = refute(claim, seconds=seconds)
    if counterexample is not None:
        return Refuted(counterexample)
    return Undecided(residual, f"no proof was found, and no counterexample in {seconds:g} s")
