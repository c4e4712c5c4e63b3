"""One document from several theorems: claim, derivation and numeric check of each, chapter by chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ..errors import SymcnnError
from ..notation.names import latex_text
from .latex import document

if TYPE_CHECKING:
    from ..numeric import Report
    from ..theorem import Theorem
    from ..theorems.catalogue import Entry

_POWER = r"${} \cdot 10^{{{}}}$"
TITLE = "The mathematics of convolutional networks, proved by machine"


@dataclass(frozen=True)
class Section:
    """A theorem, what the catalogue says of it, and how its two sides compared on random numbers."""

    entry: Entry
    theorem: Theorem
    report: Report


def write_document(sections: Sequence[Section], format: str = "latex") -> str:
    """The text of the document. Raises `SymcnnError` for a format other than `latex` and `markdown`."""
    writers = {"latex": _latex, "markdown": _markdown}
    if format not in writers:
        raise SymcnnError(f"the format is {format!r}, not one of {', '.join(writers)}")
    return writers[format](sections)


def _chapters(sections: Sequence[Section]) -> list[tuple[str, list[Section]]]:
    return [(title, list(group)) for title, group in groupby(sections, key=lambda each: each.entry.chapter)]


def _title(entry: Entry) -> str:
    return entry.name.replace("_", " ").capitalize()


def _latex(sections: Sequence[Section]) -> str:
    parts = [f"\\title{{{TITLE}}}\n\\author{{symcnn}}\n\\date{{}}\n\\maketitle\n"]
    for title, group in _chapters(sections):
        parts.append(f"\\section{{{_plain(title)}}}\n")
        parts += [_latex_section(section) for section in group]
    return document("\n".join(parts))


def _latex_section(section: Section) -> str:
    name = _plain(section.entry.name).replace(r"\_", r"\_\allowbreak ")
    derivation = section.theorem.derivation()
    return (
        f"\\subsection{{{_plain(_title(section.entry))}}}\n\n{derivation.latex()}\n"
        f"{{\\small Proved as \\texttt{{{name}}}, in {derivation.steps} steps that the proof checker has replayed."
        f" {_check(section.report, _POWER)}}}\n"
    )


def _plain(text: str) -> str:
    """Text that LaTeX prints as it stands, with a proper sign in 3 x 3."""
    return re.sub(r"(?<=\d) x (?=\d)", r" $\\times$ ", latex_text(text))


def _markdown(sections: Sequence[Section]) -> str:
    parts = [f"# {TITLE}\n"]
    for title, group in _chapters(sections):
        parts.append(f"## {title}\n")
        parts += [_markdown_section(section) for section in group]
    return "\n".join(parts)


def _markdown_section(section: Section) -> str:
    derivation = section.theorem.derivation()
    return (
        f"### {_title(section.entry)}\n\n{derivation.markdown()}\n"
        f"Proved as `{section.entry.name}`, in {derivation.steps} steps that the proof checker has replayed."
        f" {_check(section.report, '{}e{}')}\n"
    )


def _check(report: Report, power: str) -> str:
    """How the numbers compared; `power` is how a small number is written, digits first"""
    digits, exponent = f"{report.largest_error:.1e}".split("e")
    difference = power.format(digits, int(exponent)) if report.largest_error else "0"
    return (
        f"Both sides agree on {report.samples} random instances (seed {report.seed});"
        f" the largest difference is {difference}."
    )
