"""Functions of one real variable with exact values, derivatives and properties: polynomials and broken lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from ..kernel import Rejected
from ..kernel.functions import implied
from .formulas import latex_call, latex_pieces, latex_polynomial
from .intervals import Unclear, Value, bounds, enclosing
from .jets import Meaningless
from .polynomials import Polynomial, at, formula, slope

Ends = tuple[Fraction | None, Fraction | None]  # of an interval; None is infinity


class RealFunction(Protocol):
    """What stands for a function: its values and derivatives, its facts, and how it reads."""

    def derivative(self, order: int, x: Value) -> Value:
        """The derivative of some order, the function itself for 0. Raises `Meaningless` where there is none, `Unclear`
        where it is not certain."""

    def has(self, facts: tuple[str, ...]) -> bool:
        """Whether it is certain that the function has all these facts, and what follows from them."""

    def scaled(self, factor: int, constant: int) -> RealFunction:
        """The function constant + factor f(x)."""

    def written(self, name: str) -> str:
        """The function as a formula, on one line."""

    def latex(self, name: str) -> str:
        """The function as a formula in LaTeX."""


@dataclass(frozen=True)
class Curve:
    """A polynomial of degree 3 at most, or broken lines: piece k runs from break k - 1 on up to break k.

    Raises `Rejected` for anything else: the facts of others are not known.
    """

    pieces: tuple[Polynomial, ...]
    breaks: tuple[Fraction, ...] = ()

    def __post_init__(self) -> None:
        numbers = (*self.breaks, *(each for piece in self.pieces for each in piece))
        degrees = [len(piece) - 1 for piece in self.pieces]
        in_order = all(low < high for low, high in pairwise(self.breaks))
        fits = len(degrees) == len(self.breaks) + 1 and min(degrees) >= 0 and max(degrees) <= (1 if self.breaks else 3)
        if not (fits and in_order and all(type(each) is Fraction for each in numbers)):
            raise Rejected(f"{self.pieces} with breaks at {self.breaks} is no polynomial and no broken line")

    def derivative(self, order: int, x: Value) -> Value:
        """The derivative of some order, the function itself for 0. Raises `Meaningless` at a break, `Unclear` for a
        derivative where there may be one."""
        low, high = bounds(x)
        if order and any(low <= each <= high for each in self.breaks):
            raise (Unclear if low < high else Meaningless)(f"there may be no derivative at {low}")
        first, last = (sum(each <= end for each in self.breaks) for end in (low, high))
        if first == last:
            return at(self.pieces[first], x, order)
        ends = (low, *self.breaks[first:last], high)
        values = [at(self.pieces[first + k], end) for k, pair in enumerate(pairwise(ends)) for end in pair]
        return enclosing(min(values), max(values))

    def has(self, facts: tuple[str, ...]) -> bool:
        """Whether it is certain that the function has all these facts, and what follows from them."""
        return all(_CHECKS[fact](self) for fact in implied(facts))

    def scaled(self, factor: int, constant: int) -> Curve:
        """The function constant + factor f(x)."""
        pieces = ((factor * piece[0] + constant, *(factor * each for each in piece[1:])) for piece in self.pieces)
        return Curve(tuple(pieces), self.breaks)

    @property
    def is_constant(self) -> bool:
        """Whether it is a polynomial of degree 0."""
        return not self.breaks and not any(self.pieces[0][1:])

    def negated(self) -> Curve:
        """The function -f(x)."""
        return self.scaled(-1, 0)

    def mirrored(self) -> Curve:
        """The function f(-x), but for the values at the breaks."""
        pieces = (tuple(each * (-1) ** power for power, each in enumerate(piece)) for piece in self.pieces)
        return Curve(tuple(pieces)[::-1], tuple(-each for each in self.breaks[::-1]))

    def intervals(self) -> Iterator[tuple[Polynomial, Ends]]:
        """Each piece with the ends of its interval."""
        ends = (None, *self.breaks, None)
        yield from zip(self.pieces, pairwise(ends), strict=True)

    def written(self, name: str) -> str:
        """The function as a formula, on one line."""
        parts = []
        for piece, (low, high) in self.intervals():
            where = f" for x < {high}" if low is None else f" from {low} on"
            parts.append(formula(piece) + (where if self.breaks else ""))
            if low is not None and high is not None:
                parts[-1] += f" up to {high}"
        return f"{name}(x) = {', '.join(parts)}"

    def latex(self, name: str) -> str:
        """The function as a formula in LaTeX."""
        pieces = [(latex_polynomial(piece), ends) for piece, ends in self.intervals()]
        return f"{latex_call(name, 'x')} = {latex_pieces(pieces)}"


def _coefficient(piece: Polynomial, power: int) -> Fraction:
    return piece[power] if power < len(piece) else Fraction(0)


def _reduced(curve: Curve) -> tuple[Polynomial, ...]:
    return tuple(tuple(_coefficient(piece, power) for power in range(4)) for piece in curve.pieces)


def _jumps(curve: Curve) -> list[Fraction]:
    triples = zip(curve.breaks, curve.pieces, curve.pieces[1:], strict=False)
    return [at(right, place) - at(left, place) for place, left, right in triples]


def _is_never_negative(piece: Polynomial, strictly: bool = False) -> bool:
    """Of a polynomial, on all reals"""
    constant, linear, square, cube = (_coefficient(piece, power) for power in range(4))
    if cube or square < 0 or (not square and linear):
        return False
    least = constant - (linear * linear / (4 * square) if square else 0)
    return least > 0 or (not strictly and least == 0)


def _is_nondecreasing(curve: Curve, strictly: bool = False) -> bool:
    if curve.breaks:
        slopes = [_coefficient(piece, 1) for piece in curve.pieces]
        rises = all(each > 0 for each in slopes) if strictly else all(each >= 0 for each in slopes)
        return rises and all(jump >= 0 for jump in _jumps(curve))
    (piece,) = curve.pieces
    rising = slope(piece)
    return _is_never_negative(rising) and (any(rising) or not strictly)


def _is_symmetric(curve: Curve, image: Curve) -> bool:
    """Whether a continuous function is f(-x) or -f(-x), which is `image`"""
    return not any(_jumps(curve)) and _reduced(curve) == _reduced(image) and curve.breaks == image.breaks


def _is_bounded(curve: Curve) -> bool:
    ends = (curve.pieces[0], curve.pieces[-1])
    return not any(_coefficient(piece, power) for piece in ends for power in (1, 2, 3))


def _is_above(curve: Curve, strictly: bool) -> bool:
    """Whether no value is negative, or all are positive"""
    if not curve.breaks:
        return _is_never_negative(curve.pieces[0], strictly)
    return all(_line_is_above(piece, ends, strictly) for piece, ends in curve.intervals())


def _line_is_above(piece: Polynomial, ends: Ends, strictly: bool) -> bool:
    low, high = ends
    values = [at(piece, end) for end in ends if end is not None]
    rise = _coefficient(piece, 1)
    leaves = (low is None and rise > 0) or (high is None and rise < 0)
    return not leaves and all(each > 0 if strictly else each >= 0 for each in values)


def _is_homogeneous(curve: Curve) -> bool:
    lines = all(not any(_coefficient(piece, power) for power in (0, 2, 3)) for piece in curve.pieces)
    return lines and set(curve.breaks) <= {0}


#: fact -> whether it certainly holds
_CHECKS: Mapping[str, Callable[[Curve], bool]] = {
    "nondecreasing": _is_nondecreasing,
    "nonincreasing": lambda curve: _is_nondecreasing(curve.negated()),
    "increasing": lambda curve: _is_nondecreasing(curve, strictly=True),
    "decreasing": lambda curve: _is_nondecreasing(curve.negated(), strictly=True),
    "differentiable": lambda curve: not curve.breaks,
    "differentiable_off_zero": lambda curve: set(curve.breaks) <= {0},
    "odd": lambda curve: _is_symmetric(curve, curve.mirrored().negated()),
    "even": lambda curve: _is_symmetric(curve, curve.mirrored()),
    "fixes_zero": lambda curve: curve.derivative(0, Fraction(0)) == 0,
    "bounded": _is_bounded,
    "nonnegative": lambda curve: _is_above(curve, strictly=False),
    "positive": lambda curve: _is_above(curve, strictly=True),
    "positively_homogeneous": _is_homogeneous,
}


def polynomial(*coefficients: int | Fraction) -> Curve:
    """The polynomial with these coefficients, the constant first."""
    return Curve((tuple(map(Fraction, coefficients)),))


def broken(*pieces: tuple[int | Fraction, int | Fraction], at: tuple[int, ...]) -> Curve:
    """Lines (constant, slope), one for each interval."""
    return Curve(tuple((Fraction(c), Fraction(s)) for c, s in pieces), tuple(map(Fraction, at)))


#: the known functions that have rational values
RATIONAL: Mapping[str, Curve] = {
    "relu": broken((0, 0), (0, 1), at=(0,)),
    "leaky_relu": broken((0, Fraction(1, 100)), (0, 1), at=(0,)),
}
#: simple functions, the simplest first
SIMPLE: tuple[Curve, ...] = (
    polynomial(0, -1),
    polynomial(0, 1),
    polynomial(0, 0, 1),
    polynomial(0, 2),
    polynomial(1),
    polynomial(1, 1),
    polynomial(1, -1),
    polynomial(0),
    polynomial(-1),
    polynomial(2),
    polynomial(0, 0, 0, 1),
    polynomial(0, 0, 0, -1),
    polynomial(0, 0, -1),
    polynomial(1, 0, 1),
    polynomial(0, 1, 1),
    polynomial(0, -1, 0, 1),
    polynomial(0, 1, 0, 1),
    polynomial(1, 2, 1, 1),
    broken((0, 0), (2, 0), at=(1,)),
    broken((2, 0), (0, 0), at=(1,)),
    broken((1, 0), (3, 0), at=(0,)),
    broken((1, 0), (0, 0), at=(0,)),
    broken((3, 0), (1, 0), at=(0,)),
    broken((-1, 0), (2, 0), at=(0,)),
    broken((0, -1), (0, 1), at=(0,)),
    broken((0, 0), (0, 1), at=(0,)),
    broken((0, -1), (0, 0), at=(0,)),
    broken((0, -2), (0, 1), at=(0,)),
    broken((0, 1), (0, 3), at=(0,)),
    broken((0, -1), (0, -3), at=(0,)),
    broken((0, 1), (0, -2), at=(0,)),
    broken((0, 1), (1, 1), at=(1,)),
    broken((0, -1), (-1, -1), at=(1,)),
    broken((-1, 0), (0, 1), (1, 0), at=(-1, 1)),
    broken((1, 0), (0, -1), (-1, 0), at=(-1, 1)),
    broken((1, 0), (0, -1), (0, 1), (1, 0), at=(-1, 0, 1)),
    broken((2, 0), (1, -1), (1, 1), (2, 0), at=(-1, 0, 1)),
    broken((1, -1), (-1, 1), at=(1,)),
    broken((0, 0), (1, 0), (0, 0), at=(0, 1)),
)
