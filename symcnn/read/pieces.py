"""Documents in pieces: displays and formulas in lines, with the places where they stand, and declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMathNode, LatexNode, LatexWalker, LatexWalkerParseError

from ..errors import ParseError

LONGEST_DOCUMENT = 1_000_000  # characters
MOST_FORMULAS = 5_000
_DISPLAYS = "equation align gather multline alignat eqnarray displaymath math flalign"
DISPLAYS = frozenset(name + star for name in _DISPLAYS.split() for star in ("", "*"))
_COMMENT = re.compile(r"(?m)(?<!\\)%[ \t]*symcnn:[ \t]*(?P<what>[^\n]*)")
_MARKDOWN_COMMENT = re.compile(r"<!--\s*symcnn:(?P<what>.*?)-->", re.DOTALL)
_MARKDOWN = re.compile(
    r"(?P<code>(?m:^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)))|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<escaped>\\\$)|\$\$(?P<display>.+?)\$\$|(?<![\\$])\$(?![\s$])(?P<inline>(?:\\.|[^$\\])+?)\$",
    re.DOTALL,
)


@dataclass(frozen=True)
class Piece:
    """A formula or a declaration of a document; `start` is where its text begins there."""

    kind: str  # display, inline, declaration
    text: str
    start: int
    number: int | None = None  # of a display, from 1


def pieces(text: str, is_latex: bool) -> tuple[Piece, ...]:
    """The formulas and declarations of a document, in order.

    Raises `ParseError` for a document that is too long, or in which a display does not end.
    """
    if len(text) > LONGEST_DOCUMENT:
        raise ParseError(f"the document has more than {LONGEST_DOCUMENT} characters", text, LONGEST_DOCUMENT)
    found = sorted((_latex(text) if is_latex else _markdown(text)), key=lambda piece: piece.start)
    if len(found) > MOST_FORMULAS:
        raise ParseError(f"the document has more than {MOST_FORMULAS} formulas", text, found[MOST_FORMULAS].start)
    return tuple(_numbered(found))


def _numbered(found: list[Piece]) -> Iterator[Piece]:
    count = 0
    for piece in found:
        count += piece.kind == "display"
        yield replace(piece, number=count) if piece.kind == "display" else piece


def _markdown(text: str) -> Iterator[Piece]:
    for match in _MARKDOWN_COMMENT.finditer(text):
        yield Piece("declaration", match["what"], match.start("what"))
    for match in _MARKDOWN.finditer(text):
        for kind in ("display", "inline"):
            if match[kind] is not None:
                yield Piece(kind, match[kind], match.start(kind))


def _latex(text: str) -> Iterator[Piece]:
    for match in _COMMENT.finditer(text):
        yield Piece("declaration", match["what"], match.start("what"))
    try:
        nodes, _, _ = LatexWalker(_opaque(text), tolerant_parsing=False).get_latex_nodes()
    except LatexWalkerParseError as error:
        raise ParseError(str(error.msg), text, error.pos or 0) from None
    except RecursionError:
        raise ParseError("the document has too many groups within each other", text, 0) from None
    yield from _within(nodes, text)


def _opaque(text: str) -> str:
    """The document, in which the preamble cannot be taken for formulas"""
    begin = text.find(r"\begin{document}")
    return text if begin < 0 else re.sub(r"[^\n]", " ", text[:begin]) + text[begin:]


def _within(nodes: list[LatexNode | None] | None, text: str) -> Iterator[Piece]:
    for node in nodes or []:
        if isinstance(node, LatexMathNode):
            opening, closing = node.delimiters
            kind = "inline" if node.displaytype == "inline" else "display"
            start = node.pos + len(opening)
            yield Piece(kind, text[start : node.pos + node.len - len(closing)], start)
        elif isinstance(node, LatexEnvironmentNode) and node.environmentname in DISPLAYS:
            yield Piece("display", text[node.pos : node.pos + node.len], node.pos)
        elif node is not None:
            yield from _within(getattr(node, "nodelist", None), text)
            arguments = getattr(getattr(node, "nodeargd", None), "argnlist", None)
            yield from _within(arguments, text)
