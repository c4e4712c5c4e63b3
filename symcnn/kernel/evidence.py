"""Evidence for integer facts: found by any search, checked here by exact arithmetic.

To show a goal, its negation is assumed and the facts are led to a contradiction by a tree:
`Multiples` names nonnegative multiples of products of facts `p >= 0`, and any multiples of facts `p = 0`, whose
total is a negative constant; the other nodes add facts. Negating `a <= b` to `a - b - 1 >= 0` is sound
because integer terms have integer values; there is no division among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TypeVar

from . import terms
from .polynomial import ONE, Polynomial, constant, negate, normal, plus, polynomial, times
from .rejected import Rejected
from .terms import Term

MOST_DEGREE = 4
Item = TypeVar("Item")


@dataclass(frozen=True)
class Multiples:
    """sum of coefficient * product of facts `p >= 0` + sum of multiplier * fact `p = 0`  is below 0."""

    products: tuple[tuple[Fraction, tuple[int, ...]], ...] = ()
    equalities: tuple[tuple[Term, int], ...] = ()


@dataclass(frozen=True)
class Split:
    """Either the condition holds, or its negation does."""

    condition: Term
    holds: Evidence
    fails: Evidence


@dataclass(frozen=True)
class Lemma:
    """The condition is shown first, and then assumed."""

    condition: Term
    shown: Evidence
    then: Evidence


@dataclass(frozen=True)
class Floor:
    """b >= 1 is shown first; then b*floor(a/b) <= a <= b*floor(a/b) + b - 1 is assumed."""

    floor: Term
    positive: Evidence
    then: Evidence


@dataclass(frozen=True)
class Larger:
    """m = larger(a, b): m >= a, m >= b and (m - a)(m - b) = 0 are assumed."""

    larger: Term
    then: Evidence


@dataclass(frozen=True)
class Alternatives:
    """One of the conditions of an assumed `or` (or of a `not equal`: below or above) holds."""

    number: int
    branches: tuple[Evidence, ...]


@dataclass(frozen=True)
class Each:
    """Every part of an `and` is shown by itself; an equality is `<=` and `>=`."""

    parts: tuple[Evidence, ...]


Evidence = Multiples | Split | Lemma | Floor | Larger | Alternatives | Each


@dataclass(frozen=True)
class Facts:
    """What is known: polynomials at least 0, polynomials that are 0, disjunctions, reals that are not 0."""

    at_least_zero: tuple[Polynomial, ...] = ()
    zero: tuple[Polynomial, ...] = ()
    alternatives: tuple[tuple[Term, ...], ...] = ()
    nonzero: frozenset[Term] = frozenset()

    def assume(self, condition: Term) -> Facts:
        """These facts and the condition; facts keep their numbers."""
        match condition.head:
            case "and":
                return reduce(Facts.assume, condition.args, self)
            case "or":
                return self._with(alternatives=(*self.alternatives, condition.args))
            case "at_most":
                return self._with(at_least_zero=(*self.at_least_zero, _difference(condition)))
            case "equal":
                return self._with(zero=(*self.zero, _difference(condition)))
            case "nonzero":
                return self._with(nonzero=self.nonzero | {normal(condition.args[0])})
            case "not":
                return self._assume_negation(condition.args[0])
            case _:
                raise Rejected(f"{condition!r} is not a condition")

    def _assume_negation(self, condition: Term) -> Facts:
        if condition.head == "nonzero":
            return self  # x = 0 says nothing about integers
        if condition.head != "equal":
            return self.assume(negate(condition))
        left, right = condition.args
        return self._with(alternatives=(*self.alternatives, (_below(left, right), _below(right, left))))

    def _with(
        self,
        at_least_zero: tuple[Polynomial, ...] | None = None,
        zero: tuple[Polynomial, ...] | None = None,
        alternatives: tuple[tuple[Term, ...], ...] | None = None,
        nonzero: frozenset[Term] | None = None,
    ) -> Facts:
        return Facts(
            self.at_least_zero if at_least_zero is None else at_least_zero,
            self.zero if zero is None else zero,
            self.alternatives if alternatives is None else alternatives,
            self.nonzero if nonzero is None else nonzero,
        )


def _difference(condition: Term) -> Polynomial:
    left, right = condition.args
    return plus(polynomial(right), polynomial(left), -1)


def _below(left: Term, right: Term) -> Term:
    return terms.at_most(terms.add(left, terms.integer(1)), right)


def check(facts: Facts, goal: Term, evidence: Evidence) -> None:
    """Return if the evidence shows the goal from the facts; raise `Rejected` otherwise."""
    if goal.head == "nonzero":
        _check_nonzero(facts, goal.args[0], evidence)
    elif isinstance(evidence, Each):
        parts = conjuncts(goal)
        if len(parts) != len(evidence.parts):
            raise Rejected(f"{goal!r} has {len(parts)} parts, the evidence {len(evidence.parts)}")
        for part, shown in zip(parts, evidence.parts, strict=True):
            check(facts, part, shown)
    else:
        refute(facts.assume(negate(goal)), evidence)


def _check_nonzero(facts: Facts, term: Term, evidence: Evidence) -> None:
    """A product is not 0 if no factor is; an integer by evidence; anything else only by hypothesis."""
    if normal(term) in facts.nonzero or (term.head == "rational" and term.value != 0):
        return
    if term.head == "real":
        check(facts, terms.negation(terms.equal(term.args[0], terms.integer(0))), evidence)
    elif term.head in ("power", "inverse"):
        _check_nonzero(facts, term.args[0], evidence)
    elif term.head == "multiply" and isinstance(evidence, Each) and len(evidence.parts) == len(term.args):
        for factor, shown in zip(term.args, evidence.parts, strict=True):
            _check_nonzero(facts, factor, shown)
    else:
        raise Rejected(f"nothing shows that {term!r} is not 0")


def conjuncts(goal: Term) -> tuple[Term, ...]:
    """The parts of an `and`; the two inequalities of an equality."""
    if goal.head == "and":
        return goal.args
    if goal.head == "equal":
        left, right = goal.args
        return terms.at_most(left, right), terms.at_most(right, left)
    raise Rejected(f"{goal!r} has no parts")


def refute(facts: Facts, evidence: Evidence) -> None:
    """Return if the evidence shows that the facts contradict each other; raise `Rejected` otherwise."""
    match evidence:
        case Multiples():
            _refute_by_arithmetic(facts, evidence)
        case Split(condition, holds, fails):
            refute(facts.assume(condition), holds)
            refute(facts.assume(negate(condition)), fails)
        case Lemma(condition, shown, then):
            check(facts, condition, shown)
            refute(facts.assume(condition), then)
        case Floor(floor, positive, then):
            check(facts, divisor_positive(floor), positive)
            refute(facts.assume(floor_bounds(floor)), then)
        case Larger(larger, then):
            refute(facts.assume(larger_facts(larger)), then)
        case Alternatives(number, branches):
            conditions = _alternatives(facts, number, branches)
            for condition, branch in zip(conditions, branches, strict=True):
                refute(facts.assume(condition), branch)
        case _:
            raise Rejected("this evidence does not end in a contradiction")


def _alternatives(facts: Facts, number: int, branches: tuple[Evidence, ...]) -> tuple[Term, ...]:
    conditions = _pick(facts.alternatives, number)
    if len(conditions) != len(branches):
        raise Rejected(f"alternative {number} has {len(conditions)} branches, the evidence {len(branches)}")
    return conditions


def divisor_positive(floor: Term) -> Term:
    """1 <= b, for floor(a/b)"""
    if floor.head != "floor":
        raise Rejected(f"{floor!r} is not a floor")
    return terms.at_most(terms.integer(1), floor.args[1])


def floor_bounds(floor: Term) -> Term:
    """b*floor(a/b) <= a and a <= b*floor(a/b) + b - 1"""
    numerator, denominator = floor.args
    multiple = terms.multiply(denominator, floor)
    above = terms.add(multiple, denominator, terms.integer(-1))
    return terms.all_of(terms.at_most(multiple, numerator), terms.at_most(numerator, above))


def larger_facts(larger: Term) -> Term:
    """a <= m and b <= m and (m - a)(m - b) = 0, for m = larger(a, b)"""
    if larger.head != "larger":
        raise Rejected(f"{larger!r} is not the larger of two integers")
    gaps = [terms.add(larger, terms.multiply(terms.integer(-1), side)) for side in larger.args]
    one_is_it = terms.equal(terms.multiply(*gaps), terms.integer(0))
    return terms.all_of(*(terms.at_most(side, larger) for side in larger.args), one_is_it)


def _refute_by_arithmetic(facts: Facts, leaf: Multiples) -> None:
    total: Polynomial = {}
    for coefficient, numbers in leaf.products:
        if type(coefficient) not in (int, Fraction) or coefficient < 0 or len(numbers) > MOST_DEGREE:
            raise Rejected(f"{coefficient} times a product of {len(numbers)} facts is not allowed")
        product = reduce(times, (_pick(facts.at_least_zero, number) for number in numbers), constant(1))
        total = plus(total, product, coefficient)
    for multiplier, number in leaf.equalities:
        if multiplier.sort != terms.INTEGER and multiplier.sort != terms.REAL:
            raise Rejected(f"{multiplier!r} is not a number")
        total = plus(total, times(polynomial(multiplier), _pick(facts.zero, number)))
    if set(total) != {ONE} or total[ONE] >= 0:
        raise Rejected("the multiples of the facts do not add up to a negative number")


def _pick(items: tuple[Item, ...], number: int) -> Item:
    if not 0 <= number < len(items):
        raise Rejected(f"there is no fact {number}")
    return items[number]
