"""Channels, groups and 1 x 1 convolutions that are confused with each other."""

from falsehood import false
from sympy import Dummy, KroneckerDelta, Sum

from symcnn import Identity, Tensor, conv2d, sizes

C, D, O, m, n, g = sizes("C D O m n g")  # noqa: E741
X = Tensor("X", (C, m, n))
c = Dummy("c", integer=True)


@false("Refuted")
def wrong_weights_of_the_luminance():
    """0.587 belongs to green; here red and green are exchanged."""
    image = Tensor("X", (3, m, n))
    kernel = Tensor.of([[[[0.587]], [[0.299]], [[0.114]]]])
    grey = Tensor.define(
        (1, m, n), lambda o, i, j: 0.299 * image[1, i, j] + 0.587 * image[2, i, j] + 0.114 * image[3, i, j]
    )
    return Identity(conv2d(image, kernel), grey)


@false("Refuted")
def a_rounded_weight():
    """0.2990 and 0.29900001 differ."""
    image = Tensor("X", (1, m, n))
    return Identity(conv2d(image, Tensor.of([[[[0.299]]]])), image * 0.29900001)


@false("Refuted")
def the_mixing_matrix_is_transposed():
    """The kernel is (outputs, inputs)."""
    w = Tensor("w", (C, C))
    kernel = Tensor.define((C, C, 1, 1), lambda o, r, a, b: w[r, o])
    mixed = Tensor.define((C, m, n), lambda o, i, j: Sum(w[o, c] * X[c, i, j], (c, 1, C)))
    return Identity(conv2d(X, kernel), mixed)


@false("Refuted")
def the_last_channel_is_not_mixed():
    """The sum over the channels ends at C - 1."""
    w = Tensor("w", (O, C))
    kernel = Tensor.define((O, C, 1, 1), lambda o, r, a, b: w[o, r])
    mixed = Tensor.define((O, m, n), lambda o, i, j: Sum(w[o, c] * X[c, i, j], (c, 1, C - 1)))
    return Identity(conv2d(X, kernel), mixed)


@false("Refuted")
def one_group_is_many():
    """With C groups every output channel reads one input channel only."""
    kernel = Tensor("W", (C, 1, 2, 1))
    spread = Tensor.define((C, C, 2, 1), lambda o, r, a, b: kernel[o, 1, a, b])
    return Identity(conv2d(X, kernel, groups=C), conv2d(X, spread), [m >= 2])


@false("Refuted")
def groups_of_two_are_groups_of_the_other_parity():
    """The first group has channels 1 and 2, not 1 and 3."""
    image, kernel = Tensor("X", (4, m, n)), Tensor("W", (2, 2, 1, 1))
    mixed = Tensor.define(
        (2, m, n), lambda o, i, j: kernel[o, 1, 1, 1] * image[o, i, j] + kernel[o, 2, 1, 1] * image[o + 2, i, j]
    )
    return Identity(conv2d(image, kernel, groups=2), mixed)


@false("Refuted")
def groups_are_exchanged():
    """The first outputs read the first group, not the last."""
    image, kernel = Tensor("X", (4, m, n)), Tensor("W", (2, 2, 1, 1))
    swapped = Tensor.define((4, m, n), lambda r, i, j: image[5 - r, i, j])
    return Identity(conv2d(image, kernel, groups=2), conv2d(swapped, kernel, groups=2))


@false("UnequalExtents")
def groups_that_do_not_divide():
    """Three outputs cannot be shared by two groups."""
    image, kernel = Tensor("X", (4, m, n)), Tensor("W", (3, 2, 1, 1))
    return Identity(conv2d(image, kernel, groups=2), conv2d(image, kernel, groups=2))


@false("UnequalExtents")
def channels_that_do_not_fit():
    """Nothing says that the kernel reads as many channels as the image has."""
    kernel = Tensor("W", (O, D, 1, 1))
    return Identity(conv2d(X, kernel), conv2d(X, kernel))


@false("LanguageError")
def groups_are_ignored_for_one_channel():
    """Two images have one channel, which cannot be shared."""
    image, kernel = Tensor("X", (m, n)), Tensor("W", (1, 1))
    return Identity(conv2d(image, kernel, groups=2), conv2d(image, kernel))


@false("Refuted")
def pointwise_convolutions_in_the_other_order():
    """1 x 1 convolutions compose as matrices do, and these do not commute."""
    a, b = Tensor("A", (C, C, 1, 1)), Tensor("B", (C, C, 1, 1))
    return Identity(conv2d(conv2d(X, a), b), conv2d(conv2d(X, b), a))


@false("Refuted")
def the_channel_delta_off_by_one():
    """[o = r + 1] shifts the channels."""
    kernel = Tensor.define((C, C, 1, 1), lambda o, r, a, b: KroneckerDelta(o, r + 1))
    return Identity(conv2d(X, kernel), X)


@false("Refuted")
def images_of_a_batch_are_mixed():
    """Every image is convolved by itself."""
    batch, kernel = Tensor("X", (D, C, m, n)), Tensor("W", (O, C, 1, 1))
    one = conv2d(batch, kernel)
    return Identity(one, Tensor.define((D, O, m, n), lambda b, o, i, j: one[D + 1 - b, o, i, j]))
