"""Layers by name: conv2d(X, W; padding 1), and pooling that is declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sympy import Dummy

from ..errors import LanguageError, ShapeError
from ..language.maxima import IndexedMax
from ..language.tensors import Tensor
from ..layers.convolution import conv2d, pad, subsample
from ..layers.pooling import avg_pool2d, max_pool2d
from .syntax import Bracketed, Node
from .values import Scalar, Value, described
from .world import Operator
from .written import latex

if TYPE_CHECKING:
    from .meaning import Meaning

_SETTINGS = {"window": "kernel_size", "kernel size": "kernel_size", "kernel_size": "kernel_size"}
OPERATORS: dict[str, Callable[..., Tensor]] = {
    "conv2d": conv2d, "avgpool": avg_pool2d, "avg_pool2d": avg_pool2d, "maxpool": max_pool2d, "max_pool2d": max_pool2d,
    "subsample": subsample, "pad": pad,
}  # fmt: skip


def operated(meaning: Meaning, word: str, brackets: Bracketed) -> Value:
    """conv2d(X, W; padding 1). Raises `LanguageError` for arguments that an operator has not."""
    arguments = [_tensor(meaning, each) for each in brackets.items]
    settings = {_setting(name): _setting_value(meaning, value) for name, value in brackets.settings}
    try:
        return OPERATORS[word](*arguments, **settings)
    except TypeError as error:
        raise LanguageError(f"{latex(brackets)} are no arguments of {word}") from error


def _setting(name: str) -> str:
    return _SETTINGS.get(name.strip(), name.strip())


def _setting_value(meaning: Meaning, node: Node) -> Any:
    if isinstance(node, Bracketed) and len(node.items) == 2:
        return tuple(map(meaning.integer, node.items))
    return meaning.integer(node)


def _tensor(meaning: Meaning, node: Node) -> Tensor:
    value = meaning.value(node)
    if not isinstance(value, Tensor):
        raise ShapeError(f"{latex(node)} is {described(value)}, and should be a tensor")
    return value


def pooled(meaning: Meaning, operator: Operator, value: Value) -> Value:
    """Pooling as it is declared, of a tensor. Raises `ShapeError` for what is no image, `LanguageError` for settings
    that do not fit."""
    if not isinstance(value, Tensor):
        raise ShapeError(f"pooling of {described(value)}")
    if operator.kind == "maximum":
        indices = tuple(Dummy(letter, integer=True) for letter in "abcd"[: value.rank])
        limits = [(i, value.origin, n + value.origin - 1) for i, n in zip(indices, value.shape, strict=True)]
        return Scalar.of(IndexedMax(value[indices], *limits))
    settings = {_setting(name): _setting_value(meaning, node) for name, node in operator.settings}
    if value.rank not in (2, 3, 4):
        raise LanguageError(f"pooling of {described(value)}: it is of images, with two indices or more")
    try:
        return OPERATORS[operator.kind](value, **settings)
    except TypeError as error:
        raise LanguageError("pooling is declared without a window, or with a setting that it has not") from error
