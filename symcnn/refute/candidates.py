"""Sizes worth trying: small ones first, and those at which errors show.

A size that a hypothesis gives by an equation, such as `h = floor((m - k)/s) + 1`, is computed from the others; one that
is a multiple of another is drawn as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count, cycle, islice
from random import Random

from ..kernel import Claim, Term
from ..kernel.terms import free_variables, subterms
from ..kernel.value import holds, value
from .instance import Indices

Sizes = dict[str, int]
PRIMES = (2, 3, 5, 4, 7)
SMALLEST = -2
LARGEST = (1, 1, 2, 1, 4)  # what is added to the least sizes at random, in turns


def candidates(claim: Claim, generator: Random) -> Iterator[Sizes]:
    """Sizes without end, of which some may not satisfy the hypotheses: all small ones in order of their sum, mixed
    with equal ones, coprime ones, one larger than the others (much larger, too), and random ones."""
    given, multiples = _equations(claim), _multiples(claim)
    names = [name for name in claim.integers if name not in given]
    least = tuple(_least(name, claim.hypotheses) for name in names)
    streams = cycle((_by_sum(len(least)), _patterns(len(least)), _random(len(least), generator)))
    for stream in streams:
        excess = next(stream, None)
        if excess is not None:
            numbers = (low + more for low, more in zip(least, excess, strict=True))
            free = _multiplied(dict(zip(names, numbers, strict=True)), multiples)
            found = _completed(free, given)
            yield {name: found[name] for name in claim.integers}


def _equations(claim: Claim) -> dict[str, Term]:
    """The sizes that a hypothesis says to be equal to a term of others, with this term, each after those it needs"""
    found: dict[str, Term] = {}
    for left, right in (each.args for each in claim.hypotheses if each.head == "equal" and not reads(each)):
        for name, term in ((left, right), (right, left)):
            known = name.head != "variable" or str(name.value) in found
            if not known and not _depends(term, str(name.value), found):
                found[str(name.value)] = term
                break
    return found


def _multiples(claim: Claim) -> dict[str, str]:
    """The sizes that a hypothesis says to be a multiple of another: `divisor * floor(size/divisor) = size`"""
    found: dict[str, str] = {}
    for condition in (each for each in claim.hypotheses if each.head == "equal"):
        for product, size in (condition.args, condition.args[::-1]):
            quotients = [part for part in product.args if product.head == "multiply" and part.head == "floor"]
            for number, divisor in (quotient.args for quotient in quotients):
                if number == size and divisor in product.args and {size.head, divisor.head} == {"variable"}:
                    found[str(size.value)] = str(divisor.value)
    return found


def _multiplied(sizes: Sizes, multiples: dict[str, str]) -> Sizes:
    """What is drawn for a multiple is how often the divisor goes into it"""
    known = {name: divisor for name, divisor in multiples.items() if {name, divisor} <= sizes.keys()}
    return {**sizes, **{name: sizes[name] * sizes[divisor] for name, divisor in known.items() if sizes[divisor] > 0}}


def _depends(term: Term, name: str, given: dict[str, Term]) -> bool:
    """Whether the value of a term needs that of a size"""
    needed = free_variables(term)
    return name in needed or any(_depends(given[each], name, given) for each in needed & given.keys())


def _completed(sizes: Sizes, given: dict[str, Term]) -> Sizes:
    """The sizes with those that are given by equations"""

    def of(name: str) -> int:
        if name not in sizes:
            needed = {each: of(each) for each in free_variables(given[name])}
            sizes[name] = int(value(given[name], needed, {}))
        return sizes[name]

    for name in given:
        of(name)
    return sizes


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
            yield tuple((number + 2) * (place == position) for place in range(length))
    for start in range(len(PRIMES)):
        yield tuple(islice(cycle(PRIMES), start, start + length))


def _random(length: int, generator: Random) -> Iterator[Indices]:
    for largest in cycle(LARGEST):
        yield tuple(generator.randint(0, largest) for _ in range(length))
