"""Every rule: where it accepts, both sides have the same value; near misses are rejected.

`INSTANCES` makes random instances that a rule accepts, at random places: under sums, beside brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

import pytest
from checking import ensure, ensure_equal
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from mutation import variants
from prover import NotFound, prove
from random_terms import (
    NAMES,
    RANKS,
    Entry,
    by_formula,
    conditions,
    entries,
    fractions,
    integer_terms,
    lambdas,
    linear_terms,
    real_terms,
    tensor,
)
from small_theorems import Move, move, reindexing, showing, split_goal, step_of, unroll_goal

from symcnn.kernel import (
    RULES,
    Context,
    Definition,
    Each,
    Evidence,
    Facts,
    Lambda,
    Multiples,
    Rejected,
    Scope,
    Step,
    Term,
    analysis,
    terms,
)
from symcnn.kernel.polynomial import negate, normal
from symcnn.kernel.proof import Equation
from symcnn.kernel.replay import take
from symcnn.kernel.rules import MOST_UNROLLED
from symcnn.kernel.value import holds, value

m, n, i = map(terms.variable, NAMES)
zero, one, two = map(terms.integer, range(3))
add, multiply, at_most, equal, bracket = terms.add, terms.multiply, terms.at_most, terms.equal, terms.bracket
inverse, rational, nonzero, power = terms.inverse, terms.rational, terms.nonzero, terms.power
true, false = terms.TRUE, terms.FALSE


def minus(left: Term, right: Term) -> Term:
    return add(left, multiply(terms.integer(-1), right))


def x(*indices: Term) -> Term:
    return terms.entry("X", *indices)


def y(*indices: Term) -> Term:
    return terms.entry("Y", *indices)


# Places


HYPOTHESES = (at_most(one, m), at_most(zero, n), nonzero(x(m)), equal(terms.variable("e"), add(n, n)))
VARIABLES = (*NAMES, "e")
E = terms.variable("e")
FORMULA = Definition("F", ("p",), add(x(minus(m, terms.variable("p"))), terms.real(n)))
T = terms.variable("t")
#: sum_{a=1..t} (U[a] - U[a-1]) = U[t] - U[0]
A = terms.variable("a")
TELESCOPE = Equation(
    ("t",),
    {"U": 1},
    (at_most(zero, T),),
    terms.summation("a", one, T, add(terms.entry("U", A), multiply(rational(-1), terms.entry("U", minus(A, one))))),
    add(terms.entry("U", T), multiply(rational(-1), terms.entry("U", zero))),
)
#: U[t] * 1/U[t] = 1
QUOTIENT = Equation(
    ("t",),
    {"U": 1},
    (nonzero(terms.entry("U", T)),),
    multiply(terms.entry("U", T), inverse(terms.entry("U", T))),
    rational(1),
)


def root(*more: Term) -> Context:
    """The context of a claim about m, n, i with the hypotheses above."""
    scope = Scope(frozenset(VARIABLES), {**RANKS, "F": 1})
    facts = Facts().assume(terms.all_of(*HYPOTHESES, *more))
    return Context(scope, facts, {"F": FORMULA}, {"telescope": TELESCOPE, "quotient": QUOTIENT})


@dataclass(frozen=True)
class Layer:
    """What stands around a term: `around` puts it there, at `position`; inside, the conditions hold."""

    around: Callable[[Term], Term]
    position: int
    conditions: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a term stands: the context of the whole, the layers around the term, the context inside."""

    root: Context
    layers: tuple[Layer, ...]
    names: tuple[str, ...]
    inside: Context

    @property
    def path(self) -> tuple[int, ...]:
        return tuple(layer.position for layer in self.layers)

    def around(self, term: Term) -> Term:
        for layer in reversed(self.layers):
            term = layer.around(term)
        return term

    def points(self, count: int, seed: int = 0) -> Iterator[Any]:
        """Random numbers at which everything holds that may be assumed inside."""
        random = Random(seed)
        assumed = (*HYPOTHESES, *(each for layer in self.layers for each in layer.conditions))
        found = 0
        for attempt in range(30 * count):
            integers = {name: random.randint(-2, 4) for name in self.names}
            integers.update(m=random.randint(1, 3), n=random.randint(0, 2))
            integers["e"] = 2 * integers["n"]
            at = integers, tensors_at(integers, attempt)
            if found < count and all(holds(each, *at) for each in assumed):
                found += 1
                yield at


def tensors_at(integers: dict[str, int], seed: int) -> dict[str, Entry | Fraction]:
    tensors: dict[str, Entry | Fraction] = {name: tensor(seed + rank) for name, rank in RANKS.items()}
    return {**tensors, "F": by_formula(Lambda(FORMULA.indices, FORMULA.body), integers, dict(tensors))}


@st.composite
def places(draw: st.DrawFn, extra: tuple[Term, ...] = ()) -> Place:
    context = root(*extra)
    layers: list[Layer] = []
    names: tuple[str, ...] = VARIABLES
    inside = context
    for _ in range(draw(st.integers(0, 3))):
        layer, names, inside = draw(layer_in(names, inside))
        layers.append(layer)
    return Place(context, tuple(layers), names, inside)


@st.composite
def layer_in(draw: st.DrawFn, names: tuple[str, ...], inside: Context) -> tuple[Layer, tuple[str, ...], Context]:
    kind = draw(st.sampled_from(["sum", "sum", "product", "add", "inverse", "power"]))
    if kind == "sum":
        lower, upper = draw(linear_terms(names)), draw(linear_terms(names))
        index, opened = inside.fresh()
        name = str(index.value)
        where = (at_most(lower, index), at_most(index, upper))
        around = _around_sum(name, lower, upper)
        return Layer(around, 2, where), (*names, name), opened.assume(*where)
    if kind == "product":
        before = draw(st.lists(conditions(names, 1), max_size=1))
        after = draw(st.lists(conditions(names, 1), max_size=1))
        factor = draw(real_terms(names, 1))
        where = (*before, *after)
        around = _around_product([*map(bracket, before), factor], [*map(bracket, after)])
        return Layer(around, len(before) + 1, where), names, inside.assume(*where)
    if kind == "add":
        other = draw(real_terms(names, 2))
        return Layer(lambda term: add(other, term), 1), names, inside
    if kind == "inverse":
        return Layer(inverse, 0), names, inside
    return Layer(lambda term: power(term, 2), 0), names, inside


