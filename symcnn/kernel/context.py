"""Where a term stands: the names in scope, the facts that hold there, and the way down to a part of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from . import terms
from .claim import Definition, Scope, binder_kinds
from .evidence import Facts
from .proof import NO_LEMMAS, Equation
from .rejected import Rejected
from .terms import Lambda, Term


@dataclass(frozen=True)
class Context:
    """Names, facts, formulas and known equations; `depth` counts the binders passed on the way down."""

    scope: Scope
    facts: Facts
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    equations: Mapping[str, Equation] = field(default_factory=lambda: NO_LEMMAS)
    depth: int = 0

    def assume(self, *conditions: Term) -> Context:
        """The same place with more facts; they are numbered after the old ones."""
        if not conditions:
            return self
        facts = self.facts.assume(terms.all_of(*conditions))
        return Context(self.scope, facts, self.definitions, self.equations, self.depth)

    def fresh(self) -> tuple[Term, Context]:
        """A new integer variable, by a name that no claim can contain, and the context that knows it."""
        name = f"#{self.depth}"
        scope = replace(self.scope, integers=self.scope.integers | {name})
        return terms.variable(name), replace(self, scope=scope, depth=self.depth + 1)

    def open(self, term: Term) -> tuple[Term, Term, Context]:
        """The variable of a sum, its body with this variable, and the context inside: lower <= it <= upper."""
        (name,), body, inside = self.enter(term, 2)
        return terms.variable(name), body, inside

    def enter(self, term: Term, position: int) -> tuple[tuple[str, ...], Term, Context]:
        """Fresh names for what is bound around a child, the child with them, and the context there.

        Nothing is known of a tensor that is bound, nor of an index of a tensor that is not one of a field: the
        child may be read anywhere."""
        count, child = terms.binds(term, position), term.args[position]
        if not count:
            return (), child, self.beside(term, position)
        kinds = binder_kinds(term, position)
        names = tuple(f"#{self.depth + number}" for number in range(count))
        integers = {name for name, rank in zip(names, kinds, strict=True) if rank < 0}
        ranks = {name: rank for name, rank in zip(names, kinds, strict=True) if rank >= 0}
        scope = replace(
            self.scope,
            integers=self.scope.integers | integers,
            ranks={**self.scope.ranks, **ranks} if ranks else self.scope.ranks,
        )
        inside = replace(self, scope=scope, depth=self.depth + count)
        values = [_fresh(name, rank) for name, rank in zip(names, kinds, strict=True)]
        indices = [each for each in values if isinstance(each, Term)]
        return names, terms.instantiate(child, *values), inside.assume(*_inside(term, position, indices))

    def beside(self, term: Term, position: int) -> Context:
        """The context of a child. In a product the other brackets may be assumed: where one fails, both
        the old product and the new one are 0."""
        if term.head != "multiply":
            return self
        others = (child for number, child in enumerate(term.args) if number != position)
        conditions = [child.args[0] for child in others if child.head == "bracket"]
        return self.assume(*conditions) if conditions else self


Change = Callable[[Context, Term], Term]


def change_at(context: Context, term: Term, path: tuple[int, ...], change: Change) -> Term:
    """The term with `change` applied to its part at `path`; raises `Rejected` if there is no such part."""
    if not path:
        return change(context, term)
    position, rest = path[0], path[1:]
    if not 0 <= position < len(term.args):
        raise Rejected(f"{term!r} has no part {position}")
    names, child, inside = context.enter(term, position)
    changed = change_at(inside, child, rest, change)
    changed = terms.abstract(changed, *names) if names else changed
    return terms.with_args(term, (*term.args[:position], changed, *term.args[position + 1 :]))


def _fresh(name: str, rank: int) -> Term | Lambda:
    if rank < 0:
        return terms.variable(name)
    indices = tuple(f"at{number}" for number in range(rank))
    return Lambda(indices, terms.entry(name, *map(terms.variable, indices)))


def _inside(term: Term, position: int, indices: list[Term]) -> tuple[Term, ...]:
    """What is known of the indices that are bound around a child"""
    match term.head:
        case "sum" | "field":
            return between(term.args, indices)
        case "maximum" | "exists":
            condition = terms.instantiate(term.args[2 * len(indices)], *indices)
            return (*between(term.args, indices), *([condition] if position > 2 * len(indices) else []))
        case "iterate" if position == 3:
            base, layer = term.args[:2]
            return terms.at_most(terms.add(base, terms.integer(1)), indices[0]), terms.at_most(indices[0], layer)
    return ()


def between(bounds: tuple[Term, ...], indices: list[Term]) -> tuple[Term, ...]:
    """lower <= index <= upper for every index; the bounds come in pairs, and anything may follow them."""
    limits = zip(bounds[::2], indices, bounds[1::2], strict=False)
    return tuple(
        each for low, index, high in limits for each in (terms.at_most(low, index), terms.at_most(index, high))
    )
