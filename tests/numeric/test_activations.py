"""Activations in generated functions: known ones to the last digits, unknown ones as keywords, and derivatives."""

from fractions import Fraction
from math import exp as exact_exp
from math import log1p
from typing import Any

import numpy as np
import pytest
import sympy

from symcnn.errors import NameClash, ShapeError
from symcnn.language.activations import Activation, exp, known_activation, leaky_relu, relu, sigmoid, softplus, tanh
from symcnn.language.symbols import Iverson, sizes
from symcnn.language.tensors import Tensor
from symcnn.numeric import lambdify

m, n = sizes("m n")
v = Tensor("v", (n,))
sigma = Activation("sigma", differentiable=True)
POINTS = np.array([-750.0, -40.0, -1.5, -0.25, 0.0, 0.5, 2.0, 40.0, 700.0])


def at_points(activation: Activation) -> np.ndarray[Any, Any]:
    with np.errstate(over="raise", invalid="raise"):
        return lambdify(activation(v))(v=POINTS)


def stable_sigmoid(x: float) -> float:
    return 1 / (1 + exact_exp(-x)) if x > -700 else 0.0


@pytest.mark.parametrize(
    ("activation", "value"),
    [
        (relu, lambda x: max(x, 0.0)),
        (leaky_relu, lambda x: max(x, x / 100)),
        (sigmoid, stable_sigmoid),
        (tanh, np.tanh),
        (softplus, lambda x: log1p(exact_exp(-abs(x))) + max(x, 0.0)),
        (exp, exact_exp),
        (relu.derivative, lambda x: float(x > 0)),
        (leaky_relu.derivative, lambda x: 1.0 if x > 0 else 0.01 if x < 0 else 0.0),
        (sigmoid.derivative, lambda x: stable_sigmoid(x) * stable_sigmoid(-x)),
        (tanh.derivative, lambda x: 4 * stable_sigmoid(2 * x) * stable_sigmoid(-2 * x)),
        (softplus.derivative, stable_sigmoid),
        (exp.derivative, exact_exp),
        (softplus.derivative.derivative, lambda x: stable_sigmoid(x) * stable_sigmoid(-x)),
    ],
    ids=lambda each: str(each) if isinstance(each, Activation) else "",
)
def test_known_activations_do_not_overflow(activation: Activation, value: Any) -> None:
    np.testing.assert_allclose(at_points(activation), [value(float(x)) for x in POINTS], rtol=1e-13, atol=1e-300)


@pytest.mark.parametrize("name", ["exp", "relu", "leaky_relu", "sigmoid", "tanh", "softplus"])
def test_known_derivatives_are_those_of_their_functions(name: str) -> None:
    activation, step = known_activation(name), 1e-5
    points = np.array([-3.1, -0.7, -0.01, 0.02, 0.9, 2.5])
    value, slope, curvature = (
        lambdify(each(v)) for each in (activation, activation.derivative, activation.derivative.derivative)
    )
    expected = (value(v=points + step) - value(v=points - step)) / (2 * step)
    np.testing.assert_allclose(slope(v=points), expected, atol=1e-8)
    expected = (slope(v=points + step) - slope(v=points - step)) / (2 * step)
    np.testing.assert_allclose(curvature(v=points), expected, atol=1e-7)


def test_sympys_own_exp_and_tanh_are_the_known_ones() -> None:
    function = lambdify(Tensor.define((n,), lambda i: sympy.exp(v[i]) + sympy.tanh(v[i])))
    np.testing.assert_allclose(function(v=[0.5, -1.0]), np.exp([0.5, -1.0]) + np.tanh([0.5, -1.0]))


def test_unknown_functions_are_required_keywords() -> None:
    function = lambdify(sigma(v) + m)
    assert function.parameters == ("v", "sigma", "m")
    assert str(function) == "plus(v, sigma, m)"
    assert function(v=[1.0, 2.0], sigma=np.square, m=3).tolist() == [4.0, 7.0]
    with pytest.raises(TypeError, match=r"plus is called without sigma; it takes v, sigma, m"):
        function(v=[1.0], m=3)
    with pytest.raises(TypeError, match=r"no parameter sigmas \(did you mean sigma\?\)"):
        function(v=[1.0], m=3, sigmas=np.tanh)
    with pytest.raises(TypeError, match=r"sigma is a function of arrays, such as np\.tanh, not 2"):
        function(v=[1.0], m=3, sigma=2)


