"""Random expressions: what SymPy makes of them and what they are translated to has the value that Python computes.

Each expression is drawn twice at once: as SymPy builds it, and as a function of numbers that knows no SymPy.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from evaluation import entry, evaluate
from hypothesis import given
from hypothesis import strategies as st
from sympy import Eq, KroneckerDelta, Max, Min, Mod, Ne, Piecewise, Rational, Sum, floor

from symcnn import Iverson, Tensor, divides, sizes

NAMES = ("m", "n", "k")
SIZES = dict(zip((*NAMES, "a", "b"), sizes("m n k a b"), strict=True))
X = Tensor("X", (100, 100))
Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Both:
    """The same thing twice."""

    symbolic: Any
    by_hand: Callable[[Numbers], Any]


def joined(make: Callable[..., Any], compute: Callable[..., Any], *parts: Both) -> Both:
    return Both(make(*(part.symbolic for part in parts)), lambda at: compute(*(part.by_hand(at) for part in parts)))


def literal(value: int) -> Both:
    return Both(Rational(value), lambda at: value)


@st.composite
def integers(draw: st.DrawFn, names: tuple[str, ...] = NAMES, size: int = 3) -> Both:
    if size <= 1:
        if draw(st.booleans()):
            return literal(draw(st.integers(-3, 3)))
        name = draw(st.sampled_from(names))
        return Both(SIZES[name], lambda at: at[name])
    one, two = draw(integers(names, size - 1)), draw(integers(names, size - 1))
    divisor = draw(st.integers(1, 3))
    match draw(st.sampled_from(["add", "subtract", "multiply", "square", "floor", "halves", "mod", "max", "min"])):
        case "add":
            return joined(lambda x, y: x + y, lambda x, y: x + y, one, two)
        case "subtract":
            return joined(lambda x, y: x - y, lambda x, y: x - y, one, two)
        case "multiply":
            return joined(lambda x, y: x * y, lambda x, y: x * y, one, two)
        case "square":
            return joined(lambda x: x**2, lambda x: x**2, one)
        case "floor":
            return joined(lambda x: floor(x / divisor), lambda x: x // divisor, one)
        case "halves":
            return joined(lambda x, y: floor(x / 2 + y / 3), lambda x, y: (3 * x + 2 * y) // 6, one, two)
        case "mod":
            return joined(lambda x: Mod(x, divisor), lambda x: x % divisor, one)
        case "max":
            return joined(Max, max, one, two)
        case _:
            return joined(Min, min, one, two)


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...] = NAMES, size: int = 2) -> Both:
    one, two = draw(integers(names, size)), draw(integers(names, size))
    kinds = ["<=", "<", ">=", ">", "==", "!=", "divides", "thirds"]
    match draw(st.sampled_from(kinds if size <= 1 else [*kinds, "and", "or", "not"])):
        case "<=":
            return joined(lambda x, y: x <= y, lambda x, y: x <= y, one, two)
        case "<":
            return joined(lambda x, y: x < y, lambda x, y: x < y, one, two)
        case ">=":
            return joined(lambda x, y: x >= y, lambda x, y: x >= y, one, two)
        case ">":
            return joined(lambda x, y: x > y, lambda x, y: x > y, one, two)
        case "==":
            return joined(Eq, lambda x, y: x == y, one, two)
        case "!=":
            return joined(Ne, lambda x, y: x != y, one, two)
        case "divides":
            return joined(lambda x: divides(3, x), lambda x: x % 3 == 0, one)
        case "thirds":
            return joined(lambda x, y: x / 3 <= y / 2, lambda x, y: 2 * x <= 3 * y, one, two)
        case "and":
            return joined(lambda p, q: p & q, lambda p, q: p and q, *draw(pairs(names, size)))
        case "or":
            return joined(lambda p, q: p | q, lambda p, q: p or q, *draw(pairs(names, size)))
        case _:
            return joined(lambda p: ~p, lambda p: not p, draw(conditions(names, size - 1)))


def pairs(names: tuple[str, ...], size: int) -> st.SearchStrategy[tuple[Both, Both]]:
    return st.tuples(conditions(names, size - 1), conditions(names, size - 1))


def inside(number: Both) -> Both:
    """An index of X: some number from 1 to 100."""
    return joined(lambda x: Mod(x, 100) + 1, lambda x: x % 100 + 1, number)


@st.composite
def scalars(draw: st.DrawFn, names: tuple[str, ...] = NAMES, size: int = 3) -> Both:
    kinds = ["integer", "entry", "outside", "rational"]
    if size > 1:
        kinds += ["add", "multiply", "power", "bracket", "delta", "pieces", "sum", "sum", "quotient"]
    part = scalars(names, size - 1)
    match draw(st.sampled_from(kinds)):
        case "integer":
            return draw(integers(names, size))
        case "rational":
            return joined(lambda x: x / 4, lambda x: Fraction(x, 4), draw(integers(names, 1)))
        case "entry":
            indices = inside(draw(integers(names, 2))), inside(draw(integers(names, 2)))
            return joined(lambda i, j: X[i, j], lambda i, j: entry("X", i, j), *indices)
        case "outside":
            indices = draw(integers(names, 2)), inside(draw(integers(names, 1)))
            return joined(
                lambda i, j: X.at(i, j, outside=7),
                lambda i, j: entry("X", i, j) if 1 <= i <= 100 else 7,
                *indices,
            )
        case "add":
            several = draw(st.lists(part, min_size=2, max_size=3))
            return joined(lambda *xs: sum(xs), lambda *xs: sum(xs), *several)
        case "multiply":
            several = draw(st.lists(part, min_size=2, max_size=3))
            return joined(lambda *xs: prod(xs), lambda *xs: prod(xs), *several)
        case "power":
            return joined(lambda x: x**2 - x, lambda x: x**2 - x, draw(part))
        case "quotient":
            return joined(lambda x, y: x / (y**2 + 1), lambda x, y: Fraction(x) / (y**2 + 1), draw(part), draw(part))
        case "bracket":
            return joined(lambda p, x: Iverson(p) * x, lambda p, x: x if p else 0, draw(conditions(names)), draw(part))
        case "delta":
            numbers = draw(integers(names, 2)), draw(integers(names, 2))
            return joined(KroneckerDelta, lambda x, y: int(x == y), *numbers)
        case "pieces":
            several = draw(st.tuples(conditions(names), conditions(names), part, part, part))
            return joined(
                lambda p, q, x, y, z: Piecewise((x, p), (y, q), (z, True)),
                lambda p, q, x, y, z: x if p else y if q else z,
                *several,
            )
        case _:
            return draw(summed(names, size))


@st.composite
def summed(draw: st.DrawFn, names: tuple[str, ...], size: int) -> Both:
    """A sum over at most four numbers, whose index may be called like a size."""
    letter = draw(st.sampled_from(["a", "b", "k"]))
    low, extent = draw(integers(names, 2)), draw(integers(names, 1))
    body = draw(scalars(tuple({*names, letter}), size - 1))

    def total(at: Numbers) -> Any:
        first = low.by_hand(at)
        return sum(body.by_hand({**at, letter: index}) for index in range(first, first + extent.by_hand(at) % 4 + 1))

    upper = low.symbolic + Mod(extent.symbolic, 4)
    return Both(Sum(body.symbolic, (SIZES[letter], low.symbolic, upper)), total)


numbers = st.fixed_dictionaries({name: st.integers(-4, 6) for name in NAMES})


@given(scalars(), numbers)
def test_scalars(both, at):
    assert evaluate(both.symbolic, at) == both.by_hand(at)


@given(scalars(size=4), numbers)
def test_larger_scalars(both, at):
    assert evaluate(both.symbolic, at) == both.by_hand(at)


@given(integers(size=4), numbers)
def test_integers(both, at):
    assert evaluate(X.extended()[both.symbolic, 1] + both.symbolic, at) == both.by_hand(at) + (
        entry("X", both.by_hand(at), 1) if 1 <= both.by_hand(at) <= 100 else 0
    )


@given(conditions(size=3), numbers)
def test_conditions(both, at):
    assert evaluate(Iverson(both.symbolic), at) == int(both.by_hand(at))
