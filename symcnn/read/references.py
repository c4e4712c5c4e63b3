"""Names with indices, layers and primes: which of what stands below is a layer, and which are indices."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import LanguageError, ShapeError
from .grammar import in_brackets
from .syntax import Bracketed, Name, Negative, Node, Number, Plus, Scripted, Times, Transposed, Word, walk
from .tokens import ACCENTS
from .world import Array, Size, World
from .written import latex

LAYER_LETTERS = frozenset(("L", "ell"))


@dataclass(frozen=True)
class Reference:
    """A name, with what stands below it one by one; what stands above it is a layer, or an exponent that is left."""

    word: str
    primes: int
    lower: tuple[Node, ...]
    layer: Node | None
    exponent: Node | None
    node: Node


def reference(node: Node, world: World) -> Reference | None:
    """A name with scripts; None for anything else."""
    base, primes, lower, upper = node, 0, (), None  # type: Node, int, tuple[Node, ...], Node | None
    if isinstance(node, Scripted):
        base, primes, lower, upper = node.base, node.primes, node.lower, node.upper
        if isinstance(base, Scripted) and not primes and not (base.lower and lower) and not (base.upper and upper):
            inner = base  # {y_L}^T
            base, primes, lower, upper = inner.base, inner.primes, lower or inner.lower, upper or inner.upper
    if not isinstance(base, (Name, Word)):
        return None
    word = base.word
    if len(lower) == 1 and isinstance(lower[0], Word):
        word, lower = _labelled(word, lower[0].word), ()
    if len(lower) == 1 and isinstance(lower[0], Name) and _is_label(lower[0], world):
        word, lower = f"{word}_{lower[0].word}", ()
    is_layer = upper is not None and word in world.layered_above and not is_transpose(upper)
    if is_layer and upper is not None and word in world.in_brackets_above:
        is_layer = in_brackets(upper) is not upper
    if isinstance(world.things.get(word), Size) and isinstance(upper, Number):
        is_layer = False  # n^1 and n^2 are powers, n^{(1)} is the size of a layer
    return Reference(
        word, primes, lower, in_brackets(upper) if is_layer and upper else None, None if is_layer else upper, node
    )


def _labelled(word: str, label: str) -> str:
    r"""A name with a label below, which is not that of an accent above: x_{\text{hat}} is not \hat{x}"""
    is_accent = label == "cal" or f"\\{label}" in ACCENTS
    return f"{word}_{label}_" if is_accent else f"{word}_{label}"


def _is_label(index: Name, world: World) -> bool:
    """Whether what stands below is no index but part of a name: x of W_x, where x is a vector"""
    thing = world.things.get(index.word)
    return isinstance(thing, Array) and len(thing.shape) > 0 and not thing.inferred


def is_transpose(upper: Node) -> bool:
    """Whether what stands above says transpose."""
    return isinstance(upper, Transposed) or upper == Name("T")


def indices_of(found: Reference, world: World) -> tuple[Node | None, tuple[Node, ...]]:
    """(layer, indices): the layer stands above, or first below.

    Raises `ShapeError` where the indices are not as many as the tensor has.
    """
    array = world.things.get(found.word)
    array = array if isinstance(array, Array) else None
    if found.layer is not None:
        return found.layer, split(found.lower, _rank(found.word, array), found.node)
    if array is not None and array.letter is not None:
        lower = split(found.lower, len(array.shape) + 1, found.node, at_least=1)
        return lower[0], lower[1:]
    every = spread(found.lower)
    if (found.word, len(every)) in world.literal_first and array is None and isinstance(every[0], Number):
        return every[0], every[1:]
    if array is None and any(key.word == found.word for key in (*world.particular, *world.definitions)) and found.lower:
        one = _literal_layer(found, world)
        if one is not None:
            return one
    return None, split(found.lower, _rank(found.word, array), found.node)


def _literal_layer(found: Reference, world: World) -> tuple[Node, tuple[Node, ...]] | None:
    """W_{1} or y_{L}, where only layers of that name are known, by equations about them"""
    known = {key.layer for key in (*world.particular, *world.definitions) if key.word == found.word}
    if None in known:
        return None
    every = spread(found.lower)
    letters = {str(layer) for layer in known if layer is not None and not layer.is_Integer}
    is_layer = isinstance(every[0], Number) or is_layer_number(every[0])
    return (every[0], every[1:]) if is_layer or (isinstance(every[0], Name) and every[0].word in letters) else None


def _rank(word: str, array: Array | None) -> int | None:
    return len(array.shape) if array is not None else None


def split(lower: tuple[Node, ...], rank: int | None, node: Node, at_least: int = 0) -> tuple[Node, ...]:
    """What stands below, one by one: ij is i, j where two are needed, and a product where one is.

    Raises `ShapeError` if they are more than are needed, `LanguageError` if there are fewer than `at_least`.
    """
    found = lower
    if rank is None or len(found) != rank:
        wide = spread(lower)
        found = wide if rank is None or len(wide) <= rank else found
        found = wide_enough(lower, rank) if rank is not None and len(found) != rank else found
    if rank is not None and len(found) > rank:
        raise ShapeError(f"{latex(node)} has {len(found)} indices, and needs {rank}")
    if len(found) < at_least:
        raise LanguageError(f"{latex(node)} does not say its layer")
    return found


def index_letters(node: Node) -> tuple[Name, ...]:
    """The letters that stand alone as an index"""
    scripted = (each for each in walk(node) if isinstance(each, Scripted))
    return tuple(dict.fromkeys(index for each in scripted for index in spread(each.lower) if isinstance(index, Name)))


def spread(lower: tuple[Node, ...]) -> tuple[Node, ...]:
    """i, j for ij and L, 1 for L1; k(i-1)+a stays one index, and so does 2i."""
    return tuple(part for each in lower for part in _spread(each))


def wide_enough(indices: tuple[Node, ...], rank: int) -> tuple[Node, ...]:
    """1, 1 for 11 and 1, i for 1i, where so many indices are needed."""
    made = tuple(part for each in indices for part in _digits(each))
    return made if len(made) == rank else indices


def _digits(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Number) and node.digits.isdigit():
        return tuple(Number(digit) for digit in node.digits)
    if isinstance(node, Times) and not any(node.signs) and all(isinstance(e, (Name, Number)) for e in node.factors):
        return tuple(part for each in node.factors for part in _digits(each))
    return (node,)


def _spread(node: Node) -> tuple[Node, ...]:
    if not isinstance(node, Times) or any(node.signs):
        return (node,)
    names = all(isinstance(each, (Name, Number)) for each in node.factors)
    letters = isinstance(node.factors[0], Name)
    return node.factors if names and letters else (node,)


def is_layer_number(node: Node) -> bool:
    """Whether this is how the number of a layer is written: L, l, L-1."""
    inner = in_brackets(node)
    if isinstance(inner, Name):
        return inner.letter in LAYER_LETTERS
    if isinstance(inner, Plus) and isinstance(inner.terms[0], Name) and len(inner.terms) == 2:
        second = inner.terms[1]
        number = second.term if isinstance(second, Negative) else second
        return inner.terms[0].letter in LAYER_LETTERS and isinstance(number, Number)
    return False


def called(node: Node) -> Bracketed | None:
    """What stands in round brackets, if this is a bracket that may be an argument (with indices behind it)."""
    base = node.base if isinstance(node, Scripted) else node
    return base if isinstance(base, Bracketed) and base.kind in ("(", "[", "{") else None
