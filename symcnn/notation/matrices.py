"""Equations between whole tensors, from the operators that they are made of: Jacobians, gradients, recursions."""

from __future__ import annotations

from sympy import Symbol

from ..language.statement import Statement
from ..language.tensors import Tensor
from .literals import entries_formula
from .naming import Naming
from .pieces import SUM
from .recognised import layer_of

_DERIVATIVES = ("jacobian", "gradient")


def is_derivative(statement: Statement) -> bool:
    """Whether a side of the identity is a Jacobian or a gradient."""
    sides = (statement.identity.lhs, statement.identity.rhs)
    return any(side.operation is not None and side.operation.name in _DERIVATIVES for side in sides)


def matrix_form(statement: Statement, naming: Naming) -> str | None:
    """The equation of a Jacobian or a gradient without indices; None for any other, and where a side has no name."""
    sides = (statement.identity.lhs, statement.identity.rhs)
    if not is_derivative(statement) or sides[0].rank not in (1, 2):
        return None
    if not all(side.operation or side.name or side.literal for side in sides):
        return None
    return naming.style.equals.join(_side(side, naming) for side in sides)


def _side(side: Tensor, naming: Naming) -> str:
    if side.literal is None or side.name is not None:
        return naming.of(side, SUM)
    return entries_formula(side, naming)


def recursion_formulas(tensor: Tensor, naming: Naming, letter: str) -> tuple[str, str] | None:
    """What the first layer is, and what any later one is in the one before: y_l = v, y_k = f(A_k y_{k-1}).

    None where operators do not tell it."""
    found = tensor.recursion
    if found is None:
        return None
    number = Symbol(letter, integer=True)
    formulas = (found.start, found.step(number, layer_of(tensor, number - 1)))
    if not all(map(_has_name, formulas)):
        return None
    shown = naming.of(tensor)
    layers = (naming.style.layer(shown, [naming.expression(each)]) for each in (found.first, number))
    first, later = (
        naming.style.equals.join((name, naming.of(each, SUM))) for name, each in zip(layers, formulas, strict=True)
    )
    return first, later


def _has_name(tensor: Tensor) -> bool:
    """Whether a tensor is written by its operators alone"""
    operation = tensor.operation
    return tensor.name is not None or (operation is not None and all(map(_has_name, operation.arguments)))
