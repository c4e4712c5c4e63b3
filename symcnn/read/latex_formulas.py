"""The formulas of LaTeX: pylatexenc takes apart what is left of a document without its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMathNode, LatexNode, LatexWalker, LatexWalkerParseError

from ..errors import ParseError
from .typeset import Span

MOST_MARKS = 60_000  # braces, dollars, environments: pylatexenc takes some 20 microseconds for each
_DISPLAYS = "equation align gather multline alignat eqnarray displaymath flalign"
DISPLAYS = frozenset(name + star for name in _DISPLAYS.split() for star in ("", "*"))
_PART = re.compile(
    r"(?P<mark>\\(?:begin|end)\s*\{[^{}\n]{0,100}\}|\\[A-Za-z]++\*?(?=\s*\{)|\\[\[\]()]|\$\$?|[{}])"
    r"|\\(?:[A-Za-z]+|.|$)"  # stands for nothing that could hold a formula
    r"|[^\\${}]+",
    re.DOTALL,
)


def latex_formulas(text: str) -> Iterator[Span]:
    """The formulas of a document of which only what is typeset is left.

    Raises `ParseError` where a group or a formula does not end, and for too many groups.
    """
    short = _Short(text)
    try:
        nodes, _, _ = LatexWalker(short.text, tolerant_parsing=False).get_latex_nodes()
    except LatexWalkerParseError as error:
        message = str(error.msg).partition("\n")[0]
        raise ParseError(message, text, short.place(error.pos or 0)) from None
    except RecursionError:
        raise ParseError("the document has too many groups within each other", text, 0) from None
    for kind, start, end in _within(nodes):
        yield Span(kind, short.place(start), short.place(end))


class _Short:
    """A document in which one sign stands for all words between two marks, so that pylatexenc is quick."""

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        self._places: list[int] = []
        marks = 0
        for match in _PART.finditer(text):
            marks += match["mark"] is not None
            if marks > MOST_MARKS:
                raise ParseError(f"the document has more than {MOST_MARKS} groups and formulas", text, match.start())
            part = match[0] if match["mark"] is not None else _sign_of(match[0])
            parts.append(part)
            self._places += range(match.start(), match.start() + len(part))
        self._places.append(len(text))
        self.text = "".join(parts)

    def place(self, short: int) -> int:
        """Where in the document a sign stands."""
        return self._places[min(short, len(self._places) - 1)]


def _sign_of(words: str) -> str:
    """One sign for words: a macro may take it for its argument, if it is none that separates"""
    return " " if words.isspace() or words[0] == "\\" else "x"


def _within(nodes: Sequence[LatexNode | None] | None) -> Iterator[Span]:
    for node in nodes or []:
        if isinstance(node, LatexMathNode):
            opening, closing = node.delimiters
            kind = "inline" if node.displaytype == "inline" else "display"
            yield Span(kind, node.pos + len(opening), node.pos + node.len - len(closing))
        elif isinstance(node, LatexEnvironmentNode) and node.environmentname in (*DISPLAYS, "math"):
            kind = "inline" if node.environmentname == "math" else "display"
            yield Span(kind, node.pos, node.pos + node.len)
        elif node is not None:
            yield from _within(getattr(node, "nodelist", None))
            arguments = getattr(getattr(node, "nodeargd", None), "argnlist", None)
            yield from _within(arguments)
