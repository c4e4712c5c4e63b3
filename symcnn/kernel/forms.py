"""What rules ask of the form of a term."""

from __future__ import annotations

from . import terms
from .rejected import Rejected
from .terms import Term


def require(fits: bool, message: str) -> None:
    """Return if it fits; raise `Rejected` with the message otherwise."""
    if not fits:
        raise Rejected(message)


def of_form(term: Term, head: str) -> None:
    """Return if the term has this head; raise `Rejected` otherwise."""
    require(term.head == head, f"{term!r} is not of the form {head}")


def product(factors: tuple[Term, ...]) -> Term:
    """The product of the factors; of one it is the factor, of none it is 1."""
    if not factors:
        return terms.rational(1)
    return factors[0] if len(factors) == 1 else terms.multiply(*factors)
