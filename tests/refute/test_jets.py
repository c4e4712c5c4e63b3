"""Numbers with infinitesimal parts: derivatives of known functions."""

from fractions import Fraction

import pytest

from symcnn.refute.curves import polynomial
from symcnn.refute.intervals import Interval, Unclear, bounds
from symcnn.refute.jets import (
    Meaningless,
    Number,
    applied,
    compared,
    inverted,
    largest,
    raised,
    slope,
    standard,
    varied,
)

TWO, THREE = Fraction(2), Fraction(3)


def test_products_and_powers() -> None:
    x = varied(THREE, 0, 1)
    assert slope(x * x + x * Fraction(5), 0) == 11
    assert slope(raised(x, 3), 0) == 27
    assert raised(x, 0) == 1


def test_quotients_and_functions() -> None:
    assert slope(inverted(varied(TWO, 0, 1)), 0) == Fraction(-1, 4)
    assert slope(applied(polynomial(0, 0, 0, 1).derivative, varied(TWO, 0, 5)), 0) == 60


def test_two_infinitesimals_give_second_derivatives() -> None:
    x: Number = varied(varied(TWO, 0, 1), 1, 1)
    assert slope(slope(raised(x, 3), 0), 1) == 12
    assert slope(slope(inverted(x), 1), 0) == Fraction(1, 4)
    assert slope(slope(applied(polynomial(0, 0, 0, 1).derivative, x), 0), 1) == 12


def test_what_does_not_vary_has_the_slope_zero() -> None:
    assert slope(TWO, 0) == 0
    assert slope(varied(TWO, 0, 1) * Fraction(0), 0) == 0
    assert standard(varied(TWO, 0, 1)) == 2


def test_a_maximum_has_the_slope_of_the_largest() -> None:
    assert slope(largest([varied(TWO, 0, 1), varied(THREE, 0, 7)]), 0) == 7
    assert slope(largest([varied(TWO, 0, 7), varied(TWO, 0, 7)]), 0) == 7
    with pytest.raises(Meaningless):
        largest([varied(TWO, 0, 1), TWO])
    twice = varied(varied(TWO, 0, 0), 1, 0)
    with pytest.raises(Meaningless):
        largest([twice, twice])


def test_equal_numbers_that_vary_are_not_compared() -> None:
    assert compared(varied(TWO, 0, 1), THREE) < 0
    assert compared(TWO, TWO) == 0
    with pytest.raises(Meaningless):
        compared(varied(TWO, 0, 0), TWO)


AROUND_TWO = Interval(Fraction(3, 2), Fraction(5, 2))
AROUND_ZERO = Interval(Fraction(-1), Fraction(1))


def test_derivatives_at_an_interval_are_intervals() -> None:
    x = varied(AROUND_TWO, 0, 1)
    assert standard(x * x) == Interval(Fraction(9, 4), Fraction(25, 4))
    assert slope(AROUND_TWO * x, 0) == AROUND_TWO
    assert slope(raised(x, 2), 0) == Interval(Fraction(3), Fraction(5))
    low, high = bounds(standard(slope(inverted(x), 0)))
    assert low <= -Fraction(4, 9) < -Fraction(4, 25) <= high < 0
    with pytest.raises(Unclear):
        inverted(varied(AROUND_ZERO, 0, 1))


def test_the_largest_of_intervals() -> None:
    assert largest([AROUND_TWO, TWO]) == Interval(TWO, Fraction(5, 2))
    assert largest([AROUND_TWO, AROUND_ZERO, TWO, THREE]) == THREE
    assert slope(largest([varied(AROUND_TWO, 0, 7), varied(AROUND_ZERO, 0, 1)]), 0) == 7
    assert largest([varied(AROUND_ZERO, 0, 1), AROUND_TWO, TWO]) == Interval(TWO, Fraction(5, 2))
    for several in ([varied(AROUND_TWO, 0, 1), TWO], [varied(AROUND_TWO, 0, 1), varied(AROUND_TWO, 0, 1)]):
        with pytest.raises(Unclear):
            largest(several)


def test_only_what_is_certain_is_compared() -> None:
    assert compared(AROUND_ZERO, AROUND_TWO) == -1
    assert compared(varied(AROUND_TWO, 0, 1), AROUND_ZERO) == 1
    for left, right in ((AROUND_TWO, TWO), (AROUND_TWO, AROUND_TWO), (varied(AROUND_TWO, 0, 1), TWO)):
        with pytest.raises(Unclear):
            compared(left, right)
