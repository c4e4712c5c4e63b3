"""Evidence: what is accepted holds at all small integers, and near misses are rejected."""

from fractions import Fraction
from typing import Any

import pytest
from checking import ensure
from hypothesis import given, settings
from hypothesis import strategies as st
from mutation import variants
from prover import NotFound, prove
from random_terms import NAMES, conditions, entries, grid, integer_terms, linear_terms, tensor

from symcnn.kernel import (
    Alternatives,
    Each,
    Evidence,
    Facts,
    Floor,
    Larger,
    Lemma,
    Multiples,
    Rejected,
    Split,
    Term,
    terms,
)
from symcnn.kernel.evidence import check
from symcnn.kernel.value import holds

m, n, i = map(terms.variable, NAMES)
zero, one, two = map(terms.integer, range(3))
x, y = terms.entry("X", m), terms.entry("X", n)
add, multiply, at_most, equal, nonzero = (
    *(terms.add, terms.multiply, terms.at_most, terms.equal),
    terms.nonzero,
)
real, differ = terms.real, terms.negation(terms.equal(m, n))
half = terms.floor(m, two)
most = terms.larger(m, n)
no_arithmetic = Multiples()


def literal(number: int) -> Term:
    return terms.integer(number)


def facts_of(*conditions: Term) -> Facts:
    return Facts().assume(terms.all_of(*conditions))


def sums(*numbers: int) -> Multiples:
    """The facts with these numbers are added."""
    return Multiples(tuple((Fraction(1), (number,)) for number in numbers))


def multiples(*products: tuple[int, tuple[int, ...]], zeros: tuple[tuple[Term, int], ...] = ()) -> Multiples:
    return Multiples(tuple((Fraction(factor), numbers) for factor, numbers in products), zeros)


