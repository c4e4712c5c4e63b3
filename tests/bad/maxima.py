"""Maxima: what is true of sums but not of them, empty windows, and windows that stand elsewhere."""

from falsehood import false
from sympy import Max, Sum

from symcnn import Identity, IndexedMax, Partial, Tensor, avg_pool2d, divides, max_pool2d, pad, relu, sizes, subsample

C, m, n, k, p, a, b = sizes("C m n k p a b")
X, Y, v, w = Tensor("X", (C, m, n)), Tensor("Y", (C, m, n)), Tensor("v", (n,)), Tensor("w", (n,))
M = Tensor("M", (m, n))
AT_LEAST_TWO = [m >= 2, n >= 2]


@false("Refuted")
def max_pooling_of_a_sum():
    """The two maxima may be at different places."""
    return Identity(max_pool2d(X + Y, k), max_pool2d(X, k) + max_pool2d(Y, k))


@false("Refuted")
def max_pooling_of_a_negative_multiple():
    """max(-x) is -min(x)."""
    return Identity(max_pool2d(-2 * X, k), -2 * max_pool2d(X, k))


@false("Refuted")
def max_pooling_times_an_entry():
    """The factor may be negative."""
    return Identity(max_pool2d(X * v[1], 2), max_pool2d(X, 2) * v[1], AT_LEAST_TWO)


@false("Refuted")
def the_maximum_of_a_sum():
    """It is at most the sum of the maxima."""
    left = IndexedMax(v[a] + w[a], (a, 1, n))
    return Identity(left, IndexedMax(v[a], (a, 1, n)) + IndexedMax(w[a], (a, 1, n)))


@false("Refuted")
def the_maximum_of_a_product():
    """The two maxima may be at different places."""
    left = IndexedMax(v[a] * w[a], (a, 1, n))
    return Identity(left, IndexedMax(v[a], (a, 1, n)) * IndexedMax(w[a], (a, 1, n)))


@false("Refuted")
def the_maximum_of_a_difference():
    """max(v - w) is not max v - max w."""
    left = IndexedMax(v[a] - w[a], (a, 1, n))
    return Identity(left, IndexedMax(v[a], (a, 1, n)) - IndexedMax(w[a], (a, 1, n)))


@false("Refuted")
def a_constant_is_lost():
    """max(x + 1) = max(x) + 1."""
    return Identity(IndexedMax(v[a] + 1, (a, 1, n)), IndexedMax(v[a], (a, 1, n)))


@false("Refuted")
def the_maximum_is_the_last_entry():
    """Only of sorted vectors."""
    return Identity(IndexedMax(v[a], (a, 1, n)), v[n])


@false("Refuted")
def the_maximum_is_the_sum():
    """Only of one entry."""
    return Identity(IndexedMax(v[a], (a, 1, n)), Sum(v[a], (a, 1, n)))


@false("Refuted")
def maximum_and_minimum_exchanged():
    """max_i min_j <= min_j max_i, with equality only at saddle points."""
    left = IndexedMax(-IndexedMax(-M[a, b], (b, 1, n)), (a, 1, m))
    return Identity(left, -IndexedMax(-IndexedMax(M[a, b], (a, 1, m)), (b, 1, n)))


@false("Refuted")
def a_maximum_over_the_triangle():
    """Below the diagonal there are other entries."""
    square = Tensor("S", (n, n))
    triangle = IndexedMax(square[a, b], (a, 1, n), (b, 1, n), where=a <= b)
    return Identity(triangle, IndexedMax(square[a, b], (a, 1, n), (b, 1, n)))


@false("Refuted")
def the_maximum_over_one_entry_less():
    """v[n + 1] may be the largest."""
    long = Tensor("u", (n + 1,))
    return Identity(IndexedMax(long[a], (a, 1, n + 1)), IndexedMax(long[a], (a, 1, n)))


@false("Refuted")
def two_parts_with_a_gap():
    """v[k + 1] is in neither part."""
    one, other = IndexedMax(v[a], (a, 1, k)), IndexedMax(v[a], (a, k + 2, n))
    return Identity(IndexedMax(v[a], (a, 1, n)), one + relu(other - one), [n >= k + 2])


@false("Refuted")
def the_larger_of_two_and_of_their_negatives():
    """max(x, y) + max(-x, -y) is |x - y|."""
    return Identity(Max(v[1], w[1]) + Max(-v[1], -w[1]), 0)


