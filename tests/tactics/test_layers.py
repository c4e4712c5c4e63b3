"""True identities of operators that the search proves, for all sizes."""

import pytest
from sympy import Eq, KroneckerDelta, Ne, Sum, floor
from truths import Truths, proved

from symcnn import Identity, Iverson, Tensor, avg_pool2d, conv2d, divides, pad, sizes, subsample

C, D, O, P, m, n, k, l, d, p, q, s, t, a, r = sizes("C D O P m n k l d p q s t a r")  # noqa: E741
X, Y, W, V = Tensor("X", (m, n)), Tensor("Y", (m, n)), Tensor("W", (k, l)), Tensor("V", (k, l))
IMAGE, KERNEL = Tensor("X", (C, m, n)), Tensor("W", (O, C, k, l))
FITS = [m >= k, n >= l]
true = Truths()


@true
def convolution_is_linear_in_the_image():
    return Identity(conv2d(X + Y, W), conv2d(X, W) + conv2d(Y, W), FITS)


@true
def convolution_is_linear_in_the_kernel():
    return Identity(conv2d(X, W + V), conv2d(X, W) + conv2d(X, V), FITS)


@true
def a_factor_goes_to_the_image_or_to_the_kernel():
    return Identity(conv2d(X * a, W), conv2d(X, W * a), FITS)


@true
def linear_with_stride_padding_and_dilation():
    settings = {"stride": s, "padding": p, "dilation": d}
    one, two = (conv2d(each, W, **settings) for each in (X, Y))
    return Identity(conv2d(2 * X - Y, W, **settings), 2 * one - two, [m >= d * (k - 1) + 1, n >= d * (l - 1) + 1])


@true
def linear_with_channels():
    other = Tensor("Y", (C, m, n))
    return Identity(conv2d(IMAGE + other, KERNEL), conv2d(IMAGE, KERNEL) + conv2d(other, KERNEL), FITS)


@true
def padding_is_padding_the_image():
    return Identity(conv2d(pad(X, p), W), conv2d(X, W, padding=p), FITS)


@true
def padding_is_padding_the_image_for_a_small_kernel():
    kernel = Tensor("W", (3, 3))
    return Identity(conv2d(pad(X, 1), kernel), conv2d(X, kernel, padding=1))


@true
def padding_twice():
    return Identity(pad(pad(X, p), q), pad(X, p + q))


@true
def padding_by_nothing():
    return Identity(pad(X, 0), X)


@true
def subsampling_twice():
    return Identity(subsample(subsample(X, 2), 3), subsample(X, 6))


@true
def subsampling_twice_by_any_strides():
    return Identity(subsample(subsample(X, s), t), subsample(X, s * t))


@true
def subsampling_by_one():
    return Identity(subsample(X, 1), X)


@true
def subsampling_is_linear():
    return Identity(subsample(X + Y, s), subsample(X, s) + subsample(Y, s))


@true
def padding_by_two_and_subsampling_by_two():
    return Identity(subsample(pad(X, (0, 2)), (1, 2)), pad(subsample(X, (1, 2)), (0, 1)))


@true
def a_stride_is_subsampling():
    return Identity(conv2d(X, W, stride=s), subsample(conv2d(X, W), s), FITS)


@true
def a_stride_is_subsampling_with_padding():
    return Identity(conv2d(X, W, stride=s, padding=p), subsample(conv2d(X, W, padding=p), s), FITS)


@true
def dilation_by_one():
    return Identity(conv2d(X, W, dilation=1), conv2d(X, W), FITS)


@true
def one_group():
    return Identity(conv2d(IMAGE, KERNEL, groups=1), conv2d(IMAGE, KERNEL), FITS)


@true
def depthwise_is_a_diagonal_kernel():
    depthwise = Tensor("W", (C, 1, k, l))
    full = Tensor.define((C, C, k, l), lambda o, r, a, b: KroneckerDelta(o, r) * depthwise[o, 1, a, b])
    return Identity(conv2d(IMAGE, depthwise, groups=C), conv2d(IMAGE, full), FITS)


