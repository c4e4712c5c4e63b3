"""What is inferred of names that nobody has declared; each inference is a sentence that a reader can object to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..language.activations import Activation
from .applied import KNOWN
from .references import called, index_letters, is_layer_number, reference, spread
from .runs import between, one_more, runs
from .syntax import Big, Chain, Name, Negative, Node, Number, Plus, Scripted, Times, walk
from .usage import FUNCTION_LETTERS, Usage
from .world import Array, Definition, Function, Key, Layer, Size, World
from .written import latex

_MORE_SIZES = ("m", "n", "N", "M", "D", "P", "Q", "R", "S")
_SIZES = {1: ("n",), 2: ("m", "n"), 3: ("C", "m", "n"), 4: ("O", "C", "k", "l")}


@dataclass(frozen=True)
class Inferred:
    """A world, and what was inferred to get there."""

    world: World
    sentences: tuple[str, ...] = ()

    def then(self, make: Callable[[World], Inferred]) -> Inferred:
        """What is inferred from here."""
        more = make(self.world)
        return Inferred(more.world, (*self.sentences, *more.sentences))


def inferred(world: World, usage: Usage, nodes: tuple[Node, ...], defines: Node | None) -> Inferred:
    """The world in which the names of an equation mean what its document shows; `defines` is what the
    equation is about to define."""
    made = Inferred(world)
    for name in _names(nodes):
        made = made.then(lambda known, name=name: _function(known, usage, name))  # type: ignore[misc]
    for name in _arguments(world, nodes):
        made = made.then(lambda known, name=name: _number(known, usage, name))  # type: ignore[misc]
    for name in _sizes(usage, nodes):
        if defines is None or name.word != _word(defines):
            made = made.then(lambda known, name=name: _size(known, usage, name))  # type: ignore[misc]
    for node in _read(nodes):
        made = made.then(lambda known, node=node: _array(known, usage, node, defines))  # type: ignore[misc]
    return made


def _is_settled(world: World, word: str) -> bool:
    """Whether the document says what a name is, even if that cannot be read"""
    return world.is_known(word) or word in world.failed


def _names(nodes: tuple[Node, ...]) -> Iterator[Name]:
    return (each for node in nodes for each in walk(node) if isinstance(each, Name))


def _function(world: World, usage: Usage, name: Name) -> Inferred:
    """sigma(x) and sigma'(x) show a function"""
    word = name.word
    shown = (
        word in usage.applied
        and word not in usage.vector_valued
        and word not in usage.counts
        and word not in usage.defined
    )
    if _is_settled(world, word) or name.letter not in FUNCTION_LETTERS or not shown:
        return Inferred(world)
    differentiable = word in usage.primed
    facts = "any differentiable function" if differentiable else "any function"
    made = Function(Activation(word, differentiable=True) if differentiable else Activation(word))
    return Inferred(world.with_thing(word, made), (f"{latex(name)} is {facts} of a real number",))


def _arguments(world: World, nodes: tuple[Node, ...]) -> Iterator[Name]:
    """x of f(x) and f'(x), where f is a function of a number; of f(x + 1), if f(x) was defined"""
    calls = (each for node in nodes for each in walk(node) if isinstance(each, Times))
    for call in calls:
        for one, other in zip(call.factors, call.factors[1:], strict=False):
            inside, found = called(other), reference(one, world)
            if inside is not None and found is not None and _is_function(world, found.word):
                definition = world.function_of_number(found.word)
                own = definition.arguments if definition is not None else ()
                yield from (item for item in inside.items if isinstance(item, Name))
                yield from (name for item in inside.items for name in _names((item,)) if name.word in own)


def _is_function(world: World, word: str) -> bool:
    return world.function_of_number(word) is not None or isinstance(world.things.get(word), Function) or word in KNOWN


def _number(world: World, usage: Usage, name: Name) -> Inferred:
    """What is never anything else, and stands alone as the argument of a function of a number, is a number"""
    word = name.word
    other = (
        usage.counts,
        usage.defined,
        usage.tensors,
        usage.spoken_of,
        usage.sizes,
        usage.layered,
        usage.layered_above,
    )
    if _is_settled(world, word) or word[:1].isupper() or name.accent or any(word in each for each in other):
        return Inferred(world)
    return Inferred(world.with_thing(word, Array((), inferred=True)), (f"{latex(name)} is a real number",))


