"""The known activations and their derivatives as NumPy functions that do not overflow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np


def relu(x: Any) -> Any:
    """max(x, 0)"""
    return np.maximum(x, 0)


def relu_prime(x: Any) -> Any:
    """[x > 0]"""
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def leaky_relu(x: Any) -> Any:
    """max(x, x/100)"""
    return np.maximum(x, 0.01 * x)


def leaky_relu_prime(x: Any) -> Any:
    """1 above 0, 1/100 below"""
    return np.where(np.asarray(x) > 0, 1.0, np.where(np.asarray(x) < 0, 0.01, 0.0))


def sigmoid(x: Any) -> Any:
    """1/(1 + exp(-x)), exact to the last digits at both ends"""
    return np.exp(-np.logaddexp(0, -np.asarray(x)))


def sigmoid_prime(x: Any) -> Any:
    """sigmoid(x) sigmoid(-x), which is sigmoid(x) (1 - sigmoid(x))"""
    return sigmoid(x) * sigmoid(-np.asarray(x))


def tanh_prime(x: Any) -> Any:
    """1 - tanh(x)^2"""
    return 4 * sigmoid_prime(2 * np.asarray(x))


def softplus(x: Any) -> Any:
    """log(1 + exp(x))"""
    return np.logaddexp(0, x)


#: (name, order of the derivative) -> what generated code calls; a higher derivative is a difference of these
CALLED: Mapping[tuple[str, int], str] = {
    **{("exp", order): "np.exp" for order in range(3)},
    **{("relu", 0): "relu", ("relu", 1): "relu_prime"},
    **{("leaky_relu", 0): "leaky_relu", ("leaky_relu", 1): "leaky_relu_prime"},
    **{("sigmoid", 0): "sigmoid", ("sigmoid", 1): "sigmoid_prime"},
    **{("tanh", 0): "np.tanh", ("tanh", 1): "tanh_prime"},
    **{("softplus", 0): "softplus", ("softplus", 1): "sigmoid", ("softplus", 2): "sigmoid_prime"},
}
FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    each.__name__: each
    for each in (relu, relu_prime, leaky_relu, leaky_relu_prime, sigmoid, sigmoid_prime, tanh_prime, softplus)
}


def called(name: str, order: int) -> str:
    """What generated code calls for a known function or a derivative of it."""
    return CALLED.get((name, order)) or f"slope_of({called(name, order - 1)})"