@false("Refuted")
def the_larger_of_two_is_their_sum():
    """max(x, y) = x + relu(y - x), not x + relu(y)."""
    return Identity(Max(v[1], w[1]), v[1] + relu(w[1]))


@false("IllFormed")
def a_window_that_lies_in_the_padding():
    """For p = k the first window covers nothing."""
    pooled = max_pool2d(X, k, padding=k)
    return Identity(pooled, pooled)


@false("IllFormed")
def padding_of_any_width():
    """For p >= k the first window covers nothing."""
    given = [p >= 0, m + 2 * p >= k, n + 2 * p >= k]
    return Identity(max_pool2d(X, k, padding=p), max_pool2d(X, k, padding=p) + 1, given)


@false("IllFormed")
def padding_that_a_dilated_window_skips():
    """With k = 2, d = 3 and p = 2 an image of one row lies between the two rows of the window."""
    pooled = max_pool2d(X, 2, stride=1, padding=2, dilation=3)
    return Identity(pooled, pooled)


@false("IllFormed")
def a_maximum_that_is_empty_for_one_entry():
    """There is no a with 1 <= a <= n - 1 for n = 1."""
    return Identity(IndexedMax(v[a], (a, 1, n - 1)), IndexedMax(v[a], (a, 1, n - 1)))


@false("IllFormed")
def a_maximum_under_a_condition_that_may_never_hold():
    """There is no a <= n above n."""
    return Identity(IndexedMax(v[a], (a, 1, n), where=a >= k), v[1])


@false("IllFormed")
def the_slope_of_a_maximum():
    """Where two entries are the largest, there is none."""
    return Identity(Partial(IndexedMax(v[a], (a, 1, n)), v[1]), 1)


@false("Refuted")
def zeros_around_the_image():
    """The padding of max pooling is no zeros: negative entries stay the largest."""
    return Identity(max_pool2d(pad(X, 1), 2, stride=1), max_pool2d(X, 2, stride=1, padding=1))


@false("Refuted")
def max_pooling_is_average_pooling():
    """Only of constant windows."""
    return Identity(max_pool2d(X, 2), avg_pool2d(X, 2), AT_LEAST_TWO)


@false("Refuted")
def max_pooling_is_subsampling():
    """The first entry of a window need not be the largest."""
    return Identity(max_pool2d(M, 2), subsample(M, 2), [divides(2, m), divides(2, n)])


@false("Refuted")
def by_two_and_three_is_by_five():
    """Windows multiply: it is by six."""
    return Identity(max_pool2d(max_pool2d(M, 2), 3), max_pool2d(M, 5), [divides(30, m), divides(30, n)])


@false("Refuted")
def two_windows_of_two_without_stride():
    """Together they cover three entries."""
    twice = max_pool2d(max_pool2d(M, (1, 2), stride=1), (1, 2), stride=1)
    wide = Tensor.define((m, n - 2), lambda i, j: max_pool2d(M, (1, 2), stride=1)[i, j])
    return Identity(twice, wide, [n >= 3])


@false("Refuted")
def rows_and_columns_of_the_window():
    """A 1 x 2 window is not a 2 x 1 window."""
    return Identity(max_pool2d(M, (1, 2), stride=2), max_pool2d(M, (2, 1), stride=2), [divides(2, m), divides(2, n)])


@false("Refuted")
def the_dilation_is_dropped():
    """The windows cover other entries; the image is one column wider on the right."""
    dense = Tensor.define((m, n - 2), lambda i, j: max_pool2d(M, (1, 2), stride=1)[i, j])
    return Identity(max_pool2d(M, (1, 2), stride=1, dilation=2), dense, [n >= 3])


@false("Refuted")
def the_stride_is_dropped():
    """With stride 1 the second window starts at the second entry."""
    shape = max_pool2d(M, (1, 2)).shape
    near = Tensor.define(shape, lambda i, j: max_pool2d(M, (1, 2), stride=1)[i, j])
    return Identity(max_pool2d(M, (1, 2)), near, [n >= 2])


@false("Refuted")
def channels_are_pooled():
    """Each channel has a maximum of its own."""
    over = Tensor.define((C, m, n), lambda c, i, j: IndexedMax(X[a, i, j], (a, 1, C)))
    return Identity(over, max_pool2d(X, 1))
