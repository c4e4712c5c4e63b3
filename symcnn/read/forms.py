"""Sums, maxima, brackets, matrices and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy
from sympy import Basic, Expr, Integer, Sum
from sympy.logic.boolalg import And, Boolean, Or

from ..errors import LanguageError, ShapeError
from ..language.maxima import IndexedMax
from ..language.symbols import Iverson
from ..language.tensors import Tensor
from .arithmetic import Number as Digits
from .binders import Binder, binders_of
from .syntax import (
    Big,
    Bracketed,
    Cases,
    Chain,
    Dots,
    Matrix,
    Name,
    Node,
)
from .values import (
    LETTERS,
    Constant,
    Row,
    Scalar,
    Value,
    added,
    described,
    inner,
    integer,
    times,
)
from .written import latex

MOST_FLOORS = 4  # within each other

if TYPE_CHECKING:
    from .meaning import Meaning


def big(meaning: Meaning, node: Big) -> Value:
    """A sum, maximum or minimum. Raises `LanguageError` for a product, `ShapeError` for what cannot be added."""
    binder = binders_of(meaning, node)
    inside = meaning.within(binder.scope)
    if node.kind == "prod":
        raise LanguageError(r"\prod is not in the language, except as a recursion")
    if node.kind in ("max", "min"):
        return _extreme(meaning, node, binder, inside)
    made = inside.value(node.body)
    if isinstance(made, Scalar):
        return Scalar.of(_summed(made.expression, binder))
    if not isinstance(made, Tensor):
        raise ShapeError(f"{latex(node)} is a sum of {described(made)}")
    formula = made
    return Tensor.define(
        made.shape, lambda *at: _summed(formula[at], binder), origin=made.origin, letters=LETTERS[made.rank]
    )


def _extreme(meaning: Meaning, node: Big, binder: Binder, inside: Meaning) -> Value:
    """One within another is one over both indices"""
    sign = 1 if node.kind == "max" else -1
    body = node.body.items[0] if isinstance(node.body, Bracketed) and len(node.body.items) == 1 else node.body
    conditions, limits = list(binder.conditions), list(binder.limits)
    while isinstance(body, Big) and body.kind == node.kind:
        inner_binder = binders_of(inside, body)
        outer = {index for index, *_ in limits}
        if any(outer & bound.free_symbols for _, *bounds in inner_binder.limits for bound in bounds):
            break
        limits += inner_binder.limits
        conditions += inner_binder.conditions
        inside, body = inside.within(inner_binder.scope), body.body
    where = And(*conditions) if conditions else None
    made = IndexedMax(sign * inside.number(body), *limits, where=where)
    return Scalar.of(sign * made)


def bracketed(meaning: Meaning, node: Bracketed) -> Value:
    """What stands in brackets, a bracket [P], a floor, an absolute value. Raises `LanguageError` for a list."""
    if node.kind == "angle" and len(node.items) == 2:
        left, right = (meaning.value(each) for each in node.items)
        if isinstance(left, Scalar) and isinstance(right, Scalar):
            return times(left, right)
        if not isinstance(left, Tensor) or not isinstance(right, Tensor):
            raise ShapeError(f"{latex(node)} is an inner product of {described(left)} and {described(right)}")
        return inner(left, right)
    if len(node.items) != 1 or node.settings:
        raise LanguageError(f"{latex(node)} is a list, and should be one value")
    inside = node.items[0]
    if isinstance(inside, Chain):
        return iverson(meaning, node, inside)
    if node.kind in ("[", "{") and isinstance(inside, Name):
        raise LanguageError(f"{latex(node)} can be a set, or a part of {latex(inside)}: write round brackets, or none")
    match node.kind:
        case "(" | "[" | "{":
            return meaning.value(inside)
        case "floor":
            return Scalar.of(sympy.floor(_to_round(meaning, inside)))
        case "ceil":
            return Scalar.of(-sympy.floor(-_to_round(meaning, inside)))
        case "|":
            found = _absolute(meaning, inside)
            return Scalar.of(sympy.Max(found, -found))
    raise LanguageError(f"{latex(node)} has no value" + (" without an exponent 2" if node.kind == "||" else ""))


def _to_round(meaning: Meaning, inside: Node) -> Expr:
    """A number that is rounded: SymPy and the printer take several times as long for each floor around another"""
    number = meaning.number(inside)
    depth = _floors(number)
    if depth >= MOST_FLOORS:
        raise LanguageError(f"{MOST_FLOORS} numbers rounded within each other are the most that are read")
    return number


def _floors(expression: Basic) -> int:
    within = max(map(_floors, expression.args), default=0)
    return within + isinstance(expression, sympy.floor)


def _absolute(meaning: Meaning, inside: Node) -> Expr:
    value = meaning.value(inside)
    if not isinstance(value, Scalar):
        raise LanguageError(f"|{latex(inside)}| of {described(value)} is not read: write a norm as \\|x\\|")
    return value.expression


def iverson(meaning: Meaning, node: Bracketed, inside: Chain) -> Value:
    """[P]: 1 where a relation holds, else 0. Raises `LanguageError` for round brackets."""
    if node.kind not in ("[", "{"):
        raise LanguageError(f"{latex(node)} is a relation, and should be a value")
    condition = meaning.condition(inside)
    return Scalar.of(Iverson(condition)) if condition not in (True, False) else integer(int(bool(condition)))


def matrix(meaning: Meaning, node: Matrix) -> Value:
    """A matrix, row or column of numbers, or one of equal entries with dots. Raises `LanguageError` for other dots."""
    cells = [[cell for cell in row if cell is not None] for row in node.rows]
    if any(isinstance(cell, Dots) for row in cells for cell in row):
        shown = {cell for row in cells for cell in row if not isinstance(cell, Dots)}
        full = all(None not in row for row in node.rows) and len(node.rows) > 1 and len(node.rows[0]) > 1
        if len(shown) == 1 and full:
            return Constant(Scalar.of(meaning.number(shown.pop())))
        raise LanguageError("a matrix with dots is compared entry by entry only")
    if len({len(row) for row in cells}) != 1 or any(None in row for row in node.rows):
        raise LanguageError(f"the rows of {latex(node)} have different lengths, or entries are left out: write all")
    rows = [[_cell(meaning, cell) for cell in row] for row in cells]
    origin = meaning.world.origin
    if len(rows[0]) == 1 and len(rows) > 1:
        return Tensor.of([row[0] for row in rows], origin=origin)
    if len(rows) == 1 and len(rows[0]) > 1:
        return Row(Tensor.of(rows[0], origin=origin))
    return Tensor.of(rows, origin=origin)


def _cell(meaning: Meaning, node: Node) -> Expr:
    value = meaning.value(node)
    if not isinstance(value, Scalar):
        raise LanguageError(f"{latex(node)} is {described(value)}: matrices of blocks are not in the language")
    return value.expression


def cases(meaning: Meaning, node: Cases) -> Value:
    """Each value where its condition holds, and none before it. Raises `LanguageError` where a case is missing, and
    where another one stands behind otherwise"""
    if any(where is None for _, where in node.rows[:-1]):
        raise LanguageError(f"{latex(node)} says otherwise before another case: write it last")
    made: Scalar = integer(0)
    before: list[Boolean] = []
    conditions = [meaning.condition(where) if where is not None else sympy.true for _, where in node.rows]
    if Or(*conditions) != sympy.true:
        raise LanguageError(f"{latex(node)} does not say what holds where no condition does: end it with otherwise")
    for value, where in node.rows:
        own = meaning.condition(where) if where is not None else sympy.true
        holds = And(own, *(sympy.Not(each) for each in before))
        bracket = Iverson(holds) if holds not in (True, False) else Integer(int(bool(holds)))
        part = meaning.value(value)
        if not isinstance(part, Scalar):
            raise LanguageError(
                f"{latex(value)} is {described(part)}: cases are read of numbers, write them of entries"
            )
        if part.leaf != Digits("0"):
            summand = times(Scalar.of(bracket), part)
            made = summand if made == integer(0) else _plus(made, summand)
        before.append(own)
    return made


def _plus(left: Scalar, right: Scalar) -> Scalar:
    made = added(left, right)
    return made if isinstance(made, Scalar) else left


def _summed(expression: Expr, binder: Binder) -> Expr:
    body = expression * Iverson(And(*binder.conditions)) if binder.conditions else expression
    return Sum(body, *reversed(binder.limits))
