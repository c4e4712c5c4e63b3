"""Values of all variables that satisfy all hypotheses: a statement that has none says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product
from typing import Any

from ..kernel import Claim, Lambda, Rejected, Term, terms
from ..kernel.claim import expand, index_conditions
from ..kernel.functions import exact
from ..kernel.value import holds, value
from ..language.landmarks import landmarks
from .linear import Solver, integer_model

Witness = tuple[tuple[str, Fraction | Lambda], ...]
_SMALL = (2, 1, 3, 4, 0, 5, 6, 8, -1)
_LEAVES = (Fraction(1), Fraction(2), Fraction(0), Fraction(-1))
_RAMPS = ((0, 1), (0, -1), (5, -2), (-3, 2))  # (number, slope)
_MOST_TRIES = 20_000
_MOST_LEAVES = 3_000


def find_witness(claim: Claim, solver: Solver) -> Witness | None:
    """A witness for a claim: small values by trying, others by z3; leaves are constant. None if there is none."""
    names = (*claim.integers, *claim.sequences, *(index.name for index in claim.indices))
    conditions = [expand(each, claim.definitions) for each in (*claim.hypotheses, *index_conditions(claim.indices))]
    conditions += [terms.at_most(terms.integer(1), terms.variable(name)) for name in claim.sequences]
    conditions = [_with_constant_sizes(each) for each in conditions]
    about_integers = [each for each in conditions if not _speaks_of_reals(each)]
    found = _by_trying(names, about_integers)
    if found is None:
        found = _by_solving(names, about_integers, solver)
    if found is None:
        return None
    others = [each for each in conditions if _speaks_of_reals(each)]
    functions = {function.name: exact(function.example) for function in claim.functions}
    for leaves in _leaves(claim, others):
        values = {name: _as_function(each) for name, each in leaves.items()}
        if _all_hold(others, found, {**values, **functions}):
            return (*((name, Fraction(found[name])) for name in names), *leaves.items())
    return None


def _leaves(claim: Claim, conditions: Sequence[Term]) -> Iterator[dict[str, Fraction | Lambda]]:
    """Constant tensors that are all equal first, then some whose entries grow or fall with their indices, then
    different constant tensors"""
    names = [leaf.name for leaf in claim.leaves]
    numbers = tuple(dict.fromkeys([*_LEAVES, *landmarks(conditions)]))
    for number in numbers:
        yield dict.fromkeys(names, number)
    for start, slope in _RAMPS:
        yield {leaf.name: _ramp(leaf.rank, start, slope) for leaf in claim.leaves}
    restricted = [name for name in names if any(name in terms.names_in(each) for each in conditions)]
    for chosen in islice(product(numbers, repeat=len(restricted)), _MOST_LEAVES if len(restricted) > 1 else 0):
        yield {**dict.fromkeys(names, _LEAVES[0]), **dict(zip(restricted, chosen, strict=True))}


def _ramp(rank: int, start: int, slope: int) -> Lambda:
    names = tuple(f"at{number}" for number in range(rank))
    parts = (terms.multiply(terms.integer(slope), terms.variable(name)) for name in names)
    return Lambda(names, terms.real(terms.add(terms.integer(start), *parts)))


def _as_function(found: Fraction | Lambda) -> Any:
    """The tensor as `value` takes it"""
    if isinstance(found, Fraction):
        return found
    return lambda at: value(found.body, dict(zip(found.indices, at, strict=True)), {})


def _with_constant_sizes(term: Term) -> Term:
    """A witness gives all layers one size, so its name can stand for n[l]."""
    if term.head == "size":
        return terms.variable(str(term.value))
    return terms.with_args(term, tuple(map(_with_constant_sizes, term.args)))


def other_witnesses(claim: Claim, found: Witness) -> Iterator[Witness]:
    """Witnesses of which one may satisfy quantified assumptions: a leaf that a side of the claim is an entry of is
    what the other side says, at the sizes that are found."""
    sizes = {
        name: terms.integer(int(value))
        for name, value in found
        if isinstance(value, Fraction) and name in claim.integers
    }
    sides = tuple(expand(side, claim.definitions) for side in (claim.left, claim.right))
    for one, other in (sides, sides[::-1]):
        names = tuple(str(index.value) for index in one.args if index.head == "variable")
        if one.head == "entry" and len(set(names)) == len(one.args) and not _speaks_of_leaves(other):
            formula = Lambda(names, terms.substitute(other, sizes))
            yield tuple((name, formula if name == one.value else value) for name, value in found)
    yield found


def _speaks_of_leaves(term: Term) -> bool:
    return any(part.head in ("entry", "call", "field", "size") for part in terms.subterms(term))


def _speaks_of_reals(condition: Term) -> bool:
    return any(part.sort == terms.REAL for part in terms.subterms(condition))


def _all_hold(conditions: Sequence[Term], values: dict[str, int], leaves: dict[str, Any]) -> bool:
    try:
        return all(holds(condition, values, leaves) for condition in conditions)
    except Rejected:
        return False


def _by_trying(names: Sequence[str], conditions: Sequence[Term]) -> dict[str, int] | None:
    """Depth first over small values; a condition is looked at as soon as all its variables have one."""
    due: list[list[Term]] = [[] for _ in range(len(names) + 1)]
    for condition in conditions:
        unknown = terms.free_variables(condition)
        due[max((names.index(name) + 1 for name in unknown), default=0)].append(condition)
    for tries, values in enumerate(_assignments(names, due, {})):
        if values is not None:
            return values
        if tries > _MOST_TRIES:
            return None
    return None


def _assignments(
    names: Sequence[str], due: list[list[Term]], values: dict[str, int]
) -> Iterator[dict[str, int] | None]:
    """Complete assignments; None for every partial one that fails."""
    if not _all_hold(due[len(values)], values, {}):
        yield None
    elif len(values) == len(names):
        yield dict(values)
    else:
        for value in _SMALL:
            yield from _assignments(names, due, {**values, names[len(values)]: value})


def _by_solving(names: Sequence[str], conditions: Sequence[Term], solver: Solver) -> dict[str, int] | None:
    model = integer_model(solver, names, conditions)
    return model if model is not None and _all_hold(conditions, model, {}) else None
