"""The search for a proof of an entry equation: bring both sides to sums of terms, and let them meet.

Each stage ends where the two sides are equal as polynomials; a later stage runs only if they are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..kernel import Cases, Chain, Context, Node, Obtain, Rejected, Step, Term, terms
from ..kernel.polynomial import negate, normal
from .derivative import differentiate, fold_points
from .evidence import EvidenceSearch
from .functions import by_integers, by_order, tidy_functions, write_pieces
from .induction import apply_hypotheses, by_induction, is_recursion, refold
from .maxima import by_maximum, collapse_maxima
from .normalise import (
    cancel_inverses,
    cancel_sums,
    count_summands,
    decide_brackets,
    spread,
    summand_paths,
    unfold_all,
)
from .quantified import by_assumption
from .reindexing import eliminate_index, match
from .rewriter import Failed, OutOfTime, Rewriter, attempt, find_paths, part_at
from .split import agree_inside, split_domains
from .unroll import literal_count, write_out, write_out_kernels

_MOST_CASES = 3
_MOST_ROUNDS = 10
_MOST_CUTS = 4
_MOST_WRITTEN_OUT = 100


class Stuck(Failed):
    """No stage made the two sides meet; `left` and `right` are what they were brought to."""

    def __init__(self, left: Term, right: Term) -> None:
        super().__init__()
        self.left, self.right = left, right

    def __str__(self) -> str:
        return f"{self.left!r} and {self.right!r} did not meet"


Sides = tuple[Rewriter, Rewriter]


def equate(context: Context, left: Term, right: Term, search: EvidenceSearch) -> Node:
    """A proof tree of left = right in this context. Raises `Stuck` if none is found."""
    return _equate(context, left, right, search, _MOST_CASES)


def _equate(context: Context, left: Term, right: Term, search: EvidenceSearch, cases: int) -> Node:
    sides = Rewriter(context, left, search), Rewriter(context, right, search)
    try:
        found = _by_rewriting(sides) or _beyond_rewriting(context, (left, right), sides, cases)
    except OutOfTime:
        found = None
    if found is None:
        raise Stuck(sides[0].term, sides[1].term)
    return found


def _by_rewriting(sides: Sides) -> Chain | None:
    for stage in _STAGES:
        if _meet(sides):
            break
        stage(sides)
    return Chain(joined(*sides)) if _meet(sides) else None


def _beyond_rewriting(context: Context, equation: tuple[Term, Term], sides: Sides, cases: int) -> Node | None:
    """By an assumption, which is tried once, by induction, by order or by cases"""
    search = sides[0].search
    found = by_assumption(context, *equation, search, equate) if cases == _MOST_CASES else None
    found = found or by_induction(context, sides, equation, search, equate)
    return found or _beyond(context, sides, search) or _by_cases(context, *equation, sides, cases)


def _beyond(context: Context, sides: Sides, search: EvidenceSearch) -> Node | None:
    """What no rewriting does: go on from what is reached by the indices at which a maximum is attained"""
    by_facts = by_integers(context, sides) or by_order(context, sides)
    if by_facts is not None:
        return by_facts
    pieces = sides[0].copy(), sides[1].copy()
    written = [attempt(side, write_pieces) for side in pieces]
    if any(written):
        by_facts = by_order(context, pieces)
        if by_facts is not None:
            return by_facts
    found = by_maximum(context, sides[0].term, sides[1].term, search)
    chain = found.then if isinstance(found, Obtain) else found
    if found is None or not isinstance(chain, Chain):
        return None
    whole = Chain((*sides[0].steps, *chain.steps, *sides[1].backward()))
    return replace(found, then=whole) if isinstance(found, Obtain) else whole


def _meet(sides: Sides) -> bool:
    return normal(sides[0].term) == normal(sides[1].term)


def joined(left: Rewriter, right: Rewriter) -> tuple[Step, ...]:
    """The steps of the left side, one of arithmetic if it is needed, and those of the right side backward."""
    left.reason = "rearrange"
    left.ring((), right.term)
    return (*left.steps, *right.backward())


# Stages


def _unfold_heads(sides: Sides) -> None:
    for side in sides:
        while side.term.head == "entry" and _is_unfolded(side):
            with side.because(f"definition:{side.term.value}"):
                side.apply("unfold", ())


def _is_unfolded(side: Rewriter) -> bool:
    definition = side.context.definitions.get(str(side.term.value))
    return definition is not None and not is_recursion(definition)


def _write_out_kernels(sides: Sides) -> None:
    for side in sides:
        attempt(side, write_out_kernels)


def _differentiate(sides: Sides) -> None:
    """Take derivatives; what a field is a function of keeps its name, and so do recursions."""
    for side in sides:
        if any(part.head == "partial" for part in terms.subterms(side.term)):
            attempt(side, differentiate)
            refold(side)
            fold_points(side)
            apply_hypotheses(side)


def _functions(sides: Sides) -> None:
    """Values of functions in the form that what is known of them gives"""
    for side in sides:
        if any(part.head == "call" for part in terms.subterms(side.term)):
            attempt(side, tidy_functions)


def _unfold(sides: Sides) -> None:
    """All definitions but those of zero padding, which come last, and recursions."""
    for side in sides:
        unfold_all(side, lambda definition: definition.shape is not None and not is_recursion(definition))
    _differentiate(sides)
    _functions(sides)


def _pad(sides: Sides) -> None:
    """What is read outside of its range is 0; inside, padding changes nothing."""
    for side in sides:
        if not any(part.head == "bracket" and part.args[0].head == "and" for part in terms.subterms(side.term)):
            with side.because("distribute"):
                spread(side)
        with side.because("padding", firm=True):
            unfold_all(side, lambda definition: not is_recursion(definition))
            if decide_brackets(side):
                spread(side)


def _simplify(sides: Sides) -> None:
    for side in sides:
        simplify(side)


def simplify(side: Rewriter) -> None:
    """Spread, decide brackets and eliminate fixed indices, until nothing changes."""
    for _ in range(_MOST_ROUNDS):
        before = side.term
        with side.because("distribute"):
            spread(side)
        with side.because("brackets"):
            if decide_brackets(side):
                spread(side)
        with side.because("only one index"):
            _eliminate(side)
        with side.because("only value"):
            if collapse_maxima(side):
                spread(side)
        with side.because("count"):
            if count_summands(side):
                spread(side)
        with side.because("cancel"):
            if cancel_inverses(side) or cancel_sums(side):
                spread(side)
        if side.term == before:
            return


def _eliminate(side: Rewriter) -> None:
    for _ in range(_MOST_ROUNDS):
        paths = [path for path in summand_paths(side) if side.at(path)[1].head == "sum"]
        done = [eliminate_index(side, path) for path in paths]
        if not any(done):
            return
        spread(side)


def _match(sides: Sides) -> None:
    """Give the sums of the left side the indices that the right side uses."""
    left, right = sides
    with left.because("substitute"):
        for path in summand_paths(left):
            targets = [right.at(other)[1] for other in summand_paths(right)]
            _match_one(left, path, targets)
    with left.because("rearrange"):
        spread(left)


def _match_one(left: Rewriter, path: tuple[int, ...], targets: list[Term]) -> None:
    _, term = left.at(path)
    if term.head != "sum" or any(normal(term) == normal(target) for target in targets):
        return
    for target in targets:
        if target.head == "sum" and match(left, path, target):
            return


def _agree_inside(sides: Sides) -> None:
    left, right = sides
    with left.because("equal indices"):
        for path in summand_paths(left):
            for other in summand_paths(right):
                target = right.at(other)[1]
                if attempt(left, lambda trial, p=path, t=target: agree_inside(trial, p, t)):  # type: ignore[misc]
                    break


def _split(sides: Sides) -> None:
    """Cut one domain where another of the same summand ends, on the left side if there is one."""
    for _ in range(_MOST_CUTS):
        if not (_cut_one(sides[0], sides[1]) or _cut_one(sides[1], sides[0])):
            return
        _match(sides)
        if _meet(sides):
            return


def _cut_one(one: Rewriter, other: Rewriter) -> bool:
    with one.because("split"):
        cut = split_domains(one, [other.at(path)[1] for path in summand_paths(other)])
        if cut:
            simplify(one)
    return cut


def _write_out_all(sides: Sides) -> None:
    """Write out every sum with a short literal range."""

    def short(term: Term) -> bool:
        count = literal_count(term)
        return count is not None and count <= _MOST_WRITTEN_OUT

    for side in sides:
        with side.because("write out"):
            if attempt(side, lambda trial: write_out(trial, (), short)):
                simplify(side)
    _match(sides)


_STAGES: tuple[Callable[[Sides], None], ...] = (
    *(_unfold_heads, _differentiate, _write_out_kernels, _unfold, _pad, _simplify),
    *(_match, _agree_inside, _match, _split, _write_out_all, _split),
)


# Cases


def _by_cases(context: Context, left: Term, right: Term, sides: Sides, cases: int) -> Node | None:
    """Two proofs, one where a bracket of free indices holds and one where it does not."""
    search = sides[0].search
    for condition in _free_conditions(sides) if cases else ():
        if search.is_out_of_time:
            return None
        try:
            holds = _equate(context.assume(condition), left, right, search, cases - 1)
            fails = _equate(context.assume(negate(condition)), left, right, search, cases - 1)
        except (Stuck, Rejected):
            continue
        return Cases(condition, holds, fails)
    return None


def _free_conditions(sides: Sides) -> Iterator[Term]:
    """The conditions of undecided brackets that speak of no summation index."""
    seen: set[Term] = set()
    for side in sides:
        for path in find_paths(side.term, lambda part: part.head == "bracket" and not part.loose):
            condition = part_at(side.term, path).args[0]
            if condition not in seen:
                seen.add(condition)
                yield condition


__all__ = ["Stuck", "equate", "joined", "simplify", "terms"]
