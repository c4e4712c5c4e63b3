"""Central differences: their accuracy, beside kinks too, and which entries are varied."""

from typing import Any

import numpy as np
import pytest

from symcnn.numeric.arrays import Entries
from symcnn.numeric.differences import central_difference, slope_of
from symcnn.numeric.layers import LayerArrays

rng = np.random.default_rng(4)
X = Entries("X", np.array([[0.5, -1.0, 2.0], [3.0, 0.25, -2.0]]))
ROWS, COLUMNS = np.arange(1, 3).reshape(-1, 1), np.arange(1, 4)


def test_the_gradient_of_a_scalar() -> None:
    found = central_difference(lambda x: np.sum(np.sin(x.array) ** 3), X, ROWS, COLUMNS)
    np.testing.assert_allclose(found, 3 * np.sin(X.array) ** 2 * np.cos(X.array), atol=1e-10)


def test_the_value_may_have_axes_of_its_own() -> None:
    matrix = rng.standard_normal((4, 3))
    vector = Entries("v", rng.standard_normal(3))

    def outputs(v: Entries) -> Any:
        return np.tanh(matrix @ v.array).reshape(-1, 1)

    expected = (1 - np.tanh(matrix @ vector.array) ** 2)[:, None] * matrix
    np.testing.assert_allclose(central_difference(outputs, vector, COLUMNS), expected, atol=1e-10)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e4, 1e8])
def test_small_and_large_numbers(size: float) -> None:
    at = np.array([1.0, -2.0, 0.3]) * size
    np.testing.assert_allclose(slope_of(lambda t: t * t / size)(at), 2 * at / size, rtol=1e-9)


def test_functions_that_bend_quickly() -> None:
    at = np.linspace(-1, 1, 7)
    np.testing.assert_allclose(slope_of(lambda t: np.sin(200 * t))(at), 200 * np.cos(200 * at), rtol=1e-6, atol=1e-5)


@pytest.mark.parametrize("distance", [1e-2, 1e-3, 4e-4, 1e-4, 1e-5, 1e-6])
def test_a_kink_beside_the_point_is_not_stepped_over(distance: float) -> None:
    at = np.array([distance, -distance])
    np.testing.assert_allclose(slope_of(lambda t: np.maximum(t, 0))(at), [1.0, 0.0], atol=1e-8)
    entry = Entries("x", at)
    found = central_difference(lambda x: np.max(x.array), entry, np.arange(1, 3))
    np.testing.assert_allclose(found, [1.0, 0.0], atol=1e-8)


def test_only_the_entries_that_are_asked_for_are_varied() -> None:
    varied: list[Any] = []

    def recorded(x: Entries) -> float:
        varied.append(tuple(map(int, np.argwhere(x.array != X.array).ravel())))
        return float(np.sum(x.array**2))

    found = central_difference(recorded, X.where(COLUMNS >= 2), 2, COLUMNS)
    np.testing.assert_allclose(found, [0.0, 0.5, -4.0])
    assert set(varied) == {(), (1, 1), (1, 2)}


def test_entries_out_of_range() -> None:
    with pytest.raises(IndexError, match=r"X\[2, 4\] is out of range"):
        central_difference(lambda x: np.sum(x.array), X, 2, COLUMNS + 1)
    masked = X.where(COLUMNS <= 2)
    assert central_difference(lambda x: np.sum(x.array), masked, 2, COLUMNS + 1).tolist() == [1.0, 1.0, 0.0]


def test_scalars_and_arrays_without_entries() -> None:
    assert float(central_difference(lambda x: x[()] ** 2, Entries("x", np.array(3.0)))) == pytest.approx(6.0)
    nothing = central_difference(lambda x: np.sum(x.array), Entries("x", np.zeros(0)), np.arange(1, 1))
    assert nothing.shape == (0,)


def test_arguments_are_not_changed_and_become_doubles() -> None:
    single = np.ones(2, np.float32)
    found = central_difference(lambda x: np.sum(x.array**3), Entries("x", single), np.arange(1, 3))
    np.testing.assert_allclose(found, [3.0, 3.0], atol=1e-10)
    assert single.tolist() == [1.0, 1.0]


def test_arrays_of_layers() -> None:
    arrays = {1: np.array([1.0, 2.0]), 2: np.array([3.0])}
    layers = LayerArrays("b", arrays, lambda layer: (3 - layer,))

    def total(b: LayerArrays) -> Any:
        return np.sum(b.layer(1).array ** 2) * b[2, 1]

    np.testing.assert_allclose(central_difference(total, layers, 1, np.arange(1, 3)), [6.0, 12.0])
    np.testing.assert_allclose(central_difference(total, layers, 2, 1), 5.0)
    both = central_difference(total, layers, np.array([1, 2]), 1)
    np.testing.assert_allclose(both, [6.0, 5.0])
    assert arrays[1].tolist() == [1.0, 2.0]
