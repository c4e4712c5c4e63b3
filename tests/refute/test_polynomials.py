"""Polynomials in one variable."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from symcnn.refute.intervals import Interval
from symcnn.refute.polynomials import at, combined, formula, slope, times

small = some.integers(-5, 5).map(Fraction)
polynomials = some.lists(small, min_size=1, max_size=5).map(tuple)


@given(polynomials, polynomials, small)
def test_products(one: tuple[Fraction, ...], other: tuple[Fraction, ...], x: Fraction) -> None:
    assert at(times(one, other), x) == at(one, x) * at(other, x)


@given(polynomials, small, some.integers(0, 6))
def test_derivatives(piece: tuple[Fraction, ...], x: Fraction, order: int) -> None:
    derived = piece
    for _ in range(order):
        derived = slope(derived)
    assert at(piece, x, order) == at(derived, x)


def test_values_at_an_interval() -> None:
    assert at((Fraction(1), Fraction(-1)), Interval(Fraction(1), Fraction(3))) == Interval(Fraction(-2), Fraction(0))


def test_formulas() -> None:
    assert formula((Fraction(1), Fraction(-2), Fraction(0), Fraction(1, 2))) == "1/2 x^3 - 2 x + 1"
    assert combined([(Fraction(-1), "tanh(x)"), (Fraction(1), "")]) == "-tanh(x) + 1"
    assert combined([(Fraction(0), "x")]) == "0"
