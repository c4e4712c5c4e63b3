"""Statements with functions, maxima, derivatives and layers on random instances: true ones agree, false ones do not."""

import numpy as np
import pytest
from sympy import Eq, Max, Min, Sum

from symcnn.errors import NumericMismatch, Vacuous
from symcnn.kernel.value import holds
from symcnn.language.activations import Activation, exp, leaky_relu, relu, sigmoid, softplus, tanh
from symcnn.language.depth import LayerRecursion, LayerSizes, LayerTensor
from symcnn.language.fields import Partial, ScalarField
from symcnn.language.identity import Identity
from symcnn.language.maxima import IndexedMax
from symcnn.language.statement import statement_of
from symcnn.language.symbols import Iverson, Nonzero, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.algebra import transpose
from symcnn.layers.calculus import diag, gradient, identity_matrix, jacobian, outer
from symcnn.layers.convolution import conv2d
from symcnn.layers.pooling import avg_pool2d, max_pool2d
from symcnn.numeric import verify_numerically
from symcnn.numeric.instances import random_instance, satisfies

m, n, C, k, s, p, a, l, L = sizes("m n C k s p a l L")  # noqa: E741
X, W, x, c = Tensor("X", (C, m, n)), Tensor("W", (m, n)), Tensor("x", (n,)), Tensor("c", (m,))
square = Tensor("S", (n, n))
up, down, any_ = Activation("f", nondecreasing=True), Activation("f", nonincreasing=True), Activation("f")
phi, loss = Activation("phi", differentiable=True), ScalarField("loss")
z = W @ x + c
GIVEN = [p >= 0, 2 * p <= k, m + 2 * p >= k, n + 2 * p >= k]

widths = LayerSizes("w")
A = LayerTensor("A", lambda k: (widths[k], widths[k - 1]))
b = LayerTensor("b", lambda k: (widths[k],))
v = Tensor("v", (widths[l],))
y = LayerRecursion("y", l, v, lambda k, before: phi(A[k] @ before + b[k]), lambda k: (widths[k],))
J = LayerRecursion(
    "J",
    l,
    identity_matrix(widths[l]),
    lambda k, before: diag(phi.derivative(A[k] @ y[k - 1] + b[k])) @ A[k] @ before,
    lambda k: (widths[k], widths[l]),
)


def pooled(activation: Activation) -> Identity:
    left = activation(max_pool2d(X, k, stride=s, padding=p))
    return Identity(left, max_pool2d(activation(X), k, stride=s, padding=p), GIVEN)


def entrywise(formula: object) -> Tensor:
    return Tensor.define((n,), lambda i: formula(x[i]))  # type: ignore[operator]


