"""Sizes worth trying: small ones first, and those at which errors show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count, cycle, islice
from random import Random

from ..kernel import Claim, Term
from ..kernel.terms import free_variables, subterms
from ..kernel.value import holds
from .instance import Indices

Sizes = dict[str, int]
PRIMES = (2, 3, 5, 4, 7)
SMALLEST = -2


def candidates(claim: Claim, generator: Random) -> Iterator[Sizes]:
    """Sizes without end, of which some may not satisfy the hypotheses: all small ones in order of their sum,
    mixed with equal ones, coprime ones, one larger than the others, and random ones."""
    least = tuple(_least(name, claim.hypotheses) for name in claim.integers)
    streams = cycle((_by_sum(len(least)), _patterns(len(least)), _random(len(least), generator)))
    for stream in streams:
        excess = next(stream, None)
        if excess is not None:
            numbers = (low + more for low, more in zip(least, excess, strict=True))
            yield dict(zip(claim.integers, numbers, strict=True))


def _least(name: str, hypotheses: Sequence[Term]) -> int:
    """The smallest number that the hypotheses about this size alone allow"""
    own = [each for each in hypotheses if free_variables(each) == {name} and not reads(each)]
    return next((number for number in range(SMALLEST, 100) if all(holds(each, {name: number}, {}) for each in own)), 1)


def reads(term: Term) -> bool:
    """Whether the term speaks of tensors, functions or sizes of layers."""
    return any(part.head in ("entry", "size", "call", "field") for part in subterms(term))


def _by_sum(length: int) -> Iterator[Indices]:
    yield from chain.from_iterable(_with_sum(length, total) for total in (count() if length else (0,)))


def _with_sum(length: int, total: int) -> Iterator[Indices]:
    if length <= 1:
        yield (total,) * length
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in _with_sum(length - 1, total - first))


def _patterns(length: int) -> Iterator[Indices]:
    for number in range(1, 4):
        yield (number,) * length
        for position in range(length):
            yield tuple(number + (place == position) for place in range(length))
    for start in range(len(PRIMES)):
        yield tuple(islice(cycle(PRIMES), start, start + length))


def _random(length: int, generator: Random) -> Iterator[Indices]:
    while True:
        yield tuple(generator.randint(0, 4) for _ in range(length))
