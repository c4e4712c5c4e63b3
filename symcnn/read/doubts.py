"""Doubts: whether an equation may hold only under what the words around it say, which is not understood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice

from ..errors import SymcnnError
from . import prose
from .checker import Checker
from .definitions import words_behind
from .kinds import INTEGERS
from .outcomes import Link
from .ranges import ORDER
from .report import Verdict
from .sources import Place, Source
from .syntax import Chain, Formula, Name, Node, Number, Scripted, names_in, walk
from .world import Function, Size

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

    def restricting(self, source: Source) -> str:
        """The words around a formula for which it may be no definition."""
        texts = source.read.texts if isinstance(source.read, Formula) else ()
        return prose.restricting(self.place.text, source.start, source.end, texts)

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
        if prose.is_restricted(text, source.start, source.end) or prose.supposes(text, source.start):
            return True
        names = words_behind(world, link.left) | words_behind(world, link.right)
        if any(isinstance(each, Name) and each.word in names and self._is_any(each.word) for each in self.supposed):
            return True
        if self._may_hold(link, names):
            return True
        return source.number is None and (link.relation != "=" or prose.is_condition(text, source.start))

    def suppose(self, source: Source, link: Link) -> None:
        """Keep a relation that does not hold by itself where words may make it one that is supposed from here on."""
        text, is_display = self.place.text, source.number is not None
        is_said = prose.supposes(text, source.start) if is_display else prose.is_condition(text, source.start)
        if is_said if link.relation in ORDER else (link.relation == "=" and (is_said or not is_display)):
            self.supposed.append(Chain((link.left, link.right), (link.relation,)))

    def _is_any(self, word: str) -> bool:
        """Whether this is no index, and no function of which more is known already, such as tanh"""
        thing = self.checker.world.things.get(word)
        return self.checker.world.is_known(word) and (
            not isinstance(thing, Function) or set(thing.activation.facts) <= {"differentiable"}
        )

    def _may_hold(self, link: Link, names: set[str]) -> bool:
        """Whether it is not refuted any more under one of the last relations that may be supposed of its names"""
        chains = (each for each in dict.fromkeys(reversed(self.supposed)) if isinstance(each, Chain))
        spoken = (each for each in chains if self._is_of(each, names))
        return any(self._may_hold_if(link, each) for each in islice(spoken, MOST_DOUBTS))

    def _is_of(self, supposed: Chain, names: set[str]) -> bool:
        """Whether what is supposed is about one of these names, or about sizes; of an index alone nothing is"""
        spoken = _without_indices(supposed)
        sizes = {each for each in spoken if isinstance(self.checker.world.things.get(each), Size)}
        is_known = all(map(self.checker.world.is_known, spoken - {INTEGERS.word, "I"}))
        return is_known and (not spoken.isdisjoint(names - sizes) or spoken == sizes)

    def _may_hold_if(self, link: Link, supposed: Chain) -> bool:
        if not all(map(self.checker.world.is_known, names_in(supposed))):
            return True  # for every index that it speaks of
        try:
            outcome = self.checker.claim(replace(link, conditions=(*link.conditions, supposed)))
        except SymcnnError:
            return True
        return outcome.verdict is not Verdict.REFUTED


def _without_indices(node: Node) -> set[str]:
    """The names in a formula, without those of indices and layers, and the T of a transpose"""
    scripted = [each for each in walk(node) if isinstance(each, Scripted)]
    scripts = (script for each in scripted for script in (*each.lower, each.upper) if script is not None)
    return names_in(node) - {name for script in scripts for name in names_in(script)}


def _shares(read: Formula, link: Link) -> bool:
    """Whether another statement of the formula has conditions, or is one, which may be meant for this one too"""
    others = (
        each.chain for each in read.statements if isinstance(each.chain, Chain) and link.right not in each.chain.items
    )
    values = (isinstance(each.items[0], Name) and isinstance(each.items[-1], Number) for each in others)
    return any(values) or any(set(each.conditions) - set(link.conditions) for each in read.statements)
