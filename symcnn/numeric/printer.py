"""How generated expressions are written in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Basic, S, Symbol, Tuple
from sympy.core.symbol import Str
from sympy.printing.numpy import NumPyPrinter
from sympy.printing.precedence import PRECEDENCE

from .names import fresh
from .nodes import Compare, Extreme

SHORT, SEPARATOR = 90, ",\n        "  # a longer call has a line for each argument


class FormulaPrinter(NumPyPrinter):
    """SymPy's NumPy printer with the nodes of index formulas; `names` says what the symbols are called."""

    def __init__(self, names: Mapping[Symbol, str]) -> None:
        super().__init__({"fully_qualified_modules": False})
        self.names = names

    def _print_Symbol(self, expr: Symbol) -> str:
        return self.names.get(expr) or super()._print_Symbol(expr)

    _print_Dummy = _print_Symbol

    def _print_Str(self, expr: Any) -> str:
        return repr(expr.name)

    def _print_Tuple(self, expr: Tuple) -> str:
        inside = ", ".join(map(self._print, expr.args))
        return f"({inside},)" if len(expr.args) == 1 else f"({inside})"

    def _print_Float(self, expr: Any) -> str:
        return repr(float(expr))

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        exponent = abs(int(expr.exp))
        base = self.parenthesize(expr.base, PRECEDENCE["Pow"])
        raised = base if exponent == 1 else f"{base}**{exponent}"
        return raised if expr.exp > 0 else f"1/{raised}"

    def _call(self, function: str, *arguments: Basic) -> str:
        return f"{function}({', '.join(map(self._print, arguments))})"

    def _print_Wrapped(self, expr: Any) -> str:
        name, array, origin = expr.args
        return self._call("Entries", name, array, *([] if origin == 1 else [origin]))

    def _print_Literal(self, expr: Any) -> str:
        return f"np.array({self._rows(expr.args[0])})"

    def _rows(self, rows: Basic) -> str:
        if isinstance(rows, Tuple):
            return f"[{', '.join(map(self._rows, rows.args))}]"
        return self._print(rows)

    def _print_Filled(self, expr: Any) -> str:
        name, shape, value, origin = map(self._print, expr.args)
        arguments = [name, shape, f"lambda: {value}", *([] if origin == "1" else [origin])]
        short = f"Entries.over({', '.join(arguments)})"
        return short if len(short) <= SHORT else f"Entries.over(\n        {SEPARATOR.join(arguments)},\n    )"

    def _print_Plain(self, expr: Any) -> str:
        return f"{self._print(expr.args[0])}.array"

    def _print_Read(self, expr: Any) -> str:
        tensor, mask, *indices = expr.args
        return f"{self._guarded(tensor, mask)}[{', '.join(map(self._print, indices)) or '()'}]"

    def _guarded(self, tensor: Basic, mask: Basic) -> str:
        return self._print(tensor) if mask == S.true else f"{self._print(tensor)}.where({self._print(mask)})"

    def _print_Indices(self, expr: Any) -> str:
        lower, upper, axis = expr.args
        return self._call("np.arange", lower, upper + 1) + _at_axis(int(axis))

    def _print_Hull(self, expr: Any) -> str:
        lower, upper, axis = expr.args
        return self._call("span", lower, upper) + _at_axis(int(axis))

    def _print_Total(self, expr: Any) -> str:
        value, *axes = expr.args
        which = self._print(axes[0] if len(axes) == 1 else Tuple(*axes))
        return f"np.sum({self._print(value)}, axis={which})"

    def _print_Largest(self, expr: Any) -> str:
        value, *axes = expr.args
        which = self._print(axes[0] if len(axes) == 1 else Tuple(*axes))
        return f"np.max({self._print(value)}, axis={which}, initial=-np.inf)"

    def _print_NegativeInfinity(self, expr: Any) -> str:
        return "-np.inf"

    def _print_SizeAt(self, expr: Any) -> str:
        sequence, layer = map(self._print, expr.args)
        return f"{sequence}[{layer}]"

    def _print_Applied(self, expr: Any) -> str:
        function, argument = expr.args
        name = function.name if isinstance(function, Str) else self._print(function)
        return f"{name}({self._print(argument)})"

    def _print_FieldAt(self, expr: Any) -> str:
        field, tensor = map(self._print, expr.args)
        return f"{field}({tensor}.array)"

    def _print_Difference(self, expr: Any) -> str:
        function, wanted, others, tensor, mask, *indices = expr.args
        rest = list(map(self._print, others))
        name = fresh(wanted.name, {*rest, function.name})
        return self._difference(f"lambda {name}: {function.name}({', '.join([name, *rest])})", tensor, mask, indices)

    def _print_FieldDifference(self, expr: Any) -> str:
        field, wanted, tensor, mask, *indices = expr.args
        name = fresh(wanted.name, {self._print(field)})
        return self._difference(f"lambda {name}: {self._print(field)}({name}.array)", tensor, mask, indices)

    def _difference(self, function: str, tensor: Basic, mask: Basic, indices: list[Basic]) -> str:
        arguments = [function, self._guarded(tensor, mask), *map(self._print, indices)]
        return f"central_difference({', '.join(arguments)})"

    def _print_GivenLayers(self, expr: Any) -> str:
        name, array, layer, shape, origin = map(self._print, expr.args)
        arguments = [name, array, f"lambda {layer}: {shape}", *([] if origin == "1" else [origin])]
        return f"LayerArrays({', '.join(arguments)})"

    def _print_ComputedLayers(self, expr: Any) -> str:
        name, first, start, function, others = expr.args
        rest = list(map(self._print, others))
        layer, before = (fresh(wanted, {*rest, function.name}) for wanted in ("layer", "before"))
        step = f"lambda {layer}, {before}: {function.name}({', '.join([layer, before, *rest])})"
        return f"LayerSteps({', '.join(map(self._print, (name, first, start)))}, {step})"

    def _print_Where(self, expr: Any) -> str:
        return self._call("np.where", *expr.args)

    def _print_Extreme(self, expr: Extreme) -> str:
        name, first, *rest = expr.args
        return self._call(name.name, first, rest[0] if len(rest) == 1 else Extreme(name, *rest))

    def _print_Quotient(self, expr: Any) -> str:
        return self._infix(" // ", expr)

    def _print_Remainder(self, expr: Any) -> str:
        return self._infix(" % ", expr)

    def _infix(self, sign: str, expr: Any) -> str:
        return sign.join(self.parenthesize(child, PRECEDENCE["Mul"]) for child in expr.args)

    def _print_Compare(self, expr: Compare) -> str:
        sign, left, right = expr.args
        return f"{self._print(left)} {sign.name} {self._print(right)}"

    def _print_AllOf(self, expr: Any) -> str:
        return self._joined(" & ", expr)

    def _print_AnyOf(self, expr: Any) -> str:
        return self._joined(" | ", expr)

    def _joined(self, sign: str, expr: Any) -> str:
        return sign.join(f"({self._print(child)})" for child in expr.args)

    def _print_Opposite(self, expr: Any) -> str:
        return self._call("np.logical_not", *expr.args)


def _at_axis(axis: int) -> str:
    """The last axis is where an array has its entries anyway."""
    return f".reshape({', '.join(['-1'] + ['1'] * (-axis - 1))})" if axis < -1 else ""
