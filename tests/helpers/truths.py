"""What marks a function as a true identity that is to be proved, or that is known not to be proved yet."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from evaluation import agrees

from symcnn import Identity, Theorem, prove
from symcnn.errors import IllFormed, NotProved
from symcnn.kernel import decode, replay

State = Callable[[], Identity]


@dataclass
class Truths:
    """The true identities of a file, by the names of their functions."""

    states: dict[str, tuple[State, str]] = field(default_factory=dict)

    def __call__(self, state: State) -> State:
        """Mark a function that states an identity which is proved."""
        return self._keep(state, "")

    def unproved(self, reason: str) -> Callable[[State], State]:
        """Mark a function that states a true identity for which no proof is found yet, and why."""
        return lambda state: self._keep(state, reason)

    def _keep(self, state: State, reason: str) -> State:
        if state.__name__ in self.states:
            raise ValueError(f"{state.__name__} is there twice")
        self.states[state.__name__] = state, reason
        return state

    def cases(self) -> list[Any]:
        """The identities as parameters of a test; one that is proved against expectation fails it."""
        return [
            pytest.param(state, id=name, marks=[_not_yet(reason)] if reason else [])
            for name, (state, reason) in self.states.items()
        ]


def _not_yet(reason: str) -> Any:
    return pytest.mark.xfail(strict=True, raises=(NotProved, IllFormed), reason=reason)


def proved(state: State) -> Theorem:
    """The theorem; its two sides have equal values where its witness says. Raises `NotProved` as `prove`."""
    identity = state()
    theorem = prove(identity, seconds=0.2)
    sizes = {name: int(number) for name, number in theorem.claim.witness if name in theorem.claim.integers}
    if not agrees(identity, sizes):
        raise AssertionError(f"{identity} is proved and false at {sizes}")
    return theorem


def check_proved(identity: Identity) -> None:
    """The kernel accepts it, again after JSON, and random numbers agree."""
    theorem = prove(identity, seconds=0.2)
    claim, proof = decode(theorem.to_json())
    assert replay(claim, proof).claim == theorem.claim
    theorem.verify_numerically(samples=5, seed=2)
