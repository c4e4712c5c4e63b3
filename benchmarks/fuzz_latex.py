"""An attack on the reader of LaTeX: formulas and documents at random.

    python benchmarks/fuzz_latex.py --cases 100000 --seed 0 --jobs 2

A case is a random tree that is printed, a row of random tokens, or a formula or document of `tests/documents` with
changes. It is read, or refused with a `ParseError` whose line, column and caret are in the text, within two seconds;
and what is read, printed and read again is the same tree. Everything else is wrong, is shown with a text that is as
short as possible, and makes the exit code 1. A case is determined by the seed and its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from time import perf_counter

import click
from fuzzing.trial import KINDS, READ, REFUSED, Result, case
from joblib import Parallel, delayed
from rich.console import Console
from rich.table import Table

CHUNK = 500
MOST_SHOWN = 20


def results(count: int, seed: int, jobs: int = 1) -> Iterator[Result]:
    """What becomes of the cases from 0 on, in order."""
    chunks = [range(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK)]
    for found in Parallel(n_jobs=jobs, return_as="generator")(delayed(_results)(seed, chunk) for chunk in chunks):
        yield from found


def _results(seed: int, numbers: Iterable[int]) -> list[Result]:
    return [case(seed, number) for number in numbers]


def show(every: list[Result], seed: int, seconds: float, console: Console) -> None:
    """A table of the counts, the slowest case, and what is wrong."""
    table = Table(title=f"{len(every)} cases, seed {seed}, in {seconds:.0f} s")
    for name in ("kind", READ, REFUSED, "wrong"):
        table.add_column(name, justify="left" if name == "kind" else "right")
    for kind in KINDS:
        counts = Counter(each.outcome for each in every if each.kind == kind)
        wrong = counts.total() - counts[READ] - counts[REFUSED]
        table.add_row(kind, str(counts[READ]), str(counts[REFUSED]), str(wrong))
    console.print(table)
    slowest = max(every, key=lambda each: each.seconds)
    console.print(f"slowest: number {slowest.number}, {slowest.kind}, {slowest.seconds:.3f} s")
    for each in amiss(every)[:MOST_SHOWN]:
        console.print(f"{each.number} ({each.kind}): {each.outcome}", style="bold red")
        console.print(f"{each.text!r}\n{each.detail}", markup=False)


def amiss(every: list[Result]) -> list[Result]:
    """The cases in which something is wrong."""
    return [each for each in every if each.outcome not in (READ, REFUSED)]


@click.command(help=__doc__)
@click.option("--cases", default=100_000, show_default=True, help="How many.")
@click.option("--seed", default=0, show_default=True)
@click.option("--jobs", default=2, show_default=True, help="How many processes.")
def main(cases: int, seed: int, jobs: int) -> None:
    """Read all cases, and fail if anything is wrong."""
    start = perf_counter()
    every = list(results(cases, seed, jobs))
    show(every, seed, perf_counter() - start, Console(width=120))
    if amiss(every):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
