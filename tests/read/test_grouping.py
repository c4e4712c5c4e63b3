"""Which factors belong together, by their shapes."""

import pytest
from sympy import Symbol

from symcnn.errors import LanguageError, ShapeError
from symcnn.language.tensors import Tensor
from symcnn.read.grouping import grouped
from symcnn.read.values import Row, Value, entrywise, multiplied

m, n = Symbol("m", integer=True), Symbol("n", integer=True)
x, A, B, C = Tensor("x", (n,)), Tensor("A", (n, n)), Tensor("B", (m, n)), Tensor("C", (n, m))


def join(left: Value, right: Value, sign: str) -> Value:
    return entrywise(left, right) if sign == "odot" else multiplied(left, right)


def shape(*factors: tuple[str, Value]) -> tuple[object, ...]:
    made = grouped(factors, join, "this")
    assert isinstance(made, Tensor)
    return made.shape


def test_what_stands_beside_each_other_is_joined_first_where_only_that_fits() -> None:
    assert shape(("", x), ("odot", A), ("", x)) == (n,)
    assert shape(("", A), ("odot", C), ("", B)) == (n, n)


def test_else_factors_are_joined_from_left_to_right() -> None:
    assert shape(("", x), ("odot", x), ("", Row(x))) == (n, n)
    assert shape(("", B), ("", A), ("odot", B)) == (m, n)


def test_two_orders_are_refused() -> None:
    with pytest.raises(LanguageError, match="this can be read in two ways"):
        shape(("", A), ("odot", A), ("", A))


def test_what_fits_in_no_order_says_what_does_not() -> None:
    with pytest.raises(ShapeError, match="no entrywise product of a column of n and a matrix of n x n"):
        shape(("", x), ("odot", A), ("", B))
