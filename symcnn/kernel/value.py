"""The value of a term at concrete sizes and tensors, in exact arithmetic: what every term means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod

from . import terms
from .rejected import Rejected
from .terms import Term

Entry = Callable[[tuple[int, ...]], Fraction]
MOST_SUMMANDS = 1_000_000


def value(
    term: Term,
    integers: Mapping[str, int],
    tensors: Mapping[str, Entry | Fraction],
    bound: tuple[int, ...] = (),
) -> Fraction:
    """The number that a term denotes. `tensors` gives each leaf as a function of its indices, or one number
    for all its entries; `bound` the values of the binders around the term, the nearest first.

    Raises `Rejected` for a variable or tensor without a value, a condition, or a sum that is too long.
    """

    def of(child: Term) -> Fraction:
        return value(child, integers, tensors, bound)

    match term.head:
        case "integer" | "rational":
            return Fraction(str(term.value))
        case "variable" if term.value in integers:
            return Fraction(integers[str(term.value)])
        case "bound" if int(str(term.value)) < len(bound):
            return Fraction(bound[int(str(term.value))])
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
        case "entry" if term.value in tensors:
            tensor = tensors[str(term.value)]
            return tensor(tuple(int(of(child)) for child in term.args)) if callable(tensor) else tensor
        case "sum":
            lower, upper = int(of(term.args[0])), int(of(term.args[1]))
            if upper - lower > MOST_SUMMANDS:
                raise Rejected(f"{term!r} has more than {MOST_SUMMANDS} summands")
            each = (value(term.args[2], integers, tensors, (k, *bound)) for k in range(lower, upper + 1))
            return sum(each, Fraction(0))
    raise Rejected(f"{term!r} has no value here")


def holds(
    condition: Term,
    integers: Mapping[str, int],
    tensors: Mapping[str, Entry | Fraction],
    bound: tuple[int, ...] = (),
) -> bool:
    """Whether a condition holds; arguments and errors are those of `value`."""
    match condition.head:
        case "and":
            return all(holds(child, integers, tensors, bound) for child in condition.args)
        case "or":
            return any(holds(child, integers, tensors, bound) for child in condition.args)
        case "not":
            return not holds(condition.args[0], integers, tensors, bound)
    if condition.sort != terms.CONDITION:
        raise Rejected(f"{condition!r} is not a condition")
    numbers = [value(child, integers, tensors, bound) for child in condition.args]
    match condition.head:
        case "at_most":
            return numbers[0] <= numbers[1]
        case "equal":
            return numbers[0] == numbers[1]
        case _:
            return numbers[0] != 0
