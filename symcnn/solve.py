"""Which kernel does it? Find a convolution that computes a given tensor, and prove that it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from sympy import Dummy, Rational, linsolve

from .decision import Refuted, prove
from .errors import LanguageError, NoKernel, NotProved, ShapeError
from .kernel import Claim, Term
from .kernel.claim import expand
from .kernel.terms import subterms
from .kernel.value import Entry, holds, value
from .language.identity import Identity
from .language.statement import Statement, statement_of
from .language.tensors import Tensor
from .layers.convolution import conv2d
from .theorem import Theorem

Place = tuple[int, ...]
_FEW = 6
_BASE = 1000


@dataclass(frozen=True)
class SolvedKernel:
    """The only kernel whose convolution with the image is the target, and the theorem that it is.

    That there is no other follows from the linear equations that unit images give at small sizes, solved exactly.
    """

    kernel: Tensor
    theorem: Theorem

    def __str__(self) -> str:
        return f"{self.theorem.statement} with {self.kernel} = {self.kernel.literal}"


def solve_kernel(
    target: Tensor, kernel_shape: Sequence[int], padding: Any = 0, stride: Any = 1, dilation: Any = 1, name: str = "W"
) -> SolvedKernel:
    """The kernel W with conv2d(X, W, padding=..., stride=...) = target, for all sizes; X is what the target reads.

    `kernel_shape` is (k, l) for an image X of shape (m, n), (O, C, k, l) for one of shape (C, m, n).
    Raises `NoKernel` if there is none, or more than one, `NotProved` if one fits all small sizes tried but no proof is
    found, `LanguageError` if the target does not read one image, `ShapeError` for shapes that do not fit.
    """
    statement = statement_of(Identity(target, target))
    claim = statement.claim
    image = _image(statement, kernel_shape)
    settings = {"padding": padding, "stride": stride, "dilation": dilation}
    unknown = Tensor(name if name != image.name else f"{name}'", tuple(kernel_shape))
    convolution = conv2d(image, unknown, **settings)
    equations = statement_of(Identity(convolution, convolution)).claim
    entries = _solution(claim, equations, image, unknown)
    kernel = Tensor.of(_nested(entries, tuple(kernel_shape)), name=unknown.name)
    try:
        return SolvedKernel(kernel, prove(Identity(conv2d(image, kernel, **settings), target)))
    except NotProved as error:
        if not isinstance(error.verdict, Refuted):
            raise
        raise NoKernel(
            f"no kernel of the shape {tuple(kernel_shape)} gives {_shown(claim)}: {error.verdict}"
        ) from error


def _image(statement: Statement, kernel_shape: Sequence[int]) -> Tensor:
    claim = statement.claim
    formula = expand(claim.left, claim.definitions)
    others = {part.head for part in subterms(formula)} & {"call", "field", "partial", "iterate"}
    if len(claim.leaves) != 1 or others:
        read = ", ".join(leaf.name for leaf in claim.leaves) or "no tensor"
        more = " and applies functions or derivatives" if others else ""
        raise LanguageError(f"the target of solve_kernel reads one image and nothing else; this one reads {read}{more}")
    (leaf,) = claim.leaves
    numbers = all(isinstance(extent, int) and extent >= 1 for extent in kernel_shape)
    if (len(leaf.shape), len(kernel_shape)) not in ((2, 2), (3, 4)) or not numbers:
        raise ShapeError(
            f"{leaf.name} has {len(leaf.shape)} indices, the kernel the shape {tuple(kernel_shape)}: they must be 2 and"
            " (k, l), or 3 and (O, C, k, l), with positive numbers"
        )
    return statement.tensors[leaf.name]


# The equations


def _solution(target: Claim, convolution: Claim, image: Tensor, unknown: Tensor) -> dict[Place, Fraction]:
    """The entries of the kernel. Raises `NoKernel` if the equations have no solution, or more than one."""
    places = list(product(*(range(1, int(extent) + 1) for extent in unknown.shape)))
    sides = _Side.of(target), _Side.of(convolution)
    symbols = {place: Dummy(f"{unknown.name}{list(place)}") for place in places}
    rows = {
        (tuple(sorted(reads)), number)
        for sizes in _small_sizes(target, unknown)
        for reads, number in _equations(*sides, str(unknown.name), places, sizes)
    }
    system = [sum((symbols[p] * Rational(c) for p, c in reads), Rational(-number)) for reads, number in sorted(rows)]
    found = linsolve(system, list(symbols.values())) if system else None
    if found is not None and not found:
        raise NoKernel(f"no kernel of the shape {unknown.shape} gives {_shown(target)} for every {image.name}")
    (values,) = found or (tuple(symbols.values()),)
    free = [place for place, entry in zip(places, values, strict=True) if entry.free_symbols]
    if free:
        open_ones = ", ".join(f"{unknown.name}{list(place)}" for place in free)
        raise NoKernel(f"more than one kernel gives {_shown(target)}: the equations leave {open_ones} open")
    return {place: Fraction(str(entry)) for place, entry in zip(places, values, strict=True)}


def _shown(target: Claim) -> str:
    return repr(expand(target.left, target.definitions))


def _small_sizes(target: Claim, unknown: Tensor) -> list[dict[str, int]]:
    """Sizes which satisfy the hypotheses: the smallest, and the first that are all larger than the kernel"""
    most = max(map(int, unknown.shape[-2:])) + 1
    tried = sorted(product(range(1, most + 1), repeat=len(target.integers)), key=lambda each: (sum(each), each))
    fitting = (dict(zip(target.integers, numbers, strict=True)) for numbers in tried)
    admitted = [sizes for sizes in fitting if all(holds(each, sizes, {}) for each in target.hypotheses)]
    return [*admitted[:_FEW], *admitted[_FEW:][-1:]]


@dataclass(frozen=True)
class _Side:
    """A tensor as a formula in its leaves."""

    claim: Claim
    formula: Term

    @classmethod
    def of(cls, claim: Claim) -> _Side:
        """The left side of a claim, its definitions written out."""
        return cls(claim, expand(claim.left, claim.definitions))

    def at(self, sizes: dict[str, int], place: Place, tensors: dict[str, Entry]) -> Fraction:
        """One entry."""
        names = (index.name for index in self.claim.indices)
        return value(self.formula, {**sizes, **dict(zip(names, place, strict=True))}, tensors)

    def places(self, sizes: dict[str, int]) -> Iterator[Place]:
        """All indices."""
        bounds = ((each.lower, each.upper) for each in self.claim.indices)
        limits = [tuple(int(value(bound, sizes, {})) for bound in pair) for pair in bounds]
        yield from product(*(range(lower, upper + 1) for lower, upper in limits))


def _equations(
    target: _Side, convolution: _Side, unknown: str, places: list[Place], sizes: dict[str, int]
) -> Iterator[tuple[list[tuple[Place, int]], Fraction]]:
    """(coefficients of the entries of the kernel, number) for 0 and every unit image, at every entry of the target.

    The coefficients are small natural numbers, so one evaluation finds all of them, as digits."""
    (leaf,) = target.claim.leaves
    digits = {place: Fraction(_BASE**number) for number, place in enumerate(places)}
    extents = [int(value(extent, sizes, {})) for extent in leaf.shape]
    spots = product(*(range(leaf.origin, leaf.origin + extent) for extent in extents))
    for spot in (None, *spots):
        tensors: dict[str, Entry] = {leaf.name: _unit(spot), unknown: lambda at: digits.get(at, Fraction(0))}
        for at in target.places(sizes):
            code = int(convolution.at(sizes, at, tensors))
            found = ((place, code // int(digit) % _BASE) for place, digit in digits.items())
            yield [(place, count) for place, count in found if count], target.at(sizes, at, tensors)


def _unit(spot: Place | None) -> Entry:
    return lambda at: Fraction(at == spot)


def _nested(entries: dict[Place, Fraction], shape: tuple[int, ...], lead: Place = ()) -> Any:
    if not shape:
        number = entries[lead]
        return Rational(number.numerator, number.denominator)
    return [_nested(entries, shape[1:], (*lead, index)) for index in range(1, shape[0] + 1)]
