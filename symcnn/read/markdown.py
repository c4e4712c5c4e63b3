"""The formulas of Markdown and of plain text, and what in it is code, a comment or struck out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..errors import ParseError
from .latex_formulas import DISPLAYS
from .typeset import Span

_ENVIRONMENTS = "|".join(re.escape(name) for name in sorted(DISPLAYS, reverse=True))
_MARKDOWN = re.compile(
    r"(?m:^(?P<fence> {0,3}(?:`{3,}|~{3,})))|(?P<ticks>`+)|<!--(?P<comment>)|(?P<display>\$\$)|(?P<inline>\$)"
    rf"|\\begin\{{(?P<environment>{_ENVIRONMENTS})\}}|(?P<bracket>\\[\[(])"
    r"|(?m:^(?P<indented>(?: {4}| {0,3}\t)(?=[ \t]*\S)))|(?P<struck>(?<!~)~~(?!~))"
    r"|<(?P<tag>(?i:pre|code|del|s|strike|script|style|textarea))(?=[\s>])|\\.",
    re.DOTALL,
)
_DOLLAR = re.compile(r"\\.|\$|\n[ \t]*\n", re.DOTALL)
_DOLLARS = re.compile(r"\\.|\$\$", re.DOTALL)
_TICKS = re.compile(r"`+")
_BRACKETS = {
    "[]": re.compile(r"\\\\|\\[\[\]]"),
    "()": re.compile(r"\\\\|\\[()]"),
}
_STRIKE = re.compile(r"(?<!~)~~(?!~)|\n[ \t]*\n")
_FORMULA = re.compile(r"[=<>]|\\[A-Za-z]")
_MARKER = re.compile(r"[ \t]*(?:>[ \t]*)*(?:[-*+]|[0-9]{1,9}[.)])[ \t]")


Found = tuple[int, list[Span]]


def markdown(text: str) -> Iterator[Span]:
    """The formulas and declarations of a document, and what is not typeset, in order.

    Raises `ParseError` where one of them does not end.
    """
    reader = _Reader(text)
    at = 0
    while match := _MARKDOWN.search(text, at):
        at, found = reader.read(match)
        yield from found


class _Reader:
    """Reads what begins at a place: where it ends, and what it is."""

    def __init__(self, text: str) -> None:
        self.text, self.runs, self.code = text, _TickRuns(text), code_lines(text)

    def read(self, match: re.Match[str]) -> Found:
        """What begins with a match, and where it ends."""
        match match.lastgroup:
            case "fence":
                return self._fenced(match)
            case "ticks":
                return self._hidden(match, self.runs.closing(match))
            case "comment":
                return self._comment(match)
            case "tag":
                return self._hidden(match, self._behind(match, f"</{match['tag']}>".lower()))
            case "struck":
                return self._struck(match)
            case "indented" if match.start() in self.code:
                return self._hidden(match, _line_end(self.text, match.end()))
            case "environment" | "bracket":
                return _closed(self.text, match)
            case "display":
                return self._formula(match, _display_end(self.text, match))
            case "inline":
                return self._formula(match, _inline_end(self.text, match))
        return match.end(), []

    def _hidden(self, opening: re.Match[str], end: int) -> Found:
        return end, [Span("hidden", opening.start(), end)]

    def _formula(self, opening: re.Match[str], end: int | None) -> Found:
        start, kind = opening.end(), str(opening.lastgroup)
        if end is None:
            return start, []
        shown = self.text[start:end].strip()
        return end + len(opening[0]), [Span(kind, start, end)] if shown else []

    def _fenced(self, opening: re.Match[str]) -> Found:
        """Code, or a display if its language is math"""
        start, end = opening.end(), _fence_end(self.text, opening)
        language, newline, code = self.text[start:end].partition("\n")
        if language.strip() != "math" or not newline:
            return self._hidden(opening, end)
        inside = start + len(language) + 1
        return end, [Span("display", inside, inside + len(code.rpartition("\n")[0]))]

    def _comment(self, opening: re.Match[str]) -> Found:
        start = opening.end()
        closing = self.text.find("-->", start)
        if closing < 0:
            raise ParseError("the comment is not closed: there is no -->", self.text, opening.start())
        head, colon, _ = self.text[start:closing].partition("symcnn:")
        is_declaration = colon and not head.strip()
        declared = [Span("declaration", start + len(head) + len(colon), closing)] if is_declaration else []
        return closing + 3, [*declared, Span("hidden", opening.start(), closing + 3)]

    def _behind(self, opening: re.Match[str], closing: str) -> int:
        found = re.compile(re.escape(closing), re.IGNORECASE).search(self.text, opening.end())
        if found is None:
            raise ParseError(f"{opening[0]}> is not closed: there is no {closing}", self.text, opening.start())
        return found.end()

    def _struck(self, opening: re.Match[str]) -> Found:
        """What is struck out within a paragraph; two tildes alone are no more than that"""
        closing = _STRIKE.search(self.text, opening.end())
        if closing is None or closing[0] != "~~":
            return opening.end(), []
        return self._hidden(opening, closing.end())


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def code_lines(text: str) -> frozenset[int]:
    """Where the lines begin that are code because they are indented: behind an empty line, and not in a list."""
    found: set[int] = set()
    start, ended, offset = 0, True, 0  # whether no paragraph goes on; how far the text of a list is indented
    for line in text.split("\n"):
        shown = line.expandtabs(4)
        indent = len(shown) - len(shown.lstrip())
        marker = _MARKER.match(shown)
        if not shown.strip():
            ended = True
        elif ended and indent >= offset + 4:
            found.add(start)
        else:
            is_new = ended or line.startswith("#")
            offset = marker.end() if marker else min(offset, indent) if is_new else offset
            ended = line.startswith("#")
        start += len(line) + 1
    return frozenset(found)


def _closed(text: str, opening: re.Match[str]) -> Found:
    """What TeX takes for a formula, though not in dollars: nothing if it is not closed, or another one begins in it"""
    name, end = opening["environment"], opening.end()
    signs = "[]" if opening[0] == r"\[" else "()"
    pattern = _BRACKETS[signs] if name is None else re.compile(rf"\\(?:begin|end)\{{{re.escape(name)}\}}")
    closing = next((found for found in pattern.finditer(text, end) if found[0] != r"\\"), None)
    if closing is None or closing[0].startswith((r"\begin", r"\[", r"\(")):
        return end, []
    if name is not None:
        return closing.end(), [Span("display", opening.start(), closing.end())]
    if signs == "[]" and not _FORMULA.search(text, end, closing.start()):
        return end, []  # \[1\] is a bracket in Markdown
    return closing.end(), [Span("display" if signs == "[]" else "inline", end, closing.start())]


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
