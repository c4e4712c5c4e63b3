"""What the commands print: tables, and progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

UNLIMITED = 100_000  # columns, where nobody looks at the page but a program
NUMBERS = frozenset(("steps", "seconds", "milliseconds", "largest error"))
FOLDED = frozenset(("chapter", "summary", "hypotheses", "largest error"))
NOTHING = "-"
Item = TypeVar("Item")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]], folded: bool = True) -> None:
    """A table on stdout, if it has rows; folded to the width of a terminal if `folded`. Words stay whole."""
    body = list(rows)
    if not body:
        return
    console = _console(sys.stdout, folded)
    table = Table(box=None, padding=(0, 2 if console.width == UNLIMITED else 1, 0, 0))
    for column, cells in zip(columns, zip(*body, strict=True), strict=True):
        words = [*column.split(), *(word for cell in cells for word in _unbroken(column, str(cell)))]
        justify: JustifyMethod = "right" if column in NUMBERS else "left"
        least = max(map(cell_len, words))
        table.add_column(column, justify=justify, no_wrap=column not in FOLDED, min_width=least)
    for row in body:
        table.add_row(*row)
    unlimited = console.options.update_width(UNLIMITED)
    console.width = max(console.width, Measurement.get(console, unlimited, table).minimum)
    console.print(table)


def _unbroken(column: str, cell: str) -> Sequence[str]:
    return cell.split() if column in FOLDED else [cell]


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


def _console(stream: TextIO, folded: bool = True) -> Console:
    """A console that prints text as it is: brackets are no markup."""
    width = None if folded and stream.isatty() else UNLIMITED
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)