def _around_sum(name: str, lower: Term, upper: Term) -> Callable[[Term], Term]:
    return lambda term: terms.summation(name, lower, upper, term)


def _around_product(before: list[Term], after: list[Term]) -> Callable[[Term], Term]:
    return lambda term: multiply(*before, term, *after)


def innermost(place: Place, around: Callable[[Term], Term], position: int = 0) -> Place:
    return replace(place, layers=(*place.layers, Layer(around, position)))


# Instances: a place, the term that stands there, and the rule with its arguments


Instance = tuple[Place, Term, Move]


@st.composite
def ring(draw: st.DrawFn) -> Instance:
    place = draw(places())
    old, other = draw(real_terms(place.names, 3)), draw(real_terms(place.names, 2))
    results = [
        normal(old),
        add(old, other, multiply(rational(-1), other)),
        multiply(add(old, other), rational(1)),
    ]
    if draw(st.booleans()):
        old, results = add(other, old), [add(old, other)]
    elif draw(st.booleans()):
        old = multiply(other, add(old, other))
        results = [add(multiply(other, old.args[1].args[0]), power(other, 2))]
    else:
        results = results[:2]
    return place, old, move("ring", result=draw(st.sampled_from(results)))


@st.composite
def integer(draw: st.DrawFn) -> Instance:
    place = draw(places())
    names = place.names
    part, other = draw(integer_terms(names, 2)), draw(linear_terms(names))
    digit = terms.integer(draw(st.integers(0, 2)))
    old, result = draw(
        st.sampled_from(
            [
                (add(part, E), add(part, n, n)),
                (terms.floor(add(multiply(terms.integer(3), part), digit), terms.integer(3)), part),
                (terms.floor(multiply(m, part), m), part),
                (terms.larger(part, add(part, n)), add(n, part)),
                (terms.larger(other, other), other),
            ]
        )
    )
    match draw(st.sampled_from(["real", "entry", "bracket"])):
        case "real":
            place = innermost(place, terms.real)
        case "entry":
            place = innermost(place, x)
        case _:
            place = innermost(innermost(place, bracket), lambda term: at_most(term, other))
    return place, old, move("integer", result=result, shown=showing(equal))


@st.composite
def equality(draw: st.DrawFn) -> Instance:
    place = draw(places())
    part = draw(real_terms(place.names, 2))
    twice = add(terms.real(n), terms.real(n))
    most = terms.larger(part, add(part, terms.real(n)))
    old, result = draw(
        st.sampled_from(
            [
                (terms.real(E), twice),
                (multiply(part, terms.real(E)), multiply(rational(2), part, terms.real(n))),
                (most, add(terms.real(n), part)),
                (terms.larger(part, part), part),
                (add(part, part), multiply(rational(2), part)),
            ]
        )
    )
    return place, old, move("equality", result=result, shown=showing(equal))


@st.composite
def cancel(draw: st.DrawFn) -> Instance:
    place = draw(places())
    known = [x(m), terms.real(m), rational(draw(fractions.filter(bool))), power(x(m), 2)]
    known += [multiply(terms.real(m), inverse(x(m))), terms.real(add(n, m)), inverse(terms.real(m))]
    factor = draw(st.sampled_from(known))
    shown = showing(lambda term, _: nonzero(term.args[0]))
    return place, multiply(factor, inverse(factor)), move("cancel", shown=shown)


@st.composite
def unfold(draw: st.DrawFn) -> Instance:
    place = draw(places())
    return place, terms.entry("F", draw(integer_terms(place.names, 3))), move("unfold")


@st.composite
def sum_add(draw: st.DrawFn) -> Instance:
    place = draw(places())
    names = (*place.names, "a")
    parts = draw(st.lists(real_terms(names, 2), min_size=1, max_size=3))
    lower, upper = draw(linear_terms(place.names)), draw(linear_terms(place.names))
    return place, terms.summation("a", lower, upper, add(*parts)), move("sum_add")


@st.composite
def sum_scale(draw: st.DrawFn) -> Instance:
    place = draw(places())
    factors = draw(st.lists(real_terms((*place.names, "a"), 2), min_size=1, max_size=4))
    free = [number for number, each in enumerate(factors) if "a" not in terms.free_variables(each)]
    taken = draw(st.lists(st.sampled_from(free), unique=True)) if free else []
    lower, upper = draw(linear_terms(place.names)), draw(linear_terms(place.names))
    old = terms.summation("a", lower, upper, multiply(*factors))
    return place, old, move("sum_scale", factors=tuple(taken))


@st.composite
def sum_split(draw: st.DrawFn) -> Instance:
    place = draw(places())
    lower, more, rest = draw(linear_terms(place.names)), draw(not_negative()), draw(not_negative())
    at = add(lower, terms.integer(-1), more)
    body = draw(real_terms((*place.names, "a"), 2))
    old = terms.summation("a", lower, add(rest, at), body)
    return place, old, move("sum_split", at=at, shown=showing(split_goal(at)))


def not_negative() -> st.SearchStrategy[Term]:
    return st.sampled_from([zero, one, two, n, m, add(m, n), E])


