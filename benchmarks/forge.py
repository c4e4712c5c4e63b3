"""An attack on the kernel: forged proofs, thousands of them.

    python benchmarks/forge.py --forgeries 10000 --seed 0 --jobs 2 --json forged.json

Valid proof files are changed at random, in one to three places: steps, evidence, paths, names, instantiations, the
statement, and the statement together with its proof. Each file is rejected, or it is accepted; then the oracle says
whether what it states is true. A false statement that is accepted would be a forged proof: there must be none, and
what is not known to be true counts as one. What the oracle cannot judge passes if its own witness satisfies what it
assumes and no counterexample is found; how many these are is said, and which. A forgery is determined by the seed and
its number, whatever the number of jobs.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from forging.sources import Source, sources
from forging.trial import FALSE, FAULT, OUTCOMES, TRUE, UNKNOWN, UNREFUTED, VACUOUS, Outcome, forgery, outcome
from joblib import Parallel, delayed
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

CHUNK = 50
FORGED = (FALSE, VACUOUS, FAULT, UNKNOWN)  # what must not be


def outcomes(count: int, seed: int, jobs: int = 1) -> Iterator[Outcome]:
    """What becomes of the forgeries from 0 on, in order."""
    files = sources()
    chunks = [range(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK)]
    parallel = Parallel(n_jobs=jobs, return_as="generator")
    for found in parallel(delayed(outcomes_of)(seed, chunk, files) for chunk in chunks):
        yield from found


def outcomes_of(seed: int, numbers: Iterable[int], files: tuple[Source, ...]) -> list[Outcome]:
    """What becomes of the forgeries with these numbers."""
    return [outcome(seed, number, files) for number in numbers]


def summary(found: Iterable[Outcome], seed: int) -> dict[str, Any]:
    """The counts, by outcome and by kind of change, and everything that was accepted with another statement."""
    every = list(found)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for each in every:
        for kind in set(each.kinds):
            kinds[kind][each.result] += 1
    totals = Counter(each.result for each in every)
    listed = (TRUE, UNREFUTED, *FORGED)
    return {
        "seed": seed,
        "forgeries": len(every),
        "outcomes": {name: totals[name] for name in OUTCOMES},
        "kinds": {kind: {name: kinds[kind][name] for name in OUTCOMES if kinds[kind][name]} for kind in sorted(kinds)},
        "accepted": [_listed(each) for each in every if each.result in listed],
    }


def _listed(each: Outcome) -> dict[str, Any]:
    return {
        "number": each.number,
        "source": each.source,
        "kinds": list(each.kinds),
        "result": each.result,
        "statement": each.statement,
        "detail": each.detail,
    }


def show(found: dict[str, Any], seconds: float, console: Console) -> None:
    """A table of the counts, and the forged proofs and what could not be judged, if there are any."""
    table = Table(title=f"{found['forgeries']} forgeries, seed {found['seed']}, in {seconds:.0f} s")
    table.add_column("outcome")
    table.add_column("forgeries", justify="right")
    for name, count in found["outcomes"].items():
        table.add_row(name, str(count))
    console.print(table)
    for each in found["accepted"]:
        if each["result"] in (UNREFUTED, *FORGED):
            style = "bold red" if each["result"] in FORGED else "bold"
            console.print(f"{each['number']} of {each['source']}: {each['result']}", style=style)
            console.print(f"{each['kinds']}\n{each['statement']}\n{each['detail']}", markup=False)


def watched(found: Iterable[Outcome], count: int, console: Console) -> list[Outcome]:
    """All outcomes, with a bar while they come."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    every: list[Outcome] = []
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("forging", total=count)
        for each in found:
            every.append(each)
            forged = sum(one.result in FORGED for one in every[-1:])
            progress.update(task, advance=1, description="forged!" if forged else None)
    return every


@click.command(help=__doc__)
@click.option("--forgeries", default=10_000, show_default=True, help="How many.")
@click.option("--seed", default=0, show_default=True)
@click.option("--jobs", default=1, show_default=True, help="How many processes.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Where the summary is written.")
@click.option("--show", "shown", type=int, help="Write the proof file of this number instead, and what became of it.")
def main(forgeries: int, seed: int, jobs: int, file: Path | None, shown: int | None) -> None:
    """Forge, and fail if anything was accepted that should not have been."""
    console = Console(width=120)
    if shown is not None:
        click.echo(forgery(seed, shown, sources()).text)
        console.print(outcome(seed, shown, sources()))
        return
    start = perf_counter()
    every = watched(outcomes(forgeries, seed, jobs), forgeries, console)
    found = summary(every, seed)
    show(found, perf_counter() - start, console)
    if file is not None:
        file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if any(found["outcomes"][name] for name in FORGED):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
