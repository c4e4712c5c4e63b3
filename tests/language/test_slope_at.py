"""Derivatives by what is computed: it is said what a quantity is a function of."""

import numpy as np
import pytest
from sympy import Dummy, Expr, Rational, Sum

from symcnn import Activation, Identity, Partial, Refuted, ScalarField, Tensor, decide, gradient, lambdify, prove, sizes
from symcnn.errors import LanguageError
from symcnn.language.fields import slope_at
from symcnn.theorem import Theorem

d, h = sizes("d h")
W, x, b, t = Tensor("W", (h, d)), Tensor("x", (d,)), Tensor("b", (h,)), Tensor("t", (h,))
sigma = Activation("sigma", differentiable=True)
z = (W @ x + b).named("z")
a = sigma(z).named("a")


def cost(scores: Tensor) -> Expr:
    """1/2 |sigma(z) - t|^2 as a function of z"""
    i = Dummy("i", integer=True)
    return Rational(1, 2) * Sum((sigma(scores[i]) - t[i]) ** 2, (i, 1, h))


def slopes(at: Tensor) -> Tensor:
    return Tensor.define((h,), lambda i: slope_at(cost, at, (i,)))


def error(i: Expr) -> Expr:
    return (sigma(z[i]) - t[i]) * sigma.derivative(z[i])


def test_everything_computed_from_it_varies_with_it() -> None:
    prove(Identity(slopes(z), Tensor.define((h,), error)))


def test_what_it_is_computed_from_does_not() -> None:
    """By a, which is sigma(z), the cost has another derivative than by z"""
    i = Dummy("i", integer=True)
    by_output = Tensor.define(
        (h,), lambda j: slope_at(lambda v: Rational(1, 2) * Sum((v[i] - t[i]) ** 2, (i, 1, h)), a, (j,))
    )
    prove(Identity(by_output, Tensor.define((h,), lambda i: a[i] - t[i])))
    assert isinstance(decide(Identity(by_output, slopes(z))), Refuted)


def test_the_chain_rule_goes_through_it() -> None:
    k = Dummy("k", integer=True)
    by_weights = Tensor.define((h, d), lambda i, j: Partial(cost(z), W[i, j]))
    through = Tensor.define((h, d), lambda i, j: Sum(slope_at(cost, z, (k,)) * Partial(z[k], W[i, j]), (k, 1, h)))
    prove(Identity(by_weights, through))
    wrong = Tensor.define((h, d), lambda i, j: slope_at(cost, z, (i,)) * W[i, j])
    assert isinstance(decide(Identity(by_weights, wrong)), Refuted)


def test_of_a_field_it_is_the_gradient() -> None:
    loss = ScalarField("L")
    prove(Identity(Tensor.define((h,), lambda i: slope_at(loss, a, (i,))), gradient(loss, at=a)))


def test_a_leaf_varies_as_with_partial() -> None:
    score = Tensor("s", (h,))
    by_leaf = Tensor.define((h,), lambda i: Partial(cost(score), score[i]))
    prove(Identity(slopes(score), by_leaf))


def test_a_name_of_the_user_is_never_taken() -> None:
    """What varies has a name of its own, also where the same is differentiated twice"""
    twice = Tensor.define((h,), lambda i: slope_at(cost, z, (i,)) + slope_at(cost, z, (i,)))
    theorem: Theorem = prove(Identity(twice, Tensor.define((h,), lambda i: 2 * error(i))))
    assert [leaf.name for leaf in theorem.claim.leaves if leaf.name.startswith("varied")] == []


def test_it_is_taken_at_a_tensor_with_a_name() -> None:
    with pytest.raises(LanguageError, match="a tensor with a name"):
        slope_at(cost, W @ x + b, (1,))


def test_the_numbers_agree() -> None:
    theorem = prove(Identity(slopes(z), Tensor.define((h,), error)))
    assert theorem.verify_numerically(seed=0).largest_error < 1e-6
    rng = np.random.default_rng(0)
    given = {"W": rng.normal(size=(3, 2)), "x": rng.normal(size=2), "b": rng.normal(size=3), "t": rng.normal(size=3)}
    found = lambdify(slopes(z))(**given, sigma=np.tanh)
    scores = given["W"] @ given["x"] + given["b"]
    expected = (np.tanh(scores) - given["t"]) * (1 - np.tanh(scores) ** 2)
    np.testing.assert_allclose(found, expected, atol=1e-8)
