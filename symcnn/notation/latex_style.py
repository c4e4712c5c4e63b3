"""How the parts of a formula are written in LaTeX with amsmath and amssymb."""

from __future__ import annotations

from collections.abc import Sequence

from ..kernel.functions import KNOWN
from .names import latex_function, latex_name, latex_text, verbatim_name
from .styles import Style

#: columns of a matrix that LaTeX's bmatrix has
_MOST_COLUMNS = 10
#: what would seem to be applied to what stands before it in parentheses, or to belong to it
_APPLIED = ("(", r"\Bigl(", r"\biggl(", r"\nabla", r"\frac", r"\operatorname")


class Latex(Style):
    """LaTeX with amsmath and amssymb."""

    def inline(self, formula: str) -> str:
        return f"${formula}$"

    def name(self, text: str) -> str:
        return verbatim_name(text) if text in self.verbatim else latex_name(text)

    def read(self, tensor: str, indices: list[str]) -> str:
        bare = tensor.rstrip("'")
        if indices and not bare.endswith(")") and (bare != tensor or (bare.endswith("}") and "_{" in bare)):
            tensor = f"({tensor})"
        return f"{tensor}_{{{','.join(indices)}}}" if indices else tensor

    def layer(self, tensor: str, layers: list[str]) -> str:
        return self.read(tensor, layers)

    def function(self, name: str) -> str:
        return latex_function(name) if name.rstrip("'") in KNOWN else super().function(name)

    def sum(self, letter: str, lower: str, upper: str) -> str:
        return rf"\sum_{{{letter}={lower}}}^{{{upper}}} "

    def maximum(self, limits: str, conditions: list[str]) -> str:
        if not conditions:
            return rf"\max_{{{limits}}} "
        rows = r" \\ ".join([limits, *conditions])
        return rf"\max_{{\substack{{{rows}}}}} "

    def exists(self, limits: str, condition: str) -> str:
        return rf"{condition} \text{{ for some }} {limits}"

    def derivative(self, of: str, by: str) -> str:
        return rf"\frac{{\partial {of}}}{{\partial {by}}}"

    def differentiate(self, by: str) -> str:
        return rf"\frac{{\partial}}{{\partial {by}}} "

    def at_point(self, inside: str, point: str) -> str:
        return rf"\left. {inside} \right|_{{{point}}}"

    def listed(self, formulas: Sequence[str]) -> str:
        return r",\ ".join(formulas)

    def gradient(self, function: str, point: str) -> str:
        return rf"\nabla {function}{self.group(point)}"

    def cases(self, value: str, condition: str) -> str:
        return rf"\begin{{cases}} {value} & \text{{if }} {condition}, \\ 0 & \text{{otherwise}} \end{{cases}}"

    def product(self, factors: Sequence[str]) -> str:
        text = ""
        for before, factor in zip(("", *factors), factors, strict=False):
            apart = _is_word(before) or _is_word(factor) or (before.endswith(")") and factor.startswith(_APPLIED))
            text += (r" \, " if apart else self.times) if text else ""
            text += factor
        return text

    def fraction(self, numerator: str, denominator: str) -> str:
        return rf"\frac{{{numerator}}}{{{denominator}}}"

    def power(self, base: str, exponent: int) -> str:
        return f"{base}^{{{exponent}}}"

    def floor(self, inside: str) -> str:
        return rf"\left\lfloor {inside} \right\rfloor"

    def larger(self, inside: str) -> str:
        return rf"\max({inside})"

    def smaller(self, inside: str) -> str:
        return rf"\min({inside})"

    def group(self, inside: str) -> str:
        if r"\sum" in inside or r"\biggl" in inside:
            return rf"\biggl({inside}\biggr)"
        tall = any(sign in inside for sign in (r"\frac", r"\max_", r"\Bigl"))
        return rf"\Bigl({inside}\Bigr)" if tall else f"({inside})"

    def bracket(self, inside: str) -> str:
        return rf"\left[{inside}\right]"

    def operator(self, name: str, arguments: list[str], settings: list[tuple[str, str]]) -> str:
        shown = r",\ ".join(rf"\text{{{latex_text(key)} }}{value}" for key, value in settings)
        inside = ", ".join(arguments) + (rf";\ {shown}" if shown else "")
        return rf"\operatorname{{{latex_text(name)}}}({inside})"

    def transpose(self, inside: str) -> str:
        return rf"{inside}^{{\top}}"

    def matrix(self, rows: list[list[str]]) -> str:
        body = r" \\ ".join(" & ".join(row) for row in rows)
        columns = max(map(len, rows), default=0)
        if columns > _MOST_COLUMNS:
            return rf"\left[\begin{{array}}{{*{{{columns}}}{{c}}}} {body} \end{{array}}\right]"
        return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"

    def space(self, tensor: str, extents: list[str]) -> str:
        return rf"{tensor} \in {self.reals(extents)}"

    def reals(self, extents: list[str]) -> str:
        shape = r" \times ".join(extents)
        return rf"\mathbb{{R}}^{{{shape}}}" if extents else r"\mathbb{R}"

    def every(self, names: str) -> str:
        return rf"\text{{every }} {names}"

    def under(self, condition: str) -> str:
        return rf" \text{{ for }} {condition}"

    def map(self, function: str, space: str) -> str:
        return rf"{function} : {space} \to \mathbb{{R}}"

    @property
    def any_index(self) -> str:
        return r"\cdot"


def _is_word(factor: str) -> bool:
    """Whether a factor is or begins with a name of several letters, which needs some space around it."""
    return factor.startswith((r"\mathit", r"\text"))


LATEX = Latex(
    minus="-",
    times=" ",
    entrywise=r" \odot ",
    at_most=r" \le ",
    at_least=r" \ge ",
    less=" < ",
    equals=" = ",
    not_equal=r" \ne ",
    conjunction=r" \text{ and } ",
    disjunction=r" \text{ or } ",
    true=r"\text{true}",
    false=r"\text{false}",
    no=r"\text{not }",
    divides=r" \mid ",
    not_divides=r" \nmid ",
    separator=r",\quad ",
    slashes=False,
)
