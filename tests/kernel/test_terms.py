"""Terms: what can be built, and that no operation on binders captures a variable."""

from fractions import Fraction
from typing import Any

import pytest
from checking import ensure, ensure_equal
from hypothesis import given
from hypothesis import strategies as st
from random_terms import (
    LETTERS,
    NAMES,
    RANKS,
    Numbers,
    by_formula,
    conditions,
    integer_terms,
    lambdas,
    linear_terms,
    numbers,
    real_terms,
)

from symcnn.kernel import Lambda, Rejected, Term, terms
from symcnn.kernel.value import holds, value

m, n, k = map(terms.variable, "mnk")
one, two = terms.integer(1), terms.integer(2)
half = terms.rational(Fraction(1, 2))
true = terms.TRUE


def x(*indices: Term) -> Term:
    return terms.entry("X", *indices)


def bound(number: int) -> Term:
    return Term("bound", value=number)


@pytest.mark.parametrize(
    ("head", "args", "term_value"),
    [
        ("integer", (), True),
        ("integer", (), 1.0),
        ("integer", (), Fraction(1)),
        ("integer", (), None),
        ("integer", (one,), 1),
        ("rational", (), 1),
        ("rational", (), 0.5),
        ("variable", (), 1),
        ("variable", (), None),
        ("bound", (), -1),
        ("bound", (), "a"),
        ("add", (), None),
        ("add", (one, half), None),
        ("add", (true,), None),
        ("add", (one,), 1),
        ("multiply", (), None),
        ("multiply", (half, one), None),
        ("power", (one,), -1),
        ("power", (one,), None),
        ("power", (one, one), 2),
        ("power", (true,), 2),
        ("floor", (one,), None),
        ("floor", (one, half), None),
        ("larger", (one, half), None),
        ("real", (half,), None),
        ("inverse", (one,), None),
        ("bracket", (half,), None),
        ("sum", (one, one), None),
        ("sum", (half, one, half), None),
        ("sum", (one, one, one), None),
        ("entry", (half,), "X"),
        ("entry", (one,), None),
        ("at_most", (half, one), None),
        ("at_most", (true, true), None),
        ("at_most", (one,), None),
        ("equal", (half, one), None),
        ("equal", (true, true), None),
        ("equal", (half, half, half), None),
        ("less", (one, one), None),
        ("less", (half,), None),
        ("larger", (true, true), None),
        ("larger", (one, one, one), None),
        ("call", (one,), "f"),
        ("call", (half, half), "f"),
        ("call", (half,), None),
        ("size", (half,), "n"),
        ("size", (), "n"),
        ("size", (one,), None),
        ("maximum", (one, one, true, half), 2),
        ("maximum", (one, one, true, half), None),
        ("maximum", (one, one, true, half), -1),
        ("maximum", (one, one, true, half), True),
        ("maximum", (one, one, half), 1),
        ("maximum", (one, one, half, half), 1),
        ("maximum", (one, one, true, one), 1),
        ("maximum", (half, one, true, half), 1),
        ("exists", (one, one, true, half), 1),
        ("exists", (one, one), 1),
        ("exists", (one, one, true), 0),
        ("field", (one, one, half), None),
        ("field", (one, half), "L"),
        ("field", (), "L"),
        ("field", (one, one), "L"),
        ("field", (half, half, half), "L"),
        ("partial", (half, half), 1),
        ("partial", (half, half, half), 1),
        ("partial", (half, half, one), 0),
        ("partial", (half, one, one), 1),
        ("partial", (half, half, one), "V"),
        ("iterate", (one, one, half, half), 1),
        ("iterate", (one, one, half, one), 0),
        ("iterate", (one, half, half, half), 0),
        ("bound_entry", (half,), 0),
        ("bound_entry", (one,), -1),
        ("bound_entry", (one,), "X"),
        ("nonzero", (one,), None),
        ("not", (half,), None),
        ("not", (true, true), None),
        ("and", (half,), None),
        ("or", (one,), None),
        ("eval", (), "1"),
        ("", (), None),
    ],
)
def test_what_has_no_sort_cannot_be_built(head: str, args: tuple[Term, ...], term_value: Any) -> None:
    with pytest.raises(Rejected):
        Term(head, args, term_value)


def test_equal_up_to_the_names_of_binders() -> None:
    one_sum = terms.summation("a", one, n, x(terms.variable("a")))
    other = terms.summation("b", one, n, x(terms.variable("b")))
    ensure_equal(one_sum, other)
    ensure_equal(hash(one_sum), hash(other))
    ensure(one_sum != terms.summation("a", one, n, x(m)))
    ensure(terms.summation("a", one, n, x(m)) != terms.summation("a", one, n, x(n)))
    ensure(one_sum != terms.summation("a", one, m, x(terms.variable("a"))))


def test_terms_that_differ_are_not_equal() -> None:
    different = [
        *(one, two, m, n, terms.rational(1), terms.real(one), x(), x(one), x(m), terms.entry("Y", one)),
        *(terms.add(one, two), terms.add(two, one), terms.multiply(one, two), terms.power(one, 1)),
        *(terms.floor(one, two), terms.floor(two, one), terms.larger(one, two), true, terms.FALSE),
        *(terms.add(one), terms.add(terms.add(one)), bound(0), bound(1), terms.entry("m")),
    ]
    ensure_equal(len(set(different)), len(different))


def test_a_body_is_not_captured_by_a_new_binder() -> None:
    with pytest.raises(Rejected, match="captured"):
        terms.summation("a", one, n, x(bound(0)))
    with pytest.raises(Rejected, match="captured"):
        terms.abstract(terms.add(m, bound(0)), "m")


