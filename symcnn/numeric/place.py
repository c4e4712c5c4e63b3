"""Where an expression stands while it is lowered: the indices around it, and what guards its reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from sympy import Dummy, Expr, Integer, S, Symbol
from sympy.core.symbol import Str

from .nodes import AllOf, Compare, Hull, Indices

Range = tuple[Expr, Expr]
Mask: TypeAlias = Expr  # or SymPy's true and false


@dataclass(frozen=True)
class Line:
    """One assignment of the generated function."""

    target: Symbol
    value: Expr


@dataclass
class Block:
    """The lines that one computed tensor needs, in order: its index arrays, and the masks of its reads."""

    lines: list[Line] = field(default_factory=list)
    made: dict[Expr, Symbol] = field(default_factory=dict)
    ranges: dict[Symbol, Range] = field(default_factory=dict)
    reaches: dict[Symbol, frozenset[Symbol]] = field(default_factory=dict)

    def opened(self) -> Block:
        """A block within a function that is given the variables of this one."""
        return Block(ranges=dict(self.ranges), reaches=dict(self.reaches))

    def named(self, letter: str, value: Expr) -> Symbol:
        """A variable with this value; the same variable for the same value."""
        if value not in self.made:
            self.made[value] = Dummy(letter, integer=True)
            self.lines.append(Line(self.made[value], value))
            self.reaches[self.made[value]] = self.indices_of(value)
        return self.made[value]

    def index(self, letter: str, lower: Expr, upper: Expr, axis: int) -> Symbol:
        """The array of all values of an index; of all that it ever takes, if its range depends on others."""
        kind = Hull if self.indices_of(lower, upper) else Indices
        symbol = self.named(letter, kind(lower, upper, Integer(axis)))
        self.ranges[symbol] = (lower, upper)
        self.reaches[symbol] = frozenset([symbol])
        return symbol

    def fixed_ranges(self) -> dict[Symbol, Range]:
        """The ranges that depend on sizes only, which are those that the arrays keep to."""
        return {symbol: ends for symbol, ends in self.ranges.items() if not self.indices_of(*ends)}

    def indices_of(self, *several: Expr) -> frozenset[Symbol]:
        """The index arrays that the expressions depend on."""
        met = frozenset[Symbol]().union(*(expression.free_symbols for expression in several))
        return frozenset[Symbol]().union(*(self.reaches.get(symbol, frozenset()) for symbol in met))


@dataclass(frozen=True)
class Place:
    """The values of the user's indices, the conditions that hold, the number of axes, and the open sums."""

    block: Block
    indices: Mapping[Symbol, Expr] = field(default_factory=dict)
    guard: tuple[Mask, ...] = ()
    depth: int = 0
    summed: tuple[Symbol, ...] = ()

    def bind(self, index: Symbol, symbol: Symbol) -> Place:
        """The same place where `index` is the array `symbol`."""
        return replace(self, indices={**self.indices, index: symbol})

    def inside_of(self, indices: Mapping[Symbol, Expr]) -> Place:
        """The same place in the formula of another tensor, which knows its own indices only."""
        return replace(self, indices=indices)

    def within(self, conditions: Iterable[Mask]) -> Place:
        """The same place, where the conditions hold too."""
        return replace(self, guard=tuple(dict.fromkeys((*self.guard, *conditions))))

    def under_sum(self, index: Symbol, symbol: Symbol, range_: Range) -> Place:
        """The place inside of a sum over `index`."""
        inside = replace(self.bind(index, symbol), depth=self.depth + 1, summed=(*self.summed, symbol))
        return inside.within(self._beyond(symbol, range_))

    def _beyond(self, symbol: Symbol, range_: Range) -> Iterator[Mask]:
        """What keeps an index within its range, where its array goes beyond."""
        lower, upper = range_
        if self.block.indices_of(lower):
            yield compare("<=", lower, symbol)
        if self.block.indices_of(upper):
            yield compare("<=", symbol, upper)

    def guard_of(self, *parts: Expr) -> tuple[Mask, ...]:
        """What holds wherever the value of the parts matters.

        Conditions on indices are of use only to parts that have indices. Where a sum is empty, nothing in it
        matters that does not depend on its index.
        """
        used = self.block.indices_of(*parts)
        chosen = [mask for mask in self.guard if used or not self.block.indices_of(mask)]
        used |= self.block.indices_of(*chosen)
        ranges = {self.block.ranges[symbol] for symbol in used}
        unused = (self.block.ranges[symbol] for symbol in self.summed if symbol not in used)
        nonempty = (compare("<=", *range_) for range_ in unused if range_ not in ranges)
        return conjuncts((*chosen, *nonempty))

    def mask(self, conditions: tuple[Mask, ...]) -> Mask:
        """The conditions as one named array."""
        return self.block.named("inside", all_of(conditions)) if conditions else S.true

    def known(self, conditions: tuple[Mask, ...]) -> Mask:
        """The conditions as the array that has a name already, or else written out."""
        together = all_of(conditions)
        return self.block.made.get(together, together)

    def is_guarded(self, mask: Mask, conditions: tuple[Mask, ...]) -> bool:
        """Whether the named mask is false wherever one of the conditions is."""
        values = [value for value, symbol in self.block.made.items() if symbol == mask]
        parts = {part for value in values for part in (value.args if isinstance(value, AllOf) else (value,))}
        return parts.issuperset(conditions)


def compare(sign: str, left: Expr, right: Expr, ranges: Mapping[Symbol, Range] | None = None) -> Mask:
    """left sign right; decided at once if the difference is a number, or by the ranges of the indices."""
    difference = right - left
    if difference.is_Rational:
        signs = {"<=": difference >= 0, "<": difference > 0, "==": difference == 0, "!=": difference != 0}
        return S.true if signs[sign] else S.false
    if sign == "<=" and _never_negative(difference, ranges or {}):
        return S.true
    return Compare(Str(sign), left, right)


def _never_negative(difference: Expr, ranges: Mapping[Symbol, Range]) -> bool:
    """Whether the difference is a number from 0 on where every index is at the worse end of its range"""
    for symbol, (lower, upper) in ranges.items():
        coefficient = difference.expand().coeff(symbol)
        rest = (difference - coefficient * symbol).expand()
        if coefficient.is_Integer and not rest.has(symbol):
            difference = (rest + coefficient * (lower if coefficient > 0 else upper)).expand()
    return difference.is_Integer and difference >= 0


def conjuncts(masks: Iterable[Mask]) -> tuple[Mask, ...]:
    """The masks without those that always hold, each once; `false` alone if one of them never holds."""
    kept = tuple(dict.fromkeys(mask for mask in masks if mask != S.true))
    return (S.false,) if S.false in kept else kept


def all_of(masks: tuple[Mask, ...]) -> Mask:
    """mask & mask & ..."""
    kept = conjuncts(masks)
    if not kept:
        return S.true
    return kept[0] if len(kept) == 1 else AllOf(*kept)
