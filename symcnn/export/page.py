"""A report as one page of HTML that needs nothing else: its equations are MathML, and all of its text is escaped.

The document is somebody else's text. What becomes of it here are values for the template, which escapes them, and
elements of MathML of which only known tags and attributes are kept.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import PurePath
from time import monotonic
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, tostring

from jinja2 import Environment, PackageLoader, StrictUndefined
from latex2mathml.converter import convert_to_element
from markupsafe import Markup

from ..notation.names import latex_formula
from ..read.report import Finding, Report, Verdict
from .latex import claim_latex, introduction, opening, writer_of

if TYPE_CHECKING:
    from .derivation import Derivation
    from .parts import Part
    from .statement import Writer

SECONDS = 1.0  # for one formula
LONGEST = 5_000  # characters of a formula: regular expressions of latex2mathml take the square of it
TOKENS = frozenset(("mi", "mn", "mo", "mtext"))
TAGS = TOKENS | {
    *("math", "menclose", "mfrac", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt", "mstyle"),
    *("msub", "msubsup", "msup", "mtable", "mtd", "mtr", "munder", "munderover"),
}
ATTRIBUTES = frozenset(  # none of them names a place, a style or a colour
    (
        *("accent", "columnalign", "columnspacing", "depth", "display", "displaystyle", "fence", "form", "height"),
        *("largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "notation"),
        *("rowspacing", "rspace", "scriptlevel", "stretchy", "voffset", "width"),
    )
)


@dataclass(frozen=True)
class Formula:
    """A formula, and how a browser shows it; None where that is not known."""

    latex: str
    mathml: Markup | None


Words = tuple[str | Formula, ...]  # text with formulas in it


@dataclass(frozen=True)
class Row:
    """A formula of a chain, and why it follows from the one before."""

    formula: Formula
    reason: Words = ()


@dataclass(frozen=True)
class Passage:
    """A piece of a derivation: words, a display, or a chain of equations."""

    words: Words = ()
    display: Formula | None = None
    chain: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Equation:
    """A finding as the page shows it; `anchor` is its name in links."""

    anchor: str
    finding: Finding
    formula: Formula
    suggestion: Formula | None
    derivation: tuple[Passage, ...]


def page_html(report: Report) -> str:
    """The page: what was counted, a section for every equation, and a table of what was inferred."""
    environment = Environment(
        loader=PackageLoader("symcnn", "export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.jinja").render(
        path=report.path,
        name=PurePath(report.path).name,
        equations=tuple(_equations(report)),
        inferences=report.inferences,
        counts=[(verdict, report.count(verdict)) for verdict in Verdict],
    )


def _equations(report: Report) -> Iterator[Equation]:
    seen = Counter[int]()
    for finding in report.findings:
        seen[finding.line] += 1
        again = f"-{seen[finding.line]}" if seen[finding.line] > 1 else ""
        yield Equation(
            anchor=f"line-{finding.line}{again}",
            finding=finding,
            formula=formula_of(finding.latex, "block"),
            suggestion=None if finding.suggestion is None else formula_of(finding.suggestion.latex, "block"),
            derivation=() if finding.theorem is None else tuple(_passages(finding.theorem.derivation())),
        )


# Derivations


def _passages(derivation: Derivation) -> Iterator[Passage]:
    """The claim, the chains and what is said between them"""
    writer = writer_of(derivation, 1)
    yield from _told(claim_latex(derivation))
    yield from _told("\n".join(["\\textbf{Proof.}", *opening(derivation, writer)]))
    for part in derivation.parts:
        for text in introduction(part, writer):
            if isinstance(text, str):
                yield from _told(text)
            else:
                yield Passage(display=formula_of(" \\\\ ".join(f"& {row}" for row in text), "block"))
        yield Passage(chain=tuple(_rows(part, writer)))


def _told(latex: str) -> Iterator[Passage]:
    """Text and displays in turn"""
    for number, text in enumerate(re.split(r"\\\[\n(.*?)\n\\\]", latex, flags=re.DOTALL)):
        if number % 2:
            yield Passage(display=formula_of(text.strip(), "block"))
        elif text.strip():
            yield Passage(words=_words(re.sub(r"\\(?:textbf|emph)\{([^{}]*)\}", r"\1", text.strip())))


def _words(text: str) -> Words:
    """Text with formulas between dollar signs"""
    pieces = re.split(r"\$([^$]*)\$", text)
    return tuple(
        formula_of(latex_formula(piece)) if number % 2 else piece for number, piece in enumerate(pieces) if piece
    )


def _rows(part: Part, writer: Writer) -> Iterator[Row]:
    start = formula_of(writer.entry(part.start, part.indices), "block")
    yield Row(start, () if part.lines else ("both sides are the same",))
    for line in part.lines:
        sign = "=" if line.relation == "=" else r"\le"
        shown = formula_of(rf"{sign} {writer.entry(line.expression, part.indices)}", "block")
        yield Row(shown, _words(writer.reason(line)))


# MathML


class _NoMathML(Exception):
    """A formula that is not shown as MathML."""


def formula_of(latex: str, display: str = "inline") -> Formula:
    """The formula with its MathML, if it can be had in a second and has known parts only."""
    return Formula(latex, _mathml(latex, display) if len(latex) <= LONGEST else None)


def _mathml(latex: str, display: str) -> Markup | None:
    """As it stands, or else as several rows"""
    tidy = _tidy(latex)
    for attempt in (tidy, *([f"\\begin{{split}}{tidy}\\end{{split}}"] if r"\\" in tidy else [])):
        try:
            with _limited(SECONDS):
                element = convert_to_element(attempt, display=display)  # `convert` would undo the escapes of its text
                return Markup(tostring(_clean(element), encoding="unicode"))
        except TimeoutError:
            return None
        except Exception:  # there is no telling what it raises: IndexError, KeyError, errors of its own
            continue
    return None


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` in here after so many seconds, at the next call of a function."""
    before, deadline = sys.getprofile(), monotonic() + seconds

    def look(*_: Any) -> None:
        if monotonic() > deadline:
            raise TimeoutError

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(before)


