"""How counterexamples read, and that they can be checked again."""

from dataclasses import FrozenInstanceError, replace
from fractions import Fraction
from typing import Any

import pytest
from sympy import Eq, KroneckerDelta, Rational, Sum

from symcnn.kernel import Rejected
from symcnn.language.identity import Identity
from symcnn.language.statement import statement_of
from symcnn.language.symbols import sizes
from symcnn.language.tensors import Tensor
from symcnn.refute import Counterexample, refute
from symcnn.refute.matrices import tensor_lines

m, n, k, a = sizes("m n k a")
square = Tensor("X", (n, n))


def refuted(left: Any, right: Any, given: Any = ()) -> Counterexample:
    found = refute(statement_of(Identity(left, right, given)).claim)
    assert found is not None
    return found


TRANSPOSED = refuted(square, square.T)


def test_a_matrix() -> None:
    assert str(TRANSPOSED) == (
        "n = 2\n"
        "X = [0 1]\n"
        "    [0 0]\n"
        "at i = 1, j = 2 the left side is 1, the right side is 0"
    )  # fmt: skip


def test_a_row_and_fractions() -> None:
    v = Tensor("v", (n,))
    third = Tensor.define((n,), lambda i: v[i] * Rational(1, 3) + KroneckerDelta(n, 1) * v[i] * Rational(2, 3))
    assert str(refuted(v, third)) == "n = 2\nv = [1 0]\nat i = 1 the left side is 1, the right side is 1/3"


def test_channels_one_below_the_other() -> None:
    images = Tensor("X", (2, 2, n))
    flipped = Tensor.define((2, 2, n), lambda c, i, j: images[3 - c, i, j])
    assert str(refuted(images, flipped, [n >= 2])) == (
        "n = 2\n"
        "X[1, :, :] = [1 0]\n"
        "             [0 0]\n"
        "X[2, :, :] = [0 0]\n"
        "             [0 0]\n"
        "at c = 1, i = 1, j = 1 the left side is 1, the right side is 0"
    )


def test_a_condition_that_fails() -> None:
    x = Tensor("X", (m, n))
    found = refuted(x, x.T)
    assert str(found) == "m = 1, n = 2\nm = n does not hold: 1 and 2"
    assert found.replay() == (1, 2)


def test_scalars_have_no_index() -> None:
    v = Tensor("v", (2,))
    assert str(refuted(Sum(v[a], (a, 1, 2)), v[1])) == "v = [0 1]\nthe left side is 1, the right side is 0"


def test_columns_are_aligned() -> None:
    rows = ((Fraction(1), Fraction(-1, 3)), (Fraction(12), Fraction(0)))
    assert list(tensor_lines("A", rows, (2, 2), 1)) == ["A = [   1 -1/3]", "    [  12    0]"]


def test_large_and_empty_tensors_are_summed_up() -> None:
    zeros = tuple(tuple(Fraction(0) for _ in range(10)) for _ in range(5))
    ones = tuple(tuple(Fraction(1) for _ in range(10)) for _ in range(5))
    unit = (*zeros[:4], (*zeros[0][:9], Fraction(1)))
    assert list(tensor_lines("A", zeros, (5, 10), 1)) == ["A is 0"]
    assert list(tensor_lines("A", unit, (5, 10), 1)) == ["A is 0 but for A[5, 10] = 1"]
    assert list(tensor_lines("A", unit, (5, 10), 0)) == ["A is 0 but for A[4, 9] = 1"]
    assert list(tensor_lines("A", ones, (5, 10), 1)) == ["A has 5 x 10 entries, too many to show"]
    assert list(tensor_lines("A", (), (0, 2), 1)) == ["A has no entries"]
    assert list(tensor_lines("t", Fraction(2), (), 1)) == ["t = 2"]


def test_a_replay_computes_both_sides_again() -> None:
    assert TRANSPOSED.replay() == (1, 0)
    with pytest.raises(Rejected, match="the sides are 1 and 0, not 7 and 0"):
        replace(TRANSPOSED, left=Fraction(7)).replay()


@pytest.mark.parametrize(
    "change",
    [
        {"index": (("i", 1), ("j", 1))},
        {"index": (("i", 1), ("j", 3))},
        {"index": ()},
        {"tensors": (("X", ((Fraction(0),) * 2,) * 2),)},
        {"sizes": (("n", 1),)},
    ],
)
def test_a_replay_of_something_else_is_rejected(change: dict[str, Any]) -> None:
    with pytest.raises(Rejected):
        replace(TRANSPOSED, **change).replay()


def test_a_replay_checks_the_hypotheses_and_the_condition() -> None:
    x = Tensor("X", (m, n))
    found = refuted(x, x.T, [m <= 3])
    column = replace(found, sizes=(("m", 4), ("n", 1)), tensors=(("X", ((Fraction(1),),) * 4),))
    with pytest.raises(Rejected, match="does not hold here"):
        column.replay()
    other = refuted(Tensor("X", (m, m + n)), Tensor("Y", (m, m + 2 * n)))
    with pytest.raises(Rejected):
        replace(found, condition=other.condition).replay()


def test_counterexamples_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        TRANSPOSED.left = Fraction(0)  # type: ignore[misc]


def test_a_condition_that_an_operator_needs() -> None:
    left, right = Tensor("A", (m, n)), Tensor("B", (k, n))
    found = refuted(left + right, right + left, [Eq(n, 2)])
    assert found.condition is not None
    assert dict(found.sizes)["m"] != dict(found.sizes)["k"]
