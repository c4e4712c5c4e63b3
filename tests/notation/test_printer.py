"""How formulas look: precedence, signs, order, fractions, floors, brackets."""

from dataclasses import replace
from fractions import Fraction

import pytest

from symcnn.kernel import Term, terms
from symcnn.kernel.polynomial import normal
from symcnn.notation import LATEX, PLAIN, Printer

m, n, k, i, j, c = map(terms.variable, "mnkijc")
add, multiply, power, entry, real, inverse = (
    terms.add,
    terms.multiply,
    terms.power,
    terms.entry,
    terms.real,
    terms.inverse,
)
x, y = (entry("x", index) for index in (i, j))
NAMES = {"x": "x", "X": "X", "W": "W", "Y": "Y", "s": "s"}
show = Printer(PLAIN, NAMES, frozenset("W"), frozenset([Fraction(299, 1000), Fraction(1, 2)]))
tex = replace(show, style=LATEX)
tidy = replace(show, tidy=True)


def number(value: int | str) -> Term:
    return terms.rational(Fraction(value))


def integer(value: int) -> Term:
    return terms.integer(value)


def minus(term: Term) -> Term:
    return multiply(number(-1) if term.sort == terms.REAL else integer(-1), term)


def total(letter: str, body: Term, lower: Term | None = None, upper: Term = n) -> Term:
    return terms.summation(letter, lower or integer(1), upper, body)


def at(name: str, *indices: Term) -> Term:
    return entry(name, *indices)


a, b = map(terms.variable, "ab")
ODD = terms.equal(multiply(integer(2), terms.floor(n, integer(2))), n)


@pytest.mark.parametrize(
    ("term", "plain", "latex"),
    [
        (multiply(add(x, y), at("x", k)), "(x[i] + x[j]) x[k]", "(x_{i} + x_{j}) x_{k}"),
        (minus(add(x, y)), "-(x[i] + x[j])", "-(x_{i} + x_{j})"),
        (add(x, minus(add(y, at("x", k)))), "x[i] - (x[j] + x[k])", "x_{i} - (x_{j} + x_{k})"),
        (inverse(real(add(k, integer(1)))), "1/(k + 1)", r"\frac{1}{k + 1}"),
        (multiply(inverse(power(real(k), 2)), x), "(1/k^2) x[i]", r"\frac{1}{k^{2}} x_{i}"),
        (multiply(inverse(real(multiply(integer(2), k))), x), "(0.5/k) x[i]", r"\frac{0.5}{k} x_{i}"),
        (multiply(inverse(real(multiply(integer(3), k))), x), "(1/(3 k)) x[i]", r"\frac{1}{3 k} x_{i}"),
        (power(real(multiply(integer(2), k)), 2), "4 k^2", "4 k^{2}"),
        (power(add(x, y), 2), "(x[i] + x[j])^2", "(x_{i} + x_{j})^{2}"),
        (power(x, 2), "x[i]^2", "x_{i}^{2}"),
        (power(total("a", at("x", a)), 2), "(Σ_{a=1..n} x[a])^2", r"\biggl(\sum_{a=1}^{n} x_{a}\biggr)^{2}"),
        (power(inverse(x), 2), "1/x[i]^2", r"\frac{1}{x_{i}^{2}}"),
        (total("a", add(at("x", a), number(1))), "Σ_{a=1..n} (x[a] + 1)", r"\sum_{a=1}^{n} (x_{a} + 1)"),
        (total("a", minus(at("x", a))), "Σ_{a=1..n} (-x[a])", r"\sum_{a=1}^{n} (-x_{a})"),
        (
            multiply(total("a", at("x", a)), total("b", at("x", b), upper=m), x),
            "x[i] (Σ_{a=1..n} x[a]) Σ_{b=1..m} x[b]",
            r"x_{i} \biggl(\sum_{a=1}^{n} x_{a}\biggr) \sum_{b=1}^{m} x_{b}",
        ),
        (add(total("a", at("x", a)), x), "x[i] + Σ_{a=1..n} x[a]", r"x_{i} + \sum_{a=1}^{n} x_{a}"),
        (add(total("a", at("x", a)), minus(x)), "-x[i] + Σ_{a=1..n} x[a]", r"-x_{i} + \sum_{a=1}^{n} x_{a}"),
        (multiply(number("1/2"), number("299/1000"), x), "(299/2000) x[i]", r"\frac{299}{2000} x_{i}"),
        (multiply(number("-299/1000"), x), "-0.299 x[i]", "-0.299 x_{i}"),
        (multiply(number("2/3"), x), "(2/3) x[i]", r"\frac{2}{3} x_{i}"),
        (multiply(number(2), inverse(x), y), "(2/x[i]) x[j]", r"\frac{2}{x_{i}} x_{j}"),
        (number("2/3"), "2/3", r"\frac{2}{3}"),
        (number("-1/2"), "-0.5", "-0.5"),
        (multiply(number(0), x), "0 x[i]", "0 x_{i}"),
        (inverse(inverse(x)), "x[i]", "x_{i}"),
        (inverse(terms.bracket(ODD)), "[2 | n]", r"\left[2 \mid n\right]"),
    ],
    ids=str,
)
def test_real_numbers(term: Term, plain: str, latex: str) -> None:
    assert show(term) == plain
    assert tex(term) == latex


