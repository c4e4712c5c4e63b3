"""Sizes, tensors and recursions with a layer index: what is claimed of them, and what is refused."""

from fractions import Fraction

import pytest
from sympy import Eq, Rational, Sum, Symbol

from symcnn import Activation, Identity, LayerIndex, LayerRecursion, LayerSizes, LayerTensor, Tensor, relu, sizes
from symcnn.errors import LanguageError, NameClash, ShapeError
from symcnn.kernel.claim import expand
from symcnn.kernel.value import value
from symcnn.language.statement import statement_of

l, L, m, k = sizes("l L m k")  # noqa: E741
n = LayerSizes("n")
A = LayerTensor("A", lambda t: (n[t], n[t - 1]))
b = LayerTensor("b", lambda t: (n[t],))
x = Tensor("x", (n[l],))
phi = Activation("phi")


def network(step=lambda t, before: phi(A[t] @ before + b[t]), shape=lambda t: (n[t],), first=l, start=x, name="y"):
    return LayerRecursion(name, first, start, step, shape)


def claim_of(left, right=0, given=()):
    return statement_of(Identity(left, right, given)).claim


def evaluated(term, claim, sizes_, tensors):
    return value(expand(term, claim.definitions), sizes_, tensors)


# Layers and sizes


def test_a_layer_index_is_a_size():
    assert LayerIndex("l") == l == Symbol("l", integer=True)
    with pytest.raises(LanguageError, match="cannot be a name"):
        LayerIndex("l - 1")


def test_sizes_of_layers_are_integers():
    claim = claim_of(n[l] * n[L - 1] + n[0])
    assert claim.sequences == ("n",)
    assert set(claim.integers) == {"l", "L"}
    found = evaluated(claim.left, claim, {"l": 3, "L": 5}, {"n": lambda at: Fraction(at[0] + 10)})
    assert found == 13 * 14 + 10
    assert str(n[l - 1]) == "n[l - 1]"


def test_sizes_of_layers_in_shapes_ranges_and_hypotheses():
    claim = claim_of(Sum(b[l][k], (k, 1, n[l])), 0, [n[l] >= 2, Eq(n[0], m)])
    assert "2 <= n[l]" in map(repr, claim.hypotheses)
    assert Tensor("v", (n[l] + 1, 2 * n[0])).shape == (n[l] + 1, 2 * n[0])


@pytest.mark.parametrize("layer", ["l", None, [1], (1, 2), x])
def test_layers_that_are_no_scalars(layer):
    with pytest.raises(LanguageError, match="the layer of n is"):
        n[layer]
    with pytest.raises(LanguageError, match="the layer of A is"):
        A[layer]
    with pytest.raises(LanguageError, match="the layer of y is"):
        network()[layer]


@pytest.mark.parametrize("layer", [Rational(1, 2), l / 2, Symbol("t"), b[1][1]])
def test_layers_that_are_no_integers(layer):
    with pytest.raises(LanguageError, match=r"integer"):
        claim_of(n[layer])


@pytest.mark.parametrize("name", ["", "n[1]", None, 3])
def test_names_that_are_none(name):
    with pytest.raises(LanguageError, match="cannot be a name"):
        LayerSizes(name)


# Tensors


def test_the_shape_is_that_of_the_layer():
    assert A[l].shape == (n[l], n[l - 1])
    assert A[L - 1].shape == (n[L - 1], n[L - 2])
    assert (A[2].rank, A[2].origin, str(A[L - 1]), str(A[2][1, k])) == (2, 1, "A[L - 1]", "A[2, 1, k]")


def test_all_layers_are_one_leaf():
    claim = claim_of(A[l][1, 2] * A[L][1, 1], b[l][1])
    leaves = {leaf.name: leaf for leaf in claim.leaves}
    assert set(leaves) == {"A", "b"}
    assert (leaves["A"].rank, leaves["A"].layers) == (3, ("layer",))
    assert list(map(repr, leaves["A"].shape)) == ["n[layer]", "n[(-1) + layer]"]
    found = evaluated(claim.left, claim, {"l": 2, "L": 7}, {"A": lambda at: Fraction(at[0] * 100 + at[1] * 10 + at[2])})
    assert found == 212 * 711


def test_a_sum_over_layers_binds_the_layer():
    claim = claim_of(Sum(b[k][1] * k, (k, 1, L)))
    assert claim.integers == ("L",)
    assert evaluated(claim.left, claim, {"L": 3}, {"b": lambda at: Fraction(at[0] + 1)}) == 2 * 1 + 3 * 2 + 4 * 3


def test_tensors_of_a_layer_are_tensors():
    claim = claim_of((A[L] @ A[L - 1]).T, (A[L] @ A[L - 1]).T)
    assert [index.name for index in claim.indices] == ["i", "j"]
    assert str(A[L] @ A[L - 1]) == "matmul(A[L], A[L - 1])"


