"""Random terms, and random numbers to evaluate them at. All are small: sums have few summands."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from symcnn.kernel import Lambda, Term, terms
from symcnn.kernel.value import Entry, value

NAMES = ("m", "n", "i")
#: x has no index, X one, Y two
RANKS = {"x": 0, "X": 1, "Y": 2}
LETTERS = ("a", "b")

small = st.integers(-2, 3)
fractions = st.builds(Fraction, st.integers(-3, 3), st.integers(1, 3))


@st.composite
def integer_terms(draw: st.DrawFn, names: tuple[str, ...] = NAMES, size: int = 3) -> Term:
    if size <= 1 or draw(st.booleans()):
        return draw(linear_terms(names))
    part = integer_terms(names, size - 1)
    match draw(st.sampled_from(["add", "multiply", "power", "floor", "larger"])):
        case "add":
            return terms.add(*draw(st.lists(part, min_size=1, max_size=3)))
        case "multiply":
            return terms.multiply(*draw(st.lists(part, min_size=1, max_size=3)))
        case "power":
            return terms.power(draw(part), draw(st.integers(0, 2)))
        case "floor":
            return terms.floor(draw(part), draw(part))
        case _:
            return terms.larger(draw(part), draw(part))


@st.composite
def linear_terms(draw: st.DrawFn, names: tuple[str, ...] = NAMES) -> Term:
    """A variable, a number, or the sum of both."""
    number = terms.integer(draw(small))
    if not names or draw(st.integers(0, 3)) == 0:
        return number
    name = terms.variable(draw(st.sampled_from(names)))
    return name if draw(st.booleans()) else terms.add(name, number)


@st.composite
def real_terms(draw: st.DrawFn, names: tuple[str, ...] = NAMES, size: int = 3) -> Term:
    if size <= 1:
        return draw(st.one_of(entries(names, 1), st.builds(terms.rational, fractions)))
    part = real_terms(names, size - 1)
    kinds = ["entry", "real", "rational", "add", "multiply", "power", "inverse", "bracket", "sum", "sum"]
    match draw(st.sampled_from(kinds)):
        case "entry":
            return draw(entries(names, size))
        case "real":
            return terms.real(draw(integer_terms(names, size)))
        case "rational":
            return terms.rational(draw(fractions))
        case "add":
            return terms.add(*draw(st.lists(part, min_size=1, max_size=3)))
        case "multiply":
            return terms.multiply(*draw(st.lists(part, min_size=1, max_size=3)))
        case "power":
            return terms.power(draw(part), draw(st.integers(0, 2)))
        case "inverse":
            return terms.inverse(draw(part))
        case "bracket":
            return terms.bracket(draw(conditions(names, size - 1)))
        case _:
            return draw(sums(names, size))


@st.composite
def sums(draw: st.DrawFn, names: tuple[str, ...] = NAMES, size: int = 3) -> Term:
    letter = draw(st.sampled_from(LETTERS))
    body = draw(real_terms((*names, letter), size - 1))
    return terms.summation(letter, draw(linear_terms(names)), draw(linear_terms(names)), body)


@st.composite
def entries(draw: st.DrawFn, names: tuple[str, ...] = NAMES, size: int = 2) -> Term:
    name = draw(st.sampled_from(sorted(RANKS)))
    return terms.entry(name, *(draw(integer_terms(names, size - 1)) for _ in range(RANKS[name])))


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...] = NAMES, size: int = 2) -> Term:
    number = integer_terms(names, size)
    kinds = ["at_most", "at_most", "equal", "nonzero", "not", "and", "or"]
    match draw(st.sampled_from(kinds if size > 1 else kinds[:3])):
        case "at_most":
            return terms.at_most(draw(number), draw(number))
        case "equal":
            return terms.equal(draw(number), draw(number))
        case "nonzero":
            return terms.nonzero(draw(real_terms(names, size)))
        case "not":
            return terms.negation(draw(conditions(names, size - 1)))
        case "and":
            return terms.all_of(*draw(st.lists(conditions(names, size - 1), max_size=3)))
        case _:
            return terms.any_of(*draw(st.lists(conditions(names, size - 1), max_size=3)))


@st.composite
def lambdas(draw: st.DrawFn, rank: int, names: tuple[str, ...] = NAMES, size: int = 3) -> Lambda:
    indices = ("p", "q")[:rank]
    return Lambda(indices, draw(real_terms((*names, *indices), size)))


def tensor(seed: int) -> Entry:
    """A tensor of small fractions, 0 among them, without any pattern."""

    def entry(indices: tuple[int, ...]) -> Fraction:
        mixed = seed + 1
        for index in indices:
            mixed = (mixed * 131 + index * 17 + 29) % 1009
        return Fraction(mixed % 7 - 3, 1 + mixed % 2)

    return entry


Numbers = tuple[dict[str, int], dict[str, Entry | Fraction]]


@st.composite
def numbers(draw: st.DrawFn, names: tuple[str, ...] = NAMES) -> Numbers:
    """Values for the variables and the tensors of random terms."""
    seed = draw(st.integers(0, 20))
    tensors: dict[str, Entry | Fraction] = {name: tensor(seed + rank) for name, rank in RANKS.items()}
    return {name: draw(small) for name in names}, tensors


def by_formula(function: Lambda, integers: Mapping[str, int], tensors: Mapping[str, Entry | Fraction]) -> Entry:
    """The tensor that a formula denotes: its indices take the values at which it is read."""

    def entry(indices: tuple[int, ...]) -> Fraction:
        inside = {**integers, **dict(zip(function.indices, indices, strict=True))}
        return value(function.body, inside, tensors)

    return entry


def grid(names: tuple[str, ...]) -> Iterator[dict[str, int]]:
    """All small values of the variables."""
    for values in product(range(-2, 4), repeat=len(names)):
        yield dict(zip(names, values, strict=True))
