"""Rules for maxima, functions of reals, recursions and derivatives; see `rules` for what a rule is.

A `partial` binds: it is the derivative of V -> e(V) at a tensor P, in the direction of one entry. What is known of
P says nothing of V, and whatever P is replaced by leaves e alone. Each rule for it asks that the parts of e are
differentiable at P; a derivative that does not exist is 0, and without that question sums would go wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import terms
from .context import Context
from .evidence import Evidence, check
from .forms import of_form, product, require
from .functions import facts_of, known
from .laws import conditions_at
from .polynomial import normal
from .rejected import Rejected
from .terms import INTEGER, Lambda, Term

# Maxima


def maximum_is(
    context: Context, term: Term, result: Term, indices: tuple[Term, ...], attained: Evidence, bound: Evidence
) -> Term:
    """max_{a in D} f(a) = v  if w is in D, f(w) = v, and f(a) <= v for all a in D"""
    of_form(term, "maximum")
    for index in indices:
        context.scope.admit(index, INTEGER)
    reached = terms.equal(terms.instantiate(term.args[-1], *indices), result)
    check(context.facts, terms.all_of(*conditions_at(term, indices), reached), attained)
    _, body, inside = context.enter(term, len(term.args) - 1)
    check(inside.facts, terms.at_most(body, result), bound)
    return result


def maximum_reindex(
    context: Context,
    term: Term,
    result: Term,
    forward: tuple[Term, ...],
    backward: tuple[Term, ...],
    into: Evidence,
    onto: Evidence,
) -> Term:
    """max_{a in D} f(a) = max_{b in E} f(p(b))  if p maps E into D, q maps D into E, and p(q(a)) = a

    `forward` is p, in the indices of E; `backward` is q, in those of D. `into` shows p(b) in D for b in E; `onto`
    shows q(a) in E and p(q(a)) = a for a in D.
    """
    of_form(term, "maximum")
    of_form(result, "maximum")
    old, _, old_inside = context.enter(term, len(term.args) - 1)
    new, new_body, new_inside = context.enter(result, len(result.args) - 1)
    _admit_all(new_inside, forward)
    _admit_all(old_inside, backward)
    check(new_inside.facts, terms.all_of(*conditions_at(term, forward)), into)
    images = (terms.substitute(image, dict(zip(new, backward, strict=True))) for image in forward)
    returns = (terms.equal(image, terms.variable(name)) for image, name in zip(images, old, strict=True))
    check(old_inside.facts, terms.all_of(*conditions_at(result, backward), *returns), onto)
    moved = terms.instantiate(term.args[-1], *forward)
    require(normal(moved) == normal(new_body), f"{moved!r} is not {new_body!r}")
    return result


def _admit_all(context: Context, images: tuple[Term, ...]) -> None:
    for image in images:
        context.scope.admit(image, INTEGER)


# Functions


def value_at_zero(context: Context, term: Term, result: Term) -> Term:
    """f(0) = 0  if f fixes 0"""
    of_form(term, "call")
    require("fixes_zero" in _facts(context, term), f"{term.value} is not known to fix 0")
    require(normal(term.args[0]) == terms.rational(0), f"{term.args[0]!r} is not 0")
    return terms.rational(0)


def reflect(context: Context, term: Term, result: Term) -> Term:
    """f(-a) = -f(a)  if f is odd; f(-a) = f(a) if f is even"""
    of_form(term, "call")
    mirrored = terms.call(str(term.value), normal(terms.multiply(terms.rational(-1), term.args[0])))
    if "odd" in _facts(context, term):
        return terms.multiply(terms.rational(-1), mirrored)
    require("even" in _facts(context, term), f"{term.value} is not known to be odd or even")
    return mirrored


def scale_argument(context: Context, term: Term, result: Term, factor: Term, shown: Evidence) -> Term:
    """f(c a) = c f(a)  if c >= 0 and f is positively homogeneous"""
    of_form(result, "multiply")
    context.scope.admit(factor, terms.REAL)
    fits = len(result.args) == 2 and result.args[0] == factor and result.args[1].head == "call"
    require(fits and "positively_homogeneous" in _facts(context, term), f"{result!r} is not c f(a)")
    inside = result.args[1]
    require(
        term.head == "call"
        and term.value == inside.value
        and normal(term.args[0]) == normal(terms.multiply(factor, inside.args[0])),
        f"{term!r} is not f(c a)",
    )
    check(context.facts, terms.at_most(terms.rational(0), factor), shown)
    return result


def value_of(context: Context, term: Term, result: Term) -> Term:
    """f(a) = its formula  if f is a known function that has one"""
    of_form(term, "call")
    made = known(str(term.value)).formula
    if made is None:
        raise Rejected(f"{term.value} has no formula")
    return made(term.args[0])


def slope_of(context: Context, term: Term, result: Term) -> Term:
    """f'(a) = its formula  if f is a known function"""
    of_form(term, "call")
    name = str(term.value)
    require(name.endswith("'"), f"{name} is not a derivative")
    return known(name[:-1]).slope(term.args[0])


