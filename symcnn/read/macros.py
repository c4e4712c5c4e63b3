"""Macros that a document defines, put in where its formulas use them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import ParseError

DEEPEST = 20  # macros within macros
MOST_PUT_IN = 2_000
LONGEST = 20_000  # characters of a formula in which all macros are put in

_OPTIONAL = re.compile(r"\s*+\[([^\]]*)\]")
_SPACE = re.compile(r"\s*+")
_BRACE = re.compile(r"\\[\\{}]|[{}]")
_NAME_AT_END = re.compile(r"\\[A-Za-z]+$")
_USE = re.compile(r"\\[A-Za-z]+|\\.", re.DOTALL)


@dataclass(frozen=True)
class Macro:
    """What a macro stands for: a text with #1, #2, ... for its arguments; the first may have a default."""

    body: str
    arguments: int = 0
    default: str | None = None
    is_final: bool = False  # the body is what LaTeX has under that name, though that may be defined again
    refusal: str | None = None  # why it cannot be used


@dataclass(frozen=True)
class Expanded:
    """A text in which macros are put in, and for each sign where in the original it comes from."""

    text: str
    places: tuple[int, ...]


def expand(text: str, macros: Mapping[str, Macro]) -> Expanded:
    """The text of a formula with all macros put in.

    Raises `ParseError` where an argument is missing, where a macro does not end, and where it is not certain what one
    stands for.
    """
    signs = [(sign, place) for place, sign in enumerate(text)]
    if macros and any(match[0] in macros for match in _USE.finditer(text)):
        signs = _Expansion(text, macros).run(signs)
    return Expanded("".join(sign for sign, _ in signs), tuple(place for _, place in signs))


Signs = list[tuple[str, int]]


class _Expansion:
    """Macros are put in one after the other, inner ones too, until none is left."""

    def __init__(self, source: str, macros: Mapping[str, Macro]) -> None:
        self.source, self.macros, self.count = source, macros, 0

    def run(self, signs: Signs, depth: int = 0) -> Signs:
        """The signs with all macros put in"""
        text = "".join(sign for sign, _ in signs)
        made: Signs = []
        at = 0
        for match in _USE.finditer(text):
            if match.start() < at:
                continue
            place = signs[match.start()][1]
            _join(made, signs[at : match.start()], place)
            at = match.end()
            macro = self.macros.get(match[0])
            if macro is None:
                made += signs[match.start() : at]
                continue
            if macro.refusal is not None:
                raise ParseError(macro.refusal, self.source, place)
            arguments, at = self._arguments(text, signs, at, macro, place)
            body = self._put_in(macro, arguments, place, depth)
            _join(made, body if macro.is_final else self.run(body, depth + 1), place)
            self._check(made, place)
        _join(made, signs[at:], signs[at - 1][1] if at else 0)
        return made

    def _check(self, made: Signs, place: int) -> None:
        if len(made) > LONGEST:
            raise ParseError(f"with its macros, the formula has more than {LONGEST} characters", self.source, place)

    def _arguments(self, text: str, signs: Signs, at: int, macro: Macro, place: int) -> tuple[list[Signs], int]:
        found: list[Signs] = []
        count = macro.arguments
        if macro.default is not None and count:
            optional = _OPTIONAL.match(text, at)
            if optional is not None:
                found.append(signs[optional.start(1) : optional.end(1)])
                at = optional.end()
            else:
                found.append([(sign, place) for sign in macro.default])
            count -= 1
        for _ in range(count):
            argument, at = self._argument(text, signs, at, place)
            found.append(argument)
        return found, at

    def _argument(self, text: str, signs: Signs, at: int, place: int) -> tuple[Signs, int]:
        space = _SPACE.match(text, at)
        start = space.end() if space else at
        if text[start : start + 1] == "{":
            end = _end_of_group(text, start)
            if end is not None:
                return signs[start + 1 : end - 1], end
        token = _USE.match(text, start)
        end = token.end() if token else start + 1
        if start >= len(text) or text[start] in "{}":
            raise ParseError("a macro of the document has an argument too few here", self.source, place)
        return signs[start:end], end

    def _put_in(self, macro: Macro, arguments: list[Signs], place: int, depth: int) -> Signs:
        self.count += 1
        if depth >= DEEPEST or self.count > MOST_PUT_IN:
            raise ParseError("a macro of the document does not end", self.source, place)
        made: Signs = []
        for part in re.split(r"(#[0-9])", macro.body):
            number = int(part[1]) if re.fullmatch(r"#[0-9]", part) else 0
            if number > len(arguments):
                raise ParseError(f"a macro of the document has no argument #{number}", self.source, place)
            new = arguments[number - 1] if number else [(sign, place) for sign in part]
            _join(made, new, place)
        return made


def _join(made: Signs, new: Signs, place: int) -> None:
    """Put new signs behind what is made, with a space where a letter would become part of a macro's name"""
    if new and new[0][0].isalpha() and _NAME_AT_END.search("".join(sign for sign, _ in made[-40:])) is not None:
        made.append((" ", place))
    made += new


def _end_of_group(text: str, at: int) -> int | None:
    depth = 0
    for match in _BRACE.finditer(text, at):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return match.end()
    return None
