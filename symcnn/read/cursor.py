"""Where a reader is among the tokens, how deep, and how it says that it cannot go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from ..errors import ParseError
from .tokens import ARGUMENT_FOLLOWS, MATRICES, PRODUCTS, RELATIONS, Token, tokens

DEEPEST = 50  # parts within parts
_SPACES = ("&", r"\\", r"\quad", r"\qquad")
_JOINING = ("+", "-", *PRODUCTS)
_LONGEST_NAME = 16  # signs, of an environment


@dataclass
class Cursor:
    """A place in a row of tokens. `closing` are bars that end the part that is read, and do not begin another one."""

    source: str
    tokens: tuple[Token, ...]
    at: int = 0
    depth: int = 0
    closing: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: str) -> Cursor:
        """At the beginning of a formula. Raises `ParseError` for what `tokens` refuses."""
        return cls(source, _without_layout(_without_empty_braces(tokens(source))))

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
        if self.depth >= DEEPEST:
            self.fail(f"more than {DEEPEST} parts within each other")
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    @contextmanager
    def inside(self, *closing: str) -> Iterator[None]:
        """Within brackets, where only what closes these ends a part."""
        before, self.closing = self.closing, closing
        try:
            yield
        finally:
            self.closing = before

    def span(self, start: Token) -> tuple[int, int]:
        """From a token to where the cursor is."""
        return start.start, self.tokens[max(self.at - 1, 0)].end


def environment_name(found: tuple[Token, ...], number: int) -> str:
    """The name in the braces after \\begin or \\end, "" if there is none."""
    letters = []
    for token in found[number + 2 : number + 2 + _LONGEST_NAME]:
        if token.text == "}" or token.kind == "end":
            break
        letters.append(token.text)
    return "".join(letters)


def _without_empty_braces(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without {}, except where it is an argument that is missing"""
    kept: list[Token] = []
    for token in found:
        empty = _is(token, "}") and bool(kept) and _is(kept[-1], "{")
        if empty and not (len(kept) > 1 and kept[-2].text in ARGUMENT_FOLLOWS):
            kept.pop()
        else:
            kept.append(token)
    return tuple(kept)


def _is(token: Token, *texts: str) -> bool:
    return token.text in texts and token.kind in ("sign", "command")


def _without_layout(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without what only arranges them, outside of matrices: & and line breaks within an expression"""
    kept: list[Token] = []
    matrices = columns = at = 0
    while at < len(found):
        if _is(found[at], r"\begin", r"\end"):
            step = 1 if found[at].text == r"\begin" else -1
            matrices = max(0, matrices + step * (environment_name(found, at) in MATRICES))
            columns = columns if matrices else 0
        after = at
        while not matrices and _is(found[after], *_SPACES):
            after += 1
        if after == at:
            kept.append(found[at])
            at += 1
            continue
        columns = _part(kept, found, at, after, columns)
        at = after
    return tuple(kept)


def _part(kept: list[Token], found: tuple[Token, ...], at: int, after: int, columns: int) -> int:
    """Keep of a row of spaces what parts statements: nothing within a sum or product. Gives the & of the line so far"""
    spaces = found[at:after]
    broken = any(each.text == r"\\" for each in spaces)
    before = any(_is(each, *_JOINING, *RELATIONS) for each in kept[-1:])
    one = before or (_is(found[after], *_JOINING) and not (broken and _begins_line(found, at, after)))
    joined = one or _is(found[after], *RELATIONS)
    for space in spaces:
        columns = 0 if space.text == r"\\" else columns + (space.text == "&")
        if not one and (space.text != "&" or (columns % 2 == 0 and not joined)):
            kept.append(space)
    return columns


def _begins_line(found: tuple[Token, ...], at: int, after: int) -> bool:
    """Whether a minus sign is the first of the left column: \\\\ -x &= y"""
    if found[after].text != "-" or any(each.text == "&" for each in found[at:after]):
        return False
    for token in found[after + 1 :]:
        if _is(token, "&", r"\\", r"\begin", r"\end"):
            return token.text == "&"
    return False
