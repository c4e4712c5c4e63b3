"""Matrices with dots: what is compared are the entries that are shown."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Ge, Integer
from sympy.logic.boolalg import Boolean

from ..errors import LanguageError, ShapeError
from ..language.tensors import Entry, Tensor
from ..layers.calculus import row
from .grammar import in_brackets
from .meaning import Meaning
from .syntax import Dots, Matrix, Node
from .values import Row, Scalar, Value, described
from .written import latex

Cells = dict[tuple[int, int], Node]


def is_shown(node: Node) -> bool:
    """Whether this is a matrix with dots whose shown entries are not all equal."""
    matrix = in_brackets(node)
    if not isinstance(matrix, Matrix):
        return False
    cells = [cell for cells in matrix.rows for cell in cells if cell is not None]
    solid = {cell for cell in cells if not isinstance(cell, Dots)}
    return any(isinstance(cell, Dots) for cell in cells) and (len(solid) != 1 or not _is_full(matrix))


def _is_full(matrix: Matrix) -> bool:
    return all(None not in cells for cells in matrix.rows) and len(matrix.rows) > 1 and len(matrix.rows[0]) > 1


def shown_cells(matrix: Matrix) -> Cells:
    """The entries whose place is certain: those before the first dots of their row, in rows before the first dots.

    Raises `LanguageError` if there are others, which nothing would be said of.
    """
    found = _certain(matrix)
    every = [cell for cells in matrix.rows for cell in cells if cell is not None and not isinstance(cell, Dots)]
    if len(found) < len(every):
        raise LanguageError("the matrix has entries behind dots, whose places are not certain: it is not read")
    return found


def _certain(matrix: Matrix) -> Cells:
    found: Cells = {}
    for number, cells in enumerate(matrix.rows):
        if all(cell is None or isinstance(cell, Dots) for cell in cells) or isinstance(cells[0], Dots):
            break
        for position, cell in enumerate(cells):
            if cell is None or isinstance(cell, Dots):
                break
            found[number, position] = cell
    return found


def shown_block(meaning: Meaning, left: Node, right: Node) -> tuple[Tensor, Tensor, tuple[Boolean, ...]]:
    """The upper left block of both sides that a matrix with dots shows, and that the matrices are as large.

    Raises `ShapeError` where a side is no matrix, or a shown entry no number.
    """
    sides = (left, right)
    cells = [_cells(side) for side in sides]
    every = [position for each in cells if each is not None for position in each]
    if not every:
        raise LanguageError("the matrix shows no entry whose place is certain")
    rows, columns = (1 + max(position[axis] for position in every) for axis in (0, 1))
    places = [(p, q) for p in range(rows) for q in range(columns)]
    made = [_entries(meaning, side, each, places) for side, each in zip(sides, cells, strict=True)]
    compared = [place for place in places if all(place in each for each in made)]
    if not compared:
        raise LanguageError("the two sides show no entry in common")
    zero = Integer(0)
    blocks = (
        [[each[p, q] if (p, q) in compared else zero for q in range(columns)] for p in range(rows)] for each in made
    )
    one, other = (Tensor.of(block, origin=meaning.world.origin) for block in blocks)
    read = [each[place] for each in made for place in compared]
    return one, other, tuple(dict.fromkeys(need for expression in read for need in _as_large(expression)))


def _as_large(expression: Expr) -> Iterator[Boolean]:
    """That the tensors have the entries that are read of them at literal indices"""
    for entry in expression.atoms(Entry):
        tensor, layers = entry.tensor, len(entry.tensor.layers)
        at = dict(zip(tensor.layers, entry.indices, strict=False))
        for extent, index in zip(tensor.shape, entry.indices[layers:], strict=True):
            count = index - tensor.origin + 1
            if count.is_Integer and count > 1 and not extent.is_Integer:
                yield Ge(extent.xreplace(at), count)


def _cells(side: Node) -> Cells | None:
    matrix = in_brackets(side)
    return shown_cells(matrix) if isinstance(matrix, Matrix) and is_shown(side) else None


def _entries(
    meaning: Meaning, side: Node, cells: Cells | None, places: list[tuple[int, int]]
) -> dict[tuple[int, int], Expr]:
    origin = meaning.world.origin
    if cells is not None:
        return {place: _cell(meaning, cell, place) for place, cell in cells.items()}
    value = meaning.value(side)
    whole = row(value.vector) if isinstance(value, Row) else value
    if not isinstance(whole, Tensor) or whole.rank != 2:
        raise ShapeError(f"{latex(side)} is {described(value)}, and the other side is a matrix")
    return {(p, q): whole[p + origin, q + origin] for p, q in places}


def _cell(meaning: Meaning, cell: Node, place: tuple[int, int]) -> Expr:
    """A shown entry. A vector on the diagonal stands for its entry of that number"""
    value: Value = meaning.value(cell)
    if isinstance(value, Scalar):
        return value.expression
    number = place[0] + meaning.world.origin
    if isinstance(value, Tensor) and value.rank == 1 and place[0] == place[1]:
        return value[number]
    row_, column = (each + 1 for each in place)
    raise ShapeError(
        f"the entry {row_}, {column} of the matrix, {latex(cell)}, is {described(value)}, and should be a number"
    )
