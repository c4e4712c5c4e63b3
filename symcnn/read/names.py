"""What names stand for: indices, sizes, tensors and their entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr, KroneckerDelta, Symbol

from ..errors import LanguageError, ShapeError
from ..language.activations import known_activation
from ..language.depth import LayerSizes
from ..language.tensors import Tensor
from . import scripts
from .references import Reference, indices_of, reference, spread, wide_enough
from .syntax import Node
from .values import ONE, Eye, Scalar, Value, described, transposed, unit
from .world import Array, Function, Key, Layer, Size, Unknown
from .written import latex

if TYPE_CHECKING:
    from .meaning import Meaning


def named(meaning: Meaning, node: Node) -> Value:
    """What a name is, with its indices and what stands above it.

    Raises `Unknown` for a name of which nothing is said, `LanguageError` and `ShapeError` for one that is no value.
    """
    found = reference(node, meaning.world)
    if found is None:
        raise LanguageError(f"{latex(node)} has no value")
    if found.word == "e" and found.exponent is not None and not found.lower and not meaning.world.is_known("e"):
        power_ = meaning.value(found.exponent)
        if not isinstance(power_, Scalar):
            raise LanguageError(f"{latex(node)} of {described(power_)} is not read: write \\exp(...)")
        return Scalar.of(known_activation("exp")(power_.expression))
    if found.primes:
        raise LanguageError(f"{latex(node)} is a derivative of a function: its argument should follow in brackets")
    made = _unprimed(meaning, found)
    return made if _is_transposed(meaning, found) else scripts.raised(meaning, made, found.exponent, node)


def _is_transposed(meaning: Meaning, found: Reference) -> bool:
    """Whether what stands above is a transpose, which comes before the indices: A^T_{ij} is an entry of A^T"""
    return found.exponent is not None and scripts.is_transpose(meaning, found.exponent)


def _unprimed(meaning: Meaning, found: Reference) -> Value:
    word, world = found.word, meaning.world
    if word in meaning.scope and not found.lower and found.layer is None:
        return Scalar.of(meaning.scope[word])
    if Key(word) in world.free and not found.lower and found.layer is None:
        return _free(meaning, found, Key(word))
    thing = world.things.get(word)
    if isinstance(thing, Size) and (found.lower or found.layer is not None):
        return Scalar.of(_size_of_layer(meaning, found))
    if isinstance(thing, (Size, Layer)):
        return Scalar.of(Symbol(word, integer=True))
    function = world.function_of_number(word)
    is_function = function is not None and not world.is_known(function.arguments[0])
    if isinstance(thing, Function) or is_function:
        raise LanguageError(f"{latex(found.node)} is a function: its argument should follow in brackets")
    if thing is None and not world.is_known(word):
        return _undeclared(meaning, found)
    if _is_kronecker(meaning, found):
        return Scalar.of(KroneckerDelta(*map(meaning.integer, spread(found.lower))))
    key, indices = meaning.key_of(found)
    made = meaning.tensor(key, found.node)
    if _is_transposed(meaning, found):
        made = transposed(made)
    if isinstance(made, Tensor) and len(indices) < made.rank:
        indices = wide_enough(indices, made.rank)
    return scripts.entry(meaning, made, indices, found.node, key) if indices else made


def _is_kronecker(meaning: Meaning, found: Reference) -> bool:
    """Whether a delta with two indices is Kronecker's, beside one that has one index: the errors of a layer"""
    if found.word != "delta" or len(spread(found.lower)) != 2 or found.layer is not None:
        return False
    thing, known = meaning.world.things.get("delta"), meaning.world.definitions.get(Key("delta"))
    is_vector = isinstance(thing, Array) and thing.letter is None and len(thing.shape) == 1
    return is_vector or (known is not None and known.letters is not None and len(known.letters) == 1)


def _free(meaning: Meaning, found: Reference, key: Key) -> Value:
    """What varies by itself, such as the argument of a function, whatever its name means outside"""
    made = meaning.tensor(key, found.node)
    return transposed(made) if _is_transposed(meaning, found) else made


def _undeclared(meaning: Meaning, found: Reference) -> Value:
    if found.word in meaning.world.failed:
        line = meaning.world.failed[found.word]
        raise Unknown(f"{latex(found.node)} depends on line {line}, which could not be read or used")
    if found.word == "I" and len(found.lower) <= 1 and found.layer is None:
        return unit(meaning.integer(found.lower[0]), meaning.world.origin) if found.lower else Eye(ONE)
    lower = indices_of(found, meaning.world)[1]
    if found.word == "delta" and len(lower) == 2 and found.layer is None:
        return Scalar.of(KroneckerDelta(*map(meaning.integer, lower)))
    raise Unknown(f"{latex(found.node)} is not declared, and no equation before says what it is")


def _size_of_layer(meaning: Meaning, found: Reference) -> Expr:
    layers = (*found.lower, *([found.layer] if found.layer is not None else []))
    if len(layers) != 1:
        raise ShapeError(f"{latex(found.node)} is the size of a layer, which has one index")
    return LayerSizes(found.word)[meaning.integer(layers[0])]
