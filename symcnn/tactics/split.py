"""Where only parts of two domains agree: cut a domain along a condition of the other; and equal indices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..kernel import Term, terms
from ..kernel.polynomial import normal
from ..kernel.rules import Domain, domain
from .normalise import spread, summand_paths
from .reindexing import candidate_maps, count_sums
from .rewriter import Path, Rewriter


def split_domains(rewriter: Rewriter, targets: Sequence[Term]) -> bool:
    """Cut one domain: where a target has the same summand and a further condition P, e becomes [P] e + [not P] e.

    Returns whether a sum was cut.
    """
    own = {normal(rewriter.at(path)[1]) for path in summand_paths(rewriter)}
    open_targets = [target for target in targets if normal(target) not in own]
    met = {normal(target) for target in targets}
    for path in summand_paths(rewriter):
        if normal(rewriter.at(path)[1]) in met:
            continue
        for target in open_targets:
            condition = _missing_condition(rewriter, path, target)
            if condition is not None:
                _cut(rewriter, path, condition)
                return True
    return False


def _missing_condition(rewriter: Rewriter, path: Path, target: Term) -> Term | None:
    """A condition of the target's domain, in the indices of the sums at `path`, that does not follow there."""
    context, term = rewriter.at(path)
    if term.head != "sum" or count_sums(target) != count_sums(term) or normal(term) == normal(target):
        return None
    old, new = (domain(context, each, count_sums(each)) for each in (term, target))
    for forward, backward in candidate_maps(old, new):
        rewriter.require_time()
        names = (str(index.value) for index in new.indices)
        images = dict(zip(names, backward, strict=True))
        if not _agree(old, new, forward, images):
            continue
        moved_conditions = [terms.substitute(condition, images) for condition in new.conditions]
        for moved in (*_round_trip(old, images, forward), *moved_conditions):
            known = terms.free_variables(moved) <= old.inside.scope.integers
            if known and rewriter.search.find(old.inside.facts, moved) is None:
                return normal(moved)
    return None


def _agree(old: Domain, new: Domain, forward: tuple[Term, ...], images: dict[str, Term]) -> bool:
    """Whether the summands agree, one way or the other: a quotient may stand in the way of one of them"""
    there = dict(zip((str(index.value) for index in old.indices), forward, strict=True))
    if normal(terms.substitute(old.summand, there)) == normal(new.summand):
        return True
    return normal(terms.substitute(new.summand, images)) == normal(old.summand)


def _round_trip(old: Domain, images: dict[str, Term], forward: tuple[Term, ...]) -> Iterator[Term]:
    """That each index of the old domain returns: where it does not, a quotient was not exact"""
    for index, image in zip(old.indices, forward, strict=True):
        yield terms.equal(terms.substitute(image, images), index)


def _cut(rewriter: Rewriter, path: Path, condition: Term) -> None:
    count = count_sums(rewriter.at(path)[1])
    rewriter.apply("bracket_complement", (*path, *([2] * count)), condition=condition)
    spread(rewriter, path)
    spread(rewriter)


def agree_inside(rewriter: Rewriter, path: Path, target: Term) -> bool:
    """Replace integers in the part at `path` by those of the target where the facts say that they are equal.

    Returns whether the part has become the target, up to arithmetic.
    """
    _, term = rewriter.at(path)
    if normal(term) == normal(target):
        return False
    rewriter.ring(path, normal(term))
    _align(rewriter, path, normal(target))
    return normal(rewriter.at(path)[1]) == normal(target)


def _align(rewriter: Rewriter, path: Path, target: Term) -> None:
    context, term = rewriter.at(path)
    if term == target:
        return
    if term.sort == terms.INTEGER and target.sort == terms.INTEGER and not target.loose:
        shown = rewriter.shown(context, terms.equal(term, target))
        if shown is not None:
            rewriter.apply("integer", path, target, shown=shown)
            return
    if term.head == target.head and term.value == target.value and len(term.args) == len(target.args):
        for position in range(len(term.args)):
            part = _opened(rewriter, path, term, target, position)
            _align(rewriter, (*path, position), part)


def _opened(rewriter: Rewriter, path: Path, term: Term, target: Term, position: int) -> Term:
    """The child of the target at `position`, under the same index as the child of the term is seen with."""
    if term.head != "sum" or position != 2:
        return target.args[position]
    context, _ = rewriter.at(path)
    index, _ = context.fresh()
    return terms.instantiate(target.args[2], index)
