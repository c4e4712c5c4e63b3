"""Unknown functions of whole tensors, and derivatives by the entries of a tensor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Atom, Dummy, Expr

from ..errors import LanguageError
from .symbols import as_scalar
from .tensors import Entry, Tensor, check_name


@dataclass(frozen=True)
class ScalarField:
    """Any differentiable real function of a whole tensor, such as what a network does with the output of a layer:
    `L = ScalarField("L")`, `L(y)`. It is differentiable as a function of all entries at once."""

    name: str

    def __post_init__(self) -> None:
        check_name(self.name)

    def __call__(self, tensor: Any) -> Expr:
        """The value at a tensor. Raises `LanguageError` for anything else."""
        if not isinstance(tensor, Tensor):
            raise LanguageError(f"{self.name} is a function of a tensor, not of {tensor!r}")
        return FieldValue(FieldSymbol(self), tensor.symbol)


class FieldSymbol(Atom):
    """What stands for a scalar field inside a SymPy expression."""

    def __new__(cls, field: ScalarField) -> Any:
        made = super().__new__(cls)
        made.field = field
        return made

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.field.name,)

    def _sympystr(self, printer: Any) -> str:
        return str(self.field.name)

    _latex = _sympystr


class FieldValue(Expr):
    """L(y), for a scalar field L and a tensor y."""

    is_commutative = True

    @property
    def tensor(self) -> Tensor:
        """The tensor at which the field is taken."""
        found: Tensor = self.args[1].tensor
        return found

    def _sympystr(self, printer: Any) -> str:
        return f"{self.args[0]}({self.args[1]})"


class FieldSlope(Expr):
    """The derivative of a scalar field by one entry of its tensor, at a tensor: field, tensor, indices."""

    is_commutative = True

    @property
    def tensor(self) -> Tensor:
        """The tensor at which the derivative is taken."""
        found: Tensor = self.args[1].tensor
        return found

    @property
    def indices(self) -> tuple[Expr, ...]:
        """The entry by which it is taken."""
        return tuple(self.args[2:])


def field_slope(field: ScalarField, tensor: Tensor, indices: tuple[Expr, ...]) -> Expr:
    """The derivative of the field by the entry at the indices, at the tensor."""
    return FieldSlope(FieldSymbol(field), tensor.symbol, *indices)


class SlopeAt(Expr):
    """The derivative of an expression by an entry of a tensor that stands for another, computed one: the expression,
    the entry, and the symbol of the tensor that it is taken at. `slope_at` makes it."""

    is_commutative = True

    @property
    def body(self) -> Expr:
        """What is differentiated."""
        return self.args[0]

    @property
    def by(self) -> Entry:
        """The entry by which it is differentiated, of the tensor that varies."""
        return self.args[1]

    @property
    def at(self) -> Tensor:
        """Where the derivative is taken."""
        found: Tensor = self.args[2].tensor
        return found


def slope_at(function: Callable[[Tensor], Any], at: Tensor, indices: tuple[Expr, ...]) -> Expr:
    """The derivative of V -> function(V) by V[indices], at the tensor V = at, which may be a computed one.

    So `slope_at(lambda a: a[1]**2, sigma(z), (1,))` is 2 sigma(z)[1]: what a quantity is a function of is said, since
    a formula alone does not say it. Raises `LanguageError` where the function gives no scalar, and where `at` is
    computed and has no name (`at.named("z")`).
    """
    if at.name is None:
        raise LanguageError(f"a derivative is taken at a tensor with a name: write ({at}).named(...)")
    varied = Tensor(f"varied_{Dummy().dummy_index}", at.shape, at.origin)
    return SlopeAt(as_scalar(function(varied), "what is differentiated"), varied[indices], at.symbol)


class Partial(Expr):
    """The derivative of an expression by an entry of a tensor: `Partial(e, X[i, j])`.

    Everything in e that is computed from X varies with X. Raises `LanguageError` if the second argument is not an
    entry of a leaf: `Tensor("X", ...)`, or `A[l]` of a `LayerTensor`.
    """

    is_commutative = True

    def __new__(cls, expression: Any, by: Any) -> Any:
        body = as_scalar(expression, "what is differentiated")
        leaf = by if isinstance(by, Entry) else None
        while leaf is not None and leaf.tensor.inline and leaf.tensor.formula is not None:
            leaf = leaf.tensor.formula(*leaf.indices)
            leaf = leaf if isinstance(leaf, Entry) else None
        if leaf is None or leaf.tensor.formula is not None or leaf.tensor.recursion is not None:
            raise LanguageError(f"{by} is not an entry of a tensor with a name and no formula: no derivative by it")
        return super().__new__(cls, body, leaf)

    @property
    def body(self) -> Expr:
        """What is differentiated."""
        return self.args[0]

    @property
    def by(self) -> Entry:
        """The entry by which it is differentiated."""
        return self.args[1]
