"""Steps with evidence that the search of the package finds: what a rule asks for is overheard, and then shown."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

from symcnn.kernel import Context, Evidence, Facts, Multiples, Rejected, Step, Term, analysis, rules
from symcnn.kernel.replay import take
from symcnn.tactics.evidence import EvidenceSearch

from .in_proofs import EVIDENCE
from .repair import taken
from .trees import places, put

Asked = dict[int, tuple[Facts, Term]]  # by the identity of what was given as evidence


def filled(context: Context, term: Term, step: Step, search: EvidenceSearch) -> tuple[Step, Term]:
    """The step with its result, and with evidence for all that its rule asks for here; and the term after it.

    Raises `Rejected` where the rule does not apply, or no evidence is found."""
    emptied, given = _emptied(step)
    asked: Asked = {}

    def overhear(facts: Facts, goal: Term, evidence: Evidence) -> None:
        asked[id(evidence)] = facts, goal

    with patch.object(rules, "check", overhear), patch.object(analysis, "check", overhear):
        made, _ = taken(context, term, emptied)
    for path, evidence in given:
        found = search.find(*asked[id(evidence)]) if id(evidence) in asked else None
        if found is None:
            raise Rejected("nothing shows this")
        made = put(made, path, found)
    return made, take(context, term, made)


def _emptied(step: Step) -> tuple[Step, list[tuple[tuple[str | int, ...], Evidence]]]:
    """The step with evidence that shows nothing in place of each that it has, and these"""
    outermost: list[tuple[str | int, ...]] = []
    for path, value in places(step.arguments):
        if isinstance(value, EVIDENCE) and not any(path[: len(each)] == each for each in outermost):
            outermost.append(path)
    given: list[tuple[tuple[str | int, ...], Evidence]] = [(("arguments", *path), Multiples()) for path in outermost]
    for path, evidence in given:
        step = put(step, path, evidence)
    return replace(step, backward=False), given
