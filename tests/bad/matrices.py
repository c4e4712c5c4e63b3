"""Matrices: products that do not commute, transposes in the wrong order, entrywise and matrix products confused."""

from falsehood import false
from sympy import Dummy, Eq, Sum

from symcnn import Identity, Tensor, sizes

m, n, r = sizes("m n r")
A, B, S, T = Tensor("A", (m, n)), Tensor("B", (n, r)), Tensor("S", (n, n)), Tensor("T", (n, n))
x, y = Tensor("x", (n,)), Tensor("y", (n,))
k = Dummy("k", integer=True)


@false("Refuted")
def a_square_matrix_is_its_transpose():
    """Only symmetric ones are."""
    return Identity(S, S.T)


@false("Refuted")
def a_matrix_is_its_transpose_where_it_is_square():
    """Equal extents do not make it symmetric."""
    return Identity(A, A.T, [Eq(m, n)])


@false("Refuted")
def products_commute():
    """Matrices do not commute."""
    return Identity(S @ T, T @ S)


@false("Refuted")
def products_of_other_shapes_commute():
    """A B is m x r; B A does not even exist."""
    return Identity(A @ B, B @ A)


@false("Refuted")
def the_transpose_of_a_product_in_the_wrong_order():
    """(A B)^T is B^T A^T; A^T B^T does not fit."""
    return Identity((A @ B).T, A.T @ B.T)


@false("Refuted")
def the_transpose_of_a_square_product_in_the_wrong_order():
    """(S T)^T is T^T S^T."""
    return Identity((S @ T).T, S.T @ T.T)


@false("Refuted")
def the_matrix_product_is_entrywise():
    """S @ T is not S * T."""
    return Identity(S @ T, S * T)


@false("Refuted")
def a_square_of_a_sum_without_mixed_terms():
    """(S + T)^2 has the terms S T and T S."""
    return Identity((S + T) @ (S + T), S @ S + T @ T)


@false("Refuted")
def a_square_of_a_sum_as_for_numbers():
    """S T + T S is not 2 S T."""
    return Identity((S + T) @ (S + T), S @ S + 2 * (S @ T) + T @ T)


@false("Refuted")
def the_dot_product_is_symmetric_with_other_vectors():
    """x . y is y . x, not x . x."""
    return Identity(x @ y, x @ x)


@false("Refuted")
def a_product_is_associative_with_the_wrong_factor():
    """(S T) x is S (T x), not T (S x)."""
    return Identity((S @ T) @ x, T @ (S @ x))


@false("Refuted")
def a_product_with_the_inner_sum_one_short():
    """The inner sum ends at n - 1."""
    return Identity(A @ B, Tensor.define((m, r), lambda i, j: Sum(A[i, k] * B[k, j], (k, 1, n - 1))))


@false("Refuted")
def a_product_with_a_fixed_inner_index():
    """The first column times the first row is one summand of n."""
    return Identity(A @ B, Tensor.define((m, r), lambda i, j: n * A[i, 1] * B[1, j]))


@false("UnequalExtents")
def a_sum_of_matrices_of_other_shapes():
    """Nothing says that A and B have one shape."""
    return Identity(A + B, A + B)


@false("Refuted")
def transposing_changes_the_shape():
    """A is m x n, its transpose n x m."""
    return Identity(A, A.T)


@false("ShapeError")
def a_matrix_is_a_vector():
    """Two indices against one."""
    return Identity(S @ x, S)
