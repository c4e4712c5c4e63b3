"""A lowered tensor as Python source, generated and compiled by `sympy.lambdify`."""

from __future__ import annotations

import inspect
import keyword
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from sympy import Expr, Symbol

from ..language.tensors import Tensor
from .arrays import Array, Entries, span
from .lower import Lowering
from .names import variable_name
from .nodes import Plain
from .place import Line
from .printer import FormulaPrinter

NAMESPACE = {"np": np, "Entries": Entries, "span": span, "max": max, "min": min}
HEADER = "import numpy as np\n\nfrom symcnn.numeric.arrays import Entries, span\n\n\n"
GENERATED = "_lambdifygenerated"  # what SymPy calls every function


@dataclass(frozen=True)
class Program:
    """A compiled tensor: its parameters in order (`leaves`, then `sizes`), its source, and how to run it."""

    name: str
    leaves: tuple[Tensor, ...]
    sizes: tuple[Symbol, ...]
    source: str
    run: Callable[..., Array]
    extents: Callable[..., tuple[tuple[int, ...], ...]]  # sizes -> shape of each leaf
    requirements: tuple[tuple[Callable[..., Any], str], ...]  # whether they hold for the sizes, and why they must


def compiled(tensor: Tensor) -> Program:
    """The tensor as a program. Raises `LanguageError` or `NameClash` for what has no meaning."""
    lowering = Lowering()
    result = _root(lowering, tensor)
    extents = sympy.Tuple(*(sympy.Tuple(*lowering.extents(leaf)) for leaf in lowering.leaves.values()))
    needs = [(lowering.requirement(each), each.reason) for each in lowering.requirements]
    leaves, sizes = tuple(lowering.leaves.values()), tuple(lowering.sizes.values())
    parameters = [*(lowering.symbols[leaf.symbol] for leaf in leaves), *sizes]
    names = _names(parameters, lowering.blocks)
    lines = [(line.target, line.value) for block in lowering.blocks for line in block]
    run = _lambdified(parameters, Plain(result), names, lines)
    name = _identifier(variable_name(tensor))
    return Program(
        name=name,
        leaves=leaves,
        sizes=sizes,
        source=HEADER + inspect.getsource(run).replace(GENERATED, name, 1),
        run=run,
        extents=_lambdified(sizes, extents, names),
        requirements=tuple((_lambdified(sizes, mask, names), reason) for mask, reason in needs),
    )


def _root(lowering: Lowering, tensor: Tensor) -> Symbol:
    written_out = tensor.formula is None or tensor.inline or tensor.total
    return lowering.computed(tensor, lambda *at: tensor[at]) if written_out else lowering.tensor(tensor)


def _lambdified(
    parameters: Iterable[Symbol],
    expression: Expr,
    names: Mapping[Symbol, str],
    lines: Iterable[tuple[Symbol, Expr]] = (),
) -> Callable[..., Any]:
    """The function with these lines before its result, where `lambdify` writes common subexpressions."""
    arguments = [Symbol(names[parameter]) for parameter in parameters]
    return sympy.lambdify(
        arguments,
        expression,
        modules=[NAMESPACE],
        printer=FormulaPrinter(names),
        cse=lambda result: (list(lines), result),
    )


def _names(parameters: list[Symbol], blocks: list[tuple[Line, ...]]) -> dict[Symbol, str]:
    """An identifier for every variable; the indices and masks of several blocks may share theirs."""
    names: dict[Symbol, str] = {}
    for symbol in (*parameters, *(block[-1].target for block in blocks)):
        if symbol not in names:
            names[symbol] = _fresh(symbol.name, {*names.values(), *NAMESPACE})
    shared = {*names.values(), *NAMESPACE}
    for block in blocks:
        taken = set(shared)
        for line in block[:-1]:
            names[line.target] = _fresh(line.target.name, taken)
            taken.add(names[line.target])
    return names


def _fresh(wanted: str, taken: set[str]) -> str:
    return next(name for name in _variants(_identifier(wanted)) if name not in taken)


def _variants(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def _identifier(name: str) -> str:
    """The name as Python reads it: normalised, other signs as _"""
    word = re.sub(r"\W", "_", unicodedata.normalize("NFKC", name))
    return word if word.isidentifier() and not keyword.iskeyword(word) else f"_{word}"