def _sizes(usage: Usage, nodes: tuple[Node, ...]) -> Iterator[Name]:
    sums = (each for node in nodes for each in walk(node) if isinstance(each, Big))
    bound = {run.index.word for each in sums for run in runs(each)}
    letters = {each.word for node in nodes for each in index_letters(node)}  # j of S_j, for 1 <= j <= n
    said = {run.index.word for node in nodes if isinstance(node, Chain) for run in between(node)}
    bound |= letters & said
    return (name for name in _names(nodes) if name.word in usage.sizes and name.word not in bound)


def _size(world: World, usage: Usage, name: Name) -> Inferred:
    least = usage.least.get(name.word, 1)
    if _is_settled(world, name.word) or name.word in usage.layered or least < 0:
        return Inferred(world)
    return Inferred(world.with_thing(name.word, Size(least)), (f"{latex(name)} is a size, an integer from {least} on",))


def _read(nodes: tuple[Node, ...]) -> Iterator[Scripted]:
    return (each for node in nodes for each in walk(node) if isinstance(each, Scripted) and each.lower)


def _array(world: World, usage: Usage, node: Scripted, defines: Node | None) -> Inferred:
    """X_{i,j} shows a tensor with two indices, y_{L-1} one for every layer"""
    found = reference(node, world)
    if found is None or not found.lower:
        return Inferred(world)
    word, lower = found.word, spread(found.lower)
    if defines is not None and word == _word(defines) and (node == defines or not is_layer_number(lower[0])):
        return Inferred(world)
    family = is_layer_number(lower[0]) and word in usage.layered and not isinstance(world.things.get(word), Size)
    if world.is_known(word):
        others = any(
            key.word == word and key.layer is not None and not key.layer.is_Integer for key in world.definitions
        )
        known = isinstance(world.things.get(word), Array) or any(key.word == word for key in world.particular)
        if family and not known and not others:
            return _family(world, usage, node, word)
        return _again(world, usage, node, word, lower)
    if word == "I" and len(lower) == 1:
        return Inferred(world)  # the identity matrix with its size
    is_delta = word == "delta" and len(lower) == 2 and word not in usage.defined  # Kronecker's
    if found.layer is not None or word not in usage.counts or is_delta or word in world.failed:
        return Inferred(world)
    if is_layer_number(lower[0]):
        return _family(world, usage, node, word)
    if word in usage.defined:
        return Inferred(world)  # by an equation further down
    if (word, len(lower)) in world.literal_first and isinstance(lower[0], Number):
        return Inferred(world)
    whole = _whole(world, usage, word, len(lower))
    return whole if whole is not None else _plain(world, usage, node, word, len(lower))


def _whole(world: World, usage: Usage, word: str, rank: int) -> Inferred | None:
    """a_{ij} shows the entries of A, if A is declared as a matrix, and a is always written with two indices"""
    thing = world.things.get(word.upper())
    is_matrix = (
        isinstance(thing, Array) and len(thing.shape) == rank >= 2 and thing.letter is None and not thing.inferred
    )
    if len(word) != 1 or not word.islower() or not is_matrix or usage.counts.get(word) != frozenset((rank,)):
        return None
    made = world.with_definition(Key(word), Definition(None, Name(word.upper()), 0))
    return Inferred(made, (f"{word} has the entries of {word.upper()}",))


def _word(node: Node) -> str | None:
    base = node.base if isinstance(node, Scripted) else node
    return base.word if isinstance(base, Name) else None


def _again(world: World, usage: Usage, node: Scripted, word: str, lower: tuple[Node, ...]) -> Inferred:
    """A tensor that was inferred and now has another number of indices is another one"""
    array = world.things.get(word)
    if not isinstance(array, Array) or not array.inferred or array.letter is not None or len(lower) == len(array.shape):
        return Inferred(world)
    made = _plain(world, usage, node, word, len(lower))
    words = f"{latex(node.base)} is another tensor from here on: before, it had {len(array.shape)} indices"
    return Inferred(made.world, (words, *made.sentences))


