"""Convolution, padding and subsampling, as `torch.nn.functional` has them.

Convolution here is what deep learning calls so: cross-correlation, the kernel is not flipped
(Goodfellow, Bengio, Courville: Deep Learning, 2016, eq. 9.6).
"""

from __future__ import annotations

from typing import Any

from sympy import Dummy, Eq, Expr, Integer, S, Sum, floor
from sympy.logic.boolalg import BooleanAtom

from ..errors import LanguageError, ShapeError
from ..language.symbols import as_scalar, divides
from ..language.tensors import Operation, Requirement, Tensor, is_integer_like

Pair = tuple[Expr, Expr]


def pair(parameter: Any, name: str, least: int) -> Pair:
    """A parameter for both image axes: one integer, or two, and none below the least.

    Raises `LanguageError` for anything else.
    """
    values = tuple(parameter) if isinstance(parameter, (tuple, list)) else (parameter, parameter)
    if len(values) != 2:
        raise LanguageError(f"{name} must be one integer or two, not {parameter!r}")
    return single(values[0], name, least), single(values[1], name, least)


def single(parameter: Any, name: str, least: int) -> Expr:
    """A parameter that is one integer, not below the least. Raises `LanguageError` for anything else."""
    value = as_scalar(parameter, name)
    if not is_integer_like(value):
        raise LanguageError(f"{name} must be an integer, not {parameter!r}")
    if value.is_Integer and value < least:
        raise LanguageError(f"{name} must be at least {least}, not {parameter!r}")
    return value


def at_least(operator: str, least: int, **values: Pair | Expr) -> tuple[Requirement, ...]:
    """What an operator needs of the parameters that are not literal."""
    named = (
        (name, each) for name, value in values.items() for each in (value if isinstance(value, tuple) else (value,))
    )
    needs = ((value >= least, f"{operator} needs its {name} to be at least {least}") for name, value in named)
    return tuple(Requirement(*each) for each in needs if not isinstance(each[0], BooleanAtom))


def parameters(**values: tuple[Any, Any]) -> tuple[tuple[str, Any], ...]:
    """(name, value) of the parameters that are not at their default; a pair of equal numbers is one number."""
    shown = {name: (_one(value), default) for name, (value, default) in values.items()}
    return tuple((name, value) for name, (value, default) in shown.items() if value != default)


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) and value[0] == value[1] else value


def window_extent(extent: Expr, kernel: Expr, stride: Expr, padding: Expr, dilation: Expr = S.One) -> Expr:
    """floor((n + 2 padding - dilation (kernel - 1) - 1) / stride) + 1, the number of places of a window

    It is written with the 1 inside, which is n/k where the windows lie side by side and k divides n.
    """
    return floor((extent + 2 * padding - dilation * (kernel - 1) - 1 + stride) / stride)


def place(index: Expr, offset: Expr, origin: int, stride: Expr, padding: Expr, dilation: Expr = S.One) -> Expr:
    """Where window `index` reads at `offset`: stride (i - 1) + dilation (a - 1) + 1 - padding, for origin 1"""
    return stride * (index - origin) + dilation * (offset - origin) + origin - padding


def padded(image: Tensor, padding: Pair) -> Tensor:
    """The image, readable out of range if there is any padding."""
    return image if padding == (0, 0) else image.extended(0)


def window_indices() -> tuple[Dummy, Dummy]:
    """The two indices of a sum over a window, α and β."""
    return Dummy("α", integer=True), Dummy("β", integer=True)


def conv2d(
    x: Tensor,
    w: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: Any = 1,
) -> Tensor:
    """Y[o,i,j] = b[o] + sum_{c,α,β} W[o,c,α,β] X[c', s(i-1) + d(α-1) + 1 - p, s(j-1) + d(β-1) + 1 - p]

    c' = c if groups is 1; else c' = C g + c, where C is the number of channels of a group and g, counted from
    0, the group of output channel o. X is 0 outside of its range. `x` is (C, m, n) or (N, C, m, n) with `w`
    (O, C/groups, k, l), or `x` (m, n) with `w` (k, l) for one channel. Raises `ShapeError` for other ranks,
    `LanguageError` for parameters that are no integers, or below 1 (padding: below 0).
    """
    _check_ranks(x, w, bias)
    s, p, d = pair(stride, "stride", 1), pair(padding, "padding", 0), pair(dilation, "dilation", 1)
    image, origin, count = padded(x, p), x.origin, single(groups, "groups", 1)
    if x.rank == 2 and count != 1:
        raise LanguageError(f"conv2d of images without channels has no groups, here {groups}")
    spatial = tuple(window_extent(n, k, *rest) for n, k, *rest in zip(x.shape[-2:], w.shape[-2:], s, p, d, strict=True))
    batch, channels = x.rank - 3, x.rank > 2

    def formula(*at: Any) -> Expr:
        i, j = at[-2:]
        alpha, beta = window_indices()
        row = place(i, alpha, origin, s[0], p[0], d[0])
        column = place(j, beta, origin, s[1], p[1], d[1])
        window = [(beta, *_range(w, -1)), (alpha, *_range(w, -2))]
        if not channels:
            return Sum(w[alpha, beta] * image[row, column], *window)
        c, o = Dummy("c", integer=True), at[-3]
        channel = c if count == 1 else _group(o, w, count) * w.shape[1] + c
        read = image[(*at[:batch], channel, row, column)]
        total = Sum(w[o, c, alpha, beta] * read, *window, (c, *_range(w, 1)))
        return total if bias is None else total + bias[o]

    shown = parameters(stride=(s, 1), padding=(p, 0), dilation=(d, 1), groups=(count, 1))
    return Tensor.define(
        (*x.shape[: max(batch, 0)], *w.shape[: 1 if channels else 0], *spatial),
        formula,
        operation=Operation("conv2d", (x, w) if bias is None else (x, w, bias), shown),
        requirements=(
            *_channel_requirements(x, w, bias, count),
            *at_least("conv2d", 1, stride=s, dilation=d, groups=count),
            *at_least("conv2d", 0, padding=p),
        ),
        letters=("n", "o", "i", "j")[4 - max(x.rank, 2) :],
        origin=origin,
    )


