"""`calc`: derivations by hand, checked where they are written."""

from __future__ import annotations

import pytest
from sympy import KroneckerDelta, Sum

from symcnn import Identity, Tensor, avg_pool2d, calc, conv2d, divides, prove, sizes
from symcnn.calculate import LineNotProved
from symcnn.decision import Refuted
from symcnn.errors import IllFormed, SymcnnError
from symcnn.kernel import decode, replay
from symcnn.theorem import Theorem
from symcnn.theorems import average_pooling_is_box_convolution, vertical_difference_is_convolution

m, n, k, p, q = sizes("m n k p q")
X = Tensor("X", (m, n))
W = Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]], name="W")
TAPS = Tensor.define((m, n), lambda i, j: W[2, 2] * X[i, j] + W[3, 2] * X.at(i + 1, j))
Y = Tensor.define((m, n), lambda i, j: X.at(i + 1, j) - X[i, j], name="Y")
v, w = Tensor("v", (n,)), Tensor("w", (n,))


def replayed(theorem: Theorem) -> Theorem:
    """The theorem, once its file has been accepted."""
    replay(*decode(theorem.to_json()))
    return theorem


def test_lines_and_reasons() -> None:
    theorem = replayed(
        calc(conv2d(X, W, padding=1)).eq(TAPS, because="two taps").eq(Y, because="their values").qed("mine")
    )
    assert theorem.name == "mine"
    assert [line.reason for line in theorem.derivation().lines] == ["two taps", "their values"]
    assert "W[2, 2] X[i, j] + W[3, 2] X[i + 1, j]" in theorem.derivation().text()


def test_a_beginning_may_be_continued_twice() -> None:
    start = calc(conv2d(X, W, padding=1)).eq(TAPS)
    assert len(start.lines) == 1
    assert start.eq(Y).qed().statement.rhs is Y
    assert start.qed().statement.rhs is TAPS


def test_the_wrong_line_is_named_with_both_sides() -> None:
    with pytest.raises(LineNotProved, match=r"line 2: .* = X\[i, j\]: refuted") as caught:
        calc(conv2d(X, W, padding=1)).eq(TAPS).eq(X)
    assert caught.value.number == 2
    assert isinstance(caught.value.verdict, Refuted)


def test_a_line_without_meaning() -> None:
    with pytest.raises(IllFormed, match="read out of range"):
        calc(X).eq(Tensor.define((m, n), lambda i, j: X[i + 1, j] - X[i + 1, j] * 1 + 2 * X[i + 2, j]))


def test_no_line() -> None:
    with pytest.raises(SymcnnError, match="at least one line"):
        calc(X).qed()


@pytest.mark.parametrize("backward", [False, True])
def test_by_a_theorem_in_both_directions(backward: bool) -> None:
    image = Tensor("Z", (3, p, p))
    kernel = Tensor.define((3, 3, q, q), lambda o, c, a, b: KroneckerDelta(o, c) / q**2, name="V")
    sides = [avg_pool2d(image, q), conv2d(image, kernel, stride=q)]
    first, last = sides[::-1] if backward else sides
    theorem = replayed(calc(first, [divides(q, p)]).eq(last, by=average_pooling_is_box_convolution).qed())
    assert [name for name, _, _ in theorem.proof.theorems] == ["average_pooling_is_box_convolution"]


def test_by_a_theorem_of_any_form() -> None:
    squares = prove(Identity((v + w) * (v - w), v * v - w * w), name="squares")
    a, b = Tensor("a", (n,)), Tensor("b", (n,))
    replayed(calc((a + b) * (a - b)).eq(a * a - b * b, by=squares).qed())
    reversal = prove(Identity(Sum(v[k], (k, 1, n)), Sum(v[n + 1 - k], (k, 1, n))), name="reversal")
    replayed(calc(Sum(v[k], (k, 1, n))).eq(Sum(v[n + 1 - k], (k, 1, n)), by=reversal).qed())


def test_a_theorem_proves_only_its_instances() -> None:
    with pytest.raises(LineNotProved, match="no instance of vertical_difference_is_convolution"):
        calc(X).eq(2 * X, by=vertical_difference_is_convolution)


def test_hypotheses_of_the_theorem_are_shown_again() -> None:
    image = Tensor("Z", (3, p, p))
    kernel = Tensor.define((3, 3, q, q), lambda o, c, a, b: KroneckerDelta(o, c) / q**2, name="V")
    with pytest.raises(LineNotProved, match="no instance"):  # q need not divide p
        calc(avg_pool2d(image, q)).eq(conv2d(image, kernel, stride=q), by=average_pooling_is_box_convolution)
