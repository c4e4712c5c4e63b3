"""Settings of all tests: hypothesis repeats itself; `tests/helpers` and `benchmarks` are imported by plain names."""

import sys
from pathlib import Path

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
