"""Statements as text: nothing is left out, and different statements look different."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from checking import ensure, ensure_equal
from hypothesis import given
from hypothesis import strategies as st
from mutation import variants
from random_terms import conditions, integer_terms, real_terms
from small_theorems import THEOREMS

from symcnn.kernel import Claim, Definition, Index, Leaf, Term, show, show_claim, terms
from symcnn.kernel.show import show_name

m, n, a, b = map(terms.variable, "mnab")
one, two = terms.integer(1), terms.integer(2)
half, minus_half = (terms.rational(Fraction(number, 2)) for number in (1, -1))
x = terms.entry("X", m)
add, multiply, power, inverse = terms.add, terms.multiply, terms.power, terms.inverse


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (add(m, multiply(terms.integer(-1), n)), "m + (-1)*n"),
        (multiply(add(m, n), two), "(m + n)*2"),
        (add(m, add(n, one)), "m + (n + 1)"),
        (multiply(m, multiply(n, two)), "m*(n*2)"),
        (power(add(m, one), 2), "(m + 1)^2"),
        (power(power(m, 2), 3), "(m^2)^3"),
        (power(terms.integer(-1), 2), "(-1)^2"),
        (add(x, half), "X[m] + 1/2"),
        (add(x, minus_half), "X[m] + (-1/2)"),
        (multiply(half, x), "(1/2)*X[m]"),
        (power(half, 2), "(1/2)^2"),
        (multiply(inverse(x), x), "(1/X[m])*X[m]"),
        (inverse(add(x, x)), "1/(X[m] + X[m])"),
        (inverse(inverse(x)), "1/(1/X[m])"),
        (inverse(half), "1/(1/2)"),
        (terms.floor(add(m, one), multiply(two, n)), "floor((m + 1)/(2*n))"),
        (terms.larger(m, add(n, one)), "max(m, n + 1)"),
        (terms.entry("x"), "x[]"),
        (terms.entry("Y", add(m, one), n), "Y[m + 1, n]"),
        (terms.bracket(terms.at_most(m, n)), "[m <= n]"),
        (terms.summation("a", one, n, terms.entry("X", a)), "sum(a = 1 .. n: X[a])"),
        (terms.all_of(terms.at_most(m, n), terms.equal(m, n)), "(m <= n) and (m = n)"),
        (terms.any_of(terms.all_of(), terms.nonzero(x)), "true or X[m] != 0"),
        (terms.negation(terms.equal(m, n)), "not (m = n)"),
        (terms.FALSE, "false"),
        (terms.Term("bound", value=0), "#0"),
    ],
)
def test_terms(term: Term, text: str) -> None:
    ensure_equal(show(term), text)
    ensure_equal(repr(term), text)


def test_letters_are_kept_apart() -> None:
    """The letter of a binder is no variable that its term contains, and not that of a binder around it."""
    inner = terms.summation("a", one, a, terms.entry("Y", a, m))
    ensure_equal(show(inner), "sum(a' = 1 .. a: Y[a', m])")
    outer = terms.summation("a", one, n, terms.summation("b", one, a, terms.entry("Y", a, b)))
    same = Term("sum", (*outer.args[:2], Term("sum", outer.args[2].args, hint="a")), hint="a")
    ensure_equal(show(same), "sum(a = 1 .. n: sum(a' = 1 .. a: Y[a, a']))")
    ensure_equal(show(Term("sum", outer.args)), "sum(k = 1 .. n: sum(b = 1 .. k: Y[k, b]))")


@given(st.one_of(real_terms(size=4), integer_terms(size=4), conditions(size=3)))
def test_terms_that_look_alike_are_alike(term: Term) -> None:
    """But for casts, which change nothing, and sums and products of one: each near miss looks different."""
    plain = _without_casts(term)
    for other in variants(term, ("m", "n", "X", "Y")):
        if _without_casts(other) != plain:
            ensure(show(other) != show(term), f"two terms look like {show(term)}")


def _without_casts(term: Term) -> object:
    if term.head == "real" or (term.head in ("add", "multiply") and len(term.args) == 1):
        return _without_casts(term.args[0])
    if term.head == "rational" and Fraction(str(term.value)).denominator == 1:
        return ("integer", str(term.value))
    children = tuple(map(_without_casts, term.args))
    return (
        (term.head, str(term.value), *children)
        if children or term.head != "integer"
        else (
            "integer",
            str(term.value),
        )
    )


PLAIN = ("m", "#0", "#12", "W'", "σ", "x_1", "conv2d(X, W, stride=2)", "pad(f(X), 1)", "Y_2", "f(X)_2")
QUOTED = (
    *("m + 1", "1", "-m", "m, n", "X[1]", "a b", "f(X) + g(Y)", "(m)", "f(X", "f)X(", "f(X))", " m", "m ", "1/2"),
    *(
        "sum",
        "max",
        "max(m, n)",
        "floor(m/2)",
        "sum(a = 1 .. n: m)",
        "and",
        "true",
        "not (m = n)",
        "'m'",
        "=",
        "#",
        "#a",
        "#0 + 1",
    ),
)


@pytest.mark.parametrize("name", PLAIN)
def test_plain_names(name: str) -> None:
    ensure_equal(show_name(name), name)


@pytest.mark.parametrize("name", QUOTED)
def test_names_that_look_like_something_else_are_quoted(name: str) -> None:
    ensure(show_name(name) == repr(name))
    ensure(repr(name) in show(terms.variable(name)))
    ensure(repr(name) in show(terms.entry(name, one)))
    ensure(repr(name) in show(Term("sum", terms.summation("a", one, n, terms.entry("X", a)).args, hint=name)))


CLAIM = Claim(
    integers=("m", "n"),
    leaves=(Leaf("X", (n, m), 0), Leaf("c", ())),
    definitions=(
        Definition("D", ("p", "q"), terms.entry("X", terms.variable("q"), terms.variable("p")), (m, n), 0),
        Definition("F", ("p",), terms.real(terms.variable("p"))),
    ),
    hypotheses=(terms.at_most(one, n),),
    conditions=(terms.equal(m, n),),
    indices=(Index("i", one, n),),
    left=terms.entry("F", terms.variable("i")),
    right=terms.entry("c"),
    witness=(("m", Fraction(1)), ("n", Fraction(1)), ("i", Fraction(1)), ("X", Fraction(1, 2)), ("c", Fraction(0))),
)


def test_a_whole_claim() -> None:
    ensure_equal(
        show_claim(CLAIM).splitlines(),
        [
            "for all integers m, n",
            "for every tensor X[0..n + (-1), 0..m + (-1)]",
            "for every tensor c[]",
            "where D[p, q] := X[q, p] over [0..m + (-1), 0..n + (-1)]",
            "where F[p] := p",
            "if 1 <= n",
            "then m = n",
            "for 1 <= i <= n",
            "F[i] = c[]",
            "(not vacuous: m = 1, n = 1, i = 1, X = 1/2, c = 0)",
        ],
    )


@pytest.mark.parametrize("name", ["mine", *THEOREMS])
def test_claims_that_differ_look_different(name: str) -> None:
    """Nothing that a statement depends on is left out."""
    claim = CLAIM if name == "mine" else THEOREMS[name]()[0]
    text = show_claim(claim)
    for other in variants(claim, ("m", "n", "X", "D", "i", "c")):
        if _meaning(other) != _meaning(claim):
            ensure(show_claim(other) != text, f"{other} looks like {text}")


def _meaning(claim: Claim) -> object:
    def plain(several: tuple[Term, ...]) -> tuple[object, ...]:
        return tuple(map(_without_casts, several))

    unshaped = [replace(each, origin=0) if not each.shape else each for each in claim.leaves]
    leaves = tuple((each.name, plain(each.shape), each.origin) for each in unshaped)
    definitions = tuple(
        (each.name, each.indices, _without_casts(each.body), each.shape and (plain(each.shape), each.origin))
        for each in claim.definitions
    )
    indices = tuple((each.name, plain((each.lower, each.upper))) for each in claim.indices)
    rest = (plain(claim.hypotheses), plain(claim.conditions), plain((claim.left, claim.right)), claim.witness)
    return (claim.integers, leaves, definitions, indices, rest)


@pytest.mark.parametrize("hint", ["V:0;", "a=1..5:0)", "V+1", "u(0)=0;", "-;", "(max"])
def test_letters_of_binders_say_nothing(hint: str) -> None:
    """A letter that is no name stands in quotes wherever it stands, or another one does."""
    entry, one = terms.entry("X", Term("bound", value=0)), terms.integer(1)
    of_tensor = Term("bound_entry", (one,), 0)
    before = Term("bound_entry", (Term("bound", value=0),), 2)
    for term in (
        Term("maximum", (one, one, terms.TRUE, entry), 1, hint),
        Term("exists", (one, one, terms.nonzero(entry)), 1, hint),
        Term("field", (one, one, entry), "L", hint),
        Term("partial", (of_tensor, entry, one), 1, hint),
        Term("iterate", (one, one, entry, before, one), 1, f"{hint} {hint}"),
    ):
        text = show(term)
        outside = re.sub("'[^']*'|\"[^\"]*\"", "", text)
        for part in hint.split():
            ensure(part not in outside, text)
