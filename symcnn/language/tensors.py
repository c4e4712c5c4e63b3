"""Tensors: a shape, an index origin and an entry formula."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sympy import Atom, Dummy, Eq, Expr, Float, Indexed, Integer, KroneckerDelta, Piecewise, S
from sympy.logic.boolalg import And, Boolean

from ..errors import LanguageError, ShapeError
from ..kernel.functions import KNOWN
from .symbols import Iverson, as_scalar
from .text import plain

Shape = tuple[Expr, ...]


@dataclass(frozen=True)
class Operation:
    """How a tensor came to be: `conv2d` of (X, W) with padding 1. A parameter at its default is left out."""

    name: str
    arguments: tuple[Tensor, ...]
    parameters: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Requirement:
    """A condition without which an operator means nothing (equal extents, say), and who asks for it."""

    condition: Boolean
    reason: str


@dataclass(frozen=True, eq=False)
class Recursion:
    """What layers compute one after the other: `start` at layer `first`, then `step(layer, tensor before)`."""

    first: Expr
    start: Tensor
    step: Callable[[Any, Tensor], Tensor]
    shape: Callable[[Any], Any]


@dataclass(frozen=True, eq=False, repr=False)
class Tensor:
    """An array of reals, of any size: `Tensor("X", (m, n))` is a leaf, with entries `X[1, 1]` to `X[m, n]`.

    `Tensor.define(shape, formula)` is computed, `Tensor.of(rows)` is literal. Indices start at `origin` (1).
    Raises `LanguageError` for an extent that is no integer expression.
    """

    name: str | None
    shape: Shape
    origin: int = 1
    formula: Callable[..., Expr] | None = None
    letters: tuple[str, ...] = ()
    operation: Operation | None = None
    literal: Any = None
    requirements: tuple[Requirement, ...] = ()
    total: bool = False  # may be read outside its shape
    inline: bool = False  # its entries are written out wherever they are read
    layers: tuple[Expr, ...] = ()  # of all layers at once: the symbols of their indices, which come first
    recursion: Recursion | None = None
    symbol: TensorSymbol = field(init=False)

    def __post_init__(self) -> None:
        if self.name is not None or self.formula is None:
            check_name(self.name)
        for letter in self.letters:
            check_name(letter)
        if type(self.origin) is not int:
            raise LanguageError(f"the origin of a tensor is an integer, 1 or 0, not {self.origin!r}")
        shape = (self.shape,) if not isinstance(self.shape, (tuple, list)) else self.shape
        object.__setattr__(self, "shape", tuple(_extent(extent) for extent in shape))
        object.__setattr__(self, "symbol", TensorSymbol(self))

    @property
    def rank(self) -> int:
        """The number of indices."""
        return len(self.shape)

    @classmethod
    def define(
        cls,
        shape: Sequence[Any],
        formula: Callable[..., Any],
        *,
        name: str | None = None,
        origin: int | None = None,
        operation: Operation | None = None,
        requirements: tuple[Requirement, ...] = (),
        letters: tuple[str, ...] = (),
    ) -> Tensor:
        """The tensor whose entry (i, j, ...) is `formula(i, j, ...)`; the indices are named as its parameters.

        Its origin is that of the tensors it reads. Raises `ShapeError` if the formula does not take as many
        indices as the shape has extents, or if the tensors that it reads have different origins.
        """
        shape = tuple(shape)
        letters = letters or _parameter_names(formula, len(shape))
        probe = as_scalar(formula(*(Dummy(letter, integer=True) for letter in letters)), "an entry")
        found = _origins(probe) | {tensor.origin for tensor in (operation.arguments if operation else ())}
        if origin is not None and found - {origin}:
            raise ShapeError(f"a tensor with the origin {origin} reads one with the origin {min(found - {origin})}")
        if len(found) > 1:
            raise ShapeError(f"tensors with the origins {sorted(found)} meet in one formula")
        origin = origin if origin is not None else next(iter(found), 1)
        return cls(
            name,
            shape,
            origin,
            lambda *indices: as_scalar(formula(*indices), "an entry"),
            letters,
            operation,
            requirements=requirements,
        )

    @classmethod
    def of(cls, rows: Any, *, name: str | None = None, origin: int = 1) -> Tensor:
        """The literal tensor with these entries: nested lists of numbers or scalar expressions, all of one shape,
        or an array of numbers.

        Raises `ShapeError` if the rows have different lengths, `LanguageError` for an entry of another kind.
        """
        rows = _frozen(rows)
        shape = _literal_shape(rows)
        entries = tuple((at, as_scalar(value, "an entry")) for at, value in _literal_entries(rows, origin))

        def formula(*indices: Any) -> Expr:
            return sum(
                (
                    value * Iverson(And(*(Eq(index, at) for index, at in zip(indices, position, strict=True))))
                    for position, value in entries
                    if value != 0
                ),
                start=S.Zero,
            )

        letters = tuple("ijklpqrs"[: len(shape)])
        return cls(name, tuple(map(Integer, shape)), origin, formula, letters, literal=rows)

    def __getitem__(self, indices: Any) -> Expr:
        """One entry. Raises `ShapeError` if the number of indices is not the rank, `LanguageError` for a slice."""
        indices = indices if isinstance(indices, tuple) else (indices,)
        if len(indices) != self.rank:
            raise ShapeError(f"{self} has {self.rank} indices; [{', '.join(map(plain, indices))}] has {len(indices)}")
        at = tuple(as_scalar(index, f"an index of {self}") for index in indices)
        if self.formula is not None and self.operation is not None and self.operation.name == "layer":
            return self.formula(*at)  # the layer stands there as an index does, so that a sum can run over it
        return Entry(self.symbol, *at)

    def __iter__(self) -> Iterator[Any]:
        raise LanguageError(f"{self} has symbolic extents and cannot be iterated over")

    def at(self, *indices: Any, outside: Any = 0) -> Expr:
        """One entry, or the number `outside` where an index is out of range (zero padding)."""
        return self.extended(outside)[indices]

    def extended(self, outside: Any = 0) -> Tensor:
        """The tensor that may be read at every index, with `outside` beyond the range of this one."""
        value = as_scalar(outside, f"the value outside of {self}")

        def formula(*indices: Any) -> Expr:
            bounds = zip(indices, self.shape, strict=True)
            inside = And(*(c for i, n in bounds for c in (i >= self.origin, i <= n + self.origin - 1)))
            return Iverson(inside) * self[indices] + value * (1 - Iverson(inside))

        operation = Operation("extended", (self,), () if value == 0 else (("outside", value),))
        letters = index_letters(self)
        return Tensor(None, self.shape, self.origin, formula, letters, operation, total=True)

    def literal_entries(self) -> tuple[tuple[tuple[int, ...], Expr], ...]:
        """(position, value) of every entry of a literal tensor; nothing for any other."""
        if self.literal is None:
            return ()
        entries = _literal_entries(self.literal, self.origin)
        return tuple((position, as_scalar(value, "an entry")) for position, value in entries)

    def named(self, name: str) -> Tensor:
        """The same tensor with a name, by which derivations call it."""
        own = self.formula if self.formula is not None else lambda *at: self[at]
        letters = index_letters(self)
        made = Tensor(name, self.shape, self.origin, own, letters, None, requirements=self.requirements)
        return made

    @property
    def T(self) -> Tensor:
        """The transpose of a matrix. Raises `ShapeError` for any other rank."""
        from ..layers.algebra import transpose

        return transpose(self)

    def __add__(self, other: Any) -> Tensor:
        return _algebra("plus", self, other)

    def __radd__(self, other: Any) -> Tensor:
        return _algebra("plus", self, other)

    def __sub__(self, other: Any) -> Tensor:
        return _algebra("minus", self, other)

    def __rsub__(self, other: Any) -> Tensor:
        return _algebra("plus", -self, other)

    def __mul__(self, other: Any) -> Tensor:
        return _algebra("product", self, other)

    def __rmul__(self, other: Any) -> Tensor:
        return _algebra("product", self, other)

    def __truediv__(self, other: Any) -> Tensor:
        return _algebra("product", self, 1 / as_scalar(other, "a divisor"))

    def __neg__(self) -> Tensor:
        return _algebra("product", self, -1)

    def __matmul__(self, other: Tensor) -> Tensor:
        return _algebra("matmul", self, other)

    def __str__(self) -> str:
        if self.name is not None:
            return self.name
        if self.operation is not None and self.operation.name == "layer":
            return f"{self.operation.arguments[0]}[{plain(self.operation.parameters[0][1])}]"
        if self.operation is None:
            return f"tensor of shape ({', '.join(map(str, self.shape))})"
        parts = [*map(str, self.operation.arguments), *(f"{k}={v}" for k, v in self.operation.parameters)]
        return f"{self.operation.name}({', '.join(parts)})"

    def __repr__(self) -> str:
        return f"<{self}: {', '.join(map(str, self.shape))}>"

    def _repr_latex_(self) -> str:
        from ..notation import tensor_latex

        return f"$\\displaystyle {tensor_latex(self)}$"


def _algebra(operation: str, left: Tensor, right: Any) -> Tensor:
    from ..layers import algebra

    made: Tensor = getattr(algebra, operation)(left, right)
    return made


class TensorSymbol(Atom):
    """What stands for a tensor inside a SymPy expression. Leaves are equal by name, shape and origin."""

    is_commutative = True

    def __new__(cls, tensor: Tensor) -> Any:
        made = super().__new__(cls)
        made.tensor = tensor
        leaf = tensor.formula is None and tensor.recursion is None
        made.key = (tensor.name, tensor.shape, tensor.origin, tensor.layers) if leaf else (str(tensor), (), _serial())
        return made

    def _hashable_content(self) -> tuple[Any, ...]:
        key: tuple[Any, ...] = self.key
        return key

    def _sympystr(self, printer: Any) -> str:
        return str(self.tensor)

    _latex = _sympystr


def _serial() -> int:
    """A number that no other computed tensor has, so that SymPy keeps them apart and in order."""
    number: int = Dummy().dummy_index
    return number


class Entry(Expr):
    """One entry of a tensor: the tensor's symbol and the indices."""

    is_commutative = True

    @property
    def tensor(self) -> Tensor:
        """The tensor that is read."""
        found: Tensor = self.args[0].tensor
        return found

    @property
    def indices(self) -> tuple[Expr, ...]:
        """Where it is read."""
        return tuple(self.args[1:])

    def _sympystr(self, printer: Any) -> str:
        return f"{self.tensor}[{', '.join(map(printer._print, self.indices))}]"

    def _latex(self, printer: Any, exp: Any = None) -> str:
        text = f"{{{self.tensor}}}_{{{','.join(map(printer._print, self.indices))}}}"
        return text if exp is None else f"{text}^{{{exp}}}"


