"""Documents of a few formulas with their declarations, and what is found in them."""

from typing import NamedTuple

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding

QUICK = Budget(seconds=1.0, proof_seconds=5.0, suggestion_seconds=0.0)


class Case(NamedTuple):
    text: str
    declarations: str = ""


def last(case: Case) -> Finding:
    """What is found of the last equation."""
    return check(case.text, declarations=[case.declarations] if case.declarations else [], budget=QUICK).findings[-1]
