"""The formulas of a document, read: macros are put in, and rows that cannot be read do not hide the others."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..errors import ParseError
from .display import formula
from .macro_scopes import enter
from .macros import Macro, expand
from .pieces import LONGEST_DOCUMENT, Apart, Piece, apart
from .styles import bold_letters, declared_in_two_styles, in_two_styles
from .syntax import Bracketed, Chain, Formula, Statement

_ARRANGED = r"align|aligned|alignat|gather|gathered|split|equation|multline|eqnarray|flalign|displaymath"
_ARRANGING = re.compile(rf"\\(?:begin|end)\{{(?:{_ARRANGED})\*?\}}(?:\{{[0-9]\}})?")
_GOES_ON = re.compile(r"[-+*/]|\\(?:cdot|times|odot|pm|ast)(?![A-Za-z])")
_HAS_RELATION = re.compile(r"[=<>]|\\(?:in|le|ge|leq|geq|ne|neq)(?![A-Za-z])")
_UNSEEN = re.compile(r"&|\\q?quad(?![A-Za-z])|\\[hv]?(?:phantom|space\*?)\s*\{[^{}]*\}|\\[,;:! ]|~")
_QUOTE = re.compile(r"(?m)^[ \t]*>[ \t]?")


@dataclass(frozen=True)
class Place:
    """The text of a document, and lines and columns in it."""

    text: str

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def line(self, offset: int) -> int:
        """The line of a place, from 1."""
        return bisect_left(self._line_ends, offset) + 1

    def column(self, offset: int) -> int:
        """The column of a place, from 1."""
        return offset - self.text.rfind("\n", 0, offset)


@dataclass(frozen=True)
class Source:
    """A formula or declaration as it is read, and where in the document each of its signs stands."""

    kind: str  # display, inline, declaration; for inline ones supposition, explanation, foretold; marks: doubt, release
    text: str
    places: tuple[int, ...]
    number: int | None
    read: Formula | ParseError | None = None

    def at(self, offset: int) -> int:
        """Where in the document a sign stands."""
        return self.places[min(offset, len(self.places) - 1)] if self.places else 0

    @property
    def start(self) -> int:
        """Where in the document it begins."""
        return self.at(0)

    @property
    def end(self) -> int:
        """Where in the document it ends."""
        return self.at(len(self.text) - 1) + 1


def sources(text: str, is_latex: bool) -> tuple[Source, ...]:
    """The formulas and declarations of a document.

    Raises `ParseError` where the document cannot be taken apart.
    """
    found = apart(text, is_latex)
    if not is_latex:
        quoted = (replace(piece, text=_QUOTE.sub(_spaces, piece.text)) for piece in found.pieces)
        found = replace(found, pieces=tuple(quoted))
    made = tuple(_with_macros(text, found))
    two = declared_in_two_styles(source.text for source in made if source.kind != "declaration")
    return tuple(_with(each, _of_two_names(each.text)) if two & bold_letters(each.text) else each for each in made)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _with_macros(text: str, found: Apart) -> Iterator[Source]:
    """All pieces, each with the macros that are known where it stands. Raises `ParseError` if they are too long"""
    known: dict[str, Macro] = {}
    later = list(reversed(found.macros))
    length = 0
    for piece in found.pieces:
        while later and later[-1].place <= piece.start:
            enter(known, later.pop())
        for source in _read(piece, known):
            yield source
            length += len(source.text)
        if length > LONGEST_DOCUMENT:
            words = f"with their macros, the formulas of the document have more than {LONGEST_DOCUMENT} characters"
            raise ParseError(words, text, piece.start)


def _of_two_names(text: str) -> ParseError:
    letters = ", ".join(sorted(bold_letters(text)))
    return ParseError(f"bold and plain letters are read as one name, and {letters} may be two: rename one", text, 0)


def _read(piece: Piece, macros: Mapping[str, Macro]) -> Iterator[Source]:
    own = tuple(range(piece.start, piece.start + len(piece.text)))
    if piece.kind == "declaration":
        yield Source(piece.kind, piece.text, own, piece.number)
        return
    try:
        expanded = expand(piece.text, macros)
    except ParseError as error:
        yield Source(piece.kind, piece.text, own, piece.number, error)
        return
    places = tuple(piece.start + place for place in expanded.places)
    yield from _formulas(Source(piece.kind, expanded.text, places, piece.number))


def _formulas(source: Source) -> Iterator[Source]:
    """The formula, or its rows where it cannot be read as a whole"""
    read = _formula(source.text)
    rows = list(_rows(source)) if isinstance(read, ParseError) and _has_rows(source) else []
    if len(rows) > 1:
        yield from _apart([_with(row, _formula(row.text)) for row in rows])
    else:
        yield _with(source, read)


def _has_rows(source: Source) -> bool:
    """Whether rows of a display may be formulas of their own"""
    return source.kind == "display" and r"\begin{multline" not in source.text


def _apart(rows: list[Source]) -> list[Source]:
    """The rows one by one. One that goes on from the row above without a relation cannot be told from it: where it, or
    what it belongs to, cannot be read, neither can the other"""
    made = list(rows)
    for number in range(len(made) - 1, 0, -1):
        text = _UNSEEN.sub(" ", made[number].text).strip()
        if _GOES_ON.match(text) or not _HAS_RELATION.search(text):
            error = ParseError("goes on in the next row, which cannot be read by itself", made[number - 1].text, 0)
            made[number - 1] = _with(made[number - 1], error)
            made[number] = _with(made[number], ParseError("belongs to the row above", made[number].text, 0))
    return made


def _with(source: Source, read: Formula | ParseError) -> Source:
    return Source(source.kind, source.text, source.places, source.number, read)


def _formula(text: str) -> Formula | ParseError:
    if in_two_styles(text):
        return _of_two_names(text)
    try:
        return formula(text)
    except ParseError as error:
        return error


def _rows(source: Source) -> Iterator[Source]:
    """What stands between line breaks that are in no matrix and in no braces"""
    text = _ARRANGING.sub(lambda match: " " * len(match[0]), source.text)
    start, depth = 0, 0
    for match in re.finditer(r"\\begin\b|\\end\b|\\\\|\\.|[{}]", text, re.DOTALL):
        if match[0] in ("{", r"\begin"):
            depth += 1
        elif match[0] in ("}", r"\end"):
            depth -= 1
        elif match[0] == r"\\" and depth == 0:
            yield from _row(source, text, start, match.start())
            start = match.end()
    yield from _row(source, text, start, len(text))


def _row(source: Source, text: str, start: int, end: int) -> Iterator[Source]:
    if text[start:end].strip(" &\n\t,.;"):
        yield Source(source.kind, text[start:end], source.places[start:end], source.number)


# Statements


def _split_membership(statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """y = A x in R^m as y in R^m, y = A x"""
    for statement in statements:
        chain = statement.chain
        if isinstance(chain, Chain) and set(chain.relations[:-1]) == {"="} and chain.relations[-1] == "in":
            yield Statement(Chain((chain.items[0], chain.items[-1]), ("in",), span=chain.span), span=chain.span)
            chain = Chain(chain.items[:-1], chain.relations[:-1], span=chain.span)
        yield replace(statement, chain=chain)


def distributed(statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """x, y in R^n as x in R^n, y in R^n."""
    waiting: list[Statement] = []
    for statement in _split_membership(statements):
        chain = statement.chain
        if not isinstance(chain, Chain):
            waiting.append(statement)
            continue
        if chain.relations == ("in",):
            names = (replace(chain, items=(each.chain, chain.items[1]), span=each.span) for each in waiting)
            yield from (Statement(each, span=each.span) for each in names)
        else:
            yield from waiting
        waiting = []
        yield statement
    yield from waiting


def unwrapped(statement: Statement) -> Statement:
    """A statement in brackets, an aside with its conditions, without the brackets."""
    chain = statement.chain
    if isinstance(chain, Bracketed) and chain.kind == "(" and any(isinstance(each, Chain) for each in chain.items):
        main = [each for each in chain.items if isinstance(each, Chain)]
        return Statement(main[0], (*main[1:], *statement.conditions), span=statement.span)
    return statement


def is_aside(source: Source) -> bool:
    """Whether a display is a definition in brackets, which says what the equation before it speaks of."""
    made = source.read
    if not isinstance(made, Formula) or len(made.statements) != 1:
        return False
    chain = unwrapped(made.statements[0]).chain
    return chain is not made.statements[0].chain and isinstance(chain, Chain) and "=" in chain.relations