def _facts(context: Context, call: Term) -> frozenset[str]:
    return facts_of(context.facts.functions, str(call.value))


# Recursions


def iterate_start(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """u(l)[i] = s[i]  if u starts with s at layer b and l <= b"""
    of_form(term, "iterate")
    base, layer, start, _, *indices = term.args
    check(context.facts, terms.at_most(layer, base), shown)
    return terms.instantiate(start, *indices)


def iterate_step(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """u(l)[i] = F(l, u(l - 1))[i]  if u starts at layer b, goes on by F, and l >= b + 1"""
    of_form(term, "iterate")
    base, layer, start, step, *indices = term.args
    check(context.facts, terms.at_most(terms.add(base, terms.integer(1)), layer), shown)
    before = normal(terms.add(layer, terms.integer(-1)))
    names = tuple(f"#at{number}" for number in range(len(indices)))  # no claim has them: they capture nothing
    reached = Term("iterate", (base, before, start, step, *map(terms.variable, names)), len(names), term.hint)
    return terms.instantiate(step, Lambda(names, reached), layer, *indices)


# Derivatives


@dataclass(frozen=True)
class Derivative:
    """The parts of a partial: of `body` by the entry of `tensor` at `indices`, where that tensor is `point`."""

    term: Term
    tensor: str
    body: Term
    point: Lambda
    indices: tuple[Term, ...]
    inside: Context

    def of(self, part: Term) -> Term:
        """The same derivative of a part of the body."""
        return terms.with_args(self.term, (terms.abstract(part, self.tensor), *self.term.args[1:]))

    def at_point(self, part: Term) -> Term:
        """A part of the body at the point."""
        return terms.substitute(part, {}, {self.tensor: self.point})

    def is_constant(self, part: Term) -> bool:
        """Whether a part does not speak of the tensor."""
        return self.tensor not in terms.names_in(part)

    def require_differentiable(self, context: Context, part: Term, shown: tuple[Evidence, ...]) -> None:
        """Return if the part is differentiable at the point; raise `Rejected` otherwise."""
        goals = list(differentiable(context, frozenset([self.tensor]), part, self.point))
        require(len(goals) == len(shown), f"{len(goals)} things make {part!r} differentiable, {len(shown)} are shown")
        for (where, goal), evidence in zip(goals, shown, strict=True):
            check(where.facts, goal, evidence)


def derivative(context: Context, term: Term) -> Derivative:
    """The parts of a partial. Raises `Rejected` for any other term."""
    of_form(term, "partial")
    (tensor,), body, inside = context.enter(term, 0)
    names, point, _ = context.enter(term, 1)
    return Derivative(term, tensor, body, Lambda(names, point), term.args[2:], inside)


Goals = Iterator[tuple[Context, Term]]


def differentiable(context: Context, tensors: frozenset[str], term: Term, point: Lambda | None) -> Goals:
    """What must be shown, and where, so that the term is differentiable in these tensors at the point (without a
    point: everywhere). Raises `Rejected` if its form does not say that it is."""
    if tensors.isdisjoint(terms.names_in(term)):
        return
    match term.head:
        case "entry":
            require(term.value in tensors, f"{term!r} depends on a tensor through its indices")
        case "add" | "multiply" | "power":
            for part in term.args:
                yield from differentiable(context, tensors, part, point)
        case "inverse":
            yield from differentiable(context, tensors, term.args[0], point)
            yield context, terms.nonzero(_at(term.args[0], tensors, point))
        case "sum" | "field":
            _, body, inside = context.enter(term, len(term.args) - 1)
            yield from differentiable(inside, tensors, body, point)
        case "call":
            yield from differentiable(context, tensors, term.args[0], point)
            yield from _smooth_call(context, tensors, term, point)
        case "iterate":
            _, start, within = context.enter(term, 2)
            yield from differentiable(within, tensors, start, point)
            (before, *_), step, inside = context.enter(term, 3)
            yield from differentiable(inside, tensors | {before}, step, None)
        case _:
            raise Rejected(f"nothing says that {term!r} is differentiable")


def _smooth_call(context: Context, tensors: frozenset[str], term: Term, point: Lambda | None) -> Goals:
    facts = _facts(context, term)
    if "differentiable" in facts:
        return
    require("differentiable_off_zero" in facts, f"{term.value} is not known to be differentiable")
    yield context, terms.nonzero(_at(term.args[0], tensors, point))


def _at(term: Term, tensors: frozenset[str], point: Lambda | None) -> Term:
    if point is None:
        raise Rejected(f"{term!r} may be 0 somewhere")
    return terms.substitute(term, {}, dict.fromkeys(tensors, point))


def partial_constant(context: Context, term: Term, result: Term) -> Term:
    """D e = 0  if e does not depend on the tensor"""
    found = derivative(context, term)
    require(found.is_constant(found.body), f"{found.body!r} depends on the tensor")
    return terms.rational(0)


def partial_entry(context: Context, term: Term, result: Term) -> Term:
    """D V[a] = [a = b]  if the derivative is by V[b]"""
    found = derivative(context, term)
    require(found.body.head == "entry" and found.body.value == found.tensor, f"{found.body!r} is not an entry of it")
    pairs = zip(found.body.args, found.indices, strict=True)
    return product(tuple(terms.bracket(terms.equal(*pair)) for pair in pairs))


def partial_add(context: Context, term: Term, result: Term, shown: tuple[Evidence, ...]) -> Term:
    """D (e + f) = D e + D f  if both are differentiable"""
    found = derivative(context, term)
    of_form(found.body, "add")
    found.require_differentiable(found.inside, found.body, shown)
    return terms.add(*map(found.of, found.body.args))


def partial_scale(context: Context, term: Term, result: Term, factors: tuple[int, ...]) -> Term:
    """D (c e) = c D e  if c does not depend on the tensor

    `factors`: the positions of the factors that are taken out.
    """
    found = derivative(context, term)
    of_form(found.body, "multiply")
    parts = found.body.args
    fits = set(factors) <= set(range(len(parts))) and len(set(factors)) == len(factors)
    require(fits and all(found.is_constant(parts[n]) for n in factors), f"{factors} are not constant factors")
    inside = tuple(part for number, part in enumerate(parts) if number not in factors)
    return terms.multiply(*(parts[number] for number in factors), found.of(product(inside)))


def partial_product(context: Context, term: Term, result: Term, shown: tuple[Evidence, ...]) -> Term:
    """D (e f) = f D e + e D f  if both are differentiable"""
    found = derivative(context, term)
    of_form(found.body, "multiply")
    found.require_differentiable(found.inside, found.body, shown)
    parts = found.body.args
    summands = []
    for number, part in enumerate(parts):
        others = (found.at_point(other) for place, other in enumerate(parts) if place != number)
        summands.append(product((*others, found.of(part))))
    return summands[0] if len(summands) == 1 else terms.add(*summands)


def partial_power(context: Context, term: Term, result: Term, shown: tuple[Evidence, ...]) -> Term:
    """D e^n = n e^(n-1) D e  if e is differentiable"""
    found = derivative(context, term)
    of_form(found.body, "power")
    found.require_differentiable(found.inside, found.body, shown)
    base, exponent = found.body.args[0], int(str(found.body.value))
    if exponent == 0:
        return terms.rational(0)
    return terms.multiply(terms.rational(exponent), terms.power(found.at_point(base), exponent - 1), found.of(base))


def partial_inverse(context: Context, term: Term, result: Term, shown: tuple[Evidence, ...]) -> Term:
    """D 1/e = -1/e^2 D e  if e is differentiable and not 0"""
    found = derivative(context, term)
    of_form(found.body, "inverse")
    found.require_differentiable(found.inside, found.body, shown)
    below = terms.power(terms.inverse(found.at_point(found.body.args[0])), 2)
    return terms.multiply(terms.rational(-1), below, found.of(found.body.args[0]))


def partial_sum(context: Context, term: Term, result: Term, shown: tuple[Evidence, ...]) -> Term:
    """D sum_a e = sum_a D e  if every summand is differentiable"""
    found = derivative(context, term)
    of_form(found.body, "sum")
    found.require_differentiable(found.inside, found.body, shown)
    lower, upper, _ = found.body.args
    (name,), body, _ = found.inside.enter(found.body, 2)
    return terms.with_args(found.body, (lower, upper, terms.abstract(found.of(body), name)))


def partial_call(context: Context, term: Term, result: Term, shown: tuple[Evidence, ...]) -> Term:
    """D f(e) = f'(e) D e  if f and e are differentiable"""
    found = derivative(context, term)
    of_form(found.body, "call")
    found.require_differentiable(found.inside, found.body, shown)
    argument = found.body.args[0]
    outer = terms.call(f"{found.body.value}'", found.at_point(argument))
    return terms.multiply(outer, found.of(argument))


def partial_field(context: Context, term: Term, result: Term, shown: tuple[Evidence, ...]) -> Term:
    """D L(e) = sum_k (D_k L)(e) D e[k]  if every e[k] is differentiable"""
    found = derivative(context, term)
    of_form(found.body, "field")
    found.require_differentiable(found.inside, found.body, shown)
    *bounds, _ = found.body.args
    names, entry, _ = found.inside.enter(found.body, len(bounds))
    total = terms.multiply(
        field_slope(found.body, Lambda(names, found.at_point(entry)), tuple(map(terms.variable, names))),
        found.of(entry),
    )
    hints = found.body.hint.split()
    letters = hints if len(hints) == len(names) else [""] * len(names)
    for name, letter, lower, upper in reversed(list(zip(names, letters, bounds[::2], bounds[1::2], strict=True))):
        total = Term("sum", (lower, upper, terms.abstract(total, name)), hint=letter)
    return total


def field_slope(field: Term, point: Lambda, indices: tuple[Term, ...]) -> Term:
    """The derivative of a field by one entry of the tensor that it is a function of, at a point."""
    count = len(indices)
    own = Term("bound_entry", tuple(Term("bound", value=count - 1 - number) for number in range(count)), count)
    bounds = tuple(terms.lift(bound, 1) for bound in field.args[:-1])
    body = Term("field", (*bounds, own), field.value, field.hint)
    return Term("partial", (body, terms.abstract(point.body, *point.indices), *indices), count, "u")


def is_slope(term: Term) -> bool:
    """Whether a derivative is that of a field by an entry of the tensor that it is a function of."""
    body = term.args[0]
    if body.head != "field":
        return False
    rank = terms.rank_of(body)
    own = tuple(Term("bound", value=rank - 1 - number) for number in range(rank))
    return body.args[-1] == Term("bound_entry", own, rank)