#: half of the first fact, and the second
HALF = ((Fraction(1, 2), (0,)), (Fraction(1), (1,)))
Example = tuple[tuple[Term, ...], Term, Evidence]
ACCEPTED: dict[str, Example] = {
    "a hypothesis": ((at_most(m, n),), at_most(m, n), sums(0, 1)),
    "transitivity": ((at_most(m, n), at_most(n, i)), at_most(m, i), sums(0, 1, 2)),
    "nothing is needed": ((), at_most(m, add(m, one)), sums(0)),
    "half of a fact": ((at_most(add(m, m), add(n, n)),), at_most(m, n), Multiples(HALF)),
    "a product of facts": (
        (at_most(one, m), at_most(one, n)),
        at_most(add(m, n), add(multiply(m, n), one)),
        multiples((1, (0, 1)), (1, (2,))),
    ),
    "an equality": (
        (equal(m, multiply(two, n)),),
        at_most(m, add(n, n)),
        multiples((1, (0,)), zeros=((one, 0),)),
    ),
    "an equality times a term": (
        (equal(m, n),),
        at_most(multiply(m, i), multiply(n, i)),
        multiples((1, (0,)), zeros=((i, 0),)),
    ),
    "integers are not dense": (
        (at_most(add(n, n), add(m, m)), differ),
        at_most(add(n, one), m),
        Alternatives(0, (multiples((1, (0,)), (2, (2,))), sums(1, 2))),
    ),
    "a split": (
        (),
        at_most(zero, multiply(m, m)),
        Split(at_most(zero, m), multiples((1, (0,)), (1, (1, 1))), multiples((1, (0,)), (1, (1, 1)), (2, (1,)))),
    ),
    "a lemma": (
        (at_most(m, n), at_most(n, i)),
        at_most(m, add(i, one)),
        Lemma(at_most(m, i), sums(0, 1, 3), sums(2, 3)),
    ),
    "a floor from below": ((), at_most(multiply(two, half), m), Floor(half, sums(1), sums(0, 1))),
    "a floor from above": ((), at_most(m, add(half, half, one)), Floor(half, sums(1), sums(0, 2))),
    "a floor by a variable": (
        (at_most(one, n),),
        at_most(multiply(n, terms.floor(m, n)), m),
        Floor(terms.floor(m, n), sums(0, 2), sums(1, 2)),
    ),
    "larger than both": ((), at_most(m, most), Larger(most, sums(0, 1))),
    "the larger is one of both": (
        (at_most(m, i), at_most(n, i)),
        at_most(most, i),
        # with most - m = C + A + 1 and most - n = C + B + 1, the product of both would be at least 1
        Larger(
            most,
            multiples(
                *((1, (2, 2)), (1, (2, 0)), (1, (2, 1)), (1, (0, 1)), (2, (2,)), (1, (0,)), (1, (1,))),
                zeros=((one, 0),),
            ),
        ),
    ),
    "alternatives": (
        (terms.any_of(at_most(m, n), at_most(add(m, one), n)),),
        at_most(m, n),
        Alternatives(0, (sums(0, 1), sums(0, 1))),
    ),
    "no alternative": ((terms.FALSE,), at_most(m, n), Alternatives(0, ())),
    "each part": (
        (at_most(m, n), at_most(n, m)),
        terms.all_of(at_most(n, m), equal(m, n)),
        Each((sums(1, 2), Each((sums(0, 2), sums(1, 2))))),
    ),
    "no part": ((), terms.TRUE, Each(())),
    "a disjunction": (
        (at_most(m, n),),
        terms.any_of(at_most(m, n), at_most(n, i)),
        sums(0, 1),
    ),
    "an inequality negated": (
        (at_most(add(m, one), n),),
        differ,
        multiples((1, (0,)), zeros=((literal(-1), 0),)),
    ),
    "nonzero: a number": ((), nonzero(terms.rational(Fraction(-1, 2))), no_arithmetic),
    "nonzero: a hypothesis": ((nonzero(add(x, y)),), nonzero(add(y, x)), no_arithmetic),
    "nonzero: an integer": (
        (at_most(one, m),),
        nonzero(real(m)),
        multiples((1, (0,)), zeros=((literal(1), 0),)),
    ),
    "nonzero: a product": (
        (nonzero(x), at_most(one, m)),
        nonzero(multiply(terms.inverse(x), terms.power(real(m), 2), terms.rational(2))),
        Each((no_arithmetic, multiples((1, (0,)), zeros=((literal(1), 0),)), no_arithmetic)),
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    conditions, goal, evidence = ACCEPTED[name]
    check(facts_of(*conditions), goal, evidence)
    ensure(holds_everywhere(conditions, goal), "the example itself is false")


def test_every_kind_has_an_example() -> None:
    found = {type(part) for _, _, evidence in ACCEPTED.values() for part in parts(evidence)}
    ensure(found == {Multiples, Split, Lemma, Floor, Larger, Alternatives, Each}, f"only {found}")


def parts(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return [part for item in value for part in parts(item)]
    if isinstance(value, Evidence):
        inside = (getattr(value, name) for name in value.__dataclass_fields__)
        return [value, *(part for each in inside for part in parts(each))]
    return []


def holds_everywhere(conditions: tuple[Term, ...], goal: Term) -> bool:
    """Whether the goal holds at all small integers at which the conditions hold, for two random tensors."""
    for seed in range(2):
        tensors = {"X": tensor(seed), "Y": tensor(seed + 1), "x": tensor(seed + 2)}
        for integers in grid(NAMES):
            assumed = all(holds(each, integers, tensors) for each in conditions)
            if assumed and not holds(goal, integers, tensors):
                return False
    return True


def accepts(conditions: tuple[Term, ...], goal: Term, evidence: Evidence) -> bool:
    try:
        check(facts_of(*conditions), goal, evidence)
    except Rejected:
        return False
    return True


REJECTED: dict[str, Example] = {
    "one too small": ((at_most(m, n),), at_most(add(m, one), n), sums(0, 1)),
    "the wrong way round": ((at_most(m, n),), at_most(n, m), sums(0, 1)),
    "another fact": ((at_most(m, n), at_most(n, i)), at_most(n, i), sums(0, 2)),
    "a negative multiple": ((at_most(m, n),), at_most(n, m), multiples((-1, (0,)), (1, (1,)))),
    "no fact of this number": ((), at_most(m, add(m, one)), sums(1)),
    "a negative number": ((), at_most(m, add(m, one)), sums(-1)),
    "a total of 0": ((at_most(m, n),), at_most(n, add(m, zero)), sums(0)),
    "a positive total": ((at_most(m, add(m, one)),), at_most(n, m), Multiples(((Fraction(1, 2), (0,)),))),
    "nothing": ((at_most(m, n),), at_most(m, n), no_arithmetic),
    "a product of five facts": ((), at_most(m, add(m, one)), multiples((1, (0, 0, 0, 0, 0)))),
    "rounding an equality": ((equal(multiply(two, m), n),), at_most(n, m), sums(0)),
    "one fact for an equality": ((at_most(m, n),), equal(m, n), Each((sums(0, 1), sums(0, 1)))),
    "an equality by one inequality": ((at_most(m, n),), equal(m, n), sums(0, 1)),
    "too many parts": ((), terms.TRUE, Each((sums(0),))),
    "too few parts": ((at_most(m, n),), terms.all_of(at_most(m, n), at_most(n, m)), Each((sums(0, 1),))),
    "parts of a disjunction": (
        (at_most(m, n),),
        terms.any_of(at_most(m, n), at_most(n, i)),
        Each((sums(0, 1), sums(0, 1))),
    ),
    "parts inside a refutation": ((at_most(m, n),), at_most(m, n), Split(at_most(m, n), Each(()), Each(()))),
    "one branch of a split": (
        (),
        at_most(zero, multiply(m, m, m)),
        Split(at_most(zero, m), multiples((1, (0,)), (1, (1, 1, 1))), multiples((1, (0,)), (1, (1, 1, 1)))),
    ),
    "a lemma that does not hold": (
        (at_most(m, n),),
        at_most(n, m),
        Lemma(at_most(n, m), sums(0, 2), sums(1, 2)),
    ),
    "a lemma shown from itself": ((), at_most(n, m), Lemma(at_most(n, m), sums(1, 2), sums(0, 1))),
    "a floor by 0": (
        (),
        at_most(multiply(n, terms.floor(m, n)), m),
        Floor(terms.floor(m, n), sums(0), sums(0, 1)),
    ),
    "a floor by a negative number": (
        (at_most(n, literal(-1)),),
        at_most(multiply(n, terms.floor(m, n)), m),
        Floor(terms.floor(m, n), sums(0, 2), sums(1, 2)),
    ),
    "a floor that is a variable": ((), at_most(m, n), Floor(m, sums(0), sums(0, 1))),
    "a floor that is a maximum": (
        (at_most(one, n),),
        at_most(multiply(n, most), m),
        Floor(most, sums(0, 2), sums(1, 2)),
    ),
    "a floor one too large": ((), at_most(m, add(half, half)), Floor(half, sums(1), sums(0, 2))),
    "larger, the wrong way round": ((), at_most(most, m), Larger(most, sums(0, 1))),
    "larger that is a floor": ((), at_most(m, half), Larger(half, sums(0, 1))),
    "larger that is a sum": ((), at_most(m, add(m, n)), Larger(add(m, n), sums(0, 1))),
    "a missing alternative": (
        (terms.any_of(at_most(m, n), at_most(n, m)),),
        at_most(m, n),
        Alternatives(0, (sums(0, 1),)),
    ),
    "an alternative that does not hold": (
        (terms.any_of(at_most(m, n), at_most(n, m)),),
        at_most(m, n),
        Alternatives(0, (sums(0, 1), sums(0, 1))),
    ),
    "no such alternative": ((at_most(m, n),), at_most(m, n), Alternatives(0, ())),
    "below only": ((differ,), at_most(add(m, one), n), Alternatives(0, (sums(0, 1), sums(0, 1)))),
    "a split on a number": ((), at_most(m, n), Split(m, sums(0), sums(0))),
    "a split on a bracket": ((), at_most(m, n), Split(terms.bracket(differ), sums(0), sums(0))),
    "a lemma about a number": ((), at_most(m, n), Lemma(x, sums(0), sums(0))),
    "a multiplier that is no number": ((equal(m, n),), at_most(m, n), multiples(zeros=((terms.TRUE, 0),))),
    "nonzero: zero": ((), nonzero(terms.rational(0)), no_arithmetic),
    "nonzero: another entry": ((nonzero(x),), nonzero(y), no_arithmetic),
    "nonzero: a sum": ((nonzero(x), nonzero(y)), nonzero(add(x, y)), Each((no_arithmetic, no_arithmetic))),
    "nonzero: one factor": ((nonzero(x),), nonzero(multiply(x, y)), Each((no_arithmetic, no_arithmetic))),
    "nonzero: too few factors": ((nonzero(x),), nonzero(multiply(x, y)), Each((no_arithmetic,))),
    "nonzero: an integer from 0": (
        (at_most(zero, m),),
        nonzero(real(m)),
        multiples((1, (0,)), zeros=((literal(1), 0),)),
    ),
    "nonzero: a bracket": ((at_most(m, n),), nonzero(terms.bracket(at_most(m, n))), sums(0)),
    "nonzero: x = 0": ((terms.negation(nonzero(x)),), nonzero(x), no_arithmetic),
    "x = 0 from nothing": ((), terms.negation(nonzero(x)), no_arithmetic),
    "nonzero: by arithmetic": ((at_most(m, n),), nonzero(x), sums(0)),
}


@pytest.mark.parametrize("name", REJECTED)
def test_rejected(name: str) -> None:
    conditions, goal, evidence = REJECTED[name]
    with pytest.raises(Rejected):
        check(facts_of(*conditions), goal, evidence)


@pytest.mark.parametrize("factor", [0.5, float("nan"), float("inf"), True])
def test_multiples_are_exact(factor: Any) -> None:
    with pytest.raises(Rejected):
        check(Facts(), at_most(m, add(m, one)), Multiples(((factor, (0,)),)))


def test_something_else_is_no_evidence() -> None:
    anything: Any = None
    with pytest.raises(Rejected):
        check(Facts(), terms.TRUE, anything)


@pytest.mark.parametrize("name", ACCEPTED)
def test_near_misses_that_are_accepted_hold(name: str) -> None:
    """Each example with one thing changed in its hypotheses, its goal or its evidence."""
    truths: dict[tuple[tuple[Term, ...], Term], bool] = {}
    conditions, goal, evidence = ACCEPTED[name]
    near = [(each, goal, evidence) for each in variants(conditions, NAMES)]
    near += [(conditions, each, evidence) for each in variants(goal, NAMES)]
    near += [(conditions, goal, each) for each in variants(evidence, NAMES)]
    for assumed, shown, evidence in near:
        if accepts(assumed, shown, evidence):
            if (assumed, shown) not in truths:
                truths[assumed, shown] = holds_everywhere(assumed, shown)
            ensure(truths[assumed, shown], f"{assumed} do not imply {shown!r}, but {evidence} was accepted")


# Random evidence


@st.composite
def random_evidence(draw: st.DrawFn, size: int = 3) -> Evidence:
    number = st.integers(0, 4)
    if size <= 1 or draw(st.booleans()):
        factor = st.builds(Fraction, st.integers(0, 2))
        products = st.lists(st.tuples(factor, st.lists(number, min_size=1, max_size=2).map(tuple)), max_size=3)
        zeros = st.lists(st.tuples(linear_terms(), st.integers(0, 1)), max_size=2)
        return Multiples(tuple(draw(products)), tuple(draw(zeros)))
    part = random_evidence(size - 1)
    match draw(st.sampled_from(["Split", "Lemma", "Floor", "Larger", "Alternatives", "Each"])):
        case "Split":
            return Split(draw(conditions(size=1)), draw(part), draw(part))
        case "Lemma":
            return Lemma(draw(conditions(size=1)), draw(part), draw(part))
        case "Floor":
            return Floor(draw(integer_terms(size=2)), draw(part), draw(part))
        case "Larger":
            return Larger(draw(integer_terms(size=2)), draw(part))
        case "Alternatives":
            return Alternatives(draw(st.integers(0, 1)), tuple(draw(st.lists(part, max_size=2))))
        case _:
            return Each(tuple(draw(st.lists(part, max_size=3))))


def test_what_random_evidence_shows_is_true() -> None:
    """Evidence found for one goal and shown for another, or made up; enough of it is accepted."""
    accepted = 0
    small = conditions(size=1)

    @settings(max_examples=200)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        nonlocal accepted
        assumed = tuple(data.draw(st.lists(st.one_of(small, conditions(size=2)), max_size=3)))
        goal = data.draw(st.one_of(small, conditions(size=2), linear_goals(assumed)))
        try:
            evidence = prove(facts_of(*assumed), goal)
        except NotFound:
            evidence = data.draw(random_evidence())
        if accepts(assumed, goal, evidence):
            accepted += 1
            ensure(holds_everywhere(assumed, goal), f"{assumed} do not imply {goal!r}, shown by {evidence}")

    run()
    ensure(accepted >= 30, f"only {accepted} are accepted: this tests nothing")


@st.composite
def linear_goals(draw: st.DrawFn, assumed: tuple[Term, ...]) -> Term:
    """A goal that has something to do with what is assumed: that, or nearly that."""
    near = [other for each in assumed for other in (each, *variants(each, NAMES))]
    return draw(st.sampled_from(near)) if near else terms.TRUE


@settings(max_examples=60)
@given(st.data())
def test_nonzero_from_random_hypotheses(data: st.DataObject) -> None:
    factors = st.one_of(
        entries(size=1), st.builds(terms.real, linear_terms()), st.builds(terms.inverse, entries(size=1))
    )
    parts_ = data.draw(st.lists(factors, min_size=1, max_size=3))
    assumed = tuple(
        nonzero(part) if data.draw(st.booleans()) or part.head != "real" else at_most(one, part.args[0])
        for part in parts_
        if data.draw(st.integers(0, 4))
    )
    goal = nonzero(multiply(*parts_))
    try:
        evidence = prove(facts_of(*assumed), goal)
    except NotFound:
        return
    if accepts(assumed, goal, evidence):
        ensure(holds_everywhere(assumed, goal), f"{assumed} do not imply {goal!r}")
