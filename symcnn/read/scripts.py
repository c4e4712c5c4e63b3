"""Entries of tensors, powers, transposes and norms: what stands below a part of a formula and above it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import LanguageError, ShapeError
from ..language.tensors import Tensor
from . import references
from .references import split, wide_enough
from .syntax import Bracketed, Name, Negative, Node, Number, Scripted
from .values import LETTERS, Row, Scalar, Value, described, power, total, transposed
from .world import Key
from .written import latex

if TYPE_CHECKING:
    from .meaning import Meaning

ONES = "a vector of ones is not in the language: declare e: n, and define e_i = 1"
_PLAIN_NORMS = ((Number("2"),), (Name("F"),))  # of all entries, as the norm and product without an index are


def entry(meaning: Meaning, value: Value, indices: tuple[Node, ...], node: Node, key: Key | None = None) -> Value:
    """An entry of a tensor, or a row of a matrix. Raises `ShapeError` for too many indices."""
    made = value.vector if isinstance(value, Row) else value
    if not isinstance(made, Tensor):
        raise ShapeError(f"{latex(node)} has an index, and is an entry of {described(value)}")
    if len(indices) > made.rank:
        raise ShapeError(f"{latex(node)} has {len(indices)} indices, and is an entry of {described(value)}")
    at = tuple(map(meaning.integer, indices))
    array = meaning.world.array(key) if key is not None else None
    read = made.extended() if array is not None and array.zero_outside else made
    if len(at) == made.rank:
        return Scalar.of(read[at])
    rest = made.shape[len(at) :]
    part = Tensor.define(rest, lambda *more: read[(*at, *more)], origin=made.origin, letters=LETTERS[len(rest)])
    part = replace(part, inline=True)
    return Row(part) if made.rank == 2 else part


def of_brackets(meaning: Meaning, node: Scripted) -> Value:
    """(A x)_i, norms, and brackets with an exponent or a transpose. Raises `ShapeError` for what has no entries."""
    base = node.base
    if isinstance(base, Number) and (node.lower or (node.upper is not None and is_transpose(meaning, node.upper))):
        raise LanguageError(ONES if base.digits == "1" else f"{latex(node)} is no number, and is not read")
    if isinstance(base, Bracketed) and base.kind in ("||", "angle") and node.lower in _PLAIN_NORMS and not node.primes:
        return _plain_norm(meaning, base, node)
    if isinstance(base, Bracketed) and base.kind == "||" and not node.lower and not node.primes:
        return _norm(meaning, base, node.upper)
    return scripted(meaning, meaning.value(_of_name(base) if node.lower else base), node)


def _of_name(node: Node) -> Node:
    """A of [A], where indices stand behind the brackets"""
    is_plain = isinstance(node, Bracketed) and node.kind in ("[", "{") and len(node.items) == 1
    return node.items[0] if isinstance(node, Bracketed) and is_plain and isinstance(node.items[0], Name) else node


def scripted(meaning: Meaning, made: Value, node: Scripted) -> Value:
    """A value with the indices, and the transpose or exponent, of a bracket around it."""
    if node.primes:
        raise LanguageError(f"{latex(node)}: only a function has a derivative")
    turned = node.upper is not None and is_transpose(meaning, node.upper)
    made = transposed(made) if turned else made
    if node.lower:
        rank = made.rank if isinstance(made, Tensor) else 1
        made = entry(meaning, made, wide_enough(split(node.lower, rank, node), rank), node)
    return made if turned else raised(meaning, made, node.upper, node)


def raised(meaning: Meaning, value: Value, upper: Node | None, node: Node) -> Value:
    """A value with what stands above it: a transpose, or a literal integer exponent."""
    if upper is None:
        return value
    if is_transpose(meaning, upper):
        return transposed(value)
    literal = upper.term if isinstance(upper, Negative) else upper
    if not isinstance(literal, Number) or "." in literal.digits:
        raise LanguageError(f"the exponent of {latex(node)} is no literal integer")
    return power(value, -int(literal.digits) if isinstance(upper, Negative) else int(literal.digits))


def is_transpose(meaning: Meaning, upper: Node) -> bool:
    """Whether what stands above says transpose: a letter T that is nothing else does."""
    world = meaning.world
    taken = isinstance(upper, Name) and (
        upper.word in meaning.scope or upper.word in world.things or world.is_defined(Key(upper.word))
    )
    return references.is_transpose(upper) and not taken


def _plain_norm(meaning: Meaning, base: Bracketed, node: Scripted) -> Value:
    """The norm with the index 2 or F, and the inner product with the index F"""
    of_matrix = base.kind == "||" and getattr(meaning.value(base.items[0]), "rank", 1) > 1
    if of_matrix and node.lower == (Number("2"),):
        raise LanguageError(f"{latex(node)} of a matrix is its largest singular value, which is not in the language")
    return (
        _norm(meaning, base, node.upper)
        if base.kind == "||"
        else raised(meaning, meaning.value(base), node.upper, node)
    )


def _norm(meaning: Meaning, base: Bracketed, upper: Node | None) -> Value:
    if upper != Number("2") or len(base.items) != 1:
        raise LanguageError(f"{latex(base)} is read with an exponent 2 only: there are no roots in the language")
    made = meaning.value(base.items[0])
    made = made.vector if isinstance(made, Row) else made
    if isinstance(made, Scalar):
        return power(made, 2)
    if not isinstance(made, Tensor):
        raise ShapeError(f"{latex(base)} is the norm of {described(made)}")
    return Scalar.of(total(made * made))
