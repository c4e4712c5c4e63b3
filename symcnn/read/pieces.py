"""Documents in pieces: displays and formulas in lines, with the places where they stand, declarations, and macros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import ParseError
from .latex_formulas import latex_formulas
from .macro_definitions import macros_of
from .macro_scopes import Known
from .markdown import markdown
from .typeset import Span, typeset, without

LONGEST_DOCUMENT = 1_000_000  # characters
MOST_FORMULAS = 5_000


@dataclass(frozen=True)
class Piece:
    """A formula or a declaration of a document; `start` is where its text begins there."""

    kind: str  # display, inline, declaration
    text: str
    start: int
    number: int | None = None  # of a display, from 1


@dataclass(frozen=True)
class Apart:
    """A document taken apart."""

    pieces: tuple[Piece, ...]
    macros: tuple[Known, ...]


def pieces(text: str, is_latex: bool) -> tuple[Piece, ...]:
    """The formulas and declarations of a document, in order. Raises what `apart` raises."""
    return apart(text, is_latex).pieces


def apart(text: str, is_latex: bool) -> Apart:
    """The formulas and declarations of a document, in order, and its macros.

    Raises `ParseError` for a document that is too long, or in which a display does not end.
    """
    if len(text) > LONGEST_DOCUMENT:
        raise ParseError(f"the document has more than {LONGEST_DOCUMENT} characters", text, LONGEST_DOCUMENT)
    try:
        return _latex(text) if is_latex else _markdown(text)
    except ParseError as error:
        raise error.within(text) from None  # parts that are not typeset are spaces where it was found


def _latex(text: str) -> Apart:
    shown = typeset(text)
    defined = macros_of(shown.text)
    formulas = latex_formulas(without(shown.without_preamble, list(defined.spans)))
    return Apart(_pieces(text, (*shown.declared, *formulas)), defined.macros)


def _markdown(text: str) -> Apart:
    spans = list(markdown(text))
    shown = without(text, [(start, end) for kind, start, end in spans if kind == "hidden"])
    found = [each for each in spans if each.kind != "hidden"]
    return Apart(_pieces(text, found), macros_of(shown, is_latex=False).macros)


def _pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    found = sorted(spans, key=lambda span: span.start)
    if len(found) > MOST_FORMULAS:
        raise ParseError(f"the document has more than {MOST_FORMULAS} formulas", text, found[MOST_FORMULAS].start)
    return tuple(_numbered(text, found))


def _numbered(text: str, found: list[Span]) -> Iterator[Piece]:
    count = 0
    for kind, start, end in found:
        count += kind == "display"
        yield Piece(kind, text[start:end], start, count if kind == "display" else None)
