"""Maxima over indices, maxima of several reals, and comparisons of reals: what they mean, and what is refused."""

from itertools import product

import pytest
from evaluation import both_sides, entry, evaluate
from sympy import Eq, Max, Min, Ne, Rational, Sum, Symbol
from sympy.logic.boolalg import And, Not, Or

from symcnn import Identity, IndexedMax, Iverson, Nonzero, Tensor, decide, prove, sizes
from symcnn.errors import IllFormed, LanguageError
from symcnn.language.statement import statement_of

m, n, a, b, i = sizes("m n a b i")
x, X = Tensor("x", (n,)), Tensor("X", (m, n))
VALUES = {"m": 3, "n": 4}


def agree(expression, by_hand):
    expected, found = both_sides(expression, by_hand, VALUES)
    assert found == expected


# Maxima over indices


def test_the_largest_of_some_entries():
    agree(IndexedMax(x[a], (a, 1, n)), lambda at: max(at("x", p) for p in range(1, 5)))
    agree(IndexedMax(x[a] * a, (a, 2, n - 1)), lambda at: max(at("x", p) * p for p in (2, 3)))
    agree(
        IndexedMax(X[a, b] - a * b, (a, 1, m), (b, 1, n)),
        lambda at: max(at("X", p, q) - p * q for p, q in product(range(1, 4), range(1, 5))),
    )


def test_conditions_choose_indices():
    agree(IndexedMax(x[a], (a, 1, n), where=Ne(a, 2)), lambda at: max(at("x", p) for p in (1, 3, 4)))
    agree(
        IndexedMax(a, (a, 1, n), where=x[a] <= x[1]),
        lambda at: max(p for p in range(1, 5) if at("x", p) <= at("x", 1)),
    )
    agree(
        IndexedMax(X[a, b], (a, 1, m), (b, 1, n), where=Or(a < b, Eq(a, 3))),
        lambda at: max(at("X", p, q) for p, q in product(range(1, 4), range(1, 5)) if p < q or p == 3),
    )


def test_maxima_in_sums_and_sums_in_maxima():
    agree(
        Sum(IndexedMax(X[a, b] * a, (b, a, n)), (a, 1, m)),
        lambda at: sum(max(at("X", p, q) * p for q in range(p, 5)) for p in range(1, 4)),
    )
    agree(
        IndexedMax(Sum(X[a, b], (a, 1, m)), (b, 1, n)),
        lambda at: max(sum(at("X", p, q) for p in range(1, 4)) for q in range(1, 5)),
    )
    agree(
        IndexedMax(IndexedMax(X[a, b], (a, 1, m)) - b, (b, 1, n)),
        lambda at: max(max(at("X", p, q) for p in range(1, 4)) - q for q in range(1, 5)),
    )


def test_an_index_catches_no_size_and_no_other_index():
    assert evaluate(IndexedMax(a, (a, 1, 3)) + a, {"a": 10}) == 13
    agree(IndexedMax(x[a] + Sum(x[a], (a, 1, n)), (a, 1, n)), lambda at: (
        max(at("x", p) for p in range(1, 5)) + sum(at("x", p) for p in range(1, 5))
    ))  # fmt: skip


def test_the_arguments_are_kept_as_they_are_given():
    made = IndexedMax(x[a], (a, 1, n), where=a >= 2)
    assert (made.body, made.limits, made.where) == (x[a], ((a, 1, n),), a >= 2)
    assert IndexedMax(x[a], (a, 1, n)).where == (a >= a - 1)
    assert IndexedMax(3, (a, 1, n)) != 3


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ([], "at least one index"),
        ([(a, n)], r"the limit .* is not of the form \(index, lower, upper\)"),
        ([a], "is not of the form"),
        ([(1, 1, n)], "is not of the form"),
        ([(a, 1, "n")], "a limit of a maximum is 'n'"),
        ([(a, 1, n), (a, 1, m)], "limits of a maximum cannot depend on its indices"),
        ([(a, 1, b), (b, 1, n)], "limits of a maximum cannot depend on its indices"),
        ([(a, 1, a)], "limits of a maximum cannot depend on its indices"),
    ],
)
def test_limits_of_another_form_are_refused(limits, message):
    with pytest.raises(LanguageError, match=message):
        IndexedMax(x[a], *limits)


