"""The little that generated code calls besides NumPy."""

import numpy as np
import pytest

from symcnn.errors import ShapeError
from symcnn.numeric.arrays import Entries, span

X = Entries("X", np.arange(6.0).reshape(2, 3))


def test_entries_are_counted_from_the_origin() -> None:
    assert X[1, 1] == 0
    assert X[2, 3] == 5
    assert Entries("X", X.array, 0)[1, 2] == 5
    assert X[np.array([[1], [2]]), np.array([3, 1])].tolist() == [[2, 0], [5, 3]]


@pytest.mark.parametrize("at", [(0, 1), (1, 0), (3, 1), (1, 4), (-1, -1), (1, np.array([2, 4]))])
def test_reads_out_of_range_raise(at: tuple[int, int]) -> None:
    with pytest.raises(IndexError, match=r"out of range: X has the range \[1\.\.2, 1\.\.3\]"):
        X[at]


def test_masked_reads_are_0() -> None:
    column = np.arange(0, 5)
    inside = (column >= 1) & (column <= 3)
    assert X.where(inside)[2, column].tolist() == [0, 3, 4, 5, 0]
    assert X.where(False)[7, 7] == 0
    with pytest.raises(IndexError, match=r"X\[2, 4\]"):
        X.where(column >= 1)[2, column]


def test_nothing_is_read_where_there_is_no_index() -> None:
    assert X[np.arange(0).reshape(-1, 1), np.array([9, 9])].shape == (0, 2)
    nothing = Entries("E", np.zeros((0, 3)))
    assert nothing.where(np.zeros(2, dtype=bool))[1, np.array([1, 2])].tolist() == [0, 0]
    with pytest.raises(IndexError, match=r"E\[1, 1\] is out of range: E has the range \[1\.\.0, 1\.\.3\]"):
        nothing[1, 1]


def test_computed_entries_fill_their_shape() -> None:
    assert Entries.over("Y", (2, 2), lambda: 3).array.tolist() == [[3, 3], [3, 3]]
    assert Entries.over("Y", (2,), lambda: np.ones((1, 1, 2))).array.tolist() == [1, 1]
    assert Entries.over("Y", (), lambda: np.array(2)).array.shape == ()


def test_an_empty_array_asks_for_no_value() -> None:
    assert Entries.over("Y", (2, 0), lambda: 1 / 0).array.shape == (2, 0)


def test_negative_extents() -> None:
    with pytest.raises(ShapeError, match=r"Y has a negative extent: its shape would be \(2, -1\)"):
        Entries.over("Y", (2, -1), lambda: 0)


def test_the_hull_of_ranges() -> None:
    assert span(np.array([2, 4]), np.array([3, 5])).tolist() == [2, 3, 4, 5]
    assert span(1, np.array([0, -2])).tolist() == []
    assert span(1, np.arange(0)).tolist() == []
