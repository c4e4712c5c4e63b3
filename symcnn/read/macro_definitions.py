r"""The macros that a document defines, and where: within a group they hold as far as the group goes.

What TeX would do is followed for \newcommand and its kin, \def, \gdef, \let and \DeclareMathOperator. Whatever else may
give a name another meaning makes it unusable: a formula with it is not read, rather than read with the old meaning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from .definers import (
    COMMANDS,
    DEFS,
    ENVIRONMENTS,
    NAME,
    OPERATOR,
    SPACE,
    Defined,
    before_at,
    defined_by,
    definitions_in,
    is_definer,
    used_in,
)
from .macro_scopes import Known, Meanings, unusable
from .macros import Macro
from .tokens import KNOWN
from .typeset import CONDITIONAL

_TOKEN = re.compile(
    r"\\begin\s*+\{(?P<begin>[^{}\n]{0,100})\}|\\end\s*+\{(?P<end>[^{}\n]{0,100})\}|\\(?P<word>[A-Za-z@]++)"
    r"|(?P<opening>\\[\[(]|\{)|(?P<closing>\\[\])]|\})|(?P<dollars>\$\$?)|(?P<comment>%[^\n]*)|\\.",
    re.DOTALL,
)
_COUNT = re.compile(r"\s*+\[([0-9])\]")
_DEFAULT = re.compile(r"\s*+\[([^\[\]{}]{0,1000})\]")
_PARAMETERS = re.compile(r"(?:\s*+(?P<plain>(?:#[0-9])*)|[^{}]{0,200}?)(?=\{)")
_LET = re.compile(r"\s*+=?\s?(?P<target>\\[A-Za-z]++(?!@)|[A-Za-z0-9])")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BETWEEN = re.compile(r"\s*+(?:\*|\[[^\[\]{}]{0,200}\]|<[^<>{}]{0,50}>)?\s*+")
_ENVIRONMENT = re.compile(r"\s*+\*?\s*+\{([^{}\n]{0,100})\}")
_PAIRS = {r"\]": r"\[", r"\)": r"\(", "}": "{", "endgroup": "begingroup", "egroup": "{"}
_PREFIXES = frozenset(("global", "long", "protected", "outer"))
_SPECIAL = frozenset(["newif", "begingroup", "bgroup", "endgroup", "egroup", "makeatletter", "makeatother", "fi"])
_WITH_BODY = re.compile(r".*(?:[Cc]ommandx?|[Cc]mdx?|def|PairedDelimiter.*)")
_BODY = re.compile(r"[ \t]*+\n?[ \t]*+(?=\{)")
_NEAR = 200  # characters behind a macro in which its argument stands


@dataclass(frozen=True)
class Definitions:
    """All that a document defines, in order, and where the definitions themselves stand."""

    macros: tuple[Known, ...]
    spans: tuple[tuple[int, int], ...]


def macros_of(text: str, is_latex: bool = True) -> Definitions:
    """The macros of a document of which only what is typeset is left. Raises `ParseError` for too many."""
    scan = _Scan(text, is_latex)
    if "\\" in text:
        scan.run()
    return Definitions(tuple(scan.events), tuple(scan.spans))


class _Carriers:
    """The macros that define others when they are used, by themselves or by what they use."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.defined: set[str] = set()
        self.of_arguments = False
        self._users: dict[str, set[str]] = {}

    def add(self, name: str, body: str) -> None:
        """A macro, or an environment, has a body."""
        inner = list(definitions_in(body))
        self.defined.update(each for each in inner if each is not None)
        self.of_arguments |= None in inner
        used = used_in(body)
        for each in used:
            self._users.setdefault(each, set()).add(name)
        if inner or not used.isdisjoint(self.names):
            self._carry(name)

    def _carry(self, name: str) -> None:
        pending = [name]
        while pending:
            each = pending.pop()
            if each not in self.names:
                self.names.add(each)
                pending.extend(self._users.get(each, ()))


