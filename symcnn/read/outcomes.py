"""Links of chains, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..decision import Proved, Refuted, Undecided
from .prose import DEFINED
from .report import Verdict
from .syntax import Chain, Derivative, Node, Statement, walk
from .world import World
from .written import latex


@dataclass(frozen=True)
class Budget:
    """Seconds of processor time for a counterexample, for a proof, and for looking for an edit that helps."""

    seconds: float = 2.0
    proof_seconds: float = 20.0
    suggestion_seconds: float = 10.0


@dataclass(frozen=True)
class Link:
    """One relation of a chain."""

    left: Node
    right: Node
    relation: str
    conditions: tuple[Chain, ...]
    position: int  # in its chain, from 0
    alone: bool  # whether the chain has no other
    span: tuple[int, int]
    besides: tuple[Node, ...] = ()  # the other parts of its chain, which say over what indices run
    words: str = DEFINED  # what the words around it make of it
    restricting: str = ""  # those of them for which it is no definition
    is_carried: bool = False  # whether it goes on from an earlier display, or row
    is_aside: bool = False  # whether it stands in brackets, after what it explains

    @property
    def latex(self) -> str:
        """The link as a formula of its own."""
        return latex(Statement(Chain((self.left, self.right), (self.relation,)), self.conditions))


@dataclass(frozen=True)
class Outcome:
    """What is said of a link or statement; `world` is what is known after it."""

    verdict: Verdict
    reason: str
    world: World
    remarks: tuple[str, ...] = ()
    answer: Proved | Refuted | Undecided | None = None
    may_redefine: bool = False  # whether it may be a second definition
    is_second_definition: bool = False
    compared: str = ""  # the equation that this is about, where it is not the one that stands there
    is_of_indices: bool = False  # whether it says something of sizes and indices alone


def links(statement: Statement, first: Node | None) -> Iterator[Link]:
    """The relations of a chain, one by one; `first` stands for what is left of a leading relation."""
    chain = statement.chain
    if not isinstance(chain, Chain):
        return
    items = (chain.items[0] if chain.items[0] is not None else first, *chain.items[1:])
    besides = tuple(each for each in items if each is not None)
    alone = len(chain.relations) == 1 and chain.items[0] is not None
    for number, relation in enumerate(chain.relations):
        left, right = items[number], items[number + 1]
        if left is not None and right is not None:
            span = (left.span[0], right.span[1]) if number == 0 and chain.items[0] is not None else right.span
            position = number if chain.items[0] is not None else number + 1
            yield Link(left, right, relation, statement.conditions, position, alone, span, besides)


def remarks_on(node: Node) -> Iterator[str]:
    """What is true and says nothing: a derivative of something by itself."""
    for each in walk(node):
        if isinstance(each, Derivative) and each.of == each.by:
            yield f"{latex(each)} is the derivative of something by itself: is another layer meant?"


def in_declarations(message: str) -> str:
    """A message of the language, in the words of declarations."""
    message = re.sub(r"add given=\[([^\]]*)\]", r"declare given: \1", message)
    return re.sub(r"write (\S+)\.at\(\.\.\., outside=0\) for zero padding", r'declare \1 "zero outside"', message)
