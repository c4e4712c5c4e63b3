"""The tensors of a statement that a reader recognises in a derivative, in a field or in a recursion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import Dummy

from ..errors import SymcnnError
from ..kernel import Claim, Definition, Leaf, Term, terms
from ..kernel.claim import expand
from ..language.statement import Statement, last_index
from ..language.tensors import Tensor, TensorSymbol, index_letters
from ..language.translate import Translation
from .folds import Fold, Ranges
from .pieces import SUM

if TYPE_CHECKING:
    from .naming import Naming

_ANALYSIS = frozenset(("partial", "iterate", "field"))


def folds_of(statement: Statement, naming: Naming) -> tuple[Fold, ...]:
    """All tensors of a statement that has derivatives, fields or recursions; nothing for any other."""
    claim = statement.claim
    if not any(part.head in _ANALYSIS for each in _terms(claim) for part in terms.subterms(each)):
        return ()
    own = tuple(_of_claim(statement, naming))
    written = (_fold(tensor, naming) for tensor in (*computed(statement), *recursions(statement)))
    return (*own, *(each for each in written if each is not None))


def computed(statement: Statement) -> Iterator[Tensor]:
    """The tensors that the identity is made of, the outermost first, but for leaves and layers."""
    seen, waiting = set[TensorSymbol](), [statement.identity.lhs, statement.identity.rhs]
    while waiting:
        tensor = waiting.pop(0)
        if tensor.symbol in seen:
            continue
        seen.add(tensor.symbol)
        waiting += tensor.operation.arguments if tensor.operation is not None else ()
        if tensor.formula is not None and not tensor.layers:
            entry = tensor.formula(*(Dummy(letter, integer=True) for letter in index_letters(tensor)))
            waiting += [found.tensor for found in entry.atoms(TensorSymbol)]
            if tensor.rank and (tensor.operation is None or tensor.operation.name != "layer"):
                yield tensor


def named_besides(statement: Statement) -> Iterator[Definition]:
    """The tensors with a name and a formula that a derivative is taken of, where its formula is written out: the
    claim itself does not define them."""
    known = {each.name for each in statement.claim.definitions}
    for tensor in (*computed(statement), *recursions(statement)):
        if tensor.name is not None and tensor.literal is None and tensor.name not in known:
            made = _as_written(tensor)
            if made is not None and made.name in statement.tensors:
                known.add(made.name)
                yield made


def recursions(statement: Statement) -> Iterator[Tensor]:
    """What layers compute one after the other."""
    yield from (tensor for tensor in statement.tensors.values() if tensor.recursion is not None)


def _as_written(tensor: Tensor) -> Definition | None:
    """The formula of a tensor, in the tensors that it is written with"""
    translation = Translation(reserved=frozenset("?"))
    try:
        return translation.definitions[translation.tensor(tensor)]
    except SymcnnError:
        return None


def definition_of(tensor: Tensor) -> Definition | None:
    """The formula of the entries of a tensor, as it is written where it has a name; None if it has no meaning."""
    if tensor.recursion is not None:
        return _recursion(tensor)
    names = tuple(f"@{letter}" for letter in index_letters(tensor))
    symbols = tuple(Dummy(letter, integer=True) for letter in index_letters(tensor))
    translation = Translation(reserved=frozenset("?"))
    try:
        formula = tensor.formula(*symbols) if tensor.formula is not None else tensor[symbols]
        places = dict(zip(symbols, map(terms.variable, names), strict=True))
        body = expand(translation.real(formula, places), translation.definitions.values())
        return Definition(str(tensor.name), names, body, translation.shape(tensor), tensor.origin)
    except SymcnnError:
        return None


def _recursion(tensor: Tensor) -> Definition | None:
    translation = Translation(reserved=frozenset("?"))
    try:
        made = translation.definitions[translation.tensor(tensor)]
    except SymcnnError:
        return None
    return replace(made, body=expand(made.body, translation.definitions.values()))


def _terms(claim: Claim) -> Iterator[Term]:
    yield from (claim.left, claim.right)
    yield from (each.body for each in claim.definitions)


def _of_claim(statement: Statement, naming: Naming) -> Iterator[Fold]:
    """The leaves and the definitions"""
    claim = statement.claim
    for leaf in claim.leaves:
        names = (*leaf.layers, *(f"@{number}" for number in range(len(leaf.shape))))
        entry = terms.entry(leaf.name, *map(terms.variable, names))
        yield _of_definition(Definition(leaf.name, names, entry, leaf.shape, leaf.origin), leaf, statement, naming)
    for each in claim.definitions:
        body = expand(each.body, claim.definitions)
        yield _of_definition(replace(each, body=body), each, statement, naming)


def _of_definition(each: Definition, like: Leaf | Definition, statement: Statement, naming: Naming) -> Fold:
    tensor = statement.tensors[each.name]
    named = tensor.name is not None
    return Fold(naming.of(tensor), each.indices, each.body, _ranges(each), len(like.layers), named)


def _ranges(each: Definition) -> Ranges:
    return tuple((terms.integer(each.origin), last_index(each.origin, extent)) for extent in each.shape or ())


def _fold(tensor: Tensor, naming: Naming) -> Fold | None:
    made = definition_of(tensor)
    if made is None:
        return None
    shown, bare, named = naming.of(tensor), naming.of(tensor, SUM), tensor.name is not None
    return Fold(shown, made.indices, made.body, _ranges(made), len(made.layers), named, bare)
