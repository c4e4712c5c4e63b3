"""Using a theorem: find the instance of it that a line is, by comparing operators, and rewrite with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sympy import Dummy, Expr, Symbol

from ..kernel import Chain, Context, Evidence, Lambda, Step, Term, terms
from ..kernel.claim import expand
from ..kernel.proof import Equation
from ..language.statement import Statement
from ..language.tensors import Tensor
from ..language.translate import Translation
from .auto import Stuck, equate
from .evidence import EvidenceSearch
from .rewriter import Failed


@dataclass(frozen=True)
class Line:
    """An equation that somebody writes: the tensors on its two sides, their entries, and the indices of these."""

    sides: tuple[Tensor, Tensor]
    left: Term
    right: Term
    indices: tuple[Term, ...]


@dataclass
class Matching:
    """What the sizes and the leaves of a theorem stand for."""

    sizes: dict[str, Expr] = field(default_factory=dict)
    leaves: dict[str, Tensor] = field(default_factory=dict)

    def tensor(self, pattern: Tensor, found: Tensor) -> None:
        """Let the pattern stand for what is found. Raises `Failed` where they cannot agree.

        A tensor of the pattern that is defined by a formula of its own is not looked into: whether it agrees is
        seen when the instance is compared.
        """
        for extent, other in zip(pattern.shape, found.shape, strict=False):
            self.expression(extent, other)
        if pattern.rank != found.rank:
            raise Failed(f"{pattern} and {found} have different ranks")
        if pattern.formula is None:
            if self.leaves.setdefault(str(pattern.name), found).symbol != found.symbol:
                raise Failed(f"{pattern} would stand for two tensors")
        elif pattern.operation is not None:
            self._operation(pattern, found)

    def _operation(self, pattern: Tensor, found: Tensor) -> None:
        mine, other = pattern.operation, found.operation
        if mine is None or other is None or mine.name != other.name or len(mine.arguments) != len(other.arguments):
            raise Failed(f"{found} is not of the form {pattern}")
        for one, two in zip(mine.arguments, other.arguments, strict=True):
            self.tensor(one, two)
        settings = dict(other.parameters)
        for name, value in mine.parameters:
            if name in settings:
                self._parameter(value, settings[name])

    def _parameter(self, value: Any, found: Any) -> None:
        pairs = (
            zip(value, found, strict=True)
            if isinstance(value, tuple) and isinstance(found, tuple)
            else [(value, found)]
        )
        for one, two in pairs:
            if isinstance(one, Expr) and isinstance(two, Expr):
                self.expression(one, two)

    def expression(self, pattern: Expr, found: Expr) -> None:
        """A size of the theorem stands for the expression that is found in its place."""
        if isinstance(pattern, Symbol):
            self.sizes.setdefault(pattern.name, found)


def used(
    context: Context,
    line: Line,
    search: EvidenceSearch,
    name: str,
    theorem: Statement,
) -> Chain:
    """left = (left side of an instance) = (right side of it) = right, or the other way round.

    Raises `Stuck` if the line is no instance of the theorem.
    """
    identity = theorem.identity
    for patterns, backward in (((identity.lhs, identity.rhs), False), ((identity.rhs, identity.lhs), True)):
        try:
            return _used(context, line, search, name, patterns, backward)
        except Failed:
            continue
    raise Stuck(line.left, line.right)


def _used(
    context: Context,
    line: Line,
    search: EvidenceSearch,
    name: str,
    patterns: tuple[Tensor, Tensor],
    backward: bool,
) -> Chain:
    equation, matching = context.equations[name], Matching()
    for pattern, side in zip(patterns, line.sides, strict=True):
        matching.tensor(pattern, side)
    integers = _integers(equation, matching, line.indices, context)
    tensors = _tensors(equation, matching, context)
    values = dict(zip(equation.integers, integers, strict=True)), dict(zip(equation.ranks, tensors, strict=True))
    ends = [terms.substitute(each, *values) for each in (equation.left, equation.right)]
    shown = tuple(_evidence(context, terms.substitute(each, *values), search) for each in equation.hypotheses)
    start, end = reversed(ends) if backward else ends
    arguments = (
        ("equation", name),
        ("integers", integers),
        ("tensors", tensors),
        ("functions", ()),
        ("shown", shown),
    )
    step = Step("use", (), arguments, end, backward, f"theorem:{name}")
    before, after = equate(context, line.left, start, search), equate(context, end, line.right, search)
    if not isinstance(before, Chain) or not isinstance(after, Chain):
        raise Failed("an instance that needs cases")
    return Chain((*before.steps, step, *after.steps))


def _integers(equation: Equation, matching: Matching, indices: tuple[Term, ...], context: Context) -> tuple[Term, ...]:
    """The sizes as they were matched, or as they are called; the indices of the theorem are those of the line"""
    count = len(equation.integers) - len(indices)
    sizes = {name: Translation().integer(value, {}) for name, value in matching.sizes.items()}
    found = [sizes.get(name, terms.variable(name)) for name in equation.integers[:count]]
    if not all(terms.free_variables(size) <= context.scope.integers for size in found):
        raise Failed(f"nothing says what {', '.join(equation.integers[:count])} stand for")
    return (*found, *indices)


def _tensors(equation: Equation, matching: Matching, context: Context) -> tuple[Lambda, ...]:
    found = []
    for name, rank in equation.ranks.items():
        if name in matching.leaves:
            found.append(_as_lambda(matching.leaves[name], rank))
        elif context.scope.ranks.get(name) == rank:
            found.append(_itself(name, rank))
        else:
            raise Failed(f"nothing says what {name} stands for")
    return tuple(found)


def _itself(name: str, rank: int) -> Lambda:
    names = tuple(f"at{position}" for position in range(1, rank + 1))
    return Lambda(names, terms.entry(name, *map(terms.variable, names)))


def _as_lambda(tensor: Tensor, rank: int) -> Lambda:
    names = tuple(f"at{position}" for position in range(1, rank + 1))
    symbols = tuple(Dummy(name, integer=True) for name in names)
    translation = Translation()
    body = translation.entry(tensor, symbols, dict(zip(symbols, map(terms.variable, names), strict=True)))
    return Lambda(names, expand(body, translation.definitions.values()))


def _evidence(context: Context, goal: Term, search: EvidenceSearch) -> Evidence:
    found = search.find(context.facts, goal)
    if found is None:
        raise Failed(f"nothing shows the hypothesis {goal!r}")
    return found
