"""Derivations as plain text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..kernel import terms
from ..notation import PLAIN
from ..notation.names import PLAIN_GREEK
from .parts import Part, Stage
from .shown import cases, closed_form, ranges_of
from .statement import Writer
from .wording import Wording

if TYPE_CHECKING:
    from .derivation import Derivation

_WIDEST = 110
_BRACKETS = "a bracket [...] is 1 where the condition in it holds, and 0 where it does not"


def derivation_text(derivation: Derivation, origin: int) -> str:
    """The claim, the chain and its end."""
    writer = Writer.of(derivation.theorem.translated, PLAIN, dict(derivation.letters), origin)
    closed = closed_form(derivation)
    wording = writer.wording(closed)
    lines = ["Claim.", *(f"  {text}" for text in _given(wording))]
    lines.append(f"    {_equation(wording)}")
    lines += ["  that is, in matrices,", f"    {wording.matrices}"] if wording.matrices else []
    lines += ["", "Proof.", *(f"  {text}" for text in wording.helpers)]
    told = wording.has_brackets and closed is None
    if not told and writer.shows_brackets(line.expression for line in derivation.lines):
        lines.append(f"  {_BRACKETS}")
    for part in derivation.parts:
        lines += _part(part, writer)
    return "\n".join([*lines, "  ∎"])


def _given(wording: Wording) -> Iterator[str]:
    if wording.sizes:
        conditions = f" with {_and(wording.about_sizes)}" if wording.about_sizes else ""
        yield f"For all integers {_and(wording.sizes)}{conditions}:"
    if wording.layers is not None:
        sizes = [f"{size} >= 1 is an integer" for size in wording.layers.sizes]
        yield f"for every layer {wording.layers.letter}: {', '.join([*sizes, *wording.layers.tensors])}"
    yield from (f"{function} is {facts or 'any function'}" for function, facts in wording.functions)
    yield from (f"{field} is differentiable" for field in wording.fields)
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
    for each in wording.suppositions:
        yield f"suppose that for every {_and(each.tensors)}"
        yield from (f"  ({' = '.join(reads)} = 0 outside of {_and(ranges)})" for reads, ranges in each.outside)
        yield f"  {_sides(each.sides, each.ranges)}"
    if wording.sizes or wording.tensors or wording.definitions:
        yield "Then"


def _and(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _equation(wording: Wording) -> str:
    return _sides(wording.sides, wording.ranges, wording.sign)


def _sides(sides: tuple[str, str], ranges: Sequence[str], sign: str = " = ") -> str:
    return sign.join(sides) + (f"   ({', '.join(ranges)})" if ranges else "")


def _part(part: Part, writer: Writer) -> Iterator[str]:
    yield from _introduction(part, writer)
    start = writer.entry(part.start, part.indices)
    yield f"    {start}" + ("" if part.lines else "   (both sides are the same)")
    shown = [writer.entry(line.expression, part.indices) for line in part.lines]
    signs = [line.relation for line in part.lines]
    reasons = [f"({plain_words(writer.reason(line))})" for line in part.lines]
    column = _column(shown, reasons)
    for text, why, sign in zip(shown, reasons, signs, strict=True):
        if _fits(text, why, column):
            yield f"      {sign} {text:<{column}}   {why}"
        elif _fits(text, why, len(text)):
            yield f"      {sign} {text}   {why}"
        else:
            yield f"      {sign} {text}"
            yield f"          {why}"


def _introduction(part: Part, writer: Writer) -> Iterator[str]:
    """The words before a chain"""
    if part.lemma is not None:
        given = f" with {_and([writer.printer(each) for each in part.hypotheses])}" if part.hypotheses else ""
        names = _and([writer.printer.name(name) for name in part.integers]) if part.integers else ""
        every = f", for all {names}{given}," if names else ""
        yield f"  We first show that{every} {' = '.join(map(writer.entry, part.lemma))}."
    if part.stage is not None:
        yield from _induction(part.stage, writer)
    if part.goes_on:
        yield "  Therefore"
    if part.conditions and part.stage is None:
        yield f"  If {_and(cases(part, writer))}, then"
    for each in part.attained:
        names = _and([writer.printer.name(name) for name in each.indices])
        value = terms.instantiate(each.maximum.args[-1], *map(terms.variable, each.indices))
        sides = (writer.entry(side, part.indices) for side in (each.maximum, value))
        yield f"  Let {names} be where the maximum is attained: {' = '.join(sides)}"


def _induction(stage: Stage, writer: Writer) -> Iterator[str]:
    found = stage.induction
    letter, lower = writer.printer.name(found.variable), writer.printer(found.lower)
    if stage.is_base:
        left, right = (writer.entry(side, found.integers) for side in (found.left, found.right))
        yield f"  We show by induction on {letter} that for every {letter} >= {lower}"
        yield f"    {_sides((left, right), ranges_of(found.integers, found.hypotheses, writer))}"
        yield f"  Base: {letter} = {lower}"
    else:
        yield f"  Step: suppose that this holds for some {letter} >= {lower}. For {letter} + 1,"


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
