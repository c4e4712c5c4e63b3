"""Derivatives by the kernel's rules, until only those are left that nothing is known of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..kernel import Context, Definition, Evidence, Rejected, Term, terms
from ..kernel.analysis import Derivative, derivative, differentiable, is_slope
from ..kernel.polynomial import normal
from .normalise import unfold_all
from .rewriter import Failed, Path, Rewriter, attempt, find_paths

_MOST_STEPS = 2000


def differentiate(rewriter: Rewriter) -> bool:
    """Take every derivative as far as the rules go; returns whether there was any to take."""
    changed, stopped = False, set[Path]()
    for _ in range(_MOST_STEPS):
        paths = find_paths(rewriter.term, lambda part: part.head == "partial")
        path = next((path for path in paths if path not in stopped), None)
        if path is None:
            return changed
        if _take(rewriter, path):
            changed = True
        else:
            stopped.add(path)
    raise Failed("a derivative has too many parts")


def _take(rewriter: Rewriter, path: Path) -> bool:
    context, term = rewriter.at(path)
    found = derivative(context, term)
    rule, arguments = _rule(rewriter, found)
    if not rule:
        return False
    with rewriter.because("chain rule" if rule in ("partial_call", "partial_field") else "derivative"):
        rewriter.apply(rule, path, **arguments)
    return True


def _rule(rewriter: Rewriter, found: Derivative) -> tuple[str, dict[str, Any]]:
    """The rule for the body of a derivative, and its arguments; "" if there is none"""
    body = found.body
    if found.is_constant(body):
        return "partial_constant", {}
    if body.head == "entry":
        return "partial_entry", {}
    if body.head == "multiply":
        constants = tuple(number for number, part in enumerate(body.args) if found.is_constant(part))
        if constants:
            return "partial_scale", {"factors": constants}
    if body.head == "field" and is_slope(found.term):
        return "", {}
    shown = _smooth(rewriter, found) if body.head in _RULES else None
    return (_RULES[body.head], {"shown": shown}) if shown is not None else ("", {})


_RULES: Mapping[str, str] = {
    "add": "partial_add",
    "multiply": "partial_product",
    "power": "partial_power",
    "inverse": "partial_inverse",
    "sum": "partial_sum",
    "call": "partial_call",
    "field": "partial_field",
}


def _smooth(rewriter: Rewriter, found: Derivative) -> tuple[Evidence, ...] | None:
    """Evidence that the body is differentiable; None if there is none"""
    try:
        goals = list(differentiable(found.inside, frozenset([found.tensor]), found.body, found.point))
    except Rejected:
        return None
    shown = [rewriter.search.find(where.facts, goal) for where, goal in goals]
    return None if None in shown else tuple(each for each in shown if each is not None)


# Points with a name


def fold_points(rewriter: Rewriter) -> None:
    """The tensor at which a field has a slope is called by its name, if a definition says the same."""
    for path in list(find_paths(rewriter.term, lambda part: part.head == "partial" and is_slope(part))):
        context, term = rewriter.at(path)
        names, point, inside = context.enter(term, 1)
        if is_named(inside, point, names):
            continue
        for definition in reversed(tuple(context.definitions.values())):  # the one that the user speaks of
            if len(definition.indices) == len(names) and attempt(
                rewriter,
                lambda trial, at=(*path, 1), d=definition: fold(trial, at, d),  # type: ignore[misc]
            ):
                break


def is_named(context: Context, point: Term, names: tuple[str, ...]) -> bool:
    """Whether a point is a tensor that has a name."""
    return point.head == "entry" and point.args == tuple(map(terms.variable, names))


def fold(rewriter: Rewriter, path: Path, definition: Definition) -> bool:
    """Call the part at `path`, at the end of a point, the entry of a definition; returns whether it is that."""
    context, part = rewriter.at(path)
    outer, partial = rewriter.at(path[:-1])
    names, _, _ = outer.enter(partial, 1)
    entry = terms.entry(definition.name, *map(terms.variable, names))
    there, back = Rewriter(context, part, rewriter.search), Rewriter(context, entry, rewriter.search)
    for side in (there, back):
        unfold_all(side, lambda _: True)
    if normal(there.term) != normal(back.term):
        return False
    there.ring((), back.term)
    with rewriter.because(f"fold:{definition.name}", firm=True):
        splice(rewriter, path, (*there.steps, *back.backward()))
    return True


def splice(rewriter: Rewriter, path: Path, steps: tuple[Any, ...]) -> None:
    """Make steps, which were found for the part at `path` alone, where it stands."""
    for step in steps:
        make: Callable[..., Any] = rewriter.apply_backward if step.backward else rewriter.apply
        make(step.rule, (*path, *step.path), step.result, **dict(step.arguments))
