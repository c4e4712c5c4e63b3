"""Claims: for all sizes and tensors, under hypotheses, two tensors have the same shape and the same entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from . import terms
from .rejected import Rejected
from .terms import CONDITION, INTEGER, REAL, Lambda, Term
from .value import holds


@dataclass(frozen=True)
class Leaf:
    """An arbitrary tensor. Its indices run from `origin` to `origin + extent - 1`."""

    name: str
    shape: tuple[Term, ...]
    origin: int = 1


@dataclass(frozen=True)
class Definition:
    """A tensor with a name and a formula: entry `indices` is `body`. Without a shape it may be read anywhere."""

    name: str
    indices: tuple[str, ...]
    body: Term
    shape: tuple[Term, ...] | None = None
    origin: int = 1


@dataclass(frozen=True)
class Index:
    """A variable of the entry equation with its range, both ends included."""

    name: str
    lower: Term
    upper: Term


@dataclass(frozen=True)
class Claim:
    """For all `integers` and `leaves` with the `hypotheses`: the `conditions` hold (equal extents, above all),
    and `left = right` for all `indices` in their ranges. `witness` gives integers, indices and leaves values
    that satisfy everything assumed, so that the claim says something."""

    integers: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    definitions: tuple[Definition, ...]
    hypotheses: tuple[Term, ...]
    conditions: tuple[Term, ...]
    indices: tuple[Index, ...]
    left: Term
    right: Term
    witness: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class Scope:
    """The names that a term may use: integer variables, and tensors with their rank."""

    integers: frozenset[str]
    ranks: Mapping[str, int]

    def admit(self, term: Term, sort: str) -> None:
        """Return if the term has this sort and only names in scope; raise `Rejected` otherwise."""
        if term.sort != sort or term.loose:
            raise Rejected(f"{term!r} stands where a closed {sort} term belongs")
        unknown = terms.free_variables(term) - self.integers
        if unknown:
            raise Rejected(f"{term!r} speaks of {', '.join(sorted(unknown))}, which is not in scope")
        for name, rank in _reads(term):
            if self.ranks.get(name) != rank:
                raise Rejected(f"{term!r} reads {name} with {rank} indices, which is not in scope")

    def with_integers(self, names: Iterable[str]) -> Scope:
        """The scope with fresh integer variables; raises `Rejected` for a name that is taken."""
        names = tuple(names)
        for name in names:
            _check_name(name)
        if len(set(names)) < len(names) or not self._names().isdisjoint(names):
            raise Rejected(f"two things are called by one name among {', '.join(names)}")
        return Scope(self.integers | set(names), self.ranks)

    def with_tensor(self, name: str, rank: int) -> Scope:
        """The scope with a fresh tensor; raises `Rejected` for a name that is taken."""
        _check_name(name)
        if name in self._names():
            raise Rejected(f"two things are called {name}")
        return Scope(self.integers, {**self.ranks, name: rank})

    def _names(self) -> frozenset[str]:
        return self.integers | set(self.ranks)


def _check_name(name: str) -> None:
    if not name or "#" in name or not name.isprintable():
        raise Rejected(f"{name!r} cannot be a name")


def _reads(term: Term) -> frozenset[tuple[str, int]]:
    """(name, number of indices) of every entry that the term reads"""
    if "reads" not in term.memory:
        own = {(str(term.value), len(term.args))} if term.head == "entry" else set()
        term.memory["reads"] = frozenset(own).union(*map(_reads, term.args))
    found: frozenset[tuple[str, int]] = term.memory["reads"]
    return found


def claim_scope(claim: Claim) -> Scope:
    """The names of a claim, its entry indices excepted. Raises `Rejected` where a part of the claim does
    not make sense: a name taken twice, a term out of scope, a definition that uses a later one."""
    scope = Scope(frozenset(), {}).with_integers(claim.integers)
    for leaf in claim.leaves:
        admit_all(scope, leaf.shape, INTEGER)
        scope = scope.with_tensor(leaf.name, len(leaf.shape))
    for definition in claim.definitions:
        scope = define(scope, definition)
    admit_all(scope, (*claim.hypotheses, *claim.conditions), CONDITION)
    for index in claim.indices:
        admit_all(scope, (index.lower, index.upper), INTEGER)
    admit_all(scope.with_integers(index.name for index in claim.indices), (claim.left, claim.right), REAL)
    return scope


def admit_all(scope: Scope, several: Iterable[Term], sort: str) -> None:
    """Return if every term is in scope and has this sort; raise `Rejected` otherwise."""
    for term in several:
        scope.admit(term, sort)


def define(scope: Scope, definition: Definition) -> Scope:
    """The scope with the defined tensor; raises `Rejected` if its formula is out of scope."""
    scope.with_integers(definition.indices).admit(definition.body, REAL)
    if definition.shape is not None:
        admit_all(scope, definition.shape, INTEGER)
        if len(definition.shape) != len(definition.indices):
            raise Rejected(f"{definition.name} has {len(definition.shape)} extents and other indices")
    return scope.with_tensor(definition.name, len(definition.indices))


def ranges(origin: int, shape: Iterable[Term], indices: Iterable[Term]) -> tuple[Term, ...]:
    """origin <= index and index <= origin + extent - 1, for every index"""
    conditions: list[Term] = []
    for extent, index in zip(shape, indices, strict=True):
        upper = terms.add(extent, terms.integer(origin - 1)) if origin != 1 else extent
        conditions += [terms.at_most(terms.integer(origin), index), terms.at_most(index, upper)]
    return tuple(conditions)


def index_conditions(indices: Iterable[Index]) -> tuple[Term, ...]:
    """lower <= index and index <= upper, for every index"""
    conditions: list[Term] = []
    for index in indices:
        name = terms.variable(index.name)
        conditions += [terms.at_most(index.lower, name), terms.at_most(name, index.upper)]
    return tuple(conditions)


def expand(term: Term, definitions: Iterable[Definition]) -> Term:
    """The term with every defined tensor replaced by its formula, the last definition first."""
    for definition in reversed(tuple(definitions)):
        term = terms.substitute(term, {}, {definition.name: Lambda(definition.indices, definition.body)})
    return term


def check_witness(claim: Claim) -> None:
    """Return if the witness satisfies all that is assumed; raise `Rejected` otherwise: such a claim is vacuous.

    Leaves are constant in a witness, so a number stands for the whole tensor.
    """
    names = [*claim.integers, *(index.name for index in claim.indices), *(leaf.name for leaf in claim.leaves)]
    if [name for name, _ in claim.witness] != names:
        raise Rejected(f"the witness must give values to {', '.join(names)}, in this order")
    numbers = dict(claim.witness)
    leaves = {leaf.name: numbers[leaf.name] for leaf in claim.leaves}
    integers = {name: int(value) for name, value in numbers.items() if name not in leaves}
    if any(integers[name] != numbers[name] for name in integers):
        raise Rejected("the witness gives a fraction to an integer")
    for condition in (*claim.hypotheses, *index_conditions(claim.indices)):
        if not holds(expand(condition, claim.definitions), integers, leaves):
            raise Rejected(f"the witness does not satisfy {condition!r}: the claim may say nothing")
