"""Tensors of given numbers: a row, a matrix, or matrices one by one."""

from __future__ import annotations

from itertools import product
from typing import Any

from ..language.symbols import as_scalar
from ..language.tensors import Tensor
from .naming import Naming


def literal_formulas(tensor: Tensor, naming: Naming, origin: int) -> tuple[str, ...]:
    """What the entries of a literal tensor are, with indices from `origin`: one formula for each matrix in it.

    Matrices of one entry are written as entries in one formula, those that are 0 left out.
    """
    name, style = naming.of(tensor), naming.style
    if tensor.rank == 0:
        return (f"{name}{style.equals}{_entry(tensor.literal, naming)}",)
    if tensor.rank in (1, 2):
        return (f"{name}{style.equals}{entries_formula(tensor, naming)}",)
    leading = [range(int(extent)) for extent in tensor.shape[:-2]]
    single = tensor.shape[-2:] == (1, 1)
    formulas: list[str] = []
    for position in product(*leading):
        rows = tensor.literal
        for number in position:
            rows = rows[number]
        places = [str(number + origin) for number in position]
        if not single:
            read = style.read(name, [*places, style.any_index, style.any_index])
            formulas.append(f"{read}{style.equals}{_matrix(rows, naming)}")
        elif as_scalar(rows[0][0], "an entry") != 0:
            read = style.read(name, [*places, str(origin), str(origin)])
            formulas.append(f"{read}{style.equals}{_entry(rows[0][0], naming)}")
    return (style.separator.join(formulas),) if single else tuple(formulas)


def entries_formula(tensor: Tensor, naming: Naming) -> str:
    """The entries of a vector or a matrix."""
    if tensor.rank == 1:
        return naming.style.vector(_row(tensor.literal, naming))
    return _matrix(tensor.literal, naming)


def has_entries_left_out(tensor: Tensor) -> bool:
    """Whether `literal_formulas` leaves out entries, which are 0."""
    return tensor.shape[2:] != () and tensor.shape[-2:] == (1, 1) and any(v == 0 for _, v in tensor.literal_entries())


def _matrix(rows: Any, naming: Naming) -> str:
    return naming.style.matrix([_row(row, naming) for row in rows])


def _row(row: Any, naming: Naming) -> list[str]:
    return [_entry(value, naming) for value in row]


def _entry(value: Any, naming: Naming) -> str:
    return naming.expression(as_scalar(value, "an entry"))
