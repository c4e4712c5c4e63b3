"""exp, sigmoid, tanh, softplus and their kin: their derivatives, and which facts they have."""

from fractions import Fraction
from itertools import product

import mpmath
import pytest

from symcnn.kernel.functions import FACTS, KNOWN, implied
from symcnn.refute.intervals import Value, bounds, certainly_less, disjoint
from symcnn.refute.smooth import EXP, KNOWN_FUNCTIONS, SIGMOID, SMOOTH, SOFTPLUS, TANH, TANH_SQUARED, Smooth

POINTS = [Fraction(number, 3) for number in range(-12, 13)]
BY_MPMATH = {
    EXP: mpmath.exp,
    SIGMOID: lambda x: 1 / (1 + mpmath.exp(-x)),
    TANH: mpmath.tanh,
    SOFTPLUS: lambda x: mpmath.log1p(mpmath.exp(x)),
    TANH_SQUARED: lambda x: mpmath.tanh(x) ** 2,
}


def middle(value: Value) -> Fraction:
    return sum(bounds(value), Fraction(0)) / 2


@pytest.mark.parametrize("function", SMOOTH, ids=lambda function: function.written("f"))
@pytest.mark.parametrize("order", range(5))
def test_derivatives_are_those_of_mpmath(function: Smooth, order: int) -> None:
    known = BY_MPMATH[function.base]
    with mpmath.workdps(60):
        for x in (Fraction(-2), Fraction(1, 3), Fraction(3, 2)):
            found = mpmath.diff(
                lambda y: function.constant + function.factor * known(function.stretch * y),
                mpmath.mpf(x.numerator) / x.denominator,
                order,
            )
            assert abs(middle(function.derivative(order, x)) - Fraction(str(found))) < Fraction(1, 10**9)


def test_every_known_function_has_values_and_no_fact_too_many() -> None:
    assert KNOWN_FUNCTIONS.keys() == KNOWN.keys()
    for name, function in KNOWN_FUNCTIONS.items():
        assert {fact for fact in FACTS if function.has((fact,))} == KNOWN[name].facts


@pytest.mark.parametrize(
    ("function", "facts"),
    [
        (Smooth(EXP, 1, -1), {"decreasing", "differentiable", "positive"}),
        (Smooth(EXP, 1, 1, -1), {"increasing", "differentiable", "fixes_zero"}),
        (Smooth(SIGMOID, 2, 1, -1), {"increasing", "differentiable", "odd", "bounded"}),
        (Smooth(SIGMOID, -1, 1, 1), {"decreasing", "differentiable", "positive", "bounded"}),
        (Smooth(SIGMOID, 1, 1, -1), {"increasing", "differentiable", "bounded"}),
        (Smooth(TANH, -2, 3), {"decreasing", "differentiable", "odd", "bounded"}),
        (Smooth(TANH, 1, 1, 1), {"increasing", "differentiable", "positive", "bounded"}),
        (Smooth(TANH_SQUARED), {"differentiable", "even", "bounded", "nonnegative", "fixes_zero"}),
        (Smooth(TANH_SQUARED, -1, 1, 1), {"differentiable", "even", "bounded", "positive"}),
        (Smooth(SOFTPLUS, -1), {"decreasing", "differentiable"}),
    ],
    ids=lambda case: case.written("f") if isinstance(case, Smooth) else "",
)
def test_facts_are_exactly_those(function: Smooth, facts: set[str]) -> None:
    assert {fact for fact in FACTS if function.has((fact,))} == implied(tuple(facts))


@pytest.mark.parametrize("function", [*SMOOTH, *(each.scaled(-2, 1) for each in SMOOTH)], ids=lambda f: f.written("f"))
def test_no_value_contradicts_a_fact(function: Smooth) -> None:
    f = {x: function.derivative(0, x) for x in POINTS}
    pairs = [(f[x], f[y]) for x, y in product(POINTS, POINTS) if x < y]
    zero = Fraction(0)
    found = {
        "nondecreasing": all(certainly_less(one, other) for one, other in pairs),
        "nonincreasing": all(certainly_less(other, one) for one, other in pairs),
        "odd": not any(disjoint(f[-x], -f[x]) for x in POINTS),
        "even": not any(disjoint(f[-x], f[x]) for x in POINTS),
        "fixes_zero": f[zero] == 0,
        "bounded": all(bounds(function.derivative(0, x))[1] < 10 for x in (Fraction(-30), Fraction(30))),
        "nonnegative": not any(certainly_less(each, zero) for each in f.values()),
        "positive": all(certainly_less(zero, each) for each in f.values()),
    }
    assert all(found[fact] for fact in found if function.has((fact,)))


@pytest.mark.parametrize(
    ("function", "written"),
    [
        (Smooth(TANH), "sigma(x) = tanh(x)"),
        (Smooth(EXP, 1, -1), "sigma(x) = exp(-x)"),
        (Smooth(SIGMOID, 3, -2, -1), "sigma(x) = 3 sigmoid(-2 x) - 1"),
        (Smooth(TANH_SQUARED, -1, 1, 1), "sigma(x) = -tanh(x)^2 + 1"),
    ],
)
def test_they_are_written_on_one_line(function: Smooth, written: str) -> None:
    assert function.written("sigma") == written
