"""Whether a claim is true, by exact evaluation at many small sizes: an oracle that knows nothing of any proof.

It shares no code with the search for proofs, the search for counterexamples, or the kernel's rules: only terms, claims
and the table of the facts and examples of functions are the kernel's. It never says "true" of what fails at a value
that it has tried, and never "false" of what does not fail; what it has not tried it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from random import Random
from time import perf_counter

from oracle_assumptions import Assumptions
from oracle_drawing import Drawing, Drawn, Unit
from oracle_functions import KNOWN
from oracle_values import evaluation
from oracle_worlds import TROUBLES, Evaluate, Number, Places, World

from symcnn.kernel import Claim, Function, Term, show, terms
from symcnn.kernel.functions import KNOWN as FACTS_OF_KNOWN

FEWEST = 3  # cases for "true"
SAME = 60  # cases one after the other at sizes that have been seen, after which there is no use in more
DRAWS_PER_CASE = 12
MOST_PLACES = 3000
SHARE = 0.25  # of the time, for a single case
MOST_ENTRIES = 16  # of a tensor that is written out


@dataclass(frozen=True)
class Judgement:
    """`verdict` is "true" (no failure in all cases), "false" (a failure at values that satisfy everything assumed) or
    "unknown" (too few cases satisfy the hypotheses, or a function has no exact values). `cases` satisfied the
    hypotheses and were compared at all their indices. `failure` gives the values at which it is false."""

    verdict: str
    cases: int
    failure: str = ""


def judge(
    claim: Claim, *, seed: int = 0, cases: int = 30, seconds: float = 0.5, draws: int = DRAWS_PER_CASE
) -> Judgement:
    """The verdict on a claim that is well-formed, reproducible but for the time that it may take. For each case there
    are so many draws of values, which may not satisfy the hypotheses.

    Any functions with the same facts stand for exp and its kin, which have no exact values: what holds for them is
    taken to be true, and what does not may still be true of exp."""
    inexact = _inexact(claim)
    stand_ins = tuple(Function(name, tuple(sorted(FACTS_OF_KNOWN[name].facts)), "") for name in inexact)
    more = replace(claim, functions=(*claim.functions, *stand_ins))
    found = _Trial(more, seed, seconds, perf_counter() + seconds).judge(cases, draws)
    if inexact and found.verdict == "false":
        return Judgement("unknown", found.cases, f"{', '.join(inexact)} without exact values")
    return found


def is_witnessed(claim: Claim, seconds: float = 1.0) -> bool:
    """Whether the claim's own witness satisfies all that is assumed, so that the claim says something.

    Raises one of `TROUBLES`, or `Rejected`, where that cannot be computed."""
    drawing = Drawing(claim, 0)
    world = drawing.world_of_witness(perf_counter() + seconds)
    places = tuple(world.integers[index.name] for index in claim.indices)
    ranges = ((evaluation(each.lower), evaluation(each.upper)) for each in claim.indices)
    inside = all(low(world, ()) <= at <= high(world, ()) for at, (low, high) in zip(places, ranges, strict=True))
    sizes = all(world.integers[name] >= 1 for name in claim.sequences)
    given = sizes and all(evaluation(each)(world, ()) for each in claim.hypotheses)
    return inside and given and (not claim.assumptions or Assumptions(drawing).holds(world))


def is_computed(claim: Claim) -> bool:
    """Whether all its functions have exact values."""
    return not _inexact(claim)


def _inexact(claim: Claim) -> list[str]:
    """The functions that it calls and that have no exact values"""
    declared = {each.name for each in claim.functions}
    calls = (terms.function_of(part) for term in parts(claim) for part in terms.subterms(term) if part.head == "call")
    return sorted(set(calls) - declared - set(KNOWN))


def parts(claim: Claim) -> Iterator[Term]:
    """All terms that a claim consists of, but those of its shapes and its witness."""
    yield from (claim.left, claim.right, *claim.hypotheses, *claim.conditions)
    yield from (each.body for each in claim.definitions)
    for index in (*claim.indices, *(index for each in claim.assumptions for index in each.indices)):
        yield from (index.lower, index.upper)
    for each in claim.assumptions:
        yield from (each.left, each.right)


@dataclass
class Met:
    """The sizes that have been tried, and how often in a row they were among these."""

    known: set[Places] = field(default_factory=set)
    again: int = 0

    def meet(self, sizes: Mapping[str, int]) -> None:
        """Count this case."""
        found = tuple(sizes.values())
        self.again = self.again + 1 if found in self.known else 0
        self.known.add(found)


@dataclass(frozen=True)
class _Trial:
    claim: Claim
    seed: int
    seconds: float
    deadline: float

    @cached_property
    def drawing(self) -> Drawing:
        return Drawing(self.claim, self.seed)

    @cached_property
    def assumptions(self) -> Assumptions:
        return Assumptions(self.drawing)

    @cached_property
    def sides(self) -> tuple[Evaluate, Evaluate]:
        names = tuple(index.name for index in self.claim.indices)
        return evaluation(self.claim.left, *names), evaluation(self.claim.right, *names)

    @cached_property
    def ranges(self) -> tuple[tuple[Evaluate, Evaluate], ...]:
        return tuple((evaluation(each.lower), evaluation(each.upper)) for each in self.claim.indices)

    @cached_property
    def conditions(self) -> tuple[tuple[Term, Evaluate], ...]:
        return tuple((each, evaluation(each)) for each in self.claim.conditions)

    def judge(self, cases: int, draws: int) -> Judgement:
        count, sizes = 0, Met()
        for number in range(cases * draws):
            told = count >= FEWEST and sizes.again >= SAME
            if count == cases or told or perf_counter() > self.deadline:
                break
            found = self._case_in_time(number, sizes)
            if found:
                return Judgement("false", count, found)
            count += found is not None
        enough = count >= min(FEWEST, cases)
        return Judgement("true", count) if enough else Judgement("unknown", count, "too few cases")

    def _case_in_time(self, number: int, sizes: Met) -> str | None:
        try:
            return self._case(number, sizes, min(self.deadline, perf_counter() + self.seconds * SHARE))
        except TROUBLES:
            return None

    def _case(self, number: int, sizes: Met, deadline: float) -> str | None:
        """How the claim fails in this case; nothing where it holds; None for what is no case"""
        world = self.drawing.world(number, deadline)
        if world is not None and self.claim.assumptions:
            world = self.assumptions.satisfied(world, number)
        if world is None:
            return None
        sizes.meet(world.integers)
        world.check_time()
        for condition, holds in self.conditions:
            if not holds(world, ()):
                return f"{self._written(world)}: {show(condition)} does not hold"
        return self._entries(world, number)

    def _entries(self, world: World, number: int) -> str | None:
        ends = [(lower(world, ()), upper(world, ())) for lower, upper in self.ranges]
        places = list(product(*(range(lower, upper + 1) for lower, upper in ends)))
        if not places:
            return None
        if len(places) > MOST_PLACES:
            places = Random(number).sample(places, MOST_PLACES)
        for at in places:
            left, right = (side(world, at[::-1]) for side in self.sides)
            if self._differ(left, right):
                return self._failure(world, at, left, right)
        return ""

    def _differ(self, left: Number, right: Number) -> bool:
        return bool(left > right if self.claim.relation == "<=" else left != right)

    def _failure(self, world: World, at: Places, left: Number, right: Number) -> str:
        names = (index.name for index in self.claim.indices)
        place = ", ".join(f"{name} = {number}" for name, number in zip(names, at, strict=True))
        return f"{self._written(world)}; at {place or 'no index'}: {left} and {right}"

    def _written(self, world: World) -> str:
        sizes = ", ".join(f"{name} = {number}" for name, number in world.integers.items())
        tensors = (_tensor(leaf.name, world.tensors[leaf.name]) for leaf in self.claim.leaves)
        return "; ".join(filter(None, (sizes, *tensors)))


def _tensor(name: str, tensor: object) -> str:
    entries = tensor.read() if isinstance(tensor, (Drawn, Unit)) else {}
    written = (f"{name}{list(at)} = {number}" for at, number in sorted(entries.items()) if number)
    return ", ".join(written) if len(entries) <= MOST_ENTRIES else f"{name} with {len(entries)} entries"
