"""How the parts of a formula are written: in LaTeX, and in plain text for a terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass

GREEK = {
    "α": r"\alpha",
    "β": r"\beta",
    "γ": r"\gamma",
    "δ": r"\delta",
    "ε": r"\varepsilon",
    "λ": r"\lambda",
    "μ": r"\mu",
    "ν": r"\nu",
    "ρ": r"\rho",
    "σ": r"\sigma",
    "τ": r"\tau",
    "φ": r"\varphi",
    "ψ": r"\psi",
    "ω": r"\omega",
}
_GREEK_WORDS = {symbol.lstrip("\\") for symbol in GREEK.values()} | {"theta", "eta", "kappa", "pi", "xi", "phi"}
_NAME = re.compile(r"(?P<base>[^\W\d_]+|[^\W\d_]*[^\w'])(?:_?(?P<index>\d+|\w+))?(?P<primes>'*)$")


@dataclass(frozen=True)
class Style:
    """The signs of one way of writing."""

    minus: str
    times: str
    at_most: str
    not_equal: str
    conjunction: str
    disjunction: str
    negation: str
    divides: str
    at_least: str
    separator: str

    def name(self, text: str) -> str:
        """A name of a variable or tensor."""
        return text

    def read(self, tensor: str, indices: list[str]) -> str:
        """An entry of a tensor."""
        return f"{tensor}[{', '.join(indices)}]" if indices else tensor

    def sum(self, letter: str, lower: str, upper: str) -> str:
        """The sign of a sum."""
        return f"Σ_{{{letter}={lower}..{upper}}} "

    def fraction(self, numerator: str, denominator: str, several: bool) -> str:
        """A fraction; `several`: its denominator has more than one factor or term."""
        return f"{numerator}/({denominator})" if several else f"{numerator}/{denominator}"

    def quotient(self, numerator: str, denominator: str) -> str:
        """A quotient in a line of text, for extents."""
        return f"{numerator}/{denominator}"

    def power(self, base: str, exponent: int) -> str:
        """A power."""
        return f"{base}^{exponent}"

    def floor(self, inside: str) -> str:
        """The greatest integer below."""
        return f"⌊{inside}⌋"

    def larger(self, inside: str) -> str:
        """The larger of several integers."""
        return f"max({inside})"

    def group(self, inside: str) -> str:
        """Parentheses."""
        return f"({inside})"

    def bracket(self, inside: str) -> str:
        """Iverson's bracket."""
        return f"[{inside}]"

    def operator(self, name: str, arguments: list[str], settings: list[tuple[str, str]]) -> str:
        """An operator applied to tensors, with its parameters behind a semicolon."""
        shown = ", ".join(f"{key} {value}" for key, value in settings)
        return f"{name}({', '.join(arguments)}{'; ' + shown if shown else ''})"

    def transpose(self, inside: str) -> str:
        """A transposed matrix."""
        return f"{inside}ᵀ"

    def matrix(self, rows: list[list[str]]) -> str:
        """A matrix of numbers."""
        return f"[{', '.join('[' + ', '.join(row) + ']' for row in rows)}]"

    def space(self, tensor: str, extents: list[str]) -> str:
        """A tensor and the space it is in."""
        return f"{tensor} is {' x '.join(extents)}" if extents else f"{tensor} is a number"


class Latex(Style):
    """LaTeX with amsmath and amssymb."""

    def name(self, text: str) -> str:
        text = "".join(GREEK.get(letter, letter) for letter in text)
        if text.startswith("\\"):
            return text
        found = _NAME.match(text)
        if found is None:
            return rf"\mathit{{{_escaped(text)}}}"
        base, index, primes = found.group("base", "index", "primes")
        base = f"\\{base}" if base in _GREEK_WORDS else base if len(base) == 1 else rf"\mathit{{{base}}}"
        return f"{base}_{{{_escaped(index)}}}{primes}" if index else f"{base}{primes}"

    def read(self, tensor: str, indices: list[str]) -> str:
        if "_{" in tensor or tensor.endswith("'"):
            tensor = f"({tensor})"
        return f"{tensor}_{{{','.join(indices)}}}" if indices else tensor

    def sum(self, letter: str, lower: str, upper: str) -> str:
        return rf"\sum_{{{letter}={lower}}}^{{{upper}}} "

    def fraction(self, numerator: str, denominator: str, several: bool) -> str:
        return rf"\frac{{{numerator}}}{{{denominator}}}"

    def power(self, base: str, exponent: int) -> str:
        return f"{base}^{{{exponent}}}"

    def floor(self, inside: str) -> str:
        return rf"\left\lfloor {inside} \right\rfloor"

    def larger(self, inside: str) -> str:
        return rf"\max({inside})"

    def group(self, inside: str) -> str:
        return rf"\left({inside}\right)" if r"\sum" in inside or r"\frac" in inside else f"({inside})"

    def bracket(self, inside: str) -> str:
        return rf"\left[{inside}\right]"

    def operator(self, name: str, arguments: list[str], settings: list[tuple[str, str]]) -> str:
        shown = r",\ ".join(rf"\text{{{_escaped(key)} }}{value}" for key, value in settings)
        inside = ", ".join(arguments) + (rf";\ {shown}" if shown else "")
        return rf"\operatorname{{{_escaped(name)}}}({inside})"

    def transpose(self, inside: str) -> str:
        return rf"{inside}^{{\top}}"

    def matrix(self, rows: list[list[str]]) -> str:
        return r"\begin{bmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{bmatrix}"

    def space(self, tensor: str, extents: list[str]) -> str:
        shape = r" \times ".join(extents)
        return rf"{tensor} \in \mathbb{{R}}^{{{shape}}}" if extents else rf"{tensor} \in \mathbb{{R}}"


def _escaped(text: str) -> str:
    return text.replace("_", r"\_").replace("#", r"\#").replace("&", r"\&").replace("%", r"\%")


LATEX = Latex("-", r" ", r" \le ", r" \ne ", r",\ ", r" \text{ or } ", r"\neg ", r" \mid ", r" \ge ", r",\quad ")
PLAIN = Style("-", " ", " <= ", " != ", " and ", " or ", "not ", " | ", " >= ", ", ")
