"""A side of an equation on its way: steps, and the deadline after which there are none."""

import pytest

from symcnn import Identity, Tensor, conv2d, sizes
from symcnn.kernel import Chain
from symcnn.language.statement import statement_of
from symcnn.tactics.auto import Stuck, equate
from symcnn.tactics.evidence import EvidenceSearch
from symcnn.tactics.prove import entry_context
from symcnn.tactics.rewriter import OutOfTime, Rewriter, attempt

m, n = sizes("m n")
X = Tensor("X", (m, n))
CLAIM = statement_of(
    Identity(conv2d(X, Tensor.of([[0, 1]])), Tensor.define((m, n - 1), lambda i, j: X[i, j + 1]))
).claim


def rewriter(deadline: float) -> Rewriter:
    return Rewriter(entry_context(CLAIM), CLAIM.left, EvidenceSearch(deadline=deadline))


def test_no_step_is_made_after_the_deadline() -> None:
    side = rewriter(deadline=0.0)
    with pytest.raises(OutOfTime):
        side.apply("unfold", ())
    assert side.steps == []
    assert side.term == CLAIM.left


def test_before_it_there_is_one() -> None:
    side = rewriter(deadline=float("inf"))
    side.apply("unfold", ())
    assert len(side.steps) == 1


def test_an_attempt_without_time_leaves_everything_as_it_was() -> None:
    side = rewriter(deadline=0.0)
    assert not attempt(side, lambda trial: bool(trial.apply("unfold", ())))
    assert side.steps == []


def test_a_search_without_time_is_stuck() -> None:
    context = entry_context(CLAIM)
    with pytest.raises(Stuck):
        equate(context, CLAIM.left, CLAIM.right, EvidenceSearch(deadline=0.0))
    assert isinstance(equate(context, CLAIM.left, CLAIM.right, EvidenceSearch()), Chain)
