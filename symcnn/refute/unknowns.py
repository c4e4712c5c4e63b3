"""Numbers that are not known yet: polynomials in entries of tensors, and what a term is if some entries are such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..kernel import Definition, Leaf, Rejected, Term, terms
from ..kernel.polynomial import Polynomial, constant, plus, times
from ..kernel.polynomial import atom as atom_of
from .evaluation import Evaluation
from .instance import Indices, Instance


@dataclass(frozen=True, slots=True)
class Unknown:
    """A polynomial in entries, which are terms. It can be added and multiplied, and that is all."""

    polynomial: Polynomial

    def __add__(self, other: Any) -> Unknown:
        return Unknown(plus(self.polynomial, polynomial_of(other)))

    def __mul__(self, other: Any) -> Unknown:
        return Unknown(times(self.polynomial, polynomial_of(other)))

    __radd__ = __add__
    __rmul__ = __mul__


def polynomial_of(number: Any) -> Polynomial:
    """The polynomial of an unknown, or of a rational number. Raises `Rejected` for a number of another kind."""
    if isinstance(number, Unknown):
        return number.polynomial
    if isinstance(number, (int, Fraction)):
        return constant(number)
    raise Rejected(f"{number!r} is no polynomial")


class WithUnknowns(Evaluation):
    """The values of terms at an instance, of which some tensors have entries that are unknown."""

    def __init__(self, instance: Instance, unknown: frozenset[str], deadline: float = float("inf")) -> None:
        super().__init__(instance, deadline)
        self.unknown = unknown

    def polynomial(self, term: Term, names: Mapping[str, int]) -> Polynomial:
        """The term as a polynomial in the unknown entries.

        Raises `Rejected` if it is none, and what the evaluation of a known term raises.
        """
        try:
            return polynomial_of(self.of(term, {**self.instance.sizes, **names}, ()))
        except TypeError as error:  # a function, a maximum or a comparison met an unknown: these take numbers only
            raise Rejected(f"{term!r} is no polynomial in what is unknown") from error

    def _read(self, tensor: Leaf | Definition, at: Indices) -> Any:
        if isinstance(tensor, Leaf) and tensor.name not in self.unknown:
            return super()._read(tensor, at)
        self._look_at_the_clock()
        self._check_range(tensor, at)
        if isinstance(tensor, Leaf):
            return Unknown(atom_of(terms.entry(tensor.name, *map(terms.integer, at))))
        names = {**self.instance.sizes, **dict(zip(tensor.indices, at, strict=True))}
        return self.of(tensor.body, names, ())