@st.composite
def sum_unroll(draw: st.DrawFn) -> Instance:
    place = draw(places())
    lower, count = draw(integer_terms(place.names, 2)), draw(st.integers(0, 4))
    body = draw(real_terms((*place.names, "a"), 2))
    old = terms.summation("a", lower, add(terms.integer(count - 1), lower), body)
    return place, old, move("sum_unroll", count=count, shown=showing(unroll_goal(count)))


@st.composite
def sum_count(draw: st.DrawFn) -> Instance:
    place = draw(places())
    lower = draw(integer_terms(place.names, 2))
    upper = add(draw(not_negative()), lower, terms.integer(-1))
    return place, total(lower, upper, rational(1)), move("sum_count", shown=showing(count_goal))


def count_goal(term: Term, result: Term) -> Term:
    return at_most(add(term.args[0], terms.integer(-1)), term.args[1])


@st.composite
def sum_reindex(draw: st.DrawFn) -> Instance:
    place = draw(places())
    kind = draw(st.sampled_from(sorted(REINDEXINGS)))
    depth = place.inside.depth
    inner, outer = terms.variable(f"#{depth + 1}"), terms.variable(f"#{depth}")
    lower, upper = draw(linear_terms(place.names)), draw(linear_terms(place.names))
    offset = draw(linear_terms(place.names))

    def body(*names: str) -> Term:
        return draw(real_terms((*place.names, *names), 2))

    old, result, arguments = REINDEXINGS[kind](body, lower, upper, offset, outer, inner)
    if draw(st.booleans()):
        old, result = result, old
        arguments = (arguments[1], arguments[0], arguments[3], arguments[2])
    return place, old, move("sum_reindex", result=result, **reindexing(*arguments))


Reindexing = tuple[Term, Term, tuple[int, int, tuple[Term, ...], tuple[Term, ...]]]
a, b = terms.variable("a"), terms.variable("b")


def total(lower: Term, upper: Term, body: Term, index: str = "a") -> Term:
    return terms.summation(index, lower, upper, body)


def shift(body: Any, lower: Term, upper: Term, offset: Term, outer: Term, inner: Term) -> Reindexing:
    f = body("a")
    moved = terms.substitute(f, {"a": minus(b, offset)})
    result = total(add(lower, offset), add(upper, offset), moved, "b")
    return total(lower, upper, f), result, (1, 1, (minus(outer, offset),), (add(outer, offset),))


def reflect(body: Any, lower: Term, upper: Term, offset: Term, outer: Term, inner: Term) -> Reindexing:
    f = body("a")
    flipped = minus(offset, outer)
    moved = terms.substitute(f, {"a": minus(offset, a)})
    return (
        total(lower, upper, f),
        total(minus(offset, upper), minus(offset, lower), moved),
        (1, 1, (flipped,), (flipped,)),
    )


def triangle(body: Any, lower: Term, upper: Term, offset: Term, outer: Term, inner: Term) -> Reindexing:
    f = body("a", "b")
    old = total(lower, upper, total(lower, a, f, "b"))
    result = total(lower, upper, total(b, upper, f, "a"), "b")
    return old, result, (2, 2, (inner, outer), (inner, outer))


def skew(body: Any, lower: Term, upper: Term, offset: Term, outer: Term, inner: Term) -> Reindexing:
    """The sum over the second index and the sum of both"""
    f = body("a", "b")
    old = total(lower, upper, total(zero, offset, f, "b"))
    moved = terms.substitute(f, {"b": minus(b, a)})
    result = total(lower, upper, total(a, add(a, offset), moved, "b"))
    return old, result, (2, 2, (outer, minus(inner, outer)), (outer, add(outer, inner)))


def guards(body: Any, lower: Term, upper: Term, offset: Term, outer: Term, inner: Term) -> Reindexing:
    """A range becomes brackets on a wider range"""
    f = body("a")
    where = multiply(bracket(at_most(lower, a)), f, bracket(at_most(a, upper)))
    result = total(minus(lower, n), add(upper, m), where)
    return total(lower, upper, f), result, (1, 1, (outer,), (outer,))


def single(body: Any, lower: Term, upper: Term, offset: Term, outer: Term, inner: Term) -> Reindexing:
    """Of sum_a [a = t] f(a), the summand at t is left where it is in the range"""
    f = body("a")
    old = total(lower, upper, multiply(bracket(equal(a, offset)), f))
    there = multiply(
        bracket(terms.all_of(at_most(lower, offset), at_most(offset, upper))),
        terms.substitute(f, {"a": offset}),
    )
    return old, there, (1, 0, (offset,), ())


def blocks(body: Any, lower: Term, upper: Term, offset: Term, outer: Term, inner: Term) -> Reindexing:
    """a = 2 b + c for c = 0, 1"""
    f = body("a")
    both = add(multiply(two, a), b)
    old = total(multiply(two, lower), add(one, multiply(two, upper)), f)
    result = total(lower, upper, total(zero, one, terms.substitute(f, {"a": both}), "b"))
    half = terms.floor(outer, two)
    forward = (add(multiply(two, outer), inner),)
    return old, result, (1, 2, forward, (half, minus(outer, multiply(two, half))))


def no_sum(body: Any, lower: Term, upper: Term, offset: Term, outer: Term, inner: Term) -> Reindexing:
    f = body()
    where = at_most(lower, upper)
    return (
        multiply(bracket(where), f),
        multiply(f, bracket(terms.negation(at_most(add(upper, one), lower)))),
        (0, 0, (), ()),
    )


REINDEXINGS: dict[str, Callable[..., Reindexing]] = {
    each.__name__: each for each in (shift, reflect, triangle, skew, guards, single, blocks, no_sum)
}


