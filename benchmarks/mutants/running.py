"""Many trials at once, in processes of this machine or on a Dask cluster."""

from __future__ import annotations

import ast
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from joblib import Parallel, delayed, parallel_config

from .trial import Outcome, Settings, outcomes

BENCHMARKS = Path(__file__).resolve().parent.parent
HELPERS = BENCHMARKS.parent / "tests" / "helpers"
CHUNK = 5  # mutants in one task


@dataclass(frozen=True)
class Task:
    """Some mutants of one theorem."""

    theorem: str
    seed: int
    numbers: range


@dataclass(frozen=True)
class Workers:
    """Who does the work: `jobs` processes here, or the workers of the Dask scheduler at an address."""

    jobs: int = 1
    backend: str = "loky"
    scheduler: str = ""


def tasks(theorems: Iterable[str], seed: int, count: int, start: int = 0) -> list[Task]:
    """The tasks that try the mutants `start` to `start + count - 1`, the theorems taking turns."""
    names, stop = tuple(theorems), start + count
    found = []
    for first in range(start // len(names), -(-stop // len(names)), CHUNK):
        for position, name in enumerate(names):
            own = range(-(-(start - position) // len(names)), -(-(stop - position) // len(names)))
            numbers = range(max(first, own.start), min(first + CHUNK, own.stop))
            if numbers:
                found.append(Task(name, seed, numbers))
    return found


def run(several: list[Task], settings: Settings, workers: Workers) -> Iterator[list[Outcome]]:
    """What comes of the tasks, each when it is done."""
    with _configured(workers):
        parallel = Parallel(return_as="generator_unordered", batch_size=1)
        yield from parallel(delayed(outcomes)(task.theorem, task.seed, task.numbers, settings) for task in several)


@contextmanager
def _configured(workers: Workers) -> Iterator[None]:
    if workers.backend != "dask":
        with parallel_config(backend=workers.backend, n_jobs=workers.jobs):
            yield
        return
    from distributed import Client

    with Client(workers.scheduler) as client, tempfile.TemporaryDirectory() as folder:
        client.upload_file(str(packed(Path(folder))))  # to the scheduler and all workers, those that come later too
        with parallel_config(backend="dask", n_jobs=-1):
            yield


def packed(into: Path) -> Path:
    """An archive of these modules and of those that the oracle needs, from which a worker imports them."""
    archive = into / "symcnn_benchmarks.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in Path(__file__).parent.glob("*.py"):
            file.write(path, path.relative_to(BENCHMARKS))
        for path in _needed_by(BENCHMARKS / "oracle.py"):
            file.write(path, path.name)
    return archive


def _needed_by(module: Path) -> tuple[Path, ...]:
    """The module and all that it imports, and these import, of the benchmarks and the helpers of tests"""
    found, waiting = [module], [module]
    while waiting:
        nodes = ast.walk(ast.parse(waiting.pop().read_text("utf-8")))
        names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        paths = (folder / f"{name}.py" for name in sorted(names) for folder in (BENCHMARKS, HELPERS))
        new = [path for path in paths if path.exists() and path not in found]
        found += new
        waiting += new
    return tuple(found)
