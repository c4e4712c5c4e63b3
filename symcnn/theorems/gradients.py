"""Gradients of convolution and average pooling.

L is any differentiable real function of the output Y of the layer, and G[o, i, j] its derivative by Y[o, i, j]: what
arrives from the layers above. Sizes, stride, padding and dilation are symbolic; h x w is the size of an output channel,
and D the gradient. (Goodfellow, Bengio, Courville: Deep
Learning, 2016, section 9.5, for stride alone.)
"""

from __future__ import annotations

from typing import Any

from sympy import Dummy, Eq, Expr, Sum, floor

from ..language.fields import ScalarField
from ..language.identity import Identity
from ..language.symbols import Iverson, divides, sizes
from ..language.tensors import Tensor
from ..layers.calculus import gradient
from ..layers.convolution import conv2d
from ..layers.pooling import avg_pool2d
from .catalogue import theorem

C, F, m, n, k, q, s, p, d, h, w = sizes("C F m n k q s p d h w")
X, W, b = Tensor("X", (C, m, n)), Tensor("W", (F, C, k, q)), Tensor("b", (F,))
OUTPUT = conv2d(X, W, b, stride=s, padding=p, dilation=d)
Y = Tensor.define((F, h, w), lambda o, i, j: OUTPUT[o, i, j], name="Y")
L = ScalarField("L")
G = gradient(L, at=Y).named("G")
GIVEN = (p >= 0, Eq(h, OUTPUT.shape[1]), Eq(w, OUTPUT.shape[2]))


def _index(letter: str) -> Any:
    return Dummy(letter, integer=True)


def _over_positions(summand: Expr, i: Expr, j: Expr) -> Expr:
    """The sum over all positions (i, j) of the output"""
    return Sum(summand, (j, 1, w), (i, 1, h))


def _read(index: Expr, offset: Expr) -> Expr:
    """Where the window of an output position reads: s (i - 1) + d (a - 1) + 1 - p"""
    return s * (index - 1) + d * (offset - 1) + 1 - p


@theorem
def convolution_bias_gradient() -> Identity:
    """The gradient by the bias of an output channel is the sum of G over all positions."""
    i, j = _index("i"), _index("j")
    return Identity(
        gradient(L(Y), b), Tensor.define((F,), lambda o: _over_positions(G[o, i, j], i, j), name="D"), GIVEN
    )


@theorem
def convolution_kernel_gradient() -> Identity:
    """The gradient by W[o, c, α, β] is the correlation of the input with G, zeros outside of the input."""
    i, j = _index("i"), _index("j")

    def entry(o: Expr, c: Expr, α: Expr, β: Expr) -> Expr:
        return _over_positions(G[o, i, j] * X.at(c, _read(i, α), _read(j, β), outside=0), i, j)

    return Identity(gradient(L(Y), W), Tensor.define((F, C, k, q), entry, name="D"), GIVEN)


@theorem
def convolution_input_gradient() -> Identity:
    """The gradient by X[c, u, v] is the transposed convolution of G: over all positions that read X[c, u, v]."""
    o, i, j, α, β = map(_index, ("o", "i", "j", "α", "β"))

    def entry(c: Expr, u: Expr, v: Expr) -> Expr:
        reads = Iverson(Eq(_read(i, α), u)) * Iverson(Eq(_read(j, β), v))
        window = Sum(W[o, c, α, β] * G[o, i, j] * reads, (β, 1, q), (α, 1, k))
        return Sum(_over_positions(window, i, j), (o, 1, F))

    return Identity(gradient(L(Y), X), Tensor.define((C, m, n), entry, name="D"), GIVEN)


@theorem
def average_pooling_gradient() -> Identity:
    """The gradient by X[c, i, j] is 1/k^2 of that of the one window that covers it, where k divides m and n."""
    means = avg_pool2d(X, k).named("Y")
    slopes = gradient(L, at=means).named("G")

    def entry(c: Expr, i: Expr, j: Expr) -> Expr:
        return slopes[c, floor((i - 1) / k) + 1, floor((j - 1) / k) + 1] / k**2

    return Identity(gradient(L(means), X), Tensor.define((C, m, n), entry, name="D"), [divides(k, m), divides(k, n)])
