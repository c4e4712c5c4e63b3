"""Functions with declared facts, and values that have these facts and nothing more; random values of all names."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from germs import KNOWN, World, holds, jump, polynomial, scalar, two_slopes
from random_terms import tensor

from symcnn.kernel import Function, Term, terms

FUNCTIONS = (
    Function("f", ("nondecreasing", "fixes_zero", "nonnegative"), "relu"),
    Function("g", ("differentiable",), "square"),
    Function("h", ("positively_homogeneous",), "relu"),
    Function("o", ("odd", "differentiable"), "identity"),
    Function("e", ("even",), "square"),
    Function("d", ("decreasing",), "negation"),
    Function("c", ("nonincreasing", "positive"), "one"),
    Function("r", ("increasing",), "identity"),
    Function("q", (), "zero"),
)
VALUES = {
    **KNOWN,
    "f": lambda x: Fraction(1) if x > 0 else Fraction(0),
    "g": polynomial(1, -2, 1, 1),
    "h": two_slopes(-1, 2),
    "o": polynomial(0, 1, 0, 2),
    "e": lambda x: max(x, -x) + 1,
    "d": lambda x: -x - jump(x),
    "c": lambda x: 2 - jump(x),
    "r": lambda x: x + jump(x),
    "q": lambda x: -jump(x) * x * x + 1,
}
HYPOTHESES = tuple(terms.at_most(terms.integer(1), terms.variable(name)) for name in "mn")
NAMES = ("m", "n", "i")


def worlds(count: int, *given: Term, hypotheses: tuple[Term, ...] = HYPOTHESES, seed: int = 0) -> Iterator[World]:
    """Random values at which the hypotheses hold. Raises `TooFew`."""
    random, found = Random(seed), 0
    for attempt in range(60 * count):
        world = random_world(random, attempt)
        if found < count and all(holds(each, world) for each in (*hypotheses, *given)):
            found += 1
            yield world
    if found < count:
        raise TooFew(f"{given!r} hold too rarely")


def random_world(random: Random, seed: int) -> World:
    integers = {name: random.randint(-1 if name == "i" else 1, 3) for name in NAMES}
    entries = {"x": tensor(seed), "X": tensor(seed + 1), "W": tensor(seed + 2)}
    fields = {"L": scalar(seed), "M": scalar(seed + 1), "N": scalar(seed + 2)}
    return World(integers, entries, VALUES, fields, {"s": lambda layer: 1 + layer % 3})


class TooFew(Exception):
    """Not enough values were found."""
