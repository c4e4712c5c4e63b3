"""Definitions: which equations say what a name is, and what they make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sympy import Dummy, Expr, Integer, Symbol

from ..decision import decide
from ..errors import LanguageError, SymcnnError
from ..language.activations import Activation
from ..language.identity import Identity
from ..language.tensors import Tensor
from .claims import hypotheses
from .declarations import declare, sentences
from .declaring import Declaring
from .definitions import declared_shape
from .display import formula
from .functions import is_arithmetic
from .grammar import in_brackets
from .indices import free_letters, is_defined_number, range_of, said_range
from .meaning import Meaning
from .outcomes import Link, Outcome, links
from .prose import DENIED, UNSURE
from .recursions import begins_after
from .references import reference
from .report import Verdict
from .syntax import Bracketed, Name, Node, Number, Scripted, Times
from .unfolding import equation_for_all, is_given
from .values import Row, Scalar, Value, described, is_same
from .world import Array, Definition, Field, Function, Key, Layer, Operator, Recursion, Size, Unknown, World
from .written import latex


@dataclass
class Defining(Declaring):
    """What is known at a place, and what definitions add to it."""

    def declare(self, text: str) -> None:
        """Take over declarations, and definitions behind "define:". Raises `SymcnnError` for what is neither."""
        for part in sentences(text):
            head, _, what = part.partition(":")
            if head.strip() == "define":
                self.define(what)
            else:
                self._turn_to(declare(self.world, part))

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
                    self.world = self.world if literal_indices(lower) else self.world.without(key)
                    self._define(link, key, lower, is_fitting=True)

    def target(self, link: Link) -> tuple[str, Node] | None:
        """The name that an equation may define: y, y_L, Y_{i,j} or E(w); None for anything else"""
        left = in_brackets(link.left)
        if isinstance(left, Times) and left.signs == ("",) and isinstance(left.factors[1], Bracketed):
            if left.factors[1].kind != "(":
                return None
            name = left.factors[0]
            if isinstance(name, Name) and all(isinstance(each, Name) for each in left.factors[1].items):
                thing, made = self.world.things.get(name.word), self.world.definitions.get(Key(name.word))
                if made is not None and made.arguments and made.arguments != _arguments(link.left):
                    return None
                is_open = name.word in self.typed and thing == Function(Activation(name.word))
                taken = isinstance(thing, (Function, Field, Operator)) and not (is_open and name.word not in self.used)
                return None if taken else (name.word, name)
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

    def _is_open(self, link: Link, key: Key, lower: tuple[Node, ...]) -> bool:
        """Whether nothing says yet what this is. Raises `LanguageError` for what was spoken of as given"""
        definition = self.world.definitions.get(key)
        known = self.world.array(key)
        below = any(index < self.world.origin for index in literal_indices(lower) or ())
        if below and not (known is not None and known.zero_outside):
            raise LanguageError(f"{key.word} has no entry with an index below {self.world.origin}")
        if definition is None:
            if key.word in self.world.failed or key.word in self.world.recursions:
                return False
            if self._general(key) and not self._begins(link, key):
                return False
            array = self.world.array(key)
            if array is not None and array.zero_outside and literal_indices(lower) is not None:
                return False
            if key.word in self.used and array is not None and array.letter is None and not array.inferred:
                raise LanguageError(f"{key.word} was spoken of as given before: what it is should be said before that")
            return key not in self.world.free
        literal = literal_indices(lower)
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
        """Whether this is one layer of what is defined for all: z_1 or z_L or z_{l+1}, of z_l"""
        is_defined = key in self.world.definitions
        return not is_defined and key.layer is not None and equation_for_all(self.world, key.word) is not None

    def _begins(self, link: Link, key: Key) -> bool:
        """Whether this says what the first layer of all is: y_0 = x, where x is given"""
        return key.layer in (Integer(0), Integer(1)) and is_given(self.world, link.right)

    def _define(self, link: Link, key: Key, lower: tuple[Node, ...], is_fitting: bool = False) -> Outcome:
        """Take over a definition. Unless it `is_fitting` already, its parts must fit under what is given"""
        self._require_no_condition(link, key, lower)
        before = self.world
        self.world = self._with_definition(link, key, lower)
        try:
            value = Meaning(self.world).tensor(key, link.left) if not literal_indices(lower) else None
        except (SymcnnError, RecursionError):
            self.world = before
            raise
        try:
            if not is_fitting:
                self._require_fitting(value)
        except SymcnnError:
            self.world = before
            raise
        what = f", {described(value)}" if value is not None else ""
        return Outcome(Verdict.DEFINED, f"defines {latex(link.left)}{what}", self.world)

    def _require_fitting(self, value: Value | None) -> None:
        """Raises `UnequalExtents` where what is defined does not fit its declared size or itself, and `IllFormed` where
        it reads what does not exist"""
        made = value.vector if isinstance(value, Row) else value
        given = hypotheses(Meaning(self.world))
        if isinstance(made, Tensor):
            decide(Identity(made, made, given), seconds=0.0, proof_seconds=3.0)
        elif isinstance(made, Scalar):
            decide(Identity(made.expression, made.expression, given), seconds=0.0, proof_seconds=3.0)

    def _require_no_condition(self, link: Link, key: Key, lower: tuple[Node, ...]) -> None:
        """Raises `LanguageError` for what is defined under a condition, or only in a part of its range"""
        array = self.world.array(key)
        is_given = array is not None and not array.inferred
        if link.words == DENIED or (link.words == UNSURE and is_given):
            said = f" ({link.restricting!r})" if link.restricting else ""
            raise LanguageError(
                f"{latex(link.left)} is not defined here: what stands beside it in words{said} makes it a condition;"
                " write the condition into the formula, or declare it: define: ..."
            )
        if key.word in self.usage.in_parts and link.conditions:
            raise LanguageError(f"{latex(link.left)} is defined in parts: write one equation, with cases")
        meaning = Meaning(self.world)
        names = lower or free_letters(meaning, link.right)
        letters = [each for each in names if isinstance(each, Name)]
        declared = declared_shape(meaning, key) if lower else None
        for chain in link.conditions:
            if chain.relations == ("=",):
                raise LanguageError(f"{latex(link.left)} is defined for {latex(chain)} only, which is not all of it")
            found = next((made for each in letters if (made := said_range(meaning, each, chain)) is not None), None)
            if found is None:
                raise LanguageError(f"{latex(link.left)} is defined under the condition {latex(chain)} only")
            position = [each.word for each in letters].index(found.letter)
            whole = found.first == self.world.origin and (declared is None or is_same(declared[position], found.extent))
            if declared is not None and len(declared) == len(letters) and not whole:
                raise LanguageError(f"{latex(link.left)} is defined for {latex(chain)} only, which is not all of it")

    def _with_definition(self, link: Link, key: Key, lower: tuple[Node, ...]) -> World:
        world, literal = self.world, literal_indices(lower)
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
        return isinstance(self.world.things.get(index.word), (Size, Layer)) or is_defined_number(
            Meaning(self.world), index
        )

    def _whole(self, link: Link, key: Key) -> World:
        """y = ...; where the right side is a number for every free index, its entries are meant"""
        meaning, arguments = Meaning(self.world), _arguments(link.left)
        known = {*self.world.things, *arguments}
        letters = [each for each in free_letters(meaning, link.right) if each.word not in known]
        if letters and isinstance(meaning.within(placeholders(letters)).value(link.right), Scalar):
            names = ", ".join(map(latex, letters))
            self.note(f"{latex(link.left)} stands for its entry {names}")
            return self._entries(link, key, letters)
        made = Definition(None, link.right, self.line, of_whole=True, arguments=arguments)
        of_number = len(arguments) == 1 and self._is_of_number(arguments[0], link.right)
        world = (
            self.world.without_thing(key.word) if isinstance(self.world.things.get(key.word), Function) else self.world
        )
        return world.with_definition(key, replace(made, of_number=of_number))

    def _is_of_number(self, argument: str, formula: Node) -> bool:
        """Whether a function of this argument is one of a number: nothing else is said, or just that is declared"""
        thing = self.world.things.get(argument)
        is_declared = isinstance(thing, Array) and not thing.shape
        return is_declared or (not self.world.is_known(argument) and is_arithmetic(self.world, formula))

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
            value = meaning.within(placeholders(letters)).value(link.right)
        except Unknown:
            raise
        except SymcnnError:
            return False
        made = value.vector if isinstance(value, Row) else value
        return getattr(made, "rank", 0) == len(letters)


def _arguments(left: Node) -> tuple[str, ...]:
    """w of E(w)"""
    bare = in_brackets(left)
    if not isinstance(bare, Times) or not isinstance(bare.factors[1], Bracketed):
        return ()
    return tuple(each.word for each in bare.factors[1].items if isinstance(each, Name))


def literal_indices(lower: tuple[Node, ...]) -> tuple[int, ...] | None:
    """The indices, if all are literal; None if one is not, or there are none"""
    digits = [each.digits for each in lower if isinstance(each, Number) and "." not in each.digits]
    return tuple(map(int, digits)) if lower and len(digits) == len(lower) else None


def placeholders(letters: list[Name]) -> dict[str, object]:
    return {each.word: Dummy(each.word, integer=True) for each in letters}
