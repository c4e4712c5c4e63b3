"""One mistake: a place, and what stands there instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FORMULA, SOURCE = "formula", "source"
Path = tuple[Any, ...]


@dataclass(frozen=True)
class Slip:
    """A mistake of some kind: `new` stands at `path`. `change` says so to a reader."""

    level: str
    kind: str
    change: str
    path: Path
    new: Any


def apart(first: Slip, second: Slip) -> bool:
    """Whether both mistakes can be made at once: neither stands inside the other."""
    shorter = min(len(first.path), len(second.path))
    return first.level == second.level and first.path[:shorter] != second.path[:shorter]
