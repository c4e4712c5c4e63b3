"""Origin: indices start at 1 unless `origin=0`; computed tensors have that of their inputs.

Identities compare positions.
"""

import pytest
from sympy import Dummy, IndexedBase, Sum

from symcnn import Identity, Proved, Tensor, avg_pool2d, conv2d, decide, pad, prove, sizes, subsample
from symcnn.errors import IllFormed, LanguageError, ShapeError

m, n = sizes("m n")
ONE, ZERO = Tensor("A", (m, n)), Tensor("B", (m, n), origin=0)


def test_indices_start_at_one_unless_said_otherwise():
    assert Tensor("X", (m,)).origin == 1
    assert Tensor.of([1, 2]).origin == 1
    assert Tensor.define((m,), lambda i: i).origin == 1
    assert Tensor.of([1, 2], origin=0).origin == 0


def test_the_first_entry_is_at_the_origin():
    x, y = Tensor("X", (m,)), Tensor("Y", (m,), origin=0)
    assert isinstance(decide(Identity(x[1], x[1])), Proved)
    assert isinstance(decide(Identity(y[0], y[0])), Proved)
    with pytest.raises(IllFormed, match=r"X\[0\].*X\[1\.\.m\]"):
        decide(Identity(x[0], x[0]))
    with pytest.raises(IllFormed, match=r"Y\[m\].*Y\[0\.\.m - 1\]"):
        decide(Identity(y[m], y[m]))


@pytest.mark.parametrize(
    "made",
    [
        lambda x, w: x + x,
        lambda x, w: x - 2,
        lambda x, w: x * x,
        lambda x, w: x.T,
        lambda x, w: x @ x.T,
        lambda x, w: x.extended(0),
        lambda x, w: pad(x, 1),
        lambda x, w: subsample(x, 2),
        lambda x, w: avg_pool2d(x, 2, padding=1),
        lambda x, w: conv2d(x, w, padding=1),
        lambda x, w: Tensor.define((m, n), lambda i, j: 2 * x[i, j]),
        lambda x, w: Tensor.define((m,), lambda i: Sum(x[i, w.origin], (Dummy("k", integer=True), 1, 2))),
    ],
)
@pytest.mark.parametrize("origin", [0, 1])
def test_a_computed_tensor_has_the_origin_of_its_inputs(made, origin):
    x, w = Tensor("X", (m, n), origin=origin), Tensor("W", (3, 3), origin=origin)
    assert made(x, w).origin == origin


@pytest.mark.parametrize(
    "mixed",
    [
        lambda: ONE + ZERO,
        lambda: ONE - ZERO,
        lambda: ONE * ZERO,
        lambda: ONE @ ZERO.T,
        lambda: conv2d(ONE, ZERO),
        lambda: conv2d(ZERO, Tensor.of([[1]])),
        lambda: conv2d(Tensor("X", (1, m, n)), Tensor("W", (1, 1, 1, 1)), bias=Tensor("b", (1,), origin=0)),
        lambda: Tensor.define((m, n), lambda i, j: ONE[i, j] + ZERO[i - 1, j - 1]),
        lambda: Tensor.define((m, n), lambda i, j: ONE[i, j], origin=0),
        lambda: Tensor.define((m, n), lambda i, j: ONE.extended()[i, j] + ZERO.T[j - 1, i - 1]),
        lambda: Tensor.define((m, n), lambda i, j: IndexedBase("C", shape=(m, n))[i, j] + ZERO[i - 1, j - 1]),
        lambda: Tensor.define((m, n), lambda i, j: IndexedBase("C", shape=(m, n))[i + 1, j + 1], origin=0),
    ],
)
def test_mixed_origins_are_an_error(mixed):
    with pytest.raises(ShapeError, match="origin"):
        mixed()


def test_identities_compare_positions_not_indices():
    shifted = Tensor.define((m, n), lambda i, j: ONE[i, j] + i * j)
    from_zero = Tensor.of([[1, 2], [3, 4]], origin=0)
    assert prove(Identity(from_zero, Tensor.of([[1, 2], [3, 4]])))
    assert not isinstance(decide(Identity(from_zero, Tensor.of([[1, 2], [4, 3]]))), Proved)
    by_position = Tensor.define((m, n), lambda i, j: i, origin=0)
    assert prove(Identity(by_position, Tensor.define((m, n), lambda i, j: i - 1)))
    assert not isinstance(decide(Identity(by_position, Tensor.define((m, n), lambda i, j: i))), Proved)
    assert shifted.origin == 1


def test_operators_mean_the_same_at_both_origins():
    x, w = Tensor("X", (m, n), origin=0), Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]], origin=0)
    difference = Tensor.define((m, n), lambda i, j: x.at(i + 1, j, outside=0) - x[i, j])
    assert prove(Identity(conv2d(x, w, padding=1), difference))


@pytest.mark.parametrize("origin", [0.5, "1", None, True, 1.0])
def test_an_origin_is_an_integer(origin):
    with pytest.raises(LanguageError, match="origin"):
        Tensor("X", (m,), origin=origin)
