"""Generated functions against loops written by hand, one entry at a time."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest

from symcnn.language.symbols import sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.convolution import conv2d, pad, subsample
from symcnn.layers.pooling import avg_pool2d
from symcnn.numeric import lambdify

Array = np.ndarray[Any, Any]
B, C, D, O, m, n, k, l, g = sizes("B C D O m n k l g")  # noqa: E741
stride, padding, dilation = sizes("stride padding dilation")
rng = np.random.default_rng(20)


def entries(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    return product(*map(range, shape))


def pixel(image: Array, row: int, column: int) -> float:
    """The image, 0 outside of it."""
    rows, columns = image.shape
    return float(image[row, column]) if 0 <= row < rows and 0 <= column < columns else 0.0


def extent(size: int, window: int, step: int, border: int, apart: int) -> int:
    return (size + 2 * border - apart * (window - 1) - 1) // step + 1


def loop_conv2d(x: Array, w: Array, b: Array, step: int = 1, border: int = 0, apart: int = 1, groups: int = 1) -> Array:
    batch, (outputs, per_group, rows, columns) = len(x), w.shape
    height, width = (extent(s, v, step, border, apart) for s, v in zip(x.shape[2:], w.shape[2:], strict=True))
    y = np.zeros((batch, outputs, height, width))
    for at, o, i, j in entries(y.shape):
        y[at, o, i, j] = b[o]
        for c, α, β in entries((per_group, rows, columns)):
            channel = o // (outputs // groups) * per_group + c
            seen = pixel(x[at, channel], i * step + α * apart - border, j * step + β * apart - border)
            y[at, o, i, j] += w[o, c, α, β] * seen
    return y


def loop_avg_pool2d(x: Array, rows: int, columns: int, step: int, border: int) -> Array:
    height, width = (extent(s, v, step, border, 1) for s, v in zip(x.shape, (rows, columns), strict=True))
    y = np.zeros((height, width))
    for i, j in entries(y.shape):
        for α, β in entries((rows, columns)):
            y[i, j] += pixel(x, i * step + α - border, j * step + β - border) / (rows * columns)
    return y


def random(*shape: int) -> Array:
    return rng.standard_normal(shape)


SETTINGS = [
    {},
    {"step": 2},
    {"border": 1},
    {"apart": 2},
    {"groups": 2},
    {"groups": 4},
    {"step": 3, "border": 2},
    {"step": 2, "border": 3, "apart": 2, "groups": 2},
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_conv2d_with_all_parameters_symbolic(settings: dict[str, int]) -> None:
    groups = settings.get("groups", 1)
    per_group = sizes("per_group")
    x, w, b = Tensor("X", (B, C, m, n)), Tensor("W", (O, per_group, k, l)), Tensor("b", (O,))
    function = lambdify(conv2d(x, w, b, stride=stride, padding=padding, dilation=dilation, groups=g))
    arrays = {"X": random(2, 4, 7, 8), "W": random(4, 4 // groups, 3, 2), "b": random(4)}
    found = function(
        **arrays,
        stride=settings.get("step", 1),
        padding=settings.get("border", 0),
        dilation=settings.get("apart", 1),
        g=groups,
    )
    np.testing.assert_allclose(found, loop_conv2d(*arrays.values(), **settings), atol=1e-12)


@pytest.mark.parametrize("settings", SETTINGS)
def test_conv2d_with_literal_parameters(settings: dict[str, int]) -> None:
    groups = settings.get("groups", 1)
    names = {"step": "stride", "border": "padding", "apart": "dilation", "groups": "groups"}
    x, w = Tensor("X", (B, 4, m, n)), Tensor("W", (4, 4 // groups, 3, 3))
    function = lambdify(conv2d(x, w, **{names[name]: value for name, value in settings.items()}))
    arrays = {"X": random(1, 4, 9, 8), "W": random(4, 4 // groups, 3, 3)}
    expected = loop_conv2d(*arrays.values(), np.zeros(4), **settings)
    np.testing.assert_allclose(function(**arrays), expected, atol=1e-12)


def test_conv2d_with_different_strides_and_paddings_of_the_axes() -> None:
    function = lambdify(conv2d(Tensor("X", (m, n)), Tensor("W", (k, l)), stride=(2, 3), padding=(1, 0)))
    x, w = random(6, 7), random(3, 2)
    bordered = np.pad(x, ((1, 1), (0, 0)))
    expected = [
        [np.sum(bordered[i : i + 3, j : j + 2] * w) for j in range(0, 7 - 2 + 1, 3)] for i in range(0, 8 - 3 + 1, 2)
    ]
    np.testing.assert_allclose(function(X=x, W=w), expected, atol=1e-12)


def test_conv2d_of_images_without_a_batch() -> None:
    function = lambdify(conv2d(Tensor("X", (C, m, n)), Tensor("W", (O, C, k, k)), Tensor("b", (O,)), padding=1))
    x, w, b = random(3, 5, 4), random(2, 3, 3, 3), random(2)
    np.testing.assert_allclose(function(X=x, W=w, b=b), loop_conv2d(x[None], w, b, border=1)[0], atol=1e-12)


@pytest.mark.parametrize(("rows", "columns", "step", "border"), [(2, 3, 2, 0), (3, 3, 1, 1), (1, 2, 3, 0)])
def test_avg_pool2d(rows: int, columns: int, step: int, border: int) -> None:
    pooled = avg_pool2d(Tensor("X", (m, n)), (k, l), stride=stride, padding=padding)
    x = random(6, 7)
    found = lambdify(pooled)(X=x, k=rows, l=columns, stride=step, padding=border)
    np.testing.assert_allclose(found, loop_avg_pool2d(x, rows, columns, step, border), atol=1e-12)


def test_avg_pool2d_leaves_out_what_does_not_fill_a_window() -> None:
    x = random(2, 5, 7)
    found = lambdify(avg_pool2d(Tensor("X", (C, m, n)), k))(X=x, k=3)
    np.testing.assert_allclose(found, [loop_avg_pool2d(each, 3, 3, 3, 0) for each in x], atol=1e-12)


def test_pad_and_subsample() -> None:
    x = random(2, 3, 4)
    image = Tensor("X", (C, m, n))
    np.testing.assert_array_equal(
        lambdify(pad(image, (1, padding)))(X=x, padding=2), np.pad(x, ((0, 0), (1, 1), (2, 2)))
    )
    np.testing.assert_array_equal(lambdify(subsample(image, stride))(X=x, stride=2), x[:, ::2, ::2])
    np.testing.assert_array_equal(
        lambdify(subsample(pad(image, 1), 2))(X=x), np.pad(x, ((0, 0), (1, 1), (1, 1)))[:, ::2, ::2]
    )


def test_matrix_algebra() -> None:
    a, b, v = Tensor("A", (m, k)), Tensor("B", (k, n)), Tensor("v", (n,))
    x, y, z = random(3, 4), random(4, 2), random(2)
    np.testing.assert_allclose(lambdify(a @ b)(A=x, B=y), x @ y)
    np.testing.assert_allclose(lambdify((a @ b).T)(A=x, B=y), (x @ y).T)
    np.testing.assert_allclose(lambdify(a @ b @ v)(A=x, B=y, v=z), x @ y @ z)
    np.testing.assert_allclose(lambdify(b.T @ a.T - 2 * (a @ b).T)(A=x, B=y), -(x @ y).T)
    np.testing.assert_allclose(lambdify(a * a / 3 + 1)(A=x), x * x / 3 + 1)


def test_an_origin_of_0_changes_no_array() -> None:
    x, w = random(5, 6), random(2, 3)
    of_origin = [
        lambdify(conv2d(Tensor("X", (m, n), origin), Tensor("W", (k, l), origin), stride=2, padding=1))
        for origin in (0, 1)
    ]
    np.testing.assert_array_equal(*(function(X=x, W=w) for function in of_origin))
