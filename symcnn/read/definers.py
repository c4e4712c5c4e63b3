"""What LaTeX has to define macros with: what each of them defines, and which of them are not followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAME = re.compile(r"\\(?:[A-Za-z@]++|.)", re.DOTALL)
SPACE = re.compile(r"\s*+")
COMMANDS = frozenset(("newcommand", "renewcommand", "providecommand", "DeclareRobustCommand"))
OPERATOR = "DeclareMathOperator"
DEFS = frozenset(("def", "gdef"))
ENVIRONMENTS = re.compile(r"(?:re)?newenvironment|(?:New|Renew|Provide|Declare)DocumentEnvironment|NewEnviron")
_DEFINING = re.compile(
    r"[A-Za-z@]*(?:def|[Cc]ommandx?|[Cc]mdx?|to@macro|CommandCopy)|(?:future|g|cs|letcs|cslet|csglet)?let(?:cs)?"
    r"|Declare(?:MathOperator|Math|PairedDelimiter|Text)[A-Za-z]*|SetMathAlphabet|[gex]?(?:appto|preto)|@?namedef"
    r"|new(?:count|dimen|length|skip|toks|box|savebox|muskip|read|write)|csuse@def"
)
_ARGUMENT = re.compile(
    r"\s*+\*?\s*+\{?\s*+(?:(?P<name>\\(?:[A-Za-z@]++|.))|(?P<bare>[A-Za-z@]++)|(?P<given>#|$))", re.DOTALL
)
_OF_WORDS = re.compile(r"@?name|cs|undef")  # which take a name without its backslash
_CSNAME = re.compile(r"\s*+([A-Za-z@]++)\s*+\\endcsname")
_WORD = re.compile(r"\\([A-Za-z@]+)")


def is_definer(word: str) -> bool:
    """Whether a macro of LaTeX, without its backslash, gives a name another meaning."""
    return _DEFINING.fullmatch(word) is not None


@dataclass(frozen=True)
class Defined:
    """What a definer speaks of: a name with its backslash, None if it is computed; and where that ends."""

    name: str | None
    end: int


def defined_by(text: str, word: str, at: int) -> Defined | None:
    """What the definer that ends here defines; None if that is no name."""
    found = _ARGUMENT.match(text, at)
    if found is None:
        return None
    if found["given"] is not None:
        return Defined(None, at)
    if found["bare"] is not None:
        return Defined("\\" + found["bare"], found.end()) if _OF_WORDS.search(word) else None
    if found["name"] == r"\csname":
        computed = _CSNAME.match(text, found.end())
        return Defined(None, at) if computed is None else Defined("\\" + computed[1], computed.end())
    return Defined(found["name"], found.end())


def definitions_in(body: str) -> Iterator[str | None]:
    """The names that the body of a macro gives another meaning, None for one that is an argument or computed."""
    for match in _WORD.finditer(body):
        defined = defined_by(body, match[1], match.end()) if is_definer(match[1]) else None
        if defined is not None:
            yield defined.name
            if defined.name is not None and "@" in defined.name:
                yield before_at(defined.name)


def used_in(body: str) -> frozenset[str]:
    """The macros of which the body of a macro speaks."""
    names = [match[0] for match in NAME.finditer(body)]
    return frozenset((*names, *map(before_at, names)))


def before_at(name: str) -> str:
    """What a name is where @ is no letter."""
    return name.partition("@")[0]
