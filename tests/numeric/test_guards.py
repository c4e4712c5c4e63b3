"""Brackets guard reads: an index out of range is never wrapped, and never fails where a bracket is 0."""

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sympy import Eq, Integer, KroneckerDelta, Piecewise, Rational, Sum, floor
from sympy.logic.boolalg import And, Not, Or

from symcnn.language.symbols import Iverson, Nonzero, divides, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.convolution import conv2d
from symcnn.numeric import lambdify
from symcnn.numeric.arrays import Entries

m, n, k, a, b, i = sizes("m n k a b i")
x = Tensor("x", (n,))
VALUES = np.array([1.0, 2.0, 4.0, 8.0])


@pytest.fixture(autouse=True)
def no_warnings() -> Iterator[None]:
    """A division by 0, or anything else that NumPy only warns about, is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def computed(formula: Any, shape: Any = (n,), **arguments: Any) -> list[float]:
    function = lambdify(Tensor.define(shape, formula))
    known = {"x": VALUES, "n": 4, **arguments}
    found: list[float] = function(**{name: known[name] for name in function.parameters}).tolist()
    return found


@pytest.mark.parametrize(
    "formula",
    [
        lambda i: x.at(i - 1),
        lambda i: Iverson(i >= 2) * x[i - 1],
        lambda i: x[i - 1] * Iverson(i - 1 >= 1) * Iverson(i - 1 <= n),
        lambda i: Piecewise((x[i - 1], i > 1), (0, True)),
        lambda i: Piecewise((0, Eq(i, 1)), (x[i - 1], True)),
        lambda i: Sum(KroneckerDelta(a, i - 1) * x[a], (a, 1, n)),
        lambda i: Iverson(Not(i < 2)) * x[i - 1],
        lambda i: Iverson(Or(i > 2, Eq(i, 2))) * x[i - 1],
    ],
)
def test_a_read_before_the_first_entry_gives_0_and_not_the_last_entry(formula: Any) -> None:
    assert computed(formula) == [0.0, 1.0, 2.0, 4.0]


def test_the_guard_is_what_keeps_the_index_from_wrapping() -> None:
    with pytest.raises(IndexError, match=r"x\[0\] is out of range: x has the range \[1\.\.4\]"):
        computed(lambda i: x[i - 1])
    with pytest.raises(IndexError, match=r"x\[5\] is out of range"):
        computed(lambda i: x[i + 1])
    with pytest.raises(IndexError, match=r"x\[0\] is out of range"):
        computed(lambda i: Iverson(i >= 1) * x[i - 1])


def test_an_unguarded_read_of_two_indices_names_both() -> None:
    image = Tensor("image", (m, n), origin=0)
    function = lambdify(Tensor.define((m, n), lambda i, j: image[i + 1, j - 1]))
    with pytest.raises(IndexError, match=r"image\[1, -1\] is out of range: image has the range \[0\.\.1, 0\.\.2\]"):
        function(image=np.ones((2, 3)))


SHIFTED = lambdify(conv2d(Tensor("X", (m, n)), Tensor.of([[1, 0, 0], [0, 0, 0], [0, 0, 0]]), padding=1))


def test_the_zeros_around_an_image_do_not_look_at_the_other_side() -> None:
    image = np.zeros((3, 4))
    image[-1, :] = image[:, -1] = 5.0  # a wrapped index would find one of these
    found = SHIFTED(X=image)
    assert found[0].tolist() == [0.0] * 4
    assert found[:, 0].tolist() == [0.0] * 3


def test_a_wrapped_index_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrapping(entries: Entries, indices: tuple[Any, ...]) -> Any:
        pairs = zip(indices, entries.array.shape, strict=True)
        return entries.array[tuple((index - entries.origin) % extent for index, extent in pairs)]

    image = np.arange(1.0, 17.0).reshape(4, 4)
    assert SHIFTED(X=image)[0].tolist() == [0.0] * 4
    monkeypatch.setattr(Entries, "__getitem__", wrapping)
    assert SHIFTED(X=image)[0].tolist() == [16.0, 13.0, 14.0, 15.0]


def test_a_value_outside() -> None:
    assert computed(lambda i: x.at(i + 2, outside=7)) == [4.0, 8.0, 7.0, 7.0]


def test_nothing_is_divided_where_a_bracket_is_0() -> None:
    assert computed(lambda i: Iverson(i >= 2) / (i - 1)) == [0.0, 1.0, 0.5, 1 / 3]
    zero_first = np.array([0.0, 2.0, 4.0, 8.0])
    assert computed(lambda i: Iverson(Nonzero(x[i])) / x[i], x=zero_first) == [0.0, 0.5, 0.25, 0.125]
    assert computed(lambda i: Iverson(i >= 2) * x[floor(4 / (i - 1))]) == [0.0, 8.0, 2.0, 1.0]


def test_a_bracket_is_0_even_beside_something_infinite() -> None:
    infinite = np.array([np.inf, 1.0, 1.0, np.nan])
    assert computed(lambda i: Iverson(And(i >= 2, i <= 3)) * x[i] ** 2, x=infinite) == [0.0, 1.0, 1.0, 0.0]


def test_a_squared_bracket_guards_too() -> None:
    assert computed(lambda i: (Iverson(i >= 2) * x[i - 1]) ** 2) == [0.0, 1.0, 4.0, 16.0]


def test_brackets_outside_of_a_sum_guard_what_is_in_it() -> None:
    assert computed(lambda i: Iverson(i <= 3) * Sum(x[i + a], (a, 0, 1))) == [3.0, 6.0, 12.0, 0.0]


def test_divisibility_in_a_bracket() -> None:
    assert computed(lambda i: Iverson(divides(2, i)) * x[floor(i / 2)]) == [0.0, 1.0, 0.0, 2.0]


def test_bounds_that_depend_on_an_index() -> None:
    assert computed(lambda i: Sum(x[a], (a, 1, i))) == [1.0, 3.0, 7.0, 15.0]
    assert computed(lambda i: Sum(x[a], (a, i, n))) == [15.0, 14.0, 12.0, 8.0]
    assert computed(lambda i: Sum(x[a], (a, i + 1, n))) == [14.0, 12.0, 8.0, 0.0]
    assert computed(lambda i: Sum(x[a - i], (a, i + 1, i + 2))) == [3.0, 3.0, 3.0, 3.0]
    assert computed(lambda i: Sum(1, (a, 1, i))) == [1.0, 2.0, 3.0, 4.0]


def test_bounds_that_depend_on_the_index_of_an_outer_sum() -> None:
    def prefix_sums(i: Any) -> Any:
        return Sum(x[b], (b, 1, a), (a, 1, i))

    assert computed(prefix_sums) == [1.0, 4.0, 11.0, 26.0]
    assert computed(lambda i: Sum(a * Sum(x[b] / b, (b, a, i)), (a, 1, i))) == [
        pytest.approx(sum(p * sum(VALUES[q - 1] / q for q in range(p, top + 1)) for p in range(1, top + 1)))
        for top in range(1, 5)
    ]


def test_a_summand_without_the_index_is_counted() -> None:
    assert computed(lambda i: Sum(x[i], (a, 1, 3))) == [3.0, 6.0, 12.0, 24.0]
    assert computed(lambda i: Sum(x[i] * k, (a, 1, k), (b, k, 2 * k)), k=2) == [12.0, 24.0, 48.0, 96.0]


def test_empty_sums_are_0_and_read_nothing() -> None:
    beyond = Tensor.define((2,), lambda i: Sum(x[n + 1] / (n - 4) + x[a], (a, 1, k)) + i)
    assert lambdify(beyond)(x=VALUES, k=0).tolist() == [1.0, 2.0]
    with pytest.raises(IndexError, match=r"x\[5\]"):
        lambdify(beyond)(x=VALUES, k=1)


def test_empty_arrays() -> None:
    empty = np.zeros(0)
    assert computed(lambda i: x[i] - x[1], x=empty) == []
    assert computed(lambda i: x[i] / n, x=empty) == []
    assert computed(lambda i: Sum(x[a] / n, (a, 1, n)), (3,), x=empty) == [0.0, 0.0, 0.0]
    assert computed(lambda i: x.at(i), (2,), x=empty) == [0.0, 0.0]
    assert computed(lambda i: Sum(x[b], (b, 1, a), (a, 1, i)), x=empty) == []


def test_empty_matrices() -> None:
    left, right = Tensor("A", (m, k)), Tensor("B", (k, n))
    function = lambdify(left @ right)
    for rows, inner, columns in [(0, 2, 3), (2, 0, 3), (2, 3, 0), (0, 0, 0)]:
        found = function(A=np.ones((rows, inner)), B=np.ones((inner, columns)))
        np.testing.assert_array_equal(found, np.full((rows, columns), float(inner)))


def test_empty_images() -> None:
    image, kernel = Tensor("X", (m, n)), Tensor("W", (k, k))
    function = lambdify(conv2d(image, kernel))
    assert function(X=np.ones((2, 4)), W=np.ones((3, 3))).shape == (0, 2)
    assert lambdify(conv2d(image, kernel, padding=1))(X=np.ones((0, 3)), W=np.ones((2, 2))).tolist() == [[0.0] * 4]


def test_integers_are_exact() -> None:
    large = 10**17 + 1
    assert computed(lambda i: x[floor((k * i + k - 1) / k) - i + 1], k=large) == [1.0] * 4
    assert computed(lambda i: x[(k + i) % 4 + 1], k=4 * 10**17) == [2.0, 4.0, 8.0, 1.0]
    tenths = Iverson(i / 10 + k / 5 <= Rational(3, 10))  # 0.1 + 0.2 <= 0.3 is false of floats
    assert computed(lambda j: tenths * x[j], i=1, k=1) == VALUES.tolist()


def test_minima_and_maxima_of_integers() -> None:
    from sympy import Max, Min

    assert computed(lambda i: x[Min(i + 1, n)]) == [2.0, 4.0, 8.0, 8.0]
    assert computed(lambda i: x[Max(i - 1, 1, Integer(1))]) == [1.0, 1.0, 2.0, 4.0]
    assert computed(lambda i: Integer(1) * i, (Max(m, 3) - Min(m, 2),), m=4) == [1, 2]
