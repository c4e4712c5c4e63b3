"""floor, Mod, Min and Max of integers; powers; what an index and an extent may be."""

import pytest
from evaluation import evaluate
from sympy import Eq, Float, Max, Min, Mod, Rational, ceiling, floor, frac

from symcnn import Identity, Iverson, Proved, Tensor, decide, prove, sizes
from symcnn.errors import IllFormed, LanguageError

m, n, k, i = sizes("m n k i")
X = Tensor("X", (m,))
GRID = [{"m": a, "n": b, "k": c} for a in (-7, -1, 0, 5) for b in (-2, 3) for c in (1, 2, 5)]

EXPRESSIONS = {
    "floor": (floor(m / k), lambda m, n, k: m // k),
    "floor of a fraction": (floor((m + 1) / 2), lambda m, n, k: (m + 1) // 2),
    "floor of a sum": (floor(m / 2 + n / 3), lambda m, n, k: (3 * m + 2 * n) // 6),
    "floor of a negative": (floor(-m / 3), lambda m, n, k: -m // 3),
    "floor with an integer beside": (floor(n + m / k), lambda m, n, k: n + m // k),
    "floor by a negative": (floor(m / -2), lambda m, n, k: m // -2),
    "floor of a floor": (floor(floor(m / 2) / k), lambda m, n, k: m // 2 // k),
    "mod": (Mod(m, k), lambda m, n, k: m % k),
    "mod of a literal": (Mod(m + 3 * n, 4), lambda m, n, k: (m + 3 * n) % 4),
    "mod of a negative": (Mod(-m, 3), lambda m, n, k: -m % 3),
    "max": (Max(m, n), lambda m, n, k: max(m, n)),
    "max of many": (Max(m, n, k + 1, 0), lambda m, n, k: max(m, n, k + 1, 0)),
    "min": (Min(m, n), lambda m, n, k: min(m, n)),
    "min of many": (Min(m, n - k, 2), lambda m, n, k: min(m, n - k, 2)),
    "min and max": (Max(Min(m, n), Mod(m, k)), lambda m, n, k: max(min(m, n), m % k)),
    "powers": (m**2 * k**3 - n, lambda m, n, k: m**2 * k**3 - n),
    "products": ((m + n) * (m - k), lambda m, n, k: (m + n) * (m - k)),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_integers_mean_what_python_says(name):
    expression, by_hand = EXPRESSIONS[name]
    for values in GRID:
        assert evaluate(expression, values) == by_hand(**values), values


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_they_may_be_indices(name):
    expression, by_hand = EXPRESSIONS[name]
    index = Tensor.define((1,), lambda a: a**2 + a).extended()
    for values in GRID:
        assert evaluate(index[expression], values) == (2 if by_hand(**values) == 1 else 0), values


def test_halves_of_reals_are_no_floors():
    values = {"m": 5, "k": 2}
    assert evaluate(m / 2, values) == Rational(5, 2)
    assert evaluate(m * (m + 1) / 2, values) == 15
    assert evaluate(m / k - floor(m / k), values) == Rational(1, 2)


@pytest.mark.parametrize("expression", [floor(m / k), Mod(m, k), floor(m / (n - n + k))], ids=str)
def test_a_divisor_is_at_least_one(expression):
    assert isinstance(decide(Identity(expression, expression)), Proved)
    with pytest.raises(IllFormed, match=r"may divide by a number below 1.*add given=\[k >= 1\]"):
        decide(Identity(expression, expression, [k >= 0]))


@pytest.mark.parametrize(
    "expression",
    [
        m / 2,
        Rational(1, 2) * m + 1,
        Float(1),
        1 / m,
        m**-1,
        ceiling(m / 2),
        frac(m / 2),
        abs(m),
        X[1],
        floor(X[1]),
        floor(X[1] / 2) + 1,
        m**n,
        2**m,
        (-1) ** m,
        Max(X[1], 1),
        Mod(X[1], 2),
    ],
    ids=str,
)
def test_what_is_no_integer_is_no_index(expression):
    padded = X.extended()
    with pytest.raises(LanguageError, match="integer"):
        decide(Identity(padded[expression], padded[expression]))


@pytest.mark.parametrize("extent", [m / 2, 1.0, 2.5, Float(3), Rational(1, 2), X[1], m**-1, floor(X[1])])
def test_an_extent_is_an_integer_expression(extent):
    with pytest.raises(LanguageError):
        decide(Identity(Tensor("Z", (extent,)), Tensor("Z", (extent,))))


def test_extents_may_be_floors_and_maxima():
    for extent in (floor((m + 1) / 2), Max(m - 1, 0), m * n + 1, Mod(m, 2)):
        z = Tensor("Z", (extent,))
        assert prove(Identity(z, z, [m >= 3]))


def test_an_extent_is_not_negative():
    z = Tensor("Z", (m - 2,))
    with pytest.raises(IllFormed, match=r"extent .* may be negative.*add given=\[m >= 2\]"):
        decide(Identity(z, z))
    assert prove(Identity(z, z, [m >= 2]))


@pytest.mark.parametrize(
    "expression",
    [
        floor((k * m - k) / k),
        floor((k * m + k * n) / (k * m)),
        floor(m / (1 / k + 1)),
        floor(1 / (m / k + n)),
        floor((m + 1) / k + n / (k * m)),
    ],
    ids=str,
)
def test_what_is_divided_by_does_not_cancel_on_the_way_in(expression):
    """(k m - k)/k is m - 1 for SymPy, also where k is 0."""
    with pytest.raises((IllFormed, LanguageError)):
        decide(Identity(expression, expression, [k >= 0]))
    with pytest.raises((IllFormed, LanguageError)):
        decide(Identity(Iverson(Eq(expression, 1)), Iverson(Eq(expression, 1)), [k >= 0]))


@pytest.mark.parametrize("quotient", [(k * m - k) / k, k * (m / k + 1), (m**2 - m) / m + k / k], ids=str)
def test_a_condition_has_no_quotients_but_of_literals(quotient):
    with pytest.raises(LanguageError, match="integer"):
        decide(Identity(Iverson(quotient >= 1), 1))
    with pytest.raises(LanguageError, match="integer"):
        decide(Identity(X, X, [quotient >= 1]))


def test_quotients_under_a_floor_are_brought_to_one_divisor():
    for expression, by_hand in [
        (floor((m + 1) / k + n / k), lambda m, n, k: (m + 1 + n) // k),
        (floor(m / k + n / 3), lambda m, n, k: (3 * m + k * n) // (3 * k)),
        (floor((m / 2 + Rational(1, 3)) / k), lambda m, n, k: (3 * m + 2) // (6 * k)),
        (floor(m / k**2 - n / k), lambda m, n, k: (m - n * k) // k**2),
        (floor((m + n) * (m - n) / (2 * k)), lambda m, n, k: (m * m - n * n) // (2 * k)),
        (floor(Rational(2, 3) * m / k), lambda m, n, k: 2 * m // (3 * k)),
    ]:
        for values in GRID:
            assert evaluate(expression, values) == by_hand(**values), (expression, values)
