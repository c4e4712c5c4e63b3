"""Networks of symbolic depth as generated functions: sizes, arrays and recursions by layer."""

from typing import Any

import numpy as np
import pytest
from sympy import Sum

from symcnn.errors import NameClash, ShapeError
from symcnn.language.activations import Activation, relu
from symcnn.language.depth import LayerRecursion, LayerSizes, LayerTensor
from symcnn.language.fields import ScalarField
from symcnn.language.symbols import Iverson, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.calculus import gradient, jacobian
from symcnn.numeric import lambdify
from symcnn.numeric.arrays import Entries
from symcnn.numeric.layers import LayerArrays, LayerSteps, by_layer
from symcnn.numeric.layers import LayerSizes as Sizes

Array = np.ndarray[Any, Any]
l, L, m, k = sizes("l L m k")  # noqa: E741
n = LayerSizes("n")
A = LayerTensor("A", lambda k: (n[k], n[k - 1]))
b = LayerTensor("b", lambda k: (n[k],))
x = Tensor("x", (n[l],))
phi = Activation("phi", differentiable=True)
y = LayerRecursion("y", first=l, start=x, step=lambda k, before: phi(A[k] @ before + b[k]), shape=lambda k: (n[k],))

rng = np.random.default_rng(6)
WIDTHS = {1: 3, 2: 2, 3: 4, 4: 1, 5: 2}
MATRICES = {layer: rng.standard_normal((WIDTHS[layer], WIDTHS[layer - 1])) for layer in (2, 3, 4, 5)}
BIASES = {layer: rng.standard_normal(WIDTHS[layer]) for layer in WIDTHS}
START = rng.standard_normal(3)
KNOWN = {"A": MATRICES, "b": BIASES, "x": START, "n": WIDTHS, "phi": np.tanh, "l": 1, "L": 5}


def of(tensor: Any, **arguments: Any) -> Array:
    function = lambdify(tensor)
    known = {**KNOWN, **arguments}
    return function(**{name: known[name] for name in function.parameters})


def loop(first: int, last: int, start: Array = START, matrices: Any = MATRICES) -> list[Array]:
    found = [start]
    for layer in range(first + 1, last + 1):
        found.append(np.tanh(matrices[layer] @ found[-1] + BIASES[layer]))
    return found


# Sizes


def as_function(layer: int) -> int:
    return [4, 2, 3][layer]


@pytest.mark.parametrize("given", [{0: 4, 1: 2, 2: 3}, [4, 2, 3], (4, 2, 3), np.array([4, 2, 3]), as_function])
def test_sizes_by_layer(given: Any) -> None:
    function = lambdify(Tensor.define((n[l], n[l - 1]), lambda i, j: n[l + 1] * i + j))
    assert function.parameters == ("n", "l")
    np.testing.assert_array_equal(function(n=given, l=1), [[3 * i + j for j in (1, 2, 3, 4)] for i in (1, 2)])


def test_sizes_of_many_layers_at_once() -> None:
    assert float(lambdify(Sum(n[k] * k, (k, 0, m)))(n=[4, 2, 3], m=2)) == 8.0
    assert float(lambdify(Sum(Sum(1, (m, 1, n[k])), (k, 0, 2)))(n=[4, 2, 3])) == 9.0


def test_sizes_that_are_none() -> None:
    function = lambdify(Tensor.define((n[l],), lambda i: i))
    with pytest.raises(IndexError, match="n has no layer 3"):
        function(n=[4, 2, 3], l=3)
    with pytest.raises(IndexError, match="n has no layer -1"):
        function(n=[4, 2, 3], l=-1)
    with pytest.raises(TypeError, match=r"n\[1\] is an integer, not 2\.5"):
        function(n={1: 2.5}, l=1)
    with pytest.raises(TypeError, match="n is given by layer: as a mapping, a sequence or a function, not 3"):
        function(n=3, l=1)
    with pytest.raises(TypeError, match="called without n"):
        function(l=1)


# Arrays


