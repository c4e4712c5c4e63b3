"""A theorem as a user holds it."""

from __future__ import annotations

import numpy as np
import pytest

from symcnn import Identity, Tensor, Theorem, conv2d, prove, sizes
from symcnn.errors import NumericMismatch
from symcnn.kernel import KernelTheorem, decode, replay
from symcnn.language.statement import statement_of

m, n = sizes("m n")
X = Tensor("X", (m, n))
W = Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]])
Y = Tensor.define((m, n), lambda i, j: X.at(i + 1, j, outside=0) - X[i, j])


@pytest.fixture(scope="module")
def theorem() -> Theorem:
    return prove(Identity(conv2d(X, W, padding=1), Y), name="difference")


def test_what_it_holds(theorem: Theorem) -> None:
    assert (theorem.name, theorem.statement.rhs) == ("difference", Y)
    assert isinstance(theorem.replay(), KernelTheorem)
    assert replay(*decode(theorem.to_json())).claim == theorem.claim
    assert replay(theorem.claim, theorem.proof).proof == theorem.proof
    assert "difference" in repr(theorem)


def test_numpy_functions(theorem: Theorem) -> None:
    image = np.arange(12.0).reshape(3, 4)
    below = np.vstack([image[1:], np.zeros((1, 4))])
    for function in theorem.numpy_functions():
        np.testing.assert_array_equal(function(X=image), below - image)


def test_numbers(theorem: Theorem) -> None:
    report = theorem.verify_numerically(samples=7, seed=3)
    assert (report.samples, report.seed) == (7, 3)
    assert report.largest_error < 1e-12


def test_a_statement_that_does_not_say_what_it_should_is_noticed(theorem: Theorem) -> None:
    false = statement_of(Identity(conv2d(X, W, padding=1), X))
    with pytest.raises(NumericMismatch):
        Theorem(false, theorem.accepted).verify_numerically(seed=0)


def test_notebooks_show_it(theorem: Theorem) -> None:
    shown = [theorem._repr_latex_(), theorem.statement._repr_latex_(), X._repr_latex_(), W._repr_latex_()]
    assert all(text.startswith("$") and text.endswith("$") for text in shown)
    assert r"\mathbb{R}^{m \times n}" in shown[2]
    assert r"\begin{bmatrix}" in shown[3]
    assert r"\begin{aligned}" in theorem.derivation()._repr_latex_()
