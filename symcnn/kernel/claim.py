"""Claims: for all sizes and tensors, under hypotheses, two tensors have the same shape and the same entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from . import terms
from .functions import EXAMPLES, FACTS, KNOWN, Function, exact, implied
from .rejected import Rejected
from .terms import CONDITION, INTEGER, REAL, Lambda, Term
from .value import Entry, holds, value


@dataclass(frozen=True)
class Leaf:
    """An arbitrary tensor. Its indices run from `origin` to `origin + extent - 1`; those of `layers`, which come
    first, are any integers, and the shape may depend on them."""

    name: str
    shape: tuple[Term, ...]
    origin: int = 1
    layers: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """The number of all its indices."""
        return len(self.layers) + len(self.shape)


@dataclass(frozen=True)
class Definition:
    """A tensor with a name and a formula: entry `indices` is `body`. Without a shape it may be read anywhere. The
    first indices, if there are more than extents, are layers, as of a `Leaf`."""

    name: str
    indices: tuple[str, ...]
    body: Term
    shape: tuple[Term, ...] | None = None
    origin: int = 1
    first: Term | None = None  # the layer from which on it means something

    @property
    def layers(self) -> tuple[str, ...]:
        """The indices that any integer may be."""
        return self.indices[: len(self.indices) - len(self.shape or ())]


@dataclass(frozen=True)
class Field:
    """An arbitrary real function of tensors with `rank` indices, differentiable as a function of all entries."""

    name: str
    rank: int


@dataclass(frozen=True)
class Index:
    """A variable of the entry equation with its range, both ends included."""

    name: str
    lower: Term
    upper: Term


@dataclass(frozen=True)
class Assumption:
    """`left = right` for all values of these leaves and all indices in their ranges."""

    name: str
    leaves: tuple[str, ...]
    indices: tuple[Index, ...]
    left: Term
    right: Term


@dataclass(frozen=True)
class Claim:
    """For all `integers`, `leaves`, `functions`, `fields` and `sequences` (of sizes, at least 1) with the
    `hypotheses` and `assumptions`: the `conditions` hold (equal extents, above all), and `left = right` (or `<=`)
    for all `indices` in their ranges. `witness` gives integers, sequences, indices and leaves values that satisfy
    everything assumed, so that the claim says something."""

    integers: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    definitions: tuple[Definition, ...]
    hypotheses: tuple[Term, ...]
    conditions: tuple[Term, ...]
    indices: tuple[Index, ...]
    left: Term
    right: Term
    witness: tuple[tuple[str, Fraction | Lambda], ...]
    sequences: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    fields: tuple[Field, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    relation: str = "="


@dataclass(frozen=True)
class Scope:
    """The names that a term may use: integer variables, tensors with their rank, sequences of sizes, functions,
    functions of tensors with the rank of these."""

    integers: frozenset[str]
    ranks: Mapping[str, int]
    sequences: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    fields: Mapping[str, int] = field(default_factory=dict)

    def admit(self, term: Term, sort: str) -> None:
        """Return if the term has this sort and only names in scope; raise `Rejected` otherwise."""
        if term.sort != sort or term.loose:
            raise Rejected(f"{term!r} stands where a closed {sort} term belongs")
        unknown = terms.free_variables(term) - self.integers
        if unknown:
            raise Rejected(f"{term!r} speaks of {', '.join(sorted(unknown))}, which is not in scope")
        for kind, name, rank in names_used(term):
            if not self._knows(kind, name, rank):
                raise Rejected(f"{term!r} reads {name} with {rank} indices, which is not in scope")
        _check_kinds(term, ())

    def _knows(self, kind: str, name: str, rank: int) -> bool:
        match kind:
            case "entry":
                return self.ranks.get(name) == rank
            case "field":
                return self.fields.get(name) == rank
            case "size":
                return name in self.sequences
            case _:
                return name in self.functions or name in KNOWN

    def known_as(self) -> frozenset[tuple[str, str, int]]:
        """(head, name, number of indices) of the sequences and fields in scope."""
        fields = {("field", name, rank) for name, rank in self.fields.items()}
        return frozenset(fields | {("size", name, 1) for name in self.sequences})

    def with_integers(self, names: Iterable[str]) -> Scope:
        """The scope with fresh integer variables; raises `Rejected` for a name that is taken."""
        names = tuple(names)
        for name in names:
            _check_name(name)
        if len(set(names)) < len(names) or not self._names().isdisjoint(names):
            raise Rejected(f"two things are called by one name among {', '.join(names)}")
        return replace(self, integers=self.integers | set(names))

    def with_tensor(self, name: str, rank: int) -> Scope:
        """The scope with a fresh tensor; raises `Rejected` for a name that is taken."""
        _check_name(name)
        if name in self._names():
            raise Rejected(f"two things are called {name}")
        return replace(self, ranks={**self.ranks, name: rank})

    def _names(self) -> frozenset[str]:
        return self.integers.union(self.ranks, self.sequences, self.functions, self.fields)


def _check_name(name: str) -> None:
    if not name or "#" in name or not name.isprintable() or name in KNOWN:
        raise Rejected(f"{name!r} cannot be a name")


def names_used(term: Term) -> frozenset[tuple[str, str, int]]:
    """(head, name, number of indices) of every entry, sequence, function and field that the term speaks of."""
    if "uses" not in term.memory:
        own = set()
        if term.head in ("entry", "size"):
            own = {(term.head, str(term.value), len(term.args))}
        elif term.head == "call":
            own = {("call", terms.function_of(term), 1)}
        elif term.head == "field":
            own = {("field", str(term.value), terms.rank_of(term))}
        term.memory["uses"] = frozenset(own).union(*map(names_used, term.args))
    found: frozenset[tuple[str, str, int]] = term.memory["uses"]
    return found


def _check_kinds(term: Term, around: tuple[int, ...]) -> None:
    """That every bound variable is used as what its binder binds: -1 is an integer, else the rank of a tensor"""
    if not term.loose and "kinds" in term.memory:
        return
    if term.head in ("bound", "bound_entry"):
        kind = -1 if term.head == "bound" else len(term.args)
        if around[int(str(term.value))] != kind:
            raise Rejected(f"{term!r} is not what its binder binds")
    for position, child in enumerate(term.args):
        _check_kinds(child, (*reversed(binder_kinds(term, position)), *around))
    if not term.loose:
        term.memory["kinds"] = True


def binder_kinds(term: Term, position: int) -> tuple[int, ...]:
    """What the binders around a child bind, the outermost first: -1 is an integer, else the rank of a tensor."""
    count = terms.binds(term, position)
    if (term.head, position) in (("partial", 0), ("iterate", 3)):
        return (terms.rank_of(term), *(-1,) * (count - 1))
    return (-1,) * count


def claim_scope(claim: Claim) -> Scope:
    """The names of a claim, its entry indices excepted. Raises `Rejected` where a part of the claim does
    not make sense: a name taken twice, a term out of scope, a definition that uses a later one."""
    scope = Scope(frozenset(), {}).with_integers(claim.integers)
    for sequence in claim.sequences:
        scope = replace(
            scope.with_integers((sequence,)), sequences=scope.sequences | {sequence}, integers=scope.integers
        )
    for function in claim.functions:
        scope = _with_function(scope, function)
    for each in claim.fields:
        fields = {**scope.fields, each.name: each.rank}
        scope = replace(scope.with_integers((each.name,)), fields=fields, integers=scope.integers)
    for leaf in claim.leaves:
        admit_all(scope.with_integers(leaf.layers), leaf.shape, INTEGER)
        scope = scope.with_tensor(leaf.name, leaf.rank)
    for definition in claim.definitions:
        scope = define(scope, definition)
    admit_all(scope, (*claim.hypotheses, *claim.conditions), CONDITION)
    for index in claim.indices:
        admit_all(scope, (index.lower, index.upper), INTEGER)
    admit_all(scope.with_integers(index.name for index in claim.indices), (claim.left, claim.right), REAL)
    for assumption in claim.assumptions:
        _check_assumption(scope, assumption, claim)
    if claim.relation not in ("=", "<="):
        raise Rejected(f"{claim.relation!r} is not = or <=")
    return scope


def _with_function(scope: Scope, function: Function) -> Scope:
    """Raises `Rejected` if its example does not have the facts: they may contradict each other."""
    if function.name in KNOWN or function.name.endswith("'"):
        raise Rejected(f"an unknown function cannot be called {function.name}")
    has = EXAMPLES.get(function.example)
    if has is None or not set(function.facts) <= set(FACTS) or not implied(function.facts) <= has:
        raise Rejected(f"{function.example} does not show that {', '.join(function.facts)} can all hold")
    named = scope.with_integers((function.name,))
    return replace(named, functions=scope.functions | {function.name}, integers=scope.integers)


def _check_assumption(scope: Scope, assumption: Assumption, claim: Claim) -> None:
    names = [each.name for each in claim.assumptions]
    if len(set(names)) < len(names) or not set(assumption.leaves) <= {leaf.name for leaf in claim.leaves}:
        raise Rejected(f"the assumption {assumption.name} has a name of another, or speaks of a tensor that is no leaf")
    for index in assumption.indices:
        admit_all(scope, (index.lower, index.upper), INTEGER)
    inside = scope.with_integers(index.name for index in assumption.indices)
    admit_all(inside, (assumption.left, assumption.right), REAL)


def admit_all(scope: Scope, several: Iterable[Term], sort: str) -> None:
    """Return if every term is in scope and has this sort; raise `Rejected` otherwise."""
    for term in several:
        scope.admit(term, sort)


def define(scope: Scope, definition: Definition) -> Scope:
    """The scope with the defined tensor; raises `Rejected` if its formula is out of scope."""
    scope.with_integers(definition.indices).admit(definition.body, REAL)
    if definition.first is not None:
        scope.admit(definition.first, INTEGER)
    if definition.shape is not None:
        if len(definition.shape) > len(definition.indices):
            raise Rejected(f"{definition.name} has {len(definition.shape)} extents and other indices")
        admit_all(scope.with_integers(definition.layers), definition.shape, INTEGER)
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

    A number stands for a tensor or a sequence that is constant. The proof shows the assumptions at the witness.
    """
    names = witnessed(claim)
    if tuple(name for name, _ in claim.witness) != names:
        raise Rejected(f"the witness must give values to {', '.join(names)}, in this order")
    integers, tensors = witness_values(claim)
    examples = {function.name: exact(function.example) for function in claim.functions}
    for condition in (*claim.hypotheses, *index_conditions(claim.indices)):
        if not holds(expand(condition, claim.definitions), integers, {**tensors, **examples}):
            raise Rejected(f"the witness does not satisfy {condition!r}: the claim may say nothing")


