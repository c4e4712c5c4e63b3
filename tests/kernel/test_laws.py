"""Evidence about reals: order, strict facts, laws, maxima and what exists. What is accepted holds at random values."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from checking import ensure, ensure_equal
from germs import holds
from mutation import variants
from prover import NotFound, contradiction, prove
from worlds import FUNCTIONS, random_world

from symcnn.kernel import (
    LAWS,
    Alternatives,
    Each,
    Evidence,
    Facts,
    Instance,
    Larger,
    Law,
    Lemma,
    Multiples,
    Rejected,
    Sign,
    Split,
    Summands,
    Term,
    Throughout,
    terms,
)
from symcnn.kernel.evidence import check, unknown_names
from symcnn.kernel.laws import conditions_at, exists_of
from symcnn.kernel.polynomial import negate

m, n, i, a, b = map(terms.variable, ("m", "n", "i", "a", "b"))
zero, one, two = map(terms.integer, range(3))
nothing, unit = terms.rational(0), terms.rational(1)
add, multiply, at_most, equal, less = terms.add, terms.multiply, terms.at_most, terms.equal, terms.less
nonzero, call, bracket, rational, negation = terms.nonzero, terms.call, terms.bracket, terms.rational, terms.negation


def entry(index: Term) -> Term:
    return terms.entry("X", index)


x, y, z = entry(m), entry(n), entry(i)
NONE = Multiples()


def facts_of(*conditions: Term) -> Facts:
    return Facts(functions=FUNCTIONS).assume(terms.all_of(*conditions))


def sums(*numbers: int) -> Multiples:
    """The facts with these numbers are added."""
    return Multiples(tuple((Fraction(1), (number,)) for number in numbers))


def multiples(*products: tuple[int, tuple[int, ...]], zeros: tuple[tuple[Term, int], ...] = ()) -> Multiples:
    return Multiples(tuple((Fraction(factor), numbers) for factor, numbers in products), zeros)


def highest(body: Term, lower: Term = one, upper: Term = m, where: Term = terms.TRUE) -> Term:
    return terms.maximum((("a", lower, upper),), where, body)


def summed(body: Term, lower: Term = one, upper: Term = m) -> Term:
    return terms.summation("a", lower, upper, body)


def exists(condition: Term, lower: Term = one, upper: Term = m) -> Term:
    return terms.exists((("a", lower, upper),), condition)


# Ways to find evidence; what is not found is replaced by something wrong, which must be refused

Way = Callable[[Facts, Term], Evidence]
WRONG = sums(0)


def search(facts: Facts, goal: Term) -> Evidence:
    try:
        return prove(facts, goal)
    except NotFound:
        return WRONG


def refuting(facts: Facts) -> Evidence:
    try:
        return contradiction(facts)
    except NotFound:
        return WRONG


def by(*laws: tuple[Any, ...]) -> Way:
    """Evidence by some laws with their arguments, one after the other; then by arithmetic."""

    def build(facts: Facts, goal: Term) -> Evidence:
        return from_laws(facts.assume(negate(goal)), laws)

    return build


def from_laws(facts: Facts, laws: tuple[tuple[Any, ...], ...]) -> Evidence:
    if not laws:
        return refuting(facts)
    (law, *arguments), rest = laws[0], laws[1:]
    try:
        needed, given = LAWS[law](facts.functions, tuple(arguments))
    except (Rejected, KeyError):
        return Law(law, tuple(arguments), (), WRONG)
    shown = tuple(search(facts, each) for each in needed)
    return Law(law, tuple(arguments), shown, from_laws(facts.assume(given), rest))


def parts_by(*ways: Way) -> Way:
    """Every part of the goal in its own way; both inequalities of an equation"""

    def build(facts: Facts, goal: Term) -> Evidence:
        left, right = goal.args[:2]
        parts = goal.args if goal.head == "and" else (at_most(left, right), at_most(right, left))
        return Each(tuple(way(facts, part) for way, part in zip(ways, parts, strict=True)))

    return build


def at(*indices: Term) -> Way:
    """What exists is there."""

    def build(facts: Facts, goal: Term) -> Evidence:
        try:
            return Instance(indices, search(facts, terms.all_of(*conditions_at(goal, indices))))
        except Rejected:
            return Instance(indices, WRONG)

    return build


def apart(condition: Term, holds_: Way, fails: Way) -> Way:
    """In two cases"""

    def build(facts: Facts, goal: Term) -> Evidence:
        negated = facts.assume(negate(condition))
        return Split(condition, holds_(facts.assume(condition), goal), fails(negated, goal))

    return build


def throughout(*indices: Term, way: Way = search) -> Way:
    """A maximum that has something at these indices is at most something."""

    def build(facts: Facts, goal: Term) -> Evidence:
        found, limit = goal.args
        names = unknown_names(facts, goal, terms.rank_of(found))
        inside = facts.assume(terms.all_of(*conditions_at(found, names)))
        body = at_most(terms.instantiate(found.args[-1], *names), limit)
        return Throughout(at(*indices)(facts, exists_of(found)), way(inside, body))

    return build


def summands(*ways: Way) -> Way:
    """A sum has a sign, since it is over something (if that is needed) and its summands have that sign."""

    def build(facts: Facts, goal: Term) -> Evidence:
        lower, upper, body = goal.args[1].args
        (name,) = unknown_names(facts, goal, 1)
        inside = facts.assume(terms.all_of(at_most(lower, name), at_most(name, upper)))
        part = terms.with_args(goal, (goal.args[0], terms.instantiate(body, name)))
        needed = [(facts, at_most(lower, upper)), (inside, part)][-len(ways) :]
        return Summands(tuple(way(known, each) for way, (known, each) in zip(ways, needed, strict=True)))

    return build


def lemma(condition: Term, way: Way) -> Way:
    def build(facts: Facts, goal: Term) -> Evidence:
        denied = facts.assume(negate(goal))
        return Lemma(condition, way(denied, condition), refuting(denied.assume(condition)))

    return build


def signed(positive: bool, way: Way = search) -> Way:
    def build(facts: Facts, goal: Term) -> Evidence:
        sides = (nothing, goal.args[0]) if positive else (goal.args[0], nothing)
        return Sign(positive, way(facts, less(*sides)))

    return build


def just(evidence: Evidence) -> Way:
    return lambda facts, goal: evidence


def fx(name: str, at: Term) -> Term:
    return call(name, at)


def own(law: str, form: Callable[[Term], Term]) -> Way:
    """By a law about the summand at the index that `Summands` speaks of"""
    return lambda facts, goal: by((law, form(goal.args[1])))(facts, goal)


def argument(term: Term) -> Term:
    return term.args[0]


squares, exponentials = summed(terms.power(entry(a), 2)), summed(fx("exp", entry(a)))
most = terms.larger(x, y)
whole = highest(entry(a))
positives = highest(entry(a), where=less(nothing, entry(a)))
plane = terms.maximum((("a", one, m), ("b", one, n)), at_most(a, b), terms.real(add(b, multiply(terms.integer(-1), a))))
size = terms.size("s", i)
P = bracket(at_most(m, n))
Example = tuple[tuple[Term, ...], Term, Way]
IN_RANGE = (at_most(one, i), at_most(i, m))

ACCEPTED: dict[str, Example] = {
    # order of reals
    "a real hypothesis": ((at_most(x, y),), at_most(x, y), search),
    "strict implies not strict": ((less(x, y),), at_most(x, y), search),
    "strict from strict": ((less(x, y), at_most(y, z)), less(x, z), search),
    "strict in the other place": ((at_most(x, y), less(y, z)), less(x, z), search),
    "a contradiction of 0 and strict": ((less(x, x),), equal(x, y), search),
    "not less is at most": ((negation(less(x, y)),), at_most(y, x), search),
    "not at most is less": ((negation(at_most(x, y)),), less(y, x), search),
    "not equal and at most is less": ((negation(equal(x, y)), at_most(x, y)), less(x, y), search),
    "x = 0 is not nonzero": ((negation(nonzero(x)),), equal(x, nothing), search),
    "both ways is equal": ((at_most(x, y), at_most(y, x)), equal(x, y), search),
    "a product of positives": ((less(nothing, x), less(nothing, y)), less(nothing, multiply(x, y)), search),
    "a product of nonnegatives": ((at_most(nothing, x), at_most(nothing, y)), at_most(nothing, multiply(x, y)), search),
    "a positive number": ((), less(nothing, rational(Fraction(1, 3))), search),
    "integers among reals": ((at_most(m, n),), at_most(terms.real(m), terms.real(n)), search),
    "reals among integers": ((at_most(terms.real(m), terms.real(n)),), at_most(m, n), search),
    "integers are not dense": ((less(terms.real(m), terms.real(n)),), at_most(add(m, one), n), search),
    "one of two": ((terms.any_of(less(x, y), less(x, z)), at_most(y, z)), less(x, z), search),
    "a split": (
        (),
        at_most(nothing, multiply(x, x)),
        just(
            Split(
                at_most(nothing, x),
                multiples((1, (0,)), (1, (1, 1))),
                multiples((1, (0,)), (1, (1, 1))),
            )
        ),
    ),
    "the larger real": ((), at_most(x, most), search),
    "the larger real is one of both": ((at_most(x, z), at_most(y, z)), at_most(most, z), search),
    "the larger real, strictly": ((less(x, z), less(y, z)), less(most, z), search),
    # signs
    "nonzero: positive": ((less(nothing, x),), nonzero(x), signed(True)),
    "nonzero: negative": ((less(x, nothing),), nonzero(x), signed(False)),
    "nonzero: a sum": ((less(nothing, x), at_most(nothing, y)), nonzero(add(x, y)), signed(True)),
    "nonzero: a positive function": ((), nonzero(fx("exp", x)), signed(True, by(("sign", fx("exp", x))))),
    # laws
    "nondecreasing": ((at_most(x, y),), at_most(fx("f", x), fx("f", y)), by(("monotone", fx("f", x), fx("f", y)))),
    "nonincreasing": ((at_most(x, y),), at_most(fx("c", y), fx("c", x)), by(("monotone", fx("c", x), fx("c", y)))),
    "increasing": ((at_most(x, y),), at_most(fx("r", x), fx("r", y)), by(("monotone", fx("r", x), fx("r", y)))),
    "relu": ((at_most(x, y),), at_most(fx("relu", x), fx("relu", y)), by(("monotone", fx("relu", x), fx("relu", y)))),
    "strictly increasing": (
        (less(x, y),),
        less(fx("r", x), fx("r", y)),
        by(("strictly_monotone", fx("r", x), fx("r", y))),
    ),
    "strictly decreasing": (
        (less(x, y),),
        less(fx("d", y), fx("d", x)),
        by(("strictly_monotone", fx("d", x), fx("d", y))),
    ),
    "leaky": (
        (less(x, y),),
        less(fx("leaky_relu", x), fx("leaky_relu", y)),
        by(("strictly_monotone", fx("leaky_relu", x), fx("leaky_relu", y))),
    ),
    "nonnegative": ((), at_most(nothing, fx("f", x)), by(("sign", fx("f", x)))),
    "positive": ((), less(nothing, fx("c", x)), by(("sign", fx("c", x)))),
    "slope of nondecreasing": ((), at_most(nothing, fx("f'", x)), by(("slope", fx("f'", x)))),
    "slope of decreasing": ((), at_most(fx("d'", x), nothing), by(("slope", fx("d'", x)))),
    "formula": ((), at_most(x, fx("relu", x)), by(("formula", fx("relu", x)))),
    "at zero": ((equal(x, nothing),), at_most(fx("f", x), nothing), by(("at_zero", fx("f", x)))),
    "odd at zero": ((equal(x, nothing),), at_most(fx("o", x), nothing), by(("at_zero", fx("o", x)))),
    "homogeneous at zero": (
        (equal(x, y),),
        at_most(fx("h", add(x, multiply(rational(-1), y))), nothing),
        by(("at_zero", fx("h", add(x, multiply(rational(-1), y))))),
    ),
    "a maximum": (IN_RANGE, at_most(z, whole), by(("maximum_upper", whole, i))),
    "a maximum with a condition": (
        (*IN_RANGE, less(nothing, z)),
        less(nothing, positives),
        by(("maximum_upper", positives, i)),
    ),
    "a maximum over a plane": (
        (at_most(one, m), at_most(m, n)),
        at_most(terms.real(add(n, multiply(terms.integer(-1), m))), plane),
        by(("maximum_upper", plane, m, n)),
    ),
    "a bracket is at least 0": ((), at_most(nothing, P), by(("bracket_range", P))),
    "a bracket is at most 1": ((), at_most(P, unit), by(("bracket_range", P))),
    "a bracket that holds": ((at_most(m, n),), at_most(unit, P), by(("bracket_holds", P))),
    "a bracket that fails": ((at_most(add(n, one), m),), at_most(P, nothing), by(("bracket_fails", P))),
    "a quotient": (
        (nonzero(x),),
        equal(multiply(x, terms.inverse(x)), unit),
        parts_by(by(("quotient", x)), by(("quotient", x))),
    ),
    "a square": ((), at_most(nothing, terms.power(add(x, y), 2)), by(("square", add(x, y)))),
    "a size": ((), at_most(one, size), by(("size_positive", size))),
    "two laws": (
        (at_most(x, y),),
        at_most(nothing, add(fx("f", y), multiply(P, P))),
        by(("monotone", fx("f", x), fx("f", y)), ("sign", fx("f", x)), ("bracket_range", P)),
    ),
    # what exists
    "exists": ((at_most(one, m),), exists(terms.TRUE), at(one)),
    "exists by a condition": ((at_most(two, m),), exists(at_most(two, a)), at(m)),
    "exists in no range": ((at_most(m, n),), terms.exists((), at_most(m, n)), at()),
    "exists, by cases": (
        (at_most(two, m),),
        exists(terms.any_of(at_most(n, zero), at_most(a, one))),
        apart(at_most(n, zero), at(two), at(one)),
    ),
    "exists twice": (
        (at_most(one, m), at_most(m, n)),
        terms.exists((("a", one, m), ("b", one, n)), at_most(a, b)),
        at(m, n),
    ),
    "exists and more": (
        (at_most(one, m),),
        terms.all_of(exists(terms.TRUE), at_most(one, m)),
        parts_by(at(one), search),
    ),
    # maxima
    "throughout": ((at_most(one, m),), at_most(highest(terms.real(a)), terms.real(m)), throughout(one)),
    "throughout, with a condition": (
        (at_most(two, m),),
        at_most(highest(terms.real(a), where=at_most(a, two)), rational(2)),
        throughout(two),
    ),
    "throughout, by a law": (
        (at_most(one, m),),
        at_most(whole, whole),
        throughout(one, way=lambda facts, goal: by(("maximum_upper", whole, unknown_index(facts)))(facts, goal)),
    ),
    "throughout a plane": ((at_most(one, m), at_most(one, n)), at_most(plane, terms.real(n)), throughout(one, n)),
    "throughout, as a lemma": (
        (at_most(one, m), less(terms.real(m), x)),
        less(highest(terms.real(a)), x),
        lemma(at_most(highest(terms.real(a)), terms.real(m)), throughout(m)),
    ),
    # sums
    "summands": ((), at_most(nothing, squares), summands(own("square", argument))),
    "summands, above 0": (
        (at_most(one, m),),
        less(nothing, exponentials),
        summands(search, own("sign", lambda term: term)),
    ),
    "summands, by their range": ((), at_most(nothing, summed(terms.real(a))), summands(search)),
    "summands, above 0 by their range": (
        (at_most(one, m),),
        less(nothing, summed(terms.real(a))),
        summands(search, search),
    ),
    "summands over nothing": ((), at_most(nothing, summed(terms.real(a), one, zero)), summands(search)),
    "summands, as a lemma": (
        (),
        less(nothing, add(unit, squares)),
        lemma(at_most(nothing, squares), summands(own("square", argument))),
    ),
    "summands, nonzero": (
        (at_most(one, m),),
        nonzero(exponentials),
        signed(True, summands(search, own("sign", lambda term: term))),
    ),
    "sums of sums": (
        (at_most(one, m),),
        less(nothing, summed(terms.summation("b", one, a, terms.real(add(a, b))))),
        summands(search, summands(search, search)),
    ),
    "sums of sums, by the range of the inner one": (
        (),
        at_most(nothing, summed(terms.summation("b", zero, a, terms.real(add(a, multiply(terms.integer(-1), b)))))),
        summands(summands(search)),
    ),
    "throughout nothing, which is 0": ((), at_most(terms.maximum((), terms.TRUE, x), x), throughout()),
}


def unknown_index(facts: Facts) -> Term:
    """The index that `Throughout` speaks of, when nothing else is called so"""
    return terms.variable("##0")


def build(example: Example) -> tuple[Facts, Term, Evidence]:
    conditions, goal, way = example
    facts = facts_of(*conditions)
    return facts, goal, way(facts, goal)


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    facts, goal, evidence = build(ACCEPTED[name])
    check(facts, goal, evidence)
    ensure("exp" in repr(goal) or holds_everywhere(ACCEPTED[name][0], goal), "the example itself is false")


def holds_everywhere(conditions: tuple[Term, ...], goal: Term, count: int = 150) -> bool:
    """Whether the goal holds at random values at which the conditions hold."""
    random = Random(0)
    for seed in range(count):
        world = random_world(random, seed)
        assumed = all(holds(each, world) for each in conditions)
        if assumed and not holds(goal, world):
            return False
    return True


def test_every_kind_and_every_law_has_an_example() -> None:
    found = [part for example in ACCEPTED.values() for part in parts(build(example)[2])]
    ensure_equal(
        {type(part) for part in found},
        {Multiples, Split, Lemma, Larger, Alternatives, Each, Law, Instance, Throughout, Summands, Sign},
    )
    ensure_equal({part.law for part in found if isinstance(part, Law)}, set(LAWS))


def parts(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return [part for item in value for part in parts(item)]
    if isinstance(value, Evidence):
        inside = (getattr(value, name) for name in value.__dataclass_fields__)
        return [value, *(part for each in inside for part in parts(each))]
    return []


@pytest.mark.parametrize("name", ACCEPTED)
def test_variants_that_are_accepted_hold(name: str) -> None:
    """Each example with one thing changed in its hypotheses, its goal or its evidence"""
    conditions, (_, goal, evidence) = ACCEPTED[name][0], build(ACCEPTED[name])
    names = ("m", "n", "i", "##0", "##1", *(each.name for each in FUNCTIONS), "relu", "f'", "d'", *LAWS)
    near = [(each, goal, evidence) for each in variants(conditions, names)]
    near += [(conditions, each, evidence) for each in variants(goal, names)]
    near += [(conditions, goal, each) for each in variants(evidence, names)]
    Random(name).shuffle(near)
    truths: dict[tuple[tuple[Term, ...], Term], bool] = {}
    for assumed, shown, other in near[:400]:
        try:
            check(facts_of(*assumed), shown, other)
        except Rejected:
            continue
        if "exp" not in repr(shown):
            if (assumed, shown) not in truths:
                truths[assumed, shown] = is_speakable(shown, assumed) and not holds_everywhere(assumed, shown, 60)
            ensure(not truths[assumed, shown], f"{assumed} do not imply {shown!r}, but {other} was accepted")


def is_speakable(*conditions: Any) -> bool:
    """Whether all names in it have values: what speaks of others cannot be asked for."""
    known = {"X", "s", *(each.name for each in FUNCTIONS), "relu", "leaky_relu"}
    text = [
        part
        for each in conditions
        for term in (each if isinstance(each, tuple) else (each,))
        for part in terms.subterms(term)
    ]
    variables = {str(part.value) for part in text if part.head == "variable"}
    others = (part.value for part in text if isinstance(part.value, str) and part.head != "variable")
    return variables <= {"m", "n", "i"} and all(each.rstrip("'") in known for each in others)


descending = highest(terms.real(multiply(terms.integer(-1), a)), one, zero)
REJECTED: dict[str, Example] = {
    "strict from not strict": ((at_most(x, y),), less(x, y), search),
    "0 > 0 from facts that are not strict": ((at_most(x, y), at_most(y, x)), less(x, y), just(sums(0, 1))),
    "0 > 0 from nothing": ((), less(x, x), just(NONE)),
    "0 > 0 from a strict fact that is taken 0 times": ((less(y, z),), less(x, x), just(multiples((0, (0,))))),
    "0 > 0 from the empty product": ((), equal(x, y), just(multiples((0, ())))),
    "a contradiction from a positive number": ((), equal(x, y), just(multiples((1, ())))),
    "strict, of another fact": ((less(y, z), at_most(x, y)), less(x, y), search),
    "a strict by a factor that is not strict": (
        (less(nothing, x), at_most(nothing, y)),
        less(nothing, multiply(x, y)),
        search,
    ),
    "such a product by hand": (
        (less(nothing, x), at_most(nothing, y), at_most(multiply(x, y), nothing)),
        *(equal(x, z), just(multiples((1, (0, 1)), (1, (2,))))),
    ),
    "reals are dense": ((less(x, y),), at_most(add(x, unit), y), search),
    "rounding of reals": ((less(nothing, x),), at_most(unit, x), search),
    "rounding of real integers, negated as reals": (
        (at_most(m, n),),
        less(terms.real(m), terms.real(add(n, zero))),
        search,
    ),
    "the wrong way round": ((at_most(x, y),), at_most(y, x), search),
    "one inequality for an equation": ((at_most(x, y),), equal(x, y), search),
    "x^2 > 0": ((), less(nothing, multiply(x, x)), by(("square", x))),
    "the larger is the first": ((), at_most(most, x), search),
    "the larger of a real and nothing": ((), at_most(x, y), just(Larger(x, sums(0)))),
    "nonzero: at least 0": ((at_most(nothing, x),), nonzero(x), signed(True)),
    "nonzero: the other sign": ((less(nothing, x),), nonzero(x), signed(False)),
    "nonzero: positive by a negative": ((less(x, nothing),), nonzero(x), signed(True)),
    "nonzero: a nonnegative function": ((), nonzero(fx("f", x)), signed(True, by(("sign", fx("f", x))))),
    "nonzero: another entry": ((less(nothing, y),), nonzero(x), signed(True)),
    "a sign for something else": ((less(nothing, x),), less(nothing, x), just(Sign(True, sums(0, 1)))),
    # laws
    "monotone of anything": (
        (at_most(x, y),),
        at_most(fx("q", x), fx("q", y)),
        by(("monotone", fx("q", x), fx("q", y))),
    ),
    "monotone of a differentiable one": (
        (at_most(x, y),),
        at_most(fx("g", x), fx("g", y)),
        by(("monotone", fx("g", x), fx("g", y))),
    ),
    "monotone of an unknown one": (
        (at_most(x, y),),
        at_most(fx("w", x), fx("w", y)),
        by(("monotone", fx("w", x), fx("w", y))),
    ),
    "monotone of a slope": (
        (at_most(x, y),),
        at_most(fx("f'", x), fx("f'", y)),
        by(("monotone", fx("f'", x), fx("f'", y))),
    ),
    "monotone of a known slope": (
        (at_most(x, y),),
        at_most(fx("tanh'", x), fx("tanh'", y)),
        by(("monotone", fx("tanh'", x), fx("tanh'", y))),
    ),
    "monotone, the wrong way": (
        (at_most(x, y),),
        at_most(fx("f", y), fx("f", x)),
        by(("monotone", fx("f", x), fx("f", y))),
    ),
    "nonincreasing, the wrong way": (
        (at_most(x, y),),
        at_most(fx("c", x), fx("c", y)),
        by(("monotone", fx("c", x), fx("c", y))),
    ),
    "monotone without order": ((), at_most(fx("f", x), fx("f", y)), by(("monotone", fx("f", x), fx("f", y)))),
    "monotone of two functions": (
        (at_most(x, y),),
        at_most(fx("f", x), fx("r", y)),
        by(("monotone", fx("f", x), fx("r", y))),
    ),
    "monotone of no call": ((at_most(x, y),), at_most(x, y), just(Law("monotone", (x, y), (sums(0, 1),), sums(0)))),
    "strictly, of a nondecreasing one": (
        (less(x, y),),
        less(fx("f", x), fx("f", y)),
        by(("strictly_monotone", fx("f", x), fx("f", y))),
    ),
    "strictly, of relu": (
        (less(x, y),),
        less(fx("relu", x), fx("relu", y)),
        by(("strictly_monotone", fx("relu", x), fx("relu", y))),
    ),
    "strictly, of order that is not": (
        (at_most(x, y),),
        less(fx("r", x), fx("r", y)),
        by(("strictly_monotone", fx("r", x), fx("r", y))),
    ),
    "strictly, the wrong way": (
        (less(x, y),),
        less(fx("d", x), fx("d", y)),
        by(("strictly_monotone", fx("d", x), fx("d", y))),
    ),
    "strictly, of two functions": (
        (less(x, y),),
        less(fx("r", x), fx("exp", y)),
        by(("strictly_monotone", fx("r", x), fx("exp", y))),
    ),
    "strictly, of a slope": (
        (less(x, y),),
        less(fx("r'", x), fx("r'", y)),
        by(("strictly_monotone", fx("r'", x), fx("r'", y))),
    ),
    "strictly monotone from nondecreasing": (
        (less(x, y),),
        less(fx("r", x), fx("r", y)),
        by(("monotone", fx("r", x), fx("r", y))),
    ),
    "the sign of anything": ((), at_most(nothing, fx("q", x)), by(("sign", fx("q", x)))),
    "nonnegative is not positive": ((), less(nothing, fx("f", x)), by(("sign", fx("f", x)))),
    "the sign of an increasing one": ((), at_most(nothing, fx("r", x)), by(("sign", fx("r", x)))),
    "the sign of a slope": ((), at_most(nothing, fx("c'", x)), by(("sign", fx("c'", x)))),
    "the slope of anything": ((), at_most(nothing, fx("q'", x)), by(("slope", fx("q'", x)))),
    "a slope that is no slope": ((), at_most(nothing, fx("r", x)), by(("slope", fx("r", x)))),
    "the slope of a slope": ((), at_most(nothing, fx("f''", x)), by(("slope", fx("f''", x)))),
    "the slope of increasing is positive": ((), less(nothing, fx("r'", x)), by(("slope", fx("r'", x)))),
    "the slope of a decreasing one": ((), at_most(nothing, fx("d'", x)), by(("slope", fx("d'", x)))),
    "a formula of an unknown one": ((at_most(nothing, x),), at_most(fx("f", x), x), by(("formula", fx("f", x)))),
    "a formula of a slope": ((at_most(nothing, x),), at_most(fx("relu'", x), x), by(("formula", fx("relu'", x)))),
    "no formula": ((at_most(nothing, x),), at_most(fx("softplus", x), x), by(("formula", fx("softplus", x)))),
    "a formula at another place": ((at_most(nothing, y),), at_most(fx("relu", x), y), by(("formula", fx("relu", x)))),
    "at zero, elsewhere": ((), at_most(fx("f", x), nothing), by(("at_zero", fx("f", x)))),
    "at zero, of anything": ((equal(x, nothing),), at_most(fx("q", x), nothing), by(("at_zero", fx("q", x)))),
    "at zero, of an even one": ((equal(x, nothing),), at_most(fx("e", x), nothing), by(("at_zero", fx("e", x)))),
    "at zero, of a slope": ((equal(x, nothing),), at_most(fx("o'", x), nothing), by(("at_zero", fx("o'", x)))),
    "a maximum out of range": ((at_most(one, m),), at_most(z, whole), by(("maximum_upper", whole, i))),
    "a maximum below its range": ((at_most(one, m),), at_most(entry(zero), whole), by(("maximum_upper", whole, zero))),
    "a maximum above its range": (
        (at_most(one, m),),
        at_most(entry(add(m, one)), whole),
        by(("maximum_upper", whole, add(m, one))),
    ),
    "a maximum without its condition": (IN_RANGE, at_most(z, positives), by(("maximum_upper", positives, i))),
    "a maximum, too few indices": (
        (at_most(one, m), at_most(one, n)),
        at_most(nothing, plane),
        by(("maximum_upper", plane, one)),
    ),
    "a maximum, too many indices": ((at_most(one, m),), at_most(x, whole), by(("maximum_upper", whole, m, m))),
    "a maximum, a real index": ((at_most(one, m),), at_most(x, whole), by(("maximum_upper", whole, x))),
    "a maximum that is none": ((), at_most(x, y), by(("maximum_upper", y))),
    "a maximum of nothing": ((), at_most(x, y), just(Law("maximum_upper", (), (), sums(0)))),
    "a maximum, the wrong way": (IN_RANGE, at_most(whole, z), by(("maximum_upper", whole, i))),
    "an empty maximum": ((), at_most(rational(-1), descending), by(("maximum_upper", descending, one))),
    "a bracket that may fail": ((), at_most(unit, P), by(("bracket_holds", P))),
    "a bracket that may hold": ((), at_most(P, nothing), by(("bracket_fails", P))),
    "a bracket of something strict": (
        (at_most(x, y),),
        at_most(unit, bracket(less(x, y))),
        by(("bracket_holds", bracket(less(x, y)))),
    ),
    "a bracket is above 0": ((), less(nothing, P), by(("bracket_range", P))),
    "a bracket that is none": ((), at_most(x, unit), by(("bracket_range", x))),
    "a quotient by anything": ((), at_most(unit, multiply(x, terms.inverse(x))), by(("quotient", x))),
    "a quotient by what is at least 0": (
        (at_most(nothing, x),),
        at_most(unit, multiply(x, terms.inverse(x))),
        by(("quotient", x)),
    ),
    "a quotient of integers": ((), at_most(m, n), by(("quotient", m))),
    "a square of an integer": ((), at_most(m, n), by(("square", m))),
    "an integer is positive": ((), at_most(one, i), by(("size_positive", i))),
    "a size is above 1": ((), at_most(two, size), by(("size_positive", size))),
    "no law": ((), at_most(x, y), by(("no_law", x))),
    "no law of Python": ((), at_most(x, y), by(("__class__", x))),
    "too much is shown": ((), at_most(nothing, fx("f", x)), just(Law("sign", (fx("f", x),), (sums(0),), sums(0, 1)))),
    "too little is shown": (
        (at_most(x, y),),
        at_most(fx("f", x), fx("f", y)),
        just(Law("monotone", (fx("f", x), fx("f", y)), (), sums(1, 2))),
    ),
    # what exists
    "exists out of range": ((at_most(one, m),), exists(terms.TRUE), at(zero)),
    "exists above the range": ((at_most(one, m),), exists(terms.TRUE), at(two)),
    "exists in an empty range": ((), exists(terms.TRUE, one, zero), at(one)),
    "exists without the condition": ((at_most(one, m),), exists(at_most(two, a)), at(one)),
    "exists, not in range": ((at_most(one, m),), exists(at_most(a, zero)), at(zero)),
    "exists, by too few": (
        (at_most(one, m), at_most(one, n)),
        terms.exists((("a", one, m), ("b", one, n)), terms.TRUE),
        at(one),
    ),
    "exists, by too many": ((at_most(one, m),), exists(terms.TRUE), at(one, one)),
    "exists, by a real": ((at_most(one, m),), exists(terms.TRUE), at(unit)),
    "exists, by arithmetic": ((at_most(one, m),), exists(terms.TRUE), just(sums(0))),
    "exists, from what exists": ((exists(at_most(two, a)),), exists(at_most(two, a)), at(one)),
    "something that exists, of a variable": ((exists(at_most(n, a)),), at_most(n, m), search),
    "what does not exist": ((negation(exists(at_most(n, a))),), at_most(m, n), search),
    "does not exist": ((), negation(exists(at_most(a, zero))), just(Instance((zero,), WRONG))),
    "an instance of something else": ((at_most(one, m),), at_most(one, m), just(Instance((one,), sums(0, 1)))),
    # maxima
    "throughout, over nothing": (
        (),
        at_most(descending, rational(-1)),
        just(Throughout(Instance((one,), Each((WRONG, WRONG, NONE))), sums(0, 1))),
    ),
    "throughout, over nothing, searched": ((), at_most(descending, rational(-5)), throughout(one)),
    "throughout, over nothing, the other way": (
        (),
        at_most(descending, add(descending, rational(-1))),
        throughout(zero),
    ),
    "throughout, where the condition never holds": (
        (at_most(one, m),),
        at_most(highest(unit, where=at_most(a, zero)), rational(-1)),
        throughout(one),
    ),
    "throughout, perhaps over nothing": (
        (),
        at_most(highest(terms.real(multiply(terms.integer(-1), a))), rational(-1)),
        throughout(one),
    ),
    "throughout, not everywhere": ((at_most(one, m),), at_most(highest(terms.real(a)), unit), throughout(one)),
    "throughout, out of its range": (
        (at_most(one, m),),
        at_most(highest(terms.real(a)), terms.real(add(m, terms.integer(-1)))),
        throughout(one),
    ),
    "throughout, from one": ((at_most(one, m), at_most(x, y)), at_most(whole, y), throughout(one)),
    "throughout, from a fact about a name of its own": (
        (at_most(one, m), at_most(terms.variable("##0"), one)),
        *(at_most(highest(terms.real(a)), unit), throughout(one)),
    ),
    "throughout what is no maximum": ((at_most(x, y),), at_most(x, y), just(Throughout(sums(0), sums(0)))),
    "throughout, strictly": (
        (at_most(one, m),),
        less(highest(terms.real(a)), terms.real(add(m, one))),
        just(Throughout(WRONG, WRONG)),
    ),
    "throughout, strictly, though it is at most": (
        *((at_most(one, m),), less(highest(terms.real(a)), terms.real(m)), throughout(one)),
    ),
    "throughout, equal, though it is at most": (
        *((at_most(one, m),), equal(highest(terms.real(a)), terms.real(add(m, one))), throughout(one)),
    ),
    # sums
    "summands, above 0, perhaps over nothing": (
        (),
        less(nothing, exponentials),
        summands(just(WRONG), own("sign", lambda term: term)),
    ),
    "summands, above 0, over nothing": (
        (),
        less(nothing, summed(fx("exp", entry(a)), one, zero)),
        summands(search, own("sign", lambda term: term)),
    ),
    "summands, above 0, not said to be over anything": (
        (at_most(one, m),),
        less(nothing, exponentials),
        summands(own("sign", lambda term: term)),
    ),
    "summands, said twice": ((at_most(one, m),), at_most(nothing, squares), summands(search, own("square", argument))),
    "summands, above 0, though they are at least 0": (
        (at_most(one, m),),
        less(nothing, squares),
        summands(search, own("square", argument)),
    ),
    "sums of sums, out of that range": (
        (),
        at_most(nothing, summed(terms.summation("b", zero, m, terms.real(add(a, multiply(terms.integer(-1), b)))))),
        summands(summands(search)),
    ),
    "summands of any sign": ((), at_most(nothing, summed(entry(a))), summands(search)),
    "summands, from one of them": (
        (*IN_RANGE, at_most(nothing, entry(i))),
        at_most(nothing, summed(entry(a))),
        summands(search),
    ),
    "summands, from a fact about a name of its own": (
        (at_most(nothing, entry(terms.variable("##0"))),),
        at_most(nothing, summed(entry(a))),
        summands(search),
    ),
    "summands, not all of them": ((), at_most(nothing, summed(terms.real(a), terms.integer(-1))), summands(search)),
    "summands, at most 0": ((), at_most(squares, nothing), just(Summands((WRONG,)))),
    "summands, at least 1": (
        (at_most(one, m),),
        at_most(unit, summed(terms.real(a))),
        lambda facts, goal: Summands((sums(0, 1),)),
    ),
    "summands of what is no sum": ((at_most(nothing, x),), at_most(nothing, x), just(Summands((sums(0, 1),)))),
    "summands, equal to 0": ((), equal(nothing, squares), just(Summands((WRONG,)))),
    "exists, by one branch": ((), exists(terms.TRUE), apart(at_most(one, m), at(one), at(one))),
    "exists, by the other branch": ((), exists(terms.TRUE), apart(at_most(m, zero), at(one), at(one))),
    "throughout, from above": (
        (at_most(one, m),),
        at_most(unit, highest(terms.real(a))),
        just(Throughout(WRONG, WRONG)),
    ),
}


@pytest.mark.parametrize("name", REJECTED)
def test_rejected(name: str) -> None:
    facts, goal, evidence = build(REJECTED[name])
    with pytest.raises(Rejected):
        check(facts, goal, evidence)


def names_of(facts: Facts, goal: Term, count: int) -> list[str]:
    return [str(each.value) for each in unknown_names(facts, goal, count)]


def test_unknown_names_are_unknown() -> None:
    """Whatever the facts or the goal speak of, in whatever place."""
    taken = terms.variable("##0")
    about = at_most(x, entry(taken))
    for condition in (
        *(
            about,
            less(x, entry(taken)),
            equal(x, entry(taken)),
            nonzero(entry(taken)),
            negation(equal(x, entry(taken))),
        ),
        *(terms.any_of(about, at_most(m, n)), at_most(taken, m), at_most(P, highest(entry(add(a, taken))))),
    ):
        ensure_equal(names_of(facts_of(condition), at_most(m, n), 2), ["##1", "##2"], f"{condition!r}")
    ensure_equal(names_of(facts_of(), about, 1), ["##1"])
    ensure_equal(names_of(facts_of(), at_most(m, n), 2), ["##0", "##1"])
    several = [at_most(terms.variable(f"##{number}"), m) for number in (0, 1, 3)]
    ensure_equal(names_of(facts_of(*several), at_most(m, n), 3), ["##2", "##4", "##5"])


def test_a_maximum_within_a_maximum() -> None:
    """The index of the inner one is not the index of the outer one."""
    inner = terms.maximum((("b", one, n),), terms.TRUE, terms.real(add(b, a)))
    outer = highest(inner)
    limit = terms.real(add(m, n))

    def way(facts: Facts, goal: Term) -> Evidence:
        return throughout(one)(facts, goal)

    for goal, fine in ((at_most(outer, limit), True), (at_most(outer, terms.real(add(m, m))), False)):
        facts = facts_of(at_most(one, m), at_most(one, n))
        evidence = throughout(one, way=way)(facts, goal)
        if fine:
            check(facts, goal, evidence)
        else:
            with pytest.raises(Rejected):
                check(facts, goal, evidence)


@pytest.mark.parametrize(
    "kind", [Throughout(WRONG, WRONG), Instance((one,), WRONG), Sign(True, WRONG), Summands((WRONG, WRONG))]
)
def test_these_do_not_end_in_a_contradiction(kind: Evidence) -> None:
    with pytest.raises(Rejected):
        check(facts_of(at_most(x, y)), at_most(x, y), Split(at_most(m, n), kind, kind))
