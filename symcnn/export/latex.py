"""Derivations in LaTeX, with amsmath and amssymb and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..kernel import Term, terms
from ..notation import LATEX
from ..notation.names import unknown_letters
from .chain import Row, aligned, display, rows_of
from .given import Layers, Supposition
from .parts import Attained, Part, Stage
from .rows import broken
from .shown import cases, closed_form, ranges_of
from .statement import Writer
from .width import LINE, width
from .wording import Wording

if TYPE_CHECKING:
    from .derivation import Derivation

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
\setlength{\emergencystretch}{6em}
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
    wording = writer_of(derivation, origin).wording(closed_form(derivation))
    return "\n".join(["\\textbf{Claim.}", *_claim(wording)])


def _claim(wording: Wording) -> Iterator[str]:
    sizes, others = [_sizes(wording)], [*_functions(wording), _tensors(wording), *_fields(wording)]
    given = [*sizes, *others]
    if wording.layers is None:
        yield from _let(given)
    else:
        yield from _let(sizes)
        yield _layers(wording.layers)
        yield from _let(others)
    if wording.definitions:
        yield f"Let\n{_display(wording.definitions)}"
    yield from (f"The entries of ${name}$ that are not named are $0$." for name in wording.entries_left_out)
    yield from (f"Outside of {_listed(ranges)}, {_zero(reads)}." for reads, ranges in wording.outside_later)
    if wording.has_brackets:
        yield _BRACKETS
    if wording.about_entries:
        yield f"Assume that {_listed(wording.about_entries)}."
    for each in wording.suppositions:
        yield from _supposition(each)
    start = "Then\n" if any(given) or wording.definitions else ""
    end = "," if wording.matrices else "."
    yield f"{start}{_display(_equation(wording), end=end)}"
    if wording.matrices:
        yield f"that is, in matrices,\n{_display([wording.matrices], end='.')}"


def _let(several: list[str]) -> Iterator[str]:
    given = [text for text in several if text]
    if given:
        yield f"Let {', let '.join(given[:-1])}{', and let ' if given[1:] else ''}{given[-1]}."


def _functions(wording: Wording) -> Iterator[str]:
    for function, facts in wording.functions:
        yield f"${function}$ be {facts}" if facts else f"${function}$ be any function"


def _fields(wording: Wording) -> Iterator[str]:
    yield from (f"${field}$ be differentiable" for field in wording.fields)


def _layers(layers: Layers) -> str:
    sizes = [f"${size} \\ge 1$" for size in layers.sizes]
    many = f"{_and(sizes)} be {'integers' if sizes[1:] else 'an integer'}" if sizes else ""
    parts = [part for part in (many, _listed(layers.tensors) if layers.tensors else "") if part]
    return f"For every layer ${layers.letter}$, let {', and let '.join(parts)}."


def _supposition(each: Supposition) -> Iterator[str]:
    outside = [f"{_zero(reads)} outside of {_listed(ranges)}" for reads, ranges in each.outside]
    where = f", where {_and(outside)}," if outside else ""
    left, right = each.sides
    equation = _display(_with_ranges(left, right, each.ranges), end=".")
    yield f"Suppose that for every {_listed(each.tensors)}{where}\n{equation}"


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
    return _with_ranges(*wording.sides, wording.ranges, wording.sign)


def _with_ranges(left: str, right: str, limits: Sequence[str], sign: str = " = ") -> list[str]:
    ranges = f"({_COMMA.join(limits)})" if limits else ""
    whole = f"{left}{sign}{right}"
    if width(rf"{whole} \qquad {ranges}") <= LINE - 2:
        return [rf"{whole} \qquad {ranges}" if ranges else whole]
    rows = [whole] if width(whole) <= LINE - 2 else [*broken(left, LINE - 2), *_right(right, sign)]
    return [*rows, rf"\qquad {ranges}"] if ranges else rows


def _right(right: str, sign: str = " = ") -> list[str]:
    first, *others = broken(right, LINE - 6)
    return [rf"\qquad {sign.strip()} {first}", *(rf"\qquad\qquad {row}" for row in others)]


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
    told = wording.has_brackets and closed_form(derivation) is None
    if not told and writer.shows_brackets(shown):
        yield _BRACKETS


def introduction(part: Part, writer: Writer) -> Iterator[str | list[str]]:
    """The words before a chain; a list is a display."""
    if part.lemma is not None:
        yield f"We first show that{_for_all(part.integers, part.hypotheses, writer)}"
        yield _equality(part.lemma, writer, ())
    if part.stage is not None:
        yield from _induction(part.stage, writer)
    if part.goes_on:
        yield "Therefore"
    if part.conditions and part.stage is None:
        yield f"If {_listed(cases(part, writer))}, then"
    for each in part.attained:
        yield from _attained(each, part, writer)


def _equality(sides: tuple[Term, Term], writer: Writer, more: tuple[str, ...]) -> list[str]:
    left, right = (writer.entry(side, more) for side in sides)
    return _with_ranges(left, right, ())


def _for_all(integers: tuple[str, ...], hypotheses: tuple[Term, ...], writer: Writer) -> str:
    if not integers:
        return ""
    given = f" with {_listed([writer.printer(each) for each in hypotheses])}" if hypotheses else ""
    return f", for all {_listed([writer.printer.name(name) for name in integers])}{given},"


def _induction(stage: Stage, writer: Writer) -> Iterator[str | list[str]]:
    """What is shown by induction, and which half of it comes now"""
    found = stage.induction
    letter, lower = writer.printer.name(found.variable), writer.printer(found.lower)
    ranges = ranges_of(found.integers, found.hypotheses, writer)
    if stage.is_base:
        yield f"We show by induction on ${letter}$ that for every ${letter} \\ge {lower}$"
        left, right = (writer.entry(side, found.integers) for side in (found.left, found.right))
        yield _with_ranges(left, right, ranges)
        yield f"\\emph{{Base:}} ${letter} = {lower}$."
    else:
        yield f"\\emph{{Step:}} suppose that this holds for some ${letter} \\ge {lower}$. For ${letter} + 1$,"


def _attained(each: Attained, part: Part, writer: Writer) -> Iterator[str | list[str]]:
    """The names of indices at which a maximum is attained"""
    names = [writer.printer.name(name) for name in each.indices]
    places = f"({', '.join(names)})" if names[1:] else names[0]
    word = "indices" if names[1:] else "an index"
    yield f"Let ${places}$ be {word} at which the maximum is attained, so that"
    value = terms.instantiate(each.maximum.args[-1], *map(terms.variable, each.indices))
    yield _equality((each.maximum, value), writer, part.indices)
    yield "Then"


def chains_latex(derivation: Derivation, origin: int = 1) -> str:
    """The chains alone, as one `aligned`; the words between them are rows of their own."""
    writer = writer_of(derivation, origin)
    rows: list[Row] = []
    for part in derivation.parts:
        for text in introduction(part, writer):
            rows += [Row(rf"\text{{{text}}}")] if isinstance(text, str) else map(Row, text)
        rows += rows_of(part, writer)
    return aligned(rows)
