"""Tensors for which an equation holds that is assumed of all other tensors.

The quantified tensors become unknowns of polynomials, and so do some of the others. The equations for the coefficients
are solved where they are linear in these; among all solutions a random one is taken, so that a claim of uniqueness
is seen to fail where there are several.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from random import Random

from oracle_drawing import Drawing
from oracle_polynomials import Linear, NotPolynomial, Polynomial, Solution, coefficients, solve, terms_of
from oracle_values import evaluation
from oracle_worlds import Evaluate, Number, Places, Remembered, World

from symcnn.kernel import Assumption, Lambda


@dataclass(frozen=True)
class Compiled:
    """An assumption: what differs from 0 where it fails, and the ranges of its indices."""

    leaves: frozenset[str]
    sides: tuple[Evaluate, Evaluate]
    ranges: tuple[tuple[Evaluate, Evaluate], ...]

    def differences(self, world: World) -> Iterator[Number]:
        """The left side minus the right side, at each index."""
        ends = [(lower(world, ()), upper(world, ())) for lower, upper in self.ranges]
        left, right = self.sides
        for at in product(*(range(lower, upper + 1) for lower, upper in ends)):
            yield left(world, at[::-1]) - right(world, at[::-1])


def _compiled(assumption: Assumption) -> Compiled:
    names = tuple(index.name for index in assumption.indices)
    sides = evaluation(assumption.left, *names), evaluation(assumption.right, *names)
    ranges = tuple((evaluation(each.lower), evaluation(each.upper)) for each in assumption.indices)
    return Compiled(frozenset(assumption.leaves), sides, ranges)


@dataclass(frozen=True)
class Assumptions:
    """The assumptions of a claim."""

    drawing: Drawing

    @cached_property
    def each(self) -> tuple[Compiled, ...]:
        """The assumptions."""
        return tuple(map(_compiled, self.drawing.claim.assumptions))

    @cached_property
    def witnesses(self) -> dict[str, Evaluate]:
        """The formulas of the witness."""
        found = ((name, value) for name, value in self.drawing.claim.witness if isinstance(value, Lambda))
        return {name: evaluation(value.body, *value.indices) for name, value in found}

    def satisfied(self, world: World, number: int) -> World | None:
        """The world with other tensors, for which everything assumed holds; None if none are found."""
        for unknown in self._choices(number):
            start = self._with_witness(world) if number % 4 == 3 else world
            found = self._solved(start, unknown, Random(number))
            if found is not None:
                return found
        return None

    def holds(self, world: World) -> bool:
        """Whether everything assumed holds for all of the quantified tensors. Raises `NotPolynomial`."""
        return all(not list(self._equations(world, each, frozenset())) for each in self.each)

    def _choices(self, number: int) -> Iterator[frozenset[str]]:
        """Leaves to solve for: all, or one of them, or none"""
        names = [leaf.name for leaf in self.drawing.claim.leaves]
        turned = names[number % len(names) :] + names[: number % len(names)] if names else []
        yield frozenset(names)
        yield from (frozenset([name]) for name in turned if len(names) > 1)

    def _with_witness(self, world: World) -> World:
        formulas = {name: _by_formula(body, world) for name, body in self.witnesses.items()}
        return self._with(world, formulas)

    def _with(self, world: World, tensors: dict[str, Remembered]) -> World:
        changed = replace(world, tensors={**world.tensors, **tensors}, memory={})
        self.drawing.define(changed)
        return changed

    def _solved(self, world: World, unknown: frozenset[str], random: Random) -> World | None:
        try:
            equations = [found for each in self.each for found in self._equations(world, each, unknown)]
            solution = solve(equations)
            if solution is None:
                return None
            found = self._with(world, _chosen(world, solution, unknown, random))
            return found if self._fits(found) else None
        except NotPolynomial:
            return None

    def _fits(self, world: World) -> bool:
        """Whether the other hypotheses hold as well, and the assumptions once more"""
        return all(each(world, ()) for each in self.drawing.hypotheses) and self.holds(world)

    def _equations(self, world: World, each: Compiled, unknown: frozenset[str]) -> Iterator[Linear]:
        """What must be 0, in terms of the unknown tensors that this assumption is not about"""
        names = each.leaves | unknown
        seen = self._with(world, {name: _unknown(name) for name in names})
        for difference in each.differences(seen):
            if terms_of(difference) is None:
                raise NotPolynomial("a germ")
            yield from coefficients(difference, each.leaves)


def _unknown(name: str) -> Remembered:
    return Remembered(lambda at: Polynomial.unknown(name, at))


def _by_formula(body: Evaluate, world: World) -> Remembered:
    return Remembered(lambda at: body(world, at[::-1]))


def _chosen(world: World, solution: Solution, unknown: frozenset[str], random: Random) -> dict[str, Remembered]:
    """A random solution; entries of which nothing is asked stay as they are"""
    values = solution.at({each: random.randint(-3, 3) for each in solution.free()})
    return {
        name: _replaced(world, name, {at: value for (of, at), value in values.items() if of == name})
        for name in unknown
    }


def _replaced(world: World, name: str, fixed: dict[Places, Number]) -> Remembered:
    before = world.tensors[name]
    return Remembered(lambda at: fixed[at] if at in fixed else before(at))
