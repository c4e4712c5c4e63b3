"""Macros that a document defines, put in where its formulas use them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..errors import ParseError

DEEPEST = 20  # macros within macros
MOST_PUT_IN = 2_000
LONGEST = 20_000  # characters of a formula in which all macros are put in
MOST_MACROS = 1_000

_NEW = re.compile(
    r"\\(?:re|provide)?(?:new)?command\*?\s*(?:\{\s*(?P<braced>\\[A-Za-z]+)\s*\}|(?P<bare>\\[A-Za-z]+))"
    r"\s*(?:\[(?P<count>[0-9])\])?\s*(?:\[(?P<default>[^\]]*)\])?\s*(?=\{)"
)
_DEF = re.compile(r"\\def\s*(?P<name>\\[A-Za-z]+)\s*(?P<arguments>(?:#[0-9])*)\s*(?=\{)")
_OPERATOR = re.compile(r"\\DeclareMathOperator(?P<star>\*?)\s*\{\s*(?P<name>\\[A-Za-z]+)\s*\}\s*(?=\{)")
_HIDDEN = re.compile(
    r"(?<!\\)%[^\n]*|\\iffalse\b.*?\\fi\b|\\begin\{(verbatim\*?|lstlisting|comment)\}.*?\\end\{\1\}|\\verb\*?([^\sA-Za-z]).*?\2",
    re.DOTALL,
)
_NAME_AT_END = re.compile(r"\\[A-Za-z]+$")
_USE = re.compile(r"\\[A-Za-z]+|\\.", re.DOTALL)


@dataclass(frozen=True)
class Macro:
    """What a macro stands for: a text with #1, #2, ... for its arguments; the first may have a default."""

    body: str
    arguments: int = 0
    default: str | None = None
    is_provided: bool = False  # it holds only if nothing else was defined before


@dataclass(frozen=True)
class Expanded:
    """A text in which macros are put in, and for each sign where in the original it comes from."""

    text: str
    places: tuple[int, ...]


def macros_of(text: str) -> tuple[tuple[int, str, Macro], ...]:
    """The macros that a document defines, in the order in which they stand there: the place behind each definition, its
    name with the backslash, and what it stands for. What stands in comments and verbatim defines none."""
    shown = _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    found = sorted(_definitions(shown), key=lambda each: each[0])
    if len(found) > MOST_MACROS:
        raise ParseError(f"the document defines more than {MOST_MACROS} macros", text, found[MOST_MACROS][0])
    return tuple(found)


def known_at(macros: tuple[tuple[int, str, Macro], ...], place: int) -> dict[str, Macro]:
    """The macros that are defined before a place: the last definition holds, a provided one only if it is the first."""
    known: dict[str, Macro] = {}
    for start, name, macro in macros:
        if start <= place and not (macro.is_provided and name in known):
            known[name] = macro
    return known


def _definitions(text: str) -> Iterator[tuple[int, str, Macro]]:
    for match in _NEW.finditer(text):
        body = _group(text, match.end())
        if body is not None:
            provided = match[0].startswith(r"\provide")
            macro = Macro(body, int(match["count"] or 0), match["default"], provided)
            yield match.end() + len(body), match["braced"] or match["bare"], macro
    for match in _DEF.finditer(text):
        body = _group(text, match.end())
        if body is not None:
            yield match.end() + len(body), match["name"], Macro(body, match["arguments"].count("#"))
    for match in _OPERATOR.finditer(text):
        body = _group(text, match.end())
        if body is not None:
            yield match.end() + len(body), match["name"], Macro(rf"\operatorname{{{body}}}")


def _group(text: str, at: int) -> str | None:
    """What stands in the braces that begin here; None if they do not close"""
    end = _end_of_group(text, at)
    return text[at + 1 : end - 1] if end is not None else None


def _end_of_group(text: str, at: int) -> int | None:
    depth = 0
    for position in range(at, len(text)):
        if text[position] in "{}" and text[position - 1 : position] != "\\":
            depth += 1 if text[position] == "{" else -1
            if depth == 0:
                return position + 1
    return None


def expand(text: str, macros: Mapping[str, Macro]) -> Expanded:
    """The text of a formula with all macros put in.

    Raises `ParseError` where an argument is missing, and where a macro does not end.
    """
    signs = [(sign, place) for place, sign in enumerate(text)]
    if macros and any(name in text for name in macros):
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
            made = _joined(made, signs[at : match.start()], signs[match.start()][1])
            at = match.end()
            macro = self.macros.get(match[0])
            if macro is None:
                made += signs[match.start() : at]
                continue
            place = signs[match.start()][1]
            arguments, at = self._arguments(text, signs, at, macro, place)
            made = _joined(made, self.run(self._put_in(macro, arguments, place, depth), depth + 1), place)
            self._check(made, place)
        return _joined(made, signs[at:], signs[at - 1][1] if at else 0)

    def _check(self, made: Signs, place: int) -> None:
        if len(made) > LONGEST:
            raise ParseError(f"with its macros, the formula has more than {LONGEST} characters", self.source, place)

    def _arguments(self, text: str, signs: Signs, at: int, macro: Macro, place: int) -> tuple[list[Signs], int]:
        found: list[Signs] = []
        count = macro.arguments
        if macro.default is not None and count:
            optional = re.compile(r"\s*\[([^\]]*)\]").match(text, at)
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
        start = at + len(text[at:]) - len(text[at:].lstrip())
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
            made = _joined(made, new, place)
        return made


def _joined(made: Signs, new: Signs, place: int) -> Signs:
    """Both, with a space where a letter would become part of a macro's name"""
    ends_in_name = _NAME_AT_END.search("".join(sign for sign, _ in made[-40:])) is not None
    return [*made, (" ", place), *new] if ends_in_name and new and new[0][0].isalpha() else [*made, *new]