@pytest.mark.parametrize(
    ("term", "plain"),
    [
        (add(i, minus(integer(1))), "i - 1"),
        (add(minus(i), n, integer(1)), "n - i + 1"),
        (minus(i), "-i"),
        (multiply(k, add(i, integer(-1))), "k(i - 1)"),
        (add(multiply(k, i), minus(k), j), "k(i - 1) + j"),
        (add(multiply(k, i), multiply(k, j)), "k(i + j)"),
        (add(multiply(integer(2), k), k), "3 k"),
        (multiply(integer(2), i, j), "2 i j"),
        (power(i, 2), "i^2"),
        (terms.floor(m, k), "⌊m/k⌋"),
        (terms.floor(add(m, integer(-1)), multiply(integer(2), k)), "⌊(m - 1)/(2 k)⌋"),
        (terms.floor(minus(m), k), "⌊(-m)/k⌋"),
        (power(terms.floor(m, k), 2), "⌊m/k⌋^2"),
        (terms.larger(m, terms.larger(n, k)), "max(m, n, k)"),
        (minus(terms.larger(minus(m), minus(n))), "min(m, n)"),
        (multiply(integer(-3), terms.larger(minus(m), integer(-4))), "3 min(m, 4)"),
        (integer(0), "0"),
        (add(i, minus(i)), "0"),
    ],
    ids=str,
)
def test_integers(term: Term, plain: str) -> None:
    assert show(term) == plain


def test_what_divides_exactly_is_a_fraction_in_the_line() -> None:
    divides = terms.equal(multiply(k, terms.floor(m, k)), m)
    known = replace(show, divisible=frozenset([normal(divides)]))
    quotient = terms.floor(m, k)
    assert known(quotient) == "m/k"
    assert known(add(quotient, integer(-1))) == "m/k - 1"
    assert known(multiply(integer(2), quotient)) == "2 (m/k)"
    assert known(power(quotient, 2)) == "(m/k)^2"
    assert known(multiply(quotient, add(i, integer(-1)))) == "(m/k)(i - 1)"
    assert known(terms.floor(n, k)) == "⌊n/k⌋"
    assert replace(known, style=LATEX)(multiply(integer(2), quotient)) == "2 (m/k)"
    odd = terms.equal(multiply(k, terms.floor(add(m, integer(1)), k)), add(m, integer(1)))
    for style in (PLAIN, LATEX):
        assert replace(known, style=style, divisible=frozenset([normal(odd)]))(odd.args[0].args[1]) == "(m + 1)/k"


@pytest.mark.parametrize(
    ("condition", "written", "in_tidy_form"),
    [
        (terms.at_most(integer(1), i), "1 <= i", "i >= 1"),
        (terms.at_most(add(i, integer(1)), m), "i + 1 <= m", "i < m"),
        (terms.at_most(integer(0), add(m, minus(i), integer(-1))), "i + 1 <= m", "i < m"),
        (terms.at_most(add(i, integer(-2)), m), "i - 2 <= m", "i <= m + 2"),
        (terms.equal(i, c), "c = i", "c = i"),
        (terms.equal(integer(2), i), "i = 2", "i = 2"),
        (terms.equal(multiply(integer(2), k), m), "m = 2 k", "m = 2 k"),
        (terms.equal(integer(0), add(i, minus(j), integer(-1))), "i = j + 1", "i = j + 1"),
        (terms.negation(terms.equal(i, j)), "i != j", "i != j"),
        (terms.negation(terms.at_most(i, k)), "k + 1 <= i", "k < i"),
        (terms.negation(terms.nonzero(x)), "x[i] = 0", "x[i] = 0"),
        (terms.nonzero(add(x, y)), "x[i] + x[j] != 0", "x[i] + x[j] != 0"),
        (ODD, "2 | n", "2 | n"),
        (terms.negation(ODD), "2 ∤ n", "2 ∤ n"),
        (terms.TRUE, "true", "true"),
        (terms.FALSE, "false", "false"),
        (terms.all_of(terms.negation(terms.at_most(i, k)), terms.TRUE), "k + 1 <= i", "k < i"),
        (terms.all_of(terms.at_most(integer(1), i), terms.at_most(i, n)), "1 <= i <= n", "1 <= i <= n"),
        (
            terms.all_of(terms.equal(i, j), terms.any_of(terms.equal(i, k), terms.equal(j, k))),
            "i = j and (i = k or j = k)",
            "i = j and (i = k or j = k)",
        ),
        (
            terms.any_of(terms.all_of(terms.equal(i, j), terms.equal(j, k)), terms.equal(i, m)),
            "(i = j and j = k) or i = m",
            "(i = j and j = k) or i = m",
        ),
        (
            terms.negation(terms.all_of(terms.equal(i, j), terms.at_most(i, k))),
            "i != j or k + 1 <= i",
            "i != j or k < i",
        ),
    ],
    ids=str,
)
def test_conditions(condition: Term, written: str, in_tidy_form: str) -> None:
    assert show(condition) == written
    assert tidy(condition) == in_tidy_form


