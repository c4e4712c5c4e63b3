"""Layers that one equation computes for all: which of them are written out, and which are left as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sympy import Expr, Integer, Symbol

from ..errors import LanguageError, SymcnnError
from .references import reference
from .syntax import Name, Node, Scripted, Word, walk
from .world import Array, Definition, Key, World

if TYPE_CHECKING:
    from .meaning import Meaning

_LAST = Symbol("L", integer=True)


@dataclass(frozen=True)
class ForAll:
    """x_{l+1} = ... for all l: the letter l, the 1 that is added to it, and the equation."""

    letter: str
    added: int
    key: Key
    definition: Definition

    def number(self, layer: Expr) -> Expr:
        """What the letter is, where this is the layer on the left: 4 for x_5."""
        return layer - self.added

    @property
    def symbol(self) -> Expr:
        """The letter, as a number."""
        return Symbol(self.letter, integer=True)

    def layers(self, meaning: Meaning) -> Iterator[Key]:
        """The layers that the equation speaks of on its right side, for its letter."""
        return _layers_in(meaning.within({self.letter: self.symbol}), self.definition.formula)

    def least(self, base: Expr) -> int | None:
        """From which layer on all are written out: l + 1, or L; None where nothing says how to get there."""
        if base == self.symbol:
            return self.added
        return 0 if base == _LAST and self.letter == "l" else None


def parted(layer: Expr) -> tuple[Expr, int]:
    """(l, 1) for l + 1, and (0, 2) for 2."""
    number, base = layer.as_coeff_Add()
    return (base, int(number)) if number.is_Integer else (layer, 0)


def place_of(key: Key) -> tuple[Expr, int]:
    """(l, 1) for x_{l+1}; (0, 0) for what has no layers."""
    return parted(key.layer or Integer(0))


def equation_for_all(world: World, word: str) -> ForAll | None:
    """The equation that computes every layer of a name, if there is one."""
    for key, definition in world.definitions.items():
        if key.word == word and key.layer is not None:
            base, added = parted(key.layer)
            if isinstance(base, Symbol) and base != _LAST:
                return ForAll(base.name, added, key, definition)
    return None


def is_written_out(world: World, key: Key) -> bool:
    """Whether a layer stands for what the equation for all layers says of it."""
    least = least_written(world, key)
    return least is not None and key.layer is not None and parted(key.layer)[1] >= least


def least_written(world: World, key: Key) -> int | None:
    """From which layer on those of a name are written out: -1 for l - 1; None for none."""
    found = equation_for_all(world, key.word)
    if found is None or key.layer is None:
        return None
    base, number = parted(key.layer)
    known = (found.least(base), world.written_from.get(base), number if key in world.general else None)
    return min((each for each in known if each is not None), default=None)


def require_no_circle(meaning: Meaning, found: ForAll) -> None:
    """Raises `LanguageError` where a layer is computed from itself, or from a later layer of the same name."""
    for key in found.layers(meaning):
        base, number = place_of(key)
        if key.word == found.key.word and (base.name if isinstance(base, Symbol) else "") != found.letter:
            raise LanguageError(
                f"{key.word} is defined by other layers of itself: say in words which layer comes first"
            )
        if key.word == found.key.word and number >= found.added:
            raise LanguageError(f"a layer of {key.word} is defined by itself, or by a later one")


def depths(meaning: Meaning, *sides: Node) -> Iterator[tuple[World, bool]]:
    """The worlds in which an equation may be looked at, and whether the first layer that is spoken of is written out
    there: layers are written out as their equation says, then all after the first one, then this one too."""
    world, spoken = meaning.world, tuple(_general_layers(meaning, *sides))
    yield world, False
    first = _first_places(world, spoken)
    layers = [Key(word, base) for word in _general_words(world) for base in first]
    seen = [[least_written(world, key) for key in layers]]
    for more in (1, 0):
        deeper = replace(world, written_from={base: at + (more or base == 0) for base, at in first.items()})
        least = [least_written(deeper, key) for key in layers]
        if least not in seen:
            yield deeper, not more
        seen.append(least)


def _first_places(world: World, spoken: tuple[Key, ...]) -> dict[Expr, int]:
    """(l, -1) where x_{l-1} is the first layer that is spoken of; (0, 0) also where x_0 is defined"""
    first: dict[Expr, int] = {}
    words = _general_words(world)
    known = (key for key in world.definitions if key.word in words and key.layer is not None and key.layer.is_Integer)
    for key in (*spoken, *known):
        base, number = place_of(key)
        first[base] = min(number, first.get(base, number))
    return first


def _general_words(world: World) -> set[str]:
    return {key.word for key in world.definitions if equation_for_all(world, key.word) is not None}


def left_alone(meaning: Meaning, *sides: Node) -> tuple[Key, ...]:
    """The layers that an equation for all computes and that are not written out, in an equation and behind it."""
    spoken = (*_general_layers(meaning, *sides), *meaning.known)
    return tuple(dict.fromkeys(each for each in spoken if _is_left_alone(meaning.world, each)))


def may_be_first(meaning: Meaning, layers: tuple[Key, ...], *sides: Node) -> bool:
    """Whether layers that are left alone can be the first ones, of which nothing is said: then a counterexample may
    give them any values."""
    spoken, places = set(_general_layers(meaning, *sides)), {place_of(key) for key in layers}
    numbered = (key for key in layers if key.layer is not None and key.layer.is_Integer)
    is_any = all(_is_any(meaning, key, layers) for key in layers)
    return len(places) <= 1 and is_any and all(key in spoken for key in numbered)


def _is_any(meaning: Meaning, key: Key, layers: tuple[Key, ...]) -> bool:
    """Whether nothing is said of the first layer of a name, nor of how it and others of its place belong together"""
    world, found = meaning.world, equation_for_all(meaning.world, key.word)
    own = ((other.layer, each) for other, each in world.definitions.items() if other.word == key.word)
    firsts = (each for layer, each in own if layer is not None and layer.is_Integer)
    if found is None or not all(is_given(world, each.formula) for each in firsts):
        return False
    behind = [(each.word, place_of(each)[1]) for each in found.layers(meaning)]
    general = [number for word, number in behind if equation_for_all(world, word) is not None]
    if any(number < found.added for number in general):
        return True  # what begins with a layer before has a first one that is not computed
    return {word for word, _ in behind}.isdisjoint(each.word for each in layers)


def is_given(world: World, formula: Node) -> bool:
    """Whether this is a tensor of which only the shape is said."""
    word = formula.word if isinstance(formula, (Name, Word)) else ""
    return isinstance(world.things.get(word), Array) and not any(key.word == word for key in world.definitions)


def _is_left_alone(world: World, key: Key) -> bool:
    is_general = key.layer is not None and equation_for_all(world, key.word) is not None
    return is_general and key not in world.definitions and not is_written_out(world, key)


def _general_layers(meaning: Meaning, *sides: Node) -> Iterator[Key]:
    """The layers in some formulas that an equation for all computes"""
    for side in sides:
        for key in _layers_in(meaning, side):
            if equation_for_all(meaning.world, key.word) is not None:
                yield key


def _layers_in(meaning: Meaning, formula: Node) -> Iterator[Key]:
    for node in walk(formula):
        found = reference(node, meaning.world) if isinstance(node, Scripted) else None
        if found is not None:
            with suppress(SymcnnError):
                key, _ = meaning.key_of(found)
                if key.layer is not None:
                    yield key
