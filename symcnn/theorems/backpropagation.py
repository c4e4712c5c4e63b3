"""Backpropagation through a multilayer perceptron.

Problem 6 of the sheet. Layer l has n[l] neurons, y[l] = sigma(A[l] y[l-1] + b[l]) with any differentiable sigma, and
the last layer L computes y[L] = A[L] y[L-1] + b[L] without it. Jacobians have a row for every output.
"""

from __future__ import annotations

from sympy import Eq, Expr

from ..language.activations import Activation
from ..language.depth import LayerIndex, LayerRecursion, LayerSizes, LayerTensor
from ..language.fields import ScalarField
from ..language.identity import Identity
from ..language.symbols import Iverson
from ..language.tensors import Tensor
from ..layers.calculus import diag, gradient, identity_matrix, jacobian, outer, row
from .catalogue import theorem

n = LayerSizes("n")
A = LayerTensor("A", lambda layer: (n[layer], n[layer - 1]))
b = LayerTensor("b", lambda layer: (n[layer],))
y = LayerTensor("y", lambda layer: (n[layer],))
sigma = Activation("sigma", differentiable=True)


def _affine(layer: Expr) -> Tensor:
    """A[l] y[l-1] + b[l]"""
    return A[layer] @ y[layer - 1] + b[layer]


@theorem
def output_layer_bias_jacobian() -> Identity:
    """The derivative of y[L] by b[L] is 1, for one output."""
    last = LayerIndex("L")
    return Identity(jacobian(_affine(last), b[last]), Tensor.of([[1]]), given=[Eq(n[last], 1)])


@theorem
def output_layer_input_jacobian() -> Identity:
    """The derivative of y[L] by y[L-1] is A[L]."""
    last = LayerIndex("L")
    return Identity(jacobian(_affine(last), y[last - 1]), A[last])


@theorem
def output_layer_weight_gradient() -> Identity:
    """The derivative of y[L] by A[L] is y[L-1] as a row, for one output."""
    last = LayerIndex("L")
    return Identity(gradient(_affine(last)[1], A[last]), row(y[last - 1]), given=[Eq(n[last], 1)])


@theorem
def layer_bias_jacobian() -> Identity:
    """The derivative of y[l] by b[l] is the diagonal matrix of sigma'(A[l] y[l-1] + b[l])."""
    layer = LayerIndex("l")
    affine = _affine(layer)
    return Identity(jacobian(sigma(affine), b[layer]), diag(sigma.derivative(affine)))


@theorem
def layer_input_jacobian() -> Identity:
    """The derivative of y[l] by y[l-1] is the diagonal matrix of sigma'(A[l] y[l-1] + b[l]), times A[l]."""
    layer = LayerIndex("l")
    affine = _affine(layer)
    return Identity(jacobian(sigma(affine), y[layer - 1]), diag(sigma.derivative(affine)) @ A[layer])


@theorem
def layer_weight_derivative() -> Identity:
    """The derivative of y[l, k] by A[l][i, j] is sigma'(A[l] y[l-1] + b[l])[k] y[l-1, j] if i = k, and else 0."""
    layer = LayerIndex("l")
    slopes = sigma.derivative(_affine(layer))

    def entry(k: Expr, i: Expr, j: Expr) -> Expr:
        return Iverson(Eq(i, k)) * slopes[k] * y[layer - 1][j]

    shape = (n[layer], n[layer], n[layer - 1])
    return Identity(jacobian(sigma(_affine(layer)), A[layer]), Tensor.define(shape, entry, name="D"))


@theorem
def layer_weight_gradient() -> Identity:
    """The derivative of y_L by A[l] is diag(sigma'(z)), times that of y_L by y[l] as a column, times y[l-1] as a row.

    Here z = A[l] y[l-1] + b[l], u = sigma(z) is what layer l computes, and y_L = f(u): it depends on A[l] through u
    alone, by any differentiable function f of that vector. This is the chain rule for several variables.
    """
    layer = LayerIndex("l")
    affine = _affine(layer)
    output, value = ScalarField("f"), sigma(affine).named("u")
    column = gradient(output, at=value)
    return Identity(gradient(output(value), A[layer]), diag(sigma.derivative(affine)) @ outer(column, y[layer - 1]))


@theorem
def jacobian_chain() -> Identity:
    """The derivative of y[L] by y[l] is A[L] diag(sigma'(z[L-1])) A[L-1] ... diag(sigma'(z[l+1])) A[l+1].

    Here z[k] = A[k] y[k-1] + b[k], and the product of symbolic length is P[L-1], where P[l] is the identity matrix and
    P[k] = diag(sigma'(z[k])) A[k] P[k-1].
    """
    layer, last = LayerIndex("l"), LayerIndex("L")
    start = Tensor("x", (n[layer],))
    outputs = LayerRecursion("y", layer, start, lambda k, before: sigma(A[k] @ before + b[k]), lambda k: (n[k],))

    def factor(k: Expr, before: Tensor) -> Tensor:
        return diag(sigma.derivative(A[k] @ outputs[k - 1] + b[k])) @ (A[k] @ before)

    product = LayerRecursion("P", layer, identity_matrix(n[layer]), factor, lambda k: (n[k], n[layer]))
    output = A[last] @ outputs[last - 1] + b[last]
    return Identity(jacobian(output, start), A[last] @ product[last - 1], given=[layer <= last - 1])
