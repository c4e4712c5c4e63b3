"""A second opinion on a counterexample: both sides by the kernel's own account of what terms mean.

The search evaluates with `Evaluation`, which remembers, takes derivatives and knows conventions. Here nothing of it is
used but the numbers of the instance. Derivatives, functions of tensors and functions with irrational values are
beyond the kernel's account: of these there is no second opinion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache

from ..kernel import Definition, Leaf, Rejected, Term
from ..kernel.value import Entry, holds, value
from .instance import Indices, Instance, entry_of

Sides = tuple[Fraction, Fraction]


def second_opinion(instance: Instance, place: Mapping[str, int], condition: Term | None) -> Sides | None:
    """The two numbers that are compared, as `sides` gives them; None if they are beyond the kernel's account."""
    integers, tensors = {**instance.sizes, **place}, values(instance)
    try:
        if condition is None:
            claim = instance.claim
            return value(claim.left, integers, tensors), value(claim.right, integers, tensors)
        if condition.head == "equal":
            left, right = condition.args
            return value(left, integers, tensors), value(right, integers, tensors)
        return Fraction(holds(condition, integers, tensors)), Fraction(1)
    except Rejected:
        return None


def values(instance: Instance) -> Mapping[str, Entry | Fraction]:
    """Every tensor, sequence of sizes and function of an instance as a function of its indices or argument. Their
    calls raise `Rejected` for what has no rational value."""
    found: dict[str, Entry | Fraction] = {}
    for name, sizes in instance.sequences.items():
        found[name] = _sizes(name, sizes)
    for function in instance.claim.functions:
        found[function.name] = _function(instance, function.name)
    found |= {name: _function(instance, name) for name in ("relu", "leaky_relu")}
    for leaf in instance.claim.leaves:
        found[leaf.name] = _leaf(instance, leaf)
    for definition in instance.claim.definitions:
        found[definition.name] = _defined(instance, definition, found)
    return found


def _sizes(name: str, sizes: Mapping[int, int]) -> Entry:
    def size(at: Indices) -> Fraction:
        if at[0] not in sizes:
            raise Rejected(f"{name}{list(at)} is not drawn")
        return Fraction(sizes[at[0]])

    return size


def _function(instance: Instance, name: str) -> Callable[[tuple[Fraction]], Fraction]:
    def called(at: tuple[Fraction]) -> Fraction:
        curve = instance.curve(name)
        found = None if curve is None else curve.derivative(0, at[0])
        if not isinstance(found, Fraction):
            raise Rejected(f"{name} has no rational value")
        return found

    return called


def _leaf(instance: Instance, leaf: Leaf) -> Entry:
    """An entry of a leaf, 0 out of its range"""

    def entry(at: Indices) -> Fraction:
        layers, indices = at[: len(leaf.layers)], at[len(leaf.layers) :]
        nested = instance.tensors[leaf.name]
        if layers and layers not in nested:
            return Fraction(0)
        return entry_of(nested[layers] if layers else nested, indices, leaf.origin) or Fraction(0)

    return entry


def _defined(instance: Instance, definition: Definition, before: dict[str, Entry | Fraction]) -> Entry:
    """An entry of a tensor that is given by a formula, by those that are given before it"""
    known = dict(before)

    @cache
    def entry(at: Indices) -> Fraction:
        indices = dict(zip(definition.indices, map(int, at), strict=True))
        return value(definition.body, {**instance.sizes, **indices}, known)

    return entry
