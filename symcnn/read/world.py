"""What names mean at a place of a document: what is declared, what is inferred, and what is defined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sympy import Eq, Expr
from sympy.logic.boolalg import Boolean

from ..errors import LanguageError
from ..language.activations import Activation
from ..language.tensors import Tensor
from .syntax import Node

LAYOUTS = ("rows", "columns", "mixed")  # of gradients and Jacobians


class Unknown(LanguageError):
    """A name of which nothing is said."""


@dataclass(frozen=True)
class Size:
    """An integer, at least `least`."""

    least: int = 1


@dataclass(frozen=True)
class Layer:
    """The number of a layer."""


@dataclass(frozen=True)
class Array:
    """A tensor with a shape; `letter` is how the number of its layer is called, if it has one for every layer."""

    shape: tuple[Node, ...]
    letter: str | None = None
    zero_outside: bool = False
    inferred: bool = False


@dataclass(frozen=True)
class Function:
    """A function of a real number."""

    activation: Activation


@dataclass(frozen=True)
class Field:
    """Any differentiable real function of a tensor."""

    of: Node


@dataclass(frozen=True)
class Operator:
    """A pooling operator with its settings."""

    kind: str  # max_pool2d, avg_pool2d, maximum
    settings: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True)
class Sign:
    """How a sign between two tensors is read."""

    flipped: bool = False
    extent: str = "valid"  # full, same


Thing = Size | Layer | Array | Function | Field | Operator


@dataclass(frozen=True)
class Key:
    """A name, and the number of a layer."""

    word: str
    layer: Expr | None = None

    @property
    def written(self) -> str:
        """The name of one tensor: y_L, z_1."""
        if self.layer is None:
            return self.word
        layer = str(self.layer).replace(" + ", "_plus_").replace(" - ", "_minus_").replace("-", "minus_")
        return f"{self.word}_{''.join(each if each.isalnum() or each == '_' else '_' for each in layer)}"


@dataclass(frozen=True)
class Definition:
    """An equation that says what a name is: the letters of its entries, and the formula; or entry by entry."""

    letters: tuple[str, ...] | None  # None: the equation is about the whole
    formula: Node
    line: int
    shape: tuple[Expr, ...] | None = None  # of what is defined entry by entry
    entries: tuple[tuple[tuple[int, ...], Node], ...] = ()  # an equation for each entry
    of_whole: bool = False  # whether the equation names no entries
    arguments: tuple[str, ...] = ()  # E(w) = ... is defined of w
    of_number: bool = False  # whether it is of any real number, and of a tensor entry by entry

    @property
    def formulas(self) -> tuple[Node, ...]:
        """The formula, or those of all entries that have one each."""
        return (self.formula, *(node for _, node in self.entries))


@dataclass(frozen=True)
class Recursion:
    """An equation for every layer after the first, whose own equation is a definition."""

    first: Expr
    letter: str
    formula: Node
    line: int


@dataclass(frozen=True)
class World:
    """All that is known at a place. It never changes: what is said later makes another world."""

    things: Mapping[str, Thing] = field(default_factory=dict)
    particular: Mapping[Key, Array | Field] = field(default_factory=dict)  # W^1, with a shape of its own
    definitions: Mapping[Key, Definition] = field(default_factory=dict)
    recursions: Mapping[str, Recursion] = field(default_factory=dict)
    free: Mapping[Key, Tensor] = field(
        default_factory=dict
    )  # what varies: it stands for itself, whatever its definition says
    signs: Mapping[str, Sign] = field(default_factory=dict)
    given: tuple[Boolean, ...] = ()
    supposed: tuple[Boolean, ...] = ()  # what sentences of the document suppose of sizes
    general: frozenset[Key] = frozenset()  # layers that are what a definition for all layers says
    written_from: Mapping[Expr, int] = field(default_factory=dict)  # l: 1 if layers are written out from l + 1 on
    failed: Mapping[str, int] = field(default_factory=dict)  # names whose definition could not be read, and its line
    guessed: frozenset[str] = frozenset()  # names whose size nobody has said
    local: tuple[Boolean, ...] = ()  # given until a name is defined a second time
    is_fresh: bool = False  # whether nothing was defined since
    origin: int = 1
    gradients: str | None = None  # rows, columns or mixed; None: nobody has said
    layouts: tuple[str, ...] = LAYOUTS  # that gradients may have, by the equations before
    keep: frozenset[str] = frozenset()
    literal_first: frozenset[tuple[str, int]] = frozenset()  # Y_{1,i,j} is an entry of Y_1
    in_brackets_above: frozenset[str] = frozenset()  # z^{(1)} is a layer, and z^2 a power
    layered_above: frozenset[str] = frozenset()  # z^{1} is no power

    def with_thing(self, word: str, thing: Thing) -> World:
        """The world in which a name means something; what it meant before is forgotten."""
        definitions = {key: value for key, value in self.definitions.items() if key.word != word}
        recursions = {each: value for each, value in self.recursions.items() if each != word}
        guessed = self.guessed - {word}
        made = replace(self, things={**self.things, word: thing}, definitions=definitions, recursions=recursions)
        return replace(made, guessed=guessed)

    def without_thing(self, word: str) -> World:
        """The world in which nothing is declared of a name."""
        return replace(self, things={each: thing for each, thing in self.things.items() if each != word})

    def with_particular(self, key: Key, thing: Array | Field) -> World:
        """The world in which one layer of a name is something of its own."""
        definitions = {each: value for each, value in self.definitions.items() if each != key}
        return replace(self, particular={**self.particular, key: thing}, definitions=definitions)

    def with_definition(self, key: Key, definition: Definition) -> World:
        """The world in which a name is defined."""
        failed = {word: line for word, line in self.failed.items() if word != key.word}
        return replace(self, definitions={**self.definitions, key: definition}, failed=failed)

    def with_failed(self, word: str, line: int) -> World:
        """The world in which a name has a definition that could not be read."""
        return replace(self, failed={**self.failed, word: line})

    def without(self, key: Key) -> World:
        """The world in which nothing says yet what this is."""
        return replace(self, definitions={each: value for each, value in self.definitions.items() if each != key})

    def with_recursion(self, word: str, recursion: Recursion) -> World:
        """The world in which every layer after the first is computed from the one before."""
        return replace(self, recursions={**self.recursions, word: recursion})

    def with_general(self, key: Key) -> World:
        """The world in which one layer is what the definition for all layers says, whichever it is."""
        return replace(self, general=self.general | {key})

    def with_free(self, key: Key, tensor: Tensor) -> World:
        """The world in which something computed varies by itself."""
        return replace(self, free={**self.free, key: tensor})

    def with_local(self, *conditions: Boolean) -> World:
        """The world in which more is assumed, as long as names mean what they mean now."""
        return replace(self, local=tuple(dict.fromkeys((*self.local, *conditions))), is_fresh=True)

    def supposing(self, *conditions: Boolean) -> World:
        """The world in which more is supposed of sizes, and nothing else that was supposed of the same ones: it may
        have been another case."""
        names = {symbol for each in conditions for symbol in each.free_symbols}
        kept = (each for each in self.supposed if not each.free_symbols & names)
        return replace(self, supposed=(*kept, *conditions))

    def without_suppositions(self) -> World:
        """The world in which nothing is supposed of sizes."""
        return replace(self, supposed=())

    def is_one(self, extent: Expr) -> bool:
        """Whether an extent is 1, or assumed to be."""
        return extent == 1 or Eq(extent, 1) in self.local or Eq(extent, 1) in self.given

    def array(self, key: Key) -> Array | None:
        """What is declared of a tensor."""
        thing = self.particular.get(key) or self.things.get(key.word)
        return thing if isinstance(thing, Array) else None

    def is_defined(self, key: Key) -> bool:
        """Whether an equation says what this is."""
        return key in self.definitions

    def is_known(self, word: str) -> bool:
        """Whether anything is said of a name."""
        return word in self.things or any(key.word == word for key in (*self.definitions, *self.particular, *self.free))

    def function_of_number(self, word: str) -> Definition | None:
        """The definition of a function of any real number, such as f(t) = max(0, t)."""
        definition = self.definitions.get(Key(word))
        return definition if definition is not None and definition.of_number else None
