"""True identities of derivatives, of networks of symbolic depth, and from assumptions about all tensors."""

import pytest
from sympy import Sum
from truths import Truths, check_proved

from symcnn import (
    Activation,
    ForAll,
    Identity,
    LayerIndex,
    LayerRecursion,
    LayerSizes,
    LayerTensor,
    Nonzero,
    Partial,
    ScalarField,
    Tensor,
    conv2d,
    diag,
    exp,
    gradient,
    identity_matrix,
    jacobian,
    outer,
    relu,
    sigmoid,
    sizes,
    softplus,
    tanh,
)

m, n, k, a, c = sizes("m n k a c")
x, y, b = Tensor("x", (n,)), Tensor("y", (m,)), Tensor("b", (m,))
A, B, X = Tensor("A", (m, n)), Tensor("B", (k, m)), Tensor("X", (m, n))
phi, psi, L = Activation("phi", differentiable=True), Activation("psi", differentiable=True), ScalarField("L")
width = LayerSizes("n")
M = LayerTensor("A", lambda layer: (width[layer], width[layer - 1]))
first, last = LayerIndex("l"), LayerIndex("L")
true = Truths()


def _deep_linear():
    start = Tensor("x", (width[first],))
    y = LayerRecursion("y", first, start, lambda layer, u: M[layer] @ u, lambda layer: (width[layer],))
    P = LayerRecursion(
        "P",
        first,
        identity_matrix(width[first]),
        lambda layer, U: M[layer] @ U,
        lambda layer: (width[layer], width[first]),
    )
    return Identity(jacobian(y[last], start), P[last], [first <= last])


def _deep():
    start = Tensor("x", (width[first],))
    y = LayerRecursion("y", first, start, lambda layer, u: phi(M[layer] @ u), lambda layer: (width[layer],))

    def factor(layer, U):
        return diag(phi.derivative(M[layer] @ y[layer - 1])) @ (M[layer] @ U)

    P = LayerRecursion("P", first, identity_matrix(width[first]), factor, lambda layer: (width[layer], width[first]))
    return Identity(jacobian(y[last], start), P[last], [first <= last])


def _one_layer():
    start = Tensor("x", (width[first],))
    y = LayerRecursion("y", first, start, lambda layer, u: M[layer] @ u, lambda layer: (width[layer],))
    return Identity(y[first + 1], M[first + 1] @ start)


def _kernel_of_the_identity():
    W = Tensor("W", (3, 3))
    assumed = ForAll(X, Identity(conv2d(X, W, padding=1), X))
    return Identity(W, Tensor.of([[0, 0, 0], [0, 1, 0], [0, 0, 0]], name="V"), [m >= 2, n >= 2, assumed])


def _kernel_of_one_entry():
    W = Tensor("W", (1, 1))
    return Identity(W, Tensor.of([[2]], name="V"), [ForAll(X, Identity(conv2d(X, W), 2 * X))])


@true
def products():
    return Identity(Partial(x[1] * x[1] * phi(x[1]), x[1]), 2 * x[1] * phi(x[1]) + x[1] ** 2 * phi.derivative(x[1]))


@true
def quotients():
    return Identity(Partial(1 / x[1], x[1]), -1 / x[1] ** 2, [Nonzero(x[1])])


@true
def powers():
    return Identity(Partial(x[1] ** 5, x[1]), 5 * x[1] ** 4)


@true
def functions_of_functions():
    return Identity(Partial(phi(psi(x[1])), x[1]), phi.derivative(psi(x[1])) * psi.derivative(x[1]))


@true
def exp_of_a_multiple():
    return Identity(Partial(exp(2 * x[1]), x[1]), 2 * exp(2 * x[1]))


@true
def tanh_prime():
    return Identity(Partial(tanh(x[1]), x[1]), 1 - tanh(x[1]) ** 2)


@true
def sigmoid_prime():
    return Identity(Partial(sigmoid(x[1]), x[1]), sigmoid(x[1]) * (1 - sigmoid(x[1])))


@true
def softplus_prime():
    return Identity(Partial(softplus(x[1]), x[1]), sigmoid(x[1]))


@true
def relu_right_of_its_kink():
    return Identity(Partial(relu(x[1]), x[1]), 1, [x[1] > 0])


@true
def relu_left_of_its_kink():
    return Identity(Partial(relu(x[1]), x[1]), 0, [x[1] < 0])


@true
def sum_of_squares():
    return Identity(gradient(Sum(x[a] ** 2, (a, 1, n)), x), 2 * x)


@true
def least_squares():
    return Identity(gradient(Sum(((A @ x)[a] - y[a]) ** 2, (a, 1, m)), x), 2 * (A.T @ (A @ x - y)))


@true
def a_linear_map():
    return Identity(jacobian(A @ x, x), A)


@true
def a_matrix_by_itself():
    return Identity(gradient((A @ x)[1], A), outer(Tensor.define((m,), lambda i: identity_matrix(m)[i, 1]), x))


@true
def a_residual_layer():
    return Identity(jacobian(x + phi(x), x), identity_matrix(n) + diag(phi.derivative(x)))


@true
def two_layers():
    return Identity(jacobian(B @ phi(A @ x + b), x), B @ (diag(phi.derivative(A @ x + b)) @ A))


@true
def a_field_of_a_sum():
    return Identity(gradient(L(A @ x + b), b), gradient(L, at=A @ x + b))


@true
def a_field_of_a_product():
    return Identity(gradient(L(A @ x), x), A.T @ gradient(L, at=A @ x))


@true
def what_does_not_depend():
    return Identity(jacobian(phi(b), x), Tensor.define((m, n), lambda i, j: 0))


@true
def instances_may_coincide():
    return Identity(gradient(Sum(x[a] * x[a], (a, 1, n)), x), x + x)


@true
def a_deep_linear_network():
    return _deep_linear()


@true
def a_deep_network_without_biases():
    return _deep()


@true.unproved("a recursion is unfolded only within an induction")
def one_layer_of_a_recursion():
    return _one_layer()


@true
def the_kernel_of_the_identity():
    return _kernel_of_the_identity()


@true
def a_kernel_of_one_entry():
    return _kernel_of_one_entry()


@pytest.mark.parametrize("state", true.cases())
def test_is_proved(state):
    check_proved(state())
