"""Statements with quantified hypotheses: tensors that satisfy them are looked for, and nothing else is compared."""

import pytest
from sympy import Max, Sum

from symcnn.errors import NumericMismatch
from symcnn.language.activations import Activation
from symcnn.language.identity import Identity
from symcnn.language.symbols import ForAll, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.convolution import conv2d
from symcnn.numeric import Report, verify_numerically

m, n, k, a = sizes("m n k a")
X, W, V = Tensor("X", (m, n)), Tensor("W", (3, 3)), Tensor("V", (3, 3))
x, matrix = Tensor("x", (n,)), Tensor("A", (n, n))
DIFFERENCE = Tensor.define((m, n), lambda i, j: X.at(i + 1, j) - X[i, j])
IS_DIFFERENCE = ForAll(X, Identity(conv2d(X, W, padding=1), DIFFERENCE))
KERNEL = Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]])
LARGE = [m >= 2, n >= 2]


def test_the_kernel_is_found_that_the_hypothesis_determines() -> None:
    report = verify_numerically(Identity(W, KERNEL, [*LARGE, IS_DIFFERENCE]), samples=4)
    assert (report.samples, report.missed, report.quantified) == (4, 0, True)
    assert report.largest_error < 1e-9
    assert "whose quantified hypotheses hold on 30 random tensors each; this is no proof" in str(report)


def test_a_wrong_conclusion_is_a_mismatch() -> None:
    wrong = Tensor.of([[0, 0, 0], [0, 1, 0], [0, 1, 0]])
    message = r"at \[2, 2\] the left one is -1\.\d*, the right one 1; the quantified hypotheses hold there on 30"
    with pytest.raises(NumericMismatch, match=message):
        verify_numerically(Identity(W, wrong, [*LARGE, IS_DIFFERENCE]), samples=2)


def test_images_that_are_too_small_do_not_determine_the_kernel() -> None:
    with pytest.raises(NumericMismatch, match=r"m = 1|n = 1"):
        verify_numerically(Identity(W, KERNEL, [IS_DIFFERENCE]), samples=20)


def test_two_kernels_with_one_convolution() -> None:
    same = ForAll(X, Identity(conv2d(X, W, padding=1), conv2d(X, V, padding=1)))
    assert verify_numerically(Identity(W, V, [*LARGE, same]), samples=3).samples == 3
    with pytest.raises(NumericMismatch):
        verify_numerically(Identity(W[1, 1], 0, [*LARGE, same]), samples=3)


def test_a_hypothesis_that_does_not_say_all() -> None:
    symmetric = ForAll(x, Identity(x @ (matrix @ x), x @ (matrix.T @ x)))
    verify_numerically(Identity(matrix, matrix, [symmetric, n <= 4]), samples=3)
    sums = ForAll(x, Identity(Sum((matrix @ x)[k], (k, 1, n)), Sum(x[k], (k, 1, n))))
    column = Sum(matrix[k, 1], (k, 1, n))
    assert verify_numerically(Identity(column, 1, [sums, n <= 4]), samples=6).largest_error < 1e-9
    with pytest.raises(NumericMismatch):
        verify_numerically(Identity(matrix[1, 1], 1, [sums, n <= 4]), samples=6)


def test_two_hypotheses_and_one_about_sizes() -> None:
    both = [ForAll(x, Identity(matrix @ x, 2 * x)), ForAll(x, Identity(V @ Tensor("u", (3,)), V @ Tensor("u", (3,))))]
    report = verify_numerically(
        Identity(matrix @ matrix, 4 * matrix - 4 * matrix + 2 * matrix, [n >= 2, n <= 4, *both]), 3
    )
    assert report.samples == 3
    assert all(dict(sizes_)["n"] >= 2 for sizes_ in report.sizes)


def test_nothing_is_compared_where_no_tensor_is_found() -> None:
    squares = ForAll(X, Identity(conv2d(X, W, padding=1), X * X))
    report = verify_numerically(Identity(W, 2 * W, [*LARGE, squares]))
    assert report == Report(0, 0, 0.0, (), quantified=True, missed=10)
    assert str(report) == "nothing was compared: no tensors were found that satisfy the quantified hypotheses"


def test_hypotheses_about_functions_choose_among_the_functions_that_are_drawn() -> None:
    f = Activation("f")
    pair = Tensor("p", (2,))
    monotone = ForAll(pair, Identity(f(Max(pair[1], pair[2])), Max(f(pair[1]), f(pair[2]))))
    left, right = f(Max(x[1], Max(x[1], x[n]))), Max(f(x[1]), f(x[n]))
    report = verify_numerically(Identity(left, right, [monotone]), samples=20)
    assert report.samples + report.missed == 20
    assert 3 <= report.samples < 20
    assert f"which were not found for {report.missed} more" in str(report)
