"""Search for evidence about reals: laws bring facts about functions, maxima and brackets, arithmetic does the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import permutations, takewhile
from typing import TYPE_CHECKING

from ..kernel import (
    LAWS,
    Alternatives,
    Each,
    Evidence,
    Facts,
    Instance,
    Larger,
    Law,
    Lemma,
    Rejected,
    Sign,
    Split,
    Summands,
    Term,
    Throughout,
    terms,
)
from ..kernel.evidence import is_sign_of_sum, larger_facts, unknown_names
from ..kernel.functions import facts_of
from ..kernel.laws import conditions_at, exists_of
from ..kernel.polynomial import ONE, Polynomial, build, negate, normal, plus, polynomial
from ..kernel.polynomial import order as term_order
from .arithmetic import by_arithmetic

if TYPE_CHECKING:
    from .evidence import EvidenceSearch

_MOST_CALLS = 8


def is_about_reals(goal: Term) -> bool:
    """Whether a goal compares reals."""
    if goal.head == "not":
        return goal.args[0].head == "equal" and is_about_reals(goal.args[0])
    return goal.head == "less" or (goal.head in ("at_most", "equal") and goal.args[0].sort == terms.REAL)


def integer_part(facts: Facts) -> Facts:
    """The facts about integers; each other one says nothing, so that the numbers of the facts stay."""
    if all(map(_is_integral, (*facts.at_least_zero, *facts.zero))) and not any(map(_is_mixed, facts.alternatives)):
        return facts
    nonnegative, zero = (
        tuple(poly if _is_integral(poly) else {} for poly in group) for group in (facts.at_least_zero, facts.zero)
    )
    alternatives = tuple(() if _is_mixed(several) else several for several in facts.alternatives)
    return replace(facts, at_least_zero=nonnegative, zero=zero, alternatives=alternatives, strict=frozenset())


def _is_integral(poly: Polynomial) -> bool:
    whole = all(int(coefficient) == coefficient for coefficient in poly.values())
    return whole and all(atom.sort == terms.INTEGER for monomial in poly for atom, _ in monomial)


def _is_mixed(conditions: tuple[Term, ...]) -> bool:
    return any(part.sort == terms.REAL for condition in conditions for part in terms.subterms(condition))


# What there is


def exists(search: EvidenceSearch, facts: Facts, goal: Term) -> Evidence | None:
    """Indices for which the condition holds: the bounds, or the first that the condition allows, or the larger of
    the two. Each is looked for by itself, with the parts of the condition that speak of no other."""
    earlier = search.places.get(normal(goal))
    again = _again(search, facts, goal, earlier) if earlier is not None else None
    if again is None:
        again = _chosen(search, facts, goal, unknown_names(facts, goal, terms.rank_of(goal)), ())
    if again is not None:
        search.places[normal(goal)] = again
    return again


def _again(search: EvidenceSearch, facts: Facts, goal: Term, earlier: Evidence) -> Evidence | None:
    """The same indices as elsewhere"""
    if isinstance(earlier, Split):
        branches = (earlier.condition, earlier.holds), (negate(earlier.condition), earlier.fails)
        parts = [_again(search, facts.assume(condition), goal, branch) for condition, branch in branches]
        return None if parts[0] is None or parts[1] is None else Split(earlier.condition, parts[0], parts[1])
    if not isinstance(earlier, Instance):
        return None
    shown = search.find(facts, terms.all_of(*conditions_at(goal, earlier.indices)))
    return shown and Instance(earlier.indices, shown)


def _chosen(
    search: EvidenceSearch, facts: Facts, goal: Term, names: tuple[Term, ...], found: tuple[Term, ...]
) -> Evidence | None:
    """Evidence that begins with the indices that are found already"""
    if len(found) == len(names):
        shown = search.find(facts, terms.all_of(*conditions_at(goal, found)))
        return shown and Instance(found, shown)
    index, own = names[len(found)], _own_conditions(goal, names, len(found))
    for place in _first_places(own, index):
        if _holds_at(search, facts, own, index, place):
            return _chosen(search, facts, goal, names, (*found, place))
    lower, *others = _first_places(own, index)
    for least in others[1:]:
        first, later = terms.at_most(lower, least), negate(terms.at_most(lower, least))
        pairs = (facts.assume(first), least), (facts.assume(later), lower)
        if all(_holds_at(search, known, own, index, place) for known, place in pairs):
            parts = [_chosen(search, known, goal, names, (*found, place)) for known, place in pairs]
            return None if parts[0] is None or parts[1] is None else Split(first, parts[0], parts[1])
    return None


def _own_conditions(goal: Term, names: tuple[Term, ...], number: int) -> list[Term]:
    """The range of an index, and the parts of the condition that speak of no other index"""
    *ranges, condition = conditions_at(goal, names)
    parts = condition.args if condition.head == "and" else (condition,)
    others = {str(name.value) for name in names if name != names[number]}
    return [*ranges[2 * number : 2 * number + 2], *(p for p in parts if not others & terms.free_variables(p))]


def _holds_at(search: EvidenceSearch, facts: Facts, conditions: list[Term], index: Term, place: Term) -> bool:
    at = {str(index.value): place}
    return all(search.find(facts, terms.substitute(each, at)) is not None for each in conditions)


def _first_places(conditions: list[Term], index: Term) -> list[Term]:
    """The bounds of an index, then the least values that its other conditions allow"""
    found = [conditions[0].args[0], conditions[1].args[1]]
    for part in conditions[2:]:
        if part.head == "at_most":
            slack = dict(polynomial(terms.add(part.args[1], terms.multiply(terms.integer(-1), part.args[0]))))
            if slack.pop(frozenset([(index, 1)]), 0) == 1:
                least = build({monomial: -number for monomial, number in slack.items()}, terms.INTEGER)
                found += [least] if index.value not in terms.free_variables(least) else []
    return found


# Order


def order(search: EvidenceSearch, facts: Facts, goal: Term) -> Evidence | None:
    """Evidence for a <= b, a < b or a = b of reals: from the facts alone, or from what laws say of their atoms."""
    if goal.head == "equal":
        left, right = goal.args
        parts = [search.find(facts, terms.at_most(*pair)) for pair in ((left, right), (right, left))]
        return None if None in parts else Each(tuple(part for part in parts if part is not None))
    denied = facts.assume(negate(goal))
    direct: Evidence | None = by_arithmetic(search.solver, _real_part(denied), products=False)
    direct = direct or _by_alternatives(search, denied)
    if direct is not None:
        return direct
    if goal.head == "at_most" and goal.args[0].head == "maximum":
        found = _throughout(search, facts, goal)
        if found is not None:
            return found
    if is_sign_of_sum(goal):
        found = _summands(search, facts, goal)
        if found is not None:
            return found
    return _by_laws(search, facts, denied)


def _by_alternatives(search: EvidenceSearch, facts: Facts) -> Evidence | None:
    """Where each of some alternatives contradicts the facts"""
    for number, several in enumerate(facts.alternatives):
        parts = (by_arithmetic(search.solver, _real_part(facts.assume(each)), products=False) for each in several)
        found = list(takewhile(lambda part: part is not None, parts))
        if len(found) == len(several):
            return Alternatives(number, tuple(part for part in found if part is not None))
    return None


def _throughout(search: EvidenceSearch, facts: Facts, goal: Term) -> Evidence | None:
    maximum, limit = goal.args
    names = unknown_names(facts, goal, terms.rank_of(maximum))
    inside = facts.assume(terms.all_of(*conditions_at(maximum, names)))
    shown = search.find(inside, terms.at_most(terms.instantiate(maximum.args[-1], *names), limit))
    nonempty = shown and search.find(facts, exists_of(maximum))
    return nonempty and shown and Throughout(nonempty, shown)


def _summands(search: EvidenceSearch, facts: Facts, goal: Term) -> Evidence | None:
    """The sign of a sum, from that of its summands"""
    lower, upper, body = goal.args[1].args
    (name,) = unknown_names(facts, goal, 1)
    inside = facts.assume(terms.all_of(terms.at_most(lower, name), terms.at_most(name, upper)))
    nonempty = search.find(facts, terms.at_most(lower, upper)) if goal.head == "less" else None
    if goal.head == "less" and nonempty is None:
        return None
    shown = search.find(inside, terms.with_args(goal, (goal.args[0], terms.instantiate(body, name))))
    return shown and Summands((nonempty, shown) if nonempty is not None else (shown,))


def sign(search: EvidenceSearch, facts: Facts, term: Term) -> Evidence | None:
    """Evidence that a real is above 0, or below."""
    if term.sort != terms.REAL:
        return None
    for positive in (True, False):
        sides = (terms.rational(0), term) if positive else (term, terms.rational(0))
        shown = search.find(facts, terms.less(*sides))
        if shown is not None:
            return Sign(positive, shown)
    return None


Candidate = tuple[str, tuple[Term, ...]]


def _by_laws(search: EvidenceSearch, known: Facts, facts: Facts) -> Evidence | None:
    """A contradiction. What a law needs must follow from what was `known` before the goal was denied."""
    near = _real_part(facts)
    used: list[tuple[Candidate, tuple[Evidence, ...]]] = []
    for candidate in _candidates(known, _parts(near), _squared(near)):
        shown = _needed(search, _as_long_as(known, facts), candidate)
        if shown is not None:
            used.append((candidate, shown))
            given = _given(facts, candidate)
            facts, near = facts.assume(given), near.assume(given)
    found: Evidence | None = by_arithmetic(search.solver, near, products=False)
    found = found or by_arithmetic(search.solver, near, products=True)
    for candidate, shown in reversed(used):
        found = found and _with(candidate, shown, found)
    return found


def _with(candidate: Candidate, shown: tuple[Evidence, ...], then: Evidence) -> Evidence:
    law, arguments = candidate
    if law == "larger":
        return Larger(arguments[0], then)
    return Lemma(arguments[0], shown[0], then) if law == "summands" else Law(law, arguments, shown, then)


def _as_long_as(known: Facts, facts: Facts) -> Facts:
    """What was known at first, with as many facts as there are now, so that the next one has the same number"""
    added = len(facts.at_least_zero) - len(known.at_least_zero), len(facts.zero) - len(known.zero)
    nothing: Polynomial = {}
    more, more_zero = (nothing,) * added[0], (nothing,) * added[1]
    return replace(known, at_least_zero=(*known.at_least_zero, *more), zero=(*known.zero, *more_zero))


def _needed(search: EvidenceSearch, facts: Facts, candidate: Candidate) -> tuple[Evidence, ...] | None:
    """Evidence for what a law needs; None if it does not apply"""
    law, arguments = candidate
    if law == "larger":
        return ()
    if law == "summands":
        found = _summands(search, facts, arguments[0])
        return (found,) if found is not None else None
    try:
        goals, _ = LAWS[law](facts.functions, arguments)
    except Rejected:
        return None
    shown: list[Evidence] = []
    for goal in goals:
        found = search.find(facts, goal)
        if found is None:
            return None
        shown.append(found)
    return tuple(shown)


def _given(facts: Facts, candidate: Candidate) -> Term:
    law, arguments = candidate
    if law == "summands":
        return arguments[0]
    return larger_facts(arguments[0]) if law == "larger" else LAWS[law](facts.functions, arguments)[1]


def _real_part(facts: Facts) -> Facts:
    """The facts that speak of reals, or are strict as those are, and the facts about the integers in them"""
    strict = [facts.at_least_zero[number] for number in facts.strict]
    about = [poly for poly in (*facts.at_least_zero, *facts.zero) if not _is_integral(poly)]
    integers = {atom for poly in (*strict, *about) for atom in _atoms(poly) if atom.sort == terms.INTEGER}

    def kept(poly: Polynomial) -> Polynomial:
        return poly if not _is_integral(poly) or set(_atoms(poly)) <= integers else {}

    nonnegative, zero = (tuple(map(kept, group)) for group in (facts.at_least_zero, facts.zero))
    return replace(facts, at_least_zero=nonnegative, zero=zero, alternatives=())


def _atoms(poly: Polynomial) -> list[Term]:
    return [atom for monomial in poly if monomial != ONE for atom, _ in monomial]


def _squared(facts: Facts) -> list[Term]:
    """What stands in the facts with an exponent of its own"""
    powers = (power for poly in (*facts.at_least_zero, *facts.zero) for monomial in poly for power in monomial)
    return sorted({atom for atom, exponent in powers if exponent > 1 and atom.sort == terms.REAL}, key=term_order)


def _candidates(facts: Facts, parts: list[Term], squared: list[Term]) -> Iterator[Candidate]:
    """Laws that may say something of what the facts speak of"""
    for part in parts:
        if part.head == "larger" and part.sort == terms.REAL:
            yield "larger", (part,)
        elif part.head == "inverse":
            yield "quotient", (part.args[0],)
        elif part.head == "maximum":
            yield from _upper_bounds(part, parts)
        elif part.head == "sum":
            yield from _signs_of_sum(part)
        else:
            yield from ((law, (part,)) for law in _ONE_TERM.get(part.head, ()))
    yield from (("square", (atom,)) for atom in squared)
    calls = [part for part in parts if part.head == "call"][:_MOST_CALLS]
    for pair in permutations(calls, 2):
        if pair[0].value == pair[1].value:
            facts_known = facts_of(facts.functions, str(pair[0].value))
            strictly = facts_known & {"increasing", "decreasing"}
            yield from (("strictly_monotone", pair), ("monotone", pair)) if strictly else (("monotone", pair),)


def _signs_of_sum(term: Term) -> Iterator[Candidate]:
    """That a sum is above 0, or at least 0, where its summands may be known to be: the law is a condition"""
    if any(map(_has_sign, terms.subterms(term))):
        zero = terms.rational(0)
        yield from (("summands", (made,)) for made in (terms.less(zero, term), terms.at_most(zero, term)))


def _has_sign(part: Term) -> bool:
    """Whether something is known of the sign of such terms: squares, values of functions, brackets"""
    is_square = part.head == "multiply" and len(set(part.args)) < len(part.args)
    return is_square or part.head in ("call", "power", "bracket", "larger")


_ONE_TERM: Mapping[str, tuple[str, ...]] = {
    "call": ("sign", "slope"),
    "bracket": ("bracket_holds", "bracket_fails", "bracket_range"),
}


def _upper_bounds(maximum: Term, parts: list[Term]) -> Iterator[Candidate]:
    """f(i) <= max f, where f(i) reads a tensor where the facts do"""
    from .reindexing import solve_all

    names = [f"?{number}" for number in range(terms.rank_of(maximum))]
    body = terms.instantiate(maximum.args[-1], *map(terms.variable, names))
    seen: set[tuple[Term, ...]] = set()
    for pattern in (part for part in _outside_binders(body) if part.head == "entry"):
        for known in (part for part in parts if part.head == "entry" and part.value == pattern.value):
            pairs = zip(pattern.args, known.args, strict=True)
            equations = [plus(polynomial(one), polynomial(other), -1) for one, other in pairs]
            indices = solve_all(equations, names)
            if indices is not None and tuple(indices) not in seen:
                seen.add(tuple(indices))
                yield "maximum_upper", (maximum, *indices)


def _parts(facts: Facts) -> list[Term]:
    """What the real facts speak of, under no binder"""
    polys = [poly for poly in (*facts.at_least_zero, *facts.zero) if not _is_integral(poly)]
    found = {part for poly in polys for atom in _atoms(poly) for part in _outside_binders(atom)}
    return sorted(found, key=term_order)


def _outside_binders(term: Term) -> Iterator[Term]:
    yield term
    for position, child in enumerate(term.args):
        if not terms.binds(term, position):
            yield from _outside_binders(child)
