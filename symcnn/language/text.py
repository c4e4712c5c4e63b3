"""SymPy expressions in messages: an index is shown by its letter, without the underscore of SymPy's Dummy."""

from __future__ import annotations

from typing import Any

from sympy import Dummy
from sympy.printing.str import StrPrinter


class _Plain(StrPrinter):
    def _print_Dummy(self, symbol: Dummy) -> str:
        return str(symbol.name)


def plain(expression: Any) -> str:
    """The expression as a reader would write it."""
    return str(_Plain().doprint(expression))
