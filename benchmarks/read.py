"""How long it takes to read an equation: from LaTeX to an `Identity`, without the search for a proof.

    python benchmarks/read.py [FILE...]

Without files, the documents of the tests. Every equation that is claimed is read as it is when a document is checked,
with all that is known at its place; latex2sympy2 reads its arithmetic too. The first equation pays for what is loaded
once.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from symcnn.read import checker, document
from symcnn.read.claims import Posed, pose
from symcnn.read.display import formula
from symcnn.read.sources import sources

DOCUMENTS = Path(__file__).parents[1] / "tests" / "documents"


def parsing(text: str, is_latex: bool) -> Iterator[float]:
    """Seconds for the formulas of a document, one by one, as trees"""
    for source in sources(text, is_latex):
        if source.number is not None and not isinstance(source.read, Exception):
            start = perf_counter()
            formula(source.text)
            yield perf_counter() - start


def meaning(text: str, is_latex: bool) -> list[float]:
    """Seconds for the meaning of every claim of a document"""
    seconds: list[float] = []

    def timed(*arguments: object) -> Posed:
        start = perf_counter()
        try:
            return pose(*arguments)  # type: ignore[arg-type]
        finally:
            seconds.append(perf_counter() - start)

    checker.pose = timed  # type: ignore[attr-defined]
    try:
        document.check(text, is_latex=is_latex, budget=document.Budget(0.1, 0.1, 0.0))
    finally:
        checker.pose = pose  # type: ignore[attr-defined]
    return seconds


def main() -> None:
    """Print medians and maxima in milliseconds"""
    named = [Path(name) for name in sys.argv[1:]]
    paths = named or sorted(path for path in DOCUMENTS.iterdir() if path.suffix in (".tex", ".md"))
    texts = [(path.read_text(encoding="utf-8"), path.suffix in document.SUFFIXES) for path in paths]
    rows = {
        "as a tree": [second for each in texts for second in parsing(*each)],
        "as an identity": [second for each in texts for second in meaning(*each)],
    }
    table = Table("read", "equations", "median (ms)", "largest (ms)")
    for name, seconds in rows.items():
        table.add_row(
            name, str(len(seconds)), *(f"{1000 * each:.1f}" for each in (statistics.median(seconds), max(seconds)))
        )
    Console().print(table)


if __name__ == "__main__":
    main()
