"""Exact values of functions, maxima, fields, derivatives and recursions, by hand and by the kernel."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from sympy import Max, Sum

from symcnn.kernel import Claim
from symcnn.kernel.claim import expand
from symcnn.kernel.value import value
from symcnn.language.activations import Activation, exp, relu, sigmoid, tanh
from symcnn.language.depth import LayerIndex, LayerRecursion, LayerSizes, LayerTensor
from symcnn.language.fields import Partial, ScalarField
from symcnn.language.identity import Identity
from symcnn.language.maxima import IndexedMax
from symcnn.language.statement import statement_of
from symcnn.language.symbols import Iverson, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.calculus import gradient
from symcnn.layers.pooling import max_pool2d
from symcnn.refute.arithmetic import OutOfTime
from symcnn.refute.curves import Curve, broken, polynomial
from symcnn.refute.drawing import draw
from symcnn.refute.evaluation import Evaluation
from symcnn.refute.forms import Form
from symcnn.refute.instance import Instance, entry_of
from symcnn.refute.intervals import Unclear, Value, bounds, disjoint
from symcnn.refute.jets import Meaningless
from symcnn.theorems import entries

a, n = sizes("a n")
x, f = Tensor("x", (3,)), Activation("f", differentiable=True)
L = ScalarField("L")
SQUARE, CUBE = polynomial(0, 0, 1), polynomial(0, 0, 0, 1)
LINEAR = Form((1, 2, 3))
VALUES = (Fraction(2), Fraction(-1), Fraction(5))


def claim_of(scalar: Any, given: Any = ()) -> Claim:
    return statement_of(Identity(scalar, 0, given)).claim


def evaluated(scalar: Any, curve: Curve = SQUARE, form: Form = LINEAR, tensor: Any = VALUES) -> Value:
    claim = claim_of(scalar)
    curves = {function.name: curve for function in claim.functions}
    forms = {field.name: form for field in claim.fields}
    return Evaluation(Instance(claim, {"n": 3}, {"x": tensor}, {}, curves, forms)).real(claim.left, {})


@pytest.mark.parametrize(
    ("scalar", "known"),
    [
        (f(x[1]), 4),
        (f.derivative(x[3]), 10),
        (f.derivative.derivative(x[3]), 2),
        (relu(x[1]) + relu(x[2]), 2),
        (Max(x[1], x[2], x[3]), 5),
        (IndexedMax(x[a], (a, 1, 3)), 5),
        (IndexedMax(x[a], (a, 1, 3), where=a <= 2), 2),
        (Iverson(x[1] < x[3]) + Iverson(x[1] <= x[2]), 1),
        (L(x), 15),
        (gradient(L, at=x)[2], 2),
        (Partial(x[1] ** 2 * x[2], x[1]), -4),
        (Partial(x[1] ** 2 * x[2], x[3]), 0),
        (Partial(f(3 * x[1]), x[1]), 36),
        (Partial(1 / x[1], x[1]), Fraction(-1, 4)),
        (Partial(Sum(x[a] ** 3, (a, 1, 3)), x[2]), 3),
        (Partial(relu(x[2]) + relu(x[3]), x[3]), 1),
        (Partial(Max(x[1], x[2]), x[1]), 1),
        (Partial(L(f(x)), x[3]), 30),
        (Partial(x[1] * Partial(x[1] ** 2, x[1]), x[1]), 8),
        (Partial(x[1] * Partial(x[1] * x[2], x[2]), x[1]), 4),
        (Partial(Partial(f(x[1]) * x[1], x[1]), x[1]), 12),
    ],
)
def test_values_by_hand(scalar: Any, known: Any) -> None:
    assert evaluated(scalar) == known


def test_the_slope_of_a_field_at_a_point_that_varies() -> None:
    form = Form((0,), (1, 1, 1))
    assert evaluated(gradient(L, at=f(x))[1], form=form) == 8
    assert evaluated(Partial(gradient(L, at=f(x))[1], x[1]), form=form) == 8


@pytest.mark.parametrize(
    "scalar",
    [
        x[1] / (x[2] + 1),
        IndexedMax(x[a], (a, 1, 3), where=a >= 4),
        Partial(relu(x[2] + 1), x[2]),
        relu.derivative(x[2] + 1),
        Partial(Max(x[2], -1), x[2]),
        Partial(Iverson(x[2] >= -1) * x[1], x[2]),
        Partial(IndexedMax(x[a], (a, 1, 3)) + relu(x[1] - 2), x[1]),
        x[n + 1],
    ],
)
def test_conventions_have_no_value(scalar: Any) -> None:
    with pytest.raises(Meaningless):
        evaluated(scalar)


def test_a_break_has_a_value_and_no_slope() -> None:
    step = broken((0, 0), (2, 0), at=(2,))
    assert evaluated(f(x[1]), step) == 2
    with pytest.raises(Meaningless):
        evaluated(Partial(f(x[1]), x[1]), step)


def test_what_a_bracket_hides_does_not_matter() -> None:
    assert evaluated(Iverson(n >= 4) * x[n + 1] + Iverson(n <= 2) / (x[2] + 1)) == 0


def network() -> tuple[Claim, Claim]:
    sizes_of, first, last = LayerSizes("m"), LayerIndex("l"), LayerIndex("L")
    start, weights = Tensor("v", (sizes_of[first],)), LayerTensor("A", lambda k: (sizes_of[k], sizes_of[k - 1]))
    outputs = LayerRecursion("y", first, start, lambda k, before: f(weights[k] @ before), lambda k: (sizes_of[k],))
    given = [first <= last]
    return claim_of(outputs[last][1], given), claim_of(Partial(outputs[last][1], start[1]), given)


def of_network(claim: Claim, layer: int) -> Fraction:
    weights = {(2,): ((Fraction(2), Fraction(1)),), (3,): ((Fraction(3),),)}
    tensors = {"v": (Fraction(1), Fraction(-1)), "A": weights}
    widths = {"m": {1: 2, 2: 1, 3: 1}}
    instance = Instance(claim, {"l": 1, "L": layer}, tensors, widths, {"f": SQUARE})
    return Evaluation(instance).real(claim.left, {})


def test_recursions_over_layers_and_their_derivatives() -> None:
    values, slopes = network()
    assert [of_network(values, layer) for layer in (1, 2, 3)] == [1, 1, 9]
    assert [of_network(slopes, layer) for layer in (1, 2, 3)] == [1, 4, 72]
    with pytest.raises(Meaningless):
        of_network(values, 0)
    with pytest.raises(Meaningless):
        of_network(values, 4)


def test_irrational_values_are_enclosed() -> None:
    low, high = bounds(evaluated(tanh(x[1]) + Max(exp(x[2]), sigmoid(x[3]))))
    assert 0 < high - low < Fraction(1, 10**30)
    assert low < Fraction("1.957334729152") < low + Fraction(1, 10**10)


def test_rational_values_stay_exact() -> None:
    zero = x[1] - 2
    assert evaluated(exp(zero) + sigmoid(zero) + tanh(zero) + 0 * exp(x[1]) + 3 * sigmoid.derivative(zero)) == Fraction(
        9, 4
    )


def test_the_derivatives_of_what_is_irrational() -> None:
    products = Partial(tanh(x[1]) * exp(x[1] * x[3]), x[1])
    written = (1 - tanh(x[1]) ** 2) * exp(x[1] * x[3]) + tanh(x[1]) * 5 * exp(x[1] * x[3])
    assert not disjoint(evaluated(products), evaluated(written))
    assert disjoint(evaluated(products), evaluated(written - exp(x[1] * x[3]) / 10**20))


def test_what_bounds_do_not_decide_is_unclear() -> None:
    one = exp(x[1]) * exp(-x[1])
    for scalar in (1 / (one - 1), Iverson(one <= 1), Iverson(one >= 1), relu.derivative(one - 1)):
        with pytest.raises(Unclear):
            evaluated(scalar)
    assert evaluated(Iverson(one <= 2) + Iverson(one > 2)) == 1
    assert evaluated(Iverson(one <= 1) * Iverson(one > 2) / (one - 1)) == 0


def test_an_unclear_entry_is_unclear_whenever_it_is_read() -> None:
    unclear = Tensor.define((3,), lambda i: 1 / (exp(x[i]) * exp(-x[i]) - 1)).named("u")
    evaluation = Evaluation(Instance(claim_of(unclear[1]), {}, {"x": VALUES}))
    for _ in range(2):
        with pytest.raises(Unclear):
            evaluation.real(evaluation.instance.claim.left, {})


def test_no_time_no_value() -> None:
    claim = claim_of(Sum(x[a], (a, 1, 3)))
    with pytest.raises(OutOfTime):
        Evaluation(Instance(claim, {}, {"x": VALUES}), deadline=0).real(claim.left, {})


WITHOUT_SLOPES = ("vertical", "average_pooling_is", "nondecreasing")
KERNEL_KNOWS = [entry for entry in entries() if entry.name.startswith(WITHOUT_SLOPES)]


@pytest.mark.parametrize("entry", KERNEL_KNOWS, ids=lambda entry: entry.name)
def test_values_are_those_of_the_kernel(entry: Any) -> None:
    claim = statement_of(entry()).claim
    instance = draw(claim, {name: 1 if name in "pq" else 2 for name in claim.integers}, Random(3))
    assert instance is not None
    evaluation = Evaluation(instance)
    for place in evaluation.places():
        for side in (claim.left, claim.right):
            assert evaluation.real(side, place) == by_kernel(instance, side, place)


def by_kernel(instance: Instance, side: Any, place: dict[str, int]) -> Fraction:
    tensors: dict[str, Any] = {}
    for leaf in instance.claim.leaves:
        tensors[leaf.name] = lambda at, leaf=leaf: entry_of(instance.tensors[leaf.name], at, leaf.origin) or Fraction(0)
    for name, curve in instance.functions.items():
        tensors[name] = lambda at, curve=curve: curve.derivative(0, at[0])
    written_out = expand(side, instance.claim.definitions)
    return value(written_out, {**instance.sizes, **place}, tensors)


def test_a_window_without_entries_has_no_maximum() -> None:
    image = Tensor("X", (n, n))
    claim = claim_of(max_pool2d(image, 2, padding=2)[1, 1])
    instance = draw(claim, {"n": 2}, Random(0))
    assert instance is not None
    with pytest.raises(Meaningless):
        Evaluation(instance).real(claim.left, {})
