"""Thousands of mutants of the catalogue's theorems: is anything proved that is false, and is the rest decided?

    python benchmarks/soundness.py --mutants 10000 --seed 0 --jobs 2 [--json FILE] [--theorems NAME,...]
    python benchmarks/soundness.py --mutants 1000000 --backend dask --scheduler tcp://ADDRESS

Each mutant is decided, and judged by an oracle that knows nothing of proofs (`oracle`). The same arguments give the
same mutants, however many processes there are. Ends with 1 if something false is proved, a proof or a counterexample
cannot be replayed, there is an exception that is no refusal, or there are fewer different mutants than were asked for.
`docs/soundness.md` says more.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from mutants import report
from mutants.running import Task, Workers, run, tasks
from mutants.tally import Tally, document, tally
from mutants.trial import FAULT, Outcome, Settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from symcnn.theorems import entries, find

WIDTH = 150  # of the tables
ROUNDS = 5  # of making up for mutants that were equal to others


def measure(theorems: Sequence[str], arguments: argparse.Namespace, console: Console) -> Tally:
    """The outcomes of as many different mutants as asked for, or of all that there are."""
    outcomes: list[Outcome] = []
    workers = Workers(arguments.jobs, arguments.backend, arguments.scheduler)
    settings = Settings(seconds=arguments.seconds, proof_seconds=arguments.proof_seconds)
    start = 0
    for _ in range(ROUNDS):
        missing = arguments.mutants - len(tally(outcomes).outcomes)
        if missing <= 0:
            break
        planned = tasks(theorems, arguments.seed, missing, start)
        before, start = len(outcomes), start + missing
        outcomes += _followed(planned, settings, workers, console)
        if len(outcomes) == before:
            break
    return tally(outcomes)


def _followed(planned: list[Task], settings: Settings, workers: Workers, console: Console) -> list[Outcome]:
    """The outcomes, with a bar that shows how far they are"""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=console) as progress:
        bar = progress.add_task("mutants", total=sum(len(task.numbers) for task in planned))
        found: list[Outcome] = []
        for outcomes in run(planned, settings, workers):
            found += outcomes
            progress.update(bar, completed=len(found), description=_so_far(found))
    return found


def _so_far(found: list[Outcome]) -> str:
    unsound, faults = len(Tally(tuple(found)).unsound), sum(each.verdict == FAULT for each in found)
    return f"mutants ({unsound} unsound, {faults} faults)"


def exit_code(found: Tally, wanted: int = 0) -> int:
    """1 if anything is wrong that must not be, or there are fewer mutants than wanted, else 0."""
    return int(bool(found.unsound or found.of(FAULT)) or len(found.outcomes) < wanted)


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The arguments of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--mutants", type=int, default=1000, help="how many different ones (default 1000)")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other mutants (default 0)")
    parser.add_argument("--jobs", type=int, default=1, help="processes of this machine (default 1)")
    parser.add_argument("--json", type=Path, help="the file to write all numbers and remarkable mutants to")
    parser.add_argument("--backend", choices=("loky", "dask"), default="loky", help="where to run (default: here)")
    parser.add_argument("--scheduler", default="", help="the address of the Dask scheduler")
    parser.add_argument("--theorems", default="", help="only these, with commas between them")
    parser.add_argument("--seconds", type=float, default=2.0, help="for a counterexample (default 2)")
    parser.add_argument("--proof-seconds", type=float, default=10.0, help="for a proof (default 10)")
    found = parser.parse_args(arguments)
    if (found.backend == "dask") != bool(found.scheduler):
        parser.error("--backend dask and --scheduler ADDRESS belong together")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, write; return the exit code. Raises `UnknownName` for a theorem that is not in the catalogue."""
    chosen, console, start = parse(arguments), Console(width=WIDTH), perf_counter()
    names = chosen.theorems.split(",") if chosen.theorems else [entry.name for entry in entries()]
    found = measure([find(name, entries()).name for name in names], chosen, console)
    seconds = round(perf_counter() - start, 1)
    report.show(found, console)
    console.print(f"{len(found.outcomes)} mutants in {seconds:g} s")
    if len(found.outcomes) < chosen.mutants:
        console.print(f"fewer than the {chosen.mutants} that were asked for: no more different ones were found")
    if chosen.json:
        how = {"mutants": chosen.mutants, "seed": chosen.seed, "theorems": names, "wall_seconds": seconds}
        chosen.json.write_text(json.dumps(document(found, how), indent=1, ensure_ascii=False), "utf-8")
    return exit_code(found, chosen.mutants)


if __name__ == "__main__":
    sys.exit(main())
