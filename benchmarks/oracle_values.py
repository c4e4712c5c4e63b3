"""Exact values of kernel terms: each term becomes a Python function once, which is then called many times.

Everything has the value that the kernel's `value` module gives it by convention (an empty sum is 0, 1/0 is 0, a
derivative that does not exist is 0), but nothing of that module is used here. Derivatives are what the word says: see
`germs`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from oracle_numbers import Dual, Germ, check_length, derivative
from oracle_polynomials import NotPolynomial, Polynomial
from oracle_worlds import Bound, Evaluate, Number, Places, Real, Remembered, Tensor, World

from symcnn.kernel import Definition, Term, terms


@dataclass(frozen=True)
class Compiled:
    """A defined tensor: its name, and its entries in a world."""

    name: str
    body: Evaluate

    def define(self, world: World) -> None:
        """Give the tensor its entries in this world."""
        world.tensors[self.name] = Remembered(lambda at: self.body(world, at[::-1]))


def compiled_definition(definition: Definition) -> Compiled:
    """The tensor of a definition."""
    return Compiled(definition.name, evaluation(definition.body, *definition.indices))


def evaluation(term: Term, *indices: str) -> Evaluate:
    """The function that computes a closed term, where the bound values are those of these indices, the last first."""
    return _compiled(terms.abstract(term, *indices), 1)


def _compiled(term: Term, level: int) -> Evaluate:
    """`level` is that of the infinitely small numbers that a derivative here works with"""
    return _BUILDERS[term.head](term, level)


def _all(items: tuple[Term, ...], level: int) -> tuple[Evaluate, ...]:
    return tuple(_compiled(each, level) for each in items)


def _constant(term: Term, level: int) -> Evaluate:
    number = term.value
    found = int(number) if isinstance(number, Fraction) and number.denominator == 1 else number
    return lambda world, bound: found


def _variable(term: Term, level: int) -> Evaluate:
    name = str(term.value)
    return lambda world, bound: world.integers[name]


def _bound(term: Term, level: int) -> Evaluate:
    place = int(str(term.value))
    return lambda world, bound: bound[place]


def _add(term: Term, level: int) -> Evaluate:
    parts = _all(term.args, level)
    if len(parts) == 2:
        one, two = parts
        return lambda world, bound: one(world, bound) + two(world, bound)
    return lambda world, bound: sum([part(world, bound) for part in parts])


def _multiply(term: Term, level: int) -> Evaluate:
    """Brackets first: where one is 0, nothing else needs to be computed"""
    parts = _all(tuple(sorted(term.args, key=lambda child: child.head != "bracket")), level)

    def value(world: World, bound: Bound) -> Number:
        total: Number = 1
        for part in parts:
            total = total * part(world, bound)
            if not total:
                return 0
        return total

    return value


def _power(term: Term, level: int) -> Evaluate:
    base, exponent = _compiled(term.args[0], level), int(str(term.value))

    def value(world: World, bound: Bound) -> Number:
        found, total = base(world, bound), 1
        for _ in range(exponent):
            total = total * found
        return total

    return value


def _real(term: Term, level: int) -> Evaluate:
    return _compiled(term.args[0], level)


def _inverse(term: Term, level: int) -> Evaluate:
    base = _compiled(term.args[0], level)
    return lambda world, bound: inverted(base(world, bound))


def inverted(number: Number) -> Number:
    """1/number, and 0 for 0. Raises `NotPolynomial` for a polynomial."""
    if isinstance(number, Polynomial):
        raise NotPolynomial("a quotient")
    return Fraction(1) / number if number else 0


def _floor(term: Term, level: int) -> Evaluate:
    above, below = _all(term.args, level)

    def value(world: World, bound: Bound) -> int:
        divisor = below(world, bound)
        return int(above(world, bound) // divisor) if divisor else 0

    return value


def _larger(term: Term, level: int) -> Evaluate:
    one, two = _all(term.args, level)
    return lambda world, bound: max(one(world, bound), two(world, bound))


def _bracket(term: Term, level: int) -> Evaluate:
    condition = _compiled(term.args[0], level)
    return lambda world, bound: int(condition(world, bound))


def _entry(term: Term, level: int) -> Evaluate:
    name, indices = str(term.value), _all(term.args, level)
    return lambda world, bound: world.tensors[name](tuple([index(world, bound) for index in indices]))


def _bound_entry(term: Term, level: int) -> Evaluate:
    place, indices = int(str(term.value)), _all(term.args, level)
    return lambda world, bound: bound[place](tuple([index(world, bound) for index in indices]))


def _size(term: Term, level: int) -> Evaluate:
    name, layer = str(term.value), _compiled(term.args[0], level)
    return lambda world, bound: world.sequences[name](layer(world, bound))


def _call(term: Term, level: int) -> Evaluate:
    name, argument = str(term.value), _compiled(term.args[0], level)
    return lambda world, bound: called(world.functions, name, argument(world, bound))


def called(functions: Mapping[str, Real], name: str, at: Number) -> Number:
    """The value of a function, or of its derivatives, which are written with primes. Raises `TooComplex`."""
    check_length(at)
    if not name.endswith("'"):
        return functions[name](at)
    if name in functions:
        return functions[name](at)
    above = at.level if isinstance(at, (Dual, Germ)) else 0
    return derivative(lambda t: called(functions, name[:-1], at + t), above + 1)


def _sum(term: Term, level: int) -> Evaluate:
    lower, upper, body = _all(term.args, level)

    def value(world: World, bound: Bound) -> Number:
        world.check_time()
        steps = range(lower(world, bound), upper(world, bound) + 1)
        return sum([body(world, (at, *bound)) for at in steps])

    return value


def _ranges(term: Term, level: int) -> Callable[[World, Bound], list[Places]]:
    limits = _all(term.args[: 2 * terms.rank_of(term)], level)

    def value(world: World, bound: Bound) -> list[Places]:
        world.check_time()
        ends = [limit(world, bound) for limit in limits]
        return list(product(*(range(low, high + 1) for low, high in zip(ends[::2], ends[1::2], strict=True))))

    return value


def _maximum(term: Term, level: int) -> Evaluate:
    ranges, (condition, body) = _ranges(term, level), _all(term.args[-2:], level)

    def value(world: World, bound: Bound) -> Number:
        insides = ((*at[::-1], *bound) for at in ranges(world, bound))
        return max([body(world, inside) for inside in insides if condition(world, inside)], default=0)

    return value


def _exists(term: Term, level: int) -> Evaluate:
    ranges, condition = _ranges(term, level), _compiled(term.args[-1], level)
    return lambda world, bound: any(condition(world, (*at[::-1], *bound)) for at in ranges(world, bound))


def _field(term: Term, level: int) -> Evaluate:
    name, ranges, body = str(term.value), _ranges(term, level), _compiled(term.args[-1], level)
    return lambda world, bound: world.fields[name](
        {at: body(world, (*at[::-1], *bound)) for at in ranges(world, bound)}
    )


def _partial(term: Term, level: int) -> Evaluate:
    body, point = _compiled(term.args[0], level + 1), _compiled(term.args[1], level)
    indices = _all(term.args[2:], level)

    def value(world: World, bound: Bound) -> Number:
        world.check_time()
        there = tuple([index(world, bound) for index in indices])
        here = Remembered(lambda at: point(world, (*at[::-1], *bound)))

        def moved(t: Number) -> Number:
            return body(world, (lambda at: here(at) + t if at == there else here(at), *bound))

        return derivative(moved, level)

    return value


def _iterate(term: Term, level: int) -> Evaluate:
    base, layer = _all(term.args[:2], level)
    start, step = _all(term.args[2:4], level)
    indices, used = _all(term.args[4:], level), tuple(sorted(loose_in(term)))

    def layers(world: World, bound: Bound, first: int) -> list[Tensor]:
        key = (value, first, tuple([bound[place] for place in used]))
        initial = Remembered(lambda at: start(world, (*at[::-1], *bound)))
        found: list[Tensor] = world.memory.setdefault(key, [initial])
        return found

    def after(world: World, bound: Bound, number: int, before: Tensor) -> Tensor:
        return Remembered(lambda at: step(world, (*at[::-1], number, before, *bound)))

    def value(world: World, bound: Bound) -> Number:
        first, last = base(world, bound), layer(world, bound)
        found = layers(world, bound, first)
        while len(found) <= last - first:
            found.append(after(world, bound, first + len(found), found[-1]))
        return found[max(0, last - first)](tuple([index(world, bound) for index in indices]))

    return value


def loose_in(term: Term, depth: int = 0) -> frozenset[int]:
    """The binders outside of a term that its bound variables reach, counted from the nearest."""
    own = frozenset[int]()
    if term.head in ("bound", "bound_entry") and int(str(term.value)) >= depth:
        own = frozenset([int(str(term.value)) - depth])
    return own.union(*(loose_in(child, depth + terms.binds(term, n)) for n, child in enumerate(term.args)))


def _and(term: Term, level: int) -> Evaluate:
    parts = _all(term.args, level)
    return lambda world, bound: all(part(world, bound) for part in parts)


def _or(term: Term, level: int) -> Evaluate:
    parts = _all(term.args, level)
    return lambda world, bound: any(part(world, bound) for part in parts)


def _not(term: Term, level: int) -> Evaluate:
    part = _compiled(term.args[0], level)
    return lambda world, bound: not part(world, bound)


def _comparison(holds: Callable[[Number], Any]) -> Callable[[Term, int], Evaluate]:
    def build(term: Term, level: int) -> Evaluate:
        parts = _all(term.args, level)
        one, two = parts if len(parts) == 2 else (*parts, _ZERO)
        return lambda world, bound: bool(holds(_decided(one(world, bound) - two(world, bound))))

    return build


def _decided(difference: Number) -> Number:
    if isinstance(difference, Polynomial):
        raise NotPolynomial("a comparison")
    return difference


def _nothing(world: World, bound: Bound) -> int:
    return 0


_ZERO: Evaluate = _nothing
_BUILDERS: Mapping[str, Callable[[Term, int], Evaluate]] = {
    "integer": _constant,
    "rational": _constant,
    "variable": _variable,
    "bound": _bound,
    "add": _add,
    "multiply": _multiply,
    "power": _power,
    "real": _real,
    "inverse": _inverse,
    "floor": _floor,
    "larger": _larger,
    "bracket": _bracket,
    "entry": _entry,
    "bound_entry": _bound_entry,
    "size": _size,
    "call": _call,
    "sum": _sum,
    "maximum": _maximum,
    "exists": _exists,
    "field": _field,
    "partial": _partial,
    "iterate": _iterate,
    "and": _and,
    "or": _or,
    "not": _not,
    "at_most": _comparison(lambda difference: difference <= 0),
    "less": _comparison(lambda difference: difference < 0),
    "equal": _comparison(lambda difference: difference == 0),
    "nonzero": _comparison(lambda difference: difference != 0),
}
