"""What of a LaTeX document is typeset: not what is in comments, verbatim or behind its end; and its declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import ParseError

_DECLARATION = re.compile(r"%[ \t]*symcnn:[ \t]*([^\n]*)")
_LITERAL = r"verbatim\*?|Verbatim\*?|BVerbatim|LVerbatim|lstlisting|minted|comment|filecontents\*?|alltt"
_HIDING = re.compile(
    r"(?P<comment>%[^\n]*)"
    rf"|\\begin\s*\{{(?P<literal>{_LITERAL})\}}"
    r"|(?P<off>\\iffalse(?![A-Za-z@]))"
    r"|\\(?:verb\*?|lstinline(?:\[[^\]\n]{0,200}\])?|mintinline\{\w{0,40}\})(?P<bar>[^\sA-Za-z{*])"
    r"|(?P<end>\\end\s*\{document\}|\\endinput(?![A-Za-z]))"
    r"|\\.",
    re.DOTALL,
)
CONDITIONAL = re.compile(r"if(?!f$|thenelse$|def$|undef$|bool$|toggle$|blank$|str|num.|dim.|cs.)[A-Za-z@]*")
_SKIPPED = re.compile(r"%[^\n]*|\\(?P<word>[A-Za-z@]+)|\\.", re.DOTALL)
_PREAMBLE = re.compile(r"\\begin\s*\{document\}")


class Span(NamedTuple):
    """A part of a document: a formula, a declaration, or what is not typeset."""

    kind: str  # display, inline, declaration, hidden
    start: int
    end: int


@dataclass(frozen=True)
class Typeset:
    """A document with spaces instead of what is not typeset, and the declarations in its comments."""

    text: str
    declared: tuple[Span, ...]

    @property
    def without_preamble(self) -> str:
        """The document, in which the preamble cannot be taken for formulas."""
        begin = _PREAMBLE.search(self.text)
        return self.text if begin is None else blank(self.text[: begin.end()]) + self.text[begin.end() :]


def typeset(text: str) -> Typeset:
    """What of a document is typeset, every sign at its place.

    Raises `ParseError` where something that is not typeset does not end.
    """
    spans: list[tuple[int, int]] = []
    declared: list[Span] = []
    at = 0
    while match := _HIDING.search(text, at):
        at = match.end()
        if match.lastgroup is None:
            continue
        if match["comment"] is not None:
            said = _DECLARATION.fullmatch(match[0])
            declared += [Span("declaration", match.start() + said.start(1), match.end())] if said else []
        at = _end(text, match)
        spans.append((match.start(), at))
    return Typeset(without(text, spans), tuple(declared))


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spaces at some places, which are in order."""
    return "".join(_parts(text, spans))


def _parts(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    done = 0
    for start, end in spans:
        yield text[done:start]
        yield blank(text[start:end])
        done = end
    yield text[done:]


def blank(text: str) -> str:
    """Spaces, and the line ends of a text."""
    return re.sub(r"[^\n]", " ", text)


def _end(text: str, opening: re.Match[str]) -> int:
    """Behind what begins here and is not typeset"""
    match opening.lastgroup:
        case "literal":
            return _behind(text, opening, rf"\end{{{opening['literal']}}}", opening["literal"], len(text))
        case "bar":
            line_end = text.find("\n", opening.end())
            return _behind(text, opening, opening["bar"], r"\verb", line_end if line_end >= 0 else len(text))
        case "off":
            return _behind_skipped(text, opening)
        case "end":
            return len(text)
    return opening.end()


def _behind(text: str, opening: re.Match[str], closing: str, name: str, last: int) -> int:
    end = text.find(closing, opening.end(), last)
    if end < 0:
        raise ParseError(f"{name} is not closed", text, opening.start())
    return end + len(closing)


def _behind_skipped(text: str, opening: re.Match[str]) -> int:
    r"""Behind the \fi or \else of an \iffalse: other conditions within it have their own"""
    depth = 1
    for match in _SKIPPED.finditer(text, opening.end()):
        word = match["word"] or ""
        depth += (CONDITIONAL.fullmatch(word) is not None) - (word == "fi")
        if depth == 0 or (depth == 1 and word == "else"):
            return match.end()
    raise ParseError(r"\iffalse is not closed", text, opening.start())
