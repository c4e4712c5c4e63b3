"""Expressions that are the entries of a tensor with a name, recognised by their form."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..kernel import Definition, Term, terms
from ..kernel.claim import expand
from ..kernel.polynomial import normal

#: (lower, upper) of some indices
Ranges = tuple[tuple[Term, Term], ...]


@dataclass(frozen=True)
class Fold:
    """A tensor as it is shown, its indices (`layers` of them come first), the formula of its entries without any
    definition, the ranges of the others, and whether somebody has given it its name."""

    shown: str
    indices: tuple[str, ...]
    body: Term
    ranges: Ranges = ()
    layers: int = 0
    named: bool = True
    bare: str = ""  # as it is shown in parentheses
    at: Callable[[Term], Fold | None] | None = None  # of a tensor that any layer has: that of one layer

    def at_layers(self, layers: Iterable[Term]) -> Iterator[Fold]:
        """The tensor of each of several layers; the tensor itself if it depends on none."""
        found = map(self.at, layers) if self.at is not None else (self,)
        yield from (each for each in found if each is not None)

    @cached_property
    def forms(self) -> tuple[Term, ...]:
        """The formula as it was written, and in normal form."""
        return tuple(dict.fromkeys((self.body, normal(self.body))))

    def places(self, several: Iterable[Term]) -> tuple[Term, ...] | None:
        """The indices at which one of several forms of an expression is an entry; None if none is."""
        for term in several:
            for form in self.forms:
                found = matched(form, term, frozenset(self.indices))
                if found is not None and len(found) == len(self.indices):
                    return tuple(found[name] for name in self.indices)
        return None

    def has_ranges(self, layers: tuple[Term, ...], ranges: Ranges) -> bool:
        """Whether the indices of one layer, all of them, run over these ranges."""
        at = dict(zip(self.indices, layers, strict=False))
        own = [normal(terms.substitute(bound, at)) for pair in self.ranges for bound in pair]
        return own == [normal(bound) for pair in ranges for bound in pair]


def forms_of(term: Term, definitions: tuple[Definition, ...]) -> tuple[Term, ...]:
    """A closed term without definitions, as it is written and in normal form."""
    written = expand(term, definitions)
    return tuple(dict.fromkeys((written, normal(written))))


def layers_in(term: Term, layered: Container[str]) -> tuple[Term, ...]:
    """The layers of which tensors are read in a term."""
    read = (part.args[0] for part in terms.subterms(term) if part.head == "entry" and part.value in layered)
    return tuple(dict.fromkeys(normal(layer) for layer in read if not layer.loose))


def matched(pattern: Term, term: Term, names: frozenset[str]) -> dict[str, Term] | None:
    """Values for the variables `names` of the pattern that make it the term; None if there are none."""
    found: dict[str, Term] = {}
    return found if _match(pattern, term, names, found) else None


def _match(pattern: Term, term: Term, names: frozenset[str], found: dict[str, Term]) -> bool:
    if pattern.head == "variable" and pattern.value in names:
        return not term.loose and term.sort == terms.INTEGER and found.setdefault(str(pattern.value), term) == term
    alike = (pattern.head, pattern.value, len(pattern.args)) == (term.head, term.value, len(term.args))
    return alike and all(_match(*pair, names, found) for pair in zip(pattern.args, term.args, strict=True))
