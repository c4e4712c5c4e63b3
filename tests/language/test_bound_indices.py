"""An index that is bound where a computed tensor is read is bound in the formula of that tensor, too."""

import pytest
from sympy import Max, Sum

from symcnn import (
    Identity,
    IndexedMax,
    LayerRecursion,
    LayerTensor,
    ScalarField,
    Tensor,
    avg_pool2d,
    decide,
    gradient,
    jacobian,
    prove,
    relu,
    sizes,
)
from symcnn.decision import Refuted
from symcnn.errors import LanguageError, NameClash

m, n, k, a, r = sizes("m n k a r")
x, X = Tensor("x", (n,)), Tensor("X", (m, n))
A, L = LayerTensor("A", lambda layer: (n, n)), ScalarField("L")
LITERAL = Tensor.of([[k]])
SHIFTED = Tensor.define((n,), lambda i: x[i] + k)
NAMED = Tensor.define((n,), lambda i: x[i] * k, name="Z")


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        (Sum(k * (A[k] @ x)[1], (k, 1, 3)), Sum(2 * (A[k] @ x)[1], (k, 1, 3)), []),
        (Sum(k * L(A[k]), (k, 1, 3)), Sum(2 * L(A[k]), (k, 1, 3)), []),
        (Sum((k * x)[1], (k, 1, 2)), 2 * k * x[1], []),
        (Sum(NAMED[1], (k, 1, 2)), 2 * k * x[1], []),
        (IndexedMax(SHIFTED[1], (k, 1, 2)), k + x[1], []),
        (Sum(jacobian(A[k] @ x, x)[1, 1], (k, 1, 2)), 2 * A[k][1, 1], []),
        (Sum(gradient(L, at=A[k])[1, 1], (k, 1, 2)), 2 * gradient(L, at=A[k])[1, 1], []),
        (Sum(avg_pool2d(X, k)[1, 1], (k, 1, 2)), 2 * avg_pool2d(X, k)[1, 1], [m >= 5, n >= 5, k <= 2]),
        (Sum(LITERAL[1, 1], (k, 1, 2)), 2 * LITERAL[1, 1], []),
    ],
    ids=("matmul", "field", "inline", "named", "maximum", "jacobian", "slope", "pooling", "literal"),
)
def test_the_index_is_not_a_size(left, right, given):
    assert isinstance(decide(Identity(left, right, given)), Refuted)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Sum((A[k] @ x)[1], (k, 1, 2)), (A[1] @ x)[1] + (A[2] @ x)[1]),
        (gradient(Sum(L(A[k]), (k, 1, 2)), A[1]), gradient(L, at=A[1])),
        (Sum(L(r * x), (r, 1, 2)), L(x) + L(2 * x)),
        (Sum((k * x)[1], (k, 1, 2)), 3 * x[1]),
        (Sum(LITERAL[1, 1], (k, 1, 2)), 3),
    ],
    ids=("matmul", "weight decay", "field", "inline", "literal"),
)
def test_true_ones_are_proved(left, right):
    assert prove(Identity(left, right))


def test_a_recursion_cannot_depend_on_an_index():
    y = LayerRecursion("y", 0, x, lambda layer, before: k * before, lambda layer: (n,))
    with pytest.raises(LanguageError, match="depends on an index"):
        prove(Identity(Sum(y[1][1], (k, 1, 2)), 2 * y[1][1]))


def test_layers_and_a_plain_tensor_have_different_names():
    with pytest.raises(NameClash):
        prove(Identity(LayerTensor("x", lambda layer: (n,))[1][1], x[1]))


@pytest.mark.parametrize("name", ["relu", "exp"])
def test_known_functions_keep_their_names(name):
    with pytest.raises(LanguageError, match="known function"):
        Tensor(name, (n,))


def test_hypotheses_about_two_entries_of_one_tensor():
    assert prove(Identity(x, x, given=[n >= 2, x[1] > x[2]]))
    assert prove(Identity(relu(x[1]), x[1], given=[x[1] > 0]))


def test_sympy_may_build_a_maximum_again():
    largest = IndexedMax(x[a], (a, 1, n))
    assert prove(Identity(Max(largest, largest), largest))


def test_what_reads_a_definition_of_a_layer_is_written_out():
    B = LayerTensor("B", lambda layer: (n, n))
    y = LayerRecursion("y", 0, x, lambda layer, u: B[layer] @ (A[layer] @ u), lambda layer: (n,))
    assert prove(Identity(y[k], y[k]))
