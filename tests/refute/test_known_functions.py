"""Refutation of statements with exp, sigmoid, tanh and softplus; what is true, or not certain, is not refuted."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from looking import SECONDS, has_no_instance, holds_wherever_it_was_looked_at
from sympy import Eq, Max, Sum

from symcnn.kernel import Rejected
from symcnn.language.activations import Activation, exp, relu, sigmoid, softplus, tanh
from symcnn.language.fields import Partial, ScalarField
from symcnn.language.identity import Identity
from symcnn.language.maxima import IndexedMax
from symcnn.language.statement import statement_of
from symcnn.language.symbols import Nonzero, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.calculus import diag, gradient, jacobian
from symcnn.layers.pooling import avg_pool2d, max_pool2d
from symcnn.refute import Counterexample, refute
from symcnn.refute.intervals import Unclear, certainly_less, disjoint

a, m, n = sizes("a m n")
v, w = Tensor("v", (n,)), Tensor("w", (n,))
A, image = Tensor("A", (m, n)), Tensor("X", (m, n))
L = ScalarField("L")


def looked(left: Any, right: Any, given: Any = ()) -> Counterexample | None:
    return refute(statement_of(Identity(left, right, given)).claim, SECONDS)


def of(scalar: Any) -> Any:
    """The tensor of these entries"""
    return Tensor.define((n,), scalar)


def softmax(sign: int) -> Any:
    return of(lambda i: exp(v[i]) / Sum(exp(sign * v[a]), (a, 1, n)))


def swish(x: Any) -> Any:
    return x * sigmoid(x)


def unknown(**facts: bool) -> Activation:
    return Activation("f", **facts)


FALSE = {
    "sigmoid of a sum": (sigmoid(v + w), sigmoid(v) + sigmoid(w)),
    "tanh of a multiple": (tanh(2 * v), 2 * tanh(v)),
    "exp of a sum": (exp(v + w), exp(v) + exp(w)),
    "exp of a product": (of(lambda i: exp(v[i] * w[i])), of(lambda i: exp(v[i]) * exp(w[i]))),
    "softplus is relu": (softplus(v), relu(v)),
    "a tangent": (exp(v), v + 1),
    "sigmoid is odd": (sigmoid(-v), -sigmoid(v)),
    "tanh is sigmoid": (tanh(v), 2 * sigmoid(2 * v)),
    "slope of tanh without the square": (tanh.derivative(v), of(lambda i: 1 - tanh(v[i]))),
    "slope of sigmoid": (sigmoid.derivative(v), of(lambda i: sigmoid(v[i]) ** 2)),
    "slope of softplus": (softplus.derivative(v), of(lambda i: 1 / (1 + exp(v[i])))),
    "second slope of tanh": (tanh.derivative.derivative(v), of(lambda i: -2 * tanh(v[i]))),
    "slope of exp of a multiple": (Partial(exp(2 * v[1]), v[1]), exp(2 * v[1])),
    "swish is increasing": (Max(swish(v[1]), swish(v[2])), swish(Max(v[1], v[2])), [n >= 2]),
    "slope of swish": (Partial(swish(v[1]), v[1]), sigmoid(v[1]) + sigmoid.derivative(v[1])),
    "softmax with a wrong sign": (softmax(1), softmax(-1)),
    "the sum of exponentials": (Sum(exp(v[a]), (a, 1, n)), exp(Sum(v[a], (a, 1, n)))),
    "jacobian of a layer without its slope": (jacobian(sigmoid(A @ v), v), A),
    "jacobian with the slope of the output": (
        jacobian(sigmoid(A @ v), v),
        diag(sigmoid.derivative(sigmoid(A @ v))) @ A,
    ),
    "gradient without the slope": (gradient(L(tanh(v)), v), gradient(L, at=tanh(v))),
    "sigmoid and average pooling": (sigmoid(avg_pool2d(image, 2)), avg_pool2d(sigmoid(image), 2), [m >= 2, n >= 2]),
    "exp of minus and max pooling": (
        exp(-max_pool2d(image, 2)),
        max_pool2d(exp(-image), 2),
        [m >= 2, n >= 2],
    ),
    "what an inequality allows": (v[1], 0, [exp(v[1]) >= 1]),
    "what an equation allows, which holds exactly": (v[2], 0, [n >= 2, Eq(exp(v[1]) + 4 * sigmoid(v[1]), 3)]),
    "bounded, increasing and differentiable is additive": (
        unknown(bounded=True, nondecreasing=True, strictly=True, differentiable=True)(v + w),
        unknown(bounded=True, nondecreasing=True, strictly=True, differentiable=True)(v)
        + unknown(bounded=True, nondecreasing=True, strictly=True, differentiable=True)(w),
    ),
    "positive, decreasing and differentiable has slope -1": (
        unknown(positive=True, nonincreasing=True, strictly=True, differentiable=True).derivative(v),
        of(lambda i: -1),
    ),
    "odd, bounded and differentiable is 0": (unknown(odd=True, bounded=True, differentiable=True)(v), 0 * v),
    "even, bounded and differentiable is constant": (
        unknown(even=True, bounded=True, differentiable=True)(v),
        unknown(even=True, bounded=True, differentiable=True)(w),
    ),
    "positive, increasing and differentiable is not below 1": (
        of(lambda i: Max(1, unknown(positive=True, nondecreasing=True, strictly=True, differentiable=True)(v[i]))),
        unknown(positive=True, nondecreasing=True, strictly=True, differentiable=True)(v),
    ),
}
TRUE = {
    "slope of sigmoid": (sigmoid.derivative(v), of(lambda i: sigmoid(v[i]) * (1 - sigmoid(v[i])))),
    "slope of tanh": (tanh.derivative(v), of(lambda i: 1 - tanh(v[i]) ** 2)),
    "slope of softplus": (softplus.derivative(v), sigmoid(v)),
    "tanh is odd": (tanh(-v), -tanh(v)),
    "tanh by sigmoid": (tanh(v), 2 * sigmoid(2 * v) - 1),
    "the reflection of sigmoid": (sigmoid(-v), 1 - sigmoid(v)),
    "exp of minus": (of(lambda i: exp(v[i]) * exp(-v[i])), of(lambda i: 1)),
    "exp of a sum": (exp(v + w), of(lambda i: exp(v[i]) * exp(w[i]))),
    "sigmoid by exp": (sigmoid(v), of(lambda i: 1 / (1 + exp(-v[i])))),
    "exp is 1 only at 0": (v[1], 0, [Eq(exp(v[1]), 1)]),
    "sigmoid is at least a half from 0 on only": (relu(v[1]), v[1], [2 * sigmoid(v[1]) >= 1]),
    "softmax sums to 1": (Sum(softmax(1)[a], (a, 1, n)), 1),
    "softplus by reflection": (softplus(v), softplus(-v) + v),
    "the largest of exponentials": (IndexedMax(exp(v[a]), (a, 1, n)), exp(IndexedMax(v[a], (a, 1, n)))),
    "tanh and max pooling": (tanh(max_pool2d(image, 2)), max_pool2d(tanh(image), 2), [m >= 2, n >= 2]),
    "jacobian of a layer": (jacobian(sigmoid(A @ v), v), diag(sigmoid.derivative(A @ v)) @ A),
    "two derivatives": (
        Partial(Partial(exp(v[1] * w[1]), v[1]), w[1]),
        (1 + v[1] * w[1]) * exp(v[1] * w[1]),
    ),
    "a bounded function": (
        unknown(odd=True, bounded=True, differentiable=True)(-v),
        -unknown(odd=True, bounded=True, differentiable=True)(v),
    ),
    "a positive function": (
        of(lambda i: Max(0, unknown(positive=True, nondecreasing=True, strictly=True, differentiable=True)(v[i]))),
        unknown(positive=True, nondecreasing=True, strictly=True, differentiable=True)(v),
    ),
}


@pytest.mark.parametrize("case", FALSE.values(), ids=FALSE)
def test_what_is_false_is_refuted(case: Any) -> None:
    found = looked(*case)
    assert found is not None
    assert disjoint(found.left, found.right)
    assert found.replay() == (found.left, found.right)


@pytest.mark.parametrize("case", TRUE.values(), ids=TRUE)
def test_what_is_true_is_not_refuted(case: Any) -> None:
    holds_wherever_it_was_looked_at(statement_of(Identity(*case)).claim)


def test_a_hypothesis_that_is_never_certain_has_no_instance() -> None:
    has_no_instance(statement_of(Identity(v[1], v[1] + 1, [Nonzero(exp(v[1]) * exp(-v[1]) - 1)])).claim)


def test_irrational_sides_are_written_as_decimals() -> None:
    assert str(looked(*FALSE["gradient without the slope"])) == (
        "n = 1\nL(u) = u[1]\nv = [1]\nat i = 1 the left side is 0.4199743416..., the right side is 1"
    )
    bounded = FALSE["bounded, increasing and differentiable is additive"]
    assert "f(x) = sigmoid(x)" in str(looked(*bounded))


def test_an_inequality_is_refuted_where_the_left_side_is_certainly_larger() -> None:
    claim = statement_of(Identity(exp(v), v + 1)).claim
    holds_wherever_it_was_looked_at(replace(claim, left=claim.right, right=claim.left, relation="<="))
    found = refute(replace(claim, relation="<="), SECONDS)
    assert found is not None
    assert certainly_less(found.right, found.left)
    with pytest.raises(Rejected, match="holds here"):
        replace(found, tensors=(("v", (Fraction(0),) * len(dict(found.tensors)["v"])),)).replay()


def test_what_is_not_certain_shows_nothing() -> None:
    found = looked(*FALSE["what an inequality allows"])
    assert found is not None
    one = statement_of(Identity(v[1], 0, [exp(v[1]) * exp(-v[1]) >= 1])).claim
    with pytest.raises(Unclear):
        replace(found, claim=one).replay()
    holds_wherever_it_was_looked_at(one)
