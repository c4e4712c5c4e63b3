"""Operators as loops, one entry at a time, in exact numbers: what the index formulas are compared with.

Images are dictionaries from positions, counted from 0, to numbers.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product

Position = tuple[int, ...]
Array = dict[Position, Fraction]
Pair = tuple[int, int]


def array(shape: Position, entry: Callable[[Position], Fraction]) -> Array:
    """All entries of an array of this shape."""
    return {position: entry(position) for position in product(*map(range, shape))}


def shape_of(values: Mapping[Position, Fraction]) -> Position:
    """The extents of an array that is not empty."""
    return tuple(max(position[axis] for position in values) + 1 for axis in range(len(next(iter(values)))))


def pixel(image: Array, *position: int) -> Fraction:
    """The entry, 0 outside."""
    return image.get(position, Fraction(0))


def places(extent: int, window: int, stride: int, padding: int, dilation: int = 1) -> int:
    """How often a window fits, counted one place after the other."""
    count, last = 0, dilation * (window - 1)
    while count * stride + last < extent + 2 * padding:
        count += 1
    return count


def conv2d(
    x: Array,
    w: Array,
    bias: Array | None = None,
    stride: Pair = (1, 1),
    padding: Pair = (0, 0),
    dilation: Pair = (1, 1),
    groups: int = 1,
) -> Array:
    """A batch of images (N, C, m, n) and a kernel (O, C/groups, k, l)."""
    (batch, _, *extents), (outputs, channels, *window) = shape_of(x), shape_of(w)
    rows, columns = (places(*each) for each in zip(extents, window, stride, padding, dilation, strict=True))
    y = {}
    for number, o, i, j in product(range(batch), range(outputs), range(rows), range(columns)):
        total = Fraction(0) if bias is None else bias[(o,)]
        first = (o // (outputs // groups)) * channels
        for c, a, b in product(range(channels), *map(range, window)):
            row = i * stride[0] + a * dilation[0] - padding[0]
            column = j * stride[1] + b * dilation[1] - padding[1]
            total += w[o, c, a, b] * pixel(x, number, first + c, row, column)
        y[number, o, i, j] = total
    return y


def avg_pool2d(x: Array, window: Pair, stride: Pair, padding: Pair = (0, 0)) -> Array:
    """An image (m, n); zeros of the padding are counted."""
    rows, columns = (places(*each) for each in zip(shape_of(x), window, stride, padding, strict=True))
    y = {}
    for i, j in product(range(rows), range(columns)):
        total = Fraction(0)
        for a, b in product(*map(range, window)):
            total += pixel(x, i * stride[0] + a - padding[0], j * stride[1] + b - padding[1])
        y[i, j] = total / (window[0] * window[1])
    return y
