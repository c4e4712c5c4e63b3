"""Derivations in LaTeX, with amsmath and amssymb and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..notation import LATEX
from ..notation.names import unknown_letters
from .chain import Row, aligned, display, rows_of
from .rows import broken
from .statement import Wording, Writer
from .width import LINE, width

if TYPE_CHECKING:
    from .derivation import Derivation, Part

PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage{amsmath}
\usepackage{amssymb}
\setlength{\textwidth}{165mm}
\setlength{\textheight}{235mm}
\setlength{\oddsidemargin}{0mm}
\setlength{\evensidemargin}{0mm}
\setlength{\topmargin}{-10mm}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt}
\allowdisplaybreaks
"""
_BRACKETS = r"A bracket $[\,\cdots]$ is $1$ where the condition in it holds, and $0$ where it does not."
_END = r"\tag*{$\square$}"
_COMMA = r",\ "


def derivation_latex(derivation: Derivation, standalone: bool, origin: int) -> str:
    """The claim, the chain and its end."""
    body = f"{claim_latex(derivation, origin)}\n\n{_proof(derivation, origin)}\n"
    return document(body) if standalone else body


def document(body: str) -> str:
    """A whole document. A letter that pdflatex does not have is a question mark there, and itself elsewhere."""
    missing = "".join(f"  \\DeclareUnicodeCharacter{{{ord(letter):04X}}}{{?}}\n" for letter in unknown_letters(body))
    declared = f"\\ifdefined\\DeclareUnicodeCharacter\n{missing}\\fi\n" if missing else ""
    return f"{PREAMBLE}{declared}\\begin{{document}}\n\n{body}\n\\end{{document}}\n"


def writer_of(derivation: Derivation, origin: int) -> Writer:
    """The writer of a derivation in LaTeX."""
    return Writer.of(derivation.theorem.translated, LATEX, dict(derivation.letters), origin)


# The claim


def claim_latex(derivation: Derivation, origin: int = 1) -> str:
    """What is given and defined, what is assumed, and the equation with the range of its indices."""
    wording = writer_of(derivation, origin).wording()
    return "\n".join(["\\textbf{Claim.}", *_claim(wording)])


def _claim(wording: Wording) -> Iterator[str]:
    given = [text for text in (_sizes(wording), _tensors(wording)) if text]
    if given:
        yield f"Let {', and let '.join(given)}."
    if wording.definitions:
        yield f"Let\n{_display(wording.definitions)}"
    yield from (f"The entries of ${name}$ that are not named are $0$." for name in wording.entries_left_out)
    yield from (f"Outside of {_listed(ranges)}, {_zero(reads)}." for reads, ranges in wording.outside_later)
    if wording.has_brackets:
        yield _BRACKETS
    if wording.about_entries:
        yield f"Assume that {_listed(wording.about_entries)}."
    start = "Then\n" if given or wording.definitions else ""
    yield f"{start}{_display(_equation(wording), end='.')}"


def _sizes(wording: Wording) -> str:
    if not wording.sizes:
        return ""
    conditions = f" with {_listed(wording.about_sizes)}" if wording.about_sizes else ""
    several = len(wording.sizes) > 1 or "," in wording.sizes[0]
    return f"{_listed(wording.sizes)} be {'integers' if several else 'an integer'}{conditions}"


def _tensors(wording: Wording) -> str:
    if not wording.tensors:
        return ""
    outside = [f"{_zero(reads)} outside of {_listed(ranges)}" for reads, ranges in wording.outside]
    return _listed(wording.tensors) + (f", where {_and(outside)}" if outside else "")


def _zero(reads: Sequence[str]) -> str:
    return f"${' = '.join(reads)} = 0$"


def _listed(formulas: Sequence[str]) -> str:
    return _and([f"${formula}$" for formula in formulas])


def _and(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _equation(wording: Wording) -> list[str]:
    """The equation with the ranges of its indices, in one row or several"""
    left, right = wording.sides
    ranges = f"({_COMMA.join(wording.ranges)})" if wording.ranges else ""
    whole = f"{left} = {right}"
    if width(rf"{whole} \qquad {ranges}") <= LINE - 2:
        return [rf"{whole} \qquad {ranges}" if ranges else whole]
    rows = [whole] if width(whole) <= LINE - 2 else [*broken(left, LINE - 2), *_right(right)]
    return [*rows, rf"\qquad {ranges}"] if ranges else rows


def _right(right: str) -> list[str]:
    first, *others = broken(right, LINE - 6)
    return [rf"\qquad = {first}", *(rf"\qquad\qquad {row}" for row in others)]


def _display(formulas: Sequence[str], end: str = "") -> str:
    """Displayed formulas, wide ones in several rows"""
    rows = []
    for formula in formulas:
        first, *others = broken(formula, LINE - 3)
        rows += [first, *(rf"\qquad {row}" for row in others)]
    if len(rows) == 1:
        return f"\\[\n  {rows[0]}{end}\n\\]"
    lines = " \\\\\n".join(f"  & {row}" for row in rows)
    return f"\\[\n\\begin{{aligned}}\n{lines}{end}\n\\end{{aligned}}\n\\]"


# The chain


def _proof(derivation: Derivation, origin: int) -> str:
    writer = writer_of(derivation, origin)
    blocks = ["\\textbf{Proof.}", *opening(derivation, writer)]
    for number, part in enumerate(derivation.parts, 1):
        blocks += [text if isinstance(text, str) else shown_display(text) for text in introduction(part, writer)]
        blocks.append(display(rows_of(part, writer), _END if number == len(derivation.parts) else ""))
    return "\n".join(blocks)


def shown_display(rows: list[str]) -> str:
    """A display at the end of a sentence."""
    return _display(rows, end=".")


def opening(derivation: Derivation, writer: Writer) -> Iterator[str]:
    """What only the proof speaks of: tensors between the two sides, brackets."""
    wording = writer.wording()
    if wording.helpers:
        yield f"Let\n{_display(wording.helpers)}"
    shown = (line.expression for line in derivation.lines)
    if not wording.has_brackets and writer.shows_brackets(shown):
        yield _BRACKETS


def introduction(part: Part, writer: Writer) -> Iterator[str | list[str]]:
    """The words before a chain; a list is a display."""
    if part.lemma is not None:
        yield "We first show that"
        left, right = map(writer.entry, part.lemma)
        whole = f"{left} = {right}"
        yield [whole] if width(whole) <= LINE - 2 else [*broken(left, LINE - 2), *_right(right)]
    if part.goes_on:
        yield "Therefore"
    if part.conditions:
        yield f"If {_listed([writer.entry(condition) for condition in part.conditions])}, then"


def chains_latex(derivation: Derivation, origin: int = 1) -> str:
    """The chains alone, as one `aligned`; the words between them are rows of their own."""
    writer = writer_of(derivation, origin)
    rows: list[Row] = []
    for part in derivation.parts:
        for text in introduction(part, writer):
            rows += [Row(rf"\text{{{text}}}")] if isinstance(text, str) else map(Row, text)
        rows += rows_of(part, writer)
    return aligned(rows)
