"""Values of all that a claim speaks of, and what may keep a value from being computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from oracle_numbers import TooComplex
from oracle_polynomials import NotPolynomial

Number = Any  # an integer, a fraction, a germ or a polynomial
Places = tuple[int, ...]
Tensor = Callable[[Places], Number]
Real = Callable[[Number], Number]
Bound = tuple[Any, ...]  # what the binders around a term stand for, the nearest first
Evaluate = Callable[["World", Bound], Any]


class OutOfTime(Exception):
    """The time for this value is over."""


MOST_WORK = 4000  # sums, ranges and derivatives
#: what may keep a value from being computed
TROUBLES = (OutOfTime, TooComplex, NotPolynomial)


@dataclass
class World:
    """Values of all that a claim speaks of. `memory` is what has been computed here already."""

    integers: Mapping[str, int] = field(default_factory=dict)
    tensors: dict[str, Tensor] = field(default_factory=dict)
    functions: Mapping[str, Real] = field(default_factory=dict)
    fields: Mapping[str, Callable[[dict[Places, Number]], Number]] = field(default_factory=dict)
    sequences: Mapping[str, Callable[[int], int]] = field(default_factory=dict)
    deadline: float = float("inf")
    work: int = MOST_WORK
    memory: dict[Any, Any] = field(default_factory=dict)

    def check_time(self) -> None:
        """Raises `OutOfTime` after the deadline, or when too much has been computed here, whatever the machine."""
        self.work -= 1
        if self.work < 0 or perf_counter() > self.deadline:
            raise OutOfTime


@dataclass(frozen=True)
class Remembered:
    """A tensor that computes each of its entries once."""

    entry: Tensor
    known: dict[Places, Number] = field(default_factory=dict)

    __hash__ = object.__hash__

    def __call__(self, at: Places) -> Number:
        if at not in self.known:
            self.known[at] = self.entry(at)
        return self.known[at]
