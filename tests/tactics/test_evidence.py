"""The search for evidence of integer facts: the kernel accepts what it finds; for what is false it finds nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_terms import NAMES, conditions, grid
from sympy import And, Eq, Max, Min, Mod, Ne, Or, floor

from symcnn import Nonzero, Tensor, divides, sizes
from symcnn.kernel import Each, Facts, Floor, Larger, Rejected, Term
from symcnn.kernel.evidence import check
from symcnn.kernel.value import holds
from symcnn.language.translate import Translation
from symcnn.tactics.evidence import EvidenceSearch

m, n, k, l, s, p, i, a, b = sizes("m n k l s p i a b")  # noqa: E741
X = Tensor("X", (n,))
SIZES = [m >= 1, n >= 1, k >= 1, l >= 1, s >= 1]


def kernel_condition(condition) -> Term:
    return Translation().condition(condition, {})


def shows(facts, goal) -> bool:
    """Whether evidence is found; the kernel must accept it."""
    known = Facts()
    for fact in facts:
        known = known.assume(kernel_condition(fact))
    wanted = kernel_condition(goal)
    evidence = EvidenceSearch().find(known, wanted)
    if evidence is not None:
        check(known, wanted, evidence)
    return evidence is not None


FOUND = {
    "a fact itself": ([m >= k], m >= k),
    "transitivity": ([m >= k, k >= n + 2], m > n),
    "a sum of facts": ([m + n >= 7, m <= 3], n >= 4),
    "rounding": ([2 * m >= 5], m >= 3),
    "rounding of a sum": ([2 * m + 2 * n <= 7], m + n <= 3),
    "from an equation": ([Eq(m, 2 * n)], m + n <= 3 * n),
    "an equation from two bounds": ([m >= n, m <= n], Eq(m, n)),
    "an and": ([m >= 3], (m >= 2) & (m >= 1)),
    "an assumed and": ([(m >= 3) & (n >= m)], n >= 3),
    "an or": ([m >= 3], Or(m >= 2, n >= 9)),
    "an assumed or": ([Or(m >= 3, m >= 5)], m >= 3),
    "not equal and one side": ([Ne(m, 0), m >= 0], m >= 1),
    "not equal": ([m >= n + 1], Ne(m, n)),
    "from a contradiction": ([m >= 2, m <= 1], n >= 100),
    "a product of sizes": ([m >= 1, n >= 1], m * n >= 1),
    "a product with a bound": ([m >= 2, n >= 3], m * n >= 6),
    "a product is monotone": ([m >= k, n >= 1], m * n >= k * n),
    "a square": ([], m**2 >= 0),
    "a square of a difference": ([m >= n], m**2 + n**2 >= 2 * m * n),
    "a floor is a floor": ([k >= 1], k * floor(n / k) <= n),
    "a floor is the largest": ([k >= 1], n < k * floor(n / k) + k),
    "a floor of a size": ([k >= 1, n >= k], floor(n / k) >= 1),
    "a floor below its numerator": ([k >= 1, n >= 0], floor(n / k) <= n),
    "a floor by a literal": ([n >= 7], floor(n / 2) >= 3),
    "a half and a half": ([], Eq(floor(n / 2) + floor((n + 1) / 2), n)),
    "a floor of a sum": ([k >= 1], Eq(floor((n + k) / k), floor(n / k) + 1)),
    "a remainder": ([k >= 1], Mod(n, k) <= k - 1),
    "a remainder is not negative": ([k >= 1], Mod(n, k) >= 0),
    "divisibility": ([k >= 1, divides(k, n)], Eq(k * floor(n / k), n)),
    "the last window": (
        [*SIZES, m >= k, i >= 1, i <= floor((m - k) / s) + 1],
        s * (i - 1) + k <= m,
    ),
    "inside a block": ([*SIZES, b >= 1, b <= m, a >= 1, a <= k], k * (b - 1) + a <= m * k),
    "a block starts after the last": ([*SIZES, b >= 2, a >= 1], k * (b - 1) + a >= k + 1),
    "rounding of a floor, from below": ([i >= 1, a >= 1], a + 2 * floor((i - 1) / 2) >= 1),
    "rounding of a floor, from above": ([i <= 4, a <= 2], a + 2 * floor((i - 1) / 2) <= 4),
    "a maximum above its parts": ([], Max(m, n) >= n),
    "a maximum of bounds": ([m <= 5, n <= 7], Max(m, n) <= 7),
    "a minimum below its parts": ([], Min(m, n) <= m),
    "maximum and minimum": ([], Eq(Max(m, n) + Min(m, n), m + n)),
    "a maximum that is known": ([m >= n], Eq(Max(m, n), m)),
    "a maximum of three": ([m >= 1], Max(m, n, k) >= 1),
    "an integer that is not 0": ([m >= 1], Nonzero(m)),
    "a product that is not 0": ([m >= 1, n <= -1], Nonzero(m * n)),
    "a power that is not 0": ([m >= 3], Nonzero((m - 2) ** 2)),
    "what is given not to be 0": ([Nonzero(X[1])], Nonzero(X[1])),
    "a product with what is given": ([Nonzero(X[1]), m >= 1], Nonzero(m * X[1])),
}

NOT_TRUE = {
    "a wrong direction": ([m >= k], m <= k),
    "one too many": ([m >= 3], m >= 4),
    "rounding the wrong way": ([2 * m >= 5], m >= 4),
    "an or of which one": ([Or(m >= 3, n >= 3)], m >= 3),
    "not equal without a side": ([Ne(m, 0)], m >= 1),
    "a product of integers": ([], m * n >= 0),
    "a product of negative bounds": ([m >= -2, n >= -3], m * n >= 6),
    "a floor without a divisor": ([], k * floor(n / k) <= n),
    "a floor by a negative": ([k <= -1], n < k * floor(n / k) + k),
    "half of a sum": ([], Eq(floor(m / 2) + floor(n / 2), floor((m + n) / 2))),
    "a quotient": ([k >= 1], Eq(k * floor(n / k), n)),
    "a remainder may be 0": ([k >= 2], Mod(n, k) >= 1),
    "the window after the last": ([*SIZES, m >= k, i >= 1, i <= floor((m - k) / s) + 2], s * (i - 1) + k <= m),
    "a maximum is not its part": ([], Eq(Max(m, n), m)),
    "zero may be": ([m >= 0], Nonzero(m)),
    "another entry": ([Nonzero(X[1])], Nonzero(X[n])),
    "a sum of nonzero": ([Nonzero(X[1])], Nonzero(X[1] + 1)),
    "half of one": ([n >= 1], n / 2 - 1 >= 0),
}


@pytest.mark.parametrize("name", FOUND)
def test_evidence_is_found(name):
    assert shows(*FOUND[name])


NOT_YET = {
    "the square of a difference, without its sign": ([], m**2 + n**2 >= 2 * m * n),
    "a product of three sizes": ([k >= 1, l >= 1, m >= 1], k * l * m >= 1),
    "one of two groups": (
        [k >= 1, l >= 1, i >= 1, i <= 2 * l, a >= 1, a <= k],
        k * floor((i - 1) / l) + a <= 2 * k,
    ),
}


@pytest.mark.parametrize("name", NOT_YET)
@pytest.mark.xfail(strict=True, reason="products of three facts are not tried")
def test_evidence_that_is_not_found_yet(name):
    assert shows(*NOT_YET[name])


@pytest.mark.parametrize("name", NOT_TRUE)
def test_no_evidence_for_what_is_false(name):
    assert not shows(*NOT_TRUE[name])


def test_floors_and_maxima_are_opened_where_they_are_needed():
    search = EvidenceSearch()
    known = Facts().assume(kernel_condition(And(k >= 1, n >= k)))
    opened = search.find(known, kernel_condition(floor(n / k) >= 1))
    assert isinstance(opened, Floor)
    assert isinstance(search.find(Facts(), kernel_condition(Max(m, n) >= n)), Larger)
    assert isinstance(search.find(known, kernel_condition((n >= 1) & (k >= 1))), Each)


def test_answers_are_remembered_with_the_facts_that_they_rest_on():
    search = EvidenceSearch()
    goal = kernel_condition(m >= 2)
    assert search.find(Facts().assume(kernel_condition(m >= 3)), goal) is not None
    assert search.find(Facts().assume(kernel_condition(m >= 1)), goal) is None
    assert search.find(Facts().assume(kernel_condition(m >= 3)), goal) is not None


def test_evidence_of_one_place_is_rejected_at_another():
    goal = kernel_condition(m >= 2)
    known, weaker = (Facts().assume(kernel_condition(fact)) for fact in (m >= 3, m >= 1))
    evidence = EvidenceSearch().find(known, goal)
    assert evidence is not None
    check(known, goal, evidence)
    with pytest.raises(Rejected):
        check(weaker, goal, evidence)


@given(st.lists(conditions(size=1), max_size=2), conditions(size=1))
def test_what_is_found_is_true_at_all_small_numbers(facts, goal):
    """Tensors are constant here; the conditions of this size speak of integers."""
    known = Facts()
    for fact in facts:
        known = known.assume(fact)
    evidence = EvidenceSearch().find(known, goal)
    if evidence is None:
        return
    check(known, goal, evidence)
    for integers in grid(NAMES):
        if all(holds(fact, integers, {}) for fact in facts):
            assert holds(goal, integers, {}), integers


def test_nothing_is_found_after_the_deadline() -> None:
    facts, goal = Facts().assume(kernel_condition(m >= k)), kernel_condition(m >= k)
    late = EvidenceSearch(deadline=0.0)
    assert late.is_out_of_time
    assert late.find(facts, goal) is None
    late.deadline = float("inf")
    assert late.find(facts, goal) is not None  # it has not been remembered that nothing was found


def test_the_search_pauses_once() -> None:
    pauses: list[int] = []
    search = EvidenceSearch(pause_at=0.0, pause=lambda: pauses.append(1))
    for bound in range(3):
        search.find(Facts(), kernel_condition(m >= bound))
    assert pauses == [1]
