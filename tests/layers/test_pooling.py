"""avg_pool2d, pad and subsample against loops, in exact numbers, at sizes put into symbolic parameters."""

import loops
import pytest
from evaluation import entries, entry

from symcnn import Tensor, avg_pool2d, pad, sizes, subsample

N, C, m, n, k, l, s, t, p, q = sizes("N C m n k l s t p q")  # noqa: E741


def image(rows, columns, origin=1):
    return loops.array((rows, columns), lambda at: entry("X", at[0] + origin, at[1] + origin))


def positions(tensor, values):
    found = entries(tensor, values)
    return {tuple(at - tensor.origin for at in position): number for position, number in found.items()}


@pytest.mark.parametrize("origin", [1, 0])
@pytest.mark.parametrize(
    ("rows", "columns", "window", "stride", "padding"),
    [
        (4, 6, (2, 3), (2, 3), (0, 0)),
        (5, 5, (2, 2), (1, 1), (0, 0)),
        (5, 4, (3, 2), (2, 1), (1, 1)),
        (3, 3, (3, 3), (3, 3), (1, 0)),
        (7, 5, (2, 2), (3, 4), (1, 2)),
    ],
)
def test_average_pooling(rows, columns, window, stride, padding, origin):
    values = {"m": rows, "n": columns, "k": window[0], "l": window[1]}
    values |= {"s": stride[0], "t": stride[1], "p": padding[0], "q": padding[1]}
    made = avg_pool2d(Tensor("X", (m, n), origin=origin), (k, l), (s, t), (p, q))
    assert positions(made, values) == loops.avg_pool2d(image(rows, columns, origin), window, stride, padding)


def test_the_stride_is_the_window_unless_given():
    made = avg_pool2d(Tensor("X", (m, n)), (k, l))
    values = {"m": 5, "n": 6, "k": 2, "l": 3}
    assert positions(made, values) == loops.avg_pool2d(image(5, 6), (2, 3), (2, 3))


@pytest.mark.parametrize("shape", [(C, m, n), (N, C, m, n)])
def test_channels_are_pooled_one_by_one(shape):
    values = {"N": 2, "C": 2, "m": 4, "n": 4}
    found = entries(avg_pool2d(Tensor("X", shape), 2), values)
    for position, number in found.items():
        *rest, i, j = position
        window = [entry("X", *rest, a, b) for a in (2 * i - 1, 2 * i) for b in (2 * j - 1, 2 * j)]
        assert number == sum(window) / 4
    assert len(found) == 2 * 2 * 2 ** (len(shape) - 2)


@pytest.mark.parametrize("origin", [1, 0])
@pytest.mark.parametrize("padding", [(0, 0), (1, 1), (2, 1), (0, 3)])
def test_pad(padding, origin):
    values = {"m": 2, "n": 3, "p": padding[0], "q": padding[1]}
    made = pad(Tensor("X", (m, n), origin=origin), (p, q))
    shape = (2 + 2 * padding[0], 3 + 2 * padding[1])
    x = image(2, 3, origin)
    expected = loops.array(shape, lambda at: loops.pixel(x, at[0] - padding[0], at[1] - padding[1]))
    assert positions(made, values) == expected


@pytest.mark.parametrize("origin", [1, 0])
@pytest.mark.parametrize("stride", [(1, 1), (2, 2), (2, 3), (4, 1), (9, 9)])
def test_subsample(stride, origin):
    values = {"m": 5, "n": 4, "s": stride[0], "t": stride[1]}
    made = subsample(Tensor("X", (m, n), origin=origin), (s, t))
    kept = {(i, j): number for (i, j), number in image(5, 4, origin).items() if not i % stride[0] and not j % stride[1]}
    expected = {(i // stride[0], j // stride[1]): number for (i, j), number in kept.items()}
    assert positions(made, values) == expected


@pytest.mark.parametrize("make", [lambda x: pad(x, 1), lambda x: subsample(x, 2)])
def test_only_the_last_two_indices_are_the_image(make):
    values = {"N": 2, "C": 3, "m": 3, "n": 4}
    deep, flat = (
        make(Tensor("X", (N, C, m, n))),
        make(Tensor.define((m, n), lambda i, j: Tensor("X", (N, C, m, n))[2, 3, i, j])),
    )
    found, expected = entries(deep, values), entries(flat, values)
    assert expected == {at[2:]: v for at, v in found.items() if at[:2] == (2, 3)}


def test_reading_with_a_value_outside():
    x = Tensor("X", (m, n))
    made = Tensor.define((m + 2, n), lambda i, j: x.at(i - 1, j + 1, outside=7))
    found = entries(made, {"m": 2, "n": 2})
    expected = {(i, j): entry("X", i - 1, j + 1) if 2 <= i <= 3 and j < 2 else 7 for i in range(1, 5) for j in (1, 2)}
    assert found == expected