def witnessed(claim: Claim) -> tuple[str, ...]:
    """What a witness gives values to."""
    indices, leaves = (index.name for index in claim.indices), (leaf.name for leaf in claim.leaves)
    return (*claim.integers, *claim.sequences, *indices, *leaves)


def witness_values(claim: Claim) -> tuple[dict[str, int], dict[str, Entry | Fraction]]:
    """The integers of a witness, and its tensors and sequences. Raises `Rejected` for a value of another kind."""
    values = dict(claim.witness)
    numbers = {name: value for name, value in values.items() if isinstance(value, Fraction)}
    leaves = {leaf.name: leaf for leaf in claim.leaves}
    integers = {name: int(numbers.get(name, 0)) for name in values if name not in leaves}
    if any(numbers.get(name) != integers[name] for name in integers):
        raise Rejected("the witness gives no integer to an integer")
    if any(integers[name] < 1 for name in claim.sequences):
        raise Rejected("the witness gives a size below 1")
    tensors: dict[str, Entry | Fraction] = {name: Fraction(integers[name]) for name in claim.sequences}
    for name, leaf in leaves.items():
        found = values[name]
        tensors[name] = found if isinstance(found, Fraction) else _entries(found, leaf.rank)
    return integers, tensors


def _entries(formula: Lambda, rank: int) -> Entry:
    """The tensor as a function of its indices; its formula speaks of nothing else"""
    if len(formula.indices) != rank:
        raise Rejected(f"the witness has {len(formula.indices)} indices for {rank}")
    Scope(frozenset(), {}).with_integers(formula.indices).admit(formula.body, REAL)
    return lambda at: value(formula.body, dict(zip(formula.indices, at, strict=True)), {})
