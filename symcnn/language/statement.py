"""An identity as a kernel claim, with what a reader wants to know of it: which tensor has which name, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from sympy import Dummy

from ..errors import LanguageError
from ..kernel import Claim, Definition, Index, Term, terms
from ..kernel.polynomial import ONE, polynomial
from .identity import Identity
from .symbols import Divides
from .tensors import Tensor, index_letters
from .translate import Translation


@dataclass(frozen=True)
class Statement:
    """The claim of an identity (its witness still empty), its tensors by name, why its conditions are there, which
    of them say that the two sides have one shape, and which numbers were written as decimals.

    `between` are the entries of tensors that only the proof speaks of, `helpers` the definitions for them."""

    identity: Identity
    claim: Claim
    tensors: Mapping[str, Tensor]
    reasons: Mapping[Term, str]
    shapes: frozenset[Term]
    decimals: frozenset[Fraction]
    between: tuple[Term, ...] = ()
    helpers: tuple[Definition, ...] = ()


def statement_of(identity: Identity, between: Iterable[Tensor] = ()) -> Statement:
    """Translate an identity, and the tensors `between` its sides that a derivation goes through.

    Raises `LanguageError`, `NameClash` or `ShapeError` for what has no meaning.
    """
    between = tuple(between)
    left, right = identity.lhs, identity.rhs
    letters = index_letters(left if left.letters else right if right.letters else left)
    symbols = tuple(Dummy(letter, integer=True) for letter in letters)
    first_look = Translation()
    _translate(first_look, identity, between, symbols)
    translation = Translation(reserved=first_look.given_names() | {"?"})
    entries, passed, given, own = _translate(translation, identity, between, symbols)
    shapes = translation.shape(left), translation.shape(right)
    equal = [terms.equal(*pair) for pair in zip(*shapes, strict=True) if pair[0] != pair[1]]
    reasons = dict(translation.requirements)
    for condition in equal:
        reasons.setdefault(condition, "the two sides need equal extents")
    taken = {*translation.integers, *translation.tensors}
    names = dict(zip((str(p.value) for p in _placeholders(symbols).values()), fresh_names(letters, taken), strict=True))
    renaming = {old: terms.variable(new) for old, new in names.items()}
    indices = tuple(
        Index(name, terms.integer(left.origin), last_index(left.origin, extent))
        for name, extent in zip(names.values(), shapes[0], strict=True)
    )
    integers = _in_order(translation)
    every = tuple(translation.definitions.values())
    helpers = tuple(_lettered(each, translation, {*taken, *names.values()}) for each in every[own:])
    hypotheses = _hypotheses(integers, given, identity)
    claim = Claim(
        integers=integers,
        leaves=tuple(translation.leaves.values()),
        definitions=tuple(_lettered(each, translation, taken) for each in every[:own]),
        hypotheses=hypotheses,
        conditions=tuple(each for each in reasons if not _assumed(each, hypotheses)),
        indices=indices,
        left=terms.substitute(entries[0], renaming),
        right=terms.substitute(entries[1], renaming),
        witness=(),
    )
    return Statement(
        identity,
        claim,
        translation.tensors,
        reasons,
        frozenset(equal),
        frozenset(translation.decimals),
        tuple(terms.substitute(each, renaming) for each in passed),
        helpers,
    )


def _in_order(translation: Translation) -> tuple[str, ...]:
    """The sizes: those of the leaves first, in the order in which their shapes name them."""
    shapes = (extent for leaf in translation.leaves.values() for extent in leaf.shape)
    named = [str(part.value) for extent in shapes for part in terms.subterms(extent) if part.head == "variable"]
    return tuple(dict.fromkeys([*named, *translation.integers]))


def last_index(origin: int, extent: Term) -> Term:
    """origin + extent - 1"""
    return extent if origin == 1 else terms.add(extent, terms.integer(origin - 1))


def _translate(
    translation: Translation, identity: Identity, between: tuple[Tensor, ...], symbols: tuple[Dummy, ...]
) -> tuple[list[Term], list[Term], tuple[Term, ...], int]:
    """Entries of the two sides, entries of what is between them, the given conditions, and the number of
    definitions that the statement itself needs. Raises `LanguageError` for a leaf that only stands between."""
    placeholders = _placeholders(symbols)

    def entry(tensor: Tensor) -> Term:
        shift = tensor.origin - identity.lhs.origin
        return translation.entry(tensor, tuple(symbol + shift for symbol in symbols), placeholders)

    for side in (identity.lhs, identity.rhs):
        translation.shape(side)
    sides = [entry(side) for side in (identity.lhs, identity.rhs)]
    given = tuple(translation.condition(condition, {}) for condition in identity.given)
    own, leaves = len(translation.definitions), len(translation.leaves)
    passed = [entry(as_written(each)) for each in between]
    if len(translation.leaves) > leaves:
        raise LanguageError("a line speaks of a tensor that neither the first nor the last line has")
    return sides, passed, given, own


def as_written(tensor: Tensor) -> Tensor:
    """A tensor without a name is shown by its formula where it stands in a derivation."""
    own = tensor.name is None and tensor.operation is None and tensor.formula is not None
    return replace(tensor, inline=True) if own else tensor


def _placeholders(symbols: tuple[Dummy, ...]) -> dict[Dummy, Term]:
    return {symbol: terms.variable(f"@{symbol.dummy_index}") for symbol in symbols}


def fresh_names(letters: Iterable[str], taken: Iterable[str]) -> tuple[str, ...]:
    """The letters, with primes where a letter is taken or comes twice."""
    used, names = set(taken), []
    for letter in letters:
        while letter in used:
            letter += "'"
        used.add(letter)
        names.append(letter)
    return tuple(names)


def _lettered(definition: Definition, translation: Translation, taken: set[str]) -> Definition:
    """The definition with its indices named as a reader expects them."""
    names = fresh_names(index_letters(translation.tensors[definition.name]), taken)
    renaming = {old: terms.variable(new) for old, new in zip(definition.indices, names, strict=True)}
    return replace(definition, indices=names, body=terms.substitute(definition.body, renaming))


def _hypotheses(names: tuple[str, ...], given: tuple[Term, ...], identity: Identity) -> tuple[Term, ...]:
    """1 <= size for every size that is not bounded in `given`, then bounds, then the rest.

    Bounds stand first, so that a later hypothesis such as `k divides m` may rely on them.
    """
    bounded = {name for condition in given for name in _bounded_below(condition)}
    sizes = tuple(terms.at_most(terms.integer(1), terms.variable(name)) for name in names if name not in bounded)
    relies = [isinstance(condition, Divides) for condition in identity.given]
    first = tuple(each for each, last in zip(given, relies, strict=True) if not last)
    return (*sizes, *first, *(each for each, last in zip(given, relies, strict=True) if last))


def _assumed(condition: Term, hypotheses: tuple[Term, ...]) -> bool:
    """Whether a condition is a hypothesis, or is `c <= v` where a hypothesis is `d <= v`, with literals c <= d."""
    if condition in hypotheses:
        return True
    bound = _literal_bound(condition)
    known = (_literal_bound(hypothesis) for hypothesis in hypotheses)
    return bound is not None and any(each and each[0] == bound[0] and each[1] >= bound[1] for each in known)


def _literal_bound(condition: Term) -> tuple[Term, int] | None:
    """(v, c) of a condition `c <= v`, with a literal c"""
    if condition.head != "at_most" or condition.args[0].head != "integer":
        return None
    return condition.args[1], int(str(condition.args[0].value))


def _bounded_below(condition: Term) -> Iterable[str]:
    """The variable v of a hypothesis `c <= v` or `v = c`, with a literal c"""
    if condition.head == "and":
        for child in condition.args:
            yield from _bounded_below(child)
    if condition.head in ("at_most", "equal"):
        lower, upper = map(polynomial, condition.args)
        difference = {**upper}
        for monomial, coefficient in lower.items():
            difference[monomial] = difference.get(monomial, 0) - coefficient
        atoms = [(m, c) for m, c in difference.items() if m != ONE and c]
        if len(atoms) == 1 and (atoms[0][1] > 0 or condition.head == "equal"):
            ((atom, exponent), *more) = atoms[0][0]
            if atom.head == "variable" and exponent == 1 and not more:
                yield str(atom.value)
