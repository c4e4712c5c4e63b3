"""Equations between whole tensors, from the operators that they are made of: Jacobians, gradients, recursions."""

from __future__ import annotations

from sympy import Symbol

from ..language.depth import layer_of
from ..language.statement import Statement
from ..language.tensors import Tensor
from .naming import Naming
from .pieces import SUM

_DERIVATIVES = ("jacobian", "gradient")


def is_derivative(statement: Statement) -> bool:
    """Whether a side of the identity is a Jacobian or a gradient."""
    sides = (statement.identity.lhs, statement.identity.rhs)
    return any(side.operation is not None and side.operation.name in _DERIVATIVES for side in sides)


def matrix_form(statement: Statement, naming: Naming) -> str | None:
    """The equation of a Jacobian or a gradient without indices; None for any other, and where a side has no name."""
    sides = (statement.identity.lhs, statement.identity.rhs)
    if not is_derivative(statement) or any(side.operation is None and side.name is None for side in sides):
        return None
    if not sides[0].rank:
        return None
    return naming.style.equals.join(naming.of(side, SUM) for side in sides)


def recursion_formulas(tensor: Tensor, naming: Naming, letter: str) -> tuple[str, str]:
    """What the first layer is, and what any later one is in the one before: y_l = v, y_k = f(A_k y_{k-1})"""
    found = tensor.recursion
    if found is None:
        raise ValueError(f"{tensor} is not a recursion")
    number = Symbol(letter, integer=True)
    shown = naming.of(tensor)
    layers = [naming.style.layer(shown, [naming.expression(each)]) for each in (found.first, number)]
    before = layer_of(tensor, number - 1)
    formulas = (found.start, found.step(number, before))
    first, later = (
        f"{name}{naming.style.equals}{naming.of(each, SUM)}" for name, each in zip(layers, formulas, strict=True)
    )
    return first, later
