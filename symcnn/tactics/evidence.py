"""Search for evidence of integer facts. Nothing here is trusted: the kernel checks what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice
from math import floor, gcd, inf
from time import thread_time

from ..kernel import Alternatives, Each, Evidence, Facts, Floor, Larger, Law, Lemma, Multiples, Split, Term, terms
from ..kernel.evidence import conjuncts, divisor_positive, floor_bounds, larger_facts
from ..kernel.polynomial import ONE, Polynomial, build, negate, normal
from ..kernel.polynomial import order as term_order
from .arithmetic import by_arithmetic, integer_atoms
from .linear import Solver, find_model, rational_model, satisfies
from .order import exists, integer_part, is_about_reals, order, sign

_MOST_SPLITS = 1
_MOST_CANDIDATES = 8
_MOST_ROUNDINGS = 6
_MOST_MODELS = 6


Opened = frozenset[Term | int]  # floors and maxima whose facts are there, and alternatives that are decided


@dataclass
class EvidenceSearch:
    """Finds evidence; remembers what it found and what it did not find."""

    solver: Solver = field(default_factory=Solver)
    known: dict[tuple[object, Term], Evidence | None] = field(default_factory=dict)
    places: dict[Term, Evidence] = field(default_factory=dict)  # how an `exists` was shown before
    models: list[dict[Term, int]] = field(default_factory=list)  # the last ones, of use for other questions
    asked: set[tuple[object, Term]] = field(default_factory=set)  # what is being looked for
    deadline: float = inf  # on the clock of `time.thread_time`; nothing is found after it
    pause_at: float = inf  # on the same clock
    pause: Callable[[], None] = lambda: None  # called once, at that time; it may raise to end the search

    @property
    def is_out_of_time(self) -> bool:
        """Whether nothing is looked for any more."""
        return thread_time() > self.deadline

    def find(self, facts: Facts, goal: Term) -> Evidence | None:
        """Evidence that the goal follows from the facts, or None."""
        if self.is_out_of_time:
            return None
        if thread_time() > self.pause_at:
            self.pause_at = inf
            self.pause()
        key = (_key(facts), goal)
        if key not in self.known:
            question = (_content(facts), goal)
            if question in self.asked:
                return None  # a question within itself has no answer
            self.asked.add(question)
            self.known[key] = self._find(facts, goal)
            self.asked.discard(question)
        return self.known[key]

    def _find(self, facts: Facts, goal: Term) -> Evidence | None:
        if goal.head == "nonzero":
            return self._nonzero(facts, goal.args[0])
        if goal.head == "exists":
            return exists(self, facts, goal)
        if is_about_reals(goal):
            return order(self, facts, goal)
        facts = integer_part(facts)
        if goal.head in ("and", "equal"):
            parts = []
            for part in conjuncts(goal):
                parts.append(self.find(facts, part))
                if parts[-1] is None:
                    return None
            return Each(tuple(part for part in parts if part is not None))
        near = _about(facts, terms.free_variables(goal))
        found = self.contradiction(near.assume(negate(goal)), _MOST_SPLITS)
        if found is not None or near == facts:
            return found
        return self.contradiction(facts.assume(negate(goal)), _MOST_SPLITS)

    def _nonzero(self, facts: Facts, term: Term) -> Evidence | None:
        if term.head == "real":
            return self.find(facts, terms.negation(terms.equal(term.args[0], terms.integer(0))))
        if term.head in ("power", "inverse"):
            return self._nonzero(facts, term.args[0])
        if term.head == "multiply":
            parts = [self._nonzero(facts, factor) for factor in term.args]
            return None if None in parts else Each(tuple(part for part in parts if part is not None))
        known = term.head == "rational" and term.value != 0
        return Multiples() if known or polynomial_is_nonzero(facts, term) else sign(self, facts, term)

    def contradiction(self, facts: Facts, splits: int) -> Evidence | None:
        """Evidence that the facts contradict each other, or None."""
        return self._opened(facts, splits, frozenset())

    def _opened(self, facts: Facts, splits: int, opened: Opened) -> Evidence | None:
        """As `contradiction`; floors and maxima not yet in `opened` bring their facts first."""
        satisfied = self._is_satisfied(facts)
        direct = None if satisfied else by_arithmetic(self.solver, facts, products=False)
        if direct is not None:
            return direct
        for atom in _special_atoms(facts):
            if atom not in opened:
                return self._open(facts, splits, opened | {atom}, atom)
        cut = _tightening(facts)
        if cut is not None:
            condition, shown = cut
            then = self._opened(facts.assume(condition), splits, opened)
            return then and Lemma(condition, shown, then)
        for number in _open_alternatives(facts):
            if number not in opened and (found := self._only_branch(facts, number, splits, opened)) is not None:
                return found
        if not facts.alternatives and (satisfied or self._has_model(facts)):
            return None
        if _is_nonlinear(facts):
            by_products = by_arithmetic(self.solver, facts, products=True) or self._by_signs(facts)
            if by_products is not None:
                return by_products
        elif not facts.alternatives:
            return self._by_rounding(facts, _MOST_ROUNDINGS)
        return self._by_cases(facts, splits, opened)

    def _is_satisfied(self, facts: Facts) -> bool:
        """Whether one of the last models satisfies the facts, each atom taken as a variable; it comes first then"""
        for number, model in enumerate(self.models):
            if satisfies(model, facts.at_least_zero, facts.zero):
                self.models.insert(0, self.models.pop(number))
                return True
        return False

    def _has_model(self, facts: Facts) -> bool:
        model = find_model(self.solver, facts.at_least_zero, facts.zero)
        if model is not None:
            self.models = [model, *self.models[: _MOST_MODELS - 1]]
        return model is not None

    def _open(self, facts: Facts, splits: int, opened: Opened, atom: Term) -> Evidence | None:
        if atom.head == "size":
            positive_size = terms.at_most(terms.integer(1), atom)
            then = self._opened(facts.assume(positive_size), splits, opened)
            return then and Law("size_positive", (atom,), (), then)
        if atom.head == "larger":
            then = self._opened(facts.assume(larger_facts(atom)), splits, opened)
            return then and Larger(atom, then)
        assumed = facts.assume(negate(divisor_positive(atom)))
        positive = by_arithmetic(self.solver, assumed, products=False)
        positive = positive or by_arithmetic(self.solver, assumed, products=True)
        if positive is None:
            return self._opened(facts, splits, opened)
        then = self._opened(facts.assume(floor_bounds(atom)), splits, opened)
        return then and Floor(atom, positive, then)

    def _by_rounding(self, facts: Facts, rounds: int) -> Evidence | None:
        """Linear facts that only rationals satisfy: cut at an integer that a rational solution gives a fraction."""
        direct = by_arithmetic(self.solver, facts, products=False)
        if direct is not None or not rounds:
            return direct
        model = rational_model(self.solver, facts.at_least_zero, facts.zero)
        for monomial, value in model.items():
            if value.denominator != 1:
                below = terms.at_most(build({monomial: 1}, terms.INTEGER), terms.integer(floor(value)))
                holds = self._by_rounding(facts.assume(below), rounds - 1)
                fails = holds and self._by_rounding(facts.assume(negate(below)), rounds - 1)
                return Split(below, holds, fails) if holds is not None and fails is not None else None
        return None

    def _by_signs(self, facts: Facts) -> Evidence | None:
        """`1 <= floor` or `0 <= floor` is shown on the way: products of facts need the signs of their factors."""
        signs: list[tuple[Term, Evidence]] = []
        for atom in _special_atoms(facts):
            for least in (1, 0):
                sign = terms.at_most(terms.integer(least), atom)
                shown: Evidence | None = by_arithmetic(self.solver, facts.assume(negate(sign)), products=True)
                if shown is not None:
                    signs.append((sign, shown))
                    facts = facts.assume(sign)
                    break
        found: Evidence | None = by_arithmetic(self.solver, facts, products=True) if signs else None
        for sign, shown in reversed(signs):
            found = found and Lemma(sign, shown, found)
        return found

    def _by_cases(self, facts: Facts, splits: int, opened: Opened) -> Evidence | None:
        if not splits:
            return None
        for number in (number for number in _open_alternatives(facts) if number not in opened):
            found = self._branches(facts, number, splits, opened)
            if found is not None:
                return found
        for condition in islice(_split_candidates(facts), _MOST_CANDIDATES):
            holds = self._opened(facts.assume(condition), splits - 1, opened)
            fails = holds and self._opened(facts.assume(negate(condition)), splits - 1, opened)
            if holds is not None and fails is not None:
                return Split(condition, holds, fails)
        return None

    def _only_branch(self, facts: Facts, number: int, splits: int, opened: Opened) -> Evidence | None:
        """Where all alternatives but one contradict the facts, go on with that one."""
        conditions = facts.alternatives[number]
        direct = [by_arithmetic(self.solver, facts.assume(each), products=False) for each in conditions]
        if sum(found is None for found in direct) != 1:
            return None
        left = facts.assume(conditions[direct.index(None)])
        last = self._opened(left, splits, opened | {number})
        return last and Alternatives(number, tuple(found or last for found in direct))

    def _branches(self, facts: Facts, number: int, splits: int, opened: Opened) -> Evidence | None:
        chosen = facts.alternatives[number]
        branches = []
        for condition in chosen:
            branch = self._opened(facts.assume(condition), splits - 1, opened | {number})
            if branch is None:
                return None
            branches.append(branch)
        return Alternatives(number, tuple(branches))


def _open_alternatives(facts: Facts) -> Iterator[int]:
    """The numbers of the alternatives that are about integers"""
    return (number for number, conditions in enumerate(facts.alternatives) if conditions)


def _about(facts: Facts, names: frozenset[str]) -> Facts:
    """The facts that speak of these variables only; each other one is replaced by 0 >= 0 or 0 = 0, so that the
    numbers of the facts stay. Most goals follow from few facts, and a short question has a quick answer."""

    def kept(fact: Polynomial) -> Polynomial:
        about = (terms.free_variables(atom) for monomial in fact for atom, _ in monomial)
        return fact if names.issuperset(frozenset().union(*about)) else {}

    nonnegative, zero = (tuple(map(kept, group)) for group in (facts.at_least_zero, facts.zero))
    return replace(facts, at_least_zero=nonnegative, zero=zero)


def polynomial_is_nonzero(facts: Facts, term: Term) -> bool:
    """Whether the term is, up to arithmetic, one that a hypothesis says is not 0."""
    return normal(term) in facts.nonzero


def _key(facts: Facts) -> object:
    """A key for what the facts say, to remember answers by."""
    frozen = (tuple(frozenset(p.items()) for p in group) for group in (facts.at_least_zero, facts.zero))
    return (*frozen, facts.alternatives, facts.nonzero, facts.strict)


def _content(facts: Facts) -> object:
    """What the facts say, whatever their numbers"""
    frozen = (frozenset(frozenset(p.items()) for p in group if p) for group in (facts.at_least_zero, facts.zero))
    return (*frozen, facts.alternatives, facts.nonzero)


def _special_atoms(facts: Facts) -> Iterator[Term]:
    """Floors and maxima that the facts speak of, inner ones too, in a fixed order."""
    found = {part for atom in integer_atoms(facts) for part in terms.subterms(atom)}
    yield from sorted(
        (
            part
            for part in found
            if part.head in ("floor", "larger", "size") and not part.loose and part.sort == terms.INTEGER
        ),
        key=term_order,
    )


def _is_nonlinear(facts: Facts) -> bool:
    return any(
        sum(exponent for _, exponent in monomial) > 1
        for poly in (*facts.at_least_zero, *facts.zero)
        for monomial in poly
    )


def _tightening(facts: Facts) -> tuple[Term, Evidence] | None:
    """q + floor(c/g) >= 0 from g q + c >= 0, for integers; with its evidence, unless it is known already"""
    known = {frozenset(fact.items()) for fact in facts.at_least_zero}
    for number, fact in enumerate(facts.at_least_zero):
        divisor = gcd(*(int(coefficient) for monomial, coefficient in fact.items() if monomial != ONE))
        rest = int(fact.get(ONE, 0))
        if divisor < 2 or rest % divisor == 0:
            continue
        tight = {monomial: int(c) // divisor for monomial, c in fact.items()}
        if frozenset((m, c) for m, c in tight.items() if c) not in known:
            last = len(facts.at_least_zero)
            cut = Multiples(((Fraction(1), (number,)), (Fraction(divisor), (last,))))
            bound = build({m: c for m, c in tight.items() if c}, terms.INTEGER)
            return terms.at_most(terms.integer(0), bound), cut
    return None


def _parity(facts: Facts) -> Iterator[Term]:
    """q <= -c/g, rounded down, for an equality g q + c = 0 that no integer q satisfies"""
    for fact in facts.zero:
        divisor = gcd(*(int(coefficient) for monomial, coefficient in fact.items() if monomial != ONE))
        rest = int(fact.get(ONE, 0))
        if divisor > 1 and rest % divisor:
            quotient = {monomial: int(c) // divisor for monomial, c in fact.items() if monomial != ONE}
            yield terms.at_most(build(quotient, terms.INTEGER), terms.integer(-rest // divisor))


def _split_candidates(facts: Facts) -> Iterator[Term]:
    """Where to cut: an integer that an equality puts between two others, then x <= y for two integers that some
    third one multiplies, since the sign of z*(x - y) is that of x - y."""
    yield from _parity(facts)
    partners: dict[Term, set[Term]] = {}
    for poly in (*facts.at_least_zero, *facts.zero):
        for monomial in poly:
            factors = [atom for atom, _ in monomial]
            if len(factors) == 2:
                partners.setdefault(factors[0], set()).add(factors[1])
                partners.setdefault(factors[1], set()).add(factors[0])
    for several in partners.values():
        ordered = sorted(several, key=term_order)
        yield from (terms.at_most(x, y) for x in ordered for y in ordered if x != y)
