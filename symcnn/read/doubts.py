"""Doubts: whether an equation may hold only under what the words around it say, which is not understood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice

from ..errors import SymcnnError
from . import prose
from .checker import Checker
from .definitions import words_behind
from .outcomes import Link
from .report import Verdict
from .sources import Place, Source
from .syntax import Chain, Formula, Name, Node, Number, names_in

MOST_DOUBTS = 4  # for each, a counterexample is looked for again


@dataclass
class Doubts:
    """What may be supposed at a place of a document: relations, and names that may be of some kind."""

    checker: Checker
    place: Place
    supposed: list[Node] = field(default_factory=list)

    def around(self, source: Source) -> str:
        """What the words around a formula make of it."""
        if source.kind == "explanation":
            return prose.UNSURE
        if source.number is None:
            return prose.of_line(self.place.text, source.start, source.end)
        texts = source.read.texts if isinstance(source.read, Formula) else ()
        return prose.of_display(self.place.text, source.start, source.end, texts, source.text)

    def changes_conditions(self, source: Source, link: Link) -> bool:
        """Whether words beside conditions say that they are meant otherwise."""
        texts = source.read.texts if isinstance(source.read, Formula) else ()
        changed = any(prose.CHANGES_A_CONDITION.search(text) for text in texts)
        return bool(link.conditions) and (changed or (isinstance(source.read, Formula) and source.read.implies))

    def is_conditional(self, source: Source, link: Link) -> bool:
        """Whether a relation may be a condition itself, or hold only under one that is said in words."""
        text, read, world = self.place.text, source.read, self.checker.world
        if isinstance(read, Formula) and (read.implies or prose.restricts(" ".join(read.texts)) or _shares(read, link)):
            return True
        if prose.is_restricted(text, source.start, source.end):
            return True
        names = words_behind(world, link.left) | words_behind(world, link.right)
        if any(isinstance(each, Name) and each.word in names for each in self.supposed) or self._may_hold(link):
            return True
        return source.number is None and (link.relation != "=" or prose.is_condition(text, source.start))

    def _may_hold(self, link: Link) -> bool:
        """Whether it is not refuted any more under one of the last relations that may be supposed"""
        is_known = self.checker.world.is_known
        chains = (each for each in dict.fromkeys(reversed(self.supposed)) if isinstance(each, Chain))
        known = (each for each in chains if all(map(is_known, names_in(each))))  # of an index nothing is supposed
        return any(self._may_hold_if(link, each) for each in islice(known, MOST_DOUBTS))

    def _may_hold_if(self, link: Link, supposed: Chain) -> bool:
        try:
            outcome = self.checker.claim(replace(link, conditions=(*link.conditions, supposed)))
        except SymcnnError:
            return True
        return outcome.verdict is not Verdict.REFUTED


def _shares(read: Formula, link: Link) -> bool:
    """Whether another statement of the formula has conditions, or is one, which may be meant for this one too"""
    others = (
        each.chain for each in read.statements if isinstance(each.chain, Chain) and link.right not in each.chain.items
    )
    values = (isinstance(each.items[0], Name) and isinstance(each.items[-1], Number) for each in others)
    return any(values) or any(set(each.conditions) - set(link.conditions) for each in read.statements)
