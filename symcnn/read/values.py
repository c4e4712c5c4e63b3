"""What parts of a formula are: numbers, tensors, rows, the identity matrix; and how they are added and multiplied.

A vector is a column. A row is a value of its own, so that x^T y is a number, x y^T a matrix, and y x nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sympy import Add, Dummy, Eq, Expr, Mul, Pow, Sum, expand

from ..errors import LanguageError, ShapeError
from ..language.symbols import Iverson
from ..language.tensors import Operation, Tensor, index_letters
from ..layers.algebra import matmul, minus, plus, product
from ..layers.calculus import outer, row
from . import arithmetic
from .arithmetic import Divide, Leaf, Negative, Number, Place, Plus, Power, Times


@dataclass(frozen=True)
class Scalar:
    """A number: arithmetic over places, and what stands in the places."""

    leaf: Leaf
    values: tuple[Expr, ...] = ()

    @classmethod
    def of(cls, expression: Expr) -> Scalar:
        """A number that is no arithmetic."""
        return cls(Place(0), (expression,))

    @cached_property
    def expression(self) -> Expr:
        """The number as SymPy has it. Raises `ArithmeticMismatch` where the two readers of arithmetic disagree."""
        return arithmetic.read(self.leaf, self.values)


@dataclass(frozen=True)
class Row:
    """The transpose of a vector."""

    vector: Tensor


@dataclass(frozen=True)
class Eye:
    """A multiple of the identity matrix, whose size its place says."""

    factor: Scalar


@dataclass(frozen=True)
class Constant:
    """A matrix with dots, all of whose entries are equal: its size its place says."""

    entry: Scalar


#: the letters of the indices of a tensor, by how many there are
LETTERS = {1: ("i",), 2: ("i", "j"), 3: ("c", "i", "j"), 4: ("o", "c", "i", "j")}
ONE = Scalar(Number("1"))
Value = Scalar | Tensor | Row | Eye | Constant


def is_same(one: Expr, other: Expr) -> bool:
    """Whether two extents are equal as polynomials, or are the same floor."""
    return bool(expand(one - other) == 0)


def described(value: Value) -> str:
    """What a value is, for a message."""
    match value:
        case Scalar():
            return "a number"
        case Row(vector):
            return f"a row of {vector.shape[0]}"
        case Eye():
            return "the identity matrix"
        case Constant():
            return "a matrix with dots"
    if value.rank == 1:
        return f"a column of {value.shape[0]}"
    return f"{'a matrix' if value.rank == 2 else 'a tensor'} of {' x '.join(map(str, value.shape))}"


def combined(make: object, scalars: Sequence[Scalar]) -> Scalar:
    """One piece of arithmetic made of several; `make` takes their leaves."""
    leaves: list[Leaf] = []
    values: list[Expr] = []
    for each in scalars:
        leaves.append(moved(each.leaf, len(values)))
        values += each.values
    return Scalar(make(leaves), tuple(values))  # type: ignore[operator]


def moved(leaf: Leaf, by: int) -> Leaf:
    """The leaf with other places, which are `by` further on."""
    match leaf:
        case Place(number):
            return Place(number + by)
        case Plus(terms):
            return Plus(tuple(moved(each, by) for each in terms))
        case Times(factors):
            return Times(tuple(moved(each, by) for each in factors))
        case Negative(term):
            return Negative(moved(term, by))
        case Divide(above, below):
            return Divide(moved(above, by), moved(below, by))
        case Power(base, exponent):
            return Power(moved(base, by), exponent)
    return leaf


def integer(number: int) -> Scalar:
    """A literal integer."""
    return Scalar(Number(str(number))) if number >= 0 else Scalar(Negative(Number(str(-number))))


def negated(value: Value) -> Value:
    """-a. Raises `ShapeError` for the identity matrix."""
    match value:
        case Scalar():
            return combined(lambda leaves: Negative(leaves[0]), [value])
        case Row(vector):
            return Row(-vector)
        case Constant(entry):
            return Constant(combined(lambda leaves: Negative(leaves[0]), [entry]))
        case Eye(factor):
            return Eye(combined(lambda leaves: Negative(leaves[0]), [factor]))
    return -value


def added(left: Value, right: Value, subtract: bool = False) -> Value:
    """a + b, or a - b. Raises `ShapeError`, showing both, for values that cannot be added."""
    match left, right:
        case Scalar(), Scalar():
            return combined(lambda both: Plus((*_terms(both[0]), _signed(both[1], subtract))), [left, right])
        case Row(one), Row(other):
            return Row(_sum(one, other, subtract))
        case Tensor(), Tensor() if left.rank == right.rank:
            return _sum(left, right, subtract)
        case Scalar(), Tensor() if not left.values:
            return _sum(filled(right, left), right, subtract)
        case Tensor(), Scalar() if not right.values:
            return _sum(left, filled(left, right), subtract)
        case Eye(), Tensor() if right.rank == 2:
            return _sum(sized(left, right), right, subtract)
        case Tensor(), Eye() if left.rank == 2:
            return _sum(left, sized(right, left), subtract)
    _require_no_column_matrix(left, right)
    raise ShapeError(f"{described(left)} and {described(right)} cannot be added")


def _require_no_column_matrix(left: Value, right: Value) -> None:
    """Raises `LanguageError` for a matrix of one column beside a vector, which on paper are the same"""
    ranks = {each.rank for each in (left, right) if isinstance(each, Tensor)}
    narrow = any(isinstance(each, Tensor) and each.rank == 2 and each.shape[1] == 1 for each in (left, right))
    if ranks == {1, 2} and narrow:
        words = f"{described(left)} beside {described(right)}"
        raise LanguageError(f"{words}: a matrix of one column is no vector here, declare it as one")


def unit(extent: Expr, origin: int = 1) -> Tensor:
    """The identity matrix of a size."""
    operation = Operation("identity_matrix", ())
    return Tensor.define((extent, extent), lambda i, j: Iverson(Eq(i, j)), operation=operation, origin=origin)


def _terms(leaf: Leaf) -> tuple[Leaf, ...]:
    return leaf.terms if isinstance(leaf, Plus) else (leaf,)


def _signed(leaf: Leaf, subtract: bool) -> Leaf:
    return Negative(leaf) if subtract else leaf


def filled(like: Tensor, entry: Scalar) -> Tensor:
    """The tensor of the shape of another one, all of whose entries are one number."""
    value, letters = entry.expression, index_letters(like)
    return Tensor.define(like.shape, lambda *_: value, letters=letters, origin=like.origin)


def sized(eye: Eye, like: Tensor) -> Tensor:
    """The multiple of the identity matrix that has the size of another matrix."""
    return identity(eye, like.shape[0], like.origin)


def identity(eye: Eye, extent: Expr, origin: int) -> Tensor:
    """The multiple of the identity matrix with as many rows."""
    made = unit(extent, origin)
    return made if eye.factor == ONE else _scaled(made, eye.factor)


def _sum(left: Tensor, right: Tensor, subtract: bool) -> Tensor:
    return minus(left, right) if subtract else plus(left, right)


def scaled(tensor: Value, factor: Scalar) -> Value:
    """A value times a number."""
    match tensor:
        case Scalar():
            return times(factor, tensor)
        case Row(vector):
            return Row(_scaled(vector, factor))
        case Constant(entry):
            return Constant(times(factor, entry))
        case Eye(other):
            return Eye(times(factor, other) if other != ONE else factor)
    return _scaled(tensor, factor)


def _scaled(tensor: Tensor, factor: Scalar) -> Tensor:
    """Where SymPy would cancel a divisor in the factor, it is multiplied entry by entry, and nothing is evaluated."""
    if not _cancels(factor.expression):
        return product(tensor, factor.expression)
    return Tensor.define(
        tensor.shape,
        lambda *at: times(factor, Scalar.of(tensor[at])).expression,
        letters=index_letters(tensor),
        origin=tensor.origin,
    )


def _cancels(expression: Expr) -> bool:
    """Whether an expression that is not evaluated, such as x/x, would become another one"""
    inner = expression.args if isinstance(expression, (Add, Mul, Pow)) else ()
    return any(map(_cancels, inner)) or (bool(inner) and expression.func(*inner) != expression)


def times(left: Scalar, right: Scalar) -> Scalar:
    """The product of two numbers."""
    return combined(lambda both: Times((*_factors(both[0]), both[1])), [left, right])


def _factors(leaf: Leaf) -> tuple[Leaf, ...]:
    return leaf.factors if isinstance(leaf, Times) else (leaf,)


def divided(value: Value, by: Value) -> Value:
    """a / b, for a number b. Raises `ShapeError` for anything else."""
    if not isinstance(by, Scalar):
        raise ShapeError(f"{described(by)} is no divisor")
    if isinstance(value, Scalar):
        return combined(lambda both: Divide(*both), [value, by])
    return scaled(value, combined(lambda one: Divide(Number("1"), one[0]), [by]))


def power(value: Value, exponent: int) -> Value:
    """a number to a literal integer power. Raises `LanguageError` for anything else."""
    if not isinstance(value, Scalar):
        raise LanguageError(f"{described(value)} to the power {exponent} is not in the language")
    return combined(lambda one: Power(one[0], exponent), [value])


def multiplied(left: Value, right: Value) -> Value:
    """The product as matrices have it. Raises `ShapeError`, showing both, where there is none."""
    match left, right:
        case Scalar(), Scalar():
            return times(left, right)
        case Scalar(), _:
            return scaled(right, left)
        case _, Scalar():
            return scaled(left, right)
        case Eye(factor), _:
            return right if factor == ONE else scaled(right, factor)
        case _, Eye(factor):
            return left if factor == ONE else scaled(left, factor)
        case Row(one), Tensor() if right.rank == 1:
            return inner(one, right)
        case Row(one), Tensor() if right.rank == 2:
            made = matmul(right.T, one)
            return made if made.shape == (1,) else Row(made)  # a row of 1 is a column of 1
        case Tensor(), Tensor() if left.rank == 1 and right.shape == (1,):
            return scaled(left, Scalar.of(right[right.origin]))
        case Tensor(), Tensor() if left.rank == 1 and right.rank == 2 and right.shape[0] == 1:
            return outer(left, _only_row(right))
        case Tensor(), Row(other) if left.rank == 1:
            return outer(left, other)
        case Tensor(), Tensor() if left.rank == 2 and right.rank in (1, 2):
            return matmul(left, right)
        case Tensor(), Row(other) if left.rank == 2:
            return matmul(left, row(other))
    raise ShapeError(f"there is no product of {described(left)} and {described(right)}")


def _only_row(matrix: Tensor) -> Tensor:
    """The row of a matrix that has one, as a vector"""
    return Tensor.define(matrix.shape[1:], lambda j: matrix[matrix.origin, j], letters=LETTERS[1], origin=matrix.origin)


def inner(left: Tensor, right: Tensor) -> Scalar:
    """The sum of the products of entries. Raises `ShapeError` where ranks, or literal extents, differ."""
    both = product(left, right)
    return Scalar.of(total(both))


def total(tensor: Tensor) -> Expr:
    """The sum of all entries."""
    indices = tuple(Dummy(letter, integer=True) for letter in "ijklpq"[: tensor.rank])
    limits = [(i, tensor.origin, n + tensor.origin - 1) for i, n in zip(indices, tensor.shape, strict=True)]
    return Sum(tensor[indices], *reversed(limits))


def entrywise(left: Value, right: Value) -> Value:
    """Hadamard's product. Raises `ShapeError`, showing both, for different ranks."""
    match left, right:
        case Scalar(), _:
            return multiplied(left, right)
        case _, Scalar():
            return multiplied(left, right)
        case Row(one), Row(other):
            return Row(product(one, other))
        case Tensor(), Tensor() if left.rank == right.rank:
            return product(left, right)
    _require_no_column_matrix(left, right)
    raise ShapeError(f"there is no entrywise product of {described(left)} and {described(right)}")


def transposed(value: Value) -> Value:
    """The transpose. Raises `ShapeError` for more than two indices."""
    match value:
        case Scalar() | Eye():
            return value
        case Row(vector):
            return vector
        case Tensor() if value.rank == 1:
            return Row(value)
        case Tensor() if value.rank == 2:
            return value.T
    raise ShapeError(f"{described(value)} has no transpose")
