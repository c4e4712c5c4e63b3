"""Small edits of a formula, such as those that undo what people do by mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .references import is_transpose, spread
from .syntax import (
    Big,
    Bracketed,
    Chain,
    Derivative,
    Fraction,
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
    walk,
)
from .written import latex

_SIGNS = ("*", "star", "circledast", "odot", "cdot")
Edited = tuple[Node, str]
Local = Callable[[Node], Iterator[Edited]]


def edits(node: Node, pool: tuple[Node, ...]) -> Iterator[Edited]:
    """Formulas that differ from this one in one place, with words for what is different; likely ones first.

    `pool` are names and factors that stand nearby, one of which may be missing or meant."""
    lost = _lost_layers(node)
    if lost != node:
        yield lost, r"\ell for every L, except in what is differentiated"
    for local in (_layers, _primes, _signs):
        yield from everywhere(node, local)
    yield from _whole_factors(node, pool)
    for local in (_indices, _transposes, _orders, _products, _numbers):
        yield from everywhere(node, local)
    yield from everywhere(node, _exchanged(pool), in_indices=False)
    yield from _factors(node, pool)
    yield from everywhere(node, _dropped)
    yield from everywhere(node, _letters(_index_letters(node)))


def everywhere(node: Node, local: Local, in_indices: bool = True) -> Iterator[Edited]:
    """What a local edit makes of a formula, at each of its parts."""
    yield from local(node)
    for position, child in enumerate(children(node)):
        if in_indices or not isinstance(node, Scripted) or child is node.base:
            for new, words in everywhere(child, local, in_indices):
                yield _with_child(node, position, new), words


def _with_child(node: Node, position: int, new: Node) -> Node:
    count = iter(range(1_000_000))
    return rebuild(node, lambda child: new if next(count) == position else child)


def _instead(new: Node, old: Node) -> Edited:
    return new, f"{latex(new)} instead of {latex(old)}"


# The layer, and indices


def _layers(node: Node) -> Iterator[Edited]:
    """L for l, and l for L"""
    if isinstance(node, Scripted) and len(node.lower) + (node.upper is not None) > 0:
        for old, new in ((Name("L"), Name("ell")), (Name("ell"), Name("L"))):
            lower = tuple(_renamed(each, old, new) for each in node.lower)
            upper = _renamed(node.upper, old, new) if node.upper is not None else None
            if (lower, upper) != (node.lower, node.upper):
                yield _instead(replace(node, lower=lower, upper=upper), node)


def _lost_layers(node: Node) -> Node:
    """The letter l for every L, except in what is differentiated: a scan loses the difference"""
    if isinstance(node, Derivative):
        return replace(node, by=_renamed(node.by, Name("L"), Name("ell")))
    return Name("ell") if node == Name("L") else rebuild(node, _lost_layers)


def _renamed(node: Node, old: Node, new: Node) -> Node:
    return new if node == old else rebuild(node, lambda child: _renamed(child, old, new))


def _indices(node: Node) -> Iterator[Edited]:
    """An index one further, or one less; two that are exchanged"""
    if not isinstance(node, Scripted) or not node.lower:
        return
    lower = spread(node.lower)
    for position, index in enumerate(lower):
        for step in (1, -1):
            moved = (*lower[:position], _moved(index, step), *lower[position + 1 :])
            yield _instead(replace(node, lower=moved), node)
    for position, index in enumerate(lower):
        for new, words in everywhere(index, _further):
            yield replace(node, lower=(*lower[:position], new, *lower[position + 1 :])), words
    for position in range(len(lower) - 1):
        one, other = lower[position : position + 2]
        if one != other:
            yield _instead(replace(node, lower=(*lower[:position], other, one, *lower[position + 2 :])), node)


def _further(node: Node) -> Iterator[Edited]:
    """i - 1 or i + 1 for a factor i within an index"""
    if isinstance(node, Times):
        for position, each in enumerate(node.factors):
            inner = each.items[0] if _is_bracket(each) and isinstance(each, Bracketed) else each
            for step in (-1, 1):
                new = Bracketed("(", (_moved(inner, step),))
                factors = (*node.factors[:position], new, *node.factors[position + 1 :])
                yield replace(node, factors=factors), f"{latex(new)} instead of {latex(each)}"


def _index_letters(node: Node) -> tuple[Name, ...]:
    """The letters that stand alone as an index"""
    scripted = (each for each in walk(node) if isinstance(each, Scripted))
    return tuple(dict.fromkeys(index for each in scripted for index in spread(each.lower) if isinstance(index, Name)))


def _letters(letters: tuple[Name, ...]) -> Local:
    """Another letter as an index"""

    def local(node: Node) -> Iterator[Edited]:
        if isinstance(node, Scripted) and node.lower:
            lower = spread(node.lower)
            for position, index in enumerate(lower):
                if isinstance(index, Name):
                    for letter in letters:
                        if letter != index:
                            moved = (*lower[:position], letter, *lower[position + 1 :])
                            yield _instead(replace(node, lower=moved), node)

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


# Primes, transposes, signs


def _primes(node: Node) -> Iterator[Edited]:
    """A prime more, or one less, at what stands before a bracket"""
    if not isinstance(node, Times):
        return
    for position, each in enumerate(node.factors[:-1]):
        if node.signs[position] or not _is_bracket(node.factors[position + 1]):
            continue
        if isinstance(each, Scripted) and each.primes and not each.lower and each.upper is None:
            new: Node = replace(each, primes=each.primes - 1) if each.primes > 1 else each.base
        elif isinstance(each, Name):
            new = Scripted(each, 1)
        else:
            continue
        factors = (*node.factors[:position], new, *node.factors[position + 1 :])
        yield replace(node, factors=factors), f"{latex(new)} instead of {latex(each)}"


def _is_bracket(node: Node) -> bool:
    base = node.base if isinstance(node, Scripted) else node
    return isinstance(base, Bracketed) and base.kind == "("


def _transposes(node: Node) -> Iterator[Edited]:
    """A transpose more, or one less"""
    if isinstance(node, Scripted) and node.upper is not None and is_transpose(node.upper):
        plain = node.base if not node.lower and not node.primes else replace(node, upper=None)
        yield _instead(plain, node)
    elif _may_be_matrix(node):
        base = Bracketed("(", (node,)) if isinstance(node, (Scripted, Derivative)) else node
        yield _instead(Scripted(base, upper=Name("T")), node)
    if isinstance(node, Times) and len(node.factors) > 2:
        front = Bracketed("(", (Times(node.factors[:-1], node.signs[:-1]),))
        yield _instead(Times((Scripted(front, upper=Name("T")), node.factors[-1]), ("",)), node)


def _may_be_matrix(node: Node) -> bool:
    if isinstance(node, Scripted):
        return isinstance(node.base, Name) and not node.primes and (not node.lower or node.upper is None)
    return isinstance(node, (Name, Derivative, Matrix)) or (
        isinstance(node, Bracketed) and node.kind == "(" and len(node.items) == 1
    )


def _signs(node: Node) -> Iterator[Edited]:
    """Another sign of a term; what is in brackets the other way round"""
    if isinstance(node, Plus):
        for position, term in enumerate(node.terms):
            new = term.term if isinstance(term, Negative) else Negative(term)
            terms = (*node.terms[:position], new, *node.terms[position + 1 :])
            yield _instead(Plus(terms), node)
    elif isinstance(node, Negative):
        yield _instead(node.term, node)
    elif isinstance(node, Times):
        yield _instead(Negative(node), node)


# Factors and numbers


def _orders(node: Node) -> Iterator[Edited]:
    """Two neighbours in the other order"""
    if isinstance(node, Times):
        for position in range(len(node.factors) - 1):
            if not _is_bracket(node.factors[position + 1]):
                factors = list(node.factors)
                factors[position], factors[position + 1] = factors[position + 1], factors[position]
                yield _instead(replace(node, factors=tuple(factors)), node)


def _products(node: Node) -> Iterator[Edited]:
    """Another sign of a product"""
    if isinstance(node, Times):
        for position, sign in enumerate(node.signs):
            if sign in _SIGNS:
                for other in _SIGNS:
                    if other != sign:
                        signs = (*node.signs[:position], other, *node.signs[position + 1 :])
                        yield _instead(replace(node, signs=signs), node)


def _numbers(node: Node) -> Iterator[Edited]:
    """A bound of a sum, or another number, one more or less"""
    if isinstance(node, Number) and "." not in node.digits:
        for step in (1, -1):
            yield _instead(_moved(node, step), node)
    if isinstance(node, Big) and node.above is not None:
        for step in (1, -1):
            above = _moved(node.above, step)
            yield replace(node, above=above), f"a sum to {latex(above)} instead of {latex(node.above)}"


def _exchanged(pool: tuple[Node, ...]) -> Local:
    """Another name from nearby"""
    names = tuple(dict.fromkeys(_base(each) for each in pool if isinstance(_base(each), (Name, Scripted))))

    def local(node: Node) -> Iterator[Edited]:
        if isinstance(node, (Name, Scripted)) and isinstance(_base(node), (Name, Scripted)):
            lower = node.lower if isinstance(node, Scripted) else ()
            for each in names:
                if each != _base(node):
                    new = _indexed(each, lower)
                    yield _instead(new, node)

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


def _factors(node: Node, pool: tuple[Node, ...]) -> Iterator[Edited]:
    """A factor more, at each term or product"""
    half = Fraction(Number("1"), Number("2"))
    for factor in (Number("2"), half, *pool):
        yield from everywhere(node, _multiplied(factor))


def _whole_factors(node: Node, pool: tuple[Node, ...]) -> Iterator[Edited]:
    """A factor more, before the whole"""
    quotients = (each for each in pool if isinstance(each, Fraction))
    for factor in (Number("2"), Fraction(Number("1"), Number("2")), *quotients):
        words = f"with the factor {latex(factor)}"
        if isinstance(node, Times):
            yield Times((factor, *node.factors), ("", *node.signs)), words
        elif not isinstance(node, (Plus, Number)):
            yield Times((factor, node), ("",)), words


def _multiplied(factor: Node) -> Local:
    words = f"with the factor {latex(factor)}"

    def local(node: Node) -> Iterator[Edited]:
        if isinstance(node, Times):
            yield Times((factor, *node.factors), ("", *node.signs)), words
            yield Times((*node.factors, factor), (*node.signs, "")), words
        elif isinstance(node, Plus):
            for position, term in enumerate(node.terms):
                if not isinstance(_unsigned(term), Times):
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
    return isinstance(node, Times) and len(node.factors) == 2 and _is_bracket(node.factors[1])


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
    before = position > 0 and node.signs[position - 1] == "" and _is_bracket(node.factors[position])
    behind = position < len(node.signs) and node.signs[position] == "" and _is_bracket(node.factors[position + 1])
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
            call = position and node.signs[position - 1] == "" and _is_bracket(each)
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
