"""The tensors of a statement that a reader recognises in a derivative, in a field or in a recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from math import prod
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, Integer, Symbol

from ..errors import SymcnnError
from ..kernel import Claim, Definition, Leaf, Term, terms
from ..kernel.claim import expand
from ..kernel.polynomial import polynomial
from ..language.depth import LAYER
from ..language.statement import Statement, last_index
from ..language.tensors import Entry, Operation, Tensor, TensorSymbol, index_letters
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
    reached = tensors_reached(statement)
    written = (_fold(tensor, naming) for tensor in reached if _is_computed(tensor))
    later = (fold for tensor in reached if tensor.recursion is not None for fold in _layer_folds(tensor, naming))
    return (*_of_claim(statement, naming), *(each for each in written if each is not None), *later)


def tensors_reached(statement: Statement) -> list[Tensor]:
    """The tensors that the identity is made of, the outermost first, and those of any layer of its recursions."""
    return reached_from([statement.identity.lhs, statement.identity.rhs])


def reached_from(tensors: Iterable[Tensor]) -> list[Tensor]:
    """These tensors, and all that they are made of."""
    found: dict[TensorSymbol | str, Tensor] = {}
    waiting = list(tensors)
    while waiting:
        tensor = waiting.pop(0)
        key = str(tensor.name) if tensor.recursion is not None else tensor.symbol
        if key not in found:
            found[key] = tensor
            waiting += _parts(tensor)
    return list(found.values())


def _parts(tensor: Tensor) -> list[Tensor]:
    parts = list(tensor.operation.arguments) if tensor.operation is not None else []
    if tensor.recursion is not None:
        parts += [tensor.recursion.start, tensor.recursion.step(LAYER, layer_of(tensor, LAYER - 1))]
    elif tensor.formula is not None:
        entry = tensor.formula(*(Dummy(letter, integer=True) for letter in index_letters(tensor)))
        parts += [found.tensor for found in entry.atoms(TensorSymbol)]
    return parts


def _is_computed(tensor: Tensor) -> bool:
    if tensor.recursion is not None:
        return True
    is_layer = tensor.operation is not None and tensor.operation.name == "layer"
    return tensor.formula is not None and tensor.rank > 0 and not is_layer and LAYER not in _symbols(tensor)


def _symbols(tensor: Tensor) -> set[Expr]:
    """The symbols that a tensor depends on, through its operators too"""
    found = set[Expr]().union(*(extent.free_symbols for extent in tensor.shape))
    if tensor.operation is not None:
        inner = tensor.operation.arguments if tensor.operation.name != "layer" else ()
        found = found.union(*map(_symbols, inner))
        found = found.union(*(getattr(value, "free_symbols", set()) for _, value in tensor.operation.parameters))
    return found


def layer_of(family: Tensor, layer: Expr) -> Tensor:
    """What a recursion computes at a layer."""
    operation = Operation("layer", (family,), (("at", layer),))
    found = family.recursion.shape(layer) if family.recursion is not None else ()
    shape = tuple(found) if isinstance(found, (tuple, list)) else (found,)

    def entry(*at: Expr) -> Expr:
        return Entry(family.symbol, layer, *at)

    return Tensor(None, shape, family.origin, entry, family.letters, operation, inline=True)


def named_besides(statement: Statement) -> dict[str, Tensor]:
    """The tensors with a name and a formula that the claim itself does not define, since they are written out in
    derivatives and recursions; the first that are needed first."""
    known = {each.name for each in statement.claim.definitions}
    named = [each for each in tensors_reached(statement) if each.name is not None and each.literal is None]
    wanted = [each for each in named if each.name not in known and (each.recursion or each.formula)]
    return {str(each.name): each for each in reversed(wanted)}


def definition_besides(tensor: Tensor) -> Definition | None:
    """The formula of such a tensor, in the tensors that it is written with; None if it has no meaning."""
    return _as_written(tensor)


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
    return Fold(naming.of(tensor), each.indices, each.body, _ranges(each), _layers(like), named)


def _layers(each: Leaf | Definition) -> int:
    """The number of indices of layers; what may be read anywhere has none"""
    return len(each.layers) if each.shape is not None else 0


def _ranges(each: Definition) -> Ranges:
    return tuple((terms.integer(each.origin), last_index(each.origin, extent)) for extent in each.shape or ())


def _layer_folds(family: Tensor, naming: Naming) -> Iterator[Fold]:
    """The tensors that any layer of a recursion is made of, as A_k y_{k-1} + b_k"""

    @cache
    def names(layer: Term) -> tuple[tuple[str, str], ...]:
        expression = _as_expression(layer)
        inside = _inside(family, expression) if expression is not None else []
        return tuple((naming.of(each), naming.of(each, SUM)) for each in inside)

    seen: set[str] = set()
    for number, tensor in enumerate(_inside(family, LAYER)):
        is_new = tensor.operation is not None and naming.of(tensor) not in seen
        seen.add(naming.of(tensor))
        made = definition_of(tensor) if is_new else None
        if made is not None:
            yield Fold("", made.indices, made.body, _ranges(made), named=False, at=_at_layer(made, number, names))


def _at_layer(
    made: Definition, number: int, names: Callable[[Term], tuple[tuple[str, str], ...]]
) -> Callable[[Term], Fold | None]:
    """The tensor in one layer, by the names of all that are made there"""

    @cache
    def at(layer: Term) -> Fold | None:
        shown = names(layer)
        value = {LAYER.name: layer}
        if not shown:
            return None
        ranges = tuple((terms.substitute(a, value), terms.substitute(b, value)) for a, b in _ranges(made))
        body = terms.substitute(made.body, value)
        return Fold(shown[number][0], made.indices, body, ranges, named=False, bare=shown[number][1])

    return at


def _inside(family: Tensor, layer: Expr) -> list[Tensor]:
    """The computed tensors of one layer, always in one order"""
    if family.recursion is None:
        return []
    reached = reached_from([family.recursion.step(layer, layer_of(family, layer - 1))])
    return [each for each in reached if each.formula is not None and each.rank and each.recursion is None]


def _as_expression(layer: Term) -> Expr | None:
    """A layer such as k + 1 as a user writes it; None for any other"""
    total: Expr = Integer(0)
    for monomial, number in polynomial(layer).items():
        factors = [Integer(number)]
        for atom, exponent in monomial:
            if atom.head != "variable" or "#" in str(atom.value) or "@" in str(atom.value):
                return None
            factors.append(Symbol(str(atom.value), integer=True) ** exponent)
        total += prod(factors, start=Integer(1))
    return total


def _fold(tensor: Tensor, naming: Naming) -> Fold | None:
    made = definition_of(tensor)
    if made is None:
        return None
    shown, bare, named = naming.of(tensor), naming.of(tensor, SUM), tensor.name is not None
    return Fold(shown, made.indices, made.body, _ranges(made), _layers(made), named, bare)
