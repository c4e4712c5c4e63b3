"""What becomes of a text: it is read, refused with its place, or something is wrong."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from time import perf_counter
from types import FrameType

from symcnn.errors import ParseError
from symcnn.read.conditions import with_conditions
from symcnn.read.display import formula
from symcnn.read.pieces import pieces
from symcnn.read.sources import sources
from symcnn.read.written import latex

from .mutations import Document, document_changed, formula_changed
from .trees import soup, tree

SECONDS = 2.0  # for one text
READ, REFUSED = "read", "refused"
KINDS = ("tree", "soup", "formula", "document")
MOST_REDUCTIONS = 1_500


class TooSlow(BaseException):
    """A text for which a reader took too long."""


@dataclass(frozen=True)
class Result:
    """What became of a case; `detail` says what is wrong, if anything is."""

    number: int
    kind: str
    outcome: str
    seconds: float
    text: str = ""
    detail: str = ""


def case(seed: int, number: int) -> Result:
    """What becomes of the case with a number."""
    random = Random(f"{seed} {number}")
    kind = random.choices(KINDS, (6, 5, 8, 1))[0]
    if kind == "document":
        document = document_changed(random)
        return _result(number, kind, document.text, lambda text: document_outcome(Document(text, document.is_latex)))
    made = {"tree": tree, "soup": soup, "formula": formula_changed}[kind](random)
    return _result(number, kind, made, formula_outcome)


def _result(number: int, kind: str, text: str, judge: Callable[[str], tuple[str, str]]) -> Result:
    start = perf_counter()
    outcome, detail = judge(text)
    seconds = perf_counter() - start
    if outcome in (READ, REFUSED):
        return Result(number, kind, outcome, seconds, text if seconds > 0.02 else "")
    small = reduced(text, lambda each: judge(each)[0] == outcome)
    return Result(number, kind, outcome, seconds, small, judge(small)[1] or detail)


def formula_outcome(text: str) -> tuple[str, str]:
    """What becomes of a formula, and what is wrong with that."""
    try:
        with within(SECONDS):
            return _formula(text)
    except TooSlow:
        return "too slow", f"more than {SECONDS} s"
    except Exception as error:
        return f"raises {type(error).__name__}", repr(error)[:300]


def _formula(text: str) -> tuple[str, str]:
    try:
        found = formula(text)
    except ParseError as error:
        return misplaced(error, text) or (REFUSED, error.message)
    for statement in found.statements:
        written = latex(statement)
        try:
            again = formula(written).statements
        except ParseError as error:
            return "printed, not read again", f"{written}\n{error}"
        if again != (statement,):
            return "printed, read as something else", f"{written}\n{statement}\n{again}"
    return READ, ""


def document_outcome(document: Document) -> tuple[str, str]:
    """What becomes of a document and all its formulas."""
    try:
        with within(SECONDS):
            found = pieces(*document)
    except ParseError as error:
        return misplaced(error, document.text) or (REFUSED, error.message)
    except TooSlow:
        return "too slow", f"more than {SECONDS} s"
    except Exception as error:
        return f"raises {type(error).__name__}", repr(error)[:300]
    for piece in found:
        if document.text[piece.start : piece.start + len(piece.text)] != piece.text:
            return "piece at a wrong place", repr(piece)
        outcome, detail = formula_outcome(piece.text) if piece.kind != "declaration" else (READ, "")
        if outcome not in (READ, REFUSED):
            return outcome, detail
    return _words(document)


def _words(document: Document) -> tuple[str, str]:
    """What becomes of the words around the formulas: what is read of them is blank, and nothing else changes"""
    try:
        with within(SECONDS):
            found = sources(*document)
            read, left = with_conditions(document.text, found)
    except TooSlow:
        return "too slow", f"more than {SECONDS} s"
    except Exception as error:
        return f"raises {type(error).__name__}", repr(error)[:300]
    formulas = [each for each in read if each.kind not in ("release", "doubt", "foretold")]
    if len(formulas) > len(found) or len(left) != len(document.text):
        return "words change their places", repr(left)
    pairs = zip(left, document.text, strict=True)
    changed = [new for new, old in pairs if new != old]
    return (READ, "") if set(changed) <= {" "} else ("words change", repr(left))


def misplaced(error: ParseError, text: str) -> tuple[str, str] | None:
    """What is wrong with where an error says that it is."""
    lines = text.split("\n")
    shown, caret = str(error).rsplit("\n", 2)[-2:]
    if not 1 <= error.line <= len(lines):
        return "wrong place", f"line {error.line} of {len(lines)}"
    line = lines[error.line - 1].replace("\t", " ")
    if not 1 <= error.column <= len(line) + 1:
        return "wrong place", f"column {error.column} of {len(line)}"
    if caret.strip(" ") != "^" or shown not in line or line[error.column - 1 :][:1] != shown[len(caret) - 1 :][:1]:
        return "wrong place", f"the caret does not stand below column {error.column}"
    return None


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises `TooSlow` in what takes longer."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def reduced(text: str, is_wrong: Callable[[str], bool]) -> str:
    """A text that is wrong in the same way, without what is not needed for that."""
    left, size = MOST_REDUCTIONS, max(1, len(text) // 2)
    while size and left > 0:
        at, before = 0, len(text)
        while at < len(text) and left > 0:
            shorter = text[:at] + text[at + size :]
            left -= 1
            if is_wrong(shorter):
                text = shorter
            else:
                at += size
        size = size if size == 1 and len(text) < before else size // 2
    return text
