"""Equations about layers, by induction on their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..kernel import Chain, Context, Definition, Induction, Lambda, Node, Rejected, Term, terms
from ..kernel.analysis import derivative
from ..kernel.polynomial import normal
from ..kernel.proof import Equation
from ..kernel.well_formed import read_conditions
from ..language.statement import fresh_names
from .derivative import differentiate
from .evidence import EvidenceSearch
from .rewriter import Failed, Path, Rewriter, attempt, find_paths

Equate = Callable[[Context, Term, Term, EvidenceSearch], Node]


def is_recursion(definition: Definition) -> bool:
    """Whether a tensor is what layers compute one after the other."""
    return definition.body.head == "iterate"


@dataclass(frozen=True)
class Hypothesis:
    """An equation for all layers from `lower` on: a derivative of a recursion is an entry of another."""

    name: str
    variable: str
    lower: Term
    integers: tuple[str, ...]
    hypotheses: tuple[Term, ...]
    left: Term
    right: Term


def by_induction(
    context: Context, sides: tuple[Rewriter, Rewriter], ends: tuple[Term, Term], search: EvidenceSearch, equate: Equate
) -> Node | None:
    """A proof that shows first what the derivative of a recursion is, by induction; None if none is found."""
    for hypothesis in _hypotheses(context, sides):
        try:
            return _proved(context, hypothesis, ends, search, equate)
        except (Failed, Rejected):
            continue
    return None


def _hypotheses(context: Context, sides: tuple[Rewriter, Rewriter]) -> Iterator[Hypothesis]:
    if any(equation.left.head == "partial" for equation in context.equations.values()):
        return  # one induction is enough
    for side, other in (sides, sides[::-1]):
        for path in find_paths(side.term, lambda part: part.head == "partial"):
            where, term = side.at(path)
            body = derivative(where, term).body
            if body.head != "iterate":
                continue
            for definition in _recursions(context, other.term):
                found = _hypothesis(context, where, term, definition)
                if found is not None:
                    yield found


def _recursions(context: Context, term: Term) -> list[Definition]:
    names = dict.fromkeys(str(part.value) for part in terms.subterms(term) if part.head == "entry")
    found = (context.definitions[name] for name in names if name in context.definitions)
    return [definition for definition in found if is_recursion(definition)]


def _hypothesis(context: Context, where: Context, term: Term, definition: Definition) -> Hypothesis | None:
    """D u(l)[i, ...] by the entry [j, ...] = R[l, i, ..., j, ...]"""
    body = derivative(where, term).body
    base, _, start, step, *rows = body.args
    count = len(rows) + terms.rank_of(term)
    if len(definition.indices) != 1 + count or definition.first is None or normal(definition.first) != normal(base):
        return None
    variable, *names = fresh_names(("k", *definition.indices[1:]), {*context.scope.integers, *context.scope.ranks})
    places = tuple(map(terms.variable, names))
    layer = Term("iterate", (base, terms.variable(variable), start, step, *places[: len(rows)]), body.value, body.hint)
    tensor = derivative(where, term).tensor
    left = terms.with_args(term, (terms.abstract(layer, tensor), term.args[1], *places[len(rows) :]))
    right = terms.entry(definition.name, terms.variable(variable), *places)
    _, *ranges = read_conditions(definition, (terms.variable(variable), *places))
    return Hypothesis("layers", variable, base, tuple(names), tuple(ranges), normal(left), right)


def _proved(
    context: Context, known: Hypothesis, ends: tuple[Term, Term], search: EvidenceSearch, equate: Equate
) -> Node:
    base_context = replace(context, scope=context.scope.with_integers(known.integers))
    base = _at_layer(base_context, known, known.lower, search, equate)
    variable = terms.variable(known.variable)
    fixed = replace(context, scope=context.scope.with_integers((known.variable,)))
    fixed = fixed.assume(terms.at_most(known.lower, variable))
    equation = Equation(known.integers, {}, known.hypotheses, known.left, known.right)
    fixed = replace(fixed, equations={**context.equations, known.name: equation})
    fixed = replace(fixed, scope=fixed.scope.with_integers(known.integers))
    step = _at_layer(fixed, known, terms.add(variable, terms.integer(1)), search, equate)
    hypotheses = (terms.at_most(known.lower, variable), *known.hypotheses)
    everywhere = Equation((known.variable, *known.integers), {}, hypotheses, known.left, known.right)
    after = replace(context, equations={**context.equations, known.name: everywhere})
    then = equate(after, *ends, search)
    return Induction(
        *(known.name, known.variable, known.lower, known.integers, known.hypotheses, known.left, known.right),
        *(base, step, then),
    )


def _at_layer(context: Context, known: Hypothesis, layer: Term, search: EvidenceSearch, equate: Equate) -> Node:
    """The equation at one layer: unfold it on both sides, then as any other"""
    at = {known.variable: layer}
    context = context.assume(*(terms.substitute(each, at) for each in known.hypotheses))
    ends = (terms.substitute(side, at) for side in (known.left, known.right))
    left, right = (Rewriter(context, end, search) for end in ends)
    for side in (left, right):
        unroll_layer(side, layer)
        differentiate(side)
        refold(side)
    between = equate(context, left.term, right.term, search)
    if not isinstance(between, Chain):
        raise Failed("a layer that needs cases")
    return Chain((*left.steps, *between.steps, *right.backward()))


# One layer


def unroll_layer(side: Rewriter, layer: Term) -> None:
    """Replace what recursions compute at this layer by the formula of the layer, or by what they start with."""
    for path in list(find_paths(side.term, lambda part: _is_entry_at(side.context, part, layer))):
        _, entry = side.at(path)
        with side.because(f"recursion:{entry.value}"):
            side.apply("unfold", path)
    for path in list(find_paths(side.term, lambda part: part.head == "iterate" and _same(part.args[1], layer))):
        _, term = side.at(path)
        with side.because(f"recursion:{term.hint.split()[0] if term.hint else ''}"):
            _unroll(side, path)


def _is_entry_at(context: Context, part: Term, layer: Term) -> bool:
    definition = context.definitions.get(str(part.value)) if part.head == "entry" else None
    return definition is not None and is_recursion(definition) and _same(part.args[0], layer)


def _same(one: Term, other: Term) -> bool:
    return not one.loose and normal(one) == normal(other)


def _unroll(side: Rewriter, path: Path) -> None:
    context, term = side.at(path)
    base, layer = term.args[:2]
    for rule, goal in (
        ("iterate_start", terms.at_most(layer, base)),
        ("iterate_step", terms.at_most(terms.add(base, terms.integer(1)), layer)),
    ):
        shown = side.shown(context, goal)
        if shown is not None:
            side.apply(rule, path, shown=shown)
            return


def refold(side: Rewriter) -> None:
    """Call what a recursion computes by its name."""
    for path in list(find_paths(side.term, lambda part: part.head == "iterate")):
        _, term = side.at(path)
        for definition in side.context.definitions.values():
            entry = terms.entry(definition.name, term.args[1], *term.args[4:])
            if is_recursion(definition) and len(definition.indices) == len(entry.args):
                formula = terms.apply(Lambda(definition.indices, definition.body), entry.args)
                if normal(formula) == normal(term):
                    with side.because(f"recursion:{definition.name}"):
                        side.ring(path, formula)
                        side.apply_backward("unfold", path, entry)
                    break


# The hypothesis


def apply_hypotheses(side: Rewriter) -> bool:
    """Use what is known of derivatives of recursions; returns whether anything was."""
    changed = False
    for path in list(find_paths(side.term, lambda part: part.head == "partial")):
        for name, equation in side.context.equations.items():
            if equation.left.head == "partial":
                found = attempt(side, lambda trial, at=path, n=name, e=equation: _use(trial, at, n, e))  # type: ignore[misc]
                changed = changed or found
                if found:
                    break
    return changed


def _use(side: Rewriter, path: Path, name: str, equation: Equation) -> bool:
    context, term = side.at(path)
    body = derivative(context, term).body
    if body.head != "iterate":
        return False
    places = (*body.args[4:], *term.args[2:])
    integers = places if len(equation.integers) == len(places) else (body.args[1], *places)
    values = dict(zip(equation.integers, integers, strict=True))
    start = terms.substitute(equation.left, values)
    if normal(start) != normal(term):
        return False
    shown = [side.shown(context, terms.substitute(each, values)) for each in equation.hypotheses]
    if None in shown:
        return False
    with side.because("induction"):
        side.ring(path, start)
        side.apply("use", path, equation=name, integers=integers, tensors=(), functions=(), shown=tuple(shown))
    return True
