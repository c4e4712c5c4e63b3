"""What terms mean, also where a reader would not expect a meaning: the other tests compare with this."""

from fractions import Fraction

import pytest
from checking import ensure, ensure_equal

from symcnn.kernel import Rejected, Term, terms
from symcnn.kernel.value import MOST_SUMMANDS, holds, value

m, n, a = map(terms.variable, "mna")
zero, one, two = map(terms.integer, range(3))
half = terms.rational(Fraction(1, 2))
INTEGERS = {"m": 3, "n": -2}
TENSORS = {
    "x": Fraction(5),
    "X": lambda indices: Fraction(indices[0], 2),
    "Y": lambda indices: Fraction(10 * indices[0] + indices[1]),
}


def minus(number: int) -> Term:
    return terms.integer(-number)


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        (terms.integer(-7), -7),
        (half, Fraction(1, 2)),
        (m, 3),
        (terms.add(m, n, one), 2),
        (terms.multiply(m, n, two), -12),
        (terms.power(n, 3), -8),
        (terms.power(zero, 0), 1),
        (terms.floor(m, two), 1),
        (terms.floor(minus(3), two), -2),
        (terms.floor(m, minus(2)), -2),
        (terms.floor(m, zero), 0),
        (terms.larger(m, n), 3),
        (terms.real(m), 3),
        (terms.inverse(half), 2),
        (terms.inverse(terms.rational(0)), 0),
        (terms.entry("x"), 5),
        (terms.entry("X", n), -1),
        (terms.entry("Y", m, terms.add(n, one)), 29),
        (terms.bracket(terms.at_most(n, m)), 1),
        (terms.bracket(terms.at_most(m, n)), 0),
        (terms.summation("a", one, m, terms.entry("X", a)), 3),
        (terms.summation("a", one, zero, terms.entry("X", a)), 0),
        (terms.summation("a", m, n, terms.entry("X", a)), 0),
        (terms.summation("a", n, n, terms.entry("X", a)), -1),
        (terms.summation("a", one, two, terms.summation("b", one, a, terms.entry("Y", a, terms.variable("b")))), 54),
        (terms.summation("m", one, m, terms.entry("X", m)), 3),
    ],
)
def test_numbers(term: Term, wanted: Fraction | int) -> None:
    ensure_equal(value(term, INTEGERS, TENSORS), Fraction(wanted))


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        (terms.at_most(m, m), True),
        (terms.at_most(m, n), False),
        (terms.equal(m, terms.integer(3)), True),
        (terms.equal(m, n), False),
        (terms.nonzero(terms.entry("x")), True),
        (terms.nonzero(terms.entry("X", zero)), False),
        (terms.negation(terms.equal(m, n)), True),
        (terms.TRUE, True),
        (terms.FALSE, False),
        (terms.all_of(terms.at_most(n, m), terms.equal(m, n)), False),
        (terms.any_of(terms.at_most(n, m), terms.equal(m, n)), True),
    ],
)
def test_conditions(condition: Term, wanted: bool) -> None:
    ensure_equal(holds(condition, INTEGERS, TENSORS), wanted)


def test_values_are_exact() -> None:
    third = terms.rational(Fraction(1, 3))
    found = value(terms.add(third, third, third), {}, {})
    ensure(type(found) is Fraction)
    ensure_equal(found, Fraction(1))


def test_a_bound_variable_counts_from_the_nearest_binder() -> None:
    body = terms.entry("Y", Term("bound", value=0), Term("bound", value=1))
    ensure_equal(value(body, INTEGERS, TENSORS, (4, 7)), Fraction(47))


@pytest.mark.parametrize(
    "term",
    [
        terms.variable("k"),
        terms.entry("Z"),
        Term("bound", value=0),
        terms.TRUE,
        terms.summation("a", zero, terms.integer(MOST_SUMMANDS + 1), half),
        terms.summation("a", zero, terms.power(terms.integer(10**300), 20), half),
    ],
)
def test_what_has_no_value_is_rejected(term: Term) -> None:
    with pytest.raises(Rejected):
        value(term, INTEGERS, TENSORS)


def test_a_number_is_no_condition() -> None:
    with pytest.raises(Rejected):
        holds(m, INTEGERS, TENSORS)
