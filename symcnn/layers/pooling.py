"""Pooling, as `torch.nn.functional` has it."""

from __future__ import annotations

from typing import Any

from sympy import And, Expr, Integer, Sum

from ..errors import ShapeError
from ..language.maxima import IndexedMax
from ..language.tensors import Operation, Tensor
from .convolution import at_least, padded, pair, parameters, place, window_extent, window_indices


def avg_pool2d(x: Tensor, kernel_size: Any, stride: Any = None, padding: Any = 0) -> Tensor:
    """Y[c,i,j] = 1/(k l) sum_{α=1..k, β=1..l} X[c, s(i-1) + α - p, s(j-1) + β - p]

    The stride is the window itself unless given; zeros of the padding are counted. `x` is (m, n), (C, m, n) or
    (N, C, m, n). Raises `ShapeError` for other ranks, `LanguageError` for parameters that are no integers.
    """
    if not isinstance(x, Tensor):
        raise ShapeError(f"avg_pool2d takes a tensor, not {x!r}")
    if x.rank not in (2, 3, 4):
        raise ShapeError(f"avg_pool2d takes an image (m, n), (C, m, n) or (N, C, m, n), not {x!r}")
    k, p = pair(kernel_size, "kernel_size", 1), pair(padding, "padding", 0)
    s = k if stride is None else pair(stride, "stride", 1)
    image, origin = padded(x, p), x.origin
    shown_stride = {} if s == k else {"stride": (s, None)}

    def formula(*at: Any) -> Expr:
        alpha, beta = window_indices()
        row = place(at[-2], alpha, origin, s[0], p[0])
        column = place(at[-1], beta, origin, s[1], p[1])
        limits = [(index, Integer(origin), n + origin - 1) for index, n in zip((beta, alpha), k[::-1], strict=True)]
        return Sum(image[(*at[:-2], row, column)], *limits) / (k[0] * k[1])

    extents = (window_extent(*each) for each in zip(x.shape[-2:], k, s, p, strict=True))
    return Tensor.define(
        (*x.shape[:-2], *extents),
        formula,
        operation=Operation("avg_pool2d", (x,), parameters(kernel_size=(k, None), **shown_stride, padding=(p, 0))),
        requirements=(
            *at_least("avg_pool2d", 1, kernel_size=k, stride=s),
            *at_least("avg_pool2d", 0, padding=p),
        ),
        letters=("n", "c", "i", "j")[4 - x.rank :],
        origin=origin,
    )


def max_pool2d(x: Tensor, kernel_size: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1) -> Tensor:
    """Y[c,i,j] = max_{α=1..k, β=1..l} X[c, s(i-1) + d(α-1) + 1 - p, s(j-1) + d(β-1) + 1 - p], within the image

    The stride is the window itself unless given. Padding adds no zeros: the maximum is over the entries of the image
    that the window covers, so a window must cover one (p <= k/2 and p < d(k-1) + 1, say; `prove` asks for it). `x` is
    (m, n), (C, m, n) or (N, C, m, n). Raises `ShapeError` for other ranks, `LanguageError` for parameters that are no
    integers.
    """
    if not isinstance(x, Tensor):
        raise ShapeError(f"max_pool2d takes a tensor, not {x!r}")
    if x.rank not in (2, 3, 4):
        raise ShapeError(f"max_pool2d takes an image (m, n), (C, m, n) or (N, C, m, n), not {x!r}")
    k, p = pair(kernel_size, "kernel_size", 1), pair(padding, "padding", 0)
    s, d = k if stride is None else pair(stride, "stride", 1), pair(dilation, "dilation", 1)
    origin = x.origin
    shown_stride = {} if s == k else {"stride": (s, None)}

    def formula(*at: Any) -> Expr:
        offsets = window_indices()
        spots = [place(i, a, origin, *rest) for i, a, *rest in zip(at[-2:], offsets, s, p, d, strict=True)]
        limits = [(a, Integer(origin), n + origin - 1) for a, n in zip(offsets, k, strict=True)]
        bounds = zip(spots, x.shape[-2:], p, strict=True)
        inside = [c for spot, n, width in bounds if width != 0 for c in (spot >= origin, spot <= n + origin - 1)]
        return IndexedMax(x[(*at[:-2], *spots)], *limits, where=And(*inside) if inside else None)

    extents = (window_extent(*each) for each in zip(x.shape[-2:], k, s, p, d, strict=True))
    shown = parameters(kernel_size=(k, None), **shown_stride, padding=(p, 0), dilation=(d, 1))
    return Tensor.define(
        (*x.shape[:-2], *extents),
        formula,
        operation=Operation("max_pool2d", (x,), shown),
        requirements=(
            *at_least("max_pool2d", 1, kernel_size=k, stride=s, dilation=d),
            *at_least("max_pool2d", 0, padding=p),
        ),
        letters=("n", "c", "i", "j")[4 - x.rank :],
        origin=origin,
    )
