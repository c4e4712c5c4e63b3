"""Formulas at random: trees, printed, and rows of tokens without any order."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from symcnn.read.syntax import (
    Big,
    Bracketed,
    Cases,
    Chain,
    Derivative,
    Dots,
    Fraction,
    Gradient,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Statement,
    Times,
    Transposed,
    Word,
)
from symcnn.read.tokens import ARRANGING, FUNCTIONS, GREEK, KNOWN, MATRICES, RELATIONS
from symcnn.read.written import latex

_LETTERS = "abcdijklmnpqrsuvwxyzABCDLNRSTWXYZ"
_SIGNS = ("", "", "", "cdot", "times", "*", "star", "circledast", "odot", "/")
_RELATIONS = ("=", "=", *dict.fromkeys(RELATIONS.values()))
_BRACKETS = ("(", "(", "(", "[", "{", "|", "||", "floor", "ceil", "angle")
_ACCENTS = ("", "", "", "hat", "bar", "tilde", "mathcal", "mathbb", "vec")
_WORDS = ("diag", "conv2d", "stride", "ReLU", "arg_max", *sorted(FUNCTIONS))
_ENDS = (Name("n"), Negative(Number("1")))
_SOUP = (
    *sorted(KNOWN),
    *"abcdijknxyLWXYZ0123456789+-=<>()[]{}^_&|,;:.!'/*%~ \n",
    *"{}{}__^^(())==,,ijxy",
    *(rf"\begin{{{name}}}" for name in sorted(MATRICES | ARRANGING)),
    *(rf"\end{{{name}}}" for name in sorted(MATRICES | ARRANGING)),
    *(r"\text{if }", r"\text{for }", r"\text{diag}", r"\operatorname{conv}", r"\mathbb{R}", r"\\", r"\frac{\partial"),
    *(
        "≤",
        "α",
        "한",
        "é",
        "\u0301",
        "\x00",
        "\u200f",
        "𝐱",
        "²",
        "½",
        "\t",
        "\r",
        "\u2028",
        "12",
        "0.5",
        "_{i,j}",
        "^{T}",
    ),
)


def tree(random: Random) -> str:
    """A random statement as LaTeX, or parts within parts, many times."""
    return latex(_nested(random) if random.random() < 0.1 else _statement(random))


def _nested(random: Random) -> Node:
    node = _leaf(random)
    for _ in range(random.randint(4, 50)):
        node = random.choice(_AROUND)(node)
    return node


def soup(random: Random) -> str:
    """Known macros and signs beside each other."""
    space = random.choice(("", " "))
    return space.join(random.choices(_SOUP, k=random.randint(1, random.choice((6, 20, 60)))))


def _statement(random: Random) -> Statement:
    chain = _chain(random, 3) if random.random() < 0.8 else expression(random, 3)
    conditions = (
        _asked(random) if random.random() < 0.6 else _chain(random, 1) for _ in range(random.choice((0, 0, 1, 2, 3)))
    )
    return Statement(chain, tuple(each for each in conditions if isinstance(each, Chain)))


def _asked(random: Random) -> Node:
    """A part of a list that says over what indices run, or any condition"""
    index, number, last = (
        Name(random.choice("ijn")),
        Number(random.choice("012")),
        random.choice((Name("n"), Plus(_ENDS))),
    )
    numbers = Bracketed("{", (number, Dots("dots"), last))
    return random.choice(
        (
            *(index, number, Dots("dots"), Chain((last, index), ("divides",)), Chain((index, number), ("=",))),
            Chain((number, index), (random.choice(("<", "<=")),)),
            Chain((index, last), (random.choice(("<", "<=", ">=")),)),
            Chain((number, index, last), ("<=", "<")),
            Chain((index, random.choice((numbers, Bracketed("[", (last,))))), ("in",)),
        )
    )


def _chain(random: Random, depth: int) -> Chain:
    links = random.choice((1, 1, 1, 2, 3))
    items = tuple(expression(random, depth) for _ in range(links + 1))
    return Chain(items, tuple(random.choice(_RELATIONS) for _ in range(links)))


def expression(random: Random, depth: int) -> Node:
    """A random expression, with so many parts within each other at most."""
    if depth <= 0 or random.random() < 0.15:
        return _leaf(random)
    return random.choice(_INNER)(random, depth - 1)


def _leaf(random: Random) -> Node:
    kind = random.random()
    if kind < 0.6:
        letter = random.choice(_LETTERS) if random.random() < 0.7 else random.choice(sorted(GREEK))
        return Name(letter, random.choice(_ACCENTS))
    if kind < 0.85:
        return Number(random.choice(("0", "1", "2", "12", "0.299", "100")))
    if kind < 0.93:
        return Word(random.choice(_WORDS))
    return random.choice((Dots("dots"), Dots("vdots"), Transposed()))


def _some(random: Random, depth: int, least: int, most: int) -> tuple[Node, ...]:
    return tuple(expression(random, depth) for _ in range(random.randint(least, most)))


def _plus(random: Random, depth: int) -> Node:
    return Plus(_some(random, depth, 2, 3))


def _negative(random: Random, depth: int) -> Node:
    return Negative(expression(random, depth))


def _times(random: Random, depth: int) -> Node:
    factors = _some(random, depth, 2, 4)
    return Times(factors, tuple(random.choice(_SIGNS) for _ in factors[1:]))


def _scripted(random: Random, depth: int) -> Node:
    lower = _listed(random, depth) if random.random() < 0.7 else ()
    upper = expression(random, depth) if random.random() < 0.4 else None
    primes = random.choice((0, 0, 0, 1, 2)) if lower or upper is not None else 1
    return Scripted(expression(random, random.choice((0, 0, depth))), primes, lower, upper)


def _listed(random: Random, depth: int) -> tuple[Node, ...]:
    return tuple(_item(random, depth) for _ in range(random.randint(1, 3)))


def _item(random: Random, depth: int) -> Node:
    return _chain(random, depth) if random.random() < 0.2 else expression(random, depth)


def _bracketed(random: Random, depth: int) -> Node:
    kind = random.choice(_BRACKETS)
    settings = (("padding", expression(random, 1)),) if random.random() < 0.05 else ()
    inside = _listed(random, depth) if random.random() < 0.7 else _asked_for(random)
    return Bracketed(kind, inside if random.random() < 0.95 else (), settings)


def _fraction(random: Random, depth: int) -> Node:
    return Fraction(expression(random, depth), expression(random, depth))


def _derivative(random: Random, depth: int) -> Node:
    return Derivative(expression(random, depth), expression(random, depth))


def _gradient(random: Random, depth: int) -> Node:
    return Gradient(expression(random, depth) if random.random() < 0.7 else None, expression(random, depth))


def _big(random: Random, depth: int) -> Node:
    above = expression(random, depth) if random.random() < 0.6 else None
    below = _listed(random, depth) if random.random() < 0.5 else _asked_for(random)
    return Big(random.choice(("sum", "prod", "max", "min")), below, above, expression(random, depth))


def _asked_for(random: Random) -> tuple[Node, ...]:
    return tuple(_asked(random) for _ in range(random.randint(1, 4)))


def _matrix(random: Random, depth: int) -> Node:
    columns = random.randint(1, 3)
    rows = tuple(tuple(_cell(random, depth) for _ in range(columns)) for _ in range(random.randint(1, 3)))
    return Matrix(rows)


def _cell(random: Random, depth: int) -> Node | None:
    return None if random.random() < 0.15 else _item(random, min(depth, 1))


def _cases(random: Random, depth: int) -> Node:
    count = random.randint(1, 3)
    conditions = [_condition(random) for _ in range(count)]
    return Cases(tuple((expression(random, depth), each) for each in conditions))


def _condition(random: Random) -> Node | None:
    kind = random.random()
    if kind < 0.3:
        return None
    return _chain(random, 1) if kind < 0.8 else Bracketed("and", (_chain(random, 1), _chain(random, 1)))


_INNER: tuple[Callable[[Random, int], Node], ...] = (
    _plus,
    _negative,
    _times,
    _times,
    _scripted,
    _scripted,
    _scripted,
    _bracketed,
    _bracketed,
    _fraction,
    _derivative,
    _gradient,
    _big,
    _matrix,
    _cases,
)
_X = Name("x")
_AROUND: tuple[Callable[[Node], Node], ...] = (
    lambda node: Scripted(node, upper=_X),
    lambda node: Scripted(_X, lower=(node,)),
    lambda node: Bracketed("(", (node,)),
    lambda node: Bracketed("|", (node,)),
    lambda node: Plus((_X, node)),
    lambda node: Negative(node),
    lambda node: Times((node, _X), ("",)),
    lambda node: Times((_X, node), ("cdot",)),
    lambda node: Big("max", (_X,), None, node),
    lambda node: Big("sum", (node,), None, _X),
    lambda node: Gradient(_X, node),
    lambda node: Derivative(node, _X),
    lambda node: Fraction(_X, node),
    lambda node: Matrix(((node,),)),
    lambda node: Cases(((node, None),)),
)
