"""Intervals as decimals: what is shown is true of every number inside."""

from fractions import Fraction
from re import fullmatch

import pytest
from hypothesis import given
from hypothesis import strategies as some

from symcnn.refute.decimals import decimal, written
from symcnn.refute.exponentials import exp, sigmoid, softplus, tanh
from symcnn.refute.intervals import Interval, Value

ONE = Fraction(1)
NUMBER = r"(-?[0-9]+(?:\.[0-9]+)?)(\.\.\.)?(?: \* 10\^(-?[0-9]+))?"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 3), "1/3"),
        (tanh(ONE), "0.7615941559..."),
        (tanh(-ONE), "-0.7615941559..."),
        (exp(ONE), "2.718281828..."),
        (exp(-20 * ONE), "2.061153622... * 10^-9"),
        (exp(100 * ONE), "2.688117141... * 10^43"),
        (-exp(100 * ONE), "-2.688117141... * 10^43"),
        (exp(Fraction(20)), "485165195.4..."),
        (softplus(33 * ONE), "33.00000000..."),
        (Interval(Fraction(1, 2), Fraction(2, 3)), "between 0.5000000000 and 0.6666666667"),
        (Interval(Fraction(-2, 3), Fraction(-1, 2)), "between -0.6666666667 and -0.5000000000"),
        (Interval(Fraction(-1, 3), Fraction(0)), "between -0.3333333334 and 0"),
        (Interval(Fraction(-1, 10**20), Fraction(3)), "between -1 * 10^-9 and 3.000000000"),
    ],
)
def test_decimals(value: Value, shown: str) -> None:
    assert decimal(value) == shown


def test_there_are_enough_digits_to_see_a_difference() -> None:
    assert written(exp(ONE), exp(ONE) + Fraction(1, 10**13)) == ("2.71828182845904...", "2.71828182845914...")
    assert written(ONE, sigmoid(50 * ONE)) == ("1", "0.999999999999999999999807125015...")
    assert written(tanh(ONE), exp(ONE)) == ("0.7615941559...", "2.718281828...")


def parsed(text: str) -> tuple[Fraction, Fraction]:
    """The bounds that a text gives"""
    if text.startswith("between "):
        low, high = text.removeprefix("between ").split(" and ")
        return parsed(low)[0], parsed(high)[1]
    match = fullmatch(NUMBER, text)
    assert match is not None
    number, dots, exponent = match.groups()
    scale = Fraction(10) ** int(exponent or 0)
    value = Fraction(number) * scale
    unit = Fraction(1, 10 ** len(number.partition(".")[2])) * scale
    if not dots:
        return value, value
    return (value - unit, value) if number.startswith("-") else (value, value + unit)


@given(
    some.fractions(max_denominator=10**20),
    some.integers(min_value=1, max_value=10**9),
    some.integers(min_value=-30, max_value=30),
    some.integers(min_value=-40, max_value=0),
)
def test_what_is_shown_contains_the_interval(number: Fraction, width: int, exponent: int, relative: int) -> None:
    scale = Fraction(10) ** exponent
    value = Interval(number * scale, number * scale + width * scale * Fraction(10) ** relative)
    low, high = parsed(decimal(value))
    assert low <= value.lower < value.upper <= high