def test_layers_of_different_ranks_and_extents():
    with pytest.raises(ShapeError):
        A[l][1]
    with pytest.raises(ShapeError, match="different ranks"):
        Identity(A[l], b[l])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (A[l][1, 1] * Tensor("A", (m, m))[1, 1], 0),
        (A[l][1, 1], LayerTensor("A", lambda t: (n[t], n[t]))[l][1, 1]),
        (n[l] * Tensor("n", (m,))[1], 0),
        (n[l] + sizes("n"), 0),
        (n[l] * Activation("n")(b[l][1]), 0),
        (LayerTensor("n", lambda t: (m,))[l][1] * n[l], 0),
    ],
)
def test_two_objects_of_one_name(left, right):
    with pytest.raises(NameClash, match="two different objects are called"):
        claim_of(left, right)


# Recursions


def test_a_recursion_is_one_definition():
    y = network()
    claim = claim_of(y[L], y[L], [l <= L - 1])
    (definition,) = claim.definitions
    assert (definition.name, definition.body.head) == ("y", "iterate")
    assert list(map(repr, definition.shape)) == [f"n[{definition.indices[0]}]"]
    assert repr(definition.first) == "l"
    assert claim.left == claim.right
    assert y[L].shape == (n[L],)
    assert str(y[L - 1]) == "y[L - 1]"


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 2), (0, 3), (2, 6)])
def test_what_the_layers_compute(first, last):
    """u[l] = v, u[t] = relu(t u[t-1] - v), computed by hand"""
    v = Tensor("v", (m,))
    u = network(lambda t, before: relu(t * before - v), lambda t: (m,), l, v, "u")
    claim = claim_of(u[L][2])
    tensors = {"v": lambda at: Fraction(at[0], 3), "relu": lambda at: max(at[0], Fraction(0))}
    expected = Fraction(2, 3)
    for layer in range(first + 1, last + 1):
        expected = max(layer * expected - Fraction(2, 3), Fraction(0))
    assert evaluated(claim.left, claim, {"l": first, "L": last, "m": 2}, tensors) == expected


def test_a_step_reads_all_of_the_layer_before():
    y = network(lambda t, before: A[t] @ before + b[t])
    claim = claim_of(y[L][1])
    widths = {1: 2, 2: 3, 3: 1}
    tensors = {
        "n": lambda at: Fraction(widths[at[0]]),
        "x": lambda at: Fraction(at[0]),
        "A": lambda at: Fraction(at[0] + 2 * at[1] - at[2]),
        "b": lambda at: Fraction(at[0] * at[1]),
    }
    values = [tensors["x"]((i,)) for i in (1, 2)]
    for layer in (2, 3):
        products = range(1, widths[layer] + 1)
        values = [
            sum(tensors["A"]((layer, i, j)) * before for j, before in enumerate(values, 1)) + tensors["b"]((layer, i))
            for i in products
        ]
    assert evaluated(claim.left, claim, {"l": 1, "L": 3}, tensors) == values[0]


def test_the_same_recursion_made_twice_is_one():
    def step(t, before):
        return phi(A[t] @ before + b[t])

    claim = claim_of(network(step)[L], network(step)[L])
    assert len(claim.definitions) == 1


def test_two_recursions_of_one_name():
    with pytest.raises(NameClash, match="two different objects are called y"):
        claim_of(network()[L], network(lambda t, before: phi(A[t] @ before))[L])
    with pytest.raises(NameClash, match="two different objects are called y"):
        claim_of(network()[L][1] * Tensor("y", (m,))[1])


def test_start_and_step_have_the_shape_that_is_said():
    with pytest.raises(ShapeError, match="whose rank is not that of its shape"):
        network(shape=lambda t: (n[t], n[t]))
    with pytest.raises(ShapeError, match="y starts with"):
        claim_of(network(start=Tensor("x", (m,)))[L][1])
    with pytest.raises(ShapeError, match="a layer of y has the extent"):
        claim_of(network(lambda t, before: before)[L][1])
    with pytest.raises(ShapeError, match="a layer of y has 2 indices, its recursion 1"):
        claim_of(network(lambda t, before: A[t])[L][1])
    with pytest.raises(ShapeError, match="not every layer of y has one shape: a sum needs the extents"):
        claim_of(network(lambda t, before: b[t] + before)[L][1])


def test_a_layer_without_a_tensor_before_is_still_one():
    constant = network(lambda t, before: b[t])
    claim = claim_of(constant[L][1])
    found = evaluated(claim.left, claim, {"l": 1, "L": 3}, {"b": lambda at: Fraction(at[0] + 5), "x": lambda at: at})
    assert found == 8
