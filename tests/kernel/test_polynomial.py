"""Normal forms: the value stays, nothing changes twice, and what arithmetic makes equal becomes the same."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from checking import ensure, ensure_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from random_terms import Numbers, conditions, integer_terms, numbers, real_terms

from symcnn.kernel import Rejected, Term, terms
from symcnn.kernel.polynomial import MOST_MONOMIALS, negate, normal, polynomial
from symcnn.kernel.value import holds, value

m, n = map(terms.variable, "mn")
x, y = (terms.entry("X", index) for index in (m, n))
one, two, half = terms.integer(1), terms.rational(2), terms.rational(Fraction(1, 2))
zero = terms.rational(0)
p = terms.bracket(terms.at_most(m, n))
add, multiply, inverse, power = terms.add, terms.multiply, terms.inverse, terms.power


@given(st.one_of(real_terms(size=4), integer_terms(size=4)), numbers())
def test_the_value_stays(term: Term, at: Numbers) -> None:
    ensure_equal(value(normal(term), *at), value(term, *at))
    ensure_equal(normal(term).sort, term.sort)


@given(conditions(size=4), numbers())
def test_the_truth_stays(condition: Term, at: Numbers) -> None:
    ensure_equal(holds(normal(condition), *at), holds(condition, *at))
    ensure_equal(holds(negate(condition), *at), not holds(condition, *at))


@given(st.one_of(real_terms(size=4), integer_terms(size=4), conditions(size=4)))
def test_normal_is_idempotent(term: Term) -> None:
    again = normal(_fresh(normal(term)))
    ensure_equal(again, normal(term))


def _fresh(term: Term, hint: str | None = None) -> Term:
    """An equal term that shares nothing with the old one, so that nothing about it has been computed yet."""
    args = tuple(_fresh(child, hint) for child in term.args)
    return Term(term.head, args, term.value, term.hint if hint is None else hint)


@given(real_terms(size=4))
def test_hints_do_not_matter(term: Term) -> None:
    other = _fresh(term, "other")
    ensure_equal(other, term)
    ensure_equal(hash(other), hash(term))
    ensure_equal(normal(other), normal(term))
    ensure_equal(dict(polynomial(other)), dict(polynomial(term)))


Rewrite = Callable[[Term, Term, Term], tuple[Term, Term]]
LAWS: dict[str, Rewrite] = {
    "addition commutes": lambda a, b, c: (add(a, b), add(b, a)),
    "addition is associative": lambda a, b, c: (add(a, add(b, c)), add(add(a, b), c)),
    "multiplication commutes": lambda a, b, c: (multiply(a, b), multiply(b, a)),
    "multiplication is associative": lambda a, b, c: (
        multiply(a, multiply(b, c)),
        multiply(multiply(a, b), c),
    ),
    "distribution": lambda a, b, c: (multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c))),
    "zero": lambda a, b, c: (add(a, multiply(_number(0, a), b)), a),
    "one": lambda a, b, c: (multiply(_number(1, a), a), a),
    "difference": lambda a, b, c: (add(a, multiply(_number(-1, b), b), b), a),
    "powers": lambda a, b, c: (multiply(power(a, 2), a, power(b, 0)), power(a, 3)),
}
REAL_LAWS: dict[str, Rewrite] = {
    "inverse of a product": lambda a, b, c: (inverse(multiply(a, b)), multiply(inverse(b), inverse(a))),
    "inverse of an inverse": lambda a, b, c: (inverse(inverse(a)), a),
    "inverse of a power": lambda a, b, c: (inverse(power(x, 2)), power(inverse(x), 2)),
    "inverse of a multiple": lambda a, b, c: (
        inverse(multiply(two, x, y)),
        multiply(half, inverse(multiply(x, y))),
    ),
    "inverse of a bracket": lambda a, b, c: (inverse(p), p),
    "square of a bracket": lambda a, b, c: (multiply(p, a, p), multiply(a, p)),
    "entries at equal places": lambda a, b, c: (
        terms.entry("X", add(m, n)),
        terms.entry("X", add(n, multiply(one, m))),
    ),
    "sums of equal summands": lambda a, b, c: (
        terms.summation("a", m, n, multiply(x, add(a, b))),
        terms.summation("b", m, n, add(multiply(b, x), multiply(x, a))),
    ),
    "casts": lambda a, b, c: (terms.real(multiply(m, n)), multiply(terms.real(n), terms.real(m))),
}


def _number(number: int, like: Term) -> Term:
    return terms.integer(number) if like.sort == terms.INTEGER else terms.rational(number)


@pytest.mark.parametrize("law", LAWS)
@settings(max_examples=15)
@given(data=st.data())
def test_ring_laws(law: str, data: st.DataObject) -> None:
    for kind in (integer_terms(size=2), real_terms(size=2)):
        left, right = LAWS[law](*(data.draw(kind) for _ in range(3)))
        ensure_equal(normal(left), normal(right), law)


@pytest.mark.parametrize("law", REAL_LAWS)
@settings(max_examples=10)
@given(data=st.data())
def test_laws_of_inverses_and_brackets(law: str, data: st.DataObject) -> None:
    left, right = REAL_LAWS[law](*(data.draw(real_terms(size=2)) for _ in range(3)))
    ensure_equal(normal(left), normal(right), law)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (multiply(x, inverse(x)), terms.rational(1)),
        (add(x, y), add(x, x)),
        (multiply(x, x), x),
        (inverse(add(x, y)), add(inverse(x), inverse(y))),
        (terms.entry("X", m), terms.entry("X", n)),
        (terms.entry("X", m), terms.entry("Y", m)),
        (terms.entry("Y", m, n), terms.entry("Y", n, m)),
        (terms.summation("a", m, n, x), terms.summation("a", n, m, x)),
        (terms.real(terms.floor(m, n)), multiply(terms.real(m), inverse(terms.real(n)))),
        (terms.real(terms.floor(multiply(terms.integer(2), m), terms.integer(2))), terms.real(m)),
        (terms.real(terms.larger(m, n)), terms.real(terms.larger(n, m))),
        (p, terms.bracket(terms.at_most(m, add(n, one)))),
        (p, add(terms.rational(1), multiply(terms.rational(-1), p))),
        (terms.bracket(terms.equal(m, n)), terms.bracket(terms.at_most(m, n))),
        (power(x, 0), x),
        (zero, p),
    ],
)
def test_what_differs_stays_apart(left: Term, right: Term) -> None:
    ensure(normal(left) != normal(right), f"{left!r} and {right!r} became the same")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (terms.at_most(m, n), terms.at_most(add(m, one), add(one, n))),
        (terms.at_most(m, n), terms.at_most(add(m, m), multiply(terms.integer(2), n))),
        (terms.equal(m, n), terms.equal(n, m)),
        (terms.negation(terms.at_most(m, n)), terms.at_most(add(n, one), m)),
        (terms.negation(terms.negation(terms.equal(m, n))), terms.equal(n, m)),
        (terms.all_of(terms.at_most(m, n), terms.TRUE), terms.at_most(m, n)),
        (terms.any_of(terms.at_most(m, n), terms.at_most(one, one)), terms.TRUE),
        (terms.all_of(terms.equal(m, n), terms.FALSE), terms.FALSE),
        (
            terms.all_of(terms.equal(m, n), terms.all_of(terms.nonzero(x), terms.equal(m, n))),
            terms.all_of(terms.nonzero(x), terms.equal(m, n)),
        ),
        (terms.at_most(terms.integer(2), one), terms.FALSE),
        (terms.equal(add(m, one), m), terms.FALSE),
    ],
)
def test_conditions_that_become_the_same(left: Term, right: Term) -> None:
    ensure_equal(normal(left), normal(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (terms.at_most(m, n), terms.at_most(n, m)),
        (terms.at_most(m, n), terms.equal(m, n)),
        (terms.at_most(add(m, m), n), terms.at_most(m, n)),
        (terms.all_of(terms.equal(m, n)), terms.TRUE),
        (terms.any_of(terms.equal(m, n)), terms.FALSE),
        (terms.all_of(p.args[0], terms.nonzero(x)), terms.any_of(p.args[0], terms.nonzero(x))),
        (terms.equal(add(m, m), add(n, n, one)), terms.equal(m, n)),
    ],
)
def test_conditions_that_stay_apart(left: Term, right: Term) -> None:
    ensure(normal(left) != normal(right), f"{left!r} and {right!r} became the same")


def test_a_product_that_is_too_large_is_rejected() -> None:
    atoms = [terms.entry("X", terms.integer(number)) for number in range(200)]
    with pytest.raises(Rejected, match="too large"):
        normal(multiply(add(*atoms), add(*atoms)))
    ensure(len(atoms) ** 2 > MOST_MONOMIALS)


def test_a_number_that_is_too_large_is_rejected() -> None:
    """Python refuses to print a number of 4300 digits, so that none may come out of a small term."""
    number = terms.integer(10**200)
    for _ in range(2):
        number = power(number, 20)
    with pytest.raises(Rejected, match="bits"):
        normal(number)


def test_a_condition_is_no_polynomial() -> None:
    with pytest.raises(Rejected):
        polynomial(terms.TRUE)
