"""Convolutions with a parameter, an entry or a side that is wrong."""

from falsehood import false
from sympy import Dummy, Eq, KroneckerDelta, Sum

from symcnn import Identity, Tensor, conv2d, pad, sizes, subsample

m, n, k, l, s, p, d = sizes("m n k l s p d")  # noqa: E741
X, W, SMALL = Tensor("X", (m, n)), Tensor("W", (k, l)), Tensor("W", (3, 3))
FITS = [m >= k, n >= l]


@false("Refuted")
def stride_one_is_stride_two():
    """Every second place is left out; even the extents differ."""
    return Identity(conv2d(X, W), conv2d(X, W, stride=2), FITS)


@false("Refuted")
def stride_one_is_stride_two_where_the_extents_agree():
    """The extents agree (1 row, 1 column where the image is the kernel plus one), but places differ for n = l + 1."""
    one, two = conv2d(X, W, stride=(1, 2), padding=(0, 0)), conv2d(X, W, stride=(1, 1))
    shape = (m - k + 1, 2)
    cut = [Tensor.define(shape, lambda i, j, y=y: y[i, j], letters=("i", "j")) for y in (one, two)]
    return Identity(*cut, [m >= k, n >= l + 2])


@false("Refuted")
def stride_of_rows_and_columns_exchanged():
    """stride=(2, 1) moves down by two, stride=(1, 2) to the right."""
    return Identity(conv2d(X, W, stride=(2, 1)), conv2d(X, W, stride=(1, 2)), FITS)


@false("Refuted")
def no_padding_is_padding():
    """With padding the result has two more rows."""
    return Identity(conv2d(X, SMALL), conv2d(X, SMALL, padding=1), [m >= 3, n >= 3])


@false("Refuted")
def padding_on_the_wrong_axis():
    """A 3 x 1 kernel needs padding above and below, not at the sides."""
    kernel = Tensor.of([[0], [1], [0]])
    return Identity(conv2d(X, kernel, padding=(0, 1)), X, [m >= 3])


@false("Refuted")
def same_padding_for_a_larger_kernel():
    """Padding 1 keeps the size under a 3 x 3 kernel, not under a 5 x 5 one."""
    kernel = Tensor.define((5, 5), lambda a, b: KroneckerDelta(a, 3) * KroneckerDelta(b, 3))
    return Identity(conv2d(X, kernel, padding=1), X, [m >= 3, n >= 3])


@false("Refuted")
def padding_is_padding_twice():
    """One column of zeros on each side, not two."""
    kernel = Tensor("W", (1, 2))
    return Identity(conv2d(pad(X, (0, 1)), kernel, padding=(0, 1)), conv2d(X, kernel, padding=(0, 1)))


@false("Refuted")
def dilation_one_is_dilation_two():
    """The second entry of the kernel is on the next pixel, not on the one after; the extents agree."""
    image, kernel = Tensor("X", (m, n + 1)), Tensor("W", (1, 2))
    cut = Tensor.define((m, n), lambda i, j: image[i, j])
    return Identity(conv2d(image, kernel, dilation=2), conv2d(cut, kernel), [n >= 2])


@false("Refuted")
def dilation_is_stride():
    """Stride moves the window, dilation stretches it."""
    return Identity(conv2d(X, SMALL, stride=2), conv2d(X, SMALL, dilation=2), [Eq(m, 5), Eq(n, 5)])


@false("Refuted")
def the_bias_is_forgotten():
    """conv2d(x, w, b) adds b[o]."""
    image, kernel, bias = Tensor("X", (k, m, n)), Tensor("W", (l, k, 1, 1)), Tensor("b", (l,))
    return Identity(conv2d(image, kernel, bias), conv2d(image, kernel))


@false("Refuted")
def the_bias_of_another_channel():
    """b is read at the output channel, not at the last one."""
    image, kernel, bias = Tensor("X", (k, m, n)), Tensor("W", (l, k, 1, 1)), Tensor("b", (l,))
    plain = conv2d(image, kernel)
    return Identity(conv2d(image, kernel, bias), Tensor.define(plain.shape, lambda o, i, j: plain[o, i, j] + bias[l]))


@false("Refuted")
def the_kernel_is_flipped():
    """The convolution of deep learning is cross-correlation: the kernel is not flipped."""
    flipped = Tensor.define((k, l), lambda a, b: W[k + 1 - a, l + 1 - b])
    return Identity(conv2d(X, W), conv2d(X, flipped), FITS)


@false("Refuted")
def one_axis_of_the_kernel_is_flipped():
    """Only kernels that are symmetric from left to right allow it."""
    kernel = Tensor("W", (k, 2))
    flipped = Tensor.define((k, 2), lambda a, b: kernel[a, 3 - b])
    return Identity(conv2d(X, kernel), conv2d(X, flipped), [m >= k, n >= 2])


@false("Refuted")
def the_kernel_is_transposed():
    """W and its transpose read the window in another order."""
    kernel = Tensor("W", (k, k))
    return Identity(conv2d(X, kernel), conv2d(X, kernel.T), [m >= k, n >= k])


@false("Refuted")
def kernel_and_image_are_exchanged():
    """Cross-correlation is not commutative: the reads run backwards."""
    other = Tensor("V", (m, n))
    return Identity(conv2d(X, other, padding=(m - 1, n - 1)), conv2d(other, X, padding=(m - 1, n - 1)))


