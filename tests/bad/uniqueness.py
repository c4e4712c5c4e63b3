"""Kernels and matrices that are not determined by what is assumed of all inputs."""

from falsehood import false
from sympy import Sum

from symcnn import ForAll, Identity, Iverson, Tensor, conv2d, sizes

m, n, a = sizes("m n a")
X, W, V = Tensor("X", (m, n)), Tensor("W", (3, 3)), Tensor("V", (3, 3))
DOWN = Tensor.define((m, n), lambda i, j: X.at(i + 1, j, outside=0) - X[i, j], name="Y")
FOUND = Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]])
GIVES = ForAll(X, Identity(conv2d(X, W, padding=1), DOWN))
A, B, x = Tensor("A", (n, n)), Tensor("B", (n, n)), Tensor("x", (n,))


@false("Refuted")
def the_difference_kernel_of_images_with_one_row():
    """For m = 1 the outer rows of the kernel read zeros only."""
    one = Tensor("X", (1, n))
    down = Tensor.define((1, n), lambda i, j: one.at(i + 1, j, outside=0) - one[i, j])
    return Identity(W, FOUND, [n >= 2, ForAll(one, Identity(conv2d(one, W, padding=1), down))])


@false("Refuted")
def the_difference_kernel_of_images_with_any_number_of_rows():
    """m = 1 is among them."""
    return Identity(W, FOUND, [n >= 2, GIVES])


@false("Refuted")
def the_difference_kernel_of_images_with_any_number_of_columns():
    """For n = 1 the outer columns of the kernel read zeros only."""
    return Identity(W, FOUND, [m >= 2, GIVES])


@false("Refuted")
def the_difference_kernel_of_images_of_any_size():
    """m = n = 1 is among them."""
    return Identity(W, FOUND, [GIVES])


@false("Refuted")
def another_difference_kernel():
    """The entries 1 and -1 are exchanged."""
    return Identity(W, -FOUND, [m >= 2, n >= 2, GIVES])


@false("Refuted")
def the_kernel_of_the_other_direction():
    """The 1 stands below, not to the right."""
    return Identity(W, FOUND.T, [m >= 2, n >= 2, GIVES])


@false("Refuted")
def the_kernel_upside_down():
    """Convolution here is correlation: no kernel is flipped."""
    return Identity(W, Tensor.of([[0, 1, 0], [0, -1, 0], [0, 0, 0]]), [m >= 2, n >= 2, GIVES])


@false("Refuted")
def kernels_that_agree_where_nothing_is_padded():
    """On images of 1 x 1 only the middle entries are compared."""
    one = Tensor("X", (1, 1))
    same = ForAll(one, Identity(conv2d(one, W, padding=1), conv2d(one, V, padding=1)))
    return Identity(W, V, [same])


@false("Refuted")
def kernels_whose_sums_agree():
    """Constant images tell no more than the sum of the entries."""
    ones = Tensor.define((m, n), lambda i, j: x[1])
    same = ForAll(x, Identity(conv2d(ones, W), conv2d(ones, V)))
    return Identity(W, V, [m >= 3, n >= 3, same])


@false("Refuted")
def one_image_that_both_kernels_map_alike():
    """X is one image here, not every image."""
    same = ForAll(x, Identity(conv2d(X, W, padding=1) * x[1], conv2d(X, V, padding=1) * x[1]))
    return Identity(W, V, [m >= 2, n >= 2, same])


@false("Refuted")
def matrices_with_the_same_quadratic_form():
    """A and A^T have the same."""
    forms = (Sum((each @ x)[a] * x[a], (a, 1, n)) for each in (A, B))
    return Identity(A, B, [ForAll(x, Identity(*forms))])


@false("Refuted")
def matrices_that_agree_in_their_first_rows():
    """Nothing is known of the others."""
    return Identity(A, B, [ForAll(x, Identity((A @ x)[1], (B @ x)[1]))])


@false("Refuted")
def a_transposed_matrix():
    """A x = B x for all x says A = B, not A = B^T."""
    return Identity(A, B.T, [ForAll(x, Identity(A @ x, B @ x))])


@false("Refuted")
def matrices_that_map_positive_multiples_of_one_vector_alike():
    """The vector of ones tells no more than the sums of the rows."""
    ones = Tensor.define((n,), lambda i: x[1])
    return Identity(A, B, [ForAll(x, Identity(A @ ones, B @ ones))])


@false("Refuted")
def something_that_is_assumed_of_all_images_holds_of_their_squares_only():
    """That x[1]^2 c = x[1]^2 says c = 1, not c = 0."""
    c = Tensor("c", (1,))
    return Identity(c[1], 0, [ForAll(x, Identity(x[1] ** 2 * c[1], x[1] ** 2))])


@false("Refuted")
def kernels_that_agree_with_stride_two():
    """On images of 2 x 2 there is one window, whose first row and column lie in the padding."""
    same = ForAll(X, Identity(conv2d(X, W, padding=1, stride=2), conv2d(X, V, padding=1, stride=2)))
    return Identity(W, V, [m >= 2, n >= 2, same])


@false("Refuted")
def kernels_that_agree_with_dilation_two():
    """On images of 2 x 2 the outer rows of a window lie in the padding; 3 x 3 would be enough."""
    same = ForAll(X, Identity(conv2d(X, W, padding=2, dilation=2), conv2d(X, V, padding=2, dilation=2)))
    return Identity(W, V, [m >= 2, n >= 2, same])


@false("Refuted")
def matrices_whose_last_column_is_not_read():
    """Nothing is known of A[i, n]."""

    def mapped(matrix):
        return Tensor.define((n,), lambda i: Sum(matrix[i, a] * x[a] * Iverson(a <= n - 1), (a, 1, n)))

    return Identity(A, B, [ForAll(x, Identity(mapped(A), mapped(B)))])


@false("Refuted")
def matrices_that_map_symmetric_vectors_alike():
    """The differences of opposite columns may differ."""

    def mapped(matrix):
        return Tensor.define((n,), lambda i: Sum(matrix[i, a] * (x[a] + x[n + 1 - a]), (a, 1, n)))

    return Identity(A, B, [ForAll(x, Identity(mapped(A), mapped(B)))])


@false("Refuted")
def the_other_bias():
    """A x + b = B x + c for all x says b = c, not b = -c."""
    b, c = Tensor("b", (n,)), Tensor("c", (n,))
    return Identity(b, -c, [ForAll(x, Identity(A @ x + b, B @ x + c))])
