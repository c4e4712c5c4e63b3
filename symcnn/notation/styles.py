"""How the parts of a formula are written: in LaTeX, and in plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """The signs of one way of writing. Names in `verbatim` would look like others and are written letter by letter."""

    minus: str
    times: str
    entrywise: str
    at_most: str
    at_least: str
    less: str
    equals: str
    not_equal: str
    conjunction: str
    disjunction: str
    true: str
    false: str
    no: str
    divides: str
    not_divides: str
    separator: str
    slashes: bool  # fractions stand in the line
    verbatim: frozenset[str] = frozenset()

    def inline(self, formula: str) -> str:
        """A formula within a text."""
        return formula

    def name(self, text: str) -> str:
        """A name of a variable or tensor."""
        return text

    def read(self, tensor: str, indices: list[str]) -> str:
        """An entry of a tensor."""
        return f"{tensor}[{', '.join(indices)}]" if indices else tensor

    def layer(self, tensor: str, layers: list[str]) -> str:
        """The tensor of one layer."""
        return f"{tensor}[{', '.join(layers)}]"

    def function(self, name: str) -> str:
        """A function of a real; its derivatives have primes."""
        bare = name.rstrip("'")
        return self.name(bare) + name[len(bare) :]

    def call(self, function: str, argument: str) -> str:
        """The value of a function."""
        return f"{function}{self.group(argument)}"

    def sum(self, letter: str, lower: str, upper: str) -> str:
        """The sign of a sum."""
        return f"Σ_{{{letter}={lower}..{upper}}} "

    def maximum(self, limits: str, conditions: list[str]) -> str:
        """The sign of a maximum over indices within limits, perhaps under conditions."""
        return f"max_{{{'; '.join([limits, *([' and '.join(conditions)] if conditions else [])])}}} "

    def exists(self, limits: str, condition: str) -> str:
        """That there are indices within limits for which a condition holds."""
        return f"for some {limits}: {condition}"

    def derivative(self, of: str, by: str) -> str:
        """The derivative of what has a short name."""
        return f"∂{of}/∂{by}"

    def differentiate(self, by: str) -> str:
        """The sign before what is differentiated."""
        return f"∂/∂{by} "

    def gradient(self, function: str, point: str) -> str:
        """The column of all derivatives of a function of a tensor, at a tensor."""
        return f"∇{function}({point})"

    def at_point(self, inside: str, point: str) -> str:
        """A formula at a value of a tensor in it."""
        return f"{inside} at {point}"

    def listed(self, formulas: Sequence[str]) -> str:
        """Several formulas."""
        return ", ".join(formulas)

    def family(self, entry: str, limits: str) -> str:
        """The tensor that has these entries."""
        return f"{self.group(entry)}_{{{limits}}}"

    def cases(self, value: str, condition: str) -> str:
        """The value where a condition holds, 0 otherwise."""
        return f"{value} if {condition}, 0 otherwise"

    def product(self, factors: Sequence[str]) -> str:
        """Factors beside each other."""
        return self.times.join(factors)

    def fraction(self, numerator: str, denominator: str) -> str:
        """A fraction; a style with slashes gets parts that need no more parentheses."""
        return f"{numerator}/{denominator}"

    def power(self, base: str, exponent: int) -> str:
        """A power."""
        return f"{base}^{exponent}"

    def floor(self, inside: str) -> str:
        """The greatest integer below."""
        return f"⌊{inside}⌋"

    def larger(self, inside: str) -> str:
        """The largest of several integers."""
        return f"max({inside})"

    def smaller(self, inside: str) -> str:
        """The smallest of several integers."""
        return f"min({inside})"

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

    def vector(self, entries: list[str]) -> str:
        """A tensor of numbers with one index."""
        return f"({', '.join(entries)})"

    def matrix(self, rows: list[list[str]]) -> str:
        """A matrix of numbers."""
        return f"[{', '.join('[' + ', '.join(row) + ']' for row in rows)}]"

    def space(self, tensor: str, extents: list[str]) -> str:
        """A tensor and the space it is in."""
        if len(extents) < 2:
            return f"{tensor} has {extents[0]} entries" if extents else f"{tensor} is a number"
        return f"{tensor} is {' x '.join(extents)}"

    @property
    def greater(self) -> str:
        """The sign of a strict order, turned around."""
        return " > "

    def every(self, names: str) -> str:
        """That something holds for all tensors of these names."""
        return f"every {names}"

    def under(self, condition: str) -> str:
        """Where a formula holds."""
        return f" for {condition}"

    def reals(self, extents: list[str]) -> str:
        """The real numbers, or the tensors with these extents."""
        return f"R^({' x '.join(extents)})" if extents else "R"

    def map(self, function: str, space: str) -> str:
        """A real function on a space."""
        return f"{function}: {space} -> R"

    @property
    def any_index(self) -> str:
        """What stands for an index that runs."""
        return ":"


PLAIN = Style(
    minus="-",
    times=" ",
    entrywise=" ⊙ ",
    at_most=" <= ",
    at_least=" >= ",
    less=" < ",
    equals=" = ",
    not_equal=" != ",
    conjunction=" and ",
    disjunction=" or ",
    true="true",
    false="false",
    no="not ",
    divides=" | ",
    not_divides=" ∤ ",
    separator=", ",
    slashes=True,
)
