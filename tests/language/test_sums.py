"""Sums as SymPy writes them, and the traps in them."""

import pytest
from evaluation import both_sides, evaluate
from sympy import Dummy, Max, Min, Rational, Sum, Symbol, oo, symbols

from symcnn import Identity, Iverson, Proved, Tensor, decide, prove, sizes
from symcnn.errors import IllFormed, LanguageError

m, n, a, b = sizes("m n a b")
X = Tensor("X", (m,))
VALUES = {"m": 4, "n": 3}


def test_a_sum_over_a_reversed_range_is_ill_formed():
    """SymPy reads sum(k = 1 .. -1) as minus X[0]: a convention that no statement may rely on."""
    for low, high in [(m, 1), (1, -1), (3, 1), (2, 1 - m)]:
        with pytest.raises(IllFormed, match="may run backwards"):
            decide(Identity(Sum(X.extended()[a], (a, low, high)), 0))


def test_an_empty_sum_is_zero_where_both_conventions_agree():
    assert prove(Identity(Sum(X.extended()[a], (a, 1, 0)), 0))
    assert prove(Identity(Sum(X.extended()[a], (a, m, m - 1)), 0))


def test_the_last_limit_is_the_outermost():
    dependent = Sum(a * b * X[a], (a, 1, b), (b, 1, m))
    expected, found = both_sides(
        dependent, lambda at: sum(p * q * at("X", p) for q in range(1, 5) for p in range(1, q + 1)), VALUES
    )
    assert found == expected


@pytest.mark.parametrize("assumption", ["positive", "nonnegative", "even", "odd", "zero", "nonzero", "prime"])
def test_an_index_with_assumptions_is_refused(assumption):
    """SymPy would simplify the summand by them: Max(a, 0) is a for positive a, and -3 is in the range."""
    index = Symbol("a", integer=True, **{assumption: True})
    with pytest.raises(LanguageError, match=r"sizes\('a'\)"):
        decide(Identity(Sum(Max(index, 0), (index, -3, 3)), Sum(index, (index, -3, 3))))
    hidden = Dummy("a", integer=True, **{assumption: True})
    with pytest.raises(LanguageError, match="a"):
        decide(Identity(Sum(Max(hidden, 0), (hidden, -3, 3)), Sum(hidden, (hidden, -3, 3))))


def test_an_index_that_is_no_integer_is_refused():
    for index in (Symbol("t"), Symbol("t", real=True), symbols("t", complex=True)):
        with pytest.raises(LanguageError, match="t"):
            decide(Identity(Sum(index, (index, 1, m)), 0))


@pytest.mark.parametrize(
    ("low", "high", "named"),
    [
        (1, oo, "oo"),
        (-oo, m, "oo"),
        (1, m / 2, "1/2"),
        (1, 2.0, "2.0"),
        (Rational(1, 2), m, "1/2"),
        (1, X[1], "X"),
    ],
)
def test_bounds_are_integer_expressions(low, high, named):
    with pytest.raises(LanguageError, match=named):
        decide(Identity(Sum(X.extended()[a], (a, low, high)), 0))


def test_a_closed_sum_has_a_value():
    assert prove(Identity(Sum(a, (a, 1, 4)), 10))
    assert not isinstance(decide(Identity(Sum(a, (a, 1, 4)), 9)), Proved)
    assert evaluate(Sum(a**2 + Rational(1, 2), (a, 1, 3)), {}) == 14 + Rational(3, 2)


def test_bounds_may_have_maxima_and_brackets_may_cut_a_sum():
    expression = Sum(X[a], (a, Max(1, n - 1), Min(m, n))) - Sum(X[a] * Iverson((a >= n - 1) & (a <= n)), (a, 1, m))
    assert evaluate(expression, VALUES) == 0
