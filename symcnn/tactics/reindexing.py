"""Changes of summation indices: find maps between two domains and the evidence that they are inverse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from itertools import product as product_of
from math import lcm

from ..kernel import Context, Rejected, Term, terms
from ..kernel.forms import product
from ..kernel.polynomial import ONE, Polynomial, build, normal, plus, polynomial, times
from ..kernel.rules import Domain, domain, inverse_goal
from .rewriter import Failed, Path, Rewriter

Maps = tuple[tuple[Term, ...], tuple[Term, ...]]
_MOST_INDICES = 5


def count_sums(term: Term) -> int:
    """How many sums are nested at the outside of a term."""
    count = 0
    while term.head == "sum":
        count, term = count + 1, term.args[2]
    return count


def reindex(rewriter: Rewriter, path: Path, result: Term, maps: Maps) -> None:
    """Rewrite the nested sums at `path` into those of `result` by `maps`: old indices in the new ones, and back.

    Raises `Failed` where no evidence is found, `Rejected` where the summands do not agree.
    """
    context, term = rewriter.at(path)
    old, new = (domain(context, each, count_sums(each)) for each in (term, result))
    forward, backward = maps
    into = rewriter.search.find(new.inside.facts, inverse_goal(old, forward, new, backward))
    onto = into and rewriter.search.find(old.inside.facts, inverse_goal(new, backward, old, forward))
    if into is None or onto is None:
        raise Failed(f"{term!r} and {result!r} do not run over domains that correspond")
    rewriter.apply(
        "sum_reindex",
        path,
        result,
        sums=len(old.indices),
        result_sums=len(new.indices),
        forward=forward,
        backward=backward,
        into=into,
        onto=onto,
    )


# One index that can have only one value


def eliminate_index(rewriter: Rewriter, path: Path) -> bool:
    """Take out one index of the nested sums at `path` whose value a guard or its range fixes, if there is one."""
    context, term = rewriter.at(path)
    if term.head != "sum":
        return False
    run = domain(context, term, count_sums(term))
    for position, value in _fixed(rewriter, run):
        try:
            _eliminate(rewriter, path, run, position, value)
        except (Failed, Rejected):
            continue
        return True
    return False


def _fixed(rewriter: Rewriter, run: Domain) -> Iterator[tuple[int, Term]]:
    """(position of an index, its only value)"""
    for position, index in enumerate(run.indices):
        for condition in run.conditions:
            if condition.head == "equal":
                value = solve(condition, index)
                if value is not None:
                    yield position, value
        for bound in (*_bounds(run, position), *_quotient_bounds(run, position)):
            if rewriter.search.find(run.inside.facts, terms.equal(index, bound)) is not None:
                yield position, bound


def _bounds(run: Domain, position: int) -> Iterator[Term]:
    """What the index may be fixed to: its lower bound, where the range is literal or an equation is about it, or
    either bound, where a guard bounds the index too."""
    index = run.indices[position]
    lower, upper = _interval(_ranges(run)[position])
    guards = run.conditions[2 * len(run.indices) :]
    if any(index.value in terms.free_variables(guard) for guard in guards):
        yield from (lower, upper)
        return
    length = set(plus(polynomial(upper), polynomial(lower), -1)) - {ONE}
    if not length or any(fact and set(fact) - {ONE} <= length for fact in run.inside.facts.zero):
        yield lower


def _quotient_bounds(run: Domain, position: int) -> Iterator[Term]:
    """floor(r/c) for a guard `c index <= r` with a symbolic c: a window of length c has one place for it"""
    index = run.indices[position]
    for guard in run.conditions[2 * len(run.indices) :]:
        if guard.head == "at_most" and guard.args[0].sort == terms.INTEGER:
            difference = plus(polynomial(guard.args[1]), polynomial(guard.args[0]), -1)
            own = {m: -c for m, c in difference.items() if (index, 1) in m}
            rest = {m: c for m, c in difference.items() if m not in own}
            divisor = {m - {(index, 1)}: c for m, c in own.items()}
            speaks = any(index.value in terms.free_variables(atom) for m in (*divisor, *rest) for atom, _ in m)
            if own and not speaks and set(divisor) != {ONE}:
                yield terms.floor(build(rest, terms.INTEGER), build(divisor, terms.INTEGER))


def solve(condition: Term, index: Term) -> Term | None:
    """The value of `index` where both sides of the condition are equal, if that is an integer polynomial."""
    left, right = condition.args
    difference = plus(polynomial(right), polynomial(left), -1)
    coefficient = difference.get(frozenset([(index, 1)]), 0)
    others = {m: c for m, c in difference.items() if m != frozenset([(index, 1)])}
    if abs(coefficient) != 1 or any(index.value in terms.free_variables(atom) for m in others for atom, _ in m):
        return None
    return build({m: -c * coefficient for m, c in others.items()}, terms.INTEGER)


def _eliminate(rewriter: Rewriter, path: Path, run: Domain, position: int, value: Term) -> None:
    kept = [index for number, index in enumerate(run.indices) if number != position]
    names = [str(index.value) for index in run.indices]
    # the new domain has one index less, so its indices have the first names again
    renamed = {str(index.value): terms.variable(names[number]) for number, index in enumerate(kept)}
    fixed = terms.substitute(value, renamed)
    images = {**renamed, names[position]: fixed}
    context, term = rewriter.at(path)
    result = _without(rewriter, context, term, run, position, images)
    forward = tuple(images[name] for name in names)
    reindex(rewriter, path, result, (forward, tuple(kept)))


def _without(
    rewriter: Rewriter, context: Context, term: Term, run: Domain, position: int, images: dict[str, Term]
) -> Term:
    """The nested sums without the one at `position`, everything else at the images of the indices."""
    ranges, rest = _ranges(run), run.conditions[2 * len(run.indices) :]
    guards = [*ranges[position], *rest]
    moved = [normal(terms.substitute(guard, images)) for guard in guards]
    body = normal(terms.substitute(run.summand, images))
    sums = []
    for number, pair in enumerate(ranges):
        if number != position:
            lower, upper = (terms.substitute(bound, images) for bound in _interval(pair))
            sums.append((_hint(term, number), lower, upper))
    names = [str(index.value) for index in run.indices[: len(sums)]]
    needed = _needed(rewriter, context, names, sums, moved)
    return nested(names, sums, product((*map(terms.bracket, needed), body)))


def nested(names: Sequence[str], sums: Sequence[tuple[str, Term, Term]], body: Term) -> Term:
    """Nested sums over (letter, lower, upper), outermost first, whose indices are the variables `names`."""
    for name, (letter, lower, upper) in zip(reversed(names), reversed(sums), strict=True):
        body = Term("sum", (lower, upper, terms.abstract(body, name)), hint=letter)
    return body


def _needed(
    rewriter: Rewriter,
    context: Context,
    names: Sequence[str],
    sums: Sequence[tuple[str, Term, Term]],
    guards: Sequence[Term],
) -> list[Term]:
    """The guards that do not follow from the ranges of the sums and from the other guards."""
    inside = context
    for name, (_, lower, upper) in zip(names, sums, strict=True):
        index, inside = inside.fresh()
        if index.value != name:
            raise Failed("an index has another name than it should")
        inside = inside.assume(terms.at_most(lower, index), terms.at_most(index, upper))
    kept = [guard for guard in guards if guard != terms.TRUE]
    for guard in list(kept):
        others = [other for other in kept if other is not guard]
        if rewriter.search.find(inside.assume(*others).facts, guard) is not None:
            kept = others
    return kept


def _ranges(run: Domain) -> list[tuple[Term, Term]]:
    """(lower <= index, index <= upper) of every index"""
    return [(run.conditions[2 * n], run.conditions[2 * n + 1]) for n in range(len(run.indices))]


def _interval(pair: tuple[Term, Term]) -> tuple[Term, Term]:
    return pair[0].args[0], pair[1].args[1]


def _hint(term: Term, number: int) -> str:
    for _ in range(number):
        term = term.args[2]
    return term.hint


# Two sums that differ in their indices


def match(rewriter: Rewriter, path: Path, target: Term) -> bool:
    """Rewrite the nested sums at `path` into those of `target`, if an affine change of the indices does it."""
    context, term = rewriter.at(path)
    old, new = (domain(context, each, count_sums(each)) for each in (term, target))
    for maps in candidate_maps(old, new):
        try:
            reindex(rewriter, path, target, maps)
        except (Failed, Rejected):
            continue
        return True
    return False


def candidate_maps(old: Domain, new: Domain) -> Iterator[Maps]:
    """Pairs of maps under which the summands may agree: permutations of the indices first, then solutions of
    the equations between the indices of corresponding entries."""
    if len(old.indices) == len(new.indices) <= _MOST_INDICES:
        yield from _permutations(old, new)
    for pairs in _pairings(entries(old.summand), entries(new.summand)):
        maps = _solutions(old, new, pairs)
        if maps is not None:
            yield maps
        yield from _divisions(old, new, pairs)


def _permutations(old: Domain, new: Domain) -> Iterator[Maps]:
    goal = normal(new.summand)
    for arrangement in permutations(range(len(old.indices))):
        forward = tuple(new.indices[number] for number in arrangement)
        names = (str(index.value) for index in old.indices)
        moved = terms.substitute(old.summand, dict(zip(names, forward, strict=True)))
        if normal(moved) == goal:
            backward = tuple(old.indices[arrangement.index(n)] for n in range(len(arrangement)))
            yield forward, backward


def entries(summand: Term) -> list[Term]:
    """The entries of tensors that are factors of a product."""
    factors = summand.args if summand.head == "multiply" else (summand,)
    return [factor for factor in factors if factor.head == "entry"]


def _pairings(old: list[Term], new: list[Term]) -> Iterator[list[tuple[Term, Term]]]:
    """Ways to pair entries of the same tensors."""
    if sorted(str(e.value) for e in old) != sorted(str(e.value) for e in new) or len(old) > _MOST_INDICES:
        return
    for arrangement in permutations(new):
        if all(one.value == other.value for one, other in zip(old, arrangement, strict=True)):
            yield list(zip(old, arrangement, strict=True))


def _solutions(old: Domain, new: Domain, pairs: list[tuple[Term, Term]]) -> Maps | None:
    """Solve `old index = new index` at every position of the paired entries, both ways."""
    marked = {str(index.value): terms.variable(f"{index.value}'") for index in new.indices}
    equations = [
        plus(polynomial(one), polynomial(terms.substitute(other, marked)), -1)
        for first, second in pairs
        for one, other in zip(first.args, second.args, strict=True)
    ]
    forward = solve_all(equations, [str(index.value) for index in old.indices])
    backward = solve_all(equations, [str(value.value) for value in marked.values()])
    if forward is None or backward is None:
        return None
    plain = {str(value.value): terms.variable(name) for name, value in marked.items()}
    return tuple(terms.substitute(image, plain) for image in forward), tuple(backward)


def _divisions(old: Domain, new: Domain, pairs: list[tuple[Term, Term]]) -> Iterator[Maps]:
    """Fewer indices against more: i = k u + v with v in a range of length k, so that u is a quotient and v a rest"""
    if len(old.indices) < len(new.indices) <= _MOST_INDICES:
        yield from _quotients(old, new, pairs)
    if len(new.indices) < len(old.indices) <= _MOST_INDICES:
        turned = [(second, first) for first, second in pairs]
        yield from ((backward, forward) for forward, backward in _quotients(new, old, turned))


def _quotients(few: Domain, many: Domain, pairs: list[tuple[Term, Term]]) -> Iterator[Maps]:
    """(the indices of the few in the many, those of the many in the few)"""
    there = [_value_of(index, pairs) for index in few.indices]
    values = [value for value in there if value is not None]
    if len(values) < len(there):
        return
    parts = (list(_parts(index, value, many)) for index, value in zip(few.indices, values, strict=True))
    for chosen in product_of(*parts):
        back = {position: part for each in chosen for position, part in each.items()}
        if len(back) == len(many.indices) == sum(map(len, chosen)):
            yield tuple(values), tuple(back[position] for position in range(len(back)))


def _value_of(index: Term, pairs: list[tuple[Term, Term]]) -> Term | None:
    """What stands in the other summand where this one has an index by itself"""
    places = (place for first, second in pairs for place in zip(first.args, second.args, strict=True))
    return next((right for left, right in places if left == index), None)


def _parts(index: Term, value: Term, many: Domain) -> Iterator[dict[int, Term]]:
    """The indices of the many that a value speaks of, in the index that it is: one, or a quotient and a rest"""
    spoken = [n for n, each in enumerate(many.indices) if str(each.value) in terms.free_variables(value)]
    if len(spoken) == 1:
        found = solve(terms.equal(value, index), many.indices[spoken[0]])
        if found is not None:
            yield {spoken[0]: found}
    if len(spoken) == 2:
        for one, other in (spoken, spoken[::-1]):
            quotient = _quotient(index, value, many, one, other)
            if quotient is not None:
                yield {one: quotient[0], other: quotient[1]}


def _quotient(index: Term, value: Term, many: Domain, one: int, other: int) -> tuple[Term, Term] | None:
    """u and v where index = k u + v, u and v being the indices of `many` at these places, v of range length k"""
    quotient, rest = many.indices[one], many.indices[other]
    lower, upper = _interval(_ranges(many)[other])
    length = normal(terms.add(upper, terms.multiply(terms.integer(-1), lower), terms.integer(1)))
    multiple = terms.multiply(length, quotient)
    origin = terms.substitute(value, {str(each.value): terms.integer(0) for each in (quotient, rest)})
    if normal(value) != normal(terms.add(multiple, rest, origin)):
        return None
    minus = terms.multiply(terms.integer(-1), terms.add(origin, lower))
    u = terms.floor(normal(terms.add(index, minus)), length)
    v = terms.add(index, terms.multiply(terms.integer(-1), origin), terms.multiply(terms.integer(-1), length, u))
    return u, v


def solve_all(equations: list[Polynomial], names: list[str]) -> list[Term] | None:
    """The unknowns `names` in terms of everything else, by elimination; None if that does not fix all of them."""
    rows, solved = [dict(equation) for equation in equations], dict[str, Polynomial]()
    for name in names:
        found = _pivot(rows, name)
        if found is None:
            return None
        row, value = found
        rows = [_replace(other, name, value) for other in rows if other is not row]
        solved = {other: _replace(already, name, value) for other, already in solved.items()} | {name: value}
    return [_rounded(solved[name]) for name in names]


def _rounded(value: Polynomial) -> Term:
    """The value as an integer term; p/d is rounded down, which is right wherever d divides p."""
    divisor = lcm(*(Fraction(coefficient).denominator for coefficient in value.values()))
    numerator = build({m: int(c * divisor) for m, c in value.items()}, terms.INTEGER)
    return numerator if divisor == 1 else terms.floor(numerator, terms.integer(divisor))


def _pivot(rows: list[dict], name: str) -> tuple[dict, Polynomial] | None:  # type: ignore[type-arg]
    """A row in which the unknown stands alone with a literal coefficient, and its value there."""
    unknown = frozenset([(terms.variable(name), 1)])
    for row in rows:
        coefficient = row.get(unknown)
        others = {m: c for m, c in row.items() if m != unknown}
        if coefficient and not any(name in terms.free_variables(atom) for m in others for atom, _ in m):
            return row, {m: Fraction(-c) / coefficient for m, c in others.items()}
    return None


def _replace(row: Polynomial, name: str, value: Polynomial) -> dict:  # type: ignore[type-arg]
    """The row with the value for an unknown, also where that stands in a product, s u"""
    unknown = (terms.variable(name), 1)
    made: Polynomial = {monomial: c for monomial, c in row.items() if unknown not in monomial}
    for monomial, coefficient in row.items():
        if unknown in monomial:
            made = plus(made, times({monomial - {unknown}: Fraction(1)}, value), coefficient)
    return dict(made)


__all__ = ["ONE", "candidate_maps", "count_sums", "eliminate_index", "entries", "match", "nested", "reindex", "solve"]
