"""Average pooling: a forgotten factor, a wrong window, a wrong stride, padding that is not counted."""

from falsehood import false
from sympy import KroneckerDelta

from symcnn import Identity, Tensor, avg_pool2d, conv2d, divides, pad, sizes, subsample

C, m, n, k = sizes("C m n k")
DEEP, X = Tensor("X", (C, m, n)), Tensor("X", (m, n))
FITS = [divides(k, m), divides(k, n)]


def box(entry):
    return Tensor.define((C, C, k, k), entry, name="W")


@false("Refuted")
def the_box_kernel_without_its_factor():
    """The sum over the window, not its mean: false for k = 2."""
    kernel = box(lambda o, c, a, b: KroneckerDelta(o, c))
    return Identity(avg_pool2d(DEEP, k), conv2d(DEEP, kernel, stride=k), FITS)


@false("Refuted")
def the_box_kernel_with_half_its_factor():
    """1/k is the factor of one axis."""
    kernel = box(lambda o, c, a, b: KroneckerDelta(o, c) / k)
    return Identity(avg_pool2d(DEEP, k), conv2d(DEEP, kernel, stride=k), FITS)


@false("Refuted")
def the_channel_delta_is_dropped():
    """Without [o = c] every output channel is the sum over all channels."""
    kernel = box(lambda o, c, a, b: 1 / k**2)
    return Identity(avg_pool2d(DEEP, k), conv2d(DEEP, kernel, stride=k), FITS)


@false("Refuted")
def the_delta_of_other_indices():
    """[a = b] keeps the diagonal of the window, not the channel."""
    kernel = box(lambda o, c, a, b: KroneckerDelta(a, b) / k**2)
    return Identity(avg_pool2d(DEEP, k), conv2d(DEEP, kernel, stride=k), FITS)


@false("Refuted")
def the_stride_is_forgotten():
    """The box filter at every place has more places."""
    kernel = box(lambda o, c, a, b: KroneckerDelta(o, c) / k**2)
    return Identity(avg_pool2d(DEEP, k), conv2d(DEEP, kernel), FITS)


@false("Refuted")
def every_window_but_the_first_sample_is_late():
    """Subsampling starts at the first window, not at the second."""
    means = avg_pool2d(DEEP, k, stride=1)
    late = Tensor.define(
        avg_pool2d(DEEP, k).shape, lambda c, i, j: means.at(c, k * (i - 1) + 2, k * (j - 1) + 1, outside=0)
    )
    return Identity(avg_pool2d(DEEP, k), late, FITS)


@false("Refuted")
def average_pooling_is_subsampling():
    """The mean of a window is not its first pixel."""
    return Identity(avg_pool2d(X, 2), subsample(X, 2), [divides(2, m), divides(2, n)])


@false("Refuted")
def padding_is_not_counted():
    """At the border one of two pixels is padding; the mean here divides by 2 all the same."""
    counted, ones = (avg_pool2d(each, (1, 2), stride=1, padding=(0, 1)) for each in (X, X * 0 + 1))
    return Identity(counted, Tensor.define((m, n + 1), lambda i, j: counted[i, j] * ones[i, j]))


@false("Refuted")
def with_padding_and_without():
    """The windows stand elsewhere."""
    return Identity(avg_pool2d(X, 2, padding=1), avg_pool2d(X, 2), [m >= 2, n >= 2])


@false("Refuted")
def pooling_by_two_and_three_is_pooling_by_five():
    """It is pooling by six."""
    return Identity(avg_pool2d(avg_pool2d(X, 2), 3), avg_pool2d(X, 5), [divides(30, m), divides(30, n)])


@false("Refuted")
def pooling_twice_is_pooling_by_the_window_plus_one_without_stride():
    """The mean of means weighs the inner pixels more: 1 2 1, not 1 1 1."""
    twice = avg_pool2d(avg_pool2d(X, (1, 2), stride=1), (1, 2), stride=1)
    return Identity(twice, avg_pool2d(X, (1, 3), stride=1), [n >= 3])


@false("Refuted")
def the_product_of_means_is_the_mean_of_products():
    """Averages are linear, not multiplicative."""
    y = Tensor("Y", (m, n))
    return Identity(avg_pool2d(X * y, 2), avg_pool2d(X, 2) * avg_pool2d(y, 2), [m >= 2, n >= 2])


@false("Refuted")
def rows_and_columns_of_the_window_are_exchanged():
    """A 1 x 2 window is not a 2 x 1 window, even where both fit equally often."""
    return Identity(avg_pool2d(X, (1, 2), stride=2), avg_pool2d(X, (2, 1), stride=2), [divides(2, m), divides(2, n)])


@false("Refuted")
def a_window_half_in_the_padding():
    """Windows that stand half in the zeros are averaged; zeros around averages are not."""
    padded = avg_pool2d(pad(X, (0, 1)), (1, 2), stride=1)
    return Identity(padded, pad(avg_pool2d(X, (1, 2), stride=1), (0, 1)), [n >= 2])


@false("Refuted")
def a_window_that_does_not_divide_the_image_is_ignored():
    """Without k | m the last rows are left out: floor(m/k), not m/k rounded up."""
    from sympy import floor

    padded = Tensor.define(
        (floor((m + k - 1) / k), n), lambda i, j: avg_pool2d(X, (k, 1), stride=(k, 1)).at(i, j, outside=0)
    )
    return Identity(avg_pool2d(X, (k, 1)), padded)
