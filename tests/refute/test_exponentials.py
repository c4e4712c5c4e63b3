"""exp, sigmoid, tanh and softplus lie within their bounds, by mpmath with more digits."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as some

from symcnn.refute import exponentials
from symcnn.refute.intervals import Interval, Unclear, Value, bounds

TINY = Fraction(1, 2**60)
arguments = some.fractions(min_value=-40, max_value=40, max_denominator=10**30)
#: our bounds, and what mpmath says
FUNCTIONS: dict[str, tuple[Callable[[Value], Value], Callable[[Any], Any]]] = {
    "exp": (exponentials.exp, mpmath.exp),
    "sigmoid": (exponentials.sigmoid, lambda x: 1 / (1 + mpmath.exp(-x))),
    "tanh": (exponentials.tanh, mpmath.tanh),
    "softplus": (exponentials.softplus, lambda x: mpmath.log1p(mpmath.exp(x))),
}
CASES = pytest.mark.parametrize(("function", "known"), FUNCTIONS.values(), ids=FUNCTIONS)


def with_digits(known: Callable[[Any], Any], x: Fraction) -> Fraction:
    with mpmath.workdps(120):
        found = known(mpmath.mpf(x.numerator) / x.denominator)
        digits, exponent = mpmath.frexp(found)
        return Fraction(int(mpmath.ldexp(digits, 420))) * Fraction(2) ** (int(exponent) - 420)


@CASES
@given(arguments)
def test_the_value_lies_within_the_bounds(
    function: Callable[[Value], Value], known: Callable[[Any], Any], x: Fraction
) -> None:
    low, high = bounds(function(x))
    value = with_digits(known, x)
    assert low <= value <= high
    assert high - low <= Fraction(1, 2**120) * max(1, high)


@CASES
@given(arguments, arguments, some.fractions(0, 1))
def test_the_values_in_an_interval_lie_within_the_bounds(
    function: Callable[[Value], Value], known: Callable[[Any], Any], one: Fraction, other: Fraction, share: Fraction
) -> None:
    low, high = min(one, other), max(one, other)
    least, most = bounds(function(Interval(low, high)))
    value = with_digits(known, low + share * (high - low))
    slack = Fraction(1, 10**100)
    assert least <= value + slack
    assert value - slack <= most


@pytest.mark.parametrize(("name", "value"), [("exp", 1), ("sigmoid", Fraction(1, 2)), ("tanh", 0)])
def test_rational_values(name: str, value: Fraction) -> None:
    assert FUNCTIONS[name][0](Fraction(0)) == Fraction(value)


@pytest.mark.parametrize("size", [50, 999, 1001, 10**30])
def test_large_arguments(size: int) -> None:
    x = Fraction(size)
    for low, high in (bounds(exponentials.sigmoid(x)), bounds(exponentials.tanh(x))):
        assert 1 - TINY < low < 1 < high + TINY < 1 + 2 * TINY
    for low, high in (bounds(exponentials.sigmoid(-x)), bounds(exponentials.exp(-x))):
        assert 0 <= low < high < TINY
    assert bounds(exponentials.tanh(-x))[1] < TINY - 1
    low, high = bounds(exponentials.softplus(x))
    assert low <= x + TINY
    assert x <= high


def test_what_is_too_large_is_unclear() -> None:
    with pytest.raises(Unclear):
        exponentials.exp(Fraction(10**9))


def test_the_precision_of_others_stays() -> None:
    before = mpmath.mp.prec, mpmath.iv.prec
    exponentials.exp(Fraction(1, 3))
    assert (mpmath.mp.prec, mpmath.iv.prec) == before
