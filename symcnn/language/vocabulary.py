"""What SymPy's own symbols, floats and indexed bases must be to be read as sizes, decimals and tensors."""

from __future__ import annotations

from sympy import Float, Indexed, IndexedBase, Symbol

from ..errors import LanguageError, ShapeError
from .tensors import Tensor
from .text import plain

PLAIN = Symbol("plain", integer=True).assumptions0
_BASES = (IndexedBase("x").assumptions0, IndexedBase("x", real=True).assumptions0)


def check_decimal(number: Float) -> None:
    """Return if a float is the decimal that it shows; raise `LanguageError` for 0.1 + 0.2, or 17 digits."""
    if Float(str(number), precision=number._prec) != number:
        raise LanguageError(
            f"{number} stands for a float with more digits, such as float arithmetic gives: write a Rational,"
            " or compute with exact numbers"
        )


def check_plain(symbol: Symbol, instead: str) -> None:
    """Return if a symbol is declared as integer and nothing else; raise `LanguageError` otherwise."""
    if symbol.assumptions0 != PLAIN:
        raise LanguageError(
            f"{symbol.name} is declared with other assumptions than integer: make it with sizes({symbol.name!r});"
            f" {instead}"
        )


def tensor_of(expression: Indexed) -> Tensor:
    """The leaf that SymPy's `IndexedBase("X", shape=(m, n))[i, j]` reads.

    Raises `LanguageError` if its shape is unknown or assumptions are made of it, `ShapeError` for other indices.
    """
    if expression.base.shape is None:
        raise LanguageError(f"{plain(expression)} reads {expression.base} of unknown shape: use Tensor(name, shape)")
    if len(expression.indices) != len(expression.base.shape):
        raise ShapeError(f"{plain(expression)} does not have {len(expression.base.shape)} indices")
    if expression.base.assumptions0 not in _BASES:
        raise LanguageError(f"{expression.base} is declared with assumptions on its entries: use Tensor(name, shape)")
    return Tensor(str(expression.base), tuple(expression.base.shape))
