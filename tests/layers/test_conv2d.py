"""conv2d against a loop, in exact numbers, at sizes put into symbolic parameters."""

import loops
import pytest
from evaluation import entries, entry

from symcnn import Tensor, conv2d, sizes

N, C, D, O, m, n, k, l, g = sizes("N C D O m n k l g")  # noqa: E741
s, t, p, q, d, e = sizes("s t p q d e")

SIZES = [
    {"m": 5, "n": 4, "k": 3, "l": 2},
    {"m": 4, "n": 7, "k": 1, "l": 3},
    {"m": 3, "n": 3, "k": 3, "l": 3},
]
SETTINGS = [
    {"s": 1, "t": 1, "p": 0, "q": 0, "d": 1, "e": 1},
    {"s": 2, "t": 3, "p": 0, "q": 1, "d": 1, "e": 1},
    {"s": 1, "t": 2, "p": 2, "q": 1, "d": 1, "e": 2},
    {"s": 3, "t": 1, "p": 3, "q": 2, "d": 2, "e": 3},
]


def leaf(name, shape, origin):
    """The entries of a leaf by positions counted from 0."""
    return loops.array(shape, lambda position: entry(name, *(at + origin for at in position)))


def positions(tensor, values):
    """The entries of a tensor by positions counted from 0."""
    found = entries(tensor, values)
    return {tuple(at - tensor.origin for at in position): number for position, number in found.items()}


def lifted(images, axes):
    """An image as a batch of one image with one channel, or with channels."""
    return {(0,) * axes + position: number for position, number in images.items()}


def pairs(values):
    return {"stride": (values["s"], values["t"]), "padding": (values["p"], values["q"])} | {
        "dilation": (values["d"], values["e"])
    }


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("origin", [1, 0])
def test_two_images(size, setting, origin):
    values = size | setting
    x, w = Tensor("X", (m, n), origin=origin), Tensor("W", (k, l), origin=origin)
    made = conv2d(x, w, stride=(s, t), padding=(p, q), dilation=(d, e))
    image = lifted(leaf("X", (size["m"], size["n"]), origin), 2)
    kernel = lifted(leaf("W", (size["k"], size["l"]), origin), 2)
    assert lifted(positions(made, values), 2) == loops.conv2d(image, kernel, **pairs(values))


@pytest.mark.parametrize("setting", SETTINGS[1:])
@pytest.mark.parametrize("biased", [False, True])
def test_channels_and_bias(setting, biased):
    values = {"C": 2, "O": 3, "m": 4, "n": 5, "k": 2, "l": 3} | setting
    x, w, b = Tensor("X", (C, m, n)), Tensor("W", (O, C, k, l)), Tensor("b", (O,))
    made = conv2d(x, w, bias=b if biased else None, stride=(s, t), padding=(p, q), dilation=(d, e))
    image, kernel = lifted(leaf("X", (2, 4, 5), 1), 1), leaf("W", (3, 2, 2, 3), 1)
    bias = leaf("b", (3,), 1) if biased else None
    assert lifted(positions(made, values), 1) == loops.conv2d(image, kernel, bias, **pairs(values))


@pytest.mark.parametrize(
    ("groups", "channels", "outputs"), [(1, 2, 3), (2, 1, 4), (2, 2, 2), (3, 2, 3), (3, 1, 6), (4, 1, 4)]
)
@pytest.mark.parametrize("origin", [1, 0])
def test_groups(groups, channels, outputs, origin):
    """Symbolic groups, their channels and the outputs: the images have g D channels."""
    values = {"g": groups, "D": channels, "O": outputs, "m": 3, "n": 3, "N": 2}
    x = Tensor("X", (N, g * D, m, n), origin=origin)
    w, b = Tensor("W", (O, D, 2, 2), origin=origin), Tensor("b", (O,), origin=origin)
    made = conv2d(x, w, bias=b, padding=1, stride=2, groups=g)
    image, kernel = (
        leaf("X", (2, groups * channels, 3, 3), origin),
        leaf("W", (outputs, channels, 2, 2), origin),
    )
    found = loops.conv2d(image, kernel, leaf("b", (outputs,), origin), stride=(2, 2), padding=(1, 1), groups=groups)
    assert positions(made, values) == found


def test_depthwise_groups_are_the_channels():
    values = {"C": 3, "m": 4, "n": 4}
    made = conv2d(Tensor("X", (C, m, n)), Tensor("W", (C, 1, 2, 2)), groups=C)
    image, kernel = lifted(leaf("X", (3, 4, 4), 1), 1), leaf("W", (3, 1, 2, 2), 1)
    assert lifted(positions(made, values), 1) == loops.conv2d(image, kernel, groups=3)


def test_a_batch_is_convolved_image_by_image():
    values = {"N": 3, "C": 2, "O": 2, "m": 3, "n": 4}
    made = conv2d(Tensor("X", (N, C, m, n)), Tensor("W", (O, C, 3, 2)), padding=(1, 0))
    image, kernel = leaf("X", (3, 2, 3, 4), 1), leaf("W", (2, 2, 3, 2), 1)
    assert positions(made, values) == loops.conv2d(image, kernel, padding=(1, 0))


def test_one_number_is_a_pair_of_equal_numbers():
    x, w = Tensor("X", (m, n)), Tensor("W", (2, 2))
    values = {"m": 5, "n": 4, "s": 2}
    one = conv2d(x, w, stride=s, padding=1, dilation=2)
    two = conv2d(x, w, stride=(s, s), padding=(1, 1), dilation=[2, 2])
    assert entries(one, values) == entries(two, values)


def test_it_is_a_cross_correlation():
    """The kernel is not flipped: its last entry is on the last pixel of the window."""
    made = conv2d(Tensor("X", (m, n)), Tensor.of([[1, 2], [3, 4]]))
    found = entries(made, {"m": 2, "n": 2})[1, 1]
    assert found == sum((2 * a + b + 1) * entry("X", a + 1, b + 1) for a in (0, 1) for b in (0, 1))
