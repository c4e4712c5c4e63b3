"""True identities of sums and matrices that the search proves, for all sizes."""

import pytest
from sympy import KroneckerDelta, Max, Min, Mod, Sum, floor
from truths import Truths, proved

from symcnn import Identity, Iverson, Tensor, divides, sizes

m, n, k, l, r, q, a, b, c, d = sizes("m n k l r q a b c d")  # noqa: E741
x, y = Tensor("x", (n,)), Tensor("y", (n,))
A, B, E = Tensor("A", (m, n)), Tensor("B", (n, r)), Tensor("E", (r, q))
S, T = Tensor("S", (n, n)), Tensor("T", (n, n))
true = Truths()


# Matrices


@true
def products_are_associative():
    return Identity((A @ B) @ E, A @ (B @ E))


@true
def products_with_vectors_are_associative():
    return Identity((S @ T) @ x, S @ (T @ x))


@true
def products_are_distributive():
    return Identity(S @ (T + S), S @ T + S @ S)


@true
def the_square_of_a_sum_of_matrices():
    return Identity((S + T) @ (S + T), S @ S + S @ T + T @ S + T @ T)


@true
def the_transpose_of_a_product():
    return Identity((A @ B).T, B.T @ A.T)


@true
def the_transpose_of_a_transpose():
    return Identity(A.T.T, A)


@true
def the_transpose_of_a_sum():
    return Identity((S + T).T, S.T + T.T)


@true
def the_dot_product_is_symmetric():
    return Identity(x @ y, y @ x)


@true
def a_bilinear_form():
    return Identity(x @ (S @ y), (S.T @ x) @ y)


@true
def the_identity_matrix():
    return Identity(S @ Tensor.define((n, n), lambda i, j: KroneckerDelta(i, j)), S)


@true
def the_trace_is_cyclic():
    back = Tensor("B", (n, m))
    one, two = A @ back, back @ A
    return Identity(Sum(one[a, a], (a, 1, m)), Sum(two[a, a], (a, 1, n)))


# Indices


@true
def a_shift_of_the_index():
    return Identity(Sum(x[a], (a, 1, n)), Sum(x[a + 1], (a, 0, n - 1)))


@true
def a_reflection():
    return Identity(Sum(x[a] * y[a], (a, 1, n)), Sum(x[n + 1 - a] * y[n + 1 - a], (a, 1, n)))


@true
def two_sums_are_interchanged():
    return Identity(Sum(A[a, b], (a, 1, m), (b, 1, n)), Sum(A[a, b], (b, 1, n), (a, 1, m)))


@true
def dependent_bounds_are_interchanged():
    return Identity(Sum(S[a, b], (b, a, n), (a, 1, n)), Sum(S[a, b], (a, 1, b), (b, 1, n)))


@true
def a_square_along_its_diagonals():
    diagonals = Sum(S[a, c - a], (a, Max(1, c - n), Min(n, c - 1)), (c, 2, 2 * n))
    return Identity(Sum(S[a, b], (b, 1, n), (a, 1, n)), diagonals)


@true
def a_triangle_is_a_bracket():
    return Identity(Sum(S[a, b], (b, 1, a), (a, 1, n)), Sum(Iverson(b <= a) * S[a, b], (b, 1, n), (a, 1, n)))


@true
def a_range_is_split():
    return Identity(Sum(x[a], (a, 1, n)), Sum(x[a], (a, 1, k)) + Sum(x[a], (a, k + 1, n)), [n >= k])


@true
def the_last_summand():
    return Identity(Sum(x[a], (a, 1, n)), Sum(x[a], (a, 1, n - 1)) + x[n])


@true
def the_first_summand():
    return Identity(Sum(x[a], (a, 1, n)), x[1] + Sum(x[a], (a, 2, n)))


@true
def two_triangles_and_the_diagonal():
    lower, upper = Sum(S[a, b], (b, 1, a - 1), (a, 1, n)), Sum(S[a, b], (b, a + 1, n), (a, 1, n))
    return Identity(Sum(S[a, b], (b, 1, n), (a, 1, n)), lower + Sum(S[a, a], (a, 1, n)) + upper)


@true
def blocks():
    long = Tensor("z", (m * k,))
    return Identity(Sum(long[a], (a, 1, m * k)), Sum(long[k * (b - 1) + a], (a, 1, k), (b, 1, m)))


@true
def blocks_of_the_other_size():
    long = Tensor("z", (m * k,))
    return Identity(Sum(long[a], (a, 1, m * k)), Sum(long[m * (b - 1) + a], (a, 1, m), (b, 1, k)))


@true
def blocks_where_k_divides_n():
    split = Sum(x[k * (b - 1) + a], (a, 1, k), (b, 1, floor(n / k)))
    return Identity(Sum(x[a], (a, 1, n)), split, [divides(k, n)])


@true
def blocks_in_two_directions():
    p, q = sizes("p q")
    inner = Sum(A[k * (p - 1) + a, k * (q - 1) + b], (b, 1, k), (a, 1, k))
    split = Sum(inner, (q, 1, floor(n / k)), (p, 1, floor(m / k)))
    return Identity(Sum(A[a, b], (b, 1, n), (a, 1, m)), split, [divides(k, m), divides(k, n)])