@false("Refuted")
def kernel_and_image_of_other_sizes_are_exchanged():
    """There are m - k + 1 places against k - m + 1."""
    return Identity(conv2d(X, W), conv2d(W, X), FITS)


@false("Refuted")
def the_unit_kernel_off_by_one():
    """The 1 stands beside the middle, so the image is shifted."""
    kernel = Tensor.of([[0, 0, 0], [0, 0, 1], [0, 0, 0]])
    return Identity(conv2d(X, kernel, padding=1), X)


@false("Refuted")
def a_kernel_of_ones_is_the_unit_kernel():
    """The sum over the window is not its middle."""
    return Identity(conv2d(X, Tensor.of([[1, 1, 1]]), padding=(0, 1)), X)


@false("Refuted")
def convolving_twice_is_convolving_once():
    """Only a few kernels are idempotent: 0 and 1, of those with one entry."""
    once = conv2d(X, Tensor("W", (1, 1)))
    return Identity(conv2d(once, Tensor("W", (1, 1))), once)


@false("Refuted")
def subsampling_before_the_convolution():
    """It throws away pixels that the convolution would have read; the extents agree."""
    image, kernel = Tensor("X", (m, 2 * k + 1)), Tensor("W", (1, 2))
    return Identity(subsample(conv2d(image, kernel), (1, 2)), conv2d(subsample(image, (1, 2)), kernel))


@false("Refuted")
def padding_after_the_convolution():
    """The padded border of the result is 0; that of the convolution of the padded image is not."""
    kernel = Tensor("W", (1, 2))
    return Identity(conv2d(pad(X, (0, 1)), kernel), pad(conv2d(X, kernel), (0, 1)), [n >= 2])


@false("Refuted")
def convolution_is_bilinear_in_both_at_once():
    """(2 W) * (2 X) is 4 (W * X), not 2."""
    return Identity(conv2d(X * 2, W * 2), conv2d(X, W) * 2, FITS)


@false("Refuted")
def a_sum_of_both_arguments_has_mixed_terms():
    """(W + V) * (X + Y) has the terms W * Y and V * X too."""
    y, v = Tensor("Y", (m, n)), Tensor("V", (k, l))
    return Identity(conv2d(X + y, W + v), conv2d(X, W) + conv2d(y, v), FITS)


@false("Refuted")
def an_entrywise_product_of_images():
    """A convolution is linear, not multiplicative."""
    y = Tensor("Y", (m, n))
    return Identity(conv2d(X * y, W), conv2d(X, W) * conv2d(y, W), FITS)


@false("Refuted")
def the_window_is_one_column_short():
    """The sum over the columns of the kernel ends at l - 1."""
    a, b = Dummy("a", integer=True), Dummy("b", integer=True)
    short = Tensor.define(
        (m - k + 1, n - l + 1), lambda i, j: Sum(W[a, b] * X[i + a - 1, j + b - 1], (b, 1, l - 1), (a, 1, k))
    )
    return Identity(conv2d(X, W), short, FITS)


@false("Refuted")
def the_window_starts_one_pixel_late():
    """X[i + a, j + b - 1] reads the row below, which is zero padding at the end."""
    a, b = Dummy("a", integer=True), Dummy("b", integer=True)
    late = Tensor.define(
        (m - k + 1, n - l + 1),
        lambda i, j: Sum(W[a, b] * X.at(i + a, j + b - 1, outside=0), (b, 1, l), (a, 1, k)),
    )
    return Identity(conv2d(X, W), late, FITS)


@false("IllFormed")
def the_window_reads_out_of_the_image():
    """Without padding the last places would read below the image."""
    a = Dummy("a", integer=True)
    late = Tensor.define((m - k + 1, n), lambda i, j: Sum(X[i + a, j], (a, 1, k)))
    return Identity(late, late, [m >= k])


@false("Refuted")
def stride_and_padding_shift_each_other():
    """floor((n + 2 - 1)/2) + 1 is not floor((n - 1)/2) + 1 + 2."""
    kernel = Tensor("W", (1, 1))
    inside, outside = conv2d(X, kernel, stride=(1, 2), padding=(0, 1)), pad(conv2d(X, kernel, stride=(1, 2)), (0, 1))
    return Identity(inside, outside)


@false("Refuted")
def ones_outside_of_the_image():
    """A value of 1 outside of the image is not zero padding."""
    kernel = Tensor("W", (1, 2))
    ones = Tensor.define((m, n + 2), lambda i, j: X.at(i, j - 1, outside=1))
    return Identity(conv2d(X, kernel, padding=(0, 1)), conv2d(ones, kernel))


@false("Undecided")
def true_for_images_of_less_than_a_thousand_rows():
    """The last bracket differs only where m is at least 1000: no small image shows it."""
    from symcnn import Iverson

    late = Tensor.define((m, n), lambda i, j: X[i, j] * Iverson(i <= 999))
    return Identity(X, late)


@false("Refuted")
def dilation_by_d_is_a_kernel_with_d_zeros():
    """Between two entries of a dilated kernel there are d - 1 zeros."""
    from sympy import Mod, floor

    from symcnn import Iverson

    row, spread = Tensor("W", (1, k)), (k - 1) * (d + 1) + 1
    holes = Tensor.define(
        (1, spread), lambda a, b: Iverson(Eq(Mod(b - 1, d + 1), 0)) * row[1, floor((b - 1) / (d + 1)) + 1]
    )
    return Identity(conv2d(X, row, dilation=d), conv2d(X, holes), [n >= spread])
