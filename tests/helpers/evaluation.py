"""The exact value of what a user writes, by the kernel's evaluator on the translated claim.

Leaves have entries without any pattern; out of its shape a leaf has huge ones: a read there is noticed.
Whoever compares with a loop written by hand gets the same entries from `entry`.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from sympy import Expr

from symcnn import Identity, Tensor
from symcnn.kernel import Claim, Lambda
from symcnn.kernel.value import Entry, holds, value
from symcnn.language.statement import statement_of

Values = Mapping[str, int]
At = Callable[..., Fraction]


def entry(name: str, *indices: int) -> Fraction:
    """The entry of the leaf `name`: a small fraction, 0 now and then."""
    mixed = sum(map(ord, name))
    for index in indices:
        mixed = (mixed * 131 + index * 17 + 29) % 1009
    return Fraction(mixed % 11 - 5, 1 + mixed % 3)


def _leaf(name: str, shape: tuple[int, ...], origin: int) -> Entry:
    def read(indices: tuple[int, ...]) -> Fraction:
        inside = all(origin <= index < origin + extent for index, extent in zip(indices, shape, strict=True))
        return entry(name, *indices) if inside else Fraction(10**9 + sum(indices))  # noticed wherever it counts

    return read


def tensors_of(claim: Claim, values: Values) -> dict[str, Entry]:
    """Every leaf and every defined tensor of a claim, as functions of the indices."""
    made: dict[str, Entry] = {}
    for leaf in claim.leaves:
        shape = tuple(int(value(extent, values, {})) for extent in leaf.shape)
        made[leaf.name] = _leaf(leaf.name, shape, leaf.origin)
    for definition in claim.definitions:
        made[definition.name] = _defined(Lambda(definition.indices, definition.body), values, dict(made))
    return made


def _defined(formula: Lambda, values: Values, tensors: Mapping[str, Entry]) -> Entry:
    known: dict[tuple[int, ...], Fraction] = {}

    def read(indices: tuple[int, ...]) -> Fraction:
        if indices not in known:
            inside = {**values, **dict(zip(formula.indices, indices, strict=True))}
            known[indices] = value(formula.body, inside, tensors)
        return known[indices]

    return read


def evaluate(expression: Any, values: Values) -> Fraction:
    """The value of a scalar expression at these sizes."""
    claim = statement_of(Identity(expression, 0)).claim
    return value(claim.left, dict(values), tensors_of(claim, values))


def both_sides(expression: Expr, by_hand: Callable[[At], Any], values: Values) -> tuple[Fraction, Fraction]:
    """The value computed by hand, from a function (name, indices) -> entry, and that of the expression."""
    return Fraction(by_hand(entry)), evaluate(expression, values)


def entries(tensor: Tensor, values: Values) -> dict[tuple[int, ...], Fraction]:
    """All entries of a tensor at these sizes, by index."""
    claim = statement_of(Identity(tensor, tensor)).claim
    tensors = tensors_of(claim, values)
    ranges = [
        range(int(value(index.lower, values, tensors)), int(value(index.upper, values, tensors)) + 1)
        for index in claim.indices
    ]
    names = [index.name for index in claim.indices]
    return {at: value(claim.left, {**values, **dict(zip(names, at, strict=True))}, tensors) for at in product(*ranges)}


def agrees(identity: Identity, values: Values) -> bool:
    """Whether the two sides have one shape and equal entries at these sizes."""
    claim = statement_of(identity).claim
    tensors = tensors_of(claim, values)
    if not all(holds(condition, values, tensors) for condition in claim.conditions):
        return False
    left, right = (entries(side, values) for side in (identity.lhs, identity.rhs))
    return list(left.values()) == list(right.values())
