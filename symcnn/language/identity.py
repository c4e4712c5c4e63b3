"""Identities: two tensors, or two scalars, that are claimed to be equal for all sizes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean, BooleanAtom, Not, Or

from ..errors import LanguageError, ShapeError
from .symbols import Divides, ForAll, Nonzero, as_condition, as_scalar
from .tensors import Tensor


@dataclass(frozen=True, eq=False)
class Identity:
    """`lhs` and `rhs` have equal shapes, and equal entries at every index, whenever the `given` conditions hold.

    `given` holds relations (`m >= k`, `Eq(m, 2*n)`, `X[1] <= X[2]`), `divides(k, m)`, `Nonzero(x)` and
    `ForAll(X, Identity(...))`. Sizes are at least 1 without saying so. A scalar expression on both sides is an identity
    of rank 0.
    Raises `ShapeError` if the ranks differ, `LanguageError` for a hypothesis of another kind.
    """

    lhs: Tensor
    rhs: Tensor
    given: tuple[Boolean, ...] = ()

    def __init__(self, lhs: Any, rhs: Any, given: Iterable[Any] = ()) -> None:
        left, right = as_tensor(lhs), as_tensor(rhs)
        if left.rank != right.rank:
            raise ShapeError(
                f"the two sides have different ranks: {_side(left)} against {_side(right)};"
                " an identity compares tensors with the same number of indices"
            )
        items = tuple(given) if isinstance(given, Iterable) else (given,)
        object.__setattr__(self, "lhs", left)
        object.__setattr__(self, "rhs", right)
        object.__setattr__(self, "given", tuple(map(_hypothesis, items)))

    def __str__(self) -> str:
        from ..notation import identity_text

        return identity_text(self)

    def _repr_latex_(self) -> str:
        from ..notation import identity_latex

        return f"$\\displaystyle {identity_latex(self)}$"


def _side(tensor: Tensor) -> str:
    return f"{tensor} of shape ({', '.join(map(str, tensor.shape))})"


def as_tensor(side: Any) -> Tensor:
    """A tensor as it is; a scalar expression as a tensor without indices. Raises `LanguageError` otherwise."""
    if isinstance(side, Tensor):
        return side
    expression = as_scalar(side, "a side of an identity")
    return Tensor(None, (), formula=lambda: expression, inline=True)


def _hypothesis(condition: Any) -> Boolean:
    made = as_condition(condition, "a hypothesis")
    if isinstance(made, BooleanAtom):
        raise LanguageError(f"the hypothesis {condition} says nothing about sizes: SymPy has decided it already")
    if not isinstance(made, (Relational, And, Or, Not, Divides, Nonzero, ForAll)):
        raise LanguageError(
            f"the hypothesis {condition} is not one of the language: write relations of integers, divides(k, m) or"
            " Nonzero(x)"
        )
    return made
