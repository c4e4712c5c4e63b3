"""What the commands print: tables, and progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

WIDE = 120
UNLIMITED = 100_000  # columns, where nobody looks at the page but a program
NUMBERS = frozenset(("steps", "seconds", "milliseconds", "largest error"))
NOTHING = "-"
Item = TypeVar("Item")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]], least_width: int = 0) -> None:
    """A table on stdout. Names are never cut; on a terminal, all else is folded to its width or more."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        justify = "right" if column in NUMBERS else "left"
        table.add_column(column, justify=justify, no_wrap=column == "name", overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*row)
    _console(sys.stdout, least_width).print(table)


def verdict_text(verdict: str, expected: str) -> Text:
    """The verdict, green where it is the one that is expected."""
    return Text(verdict, style="green" if verdict == expected else "bold red")


def milliseconds(seconds: float) -> str:
    """0.0314 is 31."""
    return f"{1000 * seconds:.0f}"


def tracked(items: Sequence[Item]) -> Iterator[Item]:
    """The items, with a bar on stderr while they are worked on, if that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    # Nothing is redirected: rich would send stdout to where the bar is, which may be another place.
    with Progress(
        *columns, console=_console(sys.stderr), transient=True, redirect_stdout=False, redirect_stderr=False
    ) as bar:
        task = bar.add_task("", total=len(items))
        for item in items:
            bar.update(task, description=str(item))
            yield item
            bar.advance(task)


def _console(stream: TextIO, least_width: int = 0) -> Console:
    """A console that prints text as it is: brackets are no markup."""
    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    console.width = max(console.width, least_width) if stream.isatty() else UNLIMITED
    return console
