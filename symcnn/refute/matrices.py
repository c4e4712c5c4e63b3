"""Tensors as rows, matrices, and matrices one below the other, in plain text and in LaTeX."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from ..notation import LATEX
from .formulas import latex_number
from .instance import Indices, Nested

MOST_SHOWN = 36  # entries of a tensor
FEW = 4  # entries that are not 0


def tensor_lines(name: str, nested: Nested, shape: Indices, origin: int) -> Iterator[str]:
    """A tensor as a row, a matrix, or matrices one below the other; of a large one only what is not 0."""
    entries = _entries(nested, shape)
    nonzero = {at: entry for at, entry in entries.items() if entry}
    if not entries:
        yield f"{name} has no entries"
    elif len(entries) > MOST_SHOWN:
        yield _large(name, nonzero, shape, origin)
    elif len(shape) <= 2:
        yield from _matrix(f"{name} = ", nested, len(shape))
    else:
        for lead in product(*map(range, shape[:-2])):
            at = ", ".join(str(index + origin) for index in lead)
            yield from _matrix(f"{name}[{at}, :, :] = ", entry_at(nested, lead), 2)


def tensor_latex(name: str, nested: Nested, shape: Indices, origin: int) -> Iterator[str]:
    """The same in LaTeX, a formula for each line; the name is in LaTeX."""
    entries = _entries(nested, shape)
    nonzero = {at: entry for at, entry in entries.items() if entry}
    if not entries:
        yield rf"{name} \text{{ has no entries}}"
    elif len(entries) > MOST_SHOWN:
        yield _large_latex(name, nonzero, shape, origin)
    elif len(shape) <= 2:
        yield f"{name} = {_matrix_latex(nested, len(shape))}"
    else:
        for lead in product(*map(range, shape[:-2])):
            places = [*(str(index + origin) for index in lead), LATEX.any_index, LATEX.any_index]
            yield f"{LATEX.read(name, places)} = {_matrix_latex(entry_at(nested, lead), 2)}"


def _entries(nested: Nested, shape: Indices) -> dict[Indices, Fraction]:
    return {at: entry_at(nested, at) for at in product(*map(range, shape))}


def entry_at(nested: Nested, at: Indices) -> Nested:
    """The part of nested tuples at these places."""
    for index in at:
        nested = nested[index]
    return nested


def _large(name: str, nonzero: dict[Indices, Fraction], shape: Indices, origin: int) -> str:
    if len(nonzero) > FEW:
        return f"{name} has {' x '.join(map(str, shape))} entries, too many to show"
    shown = (f"{name}[{', '.join(str(i + origin) for i in at)}] = {entry}" for at, entry in nonzero.items())
    return f"{name} is 0 but for {', '.join(shown)}" if nonzero else f"{name} is 0"


def _matrix(label: str, nested: Nested, rank: int) -> Iterator[str]:
    if rank == 0:
        yield f"{label}{nested}"
        return
    rows = [[str(entry) for entry in row] for row in (nested if rank == 2 else [nested])]
    width = max(len(entry) for row in rows for entry in row)
    for row in rows:
        yield f"{label}[{' '.join(entry.rjust(width) for entry in row)}]"
        label = " " * len(label)


def _large_latex(name: str, nonzero: dict[Indices, Fraction], shape: Indices, origin: int) -> str:
    if len(nonzero) > FEW:
        extents = r" \times ".join(map(str, shape))
        return rf"{name} \text{{ has }} {extents} \text{{ entries, too many to show}}"
    shown = (
        f"{LATEX.read(name, [str(i + origin) for i in at])} = {latex_number(str(entry))}"
        for at, entry in nonzero.items()
    )
    return f"{name} = 0" + (rf" \text{{ but for }} {LATEX.listed(list(shown))}" if nonzero else "")


def _matrix_latex(nested: Nested, rank: int) -> str:
    if rank == 0:
        return latex_number(str(nested))
    return LATEX.matrix([[latex_number(str(entry)) for entry in row] for row in (nested if rank == 2 else [nested])])