TRUE = {
    "nondecreasing functions commute with max pooling": pooled(up),
    "relu commutes with max pooling": pooled(relu),
    "a nonincreasing one turns a maximum into a minimum": Identity(
        down(Max(x[1], x[n])), Min(down(x[1]), down(x[n]))
    ),
    "affine functions commute with average pooling": Identity(avg_pool2d(2 * X + 1, k), 2 * avg_pool2d(X, k) + 1),
    "odd": Identity(Activation("f", odd=True)(-x), -Activation("f", odd=True)(x)),
    "even": Identity(Activation("f", even=True)(-x), Activation("f", even=True)(x)),
    "fixes zero": Identity(Activation("f", fixes_zero=True)(x[1] - x[1]), 0),
    "positively homogeneous": Identity(
        Activation("f", positively_homogeneous=True)(3 * x), 3 * Activation("f", positively_homogeneous=True)(x)
    ),
    "nonnegative": Identity(Max(Activation("f", nonnegative=True)(x[1]), 0), Activation("f", nonnegative=True)(x[1])),
    "positive": Identity(
        Activation("f", positive=True)(x[1]) / Activation("f", positive=True)(x[1]), 1, [Nonzero(x[1])]
    ),
    "relu": Identity(relu(x), entrywise(lambda t: Iverson(t > 0) * t)),
    "leaky relu": Identity(leaky_relu(x), entrywise(lambda t: Max(t, t / 100))),
    "sigmoid": Identity(sigmoid(x) + sigmoid(-x), entrywise(lambda t: 1)),
    "tanh": Identity(tanh(x), 2 * sigmoid(2 * x) - 1),
    "softplus": Identity(softplus(x) - softplus(-x), x),
    "exp": Identity(exp(x[1] + x[n]), exp(x[1]) * exp(x[n])),
    "softplus'": Identity(softplus.derivative(x), sigmoid(x)),
    "a hypothesis about entries": Identity(Max(x[1], x[n]), x[n], [x[1] <= x[n]]),
    "equal entries": Identity(x[1] * x[n], x[1] ** 2, [Eq(x[1], x[n])]),
    "a hypothesis about values": Identity(relu(x[1]), x[1], [relu(x[1]) > 0]),
    "maxima of maxima": Identity(
        IndexedMax(IndexedMax(W[a, k], (a, 1, m)), (k, 1, n)), IndexedMax(IndexedMax(W[a, k], (k, 1, n)), (a, 1, m))
    ),
    "layer": Identity(jacobian(phi(z), x), diag(phi.derivative(z)) @ W),
    "layer of relu": Identity(jacobian(relu(z), x), diag(relu.derivative(z)) @ W),
    "layer of sigmoid": Identity(jacobian(sigmoid(z), x), diag(sigmoid(z) - sigmoid(z) * sigmoid(z)) @ W),
    "weights": Identity(gradient(loss(phi(z)), W), diag(phi.derivative(z)) @ outer(gradient(loss, at=phi(z)), x)),
    "convolution by its kernel": Identity(
        gradient(loss(conv2d(W, Tensor("K", (1, 1)))), Tensor("K", (1, 1))),
        Tensor.define((1, 1), lambda i, j: Sum(W[a, k] * gradient(loss, at=W * Tensor("K", (1, 1))[1, 1])[a, k],
                                               (a, 1, m), (k, 1, n))),
    ),
    "hessians are symmetric": Identity(
        jacobian(gradient(loss(phi(x)), x), x), transpose(jacobian(gradient(loss(phi(x)), x), x))
    ),
    "networks": Identity(jacobian(y[L], v), J[L], [l <= L - 1]),
    "last layer": Identity(jacobian(A[L] @ y[L - 1] + b[L], v), A[L] @ J[L - 1], [l <= L - 1]),
    "sums over layers": Identity(Sum(b[k][1], (k, l, L)), b[l][1] + Sum(b[k][1], (k, l + 1, L)), [l <= L]),
}  # fmt: skip

