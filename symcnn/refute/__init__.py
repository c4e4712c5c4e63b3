"""Refutation: exact evaluation of claims on small sizes, by what the kernel says a term means."""

from .counterexample import Counterexample
from .exact import Looked, look, refute
from .separation import Suggestion, suggestion
from .witnesses import witness_by_elimination

__all__ = ["Counterexample", "Looked", "Suggestion", "look", "refute", "suggestion", "witness_by_elimination"]
