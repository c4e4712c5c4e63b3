"""Theorems whose derivations have everything that a page may have to show."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sympy import Eq, Ne, Or, Piecewise, Rational, Sum, floor

from symcnn import Identity, Iverson, Nonzero, Tensor, Theorem, calc, conv2d, divides, pad, prove, sizes
from symcnn.theorems import vertical_difference_is_convolution

m, n, k, p = sizes("m n k p")
X, Z, x = Tensor("X", (m, n)), Tensor("Z", (m, n)), Tensor("x", (n,))
DOWN = [[0, 0, 0], [0, -1, 0], [0, 1, 0]]
RIGHT = [[0, 0, 0], [0, -1, 1], [0, 0, 0]]


def long_names() -> Theorem:
    height, width, vertical, horizontal = sizes("height width vertical horizontal")
    photograph, sharpening = Tensor("photograph", (height, width)), Tensor("sharpening", (3, 3))
    enhanced = Tensor.define(
        (height, width),
        lambda row, column: Sum(
            sharpening[vertical, horizontal] * photograph.at(row + vertical - 2, column + horizontal - 2),
            (horizontal, 1, 3),
            (vertical, 1, 3),
        ),
        name="enhanced",
    )
    return prove(Identity(conv2d(photograph, sharpening, padding=1), enhanced))


def a_kernel_of_5_by_7() -> Theorem:
    rows = [[(i * 7 + j * 3) % 5 - 2 for j in range(7)] for i in range(5)]
    places = [(a, b) for a in range(5) for b in range(7)]
    taps = Tensor.define((m, n), lambda i, j: sum(rows[a][b] * X.at(i + a - 2, j + b - 3) for a, b in places))
    return prove(Identity(conv2d(X, Tensor.of(rows), padding=(2, 3)), taps))


def two_cases() -> Theorem:
    first = Tensor.define((n,), lambda i: Piecewise((2 * x[i], i <= k), (x[i], True)))
    second = Tensor.define((n,), lambda i: x[i] + Iverson(i <= k) * x[i])
    return prove(Identity(first, second))


def a_line_with_cases() -> Theorem:
    first = Tensor.define((n,), lambda i: Piecewise((2 * x[i], i <= k), (x[i], True)), name="Y")
    second = Tensor.define((n,), lambda i: x[i] + Iverson(i <= k) * x[i])
    third = x + Tensor.define((n,), lambda i: Iverson(i <= k) * x[i])
    return calc(first).eq(second, because="in both cases").eq(third, because="addition").qed()


def many_terms() -> Theorem:
    kernel, offsets = Tensor("W", (3, 3)), (1, 2, 3)
    taps = Tensor.define(
        (m, n), lambda i, j: sum(kernel[a, b] * X.at(i + a - 2, j + b - 2) for a in offsets for b in offsets)
    )
    return prove(Identity(conv2d(X, kernel, padding=1), taps))


def odd_names() -> Theorem:
    rows, inner, columns = sizes("m1 n_max mu")
    a, b = Tensor("A_1", (rows, inner)), Tensor("B'", (inner, columns))
    c, theta = Tensor("gamma", (rows, columns)), Tensor("θ", ())
    return prove(Identity((a @ b) * 2 + c * theta[()], c * theta[()] + a @ b + a @ b))


def names_that_look_alike() -> Theorem:
    one, other, product = sizes("k1 k_1 km")
    a, b = Tensor("alpha", (one, other)), Tensor("α", (one, other))
    return prove(Identity(a * product + b * k * m, b * (k * m) + product * a))


def numbers() -> Theorem:
    y, z = Tensor("y", (n,)), Tensor("z", (n,))
    first = Tensor.define((n,), lambda i: 0.299 * x[i] - Rational(2, 3) * y[i] - 0.5 * z[i] + Rational(1, 7) / n)
    second = Tensor.define((n,), lambda i: 1 / (7 * n) + (0.299 * x[i] - z[i] / 2) - 2 * y[i] / 3)
    return prove(Identity(first, second))


def nested_tensors() -> Theorem:
    kernel = Tensor("W", (3, 3))
    both = conv2d(X, kernel, padding=1) + conv2d(Z, kernel, padding=1)
    return prove(Identity(conv2d(pad(X + Z, 1), kernel), both))


def transposes() -> Theorem:
    a, b = Tensor("A", (m, k)), Tensor("B", (k, n))
    return prove(Identity((a @ b).T, b.T @ a.T))


def scalars_and_products() -> Theorem:
    a, b, d, s = Tensor("A", (m, n)), Tensor("B", (m, n)), Tensor("D", (n, k)), Tensor("s", ())
    return prove(Identity((a * 2 - b * (s[()] + 1)) @ d, 2 * (a @ d) - (s[()] + 1) * (b @ d)))


def entrywise() -> Theorem:
    a, b = Tensor("A", (m, n)), Tensor("B", (m, n))
    half = Tensor.define((m, n), lambda i, j: 1.5 - 0.5 * a[i, j] * b[i, j])
    return prove(Identity(conv2d(-(a * b) + 3, Tensor.of([[0.5]])), half))


def batches() -> Theorem:
    images, channels, outputs, c, α, β = sizes("N C O c α β")
    x4, w = Tensor("X", (images, channels, m, n)), Tensor("W", (outputs, channels, 3, 5))
    bias = Tensor("b", (outputs,))

    def entry(image, o, i, j):
        read = x4.at(image, c, 2 * (i - 1) + α - 1, 3 * (j - 1) + β - 2)
        return bias[o] + Sum(w[o, c, α, β] * read, (β, 1, 5), (α, 1, 3), (c, 1, channels))

    y = Tensor.define((images, outputs, floor((m + 1) / 2), floor((n + 2) / 3)), entry)
    return prove(Identity(conv2d(x4, w, bias=bias, stride=(2, 3), padding=(1, 2)), y))


def dilation() -> Theorem:
    w, (α, β) = Tensor("W", (3, 3)), sizes("α β")
    y = Tensor.define(
        (m, n), lambda i, j: Sum(w[4 - α, 4 - β] * X.at(i - 2 * α + 4, j - 2 * β + 4), (β, 1, 3), (α, 1, 3))
    )
    return prove(Identity(conv2d(X, w, padding=2, dilation=2), y))


def sums_without_tensors() -> Theorem:
    i = sizes("i")
    return prove(Identity(Sum(i, (i, 1, 3)), 6))


def numbers_without_indices() -> Theorem:
    i = sizes("i")
    return prove(Identity(Sum(2 * x[i] + x[i], (i, 1, n)), 3 * Sum(x[i], (i, 1, n))))


def hypotheses_of_every_kind() -> Theorem:
    i, s = sizes("i"), Tensor("s", ())
    given = [n >= k, k >= 2, divides(k, m), Ne(m, 3), Or(n >= 4, m >= 5), Eq(p, 2 * k)]
    given += [Nonzero(s[()]), Nonzero(x[1] + x[2])]
    return prove(Identity(Sum(x[i] / s[()], (i, 1, k)), Sum(x[i], (i, 1, k)) / s[()], given))


def indices_from_zero() -> Theorem:
    image = Tensor("X", (m, n), origin=0)
    difference = Tensor.define((m, n), lambda i, j: image.at(i + 1, j) - image[i, j])
    return prove(Identity(conv2d(image, Tensor.of(DOWN, origin=0), padding=1), difference))


def by_a_theorem() -> Theorem:
    a = Tensor("A", (n, k))
    difference = Tensor.define((n, k), lambda i, j: a.at(i + 1, j) - a[i, j], name="D")
    return (
        calc(conv2d(a, Tensor.of(DOWN), padding=1))
        .eq(difference, by=vertical_difference_is_convolution)
        .eq(difference * 3 - difference * 2, because="arithmetic, 100% sure_of #it")
        .qed("mine")
    )


def words_of_the_author() -> Theorem:
    kernel = Tensor.of(RIGHT, name="W")
    taps = Tensor.define((m, n), lambda i, j: kernel[2, 2] * X[i, j] + kernel[2, 3] * X.at(i, j + 1))
    difference = Tensor.define((m, n), lambda i, j: X.at(i, j + 1) - X[i, j], name="Y")
    long = (
        "the kernel has two entries, which are $W_{2,2}$ and $W_{2,3}$; all others are 0, so that of the nine summands"
        " only two are left, and these are the ones with $α = 2$, 100% of them"
    )
    return calc(conv2d(X, kernel, padding=1)).eq(taps, because=long).eq(difference, because="they are −1 & 1").qed()


def no_words_of_the_author() -> Theorem:
    kernel = Tensor.of(RIGHT, name="W")
    difference = Tensor.define((m, n), lambda i, j: X.at(i, j + 1) - X[i, j], name="Y")
    same = Tensor.define((m, n), lambda i, j: 2 * difference[i, j] - difference[i, j], name="Q")
    return calc(conv2d(X, kernel, padding=1)).eq(difference).eq(same).eq(difference * 1, because="again").qed()


def kernels_with_channels() -> Theorem:
    kernel = Tensor.of([[[[1, 0], [0, -1]], [[Rational(1, 2), 2], [3, 4]]]])
    image = Tensor("X", (2, m, n))

    def entry(o, i, j):
        first = image[1, i, j] - image[1, i + 1, j + 1]
        second = image[2, i, j] / 2 + 2 * image[2, i, j + 1] + 3 * image[2, i + 1, j] + 4 * image[2, i + 1, j + 1]
        return first + second

    return prove(Identity(conv2d(image, kernel), Tensor.define((1, m - 1, n - 1), entry), [m >= 2, n >= 2]))


def a_wide_kernel() -> Theorem:
    taps = Tensor.define((m, n - 13), lambda i, j: sum(X[i, j + a] for a in range(14)))
    return prove(Identity(conv2d(X, Tensor.of([[1] * 14])), taps, [n >= 14]))


def another_number_outside() -> Theorem:
    first = Tensor.define((n,), lambda i: x.at(i + 1, outside=5))
    second = Tensor.define((n,), lambda i: 5 - 5 * Iverson(i + 1 <= n) + Iverson(i + 1 <= n) * x[i + 1])
    return prove(Identity(first, second))


#: by name; each is proved once
CASES: dict[str, Callable[[], Theorem]] = {
    each.__name__: cache(each)
    for each in (
        *(long_names, a_kernel_of_5_by_7, two_cases, a_line_with_cases, many_terms, odd_names, names_that_look_alike),
        *(numbers, nested_tensors, transposes, scalars_and_products, entrywise, batches, dilation),
        *(sums_without_tensors, numbers_without_indices, hypotheses_of_every_kind, indices_from_zero, by_a_theorem),
        *(words_of_the_author, no_words_of_the_author, kernels_with_channels, a_wide_kernel, another_number_outside),
    )
}