@true
def a_bias_is_added():
    bias, plain = Tensor("b", (O,)), conv2d(IMAGE, KERNEL)
    added = Tensor.define(plain.shape, lambda o, i, j: bias[o])
    return Identity(conv2d(IMAGE, KERNEL, bias), plain + added, FITS)


@true
def images_of_a_batch_by_themselves():
    batch = conv2d(Tensor("Z", (P, C, m, n)), KERNEL)
    first = Tensor.define((C, m, n), lambda c, i, j: Tensor("Z", (P, C, m, n))[1, c, i, j])
    return Identity(Tensor.define(batch.shape[1:], lambda o, i, j: batch[1, o, i, j]), conv2d(first, KERNEL), FITS)


@true
def the_unit_kernel():
    return Identity(conv2d(X, Tensor.of([[0, 0, 0], [0, 1, 0], [0, 0, 0]]), padding=1), X)


@true
def the_unit_kernel_of_any_size():
    kernel = Tensor.define((2 * k + 1, 2 * k + 1), lambda a, b: KroneckerDelta(a, k + 1) * KroneckerDelta(b, k + 1))
    return Identity(conv2d(X, kernel, padding=k), X)


@true
def the_unit_kernel_of_one_entry():
    return Identity(conv2d(X, Tensor.of([[1]])), X)


@true
def a_shift():
    kernel = Tensor.of([[0, 0, 0], [0, 0, 1], [0, 0, 0]])
    return Identity(conv2d(X, kernel, padding=1), Tensor.define((m, n), lambda i, j: X.at(i, j + 1)))


@true
def the_laplacian():
    kernel = Tensor.of([[0, 1, 0], [1, -4, 1], [0, 1, 0]])

    def entry(i, j):
        return X.at(i - 1, j) + X.at(i + 1, j) + X.at(i, j - 1) + X.at(i, j + 1) - 4 * X[i, j]

    return Identity(conv2d(X, kernel, padding=1), Tensor.define((m, n), entry))


@true
def two_differences_commute():
    down, right = Tensor.of([[-1], [1]]), Tensor.of([[-1, 1]])
    return Identity(conv2d(conv2d(X, down), right), conv2d(conv2d(X, right), down), [m >= 2, n >= 2])


@true
def a_separable_kernel():
    u, v = Tensor("u", (k,)), Tensor("v", (l,))
    kernel = Tensor.define((k, l), lambda a, b: u[a] * v[b])
    column, row = Tensor.define((k, 1), lambda a, b: u[a]), Tensor.define((1, l), lambda a, b: v[b])
    return Identity(conv2d(X, kernel), conv2d(conv2d(X, column), row), FITS)


@true
def flipping_twice():
    once = Tensor.define((k, l), lambda a, b: W[k + 1 - a, l + 1 - b])
    twice = Tensor.define((k, l), lambda a, b: once[k + 1 - a, l + 1 - b])
    return Identity(conv2d(X, twice), conv2d(X, W), FITS)


@true
def the_transpose_of_a_convolution():
    return Identity(conv2d(X, W).T, conv2d(X.T, W.T), FITS)


@true
def small_kernels_compose():
    w, v = Tensor("W", (1, 2)), Tensor("V", (1, 2))

    def entry(a, b):
        return Sum(w.at(1, r) * v.at(1, b + 1 - r), (r, 1, 2))

    return Identity(conv2d(conv2d(X, w), v), conv2d(X, Tensor.define((1, 3), entry)), [n >= 3])


@true
def pointwise_convolutions_compose():
    one, two = Tensor("A", (D, C, 1, 1)), Tensor("B", (O, D, 1, 1))
    both = Tensor.define((O, C, 1, 1), lambda o, c, i, j: Sum(two[o, r, 1, 1] * one[r, c, 1, 1], (r, 1, D)))
    return Identity(conv2d(conv2d(IMAGE, one), two), conv2d(IMAGE, both))


@true
def average_pooling_is_linear():
    both = avg_pool2d(X, k) + 3 * avg_pool2d(Y, k)
    return Identity(avg_pool2d(X + 3 * Y, k), both, [m >= k, n >= k])


