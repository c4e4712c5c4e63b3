"""The language of leaf arithmetic: numbers, placeholders, sums, products, fractions and powers; and its limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from sympy import Basic, Expr, Rational

from ..errors import LanguageError, SymcnnError

MOST_NODES = 200
MOST_DIGITS = 40
MOST_EXPONENT = 64
MOST_DEPTH = 30  # antlr takes some 17 of Python's 1000 frames for each level
MOST_PARTS = 2_000  # of what is put into arithmetic: SymPy and the kernel take their time for each
MOST_DIGITS_OF_A_VALUE = 4096  # Python prints no integer of more than 4300

T = TypeVar("T")


class ArithmeticLimit(SymcnnError):
    """Arithmetic that is larger than what is read; the message says in what and gives the limit."""


@dataclass(frozen=True)
class Number:
    """A decimal as it is written: "12" or "0.299"."""

    digits: str


@dataclass(frozen=True)
class Place:
    """A placeholder: values[number]."""

    number: int


@dataclass(frozen=True)
class Plus:
    """a + b + c; a difference is the sum with a `Negative`."""

    terms: tuple[Leaf, ...]


@dataclass(frozen=True)
class Negative:
    """-a."""

    term: Leaf


@dataclass(frozen=True)
class Times:
    """a b c."""

    factors: tuple[Leaf, ...]


@dataclass(frozen=True)
class Divide:
    """a / b."""

    above: Leaf
    below: Leaf


@dataclass(frozen=True)
class Power:
    """a^n for an integer n."""

    base: Leaf
    exponent: int


Leaf = Number | Place | Plus | Negative | Times | Divide | Power


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What numbers, placeholders, sums, products and powers mean; -a is (-1) a, and a/b is a b^(-1)."""

    number: Callable[[str], T]
    place: Callable[[int], T]
    plus: Callable[[list[T]], T]
    times: Callable[[list[T]], T]
    power: Callable[[T, int], T]


def fold(leaf: Leaf, reading: Reading[T]) -> T:
    """The leaf in a reading."""
    parts = [fold(part, reading) for part in _parts(leaf)]
    match leaf:
        case Number(digits):
            return reading.number(digits)
        case Place(number):
            return reading.place(number)
        case Plus():
            return reading.plus(parts)
        case Negative():
            return reading.times([reading.number("-1"), *parts])
        case Times():
            return reading.times(parts)
        case Divide():
            return reading.times([parts[0], reading.power(parts[1], -1)])
        case Power(_, exponent):
            return reading.power(parts[0], exponent)


def _parts(leaf: Leaf) -> tuple[Leaf, ...]:
    match leaf:
        case Plus(parts) | Times(parts):
            return parts
        case Negative(part) | Power(part, _):
            return (part,)
        case Divide(above, below):
            return (above, below)
        case _:
            return ()


def nodes(leaf: Leaf) -> Iterator[tuple[Leaf, int]]:
    """Every part with its depth, in the order of writing; without recursion, so that nothing is too deep for it."""
    pending = [(leaf, 1)]
    while pending:
        node, depth = pending.pop()
        yield node, depth
        pending.extend((part, depth + 1) for part in reversed(_parts(node)))


def check(leaf: Leaf, values: Sequence[Expr]) -> None:
    """Return if the leaf is well formed and within the limits; raise `LanguageError` or `ArithmeticLimit` if not."""
    for count, (node, depth) in enumerate(nodes(leaf), start=1):
        _limit(count, MOST_NODES, "parts")
        _limit(depth, MOST_DEPTH, "levels of nesting")
        _check_node(node, len(values))
    _limit(sum(map(parts_of, values)), MOST_PARTS, "parts, written out,")
    _limit(fold(leaf, _DEGREE), MOST_EXPONENT, "as a degree")
    _limit(fold(leaf, _digits(values)), MOST_DIGITS_OF_A_VALUE, "digits, multiplied out,")


@lru_cache(maxsize=4096)
def parts_of(expression: Basic) -> int:
    """How many parts an expression has when it is written out; what stands in it several times counts each time."""
    return 1 + sum(map(parts_of, expression.args))


def _check_node(node: Leaf, places: int) -> None:
    match node:
        case Number(digits):
            _limit(len(digits), MOST_DIGITS, "digits in a number")
            _demand(re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits) is not None, f"{digits!r} is not a decimal")
        case Place(number):
            _demand(0 <= number < places, f"placeholder {number} has no value: there are {places}")
        case Power(_, exponent):
            _limit(abs(exponent), MOST_EXPONENT, "as an exponent")
        case Plus(parts) | Times(parts):
            _demand(len(parts) > 0, f"{node} has no parts")


def _limit(size: int, most: int, what: str) -> None:
    if size > most:
        raise ArithmeticLimit(f"arithmetic with {size} {what} is not read: at most {most}; give a part of it a name")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise LanguageError(otherwise)


_DEGREE: Reading[int] = Reading(
    lambda _: 0, lambda _: 1, lambda terms: max(terms), lambda factors: sum(factors), lambda base, n: base * abs(n)
)


def _digits(values: Sequence[Expr]) -> Reading[int]:
    """At most about how many digits a number in the result has: SymPy raises numbers to powers at once."""

    def place(number: int) -> int:
        return sum((each.p.bit_length() + each.q.bit_length()) // 3 for each in values[number].atoms(Rational))

    return Reading(len, place, sum, sum, lambda digits, exponent: digits * abs(exponent))


def renumbered(leaf: Leaf) -> Leaf:
    """The leaf with its placeholders numbered in the order of writing."""
    places = dict.fromkeys(node.number for node, _ in nodes(leaf) if isinstance(node, Place))
    new = {old: Place(number) for number, old in enumerate(places)}
    return _replaced(leaf, new)


def _replaced(leaf: Leaf, new: dict[int, Place]) -> Leaf:
    match leaf:
        case Number():
            return leaf
        case Place(number):
            return new[number]
        case Plus(parts) | Times(parts):
            return type(leaf)(tuple(_replaced(part, new) for part in parts))
        case Negative(part):
            return Negative(_replaced(part, new))
        case Divide(above, below):
            return Divide(_replaced(above, new), _replaced(below, new))
        case Power(base, exponent):
            return Power(_replaced(base, new), exponent)
