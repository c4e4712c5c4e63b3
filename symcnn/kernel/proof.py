"""Proofs are trees. They say what is rewritten where and why; the kernel recomputes all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .claim import Claim, Definition
from .evidence import Evidence
from .functions import Function
from .terms import Lambda, Term

Argument = int | str | Term | Lambda | Evidence | tuple["Argument", ...]


@dataclass(frozen=True)
class Step:
    """At `path` (child positions from the root) a rule turns what stands there into `result`;
    `backward`: the rule turns `result` into what stands there. `reason` is for readers only."""

    rule: str
    path: tuple[int, ...]
    arguments: tuple[tuple[str, Argument], ...]
    result: Term
    backward: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Chain:
    """The left side becomes the right side, step by step."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Cases:
    """The equation is shown where the condition holds, and where it fails."""

    condition: Term
    holds: Node
    fails: Node


@dataclass(frozen=True)
class Have:
    """An equation for all `integers` with the `hypotheses` is shown first; `then` may use it by its name."""

    name: str
    integers: tuple[str, ...]
    hypotheses: tuple[Term, ...]
    left: Term
    right: Term
    shown: Node
    then: Node


@dataclass(frozen=True)
class Define:
    """A tensor that the claim does not speak of gets a name, for the use of `then`."""

    definition: Definition
    then: Node


@dataclass(frozen=True)
class Obtain:
    """`indices` at which a maximum over a nonempty set is attained get names, for the use of `then`."""

    indices: tuple[str, ...]
    maximum: Term
    nonempty: Evidence
    then: Node


@dataclass(frozen=True)
class Induction:
    """An equation for all `integers` with the `hypotheses` is shown for `variable = lower`, then for `variable + 1`
    where it is known, by its name, for a `variable >= lower`. `then` may use it for all of these."""

    name: str
    variable: str
    lower: Term
    integers: tuple[str, ...]
    hypotheses: tuple[Term, ...]
    left: Term
    right: Term
    base: Node
    step: Node
    then: Node


Node = Chain | Cases | Have | Define | Obtain | Induction


@dataclass(frozen=True)
class Proof:
    """A proof of a claim: evidence that it is well-formed and that its conditions hold, a proof of the
    equation of its entries, the theorems that this proof uses, with their own proofs, and proofs that the witness
    satisfies the assumptions of the claim."""

    well_formed: tuple[Evidence, ...]
    conditions: tuple[Evidence, ...]
    entries: Node
    theorems: tuple[tuple[str, Claim, Proof], ...] = ()
    assumptions: tuple[Node, ...] = ()


NO_LEMMAS: Mapping[str, Equation] = MappingProxyType({})


@dataclass(frozen=True)
class Equation:
    """An equation (or inequality) that is known for all values of its own variables, tensors and functions that
    satisfy its hypotheses; its fields and sequences are those of the same name."""

    integers: tuple[str, ...]
    ranks: Mapping[str, int]
    hypotheses: tuple[Term, ...]
    left: Term
    right: Term
    functions: tuple[Function, ...] = ()
    fields: tuple[tuple[str, int], ...] = ()
    sequences: tuple[str, ...] = ()
    relation: str = "="