@st.composite
def known_conditions(draw: st.DrawFn, place: Place) -> Term:
    """A condition that holds at a place."""
    part = draw(integer_terms(place.names, 2))
    where = [each for layer in place.layers for each in layer.conditions]
    always = [
        *(at_most(one, m), at_most(zero, add(n, m)), nonzero(x(m)), true, equal(E, multiply(two, n))),
        *(at_most(part, add(part, n)), equal(add(part, one), add(one, part)), nonzero(terms.real(m))),
        *(terms.negation(equal(m, zero)), terms.any_of(at_most(one, part), at_most(part, zero))),
        terms.all_of(at_most(one, m), at_most(zero, n)),
    ]
    return draw(st.sampled_from([*where, *where, *always]))


@st.composite
def bracket_true(draw: st.DrawFn) -> Instance:
    place = draw(places())
    old = bracket(draw(known_conditions(place)))
    return place, old, move("bracket_true", shown=showing(lambda term, _: term.args[0]))


@st.composite
def bracket_false(draw: st.DrawFn) -> Instance:
    place = draw(places())
    condition = draw(known_conditions(place))
    old = bracket(negate(condition) if draw(st.booleans()) else terms.negation(condition))
    return place, old, move("bracket_false", shown=showing(lambda term, _: negate(term.args[0])))


@st.composite
def bracket_equivalent(draw: st.DrawFn) -> Instance:
    place = draw(places())
    left, right = draw(linear_terms(place.names)), draw(linear_terms(place.names))
    known = draw(known_conditions(place))
    condition = at_most(left, right)
    differ = terms.negation(equal(left, right))
    apart = terms.any_of(at_most(add(left, one), right), at_most(add(right, one), left))
    pairs = [
        (condition, at_most(minus(left, right), zero)),
        (condition, terms.negation(at_most(add(right, one), left))),
        (condition, terms.all_of(known, condition)),
        (differ, apart),
        (at_most(m, multiply(m, left)), at_most(one, left)),
    ]
    old, new = draw(st.sampled_from(pairs))
    if draw(st.booleans()):
        old, new = new, old

    def forward(context: Context, term: Term, result: Term) -> Evidence:
        return prove(context.assume(term.args[0]).facts, result.args[0])

    def backward(context: Context, term: Term, result: Term) -> Evidence:
        return prove(context.assume(result.args[0]).facts, term.args[0])

    return (
        place,
        bracket(old),
        move("bracket_equivalent", result=bracket(new), forward=forward, backward=backward),
    )


@st.composite
def bracket_product(draw: st.DrawFn) -> Instance:
    place = draw(places())
    parts = draw(st.lists(conditions(place.names, 2), max_size=3))
    return place, bracket(terms.all_of(*parts)), move("bracket_product")


@st.composite
def bracket_complement(draw: st.DrawFn) -> Instance:
    place = draw(places())
    old, condition = draw(real_terms(place.names, 2)), draw(conditions(place.names, 2))
    return place, old, move("bracket_complement", condition=condition)


@st.composite
def use(draw: st.DrawFn) -> Instance:
    place = draw(places())
    if draw(st.booleans()):
        name, equation, at = "telescope", TELESCOPE, draw(not_negative())
        function = draw(lambdas(1, place.names, 3))
    else:
        name, equation, at = "quotient", QUOTIENT, m
        factor = draw(st.sampled_from([rational(2), x(m), terms.real(m), inverse(x(m))]))
        function = Lambda(("p",), multiply(x(terms.variable("p")), factor))
    values: Any = {"t": at}, {"U": function}
    old = terms.substitute(equation.left, *values)

    def shown(context: Context, term: Term, result: Term) -> tuple[Evidence, ...]:
        return tuple(prove(context.facts, terms.substitute(each, *values)) for each in equation.hypotheses)

    arguments = {"equation": name, "integers": (at,), "tensors": (function,), "functions": (), "shown": shown}
    return place, old, move("use", **arguments)


INSTANCES: dict[str, Callable[[], st.SearchStrategy[Instance]]] = {
    each.__name__: each  # type: ignore[attr-defined,misc]
    for each in (
        *(ring, integer, equality, cancel, unfold, sum_add, sum_scale, sum_split, sum_unroll, sum_count, sum_reindex),
        *(bracket_true, bracket_false, bracket_equivalent, bracket_product, bracket_complement, use),
    )
}


#: these have tests of their own, in test_analysis
ANALYSIS = {name for name, rule in RULES.items() if rule.__module__ == analysis.__name__}
ARITHMETIC = sorted(set(RULES) - ANALYSIS)


def test_every_rule_has_random_instances() -> None:
    ensure_equal(set(INSTANCES), set(RULES) - ANALYSIS)


@pytest.mark.parametrize("rule", ARITHMETIC)
@settings(max_examples=30)
@given(data=st.data())
def test_both_sides_have_the_same_value(rule: str, data: st.DataObject) -> None:
    place, old, wanted = data.draw(INSTANCES[rule]())
    before = place.around(old)
    try:
        step, after = step_of(place.root, before, replace(wanted, path=place.path))
    except NotFound:
        reject()
    ensure_equal(after, place.around(step.result), "only the term at the path changes")
    ensure_equal(take(place.root, before, step), after)
    back = replace(step, result=old, backward=True)
    ensure_equal(take(place.root, after, back), before, "the step backward")
    compare(place, old, step.result, step)


def compare(place: Place, old: Term, new: Term, step: Step) -> None:
    """At random numbers, both terms have the same value where they stand, and so do the whole terms."""
    whole = place.around(old), place.around(new)
    for at in place.points(6):
        ensure_equal(value(new, *at), value(old, *at), f"{old!r} to {new!r} by {step}")
        ensure_equal(value(whole[1], *at), value(whole[0], *at), f"{whole[0]!r} to {whole[1]!r}")
    for at in replace(place, layers=()).points(3):
        ensure_equal(value(whole[1], *at), value(whole[0], *at), f"{whole[0]!r} to {whole[1]!r}")


