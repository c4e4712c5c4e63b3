"""What the names in the Python text of a theorem stand for, and which parts of a module it uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

Function = ast.FunctionDef | ast.Lambda
_INDICES = ("_index", "Dummy", "LayerIndex")
_TENSORS = ("Tensor", "Tensor.of", "Tensor.define", "conv2d", "avg_pool2d", "max_pool2d", "gradient", "named")


@dataclass(frozen=True)
class Names:
    """The names that can be used at a place: sizes, indices, tensors, tensors with layers, and activations; and which
    names are given as hypotheses, and which functions compute the index of an entry that is read."""

    sizes: tuple[str, ...] = ()
    indices: tuple[str, ...] = ()
    tensors: tuple[str, ...] = ()
    layered: tuple[str, ...] = ()
    activations: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()

    @classmethod
    def of(cls, statements: list[ast.stmt]) -> Names:
        """What these statements of a module give as hypotheses, and compute indices with."""
        nodes = [node for statement in statements for node in ast.walk(statement)]
        given = (each for node in nodes if isinstance(node, ast.Call) for each in _given(node))
        places = (place for node in nodes for place in _read_at(node))
        calls = (node for place in places for node in ast.walk(place) if isinstance(node, ast.Call))
        called = (each.func.id for each in calls if isinstance(each.func, ast.Name))
        return cls(hypotheses=tuple(given), readers=tuple(called))

    def after(self, statement: ast.stmt) -> Names:
        """With what this statement assigns."""
        found = self
        if isinstance(statement, ast.Assign):
            for names, value in _pairs(statement):
                found = found._with(names, value)
        return found

    def _with(self, names: tuple[str, ...], value: ast.expr) -> Names:
        made_by = _made_by(value)
        kind = {"sizes": "sizes", "Activation": "activations", "LayerTensor": "layered"}.get(made_by)
        kind = "indices" if made_by in _INDICES else "tensors" if made_by in _TENSORS else kind
        return self if kind is None else self.with_names(kind, names)

    def with_names(self, kind: str, names: tuple[str, ...]) -> Names:
        """With more names of a kind."""
        values = {each: tuple(getattr(self, each)) for each in self.__dataclass_fields__}
        values[kind] = (*values[kind], *names)
        return Names(**values)

    def inside(self, function: Function) -> Names:
        """With the parameters of a function, which are indices unless they are said to be tensors."""
        parameters = [each for each in function.args.args if ast.unparse(each.annotation or ast.Name("Expr")) == "Expr"]
        return self.with_names("indices", tuple(each.arg for each in parameters))


def _given(call: ast.Call) -> tuple[str, ...]:
    """The name of the hypotheses, if this states an identity under some that have a name"""
    if ast.unparse(call.func) != "Identity":
        return ()
    stated = (*call.args[2:], *(each.value for each in call.keywords if each.arg == "given"))
    return tuple(each.id for each in stated if isinstance(each, ast.Name))


def _read_at(node: ast.AST) -> tuple[ast.expr, ...]:
    """The indices at which a tensor is read"""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "at":
        return tuple(node.args)
    return (node.slice,) if isinstance(node, ast.Subscript) else ()


def _pairs(statement: ast.Assign) -> Iterator[tuple[tuple[str, ...], ast.expr]]:
    """The names on the left with the expressions that make them"""
    (target,) = statement.targets
    if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
        for each, value in zip(target.elts, statement.value.elts, strict=True):
            yield (ast.unparse(each),), value
    elif isinstance(target, ast.Tuple):
        yield tuple(ast.unparse(each) for each in target.elts), statement.value
    else:
        yield (ast.unparse(target),), statement.value


def _made_by(value: ast.expr) -> str:
    """The function that makes a value; of `map(f, ...)` it is f, and of a method of a value its name."""
    if not isinstance(value, ast.Call):
        return ""
    if ast.unparse(value.func) == "map":
        return ast.unparse(value.args[0])
    if isinstance(value.func, ast.Attribute) and ast.unparse(value.func) not in _TENSORS:
        return value.func.attr
    return ast.unparse(value.func)


def used_statements(module: ast.Module, function: str) -> tuple[int, ...]:
    """The positions in a module of the statement that defines a function and of all that it uses."""
    defined = {name: number for number, each in enumerate(module.body) for name in _defines(each)}
    wanted, found = [function], []
    while wanted:
        number = defined.get(wanted.pop())
        if number is not None and number not in found:
            found.append(number)
            wanted += sorted({each.id for each in ast.walk(module.body[number]) if isinstance(each, ast.Name)})
    return tuple(sorted(found))


def _defines(statement: ast.stmt) -> tuple[str, ...]:
    match statement:
        case ast.FunctionDef():
            return (statement.name,)
        case ast.Assign():
            return tuple(name for names, _ in _pairs(statement) for name in names)
    return ()
