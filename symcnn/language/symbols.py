"""Sizes, brackets and divisibility: the integer part of the language."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Function, Symbol, SympifyError, sympify
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from ..errors import LanguageError


def sizes(names: str) -> Any:
    """Integer symbols, one for each name: `m, n = sizes("m n")`; a single name gives the symbol itself.

    They are SymPy's `Symbol(name, integer=True)`. That a size is at least 1 is a hypothesis of every statement
    (unless its `given` has a lower bound for it, such as `padding >= 0`), not an assumption of SymPy's.
    """
    symbols = tuple(Symbol(name, integer=True) for name in names.replace(",", " ").split())
    if not symbols:
        raise LanguageError("sizes() needs at least one name")
    return symbols[0] if len(symbols) == 1 else symbols


def as_scalar(value: Any, what: str) -> Expr:
    """A number or a scalar expression as SymPy has it.

    Raises `LanguageError`, naming `what` it is, for anything else: truth values, text, lists, tensors.
    """
    try:
        made = sympify(value, strict=True)
    except (SympifyError, TypeError, ValueError) as error:
        raise LanguageError(f"{what} is {value!r}, which is neither a number nor a scalar expression") from error
    if not isinstance(made, Expr) or made.is_Matrix:
        raise LanguageError(f"{what} is {value!r}, which is neither a number nor a scalar expression")
    return made


def as_condition(condition: Any, what: str) -> Boolean:
    """The condition as SymPy has it; raises `LanguageError` for a plain truth value such as `m == n` gives."""
    if isinstance(condition, bool) or not isinstance(condition, Boolean):
        hint = "write Eq(a, b) for a == b" if isinstance(condition, bool) else "write a relation such as m >= k"
        raise LanguageError(f"{what} is {condition!r}, which is not a condition: {hint}")
    return condition


class Iverson(Function):
    """[P], which is 1 where the condition P holds and 0 where it does not (Iverson's bracket).

    Raises `LanguageError` for a plain Python truth value: `i == j` compares symbols, `Eq(i, j)` is a condition.
    """

    nargs = 1

    def __new__(cls, condition: Any) -> Any:
        return super().__new__(cls, as_condition(condition, "the condition of a bracket"))

    @classmethod
    def eval(cls, condition: Boolean) -> Expr | None:
        if isinstance(condition, (BooleanTrue, BooleanFalse)):
            return sympify(int(bool(condition)))
        return None

    def _eval_is_integer(self) -> bool:
        return True

    def _latex(self, printer: Any, exp: Any = None) -> str:
        text = f"\\left[{printer._print(self.args[0])}\\right]"
        return text if exp is None else f"{text}^{{{exp}}}"


class Divides(Boolean):
    """k | m: the integer m is a multiple of k (k at least 1)."""

    def __new__(cls, divisor: Any, number: Any) -> Any:
        return super().__new__(cls, as_scalar(divisor, "a divisor"), as_scalar(number, "what it divides"))

    def _latex(self, printer: Any) -> str:
        return " \\mid ".join(map(printer._print, self.args))

    def _sympystr(self, printer: Any) -> str:
        return " divides ".join(map(printer._print, self.args))


def divides(divisor: Any, number: Any) -> Divides:
    """The hypothesis that `number` is a multiple of `divisor`."""
    return Divides(divisor, number)


class ForAll(Boolean):
    """The hypothesis that an identity holds for all values of some leaves: `ForAll(X, Identity(...))`."""

    def __new__(cls, leaves: Any, identity: Any) -> Any:
        made = super().__new__(cls)
        made.leaves = leaves if isinstance(leaves, tuple) else (leaves,)
        made.identity = identity
        if not all(getattr(each, "formula", each) is None for each in made.leaves):
            raise LanguageError("ForAll speaks of tensors that are leaves, such as Tensor('X', (m, n))")
        if getattr(identity, "given", None) != ():
            raise LanguageError(f"ForAll takes an Identity without hypotheses of its own, not {identity!r}")
        return made

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*(leaf.symbol for leaf in self.leaves), id(self.identity))

    def _sympystr(self, printer: Any) -> str:
        return f"for all {', '.join(map(str, self.leaves))}: {self.identity}"


class Nonzero(Boolean):
    """x != 0, for a real expression x."""

    def __new__(cls, expression: Any) -> Any:
        return super().__new__(cls, as_scalar(expression, "what is not 0"))

    def _latex(self, printer: Any) -> str:
        return f"{printer._print(self.args[0])} \\neq 0"

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.args[0])} != 0"
