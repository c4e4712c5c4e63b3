"""Jacobians and gradients in index form, and the matrices that they are made of.

Numerator layout: the rows of a Jacobian are outputs. A gradient has the shape of what it is taken by.
"""

from __future__ import annotations

from typing import Any

from sympy import Dummy, Eq, Expr

from ..errors import LanguageError, ShapeError
from ..language.fields import Partial, ScalarField, field_slope
from ..language.identity import as_tensor
from ..language.symbols import Iverson
from ..language.tensors import Operation, Tensor, index_letters

_MORE = ("j", "p", "q", "r", "s", "t", "v", "w")


def jacobian(outputs: Any, inputs: Tensor) -> Tensor:
    """J[i, ..., j, ...] = the derivative of outputs[i, ...] by inputs[j, ...]

    `inputs` is a leaf: `Tensor("x", ...)`, or `A[l]` of a `LayerTensor`. Raises `LanguageError` for anything else,
    `ShapeError` if the origins differ.
    """
    made = as_tensor(outputs)
    _check_leaf(inputs)
    if made.rank and made.origin != inputs.origin:
        raise ShapeError(f"a Jacobian of {made!r} by {inputs!r}: their origins differ")
    rows, columns = _letters(made, inputs)

    def formula(*at: Any) -> Expr:
        return Partial(made[at[: made.rank]], inputs[at[made.rank :]])

    return _inline(
        (*made.shape, *inputs.shape), formula, (*rows, *columns), Operation("jacobian", (made, inputs)), inputs.origin
    )


def gradient(scalar: Any, by: Tensor | None = None, *, at: Tensor | None = None) -> Tensor:
    """G[j, ...] = the derivative of a scalar by by[j, ...]; `gradient(L, at=y)`: of the field L, at the tensor y

    Raises `LanguageError` unless the scalar is an expression and `by` a leaf, or the scalar a `ScalarField` and
    `at` a tensor.
    """
    if isinstance(scalar, ScalarField):
        if not isinstance(at, Tensor) or by is not None:
            raise LanguageError(f"write gradient({scalar.name}, at=y), or gradient({scalar.name}(y), x)")
        operation = Operation("gradient", (at,), (("of", scalar.name),))
        letters = index_letters(at)
        return _inline(at.shape, lambda *where: field_slope(scalar, at, where), letters, operation, at.origin)
    value = as_tensor(scalar)
    if at is not None or not isinstance(by, Tensor) or value.rank:
        raise LanguageError("write gradient(e, x) for a scalar expression e and a leaf x, or gradient(L, at=y)")
    _check_leaf(by)
    operation = Operation("gradient", (value, by))
    return _inline(by.shape, lambda *where: Partial(value[()], by[where]), index_letters(by), operation, by.origin)


def diag(vector: Tensor) -> Tensor:
    """D[i, j] = [i = j] v[i]. Raises `ShapeError` unless v has one index."""
    if not isinstance(vector, Tensor) or vector.rank != 1:
        raise ShapeError(f"a diagonal matrix is made of a vector, not of {vector!r}")
    (n,) = vector.shape
    return Tensor.define(
        (n, n),
        lambda i, j: Iverson(Eq(i, j)) * vector[i],
        operation=Operation("diag", (vector,)),
        letters=("i", "j"),
        origin=vector.origin,
    )


def outer(left: Tensor, right: Tensor) -> Tensor:
    """(u v^T)[i, j] = u[i] v[j]. Raises `ShapeError` unless both have one index and one origin."""
    if not isinstance(left, Tensor) or not isinstance(right, Tensor) or (left.rank, right.rank) != (1, 1):
        raise ShapeError(f"an outer product is made of two vectors, not of {left!r} and {right!r}")
    if left.origin != right.origin:
        raise ShapeError(f"an outer product of {left!r} and {right!r}: their origins differ")
    operation = Operation("outer", (left, right))
    return _inline((*left.shape, *right.shape), lambda i, j: left[i] * right[j], ("i", "j"), operation, left.origin)


def row(vector: Tensor) -> Tensor:
    """R[1, j] = v[j], a vector as a matrix with one row. Raises `ShapeError` unless v has one index."""
    if not isinstance(vector, Tensor) or vector.rank != 1:
        raise ShapeError(f"a row is made of a vector, not of {vector!r}")
    operation = Operation("transpose", (vector,))
    return _inline((1, *vector.shape), lambda i, j: vector[j], ("i", "j"), operation, vector.origin)


def identity_matrix(extent: Any) -> Tensor:
    """I[i, j] = [i = j]"""
    return Tensor.define((extent, extent), lambda i, j: Iverson(Eq(i, j)), operation=Operation("identity_matrix", ()))


def _inline(
    shape: tuple[Any, ...], formula: Any, letters: tuple[str, ...], operation: Operation, origin: int
) -> Tensor:
    needs = tuple(each for argument in operation.arguments for each in argument.requirements)
    return Tensor(None, shape, origin, formula, letters, operation, requirements=needs, inline=True)


def _check_leaf(tensor: Any) -> None:
    """Raises `LanguageError` if nothing can be differentiated by the entries of this."""
    if not isinstance(tensor, Tensor):
        raise LanguageError(f"a derivative is taken by a tensor, not by {tensor!r}")
    Partial(0, tensor[tuple(Dummy("i", integer=True) for _ in tensor.shape)])


def _letters(outputs: Tensor, inputs: Tensor) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Letters for rows and columns: i and j of two vectors, k and i, j of a vector by a matrix"""
    rows = index_letters(outputs) if outputs.rank else ()
    columns = index_letters(inputs)
    if (outputs.rank, inputs.rank) == (1, 2):
        return ("k",), columns if "k" not in columns else ("i", "j")
    free = [letter for letter in _MORE if letter not in rows]
    return rows, columns if not set(columns) & set(rows) else tuple(free[: len(columns)])
