"""The places of a Python text at which a mistake can be made, and texts with other expressions at some places."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .scope import Names, used_statements
from .slips import Path, Slip

BOUND, HYPOTHESIS, INDEX, KERNEL, SHAPE, VALUE = "bound", "hypothesis", "index", "kernel", "shape", "value"
_SUMS = ("Sum", "IndexedMax")


@dataclass(frozen=True)
class Spot:
    """An expression in a text, what it is there for, and the names that can be used there."""

    path: Path
    node: ast.expr
    role: str
    names: Names
    parent: ast.AST


def spots_of(module: ast.Module, function: str) -> Iterator[Spot]:
    """All expressions of a theorem's function and of what it uses of its module, outside first."""
    used = [(number, module.body[number]) for number in used_statements(module, function)]
    names = Names.of([statement for _, statement in used])
    first = [(number, each) for number, each in used if not isinstance(each, ast.FunctionDef)]
    for number, statement in first:
        yield from _of_statement(statement, ("body", number), names)
        names = names.after(statement)
    for number, statement in used:
        if isinstance(statement, ast.FunctionDef):
            yield from _of_statement(statement, ("body", number), names)


def _of_statement(statement: ast.stmt, path: Path, names: Names, returned: str = VALUE) -> Iterator[Spot]:
    match statement:
        case ast.FunctionDef():
            inside, returned = names.inside(statement), INDEX if statement.name in names.readers else VALUE
            for number, each in enumerate(statement.body):
                yield from _of_statement(each, (*path, "body", number), inside, returned)
                inside = inside.after(each)
        case ast.Assign(targets=[target], value=value):
            role = HYPOTHESIS if ast.unparse(target) in names.hypotheses else VALUE
            yield from _of_expression(Spot((*path, "value"), value, role, names, statement))
        case ast.Return(value=ast.expr() as value):
            yield from _of_expression(Spot((*path, "value"), value, returned, names, statement))


def _of_expression(spot: Spot) -> Iterator[Spot]:
    yield spot
    for field, child in ast.iter_fields(spot.node):
        children = enumerate(child) if isinstance(child, list) else [(None, child)]
        for number, each in children:
            path = (*spot.path, field) if number is None else (*spot.path, field, number)
            yield from _of_child(spot, path, each)


def _of_child(spot: Spot, path: Path, child: Any) -> Iterator[Spot]:
    if isinstance(child, ast.keyword):
        path, child = (*path, "value"), child.value
    if not isinstance(child, ast.expr):
        return
    names = spot.names.inside(spot.node) if isinstance(spot.node, ast.Lambda) else spot.names
    made = Spot(path, child, _role(spot, path), names, spot.node)
    yield from _of_expression(made)


def _role(spot: Spot, path: Path) -> str:
    """What a part of an expression is there for"""
    relative = path[len(spot.path) :]
    if isinstance(spot.node, ast.Subscript):
        return INDEX if relative[0] == "slice" else spot.role
    if isinstance(spot.node, ast.Lambda):
        return VALUE
    if isinstance(spot.node, ast.Call):
        return _role_of_argument(spot.node, relative, spot.role)
    return spot.role


def _role_of_argument(call: ast.Call, relative: Path, role: str) -> str:
    function = ast.unparse(call.func)
    first = relative == ("args", 0)
    if function == "Tensor.of":
        return KERNEL
    if (function, relative) in (("Tensor", ("args", 1)), ("Tensor.define", ("args", 0))):
        return SHAPE
    if function in _SUMS and not first:
        return BOUND
    if function.endswith(".at"):
        return INDEX
    if function == "Identity" and (relative == ("args", 2) or _is_keyword(call, relative, "given")):
        return HYPOTHESIS
    return role


def _is_keyword(call: ast.Call, relative: Path, name: str) -> bool:
    return relative[0] == "keywords" and call.keywords[relative[1]].arg == name


def with_slips(module: ast.Module, slips: tuple[Slip, ...]) -> ast.Module:
    """The module with these mistakes in it."""
    made = copy.deepcopy(module)
    for slip in slips:
        _replace(made, slip.path, copy.deepcopy(slip.new))
    return ast.fix_missing_locations(made)


def _replace(node: Any, path: Path, new: ast.expr) -> None:
    *front, last = path
    for step in front:
        node = node[step] if isinstance(step, int) else getattr(node, step)
    if isinstance(last, int):
        node[last] = new
    else:
        setattr(node, last, new)


def with_part(node: Any, **changed: Any) -> Any:
    """A copy of a node with other parts."""
    made = copy.copy(node)
    for field, value in changed.items():
        setattr(made, field, value)
    return made
