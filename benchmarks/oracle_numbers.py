"""Numbers with infinitely small parts, by which derivatives are computed; the kernel's tests have them too."""

import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "helpers"))

from duals import Dual
from germs import Germ, TooComplex, derivative

__all__ = ["Dual", "Germ", "TooComplex", "check_length", "derivative"]

MOST_BITS = 4000


def check_length(number: Any) -> None:
    """Return for a number of moderate length; raise `TooComplex` for one that is so long that its powers take for ever,
    as those do that a polynomial makes of each other, layer after layer."""
    if isinstance(number, Dual):
        check_length(number.value)
        check_length(number.slope)
    elif isinstance(number, Germ):
        for each in (*number.numerator, *number.denominator):
            check_length(each)
    elif isinstance(number, (int, Fraction)) and _bits(number) > MOST_BITS:
        raise TooComplex


def _bits(number: int | Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())
