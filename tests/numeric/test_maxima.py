"""Maxima in generated functions, against loops written by hand: over indices, over windows, of several reals."""

import warnings
from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
from sympy import Eq, Max, Min, Ne, Rational, Sum
from sympy.logic.boolalg import And, Or

from symcnn.language.maxima import IndexedMax
from symcnn.language.symbols import Iverson, divides, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.pooling import max_pool2d
from symcnn.numeric import lambdify

Array = np.ndarray[Any, Any]
m, n, a, b, C, B, k, l, s, t, p, q, d, e = sizes("m n a b C B k l s t p q d e")  # noqa: E741
x, v = Tensor("X", (m, n)), Tensor("v", (n,))
VALUES = np.array([-3.0, 4.0, -1.0, 2.5])


@pytest.fixture(autouse=True)
def no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def of_values(formula: Any, shape: Any = (n,), **arguments: Any) -> list[float]:
    found: list[float] = lambdify(Tensor.define(shape, formula))(v=VALUES, **arguments).tolist()
    return found


# max_pool2d


def windows(size: int, window: int, step: int, border: int, apart: int) -> list[list[int]]:
    """The positions that every window covers, those beyond the image left out."""
    count = (size + 2 * border - apart * (window - 1) - 1) // step + 1
    covered = [[start * step + offset * apart - border for offset in range(window)] for start in range(count)]
    return [[position for position in each if 0 <= position < size] for each in covered]


def loop_max_pool2d(image: Array, rows: list[list[int]], columns: list[list[int]]) -> Array:
    return np.array([[max(image[i, j] for i, j in product(row, column)) for column in columns] for row in rows])


SETTINGS = [
    # window, step, border, apart: of the rows, then of the columns
    ((2, 2, 0, 1), (2, 2, 0, 1)),
    ((3, 1, 1, 1), (2, 2, 1, 1)),
    ((3, 2, 1, 2), (2, 3, 0, 3)),
    ((1, 1, 0, 1), (5, 1, 2, 1)),
    ((4, 3, 2, 1), (3, 2, 1, 2)),
]


@pytest.mark.parametrize(("vertical", "horizontal"), SETTINGS)
def test_max_pool2d(vertical: tuple[int, ...], horizontal: tuple[int, ...]) -> None:
    pooled = max_pool2d(Tensor("X", (B, C, m, n)), (k, l), stride=(s, t), padding=(p, q), dilation=(d, e))
    images = np.random.default_rng(1).standard_normal((2, 3, 7, 8)) - 10  # a zero of the padding would be the largest
    parameters = dict(zip("kspdltqe", (*vertical, *horizontal), strict=True))
    found = lambdify(pooled)(X=images, **parameters)
    rows, columns = windows(7, *vertical), windows(8, *horizontal)
    expected = np.array([[loop_max_pool2d(image, rows, columns) for image in channels] for channels in images])
    np.testing.assert_array_equal(found, expected)


def test_max_pool2d_with_literal_parameters() -> None:
    images = np.random.default_rng(2).standard_normal((3, 6, 5))
    found = lambdify(max_pool2d(Tensor("X", (C, m, n)), 3, stride=2, padding=1))(X=images)
    rows, columns = windows(6, 3, 2, 1, 1), windows(5, 3, 2, 1, 1)
    np.testing.assert_array_equal(found, [loop_max_pool2d(image, rows, columns) for image in images])


def test_the_stride_is_the_window_unless_given() -> None:
    image = np.arange(30.0).reshape(5, 6)
    found = lambdify(max_pool2d(x, k))(X=image, k=2)
    assert found.tolist() == [[7.0, 9.0, 11.0], [19.0, 21.0, 23.0]]


def test_an_origin_of_0_changes_no_array() -> None:
    image = np.random.default_rng(3).standard_normal((5, 6))
    from_0, from_1 = (
        lambdify(max_pool2d(Tensor("X", (m, n), origin), (2, 3), stride=1, padding=(0, 1), dilation=(2, 1)))(X=image)
        for origin in (0, 1)
    )
    np.testing.assert_array_equal(from_0, from_1)


def test_empty_images_and_windows_that_cover_nothing() -> None:
    assert lambdify(max_pool2d(x, k))(X=np.zeros((0, 3)), k=1).shape == (0, 3)
    beyond = lambdify(max_pool2d(x, 1, padding=1))(X=np.ones((1, 1)))
    assert beyond.tolist() == [[-np.inf] * 3, [-np.inf, 1.0, -np.inf], [-np.inf] * 3]


def test_no_loop_is_generated() -> None:
    source = lambdify(max_pool2d(x, k, padding=p)).source
    assert " for " not in source
    assert "np.max(np.where(inside, X.where(inside)[" in source
    assert source.count("np.max(") == 1


# IndexedMax


def test_maxima_over_indices() -> None:
    assert of_values(lambda i: IndexedMax(v[a], (a, 1, n)) + i) == [5.0, 6.0, 7.0, 8.0]
    assert of_values(lambda i: IndexedMax(v[i] * v[a], (a, 1, n))) == [9.0, 16.0, 3.0, 10.0]
    assert of_values(lambda i: IndexedMax(v[a], (a, i, n))) == [4.0, 4.0, 2.5, 2.5]
    assert of_values(lambda i: IndexedMax(v[a], (a, Max(1, i - 1), Min(i + 1, n)))) == [4.0, 4.0, 4.0, 2.5]
    assert of_values(lambda i: IndexedMax(v[i] - m, (a, 1, n)), m=1) == [-4.0, 3.0, -2.0, 1.5]


