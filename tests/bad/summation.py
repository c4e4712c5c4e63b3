"""Sums: bounds one short, dependent bounds, powers and products of sums, deltas out of range, SymPy's conventions."""

from falsehood import false
from sympy import KroneckerDelta, Max, Sum, Symbol, floor

from symcnn import Identity, Iverson, Tensor, sizes

m, n, k, a, b, d = sizes("m n k a b d")
X, Y, M = Tensor("X", (n,)), Tensor("Y", (n,)), Tensor("M", (n, n))


@false("Refuted")
def a_delta_with_an_index_possibly_out_of_range():
    """sum_c [c = d] is 1 only for 1 <= d <= n."""
    return Identity(Sum(KroneckerDelta(a, d), (a, 1, n)), 1)


@false("Refuted")
def a_delta_with_an_index_that_may_be_zero():
    """d = 0 is not among 1 .. n."""
    return Identity(Sum(KroneckerDelta(a, d), (a, 1, n)), 1, [d >= 0, d <= n])


@false("Refuted")
def a_delta_with_a_multiple():
    """[2 c = d] holds for some c only where d is even."""
    return Identity(Sum(Iverson((2 * a <= d) & (2 * a >= d)), (a, 1, n)), 1, [d >= 2, d <= 2 * n])


@false("Refuted")
def the_square_of_a_sum_is_the_sum_of_squares():
    """The mixed terms are missing."""
    return Identity(Sum(X[a], (a, 1, n)) ** 2, Sum(X[a] ** 2, (a, 1, n)))


@false("Refuted")
def a_product_of_sums_is_the_sum_of_products():
    """The mixed terms are missing."""
    return Identity(Sum(X[a], (a, 1, n)) * Sum(Y[a], (a, 1, n)), Sum(X[a] * Y[a], (a, 1, n)))


@false("Refuted")
def a_factor_that_depends_on_the_index_is_taken_out():
    """The factor a is the summation index."""
    return Identity(Sum(a * X[a], (a, 1, n)), n * Sum(X[a], (a, 1, n)))


@false("Refuted")
def a_constant_summed_once_too_often():
    """There are n - 1 summands."""
    return Identity(Sum(k, (a, 2, n)), n * k)


@false("Refuted")
def a_bound_one_short():
    """X[n] is missing."""
    return Identity(Sum(X[a], (a, 1, n)), Sum(X[a], (a, 1, n - 1)))


@false("Refuted")
def a_split_that_counts_twice():
    """X[k] is in both parts."""
    return Identity(Sum(X[a], (a, 1, n)), Sum(X[a], (a, 1, k)) + Sum(X[a], (a, k, n)), [n >= k])


@false("Refuted")
def a_split_with_a_gap():
    """X[k + 1] is in neither part."""
    parts = Sum(X[a], (a, 1, k)) + Sum(X[a], (a, k + 2, n))
    return Identity(Sum(X[a], (a, 1, n)), parts, [n >= k + 1])


@false("Refuted")
def a_shift_of_the_index_only():
    """The bounds have to be shifted too."""
    return Identity(Sum(X[a], (a, 1, n - 1)), Sum(X[a + 1], (a, 1, n - 1)))


@false("Refuted")
def a_reflection_off_by_one():
    """a -> n + 1 - a; here the summand is read at n - a, with 0 outside."""
    return Identity(Sum(a * X[a], (a, 1, n)), Sum(a * X.at(n - a, outside=0), (a, 1, n)))


@false("Refuted")
def a_reflection_of_one_factor_only():
    """Both factors have to be reflected."""
    return Identity(Sum(X[a] * Y[a], (a, 1, n)), Sum(X[n + 1 - a] * Y[a], (a, 1, n)))


@false("Refuted")
def dependent_bounds_interchanged_as_if_they_were_not():
    """a <= b <= n is the lower triangle of (b, a), not the upper."""
    return Identity(Sum(M[a, b], (b, a, n), (a, 1, n)), Sum(M[a, b], (a, b, n), (b, 1, n)))


@false("Refuted")
def a_triangle_is_the_square():
    """Half of the pairs are missing."""
    return Identity(Sum(M[a, b], (b, 1, a), (a, 1, n)), Sum(M[a, b], (b, 1, n), (a, 1, n)))


@false("Refuted")
def a_triangle_with_its_diagonal_twice():
    """Both triangles have the diagonal."""
    lower, upper = Sum(M[a, b], (b, 1, a), (a, 1, n)), Sum(M[a, b], (b, a, n), (a, 1, n))
    return Identity(Sum(M[a, b], (b, 1, n), (a, 1, n)), lower + upper)


@false("Refuted")
def indices_of_a_double_sum_are_exchanged_in_one_factor():
    """M[a, b] X[a] is not M[b, a] X[a]."""
    return Identity(Sum(M[a, b] * X[a], (a, 1, n), (b, 1, n)), Sum(M[b, a] * X[a], (a, 1, n), (b, 1, n)))


@false("Refuted")
def even_and_odd_with_a_floor_that_forgets_the_last():
    """For odd n the last odd index is n, which floor(n/2) pairs do not reach."""
    pairs = Sum(X[2 * a - 1] + X[2 * a], (a, 1, floor(n / 2)))
    return Identity(Sum(X[a], (a, 1, n)), pairs)


@false("Refuted")
def blocks_of_the_wrong_length():
    """m blocks of k, read with the stride m."""
    long = Tensor("X", (m * k,))
    return Identity(Sum(long[a], (a, 1, m * k)), Sum(long[m * (a - 1) + 1], (a, 1, k), (b, 1, m)))


@false("Refuted")
def the_sum_of_integers_off_by_one():
    """1 + ... + n is n (n + 1)/2."""
    return Identity(2 * Sum(a, (a, 1, n)), n * (n - 1))


@false("IllFormed")
def a_reversed_sum_with_a_sign():
    """SymPy reads sum(a = n .. 1) as minus the sum over 2 .. n - 1."""
    return Identity(Sum(X[a], (a, n, 1)), -Sum(X[a], (a, 2, n - 1)), [n >= 2])


@false("LanguageError")
def an_index_that_is_assumed_to_be_positive():
    """SymPy writes Max(a, 0) as a, but the range has -3."""
    index = Symbol("a", integer=True, positive=True)
    return Identity(Sum(Max(index, 0), (index, -3, 3)), Sum(index, (index, -3, 3)))


@false("Refuted")
def the_index_of_a_sum_is_taken_for_a_size():
    """The k in X * k is the index of the sum over k that it is read under."""
    scaled = X * k
    return Identity(Sum(scaled[1], (k, 1, n)), n * scaled[1])


@false("Refuted")
def an_index_is_free_outside_of_its_sum():
    """The factor a stands outside: it is a size called a."""
    return Identity(a * Sum(X[a], (a, 1, n)), Sum(a * X[a], (a, 1, n)))
