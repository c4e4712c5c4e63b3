"""Operators: functions from tensors to a tensor, each an index formula and an output shape."""
