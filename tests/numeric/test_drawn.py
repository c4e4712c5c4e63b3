"""Random functions have the facts that are declared of them, and differ in everything else."""

from itertools import combinations

import numpy as np
import pytest

from symcnn.kernel.functions import EXAMPLES, implied
from symcnn.language.activations import Activation
from symcnn.numeric.drawn import FAMILIES, DrawnFunction, random_field, random_function

POINTS = np.sort(np.concatenate([np.random.default_rng(0).normal(0, 3, 300), np.arange(-4, 5)]))
DECLARED = (
    *("nondecreasing", "nonincreasing", "increasing", "decreasing", "differentiable", "odd", "even"),
    *("fixes_zero", "bounded", "nonnegative", "positive", "positively_homogeneous"),
)
SHOWN = [
    facts
    for count in range(4)
    for facts in combinations(DECLARED, count)
    if any(implied(facts) <= has for has in EXAMPLES.values())
]


def holds(fact: str, function: DrawnFunction) -> bool:
    values, steps = function(POINTS), np.diff(function(POINTS))
    match fact:
        case "nondecreasing":
            return bool(np.all(steps >= -1e-12))
        case "nonincreasing":
            return bool(np.all(steps <= 1e-12))
        case "increasing":
            return bool(np.all(steps >= -1e-12) and values[-1] > values[0])
        case "decreasing":
            return bool(np.all(steps <= 1e-12) and values[-1] < values[0])
        case "odd":
            return np.allclose(function(-POINTS), -values)
        case "even":
            return np.allclose(function(-POINTS), values)
        case "fixes_zero":
            return bool(function(0.0) == 0)
        case "bounded":
            return bool(np.max(np.abs(function(POINTS * 1e6))) < 10)
        case "nonnegative":
            return bool(np.all(values >= 0))
        case "positive":
            return bool(np.all(values > 0))
        case "positively_homogeneous":
            return np.allclose(function(POINTS * 7), values * 7)
        case _:
            return not np.any(np.abs(np.diff(function(np.linspace(-3, 3, 20001)))) > 0.01)


@pytest.mark.parametrize("facts", SHOWN, ids=" ".join)
def test_functions_have_the_facts_that_are_declared(facts: tuple[str, ...]) -> None:
    generator = np.random.default_rng(1)
    for _ in range(12):
        function = random_function("sigma", facts, generator)
        assert all(holds(fact, function) for fact in implied(facts) if fact != "differentiable_off_zero"), function


@pytest.mark.parametrize(("make", "facts"), FAMILIES)
def test_every_family_has_its_facts(make: object, facts: frozenset[str]) -> None:
    from sympy import Rational

    formula = make(Rational(3, 4), Rational(5, 8), Rational(-7, 8), Rational(1, 2))  # type: ignore[operator]
    function = DrawnFunction("f", formula, "differentiable" in facts)
    assert all(holds(fact, function) for fact in facts if fact != "differentiable_off_zero"), function


def test_nondecreasing_functions_are_also_constants_steps_and_kinks() -> None:
    generator = np.random.default_rng(2)
    texts = [str(random_function("sigma", ("nondecreasing",), generator)) for _ in range(300)]
    for part in ("Heaviside(t - ", "floor", "tanh", "Abs", "t*Heaviside(t)"):
        assert any(part in text for text in texts)
    values = [random_function("sigma", ("nondecreasing",), generator)(POINTS) for _ in range(300)]
    assert any(np.all(each == each[0]) for each in values)
    assert sum(bool(np.all(each == each[0])) for each in values) < 100


@pytest.mark.parametrize("fact", ["differentiable", "odd", "even", "nondecreasing"])
def test_derivatives(fact: str) -> None:
    generator, points = np.random.default_rng(3), np.array([-2.03, -0.71, 0.07, 1.19, 2.51])
    for _ in range(20):
        function = random_function("sigma", (fact, "differentiable"), generator)
        expected = (function(points + 1e-6) - function(points - 1e-6)) / 2e-6
        np.testing.assert_allclose(function.derivative()(points), expected, atol=1e-7)
    kinked = random_function("sigma", ("positively_homogeneous", "nonnegative"), generator)
    assert np.all(np.isfinite(kinked.derivative()(points)))


def test_values_stay_floats_in_deep_networks() -> None:
    generator = np.random.default_rng(4)
    for _ in range(100):
        function, values = random_function("sigma", (), generator), POINTS
        for _ in range(20):
            values = function(values * 3)
        assert np.all(np.isfinite(values))


def test_the_text_is_short_and_complete() -> None:
    function = random_function("sigma", ("increasing", "odd", "bounded"), np.random.default_rng(5))
    assert str(function).startswith("sigma(t) = ")
    assert "tanh" in str(function)
    field = random_field("L", np.random.default_rng(5))
    entries = np.array([0.5, -1.0, 2.0])
    weights = np.cos(field.a * np.arange(3) + field.b)
    expected = np.sin(weights @ entries) + field.c * weights @ np.sin(entries) + (0.5 * -1.0 - 2.0) / 4
    assert field(entries) == pytest.approx(expected)
    assert str(field).startswith(f"L(y) = sin(sum_k cos({field.a:g} k + {field.b:g}) y_k)")
    assert field(entries.reshape(1, 3, 1)) == field(entries)


def test_facts_that_activations_refuse_are_not_drawn() -> None:
    with pytest.raises(ValueError, match="no function is known that is odd, positive"):
        random_function("sigma", ("odd", "positive"), np.random.default_rng(0))
    declared = Activation("sigma", nonincreasing=True, strictly=True, positive=True).facts
    assert holds("decreasing", random_function("sigma", declared, np.random.default_rng(0)))
