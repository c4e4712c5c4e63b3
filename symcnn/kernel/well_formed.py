"""What must be shown of a statement besides its truth: that nothing in it relies on a convention.

Every entry is read within its tensor, every sum has `upper >= lower - 1`, every divisor is at least 1, every
denominator is not 0, every extent is at least 0, every maximum is over a nonempty set, every derivative exists and is
by an entry that exists, every recursion is asked for from its start on. The formulas mean something without this (see
`terms`), but what a reader takes them to mean is the same only with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from . import terms
from .analysis import derivative, differentiable, is_slope
from .claim import Assumption, Claim, Definition, Leaf, claim_scope, expand, index_conditions, ranges
from .context import Context, between
from .evidence import Facts
from .functions import facts_of
from .laws import exists_of
from .rejected import Rejected
from .terms import Lambda, Term


@dataclass(frozen=True)
class Obligation:
    """`goal` must hold where `subject` stands; `part` says what of the statement that is, and `letters` how
    the indices of the sums around it are shown there."""

    context: Context
    goal: Term
    subject: Term
    part: str
    letters: tuple[tuple[str, str], ...] = ()


Shapes = Mapping[str, Leaf | Definition]


def obligations(claim: Claim) -> tuple[Obligation, ...]:
    """All obligations of a claim, in the order in which its parts stand. Raises `Rejected` as `claim_scope`."""
    return tuple(_of_claim(claim))


def _of_claim(claim: Claim) -> Iterator[Obligation]:
    context = Context(claim_scope(claim), Facts(functions=claim.functions))
    shapes = _shapes(claim)
    for hypothesis in claim.hypotheses:
        yield from _of_term(context, hypothesis, shapes, "hypothesis")
        context = context.assume(hypothesis)
    for leaf in claim.leaves:
        yield from _of_shape(_naming(context, leaf.layers), leaf.shape, shapes, f"shape of {leaf.name}")
    for definition in claim.definitions:
        inside = _naming(context, definition.layers)
        yield from _of_shape(inside, definition.shape or (), shapes, f"shape of {definition.name}")
        yield from _of_definition(context, definition, shapes)
    for each in claim.assumptions:
        yield from _of_equation(context, each, shapes, f"assumption {each.name}")
    for condition in claim.conditions:
        yield from _of_term(context, condition, shapes, "condition")
    yield from _of_equation(context, claim, shapes, "")


def _of_definition(context: Context, definition: Definition, shapes: Shapes) -> Iterator[Obligation]:
    """A formula is read within the shape of its tensor; of a recursion, each layer is, and so is the one before"""
    part = f"definition of {definition.name}"
    names = tuple(map(terms.variable, definition.indices))
    inside = _naming(context, definition.indices).assume(*read_conditions(definition, names))
    yield from _of_term(inside, definition.body, shapes, part)
    if _is_recursion(definition):
        at, start, where = inside.enter(definition.body, 2)
        first = (definition.body.args[0], *map(terms.variable, at))
        yield from _of_term(where.assume(*read_conditions(definition, first)), start, shapes, part)
        (before, *rest), step, where = inside.enter(definition.body, 3)
        own = read_conditions(definition, tuple(map(terms.variable, rest)))
        earlier = _one_layer(definition, before, terms.add(terms.variable(rest[0]), terms.integer(-1)))
        yield from _of_term(where.assume(*own), step, {**shapes, before: earlier}, part)


def _is_recursion(definition: Definition) -> bool:
    """Whether a definition says what its layers are, one after the other, from its first one on"""
    body, places = definition.body, tuple(map(terms.variable, definition.indices))
    own = body.head == "iterate" and body.args[0] == definition.first and (body.args[1], *body.args[4:]) == places
    return own and len(definition.layers) == 1


def _recursion_of(term: Term, shapes: Shapes) -> Definition | None:
    """The definition whose layers an `iterate` computes, if there is one: it is read as that is."""
    made = tuple(each for each in shapes.values() if isinstance(each, Definition))
    found = expand(term, made) if term.head == "iterate" else term
    for each in made:
        if found.head == "iterate" and _is_recursion(each):
            body = expand(each.body, made)
            if (body.args[0], *body.args[2:4]) == (found.args[0], *found.args[2:4]):
                return each
    return None


def _one_layer(definition: Definition, name: str, layer: Term) -> Leaf:
    """What a recursion computes at one layer, as a tensor with a shape"""
    layers = {definition.layers[0]: layer}
    shape = tuple(terms.substitute(extent, layers) for extent in definition.shape or ())
    return Leaf(name, shape, definition.origin)


def _of_equation(context: Context, each: Claim | Assumption, shapes: Shapes, part: str) -> Iterator[Obligation]:
    for index in each.indices:
        for bound in (index.lower, index.upper):
            yield from _of_term(context, bound, shapes, part or f"range of {index.name}")
    inside = _naming(context, tuple(index.name for index in each.indices))
    inside = inside.assume(*index_conditions(each.indices))
    yield from _of_term(inside, each.left, shapes, part or "left side")
    yield from _of_term(inside, each.right, shapes, part or "right side")


def facts_of_claim(claim: Claim) -> Facts:
    """What the hypotheses of a claim say, and what it declares of functions."""
    return Facts(functions=claim.functions).assume(terms.all_of(*claim.hypotheses))


def read_conditions(tensor: Leaf | Definition, indices: tuple[Term, ...]) -> tuple[Term, ...]:
    """That a tensor is read within its range. Its extents may depend on its layers."""
    if tensor.shape is None:
        return ()
    layers = dict(zip(tensor.layers, indices, strict=False))
    shape = (terms.substitute(extent, layers) for extent in tensor.shape)
    first = tensor.first if isinstance(tensor, Definition) else None
    begins = (terms.at_most(first, indices[0]),) if first is not None and layers else ()
    return (*begins, *ranges(tensor.origin, shape, indices[len(layers) :]))


def _shapes(claim: Claim) -> Shapes:
    tensors: tuple[Leaf | Definition, ...] = (*claim.leaves, *claim.definitions)
    return {each.name: each for each in tensors}


def _naming(context: Context, names: tuple[str, ...]) -> Context:
    return replace(context, scope=context.scope.with_integers(names))


def _of_shape(context: Context, extents: tuple[Term, ...], shapes: Shapes, part: str) -> Iterator[Obligation]:
    for extent in extents:
        yield from _of_term(context, extent, shapes, part)
        yield Obligation(context, terms.at_most(terms.integer(0), extent), extent, part)


def _of_term(
    context: Context, term: Term, shapes: Shapes, part: str, letters: tuple[tuple[str, str], ...] = ()
) -> Iterator[Obligation]:
    for where, goal in _goals(context, term, shapes):
        yield Obligation(where, goal, term, part, letters)
    for position in range(len(term.args)):
        if (term.head, position) == ("partial", 0):
            yield from _of_differentiated(context, term, shapes, part, letters)
        elif (term.head, position) == ("partial", 1):
            yield from _of_point(context, term, shapes, part, letters)
        elif position not in (2, 3) or _recursion_of(term, shapes) is None:  # these belong to the definition
            names, child, inside = context.enter(term, position)
            hints = tuple(zip(names, term.hint.split() or [""] * len(names), strict=False))
            yield from _of_term(inside, child, shapes, part, (*letters, *hints))


def _of_differentiated(
    context: Context, term: Term, shapes: Shapes, part: str, letters: tuple[tuple[str, str], ...]
) -> Iterator[Obligation]:
    """The tensor is read where its leaf may be read, so that leaf stands for it, if its point is a leaf"""
    point = leaf_at(term)
    body = terms.instantiate(term.args[0], point) if point else context.enter(term, 0)[1]
    inside = context if point else context.enter(term, 0)[2]
    yield from _of_term(inside, body, shapes, part, letters)


def _of_point(
    context: Context, term: Term, shapes: Shapes, part: str, letters: tuple[tuple[str, str], ...]
) -> Iterator[Obligation]:
    """The point of the slope of a field is read over the ranges of that field; a leaf is read where the body is"""
    body = term.args[0]
    if leaf_at(term) is None or is_slope(term):
        names, point, inside = context.enter(term, 1)
        if is_slope(term) and not any(bound.loose for bound in body.args[:-1]):
            inside = inside.assume(*between(body.args, [terms.variable(name) for name in names]))
        hints = tuple(zip(names, body.hint.split() or [""] * len(names), strict=False))
        yield from _of_term(inside, point, shapes, part, (*letters, *hints))


def leaf_at(term: Term) -> Lambda | None:
    """The tensor at which a partial is taken, if that has a name."""
    count, point = terms.rank_of(term), term.args[1]
    own = tuple(Term("bound", value=count - 1 - number) for number in range(count))
    if point.head != "entry" or point.args != own:
        return None
    names = tuple(f"at{number}" for number in range(count))
    return Lambda(names, terms.entry(str(point.value), *map(terms.variable, names)))


def _goals(context: Context, term: Term, shapes: Shapes) -> Iterator[tuple[Context, Term]]:
    match term.head:
        case "entry" if term.value in shapes:
            yield from ((context, goal) for goal in read_conditions(shapes[str(term.value)], term.args))
        case "sum":
            lower, upper, _ = term.args
            yield context, terms.at_most(terms.add(lower, terms.integer(-1)), upper)
        case "floor":
            yield context, terms.at_most(terms.integer(1), term.args[1])
        case "inverse":
            yield context, terms.nonzero(term.args[0])
        case "maximum":
            yield context, exists_of(term)
        case "iterate":
            found = _recursion_of(term, shapes)
            read = read_conditions(found, (term.args[1], *term.args[4:])) if found else ()
            yield from ((context, goal) for goal in (terms.at_most(*term.args[:2]), *read))
        case "call" if term.value != terms.function_of(term):
            yield context, _slope_exists(context, term)
        case "partial":
            yield from ((context, goal) for goal in _varied_conditions(term, shapes))
            yield from _derivative_exists(context, term)


def _slope_exists(context: Context, term: Term) -> Term:
    facts = facts_of(context.facts.functions, str(term.value)[:-1])
    if "differentiable" in facts:
        return terms.TRUE
    return terms.nonzero(term.args[0]) if "differentiable_off_zero" in facts else terms.FALSE


def _varied_conditions(term: Term, shapes: Shapes) -> tuple[Term, ...]:
    """That the entry by which a derivative is taken is one of its tensor"""
    body, point, *indices = term.args
    if leaf_at(term) is not None and str(point.value) in shapes:
        return read_conditions(shapes[str(point.value)], tuple(indices))
    closed = is_slope(term) and not any(bound.loose for bound in body.args[:-1])
    return between(body.args, indices) if closed else ()


def _derivative_exists(context: Context, term: Term) -> Iterator[tuple[Context, Term]]:
    found = derivative(context, term)
    try:
        yield from list(differentiable(found.inside, frozenset([found.tensor]), found.body, found.point))
    except Rejected:
        yield context, terms.FALSE
