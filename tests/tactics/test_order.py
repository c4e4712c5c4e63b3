"""True identities of maxima and of functions with declared facts."""

import pytest
from sympy import Eq, Max, Min, Sum
from truths import Truths, check_proved

from symcnn import (
    Activation,
    Identity,
    IndexedMax,
    Iverson,
    Tensor,
    divides,
    exp,
    leaky_relu,
    max_pool2d,
    relu,
    sigmoid,
    sizes,
    tanh,
)

m, n, k, s, p, a, b = sizes("m n k s p a b")
x, c, X = Tensor("x", (n,)), Tensor("c", ()), Tensor("X", (m, n))
nondecreasing, nonincreasing = Activation("f", nondecreasing=True), Activation("g", nonincreasing=True)
odd, even = Activation("u", odd=True), Activation("v", even=True)
homogeneous = Activation("w", positively_homogeneous=True)
true = Truths()


@true
def a_constant_moves_out_of_a_maximum():
    return Identity(IndexedMax(x[a] + c[()], (a, 1, n)), IndexedMax(x[a], (a, 1, n)) + c[()])


@true
def a_positive_factor_moves_out_of_a_maximum():
    return Identity(IndexedMax(2 * x[a], (a, 1, n)), 2 * IndexedMax(x[a], (a, 1, n)))


@true
def the_maximum_of_a_constant():
    return Identity(IndexedMax(c[()], (a, 1, n)), c[()])


@true
def a_maximum_shifted():
    return Identity(IndexedMax(x[a + 1], (a, 0, n - 1)), IndexedMax(x[a], (a, 1, n)))


@true
def a_maximum_backward():
    return Identity(IndexedMax(x[n + 1 - a], (a, 1, n)), IndexedMax(x[a], (a, 1, n)))


@true
def an_entry_is_at_most_the_maximum():
    return Identity(Iverson(x[1] <= IndexedMax(x[a], (a, 1, n))), 1)


@true
def strictly_increasing_functions_are_nondecreasing():
    return Identity(exp(IndexedMax(x[a], (a, 1, n))), IndexedMax(exp(x[a]), (a, 1, n)))


@true
def relu_commutes_with_max_pooling():
    return Identity(relu(max_pool2d(X, k)), max_pool2d(relu(X), k))


@true
def leaky_relu_commutes_with_max_pooling():
    return Identity(leaky_relu(max_pool2d(X, k)), max_pool2d(leaky_relu(X), k))


@true
def tanh_commutes_with_max_pooling_with_stride():
    return Identity(tanh(max_pool2d(X, k, stride=s)), max_pool2d(tanh(X), k, stride=s), [m >= k, n >= k])


@true
def nondecreasing_and_padding():
    return Identity(
        nondecreasing(max_pool2d(X, 3, stride=2, padding=1)), max_pool2d(nondecreasing(X), 3, stride=2, padding=1)
    )


@true
def two_nondecreasing_functions():
    return Identity(nondecreasing(relu(max_pool2d(X, k))), max_pool2d(nondecreasing(relu(X)), k))


@true
def order_is_kept():
    return Identity(Iverson(nondecreasing(x[1]) <= nondecreasing(x[n])), 1, [x[1] <= x[n]])


@true
def order_is_turned():
    return Identity(Iverson(nonincreasing(x[n]) <= nonincreasing(x[1])), 1, [x[1] <= x[n]])


@true
def odd_functions():
    return Identity(odd(-x), -odd(x))


@true
def odd_functions_at_zero():
    return Identity(odd(0), 0)


@true
def even_functions():
    return Identity(even(x - x[1]), even(-x + x[1]))


@true
def tanh_is_odd():
    return Identity(tanh(-x), -tanh(x))


@true
def homogeneous_functions():
    return Identity(homogeneous(2 * x), 2 * homogeneous(x))


@true
def relu_is_homogeneous():
    return Identity(relu(3 * x / 2), 3 * relu(x) / 2)


@true
def relu_is_a_maximum():
    return Identity(relu(x), Tensor.define((n,), lambda i: Max(x[i], 0)))


@true
def relu_is_a_bracket():
    return Identity(relu(x), Tensor.define((n,), lambda i: x[i] * Iverson(x[i] > 0)))


@true
def relu_of_both_signs():
    return Identity(relu(x) - relu(-x), x)


@true
def maximum_and_minimum():
    return Identity(Max(x[1], x[n]) + Min(x[1], x[n]), x[1] + x[n])


@true
def a_square_is_not_negative():
    return Identity(Iverson(x[1] ** 2 >= 0), 1)


@true
def exp_is_positive():
    return Identity(Iverson(exp(x[1]) > 0), 1)


@true
def the_maximum_of_one():
    return Identity(IndexedMax(x[a], (a, 1, 1)), x[1])


@true
def the_maximum_over_windows_of_one():
    return Identity(max_pool2d(X, 1), X)


@true
def a_maximum_over_one_index_inside_of_a_sum():
    return Identity(Sum(IndexedMax(x[a] * k, (a, b, b)), (b, 1, n)), k * Sum(x[a], (a, 1, n)))


@true
def a_maximum_and_a_sum_over_one_index_by_a_hypothesis():
    return Identity(IndexedMax(x[a], (a, 1, n)), Sum(x[a], (a, 1, n)), [Eq(n, 1)])


@true.unproved("the maximum that is to be reached stands inside of a product")
def nonincreasing_turns_maxima():
    return Identity(nonincreasing(IndexedMax(x[a], (a, 1, n))), -IndexedMax(-nonincreasing(x[a]), (a, 1, n)))


@true.unproved("three maxima of two numbers need products of more facts")
def the_absolute_value():
    return Identity(relu(x) + relu(-x), Tensor.define((n,), lambda i: Max(x[i], -x[i])))


@true.unproved("the kernel does not know exp(-x) = 1/exp(x)")
def sigmoid_of_both_signs():
    return Identity(sigmoid(x) + sigmoid(-x), Tensor.define((n,), lambda i: 1))


@true.unproved("nested maxima are not joined")
def max_pooling_twice():
    return Identity(max_pool2d(max_pool2d(X, 2), 2), max_pool2d(X, 4), [divides(4, m), divides(4, n)])


@pytest.mark.parametrize("state", true.cases())
def test_is_proved(state):
    check_proved(state())
