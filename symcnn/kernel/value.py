"""The value of a term at concrete sizes and tensors, in exact arithmetic: what every term means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from typing import Any

from . import terms
from .rejected import Rejected
from .terms import Term

Entry = Callable[[tuple[Any, ...]], Fraction]
Bound = tuple[int | Entry, ...]
MOST_SUMMANDS = 1_000_000
MOST_LAYERS = 100


def value(
    term: Term,
    integers: Mapping[str, int],
    tensors: Mapping[str, Entry | Fraction],
    bound: Bound = (),
) -> Fraction:
    """The number that a term denotes. `tensors` gives each leaf, sequence of sizes and function of a real as a
    function of its indices or argument, or one number for all its values; `bound` the values of the binders
    around the term, the nearest first.

    Raises `Rejected` for a name without a value, a condition, a derivative, or a sum that is too long.
    """

    def of(child: Term) -> Fraction:
        return value(child, integers, tensors, bound)

    match term.head:
        case "integer" | "rational":
            return Fraction(str(term.value))
        case "variable" if term.value in integers:
            return Fraction(integers[str(term.value)])
        case "bound" if int(str(term.value)) < len(bound):
            return Fraction(_number(bound[int(str(term.value))]))
        case "add":
            return sum(map(of, term.args), Fraction(0))
        case "multiply":
            return prod(map(of, term.args), start=Fraction(1))
        case "power":
            return Fraction(of(term.args[0]) ** int(str(term.value)))
        case "real":
            return of(term.args[0])
        case "inverse":
            base = of(term.args[0])
            return 1 / base if base else base
        case "floor":
            numerator, denominator = map(of, term.args)
            return Fraction(numerator // denominator) if denominator else Fraction(0)
        case "larger":
            return max(map(of, term.args))
        case "bracket":
            return Fraction(holds(term.args[0], integers, tensors, bound))
        case "entry" | "size" | "call" if term.value in tensors:
            tensor = tensors[str(term.value)]
            at = tuple(of(child) if term.head == "call" else int(of(child)) for child in term.args)
            return tensor(at) if callable(tensor) else tensor
        case "bound_entry" if int(str(term.value)) < len(bound):
            before = bound[int(str(term.value))]
            if callable(before):
                return before(tuple(int(of(child)) for child in term.args))
        case "sum":
            lower, upper = int(of(term.args[0])), int(of(term.args[1]))
            if upper - lower > MOST_SUMMANDS:
                raise Rejected(f"{term!r} has more than {MOST_SUMMANDS} summands")
            each = (value(term.args[2], integers, tensors, (k, *bound)) for k in range(lower, upper + 1))
            return sum(each, Fraction(0))
        case "maximum":
            condition, body = term.args[-2:]
            inside = [(*reversed(at), *bound) for at in _places(term, integers, tensors, bound)]
            found = (value(body, integers, tensors, at) for at in inside if holds(condition, integers, tensors, at))
            return max(found, default=Fraction(0))
        case "iterate":
            return _iterated(term, integers, tensors, bound)
    raise Rejected(f"{term!r} has no value here")


def _number(found: int | Entry) -> int:
    if callable(found):
        raise Rejected("an index stands for a tensor")
    return found


def _places(
    term: Term, integers: Mapping[str, int], tensors: Mapping[str, Entry | Fraction], bound: Bound
) -> list[tuple[int, ...]]:
    """The indices that a maximum runs over, before its condition"""
    limits = [int(value(child, integers, tensors, bound)) for child in term.args[: 2 * terms.rank_of(term)]]
    ranges = [range(lower, upper + 1) for lower, upper in zip(limits[::2], limits[1::2], strict=True)]
    if prod(map(len, ranges)) > MOST_SUMMANDS:
        raise Rejected(f"{term!r} has more than {MOST_SUMMANDS} entries")
    return list(product(*ranges))


def _iterated(
    term: Term, integers: Mapping[str, int], tensors: Mapping[str, Entry | Fraction], bound: Bound
) -> Fraction:
    base, layer, start, step, *at = term.args
    first, last, *indices = (int(value(child, integers, tensors, bound)) for child in (base, layer, *at))
    if last - first > MOST_LAYERS:
        raise Rejected(f"{term!r} has more than {MOST_LAYERS} layers")

    def reached(number: int) -> Entry:
        before = reached(number - 1) if number > first else None

        def entry(place: tuple[int, ...]) -> Fraction:
            inside = tuple(int(each) for each in reversed(place))
            if before is None:
                return value(start, integers, tensors, (*inside, *bound))
            return value(step, integers, tensors, (*inside, number, before, *bound))

        return cache(entry)

    return reached(last)(tuple(indices))


def holds(
    condition: Term,
    integers: Mapping[str, int],
    tensors: Mapping[str, Entry | Fraction],
    bound: Bound = (),
) -> bool:
    """Whether a condition holds; arguments and errors are those of `value`."""
    match condition.head:
        case "and":
            return all(holds(child, integers, tensors, bound) for child in condition.args)
        case "or":
            return any(holds(child, integers, tensors, bound) for child in condition.args)
        case "not":
            return not holds(condition.args[0], integers, tensors, bound)
        case "exists":
            places = _places(condition, integers, tensors, bound)
            return any(holds(condition.args[-1], integers, tensors, (*reversed(at), *bound)) for at in places)
    if condition.sort != terms.CONDITION:
        raise Rejected(f"{condition!r} is not a condition")
    numbers = [value(child, integers, tensors, bound) for child in condition.args]
    match condition.head:
        case "at_most":
            return numbers[0] <= numbers[1]
        case "less":
            return numbers[0] < numbers[1]
        case "equal":
            return numbers[0] == numbers[1]
        case _:
            return numbers[0] != 0