def test_conditions() -> None:
    assert of_values(lambda i: IndexedMax(v[a], (a, 1, n), where=Ne(a, i))) == [4.0, 2.5, 4.0, 4.0]
    assert of_values(lambda i: IndexedMax(v[a + 1], (a, 0, n), where=a + 1 <= i)) == [-3.0, 4.0, 4.0, 4.0]
    assert of_values(lambda i: IndexedMax(v[a], (a, 1, n), where=Or(divides(2, a + i), a > 3))) == [2.5, 4.0, 2.5, 4.0]
    assert of_values(lambda i: IndexedMax(a, (a, 1, n), where=v[a] <= v[i])) == [1.0, 4.0, 3.0, 4.0]
    assert of_values(lambda i: IndexedMax(a, (a, 0, n), where=And(a >= 1, v[a] > 0))) == [4.0] * 4
    assert of_values(lambda i: IndexedMax(v[i], (a, 1, n), where=Eq(a, 2))) == VALUES.tolist()


def test_maxima_over_several_indices_and_nested_ones() -> None:
    image = np.array([[1.0, -2.0, 3.0], [0.5, 7.0, -1.0]])
    total = IndexedMax(x[a, b] * x[a, 1], (a, 1, m), (b, 1, n), where=b >= 2)
    assert float(lambdify(total)(X=image)) == 3.5
    nested = Sum(IndexedMax(x[a, b], (b, 1, n)) * IndexedMax(x[b, a], (b, 1, m)), (a, 1, m))
    assert float(lambdify(nested)(X=image)) == 3.0 * 1.0 + 7.0 * 7.0
    of_sums = IndexedMax(Sum(x[a, b], (a, 1, m)), (b, 1, n))
    assert float(lambdify(of_sums)(X=image)) == 5.0
    prefix = IndexedMax(Sum(v[b], (b, 1, a)), (a, 1, n))
    assert float(lambdify(prefix)(v=VALUES)) == 2.5


def test_an_empty_maximum_is_minus_infinity_and_0_beside_a_bracket() -> None:
    assert of_values(lambda i: IndexedMax(v[a], (a, 1, i - 1))) == [-np.inf, -3.0, 4.0, 4.0]
    assert of_values(lambda i: Iverson(i >= 2) * IndexedMax(v[a], (a, 1, i - 1))) == [0.0, -3.0, 4.0, 4.0]
    assert of_values(lambda i: IndexedMax(m * v[i], (a, 1, m)), m=0) == [-np.inf] * 4
    assert of_values(lambda i: IndexedMax(v[n + 1], (a, 1, m)), (2,), m=0) == [-np.inf] * 2


def test_reads_are_guarded_by_ranges_and_conditions_and_by_nothing_else() -> None:
    assert of_values(lambda i: IndexedMax(v[a], (a, i - 1, i + 1), where=And(a >= 1, a <= n))) == [4.0, 4.0, 4.0, 2.5]
    with pytest.raises(IndexError, match=r"v\[0\] is out of range"):
        of_values(lambda i: IndexedMax(v[a], (a, i - 1, i)))


# Max and Min of reals, comparisons


def test_max_and_min_of_reals() -> None:
    assert of_values(lambda i: Max(v[i], 0)) == [0.0, 4.0, 0.0, 2.5]
    assert of_values(lambda i: Min(v[i], Rational(1, 2), 2 * v[i])) == [-6.0, 0.5, -2.0, 0.5]
    assert of_values(lambda i: Max(v[i], i, v[1])) == [1.0, 4.0, 3.0, 4.0]
    assert of_values(lambda i: Max(i, 2) * v[i]) == [-6.0, 8.0, -3.0, 10.0]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (lambda i: v[i] > 0, [0, 1, 0, 1]),
        (lambda i: v[i] >= v[3], [0, 1, 1, 1]),
        (lambda i: v[i] < v[3], [1, 0, 0, 0]),
        (lambda i: v[i] <= -1, [1, 0, 1, 0]),
        (lambda i: Eq(v[i], 4), [0, 1, 0, 0]),
        (lambda i: Ne(v[i], 4), [1, 0, 1, 1]),
        (lambda i: And(v[i] > -2, v[i] < 3), [0, 0, 1, 1]),
        (lambda i: Or(v[i] < -2, v[i] * v[i] > 7), [1, 1, 0, 0]),
        (lambda i: ~(v[i] > 0), [1, 0, 1, 0]),
        (lambda i: v[i] > i, [0, 1, 0, 0]),
        (lambda i: And(i >= 2, v[i - 1] > 0), [0, 0, 1, 0]),
        (lambda i: Sum(v[a], (a, 1, i)) > Rational(1, 2), [0, 1, 0, 1]),
    ],
)
def test_comparisons_of_reals_in_brackets(condition: Any, expected: list[int]) -> None:
    assert of_values(lambda i: Iverson(condition(i))) == expected
    assert of_values(lambda i: Iverson(condition(i)) * v[i]) == (np.array(expected) * VALUES).tolist()
