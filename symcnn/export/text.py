"""Derivations as plain text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..notation import PLAIN
from ..notation.names import PLAIN_GREEK
from .statement import Wording, Writer

if TYPE_CHECKING:
    from .derivation import Derivation
    from .parts import Part

_WIDEST = 110
_BRACKETS = "a bracket [...] is 1 where the condition in it holds, and 0 where it does not"


def derivation_text(derivation: Derivation, origin: int) -> str:
    """The claim, the chain and its end."""
    writer = Writer.of(derivation.theorem.translated, PLAIN, dict(derivation.letters), origin)
    wording = writer.wording()
    lines = ["Claim.", *(f"  {text}" for text in _given(wording))]
    lines.append(f"    {_equation(wording)}")
    lines += ["", "Proof.", *(f"  {text}" for text in wording.helpers)]
    if not wording.has_brackets and writer.shows_brackets(line.expression for line in derivation.lines):
        lines.append(f"  {_BRACKETS}")
    for part in derivation.parts:
        lines += _part(part, writer)
    return "\n".join([*lines, "  ∎"])


def _given(wording: Wording) -> Iterator[str]:
    if wording.sizes:
        conditions = f" with {_and(wording.about_sizes)}" if wording.about_sizes else ""
        yield f"For all integers {_and(wording.sizes)}{conditions}:"
    yield from wording.tensors
    for reads, ranges in wording.outside:
        yield f"{' = '.join(reads)} = 0 outside of {_and(ranges)}"
    yield from wording.definitions
    yield from (f"the entries of {name} that are not named are 0" for name in wording.entries_left_out)
    for reads, ranges in wording.outside_later:
        yield f"{' = '.join(reads)} = 0 outside of {_and(ranges)}"
    if wording.has_brackets:
        yield _BRACKETS
    if wording.about_entries:
        yield f"assume that {_and(wording.about_entries)}"
    if wording.sizes or wording.tensors or wording.definitions:
        yield "Then"


def _and(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _equation(wording: Wording) -> str:
    return " = ".join(wording.sides) + (f"   ({', '.join(wording.ranges)})" if wording.ranges else "")


def _part(part: Part, writer: Writer) -> Iterator[str]:
    if part.lemma is not None:
        yield f"  We first show that {' = '.join(map(writer.entry, part.lemma))}."
    if part.goes_on:
        yield "  Therefore"
    if part.conditions:
        yield f"  If {_and([writer.entry(condition) for condition in part.conditions])}, then"
    yield f"    {writer.entry(part.start)}" + ("" if part.lines else "   (both sides are the same)")
    shown = [writer.entry(line.expression) for line in part.lines]
    reasons = [f"({plain_words(writer.reason(line))})" for line in part.lines]
    column = _column(shown, reasons)
    for text, why in zip(shown, reasons, strict=True):
        if _fits(text, why, column):
            yield f"      = {text:<{column}}   {why}"
        elif _fits(text, why, len(text)):
            yield f"      = {text}   {why}"
        else:
            yield f"      = {text}"
            yield f"          {why}"


def _column(texts: Sequence[str], reasons: Sequence[str]) -> int:
    """The column in which most reasons can stand beside their formulas"""
    pairs = list(zip(texts, reasons, strict=True))
    count = {len(column): sum(_fits(text, why, len(column)) for text, why in pairs) for column in texts}
    return max(sorted(count), key=lambda column: count[column], default=0)


def _fits(text: str, why: str, column: int) -> bool:
    return len(text) <= column and column + len(why) + 11 <= _WIDEST


def plain_words(reason: str) -> str:
    """The reason with its formulas as plain letters."""
    text = re.sub(r"\\(?:operatorname|text|mathit|mathrm)\{([^{}]*)\}", r"\1", reason.replace("$", ""))
    text = re.sub(r"_\{([^{}]*)\}", r"[\1]", text)
    text = re.sub(r"\\[a-zA-Z]+", lambda found: PLAIN_GREEK.get(found.group(), found.group()), text)
    return re.sub(r"\s+", " ", re.sub(r"[{}]|\\left|\\right|\\ ", "", text))
