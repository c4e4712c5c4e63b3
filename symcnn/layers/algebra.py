"""Sums, products and transposes of tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Dummy, Eq, Expr, Sum

from ..errors import ShapeError
from ..language.symbols import as_scalar
from ..language.tensors import Operation, Requirement, Shape, Tensor, index_letters


def _inline(
    shape: Shape, formula: Callable[..., Expr], operation: Operation, needs: tuple[Requirement, ...] = ()
) -> Tensor:
    """A tensor whose entries are written out where they are read."""
    like = operation.arguments[0]
    letters = index_letters(like)
    return Tensor(None, shape, like.origin, formula, letters, operation, requirements=needs, inline=True)


def _elementwise(left: Tensor, right: Any, combine: Callable[[Expr, Expr], Expr], name: str, word: str) -> Tensor:
    if not isinstance(right, Tensor):
        value = as_scalar(right, f"what is combined with {left}")
        operation = Operation(name, (left,), (("by", value),))
        return _inline(left.shape, lambda *at: combine(left[at], value), operation)
    if left.rank != right.rank or left.origin != right.origin:
        raise ShapeError(
            f"{word} of tensors with the shapes {_shape(left)} and {_shape(right)},"
            f" origins {left.origin} and {right.origin}"
        )
    needs = same_extents(left.shape, right.shape, word)
    operation = Operation(name, (left, right))
    return _inline(left.shape, lambda *at: combine(left[at], right[at]), operation, needs)


def _shape(tensor: Tensor) -> str:
    return f"({', '.join(map(str, tensor.shape))})"


def same_extents(left: Shape, right: Shape, word: str) -> tuple[Requirement, ...]:
    """What an operator needs of two lists of extents that must agree."""
    pairs = [(one, other) for one, other in zip(left, right, strict=True) if one != other]
    return tuple(
        Requirement(Eq(one, other, evaluate=False), f"{word} needs the extents {one} and {other} to be equal")
        for one, other in pairs
    )


def plus(left: Tensor, right: Any) -> Tensor:
    """(X + Y)[i, ...] = X[i, ...] + Y[i, ...]; a scalar is added to every entry.

    Raises `ShapeError` if the ranks or the origins differ.
    """
    return _elementwise(left, right, lambda x, y: x + y, "plus", "a sum")


def minus(left: Tensor, right: Any) -> Tensor:
    """(X - Y)[i, ...] = X[i, ...] - Y[i, ...]. Raises `ShapeError` as `plus`."""
    return _elementwise(left, right, lambda x, y: x - y, "minus", "a difference")


def product(left: Tensor, right: Any) -> Tensor:
    """(X * Y)[i, ...] = X[i, ...] Y[i, ...] (Hadamard's product), or every entry times a scalar.

    Raises `ShapeError` as `plus`.
    """
    return _elementwise(left, right, lambda x, y: x * y, "product", "an entrywise product")


def transpose(matrix: Tensor) -> Tensor:
    """X.T[i, j] = X[j, i]. Raises `ShapeError` unless X has two indices."""
    if matrix.rank != 2:
        raise ShapeError(f"only a matrix has a transpose; {matrix} has the shape {_shape(matrix)}")
    rows, columns = matrix.shape
    return _inline((columns, rows), lambda i, j: matrix[j, i], Operation("transpose", (matrix,)))


def matmul(left: Tensor, right: Tensor) -> Tensor:
    """(A B)[i, j] = sum_k A[i, k] B[k, j]; either may be a vector. Raises `ShapeError` for other ranks."""
    if not isinstance(right, Tensor) or {left.rank, right.rank} - {1, 2} or left.origin != right.origin:
        raise ShapeError(f"@ takes matrices and vectors of one origin, not {left!r} and {right!r}")
    inner, origin = left.shape[-1], left.origin
    rows, columns = left.shape[:-1], right.shape[1:]
    letters = {(1, 1): ("i", "j"), (1, 0): ("i",), (0, 1): ("j",), (0, 0): ()}[len(rows), len(columns)]

    def formula(*at: Any) -> Expr:
        k = Dummy("k", integer=True)
        term = left[(*at[: len(rows)], k)] * right[(k, *at[len(rows) :])]
        return Sum(term, (k, origin, inner + origin - 1))

    return Tensor.define(
        (*rows, *columns),
        formula,
        operation=Operation("matmul", (left, right)),
        requirements=same_extents((inner,), right.shape[:1], "a matrix product"),
        letters=letters,
        origin=origin,
    )
