"""Finite differences are convolutions.

Problem 1 of the sheet. X is an m x n image, zero outside; the kernels are 3 x 3, with zero padding 1.
Nothing is assumed but that the sizes are at least 1.
"""

from __future__ import annotations

from ..language.identity import Identity
from ..language.symbols import ForAll, sizes
from ..language.tensors import Tensor
from ..layers.convolution import conv2d
from .catalogue import theorem


@theorem
def vertical_difference_is_convolution() -> Identity:
    """X[i+1, j] - X[i, j] is the convolution of X with [[0, 0, 0], [0, -1, 0], [0, 1, 0]], padding 1.

    At every i and j, the last row included, where X[m+1, j] is 0.
    """
    m, n = sizes("m n")
    image = Tensor("X", (m, n))
    kernel = Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]], name="W")
    difference = Tensor.define((m, n), lambda i, j: image.at(i + 1, j, outside=0) - image[i, j], name="Y")
    return Identity(conv2d(image, kernel, padding=1), difference)


@theorem
def horizontal_difference_is_convolution() -> Identity:
    """X[i, j+1] - X[i, j] is the convolution of X with [[0, 0, 0], [0, -1, 1], [0, 0, 0]], padding 1.

    At every i and j, the last column included, where X[i, n+1] is 0.
    """
    m, n = sizes("m n")
    image = Tensor("X", (m, n))
    kernel = Tensor.of([[0, 0, 0], [0, -1, 1], [0, 0, 0]], name="W")
    difference = Tensor.define((m, n), lambda i, j: image.at(i, j + 1, outside=0) - image[i, j], name="Y")
    return Identity(conv2d(image, kernel, padding=1), difference)


@theorem
def difference_kernel_is_unique() -> Identity:
    """Only the kernel [[0, 0, 0], [0, -1, 0], [0, 1, 0]] gives X[i+1, j] - X[i, j] for every X, if m, n >= 2.

    The sheet asks which kernel does it; `solve_kernel` finds it. For m = 1 a kernel could have anything in its
    first row, for n = 1 in its outer columns.
    """
    m, n = sizes("m n")
    image, kernel = Tensor("X", (m, n)), Tensor("W", (3, 3))
    difference = Tensor.define((m, n), lambda i, j: image.at(i + 1, j, outside=0) - image[i, j], name="Y")
    found = Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]], name="V")
    assumed = ForAll(image, Identity(conv2d(image, kernel, padding=1), difference))
    return Identity(kernel, found, given=[m >= 2, n >= 2, assumed])
