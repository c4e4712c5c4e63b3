"""Documents in pieces: displays and formulas in lines, with the places where they stand, and declarations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMathNode, LatexNode, LatexWalker, LatexWalkerParseError

from ..errors import ParseError

LONGEST_DOCUMENT = 1_000_000  # characters
MOST_FORMULAS = 5_000
_DISPLAYS = "equation align gather multline alignat eqnarray displaymath flalign"
DISPLAYS = frozenset(name + star for name in _DISPLAYS.split() for star in ("", "*"))
_DECLARATION = re.compile(r"%[ \t]*symcnn:[ \t]*([^\n]*)")
_LITERAL = r"verbatim\*?|Verbatim\*?|BVerbatim|LVerbatim|lstlisting|minted|comment|filecontents\*?|alltt"
_LATEX = re.compile(
    r"(?P<comment>%[^\n]*)"
    rf"|\\begin\s*\{{(?P<literal>{_LITERAL})\}}"
    r"|(?P<off>\\iffalse(?![A-Za-z]).*?\\(?:fi|else)(?![A-Za-z]))"
    r"|\\(?:verb\*?|lstinline(?:\[[^\]\n]*\])?|mintinline\{\w+\})(?P<bar>[^\sA-Za-z{*])[^\n]*?(?P=bar)"
    r"|\\.",
    re.DOTALL,
)
_MARKDOWN = re.compile(
    r"(?m:^(?P<fence> {0,3}(?:`{3,}|~{3,})))|(?P<ticks>`+)|<!--(?P<comment>)|(?P<display>\$\$)|(?P<inline>\$)"
    rf"|\\begin\{{(?P<environment>(?:{'|'.join(_DISPLAYS.split())})\*?)\}}|(?P<bracket>\\[\[(])|\\.",
    re.DOTALL,
)
_DOLLAR = re.compile(r"\\.|\$|\n[ \t]*\n", re.DOTALL)
_DOLLARS = re.compile(r"\\.|\$\$", re.DOTALL)
_TICKS = re.compile(r"`+")


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


# Markdown


def _markdown(text: str) -> Iterator[Piece]:
    runs = _TickRuns(text)
    at = 0
    while match := _MARKDOWN.search(text, at):
        at, kind = match.end(), match.lastgroup
        if kind == "fence":
            start, at = at, _fence_end(text, match)
            language, newline, code = text[start:at].partition("\n")
            if language.strip() == "math" and newline:
                inside = code.rpartition("\n")[0]
                yield Piece("display", inside, start + len(language) + 1)
        elif kind == "ticks":
            at = runs.closing(match)
        elif kind == "comment":
            closing = text.find("-->", at)
            if closing < 0:
                raise ParseError("the comment is not closed: there is no -->", text, match.start())
            head, colon, what = text[at:closing].partition("symcnn:")
            if colon and not head.strip():
                yield Piece("declaration", what, at + len(head) + len(colon))
            at = closing + 3
        elif kind in ("environment", "bracket"):
            closed = _closing(text, match)
            if closed is not None:
                yield closed
                at = closed.start + len(closed.text)
        elif kind in ("display", "inline"):
            end: int | None = _display_end(text, match) if kind == "display" else _inline_end(text, match)
            if end is not None and text[at:end].strip():
                yield Piece(kind, text[at:end], at)
            at = at if end is None else end + len(match[0])


def _closing(text: str, opening: re.Match[str]) -> Piece | None:
    """What TeX takes for a formula, though not in dollars. None where it is not closed: a bracket may be an escape"""
    name = opening["environment"]
    if name is not None:
        end = text.find(rf"\end{{{name}}}", opening.end())
        return Piece("display", text[opening.start() : end + len(name) + 6], opening.start()) if end >= 0 else None
    end = text.find({r"\[": r"\]", r"\(": r"\)"}[opening[0]], opening.end())
    kind = "display" if opening[0] == r"\[" else "inline"
    if kind == "display" and not re.search(r"[=<>]|\\[A-Za-z]", text[opening.end() : max(end, 0)]):
        return None  # \[1\] is a bracket in Markdown
    return Piece(kind, text[opening.end() : end], opening.end()) if end >= 0 else None


def _fence_end(text: str, opening: re.Match[str]) -> int:
    """Where a block of code ends: with a line of as many signs or more, or with the document"""
    signs = opening["fence"].strip()
    closing = re.compile(rf"(?m)^ {{0,3}}{signs[0]}{{{len(signs)},}}[ \t]*$").search(text, opening.end())
    return closing.end() if closing else len(text)


class _TickRuns:
    """Where the runs of backticks of a document are, by their length."""

    def __init__(self, text: str) -> None:
        self._starts: dict[int, list[int]] = {}
        for run in _TICKS.finditer(text):
            self._starts.setdefault(len(run[0]), []).append(run.start())

    def closing(self, opening: re.Match[str]) -> int:
        """Where the code ends that begins with a run: behind the next one of its length, or at once"""
        starts = self._starts.get(len(opening[0]), [])
        number = bisect_left(starts, opening.end())
        return starts[number] + len(opening[0]) if number < len(starts) else opening.end()


def _display_end(text: str, opening: re.Match[str]) -> int:
    """Where a display ends. Raises `ParseError` if it does not."""
    for found in _DOLLARS.finditer(text, opening.end()):
        if found[0] == "$$":
            return found.start()
    raise ParseError("$$ is not closed", text, opening.start())


def _inline_end(text: str, opening: re.Match[str]) -> int | None:
    """Where a formula ends: None for a dollar that is a price or stands alone.

    Raises `ParseError` where a formula is not closed in its paragraph.
    """
    at = opening.end()
    after = text[at : at + 1]
    if not after or after.isspace():
        return None
    closing = next((found for found in _DOLLAR.finditer(text, at) if found[0][0] != "\\"), None)
    if closing is not None and closing[0] == "$":
        price = after.isdigit() and text[closing.start() - 1].isspace()
        return None if price else closing.start()
    if after.isdigit():
        return None
    raise ParseError("$ is not closed in its paragraph", text, opening.start())


# LaTeX


def _latex(text: str) -> Iterator[Piece]:
    plain, declared = _without_literals(text)
    yield from declared
    try:
        nodes, _, _ = LatexWalker(_without_preamble(plain), tolerant_parsing=False).get_latex_nodes()
    except LatexWalkerParseError as error:
        message = str(error.msg).partition("\n")[0]
        raise ParseError(message, text, min(error.pos or 0, len(text))) from None
    except RecursionError:
        raise ParseError("the document has too many groups within each other", text, 0) from None
    yield from _within(nodes, text)


def _without_literals(text: str) -> tuple[str, list[Piece]]:
    """The document with spaces instead of what is printed as it stands, and of comments, and its declarations.

    Raises `ParseError` where such an environment does not end.
    """
    parts: list[str] = []
    declared: list[Piece] = []
    at = done = 0
    while match := _LATEX.search(text, at):
        at = match.end()
        if match["comment"] is not None:
            said = _DECLARATION.fullmatch(match[0])
            declared += [Piece("declaration", said[1], match.start() + said.start(1))] if said else []
        elif match["literal"] is not None:
            at = _literal_end(text, match)
        elif match["bar"] is None and match["off"] is None:
            continue
        parts += [text[done : match.start()], _blank(text[match.start() : at])]
        done = at
    return "".join((*parts, text[done:])), declared


def _literal_end(text: str, opening: re.Match[str]) -> int:
    closing = rf"\end{{{opening['literal']}}}"
    end = text.find(closing, opening.end())
    if end < 0:
        raise ParseError(f"{opening['literal']} is not closed", text, opening.start())
    return end + len(closing)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _without_preamble(text: str) -> str:
    """The document, in which the preamble cannot be taken for formulas"""
    begin = text.find(r"\begin{document}")
    return text if begin < 0 else _blank(text[:begin]) + text[begin:]


def _within(nodes: Sequence[LatexNode | None] | None, text: str) -> Iterator[Piece]:
    for node in nodes or []:
        if isinstance(node, LatexMathNode):
            opening, closing = node.delimiters
            kind = "inline" if node.displaytype == "inline" else "display"
            start = node.pos + len(opening)
            yield Piece(kind, text[start : node.pos + node.len - len(closing)], start)
        elif isinstance(node, LatexEnvironmentNode) and node.environmentname in (*DISPLAYS, "math"):
            kind = "inline" if node.environmentname == "math" else "display"
            yield Piece(kind, text[node.pos : node.pos + node.len], node.pos)
        elif node is not None:
            yield from _within(getattr(node, "nodelist", None), text)
            arguments = getattr(getattr(node, "nodeargd", None), "argnlist", None)
            yield from _within(arguments, text)
