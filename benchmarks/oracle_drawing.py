"""Random values for all that a claim speaks of, made to satisfy its hypotheses where these can be solved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from random import Random

from oracle_functions import KNOWN, Curve, curves_with, example
from oracle_sizes import SizeSearch, flattened, is_about_integers
from oracle_values import Compiled, compiled_definition, evaluation
from oracle_worlds import Evaluate, Number, Places, Real, Tensor, World

from symcnn.kernel import Claim, Lambda, Term, terms

MASK = (1 << 64) - 1


def mixed(seed: int, at: Places) -> int:
    """A number without any pattern, always the same for the same seed and place."""
    found = (seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & MASK
    for index in at:
        found = ((found ^ (found >> 29)) * 0xBF58476D1CE4E5B9 + (index + 1000) * 0x94D049BB133111EB) & MASK
    return (found ^ (found >> 31)) * 0x94D049BB133111EB >> 17 & 0xFFFFFFFF


#: how entries are made of numbers without pattern
KINDS: tuple[Callable[[int], Number], ...] = (
    lambda number: number % 7 - 3,
    lambda number: number % 2001 - 1000,
    lambda number: Fraction(number % 13 - 6, 2) if number % 13 % 2 else number % 13 // 2 - 3,
    lambda number: number % 5 + 1,
    lambda number: -(number % 5) - 1,
    lambda number: 0 if number % 3 else number % 4 + 1,
    lambda number: number % 2,
)


@dataclass(frozen=True)
class Drawn:
    """A random tensor. What is computed for a place replaces what is random there."""

    seed: int
    kind: int
    fixed: dict[Places, Number] = field(default_factory=dict)
    known: dict[Places, Number] = field(default_factory=dict)

    __hash__ = object.__hash__

    def __call__(self, at: Places) -> Number:
        if at in self.fixed:
            return self.fixed[at]
        if at not in self.known:
            self.known[at] = KINDS[self.kind](mixed(self.seed, at))
        return self.known[at]

    def read(self) -> dict[Places, Number]:
        """The entries that have been asked for, and those that are fixed."""
        return {**self.known, **self.fixed}


@dataclass(frozen=True)
class Unit:
    """The tensor that is 1 at one place and 0 elsewhere."""

    place: Places
    fixed: dict[Places, Number] = field(default_factory=dict)

    __hash__ = object.__hash__

    def __call__(self, at: Places) -> Number:
        return self.fixed.get(at, int(at == self.place))

    def read(self) -> dict[Places, Number]:
        """The entries that are not 0, and those that are fixed."""
        return {self.place: 1, **self.fixed}


@dataclass(frozen=True)
class Sizes:
    """A random sequence of sizes."""

    seed: int
    most: int
    fixed: dict[int, int] = field(default_factory=dict)

    __hash__ = object.__hash__

    def __call__(self, layer: int) -> int:
        return self.fixed.get(layer, 1 + mixed(self.seed, (layer,)) % self.most)


@dataclass(frozen=True)
class Scalar:
    """A function of tensors: a polynomial in the entries, of degree 2."""

    seed: int

    def __call__(self, entries: dict[Places, Number]) -> Number:
        total: Number = self.seed % 5
        before: Number = 1
        for at, entry in sorted(entries.items()):
            number = mixed(self.seed, at)
            total = total + entry * (entry * (number % 5 - 2) + before * (number // 5 % 3 + 1) + number // 15 % 7 - 3)
            before = entry
        return total


@dataclass(frozen=True)
class Equality:
    """`tensor[indices] = term`, or `sequence[layer] = term`."""

    name: str
    indices: tuple[Evaluate, ...]
    term: Evaluate

    def impose(self, values: Drawn | Unit | Sizes, world: World) -> None:
        """Fix the entry to what it is said to be. No size is below 1: such a one stays, and is not what is said."""
        at = tuple(index(world, ()) for index in self.indices)
        found = self.term(world, ())
        if not isinstance(values, Sizes):
            values.fixed[at] = found
        elif found >= 1:
            values.fixed[at[0]] = found


@dataclass(frozen=True)
class Drawing:
    """Random values for one claim."""

    claim: Claim
    seed: int

    @cached_property
    def sizes(self) -> SizeSearch:
        """The search for integers."""
        return SizeSearch(self.claim)

    @cached_property
    def definitions(self) -> tuple[Compiled, ...]:
        """The defined tensors."""
        return tuple(map(compiled_definition, self.claim.definitions))

    @cached_property
    def hypotheses(self) -> tuple[Evaluate, ...]:
        """The hypotheses about more than integers."""
        given = (each for each in flattened(self.claim.hypotheses) if not is_about_integers(each))
        return tuple(map(evaluation, given))

    @cached_property
    def equalities(self) -> tuple[Equality, ...]:
        """What is said of single sizes of layers, and then of single entries of leaves."""
        given = [found for each in flattened(self.claim.hypotheses) for found in self._equality(each)]
        return tuple(sorted(given, key=lambda each: each.name not in self.claim.sequences))

    def _equality(self, condition: Term) -> list[Equality]:
        leaves = {leaf.name for leaf in self.claim.leaves}
        for one, other in (condition.args, condition.args[::-1]) if condition.head == "equal" else ():
            is_entry = one.head == "entry" and one.value in leaves
            if (is_entry or one.head == "size") and one not in terms.subterms(other):
                return [Equality(str(one.value), tuple(map(evaluation, one.args)), evaluation(other))]
        return []

    @cached_property
    def shapes(self) -> dict[str, tuple[tuple[Evaluate, ...], int]]:
        """The extents of leaves without layers, and their origins."""
        plain = (leaf for leaf in self.claim.leaves if not leaf.layers)
        return {leaf.name: (tuple(map(evaluation, leaf.shape)), leaf.origin) for leaf in plain}

    @cached_property
    def curves(self) -> tuple[tuple[str, tuple[Curve, ...]], ...]:
        """Functions for each name."""
        return tuple((each.name, curves_with(each)) for each in self.claim.functions)

    def world(self, number: int, deadline: float) -> World | None:
        """The values of this number; None where no integers are found, or the hypotheses do not hold."""
        random = Random(f"{self.seed} {number}")
        integers = self.sizes.draw(number, random)
        if integers is None:
            return None
        world = self.world_at(integers, number, random, deadline)
        return world if all(each(world, ()) for each in self.hypotheses) else None

    def world_at(self, integers: dict[str, int], number: int, random: Random, deadline: float) -> World:
        """Values at these integers; they need not satisfy the hypotheses."""
        seeds = {name: random.getrandbits(40) for name in self._names()}
        most = 3 if number % 4 == 3 else 2
        sequences = {name: Sizes(seeds[name], most) for name in self.claim.sequences}
        fields = {each.name: Scalar(seeds[each.name]) for each in self.claim.fields}
        world = World(integers, {}, self.functions(number), fields, sequences, deadline)
        self._impose(world, self.claim.sequences)
        world.tensors.update({leaf.name: self._leaf(leaf.name, seeds, number, world) for leaf in self.claim.leaves})
        self.define(world)
        self._impose(world, tuple(leaf.name for leaf in self.claim.leaves))
        self.define(world)
        return world

    def define(self, world: World) -> None:
        """Compute the defined tensors anew."""
        world.memory.clear()
        for each in self.definitions:
            each.define(world)

    def functions(self, number: int) -> dict[str, Real]:
        """A function for each name, and those of their derivatives that are written down."""
        found: dict[str, Real] = dict(KNOWN)
        for place, (name, curves) in enumerate(self.curves):
            curve = curves[(number + place) % len(curves)]
            found[name] = curve.value
            if curve.slope is not None:
                found[f"{name}'"] = curve.slope
        return found

    def _names(self) -> tuple[str, ...]:
        fields, leaves = (each.name for each in self.claim.fields), (each.name for each in self.claim.leaves)
        return (*self.claim.sequences, *fields, *leaves)

    def _impose(self, world: World, names: tuple[str, ...]) -> None:
        for each in self.equalities:
            if each.name in names:
                found = world.sequences if each.name in self.claim.sequences else world.tensors
                each.impose(found[each.name], world)  # type: ignore[arg-type]

    def _leaf(self, name: str, seeds: dict[str, int], number: int, world: World) -> Drawn | Unit:
        if number % 5 == 4 and name in self.shapes:
            extents, origin = self.shapes[name]
            place = tuple(origin + seeds[name] % max(1, extent(world, ())) for extent in extents)
            return Unit(place)
        return Drawn(seeds[name], (number + seeds[name] % 2) % len(KINDS) if number % 3 else 0)

    def world_of_witness(self, deadline: float) -> World:
        """The values that the claim's own witness gives, with the functions that are its examples.

        Raises `Rejected`, as soon as a function is called, if its example has no rational values."""
        values = dict(self.claim.witness)
        leaves = {leaf.name for leaf in self.claim.leaves}
        integers = {name: int(value) for name, value in values.items() if isinstance(value, Fraction)}
        plain = {name: number for name, number in integers.items() if name not in leaves}
        sequences = {name: _constantly(plain[name]) for name in self.claim.sequences}
        functions = {each.name: example(each.example) for each in self.claim.functions}
        fields = {each.name: Scalar(0) for each in self.claim.fields}
        tensors = {name: _entries(values[name]) for name in leaves}
        world = World(plain, tensors, {**KNOWN, **functions}, fields, sequences, deadline)
        self.define(world)
        return world


def _constantly(number: int) -> Callable[[int], int]:
    return lambda layer: number


def _entries(value: Fraction | Lambda) -> Tensor:
    if isinstance(value, Fraction):
        return lambda at: value
    body = evaluation(value.body, *value.indices)
    return lambda at: body(World(), at[::-1])
