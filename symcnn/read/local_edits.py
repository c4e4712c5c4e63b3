"""Edits at one part of a formula: an index, a prime, a transpose, a sign, an order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from .references import is_transpose, spread
from .syntax import (
    Big,
    Bracketed,
    Derivative,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Times,
    children,
    rebuild,
)
from .written import latex

_SIGNS = ("*", "star", "circledast", "odot", "cdot")
Edited = tuple[Node, str]
Local = Callable[[Node], Iterator[Edited]]
Way = Callable[[Node, Local], Iterator[Edited]]


def everywhere(node: Node, local: Local) -> Iterator[Edited]:
    """What a local edit makes of a formula, at each of its parts."""
    yield from local(node)
    yield from _of_parts(node, lambda _: everywhere, local)


def in_values(node: Node, local: Local) -> Iterator[Edited]:
    """What a local edit makes of a formula, at each part that is no index and no bound."""
    yield from local(node)
    yield from _of_parts(node, lambda child: None if _counts(node, child) else in_values, local)


def in_integers(node: Node, local: Local) -> Iterator[Edited]:
    """What a local edit makes of a formula, at each part of an index or a bound."""
    yield from _of_parts(node, lambda child: everywhere if _counts(node, child) else in_integers, local)


def _of_parts(node: Node, way: Callable[[Node], Way | None], local: Local) -> Iterator[Edited]:
    """What a way to go through a formula makes of each direct part"""
    for position, child in enumerate(children(node)):
        through = way(child)
        for new, words in through(child, local) if through is not None else ():
            yield _with_child(node, position, new), words


def _counts(node: Node, child: Node) -> bool:
    """Whether a part stands for a number of something: an index, or what is above or below a sum"""
    return (isinstance(node, Scripted) and child is not node.base) or (isinstance(node, Big) and child is not node.body)


def _with_child(node: Node, position: int, new: Node) -> Node:
    count = iter(range(1_000_000))
    return rebuild(node, lambda child: new if next(count) == position else child)


def layers(node: Node) -> Iterator[Edited]:
    """L for l, and l for L"""
    if isinstance(node, Scripted) and len(node.lower) + (node.upper is not None) > 0:
        for old, new in ((Name("L"), Name("ell")), (Name("ell"), Name("L"))):
            lower = tuple(_renamed(each, old, new) for each in node.lower)
            upper = _renamed(node.upper, old, new) if node.upper is not None else None
            if (lower, upper) != (node.lower, node.upper):
                yield instead(replace(node, lower=lower, upper=upper), node)


def indices(node: Node) -> Iterator[Edited]:
    """An index one further, or one less; two that are exchanged"""
    if not isinstance(node, Scripted) or not node.lower:
        return
    lower = spread(node.lower)
    for position, index in enumerate(lower):
        for step in (1, -1):
            moved = (*lower[:position], _moved(index, step), *lower[position + 1 :])
            yield instead(replace(node, lower=moved), node)
    for position, index in enumerate(lower):
        for new, words in everywhere(index, _further):
            yield replace(node, lower=(*lower[:position], new, *lower[position + 1 :])), words
    for position in range(len(lower) - 1):
        one, other = lower[position : position + 2]
        if one != other:
            yield instead(replace(node, lower=(*lower[:position], other, one, *lower[position + 2 :])), node)


def _further(node: Node) -> Iterator[Edited]:
    """i - 1 or i + 1 for a factor i within an index"""
    if isinstance(node, Times):
        for position, each in enumerate(node.factors):
            inner = each.items[0] if is_bracket(each) and isinstance(each, Bracketed) else each
            for step in (-1, 1):
                new = Bracketed("(", (_moved(inner, step),))
                factors = (*node.factors[:position], new, *node.factors[position + 1 :])
                yield replace(node, factors=factors), f"{latex(new)} instead of {latex(each)}"


def letters(letters: tuple[Name, ...]) -> Local:
    """Another letter as an index"""

    def local(node: Node) -> Iterator[Edited]:
        if isinstance(node, Scripted) and node.lower:
            lower = spread(node.lower)
            for position, index in enumerate(lower):
                if isinstance(index, Name):
                    for letter in letters:
                        if letter != index:
                            moved = (*lower[:position], letter, *lower[position + 1 :])
                            yield instead(replace(node, lower=moved), node)

    return local


def _moved(index: Node, step: int) -> Node:
    """i + 1 for i, i for i - 1, 3 for 2"""
    terms = list(index.terms) if isinstance(index, Plus) else [index]
    total = step
    rest = []
    for term in terms:
        literal = term.term if isinstance(term, Negative) else term
        if isinstance(literal, Number) and "." not in literal.digits:
            total += -int(literal.digits) if isinstance(term, Negative) else int(literal.digits)
        else:
            rest.append(term)
    if total or not rest:
        number = Number(str(abs(total)))
        rest.append(Negative(number) if total < 0 else number)
    return rest[0] if len(rest) == 1 else Plus(tuple(rest))


def primes(node: Node) -> Iterator[Edited]:
    """A prime more, or one less, at what stands before a bracket"""
    if not isinstance(node, Times):
        return
    for position, each in enumerate(node.factors[:-1]):
        if node.signs[position] or not is_bracket(node.factors[position + 1]):
            continue
        if isinstance(each, Scripted) and each.primes and not each.lower and each.upper is None:
            new: Node = replace(each, primes=each.primes - 1) if each.primes > 1 else each.base
        elif isinstance(each, Name):
            new = Scripted(each, 1)
        else:
            continue
        factors = (*node.factors[:position], new, *node.factors[position + 1 :])
        yield replace(node, factors=factors), f"{latex(new)} instead of {latex(each)}"


def is_bracket(node: Node) -> bool:
    base = node.base if isinstance(node, Scripted) else node
    return isinstance(base, Bracketed) and base.kind == "("


def transposes(node: Node) -> Iterator[Edited]:
    """A transpose more, or one less"""
    if isinstance(node, Scripted) and node.upper is not None and is_transpose(node.upper):
        plain = node.base if not node.lower and not node.primes else replace(node, upper=None)
        yield instead(plain, node)
    elif _may_be_matrix(node):
        base = Bracketed("(", (node,)) if isinstance(node, (Scripted, Derivative)) else node
        yield instead(Scripted(base, upper=Name("T")), node)
    if isinstance(node, Times) and len(node.factors) > 2:
        front = Bracketed("(", (Times(node.factors[:-1], node.signs[:-1]),))
        yield instead(Times((Scripted(front, upper=Name("T")), node.factors[-1]), ("",)), node)


def _may_be_matrix(node: Node) -> bool:
    if isinstance(node, Scripted):
        return isinstance(node.base, Name) and not node.primes and (not node.lower or node.upper is None)
    return isinstance(node, (Name, Derivative, Matrix)) or (
        isinstance(node, Bracketed) and node.kind == "(" and len(node.items) == 1
    )


def signs(node: Node) -> Iterator[Edited]:
    """Another sign of a term; what is in brackets the other way round"""
    if isinstance(node, Plus):
        for position, term in enumerate(node.terms):
            terms = (*node.terms[:position], _negated(term), *node.terms[position + 1 :])
            yield instead(Plus(terms), node)
    elif isinstance(node, Negative):
        yield instead(node.term, node)
    elif isinstance(node, Times):
        yield instead(Negative(node), node)


def inner_signs(node: Node) -> Iterator[Edited]:
    """Another sign of a term that does not stand first, as in an index"""
    if isinstance(node, Plus):
        for position, term in enumerate(node.terms[1:], 1):
            yield instead(Plus((*node.terms[:position], _negated(term), *node.terms[position + 1 :])), node)


def mirrored(node: Node) -> Iterator[Edited]:
    """Behind the first term of its indices, all other signs: x_{i-a,j-b} for x_{i+a,j+b}"""
    if isinstance(node, Scripted):
        lower = spread(node.lower)
        if any(isinstance(index, Plus) for index in lower):
            yield instead(replace(node, lower=tuple(map(_mirrored, lower))), node)


def _mirrored(index: Node) -> Node:
    return Plus((index.terms[0], *map(_negated, index.terms[1:]))) if isinstance(index, Plus) else index


def _negated(term: Node) -> Node:
    return term.term if isinstance(term, Negative) else Negative(term)


def orders(node: Node) -> Iterator[Edited]:
    """Two neighbours in the other order"""
    if isinstance(node, Times):
        for position in range(len(node.factors) - 1):
            if not is_bracket(node.factors[position + 1]):
                factors = list(node.factors)
                factors[position], factors[position + 1] = factors[position + 1], factors[position]
                yield instead(replace(node, factors=tuple(factors)), node)


def products(node: Node) -> Iterator[Edited]:
    """Another sign of a product"""
    if isinstance(node, Times):
        for position, sign in enumerate(node.signs):
            if sign in _SIGNS:
                for other in _SIGNS:
                    if other != sign:
                        signs = (*node.signs[:position], other, *node.signs[position + 1 :])
                        yield instead(replace(node, signs=signs), node)


def numbers(node: Node) -> Iterator[Edited]:
    """A bound of a sum, or another number, one more or less"""
    if isinstance(node, Number) and "." not in node.digits:
        for step in (1, -1):
            yield instead(_moved(node, step), node)
    if isinstance(node, Big) and node.above is not None:
        for step in (1, -1):
            above = _moved(node.above, step)
            yield replace(node, above=above), f"a sum to {latex(above)} instead of {latex(node.above)}"


def instead(new: Node, old: Node) -> Edited:
    return new, f"{latex(new)} instead of {latex(old)}"


def _renamed(node: Node, old: Node, new: Node) -> Node:
    return new if node == old else rebuild(node, lambda child: _renamed(child, old, new))


def lost_layers(node: Node) -> Node:
    """The letter l for every L, except in what is differentiated: a scan loses the difference"""
    if isinstance(node, Derivative):
        return replace(node, by=_renamed(node.by, Name("L"), Name("ell")))
    return Name("ell") if node == Name("L") else rebuild(node, lost_layers)
