"""A document is checked, and what is found is written: as text, as JSON or as a page."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from textwrap import indent, wrap
from typing import Any, TextIO

import click
from rich.console import Console
from rich.text import Text

from .cli import writable
from .cli_tables import UNLIMITED
from .errors import SymcnnError
from .read.report import Finding, Inference, Report, Verdict

STYLES = {
    Verdict.PROVED: "green",
    Verdict.DEFINED: "cyan",
    Verdict.REFUTED: "bold red",
    Verdict.NOT_CHECKABLE: "yellow",
}
WIDEST = max(len(verdict) for verdict in Verdict)
MARGIN = " " * 6


@dataclass(frozen=True)
class Request:
    """What is to be checked, and how and where what is found is written; without `output`, on stdout."""

    file: Path
    sidecar: Path | None = None
    declarations: tuple[str, ...] = ()
    seconds: float = 2.0
    format: str = "text"
    output: Path | None = None
    derivations: bool = False


def check_document(request: Request) -> int:
    """Check a document and write what is found; 1 if something is refuted, 0 otherwise.

    Raises `SymcnnError` if the document or its declarations cannot be read, or the output cannot be written.
    """
    _keep_what_is_read(request)
    report = _checked(request)
    with _stream(request) as stream:
        if request.format == "html":
            _write_page(report, stream)
        elif request.format == "json":
            _write_json(report, stream)
        else:
            Listing(_console(stream), request.derivations).write(report)
    if request.output is not None:
        click.echo(f"{request.output}: {counted(report)}")
    return int(report.is_refuted)


def _keep_what_is_read(request: Request) -> None:
    """Refuse to write over the document or its declarations"""
    output = request.output
    for source in (request.file, request.sidecar):
        if output and source and source.exists() and output.exists() and output.samefile(source):
            raise SymcnnError(f"{output}: is what is read, and is not written over")


def _checked(request: Request) -> Report:
    from .read.document import check_file

    try:
        return check_file(
            request.file, declarations=request.declarations, sidecar=request.sidecar, seconds=request.seconds
        )
    except OSError as error:
        raise SymcnnError(f"{error.filename or request.file}: cannot be read: {error.strerror or error}") from error


@contextmanager
def _stream(request: Request) -> Iterator[TextIO]:
    """Where it is written; a letter that has no encoding is no reason to fail"""
    if request.output is None:
        yield sys.stdout
        return
    with writable(request.output):
        stream = request.output.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    with writable(request.output), stream:
        yield stream


def counted(report: Report) -> str:
    """5 equations: 2 proved, 2 defined (1 of them a second time), 1 refuted"""
    count = len(report.findings)
    again = f" ({report.second_definitions} of them a second time)" if report.second_definitions else ""
    each = ", ".join(
        f"{report.count(verdict)} {verdict}{again if verdict is Verdict.DEFINED else ''}"
        for verdict in Verdict
        if report.count(verdict)
    )
    return f"{count} equation{'' if count == 1 else 's'}{': ' if each else ''}{each}"


def _write_page(report: Report, stream: TextIO) -> None:
    """The page says that it is UTF-8, wherever it is written"""
    from .export.page import page_html

    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    stream.write(page_html(report))


def _write_json(report: Report, stream: TextIO) -> None:
    """An object an equation; what was inferred goes to stderr"""
    for finding in report.findings:
        stream.write(json.dumps(record(finding)) + "\n")
    for inference in report.inferences:
        click.echo(_read_as(inference), err=True)


def record(finding: Finding) -> dict[str, Any]:
    """A finding for `check --json`."""
    edit, counterexample = finding.suggestion, finding.counterexample
    return {
        "line": finding.line,
        "column": finding.column,
        "display": finding.display,
        "latex": finding.latex,
        "verdict": str(finding.verdict),
        "reason": finding.reason,
        "suggestion": None if edit is None else {"latex": edit.latex, "words": edit.words},
        "remarks": list(finding.remarks),
        "counterexample": None if counterexample is None else str(counterexample),
    }


def _read_as(inference: Inference) -> str:
    return _visible(f"line {inference.line}, read as: {_flat(inference.text)}")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _visible(text: str) -> str:
    """The text without what commands a terminal or turns the direction of writing"""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(letter)[0] == "C" and letter != "\n" else letter
        for letter in text.expandtabs()
    )


def _console(stream: TextIO) -> Console:
    """As wide as a terminal; without end where a program reads"""
    width = None if stream.isatty() else UNLIMITED
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


@dataclass(frozen=True)
class Listing:
    """The report as text: a line with the equation, and below it what is said of it."""

    console: Console
    derivations: bool = False

    def write(self, report: Report) -> None:
        """All equations, what was inferred, and how many have which verdict."""
        digits = max((len(str(finding.line)) for finding in report.findings), default=1)
        for finding in report.findings:
            self._equation(finding, digits)
        for inference in report.inferences:
            self._said(_read_as(inference), margin="")
        self._said(counted(report), margin="")

    def _equation(self, finding: Finding, digits: int) -> None:
        verdict = Text(f"{finding.verdict:<{WIDEST}}", style=STYLES[finding.verdict])
        head = Text.assemble(f"{finding.line:>{digits}}  ", verdict, f"  {_visible(_flat(finding.latex))}")
        self.console.print(head, no_wrap=True, overflow="ellipsis")
        self._said(finding.reason)
        if finding.counterexample is not None:
            self._block(str(finding.counterexample))
        if finding.suggestion is not None:
            self._said(f"did you mean {finding.suggestion}")
        for remark in finding.remarks:
            self._said(f"remark: {remark}")
        if self.derivations and finding.theorem is not None:
            self._block(finding.theorem.derivation().text())

    def _said(self, text: str, margin: str = MARGIN) -> None:
        """Words, folded to the width"""
        room = max(20, self.console.width - len(margin))
        self._block("\n".join(wrap(_flat(text), room, break_on_hyphens=False)), margin)

    def _block(self, text: str, margin: str = MARGIN + "  ") -> None:
        """Lines as they are"""
        if text:
            self.console.print(Text(indent(_visible(text), margin)), soft_wrap=True)