def _plain(world: World, usage: Usage, node: Scripted, word: str, rank: int) -> Inferred:
    shape: list[Node] = []
    guessed, outside = False, word in usage.shifted
    places = [(word, rank, position) for position in range(rank)]
    if any(place in usage.extents and place in usage.shifted_at for place in places):
        return Inferred(world)  # read at i and at i + 1: where it ends cannot be known
    for position in range(rank):
        last = usage.extents.get((word, rank, position))
        extent = one_more(last) if last is not None and world.origin == 0 else last
        guessed = guessed or extent is None
        shape.append(extent if extent is not None else Name(_size_letter(world, usage, rank, position, shape, outside)))
    world, more = _with_sizes(world, usage, shape)
    size = r" \times ".join(map(latex, shape))
    words = f"{latex(node.base)} has {rank} {'index' if rank == 1 else 'indices'}, of size {size}"
    words += ", and is 0 outside, since it is read there" if outside else ""
    made = world.with_thing(word, Array(tuple(shape), None, outside, inferred=True))
    made = replace(made, guessed=made.guessed | {word}) if guessed else made
    return Inferred(made, (*more, words))


def _size_letter(world: World, usage: Usage, rank: int, position: int, shape: list[Node], outside: bool) -> str:
    """A letter for a size that nobody has named, which is nothing else in the document, nor another size here.
    What is read outside of its range does not end where some sum of the document does"""
    usual = _SIZES.get(rank, _MORE_SIZES)[position % 6]
    for letter in (usual, *_MORE_SIZES):
        known = isinstance(world.things.get(letter), Size) and not (outside and letter in usage.letters)
        if Name(letter) not in shape and (known or letter not in usage.letters):
            return letter
    return usual


def _with_sizes(world: World, usage: Usage, shape: list[Node]) -> tuple[World, tuple[str, ...]]:
    words: list[str] = []
    for extent in shape:
        for name in _names((extent,)):
            if not _is_settled(world, name.word):
                least = usage.least.get(name.word, 1)
                world = world.with_thing(name.word, Size(max(least, 0)))
                words.append(f"{latex(name)} is a size, an integer from {max(least, 0)} on")
    return world, tuple(words)


def _family(world: World, usage: Usage, node: Scripted, word: str) -> Inferred:
    """A_L: a matrix, b_L and y_L: vectors, as their entries and letters show"""
    counts = usage.counts[word] - {0}
    rank = max(counts) if counts else (2 if word[0].isupper() else 1)
    if rank > 2 or isinstance(world.things.get("n"), Array):
        return Inferred(world)
    letter = "L"
    size, before = (Scripted(Name("n"), lower=(each,)) for each in (Name(letter), _less_one(letter)))
    for each, thing in (("n", Size()), ("L", Layer()), ("l", Layer())):
        if not world.is_known(each):
            world = world.with_thing(each, thing)
    shape: tuple[Node, ...] = (size, before)[:rank]
    kind = "a matrix of n_L x n_{L-1}" if rank == 2 else "a vector of n_L"
    sentence = f"{latex(node.base)}_L is {kind}, for every layer L"
    return Inferred(world.with_thing(word, Array(shape, letter, inferred=True)), (sentence,))


def _less_one(letter: str) -> Node:
    return Plus((Name(letter), Negative(Number("1"))))


_ORIGIN = re.compile(r"\bindices\s*:|\bzero outside\b")  # where a wrong first index is not found


def counted_from_zero(world: World, usage: Usage, declarations: Iterable[str]) -> Inferred:
    """Indices are counted from 0 where sums and ranges show it, and no declaration says how they are counted, or
    makes a tensor 0 outside: then no reading out of range would tell that the guess is wrong."""
    if not usage.from_zero or any(_ORIGIN.search(each) for each in declarations):
        return Inferred(world)
    return Inferred(replace(world, origin=0), ("the first index is 0, since sums or ranges begin there",))


def with_usage(world: World, usage: Usage) -> World:
    """The world that knows how the document writes layers."""
    declared = {word for word, thing in world.things.items() if isinstance(thing, Array) and thing.letter is None}
    above = usage.layered_above - declared
    return replace(
        world,
        literal_first=usage.literal_first,
        layered_above=world.layered_above | above,
        in_brackets_above=usage.in_brackets_above,
    )
