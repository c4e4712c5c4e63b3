"""Arithmetic in a formula: read by latex2sympy2, and taken only where that is what we read ourselves.

`exact` is our reading of a leaf (`arithmetic_leaves`); `read` has latex2sympy2, which misreads without a word, read
it too, and raises if the two differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from sympy import Add, Basic, Expr, Float, Integer, Mul, Pow, Rational, Symbol

from ..errors import LanguageError, SymcnnError
from ..language.vocabulary import check_decimal
from . import latex2sympy
from .arithmetic_leaves import (
    MOST_NODES,
    ArithmeticLimit,
    Divide,
    Leaf,
    Negative,
    Number,
    Place,
    Plus,
    Power,
    Reading,
    Times,
    check,
    fold,
    nodes,
    renumbered,
)

__all__ = [
    "ArithmeticLimit",
    "ArithmeticMismatch",
    "Divide",
    "Leaf",
    "Negative",
    "Number",
    "Place",
    "Plus",
    "Power",
    "Times",
    "exact",
    "read",
]


class ArithmeticMismatch(SymcnnError):
    """latex2sympy2 reads arithmetic differently from us; the message shows both readings."""


def exact(leaf: Leaf, values: Sequence[Expr]) -> Expr:
    """Our own reading: the expression that Python's operators make of the values, with exact numbers.

    Decimals stay as they are written where they are not combined with other numbers, and are rationals elsewhere.
    Where SymPy would cancel a divisor, as in x/x, nothing is evaluated: that x is not 0 must not be forgotten.
    Raises `LanguageError` for a malformed leaf, a division by 0 or an inexact float, `ArithmeticLimit` if too large.
    """
    check(leaf, values)
    return _exact(leaf, values)


def read(leaf: Leaf, values: Sequence[Expr]) -> Expr:
    """`exact`, if latex2sympy2 reads the same in the leaf; raises `ArithmeticMismatch` if not, and what `exact` does.

    A number or a placeholder alone is not sent.
    """
    check(leaf, values)
    if not isinstance(leaf, (Number, Place)):
        _compare(renumbered(leaf))
    return _exact(leaf, values)


# --- our own reading


def _expression(values: Sequence[Expr], number: Callable[[str], Expr], evaluate: bool = True) -> Reading[Expr]:
    """The expression itself; raises `LanguageError` for a division by 0 if it is evaluated."""

    def power(base: Expr, exponent: int) -> Expr:
        if evaluate and exponent < 0 and base.is_zero:
            raise LanguageError("a division by 0")
        return Pow(base, Integer(exponent), evaluate=evaluate)

    return Reading(
        number=number,
        place=values.__getitem__,
        plus=lambda terms: Add(*terms, evaluate=evaluate),
        times=lambda factors: Mul(*factors, evaluate=evaluate),
        power=power,
    )


def _exact(leaf: Leaf, values: Sequence[Expr]) -> Expr:
    written = _decimals(leaf, values)
    rational = [_without_decimals(value) for value in values]
    made = fold(leaf, _expression(rational, Rational))
    if written:
        shown = fold(leaf, _expression(values, _decimal))
        if shown.atoms(Float) <= written and _without_decimals(shown) == made:
            return _with_divisors(shown, leaf, values, _decimal)
    return _with_divisors(made, leaf, rational, Rational)


def _decimal(digits: str) -> Expr:
    """The float that is shown as the decimal; an integer without a point."""
    if "." not in digits:
        return Integer(digits)
    number = Float(digits, max(15, len(digits)))
    check_decimal(number)
    return number


def _decimals(leaf: Leaf, values: Sequence[Expr]) -> set[Float]:
    """The decimals in a leaf and its values, with both signs: what may stand in the result.

    Raises `LanguageError` for a float among the values that is not the decimal that it shows.
    """
    used = {node for node, _ in nodes(leaf)}
    numbers = {_decimal(node.digits) for node in used if isinstance(node, Number) and "." in node.digits}
    numbers.update(*(values[node.number].atoms(Float) for node in used if isinstance(node, Place)))
    for number in numbers:
        check_decimal(number)
    return numbers | {-number for number in numbers}


def _without_decimals(expression: Expr) -> Expr:
    return expression.xreplace({number: Rational(str(number)) for number in expression.atoms(Float)})


def _with_divisors(made: Expr, leaf: Leaf, values: Sequence[Expr], number: Callable[[str], Expr]) -> Expr:
    """The expression if it still has every divisor; otherwise the leaf as it is written, not evaluated."""
    if _written_divisors(leaf, values, number) <= _divisors(made):
        return made
    return fold(leaf, _expression(values, number, evaluate=False))


def _written_divisors(leaf: Leaf, values: Sequence[Expr], number: Callable[[str], Expr]) -> set[Expr]:
    found: set[Expr] = set()
    for node, _ in nodes(leaf):
        match node:
            case Place(place):
                found |= _divisors(values[place])
            case Divide(_, below):
                found |= _divisors(fold(Power(below, -1), _expression(values, number)))
            case Power(_, exponent) if exponent < 0:
                found |= _divisors(fold(node, _expression(values, number)))
    return found


def _divisors(expression: Expr) -> set[Expr]:
    powers = expression.atoms(Pow)
    return {power.base for power in powers if power.exp.is_negative and not power.base.is_number}


# --- what latex2sympy2 reads, and the comparison


@lru_cache(maxsize=4096)
def _compare(leaf: Leaf) -> None:
    """Return if latex2sympy2 reads the leaf as we do; raise `ArithmeticMismatch` if not.

    The two are compared in normal form, which is equal up to the order and grouping of sums and products and to
    signs; nothing is multiplied out or cancelled, so this takes no longer than writing them down.
    """
    latex = _latex(leaf)
    answer = latex2sympy.parse(latex)
    if _normal_form_of(answer) != fold(leaf, _NORMAL_FORM):
        symbols = [Symbol(latex2sympy.placeholder(number)) for number in range(MOST_NODES)]
        ours = fold(leaf, _expression(symbols, Rational, evaluate=False))
        raise ArithmeticMismatch(f"latex2sympy2 reads {latex} as {answer}, we read it as {ours}")


def _latex(leaf: Leaf) -> str:
    match leaf:
        case Number(digits):
            return digits
        case Place(number):
            return latex2sympy.placeholder(number)
        case Plus(terms):
            return _bracketed(terms[0], Plus) + "".join(map(_further_term, terms[1:]))
        case Negative(term):
            return f"-{_bracketed(term, Plus, Negative)}"
        case Times(factors):
            return r" \cdot ".join(_bracketed(factor, Plus, Negative, Times) for factor in factors)
        case Divide(above, below):
            return rf"\frac{{{_latex(above)}}}{{{_latex(below)}}}"
        case Power(base, exponent):
            return f"{_bracketed(base, Plus, Negative, Times, Divide, Power)}^{{{exponent}}}"


def _further_term(term: Leaf) -> str:
    if isinstance(term, Negative):
        return f" - {_bracketed(term.term, Plus, Negative)}"
    return f" + {_bracketed(term, Plus)}"


def _bracketed(leaf: Leaf, *kinds: type[Leaf]) -> str:
    return f"({_latex(leaf)})" if isinstance(leaf, kinds) else _latex(leaf)


# --- normal form


@dataclass(frozen=True)
class _Product:
    """A number times factors, each with how often it is there."""

    coefficient: Fraction
    factors: frozenset[tuple[_Factor, int]] = frozenset()


@dataclass(frozen=True)
class _Sum:
    """A sum of terms, each with how often it is there."""

    terms: frozenset[tuple[_Product, int]]


@dataclass(frozen=True)
class _Raised:
    """A power of a product."""

    base: _Product
    exponent: int


_Factor: TypeAlias = (
    "str | _Sum | _Raised | Basic"  # a str is a placeholder; what SymPy has beside arithmetic stays as it is
)


def _single(factor: _Factor) -> _Product:
    return _Product(Fraction(1), frozenset({(factor, 1)}))


def _product(parts: Iterable[_Product]) -> _Product:
    coefficient, factors = Fraction(1), Counter[_Factor]()
    for part in parts:
        coefficient *= part.coefficient
        factors.update(dict(part.factors))
    return _Product(coefficient, frozenset(factors.items()))


def _sum(parts: Iterable[_Product]) -> _Product:
    """The sum; of a single term, the term."""
    terms = Counter[_Product]()
    for part in parts:
        terms.update(_terms(part))
    return next(iter(terms)) if terms.total() == 1 else _single(_Sum(frozenset(terms.items())))


def _terms(term: _Product) -> dict[_Product, int]:
    """The terms of a sum in a sum, which are terms of the outer one; any other term itself."""
    match list(term.factors):
        case [(_Sum(terms), 1)] if term.coefficient == 1:
            return dict(terms)
        case _:
            return {term: 1}


_NORMAL_FORM = Reading(
    number=lambda digits: _Product(Fraction(digits)),
    place=lambda number: _single(latex2sympy.placeholder(number)),
    plus=_sum,
    times=_product,
    power=lambda base, exponent: _single(_Raised(base, exponent)),
)


def _normal_form_of(expression: Expr) -> _Product:
    match expression:
        case Rational():
            return _Product(Fraction(expression.p, expression.q))
        case Symbol() if expression == Symbol(expression.name):
            return _single(expression.name)
        case Add():
            return _sum(map(_normal_form_of, expression.args))
        case Mul():
            return _product(map(_normal_form_of, expression.args))
        case Pow() if expression.exp.is_Integer:
            return _single(_Raised(_normal_form_of(expression.base), int(expression.exp)))
        case _:
            return _single(expression)
