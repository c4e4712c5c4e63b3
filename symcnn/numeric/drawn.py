"""Random functions: activations that have declared facts, and functions of whole arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy
from sympy import Abs, Expr, Heaviside, Rational, Symbol, cos, floor, sin, sqrt, tanh

from ..kernel.functions import EXAMPLES, implied
from .arrays import Array
from .differences import slope_of

t = Symbol("t")
Maker = Callable[[Rational, Rational, Rational, Rational], Expr]


def _facts(*names: str) -> frozenset[str]:
    return implied(names)


_RISING, _SMOOTH = ("nondecreasing",), ("differentiable",)
_ON, _OFF = Heaviside(t), Heaviside(-t)

#: Formulas in positive a, b and in c, d of either sign, and their facts. None grows faster than t, so that networks of
#: several layers stay within floats; jumps are not at 0, where rounding would decide on which side of one a sum lies.
FAMILIES: tuple[tuple[Maker, frozenset[str]], ...] = (
    (lambda a, b, c, d: c + 0 * t, _facts(*_RISING, "nonincreasing", *_SMOOTH, "even", "bounded")),
    (lambda a, b, c, d: a + 0 * t, EXAMPLES["one"]),
    (lambda a, b, c, d: 0 * t, EXAMPLES["zero"]),
    (lambda a, b, c, d: a * t, EXAMPLES["identity"]),
    (lambda a, b, c, d: a * t + c, _facts("increasing", *_SMOOTH)),
    (lambda a, b, c, d: a * tanh(b * t), _facts("increasing", *_SMOOTH, "odd", "bounded")),
    (lambda a, b, c, d: a * tanh(b * t + c) + d, _facts("increasing", *_SMOOTH, "bounded")),
    (lambda a, b, c, d: a * (tanh(b * t + c) + Rational(5, 4)), EXAMPLES["sigmoid"]),
    (lambda a, b, c, d: a * (t + sqrt(1 + t**2)), EXAMPLES["softplus"]),
    (lambda a, b, c, d: a * t * _ON, EXAMPLES["relu"]),
    (lambda a, b, c, d: a * t * _ON + b * t * _OFF, EXAMPLES["leaky_relu"]),
    (lambda a, b, c, d: a * t * _ON - b * t * _OFF, _facts("nonnegative", "positively_homogeneous")),
    (lambda a, b, c, d: a * Abs(t), _facts("nonnegative", "positively_homogeneous", "even")),
    (lambda a, b, c, d: c * t * _ON + d * t * _OFF, _facts("positively_homogeneous")),
    (lambda a, b, c, d: a * Heaviside(t - b), _facts(*_RISING, "bounded", "nonnegative", "fixes_zero")),
    (lambda a, b, c, d: a * Heaviside(t - c) + b, _facts(*_RISING, "bounded", "positive")),
    (lambda a, b, c, d: a * floor(b * t + Rational(3, 8)), _facts(*_RISING, "fixes_zero")),
    (lambda a, b, c, d: a * (Heaviside(t - b) - Heaviside(-t - b)), _facts(*_RISING, "odd", "bounded")),
    (lambda a, b, c, d: a * (Abs(t + b) - Abs(t - b)), _facts(*_RISING, "odd", "bounded")),
    (lambda a, b, c, d: a * t + Heaviside(t - b), _facts("increasing", "fixes_zero")),
    (lambda a, b, c, d: a * sin(b * t), _facts(*_SMOOTH, "odd", "bounded")),
    (lambda a, b, c, d: c * t + a * sin(b * t), _facts(*_SMOOTH, "odd")),
    (lambda a, b, c, d: c * cos(b * t), _facts(*_SMOOTH, "even", "bounded")),
    (lambda a, b, c, d: a * (cos(b * t) + Rational(5, 4)), _facts(*_SMOOTH, "even", "bounded", "positive")),
    (lambda a, b, c, d: a * (1 - cos(b * t)), _facts(*_SMOOTH, "even", "bounded", "nonnegative", "fixes_zero")),
    (lambda a, b, c, d: a * t * tanh(b * t), EXAMPLES["square"]),
    (lambda a, b, c, d: a * sqrt(1 + t**2), _facts(*_SMOOTH, "even", "positive")),
    (lambda a, b, c, d: a * sin(b * t + c) + d * t, _facts(*_SMOOTH)),
    (lambda a, b, c, d: a * Abs(t - b), _facts("nonnegative")),
    (lambda a, b, c, d: c * t * Heaviside(t - b) + d * t, _facts("fixes_zero")),
)
_REFLECTED: Mapping[str, str] = {
    **{"increasing": "decreasing", "decreasing": "increasing"},
    **{"nondecreasing": "nonincreasing", "nonincreasing": "nondecreasing"},
}


@dataclass(frozen=True)
class DrawnFunction:
    """A function of real numbers, applied to arrays entry by entry: a formula in t."""

    name: str
    formula: Expr
    smooth: bool

    @cached_property
    def _numpy(self) -> Callable[[Any], Any]:
        found: Callable[[Any], Any] = sympy.lambdify(t, self.formula, "numpy")
        return found

    def __call__(self, argument: Any) -> Array:
        at = np.asarray(argument, np.float64)
        return np.broadcast_to(np.asarray(self._numpy(at), np.float64), at.shape)

    def derivative(self) -> Callable[[Any], Array]:
        """The derivative; by differences if the formula has corners."""
        if self.smooth:
            return DrawnFunction(self.name + "'", sympy.diff(self.formula, t), True)
        return slope_of(self)

    def __str__(self) -> str:
        return f"{self.name}(t) = {self.formula}"


def random_function(name: str, facts: tuple[str, ...], generator: np.random.Generator) -> DrawnFunction:
    """A function that has the facts, and seldom others. Raises `ValueError` if none is known that has them all."""
    wanted = implied(facts)
    falls = "nonincreasing" in wanted and "nondecreasing" not in wanted
    if falls:
        wanted = frozenset(_REFLECTED.get(fact, fact) for fact in wanted)
    found = [(make, has) for make, has in FAMILIES if wanted <= has]
    if not found:
        raise ValueError(f"no function is known that is {', '.join(facts)}")
    make, has = found[generator.integers(len(found))]
    a, b, c, d = (Rational(int(number), 8) for number in generator.integers(1, 14, 4))
    signs = generator.integers(0, 2, 2) * 2 - 1
    formula = make(a, b, int(signs[0]) * c, int(signs[1]) * d)
    formula = formula.subs(t, -t) if falls else formula
    return DrawnFunction(name, sympy.sympify(formula), "differentiable" in has)


@dataclass(frozen=True)
class DrawnField:
    """A smooth function of a whole array: y_k are its entries in order, from k = 0."""

    name: str
    a: float
    b: float
    c: float

    def __call__(self, array: Array) -> Any:
        entries = np.asarray(array, np.float64).ravel()
        weights = np.cos(self.a * np.arange(entries.size) + self.b)
        linear = np.sum(weights * entries)
        return np.sin(linear) + self.c * np.sum(weights * np.sin(entries)) + np.sum(entries[1:] * entries[:-1]) / 4

    def __str__(self) -> str:
        weight = f"cos({self.a:g} k + {self.b:g})"
        return (
            f"{self.name}(y) = sin(sum_k {weight} y_k) + {self.c:g} sum_k {weight} sin(y_k)"
            " + 1/4 sum_k y_(k+1) y_k (k from 0)"
        )


def random_field(name: str, generator: np.random.Generator) -> DrawnField:
    """A smooth function of arrays of any shape."""
    a, b, c = (int(number) / 8 for number in generator.integers(1, 14, 3))
    return DrawnField(name, a, b, c)
