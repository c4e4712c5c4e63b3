"""Formulas as they are written: trees with the places where their parts stand. What they mean is said elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any


@dataclass(frozen=True)
class Node:
    """A part of a formula; `span` is where it stands, and no matter when parts are compared."""

    span: tuple[int, int] = field(default=(0, 0), compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class Number(Node):
    """12 or 0.299"""

    digits: str


@dataclass(frozen=True)
class Name(Node):
    """A letter, with an accent if it has one: x, sigma, hat y, mathcal L"""

    letter: str
    accent: str = ""

    @property
    def word(self) -> str:
        """The name as an identifier: x, sigma, y_hat, L_cal"""
        accent = "cal" if self.accent == "mathcal" else self.accent
        letter = "l" if self.letter == "ell" else self.letter
        return f"{letter}_{accent}" if accent else letter


@dataclass(frozen=True)
class Word(Node):
    """A name of several letters: diag, conv2d, exp"""

    word: str


@dataclass(frozen=True)
class Dots(Node):
    """... in a matrix or a list"""

    kind: str


@dataclass(frozen=True)
class Scripted(Node):
    """A part with primes, indices below and one thing above: z'_{i,j}^{l}"""

    base: Node
    primes: int = 0
    lower: tuple[Node, ...] = ()
    upper: Node | None = None


@dataclass(frozen=True)
class Transposed(Node):
    """The sign for a transpose, above: top or intercal (a letter T is a Name)"""


@dataclass(frozen=True)
class Plus(Node):
    """a + b + ...; what is subtracted is a `Negative`"""

    terms: tuple[Node, ...]


@dataclass(frozen=True)
class Negative(Node):
    """-a"""

    term: Node


@dataclass(frozen=True)
class Times(Node):
    """Factors with the signs between them; the sign is "" where they only stand beside each other"""

    factors: tuple[Node, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Fraction(Node):
    """a over b"""

    above: Node
    below: Node


@dataclass(frozen=True)
class Derivative(Node):
    """The derivative of `of` by `by`: a quotient of two partials"""

    of: Node
    by: Node


@dataclass(frozen=True)
class Gradient(Node):
    """nabla_x e; without x, by what e is a function of"""

    by: Node | None
    of: Node


@dataclass(frozen=True)
class Big(Node):
    """A sum, product or maximum: what stands below and above its sign, and what it is taken of"""

    kind: str  # sum, prod, max, min
    below: tuple[Node, ...]
    above: Node | None
    body: Node


@dataclass(frozen=True)
class Bracketed(Node):
    """Parts in brackets: ( ) [ ] { } |.| ||.|| floor ceil < >; after a semicolon there may be settings"""

    kind: str
    items: tuple[Node, ...]
    settings: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True)
class Matrix(Node):
    """Rows of cells; a cell that is empty is None"""

    rows: tuple[tuple[Node | None, ...], ...]


@dataclass(frozen=True)
class Cases(Node):
    """Values with conditions; a condition that is None is "otherwise" """

    rows: tuple[tuple[Node, Node | None], ...]


@dataclass(frozen=True)
class Chain(Node):
    """a = b <= c: parts and the relations between them; the first part is None where a chain goes on from above"""

    items: tuple[Node | None, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Statement(Node):
    """A chain with the conditions that stand after it, each a chain"""

    chain: Node
    conditions: tuple[Chain, ...] = ()


@dataclass(frozen=True)
class Formula(Node):
    """What a display or an inline formula says: statements, and the words between them"""

    statements: tuple[Statement, ...]
    texts: tuple[str, ...] = ()
    implies: bool = False  # whether its statements depend on each other, by an implication or unknown words


def children(node: Node) -> Iterator[Node]:
    """The parts of a part, in order."""
    for each in fields(node):
        if each.name != "span":
            yield from _nodes(getattr(node, each.name))


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _nodes(each)


def walk(node: Node) -> Iterator[Node]:
    """A part and all parts of it, outer ones first."""
    yield node
    for child in children(node):
        yield from walk(child)


def names_in(node: Node) -> set[str]:
    """The words of all names in a part."""
    return {each.word for each in walk(node) if isinstance(each, Name)}


def rebuild(node: Node, change: Any) -> Node:
    """The same node with `change` applied to each of its direct parts."""
    values = {each.name: _changed(getattr(node, each.name), change) for each in fields(node) if each.name != "span"}
    return replace(node, **values)


def _changed(value: Any, change: Any) -> Any:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(each, change) for each in value)
    return value
