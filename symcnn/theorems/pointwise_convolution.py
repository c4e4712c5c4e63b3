"""Mixing channels is a 1 x 1 convolution.

Problem 3 of the sheet; the weights of the luminance are those of ITU-R BT.601.
Nothing is assumed but that the sizes are at least 1.
"""

from __future__ import annotations

from sympy import Dummy, Expr, Sum

from ..language.identity import Identity
from ..language.symbols import sizes
from ..language.tensors import Tensor
from ..layers.convolution import conv2d
from .catalogue import theorem


@theorem
def luminance_is_pointwise_convolution() -> Identity:
    """0.299 R + 0.587 G + 0.114 B is a 1 x 1 convolution of the image with its three channels."""
    m, n = sizes("m n")
    image = Tensor("X", (3, m, n))
    kernel = Tensor.of([[[[0.299]], [[0.587]], [[0.114]]]], name="W")
    grey = Tensor.define(
        (1, m, n),
        lambda o, i, j: 0.299 * image[1, i, j] + 0.587 * image[2, i, j] + 0.114 * image[3, i, j],
        name="Y",
    )
    return Identity(conv2d(image, kernel), grey)


@theorem
def channel_mixing_is_pointwise_convolution() -> Identity:
    """sum_c w[o, c] X[c, i, j] is the 1 x 1 convolution with the kernel W[o, c, 1, 1] = w[o, c].

    For any numbers C and O of input and output channels; the sheet's w[r] is the case O = 1.
    """
    channels, outputs, m, n = sizes("C O m n")
    image, weights = Tensor("X", (channels, m, n)), Tensor("w", (outputs, channels))
    kernel = Tensor.define((outputs, channels, 1, 1), lambda o, c, α, β: weights[o, c], name="W")

    def mixed(o: Expr, i: Expr, j: Expr) -> Expr:
        c = Dummy("c", integer=True)
        return Sum(weights[o, c] * image[c, i, j], (c, 1, channels))

    return Identity(conv2d(image, kernel), Tensor.define((outputs, m, n), mixed, name="Y"))
