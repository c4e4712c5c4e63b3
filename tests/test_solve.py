"""solve_kernel: W comes out, not in; and what it says where no kernel does it, or several do."""

from fractions import Fraction

import pytest
from sympy import Rational, Sum, symbols

from symcnn import Tensor, avg_pool2d, conv2d, relu, sizes, solve_kernel, subsample
from symcnn.errors import LanguageError, NoKernel, ShapeError

m, n, k, a = sizes("m n k a")
X, COLOURS = Tensor("X", (m, n)), Tensor("X", (3, m, n))


def entries(solved):
    return solved.kernel.literal


def difference(down, right):
    return Tensor.define((m, n), lambda i, j: X.at(i + down, j + right, outside=0) - X[i, j])


@pytest.mark.parametrize(
    ("target", "kernel"),
    [
        (difference(1, 0), ((0, 0, 0), (0, -1, 0), (0, 1, 0))),
        (difference(0, 1), ((0, 0, 0), (0, -1, 1), (0, 0, 0))),
        (X, ((0, 0, 0), (0, 1, 0), (0, 0, 0))),
        (Tensor.define((m, n), lambda i, j: X.at(i - m, j, outside=0)), ((0, 0, 0), (0, 0, 0), (0, 0, 0))),
    ],
    ids=("down", "right", "identity", "zero"),
)
def test_three_by_three(target, kernel):
    solved = solve_kernel(target, kernel_shape=(3, 3), padding=1, stride=1)
    assert entries(solved) == kernel
    assert solved.theorem.replay()


def test_the_box_kernel():
    assert entries(solve_kernel(avg_pool2d(X, 2), kernel_shape=(2, 2), stride=2)) == ((Rational(1, 4),) * 2,) * 2
    assert (
        entries(solve_kernel(avg_pool2d(X, 3, stride=1, padding=1), (3, 3), padding=1)) == ((Rational(1, 9),) * 3,) * 3
    )


def test_the_weights_of_grey():
    grey = Tensor.define(
        (1, m, n), lambda o, i, j: 0.299 * COLOURS[1, i, j] + 0.587 * COLOURS[2, i, j] + 0.114 * COLOURS[3, i, j]
    )
    ((red, green, blue),) = entries(solve_kernel(grey, kernel_shape=(1, 3, 1, 1)))
    found = [Fraction(str(weight)) for ((weight,),) in (red, green, blue)]
    assert found == [Fraction(299, 1000), Fraction(587, 1000), Fraction(114, 1000)]


def test_stride_and_dilation():
    W = Tensor.of([[1, -2], [3, Rational(1, 2)]])
    for settings in ({"stride": 2}, {"dilation": 2, "padding": 1}, {"stride": (1, 2), "padding": (1, 0)}):
        image = Tensor("X", (m + 2, n + 2))
        assert entries(solve_kernel(conv2d(image, W, **settings), (2, 2), **settings)) == W.literal


def test_a_larger_kernel_is_filled_up():
    assert entries(solve_kernel(subsample(X, 2), (1, 1), stride=2)) == ((1,),)


@pytest.mark.parametrize(
    ("target", "shape", "padding"),
    [
        (difference(2, 0), (3, 3), 1),
        (Tensor.define((m, n), lambda i, j: X[i, j] + 1), (1, 1), 0),
        (Tensor.define((m, n), lambda i, j: X[i, j] ** 2), (1, 1), 0),
        (Tensor.define((m, n), lambda i, j: i * X[i, j]), (1, 1), 0),
        (Tensor.define((m, n), lambda i, j: Sum(X[a, j], (a, 1, m))), (3, 3), 1),
    ],
    ids=("too far", "not linear", "square", "not the same everywhere", "as long as the image"),
)
def test_there_is_none(target, shape, padding):
    with pytest.raises(NoKernel, match="no kernel"):
        solve_kernel(target, kernel_shape=shape, padding=padding)


def test_there_are_several():
    row = Tensor("X", (1, n))
    with pytest.raises(NoKernel, match=r"more than one .* W\[1, 1\]"):
        solve_kernel(row, kernel_shape=(3, 3), padding=1)


@pytest.mark.parametrize(
    ("target", "shape"),
    [
        (Tensor("X", (m, n)) + Tensor("Y", (m, n)), (3, 3)),
        (Tensor.define((m, n), lambda i, j: i + j), (3, 3)),
    ],
    ids=("two images", "no image"),
)
def test_targets_that_do_not_read_one_image(target, shape):
    with pytest.raises(LanguageError, match="one image"):
        solve_kernel(target, kernel_shape=shape)


@pytest.mark.parametrize("shape", [(3,), (1, 1, 3, 3), (3, 0), (k, 3), (3, 3, 3)])
def test_shapes_that_do_not_fit(shape):
    with pytest.raises(ShapeError):
        solve_kernel(X, kernel_shape=shape)


def test_activations_are_no_convolutions():
    with pytest.raises(LanguageError, match="applies functions"):
        solve_kernel(relu(X), kernel_shape=(1, 1))


def test_names():
    assert str(solve_kernel(Tensor("W", (m, n)), (1, 1)).kernel) == "W'"
    assert str(solve_kernel(X, (1, 1), name="V").kernel) == "V"
    assert symbols("m") is not m
