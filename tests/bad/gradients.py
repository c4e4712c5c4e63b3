"""Gradients of convolution and average pooling that lack a parameter, a sum or a factor."""

from falsehood import false
from sympy import Dummy, Eq, Sum, floor

from symcnn import (
    Identity,
    Iverson,
    ScalarField,
    Tensor,
    avg_pool2d,
    conv2d,
    divides,
    gradient,
    max_pool2d,
    sizes,
)

C, O, m, n, k, l, s, p, d = sizes("C O m n k l s p d")  # noqa: E741
L = ScalarField("L")
X, W, b = Tensor("X", (C, m, n)), Tensor("W", (O, C, k, l)), Tensor("b", (O,))
IMAGE, KERNEL = Tensor("X", (m, n)), Tensor("W", (k, l))
FITS = [m >= k, n >= l]


def index(letter):
    return Dummy(letter, integer=True)


def by_kernel(step, border, spread, flipped=False):
    """What the gradient by the kernel would be with another stride, padding or dilation than that of the layer"""
    layer = conv2d(IMAGE, KERNEL, stride=s, padding=p, dilation=d)
    slopes, i, j = gradient(L, at=layer), index("i"), index("j")

    def entry(α, β):
        a, c = (k + 1 - α, l + 1 - β) if flipped else (α, β)
        row, column = (step * (at - 1) + spread * (offset - 1) + 1 - border for at, offset in ((i, a), (j, c)))
        read = IMAGE.at(row, column, outside=0)
        return Sum(slopes[i, j] * read, (j, 1, layer.shape[1]), (i, 1, layer.shape[0]))

    given = [p >= 0, m + 2 * p >= d * (k - 1) + 1, n + 2 * p >= d * (l - 1) + 1]
    return Identity(gradient(L(layer), KERNEL), Tensor.define((k, l), entry), given)


@false("Refuted")
def the_kernel_gradient_without_the_stride():
    """The windows stand s entries apart."""
    return by_kernel(1, p, d)


@false("Refuted")
def the_kernel_gradient_without_the_padding():
    """The first window begins p entries before the image."""
    return by_kernel(s, 0, d)


@false("Refuted")
def the_kernel_gradient_without_the_dilation():
    """The entries that a window reads are d apart."""
    return by_kernel(s, p, 1)


@false("Refuted")
def the_kernel_gradient_with_stride_and_dilation_exchanged():
    """That is the convolution of the slopes, where they trade places, not this sum."""
    return by_kernel(d, p, s)


@false("Refuted")
def the_kernel_gradient_for_a_flipped_kernel():
    """Convolution here is correlation."""
    return by_kernel(s, p, d, flipped=True)


def by_image(reads, **parameters):
    """What the gradient by the image would be if position i read entry u where `reads(i, u, offset)` is 0"""
    layer = conv2d(IMAGE, KERNEL, **parameters)
    slopes, (i, j, α, β) = gradient(L, at=layer), map(index, "ijαβ")

    def entry(u, v):
        summand = KERNEL[α, β] * slopes[i, j] * Iverson(Eq(reads(i, u, α), 0)) * Iverson(Eq(reads(j, v, β), 0))
        return Sum(summand, (β, 1, l), (α, 1, k), (j, 1, layer.shape[1]), (i, 1, layer.shape[0]))

    return Identity(gradient(L(layer), IMAGE), Tensor.define((m, n), entry), FITS)


@false("Refuted")
def the_image_gradient_with_a_flipped_kernel():
    """u = i + a - 1; here it is i - a + 1."""
    return by_image(lambda i, u, a: i - a + 1 - u)


@false("Refuted")
def the_image_gradient_without_the_stride():
    """u = 2 (i - 1) + a."""
    return by_image(lambda i, u, a: i - 1 + a - u, stride=2)


@false("Refuted")
def the_image_gradient_without_the_padding():
    """u = i + a - 1 - 1."""
    return by_image(lambda i, u, a: i + a - 1 - u, padding=1)


