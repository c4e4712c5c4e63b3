r"""Signs of which nobody has said what they mean: what holds in one reading is not refuted in another."""

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Verdict

QUICK = Budget(seconds=1.0, proof_seconds=5.0, suggestion_seconds=0.0)
P, R, N = Verdict.PROVED, Verdict.REFUTED, Verdict.NOT_CHECKABLE


def only(claim: str, *declarations: str) -> Finding:
    (finding,) = check(
        rf"\[ {claim} \]", declarations=["x: n; w: k; given: n >= k", *declarations], budget=QUICK
    ).findings
    return finding


def test_a_convolution_that_commutes_is_a_full_one() -> None:
    finding = only("x * w = w * x")
    assert finding.verdict is N
    assert finding.reason == "holds if * is a full convolution: declare *: convolution, full"
    assert only("x * w = w * x", "*: convolution, full").verdict is P


def test_what_is_declared_is_refuted() -> None:
    assert only("x * w = w * x", "*: correlation, full").verdict is R


@pytest.mark.parametrize("claim", ["x * w = 2 (x * w)", "x * w = (2w) * (2x)"])
def test_what_holds_in_no_reading_is_refuted(claim: str) -> None:
    assert only(claim).verdict is R
