r"""Conditions that stand in words around an equation: `\[ |x| = x \] if $x \ge 0$`, `For $1 \le i \le n$, we have`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .prose import sentence_before
from .sources import Source
from .syntax import Chain, Formula, Name, Statement

_EVERY = r"all|every|each|any|alle|jedes|tout|tous|chaque"
_FOR = rf"(?:for|für|pour)(?:\s+(?:{_EVERY}))?"
_IF = r"if|when|whenever|as\s+long\s+as|(?:provided|given|assuming)(?:\s+that)?|wenn|falls|sofern|si|dès\s+que"
_WITH = r"with|where|mit|wobei|avec|où"
_BEHIND = re.compile(rf"[\s,]*(?:(?P<every>{_FOR})|(?P<only>{_IF})|(?P<besides>{_WITH}))\s*")
_FIRST = r"(?:(?:then|now|so|hence|thus|also|and|but|similarly|moreover)[\s,]+)*"
_AHEAD = re.compile(rf"\W*{_FIRST}(?:(?P<every>{_FOR})|(?P<only>{_IF}))\s*", re.IGNORECASE)
_SUPPOSE = r"let|(?:we\s+|let\s+us\s+)?(?:assume|suppose)|sei|seien|soit|soient|supposons"
_SUPPOSING = re.compile(rf"\W*{_FIRST}(?:throughout[\s,]+)?(?:{_SUPPOSE})(?:\s+(?:that|dass|que))?\s*", re.IGNORECASE)
_AND = r"and|und|et"
_MORE = re.compile(rf"\s*(?P<comma>,)?\s*(?P<and>\b(?:{_AND})\b)?\s*(?:{_FOR}|{_IF}|{_EVERY})?\s*")
_LEADING = (
    r"then|we|have|get|obtain|has|one|it|holds|that|follows|there|is|also|therefore|hence|thus|so|let|define|set|put|this"
    r"|gives|yields|the|following|dann|gilt|ist|sei|alors|on|a|soit"
)
_LEADS_ON = re.compile(rf"[\s,:]*(?:\b(?:{_LEADING})\b[\s,:]*)*")
_IMPLIES = re.compile(r"\s*(?:implies|imply|gives|yields|means|impliziert|implique)\b")
_PARTS = r"[.,;:!?)\]]|\\(?:begin|end|\[|item|par)|\n\s*\n|\$\$"
_GOING_ON = r"then|we|so|let|define|set|put|hence|therefore|thus|this|where|while|but|since|by|because|dann|gilt|alors"
_ENDS = re.compile(rf"\s*(?:$|{_PARTS}|\b(?:{_AND}|{_GOING_ON})\b)")
_CLOSING = re.compile(r"\s*(?:\$\$?|\\\]|\\\))")
_OPENING = re.compile(r"(?:\$\$?|\\\[|\\\()$")
_ORDER = frozenset(("<", "<=", ">", ">=", "!=", "divides"))


@dataclass(frozen=True)
class _Said:
    """Conditions, how many formulas they are, and where the words with them stand in the document."""

    conditions: tuple[Chain, ...]
    count: int
    span: tuple[int, int]


_NOTHING = _Said((), 0, (0, 0))


def with_conditions(text: str, found: tuple[Source, ...]) -> tuple[tuple[Source, ...], str]:
    """The formulas of a document, in which conditions belong to the equations that they are about, and the document
    with spaces where they stood in words."""
    made: list[Source] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(found):
        supposed = _supposed(text, found, at)
        if supposed is not None:
            made.append(_supposition(found[at], supposed.conditions))
            at += supposed.count
            continue
        ahead = _ahead(text, found, at)
        at += ahead.count
        behind = _behind(text, found, at)
        explaining = _explaining(text, found, at) if not behind.count else 0
        made += found[at + 1 : at + 1 + explaining]
        made.append(_conditional(found[at], (*ahead.conditions, *behind.conditions)))
        spans += [said.span for said in (ahead, behind) if said.count]
        at += 1 + behind.count + explaining
    return tuple(made), _without(text, spans)


def _supposed(text: str, found: Sequence[Source], at: int) -> _Said | None:
    """Suppose that $m \\ge k$: inequalities alone, at the beginning of a sentence"""
    start = _start(text, found[at])
    if not _SUPPOSING.fullmatch(sentence_before(text, start)):
        return None
    said = _listed(text, found, at, "besides", start)
    return said if said.conditions else None


def _supposition(source: Source, conditions: tuple[Chain, ...]) -> Source:
    statements = tuple(Statement(each, span=each.span) for each in conditions)
    return replace(source, kind="supposition", read=Formula(statements))


def _behind(text: str, found: Sequence[Source], at: int) -> _Said:
    """Conditions behind an equation: ... if $x \\ge 0$ and $y \\ge 0$."""
    words = _words_behind(text, found, at)
    return _listed(text, found, at + 1, _kind(words), _end(text, found[at])) if words is not None else _NOTHING


def _words_behind(text: str, found: Sequence[Source], at: int) -> re.Match[str] | None:
    if not _is_equation(found[at]) or at + 1 == len(found):
        return None
    return _BEHIND.fullmatch(_gap(text, found[at], found[at + 1]))


def _explaining(text: str, found: Sequence[Source], at: int) -> int:
    """How many formulas behind an equation say what it speaks of: y = z + b, where $z = A x$ and $b = B x$."""
    words = _words_behind(text, found, at)
    if words is None or _kind(words) != "besides":
        return 0
    number = at + 1
    while number < len(found) and _defines(found[number]):
        number += 1
        if _joined(text, found, number) is None:
            break
    return number - at - 1


def _defines(source: Source) -> bool:
    chains = [each.chain for each in source.read.statements] if isinstance(source.read, Formula) else []
    equations = (isinstance(each, Chain) and each.relations[0] == "=" and each.items[0] is not None for each in chains)
    return source.kind == "inline" and bool(chains) and all(equations)


def _ahead(text: str, found: Sequence[Source], at: int) -> _Said:
    """Conditions at the beginning of a sentence, if an equation follows: For $1 \\le i \\le n$, we have ..."""
    start = _start(text, found[at])
    words = _AHEAD.fullmatch(sentence_before(text, start))
    if words is None:
        return _NOTHING
    said = _listed(text, found, at, _kind(words), start - len(words[0]) + words.start(_kind(words)))
    after = at + said.count
    if not said.count or after == len(found) or not _is_equation(found[after]):
        return _NOTHING
    if _IMPLIES.match(text, _end(text, found[after])):
        return _NOTHING  # it is a condition itself
    return said if _LEADS_ON.fullmatch(_gap(text, found[after - 1], found[after])) else _NOTHING


def _kind(words: re.Match[str]) -> str:
    """Whether a condition says for what something holds, if what only, or besides which it is said"""
    return words.lastgroup or "only"


def _listed(text: str, found: Sequence[Source], at: int, kind: str, start: int) -> _Said:
    """Conditions from a place on, as far as `and` goes on with more. Nothing where one cannot be used, or is
    restricted by words behind it: then none of them is understood"""
    conditions: list[Chain] = []
    number, joined = at, None  # type: int, re.Match[str] | None
    while number == at or joined is not None:
        own = _conditions_in(found[number], "besides" if joined is not None and joined["comma"] else kind)
        if own is None and joined is not None and (joined["comma"] or found[number].kind == "display"):
            break  # another equation
        if own is None:
            return _NOTHING
        conditions += own
        number += 1
        joined = _joined(text, found, number)
    end = _end(text, found[number - 1])
    return _Said(tuple(conditions), number - at, (start, end)) if _ENDS.match(text, end) else _NOTHING


def _joined(text: str, found: Sequence[Source], number: int) -> re.Match[str] | None:
    """A comma or `and`, or both, between a formula and the one before it"""
    words = _MORE.fullmatch(_gap(text, found[number - 1], found[number])) if number < len(found) else None
    return words if words is not None and (words["comma"] or words["and"]) else None


def _conditions_in(source: Source, kind: str) -> list[Chain] | None:
    """What a formula in a line asks, if it asks anything of the kind that its words introduce"""
    if source.kind != "inline" or not isinstance(source.read, Formula) or source.read.texts:
        return None
    parts = [part for each in source.read.statements for part in (each.chain, *each.conditions)]
    chains = [each for each in parts if isinstance(each, Chain)]
    names = sum(isinstance(each, Name) for each in parts) if kind == "every" else 0
    usable = len(chains) + names == len(parts) and all(_asks(each, kind) for each in chains)
    return chains if usable else None


def _asks(chain: Chain, kind: str) -> bool:
    """Whether this is an inequality, or a name with a value where that can be asked"""
    names_a_value = chain.relations == ("=",) and isinstance(chain.items[0], Name)
    return set(chain.relations) <= _ORDER or (names_a_value and kind != "besides")


def _is_equation(source: Source) -> bool:
    read = source.read
    return isinstance(read, Formula) and any(isinstance(each.chain, Chain) for each in read.statements)


def _start(text: str, source: Source) -> int:
    """Where a formula begins, with its dollars"""
    opening = _OPENING.search(text[max(0, source.start - 2) : source.start])
    return source.start - (len(opening[0]) if opening else 0)


def _gap(text: str, one: Source, other: Source) -> str:
    """What stands between two formulas"""
    return text[_end(text, one) : _start(text, other)]


def _end(text: str, source: Source) -> int:
    """Where a formula ends, with its dollars"""
    closing = _CLOSING.match(text, source.end)
    return closing.end() if closing else source.end


def _conditional(source: Source, conditions: tuple[Chain, ...]) -> Source:
    if not conditions or not isinstance(source.read, Formula):
        return source
    statements = tuple(_with(each, conditions) for each in source.read.statements)
    return replace(source, read=replace(source.read, statements=statements))


def _with(statement: Statement, conditions: tuple[Chain, ...]) -> Statement:
    return replace(statement, conditions=tuple(dict.fromkeys((*statement.conditions, *conditions))))


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return "".join(_parts(text, spans))


def _parts(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        yield text[at:start]
        yield re.sub(r"[^\n]", " ", text[start:end])
        at = end
    yield text[at:]