def test_arrays_by_layer() -> None:
    np.testing.assert_allclose(of(A[L] @ A[L - 1]), MATRICES[5] @ MATRICES[4])
    found = of(A[L] @ A[L - 1], A=lambda layer: MATRICES[layer], n=lambda layer: WIDTHS[layer])
    np.testing.assert_allclose(found, MATRICES[5] @ MATRICES[4])


def test_sums_over_layers() -> None:
    total = Sum(b[k][1] * k, (k, 1, L))
    assert float(of(total)) == pytest.approx(sum(BIASES[layer][0] * layer for layer in WIDTHS))
    every = Sum(Sum(b[k][m] ** 2, (m, 1, n[k])), (k, 1, L))
    assert float(of(every)) == pytest.approx(sum(np.sum(bias**2) for bias in BIASES.values()))
    guarded = Sum(Iverson(k <= L) * b[k][1], (k, 1, L + 3))
    assert float(of(guarded)) == pytest.approx(sum(bias[0] for bias in BIASES.values()))


def test_arrays_of_layers_that_do_not_fit() -> None:
    with pytest.raises(ShapeError, match=r"A\[5\] must have the shape \(2, 1\); the array has the shape \(1, 2\)"):
        of(A[L] @ A[L - 1], A={4: MATRICES[4], 5: MATRICES[5].T})
    with pytest.raises(IndexError, match="A has no layer 5"):
        of(A[L] @ A[L - 1], A={4: MATRICES[4]})
    with pytest.raises(TypeError, match="A is given by layer"):
        of(A[L] @ A[L - 1], A=3)
    with pytest.raises(TypeError, match=r"b\[5\] is an array of <U1, not of real numbers"):
        of(b[L] + b[L], b={5: ["u", "v"]})
    with pytest.raises(ShapeError, match=r"x must have the shape \(n\[l\]\), here \(3,\)"):
        of(x + b[l], x=np.ones(2))


def test_names_are_kept_apart() -> None:
    with pytest.raises(NameClash, match="called n"):
        lambdify(Tensor("n", (n[l],)) + x)
    with pytest.raises(NameClash, match="called n"):
        lambdify(x * sizes("n"))
    with pytest.raises(NameClash, match="called A"):
        lambdify(A[L] @ Tensor("A", (n[L - 1],)))


# Recursions


@pytest.mark.parametrize("last", [1, 2, 3, 4, 5])
def test_what_the_layers_compute(last: int) -> None:
    np.testing.assert_allclose(of(y[L], L=last), loop(1, last)[-1])


def test_layers_before_the_first() -> None:
    with pytest.raises(IndexError, match="y has no layer 0: its first is 1"):
        of(y[L], L=0, n={0: 3, **WIDTHS})


def test_sums_over_what_the_layers_compute() -> None:
    first_entries = Sum(y[k][1], (k, l, L))
    assert float(of(first_entries)) == pytest.approx(sum(each[0] for each in loop(1, 5)))


def test_several_layers_of_one_recursion_are_one_loop() -> None:
    function = lambdify(A[L] @ y[L - 1] + b[L] + y[L])
    assert function.source.count("LayerSteps(") == 1
    assert function.source.count("def y_step(layer, before, A, b, n, phi):") == 1
    assert " for " not in function.source
    found = of(A[L] @ y[L - 1] + b[L] + y[L])
    np.testing.assert_allclose(found, np.arctanh(loop(1, 5)[-1]) + loop(1, 5)[-1])


def test_a_step_may_use_the_number_of_its_layer_and_tensors_of_its_own() -> None:
    v = Tensor("v", (m,))
    squares = v * v
    steps = LayerRecursion("u", 0, v, lambda k, before: relu(before * k - squares) + before, lambda k: (m,))
    function, vector, expected = lambdify(steps[L]), np.array([0.5, -1.0, 2.0]), np.array([0.5, -1.0, 2.0])
    for layer in (1, 2, 3):
        expected = np.maximum(expected * layer - vector**2, 0) + expected
    np.testing.assert_allclose(function(v=vector, L=3), expected)


