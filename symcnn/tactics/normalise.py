"""Sums of `coefficient * nested sums * product of brackets and entries`, by the kernel's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..kernel import Context, Definition, Term, terms
from ..kernel.forms import product
from ..kernel.polynomial import negate, normal
from .rewriter import UNIT, ZERO, Path, Rewriter, find_paths, part_at

_MOST_ROUNDS = 12


def spread(rewriter: Rewriter, path: Path = ()) -> None:
    """Bring the part at `path` into the form `c * sum sum ... product + ...`, literal coefficients outside."""
    _, term = rewriter.at(path)
    if not any(part.head == "sum" for part in terms.subterms(term)):
        rewriter.ring(path, normal(term))
    elif term.head == "sum":
        _spread_sum(rewriter, path)
    elif term.head in ("add", "multiply", "power"):
        for position in range(len(term.args)):
            spread(rewriter, (*path, position))
        _expand(rewriter, path)


def _spread_sum(rewriter: Rewriter, path: Path) -> None:
    spread(rewriter, (*path, 2))
    if rewriter.at(path)[1].args[2].head == "add":
        made = rewriter.apply("sum_add", path)
        for position in range(len(made.args)):
            pull_literal(rewriter, (*path, position))
        rewriter.ring(path, normal(rewriter.at(path)[1]))
    else:
        pull_literal(rewriter, path)


def pull_literal(rewriter: Rewriter, path: Path) -> None:
    """sum_a c f(a) becomes c sum_a f(a), for a literal c; a sum of zeros becomes 0."""
    body = rewriter.at(path)[1].args[2]
    if body.head == "rational" and body != UNIT:
        rewriter.ring((*path, 2), terms.multiply(body, UNIT))
    elif body.head != "multiply" or body.args[0].head != "rational":
        return
    made = rewriter.apply("sum_scale", path, factors=(0,))
    if made.args[0] == ZERO:
        rewriter.ring(path, ZERO)


def _expand(rewriter: Rewriter, path: Path) -> None:
    """Multiply out, then move every product of a sum and other things into that sum."""
    _, term = rewriter.at(path)
    expanded = normal(term)
    rewriter.ring(path, expanded)
    summands = range(len(expanded.args)) if expanded.head == "add" else (None,)
    moved = [_gather(rewriter, path if position is None else (*path, position)) for position in summands]
    if any(moved):
        rewriter.ring(path, normal(rewriter.at(path)[1]))


def _gather(rewriter: Rewriter, path: Path) -> bool:
    """c * x * sum_a f(a) becomes c * sum_a x f(a); returns whether there was anything to move."""
    _, term = rewriter.at(path)
    factors = term.args if term.head == "multiply" else (term,)
    literals = tuple(factor for factor in factors if factor.head == "rational")
    sums = [factor for factor in factors if factor.head == "sum"]
    others = [factor for factor in factors if factor.head not in ("rational", "sum")] + sums[:-1]
    if not sums or not others:
        return False
    inner = terms.multiply(*others, sums[-1])
    rewriter.ring(path, terms.multiply(*literals, inner) if literals else inner)
    place = (*path, len(literals)) if literals else path
    lower, upper, body = sums[-1].args
    body_factors = body.args if body.head == "multiply" else (body,)
    lifted = tuple(terms.lift(other, 1) for other in others)
    result = terms.with_args(sums[-1], (lower, upper, terms.multiply(*lifted, *body_factors)))
    rewriter.apply_backward("sum_scale", place, result, factors=tuple(range(len(others))))
    spread(rewriter, place)
    return True


def summand_paths(rewriter: Rewriter, path: Path = ()) -> tuple[Path, ...]:
    """Paths to the summands of a spread term, past their literal coefficients."""
    _, term = rewriter.at(path)
    if term.head == "add":
        return tuple(p for position in range(len(term.args)) for p in summand_paths(rewriter, (*path, position)))
    if term.head == "multiply" and len(term.args) == 2 and term.args[0].head == "rational":
        return ((*path, 1),)
    return (path,)


def decide_brackets(rewriter: Rewriter, path: Path = ()) -> bool:
    """Replace brackets that the facts decide by 1 or 0, and split conjunctions; returns whether any changed."""
    _, term = rewriter.at(path)
    changed = False
    for found in list(find_paths(term, lambda part: part.head == "bracket")):
        changed = _decide(rewriter, (*path, *found)) or changed
    return changed


def _decide(rewriter: Rewriter, path: Path) -> bool:
    context, bracket = rewriter.at(path)
    condition = bracket.args[0]
    shown = rewriter.shown(context, condition)
    if shown is not None:
        rewriter.apply("bracket_true", path, shown=shown)
        return True
    shown = rewriter.shown(context, negate(condition))
    if shown is not None:
        rewriter.apply("bracket_false", path, shown=shown)
        return True
    return _decide_parts(rewriter, path, condition)


def _decide_parts(rewriter: Rewriter, path: Path, condition: Term) -> bool:
    """[P and Q] becomes [P] [Q], each decided; [not P] with a comparison P is written as a comparison."""
    if condition.head == "not" and negate(condition.args[0]).head != "not":
        plain = terms.bracket(negate(condition.args[0]))
        rewriter.ring(path, plain)
        return True
    if condition.head != "and":
        return False
    made = rewriter.apply("bracket_product", path)
    if made.head == "bracket":  # the `and` had one part
        _decide(rewriter, path)
        return True
    for position in range(len(made.args)):
        _decide(rewriter, (*path, position))
    return True


def cancel_inverses(rewriter: Rewriter, path: Path = ()) -> bool:
    """x * 1/x becomes 1 where x is known not to be 0; returns whether anything was cancelled."""
    for place in _products(rewriter.at(path)[1], path):
        context, term = rewriter.at(place)
        for factor in term.args:
            pair = terms.multiply(factor, terms.inverse(factor))
            if pair.args[1] in term.args and _cancel(rewriter, place, context, term, pair):
                return True
    return False


def cancel_sums(rewriter: Rewriter, path: Path = ()) -> bool:
    """sum_a c f(a) * 1/(sum_a f(a)) becomes c where that sum is known not to be 0, and c does not speak of a; returns
    whether anything was cancelled."""
    for place in _sums(rewriter.at(path)[1], path):
        context, term = rewriter.at(place)
        lower, upper, body = term.args
        factors = body.args if body.head == "multiply" else (body,)
        outside = tuple(number for number, factor in enumerate(factors) if not factor.loose)
        rest = product(tuple(factor for factor in factors if factor.loose))
        own = terms.with_args(term, (lower, upper, rest))
        taken_out = [terms.instantiate(factors[number], terms.integer(0)) for number in outside]
        for factor in taken_out:
            if factor.head == "inverse" and normal(factor.args[0]) == normal(own):
                return _cancel_sum(rewriter, place, context, outside, (factor, taken_out))
    return False


def _cancel_sum(
    rewriter: Rewriter, path: Path, context: Context, outside: tuple[int, ...], factors: tuple[Term, list[Term]]
) -> bool:
    inverse, others = factors
    shown = rewriter.shown(context, terms.nonzero(inverse.args[0]))
    if shown is None:
        return False
    rewriter.apply("sum_scale", path, factors=outside)
    others.remove(inverse)
    rewriter.ring(path, terms.multiply(terms.multiply(inverse.args[0], inverse), *others))
    rewriter.apply("cancel", (*path, 0), shown=shown)
    rewriter.ring(path, normal(rewriter.at(path)[1]))
    return True


def _products(term: Term, path: Path) -> Iterator[Path]:
    """Paths to all products, inner ones too"""
    if term.sort == terms.REAL:
        if term.head == "multiply":
            yield path
        for position, child in enumerate(term.args):
            yield from _products(child, (*path, position))


def _cancel(rewriter: Rewriter, path: Path, context: Context, term: Term, pair: Term) -> bool:
    shown = rewriter.shown(context, terms.nonzero(pair.args[0]))
    if shown is None:
        return False
    rest = list(term.args)
    for factor in pair.args:
        rest.remove(factor)
    rewriter.ring(path, terms.multiply(pair, *rest))
    rewriter.apply("cancel", (*path, 0), shown=shown)
    rewriter.ring(path, normal(rewriter.at(path)[1]))
    return True


def count_summands(rewriter: Rewriter, path: Path = ()) -> bool:
    """sum_a 1 becomes the number of values of a, and sum_a c, for a c without a, c times it; returns whether there was
    such a sum."""
    changed = _pull_constant(rewriter, path)
    for found in list(find_paths(rewriter.at(path)[1], lambda part: part.head == "sum" and part.args[2] == UNIT)):
        context, term = rewriter.at((*path, *found))
        goal = terms.at_most(terms.add(term.args[0], terms.integer(-1)), term.args[1])
        shown = rewriter.shown(context, goal)
        if shown is not None:
            rewriter.apply("sum_count", (*path, *found), shown=shown)
            changed = True
    return changed


def _pull_constant(rewriter: Rewriter, path: Path) -> bool:
    """sum_a c becomes c * sum_a 1, where c does not speak of a: one such sum"""
    for place in _sums(rewriter.at(path)[1], path):
        body = rewriter.at(place)[1].args[2]  # the indices around it are names there
        if not body.loose and body != UNIT:
            rewriter.ring((*place, 2), terms.multiply(body, UNIT))
            rewriter.apply("sum_scale", place, factors=(0,))
            return True
    return False


def _sums(term: Term, path: Path) -> Iterator[Path]:
    """Paths to all sums, inner ones first"""
    for position, child in enumerate(term.args):
        yield from _sums(child, (*path, position))
    if term.head == "sum":
        yield path


def defined_entries(rewriter: Rewriter, path: Path = ()) -> Iterator[Path]:
    """Paths to the outermost entries of tensors that have a definition."""
    context, term = rewriter.at(path)
    definitions = context.definitions
    for found in find_paths(term, lambda part: part.head == "entry" and part.value in definitions):
        if not _is_point(term, found):
            yield (*path, *found)


def _is_point(term: Term, path: Path) -> bool:
    """Whether an entry is the tensor at which a derivative is taken, called by its name"""
    if not path or path[-1] != 1:
        return False
    partial = part_at(term, path[:-1])
    count = terms.rank_of(partial) if partial.head == "partial" else -1
    own = tuple(Term("bound", value=count - 1 - number) for number in range(count))
    return count >= 0 and partial.args[1].args == own


def unfold_all(rewriter: Rewriter, wanted: Callable[[Definition], bool], reason: str = "") -> None:
    """Replace every entry of the wanted tensors by its formula, one name at a time, until none is left.

    Each name is a reason of its own, unless one is given for all. The values of a literal tensor are put in.
    """
    while True:
        paths = [path for path in defined_entries(rewriter) if wanted(_definition(rewriter, path))]
        if not paths:
            return
        name = _definition(rewriter, paths[0]).name
        with rewriter.because(reason or f"definition:{name}"):
            for path in paths:
                if _definition(rewriter, path).name == name:
                    rewriter.apply("unfold", path)
                    if is_literal_tensor(rewriter.context, name):
                        put_in(rewriter, path)


def put_in(rewriter: Rewriter, path: Path) -> None:
    """The value of a formula that has only brackets: arithmetic first, then what the facts decide."""
    rewriter.ring(path, normal(rewriter.at(path)[1]))
    if decide_brackets(rewriter, path):
        rewriter.ring(path, normal(rewriter.at(path)[1]))


def is_literal_tensor(context: Context, name: str) -> bool:
    """Whether a tensor is defined by a formula in its own indices alone, over a literal shape."""
    definition = context.definitions.get(name)
    if definition is None or definition.shape is None:
        return False
    parts = terms.subterms(definition.body)
    return (
        all(extent.head == "integer" for extent in definition.shape)
        and not any(part.head in ("entry", "sum") for part in parts)
        and terms.free_variables(definition.body) <= set(definition.indices)
    )


def _definition(rewriter: Rewriter, path: Path) -> Definition:
    return rewriter.context.definitions[str(part_at(rewriter.term, path).value)]


__all__ = [
    "cancel_inverses",
    "cancel_sums",
    "count_summands",
    "decide_brackets",
    "defined_entries",
    "is_literal_tensor",
    "product",
    "pull_literal",
    "put_in",
    "spread",
    "summand_paths",
    "unfold_all",
]
