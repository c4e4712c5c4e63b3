"""Small edits of a formula, such as those that undo what people do by mistake; likely ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .local_edits import (
    Edited,
    Local,
    everywhere,
    in_integers,
    in_values,
    indices,
    inner_signs,
    instead,
    is_bracket,
    layers,
    letters,
    lost_layers,
    mirrored,
    numbers,
    orders,
    primes,
    products,
    signs,
    transposes,
)
from .references import index_letters
from .syntax import (
    Big,
    Bracketed,
    Chain,
    Fraction,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Times,
    children,
)
from .written import latex

_HALF = Fraction(Number("1"), Number("2"))


@dataclass(frozen=True)
class Nearby:
    """What stands in the neighbourhood of a formula and may be missing or meant: names and factors; and sizes."""

    factors: tuple[Node, ...] = ()
    sizes: tuple[Node, ...] = ()


def edits(node: Node, nearby: Nearby) -> Iterator[Edited]:
    """Formulas that differ from this one in one place, with words for what is different; likely ones first."""
    lost = lost_layers(node)
    if lost != node:
        yield lost, r"\ell for every L, except in what is differentiated"
    for local in (layers, primes):
        yield from everywhere(node, local)
    yield from in_values(node, signs)
    yield from in_values(node, mirrored)
    yield from in_integers(node, inner_signs)
    yield from _whole_factors(node, nearby.factors)
    for local in (indices, transposes, orders, products, numbers):
        yield from everywhere(node, local)
    for size in nearby.sizes:
        yield from in_integers(node, _multiplied(size))
    yield from in_values(node, _exchanged(nearby.factors))
    yield from _factors(node, nearby)
    yield from everywhere(node, _dropped)
    yield from everywhere(node, letters(index_letters(node)))


def _exchanged(pool: tuple[Node, ...]) -> Local:
    """Another name from nearby"""
    names = tuple(dict.fromkeys(_base(each) for each in pool if isinstance(_base(each), (Name, Scripted))))

    def local(node: Node) -> Iterator[Edited]:
        if isinstance(node, (Name, Scripted)) and isinstance(_base(node), (Name, Scripted)):
            lower = node.lower if isinstance(node, Scripted) else ()
            for each in names:
                if each != _base(node):
                    new = _indexed(each, lower)
                    yield instead(new, node)

    return local


def _base(node: Node) -> Node:
    """A name without its indices, but with what stands above it"""
    if isinstance(node, Scripted) and isinstance(node.base, Name) and not node.primes:
        return Scripted(node.base, upper=node.upper) if node.upper is not None else node.base
    return node


def _indexed(base: Node, lower: tuple[Node, ...]) -> Node:
    if not lower:
        return base
    return replace(base, lower=lower) if isinstance(base, Scripted) else Scripted(base, lower=lower)


def _factors(node: Node, nearby: Nearby) -> Iterator[Edited]:
    """A factor more, at each term or product"""
    for factor in (Number("2"), _HALF, *nearby.factors, *nearby.sizes):
        yield from in_values(node, _multiplied(factor))
    yield from in_integers(node, _multiplied(Number("2")))


def _whole_factors(node: Node, pool: tuple[Node, ...]) -> Iterator[Edited]:
    """A factor more, before the whole"""
    quotients = (each for each in pool if isinstance(each, Fraction))
    for factor in (Number("2"), _HALF, *quotients):
        words = f"with the factor {latex(factor)}"
        inner = node.term if isinstance(node, Negative) else node
        made = _times(factor, inner)
        if not isinstance(inner, (Plus, Number)):
            yield Negative(made) if isinstance(node, Negative) else made, words


def _times(factor: Node, node: Node) -> Times:
    if isinstance(node, Times):
        return Times((factor, *node.factors), (_between(factor, node.factors[0]), *node.signs))
    return Times((factor, node), ("",))


def _between(one: Node, other: Node) -> str:
    """The sign that is needed between two factors: numbers do not stand side by side"""
    return "cdot" if isinstance(one, Number) and isinstance(other, Number) else ""


def _multiplied(factor: Node) -> Local:
    words = f"with the factor {latex(factor)}"

    def local(node: Node) -> Iterator[Edited]:
        if isinstance(node, Times):
            yield _times(factor, node), words
            yield Times((*node.factors, factor), (*node.signs, "")), words
        elif isinstance(node, Plus):
            for position, term in enumerate(node.terms):
                if not isinstance(_unsigned(term), (Times, Number)):
                    times = Times((factor, _unsigned(term)), ("",))
                    new: Node = Negative(times) if isinstance(term, Negative) else times
                    yield Plus((*node.terms[:position], new, *node.terms[position + 1 :])), words
        elif isinstance(node, Big) and not isinstance(node.body, (Times, Big)):
            yield replace(node, body=Times((factor, node.body), ("",))), words
        elif (
            isinstance(node, Bracketed)
            and node.kind == "("
            and len(node.items) == 1
            and not isinstance(node.items[0], Chain)
        ):
            inner = node.items[0]
            if isinstance(inner, (Name, Scripted)) or _is_call(inner):
                yield replace(node, items=(Times((inner, factor), ("odot",)),)), words

    return local


def _is_call(node: Node) -> bool:
    return isinstance(node, Times) and len(node.factors) == 2 and is_bracket(node.factors[1])


def _unsigned(node: Node) -> Node:
    return node.term if isinstance(node, Negative) else node


def _dropped(node: Node) -> Iterator[Edited]:
    """A factor or a term less"""
    if isinstance(node, Times):
        for position, factor in enumerate(node.factors):
            if _is_of_call(node, position):
                continue
            factors = (*node.factors[:position], *node.factors[position + 1 :])
            signs = (*node.signs[: max(position - 1, 0)], *node.signs[max(position, 1) :])
            made = factors[0] if len(factors) == 1 else Times(factors, signs)
            yield made, f"without the factor {latex(factor)}"
    if isinstance(node, Plus) and len(node.terms) > 1:
        for position, term in enumerate(node.terms):
            terms = (*node.terms[:position], *node.terms[position + 1 :])
            yield (terms[0] if len(terms) == 1 else Plus(terms)), f"without the term {latex(term)}"


def _is_of_call(node: Times, position: int) -> bool:
    """Whether a factor is a function, or what stands in its brackets"""
    before = position > 0 and node.signs[position - 1] == "" and is_bracket(node.factors[position])
    behind = position < len(node.signs) and node.signs[position] == "" and is_bracket(node.factors[position + 1])
    return before or behind


def pool_of(nodes: Iterable[Node], most: int = 24) -> tuple[Node, ...]:
    """Names and factors that stand in some formulas, each once."""
    found: dict[Node, None] = {}
    for node in nodes:
        for each in _nearby(node):
            found.setdefault(each, None)
            if len(found) >= most:
                return tuple(found)
    return tuple(found)


def _nearby(node: Node) -> Iterator[Node]:
    if isinstance(node, Times):
        for position, each in enumerate(node.factors):
            call = position and node.signs[position - 1] == "" and is_bracket(each)
            if call:
                yield Times((node.factors[position - 1], each), ("",))
            elif isinstance(each, Fraction):
                yield each
    if isinstance(node, (Name, Scripted)):
        yield node
        if isinstance(node, Scripted) and node.lower and _base(node) != node:
            yield _base(node)
        return
    for child in children(node):
        yield from _nearby(child)