@true
def a_constant_is_counted():
    return Identity(Sum(x[1] / k**2, (a, 1, k), (b, 1, k)), x[1])


@true
def a_strided_kernel_and_its_adjoint():
    """The image of an index contains a product of a size and another index."""
    g, w, z = Tensor("g", (m,)), Tensor("w", (k,)), Tensor("z", (l * (m - 1) + k,))
    inner = Sum(g[b] * w.at(a - l * (b - 1), outside=0), (b, 1, m))
    there = Sum(z[a] * inner, (a, 1, l * (m - 1) + k))
    return Identity(there, Sum(w[a] * g[b] * z[l * (b - 1) + a], (a, 1, k), (b, 1, m)))


@true
def concatenated_tensors():
    u, v = Tensor("u", (k,)), Tensor("v", (l,))
    both = Tensor.define((k + l,), lambda i: u.at(i) + v.at(i - k))
    return Identity(Sum(both[a], (a, 1, k + l)), Sum(u[a], (a, 1, k)) + Sum(v[a], (a, 1, l)))


@true
def a_concatenated_tensor_in_a_product():
    u, v, z = Tensor("u", (k,)), Tensor("v", (l,)), Tensor("z", (k + l,))
    both = Tensor.define((k + l,), lambda i: u.at(i) + v.at(i - k))
    parts = Sum(u[a] * z[a], (a, 1, k)) + Sum(v[a] * z[a + k], (a, 1, l))
    return Identity(Sum(both[a] * z[a], (a, 1, k + l)), parts)


# Deltas


@true
def a_delta_selects():
    return Identity(Sum(KroneckerDelta(a, d) * x[a], (a, 1, n)), x[d], [d <= n])


@true
def a_delta_selects_if_it_can():
    return Identity(Sum(KroneckerDelta(a, d) * x[a], (a, 1, n)), x.at(d, outside=0))


@true
def deltas_are_counted():
    return Identity(Sum(KroneckerDelta(a, d), (a, 1, n)), Iverson(d <= n))


# Products


@true
def the_square_of_a_sum():
    return Identity(Sum(x[a], (a, 1, n)) ** 2, Sum(x[a] * x[b], (a, 1, n), (b, 1, n)))


@true
def a_product_of_sums():
    return Identity(Sum(x[a], (a, 1, n)) * Sum(y[a], (a, 1, n)), Sum(x[a] * y[b], (a, 1, n), (b, 1, n)))


@true
def a_common_factor():
    return Identity(Sum((x[a] * m + x[a]) / m, (a, 1, n)) * m, Sum(x[a] * (m + 1), (a, 1, n)))


# Not yet


@true.unproved("a match of three sums with one, where the index itself is a factor")
def a_reflection_of_the_index_itself():
    return Identity(Sum(a * x[a], (a, 1, n)), Sum((n + 1 - a) * x[n + 1 - a], (a, 1, n)))


@true.unproved("two sums on one side are not split against each other")
def a_difference_of_sums():
    return Identity(Sum(x[a], (a, 1, n)) - Sum(x[a], (a, 1, n - 1)), x[n])


@true.unproved("two sums on one side are not split against each other")
def a_telescope():
    return Identity(Sum(x[a + 1] - x[a], (a, 1, n - 1)), x[n] - x[1])


@true.unproved("a number is not seen to be even or odd")
def even_and_odd():
    long = Tensor("z", (2 * n,))
    return Identity(Sum(long[a], (a, 1, 2 * n)), Sum(long[2 * a], (a, 1, n)) + Sum(long[2 * a - 1], (a, 1, n)))


@true.unproved("a number is not seen to have one of three remainders")
def blocks_of_three():
    long = Tensor("z", (3 * k,))
    return Identity(Sum(long[a], (a, 1, 3 * k)), Sum(long[3 * a - 2] + long[3 * a - 1] + long[3 * a], (a, 1, k)))


@true
def a_sum_of_a_constant():
    return Identity(Sum(k, (a, 1, n)), n * k)


@true.unproved("there is no induction")
def the_sum_of_the_first_integers():
    return Identity(2 * Sum(a, (a, 1, n)), n * (n + 1))


@true.unproved("the value of a floor is not guessed from the facts about it")
def a_vector_and_back():
    vector = Tensor.define((m * n,), lambda i: A[floor((i - 1) / n) + 1, Mod(i - 1, n) + 1])
    return Identity(Tensor.define((m, n), lambda i, j: vector[n * (i - 1) + j]), A)


@true.unproved("the value of a floor is not guessed from the facts about it")
def the_sum_of_a_matrix_as_a_vector():
    vector = Tensor.define((m * n,), lambda i: A[floor((i - 1) / n) + 1, Mod(i - 1, n) + 1])
    return Identity(Sum(vector[a], (a, 1, m * n)), Sum(A[a, b], (b, 1, n), (a, 1, m)))


@pytest.mark.parametrize("state", true.cases())
def test_it_is_proved(state):
    assert proved(state)
