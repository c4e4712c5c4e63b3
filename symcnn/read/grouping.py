r"""Which factors of a product belong together: x \odot A y is x \odot (A y), since x \odot A is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from sympy import Expr, Integer

from ..errors import LanguageError, ShapeError
from ..language.tensors import Tensor
from .values import Row, Scalar, Value, is_same

_PARTING = frozenset(("odot", "cdot", "times"))  # signs between products of what stands beside each other

Factors = Sequence[tuple[str, Value]]  # with the sign before each


class Join(Protocol):
    """The product of two values with a sign between them."""

    def __call__(self, left: Value, right: Value, sign: str) -> Value: ...


def folded(factors: Factors, join: Join) -> Value:
    """The product from left to right. Raises `ShapeError` where there is none."""
    made = factors[0][1]
    for sign, value in factors[1:]:
        made = join(made, value, sign)
    return made


def grouped(factors: Factors, join: Join, written: str) -> Value:
    """The product in the one order that the shapes allow.

    Raises `ShapeError` where they allow none, and `LanguageError` where they allow two that may differ.
    """
    groups = list(_groups(factors))
    if not any(map(_may_matter, groups[1:])):
        return folded(factors, join)
    from_left, beside_first = _fitting(factors, join), _beside_first(groups, join)
    if from_left is not None and beside_first is not None and _is_entrywise(groups):
        raise LanguageError(f"{written} can be read in two ways, as the shapes allow both: write brackets")
    if from_left is None and beside_first is not None:
        return beside_first
    return folded(factors, join)


def _groups(factors: Factors) -> Iterator[Factors]:
    """What stands between signs that part products; nothing is parted where a sign is another one"""
    signs = {sign for sign, _ in factors[1:]}
    parting = [at for at, (sign, _) in enumerate(factors) if at and sign in _PARTING]
    ends = [0, *parting, len(factors)] if signs <= _PARTING | {"", "/"} else [0, len(factors)]
    return (factors[first:last] for first, last in pairwise(ends))


def _may_matter(group: Factors) -> bool:
    """Whether several tensors stand beside each other"""
    return sum(not isinstance(value, Scalar) for _, value in group) > 1


def _is_entrywise(groups: Sequence[Factors]) -> bool:
    """Whether several tensors stand beside each other behind an entrywise product of a tensor with the first"""
    behind = (at for at, group in enumerate(groups) if at and group[0][0] == "odot" and _may_matter(group))
    return any(not isinstance(value, Scalar) for at in behind for group in groups[:at] for _, value in group)


def _beside_first(groups: Sequence[Factors], join: Join) -> Value | None:
    made = [(group[0][0], _fitting(group, join)) for group in groups]
    found = [(sign, value) for sign, value in made if value is not None]
    return _fitting(found, join) if len(found) == len(made) else None


def _fitting(factors: Factors, join: Join) -> Value | None:
    """The product from left to right, None where shapes are not the same that should be"""
    made = factors[0][1]
    for sign, value in factors[1:]:
        if not all(is_same(one, other) for one, other in _met(made, value, sign)):
            return None
        try:
            made = join(made, value, sign)
        except ShapeError:
            return None
    return made


def _met(left: Value, right: Value, sign: str) -> Iterator[tuple[Expr, Expr]]:
    """The extents that should be equal in a product of tensors"""
    one, other = _shape(left, is_left=True), _shape(right, is_left=False)
    if not one or not other:
        return
    if sign == "odot":
        one, other = _shape(left, is_left=True), _shape(right, is_left=True)
        yield from zip(one, other, strict=False)
    elif isinstance(left, Tensor) and isinstance(right, Tensor) and left.rank == right.rank == 1:
        yield one[0], other[0]
    elif not (isinstance(left, Tensor) and left.rank == 1):
        yield one[-1], other[0]


def _shape(value: Value, is_left: bool) -> tuple[Expr, ...]:
    if isinstance(value, Row):
        return value.vector.shape if is_left else (Integer(1), *value.vector.shape)
    return value.shape if isinstance(value, Tensor) else ()
