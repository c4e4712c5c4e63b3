"""Counterexamples that are no counterexamples: of each part, something that is not what it should be."""

from dataclasses import replace
from fractions import Fraction
from math import inf, nan
from typing import Any

import pytest
from sympy import Mod

from symcnn import Activation, Identity, Proved, ScalarField, Tensor, decide, gradient, max_pool2d, sizes
from symcnn.errors import Rejected
from symcnn.language.depth import LayerIndex, LayerSizes, LayerTensor
from symcnn.language.statement import statement_of
from symcnn.refute import Counterexample, refute
from symcnn.refute.curves import Curve, broken, polynomial
from symcnn.refute.forms import Form
from symcnn.refute.smooth import EXP, TANH, Smooth

m, n = sizes("m n")
X, v = Tensor("X", (n, n)), Tensor("v", (n,))
ONE, ZERO = Fraction(1), Fraction(0)


def refuted(left: Any, right: Any, given: Any = ()) -> Counterexample:
    found = refute(statement_of(Identity(left, right, given)).claim, seconds=10)
    assert found is not None
    assert found.replay() == (found.left, found.right)
    return found


SQUARE = refuted(X, X.T)
CHANGES: list[dict[str, Any]] = [
    {"sizes": (("n", Fraction(2)),)},
    {"sizes": (("n", 2.0),)},
    {"sizes": (("n", True),)},
    {"sizes": (("n", None),)},
    {"sizes": ()},
    {"sizes": (("n", 2), ("k", 2))},
    {"sizes": (("n", -1),)},
    {"sizes": "n"},
    {"tensors": ()},
    {"tensors": (("X", ONE),)},
    {"tensors": (("X", ((ZERO, ONE),)),)},
    {"tensors": (("X", ((ZERO, ONE, ONE), (ZERO, ZERO, ZERO))),)},
    {"tensors": (("X", ((ZERO, ONE), (ZERO,))),)},
    {"tensors": (("X", ((ZERO, 1.0), (ZERO, ZERO))),)},
    {"tensors": (("X", ((ZERO, nan), (ZERO, ZERO))),)},
    {"tensors": (("X", ((ZERO, inf), (ZERO, ZERO))),)},
    {"tensors": (("X", [[ZERO, ONE], [ZERO, ZERO]]),)},
    {"tensors": (("Y", ((ZERO, ONE), (ZERO, ZERO))),)},
    {"tensors": ("X",)},
    {"index": (("i", 1), ("j", Fraction(2)))},
    {"index": (("i", 1), ("j", 2), ("k", 1))},
    {"index": (("j", 2), ("i", 1))},
    {"functions": (("sigma", polynomial(0, 1)),)},
    {"fields": (("L", Form((1,))),)},
    {"sequences": (("n", ((1, 1),)),)},
    {"left": Fraction(7)},
    {"right": Fraction(7)},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_nothing_else_is_accepted(change: dict[str, Any]) -> None:
    with pytest.raises(Rejected):
        replace(SQUARE, **change).replay()


@pytest.mark.parametrize(
    "curve",
    [
        lambda: polynomial(0, 0, 0, 0, 1),
        lambda: polynomial(),
        lambda: broken((0, 0), (0, 1), at=(1, 0)),
        lambda: broken((0, 0), (0, 1), at=(0, 1)),
        lambda: broken((0, 0), at=(0,)),
        lambda: Curve(((ZERO, ONE, ONE), (ZERO, ONE)), (ZERO,)),
        lambda: Curve(((0, 1),)),  # type: ignore[arg-type]
        lambda: Curve(()),
        lambda: Curve(((),)),
        lambda: Smooth(TANH, factor=0),
        lambda: Smooth(TANH, stretch=0),
        lambda: Smooth(TANH, constant=Fraction(1, 2)),  # type: ignore[arg-type]
        lambda: Smooth(replace(EXP, low=1)),
    ],
)
def test_there_are_no_other_functions(curve: Any) -> None:
    with pytest.raises(Rejected):
        curve()


def test_a_function_of_another_kind_is_rejected() -> None:
    class Liar(Curve):
        def has(self, facts: tuple[str, ...]) -> bool:
            return True

    sigma = Activation("sigma", nondecreasing=True)
    assert isinstance(decide(Identity(sigma(max_pool2d(X, 1)), max_pool2d(sigma(X), 1))), Proved)
    found = refuted(sigma(v), v)
    with pytest.raises(Rejected, match="no known kind"):
        replace(found, functions=(("sigma", Liar(((ZERO, -ONE),))),)).replay()
    with pytest.raises(Rejected, match="declared of a function"):
        replace(found, functions=(("sigma", polynomial(0, -1)),)).replay()
    with pytest.raises(Rejected):
        replace(found, functions=()).replay()


def test_a_function_of_a_tensor_of_another_kind_is_rejected() -> None:
    class Liar(Form):
        pass

    found = refuted(gradient(ScalarField("L")(v), v), v)
    with pytest.raises(Rejected, match="no known kind"):
        replace(found, fields=(("L", Liar((1,))),)).replay()


def test_sizes_that_are_no_integers_refute_nothing() -> None:
    """(m^2 + m) mod 2 is 0 for integers."""
    even = Identity(Mod(m * m + m, 2) * v[1], 0)
    claim = statement_of(even).claim
    forged = Counterexample(claim, (("m", Fraction(3, 2)), ("n", 1)), (("v", (ONE,)),), (), Fraction(7, 4), ZERO)
    with pytest.raises(Rejected, match="no integer"):
        forged.replay()


def test_layers_have_their_shapes() -> None:
    width, last = LayerSizes("w"), LayerIndex("l")
    b = LayerTensor("b", lambda layer: (width[layer],))
    found = refuted(b[last], 2 * b[last])
    ((name, layers),) = found.tensors
    longer = tuple((at, (*nested, ONE)) for at, nested in layers)
    with pytest.raises(Rejected, match="not of the shape"):
        replace(found, tensors=((name, longer),)).replay()
    with pytest.raises(Rejected):
        replace(found, tensors=((name, (ONE,)),)).replay()
    ((name, numbers),) = found.sequences
    with pytest.raises(Rejected, match="at least 1"):
        replace(found, sequences=((name, tuple((layer, 0) for layer, _ in numbers)),)).replay()
