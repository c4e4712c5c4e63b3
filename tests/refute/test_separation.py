"""A hypothesis is suggested where it separates the cases in which a statement fails from those in which it holds."""

from itertools import islice
from typing import Any

import pytest
from looking import SECONDS
from sympy import Eq, floor

from symcnn import Identity, Iverson, Refuted, Tensor, avg_pool2d, conv2d, decide, divides, sizes
from symcnn.kernel import Claim, terms
from symcnn.kernel.value import holds
from symcnn.language.statement import statement_of
from symcnn.refute import suggestion
from symcnn.refute.separation import MOST_CASES, cases, hypotheses

m, n, k, s = sizes("m n k s")
X, W, v = Tensor("X", (m, n)), Tensor("W", (k, k)), Tensor("v", (n,))
SQUARE = Tensor("X", (n, n))


def claim_of(left: Any, right: Any, given: Any = ()) -> Claim:
    return statement_of(Identity(left, right, given)).claim


def entries(condition: Any) -> Tensor:
    return Tensor.define((n,), lambda i: Iverson(condition) * v[i])


SEPARATED = {
    "k odd": (conv2d(X, W, padding=floor(k / 2)), conv2d(X, W, padding=floor((k - 1) / 2))),
    "n even": (entries(divides(2, n)), v),
    "n >= 2": (entries(n >= 2), v),
    "s = 1": (conv2d(X, W), conv2d(X, W, stride=s), [m >= k, n >= k]),
    "k dividing n": (entries(divides(k, n)), v),
    "k = 1": (avg_pool2d(X, k), avg_pool2d(X, k, stride=1), [divides(k, m), divides(k, n)]),
    "n = k": (entries(Eq(k, n)), v),
    "k <= n": (entries(k <= n), v),
    "n = 1": (SQUARE @ SQUARE.T, SQUARE.T @ SQUARE),
}
NOT_SEPARATED = {
    "always false": (v, 2 * v + 1),
    "true": (v, v),
    "true of a sum that is even": (entries(divides(2, n + k)), v),
}


@pytest.mark.parametrize("words", SEPARATED)
def test_the_hypothesis_that_separates_is_suggested(words: str) -> None:
    found = suggestion(claim_of(*SEPARATED[words]), SECONDS)
    assert found is not None
    assert found.words == words
    assert str(found) == f"it holds in all {found.cases} tried cases with {words}"


@pytest.mark.parametrize("name", NOT_SEPARATED)
def test_nothing_is_suggested_where_nothing_simple_separates(name: str) -> None:
    claim = claim_of(*NOT_SEPARATED[name])
    assert len(list(islice(cases(claim, float("inf")), MOST_CASES))) == MOST_CASES
    assert suggestion(claim, SECONDS) is None


def test_what_is_assumed_is_not_suggested() -> None:
    claim = claim_of(entries(n >= 2), v, [k >= 2])
    assert terms.at_most(terms.integer(2), terms.variable("k")) not in [each for each, _ in hypotheses(claim)]


def test_the_number_of_cases_is_counted() -> None:
    claim = claim_of(entries(divides(2, n)), v)
    found = suggestion(claim, SECONDS)
    assert found is not None
    assert found.cases >= 12
    assert all(
        case.sizes["n"] % 2 or case.holds for case, _ in zip(cases(claim, float("inf")), range(50), strict=False)
    )


def test_words_say_what_the_conditions_mean() -> None:
    claim = claim_of(Tensor("Y", (n, k)), Tensor("Y", (n, k)))
    for condition, words in hypotheses(claim):
        for values in ({"n": 1, "k": 1}, {"n": 2, "k": 4}, {"n": 3, "k": 2}, {"n": 6, "k": 3}):
            assert holds(condition, values, {}) == _meaning(words, values), (words, values)


def _meaning(words: str, values: dict[str, int]) -> bool:
    """What a reader takes the words for"""
    match words.split():
        case [name, "odd"]:
            return values[name] % 2 == 1
        case [name, "even"]:
            return values[name] % 2 == 0
        case [name, "dividing", other]:
            return values[other] % values[name] == 0
        case [name, sign, other]:
            left, right = values[name], values.get(other) or int(other)
            return {"=": left == right, "<=": left <= right, ">=": left >= right, "<": left < right}[sign]
    raise ValueError(words)


def test_a_verdict_carries_the_suggestion() -> None:
    verdict = decide(Identity(entries(divides(2, n)), v))
    assert isinstance(verdict, Refuted)
    assert str(verdict).endswith(f"\nit holds in all {verdict.suggestion.cases} tried cases with n even")
    assert "with n even" in verdict._repr_markdown_()