@true
def a_window_of_one():
    return Identity(avg_pool2d(X, 1), X)


@true
def pooling_twice():
    return Identity(avg_pool2d(avg_pool2d(X, 2), 3), avg_pool2d(X, 6), [divides(6, m), divides(6, n)])


@true
def pooling_one_axis_after_the_other():
    return Identity(avg_pool2d(avg_pool2d(X, (k, 1)), (1, l)), avg_pool2d(X, (k, l)), FITS)


@true
def pooling_is_a_matrix_product():
    def entry(i, j):
        return Sum(X[i, a] * Iverson(Eq(floor((a - 1) / k) + 1, j)) / k, (a, 1, n))

    return Identity(avg_pool2d(X, (1, k)), Tensor.define((m, floor(n / k)), entry), [n >= k])


@true
def the_adjoint_of_a_convolution():
    """sum u (w * z) = sum z (u spread by w), on one axis."""
    z, w, u = Tensor("z", (n,)), Tensor("w", (k,)), Tensor("u", (n - k + 1,))
    forward = Sum(u[a] * Sum(w[r] * z[a + r - 1], (r, 1, k)), (a, 1, n - k + 1))
    back = Sum(z[q] * Sum(u.at(q - r + 1) * w[r], (r, 1, k)), (q, 1, n))
    return Identity(forward, back, [n >= k])


@true
def full_convolution_commutes():
    z, w = Tensor("z", (m,)), Tensor("w", (k,))
    one = Tensor.define((m + k - 1,), lambda i: Sum(w[a] * z.at(i + 1 - a), (a, 1, k)))
    two = Tensor.define((m + k - 1,), lambda i: Sum(z[a] * w.at(i + 1 - a), (a, 1, m)))
    return Identity(one, two)


@true
def at_origin_zero():
    image, kernel = Tensor("X", (m, n), origin=0), Tensor("W", (k, l), origin=0)
    return Identity(conv2d(image, kernel * 2), conv2d(image + image, kernel), FITS)


@true
def groups_of_any_number():
    grouped = conv2d(Tensor("X", (q * D, m, n)), Tensor("W", (q * O, D, k, l)), groups=q)
    return Identity(grouped, conv2d(Tensor("X", (q * D, m, n)), Tensor("W", (q * O, D, k, l)), groups=q), FITS)


@true
def two_groups_of_two_channels():
    kernel = Tensor("W", (4, 2, 1, 1))
    return Identity(
        conv2d(Tensor("X", (4, m, n)), kernel * 2, groups=2), 2 * conv2d(Tensor("X", (4, m, n)), kernel, groups=2)
    )


@true
def the_mean_of_ones():
    ones = Tensor.define((floor(m / k), floor(n / k)), lambda i, j: 1)
    return Identity(avg_pool2d(X * 0 + 1, k), ones, [m >= k, n >= k])


@true.unproved("products of three positive sizes are not seen to be positive")
def pooling_twice_by_any_windows():
    image = Tensor("X", (k * l * m, k * l * n))
    return Identity(avg_pool2d(avg_pool2d(image, k), l), avg_pool2d(image, k * l))


@true.unproved("a floor of literals, such as floor(2/2), is no number")
def a_dilated_kernel_of_two_entries_has_a_hole():
    row = Tensor("W", (1, 2))
    holes = Tensor.define((1, 3), lambda a, b: Iverson(Ne(b, 2)) * row[1, floor((b - 1) / 2) + 1])
    return Identity(conv2d(X, row, dilation=2), conv2d(X, holes), [n >= 3])


@true.unproved("multiples of d are not taken as a new index")
def a_dilated_kernel_has_holes():
    row, spread = Tensor("W", (1, k)), (k - 1) * d + 1
    holes = Tensor.define((1, spread), lambda a, b: Iverson(divides(d, b - 1)) * row[1, floor((b - 1) / d) + 1])
    return Identity(conv2d(X, row, dilation=d), conv2d(X, holes), [n >= spread])


@pytest.mark.parametrize("state", true.cases())
def test_it_is_proved(state):
    assert proved(state)
