"""Integers that satisfy the hypotheses of a claim: small ones first, and those at which errors show.

Sizes that are said to be equal to something are computed. The others are tried one after the other, those that are
wanted first, and every hypothesis is looked at as soon as all of its integers are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from oracle_values import evaluation
from oracle_worlds import Bound, Evaluate, World

from symcnn.kernel import Claim, Term, terms

Sizes = dict[str, int]
READS = ("entry", "size", "call", "field", "partial", "iterate")
LOWEST, HIGHEST, REACH, MOST_VISITS = -3, 60, 8, 400
PRIMES = (2, 3, 5, 7)
EXCESSES = (0, 1, 1, 2, 0, 1, 2, 2, 1, 3, 0, 4)  # small ones first
TIMES = (1, 2, 2, 3)  # how often a size goes into a multiple of it
_NOTHING: Bound = ()


def flattened(conditions: tuple[Term, ...]) -> Iterator[Term]:
    """The conditions, with the parts of conjunctions one by one."""
    for each in conditions:
        if each.head == "and":
            yield from flattened(each.args)
        else:
            yield each


def is_about_integers(term: Term) -> bool:
    """Whether nothing but integers is spoken of."""
    return not any(part.head in READS for part in terms.subterms(term))


@dataclass(frozen=True)
class Condition:
    """A hypothesis about integers."""

    names: frozenset[str]
    holds: Evaluate


@dataclass(frozen=True)
class SizeSearch:
    """The integers of a claim and what is assumed of them alone."""

    claim: Claim
    visits: list[int] = field(default_factory=lambda: [0])

    @cached_property
    def given(self) -> tuple[Term, ...]:
        """The hypotheses about integers alone."""
        return tuple(each for each in flattened(self.claim.hypotheses) if is_about_integers(each))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The same, with the integers that they speak of."""
        return tuple(Condition(terms.free_variables(each), evaluation(each)) for each in self.given)

    @cached_property
    def computed(self) -> Mapping[str, tuple[frozenset[str], Evaluate]]:
        """What is said to be equal to a term in others: the names in that term, and its value."""
        found: dict[str, tuple[frozenset[str], Evaluate]] = {}
        for each in self.given:
            for name, term in _sides(each):
                needs = terms.free_variables(term)
                if name not in found and name not in _needed(needs, found):
                    found[name] = needs, evaluation(term)
        return found

    @cached_property
    def multiples(self) -> Mapping[str, str]:
        """Sizes that are multiples of others: `divisor * floor(size/divisor) = size`."""
        return {name: divisor for each in self.given for name, divisor in _multiple(each)}

    @cached_property
    def least(self) -> Mapping[str, int]:
        """The smallest integer that the conditions about each one alone allow."""
        return {name: self._least(name) for name in self.claim.integers}

    def _least(self, name: str) -> int:
        own = [each for each in self.conditions if each.names == {name}]
        fitting = (n for n in range(LOWEST, HIGHEST) if all(each.holds(World({name: n}), _NOTHING) for each in own))
        return next(fitting, 1)

    def draw(self, number: int, random: Random) -> Sizes | None:
        """Integers for the draw of this number; None if none are found in some hundred steps."""
        free = [name for name in self.claim.integers if name not in self.computed]
        wanted = self._wanted(free, number, random)
        for name in wanted.keys() & self.multiples.keys() if number % 6 else ():
            wanted[name] = wanted.get(self.multiples[name], 1) * random.choice(TIMES)
        order = free if number % 2 else random.sample(free, len(free))
        self.visits[0] = 0
        found: Sizes = {}
        return found if self._extend(found, order, wanted, random) else None

    def _extend(self, found: Sizes, left: list[str], wanted: Sizes, random: Random) -> bool:
        """Whether there are values for what is left; they are put into `found`"""
        if not left:
            return len(found) == len(self.claim.integers) or self._computed_all(found)
        name, *rest = left
        for value in self._values(name, wanted[name], random):
            self.visits[0] += 1
            if self.visits[0] > MOST_VISITS:
                return False
            before = dict(found)
            found[name] = value
            if self._compute(found) and self._fits(found, before) and self._extend(found, rest, wanted, random):
                return True
            found.clear()
            found.update(before)
        return False

    def _computed_all(self, found: Sizes) -> bool:
        """For claims in which every integer is computed"""
        return self._compute(found) and self._fits(found, {}) and len(found) == len(self.claim.integers)

    def _values(self, name: str, wanted: int, random: Random) -> Iterator[int]:
        yield wanted
        others = [value for value in range(self.least[name], self.least[name] + REACH) if value != wanted]
        random.shuffle(others)
        yield from others

    def _compute(self, found: Sizes) -> bool:
        """Compute what can be; always true"""
        ready = True
        while ready:
            ready = False
            for name, (needs, value) in self.computed.items():
                if name not in found and needs <= found.keys():
                    found[name] = value(World(found), _NOTHING)
                    ready = True
        return True

    def _fits(self, found: Sizes, before: Sizes) -> bool:
        """Whether all conditions hold that can be looked at now and could not before"""
        world = World(found)
        new = (each for each in self.conditions if each.names <= found.keys() and not each.names <= before.keys())
        return all(each.holds(world, _NOTHING) for each in new)

    def _wanted(self, free: list[str], number: int, random: Random) -> Sizes:
        """Equal sizes, one above the others, different primes, a small excess that is shared, or each by itself"""
        turn, round_ = number % 6, number // 6
        least = {name: self.least[name] for name in free}
        if turn == 0:
            return {name: max(low, 1) + round_ % 4 for name, low in least.items()}
        if turn == 1 and free:
            one, base = random.choice(free), round_ % 2
            return {name: low + base + (name == one) * (1 + round_) for name, low in least.items()}
        if turn == 2 and round_ and len(free) <= len(PRIMES):
            return dict(zip(free, random.sample(PRIMES, len(free)), strict=True))
        if turn in (3, 4):
            return {name: low + random.choice(EXCESSES[: 4 + 2 * round_]) for name, low in least.items()}
        return _shared(least, min(1 + number // 2, 10 if len(free) <= 2 else 7), random)


def _shared(least: Sizes, budget: int, random: Random) -> Sizes:
    found = dict(least)
    for _ in range(budget if found else 0):
        found[random.choice(list(found))] += 1
    return found


def _sides(condition: Term) -> Iterator[tuple[str, Term]]:
    """(name, term) where the condition says that they are equal"""
    if condition.head == "equal":
        for one, other in (condition.args, condition.args[::-1]):
            if one.head == "variable" and str(one.value) not in terms.free_variables(other):
                yield str(one.value), other


def _multiple(condition: Term) -> Iterator[tuple[str, str]]:
    """(size, divisor) where the condition says that one divides the other"""
    for product, size in (condition.args, condition.args[::-1]) if condition.head == "equal" else ():
        floors = [part for part in product.args if product.head == "multiply" and part.head == "floor"]
        for quotient in floors:
            divisor = quotient.args[1]
            if size.head == divisor.head == "variable" and quotient.args[0] == size and divisor in product.args:
                yield str(size.value), str(divisor.value)


def _needed(names: frozenset[str], found: Mapping[str, tuple[frozenset[str], Evaluate]]) -> frozenset[str]:
    """These names and all that they are computed from"""
    further = frozenset[str]().union(*(found[name][0] for name in names if name in found))
    return names if further <= names else _needed(names | further, found)
