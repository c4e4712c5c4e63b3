"""Functions with exact values for every combination of facts that can be declared, with as few others as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symcnn.kernel import Function
from symcnn.kernel.functions import EXAMPLES, exact, implied

Number = Any  # an integer, a fraction, a germ; for a polynomial curve any number
Real = Callable[[Number], Number]
MIRRORED = {
    "nondecreasing": "nonincreasing",
    "nonincreasing": "nondecreasing",
    "increasing": "decreasing",
    "decreasing": "increasing",
}
SIGNED = frozenset(("nonnegative", "positive"))
_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Curve:
    """A function with all its facts, and its derivative where that is written down."""

    name: str
    facts: frozenset[str]
    value: Real
    slope: Real | None = None

    def mirrored(self) -> Curve:
        """f(-x)"""
        slope = self.slope
        turned = None if slope is None else lambda x: -slope(-x)
        return Curve(f"mirrored {self.name}", _turned(self.facts), lambda x: self.value(-x), turned)

    def negated(self) -> Curve:
        """-f(x)"""
        slope = self.slope
        turned = None if slope is None else lambda x: -slope(x)
        return Curve(f"negated {self.name}", _turned(self.facts) - SIGNED, lambda x: -self.value(x), turned)


def _turned(facts: frozenset[str]) -> frozenset[str]:
    return frozenset(MIRRORED.get(fact, fact) for fact in facts)


def _curve(name: str, facts: str, value: Real, slope: Real | None = None) -> Curve:
    return Curve(name, implied(tuple(facts.split())), value, slope)


def polynomial(name: str, facts: str, *coefficients: int) -> Curve:
    """c0 + c1 x + c2 x^2 + ..., with its derivative."""
    slopes = tuple(power * c for power, c in enumerate(coefficients))[1:]
    return _curve(f"{name} {coefficients}", facts, _horner(coefficients), _horner(slopes))


def _horner(coefficients: tuple[int, ...]) -> Real:
    def value(x: Number) -> Number:
        total: Number = 0
        for c in reversed(coefficients):
            total = total * x + c
        return total

    return value


def jump(x: Number) -> Number:
    """0 below 0, 1 from 0 on"""
    return 0 if x < 0 else 1


def magnitude(x: Number) -> Number:
    """|x|"""
    return -x if x < 0 else x


def squashed(x: Number) -> Number:
    """x/(1 + |x|): strictly between -1 and 1, increasing, odd, with a derivative everywhere"""
    return x * (Fraction(1) / (1 + magnitude(x)))


def _rising(x: Number) -> Number:
    """Positive and increasing, with a derivative everywhere: 1/(1 - x) below 0, 1 + x from 0 on"""
    return Fraction(1) / (1 - x) if x < 0 else 1 + x


def _bump(x: Number) -> Number:
    """1/(1 + x^2)"""
    return Fraction(1) / (1 + x * x)


def _slopes(left: int | Fraction, right: int | Fraction) -> Real:
    return lambda x: left * x if x < 0 else right * x


_BASES = (
    _curve("wild", "", lambda x: 1 - jump(x - 1) * x * x + jump(x)),
    _curve("broken parabola", "nonnegative", lambda x: x * x + jump(x)),
    _curve("broken parabola above 0", "positive", lambda x: x * x + jump(x) + 1),
    _curve("broken through 0", "fixes_zero", lambda x: x * x * jump(x - 1) - 2 * jump(x + 1) + 2),
    _curve("nonnegative through 0", "fixes_zero nonnegative", lambda x: magnitude(x) * (1 + jump(x - 1))),
    _curve("three levels", "bounded", lambda x: jump(x) - 2 * jump(x - 1)),
    _curve("levels above 0", "bounded positive", lambda x: 3 + jump(x) - 2 * jump(x - 1)),
    _curve("levels from 0", "bounded nonnegative", lambda x: jump(x) - jump(x - 1)),
    _curve("levels through 0", "bounded fixes_zero", lambda x: jump(x - 1) - 2 * jump(x - 2)),
    _curve("levels up from 0", "bounded fixes_zero nonnegative", lambda x: jump(x - 1) + 2 * jump(-x - 1)),
    _curve("step", "nondecreasing bounded", lambda x: 2 * jump(x) - 1),
    _curve("step from 0", "nondecreasing bounded nonnegative", jump),
    _curve("step above 0", "nondecreasing bounded positive", lambda x: 1 + jump(x)),
    _curve("step through 0", "nondecreasing bounded fixes_zero", lambda x: jump(x - 1) - 2 * jump(-x) * (1 - jump(x))),
    _curve("step up from 0", "nondecreasing bounded fixes_zero nonnegative", lambda x: jump(x - 1)),
    _curve("stairs", "nondecreasing", lambda x: jump(x) * (x + 1) - 1 + jump(x - 2)),
    _curve("stairs through 0", "nondecreasing fixes_zero", lambda x: jump(x - 1) * (x + 1) - 2 * (1 - jump(x + 1))),
    _curve("stairs up from 0", "nondecreasing fixes_zero nonnegative", lambda x: jump(x - 1) * (x + 1)),
    _curve("stairs from 0", "nondecreasing nonnegative", lambda x: jump(x) * (x + 1)),
    _curve("stairs above 0", "nondecreasing positive", lambda x: jump(x) * (x + 1) + 1),
    _curve("odd stairs", "nondecreasing odd", lambda x: jump(x - 1) * x - jump(-x - 1) * -x),
    _curve("odd steps", "nondecreasing odd bounded", lambda x: jump(x - 1) - jump(-x - 1)),
    _curve("odd levels", "odd bounded", lambda x: jump(x - 1) - 2 * jump(x - 2) - jump(-x - 1) + 2 * jump(-x - 2)),
    _curve("odd and broken", "odd", lambda x: -x + 3 * (jump(x - 1) - jump(-x - 1)) * x * x),
    _curve("even and broken", "even", lambda x: magnitude(x) - 3 * jump(magnitude(x) - 2) - 1),
    _curve("even through 0", "even fixes_zero", lambda x: magnitude(x) - 3 * jump(magnitude(x) - 2)),
    _curve("even from 0", "even fixes_zero nonnegative", lambda x: magnitude(x) + 3 * jump(magnitude(x) - 2)),
    _curve("even above 0", "even positive", lambda x: magnitude(x) + 3 * jump(magnitude(x) - 2) + 1),
    _curve("even nonnegative", "even nonnegative", lambda x: magnitude(magnitude(x) - 2)),
    _curve("even levels", "even bounded", lambda x: 1 - 2 * jump(magnitude(x) - 2)),
    _curve("even levels above 0", "even bounded positive", lambda x: 1 + 2 * jump(magnitude(x) - 2)),
    _curve("even levels from 0", "even bounded fixes_zero nonnegative", lambda x: jump(magnitude(x) - 2)),
    _curve(
        "even levels through 0",
        "even bounded fixes_zero",
        lambda x: jump(magnitude(x) - 1) - 2 * jump(magnitude(x) - 3),
    ),
    _curve("up with a jump", "increasing", lambda x: x + jump(x)),
    _curve("up through 0", "increasing fixes_zero", lambda x: x + x * jump(x - 1)),
    _curve("up and odd", "increasing odd", lambda x: x + x * (jump(x - 1) + jump(-x - 1))),
    _curve("up, odd and bounded", "increasing odd bounded", lambda x: squashed(x) + jump(x - 1) - jump(-x - 1)),
    _curve("up above 0", "increasing positive", lambda x: _rising(x) + jump(x)),
    _curve("up and bounded", "increasing bounded", lambda x: squashed(x) + jump(x)),
    _curve("up above 0, bounded", "increasing bounded positive", lambda x: 1 + squashed(x) + jump(x)),
    _curve("up through 0, bounded", "increasing bounded fixes_zero", lambda x: squashed(x) + jump(x - 1)),
    _curve("torn at 0", "differentiable_off_zero", lambda x: x * x * x + 2 if x > 0 else x * x - 1),
    _curve("bent at 0", "differentiable_off_zero fixes_zero", lambda x: x * x * x + 2 * x if x > 0 else x * x),
    _curve("bent, nonnegative", "differentiable_off_zero nonnegative", lambda x: x * x + 2 * x + 1 if x > 0 else x * x),
    _curve("bent above 0", "differentiable_off_zero positive", lambda x: x * x + 2 if x > 0 else x * x + 1),
    _curve("bent even", "differentiable_off_zero even", lambda x: magnitude(x) - x * x + 1),
    _curve("torn odd", "differentiable_off_zero odd", lambda x: x - 2 * (jump(x) - jump(-x))),
    _curve("bent upwards", "differentiable_off_zero increasing fixes_zero", lambda x: x * x + 2 * x if x > 0 else x),
    _curve("torn upwards", "differentiable_off_zero increasing", lambda x: x * x + 2 * x + 1 if x > 0 else x),
    _curve("torn, nondecreasing", "differentiable_off_zero nondecreasing", lambda x: x * x + 1 if x > 0 else -1),
    polynomial("cubic", "differentiable", 1, -2, 1, 1),
    polynomial("cubic", "differentiable", -1, 1, 2, -1),
    polynomial("cubic through 0", "differentiable fixes_zero", 0, -2, 1, 1),
    polynomial("odd cubic", "differentiable odd", 0, -3, 0, 1),
    polynomial("even parabola", "differentiable even", -2, 0, 1),
    polynomial("quartic", "differentiable even fixes_zero", 0, 0, -2, 0, 1),
    polynomial("quartic", "differentiable even fixes_zero nonnegative", 0, 0, 1, 0, 1),
    polynomial("quartic", "differentiable even positive", 1, 0, 1, 0, 1),
    polynomial("quartic", "differentiable nonnegative fixes_zero", 0, 0, 2, 2, 1),
    polynomial("parabola", "differentiable nonnegative", 1, -2, 1),
    polynomial("parabola", "differentiable positive", 2, -2, 1),
    polynomial("cubic up", "differentiable increasing", 1, 1, 0, 1),
    polynomial("cubic up through 0", "differentiable increasing fixes_zero", 0, 3, 3, 1),
    polynomial("odd cubic up", "differentiable increasing odd", 0, 1, 0, 1),
    _curve(
        "cubic half", "differentiable nondecreasing fixes_zero", lambda x: x * x * x if x > 0 else -x * x * jump(-x)
    ),
    _curve("half", "differentiable nondecreasing fixes_zero nonnegative", lambda x: x * x if x > 0 else 0),
    _curve("half above 0", "differentiable nondecreasing positive", lambda x: x * x + 1 if x > 0 else 1),
    _curve("half below 0", "differentiable nondecreasing", lambda x: x * x - 1 if x > 0 else -1),
    _curve("squashed", "differentiable increasing odd bounded", squashed),
    _curve("squashed up", "differentiable increasing bounded", lambda x: 2 * squashed(x - 1) + _HALF),
    _curve("squashed above 0", "differentiable increasing bounded positive", lambda x: squashed(x) + 1),
    _curve("rising", "differentiable increasing positive", _rising),
    _curve("bump", "differentiable bounded even positive", _bump),
    _curve("dent", "differentiable bounded even fixes_zero nonnegative", lambda x: 1 - _bump(x)),
    _curve("odd wave", "differentiable bounded odd", lambda x: x * _bump(x)),
    _curve("wave", "differentiable bounded", lambda x: (x - _HALF) * _bump(x)),
    _curve("wave above 0", "differentiable bounded positive", lambda x: (x + 2) * _bump(x) + 1),
    _curve("two slopes", "positively_homogeneous", _slopes(2, -1)),
    _curve("two slopes up", "positively_homogeneous increasing", _slopes(_HALF, 2)),
    _curve("one slope up", "positively_homogeneous nondecreasing nonnegative", _slopes(0, 2)),
    _curve("two slopes, nonnegative", "positively_homogeneous nonnegative", _slopes(-1, 2)),
    _curve("even slopes", "positively_homogeneous even nonnegative", _slopes(-2, 2)),
    _curve("even slopes down", "positively_homogeneous even", _slopes(2, -2)),
)


def _curves() -> Iterator[Curve]:
    for base in _BASES:
        yield from (base, base.mirrored(), base.negated(), base.mirrored().negated())
    for name in ("identity", "negation", "zero", "one", "square", "relu", "leaky_relu", "reflected relu"):
        yield Curve(name, EXAMPLES[name], example(name))


def example(name: str) -> Real:
    """A function of the kernel's examples. It raises `Rejected`, when it is called, if it has no rational values."""
    return lambda x: exact(name)((x,))


CURVES = tuple(_curves())
KNOWN: Mapping[str, Real] = {"relu": _slopes(0, 1), "leaky_relu": _slopes(Fraction(1, 100), 1)}


def curves_with(function: Function, most: int = 6) -> tuple[Curve, ...]:
    """Functions that have the declared facts, those with the fewest others first."""
    wanted = implied(function.facts)
    return tuple(sorted((each for each in CURVES if wanted <= each.facts), key=lambda each: len(each.facts))[:most])
