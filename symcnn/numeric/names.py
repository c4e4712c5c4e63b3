"""What tensors are called in generated code and in its messages."""

from __future__ import annotations

from ..language.tensors import Tensor


def variable_name(tensor: Tensor) -> str:
    """What a tensor is called in generated code, before it is made an identifier."""
    if tensor.name is not None:
        return tensor.name
    if tensor.operation is not None:
        return tensor.operation.name
    return "W" if tensor.literal is not None else "Y"


def shown_name(tensor: Tensor) -> str:
    """What a tensor is called in messages."""
    if tensor.name is not None or tensor.operation is None:
        return variable_name(tensor)
    parts = (
        *map(shown_name, tensor.operation.arguments),
        *(f"{k}={v}" for k, v in tensor.operation.parameters),
    )
    return f"{tensor.operation.name}({', '.join(parts)})"
