"""Equations with maxima: take indices at which one is attained, and show that the other side is attained there too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..kernel import Chain, Context, Node, Obtain, Rejected, Term, terms
from ..kernel.laws import conditions_at, exists_of
from ..kernel.polynomial import plus, polynomial
from .evidence import EvidenceSearch
from .reindexing import solve_all
from .rewriter import Failed, Path, Rewriter, attempt, find_paths, part_at

_STARS = "*"
Equate = Callable[[Context, Term, Term, EvidenceSearch], Node]


def by_maximum(context: Context, left: Term, right: Term, search: EvidenceSearch) -> Node | None:
    """A proof that goes through the indices at which a maximum on one side is attained; None if none is found."""
    for one, other, turned in ((left, right, False), (right, left, True)):
        if other.head == "maximum" and not any(part.head == "maximum" for part in terms.subterms(one)):
            found = _at_a_bound(context, one, other, search, turned)
            if found is not None:
                return found
        for maximum in _maxima(one):
            if other.head != "maximum" or terms.rank_of(other) != terms.rank_of(maximum):
                continue
            try:
                return _through(context, one, other, maximum, search, turned)
            except (Failed, Rejected):
                continue
    return None


def _at_a_bound(context: Context, value: Term, maximum: Term, search: EvidenceSearch, turned: bool) -> Node | None:
    """The maximum has this value, at the first indices or at the last"""
    bounds = maximum.args[: 2 * terms.rank_of(maximum)]
    for at in (bounds[::2], bounds[1::2]):
        try:
            side = _is_value(context, maximum, value, at, search)
        except (Failed, Rejected):
            continue
        return Chain(tuple(side.steps) if turned else side.backward())
    return None


def _maxima(term: Term) -> Iterator[Term]:
    """The maxima of a term that stand under no binder, outermost first"""
    seen = []
    for path in find_paths(term, lambda part: part.head == "maximum" and not part.loose):
        found = part_at(term, path)
        if found not in seen:
            seen.append(found)
            yield found


def _through(context: Context, one: Term, other: Term, maximum: Term, search: EvidenceSearch, turned: bool) -> Node:
    """`one` speaks of `maximum`; `other` is a maximum that is to have the value of `one`."""
    nonempty = search.find(context.facts, exists_of(maximum))
    if nonempty is None:
        raise Failed(f"{maximum!r} may be over an empty set")
    names = _names(context, maximum)
    at = tuple(map(terms.variable, names))
    attained = terms.equal(maximum, terms.instantiate(maximum.args[-1], *at))
    scope = context.scope.with_integers(names)
    inside = Context(scope, context.facts, context.definitions, context.equations, context.depth)
    inside = inside.assume(*conditions_at(maximum, at), attained)
    first = _reached(inside, one, maximum, attained.args[1], search)
    second = _reaching(inside, other, first.term, at, search)
    steps = (*second.steps, *first.backward()) if turned else (*first.steps, *second.backward())
    return Obtain(names, maximum, nonempty, Chain(steps))


def _names(context: Context, maximum: Term) -> tuple[str, ...]:
    hints = maximum.hint.split()
    letters = hints if len(hints) == terms.rank_of(maximum) else ["a"] * terms.rank_of(maximum)
    taken, names = {*context.scope.integers, *context.scope.ranks}, []
    for letter in letters:
        name = f"{letter}{_STARS}"
        while name in taken:
            name += _STARS
        taken.add(name)
        names.append(name)
    return tuple(names)


def _reached(context: Context, term: Term, maximum: Term, value: Term, search: EvidenceSearch) -> Rewriter:
    """The term with the maximum replaced by what it is where it is attained"""
    side = Rewriter(context, term, search)
    with side.because("attained"):
        for path in list(find_paths(term, lambda part: part == maximum)):
            where, _ = side.at(path)
            shown = search.find(where.facts, terms.equal(maximum, value))
            if shown is None:
                raise Failed("an equation that is assumed is not found")
            side.apply("equality", path, value, shown=shown)
    return side


def _reaching(context: Context, maximum: Term, value: Term, at: tuple[Term, ...], search: EvidenceSearch) -> Rewriter:
    """As `_is_value`, at the same indices or at those where the same entries are read"""
    for indices in (at, *_same_entries(maximum, value)):
        try:
            return _is_value(context, maximum, value, indices, search)
        except (Failed, Rejected):
            continue
    raise Failed(f"{maximum!r} is not shown to be {value!r}")


def _same_entries(maximum: Term, value: Term) -> Iterator[tuple[Term, ...]]:
    names = [f"?{number}" for number in range(terms.rank_of(maximum))]
    body = terms.instantiate(maximum.args[-1], *map(terms.variable, names))
    for pattern in (part for part in terms.subterms(body) if part.head == "entry"):
        for known in (part for part in terms.subterms(value) if part.head == "entry" and part.value == pattern.value):
            pairs = zip(pattern.args, known.args, strict=True)
            found = solve_all([plus(polynomial(one), polynomial(other), -1) for one, other in pairs], names)
            if found is not None:
                yield tuple(found)


def _is_value(context: Context, maximum: Term, value: Term, at: tuple[Term, ...], search: EvidenceSearch) -> Rewriter:
    """The maximum has the value: it is attained at the same indices, and the value bounds everything else"""
    side = Rewriter(context, maximum, search)
    reached = terms.equal(terms.instantiate(maximum.args[-1], *at), value)
    attained = search.find(context.facts, terms.all_of(*conditions_at(maximum, at), reached))
    _, body, inside = context.enter(maximum, len(maximum.args) - 1)
    bound = attained and search.find(inside.facts, terms.at_most(body, value))
    if attained is None or bound is None:
        raise Failed(f"{maximum!r} is not shown to be {value!r}")
    with side.because("monotone"):
        side.apply("maximum_is", (), value, indices=at, attained=attained, bound=bound)
    return side


def collapse_maxima(side: Rewriter) -> bool:
    """max_{a=l..l} f(a) = f(l), wherever a maximum is over one index"""
    paths = list(find_paths(side.term, lambda part: part.head == "maximum"))
    done = [attempt(side, lambda trial, path=path: _collapse(trial, path)) for path in paths]  # type: ignore[misc]
    return any(done)


def _collapse(side: Rewriter, path: Path) -> bool:
    """First every entry is that at the only index, and then this is the maximum"""
    context, maximum = side.at(path)
    bounds = maximum.args[: 2 * terms.rank_of(maximum)]
    lowest = bounds[::2]
    only_one = terms.all_of(*map(terms.equal, lowest, bounds[1::2]))
    if side.search.find(context.facts, only_one) is None:
        return False
    constant = terms.instantiate(maximum.args[-1], *lowest)
    fixed = _with_body(context, maximum, constant)
    names, _, inside = context.enter(maximum, len(maximum.args) - 1)
    indices = tuple(map(terms.variable, names))
    same = (terms.equal(*pair) for pair in zip(lowest, indices, strict=True))
    side.apply(
        *("maximum_reindex", path, fixed),
        forward=lowest,
        backward=indices,
        into=side.shown(inside, terms.all_of(*conditions_at(maximum, lowest))),
        onto=side.shown(inside, terms.all_of(*conditions_at(fixed, indices), *same)),
    )
    attained = terms.all_of(*conditions_at(fixed, lowest), terms.equal(constant, constant))
    bound = side.shown(inside, terms.at_most(constant, constant))
    side.apply("maximum_is", path, constant, indices=lowest, attained=side.shown(context, attained), bound=bound)
    return True


def _with_body(context: Context, maximum: Term, body: Term) -> Term:
    """The maximum of something else over the same indices"""
    names, _, _ = context.enter(maximum, len(maximum.args) - 1)
    bounds = maximum.args[: 2 * terms.rank_of(maximum)]
    condition = terms.instantiate(maximum.args[-2], *map(terms.variable, names))
    made = terms.maximum(tuple(zip(names, bounds[::2], bounds[1::2], strict=True)), condition, body)
    return Term(made.head, made.args, made.value, maximum.hint)
