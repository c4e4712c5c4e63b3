"""A lowered tensor as Python source, generated and compiled by `sympy.lambdify`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from sympy import Symbol

from ..language.activations import Activation
from ..language.tensors import Tensor
from .activations import FUNCTIONS
from .arrays import Array, Entries, span
from .differences import central_difference, slope_of
from .layers import LayerArrays, LayerSteps
from .lower import Lowering
from .names import fresh, identifier, variable_name
from .nodes import Plain
from .parameters import Function, Parameters
from .printer import FormulaPrinter

HELPERS: dict[str, Any] = {
    "Entries": Entries,
    "span": span,
    "central_difference": central_difference,
    "slope_of": slope_of,
    "LayerArrays": LayerArrays,
    "LayerSteps": LayerSteps,
    **FUNCTIONS,
}
NAMESPACE = {"np": np, **HELPERS, "max": max, "min": min}
HEADER = "import numpy as np\n\nfrom symcnn.numeric.arrays import Entries, span\n"
GENERATED = "_lambdifygenerated"  # what SymPy calls every function


@dataclass(frozen=True)
class Program:
    """A compiled tensor: its parameters in order (`leaves`, `activations`, `fields`, `sequences`, `sizes`), its source,
    and how to run it. `differs` says whether it takes derivatives, which are not exact."""

    name: str
    leaves: tuple[Tensor, ...]
    activations: Mapping[str, Activation]
    fields: tuple[str, ...]
    sequences: tuple[str, ...]
    sizes: tuple[Symbol, ...]
    source: str
    run: Callable[..., Array]
    extents: Callable[..., tuple[tuple[int, ...], ...]]  # sequences, sizes -> shape of each leaf without layers
    requirements: tuple[tuple[Callable[..., Any], str], ...]  # whether they hold for the sizes, and why they must
    differs: bool

    @property
    def arrays(self) -> tuple[Tensor, ...]:
        """The leaves without layers."""
        return tuple(leaf for leaf in self.leaves if not leaf.layers)


def compiled(tensor: Tensor) -> Program:
    """The tensor as a program. Raises `LanguageError` or `NameClash` for what has no meaning."""
    lowering = Lowering()
    result, met = _root(lowering, tensor), lowering.parameters
    arrays = [leaf for leaf in met.leaves.values() if not leaf.layers]
    extents = sympy.Tuple(*(sympy.Tuple(*lowering.extents(leaf)) for leaf in arrays))
    needs = [(lowering.requirement(each), each.reason) for each in met.requirements]
    keywords = (*met.leaves, *met.activations, *met.fields, *met.sequences)
    main = Function(
        identifier(variable_name(tensor)),
        (*(met.variables[name] for name in keywords), *met.sizes.values()),
        tuple(lowering.blocks),
        (),
        Plain(result),
    )
    run, source = _all_compiled(met, main)
    counts = (*(met.variables[name] for name in met.sequences), *met.sizes.values())
    return Program(
        name=main.name,
        leaves=tuple(met.leaves.values()),
        activations=dict(met.activations),
        fields=tuple(met.fields),
        sequences=tuple(met.sequences),
        sizes=tuple(met.sizes.values()),
        source=source,
        run=run,
        extents=_lambdified(Function("", counts, (), (), extents), {}),
        requirements=tuple((_lambdified(Function("", counts, (), (), mask), {}), reason) for mask, reason in needs),
        differs="central_difference(" in source or "slope_of(" in source,
    )


def _root(lowering: Lowering, tensor: Tensor) -> Symbol:
    written_out = tensor.formula is None or tensor.total
    return lowering.computed(tensor, lambda *at: tensor[at]) if written_out else lowering.tensor(tensor)


def _all_compiled(met: Parameters, main: Function) -> tuple[Callable[..., Array], str]:
    """The function that calls all others, and the source of them all."""
    made: dict[str, Any] = {each.name: None for each in met.functions}
    parts = []
    for function in (*met.functions, main):
        run = made[function.name] = _lambdified(function, made)
        parts.append(inspect.getsource(run).replace(GENERATED, function.name, 1))
    body = "\n\n".join(parts)
    return run, _header(body) + body


def _header(body: str) -> str:
    """The imports of what the source calls"""
    without_text = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "", body)
    words, modules = set(re.findall(r"\w+", without_text)), dict[str, list[str]]()
    for name, helper in HELPERS.items():
        if name in words and name not in ("Entries", "span"):
            modules.setdefault(helper.__module__, []).append(name)
    lines = (f"from {module} import {', '.join(names)}\n" for module, names in modules.items())
    return "".join((HEADER, *lines, "\n\n"))


def _lambdified(function: Function, others: Mapping[str, Any]) -> Callable[..., Any]:
    """The function, whose lines stand where `lambdify` writes common subexpressions."""
    names = _names(function, others)
    lines = [line for block in (*function.blocks, function.lines) for line in block]
    pairs = [(line.target, line.value) for line in lines]
    return sympy.lambdify(
        [Symbol(names[parameter]) for parameter in function.parameters],
        function.result,
        modules=[{**NAMESPACE, **others}],
        printer=FormulaPrinter(names),
        cse=lambda result: (pairs, result),
    )


def _names(function: Function, others: Iterable[str]) -> dict[Symbol, str]:
    """An identifier for every variable; the indices and masks of several blocks may share theirs."""
    names: dict[Symbol, str] = {}
    reserved = {*NAMESPACE, *others}
    for symbol in (*function.parameters, *(block[-1].target for block in function.blocks)):
        if symbol not in names:
            names[symbol] = fresh(symbol.name, {*names.values(), *reserved})
    shared = {*names.values(), *reserved}
    for lines in (*(block[:-1] for block in function.blocks), function.lines):
        taken = set(shared)
        for line in lines:
            names[line.target] = fresh(line.target.name, taken)
            taken.add(names[line.target])
    return names
