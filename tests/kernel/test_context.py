"""Facts hold where they are assumed, and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest
from checking import ensure_equal
from prover import NotFound, prove

from symcnn.kernel import Context, Evidence, Facts, Multiples, Rejected, Scope, Step, Term, terms
from symcnn.kernel.context import change_at
from symcnn.kernel.replay import take

m, n, a, b = map(terms.variable, "mnab")
one, two = terms.integer(1), terms.integer(2)
at_most, bracket, add, multiply, total = (
    *(terms.at_most, terms.bracket, terms.add, terms.multiply),
    terms.summation,
)
first, second = terms.variable("#0"), terms.variable("#1")


def x(*indices: Term) -> Term:
    return terms.entry("X", *indices)


def context(*hypotheses: Term) -> Context:
    return Context(Scope(frozenset("mn"), {"X": 1}), Facts().assume(terms.all_of(*hypotheses)))


@dataclass(frozen=True)
class Place:
    """`around` puts a bracket at `path`; there, `condition` holds or not."""

    around: Callable[[Term], Term]
    path: tuple[int, ...]
    condition: Term


HERE = bracket(at_most(m, n))
IN_RANGE = at_most(one, first)
RANGE = (one, n)
HOLDS = {
    "in a sum, its range": Place(lambda t: total("#0", *RANGE, t), (2,), IN_RANGE),
    "in a sum, its upper end": Place(lambda t: total("#0", *RANGE, t), (2,), at_most(first, n)),
    "in a sum of sums": Place(lambda t: total("#0", *RANGE, total("#1", first, n, t)), (2, 2), at_most(one, second)),
    "beside a bracket": Place(lambda t: multiply(HERE, t), (1,), at_most(m, n)),
    "before a bracket": Place(lambda t: multiply(t, HERE), (0,), at_most(m, n)),
    "in a sum beside a bracket": Place(lambda t: multiply(HERE, total("#0", *RANGE, t)), (1, 2), at_most(m, n)),
    "in a factor beside a bracket": Place(lambda t: multiply(add(x(m), t), HERE), (0, 1), at_most(m, n)),
    "in a bracket beside a bracket": Place(
        lambda t: multiply(bracket(terms.nonzero(t)), HERE), (0, 0, 0), at_most(m, n)
    ),
    "in a product of a product": Place(lambda t: multiply(multiply(x(m), t), HERE), (0, 1), at_most(m, n)),
}
DOES_NOT_HOLD = {
    "beside a sum, its range": Place(lambda t: multiply(t, total("a", one, n, x(a))), (0,), at_most(one, n)),
    "in a sum, more than its range": Place(lambda t: total("#0", *RANGE, t), (2,), at_most(two, first)),
    "in a sum, the range of another": Place(
        lambda t: add(total("a", one, m, x(a)), total("#0", *RANGE, t)), (1, 2), at_most(first, m)
    ),
    "in the outer sum, the range of the inner": Place(
        lambda t: total("#0", *RANGE, add(t, total("a", one, m, x(a)))), (2, 0), at_most(first, m)
    ),
    "added to a bracket": Place(lambda t: add(HERE, t), (1,), at_most(m, n)),
    "the bracket itself": Place(lambda t: multiply(t, x(m)), (0,), at_most(m, n)),
    "beside a bracket in a factor": Place(lambda t: multiply(add(HERE, x(m)), t), (1,), at_most(m, n)),
    "beside a power of a bracket": Place(lambda t: multiply(terms.power(HERE, 0), t), (1,), at_most(m, n)),
    "beside the inverse of a bracket": Place(
        lambda t: multiply(terms.inverse(add(HERE, HERE)), t), (1,), at_most(n, m)
    ),
    "in the other summand": Place(lambda t: add(multiply(HERE, x(m)), t), (1,), at_most(m, n)),
    "beside a product with a bracket": Place(lambda t: multiply(multiply(HERE, x(m)), t), (1,), at_most(m, n)),
    "beside a bracket that fails": Place(
        lambda t: multiply(bracket(terms.negation(at_most(m, n))), t), (1,), at_most(m, n)
    ),
}


def to_one(place: Place, evidence: Evidence) -> Term:
    """Replace the bracket of the condition by 1, as if the condition held there."""
    step = Step("bracket_true", place.path, (("shown", evidence),), terms.rational(1))
    return take(context(), place.around(bracket(place.condition)), step)


def every_evidence(place: Place) -> list[Evidence]:
    """What would show the condition if it, or some other fact, were assumed there."""
    pairs = [(number, more) for number in range(4) for more in range(4)]
    found: list[Evidence] = [Multiples(tuple((Fraction(1), (each,)) for each in pair)) for pair in pairs]
    for facts in (Facts().assume(place.condition), Facts().assume(at_most(one, one)).assume(place.condition)):
        found.append(prove(facts, place.condition))
    return found


@pytest.mark.parametrize("name", HOLDS)
def test_a_fact_holds(name: str) -> None:
    place = HOLDS[name]
    found: list[Evidence] = []

    def at_place(inside: Context, old: Term) -> Term:
        found.append(prove(inside.facts, place.condition))
        return old

    change_at(context(), place.around(bracket(place.condition)), place.path, at_place)
    ensure_equal(to_one(place, found[0]), place.around(terms.rational(1)))


@pytest.mark.parametrize("name", DOES_NOT_HOLD)
def test_a_fact_does_not_hold(name: str) -> None:
    place = DOES_NOT_HOLD[name]
    for evidence in every_evidence(place):
        with pytest.raises(Rejected):
            to_one(place, evidence)


def test_a_fact_of_a_sum_is_forgotten_outside() -> None:
    """sum_{a} [..] is rewritten, then something after it: the variable of the sum is not in scope there."""
    term = add(total("#0", *RANGE, x(first)), x(m))
    for result in (x(first), add(x(m), multiply(terms.rational(0), x(first)))):
        with pytest.raises(Rejected, match="not in scope"):
            take(context(), term, Step("ring", (1,), (), result))
    inside = Step("ring", (0, 2), (), add(x(first), multiply(terms.rational(0), x(second))))
    with pytest.raises(Rejected, match="not in scope"):
        take(context(), term, inside)


def test_a_rewritten_body_keeps_its_binder() -> None:
    """Under two binders with one letter, each variable stays with its own."""
    inner = total("a", one, n, x(a))
    term = total("a", one, m, multiply(x(a), inner))
    step = Step("ring", (2, 1, 2), (), add(x(second), x(first), multiply(terms.rational(-1), x(first))))
    found = take(context(), term, step)
    ensure_equal(
        found,
        total("a", one, m, multiply(x(a), total("b", one, n, add(x(b), x(a), multiply(terms.rational(-1), x(a)))))),
    )


@pytest.mark.parametrize("path", [(2,), (-1,), (0, 0, 0), (0, 1), (1, 2), (1, 0, 0, 0, 0)])
def test_there_is_nothing_at_a_path(path: tuple[int, ...]) -> None:
    term = add(terms.entry("X", m), terms.real(m))
    with pytest.raises(Rejected):
        take(context(), term, Step("ring", path, (), m))


@pytest.mark.parametrize(
    ("path", "result"),
    [((0,), m), ((0,), terms.TRUE), ((0, 0), terms.rational(1)), ((0,), terms.entry("X", Term("bound", value=0)))],
)
def test_what_stands_there_keeps_its_sort(path: tuple[int, ...], result: Term) -> None:
    term = add(terms.entry("X", m), terms.real(m))
    with pytest.raises(Rejected):
        take(context(), term, Step("ring", path, (), result))


def test_the_search_finds_nothing_where_nothing_is() -> None:
    with pytest.raises(NotFound):
        prove(context().facts, at_most(m, n))