def _range(tensor: Tensor, axis: int) -> Pair:
    return Integer(tensor.origin), tensor.shape[axis] + tensor.origin - 1


def _group(o: Expr, w: Tensor, groups: Expr) -> Expr:
    """The group, counted from 0, of output channel o"""
    return floor((o - w.origin) / floor(w.shape[0] / groups))


def _check_ranks(x: Tensor, w: Tensor, bias: Tensor | None) -> None:
    if not isinstance(x, Tensor) or not isinstance(w, Tensor) or not isinstance(bias, Tensor | None):
        raise ShapeError(f"conv2d takes tensors, not {x!r}, {w!r} and {bias!r}")
    if (x.rank, w.rank) not in ((2, 2), (3, 4), (4, 4)):
        raise ShapeError(
            f"conv2d takes an image (C, m, n) or (N, C, m, n) and a kernel (O, C, k, l), or two images (m, n)"
            f" and (k, l), not {x!r} and {w!r}"
        )
    if bias is not None and (bias.rank != 1 or x.rank == 2):
        raise ShapeError(f"the bias of conv2d has one index, the output channel; here it is {bias!r} for {x!r}")


def _channel_requirements(x: Tensor, w: Tensor, bias: Tensor | None, groups: Expr) -> tuple[Requirement, ...]:
    if x.rank == 2:
        return ()
    needs = []
    if w.shape[1] * groups != x.shape[-3]:
        equal = Eq(w.shape[1] * groups, x.shape[-3], evaluate=False)
        needs.append(
            Requirement(equal, f"conv2d: {x!r} has {x.shape[-3]} channels, {w!r} reads {w.shape[1]} in {groups} groups")
        )
    if groups != 1 and groups != w.shape[0]:
        condition = divides(groups, w.shape[0])
        needs.append(Requirement(condition, f"conv2d: {groups} groups must divide the {w.shape[0]} output channels"))
    if bias is not None and bias.shape[0] != w.shape[0]:
        equal = Eq(bias.shape[0], w.shape[0], evaluate=False)
        needs.append(Requirement(equal, f"conv2d: {bias!r} must have {w.shape[0]} entries"))
    return tuple(needs)


def pad(x: Tensor, padding: Any) -> Tensor:
    """Y[..., i, j] = X[..., i - p, j - p], 0 where that is out of range: p rows and columns on every side.

    Raises `ShapeError` if X has fewer than two indices, `LanguageError` for other parameters than integers.
    """
    _check_image(x, "pad")
    p, image = pair(padding, "padding", 0), x.extended(0)
    return Tensor.define(
        (*x.shape[:-2], x.shape[-2] + 2 * p[0], x.shape[-1] + 2 * p[1]),
        lambda *at: image[(*at[:-2], at[-2] - p[0], at[-1] - p[1])],
        operation=Operation("pad", (x,), parameters(padding=(p, None))),
        requirements=at_least("pad", 0, padding=p),
        letters=_letters(x),
        origin=x.origin,
    )


def subsample(x: Tensor, stride: Any) -> Tensor:
    """Y[..., i, j] = X[..., s(i-1) + 1, s(j-1) + 1]: every s-th row and column, the first one included.

    Raises `ShapeError` if X has fewer than two indices, `LanguageError` for other parameters than integers.
    """
    _check_image(x, "subsample")
    s = pair(stride, "stride", 1)
    extents = (floor((n - 1 + step) / step) for n, step in zip(x.shape[-2:], s, strict=True))
    return Tensor.define(
        (*x.shape[:-2], *extents),
        lambda *at: x[(*at[:-2], *(t * (i - x.origin) + x.origin for i, t in zip(at[-2:], s, strict=True)))],
        operation=Operation("subsample", (x,), parameters(stride=(s, None))),
        requirements=at_least("subsample", 1, stride=s),
        letters=_letters(x),
        origin=x.origin,
    )


def _check_image(x: Tensor, operator: str) -> None:
    if not isinstance(x, Tensor):
        raise ShapeError(f"{operator} takes a tensor, not {x!r}")
    if x.rank < 2:
        raise ShapeError(f"{operator} takes an image, with at least two indices, not {x!r}")


def _letters(x: Tensor) -> tuple[str, ...]:
    return ("n", "c", "i", "j")[4 - x.rank :] if x.rank <= 4 else ()
