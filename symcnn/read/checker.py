"""A document, statement after statement: what is declared, what is defined, what is claimed, and the verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sympy import Dummy, Eq, Expr, Symbol, sstr

from ..decision import Proved, Refuted, Undecided, decide
from ..errors import LanguageError, Rejected, ShapeError, SymcnnError, UnequalExtents
from ..language.activations import Activation
from ..language.tensors import Tensor
from .claims import OfIndices, Posed, free_letters, is_same, pose, range_of, said_range
from .declarations import declare, sentences, space, with_array
from .definitions import declared_shape, words_behind
from .display import formula
from .grammar import in_brackets
from .inference import inferred
from .meaning import Meaning, Unknown
from .recursions import begins_after
from .references import Reference, reference
from .report import Verdict
from .syntax import Bracketed, Chain, Derivative, Gradient, Name, Node, Number, Scripted, Statement, Times, walk
from .usage import Usage
from .values import Row, Scalar, described
from .world import Array, Definition, Field, Function, Key, Layer, Operator, Recursion, Size, World
from .written import latex


@dataclass(frozen=True)
class Budget:
    """Seconds for a counterexample, for a proof, and for looking for an edit that helps."""

    seconds: float = 2.0
    proof_seconds: float = 20.0
    suggestion_seconds: float = 10.0


@dataclass(frozen=True)
class Link:
    """One relation of a chain."""

    left: Node
    right: Node
    relation: str
    conditions: tuple[Chain, ...]
    position: int  # in its chain, from 0
    alone: bool  # whether the chain has no other
    span: tuple[int, int]
    besides: tuple[Node, ...] = ()  # the other parts of its chain, which say over what indices run
    is_conditional: bool = False  # whether words around it say "if", "not" or the like

    @property
    def latex(self) -> str:
        """The link as a formula of its own."""
        return latex(Chain((self.left, self.right), (self.relation,)))


@dataclass(frozen=True)
class Outcome:
    """What is said of a link or statement; `world` is what is known after it."""

    verdict: Verdict
    reason: str
    world: World
    remarks: tuple[str, ...] = ()
    answer: Proved | Refuted | Undecided | None = None
    may_redefine: bool = False  # whether it may be a second definition
    is_of_indices: bool = False  # whether it says something of sizes and indices alone


@dataclass
class Checker:
    """Checks one statement after the other in a world that grows."""

    world: World
    usage: Usage
    budget: Budget = field(default_factory=Budget)
    line: int = 0
    inferences: list[tuple[int, str]] = field(default_factory=list)
    recent: list[Node] = field(default_factory=list)  # the sides of the last equations
    used: set[str] = field(default_factory=set)  # names that equations have spoken of

    def infer(self, nodes: tuple[Node, ...], defines: Node | None = None) -> None:
        """Take from how the document writes what nobody has declared of the names in an equation."""
        made = inferred(self.world, self.usage, nodes, defines)
        self.world = made.world
        self.note(*made.sentences)

    def note(self, *sentences: str) -> None:
        """Write down what was inferred."""
        self.inferences += [(self.line, each) for each in sentences]

    # Declarations

    def declare(self, text: str) -> None:
        """Take over declarations, and definitions behind "define:". Raises `SymcnnError` for what is neither."""
        for part in sentences(text):
            head, _, what = part.partition(":")
            if head.strip() == "define":
                self.define(what)
            else:
                self.world = declare(self.world, part)

    def define(self, text: str) -> None:
        """Take over a definition that stands in no document. Raises `SymcnnError` where it is none."""
        for statement in formula(text).statements:
            for link in links(statement, None):
                made = self.target(link)
                if made is None or link.relation != "=":
                    raise LanguageError(f"{text} is no definition, such as y_L = A_L y_{{L-1}}")
                self.infer((link.right,), made[1])
                key, lower = self._key(made)
                if self._is_step(link, key):
                    self._define_layers(link, key)
                else:
                    self.world = self.world if _literal(lower) else self.world.without(key)
                    self._define(link, key, lower)

    def declaration(self, chain: Chain) -> Outcome | None:
        """x in R^n, n in N, sigma: R -> R; None for anything else."""
        if chain.relations == ("in",) and chain.items[0] is not None and chain.items[1] is not None:
            return self._membership(chain.items[0], chain.items[1])
        if chain.relations == (":", "to") and isinstance(chain.items[0], Name):
            return self._typed(chain.items[0], chain)
        return None

    def _membership(self, name: Node, where: Node) -> Outcome:
        shape = space(where)
        if shape is not None:
            return self._declared(name, shape)
        if isinstance(name, Name) and where in (Name("N", "mathbb"), Name("Z", "mathbb")):
            least = 1 if where == Name("N", "mathbb") else None
            if not self.world.is_known(name.word):
                self.world = self.world.with_thing(name.word, Size(least))
            return self._said(f"{latex(name)} is an integer{' from 1 on' if least else ''}")
        return Outcome(Verdict.NOT_CHECKABLE, f"{latex(where)} is no space that is known here", self.world)

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
        made = with_array(self.world, name, shape, outside)
        self.world = self._without_dependents(made, Key(found.word)) if known and found is not None else made
        if known:
            self.note(f"{latex(name)} is declared again: what it was before is forgotten")
        size = r" \times ".join(map(latex, shape)) or "1"
        return self._said(f"declares {latex(name)}, of size {size}")

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
            return Outcome(
                Verdict.NOT_CHECKABLE, "of functions, only those of a real number are declared so", self.world
            )
        if not self.world.is_known(name.word):
            primed = name.word in self.usage.primed
            made = Activation(name.word, differentiable=True) if primed else Activation(name.word)
            self.world = self.world.with_thing(name.word, Function(made))
            self.note(f"{latex(name)} is differentiable, since its derivative is written") if primed else None
        return self._said(f"declares the function {latex(name)}")

    def _said(self, reason: str) -> Outcome:
        return Outcome(Verdict.DEFINED, reason, self.world)

    # Equations

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
            return Outcome(Verdict.NOT_CHECKABLE, "a name is defined by itself", self.world)
        reason = in_declarations(str(error))
        if isinstance(error, OfIndices):
            return Outcome(Verdict.NOT_CHECKABLE, reason, self.world, is_of_indices=True)
        if not isinstance(error, (ShapeError, UnequalExtents)):
            return Outcome(Verdict.NOT_CHECKABLE, reason, self.world)
        reason = f"the shapes do not fit: {reason}" if isinstance(error, UnequalExtents) else reason
        guessed = self.world.guessed & (words_behind(self.world, link.left) | words_behind(self.world, link.right))
        if guessed:
            words = f"{reason}; but the size of {', '.join(sorted(guessed))} is guessed: declare it"
            return Outcome(Verdict.NOT_CHECKABLE, words, self.world)
        return Outcome(Verdict.REFUTED, reason, self.world)

    def forget(self, text: str) -> None:
        """What stands on the left of an equation that cannot be read is nothing that anything may be said of."""
        with suppress(SymcnnError):
            left = text.partition("=")[0].replace("&", " ")
            (statement,) = formula(left).statements or (None,)
            if statement is not None:
                self.fail(Link(statement.chain, statement.chain, "=", (), 0, True, (0, 0)))

    def fail(self, link: Link) -> None:
        """What an equation would define, had it been read, is nothing that anything may be said of."""
        with suppress(SymcnnError):
            target = self.target(link) if link.position == 0 and link.relation == "=" else None
            itself = target is not None and link.right is not link.left and target[0] in _names(link.right)
            if target is not None and not itself and not any(key.word == target[0] for key in self.world.definitions):
                self.world = self.world.with_failed(target[0], self.line)

    def _defines_or_claims(self, link: Link) -> Outcome:
        target = self.target(link) if link.position == 0 and link.relation == "=" else None
        new = target[1] if target is not None and not self.world.is_known(target[0]) else None
        self.infer((link.left, link.right, *link.conditions), new)
        if target is not None:
            key, lower = self._key(target)
            if self._is_step(link, key):
                return self._define_layers(link, key)
            if self._is_open(key, lower):
                made = self._define(link, key, lower)
                self.used |= _names(link.right)
                return made
        outcome = self.claim(link, self._key(target)[0] if target is not None else None)
        self.used |= _names(link.left) | _names(link.right)
        again = target is not None and outcome.verdict is Verdict.REFUTED and link.alone
        return replace(outcome, may_redefine=target is not None and again and self._may_redefine(link, target))

    def target(self, link: Link) -> tuple[str, Node] | None:
        """The name that an equation may define: y, y_L, Y_{i,j} or E(w); None for anything else"""
        left = in_brackets(link.left)
        if isinstance(left, Times) and left.signs == ("",) and isinstance(left.factors[1], Bracketed):
            if left.factors[1].kind != "(":
                return None
            name = left.factors[0]
            if isinstance(name, Name) and all(isinstance(each, Name) for each in left.factors[1].items):
                thing = self.world.things.get(name.word)
                return (name.word, name) if not isinstance(thing, (Function, Field, Operator)) else None
            return None
        found = reference(left, self.world)
        if found is None or found.primes or found.exponent is not None:
            return None
        thing = self.world.things.get(found.word)
        if thing is not None and not isinstance(thing, Array):
            return None
        return found.word, left

    def _key(self, target: tuple[str, Node]) -> tuple[Key, tuple[Node, ...]]:
        found = reference(target[1], self.world)
        if found is None:
            raise LanguageError(f"{latex(target[1])} is no name")
        return Meaning(self.world).key_of(found)

    def _is_open(self, key: Key, lower: tuple[Node, ...]) -> bool:
        """Whether nothing says yet what this is. Raises `LanguageError` for what was spoken of as given"""
        definition = self.world.definitions.get(key)
        if definition is None:
            if key.word in self.world.failed or self._general(key):
                return False
            array = self.world.array(key)
            if key.word in self.used and array is not None and array.letter is None and not array.inferred:
                raise LanguageError(f"{key.word} was spoken of as given before: what it is should be said before that")
            return key not in self.world.free
        literal = _literal(lower)
        return bool(definition.entries) and literal is not None and literal not in dict(definition.entries)

    def _is_step(self, link: Link, key: Key) -> bool:
        """Whether this is y_k = ... for k > l, where y_l is defined"""
        first = self._first(link, key)
        return first is not None and Key(key.word, first) in self.world.definitions

    def _first(self, link: Link, key: Key) -> Expr | None:
        if not isinstance(key.layer, Symbol) or key.word in self.world.recursions:
            return None
        first = begins_after(link.conditions, Name("ell") if key.layer.name == "l" else Name(key.layer.name))
        return Meaning(self.world).integer(first) if first is not None else None

    def _define_layers(self, link: Link, key: Key) -> Outcome:
        first, before = self._first(link, key), self.world
        if first is None or key.layer is None:
            raise LanguageError(f"{latex(link.left)} is no layer after a first one")
        self.world = self.world.with_recursion(key.word, Recursion(first, str(key.layer), link.right, self.line))
        try:
            Meaning(self.world).tensor(Key(key.word, key.layer), link.left)
        except (SymcnnError, RecursionError):
            self.world = before
            raise
        return Outcome(Verdict.DEFINED, f"defines {latex(link.left)} from the layer before", self.world)

    def _general(self, key: Key) -> bool:
        """Whether this is one layer of what is defined for all: z_1 or z_L, of z_l"""
        others = (each for each in self.world.definitions if each.word == key.word and each != key)
        return key.layer is not None and any(
            isinstance(each.layer, Symbol) and each.layer.name == "l" for each in others
        )

    def _define(self, link: Link, key: Key, lower: tuple[Node, ...]) -> Outcome:
        self._require_no_condition(link, key, lower)
        before = self.world
        self.world = self._with_definition(link, key, lower)
        try:
            value = Meaning(self.world).tensor(key, link.left) if not _literal(lower) else None
        except (SymcnnError, RecursionError):
            self.world = before
            raise
        what = f", {described(value)}" if value is not None else ""
        return Outcome(Verdict.DEFINED, f"defines {latex(link.left)}{what}", self.world)

    def _require_no_condition(self, link: Link, key: Key, lower: tuple[Node, ...]) -> None:
        """Raises `LanguageError` for what is defined under a condition, or only in a part of its range"""
        if link.is_conditional:
            raise LanguageError(
                f"{latex(link.left)} is not defined here: what stands beside it in words makes it a condition"
            )
        meaning = Meaning(self.world)
        names = lower or free_letters(meaning, link.right)
        letters = [each for each in names if isinstance(each, Name)]
        declared = declared_shape(meaning, key) if lower else None
        for chain in link.conditions:
            found = next((made for each in letters if (made := said_range(meaning, each, chain)) is not None), None)
            if found is None:
                raise LanguageError(f"{latex(link.left)} is defined under the condition {latex(chain)} only")
            position = [each.word for each in letters].index(found.letter)
            whole = found.first == self.world.origin and (declared is None or is_same(declared[position], found.extent))
            if declared is not None and len(declared) == len(letters) and not whole:
                raise LanguageError(f"{latex(link.left)} is defined for {latex(chain)} only, which is not all of it")

    def _with_definition(self, link: Link, key: Key, lower: tuple[Node, ...]) -> World:
        world, literal = self.world, _literal(lower)
        if literal is not None:
            entries = world.definitions[key].entries if key in world.definitions else ()
            return world.with_definition(
                key, Definition((), link.right, self.line, None, (*entries, (literal, link.right)))
            )
        if not lower:
            return self._whole(link, key)
        letters = [each for each in lower if isinstance(each, Name) and not self._is_number(each)]
        if len({each.word for each in letters}) < len(lower):
            raise LanguageError(f"{latex(link.left)} is not defined before, and this is no definition of it")
        return self._entries(link, key, letters)

    def _is_number(self, index: Name) -> bool:
        """Whether an index is a size or layer: y_n is one entry, not all"""
        return isinstance(self.world.things.get(index.word), (Size, Layer))

    def _whole(self, link: Link, key: Key) -> World:
        """y = ...; where the right side is a number for every free index, its entries are meant"""
        meaning = Meaning(self.world)
        letters = [each for each in free_letters(meaning, link.right) if each.word not in self.world.things]
        if letters and isinstance(meaning.within(_symbols(letters)).value(link.right), Scalar):
            names = ", ".join(map(latex, letters))
            self.note(f"{latex(link.left)} stands for its entry {names}")
            return self._entries(link, key, letters)
        made = Definition(None, link.right, self.line, of_whole=True, arguments=_arguments(link.left))
        return self.world.with_definition(key, made)

    def _entries(self, link: Link, key: Key, letters: list[Name]) -> World:
        meaning = Meaning(self.world)
        words = tuple(each.word for each in letters)
        shape = []
        array = self.world.array(key)
        whole = self._entry_by_entry(meaning, link, letters)
        if not whole and (array is None or array.inferred):
            for letter in letters:
                found = range_of(meaning, letter, link.conditions, link.right, *link.besides)
                if found.first != self.world.origin:
                    raise LanguageError(f"{latex(link.left)} begins at {found.first}: declare its shape")
                shape.append(found.extent)
        of_whole = not isinstance(in_brackets(link.left), Scripted) or not self._key((key.word, link.left))[1]
        definition = Definition(None if whole else words, link.right, self.line, tuple(shape) or None, (), of_whole)
        return self.world.with_definition(key, definition)

    def _entry_by_entry(self, meaning: Meaning, link: Link, letters: list[Name]) -> bool:
        """Whether the right side is a whole tensor, as in W_{i,j} = a matrix"""
        try:
            value = meaning.within(_symbols(letters)).value(link.right)
        except Unknown:
            raise
        except SymcnnError:
            return False
        made = value.vector if isinstance(value, Row) else value
        return getattr(made, "rank", 0) == len(letters)

    def _may_redefine(self, link: Link, target: tuple[str, Node]) -> bool:
        """Whether both equations are about the whole of a name, and do not speak of the same names"""
        key, lower = self._key(target)
        definition = self.world.definitions.get(key)
        if definition is None or lower or not definition.of_whole or target[0] in self.world.keep:
            return False
        return _names(definition.formula) != _names(link.right)

    def redefine(self, link: Link, refuted: Outcome) -> Outcome:
        """A second definition opens a new scope. What was refuted stays so where it is no definition."""
        target = self.target(link)
        if target is None:
            return refuted
        key, lower = self._key(target)
        old = self.world.definitions[key]
        before = self.world
        self.world = self._without_dependents(self._later_scope(self.world.without(key)), key)
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
        return replace(made, remarks=(*made.remarks, words), reason=f"{made.reason}, again")

    def _without_dependents(self, world: World, key: Key) -> World:
        """What is defined by a name that now means something else is nothing that anything may be said of"""
        for other, definition in world.definitions.items():
            if key.word in words_behind(world, definition.formula) and other.word != key.word:
                world = world.without(other).with_failed(other.word, self.line)
        return world

    def _later_scope(self, world: World) -> World:
        """What is said of sizes just before a second definition holds for it; what was said earlier does not"""
        if world.is_fresh or not world.local:
            return replace(world, is_fresh=False)
        self.note(f"{', '.join(map(sstr, world.local))} is assumed no more: a new scope begins")
        return replace(world, local=())

    def claim(self, link: Link, key: Key | None = None) -> Outcome:
        """The verdict on an equation that defines nothing; `key` is what stands on its left alone.

        Where nobody has said whether gradients are rows or columns, that is taken with which it is proved. Raises
        what `pose` and `decide` raise."""
        world = self.world.with_general(key) if key is not None and self._general(key) else self.world
        if world.gradients is None and _has_gradient(world, link):
            return self._in_some_layout(world, link)
        return self._claimed(world, link)

    def _in_some_layout(self, world: World, link: Link) -> Outcome:
        found: list[Outcome | SymcnnError] = []
        for layout in ("rows", "columns"):
            try:
                found.append(self._claimed(replace(world, gradients=layout), link))
            except SymcnnError as error:
                found.append(error)
        right = [isinstance(each, Outcome) and each.verdict is Verdict.PROVED for each in found]
        if right[0] != right[1]:
            layout = "rows" if right[0] else "columns"
            self.note(f"gradients are {layout} from here on, since with them this is true")
            self.world = replace(self.world, gradients=layout)
        chosen = found[1] if right[1] and not right[0] else found[0]
        if isinstance(chosen, SymcnnError) and isinstance(found[1], Outcome):
            chosen = found[1]
        if isinstance(chosen, SymcnnError):
            raise chosen
        return replace(chosen, world=self.world)

    def _claimed(self, world: World, link: Link) -> Outcome:
        meaning = Meaning(world)
        self.note(*self._ranges(meaning, link))
        posed = pose(meaning, link.left, link.right, link.relation, link.conditions, link.besides)
        return self.decided(posed)

    def _ranges(self, meaning: Meaning, link: Link) -> Iterator[str]:
        """Over what indices run of which the document does not say it"""
        for letter in free_letters(meaning, link.left, link.right):
            if all(said_range(meaning, letter, chain) is None for chain in link.conditions):
                with suppress(SymcnnError):
                    found = range_of(meaning, letter, (), link.left, link.right, *link.besides)
                    last = sstr(found.first + found.extent - 1)
                    yield f"the index {latex(letter)} runs from {sstr(found.first)} to {last}"

    def decided(self, posed: Posed, budget: Budget | None = None) -> Outcome:
        """The verdict on an identity."""
        allowed = budget or self.budget
        answer = decide(posed.identity, seconds=allowed.seconds, proof_seconds=allowed.proof_seconds)
        match answer:
            case Proved():
                assumed = " and ".join(map(sstr, posed.assumed))
                reason = f"holds if {assumed}" if assumed else posed.reason
                return Outcome(Verdict.PROVED, reason, self.world, posed.remarks, answer)
            case Refuted():
                return Outcome(Verdict.REFUTED, "does not hold", self.world, posed.remarks, answer)
        return Outcome(Verdict.NOT_CHECKABLE, str(answer), self.world, posed.remarks, answer)

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


def in_declarations(message: str) -> str:
    """A message of the language, in the words of declarations."""
    message = re.sub(r"add given=\[([^\]]*)\]", r"declare given: \1", message)
    return re.sub(r"write (\S+)\.at\(\.\.\., outside=0\) for zero padding", r'declare \1 "zero outside"', message)


def remarks_on(node: Node) -> Iterator[str]:
    """What is true and says nothing: a derivative of something by itself."""
    for each in walk(node):
        if isinstance(each, Derivative) and each.of == each.by:
            yield f"{latex(each)} is the derivative of something by itself: is another layer meant?"


def _has_gradient(world: World, link: Link) -> bool:
    """Whether a side, or what it is computed from, has a derivative: then its layout may matter"""
    nodes = [link.left, link.right]
    words = words_behind(world, link.left) | words_behind(world, link.right)
    nodes += [each.formula for key, each in world.definitions.items() if key.word in words]
    return any(isinstance(part, (Derivative, Gradient)) for node in nodes for part in walk(node))


def _names(node: Node) -> set[str]:
    return {each.word for each in walk(node) if isinstance(each, Name)}


def _arguments(left: Node) -> tuple[str, ...]:
    """w of E(w)"""
    bare = in_brackets(left)
    if not isinstance(bare, Times) or not isinstance(bare.factors[1], Bracketed):
        return ()
    return tuple(each.word for each in bare.factors[1].items if isinstance(each, Name))


def _literal(lower: tuple[Node, ...]) -> tuple[int, ...] | None:
    """The indices, if all are literal; None if one is not, or there are none"""
    digits = [each.digits for each in lower if isinstance(each, Number) and "." not in each.digits]
    return tuple(map(int, digits)) if lower and len(digits) == len(lower) else None


def _symbols(letters: list[Name]) -> dict[str, object]:
    return {each.word: Dummy(each.word, integer=True) for each in letters}


def links(statement: Statement, first: Node | None) -> Iterator[Link]:
    """The relations of a chain, one by one; `first` stands for what is left of a leading relation."""
    chain = statement.chain
    if not isinstance(chain, Chain):
        return
    items = (chain.items[0] if chain.items[0] is not None else first, *chain.items[1:])
    besides = tuple(each for each in items if each is not None)
    alone = len(chain.relations) == 1 and chain.items[0] is not None
    for number, relation in enumerate(chain.relations):
        left, right = items[number], items[number + 1]
        if left is not None and right is not None:
            span = (left.span[0], right.span[1]) if number == 0 and chain.items[0] is not None else right.span
            position = number if chain.items[0] is not None else number + 1
            yield Link(left, right, relation, statement.conditions, position, alone, span, besides)
