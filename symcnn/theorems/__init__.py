"""The catalogue, in the order of a course. `from symcnn.theorems import NAME` proves NAME when first asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from ..errors import UnknownName
from ..theorem import Theorem
from .catalogue import Entry, entries_of, find, theorem

__all__ = ["CHAPTERS", "Entry", "entries", "find", "proved", "theorem"]

CHAPTERS = (
    "finite_differences",
    "average_pooling",
    "pointwise_convolution",
    "max_pooling",
    "backpropagation",
    "gradients",
)


@cache
def entries() -> tuple[Entry, ...]:
    """All theorems of the catalogue, chapter by chapter."""
    modules = (import_module(f"{__name__}.{chapter}") for chapter in CHAPTERS)
    return tuple(entry for module in modules for entry in entries_of(module))


@cache
def proved(name: str) -> Theorem:
    """The theorem of this name, proved once. Raises `UnknownName` if there is none."""
    return find(name, entries()).prove()


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    try:
        return proved(name)
    except UnknownName as error:
        raise AttributeError(str(error)) from error


def __dir__() -> list[str]:
    return sorted({*globals(), *(entry.name for entry in entries())})
