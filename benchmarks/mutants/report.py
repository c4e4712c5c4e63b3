"""The tables that a person reads."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from .tally import Tally, summary
from .trial import FALSE, FAULT, PROVED, REFUTED, TRUE, UNDECIDED, UNKNOWN, Outcome

_HEADINGS = (
    *("mutants", "ill-formed", "false", "refuted", "undecided", "%"),
    *("true", "proved", "undecided", "%", "unknown"),
)

_ODDITIES = ("faults", "unsound", "refuted_without_the_oracle", "vacuous_but_satisfied", "repeated", "unchanged")


def show(found: Tally, console: Console) -> None:
    """Print everything that one should know of a run."""
    numbers = summary(found)
    console.print(_overview(numbers))
    console.print(_breakdown("theorem", numbers["theorems"]))
    console.print(_breakdown("kind of mistake, where there is one", numbers["kinds"]))
    _list("unsound", found.unsound, console)
    _list("refuted, though the oracle found no failure", found.contradictions, console)
    _list("faults", found.of(FAULT), console)


def _overview(numbers: dict[str, Any]) -> Table:
    table = Table(title="verdicts by truth")
    for heading in ("", "all", "proved", "refuted", "undecided"):
        table.add_column(heading, justify="right" if heading else "left")
    for truth in (TRUE, FALSE, UNKNOWN):
        row = numbers[truth]
        table.add_row(truth, *(str(row[each]) for each in ("all", PROVED, REFUTED, UNDECIDED)))
    table.add_section()
    for kind, number in numbers["ill_formed_by_class"].items():
        table.add_row(f"ill-formed: {kind}", str(number))
    table.add_row("ill-formed: amiss at an instance", str(numbers["ill_formed_amiss"]))
    table.add_row("ill-formed: nothing amiss found", str(numbers["ill_formed_nothing_amiss"]))
    for name in _ODDITIES:
        table.add_row(name.replace("_", " "), str(numbers[name]))
    table.add_row("% of the false refuted", _percent(numbers["false_refuted_percent"]))
    table.add_row("% of the true proved", _percent(numbers["true_proved_percent"]))
    return table


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:g}"


def _breakdown(title: str, rows: dict[str, dict[str, Any]]) -> Table:
    table = Table(title=f"by {title}")
    table.add_column("", no_wrap=True)
    for heading in _HEADINGS:
        table.add_column(heading, justify="right")
    for name, row in rows.items():
        table.add_row(name, *map(str, (row["mutants"], row["ill_formed"])), *_by_truth(row))
    return table


def _by_truth(row: dict[str, Any]) -> tuple[str, ...]:
    false, true = row[FALSE], row[TRUE]
    return (
        *(str(false[each]) for each in ("all", REFUTED, UNDECIDED)),
        _percent(row["false_refuted_percent"]),
        *(str(true[each]) for each in ("all", PROVED, UNDECIDED)),
        _percent(row["true_proved_percent"]),
        str(row[UNKNOWN]["all"]),
    )


def _list(title: str, outcomes: tuple[Outcome, ...], console: Console) -> None:
    for each in outcomes:
        console.rule(f"{title}: {each.theorem}, mutant {each.number}")
        for line in (f"{each.level}, {each.kind}: {each.change}", each.statement, each.unsound, each.failure):
            if line:
                console.print(line, markup=False, highlight=False)
        if each.detail or each.message:
            console.print(each.detail, each.message, markup=False, highlight=False)
