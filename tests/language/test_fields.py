"""Scalar fields and partial derivatives: what is claimed of them, what they are taken by, and what is refused."""

import pytest
from sympy import Sum

from symcnn import Activation, Identity, LayerTensor, Partial, ScalarField, Tensor, gradient, relu, sizes
from symcnn.errors import LanguageError, NameClash, ShapeError
from symcnn.kernel import terms
from symcnn.kernel.terms import subterms
from symcnn.language.fields import FieldSymbol, field_slope
from symcnn.language.statement import statement_of

m, n, a, l = sizes("m n a l")  # noqa: E741
x, y, X = Tensor("x", (n,)), Tensor("y", (n,)), Tensor("X", (m, n))
L, phi = ScalarField("L"), Activation("phi", differentiable=True)


def claim_of(left, right=0, given=()):
    return statement_of(Identity(left, right, given)).claim


def heads(term):
    return [part.head for part in subterms(term)]


# Scalar fields


def test_a_field_is_a_function_of_all_entries():
    claim = claim_of(L(X))
    assert [(each.name, each.rank) for each in claim.fields] == [("L", 2)]
    assert claim.left.head == "field"
    assert str(L(X)) == "L(X)"
    assert repr(claim.left) == "L(i = 1 .. m, j = 1 .. n: X[i, j])"


def test_the_field_of_a_computed_tensor_reads_its_formula():
    assert repr(claim_of(L(phi(x) + 1)).left) == "L(i = 1 .. n: 1 + phi(x[i]))"
    named = Tensor.define((n,), lambda i: x[i] ** 2, name="z")
    assert repr(claim_of(L(named)).left) == "L(i = 1 .. n: z[i])"
    assert claim_of(L(x + x)).left == claim_of(L(2 * x)).left


def test_origins_are_those_of_the_tensor():
    assert "i = 0 .. " in repr(claim_of(L(Tensor("z", (n,), origin=0))).left)


def test_fields_are_scalars():
    claim = claim_of(2 * L(x) ** 2 - Sum(L(x) * x[a], (a, 1, n)))
    assert heads(claim.left).count("field") == 2


@pytest.mark.parametrize("wrong", [x[1], 3, "x", [1, 2], None, n])
def test_fields_of_what_is_no_tensor(wrong):
    with pytest.raises(LanguageError, match="L is a function of a tensor, not of"):
        L(wrong)


@pytest.mark.parametrize("name", ["", "L(x)", "2", None, 5])
def test_names(name):
    with pytest.raises(LanguageError, match="cannot be a name"):
        ScalarField(name)


def test_fields_of_tensors_of_two_ranks():
    with pytest.raises(NameClash, match="L is a function of tensors of two different ranks"):
        claim_of(L(x), L(X))
    assert len(claim_of(L(x), L(Tensor("w", (m,)))).fields) == 1


@pytest.mark.parametrize(
    "expression",
    [
        L(Tensor("L", (n,))),
        L(x) * sizes("L"),
        sizes("L") + L(x),
        L(x) + Activation("L")(x[1]),
        L(x) + Tensor("L", (n,))[1],
    ],
)
def test_a_field_and_something_else_of_one_name(expression):
    with pytest.raises(NameClash, match="two different objects are called L"):
        claim_of(expression)


def test_equal_names_are_one_field():
    assert claim_of(L(x), ScalarField("L")(x)).left == claim_of(L(x), L(x)).right
    assert FieldSymbol(L) == FieldSymbol(ScalarField("L"))


def test_slopes_have_as_many_indices_as_the_tensor():
    assert claim_of(field_slope(L, X, (a, m))).left.head == "partial"
    with pytest.raises(ShapeError, match="which has 2 indices"):
        claim_of(field_slope(L, X, (a,)))


def test_the_gradient_of_a_field_is_that_of_the_field_at_the_leaf():
    claim = claim_of(gradient(L, at=x), gradient(L(x), x))
    assert repr(claim.left) == "partial(u: L(i = 1 .. n: u[i]); at i: x[i]; [i])"
    assert repr(claim.right) == "partial(x': L(i = 1 .. n: x'[i]); at i: x[i]; [i])"
    assert claim.left == claim.right


# Partial derivatives


def test_a_partial_binds_the_leaf():
    claim = claim_of(Partial(x[1] * y[2] * x[2], x[a]))
    assert (claim.left.head, repr(claim.left)[:12]) == ("partial", "partial(x': ")
    body = claim.left.args[0]
    assert terms.names_in(body) == {"y"}


def test_what_is_computed_from_the_leaf_is_written_out():
    square = Tensor.define((n,), lambda i: x[i] ** 2, name="square")
    total = Tensor.define((), lambda: Sum(square[a] * y[a], (a, 1, n)), name="total")
    body = claim_of(Partial(total[()], x[1])).left.args[0]
    assert terms.names_in(body) == {"y", "n"}
    body = claim_of(Partial(total[()], y[1])).left.args[0]
    assert terms.names_in(body) == {"square", "n"}


def test_inline_tensors_and_layers_are_looked_through():
    weights = LayerTensor("A", lambda k: (m, n))
    made = Partial(weights[l][1, 2] ** 2, weights[l][1, 2])
    assert made.by.tensor.name == "A"
    assert claim_of(made).left.value == 3
    transposed = Partial(X[1, 2], X.T[2, 1])
    assert claim_of(transposed).left == claim_of(Partial(X[1, 2], X[1, 2])).left


@pytest.mark.parametrize(
    "by",
    [
        x,
        3,
        n,
        x[1] + 1,
        2 * x[1],
        relu(x)[1],
        (x + y)[1],
        Tensor.of([1, 2])[1],
        Tensor.define((n,), lambda i: i)[1],
        None,
    ],
    ids=str,
)
def test_derivatives_by_anything_else_are_refused(by):
    with pytest.raises(LanguageError, match="no derivative by it"):
        Partial(x[1], by)


@pytest.mark.parametrize("body", [x, "x", [1], None, True])
def test_only_scalars_have_partial_derivatives(body):
    with pytest.raises(LanguageError, match="what is differentiated is"):
        Partial(body, x[1])


def test_partials_nest():
    claim = claim_of(Partial(Partial(x[1] ** 2 * y[1], x[1]), y[1]))
    assert heads(claim.left).count("partial") == 2


def test_sympy_knows_nothing_about_partials():
    assert Partial(3, x[1]) != 0
    assert Partial(x[1], x[1]) != 1
    assert Partial(x[1], x[2]) - Partial(x[1], x[2]) == 0
