"""How long the search and the replay of every theorem of the catalogue take, beside `import sympy`.

    python benchmarks/prove.py [--runs 5]

Each run is a fresh process that finds every proof anew: nothing is stored between theorems or runs. `import
sympy` is measured in a fresh process before each run, so that the ratios compare times of one machine and one
moment. The first theorem that asks z3 pays for loading it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from statistics import median

BEYOND = (
    "convolution_bias_gradient",
    "convolution_kernel_gradient",
    "convolution_input_gradient",
    "average_pooling_gradient",
)  # what problems 1 to 6 of the sheet do not ask
IMPORT = "import time; start = time.perf_counter(); import sympy; print(time.perf_counter() - start)"
PROVE = """
import json, time
from symcnn.theorems import entries
for entry in entries():
    start = time.perf_counter()
    theorem = entry.prove()
    found = time.perf_counter()
    theorem.replay()
    print(json.dumps([entry.name, found - start, time.perf_counter() - found]))
"""


def run(code: str) -> str:
    """What a fresh interpreter prints. Raises `CalledProcessError` if it fails."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def measure(runs: int) -> tuple[float, dict[str, tuple[float, float]]]:
    """The median seconds of `import sympy`, and of search and replay by theorem."""
    imports: list[float] = []
    searches: dict[str, list[float]] = defaultdict(list)
    replays: dict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        imports.append(float(run(IMPORT)))
        for line in run(PROVE).splitlines():
            name, search, replay = json.loads(line)
            searches[name].append(search)
            replays[name].append(replay)
    return median(imports), {name: (median(searches[name]), median(replays[name])) for name in searches}


def show(imported: float, times: dict[str, tuple[float, float]]) -> None:
    """One table: milliseconds, and multiples of `import sympy`."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"medians; import sympy takes {1000 * imported:.0f} ms in the same run")
    for heading in ("theorem", "search, ms", "ratio", "replay, ms", "ratio"):
        table.add_column(heading, justify="left" if heading == "theorem" else "right")
    sheet = {name: pair for name, pair in times.items() if not name.endswith(BEYOND)}
    rows = [*times.items(), (f"the {len(sheet)} of the sheet", _total(sheet)), (f"all {len(times)}", _total(times))]
    for name, (search, replay) in rows:
        table.add_row(
            name,
            f"{1000 * search:.1f}",
            f"{search / imported:.2f}",
            f"{1000 * replay:.1f}",
            f"{replay / imported:.3f}",
        )
    Console(width=110).print(table)


def _total(times: dict[str, tuple[float, float]]) -> tuple[float, float]:
    return sum(search for search, _ in times.values()), sum(replay for _, replay in times.values())


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description="Times of search and replay, beside import sympy.")
    parser.add_argument("--runs", type=int, default=5, help="how many fresh processes (default 5)")
    show(*measure(parser.parse_args().runs))


if __name__ == "__main__":
    main()