class _Scan:
    """Goes through a document once, and notes what it defines."""

    def __init__(self, text: str, is_latex: bool) -> None:
        self.text, self.is_latex = text, is_latex
        self.meanings, self.carriers = Meanings(text), _Carriers()
        self.events, self.spans = self.meanings.events, list[tuple[int, int]]()
        self._closings = _closings(text)
        self._conditions = 0  # between \if and \fi
        self._comment_end = -1  # of a comment for TeX, which in Markdown may be none
        self._at_letter = False  # whether @ is a letter in names
        self._spoiled: dict[str, tuple[int, int]] = {}  # how much was known when a macro was used
        self._argument = -1  # where an argument of a macro may begin
        self._near = self._near_events = -1  # up to where names were made unusable, and how much was defined then
        self._prefix = (-1, False)  # where \global or \long ends, and whether \global is among them

    def run(self) -> None:
        """Read the whole document."""
        at = 0
        while match := _TOKEN.search(self.text, at):
            at = self._read(match)

    def _read(self, match: re.Match[str]) -> int:
        kind = match.lastgroup
        if kind == "word":
            return self._word(match)
        if kind in ("begin", "end"):
            self._environment(match, str(kind))
        elif kind == "dollars":
            self._dollars(match)
        elif kind == "comment" and not self.is_latex:
            self._comment_end = match.end()
            return match.start() + 1
        elif match[0] == "{":
            self.meanings.open(match.start(), "{", self._is_argument(match.start()))
        elif kind == "opening" and self.is_latex:
            self.meanings.open(match.start(), match[0])
        elif kind == "closing" and (self.is_latex or match[0] == "}"):
            was_argument = self.meanings.close(match.end(), _PAIRS[match[0]])
            self._argument = match.end() if was_argument else -1
        return match.end()

    def _is_argument(self, start: int) -> bool:
        """Whether braces may be an argument, and no group; outside of TeX they are no group for all readers"""
        between = _BETWEEN.match(self.text, self._argument) if self._argument >= 0 else None
        return not self.is_latex or (between is not None and between.end() == start)

    def _environment(self, match: re.Match[str], kind: str) -> None:
        name = match[kind]
        if kind == "begin":
            self._use(match.end(), f"begin {name}")
            self.meanings.open(match.start(), f"begin {name}", not self.is_latex)
            self._argument = match.end()
        else:
            self.meanings.close(match.end(), f"begin {name}")
            self._use(match.end(), f"begin {name}")

    def _dollars(self, match: re.Match[str]) -> None:
        sign, place = match[0], match.end()
        if not self.is_latex:
            return
        if self.meanings.is_open(sign):
            self.meanings.close(place, sign)
        elif self.meanings.is_open("$"):  # $a$$b$
            self.meanings.close(place, "$")
            self.meanings.open(place, "$")
        else:
            self.meanings.open(place, sign)

    def _is_doubtful(self, place: int) -> str:
        """Why it is not certain that what stands at a place is read"""
        if self._conditions:
            return r"it is defined between \if and \fi"
        return "it is defined behind a % sign" if place <= self._comment_end else ""

    def _word(self, match: re.Match[str]) -> int:
        word, end = match["word"], match.end()
        if _says_nothing(word):
            self._argument = end
            self._use(end, match[0])
            return end
        is_global = self._is_global(match)
        if word in _PREFIXES:
            self._prefix = (end, is_global or word == "global")
            self._use(end, match[0])
        elif word == "newif":
            defined = defined_by(self.text, word, end)
            return defined.end if defined else end
        elif word in ("begingroup", "bgroup", "endgroup", "egroup"):
            self._group(word, end)
        elif word in ("makeatletter", "makeatother"):
            self._at_letter = word == "makeatletter"
        elif ENVIRONMENTS.fullmatch(word):
            return self._defined_environment(match)
        elif is_definer(word):
            return self._definition(match, is_global)
        else:
            self._plain(match)
        return end

    def _plain(self, match: re.Match[str]) -> None:
        word = match["word"]
        self._conditions += CONDITIONAL.fullmatch(word) is not None
        self._conditions -= word == "fi" and self._conditions > 0
        self._argument = match.end()
        for name in {match[0], before_at(match[0])}:
            self._use(match.end(), name)

    def _group(self, word: str, end: int) -> None:
        if word.startswith("b"):
            self.meanings.open(end, "{" if word == "bgroup" else word, not self.is_latex)
        else:
            self.meanings.close(end, _PAIRS[word])

    def _is_global(self, match: re.Match[str]) -> bool:
        at, is_global = self._prefix
        return at >= 0 and is_global and not self.text[at : match.start()].strip()

    # Definitions

    def _definition(self, match: re.Match[str], is_global: bool) -> int:
        word = match["word"]
        defined = defined_by(self.text, word, match.end())
        if defined is None:
            return match.end()
        if defined.name is None:
            self._spoil_all(match.end(), "computed", self.meanings.known, rf"\{word} defines a name that is computed")
            return match.end()
        made, end = self._made(word, defined)
        if made is None or ("@" in defined.name and not self._at_letter):
            return self._not_followed(match, defined)
        self.spans.append((match.start(), end))
        self.carriers.add(defined.name, made.body)
        self._argument = -1
        self._enter(end, defined.name, word, made, is_global or word == "gdef")
        return end

    def _not_followed(self, match: re.Match[str], defined: Defined) -> int:
        """The name is unusable; what stands in the braces that follow is a part of the definition"""
        name, word, at = before_at(defined.name or ""), match["word"], defined.end
        end = self._behind_brace(at)
        while _WITH_BODY.fullmatch(word) and (body := _BODY.match(self.text, end)) and body.end() in self._closings:
            end = self._closings[body.end()]
        alias = _LET.match(self.text, at) if word == "let" else None
        self.carriers.add(name, alias["target"] + "#" if alias else self.text[at:end])
        end = alias.end() if alias else end
        self.spans.append((match.start(), end))
        self._spoil(end, name, rf"it is defined by \{word}, in a way that is not followed")
        return end

    def _enter(self, place: int, name: str, word: str, made: Macro, is_global: bool) -> None:
        old, doubt = self.meanings.known.get(name), self._is_doubtful(place)
        if not doubt and word == "providecommand" and name in KNOWN - _OUR_OWN and old is None:
            doubt = r"\providecommand defines it only if it is not defined yet"
        if not doubt and word == "newcommand" and self.is_latex and old not in (None, made):
            doubt = r"\newcommand defines it a second time"
        if doubt:
            self._spoil(place, name, doubt)
        elif word != "providecommand" or old is None:
            self.meanings.put(place, name, made, is_global)

    def _made(self, word: str, defined: Defined) -> tuple[Macro | None, int]:
        """What is defined, and where the definition ends; None if that is not followed"""
        if word in COMMANDS:
            return self._command(self._behind_brace(defined.end))
        if word == OPERATOR:
            made, end = self._body(self._behind_brace(defined.end))
            return made and replace(made, body=rf"\operatorname{{{made.body}}}"), end
        if word in DEFS:
            found = _PARAMETERS.match(self.text, defined.end)
            plain = found["plain"] if found is not None else None
            if plain is None or [int(each) for each in plain[1::2]] != list(range(1, len(plain) // 2 + 1)):
                return None, defined.end
            made, end = self._body(found.end() if found else defined.end)
            return made and replace(made, arguments=len(plain) // 2), end
        return self._let(word, defined.end)

    def _behind_brace(self, at: int) -> int:
        space = SPACE.match(self.text, at)
        end = space.end() if space else at
        return end + 1 if self.text[end : end + 1] == "}" else end

    def _command(self, at: int) -> tuple[Macro | None, int]:
        count = _COUNT.match(self.text, at)
        at = count.end() if count else at
        default = _DEFAULT.match(self.text, at)
        made, end = self._body(default.end() if default else at)
        if made is None:
            return None, end
        return replace(made, arguments=int(count[1]) if count else 0, default=default[1] if default else None), end

    def _body(self, at: int) -> tuple[Macro | None, int]:
        space = SPACE.match(self.text, at)
        start = space.end() if space else at
        end = self._closings.get(start)
        return (None, at) if end is None else (Macro(self.text[start + 1 : end - 1]), end)

    def _let(self, word: str, at: int) -> tuple[Macro | None, int]:
        found = _LET.match(self.text, at) if word == "let" else None
        if found is None or is_definer(found["target"][1:]):
            return None, at
        known = self.meanings.known.get(found["target"])
        return known or Macro(found["target"], is_final=True), found.end()

    def _defined_environment(self, match: re.Match[str]) -> int:
        """What an environment does is not put in; what it defines, it defines where it is used"""
        name = _ENVIRONMENT.match(self.text, match.end())
        end = start = name.end() if name else match.end()
        while option := (_COUNT.match(self.text, end) or _DEFAULT.match(self.text, end)):
            end = option.end()
        while (body := _BODY.match(self.text, end)) and body.end() in self._closings:
            end = self._closings[body.end()]
        if name is not None:
            self.carriers.add(f"begin {name[1]}", self.text[start:end])
        self.spans.append((match.start(), end))
        return end

    # What makes a name unusable

    def _spoil(self, place: int, name: str, why: str) -> None:
        self.meanings.put(place, name, unusable(name, why), is_global=True)

    def _spoil_all(self, place: int, by: str, names: Collection[str], why: str) -> None:
        """All these names, unless they are since this was said last"""
        if self._spoiled.get(by) == (len(self.events), len(names)):
            return
        for each in sorted(names):
            if self.meanings.is_usable(each):
                self._spoil(place, each, why)
        self._spoiled[by] = (len(self.events), len(names))

    def _use(self, place: int, name: str) -> None:
        if name not in self.carriers.names:
            return
        why = f"{name.replace('begin ', 'the environment ')} may define it"
        self._spoil_all(place, "carriers", self.carriers.defined, why)
        if self.carriers.of_arguments:
            start = max(place, self._near if self._near_events == len(self.events) else 0)
            for found in NAME.finditer(self.text, start, place + _NEAR):
                self._spoil(place, before_at(found[0]), why)
            self._near, self._near_events = place + _NEAR, len(self.events)


_OUR_OWN = frozenset((r"\R", r"\T"))  # which LaTeX does not know


@lru_cache(maxsize=4096)
def _says_nothing(word: str) -> bool:
    """Whether a macro of LaTeX neither defines anything nor says where definitions hold"""
    special = word in _PREFIXES or word in _SPECIAL or word.startswith("if") or "@" in word
    return not (special or is_definer(word) or ENVIRONMENTS.fullmatch(word))


def _closings(text: str) -> Mapping[int, int]:
    """Behind what brace each opening one ends"""
    opened: list[int] = []
    found: dict[int, int] = {}
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            found[opened.pop()] = match.end()
    return found
