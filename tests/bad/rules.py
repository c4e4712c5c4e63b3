"""Rules that are taken too far: derivatives inside of derivatives, reals taken for integers, order turned around."""

from falsehood import false
from sympy import Eq, Max, Sum

from symcnn import (
    Activation,
    ForAll,
    Identity,
    IndexedMax,
    Iverson,
    Nonzero,
    Partial,
    ScalarField,
    Tensor,
    exp,
    gradient,
    jacobian,
    relu,
    sizes,
)

n, k, a, b, c = sizes("n k a b c")
x, t, w, S, R = Tensor("x", (n,)), Tensor("t", (n,)), Tensor("w", (n,)), Tensor("S", (n, n)), Tensor("R", (n, n))
L = ScalarField("L")
h = Activation("h", nondecreasing=True)
TWO = n >= 2


@false("IllFormed")
def the_variable_of_an_inner_derivative_is_taken_for_that_of_the_outer():
    """D_x (x D_x x^2) = 4 x; that the inner derivative varies is not shown to be smooth here."""
    return Identity(Partial(x[1] * Partial(x[1] ** 2, x[1]), x[1]), 2 * x[1])


@false("IllFormed")
def a_second_derivative_is_a_first():
    """The second derivative of x^3 is 6 x."""
    return Identity(Partial(Partial(x[1] ** 3, x[1]), x[1]), 3 * x[1] ** 2)


@false("IllFormed")
def fields_have_no_curvature():
    """L is differentiable once, and not linear."""
    return Identity(jacobian(gradient(L, at=x), x), Tensor.define((n, n), lambda i, j: 0))


@false("Refuted")
def a_field_of_something_constant():
    """L(t) does not depend on x."""
    return Identity(gradient(L(t), x)[1], gradient(L, at=t)[1])


@false("Refuted")
def nonnegative_numbers_have_their_maximum_first():
    """x[2] may be larger than x[1]."""
    return Identity(IndexedMax(x[a], (a, 1, n)), x[1], [x[1] >= 0])


@false("Refuted")
def an_entry_is_left_out_of_a_maximum():
    """x[1] may be the largest."""
    return Identity(IndexedMax(x[a], (a, 1, n)), IndexedMax(x[a], (a, 1, n), where=a >= 2), [TWO])


@false("Refuted")
def zeros_take_part_in_a_maximum():
    """All of x[1] .. x[k] may be negative."""
    masked = IndexedMax(x[a] * Iverson(a <= k), (a, 1, n))
    return Identity(masked, IndexedMax(x[a], (a, 1, n), where=a <= k), [k <= n])


@false("Refuted")
def the_maximum_of_sums_is_the_sum_of_maxima():
    """Each column may have its maximum in another row."""
    rows = IndexedMax(Sum(S[a, b], (b, 1, n)), (a, 1, n))
    return Identity(rows, Sum(IndexedMax(S[a, b], (a, 1, n)), (b, 1, n)))


@false("Refuted")
def a_factor_that_may_be_negative_is_taken_out_of_a_maximum():
    """The factor c = -1 is allowed."""
    return Identity(IndexedMax(c * x[a], (a, 1, n)), c * IndexedMax(x[a], (a, 1, n)), [c >= -1])


@false("Refuted")
def a_nondecreasing_function_reflects_the_order():
    """h(x) <= h(y) holds for all x and y if h is constant."""
    return Identity(Iverson(x[1] <= x[2]), 1, [TWO, h(x[1]) <= h(x[2])])


@false("Refuted")
def a_nondecreasing_function_is_one_to_one():
    """A constant is not."""
    return Identity(x[1], x[2], [TWO, Eq(h(x[1]), h(x[2]))])


@false("Refuted")
def a_nondecreasing_function_keeps_strict_order():
    """A constant does not."""
    return Identity(Iverson(h(x[1]) < h(1)), 1, [x[1] < 1])


@false("Refuted")
def reals_below_one_are_at_most_zero():
    """1/2 is not; of integers it is true."""
    return Identity(Iverson(x[1] <= 0), 1, [x[1] < 1])


@false("Refuted")
def positive_reals_are_at_least_one():
    """1/2 is not; of integers it is true."""
    return Identity(Iverson(x[1] >= 1), 1, [x[1] > 0])


@false("IllFormed")
def the_slope_of_a_bracket():
    """[x > 0] jumps at 0."""
    return Identity(Partial(Iverson(x[1] > 0) * x[1], x[1]), Iverson(x[1] > 0))


@false("IllFormed")
def the_slope_of_the_larger_of_two():
    """max(x, -x) is |x|, which has no slope at 0."""
    return Identity(Partial(Max(x[1], -x[1]), x[1]), 1)


@false("Refuted")
def the_slope_of_a_square_of_relu():
    """It is 2 relu(x)."""
    return Identity(Partial(relu(x[1]) ** 2, x[1]), relu(x[1]), [Nonzero(x[1])])


@false("Refuted")
def the_slope_of_an_odd_function_at_zero():
    """h(x) = x has the slope 1; of even functions it is 0."""
    odd = Activation("h", odd=True, differentiable=True)
    return Identity(odd.derivative(0), 0)


@false("Refuted")
def the_slope_of_a_nonnegative_function_is_not_negative():
    """x^2 falls for negative x."""
    square = Activation("h", nonnegative=True, differentiable=True)
    return Identity(relu(square.derivative(x)), square.derivative(x))


@false("Refuted")
def the_exponential_of_a_product():
    """exp(x + y) is the product of exp(x) and exp(y)."""
    return Identity(exp(x * t), exp(x) * exp(t))


@false("Undecided")
def what_holds_for_one_factor_is_taken_to_hold_without_it():
    """S[1, 1] relu(t) = relu(t) S[1, 1] says nothing."""
    return Identity(S[1, 1], 0, [ForAll(t, Identity(relu(t[1]) * S[1, 1], S[1, 1] * relu(t[1])))])


@false("Refuted")
def a_vector_is_not_what_matrices_are_equal_for():
    """That S t = R t for all t says nothing of x and w."""
    return Identity(x, w, [ForAll(t, Identity(S @ t, R @ t))])
