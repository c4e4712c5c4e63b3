"""Floors, remainders, brackets and divisions."""

from falsehood import false
from sympy import Eq, Max, Min, Mod, Ne, Or, Piecewise, Rational, floor

from symcnn import Identity, Iverson, Nonzero, Tensor, divides, sizes

m, n, k, i, j = sizes("m n k i j")
X = Tensor("X", (n,))


@false("Refuted")
def a_half_is_at_least_one():
    """[n/2 - 1 >= 0] is 0 for n = 1: rounding to integers is sound for integers only."""
    return Identity(Iverson(n / 2 - 1 >= 0), 1)


@false("Refuted")
def a_third_rounded_up():
    """[3 n >= 4] is 0 for n = 1."""
    return Identity(Iverson(3 * n >= 4), 1)


@false("Refuted")
def floor_is_ceiling():
    """floor(n/k) is not floor((n + k - 1)/k)."""
    return Identity(floor(n / k), floor((n + k - 1) / k))


@false("Refuted")
def floor_is_the_quotient():
    """Only where k divides n."""
    return Identity(floor(n / k) * k, n)


@false("Refuted")
def floor_is_additive():
    """floor(1/2) + floor(1/2) is 0."""
    return Identity(floor((n + m) / 2), floor(n / 2) + floor(m / 2))


@false("Refuted")
def floor_of_a_product():
    """m floor(n/k) is not floor(m n/k)."""
    return Identity(m * floor(n / k), floor(m * n / k))


@false("Refuted")
def a_sum_of_floors_of_halves_with_the_wrong_rounding():
    """floor(n/2) + floor((n + 1)/2) is n; here both are rounded down."""
    return Identity(floor(n / 2) + floor(n / 2), n)


@false("Refuted")
def the_remainder_of_the_successor():
    """(n + 1) mod k is 0, not k, where n mod k is k - 1."""
    return Identity(Mod(n + 1, k), Mod(n, k) + 1)


@false("Refuted")
def the_remainder_is_never_zero():
    """n mod k is 0 where k divides n."""
    return Identity(Iverson(Mod(n, k) >= 1), 1, [k >= 2])


@false("Refuted")
def the_remainder_may_be_the_divisor():
    """n mod k is below k, so this bracket is 1."""
    return Identity(Iverson(Mod(n, k) <= k - 1), 0)


@false("Refuted")
def divisibility_is_transitive_backwards():
    """k | m and k | n say nothing about m | n."""
    return Identity(Iverson(divides(m, n)), 1, [divides(k, m), divides(k, n)])


@false("Refuted")
def divisibility_of_a_product():
    """k | m n follows from k | m; k | m does not follow from k | m n."""
    return Identity(Iverson(divides(k, m)), 1, [divides(k, m * n)])


@false("IllFormed")
def cancelling_what_may_be_zero():
    """(X[i]^2 + X[i])/X[i] = X[i] + 1 says nothing where X[i] is 0."""
    quotient = Tensor.define((n,), lambda i: (X[i] ** 2 + X[i]) / X[i])
    return Identity(quotient, X + 1)


@false("IllFormed")
def cancelling_under_a_hypothesis_about_another_entry():
    """Only X[1] is known not to be 0."""
    quotient = Tensor.define((n,), lambda i: (X[i] ** 2 + X[i]) / X[i])
    return Identity(quotient, X + 1, [Nonzero(X[1])])


@false("Refuted")
def a_sum_of_reciprocals():
    """1/x + 1/y is not 2/(x + y)."""
    return Identity(Rational(1, 1) / m + Rational(1, 1) / n, 2 / (m + n))


@false("Refuted")
def a_reciprocal_is_one():
    """1/n is 1 only for n = 1."""
    return Identity(Rational(1, 1) / n, 1)


@false("Refuted")
def a_widened_bracket():
    """[1 <= i <= n] has one index more than [2 <= i <= n]."""
    one, two = (Tensor.define((n,), lambda i, low=low: Iverson(i >= low) * X[i], letters=("i",)) for low in (1, 2))
    return Identity(one, two)


@false("Refuted")
def a_strict_bracket():
    """[i < n] leaves out the last index."""
    return Identity(Tensor.define((n,), lambda i: Iverson(i < n) * X[i]), X)


@false("Refuted")
def brackets_that_overlap():
    """[i <= k] + [i >= k] counts i = k twice."""
    return Identity(Tensor.define((n,), lambda i: (Iverson(i <= k) + Iverson(i >= k)) * X[i]), X)


@false("Refuted")
def brackets_that_do_not_cover():
    """[i < k] + [i > k] leaves out i = k."""
    return Identity(Tensor.define((n,), lambda i: (Iverson(i < k) + Iverson(i > k)) * X[i]), X)


@false("Refuted")
def or_is_the_sum_of_brackets():
    """Where both hold the sum is 2."""
    return Identity(Iverson(Or(i <= m, j <= n)), Iverson(i <= m) + Iverson(j <= n))


@false("Refuted")
def the_negation_of_an_equation_is_an_inequality():
    """i != j also where i > j."""
    return Identity(Iverson(Ne(i, j)), Iverson(i < j))


@false("Refuted")
def the_maximum_is_the_sum():
    """max(m, n) is below m + n."""
    return Identity(Max(m, n), m + n)


@false("Refuted")
def the_minimum_is_the_first():
    """min(m, n) is n where n is smaller."""
    return Identity(Min(m, n), m)


@false("Refuted")
def pieces_in_the_wrong_order():
    """The first condition that holds decides."""
    one = Piecewise((X[1], Eq(Mod(n, 2), 0)), (2 * X[1], n >= 2), (0, True))
    two = Piecewise((2 * X[1], n >= 2), (X[1], Eq(Mod(n, 2), 0)), (0, True))
    return Identity(one, two)
