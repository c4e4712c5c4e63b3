"""Settings of all tests: hypothesis repeats itself; `tests/helpers` and `benchmarks` are imported by plain names."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.append(str(Path(__file__).parent / "helpers"))
sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

settings.register_profile(
    "symcnn",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("symcnn")


@pytest.fixture(scope="module", autouse=True)
def what_is_kept_is_not_collected_again() -> Iterator[None]:
    """Takes what a module of tests leaves in caches out of the collection of garbage.

    A session of all tests keeps more than a gigabyte. Going through it takes up to 3 s, and comes in the middle of what
    has a limit of half a second.
    """
    yield
    gc.collect()
    gc.freeze()
