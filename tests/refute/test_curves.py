"""Functions with exact values: what they are, and which facts they have."""

from fractions import Fraction
from itertools import product

import pytest

from symcnn.kernel.functions import EXAMPLES, FACTS, implied
from symcnn.refute.curves import RATIONAL, SIMPLE, Curve, broken, polynomial
from symcnn.refute.drawing import curves
from symcnn.refute.intervals import Interval, Unclear
from symcnn.refute.jets import Meaningless
from symcnn.refute.smooth import TANH_SQUARED, Smooth

STEP = broken((0, 0), (2, 0), at=(1,))
POINTS = [Fraction(number, 3) for number in range(-12, 13)]


def test_values_and_derivatives_of_a_polynomial() -> None:
    cube = polynomial(1, 0, -2, 1)
    assert [cube.derivative(order, Fraction(3)) for order in range(5)] == [10, 15, 14, 6, 0]


def test_a_step_jumps_where_it_says_and_has_no_slope_there() -> None:
    assert [STEP.derivative(0, Fraction(x)) for x in (0, 1, 2)] == [0, 2, 2]
    assert STEP.derivative(1, Fraction(0)) == 0
    with pytest.raises(Meaningless):
        STEP.derivative(1, Fraction(1))


@pytest.mark.parametrize(
    ("curve", "written"),
    [
        (polynomial(0, -1), "sigma(x) = -x"),
        (polynomial(0), "sigma(x) = 0"),
        (polynomial(1, -2, 0, Fraction(1, 2)), "sigma(x) = 1/2 x^3 - 2 x + 1"),
        (STEP, "sigma(x) = 0 for x < 1, 2 from 1 on"),
        (broken((-1, 0), (0, 1), (1, 0), at=(-1, 1)), "sigma(x) = -1 for x < -1, x from -1 on up to 1, 1 from 1 on"),
    ],
)
def test_functions_are_written_on_one_line(curve: Curve, written: str) -> None:
    assert curve.written("sigma") == written


@pytest.mark.parametrize(
    ("curve", "facts"),
    [
        (polynomial(0, 1), {"increasing", "differentiable", "odd", "positively_homogeneous"}),
        (polynomial(0, 0, 1), {"differentiable", "even", "fixes_zero", "nonnegative"}),
        (polynomial(1, 0, 1), {"differentiable", "even", "positive"}),
        (polynomial(0, 0, 0, -1), {"decreasing", "differentiable", "odd"}),
        (polynomial(0, -1, 0, 1), {"differentiable", "odd"}),
        (polynomial(1), {"nondecreasing", "nonincreasing", "differentiable", "even", "bounded", "positive"}),
        (STEP, {"nondecreasing", "bounded", "nonnegative", "fixes_zero"}),
        (RATIONAL["relu"], {"nondecreasing", "nonnegative", "positively_homogeneous"}),
        (RATIONAL["leaky_relu"], {"increasing", "positively_homogeneous"}),
        (broken((0, -1), (0, 1), at=(0,)), {"even", "nonnegative", "positively_homogeneous"}),
        (broken((-1, 0), (0, 1), (1, 0), at=(-1, 1)), {"nondecreasing", "odd", "bounded"}),
    ],
)
def test_facts_are_exactly_those(curve: Curve, facts: set[str]) -> None:
    assert {fact for fact in FACTS if curve.has((fact,))} == implied(tuple(facts))


@pytest.mark.parametrize("curve", SIMPLE, ids=lambda curve: curve.written("f"))
def test_no_value_contradicts_a_fact(curve: Curve) -> None:
    f = {x: curve.derivative(0, x) for x in POINTS}
    pairs = [(f[x], f[y]) for x, y in product(POINTS, POINTS) if x < y]
    scaled = [curve.derivative(0, 2 * x) == 2 * f[x] for x in POINTS]
    found = {
        "nondecreasing": all(one <= other for one, other in pairs),
        "nonincreasing": all(one >= other for one, other in pairs),
        "increasing": all(one < other for one, other in pairs),
        "decreasing": all(one > other for one, other in pairs),
        "odd": all(f[-x] == -f[x] for x in POINTS),
        "even": all(f[-x] == f[x] for x in POINTS),
        "fixes_zero": f[Fraction(0)] == 0,
        "nonnegative": all(each >= 0 for each in f.values()),
        "positive": all(each > 0 for each in f.values()),
        "positively_homogeneous": all(scaled) and f[Fraction(0)] == 0,
    }
    assert all(found[fact] for fact in found if curve.has((fact,)))


def test_functions_are_drawn_by_their_facts() -> None:
    assert curves(("nondecreasing",))[0] == polynomial(0, 1)
    assert curves(("decreasing",))[0] == polynomial(0, -1)
    assert all(not curve.breaks for curve in curves(("differentiable",)))
    assert curves(("even", "odd")) == (polynomial(0),)


def test_irrational_functions_are_drawn_where_the_others_are_constant() -> None:
    assert [each.written("f") for each in curves(("increasing", "differentiable", "bounded"))][:3] == [
        "f(x) = tanh(x)",
        "f(x) = sigmoid(x)",
        "f(x) = tanh(2 x)",
    ]
    assert curves(("even", "bounded", "differentiable"))[0] == polynomial(1)
    assert Smooth(TANH_SQUARED) in curves(("even", "bounded", "differentiable"))
    assert all(isinstance(curve, Curve) for curve in curves(("increasing", "differentiable")))


def test_values_at_an_interval_contain_those_at_its_points() -> None:
    clamp = broken((-1, 0), (0, 1), (1, 0), at=(-1, 1))
    assert clamp.derivative(0, Interval(Fraction(-2), Fraction(1, 2))) == Interval(Fraction(-1), Fraction(1, 2))
    assert clamp.derivative(0, Interval(Fraction(1), Fraction(3))) == 1
    assert STEP.derivative(0, Interval(Fraction(0), Fraction(2))) == Interval(Fraction(0), Fraction(2))
    assert polynomial(0, 0, 1).derivative(0, Interval(Fraction(-1), Fraction(2))) == Interval(Fraction(0), Fraction(4))


def test_a_slope_where_a_break_may_be_is_unclear() -> None:
    relu = RATIONAL["relu"]
    assert relu.derivative(1, Interval(Fraction(1), Fraction(2))) == 1
    for ends in ((-1, 1), (0, 1), (-1, 0)):
        with pytest.raises(Unclear):
            relu.derivative(1, Interval(*map(Fraction, ends)))


@pytest.mark.parametrize("facts", EXAMPLES.values(), ids=EXAMPLES)
def test_whatever_can_be_declared_can_be_drawn(facts: frozenset[str]) -> None:
    assert curves(tuple(sorted(facts)))
