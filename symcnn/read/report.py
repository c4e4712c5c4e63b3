"""What checking a document finds: a verdict for every equation, and what was inferred to reach it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..refute import Counterexample
    from ..theorem import Theorem


class Verdict(StrEnum):
    """What is said of an equation."""

    PROVED = "proved"
    DEFINED = "defined"
    REFUTED = "refuted"
    NOT_CHECKABLE = "not checkable"


@dataclass(frozen=True)
class Edit:
    """One small change with which an equation is proved: the equation as it would be, and what was changed."""

    latex: str
    words: str  # "y_ℓ for y_L in the denominator"

    def __str__(self) -> str:
        return f"{self.words}: {self.latex}"


@dataclass(frozen=True)
class Finding:
    """One equation of a document: a definition, a declaration, a claim, or one link of a chain of claims."""

    line: int  # from 1, where the equation begins
    column: int  # from 1
    latex: str
    verdict: Verdict
    reason: str
    display: int | None = None  # the number of the display that it stands in, from 1; None where it stands in a line
    suggestion: Edit | None = None
    remarks: tuple[str, ...] = ()
    is_second_definition: bool = False
    theorem: Theorem | None = field(default=None, compare=False)
    counterexample: Counterexample | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Inference:
    """Something that the document does not say and that was taken from how it writes, so that a reader can object."""

    line: int
    text: str  # "X is a tensor with 2 indices, of size m x n: it is read at X_{i,j}"


@dataclass(frozen=True)
class Report:
    """All findings of a document, in the order in which they stand there, and all inferences."""

    path: str
    findings: tuple[Finding, ...]
    inferences: tuple[Inference, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many equations have this verdict."""
        return sum(finding.verdict is verdict for finding in self.findings)

    @property
    def second_definitions(self) -> int:
        """How many equations define what was defined before, and open a new scope."""
        return sum(finding.is_second_definition for finding in self.findings)

    @property
    def is_refuted(self) -> bool:
        """Whether anything in the document is refuted."""
        return self.count(Verdict.REFUTED) > 0
