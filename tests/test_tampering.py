"""A proof file in which one leaf is changed is rejected, or is still a proof of what it then states.

Every number, string, truth value and null of some files is changed, one at a time. A file that is accepted all the
same (a letter for display, another witness, a longer range that nothing depends on) states something: an exact search
for a counterexample must find none.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from counterexamples import counterexample
from forging.leaves import leaves
from small_theorems import THEOREMS

from symcnn.kernel import LAWS, Claim, Rejected, decode, encode, replay, show_claim
from symcnn.kernel.functions import EXAMPLES, FACTS
from symcnn.kernel.rules import RULES
from symcnn.refute import refute
from symcnn.theorems import proved

NAMES = (
    "channel_mixing_is_pointwise_convolution",
    "average_pooling_is_box_filter_then_stride",
    "luminance_is_pointwise_convolution",
)


def others(value: Any, names: list[str]) -> list[Any]:
    """Values to put in place of a leaf: near ones, and plausible ones"""
    match value:
        case bool():
            return [not value]
        case None:
            return [0, "x"]
        case int():
            return [value + 1, value - 1]
        case str() if value in RULES:
            return ["bracket_true" if value != "bracket_true" else "ring", "no_rule"]
        case str() if value in names:
            return [next(name for name in names if name != value), value + "'"]
        case str() if value in FACTS or value in EXAMPLES or value in LAWS:
            return [
                other for others in (FACTS, EXAMPLES, LAWS) if value in others for other in others if other != value
            ]
        case _:
            return [value + "1", "ring"] if value else ["x"]


def put(data: Any, path: tuple[Any, ...], value: Any) -> Callable[[], None]:
    """Change one leaf; what is returned puts the old value back."""
    for key in path[:-1]:
        data = data[key]
    old = data[path[-1]]
    data[path[-1]] = value

    def back() -> None:
        data[path[-1]] = old

    return back


def accepted(text: str) -> Claim | None:
    """The claim of a file that the kernel accepts; None if it is rejected. Any other exception is a fault."""
    try:
        return replay(*decode(text)).claim
    except Rejected:
        return None


def is_irrefutable(claim: Claim) -> bool:
    """Whether the search of the package for a counterexample finds none."""
    return refute(claim, seconds=0.05) is None


def check_true(claim: Claim, seen: dict[str, bool], is_true: Callable[[Claim], bool] = is_irrefutable) -> None:
    """Fail if the statement has a counterexample; each statement is looked at once."""
    text = show_claim(claim)
    if text not in seen:
        seen[text] = is_true(claim)
    if not seen[text]:
        pytest.fail(f"a false statement was accepted:\n{text}")


@pytest.mark.parametrize("name", NAMES)
def test_every_leaf(name: str) -> None:
    original = proved(name).to_json()
    data = json.loads(original)
    claim = accepted(original)
    if claim is None:
        pytest.fail("the file itself is rejected")
    names = [*claim.integers, *(each.name for each in (*claim.leaves, *claim.definitions))]
    count, kept, seen = 0, 0, dict[str, bool]()
    for number, (path, value) in enumerate(list(leaves(data))):
        choices = others(value, names)
        for other in choices[number % len(choices) :][:1]:  # the ways to change take turns
            back = put(data, path, other)
            found = accepted(json.dumps(data))
            back()
            count += 1
            if found is not None:
                kept += 1
                check_true(found, seen)
    assert json.loads(original) == data
    assert count > 500
    assert kept < count / 5, "most changes must be noticed"


def is_true_by_oracle(claim: Claim) -> bool:
    """Whether the oracle of the kernel's tests finds no counterexample."""
    return counterexample(claim, around=range(-1, 3)) is None


@pytest.mark.parametrize("turn", range(2))
@pytest.mark.parametrize("name", THEOREMS)
def test_every_leaf_of_small_theorems(name: str, turn: int) -> None:
    """With functions, maxima, derivatives, recursions, induction and assumptions: every rule and node is in one."""
    data = json.loads(encode(*THEOREMS[name]()))
    claim = accepted(json.dumps(data))
    if claim is None:
        pytest.fail("the file itself is rejected")
    parts = (*claim.leaves, *claim.definitions, *claim.functions, *claim.fields, *claim.assumptions)
    names = [*claim.integers, *claim.sequences, *(each.name for each in parts)]
    count, kept, seen = 0, 0, dict[str, bool]()
    for number, (path, value) in enumerate(list(leaves(data))):
        choices = others(value, names)
        other = choices[(number + turn) % len(choices)]
        back = put(data, path, other)
        found = accepted(json.dumps(data))
        back()
        count += 1
        if found is not None:
            kept += 1
            check_true(found, seen, is_true_by_oracle)
    if not kept < count / 3:
        pytest.fail(f"{kept} of {count} changes are not noticed")
