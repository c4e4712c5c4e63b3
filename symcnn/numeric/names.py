"""What tensors are called in generated code and in its messages."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterator

from ..language.tensors import Tensor


def variable_name(tensor: Tensor) -> str:
    """What a tensor is called in generated code, before it is made an identifier."""
    if tensor.name is not None:
        return tensor.name
    if tensor.operation is not None and tensor.operation.name == "layer":
        return variable_name(tensor.operation.arguments[0])
    if tensor.operation is not None:
        return tensor.operation.name
    return "W" if tensor.literal is not None else "Y"


def shown_name(tensor: Tensor) -> str:
    """What a tensor is called in messages."""
    if tensor.name is not None or tensor.operation is None:
        return variable_name(tensor)
    if tensor.operation.name == "layer":
        return str(tensor)
    parts = (
        *map(shown_name, tensor.operation.arguments),
        *(f"{k}={v}" for k, v in tensor.operation.parameters),
    )
    return f"{tensor.operation.name}({', '.join(parts)})"


def fresh(wanted: str, taken: set[str]) -> str:
    """An identifier like `wanted` that is not taken."""
    return next(name for name in _variants(identifier(wanted)) if name not in taken)


def _variants(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def identifier(name: str) -> str:
    """The name as Python reads it: normalised, a prime as _prime, other signs as _"""
    word = re.sub(r"\W", "_", unicodedata.normalize("NFKC", name).replace("'", "_prime"))
    return word if word.isidentifier() and not keyword.iskeyword(word) else f"_{word}"
