"""Random tensors, sizes of layers and functions for a claim, and simple ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from random import Random

from ..kernel import Claim, Leaf, Rejected, Term
from ..kernel.terms import subterms
from ..language.landmarks import landmarks
from . import assumed
from .candidates import Sizes, reads
from .curves import SIMPLE, RealFunction
from .evaluation import Evaluation
from .forms import random_form
from .instance import LAYERS, Indices, Instance, Nested
from .jets import Meaningless
from .smooth import SMOOTH

MARKED = 0.7  # the share of tensors whose entries are near to what hypotheses name, where these name numbers
MOST_ENTRIES = 200_000  # of a tensor that is drawn
UNITS = 0.1  # the share of tensors with one entry that is not 0 at most


def draw(claim: Claim, sizes: Sizes, generator: Random, width: int | None = None) -> Instance | None:
    """Random values for everything but the sizes; `width` is that of all layers. None if a hypothesis fails, an
    extent is negative, or no function that can be drawn has its facts. Raises `Rejected` for a hypothesis without
    a value."""
    integers = Evaluation(Instance(claim, sizes))
    if not all(integers.holds(each, {}) for each in claim.hypotheses if not reads(each)):
        return None
    found = Instance(claim, sizes, sequences=_sequences(claim, generator, width))
    layered = Evaluation(found)
    if not all(layered.holds(each, {}) for each in claim.hypotheses if not reads_tensors(each)):
        return None
    functions = _functions(claim, generator)
    if functions is None:
        return None
    tensors = {leaf.name: _tensor(leaf, layered, generator) for leaf in claim.leaves}
    fields = {each.name: random_form(generator) for each in claim.fields}
    drawn = replace(found, tensors=tensors, functions=functions, fields=fields)
    satisfying = assumed.satisfying(drawn, generator) if claim.assumptions else drawn
    return satisfying and admitted(satisfying)


def admitted(instance: Instance) -> Instance | None:
    """The instance, if it satisfies all that is assumed and no extent of it is negative."""
    evaluation = Evaluation(instance)
    try:
        for tensor in instance.tensors_of_claim():
            if not tensor.layers:
                evaluation.extents(tensor)
        satisfied = all(evaluation.holds(each, {}) for each in instance.claim.hypotheses)
        return instance if satisfied and assumed.holds(instance) else None
    except Meaningless:
        return None


def reads_tensors(term: Term) -> bool:
    """Whether the term speaks of entries or functions."""
    return any(part.head in ("entry", "call", "field") for part in subterms(term))


def _sequences(claim: Claim, generator: Random, width: int | None) -> dict[str, dict[int, int]]:
    """Sizes by layer: all equal, or different"""
    made = {}
    for name in claim.sequences:
        most = width or generator.choice((1, 2, 3, 3))
        least = width or generator.choice((1, most))
        made[name] = {layer: generator.randint(least, most) for layer in LAYERS}
    return made


@cache
def curves(facts: tuple[str, ...]) -> tuple[RealFunction, ...]:
    """The simple functions that have these facts, the simplest first; irrational ones where the others are constant."""
    rational = tuple(curve for curve in SIMPLE if curve.has(facts))
    if all(curve.is_constant for curve in rational):
        return (*rational, *(each for each in SMOOTH if each.has(facts)))
    return rational


def _functions(claim: Claim, generator: Random) -> dict[str, RealFunction] | None:
    if not all(curves(function.facts) for function in claim.functions):
        return None
    return {function.name: _function(function.facts, generator) for function in claim.functions}


def _function(facts: tuple[str, ...], generator: Random) -> RealFunction:
    """A simple function that has the facts, or a multiple of one with something added"""
    found = generator.choice(curves(facts))
    if generator.random() < 0.5:
        return found
    factor, constant = generator.choice((1, 2, 3)), generator.choice((0, 0, 1, -1))
    changed = found.scaled(factor, constant)
    return changed if changed.has(facts) else found


def _tensor(leaf: Leaf, evaluation: Evaluation, generator: Random) -> Nested:
    marks = _marks(evaluation.instance.claim.hypotheses)
    numbers = marks if marks and generator.random() < MARKED else _numbers(generator.choice((1, 1, 1, 1, 2)))
    if not leaf.layers:
        return random_tensor(evaluation.extents(leaf), generator, numbers)
    return {layers: random_tensor(shape, generator, numbers) for layers, shape in _shapes(leaf, evaluation)}


@cache
def _marks(hypotheses: tuple[Term, ...]) -> tuple[Fraction, ...]:
    return landmarks(hypotheses)


def _numbers(below: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(number, below) for number in range(-3, 4))


def _shapes(leaf: Leaf, evaluation: Evaluation) -> Iterator[tuple[Indices, Indices]]:
    """The layers that have a shape, with it"""
    for layers in product(LAYERS, repeat=len(leaf.layers)):
        try:
            yield layers, evaluation.extents(leaf, layers)
        except Meaningless:
            continue


def require_drawable(shape: Indices) -> None:
    """Raises `Rejected` for a tensor with more entries than are ever drawn."""
    if prod(shape) > MOST_ENTRIES:
        raise Rejected(f"a tensor of the shape {shape} has more than {MOST_ENTRIES} entries")


def random_tensor(shape: Indices, generator: Random, numbers: Sequence[Fraction]) -> Nested:
    """A tensor of these numbers; now and then a single 1, or all zeros. Raises `Rejected` if it is too large."""
    require_drawable(shape)
    if shape and generator.random() < UNITS:
        return _unit(shape, generator)
    return _dense(shape, generator, numbers)


def _unit(shape: Indices, generator: Random) -> Nested:
    position = tuple(generator.randint(0, extent) for extent in shape)
    return _with_one(shape, position)


def _with_one(shape: Indices, position: Indices | None) -> Nested:
    """Zeros, but for a 1 at the position, if it is inside"""
    if not shape:
        return Fraction(position is not None)
    first, rest = (position[0], position[1:]) if position is not None else (-1, None)
    return tuple(_with_one(shape[1:], rest if place == first else None) for place in range(shape[0]))


def _dense(shape: Indices, generator: Random, numbers: Sequence[Fraction]) -> Nested:
    if not shape:
        return generator.choice(numbers)
    return tuple(_dense(shape[1:], generator, numbers) for _ in range(shape[0]))


def simpler_tensors(nested: Nested) -> Iterator[Nested]:
    """The tensors of the same shape with a single 1, the others being 0; of every layer where there are layers."""
    if not isinstance(nested, Mapping):
        yield from unit_tensors(_shape(nested))
        return
    yield {layers: filled(_shape(each), Fraction(1)) for layers, each in nested.items()}
    yield {layers: filled(_shape(each), Fraction(0)) for layers, each in nested.items()}
    yield {layers: next(unit_tensors(_shape(each)), each) for layers, each in nested.items()}


def _shape(nested: Nested) -> Indices:
    if not isinstance(nested, tuple):
        return ()
    return (len(nested), *(_shape(nested[0]) if nested else ()))


def unit_tensors(shape: Indices) -> Iterator[Nested]:
    """The tensors with a single 1, the others being 0."""
    if not shape:
        yield Fraction(1)
        return
    zero = filled(shape[1:], Fraction(0))
    for position in range(shape[0]):
        for unit in unit_tensors(shape[1:]):
            yield tuple(unit if place == position else zero for place in range(shape[0]))


def filled(shape: Indices, number: Fraction) -> Nested:
    """The tensor of this shape whose entries are all this number."""
    return tuple(filled(shape[1:], number) for _ in range(shape[0])) if shape else number
