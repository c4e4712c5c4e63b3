"""The same mutants on a Dask cluster whose workers know nothing of this checkout but the installed package."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutants.running import Workers, run, tasks
from mutants.tally import tally
from mutants.trial import Settings

pytest.importorskip("distributed")

THEOREMS = ("layer_bias_jacobian", "luminance_is_pointwise_convolution")


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two workers, processes of their own that were started elsewhere."""
    from distributed import Client

    file = tmp_path / "scheduler.json"
    commands = [("scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1")]
    commands += 2 * [("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", command, *options, "--scheduler-file", str(file)],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command, *options in commands
    ]
    try:
        with Client(scheduler_file=str(file), timeout=30) as client:
            client.wait_for_workers(2, timeout=30)
            yield client.scheduler.address
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def test_a_cluster_gives_the_same_outcomes_as_one_process(scheduler: str) -> None:
    settings, planned = Settings(seconds=5.0), tasks(THEOREMS, seed=5, count=20)
    there = tally(
        each for found in run(planned, settings, Workers(backend="dask", scheduler=scheduler)) for each in found
    )
    here = tally(each for found in run(planned, settings, Workers(jobs=1)) for each in found)
    assert [(each.theorem, each.number, each.change, each.digest) for each in there.outcomes] == [
        (each.theorem, each.number, each.change, each.digest) for each in here.outcomes
    ]
    assert {"refuted", "proved"} <= {each.verdict for each in there.outcomes}
