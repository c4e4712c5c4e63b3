"""How a document uses its names: what can be known of them without a declaration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .first_index import begins_at_zero
from .grammar import in_brackets
from .references import called, is_layer_number, is_transpose, spread, wide_enough
from .runs import Run, between, last_value, runs
from .syntax import (
    Big,
    Bracketed,
    Chain,
    Formula,
    Gradient,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Statement,
    Times,
    Word,
    children,
    names_in,
    walk,
)

_FIRST = (Number("0"), Number("1"))  # a range that begins there is the whole
FUNCTION_LETTERS = frozenset(["sigma", "phi", "varphi", "psi", "tau", "rho", "f", "g", "h"])


@dataclass(frozen=True)
class Usage:
    """What is seen of the names of a document, all of it together."""

    counts: dict[str, frozenset[int]]  # how many indices (the layer not among them)
    literal_first: frozenset[tuple[str, int]]  # (name, number of indices) whose first one is always a number
    layered: frozenset[str]  # below: y_L
    layered_above: frozenset[str]  # z^{l}, z^{1}
    in_brackets_above: frozenset[str]  # z^{(1)}, so that z^2 is a power
    sizes: frozenset[str]  # what limits a sum, a range or a shape
    primed: frozenset[str]
    applied: frozenset[str]  # stands before a bracket
    shifted_at: frozenset[tuple[str, int, int]]  # (name, number of indices, position) of an index like i + 1
    defined: frozenset[str]  # stands alone on the left, or with its argument: f(x) = ...
    letters: frozenset[str]  # every name of one letter
    extents: dict[tuple[str, int, int], Node]  # (name, number of indices, position): what a sum there runs to
    vector_valued: frozenset[str]  # f of f(x)^T
    spoken_of: frozenset[str]  # stands alone as a formula, so that words may say what it is
    in_parts: frozenset[str]  # defined for one range of an index, and for another
    tensors: frozenset[str]  # what a number is not: transposed, in a norm, beside a matrix, an element of something
    least: dict[str, int]  # k of k >= 0, where the literal is less than 1
    from_zero: bool  # what stands alone as an index begins at 0 and ends at n - 1, and never begins at 1

    @property
    def shifted(self) -> frozenset[str]:
        """What is read at i + 1."""
        return frozenset(word for word, _, _ in self.shifted_at)


def usage(formulas: Iterable[Node]) -> Usage:
    """What all formulas together show."""
    nodes = [each for formula in formulas for each in walk(formula)]
    scripted = [
        (node, node.base.word) for node in nodes if isinstance(node, Scripted) and isinstance(node.base, (Name, Word))
    ]
    layered = frozenset(word for node, word in scripted if node.lower and is_layer_number(spread(node.lower)[0]))
    above = {word for node, word in scripted if node.upper is not None and _shows_layer(node.upper)}
    return Usage(
        _counts(nodes, layered),
        _literal_first(scripted),
        layered,
        frozenset(above),
        frozenset(word for word in above if all(_in_brackets(n.upper) for n, w in scripted if w == word and n.upper)),
        frozenset(_sizes(nodes)),
        frozenset(word for node, word in scripted if node.primes),
        frozenset(_applied(nodes)),
        frozenset(_shifts(scripted)),
        frozenset(_defined(nodes)),
        frozenset(node.word for node in nodes if isinstance(node, Name)),
        _extents(nodes),
        frozenset(_vector_valued(nodes)),
        frozenset(_spoken_of(nodes)),
        _in_parts(nodes),
        frozenset(_tensors(nodes)),
        _least(nodes),
        begins_at_zero(nodes),
    )


def _defined(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Chain) and node.relations[:1] == ("=",) and node.items[0] is not None:
            left = node.items[0]
            left = left.factors[0] if isinstance(left, Times) and _is_of_names(left) else left
            base = left.base if isinstance(left, Scripted) else left
            if isinstance(base, Name) and not (isinstance(left, Scripted) and left.primes):
                yield base.word


def _is_of_names(node: Times) -> bool:
    """f(x), with a name in the brackets"""
    if len(node.factors) != 2 or node.signs != ("",):
        return False
    brackets = called(node.factors[1])
    return brackets is not None and all(isinstance(each, Name) for each in children(brackets))


def _shifts(scripted: list[tuple[Scripted, str]]) -> Iterator[tuple[str, int, int]]:
    for node, word in scripted:
        lower = spread(node.lower)
        yield from ((word, len(lower), position) for position, each in enumerate(lower) if _is_shift(each))


def _is_shift(index: Node) -> bool:
    return isinstance(index, Plus) and not is_layer_number(index)


def _shows_layer(upper: Node) -> bool:
    """1, (l), l or l-1 is a layer: nobody writes the first power"""
    if is_transpose(upper):
        return False
    inner = in_brackets(upper)
    letter = inner.terms[0] if isinstance(inner, Plus) else inner
    return (
        is_layer_number(upper)
        or letter == Name("l")
        or inner == Number("1")
        or inner == Number("0")
        or (inner is not upper)
    )


def _in_brackets(upper: Node | None) -> bool:
    """Whether what stands above is a layer in brackets, or none at all"""
    return upper is not None and (in_brackets(upper) is not upper or not _shows_layer(upper))


def _counts(nodes: list[Node], layered: frozenset[str]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for node in nodes:
        if isinstance(node, Scripted) and node.lower:
            base, own = in_brackets(node.base), 0
            if isinstance(base, Scripted) and isinstance(base.base, Name):
                base, own = base.base, len(spread(node.lower)) - len(wide_enough(spread(node.lower), 2))  # (A_L)_{1j}
            elif isinstance(base, Name) and base.word in layered:
                own = 1
            if isinstance(base, Name):
                found[base.word].add(len(spread(node.lower)) - own)
    return {word: frozenset(each) for word, each in found.items()}


def _literal_first(scripted: list[tuple[Scripted, str]]) -> frozenset[tuple[str, int]]:
    firsts: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for node, word in scripted:
        lower = spread(node.lower)
        if len(lower) > 1 and not all(isinstance(each, Number) for each in lower):
            firsts[word, len(lower)].append(isinstance(lower[0], Number))
    return frozenset(each for each, literal in firsts.items() if literal and all(literal))


def _sizes(nodes: list[Node]) -> set[str]:
    """What stands above a sum or in a shape, and is bound by no sum; what limits a range, and is no index either"""
    chains = [node for node in nodes if isinstance(node, Chain)]
    sums = [node for node in nodes if isinstance(node, Big)]
    spaces = [each.items[1] for each in chains if each.relations == ("in",)]
    strong = {word for node in sums for word in _words(node.above)}
    strong |= {word for node in spaces if isinstance(node, Scripted) for word in _words(node.upper)}
    read = {each.word for node in nodes if isinstance(node, Scripted) for each in node.lower if isinstance(each, Name)}
    indices = read | {run.index.word for node in sums for run in runs(node)}
    weak = {word for each in chains for word in _limits(each, indices)}
    bound = {run.index.word for node in sums for run in runs(node)}
    return (strong - bound) | (weak - bound - read)


def _limits(node: Chain, indices: set[str]) -> Iterator[str]:
    """m of 1 <= i <= m, where i is an index"""
    if any(run.index.word in indices for run in between(node)):
        yield from _words(node.items[0])
        yield from _words(node.items[2])


def _words(node: Node | None) -> Iterator[str]:
    for each in walk(node) if node is not None else ():
        if isinstance(each, Scripted) and isinstance(each.base, Name):
            return  # n_L
        if isinstance(each, Name):
            yield each.word


def _least(nodes: list[Node]) -> dict[str, int]:
    """The least values that inequalities with literals allow: 0 of k >= 0, of k > -1, of 0 <= k <= n"""
    found: dict[str, int] = {}
    for node in nodes:
        for name, literal, is_strict in _bounds(node) if isinstance(node, Chain) else ():
            found[name.word] = min(found.get(name.word, 1), literal + is_strict)
    return {word: least for word, least in found.items() if least < 1}


def _bounds(chain: Chain) -> Iterator[tuple[Name, int, bool]]:
    for left, relation, right in zip(chain.items, chain.relations, chain.items[1:], strict=False):
        small, large = (left, right) if relation in ("<", "<=") else (right, left)
        literal = _literal(small)
        if relation in ("<", "<=", ">", ">=") and isinstance(large, Name) and literal is not None:
            yield large, literal, relation in ("<", ">")


def _literal(node: Node | None) -> int | None:
    number = node.term if isinstance(node, Negative) else node
    if not isinstance(number, Number) or not number.digits.isdecimal():
        return None
    return -int(number.digits) if isinstance(node, Negative) else int(number.digits)


def _applied(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Times):
            for one, sign, other in zip(node.factors, node.signs, node.factors[1:], strict=False):
                base = one.base if isinstance(one, Scripted) and not one.lower else one
                if sign == "" and isinstance(base, Name) and called(other) is not None:
                    yield base.word


def _extents(nodes: list[Node]) -> dict[tuple[str, int, int], Node]:
    """What indices run to, where they stand alone in a tensor below the sum or before the condition that says it"""
    found: dict[tuple[str, int, int], Node] = {}
    for node in nodes:
        for run, body in _runs(node):
            if run.last is not None:
                _add_extents(body, run.index, last_value(run.last), found)
    return found


def _tensors(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Scripted(Name() as base, _, _, upper) if upper is not None and is_transpose(upper):
                yield base.word
            case Bracketed("||" | "angle"):
                yield from names_in(node)
            case Gradient(None, Times((_, argument))):
                yield from names_in(argument)
            case Gradient(by, _) if by is not None:
                yield from names_in(by)
            case Chain(items, ("in",)):
                yield from names_in(items[0]) if items[0] is not None else ()
            case Times(factors, signs):
                for one, sign, other in zip(factors, signs, factors[1:], strict=False):
                    if isinstance(other, Name) and ((sign == "" and _is_matrix(one)) or sign not in ("", "cdot", "/")):
                        yield other.word


def _is_matrix(node: Node) -> bool:
    base = node.base if isinstance(node, Scripted) else node
    return isinstance(base, Name) and base.letter.isupper()


def _runs(node: Node) -> Iterator[tuple[Run, Node]]:
    if isinstance(node, Big):
        yield from ((run, node.body) for run in runs(node))
    elif isinstance(node, Statement) and _defined_entry(node) is not None:
        said = (run for chain in node.conditions for run in between(chain))
        yield from ((run, node.chain) for run in said if run.first is not None and run.first.at in _FIRST)


def _defined_entry(statement: Statement) -> Scripted | None:
    """y_i of y_i = ..., which may say what y is"""
    chain = statement.chain
    left = chain.items[0] if isinstance(chain, Chain) and chain.relations == ("=",) else None
    return left if isinstance(left, Scripted) and isinstance(left.base, Name) else None


def _vector_valued(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        for one, other in pairwise(node.factors if isinstance(node, Times) else ()):
            turned = isinstance(other, Scripted) and other.upper is not None and is_transpose(other.upper)
            if isinstance(one, Name) and turned and called(other) is not None:
                yield one.word


def _spoken_of(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Formula) and all(isinstance(each.chain, Name) for each in node.statements):
            yield from names_in(node)


def _in_parts(nodes: list[Node]) -> frozenset[str]:
    """The names whose entries equations give for different ranges of an index: 1 to k, and k + 1 to n. A range with the
    same beginning or end as the first is no other part, but one of which more is said"""
    found: dict[str, list[tuple[Node, ...]]] = defaultdict(list)
    for node in nodes:
        left = _defined_entry(node) if isinstance(node, Statement) else None
        if isinstance(node, Statement) and left is not None and isinstance(left.base, Name):
            said = (run for chain in node.conditions for run in between(chain) if run.index in spread(left.lower))
            ends = tuple(end.at for run in said for end in (run.first, run.last) if end is not None)
            found[left.base.word] += [ends] if ends else []
    return frozenset(word for word, ends in found.items() if any(_are_apart(ends[0], other) for other in ends[1:]))


def _are_apart(one: tuple[Node, ...], other: tuple[Node, ...]) -> bool:
    """Whether two ranges have no end in common"""
    return len(one) != len(other) or all(left != right for left, right in zip(one, other, strict=True))


def _add_extents(body: Node, index: Name, upper: Node, found: dict[tuple[str, int, int], Node]) -> None:
    for each in walk(body):
        if isinstance(each, Scripted) and isinstance(each.base, Name):
            lower = spread(each.lower)
            for position, one in enumerate(lower):
                if one == index:
                    found.setdefault((each.base.word, len(lower), position), upper)
