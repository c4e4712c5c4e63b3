"""Average pooling is a convolution.

Problem 2 of the sheet. X has C channels of m x n; k divides m and n, and the outputs are C x m/k x n/k.
The divisibility is the sheet's: the three identities hold without it too (rows and columns that do not fill a
window are left out on both sides), and the proofs do not use it.
"""

from __future__ import annotations

from sympy import KroneckerDelta

from ..language.identity import Identity
from ..language.symbols import divides, sizes
from ..language.tensors import Tensor
from ..layers.convolution import conv2d, subsample
from ..layers.pooling import avg_pool2d
from .catalogue import theorem


@theorem
def average_pooling_is_box_convolution() -> Identity:
    """Average pooling over k x k is the convolution with W[c, c', a, b] = [c = c'] / k^2 and stride k."""
    channels, m, n, k = sizes("C m n k")
    image = Tensor("X", (channels, m, n))
    box = Tensor.define((channels, channels, k, k), lambda o, c, α, β: KroneckerDelta(o, c) / k**2, name="W")
    given = [divides(k, m), divides(k, n)]
    return Identity(conv2d(image, box, stride=k), avg_pool2d(image, k), given)


@theorem
def average_pooling_is_box_filter_then_stride() -> Identity:
    """Average pooling over k x k is the mean over every k x k window, and then every k-th of these means."""
    channels, m, n, k = sizes("C m n k")
    image = Tensor("X", (channels, m, n))
    means = avg_pool2d(image, k, stride=1)
    return Identity(avg_pool2d(image, k), subsample(means, k), [divides(k, m), divides(k, n)])


@theorem
def average_pooling_is_depthwise_convolution() -> Identity:
    """Average pooling over k x k is the convolution in C groups with the C x 1 x k x k kernel 1/k^2 and stride k."""
    channels, m, n, k = sizes("C m n k")
    image = Tensor("X", (channels, m, n))
    box = Tensor.define((channels, 1, k, k), lambda o, c, α, β: 1 / k**2, name="W")
    given = [divides(k, m), divides(k, n)]
    return Identity(conv2d(image, box, stride=k, groups=channels), avg_pool2d(image, k), given)
