"""Declarations in the formulas of a document: x in R^n, n in N, sigma: R -> R."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sympy import Eq, sstr
from sympy.logic.boolalg import And

from ..errors import SymcnnError
from ..language.activations import Activation
from ..language.tensors import Tensor
from .declarations import with_array
from .definitions import words_behind
from .inference import inferred
from .meaning import Meaning
from .outcomes import Budget, Outcome
from .references import Reference, reference
from .replaced import changed_names, is_read_anew
from .report import Verdict
from .shapes import space
from .syntax import Chain, Name, Node, Number, names_in
from .usage import Usage
from .values import described, is_same
from .world import Array, Function, Key, Size, World
from .written import latex


@dataclass
class Declaring:
    """What is known at a place of a document, and what its declarations add to it."""

    world: World
    usage: Usage
    budget: Budget = field(default_factory=Budget)
    line: int = 0
    inferences: list[tuple[int, str]] = field(default_factory=list)
    recent: list[Node] = field(default_factory=list)  # the sides of the last equations
    used: set[str] = field(default_factory=set)  # names that equations have spoken of
    typed: set[str] = field(default_factory=set)  # functions of which the document says f: R -> R
    told: dict[str, str] = field(default_factory=dict)  # what was said last of the range of an index

    def infer(self, nodes: tuple[Node, ...], defines: Node | None = None) -> None:
        """Take from how the document writes what nobody has declared of the names in an equation."""
        made = inferred(self.world, self.usage, nodes, defines)
        self._turn_to(made.world, is_inferred=True)
        self.note(*made.sentences)

    def note(self, *sentences: str) -> None:
        """Write down what was inferred."""
        self.inferences += [(self.line, each) for each in sentences]

    def declaration(self, chain: Chain) -> Outcome | None:
        """x in R^n, n in N, sigma: R -> R; None for anything else."""
        if chain.relations == ("in",) and chain.items[0] is not None and chain.items[1] is not None:
            return self._membership(chain.items[0], chain.items[1])
        if chain.relations in ((":", "to"), (":", "mapsto")) and isinstance(chain.items[0], Name):
            return self._typed(chain.items[0], chain)
        return None

    def suppose(self, chains: tuple[Chain, ...]) -> bool:
        """Take over inequalities of sizes; whether they are that. Raises `SymcnnError` where one has no meaning."""
        self.infer(chains)
        words = {word for chain in chains for word in names_in(chain)}
        if not all(isinstance(self.world.things.get(word), Size) for word in words):
            return False
        condition = And(*(Meaning(self.world).condition(chain) for chain in chains))
        if condition not in (True, False):
            self.world = self.world.supposing(*(condition.args if isinstance(condition, And) else (condition,)))
            self.note(*(f"{latex(chain)} is supposed from here on" for chain in chains))
        return True

    def _membership(self, name: Node, where: Node) -> Outcome:
        shape = self._as_column(name, space(where))
        if shape is not None:
            return self._declared(name, shape)
        if isinstance(name, Name) and where == Name("N", "mathbb"):
            if not self.world.is_known(name.word):
                self.world = self._counted(self.world.with_thing(name.word, Size()))
            least = 0 if self.world.things.get(name.word) == Size(0) else 1
            return self._said(f"{latex(name)} is an integer from {least} on")
        if isinstance(name, Name) and not self.world.is_known(name.word):
            self.world = self.world.with_failed(name.word, self.line)  # it is no real number or tensor
        words = f"{latex(where)} is no space that is known here"
        if where == Name("Z", "mathbb"):
            words = f"integers of any sign are not read: declare {latex(name)}: size >= 0, if it is one"
        return Outcome(Verdict.NOT_CHECKABLE, words, self.world)

    def _as_column(self, name: Node, shape: tuple[Node, ...] | None) -> tuple[Node, ...] | None:
        """The shape of a vector for a matrix of one column, whose entries have one index in the document"""
        found = reference(name, self.world)
        if shape is None or found is None or len(shape) != 2 or shape[1] != Number("1") or shape[0] == Number("1"):
            return shape
        if 2 in self.usage.counts.get(found.word, ()):
            return shape
        self.note(f"{latex(name)} is a vector: a matrix of one column is read as one")
        return shape[:1]

    def _declared(self, name: Node, shape: tuple[Node, ...]) -> Outcome:
        found = reference(name, self.world)
        if found is not None:
            old = self.world.things.get(found.word)
            if isinstance(old, Array) and old.letter is None and old.shape == shape and not found.lower:
                return self._said(f"{latex(name)} is declared so already")
            if isinstance(old, Array) and old.letter is not None and len(old.shape) == len(shape):
                return self._of_one_layer(name, found, old, shape)
        if found is not None and any(key.word == found.word for key in self.world.definitions):
            kept = self._declared_later(name, found, shape)
            if kept is not None:
                return kept
        outside = found is not None and self._was_zero_outside(found.word)
        known = found is not None and any(key.word == found.word for key in self.world.definitions)
        made = self._counted(with_array(self.world, name, shape, outside))
        is_new = found is None or not self.world.is_known(found.word)
        self.world = made if is_new or found is None else self._without_dependents(made, Key(found.word))
        if known:
            self.note(f"{latex(name)} is declared again: what it was before is forgotten")
        size = r" \times ".join(map(latex, shape)) or "1"
        return self._said(f"declares {latex(name)}, of size {size}")

    def _counted(self, world: World) -> World:
        """The world in which a new size may be 0, if the document says so of it"""
        for word, thing in world.things.items():
            if isinstance(thing, Size) and word not in self.world.things and word in self.usage.least:
                world = world.with_thing(word, Size(0))
        return world

    def _of_one_layer(self, name: Node, found: Reference, old: Array, shape: tuple[Node, ...]) -> Outcome:
        """A_L in R^{1 x n_{L-1}}, where A_L is n_L x n_{L-1}, says that n_L is 1"""
        meaning = Meaning(self.world)
        key, _ = meaning.key_of(found)
        pairs = zip(meaning.leaf(key, old).shape, map(meaning.integer, shape), strict=True)
        needs = [Eq(one, other) for one, other in pairs if one != other]
        self.world = self.world.with_local(*needs)
        words = " and ".join(f"{sstr(each.lhs)} = {sstr(each.rhs)}" for each in needs)
        return self._said(f"says of {latex(name)} that {words}" if needs else f"{latex(name)} is declared so already")

    def _declared_later(self, name: Node, found: Reference, shape: tuple[Node, ...]) -> Outcome | None:
        """A declaration of what is defined already says its size, if it has as many indices"""
        key, lower = Meaning(self.world).key_of(found)
        value = Meaning(self.world).tensor(key, name) if key in self.world.definitions and not lower else None
        if not isinstance(value, Tensor) or value.rank != len(shape):
            return None
        size = r" \times ".join(map(latex, shape))
        try:
            extents = tuple(map(Meaning(self.world).integer, shape))
        except SymcnnError:
            return None
        if all(is_same(one, other) for one, other in zip(value.shape, extents, strict=True)):
            return self._said(f"says of {latex(name)} that its size is {size}, which it is")
        words = f"{latex(name)} is {described(value)} by its definition, and not of size {size}"
        return Outcome(Verdict.REFUTED, words, self.world)

    def _was_zero_outside(self, word: str) -> bool:
        old = self.world.things.get(word)
        return isinstance(old, Array) and old.zero_outside and not old.inferred

    def _typed(self, name: Name, chain: Chain) -> Outcome:
        if chain.items[1:] != (Name("R", "mathbb"),) * 2:
            if not self.world.is_known(name.word):
                self.world = self.world.with_failed(name.word, self.line)
            words = f"only functions of a real number are read: declare {latex(name)}: activation, if it is one"
            return Outcome(Verdict.NOT_CHECKABLE, f"{words} that is taken of every entry", self.world)
        if not self.world.is_known(name.word):
            primed = name.word in self.usage.primed
            made = Activation(name.word, differentiable=True) if primed else Activation(name.word)
            self.world = self.world.with_thing(name.word, Function(made))
            self.typed.add(name.word)
            self.note(f"{latex(name)} is differentiable, since its derivative is written") if primed else None
        return self._said(f"declares the function {latex(name)}")

    def _said(self, reason: str) -> Outcome:
        return Outcome(Verdict.DEFINED, reason, self.world)

    def _without_dependents(self, world: World, key: Key) -> World:
        """What is defined by a name that now means something else is nothing that anything may be said of"""
        before = world
        for other, definition in before.definitions.items():
            behind = {word for node in definition.formulas for word in words_behind(before, node)}
            if key.word in behind and other.word != key.word:
                world = world.without(other).with_failed(other.word, self.line)
        return world

    def _turn_to(self, world: World, is_inferred: bool = False) -> None:
        """Take over a world in which what is known may mean something else, and forget what was defined by that. Where
        this is inferred, nobody has said so, and another definition may follow"""
        before, self.world = self.world, world
        for word in changed_names(before, world):
            self.world = self._without_dependents(self.world, Key(word))
        for key, definition in before.definitions.items():
            if key in self.world.definitions and is_read_anew(before, world, definition):
                self.world = self.world.without(key).with_failed(key.word, self.line)
                self.world = self._without_dependents(self.world, key)
        lost = {key.word for key in before.definitions if key not in self.world.definitions}
        if lost:
            self.note(f"what {', '.join(sorted(lost))} was is forgotten: it, or what it is by, is something else now")
        if is_inferred:
            self.world = replace(self.world, failed=world.failed)
