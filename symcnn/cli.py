"""The commands. What they need is imported inside them, so that `symcnn --help` is quick."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from . import __version__
from .errors import Rejected, SymcnnError

SUFFIXES = {"latex": ".tex", "markdown": ".md"}
LONGEST_MESSAGE = 600
TARGET = "NAME or FILE.py[::NAME]"


class BadInput(click.ClickException):
    """What cannot be worked on: one line on stderr."""

    exit_code = 2


class Commands(click.Group):
    """A group whose commands return their exit code, and in which every refusal is one line."""

    def invoke(self, ctx: click.Context) -> None:
        """Run a command and exit: 0 as expected, 1 not as expected, 2 bad input."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()  # here, where click is quiet about a closed pipe
        except (SymcnnError, Rejected) as error:
            raise BadInput(one_line(str(error))) from error
        ctx.exit(code or 0)


def one_line(message: str) -> str:
    """The message without line breaks, and not without end."""
    text = "; ".join(" ".join(line.split()) for line in message.splitlines() if line.strip())
    return text if len(text) <= LONGEST_MESSAGE else text[:LONGEST_MESSAGE] + " ..."


def complain(message: str) -> None:
    """One line on stderr, after which the command goes on."""
    click.echo(f"Error: {one_line(message)}", err=True)


@contextmanager
def writable(place: Path) -> Iterator[None]:
    """Refuse, in one line, where nothing can be written."""
    try:
        yield
    except OSError as error:
        raise SymcnnError(f"{place}: cannot be written: {error.strerror}") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="symcnn %(version)s")
def main() -> None:
    """The mathematics of convolutional networks, proved by machine.

    A theorem is named as in the catalogue, or as FILE.py::NAME in a file of your own; FILE.py alone is every
    theorem in that file.

    Exit code 0: every statement has the verdict that is expected of it; 1: one has not; 2: bad input.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without Greek letters is no reason to fail
            stream.reconfigure(errors="backslashreplace")


@main.command()
@click.argument("targets", nargs=-1, metavar=f"[{TARGET}]...")
@click.option("--format", "format_", type=click.Choice(sorted(SUFFIXES)), default="latex", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), default="derivations", show_default=True)
def derive(targets: tuple[str, ...], format_: str, output: Path) -> int:
    """Prove theorems and write a document of them.

    Without names, all theorems of the catalogue. The document goes into the folder OUTPUT: of each theorem
    the claim, its derivation and a check with numbers. Its path is the last line that is printed.
    """
    from .cli_run import run
    from .cli_statements import resolve
    from .cli_tables import print_table
    from .export.document import Section, write_document

    with writable(output):
        output.mkdir(parents=True, exist_ok=True)
    result = run(resolve(targets))
    print_table(("name", "verdict", "steps", "milliseconds", "largest error"), result.short_rows())
    result.complain(complain)
    sections = [
        Section(outcome.entry, outcome.theorem, outcome.report)
        for outcome in result.outcomes
        if outcome.theorem is not None and outcome.report is not None
    ]
    if sections:
        path = output / f"symcnn{SUFFIXES[format_]}"
        with writable(path):
            path.write_text(write_document(sections, format_), encoding="utf-8", newline="\n")
        click.echo(path)
    return result.exit_code


@main.command("list")
def list_() -> None:
    """List the theorems of the catalogue."""
    from .cli_tables import print_table
    from .theorems import entries

    rows = ((entry.name, entry.chapter, entry.summary) for entry in entries())
    print_table(("name", "chapter", "summary"), rows)


@main.command()
@click.argument("target", metavar=TARGET)
def show(target: str) -> int:
    """Show the derivation of a theorem."""
    from .cli_run import NoTheorem, verdict_of
    from .cli_statements import named, resolve

    code = 0
    for statement in resolve((target,)):
        with named(statement):
            found = verdict_of(statement.entry)
            unexpected = isinstance(found, NoTheorem) and found.verdict != statement.entry.expected
            text = found.reason if isinstance(found, NoTheorem) else found.derivation().text()
        click.echo(f"{statement}\n\n{text}\n", err=unexpected)
        code = max(code, int(unexpected))
    return code


@main.command()
@click.argument("targets", nargs=-1, metavar=f"[{TARGET}]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def prove(targets: tuple[str, ...], as_json: bool) -> int:
    """Prove theorems; a line about each.

    Without names, all theorems of the catalogue.
    """
    from .cli_run import COLUMNS, run
    from .cli_statements import resolve
    from .cli_tables import print_table

    def print_json(record: dict[str, Any]) -> None:
        click.echo(json.dumps(record))

    result = run(resolve(targets), print_json if as_json else None)
    if not as_json:
        print_table(COLUMNS, result.long_rows(), folded=False)
    result.complain(complain)
    return result.exit_code


@main.command()
@click.argument("target", metavar=TARGET)
def numpy(target: str) -> None:
    """Print a theorem as NumPy functions.

    Of both sides, as generated from their formulas.
    """
    from .cli_statements import named, resolve

    for statement in resolve((target,)):
        with named(statement):
            sides = statement.entry.prove().numpy_functions()
        for word, side in zip(("left", "right"), sides, strict=True):
            click.echo(f"# The {word} side of {statement.entry.name}.\n{side.source.strip()}\n")


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE.json...", type=click.Path(path_type=Path))
def verify(files: tuple[Path, ...]) -> int:
    """Replay proofs and print what they prove.

    As `python -m symcnn.kernel` does: nothing but the kernel looks at them. A theorem writes such a file with
    `to_json()`.
    """
    from .cli_replay import replay_all
    from .cli_tables import print_table

    result = replay_all(files)
    for replayed in result.replayed:
        if replayed.statement:
            click.echo(f"{replayed.file}:\n{replayed.statement}\n")
    print_table(("name", "verdict", "steps", "milliseconds", "largest error"), result.rows())
    for message in result.messages:
        complain(message)
    return result.exit_code


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--declarations", type=click.Path(path_type=Path), metavar="FILE.toml", help="Declarations in a file.")
@click.option("--declare", multiple=True, metavar="TEXT", help='A declaration, as in "X: m x n, zero outside".')
@click.option("--json", "as_json", is_flag=True, help="One JSON object per equation; what is inferred, on stderr.")
@click.option("--format", "format_", type=click.Choice(["html", "text"]), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there, not on stdout.")
@click.option("--derivations", is_flag=True, help="In text, the derivation of what is proved; a page always has it.")
@click.option("--seconds", type=click.FloatRange(min=0), default=2.0, show_default=True, help="For a counterexample.")
def check(
    file: Path,
    declarations: Path | None,
    declare: tuple[str, ...],
    as_json: bool,
    format_: str,
    output: Path | None,
    derivations: bool,
    seconds: float,
) -> int:
    """Check the equations of a document.

    FILE is LaTeX, Markdown or text. Every equation is proved, defined, refuted or not checkable. Exit code 1 if
    one is refuted.
    """
    from .cli_check import Request, check_document

    if as_json and format_ == "html":
        raise click.UsageError("--json and --format html exclude each other")
    form = "json" if as_json else format_
    return check_document(Request(file, declarations, declare, seconds, form, output, derivations))
