"""What is shown by finding no counterexample: that so many comparisons were made, and that none of them differs."""

from __future__ import annotations

from unittest.mock import patch

from symcnn.kernel import Claim
from symcnn.refute import Looked, exact, look

SECONDS = 120.0  # far more than is needed: the instances are limited by their number, on any machine
INSTANCES = 40


def counted(claim: Claim, instances: int = INSTANCES) -> tuple[Looked, int]:
    """What a search came to, and how often it compared two sides that have a certain value."""
    with patch.object(exact, "differs", wraps=exact.differs) as compared:
        looked = look(claim, SECONDS, instances)
    return looked, compared.call_count


def holds_wherever_it_was_looked_at(claim: Claim, instances: int = INSTANCES) -> None:
    """Asserts that there is no counterexample among so many instances, and one comparison for each, on the average."""
    looked, comparisons = counted(claim, instances)
    assert looked.counterexample is None, str(looked)
    assert looked.instances == instances, str(looked)
    assert comparisons >= instances


def has_no_instance(claim: Claim, seconds: float = 0.5) -> None:
    """Asserts that nothing could be compared. More time changes nothing where no instance exists."""
    looked = look(claim, seconds)
    assert looked.counterexample is None, str(looked)
    assert looked.instances == 0, str(looked)
