"""Formulas and numbers of a counterexample in LaTeX. Words stand in text boxes that need no commands, since notebooks
run none there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from ..notation import LATEX
from .polynomials import Polynomial, combined

_FRACTION = re.compile(r"([0-9]+)/([0-9]+)")
_POWER_OF_TEN = re.compile(r" \* 10\^(-?[0-9]+)")


def latex_number(shown: str) -> str:
    """A fraction or a decimal, with or without a power of 10, as `decimals` writes it."""
    shown = _FRACTION.sub(r"\\tfrac{\1}{\2}", shown).replace("...", r"\ldots")
    return _POWER_OF_TEN.sub(r" \\cdot 10^{\1}", shown)


def latex_value(shown: str) -> str:
    """A number, or the two between which it is, as `decimals` writes them."""
    low, _, high = shown.removeprefix("between ").partition(" and ")
    if not high:
        return latex_number(low)
    return rf"\text{{between }} {latex_number(low)} \text{{ and }} {latex_number(high)}"


def latex_sum(summands: Iterable[tuple[Fraction, str]]) -> str:
    """The sum of multiples of formulas, of 1 where a formula is empty."""
    return latex_number(combined(list(summands)))


def latex_polynomial(piece: Polynomial) -> str:
    """The polynomial in x, the highest power first."""
    powers = ("", "x", *(LATEX.power("x", power) for power in range(2, len(piece))))
    return latex_sum(reversed(list(zip(piece, powers, strict=False))))


def latex_pieces(pieces: Sequence[tuple[str, tuple[Fraction | None, Fraction | None]]]) -> str:
    """Formulas in x, each with the ends of the interval in which it holds, the first of which belongs to it."""
    if len(pieces) == 1:
        return pieces[0][0]
    rows = r" \\ ".join(rf"{formula} & \text{{if }} {_interval(*ends)}" for formula, ends in pieces)
    return rf"\begin{{cases}} {rows} \end{{cases}}"


def _interval(low: Fraction | None, high: Fraction | None) -> str:
    if low is None:
        return f"x < {latex_number(str(high))}"
    start = latex_number(str(low))
    return rf"x \ge {start}" if high is None else rf"{start} \le x < {latex_number(str(high))}"


def latex_call(name: str, argument: str) -> str:
    """A function with its argument; its name as LaTeX has it."""
    return LATEX.call(LATEX.function(name), argument)
