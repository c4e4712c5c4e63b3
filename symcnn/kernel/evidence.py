"""Evidence for facts about integers and reals: found by any search, checked here by exact arithmetic.

To show a goal, its negation is assumed and the facts are led to a contradiction by a tree:
`Multiples` names nonnegative multiples of products of facts `p >= 0`, and any multiples of facts `p = 0`, whose
total is a negative constant, or is 0 though a multiple of strict facts `p > 0` is in it; the other nodes add
facts. Negating `a <= b` to `a - b - 1 >= 0` is sound because integer terms have integer values; there is no
division among them. Of reals, the negation is `a - b > 0`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import TypeVar

from . import terms
from .functions import Function
from .laws import LAWS, conditions_at, exists_of
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


@dataclass(frozen=True)
class Law:
    """What a law of `LAWS` needs is shown, what it gives is assumed."""

    law: str
    arguments: tuple[Term, ...]
    shown: tuple[Evidence, ...]
    then: Evidence


@dataclass(frozen=True)
class Instance:
    """Indices for which the condition of an `exists` is shown."""

    indices: tuple[Term, ...]
    shown: Evidence


@dataclass(frozen=True)
class Throughout:
    """A maximum is at most b: there is an index that it runs over (without any it is 0), and its entries are at
    most b at all of them."""

    nonempty: Evidence
    shown: Evidence


@dataclass(frozen=True)
class Summands:
    """A sum is at least 0: its summands are, at all indices that it runs over. It is above 0: there is such an index,
    and they are above 0."""

    shown: tuple[Evidence, ...]


@dataclass(frozen=True)
class Sign:
    """A real is not 0: it is above 0, or it is below."""

    positive: bool
    shown: Evidence


Evidence = (
    Multiples | Split | Lemma | Floor | Larger | Alternatives | Each | Law | Instance | Throughout | Summands | Sign
)


@dataclass(frozen=True)
class Facts:
    """What is known: polynomials at least 0, those of them that are above 0, polynomials that are 0,
    disjunctions, reals that are not 0, and what is declared of functions."""

    at_least_zero: tuple[Polynomial, ...] = ()
    zero: tuple[Polynomial, ...] = ()
    alternatives: tuple[tuple[Term, ...], ...] = ()
    nonzero: frozenset[Term] = frozenset()
    strict: frozenset[int] = frozenset()
    functions: tuple[Function, ...] = ()

    def assume(self, condition: Term) -> Facts:
        """These facts and the condition; facts keep their numbers."""
        match condition.head:
            case "and":
                return reduce(Facts.assume, condition.args, self)
            case "or":
                return replace(self, alternatives=(*self.alternatives, condition.args))
            case "at_most":
                more = (*self.at_least_zero, _difference(condition))  # the usual case, so without `replace`
                return Facts(more, self.zero, self.alternatives, self.nonzero, self.strict, self.functions)
            case "less":
                strict = self.strict | {len(self.at_least_zero)}
                return replace(self, at_least_zero=(*self.at_least_zero, _difference(condition)), strict=strict)
            case "equal":
                return replace(self, zero=(*self.zero, _difference(condition)))
            case "nonzero":
                return replace(self, nonzero=self.nonzero | {normal(condition.args[0])})
            case "exists":
                return self  # what exists has no name
            case "not":
                return self._assume_negation(condition.args[0])
            case _:
                raise Rejected(f"{condition!r} is not a condition")

    def _assume_negation(self, condition: Term) -> Facts:
        if condition.head == "nonzero":
            return self.assume(terms.equal(condition.args[0], terms.rational(0)))
        if condition.head == "exists":
            return self
        if condition.head != "equal":
            return self.assume(negate(condition))
        left, right = condition.args
        return replace(self, alternatives=(*self.alternatives, (_below(left, right), _below(right, left))))


def _difference(condition: Term) -> Polynomial:
    left, right = condition.args
    return plus(polynomial(right), polynomial(left), -1)


def _below(left: Term, right: Term) -> Term:
    return negate(terms.at_most(right, left))


def check(facts: Facts, goal: Term, evidence: Evidence) -> None:
    """Return if the evidence shows the goal from the facts; raise `Rejected` otherwise."""
    if goal.head == "nonzero":
        _check_nonzero(facts, goal.args[0], evidence)
    elif goal.head == "exists":
        _check_exists(facts, goal, evidence)
    elif isinstance(evidence, Throughout):
        _check_throughout(facts, goal, evidence)
    elif isinstance(evidence, Summands):
        _check_summands(facts, goal, evidence)
    elif isinstance(evidence, Each):
        parts = conjuncts(goal)
        if len(parts) != len(evidence.parts):
            raise Rejected(f"{goal!r} has {len(parts)} parts, the evidence {len(evidence.parts)}")
        for part, shown in zip(parts, evidence.parts, strict=True):
            check(facts, part, shown)
    else:
        refute(facts.assume(negate(goal)), evidence)


def _check_nonzero(facts: Facts, term: Term, evidence: Evidence) -> None:
    """A product is not 0 if no factor is; an integer by evidence; anything else by its sign or by hypothesis."""
    if normal(term) in facts.nonzero or (term.head == "rational" and term.value != 0):
        return
    if isinstance(evidence, Sign):
        sides = (terms.rational(0), term) if evidence.positive else (term, terms.rational(0))
        return check(facts, terms.less(*sides), evidence.shown)
    if term.head == "real":
        check(facts, terms.negation(terms.equal(term.args[0], terms.integer(0))), evidence)
    elif term.head in ("power", "inverse"):
        _check_nonzero(facts, term.args[0], evidence)
    elif term.head == "multiply" and isinstance(evidence, Each) and len(evidence.parts) == len(term.args):
        for factor, shown in zip(term.args, evidence.parts, strict=True):
            _check_nonzero(facts, factor, shown)
    else:
        raise Rejected(f"nothing shows that {term!r} is not 0")


def _check_exists(facts: Facts, goal: Term, evidence: Evidence) -> None:
    if isinstance(evidence, Split):
        check(facts.assume(evidence.condition), goal, evidence.holds)
        return check(facts.assume(negate(evidence.condition)), goal, evidence.fails)
    if not isinstance(evidence, Instance) or len(evidence.indices) != terms.rank_of(goal):
        raise Rejected(f"nothing shows {goal!r}")
    check(facts, terms.all_of(*conditions_at(goal, evidence.indices)), evidence.shown)


def _check_throughout(facts: Facts, goal: Term, evidence: Throughout) -> None:
    """At indices that nothing is known of but that the maximum runs over them"""
    if goal.head != "at_most" or goal.args[0].head != "maximum":
        raise Rejected(f"{goal!r} does not say that a maximum is at most something")
    found, limit = goal.args
    check(facts, exists_of(found), evidence.nonempty)
    names = unknown_names(facts, goal, terms.rank_of(found))
    inside = facts.assume(terms.all_of(*conditions_at(found, names)))
    check(inside, terms.at_most(terms.instantiate(found.args[-1], *names), limit), evidence.shown)


def _check_summands(facts: Facts, goal: Term, evidence: Summands) -> None:
    """At an index that nothing is known of but that the sum runs over it"""
    if not is_sign_of_sum(goal):
        raise Rejected(f"{goal!r} does not say that a sum is at least 0, or above 0")
    lower, upper, body = goal.args[1].args
    (name,) = unknown_names(facts, goal, 1)
    inside = facts.assume(terms.all_of(terms.at_most(lower, name), terms.at_most(name, upper)))
    needed = [(inside, terms.with_args(goal, (goal.args[0], terms.instantiate(body, name))))]
    if goal.head == "less":
        needed.insert(0, (facts, terms.at_most(lower, upper)))
    if len(needed) != len(evidence.shown):
        raise Rejected(f"{goal!r} needs {len(needed)} things, {len(evidence.shown)} are shown")
    for (known, part), shown in zip(needed, evidence.shown, strict=True):
        check(known, part, shown)


def is_sign_of_sum(goal: Term) -> bool:
    """Whether a condition says of a sum that it is at least 0, or above 0."""
    if goal.head not in ("at_most", "less"):
        return False
    zero, found = goal.args
    return zero == terms.rational(0) and found.head == "sum"


def unknown_names(facts: Facts, goal: Term, count: int) -> tuple[Term, ...]:
    """Variables that nothing is known of."""
    known = (*facts.at_least_zero, *facts.zero)
    said = [atom for poly in known for monomial in poly for atom, _ in monomial]
    said += [goal, *facts.nonzero, *(each for several in facts.alternatives for each in several)]
    taken = frozenset[str]().union(*map(terms.free_variables, said))
    free = (f"##{number}" for number in range(len(taken) + count))
    return tuple(map(terms.variable, [name for name in free if name not in taken][:count]))


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
        case Law():
            refute(_by_law(facts, evidence), evidence.then)
        case _:
            raise Rejected("this evidence does not end in a contradiction")


def _by_law(facts: Facts, evidence: Law) -> Facts:
    law = LAWS.get(evidence.law)
    if law is None:
        raise Rejected(f"no law is called {evidence.law}")
    needed, given = law(facts.functions, evidence.arguments)
    if len(needed) != len(evidence.shown):
        raise Rejected(f"{evidence.law} needs {len(needed)} things, {len(evidence.shown)} are shown")
    for goal, shown in zip(needed, evidence.shown, strict=True):
        check(facts, goal, shown)
    return facts.assume(given)


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
        raise Rejected(f"{larger!r} is not the larger of two numbers")
    minus_one, zero = map(terms.rational if larger.sort == terms.REAL else terms.integer, (-1, 0))
    gaps = [terms.add(larger, terms.multiply(minus_one, side)) for side in larger.args]
    one_is_it = terms.equal(terms.multiply(*gaps), zero)
    return terms.all_of(*(terms.at_most(side, larger) for side in larger.args), one_is_it)


def _refute_by_arithmetic(facts: Facts, leaf: Multiples) -> None:
    total: Polynomial = {}
    above = False
    for coefficient, numbers in leaf.products:
        if type(coefficient) not in (int, Fraction) or coefficient < 0 or len(numbers) > MOST_DEGREE:
            raise Rejected(f"{coefficient} times a product of {len(numbers)} facts is not allowed")
        product = reduce(times, (_pick(facts.at_least_zero, number) for number in numbers), constant(1))
        total = plus(total, product, coefficient)
        above = above or (coefficient > 0 and bool(numbers) and facts.strict.issuperset(numbers))
    for multiplier, number in leaf.equalities:
        if multiplier.sort != terms.INTEGER and multiplier.sort != terms.REAL:
            raise Rejected(f"{multiplier!r} is not a number")
        total = plus(total, times(polynomial(multiplier), _pick(facts.zero, number)))
    if set(total) - {ONE} or total.get(ONE, 0) > 0 or (not total and not above):
        raise Rejected("the multiples of the facts do not add up to a negative number")


def _pick(items: tuple[Item, ...], number: int) -> Item:
    if not 0 <= number < len(items):
        raise Rejected(f"there is no fact {number}")
    return items[number]
