"""Interval arithmetic contains what it should, never rounds inward, and does not decide what is not certain."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from symcnn.refute.intervals import (
    BITS,
    Interval,
    Unclear,
    Value,
    bounds,
    certainly_less,
    disjoint,
    enclosing,
    maximum,
    rounded,
    sign,
)

fractions = some.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**60)


@some.composite
def inside(draw: Any) -> tuple[Value, Fraction]:
    """An interval, and a number in it."""
    one, other, share = draw(fractions), draw(fractions), draw(some.fractions(0, 1))
    low, high = min(one, other), max(one, other)
    return enclosing(low, high), low + share * (high - low)


def contains(value: Value, number: Fraction) -> bool:
    low, high = bounds(value)
    return low <= number <= high


OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda x, y: x + y,
    "subtract": lambda x, y: x - y,
    "multiply": lambda x, y: x * y,
    "negate": lambda x, y: -x * y,
    "square": lambda x, y: x**2 - y,
    "cube": lambda x, y: x**3 + y**0,
    "larger": lambda x, y: maximum([x, y]),
    "multiply by a fraction": lambda x, y: Fraction(-2, 3) * x + y * Fraction(1, 7) + 1,
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@given(inside(), inside())
def test_results_contain_those_of_the_numbers_inside(
    operation: Callable[[Any, Any], Any], one: tuple[Value, Fraction], other: tuple[Value, Fraction]
) -> None:
    assert contains(operation(one[0], other[0]), operation(one[1], other[1]))
    assert contains(operation(one[0], other[1]), operation(one[1], other[1]))


@given(inside(), inside())
def test_quotients_contain_those_of_the_numbers_inside(
    one: tuple[Value, Fraction], other: tuple[Value, Fraction]
) -> None:
    try:
        quotient = one[0] / other[0]
    except (Unclear, ZeroDivisionError):
        assert contains(other[0], Fraction(0))
    else:
        assert contains(quotient, one[1] / other[1])


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@given(inside(), inside(), fractions)
def test_wider_arguments_give_wider_results(
    operation: Callable[[Any, Any], Any], one: tuple[Value, Fraction], other: tuple[Value, Fraction], more: Fraction
) -> None:
    low, high = bounds(one[0])
    narrow = bounds(operation(one[0], other[0]))
    wide = bounds(operation(enclosing(min(low, more), max(high, more)), other[0]))
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


@given(fractions)
def test_rounding_goes_outward_and_not_far(number: Fraction) -> None:
    low, high = rounded(number, upward=False), rounded(number, upward=True)
    assert low <= number <= high
    assert high - low <= abs(number) / 2 ** (BITS - 1)
    assert rounded(low, upward=True) == low
    assert rounded(-number, upward=True) == -low


@given(inside())
def test_bounds_do_not_grow(one: tuple[Value, Fraction]) -> None:
    result = one[0]
    for _ in range(5):
        result = result * result * Fraction(1, 3) + one[0]
    digits = [end.numerator.bit_length() for end in bounds(result)]
    assert isinstance(result, Fraction) or max(digits) <= 5000  # the exponents are in there
    assert isinstance(result, Fraction) or all(rounded(end, upward=True) == end for end in bounds(result))


def test_what_is_exact_stays_exact() -> None:
    some_number = Interval(Fraction(1), Fraction(2))
    assert some_number * 0 == Fraction(0)
    assert some_number**0 == Fraction(1)
    assert enclosing(Fraction(1, 3), Fraction(1, 3)) == Fraction(1, 3)
    assert maximum([Fraction(1, 3), Fraction(1, 7)]) == Fraction(1, 3)


def test_signs() -> None:
    assert [sign(Fraction(each)) for each in (-2, 0, 3)] == [-1, 0, 1]
    assert sign(Interval(Fraction(1), Fraction(2))) == 1
    assert sign(Interval(Fraction(-2), Fraction(-1))) == -1
    for ends in ((-1, 1), (0, 1), (-1, 0)):
        with pytest.raises(Unclear):
            sign(Interval(*map(Fraction, ends)))
        with pytest.raises(Unclear):
            1 / Interval(*map(Fraction, ends))


def test_what_touches_is_not_disjoint() -> None:
    one, two, three = (Interval(Fraction(k), Fraction(k + 1)) for k in (1, 2, 4))
    assert not disjoint(one, one)
    assert not disjoint(one, two)
    assert disjoint(one, three)
    assert disjoint(three, one)
    assert disjoint(Fraction(3), one)
    assert certainly_less(one, three)
    assert not certainly_less(three, one)
    assert not certainly_less(one, Fraction(2))
