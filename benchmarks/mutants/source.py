"""The mistakes that can be made in the Python text of a theorem, one expression at a time."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from .slips import SOURCE, Slip
from .text import BOUND, HYPOTHESIS, INDEX, KERNEL, SHAPE, VALUE, Spot, spots_of, with_part

Changed = Iterator[tuple[str, ast.expr]]
#: operator -> its parameters for the window, with values that are mistaken for each other
OPERATORS = {
    "conv2d": {"stride": ("1", "2"), "padding": ("0", "1"), "dilation": ("2",), "groups": ("1", "2")},
    "avg_pool2d": {"stride": ("1", "2"), "padding": ("1",)},
    "max_pool2d": {"stride": ("1", "2"), "padding": ("0", "1"), "dilation": ("2",)},
    "subsample": {},  # its stride is not given by name
}
_FACTS = ("nondecreasing", "nonincreasing", "differentiable", "odd", "even", "positively_homogeneous", "nonnegative")


def source_slips(module: ast.Module, function: str) -> Iterator[Slip]:
    """All single mistakes in a theorem of a module, and in what it uses there."""
    for spot in spots_of(module, function):
        before = ast.unparse(spot.node)
        for changes in (*_BY_NODE.get(type(spot.node), ()), _whole):
            for kind, new in changes(spot):
                after = ast.unparse(new)
                if after != before:
                    around = (
                        f" in {ast.unparse(spot.parent)}" if isinstance(spot.node, (ast.Name, ast.Constant)) else ""
                    )
                    yield Slip(SOURCE, kind, f"{before} becomes {after}{around}", spot.path, new)


def parsed(text: str) -> Any:
    """The expression that a text says."""
    return ast.parse(text, mode="eval").body


def _kind(spot: Spot, kind: str) -> str:
    """The name of a mistake by what the expression is there for; it is `kind` where that is a value"""
    named = {BOUND: "summation bound", HYPOTHESIS: "hypothesis changed", INDEX: "index offset", SHAPE: "kernel size"}
    return {**named, KERNEL: "kernel entry"}.get(spot.role, kind)


def _numbers(spot: Spot) -> Changed:
    value = spot.node.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    others = (value + 1, value - 1) if isinstance(value, int) else (value * 2, round(value + 0.01, 3))
    for other in others:
        yield _kind(spot, "coefficient"), parsed(repr(other))
    if spot.role in (KERNEL, VALUE) and value:
        yield "sign" if spot.role == VALUE else "kernel entry", parsed(f"-{value!r}")


def _names(spot: Spot) -> Changed:
    name = spot.node.id
    for kind, group in (
        ("other size", spot.names.sizes),
        ("other index", spot.names.indices),
        ("other tensor", spot.names.tensors),
        ("other tensor", spot.names.layered),
    ):
        if name in group and not _is_limit(spot):
            yield from ((kind, parsed(other)) for other in group)


def _is_limit(spot: Spot) -> bool:
    """Whether this is the index that a sum binds"""
    return spot.role == BOUND and isinstance(spot.parent, ast.Tuple) and spot.parent.elts[0] is spot.node


def _operations(spot: Spot) -> Changed:
    left, right, operator = spot.node.left, spot.node.right, spot.node.op
    match operator:
        case ast.Add() | ast.Sub():
            other = ast.Sub() if isinstance(operator, ast.Add) else ast.Add()
            yield _kind(spot, "sign"), with_part(spot.node, op=other)
            yield _kind(spot, "summand dropped"), left
            yield _kind(spot, "summand dropped"), right
            yield _kind(spot, "operator"), with_part(spot.node, op=ast.Mult())
        case ast.Mult() | ast.Div() | ast.FloorDiv():
            for factor, rest in ((left, right), (right, left)):
                if isinstance(operator, ast.Mult) or factor is right:
                    yield _kind(spot, _dropped(factor)), rest
            other = ast.Mult() if isinstance(operator, ast.Div) else ast.Add()
            yield _kind(spot, "operator"), with_part(spot.node, op=other)
        case ast.Pow():
            yield _kind(spot, "coefficient"), left
        case ast.MatMult():
            yield from _matrix_products(spot)


def _dropped(factor: ast.expr) -> str:
    made_by = ast.unparse(factor.func) if isinstance(factor, ast.Call) else ""
    named = {"Iverson": "bracket dropped", "KroneckerDelta": "bracket dropped", "diag": "diagonal dropped"}
    return named.get(made_by, "coefficient" if isinstance(factor, ast.Constant) else "factor dropped")


def _matrix_products(spot: Spot) -> Changed:
    left, right = spot.node.left, spot.node.right
    yield _dropped(left), right
    yield _dropped(right), left
    yield "other tensor", with_part(spot.node, left=right, right=left)
    for field, factor in (("left", left), ("right", right)):
        transposed = ast.Attribute(factor, "T", ast.Load())
        yield "transpose", with_part(spot.node, **{field: transposed})


def _signs(spot: Spot) -> Changed:
    if isinstance(spot.node.op, ast.USub):
        yield _kind(spot, "sign"), spot.node.operand


def _reads(spot: Spot) -> Changed:
    """X[i, j]: each index one more and one less, two of them swapped"""
    if not isinstance(spot.node.slice, ast.Tuple):
        yield from (("index offset", with_part(spot.node, slice=each)) for each in _moved(spot.node.slice))
        return
    for indices in _changed_indices(spot.node.slice.elts):
        yield indices[0], with_part(spot.node, slice=ast.Tuple(indices[1], ast.Load()))


def _moved(index: ast.expr) -> Iterator[ast.expr]:
    for operator in (ast.Add(), ast.Sub()):
        yield ast.BinOp(index, operator, ast.Constant(1))


def _changed_indices(indices: list[ast.expr]) -> Iterator[tuple[str, list[ast.expr]]]:
    for number, index in enumerate(indices):
        for moved in _moved(index):
            yield "index offset", [*indices[:number], moved, *indices[number + 1 :]]
    for swapped in _swaps(indices):
        yield "indices swapped", swapped


def _swaps(several: list[Any]) -> Iterator[list[Any]]:
    for first, second in combinations(range(len(several)), 2):
        swapped = [*several]
        swapped[first], swapped[second] = swapped[second], swapped[first]
        yield swapped


def _calls(spot: Spot) -> Changed:
    function = spot.node.func
    name = ast.unparse(function)
    if isinstance(function, ast.Attribute) and function.attr == "at":
        yield from _guarded(spot)
    if isinstance(function, ast.Attribute) and function.attr == "derivative":
        yield "derivative", with_part(spot.node, func=function.value)
    if name in spot.names.activations:
        yield "derivative", with_part(spot.node, func=ast.Attribute(function, "derivative", ast.Load()))
    for changes in _BY_NAME.get(name, ()):
        yield from changes(spot)


def _guarded(spot: Spot) -> Changed:
    """X.at(i, j, outside=0): as a plain read, and with other indices"""
    indices = spot.node.args
    yield "bracket dropped", ast.Subscript(spot.node.func.value, ast.Tuple(indices, ast.Load()), ast.Load())
    for kind, changed in _changed_indices(indices):
        yield kind, with_part(spot.node, args=changed)


def _windows(spot: Spot) -> Changed:
    """An operator with another stride, padding, dilation, number of groups or window, and without one"""
    name, given = ast.unparse(spot.node.func), spot.node.keywords
    named = {keyword.arg for keyword in given}
    for parameter, values in OPERATORS[name].items():
        others = [keyword for keyword in given if keyword.arg != parameter]
        if parameter in named:
            yield parameter, with_part(spot.node, keywords=others)
        for value in (*values, *spot.names.sizes) if None not in named else ():
            yield parameter, with_part(spot.node, keywords=[*others, ast.keyword(parameter, parsed(value))])
    if name != "conv2d" and len(spot.node.args) > 1:
        yield from _other_window(spot)
    if len(spot.node.args) > 2:
        yield "summand dropped", with_part(spot.node, args=spot.node.args[:2])


def _other_window(spot: Spot) -> Changed:
    image, window, *rest = spot.node.args
    kind = "stride" if ast.unparse(spot.node.func) == "subsample" else "kernel size"
    for other in (*_moved(window), ast.Constant(2)):
        yield kind, with_part(spot.node, args=[image, other, *rest])


def _other_operator(spot: Spot) -> Changed:
    """Mean and maximum, sum and maximum"""
    other = {"avg_pool2d": "max_pool2d", "max_pool2d": "avg_pool2d", "IndexedMax": "Sum"}
    name = other.get(ast.unparse(spot.node.func))
    if name is not None:
        yield "maximum for sum", with_part(spot.node, func=parsed(name))


def _sides(spot: Spot) -> Changed:
    """Two arguments swapped: the sides, an image and its kernel, a column and a row"""
    first, second, *rest = spot.node.args
    kind = "sides swapped" if ast.unparse(spot.node.func) == "Identity" else "other tensor"
    yield kind, with_part(spot.node, args=[second, first, *rest])


def _given(spot: Spot) -> Changed:
    """An identity without its hypotheses, and with a side transposed"""
    keywords = [each for each in spot.node.keywords if each.arg != "given"]
    yield "hypothesis dropped", with_part(spot.node, args=spot.node.args[:2], keywords=keywords)
    for number in (0, 1):
        sides = [*spot.node.args]
        sides[number] = ast.Attribute(sides[number], "T", ast.Load())
        yield "transpose", with_part(spot.node, args=sides)


def _brackets(spot: Spot) -> Changed:
    yield "bracket dropped", ast.Constant(1)
    inside = spot.node.args
    if len(inside) == 1 and isinstance(inside[0], ast.Call) and ast.unparse(inside[0].func) == "Eq":
        inside = inside[0].args
    if len(inside) == 2:
        for comparison in (ast.LtE(), ast.GtE(), ast.NotEq()):
            kind = "bracket negated" if isinstance(comparison, ast.NotEq) else "bracket widened"
            compared = ast.Compare(inside[0], [comparison], [inside[1]])
            condition = parsed(f"Ne({ast.unparse(inside[0])}, {ast.unparse(inside[1])})")
            made = condition if isinstance(comparison, ast.NotEq) else compared
            yield kind, ast.Call(parsed("Iverson"), [made], [])


def _equations(spot: Spot) -> Changed:
    """Eq(a, b): as a <= b and a >= b, and for b + 1"""
    if spot.role != HYPOTHESIS:
        return
    left, right = spot.node.args
    for comparison in (ast.LtE(), ast.GtE()):
        yield "hypothesis changed", ast.Compare(left, [comparison], [right])
    for moved in _moved(right):
        yield "hypothesis changed", with_part(spot.node, args=[left, moved])


def _divisors(spot: Spot) -> Changed:
    divisor, number = spot.node.args
    yield "hypothesis reversed", with_part(spot.node, args=[number, divisor])
    yield "hypothesis changed", with_part(spot.node, args=[divisor, next(_moved(number))])


def _facts(spot: Spot) -> Changed:
    """An activation with other facts"""
    declared = [each.arg for each in spot.node.keywords]
    yield "fact dropped", with_part(spot.node, keywords=[])
    for fact in _FACTS:
        if fact not in declared:
            yield "fact changed", with_part(spot.node, keywords=[ast.keyword(fact, ast.Constant(True))])


def _sums(spot: Spot) -> Changed:
    """A sum or maximum with each bound one more and one less"""
    summand, *limits = spot.node.args
    for number, limit in enumerate(limits):
        for position in (1, 2):
            for moved in _moved(limit.elts[position]):
                bounds = [*limit.elts[:position], moved, *limit.elts[position + 1 :]]
                changed = [*limits[:number], ast.Tuple(bounds, ast.Load()), *limits[number + 1 :]]
                yield "summation bound", with_part(spot.node, args=[summand, *changed])
    yield "maximum for sum", with_part(spot.node, func=parsed("IndexedMax"))


def _lists(spot: Spot) -> Changed:
    """Hypotheses dropped; entries of a kernel swapped"""
    if spot.role == HYPOTHESIS:
        for number in range(len(spot.node.elts)):
            rest = [*spot.node.elts[:number], *spot.node.elts[number + 1 :]]
            yield "hypothesis dropped", with_part(spot.node, elts=rest)
    elif spot.role == KERNEL:
        yield from (("kernel entry", with_part(spot.node, elts=swapped)) for swapped in _swaps(spot.node.elts))


def _dictionaries(spot: Spot) -> Changed:
    """Parameters of an operator that are given by name: one of them dropped, or its two numbers changed"""
    for number, (key, value) in enumerate(zip(spot.node.keys, spot.node.values, strict=True)):
        kind = {"kernel_size": "kernel size"}.get(ast.literal_eval(key), ast.literal_eval(key))
        keys, values = [*spot.node.keys], [*spot.node.values]
        del keys[number], values[number]
        yield kind, ast.Dict(keys, values)
        for other in _other_pairs(value):
            yield kind, ast.Dict([*keys, key], [*values, other])


def _other_pairs(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, ast.Tuple):
        yield from (ast.Tuple(swapped, ast.Load()) for swapped in _swaps(value.elts))
        for number, each in enumerate(value.elts):
            for moved in (*_moved(each), ast.Constant(1)):
                yield ast.Tuple([*value.elts[:number], moved, *value.elts[number + 1 :]], ast.Load())


def _comparisons(spot: Spot) -> Changed:
    """a >= b: reversed, strict, and with another bound"""
    (operator,), (right,) = spot.node.ops, spot.node.comparators
    reverse = ast.LtE() if isinstance(operator, ast.GtE) else ast.GtE()
    strict = ast.Gt() if isinstance(operator, ast.GtE) else ast.Lt()
    yield "hypothesis reversed", with_part(spot.node, ops=[reverse])
    yield "hypothesis changed", with_part(spot.node, ops=[strict])
    for moved in _moved(right):
        yield "hypothesis changed", with_part(spot.node, comparators=[moved])


def _whole(spot: Spot) -> Changed:
    """A whole entry of a tensor that is defined here, twice or with the other sign"""
    if isinstance(spot.parent, ast.Lambda) and not isinstance(spot.node, ast.Tuple):
        yield "coefficient", ast.BinOp(ast.Constant(2), ast.Mult(), spot.node)
        yield "sign", ast.UnaryOp(ast.USub(), spot.node)


Changes = Callable[[Spot], Changed]
_BY_NODE: dict[type, tuple[Changes, ...]] = {
    ast.Constant: (_numbers,),
    ast.Name: (_names,),
    ast.BinOp: (_operations,),
    ast.UnaryOp: (_signs,),
    ast.Subscript: (_reads,),
    ast.Call: (_calls,),
    ast.List: (_lists,),
    ast.Tuple: (_lists,),
    ast.Dict: (_dictionaries,),
    ast.Compare: (_comparisons,),
}
_BY_NAME: dict[str, tuple[Changes, ...]] = {
    **dict.fromkeys(OPERATORS, (_windows, _other_operator)),
    "conv2d": (_windows, _sides),
    "outer": (_sides,),
    "Identity": (_sides, _given),
    "Iverson": (_brackets,),
    "KroneckerDelta": (_brackets,),
    "Eq": (_equations,),
    "divides": (_divisors,),
    "Activation": (_facts,),
    "Sum": (_sums,),
    "IndexedMax": (_sums, _other_operator),
}
