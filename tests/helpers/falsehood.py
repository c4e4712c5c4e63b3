"""What marks a function as a false identity, and what is to be answered to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symcnn import Identity, Proved, decide
from symcnn.errors import SymcnnError


@dataclass(frozen=True)
class Falsehood:
    """A function without arguments that states something false; its docstring says why it is false."""

    state: Callable[[], Identity]
    expected: str

    @property
    def why(self) -> str:
        return " ".join((self.state.__doc__ or "").split())

    def answer(self) -> str:
        """The verdict, or the error, by the name of its class. Raises `WronglyProved` where it is proved."""
        try:
            verdict = decide(self.state(), seconds=5.0)
        except SymcnnError as error:
            return type(error).__name__
        if isinstance(verdict, Proved):
            raise WronglyProved(f"{self.state.__name__} was proved, but: {self.why}")
        return type(verdict).__name__


class WronglyProved(Exception):
    """Something false has been proved."""


def false(expected: str) -> Callable[[Callable[[], Identity]], Any]:
    """Mark a function as a false identity; `expected` is the verdict, or the error, by the name of its class."""

    def mark(state: Callable[[], Identity]) -> Falsehood:
        return Falsehood(state, expected)

    return mark
