"""An oracle for terms that knows nothing of the kernel's rules: exact values, derivatives among them.

A derivative is what the word says. The body is computed at P + t d for an infinitely small t > 0 and at P - t d, in
an ordered field of fractions of polynomials in t. If both difference quotients have the same limit, that is it;
if not, there is no derivative, and it is 0 by convention. So kinks and jumps are seen, not assumed away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import total_ordering
from itertools import product
from typing import Any

from duals import Dual, Kink

from symcnn.kernel import Term, terms

Number = Any  # a fraction, or a germ
Places = tuple[int, ...]
Tensor = Callable[[Places], Number]
Real = Callable[[Number], Number]
Scalar = Callable[[dict[Places, Number]], Number]
MOST_POWERS = 300


class TooComplex(Exception):
    """A germ has too many terms."""


@total_ordering
@dataclass(frozen=True, eq=False)
class Germ:
    """numerator/denominator, polynomials in an infinitely small positive number, lowest power first; that of a
    higher level is infinitely small against all of lower levels."""

    level: int
    numerator: tuple[Number, ...]
    denominator: tuple[Number, ...] = (Fraction(1),)

    def _lift(self, other: Number) -> tuple[Germ, Germ]:
        levels = self.level, other.level if isinstance(other, Germ) else 0
        return _at_level(self, max(levels)), _at_level(other, max(levels))

    def __add__(self, other: Number) -> Germ:
        one, two = self._lift(other)
        if one.denominator == two.denominator:
            return _reduced(one.level, _plus(one.numerator, two.numerator), one.denominator)
        top = _plus(_times(one.numerator, two.denominator), _times(two.numerator, one.denominator))
        return _reduced(one.level, top, _times(one.denominator, two.denominator))

    def __mul__(self, other: Number) -> Germ:
        one, two = self._lift(other)
        return _reduced(one.level, _times(one.numerator, two.numerator), _times(one.denominator, two.denominator))

    def __neg__(self) -> Germ:
        return Germ(self.level, tuple(-each for each in self.numerator), self.denominator)

    def __sub__(self, other: Number) -> Germ:
        return self + -other

    def __rsub__(self, other: Number) -> Germ:
        return -self + other

    def __rtruediv__(self, other: Number) -> Germ:
        return Germ(self.level, self.denominator, self.numerator) * other

    __radd__, __rmul__ = __add__, __mul__

    def __bool__(self) -> bool:
        return bool(self.numerator)

    def __eq__(self, other: object) -> bool:
        return not (self - other)

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: Number) -> bool:
        difference = self - other
        return bool(difference) and (_lowest(difference.numerator) < 0) != (_lowest(difference.denominator) < 0)


def _at_level(number: Number, level: int) -> Germ:
    if isinstance(number, Germ) and number.level == level:
        return number
    if isinstance(number, Dual):
        raise Kink  # germs must be everywhere, or first orders only
    return Germ(level, (number,) if number else ())


def _plus(one: tuple[Number, ...], two: tuple[Number, ...]) -> tuple[Number, ...]:
    longer, shorter = (one, two) if len(one) >= len(two) else (two, one)
    return tuple(each + shorter[place] if place < len(shorter) else each for place, each in enumerate(longer))


def _times(one: tuple[Number, ...], two: tuple[Number, ...]) -> tuple[Number, ...]:
    if len(one) + len(two) > MOST_POWERS:
        raise TooComplex
    total: list[Number] = [Fraction(0)] * max(0, len(one) + len(two) - 1)
    for first, each in enumerate(one):
        for second, other in enumerate(two):
            total[first + second] = total[first + second] + each * other
    return tuple(total)


def _reduced(level: int, top: tuple[Number, ...], bottom: tuple[Number, ...]) -> Germ:
    while top and not top[-1]:
        top = top[:-1]
    if not top:
        return Germ(level, ())
    while not bottom[-1]:
        bottom = bottom[:-1]
    while not top[0] and not bottom[0]:
        top, bottom = top[1:], bottom[1:]
    return Germ(level, top, bottom)


def _lowest(coefficients: tuple[Number, ...]) -> Number:
    return next(each for each in coefficients if each)


def limit(quotient: Number, level: int) -> Number | None:
    """What a germ tends to; None if it does not."""
    germ = _at_level(quotient, level)
    if not germ:
        return Fraction(0)
    lowest = [next(place for place, each in enumerate(part) if each) for part in (germ.numerator, germ.denominator)]
    if lowest[0] < lowest[1]:
        return None
    if lowest[0] > lowest[1]:
        return Fraction(0)
    return _lowest(germ.numerator) * (Fraction(1) / _lowest(germ.denominator))


def derivative(function: Callable[[Number], Number], level: int) -> Number:
    """Of function(t) at 0, where t is above the level; 0 if there is none."""
    try:
        found = function(Dual(level, 0, 1))
    except Kink:
        return _one_sided(function, level)
    return found.slope if isinstance(found, Dual) and found.level == level else 0


def _one_sided(function: Callable[[Number], Number], level: int) -> Number:
    small = Germ(level, (Fraction(0), Fraction(1)))
    moved = function(small)
    if not isinstance(moved, Germ) or moved.level < level:
        return Fraction(0)  # constant beside 0: the quotient tends to 0 or to nothing
    here = function(Fraction(0))
    right = limit((moved - here) * (1 / small), level)
    left = limit((here - function(-small)) * (1 / small), level)
    return Fraction(0) if right is None or left is None or right != left else right


@dataclass(frozen=True)
class World:
    """Values of the names in a term."""

    integers: Mapping[str, int] = field(default_factory=dict)
    tensors: Mapping[str, Tensor] = field(default_factory=dict)
    functions: Mapping[str, Real] = field(default_factory=dict)
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    sequences: Mapping[str, Callable[[int], int]] = field(default_factory=dict)


def value(term: Term, world: World, bound: tuple[Any, ...] = (), level: int = 1) -> Number:
    """The number that a term denotes; `bound` gives the binders around it, the nearest first."""

    def of(child: Term, *more: Any) -> Number:
        return value(child, world, (*reversed(more), *bound), level)

    match term.head:
        case "integer":
            return term.value
        case "rational":
            return term.value
        case "variable":
            return world.integers[str(term.value)]
        case "bound":
            return bound[int(str(term.value))]
        case "add":
            return sum(map(of, term.args))
        case "multiply":
            return _product(map(of, term.args))
        case "power":
            return _product([of(term.args[0])] * int(str(term.value)))
        case "real":
            return Fraction(of(term.args[0]))
        case "inverse":
            base = of(term.args[0])
            return Fraction(1) / base if base else Fraction(0)
        case "floor":
            numerator, denominator = map(of, term.args)
            return numerator // denominator if denominator else 0
        case "larger":
            return max(map(of, term.args))
        case "bracket":
            return Fraction(holds(term.args[0], world, bound, level))
        case "entry":
            return world.tensors[str(term.value)](tuple(map(of, term.args)))
        case "bound_entry":
            return bound[int(str(term.value))](tuple(map(of, term.args)))
        case "size":
            return world.sequences[str(term.value)](of(term.args[0]))
        case "call":
            return _called(world, str(term.value), of(term.args[0]), level)
        case "sum":
            lower, upper, body = term.args
            return sum((of(body, index) for index in range(of(lower), of(upper) + 1)), Fraction(0))
        case "maximum":
            places = [at for at in _places(term, of) if holds(term.args[-2], world, (*reversed(at), *bound), level)]
            return max((of(term.args[-1], *at) for at in places), default=Fraction(0))
        case "field":
            return world.fields[str(term.value)]({at: of(term.args[-1], *at) for at in _places(term, of)})
        case "partial":
            return _partial(term, world, bound, level)
        case "iterate":
            return _iterated(term, world, bound, level)
    raise ValueError(f"{term!r} is no number")


def _product(numbers: Any) -> Number:
    total: Number = 1
    for each in numbers:
        total = total * each
    return total


def _called(world: World, name: str, at: Number, level: int) -> Number:
    if name.endswith("'"):
        return derivative(lambda t: _called(world, name[:-1], at + t, level + 1), level)
    return world.functions[name](at)


def _places(term: Term, of: Callable[[Term], Number]) -> list[Places]:
    limits = [of(each) for each in term.args[: 2 * terms.rank_of(term)]]
    pairs = zip(limits[::2], limits[1::2], strict=True)
    return list(product(*(range(lower, upper + 1) for lower, upper in pairs)))


def _partial(term: Term, world: World, bound: tuple[Any, ...], level: int) -> Number:
    body, point, *indices = term.args
    there = tuple(value(each, world, bound, level) for each in indices)

    def moved(t: Number) -> Number:
        def tensor(at: Places) -> Number:
            here = value(point, world, (*reversed(at), *bound), level)
            return here + t if at == there else here

        return value(body, world, (tensor, *bound), level + 1)

    return derivative(moved, level)


def _iterated(term: Term, world: World, bound: tuple[Any, ...], level: int) -> Number:
    base, layer, start, step, *indices = term.args
    first, last, *at = (value(each, world, bound, level) for each in (base, layer, *indices))
    reached: Tensor = lambda place: value(start, world, (*reversed(place), *bound), level)  # noqa: E731
    for number in range(first + 1, last + 1):
        reached = _after(step, number, reached, world, bound, level)
    return reached(tuple(at))


def _after(step: Term, number: int, before: Tensor, world: World, bound: tuple[Any, ...], level: int) -> Tensor:
    return lambda place: value(step, world, (*reversed(place), number, before, *bound), level)


def holds(condition: Term, world: World, bound: tuple[Any, ...] = (), level: int = 1) -> bool:
    """Whether a condition holds."""
    match condition.head:
        case "and":
            return all(holds(child, world, bound, level) for child in condition.args)
        case "or":
            return any(holds(child, world, bound, level) for child in condition.args)
        case "not":
            return not holds(condition.args[0], world, bound, level)
        case "exists":
            places = _places(condition, lambda child: value(child, world, bound, level))
            return any(holds(condition.args[-1], world, (*reversed(at), *bound), level) for at in places)
    numbers = [value(child, world, bound, level) for child in condition.args]
    match condition.head:
        case "at_most":
            return bool(numbers[0] <= numbers[1])
        case "less":
            return bool(numbers[0] < numbers[1])
        case "equal":
            return bool(numbers[0] == numbers[1])
        case _:
            return bool(numbers[0] != 0)


# Functions of a real and of tensors that have exact values


def polynomial(*coefficients: int | Fraction) -> Real:
    """c0 + c1 x + c2 x^2 + ..."""
    return lambda x: sum((c * _product([x] * power) for power, c in enumerate(coefficients)), Fraction(0))


def two_slopes(left: int | Fraction, right: int | Fraction) -> Real:
    """left * x below 0, right * x from 0 on"""
    return lambda x: left * x if x < 0 else right * x


def jump(x: Number) -> Number:
    """0 below 0, 1 from 0 on: nondecreasing, without a derivative at 0"""
    return Fraction(0) if x < 0 else Fraction(1)


KNOWN: Mapping[str, Real] = {"relu": two_slopes(0, 1), "leaky_relu": two_slopes(Fraction(1, 100), 1)}


def scalar(seed: int) -> Scalar:
    """A polynomial in the entries: linear, squares, and the product of neighbours in the order of indices."""

    def of(entries: dict[Places, Number]) -> Number:
        total: Number = Fraction(seed)
        before: Number = Fraction(1)
        for at, entry in sorted(entries.items()):
            weight = (seed + sum((3 + place) * index for place, index in enumerate(at))) % 5 - 2
            total = total + weight * entry + (weight + 1) * entry * entry + before * entry
            before = entry
        return total

    return of
