"""True identities of brackets, floors, remainders and quotients that the search proves."""

import pytest
from sympy import Eq, Max, Min, Mod, Or, Rational, floor
from truths import Truths, proved

from symcnn import Identity, Iverson, Nonzero, Tensor, sizes

m, n, k, l, a, b = sizes("m n k l a b")  # noqa: E741
x = Tensor("x", (n,))
true = Truths()


@true
def brackets_partition():
    parts = Tensor.define((n,), lambda i: (Iverson(i < k) + Iverson(Eq(i, k)) + Iverson(i > k)) * x[i])
    return Identity(parts, x)


@true
def remainders_partition():
    parts = Tensor.define((n,), lambda i: (Iverson(Eq(Mod(i, 2), 0)) + Iverson(Eq(Mod(i, 2), 1))) * x[i])
    return Identity(parts, x)


@true
def a_bracket_of_two_conditions():
    return Identity(Iverson((a <= m) & (b <= n)), Iverson(a <= m) * Iverson(b <= n))


@true
def a_bracket_of_alternatives():
    one, two = Iverson(a <= m), Iverson(b <= n)
    return Identity(Iverson(Or(a <= m, b <= n)), one + two - one * two)


@true
def a_bracket_of_a_negation():
    return Identity(Iverson(a <= m), 1 - Iverson(a > m))


@true
def a_bracket_is_rounded():
    return Identity(Iverson(2 * a <= 2 * m + 1), Iverson(a <= m))


@true
def a_bracket_with_a_floor():
    return Identity(Iverson(a <= floor(m / k)), Iverson(a * k <= m))


@true
def quotient_and_remainder():
    return Identity(k * floor(n / k) + Mod(n, k), n)


@true
def a_floor_of_a_floor():
    return Identity(floor(floor(n / k) / l), floor(n / (k * l)))


@true
def remainders_are_periodic():
    return Identity(Mod(n + 3 * k, k), Mod(n, k))


@true
def a_maximum_commutes():
    padded = x.extended()
    return Identity(padded[Max(m, k)] + Max(m, n), padded[Max(k, m)] + Max(n, m))


@true
def a_maximum_that_is_known():
    return Identity(Max(m, n), m, [m >= n])


@true
def a_sum_of_reciprocals():
    return Identity(Rational(1) / m + Rational(1) / n, (m + n) / (m * n))


@true
def cancelling_what_is_not_zero():
    return Identity((x[1] ** 2 + x[1]) / x[1], x[1] + 1, [Nonzero(x[1])])


@true
def multiplying_by_what_is_not_zero():
    quotient = Tensor.define((n,), lambda i: (x[i] ** 2 + x[i] * x[1]) / x[1] * x[1])
    return Identity(quotient, Tensor.define((n,), lambda i: x[i] ** 2 + x[i] * x[1]), [Nonzero(x[1])])


@true
def floors_of_halves():
    return Identity(floor(n / 2) + floor((n + 1) / 2), n)


@true
def a_floor_is_shifted():
    return Identity(floor((n + k) / k), floor(n / k) + 1)


@true
def a_small_remainder():
    return Identity(Mod(a, k), a, [a <= k - 1])


@true
def maximum_and_minimum():
    return Identity(Max(m, n) + Min(m, n), m + n)


@pytest.mark.parametrize("state", true.cases())
def test_it_is_proved(state):
    assert proved(state)
