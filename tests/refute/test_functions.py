"""Refutation of statements about functions, layers, fields and derivatives; nothing that is proved is refuted."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from looking import SECONDS, holds_wherever_it_was_looked_at
from sympy import Eq

from symcnn.kernel import Rejected
from symcnn.language.activations import Activation, relu
from symcnn.language.depth import LayerIndex, LayerRecursion, LayerSizes, LayerTensor
from symcnn.language.fields import ScalarField
from symcnn.language.identity import Identity
from symcnn.language.statement import statement_of
from symcnn.language.symbols import Iverson, Nonzero, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.calculus import diag, gradient, jacobian
from symcnn.layers.pooling import max_pool2d
from symcnn.refute import Counterexample, refute
from symcnn.refute.curves import polynomial
from symcnn.refute.forms import Form
from symcnn.theorems import entries

n, first, last = sizes("n"), LayerIndex("l"), LayerIndex("L")
v, w, L = Tensor("v", (n,)), Tensor("w", (n,)), ScalarField("L")
widths = LayerSizes("m")
A, b = LayerTensor("A", lambda k: (widths[k], widths[k - 1])), LayerTensor("b", lambda k: (widths[k],))


def refuted(left: Any, right: Any, given: Any = ()) -> Counterexample:
    found = refute(statement_of(Identity(left, right, given)).claim, SECONDS)
    assert found is not None
    assert found.replay() == (found.left, found.right)
    assert hash(found) == hash(replace(found))
    return found


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)
def test_no_theorem_is_refuted(entry: Any) -> None:
    stated = entry()
    if isinstance(stated, Identity):
        holds_wherever_it_was_looked_at(statement_of(stated).claim, instances=20)


def test_a_function_that_is_written_out() -> None:
    sigma = Activation("sigma", nonincreasing=True)
    image = Tensor("X", (n, n))
    assert str(refuted(sigma(max_pool2d(image, 2)), max_pool2d(sigma(image), 2), [n >= 2])) == (
        "n = 2\n"
        "sigma(x) = -x\n"
        "X = [1 0]\n"
        "    [0 0]\n"
        "at i = 1, j = 1 the left side is -1, the right side is 0"
    )  # fmt: skip


def test_a_step() -> None:
    step = Activation("f", nondecreasing=True, bounded=True, nonnegative=True, fixes_zero=True)
    found = refuted(step(v), 2 * step(v), [Nonzero(step(v[1]))])
    assert "f(x) = 0 for x < 1, 2 from 1 on" in str(found)


def test_a_field_is_written_out() -> None:
    assert str(refuted(gradient(L, at=v), gradient(L, at=w), [Eq(n, 2)])).splitlines()[:2] == [
        "n = 2",
        "L(u) = u[1]^2 + 2 u[2]^2",
    ]


def test_sizes_and_tensors_by_layer() -> None:
    sigma, x = Activation("sigma", differentiable=True), Tensor("x", (widths[first],))
    outputs = LayerRecursion("y", first, x, lambda k, before: sigma(A[k] @ before + b[k]), lambda k: (widths[k],))
    found = refuted(
        outputs[last], sigma(A[last] @ x + b[last]), [first <= last - 1, Eq(widths[first], widths[last - 1])]
    )
    assert str(found) == (
        "l = 1, L = 3\n"
        "m[1] = 1, m[2] = 1, m[3] = 1\n"
        "sigma(x) = -x\n"
        "x = [1]\n"
        "A[2] = [1]\n"
        "A[3] = [1]\n"
        "b[2] = [1]\n"
        "b[3] = [1]\n"
        "at i = 1 the left side is 1, the right side is -2"
    )


def test_sizes_of_layers_that_differ() -> None:
    found = refuted(widths[first], widths[first + 1])
    assert found.left != found.right
    assert str(found).splitlines()[1].startswith("m[1] = ")


def test_facts_are_checked_again() -> None:
    sigma = Activation("sigma", nonincreasing=True)
    found = refuted(sigma(v), sigma(w))
    with pytest.raises(Rejected, match="declared"):
        replace(found, functions=(("sigma", polynomial(0, 1)),)).replay()
    with pytest.raises(Rejected, match="the functions of the claim are sigma"):
        replace(found, functions=()).replay()


def test_sizes_are_checked_again() -> None:
    found = refuted(widths[first], widths[first + 1])
    with pytest.raises(Rejected, match="at least 1"):
        replace(found, sequences=(("m", ((1, 0), (2, 3))),)).replay()


def test_hypotheses_about_functions_are_kept() -> None:
    sigma = Activation("sigma")
    claim = statement_of(Identity(Iverson(sigma(v[1]) < 0), 0, [sigma(v[1]) >= 0])).claim
    holds_wherever_it_was_looked_at(claim)
    found = refuted(sigma(v[1]), 0, [sigma(v[1]) <= 0, v[1] < 1])
    assert found.left < 0


def test_fractions_are_tried() -> None:
    found = refuted(Iverson(v[1] <= 0), 1, [v[1] < 1])
    assert dict(found.tensors)["v"][0] == Fraction(1, 2)


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        (relu.derivative(v[1]), 1, [Nonzero(v[1]), v[1] >= 0]),
        (jacobian(relu(v), v), diag(relu.derivative(v)), ()),
    ],
)
def test_what_is_true_is_not_refuted(left: Any, right: Any, given: Any) -> None:
    holds_wherever_it_was_looked_at(statement_of(Identity(left, right, given)).claim)


def test_an_inequality_is_refuted_where_the_left_side_is_larger() -> None:
    claim = statement_of(Identity(relu(v), v)).claim
    holds_wherever_it_was_looked_at(replace(claim, left=claim.right, right=claim.left, relation="<="))
    found = refute(replace(claim, relation="<="), SECONDS)
    assert found is not None
    assert found.left > found.right
    assert found.replay() == (found.left, found.right)
    with pytest.raises(Rejected, match="holds here"):
        replace(found, tensors=(("v", (Fraction(1),) * len(dict(found.tensors)["v"])),)).replay()


def test_forms_are_written_in_words_where_there_are_many_entries() -> None:
    form = Form((1, -2), (0,), (3,))
    assert form.written("L", [(1, 1), (1, 2)]) == "L(u) = u[1, 1] + 3 u[1, 1] u[1, 2] - 2 u[1, 2]"
    assert form.written("L", []) == "L(u) = 0"
    assert form([Fraction(2), Fraction(5)]) == 22
    assert form.described("L") == (
        "L(u) = sum [1, -2][k] u_k + sum [3][k] u_k u_(k+1), where k counts the entries and weights repeat"
    )
