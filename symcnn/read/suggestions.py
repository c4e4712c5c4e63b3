"""One small edit with which an equation is proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import thread_time

from ..decision import Proved, decide_statement
from ..errors import Rejected, SymcnnError
from ..language.statement import statement_of
from ..refute import look
from .checker import Checker
from .claims import pose
from .edits import Nearby, edits, pool_of
from .meaning import Meaning
from .outcomes import Link
from .report import Edit, Verdict
from .syntax import Chain, Name, Node
from .world import Size
from .written import latex

LOOK = 0.15  # seconds for a counterexample to an edited equation
PROVE = 3.0  # seconds for its proof


def suggested(checker: Checker, link: Link) -> Edit | None:
    """The first edit of an equation, of its right side before its left one, that makes it provable; None if none is
    found in time, which is that of the processor: other work on the machine changes no report."""
    deadline = thread_time() + checker.budget.suggestion_seconds
    for left, right, words in _candidates(checker, link):
        if thread_time() > deadline:
            return None
        if _holds(checker, replace(link, left=left, right=right)):
            return Edit(latex(Chain((left, right), (link.relation,))), words)
    return None


def fitting(checker: Checker, right: Node) -> Edit | None:
    """The first edit of a side that makes its parts fit, where nothing can be read that it should be equal to."""
    for edited, words in edits(right, Nearby()):
        outcome = checker.part(edited)
        if outcome.verdict is not Verdict.REFUTED:
            return Edit(latex(edited), f"{words}: then its parts fit")
        if not words.startswith(r"\ell"):
            return None
    return None


def _candidates(checker: Checker, link: Link) -> Iterator[tuple[Node, Node, str]]:
    nearby = _nearby(checker, link)
    met = {(link.left, link.right)}
    for right, words in edits(link.right, nearby):
        if (link.left, right) not in met:
            met.add((link.left, right))
            yield link.left, right, words
    for left, words in edits(link.left, nearby):
        if (left, link.right) not in met:
            met.add((left, link.right))
            yield left, link.right, words


def _nearby(checker: Checker, link: Link) -> Nearby:
    """What stands in the equation and before it: sizes, and what is no letter of an index"""
    pool, world = pool_of((link.right, link.left, *reversed(checker.recent))), checker.world
    sizes = tuple(each for each in pool if isinstance(each, Name) and isinstance(world.things.get(each.word), Size))
    factors = (each for each in pool if each not in sizes)
    return Nearby(tuple(each for each in factors if not isinstance(each, Name) or world.is_known(each.word)), sizes)


def _holds(checker: Checker, link: Link) -> bool:
    """Whether an edited equation is proved, and says more than a = a. What cannot be read does not"""
    if link.left == link.right:
        return False
    try:
        posed = pose(Meaning(checker.world), link.left, link.right, link.relation, link.conditions, link.besides)
        if posed.assumed:
            return False
        statement = statement_of(posed.identity)
        if look(statement.claim, LOOK, 40).counterexample is not None:
            return False
        return isinstance(decide_statement(statement, seconds=LOOK, proof_seconds=PROVE), Proved)
    except (SymcnnError, Rejected, RecursionError):
        return False
