"""True for some sizes only: small ones, equal ones, large ones, or for no tensor at all."""

from falsehood import false
from sympy import Eq, Ne, Sum

from symcnn import Identity, Iverson, Nonzero, Tensor, conv2d, pad, sizes

m, n, k, a = sizes("m n k a")
X, M = Tensor("X", (n,)), Tensor("M", (m, n))


@false("Refuted")
def true_from_six_on():
    """[n >= 6] is 0 for n = 5."""
    return Identity(Iverson(n >= 6) * X[1], X[1])


@false("Refuted")
def true_for_sums_from_six_on():
    """The sum to 6 needs X[6]; with zeros outside, it lacks X[7] for n = 7, and is right below."""
    return Identity(Sum(X[a], (a, 1, n)), Sum(X.at(a, outside=0), (a, 1, 6)))


@false("Refuted")
def true_up_to_five():
    """n^5 - ... has the zeros 1 .. 5 only."""
    return Identity((n - 1) * (n - 2) * (n - 3) * (n - 4) * (n - 5) * X[1], 0)


@false("Undecided")
def true_up_to_five_thousand():
    """[n >= 5000] X[1] is X[1] for n = 5000, which is larger than what is tried."""
    return Identity(Iverson(n >= 5000) * X[1], 0)


@false("Refuted")
def true_where_the_extents_agree():
    """The image is m x n; only for m = n can rows and columns be exchanged in the shape."""
    return Identity(Tensor.define((m, n), lambda i, j: 1), Tensor.define((n, m), lambda i, j: 1))


@false("Refuted")
def true_where_one_size_is_one():
    """A row vector is a column vector for n = 1 only."""
    square = Tensor("S", (n, n))
    return Identity(square[1, n], square[n, 1])


@false("Refuted")
def true_for_a_kernel_of_one_entry():
    """For k = 1 the convolution is a multiple of the image, and no larger kernel has its shape."""
    kernel = Tensor("W", (k, k))
    return Identity(conv2d(M, kernel), M * kernel[1, 1], [m >= k, n >= k])


@false("Refuted")
def true_without_padding():
    """pad by p is the image for p = 0 only."""
    p = sizes("p")
    return Identity(pad(M, p), M, [p >= 0])


@false("Refuted")
def true_for_constant_images():
    """X[1] is X[n] for constant images."""
    return Identity(X[1], X[n])


@false("Refuted")
def true_for_small_entries_only():
    """x^2 = x holds for 0 and 1."""
    return Identity(X * X, X)


@false("Vacuous")
def contradictory_hypotheses():
    """Anything would follow from m >= 3 and m <= 2."""
    return Identity(M, M + 1, [m >= 3, m <= 2])


@false("Vacuous")
def contradictory_hypotheses_of_equality():
    """m = n and m != n."""
    return Identity(M, M + 1, [Eq(m, n), Ne(m, n)])


@false("Vacuous")
def contradictory_hypotheses_about_entries():
    """X[1] is 0 and is not."""
    return Identity(X, X + 1, [Nonzero(X[1]), ~Nonzero(X[1])])


@false("Vacuous")
def an_image_without_pixels():
    """Nothing is compared."""
    empty = Tensor("Z", (0, n))
    return Identity(empty, empty + 1)


@false("LanguageError")
def a_hypothesis_that_python_has_decided():
    """m == 2*n is False: nothing is assumed of the sizes."""
    return Identity(M, M + 1, [m == 2 * n])


@false("NameClash")
def two_images_with_one_name():
    """X of n and X of n + 1 entries are not one tensor."""
    return Identity(X[1], Tensor("X", (n + 1,))[1])


@false("LanguageError")
def floats_that_differ_in_their_last_digits():
    """0.1 + 0.2 is 0.30000000000000004."""
    return Identity(X * (0.1 + 0.2), X * 0.3)
