"""Capture: an index that a formula binds never catches a size or an index of the same name."""

from fractions import Fraction

import pytest
from evaluation import both_sides, evaluate
from sympy import Dummy, Sum, Symbol

from symcnn import Identity, Proved, Tensor, avg_pool2d, conv2d, decide, prove, sizes
from symcnn.errors import LanguageError

m, n, k, i = sizes("m n k i")
X = Tensor("X", (m,))
VALUES = {"m": 3, "n": 2, "k": 5, "i": 7}


@pytest.mark.parametrize(
    "scaled",
    [
        X * k,
        k * X,
        X + k,
        X - k,
        X / (k**2 + 1),
        Tensor.define((m,), lambda a: k * X[a]),
        X.extended(k),
        X.extended(0) * k,
        Tensor.of([k, 2 * k, 3 * k]),
        X + Sum(k * Symbol("b", integer=True), (Symbol("b", integer=True), 1, 2)),
    ],
    ids=str,
)
def test_what_a_tensor_says_of_k_is_bound_by_a_sum_over_k(scaled):
    """sum over k of Y[1] is Y[1] for k = 1 and Y[1] for k = 2 (n is 2): every k in it is the index."""
    expected = sum(evaluate(scaled[1], {**VALUES, "k": number}) for number in (1, 2))
    assert evaluate(Sum(scaled[1], (k, 1, n)), VALUES) == expected


def test_a_size_in_a_tensor_is_not_caught_by_an_index_of_another():
    scaled = X * i
    made = Tensor.define((m,), lambda i: scaled[i])
    assert prove(Identity(made, Tensor.define((m,), lambda a: X[a] * i)))
    assert not isinstance(decide(Identity(made, Tensor.define((m,), lambda a: X[a] * a))), Proved)


def test_an_index_that_is_put_into_a_sum_is_not_caught_by_it():
    """Y[a, k] sums over k; read at Y[k, 1] under a sum over k, each k keeps its own binder."""
    y = Tensor("Y", (n, n))
    rows = Tensor.define((n,), lambda a: Sum(y[a, k], (k, 1, n)))
    for each in (rows, rows + 0, rows.extended(0)):
        total = Sum(each[k], (k, 1, n))
        expected, found = both_sides(total, lambda at: sum(at("Y", a, b) for a in (1, 2) for b in (1, 2)), VALUES)
        assert found == expected


def test_the_index_of_a_sum_may_be_called_like_a_size():
    """Outside of the sum, and in its own bounds, the name means the size."""
    expression = k + Sum(k * X[k - 1], (k, 2, k - 2)) + k
    expected, found = both_sides(expression, lambda at: 10 + 2 * at("X", 1) + 3 * at("X", 2), VALUES)
    assert found == expected


def test_one_letter_may_be_bound_twice():
    """The inner sum has its own index; its bounds see the outer one."""
    nested = Sum(X[k], (k, 1, k), (k, 1, m))
    expected, found = both_sides(nested, lambda at: sum(at("X", a) for b in (1, 2, 3) for a in range(1, b + 1)), VALUES)
    assert found == expected
    square = Sum(X[k], (k, 1, m)) ** 2 + Sum(k * Sum(X[k], (k, 1, m)), (k, 1, m))
    expected, found = both_sides(
        square,
        lambda at: (at("X", 1) + at("X", 2) + at("X", 3)) ** 2 + 6 * (at("X", 1) + at("X", 2) + at("X", 3)),
        VALUES,
    )
    assert found == expected


@pytest.mark.parametrize("name", ["α", "β", "c", "i", "j", "k"])
def test_operators_do_not_catch_a_size_of_the_user(name):
    """A stride, a bias and a kernel that speak of a size called like the operator's own index."""
    size = sizes(name)
    image = Tensor("X", (2, 6, 6))
    kernel = Tensor.define((1, 2, 2, 2), lambda o, r, a, b: size * (a + b + r))
    bias = Tensor.define((1,), lambda o: size)
    values = {name: 2}
    made = conv2d(image, kernel, bias=bias, stride=size)

    def by_hand(at):
        window = [(r, a, b) for r in (1, 2) for a in (1, 2) for b in (1, 2)]
        return 2 + sum(2 * (a + b + r) * at("X", r, 2 + a, b) for r, a, b in window)

    expected, found = both_sides(made[1, 2, 1], by_hand, values)
    assert found == expected
    pooled, mean = both_sides(
        avg_pool2d(image, size)[1, 2, 1],
        lambda at: Fraction(at("X", 1, 3, 1) + at("X", 1, 3, 2) + at("X", 1, 4, 1) + at("X", 1, 4, 2)) / 4,
        values,
    )
    assert pooled == mean


def test_an_index_does_not_escape_from_its_formula():
    seen = []
    Tensor.define((m,), lambda a: seen.append(a) or X[a])
    with pytest.raises(LanguageError, match="stands outside of it"):
        decide(Identity(X[seen[0]], X[seen[0]]))
    with pytest.raises(LanguageError, match="stands outside of it"):
        decide(Identity(X, X, [seen[0] <= 3]))
    index = Dummy("a", integer=True)
    with pytest.raises(LanguageError, match="stands outside of it"):
        decide(Identity(Sum(X[index], (index, 1, m)) + index, 0))
