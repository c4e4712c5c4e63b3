"""Where a reader is among the tokens, how deep, and how it says that it cannot go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from ..errors import ParseError
from .tokens import Token, tokens

DEEPEST = 50  # parts within parts
_MATRICES = frozenset("bmatrix pmatrix matrix Bmatrix smallmatrix array cases".split())


@dataclass
class Cursor:
    """A place in a row of tokens."""

    source: str
    tokens: tuple[Token, ...]
    at: int = 0
    depth: int = 0

    @classmethod
    def of(cls, source: str) -> Cursor:
        """At the beginning of a formula. Raises `ParseError` for what `tokens` refuses."""
        return cls(source, _without_layout(source, tokens(source)))

    @property
    def here(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.at]

    @property
    def after(self) -> Token:
        """The token behind that."""
        return self.tokens[min(self.at + 1, len(self.tokens) - 1)]

    def sees(self, *texts: str) -> bool:
        """Whether one of these comes next. Text in braces is never one of them."""
        return self.here.text in texts and self.here.kind not in ("text", "word", "end")

    def take(self) -> Token:
        """The next token, which is passed."""
        token = self.here
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def passes(self, *texts: str) -> bool:
        """Whether one of these came next; it is passed."""
        found = self.sees(*texts)
        if found:
            self.take()
        return found

    def expect(self, *texts: str, opened: Token | None = None) -> Token:
        """The next token, which must be one of these. Raises `ParseError` otherwise."""
        if self.sees(*texts):
            return self.take()
        wanted = " or ".join(texts)
        if opened is not None:
            self.fail(f"{opened} is not closed: here should be {wanted}, not {self.here}")
        self.fail(f"here should be {wanted}, not {self.here}")

    def fail(self, message: str, token: Token | None = None) -> NoReturn:
        """Raises `ParseError` at a token, the next one if none is named."""
        raise ParseError(message, self.source, (token or self.here).start)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One part within another. Raises `ParseError` where they are too many."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"more than {DEEPEST} parts within each other")
        try:
            yield
        finally:
            self.depth -= 1

    def span(self, start: Token) -> tuple[int, int]:
        """From a token to where the cursor is."""
        return start.start, self.tokens[max(self.at - 1, 0)].end


def _without_layout(source: str, found: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without what only arranges them: & and line breaks within an expression, empty braces."""
    kept: list[Token] = []
    inside: list[str] = []
    for number, token in enumerate(found):
        if token.kind == "command" and token.text in (r"\begin", r"\end"):
            name = _environment(found, number)
            if name in _MATRICES:
                inside = [*inside, name] if token.text == r"\begin" else inside[:-1]
        if not inside and _only_arranges(found, number):
            continue
        kept.append(token)
    return _without_empty_braces(tuple(kept))


def _environment(found: tuple[Token, ...], number: int) -> str:
    """The name in the braces after \\begin or \\end"""
    letters = []
    for token in found[number + 2 :]:
        if token.text == "}" or token.kind == "end":
            break
        letters.append(token.text)
    return "".join(letters)


def _only_arranges(found: tuple[Token, ...], number: int) -> bool:
    token = found[number]
    if token.kind == "sign" and token.text == "&":
        return True
    if token.kind != "command" or token.text not in (r"\\", r"\quad", r"\qquad"):
        return False
    return _next_solid(found, number, lambda each: each.text in ("+", "-", r"\cdot", r"\times", "/", r"\odot"))


def _next_solid(found: tuple[Token, ...], number: int, wanted: Callable[[Token], bool]) -> bool:
    """Whether the next token that is no space is wanted"""
    for token in found[number + 1 :]:
        if token.text not in ("&", r"\\", r"\quad", r"\qquad", "{", "}"):
            return token.kind != "text" and wanted(token)
    return False


def _without_empty_braces(found: tuple[Token, ...]) -> tuple[Token, ...]:
    kept: list[Token] = []
    for token in found:
        scripted = len(kept) > 1 and kept[-2].text in ("_", "^") and kept[-2].kind == "sign"
        if token.text == "}" and token.kind == "sign" and kept and kept[-1].text == "{" and not scripted:
            kept.pop()
        else:
            kept.append(token)
    return tuple(kept)
