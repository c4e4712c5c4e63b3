"""What the tests of derivations share."""

import derived
import pytest

from symcnn import Theorem
from symcnn.theorems import entries, proved


@pytest.fixture(scope="session")
def every_theorem() -> dict[str, Theorem]:
    """All theorems of the catalogue and of `derived`, by name."""
    return {
        **{entry.name: proved(entry.name) for entry in entries()},
        **{name: state() for name, state in derived.CASES.items()},
    }