def check_name(name: Any) -> None:
    """Return if this can be the name of a tensor or a size; raise `LanguageError` otherwise.

    A name is written into statements and derivations, so it must not be able to look like a formula.
    """
    if not isinstance(name, str) or not name.rstrip("'").isidentifier():
        raise LanguageError(f"{name!r} cannot be a name: a name has letters, digits and _, then primes")
    if name in KNOWN:
        raise LanguageError(f"{name} cannot be a name: it is a known function")


def _origins(expression: Expr) -> set[int]:
    """The origins of the tensors that an expression reads; SymPy's own `Indexed` count from 1 here."""
    found: set[int] = {symbol.tensor.origin for symbol in expression.atoms(TensorSymbol)}
    return found | {1} if expression.atoms(Indexed) else found


def _extent(extent: Any) -> Expr:
    value = as_scalar(extent, "an extent")
    if not is_integer_like(value):
        raise LanguageError(f"the extent {extent} is not an integer expression: make symbols with sizes()")
    return value


def is_integer_like(value: Any) -> bool:
    """Whether an expression may be an integer: SymPy cannot tell of floor(m/k), whose k might be 0."""
    if not isinstance(value, Expr) or not all(symbol.is_integer for symbol in value.free_symbols):
        return False
    return value.is_integer is not False and not value.atoms(Float)


