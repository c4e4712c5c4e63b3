"""Jacobians, gradients, diagonal matrices and outer products: shapes, letters, what is refused, what they mean."""

import pytest
from evaluation import entries, entry
from sympy import Eq, Sum

from symcnn import (
    Activation,
    Identity,
    LayerTensor,
    Partial,
    ScalarField,
    Tensor,
    diag,
    gradient,
    identity_matrix,
    jacobian,
    outer,
    relu,
    sizes,
)
from symcnn.errors import LanguageError, NumericMismatch, ShapeError
from symcnn.kernel import show_claim
from symcnn.language.statement import statement_of
from symcnn.language.tensors import index_letters
from symcnn.numeric import verify_numerically

m, n, k, a, l = sizes("m n k a l")  # noqa: E741
A, x, c, X = Tensor("A", (m, n)), Tensor("x", (n,)), Tensor("c", (m,)), Tensor("X", (m, n))
phi, L = Activation("phi", differentiable=True), ScalarField("L")


# Shapes


@pytest.mark.parametrize(
    ("outputs", "inputs", "shape", "letters"),
    [
        (A @ x, x, (m, n), "ij"),
        (A @ x, A, (m, m, n), "kij"),
        (A, x, (m, n, n), "ijp"),
        (A, A, (m, n, m, n), "ijpq"),
        (x[1], x, (n,), "i"),
        (Sum(x[a], (a, 1, n)), A, (m, n), "ij"),
    ],
)
def test_rows_are_outputs_and_columns_inputs(outputs, inputs, shape, letters):
    made = jacobian(outputs, inputs)
    assert made.shape == shape
    assert "".join(index_letters(made)) == letters


def test_a_gradient_has_the_shape_of_what_it_is_taken_by():
    assert gradient(L(A @ x), A).shape == (m, n)
    assert gradient(L, at=A @ x).shape == (m,)
    assert gradient(x[1], x).shape == (n,)


def test_the_layer_of_a_tensor_with_layers():
    weights = LayerTensor("W", lambda k: (m, n))
    assert jacobian(weights[l] @ x, weights[l]).shape == (m, m, n)
    assert gradient(L(weights[l] @ x), weights[l]).shape == (m, n)


def test_the_names_of_what_is_made():
    assert str(jacobian(A @ x, x)) == "jacobian(matmul(A, x), x)"
    assert str(diag(x)) == "diag(x)"
    assert str(outer(c, x)) == "outer(c, x)"
    assert str(identity_matrix(n)) == "identity_matrix()"


# What is refused


@pytest.mark.parametrize("by", [A @ x, 2 * x, Tensor.of([1, 2]), x.named("y"), Tensor.define((n,), lambda i: x[i])])
def test_derivatives_by_what_is_computed_are_refused(by):
    with pytest.raises(LanguageError, match="no derivative by it"):
        jacobian(A @ x, by)
    with pytest.raises(LanguageError, match="no derivative by it"):
        gradient(x[1], by)


@pytest.mark.parametrize("by", [3, x[1], "x", None])
def test_derivatives_by_what_is_no_tensor_are_refused(by):
    with pytest.raises(LanguageError, match="a derivative is taken by a tensor"):
        jacobian(A @ x, by)
    with pytest.raises(LanguageError, match="write gradient"):
        gradient(x[1], by)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: gradient(A @ x, x),
        lambda: gradient(L(x), x, at=x),
        lambda: gradient(L(x)),
        lambda: gradient(L(x), at=x),
        lambda: gradient(L, x),
        lambda: gradient(L),
        lambda: gradient(L, x, at=x),
        lambda: gradient(L, at=x[1]),
    ],
)
def test_gradients_of_another_form_are_refused(wrong):
    with pytest.raises(LanguageError, match=r"write gradient"):
        wrong()


def test_ranks_and_origins():
    zero = Tensor("z", (n,), origin=0)
    with pytest.raises(ShapeError, match="origins differ"):
        jacobian(A @ x, zero)
    with pytest.raises(ShapeError, match="origins differ"):
        outer(x, zero)
    for wrong in (A, x[1], 3):
        with pytest.raises(ShapeError, match="a diagonal matrix is made of a vector"):
            diag(wrong)
        with pytest.raises(ShapeError, match="an outer product is made of two vectors"):
            outer(wrong, x)
        with pytest.raises(ShapeError, match="an outer product is made of two vectors"):
            outer(x, wrong)


def test_origins_are_kept():
    zero = Tensor("z", (n,), origin=0)
    assert {each.origin for each in (diag(zero), outer(zero, zero), jacobian(zero, zero), gradient(L, at=zero))} == {0}


# What they mean


def test_diagonal_matrices_and_outer_products():
    values = {"m": 2, "n": 3}
    assert entries(diag(x), values) == {(i, j): entry("x", i) if i == j else 0 for i in (1, 2, 3) for j in (1, 2, 3)}
    assert entries(outer(c, x), values) == {(i, j): entry("c", i) * entry("x", j) for i in (1, 2) for j in (1, 2, 3)}
    assert entries(identity_matrix(n), values) == {(i, j): int(i == j) for i in (1, 2, 3) for j in (1, 2, 3)}


def test_a_derivative_is_of_everything_that_is_computed():
    """A named tensor on the way is written out: it varies too."""
    middle = Tensor.define((n,), lambda i: x[i] ** 2, name="middle")
    text = show_claim(statement_of(Identity(jacobian(A @ middle, x), jacobian(A @ middle, x))).claim)
    assert "partial(x': sum(k = 1 .. n: " in text
    assert "middle" not in text.splitlines()[-2]


def test_the_partial_of_a_component():
    entry_of_jacobian = jacobian(A @ x, x)[2, 1]
    verify_numerically(Identity(entry_of_jacobian, Partial((A @ x)[2], x[1]), [m >= 2]))
    verify_numerically(Identity(jacobian(A @ x, x), A))


@pytest.mark.parametrize(
    "identity",
    [
        Identity(jacobian(phi(A @ x + c), x), diag(phi.derivative(A @ x + c)) @ A),
        Identity(jacobian(phi(x), x), diag(phi.derivative(x))),
        Identity(jacobian(x, x), identity_matrix(n)),
        Identity(jacobian(relu(x), x), diag(relu.derivative(x))),
        Identity(gradient(L(A @ x), x), A.T @ gradient(L, at=A @ x)),
        Identity(gradient(L(A @ x), A), outer(gradient(L, at=A @ x), x)),
        Identity(gradient(L(x), x), gradient(L, at=x)),
        Identity(gradient(Sum(x[a] ** 2, (a, 1, n)), x), 2 * x),
        Identity(gradient(L(X * X), X), 2 * (gradient(L, at=X * X) * X)),
    ],
    ids=str,
)
def test_true_formulas_agree_in_numbers(identity):
    verify_numerically(identity, samples=6)


@pytest.mark.parametrize(
    "identity",
    [
        Identity(jacobian(phi(A @ x + c), x), diag(phi.derivative(A @ x)) @ A),
        Identity(gradient(L(A @ x), x), A.T @ gradient(L, at=x), [Eq(m, n)]),
        Identity(gradient(L(X * X), X), 2 * (gradient(L, at=X) * X)),
        Identity(jacobian(x, x), diag(x)),
    ],
    ids=str,
)
def test_false_formulas_do_not(identity):
    with pytest.raises(NumericMismatch):
        verify_numerically(identity)
