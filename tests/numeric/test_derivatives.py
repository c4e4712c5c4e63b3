"""Jacobians, gradients and single partial derivatives of generated functions against formulas written by hand."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from sympy import Sum

from symcnn.errors import NameClash, ShapeError
from symcnn.language.activations import Activation, leaky_relu, relu
from symcnn.language.fields import Partial, ScalarField
from symcnn.language.maxima import IndexedMax
from symcnn.language.symbols import Iverson, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.calculus import diag, gradient, identity_matrix, jacobian, outer
from symcnn.layers.convolution import conv2d
from symcnn.layers.pooling import max_pool2d
from symcnn.numeric import lambdify

Array = np.ndarray[Any, Any]
m, n, k, a, b = sizes("m n k a b")
A, x, c, X = Tensor("A", (m, n)), Tensor("x", (n,)), Tensor("c", (m,)), Tensor("X", (m, n))
phi, L = Activation("phi", differentiable=True), ScalarField("L")
rng = np.random.default_rng(8)
MATRIX, VECTOR, BIAS = rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal(3)
KNOWN = {"A": MATRIX, "x": VECTOR, "c": BIAS}
Z = MATRIX @ VECTOR + BIAS


def of(tensor: Any, **arguments: Any) -> Array:
    function = lambdify(tensor)
    known = {**KNOWN, **arguments}
    return function(**{name: known[name] for name in function.accepted if name in known})


def close(found: Array, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-8)


def slope(t: Array) -> Array:
    return 1 - np.tanh(t) ** 2


def quadratic(y: Array) -> Any:
    return np.sum(y**2) + y.ravel()[0]


def quadratic_gradient(y: Array) -> Array:
    found = 2 * y
    found.ravel()[0] += 1
    return found


def test_the_jacobian_of_a_layer() -> None:
    close(of(jacobian(phi(A @ x + c), x), phi=np.tanh), slope(Z)[:, None] * MATRIX)
    close(of(jacobian(phi(A @ x + c), c), phi=np.tanh), np.diag(slope(Z)))
    expected = np.einsum("i,ip,q->ipq", slope(Z), np.eye(3), VECTOR)
    close(of(jacobian(phi(A @ x + c), A), phi=np.tanh), expected)


def test_rows_are_outputs_and_columns_inputs() -> None:
    assert lambdify(jacobian(A @ x, x)).parameters == ("A", "x")
    close(of(jacobian(A @ x, x)), MATRIX)
    close(of(jacobian(A.T, A)), np.einsum("jp,iq->ijpq", np.eye(3), np.eye(4)))


def test_gradients_have_the_shape_of_what_they_are_taken_by() -> None:
    close(of(gradient(L(phi(A @ x + c)), A), phi=np.tanh, L=quadratic),
          np.outer(slope(Z) * quadratic_gradient(np.tanh(Z)), VECTOR))  # fmt: skip
    close(of(gradient(L(phi(A @ x)), x), phi=np.sin, L=quadratic),
          MATRIX.T @ (np.cos(MATRIX @ VECTOR) * quadratic_gradient(np.sin(MATRIX @ VECTOR))))  # fmt: skip
    close(of(gradient(Sum(x[a] ** 3, (a, 1, n)), x)), 3 * VECTOR**2)
    close(of(gradient(L, at=A), L=quadratic), quadratic_gradient(MATRIX.copy()))


def test_the_factors_of_backpropagation() -> None:
    z = A @ x + c
    right = diag(phi.derivative(z)) @ outer(gradient(L, at=phi(z)), x)
    expected = np.outer(slope(Z) * quadratic_gradient(np.tanh(Z)), VECTOR)
    close(of(right, phi=np.tanh, L=quadratic), expected)
    close(of(right, phi=np.tanh, phi_prime=slope, L=quadratic), expected)
    close(of(identity_matrix(m) @ A), MATRIX)


def test_scalar_fields_are_functions_of_whole_arrays() -> None:
    function = lambdify(L(X))
    assert function.parameters == ("X", "L")
    assert float(function(X=MATRIX, L=np.sum)) == pytest.approx(np.sum(MATRIX))
    assert not function.differs
    with pytest.raises(ShapeError, match=r"L is a number for a whole array, not an array of the shape \(3, 4\)"):
        function(X=MATRIX, L=np.tanh)
    with pytest.raises(TypeError, match="L is a function of arrays"):
        function(X=MATRIX, L=3)
    with pytest.raises(TypeError, match="called without L"):
        function(X=MATRIX)
    with pytest.raises(NameClash, match="called L"):
        lambdify(L(Tensor("L", (n,))))


def test_partial_derivatives_by_one_entry() -> None:
    close(of(Partial(Sum(x[a] ** 2 * x[a + 1], (a, 1, n - 1)), x[2])), VECTOR[0] ** 2 + 2 * VECTOR[1] * VECTOR[2])
    close(of(Tensor.define((n,), lambda i: Partial(x[i] * x[1], x[i]))), VECTOR[0] * (1 + (np.arange(4) == 0)))
    close(of(Partial(c[1] * x[1], c[2])), 0)
    close(of(Partial(x[1] * x[2], Tensor("w", (n,))[1]), w=VECTOR), 0)


def test_everything_that_is_computed_from_the_leaf_varies() -> None:
    square = Tensor.define((n,), lambda i: x[i] ** 2, name="square")
    sums = Tensor.define((n,), lambda i: Sum(square[a], (a, 1, i)) * Sum(A[a, i], (a, 1, m)), name="sums")
    expected = np.tril(np.ones((4, 4))) * 2 * VECTOR * MATRIX.sum(axis=0)[:, None]
    close(of(jacobian(sums, x)), expected)
    source = lambdify(jacobian(sums, x)).source
    assert source.index("def sums_of_x(x, ") < source.index("def jacobian(")


def test_what_does_not_depend_on_the_leaf_is_computed_once() -> None:
    product_ = A @ Tensor("B", (n, k))
    function = lambdify(gradient(L(Tensor.define((k,), lambda i: product_[1, i] * c[1])), c))
    inside, outside = function.source.split("def gradient(")
    assert "np.sum" in outside
    assert "np.sum" not in inside
    found = function(A=MATRIX, B=np.ones((4, 2)), c=BIAS, L=np.sum)
    close(found, [2 * MATRIX[0].sum(), 0, 0])


def test_derivatives_in_sums_and_beside_brackets() -> None:
    divergence = Sum(Partial(x[a] ** 2 * x[1], x[a]), (a, 1, n))
    close(of(divergence), 2 * VECTOR[0] * VECTOR.sum() + VECTOR[0] ** 2)
    shifted = Tensor.define((n,), lambda i: Iverson(i >= 2) * Partial(x[i - 1] ** 2, x[i - 1]))
    close(of(shifted), [0, *(2 * VECTOR[:-1])])
    prefix = Tensor.define((n,), lambda i: Sum(Partial(x[a] * x[i], x[a]), (a, 1, i)))
    close(of(prefix), (np.arange(4) + 1) * VECTOR + VECTOR)
    with pytest.raises(IndexError, match=r"x\[0\] is out of range"):
        of(Tensor.define((n,), lambda i: Partial(x[1], x[i - 1])))


def test_second_derivatives() -> None:
    cubic = Sum(x[a] ** 2 * x[1], (a, 1, n))
    hessian = np.diag(np.full(4, 2 * VECTOR[0]))
    hessian[0] += 2 * VECTOR
    hessian[:, 0] += 2 * VECTOR
    np.testing.assert_allclose(of(jacobian(gradient(cubic, x), x)), hessian, atol=1e-7)


def naive_conv2d(image: Array, kernel: Array, step: int, border: int) -> Array:
    padded, (rows, columns) = np.pad(image, border), kernel.shape
    spots = [range(0, size - window + 1, step) for size, window in zip(padded.shape, kernel.shape, strict=True)]
    return np.array([[np.sum(padded[i : i + rows, j : j + columns] * kernel) for j in spots[1]] for i in spots[0]])


def test_the_vector_jacobian_products_of_convolution() -> None:
    image, kernel, step, border = rng.standard_normal((5, 4)), rng.standard_normal((3, 2)), 2, 1
    W = Tensor("W", (k, b))
    loss = L(conv2d(X, W, stride=step, padding=border))
    arguments = {"X": image, "W": kernel, "L": quadratic}
    back = quadratic_gradient(naive_conv2d(image, kernel, step, border))
    by_kernel, by_image, padded = np.zeros((3, 2)), np.zeros((7, 6)), np.pad(image, border)
    for i, j in product(*map(range, back.shape)):
        window = (slice(i * step, i * step + 3), slice(j * step, j * step + 2))
        by_kernel += back[i, j] * padded[window]
        by_image[window] += back[i, j] * kernel
    close(of(gradient(loss, W), **arguments), by_kernel)
    close(of(gradient(loss, X), **arguments), by_image[1:-1, 1:-1])


def test_the_gradient_of_max_pooling_goes_to_the_largest_entry() -> None:
    image = rng.standard_normal((5, 6))
    found = of(gradient(L(max_pool2d(X, k)), X), X=image, k=2, L=lambda y: np.sum(y * np.arange(1, 7).reshape(2, 3)))
    expected = np.zeros((5, 6))
    for i, j in product(range(2), range(3)):
        window = image[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        row, column = np.unravel_index(np.argmax(window), window.shape)
        expected[2 * i + row, 2 * j + column] = 3 * i + j + 1
    close(found, expected)


def test_maxima_and_activations_with_kinks() -> None:
    close(of(jacobian(relu(A @ x + c), x)), (Z > 0)[:, None] * MATRIX)
    close(of(jacobian(leaky_relu(A @ x + c), x)), np.where(Z > 0, 1, 0.01)[:, None] * MATRIX)
    largest = IndexedMax(x[a] ** 2, (a, 1, n))
    place = np.argmax(VECTOR**2)
    close(of(gradient(largest, x)), 2 * VECTOR * (np.arange(4) == place))


def test_an_origin_of_0() -> None:
    zero = Tensor("x", (n,), origin=0)
    close(of(jacobian(Tensor.define((n,), lambda i: zero[i] ** 2 * zero[0]), zero)),
          np.diag(2 * VECTOR * VECTOR[0]) + np.outer(VECTOR**2, np.arange(4) == 0))  # fmt: skip


def test_the_source_runs_as_it_stands() -> None:
    function, space = lambdify(jacobian(phi(A @ x + c), x)), dict[str, Any]()
    exec(function.source, space)
    assert function.source == SOURCE
    found = space["jacobian"](MATRIX, VECTOR, BIAS, np.tanh, 3, 4)
    np.testing.assert_array_equal(found, function(**KNOWN, phi=np.tanh))


SOURCE = """\
import numpy as np

