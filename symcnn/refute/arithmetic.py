"""The exact values of sums, products, brackets and conditions, from those of their parts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import prod
from time import thread_time
from typing import Any

from ..kernel import Rejected, Term
from ..kernel.terms import rank_of
from .instance import Indices
from .intervals import Unclear, sign
from .jets import Meaningless, compared, inverted, largest, raised, standard

Names = Mapping[str, int]
Bound = tuple[Any, ...]  # integers and entries, the nearest binder first
MOST = 100_000  # summands, entries of a maximum or of a tensor


class OutOfTime(Rejected):
    """There is no time left for this value."""


def meant(condition: bool, otherwise: str) -> None:
    """Raises `Meaningless` where the value comes from a convention."""
    if not condition:
        raise Meaningless(otherwise)


class Arithmetic(ABC):
    """What the values of terms are, if `of` gives those of their parts."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline

    @abstractmethod
    def of(self, term: Term, names: Names, bound: Bound) -> Any:
        """The value of a term of any sort: an integer, a number or a truth value."""

    def _all(self, terms: tuple[Term, ...], names: Names, bound: Bound) -> list[Any]:
        return [self.of(term, names, bound) for term in terms]

    def _look_at_the_clock(self) -> None:
        if thread_time() > self.deadline:
            raise OutOfTime("no time is left")

    # Arithmetic

    def literal(self, term: Term, names: Names, bound: Bound) -> Any:
        return term.value

    def variable(self, term: Term, names: Names, bound: Bound) -> Any:
        return names[str(term.value)]

    def bound(self, term: Term, names: Names, bound: Bound) -> Any:
        return bound[int(str(term.value))]

    def as_real(self, term: Term, names: Names, bound: Bound) -> Any:
        return Fraction(self.of(term.args[0], names, bound))

    def add(self, term: Term, names: Names, bound: Bound) -> Any:
        return sum(self._all(term.args, names, bound))

    def multiply(self, term: Term, names: Names, bound: Bound) -> Any:
        """The other factors do not matter where one is a bracket that is 0."""
        brackets = [child for child in term.args if child.head == "bracket"]
        if any(self._is_zero(child, names, bound) for child in brackets):
            return Fraction(0)
        return prod(self._all(term.args, names, bound))

    def _is_zero(self, bracket: Term, names: Names, bound: Bound) -> bool:
        try:
            return not self.of(bracket.args[0], names, bound)
        except (Meaningless, Unclear):
            return False

    def power(self, term: Term, names: Names, bound: Bound) -> Any:
        base = self.of(term.args[0], names, bound)
        return base ** int(str(term.value)) if isinstance(base, int) else raised(base, int(str(term.value)))

    def inverse(self, term: Term, names: Names, bound: Bound) -> Any:
        base = self.of(term.args[0], names, bound)
        nonzero = sign(standard(base)) != 0
        meant(nonzero, "a division by 0")
        return inverted(base) if nonzero else Fraction(0)

    def floor(self, term: Term, names: Names, bound: Bound) -> Any:
        above, below = self._all(term.args, names, bound)
        meant(below >= 1, "a divisor below 1")
        return above // below if below else 0

    def larger(self, term: Term, names: Names, bound: Bound) -> Any:
        found = self._all(term.args, names, bound)
        return max(found) if isinstance(found[0], int) else largest(found)

    def bracket(self, term: Term, names: Names, bound: Bound) -> Any:
        return Fraction(bool(self.of(term.args[0], names, bound)))

    def sum(self, term: Term, names: Names, bound: Bound) -> Any:
        lower, upper, body = term.args
        first, last = self._all((lower, upper), names, bound)
        meant(last >= first - 1, "a sum that ends before it starts")
        self._check_length(last - first)
        return sum((self.of(body, names, (k, *bound)) for k in range(first, last + 1)), Fraction(0))

    def _check_length(self, length: int) -> None:
        self._look_at_the_clock()
        if length > MOST:
            raise Rejected(f"there are more than {MOST} of them")

    # Conditions

    def conjunction(self, term: Term, names: Names, bound: Bound) -> Any:
        return all(self._all(term.args, names, bound))

    def disjunction(self, term: Term, names: Names, bound: Bound) -> Any:
        return any(self._all(term.args, names, bound))

    def negation(self, term: Term, names: Names, bound: Bound) -> Any:
        return not self.of(term.args[0], names, bound)

    def at_most(self, term: Term, names: Names, bound: Bound) -> Any:
        return self._difference(term, names, bound) <= 0

    def less(self, term: Term, names: Names, bound: Bound) -> Any:
        return self._difference(term, names, bound) < 0

    def equal(self, term: Term, names: Names, bound: Bound) -> Any:
        return self._difference(term, names, bound) == 0

    def nonzero(self, term: Term, names: Names, bound: Bound) -> Any:
        return compared(self.of(term.args[0], names, bound), Fraction(0)) != 0

    def _difference(self, term: Term, names: Names, bound: Bound) -> Any:
        left, right = self._all(term.args, names, bound)
        return left - right if isinstance(left, int) else compared(left, right)

    def exists(self, term: Term, names: Names, bound: Bound) -> Any:
        return any(self.of(term.args[-1], names, at) for at in self._inside(term, names, bound))

    def _ranges(self, term: Term, names: Names, bound: Bound) -> list[Indices]:
        limits = self._all(term.args[: 2 * rank_of(term)], names, bound)
        ranges = [range(lower, upper + 1) for lower, upper in zip(limits[::2], limits[1::2], strict=True)]
        self._check_length(prod(map(len, ranges)))
        return list(product(*ranges))

    def _inside(self, term: Term, names: Names, bound: Bound) -> list[Bound]:
        return [(*reversed(at), *bound) for at in self._ranges(term, names, bound)]