def test_a_replacement_is_not_captured() -> None:
    body = terms.summation("a", one, n, terms.entry("Y", terms.variable("a"), m)).args[2]
    with pytest.raises(Rejected):
        terms.instantiate(body, bound(0))
    with pytest.raises(Rejected):
        terms.instantiate(x(bound(1)), m)
    with pytest.raises(Rejected):
        terms.substitute(x(m), {"m": bound(0)})
    with pytest.raises(Rejected):
        terms.substitute(x(m), {}, {"X": Lambda(("p",), x(bound(0)))})
    with pytest.raises(Rejected):
        terms.apply(Lambda(("p", "q"), half), (m,))


def test_loose_counts_the_binders_outside() -> None:
    inner = Term("sum", (one, bound(1), terms.entry("Y", bound(0), bound(2))))
    ensure_equal(inner.loose, 2)
    ensure_equal(Term("sum", (one, one, inner)).loose, 1)
    ensure_equal(Term("sum", (one, one, Term("sum", (one, one, inner)))).loose, 0)


@given(real_terms((*NAMES, "a")), linear_terms(), linear_terms(), numbers())
def test_a_sum_adds_the_values_of_its_body(body: Term, lower: Term, upper: Term, at: Numbers) -> None:
    integers, tensors = at
    term = terms.summation("a", lower, upper, body)
    each = range(int(value(lower, *at)), int(value(upper, *at)) + 1)
    wanted = sum((value(body, {**integers, "a": number}, tensors) for number in each), Fraction(0))
    ensure_equal(value(term, *at), wanted)
    ensure("a" not in terms.free_variables(terms.abstract(body, "a")))


@given(real_terms((*NAMES, "a")))
def test_instantiate_undoes_abstract(body: Term) -> None:
    ensure_equal(terms.instantiate(terms.abstract(body, "a"), terms.variable("a")), body)


@given(real_terms((*NAMES, "a")), integer_terms((*NAMES, *LETTERS)), numbers((*NAMES, "b")), st.integers(-2, 3))
def test_instantiate_is_the_value_at_the_replacement(body: Term, replacement: Term, at: Numbers, outer: int) -> None:
    integers, tensors = {**at[0], "a": outer}, at[1]
    found = terms.instantiate(terms.abstract(body, "a"), replacement)
    inside = {**integers, "a": int(value(replacement, integers, tensors))}
    ensure_equal(value(found, integers, tensors), value(body, inside, tensors))


@given(st.data(), numbers((*NAMES, *LETTERS)))
def test_substitution_is_the_value_at_the_replacements(data: st.DataObject, at: Numbers) -> None:
    """All at once, m for n and n for m too; the replacements contain the letters that sums are bound by."""
    names = (*NAMES, *LETTERS)
    term = data.draw(real_terms(NAMES, 4))
    replaced = {name: data.draw(linear_terms(names)) for name in ("m", "n")}
    tensors = {name: data.draw(lambdas(RANKS[name], names, 2)) for name in ("X", "Y")}
    inside = {**at[0], **{name: int(value(each, *at)) for name, each in replaced.items()}}
    meant = {**at[1], **{name: by_formula(each, *at) for name, each in tensors.items()}}
    ensure_equal(value(terms.substitute(term, replaced, tensors), *at), value(term, inside, meant))


@given(conditions(size=3), linear_terms((*NAMES, *LETTERS)), numbers((*NAMES, *LETTERS)))
def test_substitution_in_conditions(condition: Term, replacement: Term, at: Numbers) -> None:
    inside = {**at[0], "m": int(value(replacement, *at))}
    ensure_equal(holds(terms.substitute(condition, {"m": replacement}), *at), holds(condition, inside, at[1]))


@given(real_terms((*NAMES, *LETTERS)), st.integers(0, 3), numbers((*NAMES, *LETTERS)))
def test_lift_skips_the_binders_that_are_put_between(term: Term, by: int, at: Numbers) -> None:
    integers, tensors = at
    opened = _opened(_opened(term, "a"), "b")
    around = (integers["b"], integers["a"])
    ensure_equal(value(opened, integers, tensors, around), value(term, *at))
    between = tuple(range(50, 50 + by))
    lifted = terms.lift(opened, by)
    ensure_equal(value(lifted, integers, tensors, (*between, *around)), value(term, *at))


def _opened(term: Term, name: str) -> Term:
    """The term with the variable as the bound variable of one more binder around it."""
    lifted = terms.lift(term, 1)
    return _replace(lifted, name, 0)


def _replace(term: Term, name: str, depth: int) -> Term:
    if term == terms.variable(name):
        return bound(depth)
    args = (_replace(child, name, depth + terms.binds(term, number)) for number, child in enumerate(term.args))
    return terms.with_args(term, tuple(args))


@given(lambdas(2), integer_terms((*NAMES, *LETTERS)), integer_terms((*NAMES, *LETTERS)), numbers((*NAMES, "b")))
def test_apply_under_a_binder_captures_nothing(function: Lambda, first: Term, second: Term, at: Numbers) -> None:
    """sum_a F(first, second), where F is written out, is the sum of the values of F."""
    integers, tensors = at
    called = terms.summation("a", terms.integer(-1), terms.integer(1), terms.entry("F", first, second))
    written = terms.substitute(called, {}, {"F": function})
    meant = {**tensors, "F": by_formula(function, integers, tensors)}
    ensure_equal(value(written, integers, tensors), value(called, integers, meant))


@given(real_terms(size=4))
def test_free_variables_are_the_variables_among_the_subterms(term: Term) -> None:
    named = {str(part.value) for part in terms.subterms(term) if part.head == "variable"}
    ensure_equal(set(terms.free_variables(term)), named)
