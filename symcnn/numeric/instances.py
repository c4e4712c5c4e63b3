"""Random instances of a claim: sizes that satisfy its hypotheses, arrays for its leaves, functions with their facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from ..errors import Rejected, Vacuous
from ..kernel import Claim, Leaf, Term, terms
from ..kernel.claim import expand
from ..kernel.functions import KNOWN
from ..kernel.terms import free_variables, subterms
from ..kernel.value import Entry, holds, value
from .activations import CALLED, FUNCTIONS
from .arrays import Array
from .differences import slope_of
from .drawn import DrawnField, DrawnFunction, random_field, random_function
from .random_sizes import FEW, USUAL, random_sizes

ATTEMPTS = 40
WIDEST = 4  # layer


@dataclass(frozen=True)
class Widths:
    """A random size for every layer, drawn when it is asked for."""

    seed: int
    drawn: dict[int, int] = field(default_factory=dict)

    def __call__(self, layer: int) -> int:
        generator = np.random.default_rng([self.seed, layer % 2**32])
        return self.drawn.setdefault(layer, int(generator.integers(1, WIDEST + 1)))

    def __str__(self) -> str:
        return str(dict(sorted(self.drawn.items())))


@dataclass(frozen=True)
class LayerValues:
    """Normally distributed arrays for all layers, drawn when they are asked for."""

    seed: int
    shape: Callable[[int], tuple[int, ...]]
    whole: bool
    drawn: dict[int, Array] = field(default_factory=dict)

    def __call__(self, layer: int) -> Array:
        generator = np.random.default_rng([self.seed, layer % 2**32])
        return self.drawn.setdefault(layer, _random_array(self.shape(layer), self.whole, generator))


@dataclass(frozen=True)
class Instance:
    """Values for all sizes, leaves and functions of one claim."""

    sizes: Mapping[str, int]
    arrays: Mapping[str, Any]
    widths: Mapping[str, Widths] = field(default_factory=dict)
    functions: Mapping[str, DrawnFunction] = field(default_factory=dict)
    fields: Mapping[str, DrawnField] = field(default_factory=dict)

    def keyword(self, name: str) -> Any:
        """The value for a keyword of a NumPy function: sigma_prime is the derivative of sigma."""
        for known in (self.sizes, self.arrays, self.widths, self.functions, self.fields):
            if name in known:
                return known[name]
        if not name.endswith("_prime"):
            raise KeyError(name)
        function = self.keyword(name.removesuffix("_prime"))
        return function.derivative() if isinstance(function, DrawnFunction) else slope_of(function)

    def __str__(self) -> str:
        sizes = [f"{name} = {number}" for name, number in self.sizes.items()]
        widths = [f"{name} = {sizes}" for name, sizes in self.widths.items()]
        functions = map(str, (*self.functions.values(), *self.fields.values()))
        return ", ".join((*sizes, *widths, *functions)) or "no sizes"


def random_instance(
    claim: Claim, generator: np.random.Generator, also: Callable[[Instance], bool] = lambda instance: True
) -> Instance:
    """Sizes that satisfy the hypotheses, functions with their facts, and normally distributed arrays; arrays of small
    integers, if the hypotheses about entries hold of none of these. `also` decides about hypotheses with derivatives
    or scalar fields, for which the kernel computes no value.

    Raises `Vacuous` if no instance is found.
    """
    hypotheses = (expand(hypothesis, claim.definitions) for hypothesis in claim.hypotheses)
    about_sizes = (*(each for each in hypotheses if not _reads(each)), *_extents_exist(claim))
    for attempt in range(2 * ATTEMPTS):
        widths = {name: Widths(_seed(generator)) for name in claim.sequences}
        usual = FEW if differentiates(claim) else USUAL
        sizes = random_sizes(claim.integers, about_sizes, _exact_widths(widths), generator, usual)
        if sizes is None:
            continue
        found = _filled(claim, sizes, widths, generator, attempt >= ATTEMPTS)
        if satisfies(found, claim) and also(found):
            return found
    what = "instances" if any(map(_reads, claim.hypotheses)) else "sizes"
    raise Vacuous(f"no {what} were found with {' and '.join(map(repr, claim.hypotheses))}")


def differentiates(claim: Claim) -> bool:
    """Whether the claim has a derivative, which takes several evaluations for every entry."""
    parts = (claim.left, claim.right, *(definition.body for definition in claim.definitions))
    return any(each.head == "partial" for part in parts for each in subterms(part))


def _filled(
    claim: Claim, sizes: dict[str, int], widths: dict[str, Widths], generator: np.random.Generator, whole: bool
) -> Instance:
    """The sizes with functions and arrays"""
    exact_widths = _exact_widths(widths)
    functions = {each.name: random_function(each.name, each.facts, generator) for each in claim.functions}
    fields = {each.name: random_field(each.name, generator) for each in claim.fields}
    arrays: dict[str, Any] = {}
    for leaf in claim.leaves:
        shape = _shape_of(leaf, sizes, exact_widths)
        layers = LayerValues(_seed(generator), shape, whole) if leaf.layers else None
        arrays[leaf.name] = layers or _random_array(shape(0), whole, generator)
    return Instance(sizes, arrays, widths, functions, fields)


def _random_array(shape: tuple[int, ...], whole: bool, generator: np.random.Generator) -> Array:
    return generator.integers(-2, 3, shape).astype(float) if whole else generator.standard_normal(shape)


def _seed(generator: np.random.Generator) -> int:
    return int(generator.integers(2**31))


def _reads(hypothesis: Term) -> bool:
    return any(part.head != "real" and part.sort == terms.REAL for part in subterms(hypothesis))


def _extents_exist(claim: Claim) -> Iterator[Term]:
    for leaf in claim.leaves:
        here = (extent for extent in leaf.shape if free_variables(extent).isdisjoint(leaf.layers))
        yield from (terms.at_most(terms.integer(0), extent) for extent in here)


# What the kernel needs to know of an instance


def satisfies(instance: Instance, claim: Claim) -> bool:
    """Whether the hypotheses hold of the instance, except those that are quantified or have no value for the kernel."""
    known: dict[str, Any] = {name: _exact(_known(name)) for name in _known_names()}
    for name, function in instance.functions.items():
        known |= {name: _exact(function), name + "'": _exact(function.derivative())}
    known |= _exact_widths(instance.widths)
    known |= {leaf.name: _entry(leaf, instance.arrays[leaf.name]) for leaf in claim.leaves}
    hypotheses = (expand(each, claim.definitions) for each in claim.hypotheses)
    try:
        return all(holds(each, instance.sizes, known) for each in hypotheses if computable(each))
    except (Rejected, OverflowError):
        return False


def computable(hypothesis: Term) -> bool:
    """Whether the kernel computes its value: it has no derivative and no scalar field."""
    return not any(part.head in ("partial", "field") for part in subterms(hypothesis))


def _known_names() -> Iterator[str]:
    for name in KNOWN:
        yield from (name, name + "'")


def _known(name: str) -> Callable[[Any], Any]:
    """A known function or its derivative"""
    called = CALLED[name.rstrip("'"), name.count("'")]
    found: Callable[[Any], Any] = FUNCTIONS[called] if called in FUNCTIONS else getattr(np, called.removeprefix("np."))
    return found


def _exact(function: Callable[[Any], Any]) -> Callable[[tuple[Any, ...]], Fraction]:
    return lambda at: Fraction(float(function(float(at[0]))))


def _exact_widths(widths: Mapping[str, Widths]) -> dict[str, Any]:
    return {name: _exact_width(found) for name, found in widths.items()}


def _exact_width(widths: Widths) -> Callable[[tuple[Any, ...]], Fraction]:
    return lambda at: Fraction(widths(int(at[0])))


def _shape_of(leaf: Leaf, sizes: Mapping[str, int], widths: Mapping[str, Any]) -> Callable[[int], tuple[int, ...]]:
    """The shape of a leaf, as a function of the layer, of which one without layers does not depend"""

    def shape(layer: int) -> tuple[int, ...]:
        inside = {**sizes, **dict.fromkeys(leaf.layers, layer)}
        return tuple(int(value(extent, inside, widths)) for extent in leaf.shape)

    return shape


def _entry(leaf: Leaf, array: Any) -> Entry:
    """The entries of an array as exact numbers, 0 out of range."""

    def entry(indices: tuple[int, ...]) -> Fraction:
        here = array(indices[0]) if leaf.layers else array
        at = tuple(index - leaf.origin for index in indices[len(leaf.layers) :])
        inside = all(0 <= index < extent for index, extent in zip(at, here.shape, strict=True))
        return Fraction(float(here[at])) if inside else Fraction(0)

    return entry
