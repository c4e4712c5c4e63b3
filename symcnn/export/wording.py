"""The parts of a claim in words, before they are put into sentences."""

from __future__ import annotations

from dataclasses import dataclass

from .given import Layers, Supposition

#: entries that are 0, and the ranges of their indices outside of which they are
Outside = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Wording:
    """The parts of a claim, each a formula without dollar signs.

    `outside` holds, for tensors that are 0 out of their range, the entry and the ranges of its indices: first
    those that are given, then those that are computed; `helpers` are definitions that only the proof needs;
    `matrices` is the equation without indices, of derivatives."""

    sizes: tuple[str, ...]
    about_sizes: tuple[str, ...]
    tensors: tuple[str, ...]
    outside: tuple[Outside, ...]
    definitions: tuple[str, ...]
    outside_later: tuple[Outside, ...]
    about_entries: tuple[str, ...]
    sides: tuple[str, str]
    ranges: tuple[str, ...]
    helpers: tuple[str, ...]
    entries_left_out: tuple[str, ...]
    has_brackets: bool
    functions: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()
    layers: Layers | None = None
    suppositions: tuple[Supposition, ...] = ()
    matrices: str = ""
    sign: str = " = "
