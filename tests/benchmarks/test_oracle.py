"""The oracle of the benchmarks: it finds every theorem true and every false statement false, and says what it tried."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from checking import ensure, ensure_equal
from falsehood import Falsehood
from germs import derivative
from oracle import Judgement, is_witnessed, judge
from oracle_functions import CURVES, curves_with
from oracle_numbers import Dual, Germ, TooComplex, check_length
from oracle_polynomials import NotPolynomial, Polynomial, coefficients, solve
from small_theorems import THEOREMS
from sympy import Eq, floor

from symcnn import Identity, LayerSizes, Tensor, conv2d, divides, sizes
from symcnn.errors import SymcnnError
from symcnn.kernel import Claim, Function
from symcnn.kernel.functions import EXAMPLES
from symcnn.language.statement import statement_of
from symcnn.theorems import entries, proved

BAD = Path(__file__).resolve().parent.parent / "bad"
m, n, k, s, h = sizes("m n k s h")
X = Tensor("X", (m, n))

#: seconds: far more than anything here takes, so that no verdict depends on the machine
PATIENT = 60.0
#: answers to what is no claim about all values: nothing satisfies what it assumes, or it leans on a convention
NOT_JUDGED = ("LanguageError", "NameClash", "ShapeError", "IllFormed", "Vacuous")
#: false statements that the oracle does not find false, and why
NOT_FOUND = {
    "the_exponential_of_a_sum": "exp has no exact values",
    "the_exponential_of_a_product": "exp has no exact values",
    "the_slope_of_exp_of_a_multiple": "exp has no exact values",
    "sigmoid_is_odd": "sigmoid has no exact values",
    "the_slope_of_sigmoid": "sigmoid has no exact values",
    "tanh_is_sigmoid": "tanh has no exact values",
    "the_slope_of_tanh": "tanh has no exact values",
    "softplus_is_relu": "softplus has no exact values",
    "true_for_images_of_less_than_a_thousand_rows": "no image of a thousand rows is tried",
    "true_up_to_five_thousand": "no size of five thousand is tried",
    "what_holds_for_one_factor_is_taken_to_hold_without_it": "what is assumed of all tensors is no polynomial in them",
}


def falsehoods() -> Iterator[tuple[str, Falsehood]]:
    for path in sorted(BAD.glob("[!t]*.py")):
        spec = importlib.util.spec_from_file_location(f"judged_{path.stem}", path)
        if spec is None or spec.loader is None:
            raise ImportError(path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield from ((name, each) for name, each in vars(module).items() if isinstance(each, Falsehood))


def claim_of(identity: Identity) -> Claim:
    return statement_of(identity).claim


def judged(identity: Identity) -> Judgement:
    return judge(claim_of(identity), seconds=PATIENT)


@pytest.mark.parametrize("name", [entry.name for entry in entries()])
def test_theorems_are_true(name: str) -> None:
    judgement = judge(proved(name).claim, seconds=PATIENT)
    ensure_equal(judgement.verdict, "true", judgement.failure)
    ensure(judgement.cases >= 10, f"only {judgement.cases} cases")


@pytest.mark.parametrize("name", THEOREMS)
def test_small_theorems_are_true(name: str) -> None:
    claim = THEOREMS[name]()[0]
    judgement = judge(claim, seconds=PATIENT)
    ensure(judgement.verdict == "true", repr(judgement))
    ensure(is_witnessed(claim), "the witness must satisfy what is assumed")


def test_false_statements_are_false() -> None:
    count = 0
    for name, falsehood in falsehoods():
        if falsehood.expected not in NOT_JUDGED:
            judgement = judged(falsehood.state())
            ensure_equal(judgement.verdict == "false", name not in NOT_FOUND, f"{name}: {judgement}")
            count += 1
    ensure(count >= 280, f"only {count} are judged")


def test_what_leans_on_a_convention_has_a_verdict_too() -> None:
    for name, falsehood in falsehoods():
        if falsehood.expected in ("IllFormed", "Vacuous"):
            try:
                ensure(judged(falsehood.state()).verdict in ("true", "false", "unknown"), name)
            except SymcnnError:
                continue


def test_the_same_seed_gives_the_same_judgement() -> None:
    claim = claim_of(Identity(X, 2 * X))
    ensure_equal(judge(claim, seed=5, seconds=PATIENT), judge(claim, seed=5, seconds=PATIENT))


def test_a_failure_says_where_it_is() -> None:
    found = judged(Identity(X, 2 * X))
    ensure_equal(found.verdict, "false")
    ensure("m = " in found.failure and "X[" in found.failure and "at i = " in found.failure, found.failure)


def test_sizes_that_are_given_by_an_equation_are_found() -> None:
    w = Tensor("W", (k, k))
    given = [k <= m, k <= n, h >= 1]
    same = Identity(conv2d(X, w, stride=s), conv2d(X, w, stride=s), [*given, Eq(h, floor((m - k) / s) + 1)])
    ensure_equal(judged(same), Judgement("true", 30))


def test_what_holds_for_few_sizes_only_is_judged_there() -> None:
    w = Tensor("W", (k, k))
    given = [divides(k, m), divides(k, n), k >= 3]
    ensure_equal(judged(Identity(conv2d(X, w, stride=k), conv2d(X, w, stride=k), given)).verdict, "true")
    ensure_equal(judged(Identity(conv2d(X, w, stride=k), conv2d(X, w, stride=k) * 2, given)).verdict, "false")


def test_no_size_of_a_layer_is_below_one() -> None:
    w, x = LayerSizes("w"), Tensor("X", (m,))
    ensure_equal(judged(Identity(x, 2 * x, [Eq(w[1], 0)])).cases, 0)
    ensure_equal(judged(Identity(x, 2 * x, [Eq(w[1], 2)])).verdict, "false")


def test_a_witness_with_a_size_of_a_layer_below_one_is_none() -> None:
    w, x = LayerSizes("w"), Tensor("X", (m,))
    claim = claim_of(Identity(x, x, [w[1] <= 1, m >= 1]))
    numbers = {name: Fraction(1) for name in (*claim.integers, *claim.sequences, "X", claim.indices[0].name)}
    ensure(is_witnessed(replace(claim, witness=tuple(numbers.items()))))
    ensure(not is_witnessed(replace(claim, witness=tuple({**numbers, claim.sequences[0]: Fraction(0)}.items()))))


def test_numbers_that_double_their_length_with_each_layer_end_a_case() -> None:
    check_length(Fraction(7, 3) ** 100)
    for long in (2**5000, Fraction(1, 3**5000), Dual(1, 1, 2**5000), Germ(1, (Fraction(1), Fraction(2**5000)))):
        with pytest.raises(TooComplex):
            check_length(long)


def points() -> list[Fraction]:
    return [Fraction(number, 3) for number in range(-15, 16)]


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_functions_have_their_facts(curve: Any) -> None:
    pairs = [(a, b) for a, b in product(points(), repeat=2) if a < b]
    value = {x: curve.value(x) for x in points()}
    holds = {
        "nondecreasing": lambda: all(value[a] <= value[b] for a, b in pairs),
        "nonincreasing": lambda: all(value[a] >= value[b] for a, b in pairs),
        "increasing": lambda: all(value[a] < value[b] for a, b in pairs),
        "decreasing": lambda: all(value[a] > value[b] for a, b in pairs),
        "odd": lambda: all(value[-x] == -value[x] for x in points()),
        "even": lambda: all(value[-x] == value[x] for x in points()),
        "fixes_zero": lambda: value[Fraction(0)] == 0,
        "nonnegative": lambda: all(each >= 0 for each in value.values()),
        "positive": lambda: all(each > 0 for each in value.values()),
        "positively_homogeneous": lambda: all(curve.value(3 * x) == 3 * value[x] for x in points()),
        "bounded": lambda: all(abs(curve.value(x * 10**9)) < 10 for x in points()),
        "differentiable": lambda: all(is_smooth(curve.value, x) for x in points()),
        "differentiable_off_zero": lambda: all(is_smooth(curve.value, x) for x in points() if x),
    }
    for fact in curve.facts:
        ensure(holds[fact](), fact)
    if curve.slope is not None:
        ensure(all(slope_at(curve.value, x) == curve.slope(x) for x in points()), "the slope")


def difference(value: Any, x: Fraction, step: Fraction) -> Fraction:
    return (value(x + step) - value(x)) / step


def is_smooth(value: Any, x: Fraction) -> bool:
    """Difference quotients from both sides come close to each other"""
    step = Fraction(1, 10**9)
    return abs(difference(value, x, step) - difference(value, x, -step)) < Fraction(1, 10**6)


def slope_at(value: Any, x: Fraction) -> Fraction:
    return derivative(lambda t: value(x + t), 1)


def test_there_is_a_function_for_all_facts_that_can_be_declared() -> None:
    for name, facts in EXAMPLES.items():
        found = curves_with(Function("f", tuple(facts), name))
        ensure(len(found) > 0, name)
        ensure(all(facts <= each.facts for each in found), name)


def test_one_fact_is_all_that_the_first_function_has() -> None:
    for fact in ("nondecreasing", "differentiable", "bounded", "even", "nonnegative"):
        first = curves_with(Function("f", (fact,), "zero"))[0]
        ensure(len(first.facts) <= 2, f"{fact}: {first.facts}")


def unknown(name: str) -> Polynomial:
    return Polynomial.unknown(name, ())


def test_polynomials_are_decided_for_all_values_of_what_is_quantified() -> None:
    x, a, b = map(unknown, "xab")
    found = coefficients(x * a - x * 2 + b * x * x + a - 2, frozenset("x"))
    solution = solve(found)
    ensure(solution is not None)
    if solution is not None:
        ensure_equal(solution.at({}), {("a", ()): 2, ("b", ()): 0})
    ensure_equal(solve(coefficients(x * a - 1, frozenset("x"))), None)
    with pytest.raises(NotPolynomial):
        coefficients(a * b * x, frozenset("x"))
    with pytest.raises(NotPolynomial):
        max(x, a)


def test_equations_with_several_solutions_leave_unknowns_free() -> None:
    a, b, c = map(unknown, "abc")
    solution = solve([equation for each in (a + b - 1, b + c - 1) for equation in coefficients(each, frozenset())])
    ensure(solution is not None)
    if solution is not None:
        (free,) = solution.free()
        values = solution.at({free: Fraction(5)})
        ensure_equal(values["a", ()] + values["b", ()], 1)
        ensure_equal(values["b", ()] + values["c", ()], 1)