from symcnn.numeric.arrays import Entries, span
from symcnn.numeric.differences import central_difference


def phi_of_x(x, A, c, i, m, n, phi):
    i_2 = np.arange(1, m + 1)
    k = np.arange(1, n + 1).reshape(-1, 1)
    matmul = Entries.over('matmul(A, x)', (m,), lambda: np.sum(x[k]*A[i_2, k], axis=-2))
    return phi(c[i] + matmul[i])


def jacobian(A, x, c, phi, m, n):
    A = Entries('A', A)
    x = Entries('x', x)
    c = Entries('c', c)
    i = np.arange(1, m + 1).reshape(-1, 1)
    j = np.arange(1, n + 1)
    jacobian = Entries.over(
        'jacobian(phi(plus(matmul(A, x), c)), x)',
        (m, n),
        lambda: central_difference(lambda x: phi_of_x(x, A, c, i, m, n, phi), x, j),
    )
    return jacobian.array
"""


def test_names_of_leaves_and_functions_are_kept_apart() -> None:
    other = Tensor("phi_of_x", (n,))
    found = of(jacobian(phi(x * other), x), phi_of_x=np.arange(4.0), phi=np.sin)
    close(found, np.diag(np.cos(VECTOR * np.arange(4)) * np.arange(4)))
    lambda_ = Tensor("lambda", (n,))
    close(of(jacobian(lambda_ * lambda_, lambda_), **{"lambda": VECTOR}), np.diag(2 * VECTOR))
