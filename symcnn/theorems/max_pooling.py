"""A nondecreasing activation commutes with max pooling.

Problem 4 of the sheet. Of the function nothing is assumed but that a <= b implies sigma(a) <= sigma(b): it need not be
continuous, nor strictly monotone.
"""

from __future__ import annotations

from ..language.activations import Activation
from ..language.identity import Identity
from ..language.maxima import IndexedMax
from ..language.symbols import sizes
from ..language.tensors import Tensor
from ..layers.pooling import max_pool2d
from .catalogue import theorem


@theorem
def nondecreasing_commutes_with_maximum() -> Identity:
    """sigma(max_a x[a]) = max_a sigma(x[a]), over one region with any number of entries."""
    n, a = sizes("n a")
    values, sigma = Tensor("x", (n,)), Activation("sigma", nondecreasing=True)
    return Identity(sigma(IndexedMax(values[a], (a, 1, n))), IndexedMax(sigma(values[a]), (a, 1, n)))


@theorem
def nondecreasing_commutes_with_max_pooling() -> Identity:
    """sigma(max_pool2d(X)) = max_pool2d(sigma(X)), for any channels, window, stride, and padding below the window.

    With less padding than the window has rows and columns, each window covers a part of the image.
    """
    channels, m, n, h, w, s, t, p, q = sizes("C m n h w s t p q")
    image, sigma = Tensor("X", (channels, m, n)), Activation("sigma", nondecreasing=True)
    window = {"kernel_size": (h, w), "stride": (s, t), "padding": (p, q)}
    given = [p >= 0, q >= 0, p <= h - 1, q <= w - 1, m + 2 * p >= h, n + 2 * q >= w]
    return Identity(sigma(max_pool2d(image, **window)), max_pool2d(sigma(image), **window), given)