@pytest.mark.parametrize("rule", ARITHMETIC)
@settings(max_examples=6)
@given(data=st.data())
def test_near_misses_that_are_accepted_have_the_same_value(rule: str, data: st.DataObject) -> None:
    place, old, wanted = data.draw(INSTANCES[rule]())
    before = place.around(old)
    try:
        step, _ = step_of(place.root, before, replace(wanted, path=place.path))
    except NotFound:
        reject()
    near = list(variants(step, (*place.names, "X", "F", "U", "Y")))
    Random(0).shuffle(near)
    for other in islice(near, 60):
        try:
            after = take(place.root, before, other)
        except (Rejected, TypeError, ValueError):  # what the decoder would not let through
            continue
        for at in replace(place, layers=()).points(3):
            ensure_equal(value(after, *at), value(before, *at), f"{before!r} to {after!r} by {other}")


# Near misses of each rule, beside an instance that is accepted


@dataclass(frozen=True)
class Case:
    """The rule turns `term` into `result` with these arguments; evidence is searched under `given`."""

    term: Term
    result: Term
    arguments: dict[str, Any]
    given: tuple[Term, ...] = ()


def attempt(rule: str, case: Case) -> Term:
    """Apply the rule. Evidence that is not found is replaced by a wrong one: the rule must refuse it."""
    context = root(*case.given)
    found = {}
    for name, each in case.arguments.items():
        try:
            found[name] = each(context, case.term, case.result) if callable(each) else each
        except (NotFound, ValueError, IndexError):
            found[name] = WRONG
    return take(context, case.term, Step(rule, (), tuple(found.items()), case.result))


WRONG = Multiples(((Fraction(1), (0,)),))


def found_or_wrong(context: Context, goal: Term) -> Evidence:
    try:
        return prove(context.facts, goal)
    except NotFound:
        return WRONG


SUM = total(one, n, multiply(rational(2), x(a), x(m)))
OPEN = showing(lambda term, _: term.args[0])
CLOSED = showing(lambda term, _: negate(term.args[0]))
NOT_ZERO = showing(lambda term, _: nonzero(term.args[0]))
SAME = showing(equal)
COUNTED = {"shown": showing(count_goal)}


def counted(lower: Term, upper: Term) -> Term:
    return add(upper, multiply(terms.integer(-1), lower), one)


def both_ways() -> dict[str, Any]:
    return {
        "forward": lambda context, term, result: prove(context.assume(term.args[0]).facts, result.args[0]),
        "backward": lambda context, term, result: prove(context.assume(result.args[0]).facts, term.args[0]),
    }


def splitting(at: Term) -> dict[str, Any]:
    return {"at": at, "shown": showing(split_goal(at))}


def unrolling(count: int) -> dict[str, Any]:
    return {"count": count, "shown": showing(unroll_goal(count))}


def using(equation: str, integers: tuple[Term, ...], tensors: tuple[Lambda, ...], *goals: Term) -> dict[str, Any]:
    def shown(context: Context, term: Term, result: Term) -> tuple[Evidence, ...]:
        return tuple(found_or_wrong(context, goal) for goal in goals)

    return {"equation": equation, "integers": integers, "tensors": tensors, "functions": (), "shown": shown}


first, second = terms.variable("#0"), terms.variable("#1")
left_part, right_part = total(one, one, x(a)), total(add(one, one), m, x(a))
square = Lambda(("p",), power(x(terms.variable("p")), 2))
telescoped = add(power(x(n), 2), multiply(rational(-1), power(x(zero), 2)))
telescope = terms.substitute(TELESCOPE.left, {"t": n}, {"U": square})
U_Y = Lambda(("p",), y(i, terms.variable("p")))

ACCEPTED: dict[str, Case] = {
    "ring": Case(multiply(x(i), add(x(m), rational(1))), add(x(i), multiply(x(m), x(i))), {}),
    "integer": Case(add(n, n), E, {"shown": SAME}),
    "equality": Case(terms.real(add(n, n)), terms.real(E), {"shown": SAME}),
    "cancel": Case(multiply(x(m), inverse(x(m))), rational(1), {"shown": NOT_ZERO}),
    "unfold": Case(terms.entry("F", i), add(x(minus(m, i)), terms.real(n)), {}),
    "sum_add": Case(total(one, n, add(x(a), x(m))), add(total(one, n, x(a)), total(one, n, x(m))), {}),
    "sum_scale": Case(SUM, multiply(rational(2), x(m), total(one, n, x(a))), {"factors": (0, 2)}),
    "sum_split": Case(total(one, m, x(a)), add(left_part, right_part), splitting(one)),
    "sum_unroll": Case(total(i, add(i, one), x(a)), add(x(i), x(normal(add(i, one)))), unrolling(2)),
    "sum_count": Case(total(one, n, rational(1)), terms.real(counted(one, n)), COUNTED),
    "sum_reindex": Case(
        total(one, n, x(a)),
        total(zero, minus(n, one), x(add(a, one))),
        reindexing(1, 1, (add(first, one),), (minus(first, one),)),
    ),
    "bracket_true": Case(bracket(at_most(one, m)), rational(1), {"shown": OPEN}),
    "bracket_false": Case(bracket(at_most(m, zero)), rational(0), {"shown": CLOSED}),
    "bracket_equivalent": Case(
        bracket(terms.all_of(at_most(one, m), at_most(i, n))), bracket(at_most(i, n)), both_ways()
    ),
    "bracket_product": Case(
        bracket(terms.all_of(at_most(i, n), at_most(n, i))),
        multiply(bracket(at_most(i, n)), bracket(at_most(n, i))),
        {},
    ),
    "bracket_complement": Case(
        x(i),
        add(
            multiply(bracket(at_most(i, n)), x(i)),
            multiply(bracket(terms.negation(at_most(i, n))), x(i)),
        ),
        {"condition": at_most(i, n)},
    ),
    "use": Case(telescope, telescoped, using("telescope", (n,), (square,), at_most(zero, n))),
}
A_BRACKET = ACCEPTED["bracket_equivalent"]
SPLIT, UNROLL, USE = ACCEPTED["sum_split"], ACCEPTED["sum_unroll"], ACCEPTED["use"]


