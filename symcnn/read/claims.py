"""Equations as identities: over what their free indices run, and what the two sides are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy
from sympy import Dummy, Eq, Expr, Ge, Integer, Symbol, sstr
from sympy.logic.boolalg import And, Boolean

from ..errors import LanguageError, ShapeError, SymcnnError
from ..language.identity import Identity
from ..language.tensors import Tensor
from ..layers.calculus import row
from .indices import OfIndices, Range, free_letters, range_of, require_free, said_range
from .meaning import Meaning
from .shown import is_shown, shown_block
from .syntax import Chain, Name, Node, Word, names_in, walk
from .values import LETTERS, Constant, Eye, Row, Scalar, Value, described, sized
from .world import Layer, Size
from .written import latex

#: both sides, remarks on how they were read, and what was assumed for that
Pair = tuple[Tensor, Tensor, tuple[str, ...], tuple[Boolean, ...]]


@dataclass(frozen=True)
class Posed:
    """An equation as an identity, and what had to be assumed to read it so."""

    identity: Identity
    remarks: tuple[str, ...] = ()
    assumed: tuple[Boolean, ...] = ()
    reason: str = "holds for all sizes"


def pose(
    meaning: Meaning,
    left: Node,
    right: Node,
    relation: str,
    conditions: tuple[Chain, ...],
    besides: tuple[Node, ...] = (),
) -> Posed:
    """An equation, or an inequality of numbers, as an identity; `besides` are the other parts of its chain.

    Raises `ShapeError`, showing both, where the sides are of different kinds, and what `Meaning` raises.
    """
    _require_more_than_sizes(meaning, left, right, relation)
    if relation not in ("=", "<=", ">="):
        raise LanguageError(f"only equations, and inequalities with ≤ or ≥, are checked, not {relation}")
    require_free(meaning, conditions)
    letters = free_letters(meaning, left, right)
    ranges = tuple(range_of(meaning, letter, conditions, left, right, *besides) for letter in letters)
    assumed = tuple(_assumptions(meaning, letters, conditions))
    if is_shown(left) or is_shown(right):
        one, other, large = shown_block(meaning, left, right)
        posed = Identity(one, other, given=(*hypotheses(meaning), *large, *assumed))
        words = "the entries that are shown are equal; what stands for the dots is not checked"
        return Posed(posed, ("only the entries that are shown are compared",), reason=words)
    _require_no_other(meaning, letters, conditions)
    reader = _Sides(meaning, ranges, left, right)
    lhs, rhs, remarks, more = reader.tensors()
    if relation in ("<=", ">="):
        smaller, larger = (lhs, rhs) if relation == "<=" else (rhs, lhs)
        lhs, rhs = _larger(smaller, larger), larger
    under = (*assumed, *meaning.world.supposed)
    holds = Posed.reason if not under else f"holds for all sizes, under the condition that {_and(under)}"
    return Posed(Identity(lhs, rhs, given=(*hypotheses(meaning), *assumed, *more)), remarks, more, holds)


def _and(conditions: tuple[Boolean, ...]) -> str:
    written = (f"{sstr(each.lhs)} = {sstr(each.rhs)}" if isinstance(each, Eq) else sstr(each) for each in conditions)
    return " and ".join(written).replace("[]", "")  # x[] is a number


def _assumptions(meaning: Meaning, letters: tuple[Name, ...], conditions: tuple[Chain, ...]) -> Iterator[Boolean]:
    """What conditions say that are no ranges of an index. Raises `LanguageError` for one that cannot be used."""
    for chain in conditions:
        is_range = any(said_range(meaning, letter, chain) is not None for letter in letters)
        if not is_range and not _names_in(chain, letters):
            try:
                made = meaning.condition(chain)
            except SymcnnError as error:
                raise LanguageError(f"the condition {latex(chain)} is not read: {error}") from None
            yield from made.args if isinstance(made, And) else (made,)


def _require_no_other(meaning: Meaning, letters: tuple[Name, ...], conditions: tuple[Chain, ...]) -> None:
    """Raises `LanguageError` for a condition on indices that is no range, such as i != j"""
    for chain in conditions:
        if _names_in(chain, letters) and all(said_range(meaning, letter, chain) is None for letter in letters):
            raise LanguageError(f"the condition {latex(chain)} is no range: write the equation with a bracket or cases")


def _names_in(chain: Chain, letters: tuple[Name, ...]) -> bool:
    return not {letter.word for letter in letters}.isdisjoint(names_in(chain))


def _require_more_than_sizes(meaning: Meaning, left: Node, right: Node, relation: str) -> None:
    """Raises `LanguageError` for a relation that says what sizes or indices are."""
    words = {each.word for side in (left, right) for each in walk(side) if isinstance(each, (Name, Word))}
    things = [meaning.world.things.get(word) for word in words]
    unknown = not any(meaning.world.is_known(word) for word in words)
    sizes = all(isinstance(each, (Size, Layer)) for each in things)
    bare = isinstance(left, Name) or isinstance(right, Name)
    for side in (left, right):
        if isinstance(side, Name) and isinstance(meaning.world.things.get(side.word), Layer) and not sizes:
            raise LanguageError(f"{latex(side)} is the number of a layer here: call what this says by another name")
    if words and (unknown or sizes or _are_indices(meaning, words)) and (relation != "=" or bare):
        raise OfIndices(
            "a relation of sizes or indices alone is neither checked nor assumed; given: ... assumes one about sizes"
        )


def _are_indices(meaning: Meaning, words: set[str]) -> bool:
    things = (meaning.world.things.get(word) for word in words if meaning.world.is_known(word))
    return all(isinstance(each, (Size, Layer)) for each in things)


def _larger(small: Tensor, large: Tensor) -> Tensor:
    """a <= b as max(a, b) = b"""
    letters = LETTERS.get(small.rank, ())
    formula = lambda *at: sympy.Max(small[at], large[at])  # noqa: E731
    if not small.rank:
        return Tensor(None, (), formula=lambda: sympy.Max(small[()], large[()]), inline=True)
    return Tensor.define(small.shape, formula, letters=letters, origin=small.origin)


def hypotheses(meaning: Meaning) -> tuple[Boolean, ...]:
    """What is assumed of sizes: their least values, unless these are 1, and what is given."""
    least = (
        Ge(Symbol(word, integer=True), thing.least)
        for word, thing in meaning.world.things.items()
        if isinstance(thing, Size) and thing.least != 1
    )
    return (*least, *meaning.world.given, *meaning.world.supposed, *meaning.world.local)


@dataclass(frozen=True)
class _Sides:
    meaning: Meaning
    ranges: tuple[Range, ...]
    left: Node
    right: Node

    def tensors(self) -> Pair:
        """Both sides as tensors of one rank, and remarks on how they were read"""
        probe = self.meaning.within(self._scope(tuple(self._dummies())))
        left, right = probe.value(self.left), probe.value(self.right)
        if isinstance(left, Scalar) and isinstance(right, Scalar):
            return self._entries(self.left), self._entries(self.right), (), ()
        if self.ranges:
            return self._indexed(left, right)
        return _alike(left, right)

    def _dummies(self) -> Iterator[Dummy]:
        return (Dummy(each.letter, integer=True) for each in self.ranges)

    def _scope(self, at: tuple[Expr, ...]) -> Mapping[str, Expr]:
        origin = self.meaning.world.origin
        return {each.letter: each.value(i, origin) for each, i in zip(self.ranges, at, strict=True)}

    def _entries(self, node: Node) -> Tensor:
        """The tensor over all free indices of the values of a side"""
        shape = tuple(each.extent for each in self.ranges)
        if not shape:
            value = self.meaning.number(node)
            return Tensor(None, (), formula=lambda: value, inline=True)
        letters = tuple(each.letter for each in self.ranges)
        return Tensor.define(
            shape,
            lambda *at: self.meaning.within(self._scope(at)).number(node),
            letters=letters,
            origin=self.meaning.world.origin,
        )

    def _indexed(self, left: Value, right: Value) -> Pair:
        """Entries on one side, the whole on the other: the entries of the whole are meant"""
        for whole, node, other in ((left, self.left, self.right), (right, self.right, self.left)):
            made = _columns(whole)
            own = {letter.word for letter in free_letters(self.meaning, node)}
            names = [each for each in self.ranges if each.letter not in own]
            if isinstance(made, Tensor) and made.rank == len(names) == len(self.ranges):
                entries = self._entries_of(node)
                words = f"{latex(node)} stands for its entry {', '.join(each.letter for each in names)}"
                pair = (entries, self._entries(other)) if node is self.left else (self._entries(other), entries)
                return (*pair, (words,), ())
        if isinstance(left, (Row, Tensor)) and isinstance(right, (Row, Tensor)):
            return self._stacked(self.left), self._stacked(self.right), (), ()
        raise ShapeError(f"the left side is {described(left)}, the right side {described(right)}")

    def _entries_of(self, node: Node) -> Tensor:
        shape = tuple(each.extent for each in self.ranges)
        letters = tuple(each.letter for each in self.ranges)
        origin = self.meaning.world.origin

        def formula(*at: Expr) -> Expr:
            made = _columns(self.meaning.value(node))
            places = (each.value(i, origin) for each, i in zip(self.ranges, at, strict=True))
            return made[tuple(places)] if isinstance(made, Tensor) else self.meaning.number(node)

        return Tensor.define(shape, formula, letters=letters, origin=origin)

    def _stacked(self, node: Node) -> Tensor:
        """A tensor for every value of the free indices, as one tensor"""
        probe = _columns(self.meaning.within(self._scope(tuple(self._dummies()))).value(node))
        if not isinstance(probe, Tensor):
            raise ShapeError(f"{latex(node)} is {described(probe)}, and the other side is a tensor")
        count = len(self.ranges)

        def formula(*at: Expr) -> Expr:
            made = _columns(self.meaning.within(self._scope(at[:count])).value(node))
            return made[at[count:]] if isinstance(made, Tensor) else Integer(0)

        shape = (*(each.extent for each in self.ranges), *probe.shape)
        return Tensor.define(shape, formula, letters=tuple("ijpqrs"[: len(shape)]), origin=probe.origin)


def _columns(value: Value) -> Value:
    return value.vector if isinstance(value, Row) else value


def _alike(left: Value, right: Value) -> Pair:
    """Two whole values as tensors. Raises `ShapeError` where they are of different kinds."""
    match left, right:
        case Tensor(), Tensor() if left.rank == right.rank:
            return left, right, (), ()
        case Row(one), Row(other):
            return one, other, (), ()
        case (Row(one), Tensor()) if right.rank == 2:
            return row(one), right, (), ()
        case (Tensor(), Row(other)) if left.rank == 2:
            return left, row(other), (), ()
        case (Tensor(), Eye()) if left.rank == 2:
            return left, sized(right, left), (), ()
        case (Eye(), Tensor()) if right.rank == 2:
            return sized(left, right), right, (), ()
        case Tensor(), Constant(entry):
            return left, _equal_entries(left, entry), (), ()
        case Constant(entry), Tensor():
            return _equal_entries(right, entry), right, (), ()
    number = _number_for_tensor(left, right)
    if number is not None:
        return number
    raise ShapeError(f"the left side is {described(left)}, the right side {described(right)}")


def _equal_entries(like: Tensor, entry: Scalar) -> Tensor:
    value = entry.expression
    return Tensor.define(like.shape, lambda *_: value, letters=LETTERS[like.rank], origin=like.origin)


def _number_for_tensor(left: Value, right: Value) -> Pair | None:
    """0 as the tensor of zeros; a number as the only entry of a tensor"""
    for tensor, number, is_left in ((left, right, True), (right, left, False)):
        whole = _columns(tensor)
        if isinstance(whole, Tensor) and isinstance(number, Scalar):
            if number.expression == 0:
                both = (whole, _equal_entries(whole, number))
                return (*(both if is_left else both[::-1]), (), ())
            return _only_entry(whole, number.expression, is_left)
    return None


def _only_entry(tensor: Tensor, number: Expr, is_left: bool) -> Pair | None:
    square = len(tensor.shape) == 2 and tensor.shape[0] == tensor.shape[1] and number.is_number
    if any(extent.is_Integer and extent != 1 for extent in tensor.shape):
        return None
    if not square and not all(extent == 1 for extent in tensor.shape):
        return None
    needs = tuple(Eq(extent, 1) for extent in tensor.shape if extent != 1)
    entry = tensor[tuple(Integer(tensor.origin) for _ in tensor.shape)]
    both = tuple(Tensor(None, (), formula=lambda value=value: value, inline=True) for value in (entry, number))
    words = " and ".join(dict.fromkeys(f"{sstr(extent)} = 1" for extent in tensor.shape if extent != 1))
    remark = "a number stands for a tensor with one entry" + (f", so {words}" if words else "")
    one, other = both if is_left else both[::-1]
    return one, other, (remark,), tuple(dict.fromkeys(needs))