def _tidy(latex: str) -> str:
    """The formula without what only numbers it, and with nothing that latex2mathml is known to misread"""
    changes: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
        (r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])", ""),
        (r"\\(begin|end)\{(?:aligned|gathered|align|gather\*?|alignat\*?|multline\*?)\}", r"\\\1{split}"),
        (r"\\operatorname\s*\{([a-zA-Z]*(?:\d|\\_)[^{}$]*)\}", r"\\text{\1}"),
        (r"\\(?:text|mbox|textrm)\{((?:[^{}$]|\$[^$]*\$)*)\}", _text_apart),
    )
    for pattern, by in changes:
        latex = re.sub(pattern, by, latex)
    return latex


def _text_apart(found: re.Match[str]) -> str:
    r"""\text{if $x$ is} as \text{if }{x}\text{ is}"""
    pieces = found.group(1).split("$")
    return "".join(rf"{{{piece}}}" if number % 2 else rf"\text{{{piece}}}" for number, piece in enumerate(pieces))


def _clean(element: Element) -> Element:
    """A copy with known tags and attributes, in which no text hides what it is; raises `_NoMathML` if it cannot be"""
    text = _shown(element)
    tag = "mrow" if element.tag in TOKENS and len(element) else element.tag
    if tag not in TAGS or element.get("linebreak"):
        raise _NoMathML(tag)
    clean = Element(tag, {key: value for key, value in element.attrib.items() if key in ATTRIBUTES})
    clean.text = text or None
    clean.extend(map(_clean, element))
    return clean


def _shown(element: Element) -> str:
    """The text of an element: latex2mathml leaves references to characters in it, and commands it does not know"""
    text = element.text or ""
    if element.tag == "mtext":
        text = re.sub(r"\\([_&%#$ {}])", r"\1", text)
    if text.startswith("\\") or "$" in text:
        raise _NoMathML(text)
    return "" if (element.tag, text) == ("mi", "&") else unescape(text)