@pytest.mark.parametrize("wrong", [True, x[1], 1, "a"])
def test_conditions_of_another_form_are_refused(wrong):
    with pytest.raises(LanguageError, match="the condition of a maximum is"):
        IndexedMax(x[a], (a, 1, n), where=wrong)


def test_a_symbol_is_a_condition_for_sympy_but_not_here():
    with pytest.raises(LanguageError, match="a is not a condition"):
        statement_of(Identity(IndexedMax(x[a], (a, 1, n), where=a), 0))


@pytest.mark.parametrize("index", [Symbol("t"), Symbol("t", integer=True, positive=True), Symbol("t", real=True)])
def test_an_index_with_other_assumptions_is_refused(index):
    with pytest.raises(LanguageError, match=r"t"):
        statement_of(Identity(IndexedMax(x[1] * index, (index, 1, n)), 0))


@pytest.mark.parametrize(
    "empty",
    [
        IndexedMax(x[a], (a, 1, n - 1)),
        IndexedMax(x[a], (a, 1, n), where=a >= 2),
        IndexedMax(x[a], (a, 1, n), where=x[a] > 0),
    ],
)
def test_a_maximum_over_what_may_be_empty_is_ill_formed(empty):
    with pytest.raises(IllFormed):
        decide(Identity(empty, empty))


def test_reads_out_of_range_are_ill_formed_unless_the_condition_excludes_them():
    beyond = IndexedMax(x[a], (a, 0, n))
    with pytest.raises(IllFormed):
        decide(Identity(beyond, beyond))
    within = IndexedMax(x[a], (a, 0, n), where=a >= 1)
    assert prove(Identity(within, within))


# Maxima of reals, comparisons


def test_the_largest_and_the_smallest_of_several_reals():
    agree(Max(x[1], x[2], 0), lambda at: max(at("x", 1), at("x", 2), 0))
    agree(Min(x[1] - 1, Rational(1, 3) * x[2], x[3]), lambda at: min(at("x", 1) - 1, at("x", 2) / 3, at("x", 3)))
    agree(Max(n, x[1]) - Min(m, x[2]), lambda at: max(4, at("x", 1)) - min(3, at("x", 2)))
    agree(x[Max(m, n)] * Min(m, n), lambda at: at("x", 4) * 3)


COMPARISONS = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


@pytest.mark.parametrize("sign", COMPARISONS)
def test_comparisons_of_reals_in_brackets(sign):
    compare = COMPARISONS[sign]
    for p, q in product(range(1, 5), repeat=2):
        if p != q:
            agree(Iverson(compare(x[p], x[q])), lambda at, p=p, q=q: int(compare(at("x", p), at("x", q))))
        agree(Iverson(compare(x[p], q - 2)), lambda at, p=p, q=q: int(compare(at("x", p), q - 2)))


def test_equality_and_joined_conditions():
    for p in range(1, 5):
        number = entry("x", p)
        exactly = Rational(number.numerator, number.denominator)
        assert evaluate(Iverson(Eq(x[p], exactly)), VALUES) == 1
        assert evaluate(Iverson(Ne(x[p], exactly)), VALUES) == 0
        assert evaluate(Iverson(Eq(x[p], exactly + 1)), VALUES) == 0
        agree(Iverson(And(x[p] > 0, p < n)), lambda at, p=p: int(at("x", p) > 0 and p < 4))
        agree(Iverson(Not(Or(x[p] > 0, Nonzero(x[1])))), lambda at, p=p: int(at("x", p) <= 0 and at("x", 1) == 0))


def test_hypotheses_about_reals():
    claim = statement_of(Identity(Max(x[1], x[2]), x[2], [x[1] <= x[2], n >= 2])).claim
    assert "x[1] <= x[2]" in map(repr, claim.hypotheses)
