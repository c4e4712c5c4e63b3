"""An identity as a kernel claim, with what a reader wants to know of it: which tensor has which name, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from sympy import Dummy

from ..errors import LanguageError
from ..kernel import Assumption, Claim, Definition, Index, Term, terms
from ..kernel.polynomial import ONE, polynomial
from .identity import Identity
from .symbols import Divides, ForAll
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
    met = _translated(identity, tuple(between))
    claim, renaming = _claim(identity, met)
    names = {*claim.integers, *met.translation.tensors, *(index.name for index in claim.indices)}
    helpers = tuple(met.translation.definitions.values())[met.own :]
    return Statement(
        identity,
        claim,
        met.translation.tensors,
        met.reasons,
        frozenset(met.equal),
        frozenset(met.translation.decimals),
        tuple(terms.substitute(each, renaming) for each in met.between),
        tuple(_lettered(each, met.translation, names) for each in helpers),
    )


@dataclass(frozen=True)
class _Translated:
    """What the translation of an identity gives: entries of the two sides and of what is between them, the given
    conditions, and how many definitions the statement itself needs. Indices are `placeholders` still."""

    translation: Translation
    letters: tuple[str, ...]
    placeholders: dict[Dummy, Term]
    sides: list[Term]
    between: list[Term]
    given: tuple[Term, ...]
    own: int
    equal: tuple[Term, ...]
    assumptions: tuple[Assumption, ...]

    @property
    def reasons(self) -> dict[Term, str]:
        """Why each condition of the statement is there."""
        shapes = dict.fromkeys(self.equal, "the two sides need equal extents")
        return {**shapes, **self.translation.requirements}


def _claim(identity: Identity, met: _Translated) -> tuple[Claim, dict[str, Term]]:
    """The claim, and the terms for the placeholders of its indices"""
    translation, origin = met.translation, identity.lhs.origin
    integers = _in_order(translation)
    taken = {*integers, *translation.tensors, *translation.kinds}
    names = fresh_names(met.letters, taken)
    olds = (str(placeholder.value) for placeholder in met.placeholders.values())
    renaming = {old: terms.variable(new) for old, new in zip(olds, names, strict=True)}
    hypotheses = _hypotheses(integers, met.given, identity)
    left, right = (terms.substitute(side, renaming) for side in met.sides)
    definitions = tuple(translation.definitions.values())[: met.own]
    claim = Claim(
        integers=integers,
        leaves=tuple(translation.leaves.values()),
        definitions=tuple(_lettered(each, translation, taken) for each in definitions),
        hypotheses=hypotheses,
        conditions=tuple(each for each in met.reasons if not _assumed(each, hypotheses)),
        indices=tuple(
            Index(name, terms.integer(origin), last_index(origin, extent))
            for name, extent in zip(names, translation.shape(identity.lhs), strict=True)
        ),
        left=left,
        right=right,
        witness=(),
        sequences=tuple(translation.sequences),
        functions=tuple(translation.functions.values()),
        fields=tuple(translation.fields.values()),
        assumptions=met.assumptions,
    )
    return _without_unused(claim), renaming


def _without_unused(claim: Claim) -> Claim:
    """The claim without definitions that nothing speaks of: a derivative writes out what it is taken of. Recursions
    are kept, since they say what the layers are that it writes out."""
    used = {name for part in _parts(claim) for name in terms.names_in(part)}
    kept: list[Definition] = []
    for definition in reversed(claim.definitions):
        if definition.name in used or definition.body.head == "iterate":
            kept.insert(0, definition)
            used.update(*map(terms.names_in, (definition.body, *(definition.shape or ()))))
    return replace(claim, definitions=tuple(kept))


def _parts(claim: Claim) -> Iterator[Term]:
    yield from (claim.left, claim.right, *claim.hypotheses, *claim.conditions)
    equations: tuple[Claim | Assumption, ...] = (claim, *claim.assumptions)
    for each in equations:
        yield from (each.left, each.right, *(bound for index in each.indices for bound in (index.lower, index.upper)))
    yield from (extent for leaf in claim.leaves for extent in leaf.shape)


def _in_order(translation: Translation) -> tuple[str, ...]:
    """The sizes: those of the leaves first, in the order in which their shapes name them."""
    shapes = ((leaf.layers, extent) for leaf in translation.leaves.values() for extent in leaf.shape)
    named = [
        str(part.value)
        for layers, extent in shapes
        for part in terms.subterms(extent)
        if part.head == "variable" and part.value not in layers
    ]
    return tuple(dict.fromkeys([*named, *translation.integers]))


def last_index(origin: int, extent: Term) -> Term:
    """origin + extent - 1"""
    return extent if origin == 1 else terms.add(extent, terms.integer(origin - 1))


def _translated(identity: Identity, between: tuple[Tensor, ...]) -> _Translated:
    """Translate twice: the second time the names that the user has given are known."""
    first_look = _translate(Translation(), identity, between)
    return _translate(Translation(reserved=first_look.translation.given_names() | {"?"}), identity, between)


def _translate(translation: Translation, identity: Identity, between: tuple[Tensor, ...]) -> _Translated:
    """Raises `LanguageError` for a leaf that only stands between the sides."""
    left, right = identity.lhs, identity.rhs
    letters = index_letters(left if left.letters else right if right.letters else left)
    symbols = tuple(Dummy(letter, integer=True) for letter in letters)
    placeholders = {symbol: terms.variable(f"@{symbol.dummy_index}") for symbol in symbols}

    def entry(tensor: Tensor) -> Term:
        shift = tensor.origin - left.origin
        return translation.entry(tensor, tuple(symbol + shift for symbol in symbols), placeholders, within=True)

    shapes = translation.shape(left), translation.shape(right)
    equal = tuple(terms.equal(*pair) for pair in zip(*shapes, strict=True) if pair[0] != pair[1])
    sides = [entry(left), entry(right)]
    given = tuple(
        translation.condition(condition, {}) for condition in identity.given if not isinstance(condition, ForAll)
    )
    quantified = [condition for condition in identity.given if isinstance(condition, ForAll)]
    assumptions = tuple(_assumption(translation, each, number) for number, each in enumerate(quantified, 1))
    own, leaves = len(translation.definitions), len(translation.leaves)
    passed = [entry(as_written(each)) for each in between]
    if len(translation.leaves) > leaves:
        raise LanguageError("a line speaks of a tensor that neither the first nor the last line has")
    return _Translated(translation, letters, placeholders, sides, passed, given, own, equal, assumptions)


def _assumption(translation: Translation, given: ForAll, number: int) -> Assumption:
    """A hypothesis for all values of some leaves. Raises `ShapeError` where its sides have different extents."""
    left, right = given.identity.lhs, given.identity.rhs
    shapes = translation.shape(left), translation.shape(right)
    for pair in zip(*shapes, strict=True):
        if pair[0] != pair[1]:
            translation.requirements.setdefault(terms.equal(*pair), "the two sides of an assumption need equal extents")
    letters = index_letters(left if left.letters else right if right.letters else left)
    symbols = tuple(Dummy(letter, integer=True) for letter in letters)
    names = fresh_names(letters, {*translation.integers, *translation.tensors, *translation.given_names()})
    places = {symbol: terms.variable(name) for symbol, name in zip(symbols, names, strict=True)}

    def entry(tensor: Tensor) -> Term:
        at = tuple(symbol + tensor.origin - left.origin for symbol in symbols)
        return translation.entry(tensor, at, places, within=True)

    indices = tuple(
        Index(name, terms.integer(left.origin), last_index(left.origin, extent))
        for name, extent in zip(names, shapes[0], strict=True)
    )
    leaves = tuple(translation.tensor(leaf) for leaf in given.leaves)
    return Assumption(f"assumption {number}", leaves, indices, entry(left), entry(right))


def as_written(tensor: Tensor) -> Tensor:
    """A tensor without a name is shown by its formula where it stands in a derivation."""
    own = tensor.name is None and tensor.operation is None and tensor.formula is not None
    return replace(tensor, inline=True) if own else tensor


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
    tensor = translation.tensors[definition.name]
    names = fresh_names((*("l" for _ in tensor.layers), *index_letters(tensor)), taken)
    renaming = {old: terms.variable(new) for old, new in zip(definition.indices, names, strict=True)}
    shape = definition.shape and tuple(terms.substitute(extent, renaming) for extent in definition.shape)
    return replace(definition, indices=names, body=terms.substitute(definition.body, renaming), shape=shape)


def _hypotheses(names: tuple[str, ...], given: tuple[Term, ...], identity: Identity) -> tuple[Term, ...]:
    """1 <= size for every size that is not bounded in `given`, then bounds, then the rest.

    Bounds stand first, so that a later hypothesis such as `k divides m` may rely on them.
    """
    bounded = {name for condition in given for name in _bounded_below(condition)}
    sizes = tuple(terms.at_most(terms.integer(1), terms.variable(name)) for name in names if name not in bounded)
    relies = [isinstance(condition, Divides) for condition in identity.given if not isinstance(condition, ForAll)]
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
