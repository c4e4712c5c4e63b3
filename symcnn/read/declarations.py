"""Declarations: what a document's formulas do not say of its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..errors import LanguageError, ParseError
from ..language.activations import Activation, known_activation
from . import grammar
from .applied import KNOWN
from .cursor import Cursor
from .display import formula
from .meaning import Meaning
from .references import reference
from .shapes import extent, extents, refuse_words
from .syntax import Chain, Name, Node, Number, Plus, Scripted, Times, Word, walk
from .tokens import GREEK, PRODUCTS
from .world import LAYOUTS, Array, Field, Function, Key, Layer, Operator, Sign, Size, Thing, World
from .written import latex

FACTS = [
    "strictly",
    "nondecreasing",
    "nonincreasing",
    "differentiable",
    "odd",
    "even",
    "fixes_zero",
    "bounded",
    "nonnegative",
    "positive",
    "positively_homogeneous",
]
LONGEST = 20_000
_POOLING = {"max pooling": "max_pool2d", "average pooling": "avg_pool2d", "maximum": "maximum"}


def declare(world: World, text: str) -> World:
    """The world with what a text declares. Raises `LanguageError` or `ParseError` for what is no declaration."""
    if len(text) > LONGEST:
        raise LanguageError(f"declarations of more than {LONGEST} characters")
    for each in sentences(text):
        world = _one(world, each)
    return world


def sentences(text: str) -> list[str]:
    """The declarations of a text: between semicolons that stand in no brackets, and line ends."""
    return [each for line in text.splitlines() for each in _split(line, ";")]


def _one(world: World, text: str) -> World:
    names, colon, what = text.partition(":")
    if not colon or not what.strip() or not names.strip():
        raise LanguageError(f"the declaration {text!r} is not of the form name: what it is")
    what, head = what.strip(), names.strip()
    if head == "given" and what == "nothing":
        return replace(world, given=(), local=(), supposed=())
    if head == "given":
        return replace(world, given=(*world.given, *_conditions(_with_sizes(world, what), what)))
    if head == "indices":
        return replace(world, origin=_origin(what))
    if head == "gradients":
        if what not in LAYOUTS:
            raise LanguageError(f"gradients are rows, columns or mixed, not {what}")
        return replace(world, gradients=what, layouts=LAYOUTS)
    if head in PRODUCTS:
        return replace(world, signs={**world.signs, PRODUCTS[head]: _sign(what)})
    for name in _split(head):
        world = _about(world, _name(name), what)
    return world


def _origin(what: str) -> int:
    if what not in ("from 0", "from 1", "0", "1"):
        raise LanguageError(f"indices are from 0 or from 1, not {what}")
    return int(what[-1])


def _sign(what: str) -> Sign:
    words = what.replace(",", " ").split()
    unknown = set(words) - {"correlation", "convolution", "valid", "full", "same"}
    if unknown or not {"correlation", "convolution"} & set(words):
        raise LanguageError(f"a sign is a correlation or a convolution, valid, full or same, not {what}")
    extent = next((word for word in words if word in ("valid", "full", "same")), "valid")
    return Sign("convolution" in words, extent)


def _conditions(world: World, what: str) -> Iterator[Any]:
    meaning = Meaning(world)
    refuse_words(re.sub(r"\bdivides\b", " ", what), "a hypothesis is a relation, such as m >= k or k divides m")
    for each in _split(what):
        node = _formula(_signs(each))
        if not isinstance(node, Chain):
            raise LanguageError(f"the hypothesis {each!r} is no relation, such as m >= k or k divides m")
        yield meaning.condition(node)


def _signs(text: str) -> str:
    for word, sign in ((">=", r"\ge "), ("<=", r"\le "), ("!=", r"\ne "), ("divides", r"\mid ")):
        text = text.replace(word, sign)
    return text


def _with_sizes(world: World, what: str) -> World:
    """The world in which unknown names of a hypothesis are sizes"""
    for each in _split(what):
        world = _sizes_of(world, _formula(_signs(each)))
    return world


def _sizes_of(world: World, node: Node, besides: str | None = None) -> World:
    """The world in which unknown names in a shape are sizes"""
    for each in walk(node):
        word = each.word if isinstance(each, (Name, Word)) else None
        if word is not None and word != besides and not world.is_known(word):
            world = world.with_thing(word, Size())
    return world


# Names


def _split(text: str, between: str = ",") -> list[str]:
    """The parts between commas that are not in brackets"""
    parts, depth, start = [], 0, 0
    for position, sign in enumerate(text):
        depth += (sign in "({[") - (sign in ")}]")
        if sign == between and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    return [each.strip() for each in (*parts, text[start:]) if each.strip()]


def _name(text: str) -> Node:
    """A name as in the document, or a Greek one without its backslash"""
    bare = re.match(r"[A-Za-z]{2,}", text)
    if bare is not None:
        word = bare[0]
        text = ("\\" + word if word in GREEK else rf"\operatorname{{{word}}}") + text[bare.end() :]
    cursor = Cursor.of(text)
    made = grammar.factor(cursor)
    if cursor.here.kind != "end":
        cursor.fail("a name ends here")
    return made


def _formula(text: str) -> Node:
    found = formula(text)
    if len(found.statements) != 1:
        raise ParseError("here should be one formula", text, 0)
    return found.statements[0].chain


def _about(world: World, name: Node, what: str) -> World:
    """What is said of one name"""
    if what == "index":
        return world.without_thing(_plain(name, world))
    if what == "keep":
        return replace(world, keep=world.keep | {_plain(name, world)})
    parts = _split(what)
    if not parts:
        raise LanguageError(f"{latex(name)} cannot be declared: {what!r} says nothing of it")
    pooling = next((kind for words, kind in _POOLING.items() if parts[0].startswith(words)), None)
    if pooling is not None:
        settings = tuple(_settings(parts[1:]))
        for _, value in settings:
            world = _sizes_of(world, value)
        return world.with_thing(_plain(name, world), Operator(pooling, settings))
    function = re.fullmatch(r"(?:differentiable |any )?(?:function|loss) of (.+)", what)
    if function is not None:
        return _field(world, name, _name(function[1]))
    simple = _simple(what, _plain(name, world) if _layered(name)[1] is None else "")
    if simple is not None:
        return world.with_thing(_plain(name, world), simple)
    return _array(world, name, parts)


def _simple(what: str, word: str) -> Thing | None:
    """What is said in words of a name"""
    least = re.fullmatch(r"size(?:\s*>=\s*(\d+))?", what)
    if least is not None:
        return Size(int(least[1]) if least[1] else 1)
    if what == "layer":
        return Layer()
    if what.lower().replace(" ", "_") in KNOWN:
        return Function(known_activation(what.lower().replace(" ", "_")))
    words = what.replace(",", " ").split()
    if words[-1] in ("activation", "function") and set(words[:-1]) <= set(FACTS):
        return Function(_activation(word, words[:-1]))
    return None


def _activation(word: str, facts: list[str]) -> Activation:
    declared: Any = dict.fromkeys(facts, True)
    made: Activation = Activation(word, **declared)
    return made


def _plain(name: Node, world: World) -> str:
    found = reference(name, world)
    if found is None or found.lower or found.exponent is not None or found.primes:
        words = f"{latex(name)} is declared, and is no plain name"
        is_label = found is not None and len(found.lower) == 1 and isinstance(found.lower[0], Times)
        raise LanguageError(f"{words}: a label stands upright, as in n_{{\\mathrm{{in}}}}" if is_label else words)
    return found.word


def _settings(parts: list[str]) -> Iterator[tuple[str, Node]]:
    for part in parts:
        word, _, value = part.strip().partition(" ")
        if word not in ("window", "stride", "padding", "dilation") or not value:
            raise LanguageError(f"{part!r} is no setting of pooling: window k, stride s, padding p")
        yield word, _formula(value)


def _field(world: World, name: Node, of: Node) -> World:
    base, layer = _layered(name)
    if layer is None:
        return world.with_thing(_plain(base, world), Field(of))
    return world.with_particular(Key(_plain(base, world), Meaning(_letters(world, layer)).integer(layer)), Field(of))


def _letters(world: World, layer: Node) -> World:
    """The world in which the letters of a layer are numbers of layers"""
    for each in walk(layer):
        if isinstance(each, Name) and not world.is_known(each.word):
            world = world.with_thing(each.word, Layer())
    return world


def _layered(name: Node) -> tuple[Node, Node | None]:
    """(name, layer) of A_l, A^l and W^{(1)}"""
    if isinstance(name, Scripted) and not name.primes and not (name.lower and name.upper):
        if name.upper is not None:
            return name.base, grammar.in_brackets(name.upper)
        if len(name.lower) == 1 and not isinstance(name.lower[0], Word):
            return name.base, name.lower[0]
    return name, None


def _array(world: World, name: Node, parts: list[str]) -> World:
    """A tensor with a shape"""
    unknown = set(parts[1:]) - {"zero outside", "0 outside"}
    if unknown:
        raise LanguageError(f"{', '.join(sorted(unknown))} is said of {latex(name)}, and has no meaning")
    shape = () if parts[0] in ("scalar", "number") else tuple(extent(each) for each in extents(parts[0]))
    return with_array(world, name, shape, zero_outside=len(parts) > 1)


def with_array(world: World, name: Node, shape: tuple[Node, ...], zero_outside: bool = False) -> World:
    """The world in which a name, which may have a layer, is a tensor of this shape; new names in it are sizes."""
    base, layer = _layered(name)
    word = _plain(base, world)
    if isinstance(layer, Name):
        world = _letters(world, layer)
    for each in shape:
        world = _sizes_of(world, each, besides=layer.word if isinstance(layer, Name) else None)
    if layer is None:
        return world.with_thing(word, Array(shape, None, zero_outside))
    above = (
        replace(world, layered_above=world.layered_above | {word})
        if isinstance(name, Scripted) and name.upper
        else world
    )
    if isinstance(layer, Number) or (isinstance(layer, Plus) or not isinstance(layer, Name)):
        return above.with_particular(Key(word, Meaning(above).integer(layer)), Array(shape, None, zero_outside))
    return above.with_thing(word, Array(shape, layer.word, zero_outside))