def reads_its_range(tensor: Tensor) -> bool:
    """Whether an `inline` tensor reads, wherever it is read, some tensor of its own range at its own indices: then
    it cannot be read out of range unnoticed. X + Y does, X - X does not, nor does X times a bracket."""
    if not tensor.inline or tensor.formula is None:
        return not tensor.total
    symbols = tuple(Dummy(letter, integer=True) for letter in index_letters(tensor))
    formula = tensor.formula(*symbols)
    guarded = formula.has(Iverson, KroneckerDelta, Piecewise)
    reads = (e for e in formula.atoms(Entry) if set(e.indices[len(e.tensor.layers) :]) == set(symbols))
    return not symbols or (not guarded and any(reads_its_range(each.tensor) for each in reads))


def _parameter_names(formula: Callable[..., Any], rank: int) -> tuple[str, ...]:
    parameters = inspect.signature(formula).parameters.values()
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return tuple("ijklpqrs"[:rank])
    names = tuple(parameter.name for parameter in parameters)
    if len(names) != rank:
        raise ShapeError(f"the shape has {rank} extents, the formula takes {len(names)}: {', '.join(names)}")
    return names


def index_letters(tensor: Tensor) -> tuple[str, ...]:
    """The letters that the indices of a tensor are shown by."""
    standard = {1: ("i",), 2: ("i", "j"), 3: ("c", "i", "j"), 4: ("o", "c", "i", "j")}
    return tensor.letters or standard.get(tensor.rank, tuple("ijklpqrs"[: tensor.rank]))


def _frozen(rows: Any) -> Any:
    """Rows that nobody can change any more."""
    rows = rows.tolist() if hasattr(rows, "tolist") and rows.shape else rows
    return tuple(map(_frozen, rows)) if isinstance(rows, (list, tuple)) else rows


def _literal_shape(rows: Any) -> tuple[int, ...]:
    if not isinstance(rows, tuple):
        return ()
    shapes = {_literal_shape(row) for row in rows}
    if len(shapes) != 1:
        raise ShapeError(f"the rows of {rows} do not have one shape")
    return (len(rows), *shapes.pop())


def _literal_entries(rows: Any, origin: int) -> Iterator[tuple[tuple[int, ...], Any]]:
    if not isinstance(rows, tuple):
        yield (), rows
        return
    for position, row in enumerate(rows, origin):
        yield from (((position, *rest), value) for rest, value in _literal_entries(row, origin))
