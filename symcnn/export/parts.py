"""A proof tree as the chains of lines that a reader is shown, each with what is said before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from ..kernel import Cases, Chain, Define, Have, Induction, Node, Obtain, Step, Term, terms
from ..kernel.polynomial import negate, normal
from .reasons import Why


@dataclass(frozen=True)
class Line:
    """`= expression` (or `<=`), why, and the primitive steps of the kernel that lead to it from the line before.

    `reason` has formulas between dollar signs; `why` is what it is made from, None if it is somebody's own words."""

    expression: Term
    reason: str
    steps: tuple[Step, ...]
    why: Why | None = None
    relation: str = "="


@dataclass(frozen=True)
class Attained:
    """Indices at which a maximum is attained."""

    indices: tuple[str, ...]
    maximum: Term


@dataclass(frozen=True)
class Stage:
    """The base or the step of an induction over `variable`, for all values of `integers` with the hypotheses."""

    induction: Induction
    is_base: bool


@dataclass(frozen=True)
class Part:
    """A chain of lines from `start`, under the conditions of its case.

    `lemma` holds the two sides of an equation that this part begins to show for later use, for all `integers` with
    the hypotheses; `goes_on` says that the equation is shown now and the chain of the claim itself begins. `attained`
    are indices that get names for this part and those after it, `ends` the two sides that its chain joins, `indices`
    the letters that stand for indices in it besides those of the claim, `also` its variables that are no indices."""

    conditions: tuple[Term, ...]
    start: Term
    lines: tuple[Line, ...]
    lemma: tuple[Term, Term] | None = None
    goes_on: bool = False
    integers: tuple[str, ...] = ()
    hypotheses: tuple[Term, ...] = ()
    attained: tuple[Attained, ...] = ()
    stage: Stage | None = None
    ends: tuple[Term, Term] | None = None
    indices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    assumed: tuple[Term, ...] = field(default=(), repr=False)


Told = Callable[[tuple[Step, ...], Term, frozenset[str], tuple[str, ...]], tuple[Line, ...]]


@dataclass(frozen=True)
class Walk:
    """Where in the tree: the conditions, what has a name there, which equations are only supposed."""

    told: Told
    conditions: tuple[Term, ...] = ()
    assumed: tuple[Term, ...] = ()
    indices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    supposed: frozenset[str] = frozenset()

    def parts(self, node: Node, left: Term, right: Term) -> Iterator[Part]:
        """The parts of a proof of left = right."""
        match node:
            case Chain(steps):
                lines = self.told(steps, left, self.supposed, self.indices)
                more = {"ends": (left, right), "indices": self.indices, "also": self.also}
                yield Part(self.conditions, left, lines, assumed=self.assumed, **more)  # type: ignore[arg-type]
            case Cases(condition, holds, fails):
                yield from self._case(condition).parts(holds, left, right)
                yield from self._case(negate(condition)).parts(fails, left, right)
            case Have():
                yield from self._have(node, left, right)
            case Define(_, then):
                yield from self.parts(then, left, right)
            case Obtain():
                inside = replace(self, indices=(*self.indices, *node.indices), assumed=(*self.assumed, *facts_of(node)))
                first, *others = inside.parts(node.then, left, right)
                yield replace(first, attained=(Attained(node.indices, node.maximum), *first.attained))
                yield from others
            case Induction():
                yield from self._induction(node, left, right)

    def _case(self, condition: Term) -> Walk:
        return replace(self, conditions=(*self.conditions, condition), assumed=(*self.assumed, condition))

    def _have(self, node: Have, left: Term, right: Term) -> Iterator[Part]:
        inside = replace(
            self,
            conditions=self.conditions if node.integers else (*self.conditions, *node.hypotheses),
            assumed=(*self.assumed, *node.hypotheses),
            also=(*self.also, *node.integers),
        )
        first, *others = inside.parts(node.shown, node.left, node.right)
        given = node.hypotheses if node.integers else ()
        yield replace(first, lemma=(node.left, node.right), integers=node.integers, hypotheses=given)
        yield from others
        first, *others = self.parts(node.then, left, right)
        yield replace(first, goes_on=True)
        yield from others

    def _induction(self, node: Induction, left: Term, right: Term) -> Iterator[Part]:
        variable = terms.variable(node.variable)
        next_one = normal(terms.add(variable, terms.integer(1)))
        inside = replace(self, indices=(*self.indices, *node.integers))
        step = replace(
            inside,
            also=(*self.also, node.variable),
            assumed=(*self.assumed, terms.at_most(node.lower, variable)),
            supposed=self.supposed | {node.name},
        )
        for walk, value, shown, is_base in ((inside, node.lower, node.base, True), (step, next_one, node.step, False)):
            at = {node.variable: value}
            sides = tuple(terms.substitute(side, at) for side in (node.left, node.right))
            given = tuple(terms.substitute(each, at) for each in node.hypotheses)
            first, *others = replace(walk, assumed=(*walk.assumed, *given)).parts(shown, *sides)
            yield replace(first, stage=Stage(node, is_base))
            yield from others
        first, *others = self.parts(node.then, left, right)
        yield replace(first, goes_on=True)
        yield from others


def facts_of(node: Obtain) -> tuple[Term, ...]:
    """What is known of indices at which a maximum is attained."""
    at = tuple(map(terms.variable, node.indices))
    bounds = node.maximum.args[: 2 * len(at)]
    limits = zip(bounds[::2], at, bounds[1::2], strict=True)
    ranges = [each for low, index, high in limits for each in (terms.at_most(low, index), terms.at_most(index, high))]
    condition, body = (terms.instantiate(each, *at) for each in node.maximum.args[-2:])
    return (*ranges, condition, terms.equal(node.maximum, body))