def shifted(lower: Term, upper: Term, body: Term, there: Term, back: Term) -> Case:
    """sum_{a=1..n} X[a] with other ends, summands or maps than in the instance that is accepted"""
    return Case(total(one, n, x(a)), total(lower, upper, body), reindexing(1, 1, (there,), (back,)))


def under_a_bracket(case: Case, condition: Term) -> Case:
    """Only what stands in the same product may be assumed."""
    return replace(case, term=add(case.term, bracket(condition)), result=add(case.result, bracket(condition)))


NEAR_MISSES: dict[str, list[Case]] = {
    "ring": [
        Case(x(i), x(add(i, one)), {}),
        Case(multiply(x(m), inverse(x(m))), rational(1), {}),
        Case(add(n, n), E, {}),
        Case(bracket(at_most(one, m)), rational(1), {}),
        Case(total(one, n, x(a)), total(zero, n, x(a)), {}),
        Case(terms.entry("F", i), add(x(minus(m, i)), terms.real(n)), {}),
        Case(total(one, n, add(x(a), x(m))), add(total(one, n, x(a)), total(one, n, x(m))), {}),
        Case(terms.summation("a", one, n, y(a, m)), terms.summation("m", one, n, y(m, m)), {}),
        Case(x(i), terms.real(i), {}),
        Case(x(i), i, {}),
        Case(x(i), terms.entry("Z", i), {}),
        Case(x(i), multiply(x(i), power(terms.entry("Z"), 0)), {}),
        Case(x(i), add(x(i), multiply(rational(0), x(terms.variable("k")))), {}),
        Case(x(i), add(x(i), multiply(rational(0), x(terms.Term("bound", value=0)))), {}),
    ],
    "integer": [
        Case(add(n, n, one), E, {"shown": SAME}),
        Case(m, one, {"shown": SAME}),
        Case(terms.floor(i, two), i, {"shown": SAME}),
        Case(terms.floor(multiply(n, i), n), i, {"shown": SAME}),
        Case(add(n, n), E, {"shown": Each((Multiples(), Multiples()))}),
        Case(terms.real(add(n, n)), terms.real(E), {"shown": WRONG}),
        Case(at_most(n, n), at_most(n, n), {"shown": WRONG}),
    ],
    "equality": [
        Case(terms.real(add(n, n, one)), terms.real(E), {"shown": SAME}),
        Case(add(n, n), E, {"shown": SAME}),
        Case(at_most(x(i), x(i)), at_most(x(i), x(i)), {"shown": WRONG}),
        Case(x(i), x(m), {"shown": SAME}),
        Case(x(i), rational(0), {"shown": Each((WRONG, WRONG))}),
        Case(terms.larger(x(i), x(m)), x(m), {"shown": SAME}),
        # what holds for integers only: 1 <= 2x is not 1 <= x
        replace(
            Case(x(i), rational(1), {"shown": SAME}),
            given=(at_most(rational(1), add(x(i), x(i))), at_most(x(i), rational(1))),
        ),
        replace(Case(x(i), rational(0), {"shown": SAME}), given=(at_most(x(i), rational(0)),)),
    ],
    "cancel": [
        Case(multiply(x(i), inverse(x(i))), rational(1), {"shown": NOT_ZERO}),
        Case(multiply(x(m), inverse(x(i))), rational(1), {"shown": NOT_ZERO}),
        Case(multiply(inverse(x(m)), x(m)), rational(1), {"shown": Multiples()}),
        Case(multiply(x(m), inverse(x(m)), x(i)), rational(1), {"shown": Multiples()}),
        Case(multiply(terms.real(n), inverse(terms.real(n))), rational(1), {"shown": NOT_ZERO}),
        Case(multiply(x(m), inverse(x(m))), rational(2), {"shown": NOT_ZERO}),
        Case(add(x(m), inverse(x(m))), rational(1), {"shown": NOT_ZERO}),
        Case(multiply(rational(0), inverse(rational(0))), rational(1), {"shown": Multiples()}),
    ],
    "unfold": [
        Case(terms.entry("F", i), add(x(minus(m, m)), terms.real(n)), {}),
        Case(x(i), add(x(minus(m, i)), terms.real(n)), {}),
        Case(terms.real(i), terms.real(i), {}),
    ],
    "sum_add": [
        Case(total(one, n, add(x(a), x(m))), add(total(one, n, x(a)), x(m)), {}),
        Case(total(one, n, multiply(x(a), x(m))), add(total(one, n, x(a)), total(one, n, x(m))), {}),
        Case(total(one, n, add(x(a), x(m))), add(total(one, n, x(m)), total(one, n, x(a))), {}),
        Case(add(x(i), x(m)), add(x(i), x(m)), {}),
        Case(add(x(i), x(m), add(x(i), x(n))), add(add(x(i), x(m), x(i)), add(x(i), x(m), x(n))), {}),
    ],
    "sum_scale": [
        Case(SUM, multiply(rational(2), rational(2), total(one, n, multiply(x(a), x(m)))), {"factors": (0, 0)}),
        Case(SUM, multiply(x(zero), total(one, n, multiply(rational(2), x(m)))), {"factors": (1,)}),
        Case(add(x(i), x(m), multiply(x(i), x(n))), multiply(x(i), add(x(i), x(m), x(n))), {"factors": (0,)}),
        Case(SUM, multiply(rational(2), total(one, n, multiply(x(a), x(m)))), {"factors": (3,)}),
        Case(SUM, multiply(x(m), total(one, n, multiply(rational(2), x(a)))), {"factors": (-1,)}),
        Case(SUM, multiply(rational(2), total(one, n, x(a))), {"factors": (0, 2)}),
        Case(total(one, n, add(x(m), x(a))), multiply(x(m), total(one, n, x(a))), {"factors": (0,)}),
    ],
    "sum_split": [
        Case(total(one, n, x(a)), add(left_part, total(add(one, one), n, x(a))), splitting(one)),
        Case(SPLIT.term, add(total(one, m, x(a)), total(add(m, one), m, x(a))), splitting(one)),
        Case(SPLIT.term, add(left_part, total(one, m, x(a))), splitting(one)),
        replace(
            SPLIT,
            result=add(total(one, terms.integer(-1), x(a)), total(add(terms.integer(-1), one), m, x(a))),
            arguments=splitting(terms.integer(-1)),
        ),
        Case(SPLIT.term, SPLIT.result, splitting(terms.variable("k"))),
        Case(SPLIT.term, SPLIT.result, {"at": rational(1), "shown": WRONG}),
        Case(x(m), x(m), splitting(one)),
        Case(add(one, m, n), add(add(one, one, n), add(add(one, one), m, n)), splitting(one)),
    ],
    "sum_unroll": [
        replace(UNROLL, arguments=unrolling(1), result=x(i)),
        replace(UNROLL, arguments=unrolling(3), result=add(*UNROLL.result.args, x(normal(add(i, two))))),
        replace(UNROLL, result=add(x(i), x(i))),
        Case(total(one, n, x(a)), rational(0), unrolling(0)),
        Case(add(n, n, m), m, unrolling(1)),
        Case(total(one, n, x(a)), rational(0), {"count": -1, "shown": WRONG}),
        Case(total(one, n, x(a)), rational(0), {"count": 10**9, "shown": WRONG}),
    ],
    "sum_count": [
        Case(total(one, i, rational(1)), terms.real(counted(one, i)), COUNTED),
        Case(total(two, n, rational(1)), terms.real(add(counted(two, n), one)), COUNTED),
        Case(total(add(two, one), n, rational(1)), terms.real(counted(add(two, one), n)), COUNTED),
        Case(total(one, n, rational(2)), terms.real(counted(one, n)), COUNTED),
        Case(total(one, n, x(m)), multiply(x(m), terms.real(counted(one, n))), COUNTED),
        Case(rational(1), terms.real(one), {"shown": WRONG}),
    ],
    "sum_reindex": [
        shifted(zero, n, x(add(a, one)), add(first, one), minus(first, one)),
        shifted(zero, minus(n, one), x(a), add(first, one), minus(first, one)),
        shifted(zero, minus(n, one), x(add(a, one)), add(first, two), minus(first, one)),
        shifted(zero, minus(n, one), x(add(a, one)), add(first, one), first),
        shifted(one, n, x(one), one, one),
        shifted(one, multiply(two, n), x(terms.floor(add(a, one), two)), terms.floor(add(first, one), two), first),
        Case(
            total(one, n, multiply(bracket(at_most(a, i)), x(a))),
            total(one, i, x(a)),
            reindexing(1, 1, (first,), (first,)),
        ),
        Case(
            total(one, n, multiply(bracket(equal(a, i)), x(a))),
            x(i),
            reindexing(1, 0, (i,), ()),
        ),
        Case(
            total(one, m, total(one, n, y(a, b), "b")),
            total(one, m, total(one, n, y(b, a), "b")),
            reindexing(2, 2, (second, first), (second, first)),
        ),
        Case(total(one, n, x(m)), x(m), reindexing(1, 0, (one,), ())),
        Case(total(one, n, x(m)), multiply(terms.real(n), x(m)), reindexing(1, 0, (one,), ())),
        Case(total(one, n, x(a)), total(one, n, x(a)), reindexing(1, 1, (), (first,))),
        Case(total(one, n, x(a)), total(one, n, x(a)), {**reindexing(1, 1, (first,), (first,)), "sums": 2}),
        Case(total(one, n, x(a)), total(one, n, x(a)), {**reindexing(1, 1, (first,), (first,)), "sums": 0}),
        Case(
            total(one, n, x(a)),
            total(one, n, x(a)),
            {**reindexing(1, 1, (first,), (first,)), "forward": (terms.variable("#1"),)},
        ),
        Case(
            total(one, n, x(a)),
            total(one, n, x(a)),
            {**reindexing(1, 1, (first,), (first,)), "forward": (terms.real(first),)},
        ),
        # the bracket is inside of another factor: it guards nothing
        Case(
            total(one, n, multiply(add(bracket(at_most(a, i)), rational(1)), x(a))),
            total(one, i, x(a)),
            reindexing(1, 1, (first,), (first,)),
        ),
    ],
    "bracket_true": [
        Case(bracket(at_most(two, m)), rational(1), {"shown": OPEN}),
        Case(bracket(at_most(i, n)), rational(1), {"shown": OPEN}),
        Case(bracket(nonzero(x(i))), rational(1), {"shown": OPEN}),
        Case(bracket(terms.negation(nonzero(x(m)))), rational(1), {"shown": OPEN}),
        Case(bracket(false), rational(1), {"shown": OPEN}),
        Case(bracket(at_most(one, m)), rational(0), {"shown": OPEN}),
        Case(rational(0), rational(1), {"shown": WRONG}),
        under_a_bracket(Case(bracket(at_most(i, n)), rational(1), {"shown": OPEN}), at_most(i, n)),
    ],
    "bracket_false": [
        Case(bracket(at_most(one, m)), rational(0), {"shown": CLOSED}),
        Case(bracket(at_most(i, n)), rational(0), {"shown": CLOSED}),
        Case(bracket(equal(m, one)), rational(0), {"shown": CLOSED}),
        Case(bracket(nonzero(x(i))), rational(0), {"shown": CLOSED}),
        Case(bracket(true), rational(0), {"shown": CLOSED}),
        Case(bracket(at_most(m, zero)), rational(1), {"shown": CLOSED}),
    ],
    "bracket_equivalent": [
        replace(A_BRACKET, result=bracket(at_most(i, add(n, one)))),
        replace(A_BRACKET, result=bracket(true)),
        replace(A_BRACKET, result=bracket(false)),
        Case(bracket(terms.negation(equal(i, n))), bracket(at_most(add(i, one), n)), both_ways()),
        Case(bracket(at_most(i, n)), bracket(nonzero(x(i))), both_ways()),
        Case(bracket(at_most(one, m)), rational(1), {"forward": WRONG, "backward": WRONG}),
    ],
    "bracket_product": [
        Case(bracket(terms.any_of(at_most(i, n))), bracket(at_most(i, n)), {}),
        Case(bracket(terms.all_of(at_most(i, n), at_most(n, i))), bracket(at_most(i, n)), {}),
        Case(bracket(equal(i, n)), multiply(bracket(at_most(i, n)), bracket(at_most(n, i))), {}),
    ],
    "bracket_complement": [
        replace(ACCEPTED["bracket_complement"], arguments={"condition": at_most(n, i)}),
        replace(ACCEPTED["bracket_complement"], arguments={"condition": at_most(terms.variable("k"), n)}),
        replace(ACCEPTED["bracket_complement"], arguments={"condition": x(i)}),
        replace(ACCEPTED["bracket_complement"], result=multiply(bracket(at_most(i, n)), x(i))),
    ],
    "use": [
        replace(USE, arguments=using("telescope", (n,), (square,), at_most(zero, i))),
        replace(USE, arguments=using("telescope", (n,), (square,))),
        replace(USE, arguments=using("telescope", (n,), (square,), at_most(zero, n), true)),
        replace(USE, arguments=using("telescope", (m,), (square,), at_most(zero, m))),
        replace(USE, arguments=using("telescope", (n, n), (square,), at_most(zero, n))),
        replace(USE, arguments=using("telescope", (n,), (), at_most(zero, n))),
        replace(USE, arguments=using("telescope", (n,), (square, square), at_most(zero, n))),
        replace(USE, arguments=using("telescope", (n,), (Lambda(("p",), x(m)),), at_most(zero, n))),
        replace(USE, arguments=using("quotient", (n,), (square,), at_most(zero, n))),
        replace(USE, arguments=using("nothing", (n,), (square,), at_most(zero, n))),
        replace(USE, arguments=using("telescope", (n,), (Lambda(("p", "q"), x(m)),), at_most(zero, n))),
        replace(USE, arguments=using("telescope", (n,), (Lambda(("m",), x(m)),), at_most(zero, n))),
        replace(USE, arguments=using("telescope", (n,), (Lambda(("#9",), x(m)),), at_most(zero, n))),
        replace(USE, arguments=using("telescope", (n,), (Lambda(("p",), x(terms.variable("k"))),), true)),
        replace(USE, arguments=using("telescope", (n,), (Lambda(("p",), terms.variable("p")),), true)),
        replace(USE, result=rational(0)),
        # i may be negative, then the sum is empty and the right side is not 0
        Case(
            terms.substitute(TELESCOPE.left, {"t": i}, {"U": square}),
            terms.substitute(TELESCOPE.right, {"t": i}, {"U": square}),
            {**using("telescope", (i,), (square,)), "shown": (WRONG,)},
        ),
        Case(
            multiply(y(i, i), inverse(y(i, i))),
            rational(1),
            {**using("quotient", (i,), (U_Y,)), "shown": (Multiples(),)},
        ),
    ],
}


