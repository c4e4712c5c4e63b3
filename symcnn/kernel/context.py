"""Where a term stands: the names in scope, the facts that hold there, and the way down to a part of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from . import terms
from .claim import Definition, Scope
from .evidence import Facts
from .proof import NO_LEMMAS, Equation
from .rejected import Rejected
from .terms import BINDERS, Term


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
        return replace(self, facts=self.facts.assume(terms.all_of(*conditions)))

    def fresh(self) -> tuple[Term, Context]:
        """A new integer variable, by a name that no claim can contain, and the context that knows it."""
        name = f"#{self.depth}"
        scope = Scope(self.scope.integers | {name}, self.scope.ranks)
        return terms.variable(name), replace(self, scope=scope, depth=self.depth + 1)

    def open(self, term: Term) -> tuple[Term, Term, Context]:
        """The variable of a sum, its body with this variable, and the context inside: lower <= it <= upper."""
        lower, upper, body = term.args
        index, inside = self.fresh()
        inside = inside.assume(terms.at_most(lower, index), terms.at_most(index, upper))
        return index, terms.instantiate(body, index), inside

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
    if BINDERS.get(term.head) == position:
        index, body, inside = context.open(term)
        changed = terms.abstract(change_at(inside, body, rest, change), str(index.value))
    else:
        changed = change_at(context.beside(term, position), term.args[position], rest, change)
    return terms.with_args(term, (*term.args[:position], changed, *term.args[position + 1 :]))