def test_a_step_without_tensors() -> None:
    doubled = LayerRecursion("u", 0, Tensor("v", (m,)), lambda k, before: 2 * before, lambda k: (m,))
    assert lambdify(doubled[L])(v=[1.0, 2.0], L=10).tolist() == [1024.0, 2048.0]
    same = LayerRecursion("u", 0, Tensor("v", (m,)), lambda k, before: before, lambda k: (m,))
    assert lambdify(same[L])(v=[1.0, 2.0], L=3).tolist() == [1.0, 2.0]


def test_a_recursion_on_another() -> None:
    slopes = LayerRecursion(
        "J", l, Tensor.define((n[l],), lambda i: 1), lambda k, before: A[k] @ (before * y[k - 1]), lambda k: (n[k],)
    )
    values, expected = loop(1, 5), np.ones(3)
    for layer in (2, 3, 4, 5):
        expected = MATRICES[layer] @ (expected * values[layer - 2])
    np.testing.assert_allclose(of(slopes[L]), expected)


# Derivatives


def jacobian_by_hand(first: int, last: int) -> Array:
    values, found = loop(1, last), np.eye(WIDTHS[first])
    for layer in range(first + 1, last + 1):
        found = (1 - values[layer - 1] ** 2)[:, None] * MATRICES[layer] @ found
    return found


def test_the_jacobian_of_a_network() -> None:
    np.testing.assert_allclose(of(jacobian(y[L], x)), jacobian_by_hand(1, 5), atol=1e-9)
    last = of(jacobian(A[L] @ y[L - 1] + b[L], x))
    np.testing.assert_allclose(last, MATRICES[5] @ jacobian_by_hand(1, 4), atol=1e-9)


def test_derivatives_by_the_weights_of_a_layer() -> None:
    values = loop(1, 5)
    sensitivity = jacobian_by_hand(3, 5) * (1 - values[2] ** 2)
    np.testing.assert_allclose(of(jacobian(y[L], b[3])), sensitivity, atol=1e-9)
    np.testing.assert_allclose(of(jacobian(y[L], A[3])), np.einsum("ij,p->ijp", sensitivity, values[1]), atol=1e-9)


def test_the_gradient_of_a_loss_by_the_weights_of_the_last_layer() -> None:
    loss, values = ScalarField("loss"), loop(1, 5)
    found = of(gradient(loss(y[L]), A[L]), loss=lambda u: np.sum(u**3))
    back = 3 * values[-1] ** 2 * (1 - values[-1] ** 2)
    np.testing.assert_allclose(found, np.outer(back, values[-2]), atol=1e-9)


def test_weights_that_are_not_read_change_nothing() -> None:
    assert not np.any(of(jacobian(y[L - 1], A[L])))


# What generated code calls


def test_layers_read_by_arrays_of_indices() -> None:
    layers = LayerArrays("b", {1: [1, 2], 2: [3, 4, 5]}, lambda layer: (layer + 1,))
    assert layers[1, 2] == 2
    assert layers[np.array([1, 2, 2]), np.array([2, 1, 3])].tolist() == [2, 3, 5]
    masked = layers.where(np.array([True, False]))
    assert masked[np.array([1, 7]), 1].tolist() == [1, 0]
    assert layers.where(False)[7, 7] == 0
    with pytest.raises(IndexError, match=r"b\[1\]\[3\] is out of range: b\[1\] has the range \[1\.\.2\]"):
        layers[1, 3]


def test_steps_are_made_once() -> None:
    made: list[int] = []

    def step(layer: int, before: Entries) -> Entries:
        made.append(layer)
        return Entries("y", before.array + layer)

    steps = LayerSteps("y", 2, Entries("v", np.zeros(1)), step)
    assert [float(steps[layer, 1]) for layer in (4, 2, 3, 5)] == [7.0, 0.0, 3.0, 12.0]
    assert made == [3, 4, 5]


def test_sizes_and_their_arrays() -> None:
    widths = Sizes("n", by_layer("n", [5, 6, 7]))
    assert (widths[2], widths[np.array([[0], [2]])].tolist()) == (7, [[5], [7]])
