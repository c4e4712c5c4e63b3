"""The second opinion agrees with the first where it has one, and a counterexample on which they differ is rejected."""

from dataclasses import replace
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

import pytest
from looking import SECONDS
from sympy import floor

from symcnn import Activation, Identity, ScalarField, Tensor, conv2d, gradient, max_pool2d, sizes, tanh
from symcnn.errors import Rejected
from symcnn.language.statement import statement_of
from symcnn.refute import Counterexample, counterexample, refute
from symcnn.refute.comparison import sides
from symcnn.refute.evaluation import Evaluation
from symcnn.refute.exact import instances
from symcnn.refute.second import second_opinion
from symcnn.theorems import entries

m, n, k = sizes("m n k")
X, W, v = Tensor("X", (m, n)), Tensor("W", (k, k)), Tensor("v", (n,))


def refuted(left: Any, right: Any, given: Any = ()) -> Counterexample:
    found = refute(statement_of(Identity(left, right, given)).claim, SECONDS)
    assert found is not None
    return found


@pytest.mark.parametrize("entry", [each for each in entries() if "gradient" not in each.name], ids=lambda e: e.name)
def test_both_evaluations_agree_on_theorems(entry: Any) -> None:
    claim, compared = statement_of(entry()).claim, 0
    for instance in islice(instances(claim, Random(3), float("inf")), 8):
        evaluation = Evaluation(instance)
        for place in islice(evaluation.places(), 20):
            second = second_opinion(instance, place, None)
            if second is not None:
                compared += 1
                assert second == sides(evaluation, place, None)
    assert compared > 0 or "jacobian" in entry.name or "derivative" in entry.name


def test_shapes() -> None:
    found = refuted(conv2d(X, W), conv2d(X, W, stride=2), [m >= k, n >= k])
    assert second_opinion(found.instance, {}, found.condition) == (found.left, found.right)


def test_functions_and_maxima() -> None:
    sigma = Activation("sigma", nonincreasing=True)
    found = refuted(sigma(max_pool2d(X, 2)), max_pool2d(sigma(X), 2), [m >= 2, n >= 2])
    assert second_opinion(found.instance, dict(found.index), None) == (found.left, found.right)


def test_what_is_beyond_the_kernel_has_no_second_opinion() -> None:
    for found in (refuted(gradient(ScalarField("L")(v), v), v), refuted(tanh(v), v)):
        assert second_opinion(found.instance, dict(found.index), None) is None
        assert found.replay() == (found.left, found.right)


def test_a_disagreement_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    found = refuted(conv2d(X, W, padding=floor(k / 2)), conv2d(X, 2 * W, padding=floor(k / 2)))
    monkeypatch.setattr(counterexample, "second_opinion", lambda *_: (Fraction(1), Fraction(1)))
    with pytest.raises(Rejected, match="account of terms"):
        found.replay()


def test_an_index_out_of_range_is_rejected() -> None:
    found = refuted(v, 2 * v)
    with pytest.raises(Rejected, match="out of range"):
        replace(found, index=(("i", 9),)).replay()
