"""Normal forms keep values: the kernel accepts all their steps, and the term that they end at has the same value."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from random_terms import LETTERS, NAMES, RANKS, conditions, numbers, real_terms, sums

from symcnn.kernel import Chain, Context, Facts, Rejected, Scope, Term, terms
from symcnn.kernel.polynomial import normal
from symcnn.kernel.replay import show
from symcnn.kernel.value import holds, value
from symcnn.tactics.auto import Stuck, equate, simplify
from symcnn.tactics.evidence import EvidenceSearch
from symcnn.tactics.normalise import decide_brackets, spread
from symcnn.tactics.reindexing import eliminate_index, match
from symcnn.tactics.rewriter import Rewriter, attempt
from symcnn.tactics.unroll import literal_count, write_out

SCOPE = Scope(frozenset(NAMES), RANKS)
i, m, n = (terms.variable(name) for name in ("i", "m", "n"))


def rewriter(term: Term, *facts: Term) -> Rewriter:
    context = Context(SCOPE, Facts()).assume(*facts)
    return Rewriter(context, term, EvidenceSearch())


def accepted(side: Rewriter, start: Term) -> None:
    """The kernel accepts the steps, forwards and backwards. Raises `Rejected` otherwise."""
    show(side.context, start, side.term, Chain(tuple(side.steps)))
    show(side.context, side.term, start, Chain(side.backward()))


def equal_values(one: Term, other: Term, at) -> None:
    assert value(one, *at) == value(other, *at)


@given(real_terms(size=3), numbers())
def test_spread(term, at):
    side = rewriter(term)
    spread(side)
    accepted(side, term)
    equal_values(term, side.term, at)


@given(real_terms(size=3), st.lists(conditions(size=1), max_size=2), numbers())
def test_decided_brackets(term, facts, at):
    """Under hypotheses the values agree where these hold."""
    side = rewriter(term, *facts)
    decide_brackets(side)
    accepted(side, term)
    if all(holds(fact, *at) for fact in facts):
        equal_values(term, side.term, at)


@given(sums(size=3), numbers())
def test_eliminated_indices(term, at):
    side = rewriter(term)
    eliminate_index(side, ())
    accepted(side, term)
    equal_values(term, side.term, at)


@given(sums(size=3), numbers())
def test_simplify(term, at):
    side = rewriter(term)
    simplify(side)
    accepted(side, term)
    equal_values(term, side.term, at)


@given(sums(size=2), numbers())
def test_written_out(term, at):
    side = rewriter(term)
    write_out(side, (), lambda part: (literal_count(part) or 0) <= 8)
    accepted(side, term)
    equal_values(term, side.term, at)


@given(sums(size=2), sums(size=2), numbers())
def test_matched_sums_are_equal(term, target, at):
    side = rewriter(term)
    if attempt(side, lambda trial: match(trial, (), target)):
        accepted(side, term)
        equal_values(term, target, at)


@given(real_terms(size=2), real_terms(size=2), numbers())
def test_what_is_equated_is_equal(left, right, at):
    """Two random terms are seldom equal; then nothing may be found."""
    context = Context(SCOPE, Facts())
    try:
        node = equate(context, left, right, EvidenceSearch())
    except (Stuck, Rejected):
        return
    show(context, left, right, node)
    equal_values(left, right, at)


@given(real_terms(size=3))
def test_a_term_is_equated_with_its_normal_form(term):
    context = Context(SCOPE, Facts())
    show(context, term, normal(term), equate(context, term, normal(term), EvidenceSearch()))


@given(real_terms((*NAMES, LETTERS[0]), size=2), st.integers(-2, 2), numbers())
def test_a_shifted_sum_is_matched(body, shift, at):
    """sum_{a=1..n} f(a) = sum_{a=1+c..n+c} f(a - c)"""
    index, step = terms.variable(LETTERS[0]), terms.integer(shift)
    assume(LETTERS[0] in terms.free_variables(body))
    start = terms.summation(LETTERS[0], terms.integer(1), n, body)
    moved = terms.substitute(body, {LETTERS[0]: terms.add(index, terms.integer(-shift))})
    target = terms.summation(LETTERS[0], terms.add(terms.integer(1), step), terms.add(n, step), moved)
    equal_values(start, target, at)
    side = rewriter(start)
    if attempt(side, lambda trial: match(trial, (), target)):
        accepted(side, start)


def test_brackets_are_decided_under_the_bounds_of_their_sum():
    """sum_{a=1..n} [a >= 1] [a <= 0] x is 0 inside."""
    a = terms.variable("a")
    inside = terms.multiply(
        terms.bracket(terms.at_most(terms.integer(1), a)), terms.entry("X", a), terms.bracket(terms.at_most(a, n))
    )
    start = terms.summation("a", terms.integer(1), n, inside)
    side = rewriter(start)
    assert decide_brackets(side)
    accepted(side, start)
    assert not any(part.head == "bracket" for part in terms.subterms(side.term))


@pytest.mark.parametrize("bound", [-1, 0, 2])
def test_an_index_that_a_delta_fixes_is_eliminated(bound):
    """sum_{a=1..n} [a = i + c] X[a] = [1 <= i + c <= n] X[i + c]"""
    a, fixed = terms.variable("a"), terms.add(i, terms.integer(bound))
    body = terms.multiply(terms.bracket(terms.equal(a, fixed)), terms.entry("X", a))
    start = terms.summation("a", terms.integer(1), n, body)
    side = rewriter(start)
    assert eliminate_index(side, ())
    accepted(side, start)
    assert not any(part.head == "sum" for part in terms.subterms(side.term))


def test_a_failed_attempt_changes_nothing():
    start = terms.multiply(terms.add(i, m), terms.add(i, n))
    side = rewriter(terms.real(start))

    def fails(trial: Rewriter) -> bool:
        trial.ring((), normal(trial.term))
        raise Rejected("not this way")

    assert not attempt(side, fails)
    assert side.term == terms.real(start)
    assert not side.steps
