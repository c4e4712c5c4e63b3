"""Second definitions, and equations after which what a name was is not known any more."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from sympy import sstr

from ..errors import SymcnnError
from .defining import Defining, placeholders
from .display import formula
from .indices import free_letters
from .meaning import Meaning
from .outcomes import Link, Outcome
from .references import reference
from .syntax import Node, names_in
from .unfolding import equation_for_all, parted
from .values import Scalar
from .world import Key, World
from .written import latex


@dataclass
class Redefining(Defining):
    """What is known at a place, and how definitions end."""

    def _may_redefine(self, link: Link, target: tuple[str, Node]) -> bool:
        """Whether both equations are about the whole of a name, and do not speak of the same names"""
        key, lower = self._key(target)
        definition = self.world.definitions.get(self._defined_as(key))
        if definition is None or lower or not definition.of_whole or target[0] in self.world.keep:
            return False
        new, old = (set(filter(self.world.is_known, names_in(each))) for each in (link.right, definition.formula))
        is_known = reference(link.right, self.world) is not None and all(map(self.world.is_known, new))
        return (link.is_aside and new != old) or not (new <= old or is_known)

    def _defined_as(self, key: Key) -> Key:
        """The layer on the left of its definition: x_{l+1} for x_l, where x_{l+1} is defined for all l"""
        found = equation_for_all(self.world, key.word)
        if found is None or key.layer is None or key in self.world.definitions:
            return key
        return found.key if parted(key.layer)[0] == found.symbol else key

    def redefine(self, link: Link, refuted: Outcome) -> Outcome:
        """A second definition opens a new scope. What was refuted stays so where it is no definition."""
        target = self.target(link)
        if target is None:
            return refuted
        key, lower = self._key(target)
        defined = self._defined_as(key)
        old = self.world.definitions[defined]
        if not self._is_of_one_kind(key, link):
            return refuted
        before = self.world
        self.world = self._without_dependents(self._later_scope(self.world.without(defined)), key)
        try:
            made = self._define(link, key, lower)
        except (SymcnnError, RecursionError):
            self.world = before
            return refuted
        name = latex(target[1])
        words = (
            f"a second definition of {name} opens a new scope: it does not agree with the one in line {old.line};"
            f" if it should, declare {key.word}: keep"
        )
        self.note(words)
        return replace(made, remarks=(*made.remarks, words), reason=f"{made.reason}, again", is_second_definition=True)

    def _is_of_one_kind(self, key: Key, link: Link) -> bool:
        """Whether both definitions of a name make it a number, or a tensor"""
        meaning = Meaning(self.world)
        letters = placeholders(list(free_letters(meaning, link.right)))
        with suppress(SymcnnError):
            old, new = meaning.tensor(key, link.left), meaning.within(letters).value(link.right)
            return isinstance(old, Scalar) == isinstance(new, Scalar) or bool(letters)
        return True

    def _later_scope(self, world: World) -> World:
        """What is said of sizes just before a second definition holds for it; what was said earlier does not"""
        if world.is_fresh or not world.local:
            return replace(world, is_fresh=False)
        conditions = ", ".join(f"{sstr(each.lhs)} = {sstr(each.rhs)}" for each in world.local)
        self.note(f"{conditions} is assumed no more: a new scope begins")
        return replace(world, local=())

    def fail(self, link: Link) -> None:
        """What an equation would define, had it been read, is nothing that anything may be said of."""
        with suppress(SymcnnError):
            target = self.target(link) if link.position == 0 and link.relation == "=" else None
            itself = target is not None and link.right is not link.left and target[0] in names_in(link.right)
            if target is not None and not itself and not any(key.word == target[0] for key in self.world.definitions):
                self.world = self.world.with_failed(target[0], self.line)

    def unsettle(self, link: Link) -> None:
        """Forget what a name is of which something else is said that is not taken over, as in: now let a = 3."""
        with suppress(SymcnnError):
            target = self.target(link) if link.position == 0 and link.relation == "=" else None
            key = self._key(target)[0] if target is not None else None
            if key is not None and key in self.world.definitions:
                self.world = self.world.without(key).with_failed(key.word, self.line)

    def forget(self, text: str) -> None:
        """What stands on the left of an equation that cannot be read is nothing that anything may be said of."""
        with suppress(SymcnnError):
            left = text.partition("=")[0].replace("&", " ")
            for statement in formula(left).statements[-1:]:
                self.fail(Link(statement.chain, statement.chain, "=", (), 0, True, (0, 0)))
