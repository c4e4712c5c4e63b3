"""exp, sigmoid, tanh, softplus and their kin: values and derivatives within certain bounds, and their facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from ..kernel import Rejected
from ..kernel.functions import implied
from ..notation import LATEX
from . import exponentials
from .curves import RATIONAL, RealFunction
from .formulas import latex_call, latex_sum
from .intervals import Value
from .polynomials import Polynomial, at, combined, slope, times


@dataclass(frozen=True)
class Base:
    """A function f with `f' = first(y)`, where y is a function with the differential equation `y' = equation(y)`.

    Its values lie between `low` and `high`, and come as near to these as one likes; None is infinity. It increases,
    unless it is even. f(-x) = 2 center - f(x), where there is a center.
    """

    text: str
    value: Callable[[Value], Value]
    y: Callable[[Value], Value]
    first: tuple[int, ...]
    equation: tuple[int, ...]
    low: int | None = None
    high: int | None = None
    center: Fraction | None = None
    is_even: bool = False
    reaches_low: bool = False

    def derivative(self, order: int, x: Value) -> Value:
        """The derivative of some order, the function itself for 0. Raises `Unclear` where it is too large."""
        if order == 0:
            return self.value(x)
        return at(_derivative(_rational(self.first), _rational(self.equation), order), self.y(x))

    def latex(self, inside: str) -> str:
        """The function of what is inside, in LaTeX; a power stands behind the name."""
        word, _, power = self.text.partition("({})")
        name = LATEX.function(word)
        return LATEX.call(LATEX.power(name, int(power.removeprefix("^"))) if power else name, inside)


def _rational(coefficients: tuple[int, ...]) -> Polynomial:
    return tuple(map(Fraction, coefficients))


@cache
def _derivative(first: Polynomial, equation: Polynomial, order: int) -> Polynomial:
    """The derivative as a polynomial in y, by the chain rule"""
    return first if order == 1 else times(slope(_derivative(first, equation, order - 1)), equation)


EXP = Base("exp({})", exponentials.exp, exponentials.exp, (0, 1), (0, 1), low=0)
SIGMOID = Base(
    *("sigmoid({})", exponentials.sigmoid, exponentials.sigmoid, (0, 1, -1), (0, 1, -1)),
    low=0,
    high=1,
    center=Fraction(1, 2),
)
TANH = Base(
    *("tanh({})", exponentials.tanh, exponentials.tanh, (1, 0, -1), (1, 0, -1)),
    low=-1,
    high=1,
    center=Fraction(0),
)
SOFTPLUS = Base("softplus({})", exponentials.softplus, exponentials.sigmoid, (0, 1), (0, 1, -1), low=0)
TANH_SQUARED = Base(
    *("tanh({})^2", lambda x: exponentials.tanh(x) ** 2, exponentials.tanh, (0, 2, 0, -2), (1, 0, -1)),
    low=0,
    high=1,
    is_even=True,
    reaches_low=True,
)
BASES = (EXP, SIGMOID, TANH, SOFTPLUS, TANH_SQUARED)


@dataclass(frozen=True)
class Smooth:
    """The function constant + factor f(stretch x). Raises `Rejected` if factor or stretch is 0, or no integer."""

    base: Base
    factor: int = 1
    stretch: int = 1
    constant: int = 0

    def __post_init__(self) -> None:
        whole = all(type(each) is int for each in (self.factor, self.stretch, self.constant))
        if not (whole and self.factor and self.stretch and any(self.base is each for each in BASES)):
            raise Rejected(f"{self.constant} + {self.factor} f({self.stretch} x) is no function of a known kind")

    def derivative(self, order: int, x: Value) -> Value:
        """The derivative of some order, the function itself for 0. Raises `Unclear` where it is too large."""
        found = self.factor * self.stretch**order * self.base.derivative(order, self.stretch * x)
        return found if order else found + self.constant

    def has(self, facts: tuple[str, ...]) -> bool:
        """Whether it is certain that the function has all these facts, and what follows from them."""
        return all(_CHECKS[fact](self) for fact in implied(facts))

    def scaled(self, factor: int, constant: int) -> Smooth:
        """The function constant + factor f(x)."""
        return Smooth(self.base, factor * self.factor, self.stretch, factor * self.constant + constant)

    def written(self, name: str) -> str:
        """The function as a formula, on one line."""
        inside = combined([(Fraction(self.stretch), "x")])
        parts = [(Fraction(self.factor), self.base.text.format(inside)), (Fraction(self.constant), "")]
        return f"{name}(x) = {combined(parts)}"

    def latex(self, name: str) -> str:
        """The function as a formula in LaTeX."""
        inside = latex_sum([(Fraction(self.stretch), "x")])
        parts = [(Fraction(self.factor), self.base.latex(inside)), (Fraction(self.constant), "")]
        return f"{latex_call(name, 'x')} = {latex_sum(parts)}"


def _rises(function: Smooth) -> bool:
    return not function.base.is_even and function.factor * function.stretch > 0


def _falls(function: Smooth) -> bool:
    return not function.base.is_even and function.factor * function.stretch < 0


def _is_odd(function: Smooth) -> bool:
    center = function.base.center
    return center is not None and function.constant + function.factor * center == 0


def _is_above(function: Smooth, strictly: bool) -> bool:
    """Whether no value is negative, or all are positive"""
    up, base = function.factor > 0, function.base
    end = base.low if up else base.high
    if end is None:
        return False
    least = function.constant + function.factor * end
    return least > 0 or (least == 0 and not (strictly and up and base.reaches_low))


#: fact -> whether it certainly holds
_CHECKS: Mapping[str, Callable[[Smooth], bool]] = {
    **{"nondecreasing": _rises, "increasing": _rises, "nonincreasing": _falls, "decreasing": _falls},
    "differentiable": lambda function: True,
    "differentiable_off_zero": lambda function: True,
    "odd": _is_odd,
    "even": lambda function: function.base.is_even,
    "fixes_zero": lambda function: function.derivative(0, Fraction(0)) == 0,
    "bounded": lambda function: function.base.low is not None and function.base.high is not None,
    "nonnegative": lambda function: _is_above(function, strictly=False),
    "positive": lambda function: _is_above(function, strictly=True),
    "positively_homogeneous": lambda function: False,
}

#: the known functions
KNOWN_FUNCTIONS: Mapping[str, RealFunction] = {
    **RATIONAL,
    **{"exp": Smooth(EXP), "sigmoid": Smooth(SIGMOID), "tanh": Smooth(TANH), "softplus": Smooth(SOFTPLUS)},
}
#: simple functions, the simplest first
SMOOTH: tuple[Smooth, ...] = (
    Smooth(TANH),
    Smooth(TANH, -1),
    Smooth(SIGMOID),
    Smooth(SIGMOID, 1, -1),
    Smooth(EXP),
    Smooth(EXP, 1, -1),
    Smooth(SOFTPLUS),
    Smooth(SOFTPLUS, 1, -1),
    Smooth(TANH_SQUARED),
    Smooth(TANH_SQUARED, -1, 1, 1),
    Smooth(TANH, 1, 2),
    Smooth(TANH, 1, -2),
    Smooth(TANH, 1, 1, 2),
    Smooth(TANH, -1, 1, 2),
    Smooth(SIGMOID, 1, 2, 1),
    Smooth(SIGMOID, 1, -2, 1),
    Smooth(EXP, 1, 1, 1),
    Smooth(EXP, 1, -1, 1),
)
