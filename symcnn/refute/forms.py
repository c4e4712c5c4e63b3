"""Functions of whole tensors with exact values: polynomials in the entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from ..notation import LATEX
from .formulas import latex_call, latex_sum
from .jets import Number
from .polynomials import combined

Weights = tuple[int, ...]


@dataclass(frozen=True)
class Form:
    """sum of linear[k] u_k + squares[k] u_k^2 + products[k] u_k u_(k+1), where u_0, u_1, ... are the entries in order.

    Where there are more entries than weights, these repeat.
    """

    linear: Weights
    squares: Weights = (0,)
    products: Weights = (0,)

    def __call__(self, entries: Sequence[Number]) -> Number:
        result: Number = Fraction(0)
        for weight, factors in self._terms(len(entries)):
            term: Number = Fraction(weight)
            for place in factors:
                term = term * entries[place]
            result = result + term
        return result

    def _terms(self, count: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """(weight, positions of the factors), for this number of entries"""
        for k in range(count):
            places = ((k,), (k, k), (k, k + 1) if k + 1 < count else ())
            for weights, factors in zip((self.linear, self.squares, self.products), places, strict=True):
                if weights[k % len(weights)] and factors:
                    yield weights[k % len(weights)], factors

    def written(self, name: str, indices: Sequence[tuple[int, ...]]) -> str:
        """The function as a formula, of the tensors that have these indices."""
        entries = [f"u[{', '.join(map(str, at))}]" if at else "u" for at in indices]
        return f"{name}(u) = {combined(self._summands(entries, lambda entry: f'{entry}^2'))}"

    def latex(self, name: str, indices: Sequence[tuple[int, ...]]) -> str:
        """The function as a formula in LaTeX, of the tensors that have these indices."""
        entries = [LATEX.read("u", list(map(str, at))) for at in indices]
        return f"{latex_call(name, 'u')} = {latex_sum(self._summands(entries, lambda entry: LATEX.power(entry, 2)))}"

    def _summands(self, entries: Sequence[str], square: Callable[[str], str]) -> list[tuple[Fraction, str]]:
        """Weights, each with what is written of the factors"""
        products = ((weight, [entries[k] for k in factors]) for weight, factors in self._terms(len(entries)))
        return [
            (Fraction(weight), square(first) if rest == [first] else " ".join((first, *rest)))
            for weight, (first, *rest) in products
        ]

    def described(self, name: str) -> str:
        """The function in words, whatever the tensors are."""
        named = {"u_k": self.linear, "u_k^2": self.squares, "u_k u_(k+1)": self.products}
        sums = (f"sum {list(weights)}[k] {what}" for what, weights in named.items() if any(weights))
        return f"{name}(u) = {' + '.join(sums) or '0'}, where k counts the entries and weights repeat"

    def described_latex(self, name: str) -> str:
        """The function in words, in LaTeX, whatever the tensors are."""
        named = {"entries": self.linear, "squares": self.squares, "products of neighbours": self.products}
        sums = (
            f"the sum of the {what} with the weights {', '.join(map(str, weights))} in turn"
            for what, weights in named.items()
            if any(weights)
        )
        words = ", and ".join(sums)
        return f"{latex_call(name, 'u')} = " + (rf"\text{{{words}}}" if words else "0")


#: simple ones, the simplest first
SIMPLE = (
    Form((1, 2, 3, 4, 5, 6, 7)),
    Form((0,), (1, 2, 3, 4, 5, 6, 7)),
    Form((1, 2, 3, 4, 5, 6, 7), (1,)),
    Form((0,), (0,), (1,)),
    Form((1,), (0,), (1, 2, 3)),
)


def random_form(generator: Random) -> Form:
    """One of the simple ones, or one with small random weights."""
    if generator.random() < 0.5:
        return generator.choice(SIMPLE)
    linear, squares, products = (tuple(generator.randint(-2, 3) for _ in range(7)) for _ in range(3))
    return Form(linear, squares, products)
