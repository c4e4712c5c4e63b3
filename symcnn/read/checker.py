"""Equations of a document, one after the other: definitions and claims, and the verdicts on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from sympy import sstr

from ..decision import Proved, Refuted, decide, refute_where_defined
from ..errors import IllFormed, Rejected, ShapeError, SymcnnError, UnequalExtents
from .claims import Posed, pose
from .definitions import words_behind
from .entries import of_entries
from .indices import OfIndices, free_letters, range_of, said_range
from .layouts import kinds_of, said, same_as_mixed
from .meaning import Meaning
from .outcomes import Budget, Link, Outcome, in_declarations
from .readings import READINGS, declared, described, undeclared_signs
from .redefining import Redefining
from .report import Verdict
from .syntax import Name, Node, Scripted, names_in, walk
from .unfolding import depths, left_alone, may_be_first
from .world import LAYOUTS, Array, Key, Layer, Sign, Size, World
from .written import SIGNS, latex

TOO_DEEP = "it is nested too deeply, or says of a name what it is by that name, as an update does"


@dataclass
class Checker(Redefining):
    """Checks one statement after the other in a world that grows."""

    def check(self, link: Link) -> Outcome:
        """The verdict on one link. What it refuses is caught, and is the reason."""
        self.recent = [*self.recent[-8:], link.left, link.right]
        try:
            return self._defines_or_claims(link)
        except (SymcnnError, Rejected, RecursionError) as error:
            self.fail(link)
            return self._refused(link, error)

    def _refused(self, link: Link, error: Exception) -> Outcome:
        """Sides that do not fit are refuted, if their sizes are said; whatever else is refused is not checkable"""
        if isinstance(error, RecursionError):
            return Outcome(Verdict.NOT_CHECKABLE, TOO_DEEP, self.world)
        reason = in_declarations(str(error))
        if isinstance(error, OfIndices):
            return Outcome(Verdict.NOT_CHECKABLE, reason, self.world, is_of_indices=True)
        if not isinstance(error, (ShapeError, UnequalExtents)):
            return Outcome(Verdict.NOT_CHECKABLE, reason, self.world)
        reason = f"the shapes do not fit: {reason}" if isinstance(error, UnequalExtents) else reason
        behind = words_behind(self.world, link.left) | words_behind(self.world, link.right)
        sizes = [each.word for each in (link.left, link.right) if isinstance(each, Name) and self._is_size(each)]
        if sizes:
            words = f"{reason}; but {sizes[0]} is a size here: call one of the two by another name"
            return Outcome(Verdict.NOT_CHECKABLE, words, self.world)
        guessed = {word for word in behind if word in self.world.guessed or self._is_guessed(word, link)}
        if guessed:
            words = f"{reason}; but the size of {', '.join(sorted(guessed))} is guessed: declare it"
            return Outcome(Verdict.NOT_CHECKABLE, words, self.world)
        return Outcome(Verdict.REFUTED, reason, self.world)

    def _is_size(self, name: Name) -> bool:
        return isinstance(self.world.things.get(name.word), (Size, Layer))

    def _is_guessed(self, word: str, link: Link) -> bool:
        """Whether a letter is taken for a vector of numbers because of its one index, and may stand for vectors"""
        thing = self.world.things.get(word)
        is_vector = isinstance(thing, Array) and thing.inferred and thing.letter is None and len(thing.shape) == 1
        return is_vector and any(_is_entry(each, word) for side in (link.left, link.right) for each in walk(side))

    def _defines_or_claims(self, link: Link) -> Outcome:
        link = of_entries(self.world, link)
        target = self.target(link) if link.position == 0 and link.relation == "=" else None
        new = target[1] if target is not None and not self.world.is_known(target[0]) else None
        self.infer((link.left, link.right, *link.conditions), new)
        self.note(*_signs(Meaning(self.world), link))
        if target is not None:
            key, lower = self._key(target)
            if self._is_step(link, key):
                return self._define_layers(link, key)
            if self._is_open(link, key, lower):
                made = self._define(link, key, lower)
                self.used |= names_in(link.right)
                return made
        outcome = self._in_some_sign(link, self._key(target)[0] if target is not None else None)
        self.used |= names_in(link.left) | names_in(link.right)
        again = target is not None and outcome.verdict is Verdict.REFUTED and link.alone
        return replace(outcome, may_redefine=target is not None and again and self._may_redefine(link, target))

    def _in_some_sign(self, link: Link, key: Key | None) -> Outcome:
        """The verdict; an equation that holds if a sign is read in another way, of which nobody has said how it is
        meant, is not refuted. Raises as `claim` does."""
        outcome = self._tried(link, key)
        if not _is_proved(outcome):
            for sign in undeclared_signs(Meaning(self.world), link.left, link.right):
                read = next((each for each in READINGS if self._holds_if(sign, each, link, key)), None)
                if read is not None:
                    words = f"holds if {SIGNS[sign]} is {described(read)}: declare {SIGNS[sign]}: {declared(read)}"
                    return Outcome(Verdict.NOT_CHECKABLE, words, self.world)
        if isinstance(outcome, SymcnnError):
            raise outcome
        return outcome

    def _holds_if(self, sign: str, read: Sign, link: Link, key: Key | None) -> bool:
        """Whether an equation is proved if a sign is read so. What is noted meanwhile is forgotten"""
        before, noted = self.world, list(self.inferences)
        self.world = replace(before, signs={**before.signs, sign: read})
        try:
            return _is_proved(self._tried(link, key))
        except (Rejected, RecursionError):
            return False
        finally:
            self.world, self.inferences = before, noted

    def claim(self, link: Link, key: Key | None = None) -> Outcome:
        """The verdict on an equation that defines nothing; `key` is what stands on its left alone.

        Where nobody has said how gradients are laid out, that is taken with which it is proved. Raises what `pose` and
        `decide` raise."""
        world = self.world.with_general(key) if key is not None and self._general(key) else self.world
        is_said = world.gradients is not None and world.layouts == LAYOUTS
        kinds = kinds_of(world, link.left, link.right) if not is_said else frozenset()
        return self._in_some_layout(world, link, kinds) if kinds else self._claimed(world, link)

    def _in_some_layout(self, world: World, link: Link, kinds: frozenset[str]) -> Outcome:
        found = {layout: self._in_layout(replace(world, gradients=layout), link) for layout in ("rows", "columns")}
        both = all(map(_is_proved, found.values()))
        same = "rows" if both else same_as_mixed(kinds)
        found["mixed"] = found[same] if same else self._in_layout(replace(world, gradients="mixed"), link)
        right = tuple(layout for layout in world.layouts if _is_proved(found[layout]))
        if right and right != world.layouts:
            self.note(f"{said(right)} from here on, since with that this is true")
            only = right[0] if len(right) == 1 else None
            self.world = replace(self.world, gradients=only, layouts=right)
        chosen = found[right[0]] if right else _worst([found[layout] for layout in world.layouts])
        otherwise = tuple(layout for layout in LAYOUTS if _is_proved(found[layout])) if not right else ()
        words = f"it would hold if {said(otherwise)}, but above {said(world.layouts)}: declare gradients"
        if isinstance(chosen, SymcnnError):
            raise type(chosen)(f"{chosen}; {words}") if otherwise else chosen
        return replace(chosen, world=self.world, remarks=(*chosen.remarks, *((words,) if otherwise else ())))

    def _in_layout(self, world: World, link: Link) -> Outcome | SymcnnError:
        try:
            return self._claimed(world, link)
        except SymcnnError as error:
            return error

    def _tried(self, link: Link, key: Key | None) -> Outcome | SymcnnError:
        try:
            return self.claim(link, key)
        except SymcnnError as error:
            return error

    def _claimed(self, world: World, link: Link) -> Outcome:
        """The verdict, where layers may have to be written out further than their equation says by itself. What is
        refuted has to be so at each depth: a layer that is left alone may be any tensor only if it is the first."""
        meaning = Meaning(world)
        self.note(*self._ranges(meaning, link))
        found: list[Outcome | SymcnnError] = []
        for deeper, is_last in depths(meaning, link.left, link.right):
            found.append(self._at_depth(deeper, link, is_last))
            if isinstance(found[-1], Outcome) and found[-1].verdict is Verdict.PROVED:
                return found[-1]
        outcomes = [each for each in found if isinstance(each, Outcome)]
        refuted = [each for each in outcomes if each.verdict is Verdict.REFUTED]
        if refuted and outcomes[-1].verdict is not Verdict.REFUTED:
            return outcomes[-1]
        chosen = (refuted or outcomes or found)[0]
        if isinstance(chosen, SymcnnError):
            raise chosen
        return chosen

    def _at_depth(self, world: World, link: Link, is_last: bool) -> Outcome | SymcnnError:
        meaning = Meaning(world)
        try:
            outcome = self._judged(meaning, link)
        except SymcnnError as error:
            return error
        layers = left_alone(meaning, link.left, link.right)
        if outcome.verdict is Verdict.PROVED and is_last:
            reason = "holds only where the first layer that it speaks of is not the first of all"
            return replace(outcome, verdict=Verdict.NOT_CHECKABLE, reason=reason)
        if outcome.verdict is Verdict.REFUTED and layers and not may_be_first(meaning, layers, link.left, link.right):
            words = (
                f"what {layers[0].written} is computed from is not written out: it is another layer of what is defined"
            )
            return replace(outcome, verdict=Verdict.NOT_CHECKABLE, reason=f"{words} for all")
        return outcome

    def _judged(self, meaning: Meaning, link: Link) -> Outcome:
        posed = pose(meaning, link.left, link.right, link.relation, link.conditions, link.besides)
        return self.decided(posed)

    def _ranges(self, meaning: Meaning, link: Link) -> Iterator[str]:
        """Over what indices run of which the document does not say it"""
        for letter in free_letters(meaning, link.left, link.right):
            if all(said_range(meaning, letter, chain) is None for chain in link.conditions):
                with suppress(SymcnnError):
                    found = range_of(meaning, letter, (), link.left, link.right, *link.besides)
                    last = sstr(found.first + found.extent - 1)
                    words = f"the index {latex(letter)} runs from {sstr(found.first)} to {last}"
                    if self.told.get(letter.word) != words:
                        self.told[letter.word] = words
                        yield f"{words}, unless something else is said"

    def decided(self, posed: Posed, budget: Budget | None = None) -> Outcome:
        """The verdict on an identity."""
        allowed = budget or self.budget
        try:
            answer = decide(posed.identity, seconds=allowed.seconds, proof_seconds=allowed.proof_seconds)
        except UnequalExtents:
            raise
        except IllFormed as error:
            return self._where_defined(posed, allowed, error)
        match answer:
            case Proved():
                assumed = " and ".join(f"{sstr(each.lhs)} = {sstr(each.rhs)}" for each in posed.assumed)
                reason = f"holds if {assumed}" if assumed else posed.reason
                return Outcome(Verdict.PROVED, reason, self.world, posed.remarks, answer)
            case Refuted():
                remarks = (*posed.remarks, *self._arbitrary(answer))
                return Outcome(Verdict.REFUTED, "does not hold", self.world, remarks, answer)
        return Outcome(Verdict.NOT_CHECKABLE, str(answer), self.world, posed.remarks, answer)

    def _where_defined(self, posed: Posed, budget: Budget, error: IllFormed) -> Outcome:
        """Refuted, if it does not even hold where all that it reads exists. Raises the error if it may hold there."""
        answer = refute_where_defined(posed.identity, seconds=budget.seconds)
        if answer is None:
            raise error
        missing = str(error).partition("; add ")[0]  # what would have to be given does not help
        remarks = (*posed.remarks, missing, *self._arbitrary(answer))
        return Outcome(
            Verdict.REFUTED, "does not hold, even where all that it reads exists", self.world, remarks, answer
        )

    def _arbitrary(self, answer: Refuted) -> Iterator[str]:
        """Which tensors of a counterexample nobody has declared"""
        for leaf in answer.counterexample.claim.leaves:
            thing = self.world.things.get(leaf.name)
            if isinstance(thing, Array) and thing.inferred and thing.letter is None:
                yield f"{leaf.name} is any tensor here: nothing is declared of it"

    def part(self, node: Node) -> Outcome:
        """What can be said of one side, where the other cannot be read: that its parts do not fit, if they do not."""
        reason = "what it should be equal to cannot be read"
        try:
            self.decided(pose(Meaning(self.world), node, node, "=", ()))
        except (ShapeError, UnequalExtents) as error:
            return Outcome(Verdict.REFUTED, str(error), self.world)
        except SymcnnError as error:
            reason = f"{reason}; {error}"
        return Outcome(Verdict.NOT_CHECKABLE, reason, self.world)


def _signs(meaning: Meaning, link: Link) -> Iterator[str]:
    """How signs between tensors are read that nobody has declared"""
    for sign in undeclared_signs(meaning, link.left, link.right):
        yield f"{SIGNS[sign]} is a correlation, of the places where the kernel fits"


def _is_entry(node: Node, word: str) -> bool:
    """x_i, for x"""
    return isinstance(node, Scripted) and isinstance(node.base, Name) and node.base.word == word and bool(node.lower)


def _is_proved(found: Outcome | SymcnnError) -> bool:
    return isinstance(found, Outcome) and found.verdict is Verdict.PROVED


def _worst(found: list[Outcome | SymcnnError]) -> Outcome | SymcnnError:
    """What is said of an equation that is proved in no layout: it is refuted only if it is in each that can be read"""
    outcomes = [each for each in found if isinstance(each, Outcome)]
    unknown = (each for each in outcomes if each.verdict is not Verdict.REFUTED)
    return next(unknown, (outcomes or found)[0])
