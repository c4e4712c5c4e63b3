"""Sentences of a document: words, and the formulas between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .sources import Source
from .surroundings import ABBREVIATIONS

_SHORT = rf"e\.\s?g\.|i\.\s?e\.|w\.\s?r\.\s?t\.|(?i:{ABBREVIATIONS})\."
_ENDS = (
    r"\n[ \t]*\n|[.!?](?=\s|$)|\\(?:sub)*section\*?\{[^}]*\}|\\(?:paragraph|chapter)\*?\{[^}]*\}"
    r"|\\(?:begin|end)\{[^}]*\}(?:\[[^\]]*\])?|\\item(?:\[[^\]]*\])?|\\par\b|\\noindent\b"
    r"|(?m:^[ \t]*(?:#+|[-*+]|\d+\.)[ \t])"
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\\(?!noindent)|[#*+-]")
_TOKEN = re.compile(
    rf"(?P<short>{_SHORT})|(?P<end>{_ENDS})|(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*)|(?P<mark>[,;:])"
    r"|(?P<space>[ \t*_~{}]+|\s)|(?P<other>.)",
    re.DOTALL,
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*|<!--.*?-->", re.DOTALL)
_CLOSING = re.compile(r"\s*(?:\$\$?|\\\]|\\\))")
_OPENING = re.compile(r"(?:\$\$?|\\\[|\\\()$")
_FULL_STOP = re.compile(r"[.!?;](?:\s|\\end\{[^}]*\}|\\(?:qed|label\{[^}]*\}|,|;|quad))*$")


@dataclass(frozen=True)
class Token:
    """A word in small letters, a sign, or a formula by its number among those of a document."""

    text: str
    start: int
    end: int
    formula: int | None = None


@dataclass(frozen=True)
class Sentence:
    """What stands between two full stops, and whether a paragraph, section or item begins with it."""

    tokens: tuple[Token, ...]
    begins_paragraph: bool

    @property
    def words(self) -> str:
        """Its words, without the formulas."""
        return " ".join(each.text for each in self.tokens if each.formula is None)

    @property
    def formulas(self) -> tuple[int, ...]:
        """The numbers of its formulas."""
        return tuple(each.formula for each in self.tokens if each.formula is not None)


def sentences(text: str, found: Sequence[Source]) -> Iterator[Sentence]:
    """The sentences of a document, in order; comments say nothing."""
    plain = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    tokens: list[Token] = []
    begins = True
    for token, is_end in _going_on(list(_tokens(plain, found)), plain, found):
        if not is_end:
            tokens.append(token)
            continue
        if tokens:
            yield Sentence(tuple(tokens), begins)
        begins = bool(_PARAGRAPH.match(token.text)) or (begins and not tokens)
        tokens = []
    if tokens:
        yield Sentence(tuple(tokens), begins)


def _going_on(tokens: list[tuple[Token, bool]], text: str, found: Sequence[Source]) -> Iterator[tuple[Token, bool]]:
    """The tokens, without empty lines before a display and behind it inside of a sentence: Markdown asks for them"""
    ended = True
    for number, (token, is_end) in enumerate(tokens):
        if is_end and not ended and token.text.isspace():
            before, after = tokens[number - 1][0], tokens[number + 1][0] if number + 1 < len(tokens) else None
            goes_on = after is not None and text[after.start : after.start + 1].islower()
            if _is_display(after, found) or (_is_display(before, found) and goes_on):
                continue
        yield token, is_end
        ended = is_end


def _is_display(token: Token | None, found: Sequence[Source]) -> bool:
    return token is not None and token.formula is not None and found[token.formula].kind == "display"


def _tokens(text: str, found: Sequence[Source]) -> Iterator[tuple[Token, bool]]:
    """All tokens, and which of them end a sentence"""
    at, after_display = 0, False
    for number, source in enumerate(found):
        if source.kind == "declaration":
            continue
        start, end = start_of(text, source), end_of(text, source)
        words = list(_words(text, at, start, after_display))
        yield from words
        if after_display and source.kind == "display" and not words:
            yield Token(".", start, start), True
        yield Token("", start, end, number), False
        after_display = source.kind == "display"
        if after_display and _FULL_STOP.search(source.text):
            yield Token(".", end, end), True
        at = max(at, end)
    yield from _words(text, at, len(text), after_display)


def _words(text: str, start: int, end: int, after_display: bool) -> Iterator[tuple[Token, bool]]:
    for match in _TOKEN.finditer(text, start, end):
        if match["space"] is not None:
            continue
        if after_display and match["word"] is not None and match[0][0].isupper():
            yield Token(".", match.start(), match.start()), True  # a display without a full stop
        after_display = False
        yield Token(match[0].lower(), match.start(), match.end()), match["end"] is not None


def start_of(text: str, source: Source) -> int:
    """Where a formula begins, with its dollars."""
    opening = _OPENING.search(text[max(0, source.start - 2) : source.start])
    return source.start - (len(opening[0]) if opening else 0)


def end_of(text: str, source: Source) -> int:
    """Where a formula ends, with its dollars."""
    closing = _CLOSING.match(text, source.end)
    return closing.end() if closing else source.end
