"""+, -, *, /, @ and .T against loops, in exact numbers; tensors and scalars, matrices and vectors."""

from fractions import Fraction

import pytest
from evaluation import entries, entry
from sympy import Rational

from symcnn import Tensor, sizes
from symcnn.errors import LanguageError, ShapeError

m, n, k, r = sizes("m n k r")
VALUES = {"m": 2, "n": 3, "k": 2, "r": 4}


def matrices(origin):
    return Tensor("A", (m, n), origin=origin), Tensor("B", (m, n), origin=origin)


@pytest.mark.parametrize("origin", [1, 0])
@pytest.mark.parametrize(
    ("make", "by_hand"),
    [
        (lambda a, b: a + b, lambda a, b: a + b),
        (lambda a, b: a - b, lambda a, b: a - b),
        (lambda a, b: a * b, lambda a, b: a * b),
        (lambda a, b: -a, lambda a, b: -a),
        (lambda a, b: a + 2, lambda a, b: a + 2),
        (lambda a, b: 2 + a, lambda a, b: 2 + a),
        (lambda a, b: a - Rational(1, 2), lambda a, b: a - Fraction(1, 2)),
        (lambda a, b: 1 - a, lambda a, b: 1 - a),
        (lambda a, b: 0.1 * a, lambda a, b: a / 10),
        (lambda a, b: a * k, lambda a, b: a * 2),
        (lambda a, b: a / 3, lambda a, b: a / 3),
        (lambda a, b: a / (k + 1), lambda a, b: a / 3),
        (lambda a, b: (a + b) * (a - b), lambda a, b: a * a - b * b),
        (lambda a, b: a.T.T - 2 * b, lambda a, b: a - 2 * b),
    ],
)
def test_entry_by_entry(make, by_hand, origin):
    made = make(*matrices(origin))
    found = entries(made, VALUES)
    assert found == {at: by_hand(entry("A", *at), entry("B", *at)) for at in found}
    assert len(found) == 6
    assert made.origin == origin


@pytest.mark.parametrize("origin", [1, 0])
def test_transpose(origin):
    a = Tensor("A", (m, n), origin=origin)
    found = entries(a.T, VALUES)
    assert len(found) == 6
    assert found == {(i, j): entry("A", j, i) for i, j in found}
    assert a.T.shape == (n, m)


@pytest.mark.parametrize("origin", [1, 0])
def test_matrix_product(origin):
    a, b = Tensor("A", (m, n), origin=origin), Tensor("B", (n, r), origin=origin)
    found = entries(a @ b, VALUES)
    inner = range(origin, origin + 3)
    assert found == {(i, j): sum(entry("A", i, c) * entry("B", c, j) for c in inner) for i, j in found}
    assert len(found) == 8


def test_products_with_vectors():
    a, x, y = Tensor("A", (m, n)), Tensor("x", (n,)), Tensor("y", (m,))
    inner = (1, 2, 3)
    assert entries(a @ x, VALUES) == {(i,): sum(entry("A", i, c) * entry("x", c) for c in inner) for i in (1, 2)}
    assert entries(y @ a, VALUES) == {(j,): sum(entry("y", c) * entry("A", c, j) for c in (1, 2)) for j in inner}
    assert entries(x @ x, VALUES) == {(): sum(entry("x", c) ** 2 for c in inner)}


def test_literal_tensors_have_their_entries_where_they_are_written():
    rows = [[1, Fraction(-1, 2)], [0, 0.25], [3, k]]
    for origin in (1, 0):
        found = entries(Tensor.of(rows, origin=origin), VALUES)
        flat = [Fraction(1), Fraction(-1, 2), Fraction(0), Fraction(1, 4), Fraction(3), Fraction(2)]
        assert list(found.values()) == flat
        assert next(iter(found)) == (origin, origin)
    assert entries(Tensor.of(Rational(2, 3)), {}) == {(): Fraction(2, 3)}


@pytest.mark.parametrize(
    ("use", "shapes"),
    [
        (lambda: Tensor("A", (m, n)) + Tensor("b", (n,)), [r"\(m, n\)", r"\(n\)"]),
        (lambda: Tensor("A", (m, n)) - Tensor("b", (k, m, n)), [r"\(m, n\)", r"\(k, m, n\)"]),
        (lambda: Tensor("A", (m, n)) * Tensor("b", ()), [r"\(m, n\)", r"\(\)"]),
        (lambda: Tensor("A", (m, n, k)) @ Tensor("b", (k,)), ["A: m, n, k", "b: k"]),
        (lambda: Tensor("A", (m, n)) @ Tensor("b", (n, k, r)), ["A: m, n", "b: n, k, r"]),
        (lambda: Tensor("A", (m,)).T, [r"A has the shape \(m\)"]),
        (lambda: Tensor("A", (m, n))[1], ["A has 2 indices", "has 1"]),
        (lambda: Tensor("A", (m, n))[1, 2, 3], ["A has 2 indices", "has 3"]),
        (lambda: Tensor("A", (m, n)).at(1), ["has 2 indices", "has 1"]),
        (lambda: Tensor.of([[1, 2], [3]]), [r"\(1, 2\), \(3,\)"]),
        (lambda: Tensor.of([[1, 2], 3]), ["one shape"]),
        (lambda: Tensor.of([]), ["one shape"]),
        (lambda: Tensor.define((m, n), lambda i: i), ["2 extents", "takes 1"]),
        (lambda: Tensor.define((m,), lambda i, j: i), ["1 extents", "takes 2"]),
    ],
)
def test_wrong_ranks_are_errors_that_show_both_shapes(use, shapes):
    for shape in shapes:
        with pytest.raises(ShapeError, match=shape):
            use()


def test_what_is_no_tensor_is_refused():
    a = Tensor("A", (m, n))
    with pytest.raises(ShapeError, match="@ takes"):
        a @ 3
    with pytest.raises(LanguageError):
        list(a)
    with pytest.raises(LanguageError):
        a / a
