"""Numbers: decimals are exact; a float that does not show what it is, is refused."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from evaluation import evaluate
from sympy import Float, I, Matrix, Rational, S, nan, oo, pi, sqrt, zoo

from symcnn import Identity, Nonzero, Proved, Tensor, decide, divides, prove, sizes
from symcnn.errors import LanguageError

m, n = sizes("m n")
X = Tensor("X", (m,))


@pytest.mark.parametrize(
    ("number", "exact"),
    [
        (0.299, Fraction(299, 1000)),
        (0.1, Fraction(1, 10)),
        (-0.5, Fraction(-1, 2)),
        (1e-20, Fraction(1, 10**20)),
        (1e22, Fraction(10**22)),
        (2.0, Fraction(2)),
        (Fraction(1, 3), Fraction(1, 3)),
        (Rational(-7, 3), Fraction(-7, 3)),
        (Decimal("0.114"), Fraction(114, 1000)),
        (Float("0.12345678901234567890"), Fraction(12345678901234567890, 10**20)),
        (np.float64(0.587), Fraction(587, 1000)),
        (np.float32(0.1), Fraction(1, 10)),
        (np.int64(3), Fraction(3)),
        (123456789012345.0, Fraction(123456789012345)),
    ],
    ids=str,
)
def test_numbers_are_read_exactly(number, exact):
    assert evaluate(Tensor.of([number])[1], {}) == exact
    assert evaluate((Tensor.of([1]) * number)[1], {}) == exact
    assert evaluate(Tensor.of([1]).at(0, outside=number), {}) == exact


@pytest.mark.parametrize(
    "number",
    [0.1 + 0.2, 1 / 3, 0.1234567890123456, 1.0000000000000002, float(2**53), np.float64(0.1) * 3, 5e-324],
)
def test_a_float_with_digits_that_it_does_not_show_is_refused(number):
    """0.1 + 0.2 is 0.30000000000000004: neither the number 3/10 nor one that anybody wrote."""
    with pytest.raises(LanguageError, match="Rational"):
        decide(Identity(X * number, X))


def test_decimals_that_differ_in_the_sixteenth_digit_are_not_made_equal():
    with pytest.raises(LanguageError):
        decide(Identity(X * 0.1234567890123456, X * 0.123456789012346))


@pytest.mark.parametrize("value", [zoo, oo, -oo, nan, pi, sqrt(2), I, S.ImaginaryUnit * 2, float("nan"), float("inf")])
def test_numbers_that_are_no_rationals_are_refused_by_name(value):
    with pytest.raises(LanguageError, match=r"outside the language|not a number"):
        decide(Identity(X * value, X * value))


def test_division_by_a_literal_zero_is_refused():
    with pytest.raises(LanguageError, match="zoo"):
        decide(Identity(X / 0, X))
    with pytest.raises(LanguageError, match="zoo"):
        decide(Identity(X * (1 / (m - m)), X))


NO_SCALARS = [True, False, None, "m", "1", {1}, object(), m >= n, np.bool_(True), [1], Matrix([[1]]), X]
#: where a scalar is expected
USES = {
    "entry": lambda value: Tensor.of([[value]]),
    "outside": lambda value: X.at(1, outside=value),
    "formula": lambda value: Tensor.define((m,), lambda i: value),
    "index": lambda value: X[value],
    "extent": lambda value: Tensor("Z", (value,)),
    "divisor": lambda value: X / value,
    "summand": lambda value: X + value,
    "factor": lambda value: X * value,
    "side": lambda value: Identity(X[1], value),
    "nonzero": Nonzero,
    "divides": lambda value: divides(value, m),
}
#: what has a meaning there: rows of rows, sums of tensors
MEANT = {
    ("entry", list),
    ("entry", type(NO_SCALARS[-2])),
    *((use, Tensor) for use in ("summand", "factor", "side")),
}


@pytest.mark.parametrize(
    ("use", "value"),
    [(use, value) for use in USES for value in NO_SCALARS if (use, type(value)) not in MEANT],
    ids=lambda each: each if isinstance(each, str) else type(each).__name__,
)
def test_what_is_no_scalar_is_refused_as_one(use, value):
    with pytest.raises(LanguageError, match=r"scalar expression|is not an extent"):
        USES[use](value)


def test_arrays_and_matrices_are_literal_tensors():
    rows = [[1, 2], [3, 4]]
    for made in (np.array(rows), Matrix(rows), tuple(map(tuple, rows))):
        assert prove(Identity(Tensor.of(made), Tensor.of(rows)))
        assert not isinstance(decide(Identity(Tensor.of(made), Tensor.of(rows).T)), Proved)
    halves = Tensor.of(np.array([0.5, 0.25]))
    assert prove(Identity(halves, Tensor.of([Rational(1, 2), Rational(1, 4)])))


def test_a_literal_tensor_does_not_change_with_the_list_that_it_was_made_of():
    rows = [[1, 2], [3, 4]]
    made = Tensor.of(rows)
    rows[0][0] = 100
    assert evaluate(made[1, 1], {}) == 1
    assert dict(made.literal_entries())[1, 1] == 1
    assert prove(Identity(made, Tensor.of([[1, 2], [3, 4]])))
