"""The proofs that forgeries start from: the catalogue, and the small theorems in which every rule and node is."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests" / "helpers"))

from small_theorems import THEOREMS

from symcnn.kernel import decode, encode
from symcnn.theorems import entries

from .trees import Theorem


@dataclass(frozen=True)
class Source:
    """A proof file and its name."""

    name: str
    text: str


@cache
def sources() -> tuple[Source, ...]:
    """All proof files, always in the same order; the catalogue is proved for this."""
    small = tuple(Source(name, encode(*build())) for name, build in THEOREMS.items())
    return (*(Source(entry.name, entry.prove().to_json()) for entry in entries()), *small)


@cache
def theorem_of(source: Source) -> Theorem:
    """What a proof file holds."""
    return Theorem(*decode(source.text))
