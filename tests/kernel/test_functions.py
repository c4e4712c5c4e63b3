"""Known functions: every fact, formula and derivative is compared with `math`, at many points."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from checking import ensure, ensure_equal
from worlds import FUNCTIONS, VALUES

from symcnn.kernel import Function, Rejected, Term, terms
from symcnn.kernel.functions import EXAMPLES, FACTS, KNOWN, exact, facts_of, implied, known

Real = Callable[[float], float]


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


MEANT: dict[str, Real] = {
    "exp": math.exp,
    "relu": lambda x: x if x > 0 else 0.0,
    "leaky_relu": lambda x: x if x > 0 else x / 100,
    "sigmoid": sigmoid,
    "tanh": math.tanh,
    "softplus": lambda x: math.log1p(math.exp(x)),
    "identity": lambda x: x,
    "negation": lambda x: -x,
    "zero": lambda x: 0.0,
    "one": lambda x: 1.0,
    "square": lambda x: x * x,
    "reflected exp": lambda x: math.exp(-x),
    "reflected sigmoid": lambda x: sigmoid(-x),
    "reflected tanh": lambda x: math.tanh(-x),
    "reflected relu": lambda x: -x if x < 0 else 0.0,
    "reflected leaky_relu": lambda x: -x if x < 0 else -x / 100,
}
RANDOM = Random(0)
#: where functions with kinks at 0 only are smooth, and nothing of interest is lost by rounding
POINTS = sorted({0.0, *(round(RANDOM.uniform(-4, 4), 3) for _ in range(60)), -9.0, 9.0, 1e-3, -1e-3})
STEP = 1e-5


def near(one: float, other: float, tolerance: float = 1e-9) -> bool:
    return math.isclose(one, other, rel_tol=tolerance, abs_tol=tolerance)


def slopes(f: Real, x: float) -> tuple[float, float]:
    """The difference quotients on both sides"""
    return (f(x) - f(x - STEP)) / STEP, (f(x + STEP) - f(x)) / STEP


def is_smooth(f: Real, x: float) -> bool:
    return near(*slopes(f, x), tolerance=1e-3 * max(1.0, abs(f(x))))


def values(f: Real) -> list[float]:
    return [f(x) for x in POINTS]


#: whether a function has a fact, as far as points can tell
HAS: dict[str, Callable[[Real], bool]] = {
    "nondecreasing": lambda f: all(a <= b for a, b in pairwise(values(f))),
    "nonincreasing": lambda f: all(a >= b for a, b in pairwise(values(f))),
    "increasing": lambda f: all(a < b for a, b in pairwise(values(f))),
    "decreasing": lambda f: all(a > b for a, b in pairwise(values(f))),
    "differentiable": lambda f: all(is_smooth(f, x) for x in POINTS),
    "differentiable_off_zero": lambda f: all(is_smooth(f, x) for x in POINTS if x),
    "odd": lambda f: all(near(f(-x), -f(x)) for x in POINTS),
    "even": lambda f: all(near(f(-x), f(x)) for x in POINTS),
    "fixes_zero": lambda f: f(0.0) == 0,
    "bounded": lambda f: all(abs(f(x)) <= 2 for x in (*POINTS, 50.0, -50.0)),
    "nonnegative": lambda f: all(value >= 0 for value in values(f)),
    "positive": lambda f: all(value > 0 for value in values(f)),
    "positively_homogeneous": lambda f: all(near(f(c * x), c * f(x)) for x in POINTS for c in (0.0, 0.5, 3.0)),
}


def test_every_fact_has_a_meaning_here() -> None:
    ensure_equal(set(HAS), set(FACTS))
    ensure_equal(set(MEANT), set(EXAMPLES))
    ensure(set(KNOWN) <= set(EXAMPLES))


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_examples_have_their_facts(name: str) -> None:
    for fact in EXAMPLES[name]:
        ensure(HAS[fact](MEANT[name]), f"{name} is not {fact}")


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_known_functions_have_their_facts(name: str) -> None:
    ensure_equal(KNOWN[name].facts, EXAMPLES[name])
    ensure_equal(facts_of((), name), KNOWN[name].facts)
    for fact in KNOWN[name].facts:
        ensure(HAS[fact](MEANT[name]), f"{name} is not {fact}")


@pytest.mark.parametrize("fact", sorted(FACTS))
def test_what_is_implied_is_true(fact: str) -> None:
    """Of all functions here that have the fact; and the facts of our own tests are those of their values."""
    for name, f in MEANT.items():
        if HAS[fact](f):
            for other in implied((fact,)):
                ensure(HAS[other](f), f"{name} is {fact} but not {other}")
    for each in FUNCTIONS:
        if fact in implied(each.facts):
            ensure(HAS[fact](lambda x, each=each: float(VALUES[each.name](Fraction(x)))), f"{each.name} is not {fact}")


def test_no_example_lacks_a_fact_that_it_could_have() -> None:
    """Not that it mattered, but a fact that is missing here is a theorem that nobody can state."""
    for name, f in MEANT.items():
        missing = {fact for fact, has in HAS.items() if has(f)} - EXAMPLES[name]
        ensure(missing <= {"fixes_zero", "differentiable_off_zero", "nonnegative"}, f"{name} is {missing} too")


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        (("increasing",), {"increasing", "nondecreasing"}),
        (("decreasing",), {"decreasing", "nonincreasing"}),
        (("differentiable",), {"differentiable", "differentiable_off_zero"}),
        (("odd",), {"odd", "fixes_zero"}),
        (("positive",), {"positive", "nonnegative"}),
        (("positively_homogeneous",), {"positively_homogeneous", "fixes_zero", "differentiable_off_zero"}),
        *(((fact,), {fact}) for fact in ("even", "bounded", "nonnegative", "fixes_zero", "nondecreasing")),
        (("differentiable_off_zero",), {"differentiable_off_zero"}),
        ((), set()),
    ],
)
def test_implied(facts: tuple[str, ...], wanted: set[str]) -> None:
    ensure_equal(implied(facts), frozenset(wanted))


def evaluate(term: Term, x: float) -> float:
    """The value of a formula of a function at x, which is the entry `x` of it"""
    parts = [evaluate(child, x) for child in term.args if child.sort == terms.REAL]
    match term.head:
        case "rational":
            return float(Fraction(str(term.value)))
        case "entry":
            return x
        case "add":
            return sum(parts)
        case "multiply":
            return math.prod(parts)
        case "power":
            return parts[0] ** int(str(term.value))
        case "inverse":
            return 1 / parts[0]
        case "larger":
            return max(parts)
        case "call":
            return MEANT[str(term.value)](*parts)
        case "bracket" if term.args[0].head == "less":
            left, right = (evaluate(child, x) for child in term.args[0].args)
            return float(left < right)
    raise ValueError(f"{term!r} is not expected in a formula")


X = terms.entry("x")


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_formulas(name: str) -> None:
    made = KNOWN[name].formula
    ensure((made is None) == (name in ("exp", "softplus")))
    if made is not None:
        for x in POINTS:
            ensure(near(evaluate(made(X), x), MEANT[name](x)), f"{name} at {x}")


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_slopes(name: str) -> None:
    """Central differences; where there is no derivative, it is 0."""
    f, slope = MEANT[name], KNOWN[name].slope(X)
    for x in POINTS:
        central = (f(x + STEP) - f(x - STEP)) / (2 * STEP)
        wanted = central if x or "differentiable" in KNOWN[name].facts else 0.0
        ensure(near(evaluate(slope, x), wanted, 1e-5), f"the slope of {name} at {x}")


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_exact_values(name: str) -> None:
    """As those of the function that is meant; what has no rational values gives none."""
    f = exact(name)
    if any(word in name for word in ("exp", "sigmoid", "tanh", "softplus")):
        with pytest.raises(Rejected):
            f((Fraction(1),))
        return
    for x in POINTS:
        found = f((Fraction(x),))
        ensure(isinstance(found, Fraction))
        ensure(near(float(found), MEANT[name](x)), f"{name} at {x}")


def test_names_that_are_not_known() -> None:
    for name in ("", "Relu", "exp'", "relu''", "identity", "reflected relu"):
        with pytest.raises(Rejected):
            known(name)
        ensure_equal(facts_of((), name), frozenset())
    declared = (Function("f", ("odd",), "zero"), Function("exp", ("decreasing",), "negation"))
    ensure_equal(facts_of(declared, "f"), frozenset({"odd", "fixes_zero"}))
    ensure_equal(facts_of(declared, "f'"), frozenset())
    ensure_equal(facts_of(declared, "exp"), KNOWN["exp"].facts)