@pytest.mark.parametrize("rule", ARITHMETIC)
def test_an_instance_is_accepted(rule: str) -> None:
    case = ACCEPTED[rule]
    ensure_equal(attempt(rule, case), case.result)


@pytest.mark.parametrize(
    ("rule", "number"), [(rule, number) for rule in ARITHMETIC for number in range(len(NEAR_MISSES[rule]))]
)
def test_a_near_miss_is_rejected(rule: str, number: int) -> None:
    with pytest.raises(Rejected):
        attempt(rule, NEAR_MISSES[rule][number])


def test_a_sum_is_not_written_out_without_limit() -> None:
    count = MOST_UNROLLED + 1
    long = Case(total(one, terms.integer(count), x(a)), rational(0), unrolling(count))
    with pytest.raises(Rejected, match="written out"):
        attempt("sum_unroll", long)


def test_side_conditions_may_be_given_as_hypotheses() -> None:
    """Two of the near misses, with the hypothesis that they lack."""
    first_case = replace(NEAR_MISSES["sum_split"][0], given=(at_most(one, n),))
    ensure_equal(attempt("sum_split", first_case), first_case.result)
    other = replace(NEAR_MISSES["sum_reindex"][7], given=(at_most(one, i), at_most(i, n)))
    ensure_equal(attempt("sum_reindex", other), other.result)


@pytest.mark.parametrize("rule", ["", "eval", "__class__", "Ring"])
def test_there_is_no_other_rule(rule: str) -> None:
    with pytest.raises(Rejected, match="no rule"):
        take(root(), x(i), Step(rule, (), (), x(i)))


def test_entries_are_what_they_seem() -> None:
    """The strategies of this file do make terms with a variable that is bound around the place."""
    found = 0

    @settings(max_examples=40)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        nonlocal found
        place = data.draw(places())
        term = data.draw(entries(place.names, 2))
        found += any(name.startswith("#") for name in terms.free_variables(term))

    run()
    ensure(found > 0)