def test_a_function_may_give_one_number_for_all_or_truth_values() -> None:
    double = lambdify(sigma(v) + sigma(v))
    assert double(v=[1.0, -2.0], sigma=lambda t: 1.5).tolist() == [3.0, 3.0]
    assert double(v=[1.0, -2.0], sigma=lambda t: t > 0).tolist() == [2.0, 0.0]
    total = lambdify(sympy.Sum(sigma(v[1]) + sigma(v[m]), (m, 1, n)))
    assert float(total(v=[1.0, -2.0], sigma=lambda t: 1)) == 4.0


def test_a_function_that_makes_an_array_of_another_shape() -> None:
    with pytest.raises(ShapeError, match=r"sigma makes an array of the shape \(1, 2\) of one of the shape \(2,\)"):
        lambdify(sigma(v))(v=[1.0, 2.0], sigma=lambda t: t[None])


def test_a_derivative_is_a_keyword_or_a_difference() -> None:
    slope = lambdify(sigma.derivative(v))
    assert slope.parameters == ("v", "sigma")
    assert slope.accepted == ("v", "sigma", "sigma_prime", "n")
    points = np.array([-2.0, 0.3, 1.0])
    exact = 1 - np.tanh(points) ** 2
    np.testing.assert_allclose(slope(v=points, sigma=np.tanh), exact, atol=1e-10)
    np.testing.assert_array_equal(slope(v=points, sigma_prime=np.cos), np.cos(points))
    np.testing.assert_array_equal(slope(v=points, sigma=np.tanh, sigma_prime=np.cos), np.cos(points))
    with pytest.raises(TypeError, match=r"is called without sigma; it takes v, sigma"):
        slope(v=points)


def test_second_derivatives() -> None:
    curvature = lambdify(sigma.derivative.derivative(v))
    points = np.array([-2.0, 0.3, 1.0])
    np.testing.assert_allclose(curvature(v=points, sigma=np.sin), -np.sin(points), atol=1e-7)
    np.testing.assert_allclose(curvature(v=points, sigma_prime=np.cos), -np.sin(points), atol=1e-10)
    np.testing.assert_array_equal(curvature(v=points, sigma_prime_prime=np.exp), np.exp(points))


def test_what_a_bracket_guards_is_not_read() -> None:
    function = lambdify(Tensor.define((n,), lambda i: Iverson(i >= 2) * sigma(v[i - 1]) + sigma(v.at(i + 1))))
    assert function(v=[1.0, 2.0, 3.0], sigma=np.exp).tolist() == [np.exp(2), np.exp(1) + np.exp(3), np.exp(2) + 1]


def test_the_source_calls_what_a_reader_expects() -> None:
    source = lambdify(relu(v) + sigma(softplus.derivative(v))).source
    assert "from symcnn.numeric.activations import relu, sigmoid\n" in source
    assert "lambda: sigma(sigmoid(v[i])) + relu(v[i])" in source


def test_names_are_kept_apart() -> None:
    with pytest.raises(NameClash, match="called sigma"):
        lambdify(sigma(Tensor("sigma", (n,))))
    with pytest.raises(NameClash, match="called sigma_prime"):
        lambdify(sigma.derivative(Tensor("sigma_prime", (n,))))
    with pytest.raises(NameClash, match="sigma is declared in two ways"):
        lambdify(sigma(v) + Activation("sigma")(v))
    with pytest.raises(NameClash, match="called m"):
        lambdify(Activation("m")(v) + m)


def test_exact_numbers_stay_exact() -> None:
    function = lambdify(relu(v) + sigma(v))
    array = np.array([Fraction(1, 3), Fraction(-2)])
    assert function(v=array, sigma=lambda t: t * t).tolist() == [Fraction(4, 9), Fraction(4)]