# Order: it is that of a person, and does not depend on the order of arguments


def test_entries_stand_in_the_order_of_their_indices() -> None:
    places = [add(i, integer(shift)) for shift in (1, -2, 0, 2, -1)]
    assert show(add(*(at("x", place) for place in places))) == ("x[i - 2] + x[i - 1] + x[i] + x[i + 1] + x[i + 2]")
    assert show(add(at("x", integer(10)), at("x", integer(9)))) == "x[9] + x[10]"


def test_of_two_summands_a_positive_one_comes_first() -> None:
    below = at("x", add(i, integer(1)))
    assert show(add(minus(x), below)) == "x[i + 1] - x[i]"
    assert show(add(below, minus(x))) == "x[i + 1] - x[i]"
    three = add(minus(at("x", add(i, integer(-1)))), x, below)
    assert show(three) == "-x[i - 1] + x[i] + x[i + 1]"


def test_numbers_stand_behind_letters_and_before_sums() -> None:
    assert show(add(number(3), x, total("a", at("x", a)))) == "x[i] + 3 + Σ_{a=1..n} x[a]"
    assert show(add(number(1), number(2))) == "1 + 2"


def test_the_kernel_stands_before_the_image() -> None:
    product = multiply(at("X", i, j), at("W", i, j), terms.bracket(terms.equal(i, j)), number(2))
    assert show(product) == "2 [i = j] W[i, j] X[i, j]"
    assert show(multiply(at("X", i, j), at("W", i, j))) == show(multiply(at("W", i, j), at("X", i, j)))


# Letters


def test_nested_sums_with_one_letter_get_primes() -> None:
    inner = Term("sum", (integer(1), Term("bound", value=0), at("X", Term("bound", value=0), Term("bound", value=1))))
    nested = Term("sum", (integer(1), n, replace(inner, hint="k")), hint="k")
    assert show(nested) == "Σ_{k=1..n} Σ_{k'=1..k} X[k', k]"


def test_the_letter_of_a_sum_is_nothing_elses() -> None:
    assert show(total("n", at("x", terms.variable("n")), upper=n)) == "Σ_{n'=1..n} x[n']"
    assert replace(show, reserved=frozenset("a"))(total("a", at("x", a))) == "Σ_{a'=1..n} x[a']"
    assert show(total("s", at("x", terms.variable("s")))) == "Σ_{s'=1..n} x[s']", "a tensor is called so"
    assert replace(show, letters={"a": "i"})(total("a", at("X", a, i))) == "Σ_{i'=1..n} X[i', i]"


# What is read out of range is 0


def test_a_bracket_that_says_only_that_an_entry_is_in_range_is_left_out() -> None:
    known = replace(show, zero_outside={"x": ((integer(1), n),)})
    place = add(i, integer(1))
    inside = terms.at_most(place, n)
    assert show(multiply(terms.bracket(inside), at("x", place))) == "[i + 1 <= n] x[i + 1]"
    assert known(multiply(terms.bracket(inside), at("x", place))) == "x[i + 1]"
    both = terms.all_of(inside, terms.at_most(integer(1), place))
    assert known(multiply(terms.bracket(both), at("x", place))) == "x[i + 1]"
    for other in (
        multiply(terms.bracket(terms.at_most(place, m)), at("x", place)),  # another limit
        multiply(terms.bracket(inside), at("x", i)),  # another index
        multiply(terms.bracket(inside), at("X", place, i)),  # another tensor
        multiply(terms.bracket(terms.negation(inside)), at("x", place)),  # the opposite
        multiply(terms.bracket(terms.all_of(inside, terms.at_most(i, k))), at("x", place)),  # and more
        multiply(terms.bracket(terms.any_of(inside, terms.at_most(i, k))), at("x", place)),  # or else
        add(terms.bracket(inside), at("x", place)),  # not a factor
    ):
        assert "[" in known(other).replace("x[", "").replace("X[", ""), known(other)


def test_decimals_are_written_with_all_their_digits() -> None:
    for text in ("0.299", "0.1234567890123456", "0.00001", "12.5", "1000000.5"):
        value = Fraction(text)
        assert replace(show, decimals=frozenset([value]))(terms.rational(value)) == text
    third = Fraction(1, 3)
    assert replace(show, decimals=frozenset([third]))(terms.rational(third)) == "1/3"
