"""Printing with indices that start at 0: the same formulas, every index and every range of indices moved by one.

Numbers of layers are no indices and stay; so do sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..kernel import Term, terms
from ..kernel.polynomial import normal

ONE, MINUS_ONE = terms.integer(1), terms.integer(-1)
#: what a binder binds: an index, the number of a layer, or (a number) a tensor with so many layers
INDEX, LAYER = "index", "layer"
Kind = str | int


def from_zero(term: Term, indices: tuple[str, ...], layers: Mapping[str, int] | None = None) -> Term:
    """The term in indices that are one smaller: `indices` are free ones, and every sum, maximum and entry moves too.
    `layers` is the number of layers of tensors that have some."""
    return _Moving(layers or {}).of(_with_smaller(term, indices), ())


def index_from_zero(index: Term, indices: tuple[str, ...]) -> Term:
    """An index, given in terms of others, where it and all of them are one smaller."""
    return terms.add(_with_smaller(index, indices), MINUS_ONE)


def _with_smaller(term: Term, indices: tuple[str, ...]) -> Term:
    return terms.substitute(term, {name: terms.add(terms.variable(name), ONE) for name in indices})


@dataclass(frozen=True)
class _Moving:
    """Moves all that is an index; `bound` are the kinds of what is bound around a term, the nearest first"""

    layers: Mapping[str, int] = field(default_factory=dict)

    def of(self, term: Term, bound: tuple[Kind, ...]) -> Term:
        if term.head == "bound":
            return terms.add(term, ONE) if bound[int(str(term.value))] == INDEX else term
        args = tuple(
            self.of(child, (*reversed(self._kinds(term, number)), *bound)) for number, child in enumerate(term.args)
        )
        return terms.with_args(term, tuple(self._smaller(term, number, arg, bound) for number, arg in enumerate(args)))

    def _kinds(self, term: Term, position: int) -> tuple[Kind, ...]:
        """What the binders around a child bind, the outermost first"""
        count = terms.binds(term, position)
        match term.head, position:
            case "partial", 0:
                return (self._layers_of(term),)
            case "partial", 1:
                first = self._layers_of(term)
                return (*(LAYER,) * first, *(INDEX,) * (count - first))
            case "iterate", 3:
                return (0, LAYER, *(INDEX,) * (count - 2))
        return (INDEX,) * count

    def _layers_of(self, partial: Term) -> int:
        """The number of layers of the tensor that a derivative is by: of the leaf that it is taken at"""
        point = partial.args[1]
        count = terms.rank_of(partial)
        whole = point.head == "entry" and len(point.args) == count
        return self.layers.get(str(point.value), 0) if whole else 0

    def _smaller(self, term: Term, position: int, arg: Term, bound: tuple[Kind, ...]) -> Term:
        """A child that is an index, or a bound of one, is one smaller"""
        match term.head:
            case "entry":
                moves = position >= self.layers.get(str(term.value), 0)
            case "bound_entry":
                kind = bound[int(str(term.value))]
                moves = position >= (kind if isinstance(kind, int) else 0)
            case "sum":
                moves = position < 2
            case "maximum" | "exists" | "field":
                moves = position < 2 * terms.rank_of(term)
            case "partial":
                moves = position >= 2 + self._layers_of(term)
            case "iterate":
                moves = position >= 4
            case _:
                moves = False
        return normal(terms.add(arg, MINUS_ONE)) if moves else arg