FALSE = {
    "a nonincreasing function before max pooling": pooled(down),
    "any function before max pooling": pooled(any_),
    "a nondecreasing function before average pooling": Identity(up(avg_pool2d(X, k)), avg_pool2d(up(X), k)),
    "relu before average pooling": Identity(relu(avg_pool2d(X, k)), avg_pool2d(relu(X), k)),
    "max pooling is linear": Identity(max_pool2d(X + X * X, k), max_pool2d(X, k) + max_pool2d(X * X, k)),
    "the padding of max pooling are zeros": Identity(
        max_pool2d(X, 3, stride=1, padding=1), max_pool2d(relu(X), 3, stride=1, padding=1)
    ),
    "odd but even": Identity(Activation("f", odd=True)(-x), Activation("f", odd=True)(x)),
    "functions are additive": Identity(any_(x + x), any_(x) + any_(x)),
    "homogeneous functions are odd": Identity(
        Activation("f", positively_homogeneous=True)(-x), -Activation("f", positively_homogeneous=True)(x)
    ),
    "without diag": Identity(jacobian(phi(W @ x), x), W),
    "diag on the other side": Identity(jacobian(phi(square @ x), x), square @ diag(phi.derivative(square @ x))),
    "transposed": Identity(jacobian(square @ x, x), transpose(square)),
    "transposed with functions": Identity(
        jacobian(phi(square @ x), x), transpose(diag(phi.derivative(square @ x)) @ square)
    ),
    "outer product the wrong way round": Identity(
        gradient(loss(square @ x), square), outer(x, gradient(loss, at=square @ x))
    ),
    "another layer": Identity(jacobian(A[L] @ y[L - 1] + b[L], v), A[L] @ J[L - 1] + A[L] @ J[L - 1], [l <= L - 1]),
    "the derivative at another point": Identity(jacobian(phi(x), x), diag(phi.derivative(2 * x))),
    "first and last": Identity(Sum(b[k][1], (k, l, L)), Sum(b[k][1], (k, l, L - 1)), [l <= L]),
    "relu' of relu": Identity(relu.derivative(x), relu(x)),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_statements_agree(name: str) -> None:
    report = verify_numerically(TRUE[name], samples=8, seed=3)
    assert report.samples == 8
    assert report.largest_error < 1e-7


@pytest.mark.parametrize("name", FALSE)
@pytest.mark.parametrize("seed", [0, 1])
def test_false_statements_do_not(name: str, seed: int) -> None:
    with pytest.raises(NumericMismatch):
        verify_numerically(FALSE[name], seed=seed)


def test_a_mismatch_names_the_functions_so_that_it_can_be_computed_again() -> None:
    message = r"C = \d, m = \d, n = \d, k = \d+, f\(t\) = [^:]*t[^:]*: at \[\d, \d, \d\] the left one is"
    with pytest.raises(NumericMismatch, match=message):
        verify_numerically(FALSE["a nondecreasing function before average pooling"])
    with pytest.raises(NumericMismatch, match=r"n = \d, loss\(y\) = sin\(sum_k cos\(\S+ k \+ \S+\) y_k\) .*: at"):
        verify_numerically(FALSE["outer product the wrong way round"])
    with pytest.raises(NumericMismatch, match=r"l = \d, L = \d+, w = \{\d: \d, .*\}, phi\(t\) = .*: at"):
        verify_numerically(FALSE["another layer"])


def test_the_seed_decides() -> None:
    statement = TRUE["networks"]
    assert verify_numerically(statement, 4, seed=1) == verify_numerically(statement, 4, seed=1)
    assert verify_numerically(statement, 4, seed=1).sizes != verify_numerically(statement, 4, seed=2).sizes


def test_the_depth_of_networks_varies() -> None:
    report = verify_numerically(Identity(y[L], y[L], [l <= L - 1]), samples=30)
    depths = {dict(each)["L"] - dict(each)["l"] for each in report.sizes}
    assert {1, 2, 3, 4, 5, 6} <= depths
    assert min(depths) == 1


def test_derivatives_are_compared_with_a_tolerance_of_their_own() -> None:
    almost = Identity(jacobian(square @ x, x), square * (1 + 1e-6))
    assert 1e-7 < verify_numerically(almost).largest_error < 1e-5
    with pytest.raises(NumericMismatch):
        verify_numerically(almost, tolerance=1e-8)
    with pytest.raises(NumericMismatch):
        verify_numerically(Identity(square, square * (1 + 1e-6)))


def test_instances_satisfy_hypotheses_about_widths_functions_and_entries() -> None:
    given = [widths[l] >= 2, Eq(widths[l - 1], m), up(x[1]) < up(x[n]), relu(x[1]) <= 1]
    statement = Identity(up(x) * A[l][1, 1] * m, up(x) * A[l][1, 1] * m, given)
    claim = statement_of(statement).claim
    generator = np.random.default_rng(0)
    for _ in range(10):
        instance = random_instance(claim, generator)
        known, layer = instance.widths["w"], instance.sizes["l"]
        f, at = instance.functions["f"], instance.arrays["x"]
        assert known(layer) >= 2
        assert known(layer - 1) == instance.sizes["m"]
        assert f(at[0]) < f(at[-1])
        assert at[0] <= 1
        assert instance.arrays["A"](layer).shape == (known(layer), instance.sizes["m"])
        assert satisfies(instance, claim)


def test_hypotheses_about_derivatives_and_scalar_fields() -> None:
    given = [loss(x) > 0, Partial(x[1] ** 2, x[1]) <= 1]
    verify_numerically(Identity(Max(loss(x), 0) + Max(x[1], 1), loss(x) + 1, given), samples=6)
    with pytest.raises(NumericMismatch):
        verify_numerically(Identity(Max(loss(x), 0), loss(x)))
    with pytest.raises(Vacuous, match="no instances were found"):
        verify_numerically(Identity(x, x, [loss(x) < loss(x)]))


def test_hypotheses_that_nothing_satisfies() -> None:
    with pytest.raises(Vacuous):
        verify_numerically(Identity(x, x, [x[1] < x[1] - 1]))
    with pytest.raises(Vacuous):
        verify_numerically(Identity(any_(x), any_(x), [any_(x[1]) < any_(x[1])]))


def test_widths_are_the_same_whenever_they_are_asked_for() -> None:
    claim = statement_of(Identity(y[L], y[L], [l <= L - 1])).claim
    instance = random_instance(claim, np.random.default_rng(1))
    sequence, arrays = instance.widths["w"], instance.arrays["A"]
    assert [sequence(3), sequence(2), sequence(3)] == [sequence(3), sequence(2), sequence(3)]
    np.testing.assert_array_equal(arrays(3), arrays(3))
    assert arrays(3).shape == (sequence(3), sequence(2))
    assert all(holds(each, instance.sizes, {}) for each in claim.hypotheses)
