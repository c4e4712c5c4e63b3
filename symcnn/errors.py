"""Every exception a user can meet. All of them are `SymcnnError`; each message is one that a person can act on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .kernel.rejected import Rejected

if TYPE_CHECKING:
    from .decision import Verdict

__all__ = [
    "IllFormed",
    "LanguageError",
    "NameClash",
    "NoKernel",
    "NotProved",
    "NumericMismatch",
    "ParseError",
    "Rejected",
    "ShapeError",
    "SymcnnError",
    "UnequalExtents",
    "UnknownName",
    "Vacuous",
]


class SymcnnError(Exception):
    """Anything that this package refuses."""


class LanguageError(SymcnnError):
    """An expression outside the language; the message names the part."""


class ShapeError(SymcnnError):
    """Ranks or numbers of indices that do not fit together; the message shows both."""


class NameClash(SymcnnError):
    """Two different objects with one name in one statement."""


class IllFormed(SymcnnError):
    """A statement that relies on a convention: a read out of range, a reversed sum, a divisor that may be 0.

    The message looks for a hypothesis that would help, which takes time: it is a function, called when it is read.
    """

    def __init__(self, message: str | Callable[[], str]) -> None:
        super().__init__(message)
        self._message = message

    def __str__(self) -> str:
        if not isinstance(self._message, str):
            self._message = self._message()
        return self._message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[type[IllFormed], tuple[str]]:
        return type(self), (str(self),)


class UnequalExtents(IllFormed):
    """A statement in which shapes do not fit: nothing shows that two extents are equal."""


class Vacuous(SymcnnError):
    """A statement whose hypotheses nothing was found to satisfy."""


class UnknownName(SymcnnError):
    """A theorem that is not in the catalogue; the message gives the nearest name."""


class NoKernel(SymcnnError):
    """No convolution kernel computes a tensor, or more than one does; the message says which."""


class NumericMismatch(SymcnnError):
    """The two sides of a statement differ on a random instance."""


class NotProved(SymcnnError):
    """`prove` found no proof; `verdict` is the `Refuted` or `Undecided` that `decide` gives."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict


class ParseError(SymcnnError):
    """A text that cannot be read: `line` and `column` (from 1) and a caret say where."""

    def __init__(self, message: str, source: str, offset: int) -> None:
        start = source.rfind("\n", 0, offset) + 1
        self.line = source.count("\n", 0, offset) + 1
        self.column = offset - start + 1
        self.message = message
        self._source, self._offset = source, offset
        shown, before = _around(source, start, offset)
        super().__init__(f"line {self.line}, column {self.column}: {message}\n{shown}\n{' ' * before}^")

    def within(self, source: str) -> ParseError:
        """The same, where the text was a part of this one that has each sign at its place."""
        return ParseError(self.message, source, self._offset)

    def __reduce__(self) -> tuple[type[ParseError], tuple[str, str, int]]:
        return type(self), (self.message, self._source, self._offset)


def _around(source: str, start: int, offset: int, width: int = 60) -> tuple[str, int]:
    """The line around a place, cut where it is long, and how much of it stands before the place"""
    end = source.find("\n", start)
    line = source[start : end if end >= 0 else len(source)].replace("\t", " ")
    first = max(0, offset - start - width)
    return line[first : first + 2 * width], offset - start - first
