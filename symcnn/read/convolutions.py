"""Signs between two tensors, read as correlations or convolutions of an image (left) with a kernel (right)."""

from __future__ import annotations

from sympy import Dummy, Expr, Sum

from ..errors import ShapeError
from ..language.tensors import Tensor
from .syntax import Node
from .values import Row, Value, described
from .world import Sign, World
from .written import latex


def signed(world: World, sign: str, left: Value, right: Value, node: Node) -> Value:
    """x * w, as the sign is declared: a correlation unless somebody says otherwise.

    valid: y_i = sum_a w_a x_{i+a-1}, for 1 <= i <= n-k+1; full: x is 0 outside, for 1-k < i <= n, counted from 1;
    same: full, of which the middle n entries are kept. A convolution has w_{k-a+1} for w_a.
    Raises `ShapeError` unless both have one rank.
    """
    if not isinstance(left, Tensor) or not isinstance(right, Tensor) or left.rank != right.rank:
        raise ShapeError(f"{latex(node)} is a convolution of {described(left)} with {described(right)}")
    read = world.signs.get(sign, Sign())
    kernel = flipped(right) if read.flipped else right
    return correlation(left, kernel if isinstance(kernel, Tensor) else right, read.extent)


def correlation(image: Tensor, kernel: Tensor, extent: str = "valid") -> Tensor:
    """The sums of an image, from every place on, times a kernel; `extent` says where the image is read as 0."""
    padding = [_padding(n, extent) for n in kernel.shape]
    source = image if extent == "valid" else image.extended()
    letters = ("i", "j", "p", "q")[: image.rank]

    def formula(*at: Expr) -> Expr:
        offsets = tuple(Dummy(letter, integer=True) for letter in ("a", "b", "c", "d")[: image.rank])
        places = (i + a - image.origin - p for i, a, p in zip(at, offsets, padding, strict=True))
        limits = [(a, image.origin, n + image.origin - 1) for a, n in zip(offsets, kernel.shape, strict=True)]
        return Sum(kernel[offsets] * source[tuple(places)], *reversed(limits))

    shape = (_extent(n, k, extent) for n, k in zip(image.shape, kernel.shape, strict=True))
    return Tensor.define(tuple(shape), formula, letters=letters, origin=image.origin)


def _padding(kernel: Expr, extent: str) -> Expr:
    if extent == "full":
        return kernel - 1
    return 0 if extent == "valid" else (kernel - 1) / 2


def _extent(image: Expr, kernel: Expr, extent: str) -> Expr:
    return {"valid": image - kernel + 1, "full": image + kernel - 1, "same": image}[extent]


def flipped(value: Value) -> Value:
    """The kernel with the order of its entries reversed along every axis. Raises `ShapeError` for a number."""
    if isinstance(value, Row):
        made = flipped(value.vector)
        return Row(made) if isinstance(made, Tensor) else value
    if not isinstance(value, Tensor):
        raise ShapeError(f"{described(value)} cannot be flipped")
    tensor = value

    def formula(*at: Expr) -> Expr:
        return tensor[tuple(n + 2 * tensor.origin - 1 - i for i, n in zip(at, tensor.shape, strict=True))]

    return Tensor.define(tensor.shape, formula, letters=("i", "j", "p", "q")[: tensor.rank], origin=tensor.origin)
