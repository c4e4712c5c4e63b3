"""Hypotheses: sizes are at least 1 unless `given` bounds them; only conditions of ours; contradictions are vacuous."""

import pytest
from sympy import Contains, Eq, Implies, Ne, Not, Or, S, Symbol

from symcnn import Identity, Nonzero, Proved, Tensor, decide, divides, prove, sizes
from symcnn.errors import IllFormed, LanguageError, Vacuous
from symcnn.kernel import show
from symcnn.language.statement import statement_of

m, n, k, p = sizes("m n k p")
X = Tensor("X", (m,))


def hypotheses(*given):
    return {show(each) for each in statement_of(Identity(X[1] * k, X[1] * k, given)).claim.hypotheses}


def test_sizes_are_at_least_one():
    assert hypotheses() == {"1 <= m", "1 <= k"}
    assert prove(Identity(X[1], X[m + 1 - m]))


@pytest.mark.parametrize(
    ("bound", "shown"),
    [
        (k >= 0, "0 <= k"),
        (k >= 2, "2 <= k"),
        (k > -3, "(-3) + 1 <= k"),
        (2 * k >= 6, "6 <= 2*k"),
        (Eq(k, 4), "k = 4"),
        ((k >= 0) & (m >= 2), "(0 <= k) and (2 <= m)"),
    ],
)
def test_a_lower_bound_in_given_takes_the_place_of_it(bound, shown):
    assert "1 <= k" not in hypotheses(bound)
    assert shown in hypotheses(bound)


@pytest.mark.parametrize("other", [k <= 5, k >= m, Ne(k, 3), divides(k, m), m >= k, Or(k >= 0, m >= 2)], ids=str)
def test_other_hypotheses_leave_it(other):
    assert "1 <= k" in hypotheses(other)


def test_a_size_that_may_be_zero_changes_what_is_true():
    ones = Tensor.define((p + 1,), lambda i: 1)
    smaller = Tensor("Z", (p,))
    assert prove(Identity(smaller[1], smaller[1]))
    with pytest.raises(IllFormed, match=r"add given=\[p >= 1\]"):
        decide(Identity(smaller[1], smaller[1], [p >= 0]))
    assert prove(Identity(ones, Tensor.define((p + 1,), lambda i: i**0), [p >= 0]))


def test_given_may_be_one_condition():
    assert Identity(X, X, m >= 2).given == (m >= 2,)
    assert Identity(X, X, [m >= 2, n >= 3]).given == (m >= 2, n >= 3)
    assert Identity(X, X, (condition for condition in [m >= 2])).given == (m >= 2,)


@pytest.mark.parametrize(
    "given",
    [True, False, None, 1, "m >= 1", m, X, X[1], S.true, S.false, Eq(m, m), Ne(m, m), m >= m, (m >= 2) & (m < 2)],
    ids=str,
)
def test_what_is_no_condition_or_decided_is_refused(given):
    with pytest.raises(LanguageError):
        Identity(X, X, [given])


@pytest.mark.parametrize(
    "given",
    [Implies(m >= 1, n >= 1), Contains(m, S.Naturals), Symbol("t", real=True) > 1],
    ids=str,
)
def test_conditions_outside_of_the_language_are_refused(given):
    with pytest.raises(LanguageError):
        decide(Identity(X, X, [given]))


@pytest.mark.parametrize(
    "given",
    [
        [m >= 3, m <= 2],
        [m >= n, n >= m + 1],
        [Eq(m, n), Ne(m, n)],
        [divides(2, m), divides(2, m + 1)],
        [Eq(2 * m, 2 * n + k), Eq(k, 5)],
        [m <= 0],
        [Eq(m, 0)],
        [Eq(m**2, 2 * n**2)],
        [Nonzero(X[1]), Not(Nonzero(X[1]))],
        [Nonzero(S.Zero)],
        [Or(m <= 0, n <= -1)],
    ],
    ids=str,
)
def test_hypotheses_that_contradict_each_other_are_refused(given):
    """Anything would follow from them."""
    with pytest.raises(Vacuous):
        decide(Identity(X * n, X * (n + 1), given))


def test_a_tensor_that_is_always_empty_is_refused():
    empty = Tensor("Z", (0,))
    with pytest.raises(Vacuous):
        decide(Identity(empty, empty + 1))
    with pytest.raises(Vacuous):
        decide(Identity(Tensor("Z", (n - 1,)), Tensor("Z", (n - 1,)) + 1, [Eq(n, 1)]))


def test_hypotheses_are_well_formed_in_their_order():
    """A divisor and a read in a hypothesis need what stands before; bounds come first, whatever their order."""
    assert isinstance(decide(Identity(X, X, [divides(p, m), p >= 1])), Proved)
    with pytest.raises(IllFormed, match="hypothesis"):
        decide(Identity(X, X, [divides(p, m), p >= 0]))
    with pytest.raises(IllFormed, match=r"X\[n\].*hypothesis"):
        decide(Identity(X, X, [Nonzero(X[n])]))
    assert prove(Identity(X, X, [m >= n, Nonzero(X[n])]))


def test_a_hypothesis_is_used_and_not_more():
    assert prove(Identity(X[m], X[k], [Eq(m, k)]))
    assert not isinstance(decide(Identity(X[m], X[k], [m >= k])), Proved)
    cancelled = Tensor.define((m,), lambda i: (X[i] ** 2 + X[i] * k) / k)
    assert prove(Identity(cancelled * k, Tensor.define((m,), lambda i: X[i] ** 2 + X[i] * k)))
    with pytest.raises(IllFormed, match="may divide by 0"):
        decide(Identity(cancelled * k, Tensor.define((m,), lambda i: X[i] ** 2 + X[i] * k), [k >= 0]))


def test_a_product_of_entries_is_no_divisibility():
    """It looks like `k divides n`: a product that is equal to something."""
    product = Identity(X, X, [m >= 3, Eq(X[1] * X[2] * X[3], 8)])
    assert isinstance(decide(product), Proved)
    assert "X[1] X[2] X[3] = 8" in str(decide(product))