@false("Refuted")
def the_image_gradient_is_the_convolution_of_the_slopes():
    """It is the transposed convolution: the kernel has to be flipped, which the shapes here do not tell."""
    layer = conv2d(IMAGE, KERNEL)
    slopes = gradient(L, at=layer)
    α, β = index("α"), index("β")

    def entry(u, v):
        return Sum(KERNEL[α, β] * slopes.at(u + α - k, v + β - l, outside=0), (β, 1, l), (α, 1, k))

    return Identity(gradient(L(layer), IMAGE), Tensor.define((m, n), entry), FITS)


@false("Refuted")
def the_bias_gradient_without_the_sum_over_the_columns():
    """The bias is added in every column."""
    layer, i = conv2d(X, W, b), index("i")
    slopes = gradient(L, at=layer)
    rows = Tensor.define((O,), lambda o: Sum(slopes[o, i, 1], (i, 1, layer.shape[1])))
    return Identity(gradient(L(layer), b), rows, FITS)


@false("Refuted")
def the_bias_gradient_without_any_sum():
    """The bias is added at every position."""
    layer = conv2d(X, W, b)
    slopes = gradient(L, at=layer)
    return Identity(gradient(L(layer), b), Tensor.define((O,), lambda o: slopes[o, 1, 1]), FITS)


@false("Refuted")
def the_bias_gradient_over_all_channels():
    """Each output channel has a bias of its own."""
    layer, (o, i, j) = conv2d(X, W, b), map(index, "oij")
    every = Sum(gradient(L, at=layer)[o, i, j], (j, 1, layer.shape[2]), (i, 1, layer.shape[1]), (o, 1, O))
    return Identity(gradient(L(layer), b), Tensor.define((O,), lambda _: every), FITS)


@false("Refuted")
def the_bias_gradient_as_a_mean():
    """It is the sum over all positions."""
    layer, (i, j) = conv2d(X, W, b), map(index, "ij")
    slopes, (rows, columns) = gradient(L, at=layer), layer.shape[1:]
    mean = Tensor.define((O,), lambda o: Sum(slopes[o, i, j], (j, 1, columns), (i, 1, rows)) / (rows * columns))
    return Identity(gradient(L(layer), b), mean, FITS)


@false("Refuted")
def the_kernel_gradient_summed_over_the_inputs():
    """Every input channel has weights of its own."""
    layer, (i, j, r) = conv2d(X, W), map(index, "ijr")
    slopes = gradient(L, at=layer)

    def entry(o, c, α, β):
        summand = slopes[o, i, j] * X[r, i + α - 1, j + β - 1]
        return Sum(summand, (r, 1, C), (j, 1, layer.shape[2]), (i, 1, layer.shape[1]))

    return Identity(gradient(L(layer), W), Tensor.define((O, C, k, l), entry), FITS)


def by_pooled_image(factor, row, column):
    """What the gradient of average pooling would be if `row(i)`, `column(j)` were the window of an entry"""
    means = avg_pool2d(IMAGE, k)
    slopes = gradient(L, at=means)
    entries = Tensor.define((m, n), lambda i, j: slopes.at(row(i), column(j), outside=0) * factor)
    return Identity(gradient(L(means), IMAGE), entries, [divides(k, m), divides(k, n)])


def window(i):
    return floor((i - 1) / k) + 1


@false("Refuted")
def the_gradient_of_average_pooling_without_its_factor():
    """Each entry counts 1/k^2."""
    return by_pooled_image(1, window, window)


@false("Refuted")
def the_gradient_of_average_pooling_with_half_its_factor():
    """1/k is the factor of one axis."""
    return by_pooled_image(1 / k, window, window)


@false("Refuted")
def the_gradient_of_average_pooling_at_the_next_window():
    """Entry k is in the first window, not in the second."""
    return by_pooled_image(1 / k**2, lambda i: floor(i / k) + 1, window)


@false("Refuted")
def the_gradient_of_average_pooling_without_the_windows():
    """Entry i belongs to window floor((i - 1)/k) + 1."""
    return by_pooled_image(1 / k**2, lambda i: i, lambda j: j)


@false("IllFormed")
def the_gradient_of_max_pooling():
    """Where two entries of a window are the largest there is none."""
    return Identity(gradient(L(max_pool2d(IMAGE, 2)), IMAGE), gradient(L(max_pool2d(IMAGE, 2)), IMAGE))
