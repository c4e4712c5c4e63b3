"""What is assumed of all values of a tensor: decided exactly at one instance, and made to hold by elimination."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from looking import SECONDS, has_no_instance, holds_wherever_it_was_looked_at
from sympy import Sum

from symcnn import ForAll, Identity, Tensor, conv2d, sizes
from symcnn.errors import Rejected
from symcnn.kernel import Claim, terms
from symcnn.kernel.polynomial import ONE
from symcnn.language.activations import relu
from symcnn.language.statement import statement_of
from symcnn.refute import Counterexample, assumed, refute
from symcnn.refute.drawing import draw
from symcnn.theorems import entries, find

m, n, a = sizes("m n a")
X, W, V = Tensor("X", (m, n)), Tensor("W", (3, 3)), Tensor("V", (3, 3))
A, B, x = Tensor("A", (n, n)), Tensor("B", (n, n)), Tensor("x", (n,))
DOWN = Tensor.define((m, n), lambda i, j: X.at(i + 1, j, outside=0) - X[i, j], name="Y")
ZERO = Tensor.define((n,), lambda i: x[i] * 0)
UNIQUE = find("difference_kernel_is_unique", entries())


def claim_of(left: Any, right: Any, *assumptions: Any) -> Claim:
    return statement_of(Identity(left, right, assumptions)).claim


def drawn(claim: Claim, seed: int = 0, **numbers: int) -> Any:
    return draw(claim, numbers, Random(seed))


def rows(*equations: tuple[int, ...]) -> list[Any]:
    """Equations in e[1], e[2], ..., the constant last"""
    return [
        {
            **{frozenset([(entry(place), 1)]): Fraction(each) for place, each in enumerate(factors) if each},
            **({ONE: Fraction(number)} if number else {}),
        }
        for *factors, number in equations
    ]


def entry(place: int) -> Any:
    return terms.entry("e", terms.integer(place + 1))


def test_one_solution() -> None:
    start, directions = assumed.solution(rows((1, 1, -3), (1, -1, -1)), [entry(0), entry(1)]) or ({}, [])
    assert (start, directions) == ({entry(0): 2, entry(1): 1}, [])


def test_no_solution() -> None:
    assert assumed.solution(rows((1, 1, -3), (1, 1, -4)), [entry(0), entry(1)]) is None
    assert assumed.solution(rows((1,)), []) is None


def test_no_equation_leaves_everything_free() -> None:
    start, directions = assumed.solution([], [entry(0), entry(1)]) or ({}, [])
    assert set(start.values()) == {0}
    assert [{key: each for key, each in direction.items() if each} for direction in directions] == [
        {entry(0): 1},
        {entry(1): 1},
    ]


@given(st.lists(st.tuples(*[st.integers(-3, 3)] * 4), min_size=1, max_size=4), st.lists(st.integers(-3, 3), max_size=3))
def test_all_that_is_found_are_solutions(equations: list[tuple[int, ...]], factors: list[int]) -> None:
    unknown = [entry(place) for place in range(3)]
    found = assumed.solution(rows(*equations), unknown)
    if found is None:
        return
    start, directions = found
    at = [start[each] + sum(f * d.get(each, 0) for f, d in zip(factors, directions, strict=False)) for each in unknown]
    for *left, number in equations:
        assert sum(factor * value for factor, value in zip(left, at, strict=True)) + number == 0


def test_the_difference_kernel_is_what_elimination_gives() -> None:
    instance = drawn(statement_of(UNIQUE()).claim, m=2, n=2)
    assert instance.tensors["W"] == ((0, 0, 0), (0, -1, 0), (0, 1, 0))
    assert assumed.holds(instance)


def test_another_kernel_does_not_satisfy_the_assumption() -> None:
    instance = drawn(statement_of(UNIQUE()).claim, m=2, n=2)
    other = ((1, 0, 0), (0, -1, 0), (0, 1, 0))
    assert not assumed.holds(replace(instance, tensors={**instance.tensors, "W": other}))


def test_an_assumption_that_nothing_satisfies_has_no_instance() -> None:
    claim = claim_of(A, B, ForAll(x, Identity(A @ x, A @ x + 1)))
    assert drawn(claim, n=2) is None


def test_what_is_no_polynomial_is_refused() -> None:
    claim = claim_of(A, B, ForAll(x, Identity(relu(A @ x), relu(B @ x))))
    with pytest.raises(Rejected, match="no polynomial"):
        drawn(claim, n=1)
    has_no_instance(claim)


def test_a_product_of_two_unknown_matrices_is_solved_for_one_of_them() -> None:
    claim = claim_of(A, B, ForAll(x, Identity(A @ (B @ x), x)))
    found = refute(claim, SECONDS)
    assert found is not None
    assert found.replay() == (found.left, found.right)


FALSE: dict[str, Callable[[], Claim]] = {
    "one row": lambda: claim_of(W, V, n >= 2, ForAll(X, Identity(conv2d(X, W, padding=1), conv2d(X, V, padding=1)))),
    "quadratic form": lambda: claim_of(
        A, B, ForAll(x, Identity(*(Sum((each @ x)[a] * x[a], (a, 1, n)) for each in (A, B))))
    ),
    "transposed": lambda: claim_of(A, B.T, ForAll(x, Identity(A @ x, B @ x))),
    "a square": lambda: claim_of(A[1, 1], 0, ForAll(x, Identity(x[1] ** 2 * A[1, 1], x[1] ** 2))),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_does_not_follow_is_refuted(name: str) -> None:
    found = refute(FALSE[name](), SECONDS)
    assert isinstance(found, Counterexample)
    assert assumed.holds(found.instance)
    assert found.replay() == (found.left, found.right)


def test_replay_looks_at_the_assumption() -> None:
    found = refute(FALSE["transposed"](), SECONDS)
    assert found is not None
    tensors = tuple((name, ((1, 2), (3, 4)) if name == "A" else each) for name, each in found.tensors)
    with pytest.raises(Rejected, match="assumed of all tensors"):
        replace(found, tensors=tensors).replay()


def test_arbitrary_tensors_are_not_shown() -> None:
    found = refute(FALSE["transposed"](), SECONDS)
    assert "x = " not in str(found)
    assert "A = " in str(found)


def test_what_does_follow_is_not_refuted() -> None:
    holds_wherever_it_was_looked_at(claim_of(A, B, ForAll(x, Identity(A @ x, B @ x))))
    holds_wherever_it_was_looked_at(statement_of(UNIQUE()).claim)
