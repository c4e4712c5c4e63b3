"""Small theorems whose proofs use every kind of node and most rules, and the means to write such proofs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from prover import prove

from symcnn.kernel import (
    RULES,
    Assumption,
    Cases,
    Chain,
    Claim,
    Context,
    Define,
    Definition,
    Evidence,
    Facts,
    Field,
    Function,
    Have,
    Index,
    Induction,
    Instance,
    Lambda,
    Law,
    Leaf,
    Multiples,
    Node,
    Obtain,
    Proof,
    Step,
    Term,
    obligations,
    terms,
)
from symcnn.kernel.analysis import derivative, differentiable
from symcnn.kernel.claim import claim_scope, index_conditions
from symcnn.kernel.context import change_at
from symcnn.kernel.laws import conditions_at, exists_of
from symcnn.kernel.polynomial import negate
from symcnn.kernel.proof import Equation
from symcnn.kernel.replay import assumed_equations, at_witness, equation_of
from symcnn.kernel.rules import domain, inverse_goal
from symcnn.kernel.well_formed import facts_of_claim

#: an argument of a rule, or how to find it where the rule is applied
Argument = Any
Find = Callable[[Context, Term, Term], Any]


@dataclass(frozen=True)
class Move:
    """A step to be: the result may be left to the rule, and the evidence to the search."""

    rule: str
    path: tuple[int, ...] = ()
    result: Term | None = None
    arguments: dict[str, Argument] = field(default_factory=dict)


def move(rule: str, *path: int, result: Term | None = None, **arguments: Argument) -> Move:
    return Move(rule, path, result, arguments)


def showing(goal: Callable[[Term, Term], Term]) -> Find:
    """Evidence for a goal that depends on the term and the result."""
    return lambda context, term, result: prove(context.facts, goal(term, result))


def reindexing(sums: int, result_sums: int, forward: tuple[Term, ...], backward: tuple[Term, ...]) -> dict[str, Any]:
    """The arguments of `sum_reindex`."""

    def into(context: Context, term: Term, result: Term) -> Evidence:
        old, new = domain(context, term, sums), domain(context, result, result_sums)
        return prove(new.inside.facts, inverse_goal(old, forward, new, backward))

    def onto(context: Context, term: Term, result: Term) -> Evidence:
        old, new = domain(context, term, sums), domain(context, result, result_sums)
        return prove(old.inside.facts, inverse_goal(new, backward, old, forward))

    numbers = {"sums": sums, "result_sums": result_sums}
    return {**numbers, "forward": forward, "backward": backward, "into": into, "onto": onto}


def step_of(context: Context, term: Term, wanted: Move) -> tuple[Step, Term]:
    """The step and the whole term after it."""
    done: list[Step] = []

    def change(inside: Context, old: Term) -> Term:
        result = wanted.result if wanted.result is not None else old
        found = {name: each(inside, old, result) if callable(each) else each for name, each in wanted.arguments.items()}
        new = RULES[wanted.rule](inside, old, result, **found)
        done.append(Step(wanted.rule, wanted.path, tuple(found.items()), new))
        return new

    after = change_at(context, term, wanted.path, change)
    return done[0], after


def chain(context: Context, left: Term, *moves: Move) -> Chain:
    """The chain that begins at `left`."""
    steps, reached = [], left
    for each in moves:
        step, reached = step_of(context, reached, each)
        steps.append(step)
    return Chain(tuple(steps))


def backwards(context: Context, right: Term, *moves: Move) -> tuple[Step, ...]:
    """The steps that end at `right`: the moves begin there, and are read from their end."""
    steps, reached = [], right
    for each in moves:
        step, after = step_of(context, reached, each)
        before = reached
        for position in each.path:
            before = before.args[position]
        steps.append(replace(step, result=before, backward=True))
        reached = after
    return tuple(reversed(steps))


def defining(context: Context, definition: Definition) -> Context:
    """The context that knows a definition more."""
    scope = context.scope.with_tensor(definition.name, len(definition.indices))
    return replace(context, scope=scope, definitions={**context.definitions, definition.name: definition})


def having(context: Context, have: Have) -> tuple[Context, Context]:
    """The contexts in which an equation is shown, and in which it is known."""
    scope = context.scope.with_integers(have.integers)
    equation = Equation(have.integers, {}, have.hypotheses, have.left, have.right)
    shown = replace(context, scope=scope).assume(*have.hypotheses)
    return shown, replace(context, equations={**context.equations, have.name: equation})


def there(claim: Claim, *theorems: tuple[str, Claim, Proof]) -> Context:
    """The context in which the entries of a claim are shown equal."""
    scope = claim_scope(claim).with_integers(index.name for index in claim.indices)
    definitions = {each.name: each for each in claim.definitions}
    equations = {**{name: equation_of(known) for name, known, _ in theorems}, **assumed_equations(claim)}
    return Context(scope, facts_of_claim(claim), definitions, equations).assume(*index_conditions(claim.indices))


def proof_of(
    claim: Claim, entries: Node, *theorems: tuple[str, Claim, Proof], assumptions: tuple[Node, ...] = ()
) -> Proof:
    """The proof with evidence for all that the statement owes."""
    well_formed = tuple(shown(owed.context.facts, owed.goal) for owed in obligations(claim))
    conditions = tuple(shown(facts_of_claim(claim), each) for each in claim.conditions)
    return Proof(well_formed, conditions, entries, theorems, assumptions)


def shown(facts: Facts, goal: Term) -> Evidence:
    """Evidence; what exists is looked for at the lower ends of the ranges."""
    if goal.head != "exists":
        return prove(facts, goal)
    lowest = goal.args[: 2 * terms.rank_of(goal) : 2]
    return Instance(lowest, prove(facts, terms.all_of(*conditions_at(goal, lowest))))


# The theorems

m, n, i, a, b, t = map(terms.variable, "mniabt")
zero, one, two = map(terms.integer, range(3))
add, multiply, at_most, equal, bracket = terms.add, terms.multiply, terms.at_most, terms.equal, terms.bracket
first = terms.variable("#0")
rational = terms.rational


def minus(left: Term, right: Term) -> Term:
    return add(left, multiply(terms.integer(-1), right))


def tensor_x(*indices: Term) -> Term:
    return terms.entry("X", *indices)


def tensor_y(*indices: Term) -> Term:
    return terms.entry("Y", *indices)


def total(lower: Term, upper: Term, body: Term, index: str = "a") -> Term:
    return terms.summation(index, lower, upper, body)


SIZES = at_most(one, n)
LEAF_X, LEAF_Y = Leaf("X", (n,)), Leaf("Y", (n,), origin=0)
AN_INDEX = Index("i", one, n)
NOTHING = Claim((), (), (), (), (), (), rational(0), rational(0), ())
Theorem = tuple[Claim, Proof]


def reversal() -> Theorem:
    """The sum of the entries in reversed order is the same: unfold, sum_reindex."""
    reverse = Definition("D", ("p",), tensor_x(minus(add(n, one), terms.variable("p"))), (n,))
    claim = Claim(
        *(("n",), (LEAF_X,), (reverse,), (SIZES,), (equal(add(n, zero), n),), ()),
        left=total(one, n, terms.entry("D", a)),
        right=total(one, n, tensor_x(b), "b"),
        witness=(("n", Fraction(2)), ("X", Fraction(1))),
    )
    flip = (minus(add(n, one), first),)
    moves = (
        move("unfold", 2),
        move("sum_reindex", result=claim.right, **reindexing(1, 1, flip, flip)),
    )
    return claim, proof_of(claim, chain(there(claim), claim.left, *moves))


def delta() -> Theorem:
    """Of sum_a [a = i] X[a], the entry at i is left: sum_reindex onto no sum."""
    claim = Claim(
        *(("n",), (LEAF_X,), (), (SIZES,), (), (AN_INDEX,)),
        left=total(one, n, multiply(bracket(equal(a, i)), tensor_x(a))),
        right=tensor_x(i),
        witness=(("n", Fraction(2)), ("i", Fraction(1)), ("X", Fraction(1, 2))),
    )
    single = move("sum_reindex", result=claim.right, **reindexing(1, 0, (i,), ()))
    return claim, proof_of(claim, chain(there(claim), claim.left, single))


def squares() -> Theorem:
    """A theorem used under a sum, for another tensor: use."""
    known, known_proof = delta()
    square = Lambda(("p",), terms.power(tensor_x(terms.variable("p")), 2))
    inner = terms.substitute(known.left, {"i": b}, {"X": square})
    claim = Claim(
        *(("n",), (LEAF_X,), (), (SIZES,), (), ()),
        left=total(one, n, inner, "b"),
        right=total(one, n, terms.power(tensor_x(b), 2), "b"),
        witness=(("n", Fraction(1)), ("X", Fraction(2))),
    )
    theorem = ("delta", known, known_proof)

    def evidence(where: Context, term: Term, result: Term) -> tuple[Evidence, ...]:
        return tuple(prove(where.facts, each) for each in (SIZES, at_most(one, first), at_most(first, n)))

    arguments = {"equation": "delta", "integers": (n, first), "tensors": (square,), "functions": (), "shown": evidence}
    steps = chain(there(claim, theorem), claim.left, move("use", 2, **arguments))
    return claim, proof_of(claim, steps, theorem)


def border() -> Theorem:
    """[i <= m] X[i] + [not i <= m] X[i] = X[i], by every kind of node."""
    inside, outside = at_most(i, m), terms.negation(at_most(i, m))
    claim = Claim(
        *(("m", "n"), (LEAF_X,), (), (SIZES,), (), (AN_INDEX,)),
        left=add(multiply(bracket(inside), tensor_x(i)), multiply(bracket(outside), tensor_x(i))),
        right=tensor_x(i),
        witness=(("m", Fraction(1)), ("n", Fraction(2)), ("i", Fraction(2)), ("X", Fraction(0))),
    )
    copy = Definition("D", ("p",), tensor_x(terms.variable("p")))
    context = defining(there(claim), copy)
    have = Have("one", ("t",), (at_most(t, m),), bracket(at_most(t, m)), rational(1), Chain(()), Chain(()))
    within, context = having(context, have)
    shown = chain(within, have.left, move("bracket_true", shown=showing(lambda term, _: term.args[0])))
    holds, fails = context.assume(inside), context.assume(negate(inside))

    def evidence(where: Context, term: Term, result: Term) -> tuple[Evidence, ...]:
        return (prove(where.facts, inside),)

    first_case = chain(
        *(holds, claim.left),
        move("use", 0, 0, equation="one", integers=(i,), tensors=(), functions=(), shown=evidence),
        move("bracket_false", 1, 0, shown=showing(lambda term, _: inside)),
        move("ring", result=claim.right),
    )
    second_case = chain(
        *(fails, claim.left),
        move("bracket_false", 0, 0, shown=showing(lambda term, _: outside)),
        move("bracket_true", 1, 0, shown=showing(lambda term, _: outside)),
        move("ring", result=tensor_x(i)),
    )
    named = (*backwards(fails, terms.entry("D", i), move("unfold")), Step("unfold", (), (), tensor_x(i)))
    cases = Cases(inside, first_case, Chain((*second_case.steps, *named)))
    node = Define(copy, replace(have, shown=shown, then=cases))
    return claim, proof_of(claim, node)


def arithmetic_of_sums() -> Theorem:
    """2 X + Y summed, its last summand apart: sum_add, sum_scale, sum_split, sum_unroll, integer, cancel."""
    claim = Claim(
        *(("n",), (LEAF_X, LEAF_Y), (), (SIZES, terms.nonzero(tensor_y(zero))), (), ()),
        left=total(one, n, add(multiply(rational(2), tensor_x(a)), tensor_y(minus(a, one)))),
        right=add(
            multiply(rational(2), total(one, minus(n, one), tensor_x(a))),
            multiply(rational(2), tensor_x(n), tensor_y(zero), terms.inverse(tensor_y(zero))),
            total(zero, minus(n, one), tensor_y(a)),
        ),
        witness=(("n", Fraction(1)), ("X", Fraction(0)), ("Y", Fraction(1))),
    )
    last = minus(n, one)
    whole = add(
        multiply(rational(2), total(one, last, tensor_x(a))),
        multiply(rational(2), tensor_x(n), rational(1)),
        total(zero, last, tensor_y(a)),
    )
    moves = (
        move("sum_add"),
        move("sum_scale", 0, factors=(0,)),
        move(
            "sum_reindex",
            1,
            result=whole.args[2],
            **reindexing(1, 1, (add(first, one),), (minus(first, one),)),
        ),
        move("sum_split", 0, 1, at=last, shown=showing(split_goal(last))),
        move("integer", 0, 1, 1, 0, result=n, shown=showing(equal)),
        move("sum_unroll", 0, 1, 1, count=1, shown=showing(unroll_goal(1))),
        move("ring", result=whole),
    )
    two_x, y = multiply(rational(2), tensor_x(n)), tensor_y(zero)
    back = backwards(
        *(there(claim), claim.right),
        move("ring", 1, result=multiply(two_x, multiply(y, terms.inverse(y)))),
        move("cancel", 1, 1, shown=showing(lambda _, __: terms.nonzero(y))),
        move("ring", 1, result=whole.args[1]),
    )
    steps = chain(there(claim), claim.left, *moves)
    return claim, proof_of(claim, Chain((*steps.steps, *back)))


def split_goal(at: Term) -> Callable[[Term, Term], Term]:
    return lambda term, _: terms.all_of(at_most(term.args[0], add(at, one)), at_most(at, term.args[1]))


def unroll_goal(count: int) -> Callable[[Term, Term], Term]:
    return lambda term, _: equal(term.args[1], add(term.args[0], terms.integer(count - 1)))


def brackets() -> Theorem:
    """[0 <= i - 1 and i <= n] X[i] = X[i] inside of the range, by the rules of brackets."""
    both = terms.all_of(at_most(zero, minus(i, one)), at_most(i, n))
    claim = Claim(
        *(("m", "n"), (LEAF_X,), (), (SIZES,), (), (AN_INDEX,)),
        left=multiply(bracket(both), tensor_x(i)),
        right=add(
            multiply(bracket(at_most(i, m)), tensor_x(i)),
            multiply(bracket(terms.negation(at_most(i, m))), tensor_x(i)),
        ),
        witness=(("m", Fraction(1)), ("n", Fraction(1)), ("i", Fraction(1)), ("X", Fraction(3))),
    )
    moves = (
        move("bracket_product", 0),
        move(
            "bracket_equivalent",
            *(0, 0),
            result=bracket(at_most(one, i)),
            forward=lambda where, term, _: prove(where.assume(term.args[0]).facts, at_most(one, i)),
            backward=lambda where, term, _: prove(where.assume(at_most(one, i)).facts, term.args[0]),
        ),
        move("bracket_true", 0, 0, shown=showing(lambda term, _: term.args[0])),
        move("bracket_true", 0, 1, shown=showing(lambda term, _: term.args[0])),
        move("ring", result=tensor_x(i)),
        move("bracket_complement", condition=at_most(i, m)),
    )
    return claim, proof_of(claim, chain(there(claim), claim.left, *moves))


# Functions, maxima, derivatives, recursions


FUNCTIONS = (
    Function("f", ("nondecreasing",), "relu"),
    Function("g", ("differentiable",), "square"),
    Function("h", ("positively_homogeneous",), "relu"),
    Function("o", ("odd", "differentiable"), "identity"),
)
k = terms.variable("k")
call, inverse, power = terms.call, terms.inverse, terms.power
LAST = tensor_x(n)
ONES = (("n", Fraction(2)), ("X", Fraction(1)))
ABOUT_X = replace(NOTHING, integers=("n",), leaves=(LEAF_X,), hypotheses=(SIZES,), witness=ONES)


def following(claim: Claim, *moves: Move, **changes: Any) -> Theorem:
    """The left side and what the moves make of it."""
    claim = replace(claim, **changes)
    context = there(claim)
    steps = chain(context, claim.left, *moves)
    right = claim.left
    for step in steps.steps:
        right = change_at(context, right, step.path, lambda _, __, result=step.result: result)
    claim = replace(claim, right=right)
    return claim, proof_of(claim, steps)


def activations() -> Theorem:
    """Values of functions: value_at_zero, reflect, scale_argument, value_of, slope_of."""
    scaled = multiply(rational(2), call("h", LAST))
    return following(
        ABOUT_X,
        move(
            "scale_argument",
            0,
            result=scaled,
            factor=rational(2),
            shown=showing(lambda _, __: at_most(rational(0), rational(2))),
        ),
        move("reflect", 1),
        move("value_at_zero", 2),
        move("value_of", 3),
        move("slope_of", 4),
        functions=FUNCTIONS,
        hypotheses=(SIZES, terms.nonzero(LAST)),
        left=add(
            *(call("h", multiply(rational(2), LAST)), call("o", LAST), call("o", rational(0))),
            *(call("relu", LAST), call("relu'", LAST)),
        ),
    )


def maxima() -> Theorem:
    """maximum_is and maximum_reindex; a condition that something exists."""
    falling = terms.maximum((("a", one, n),), at_most(a, n), terms.real(minus(one, a)))
    whole = terms.maximum((("a", one, n),), terms.TRUE, tensor_x(a))
    moved = terms.maximum((("b", zero, minus(n, one)),), terms.TRUE, tensor_x(add(b, one)))
    there_, back = (add(first, one),), (minus(first, one),)

    def inside(context: Context, term: Term) -> Facts:
        return context.enter(term, len(term.args) - 1)[2].facts

    reindexed = move(
        *("maximum_reindex", 0),
        result=moved,
        forward=there_,
        backward=back,
        into=lambda context, term, result: prove(inside(context, result), terms.all_of(*conditions_at(term, there_))),
        onto=lambda context, term, result: prove(
            inside(context, term), terms.all_of(*conditions_at(result, back), equal(add(*back, one), first))
        ),
    )
    attained = move(
        *("maximum_is", 1),
        result=rational(0),
        indices=(one,),
        attained=showing(
            lambda term, result: terms.all_of(*conditions_at(term, (one,)), equal(terms.real(minus(one, one)), result))
        ),
        bound=lambda context, term, result: prove(
            inside(context, term), at_most(terms.real(minus(one, first)), result)
        ),
    )
    condition = terms.exists((("a", one, n),), at_most(a, one))
    return following(ABOUT_X, reindexed, attained, left=add(whole, falling), conditions=(condition,))


def monotone() -> Theorem:
    """f(max X) <= max f(X) for a nondecreasing f: Obtain, equality, a step below."""
    whole = terms.maximum((("a", one, n),), terms.TRUE, tensor_x(a))
    images = terms.maximum((("a", one, n),), terms.TRUE, call("f", tensor_x(a)))
    claim = replace(ABOUT_X, functions=FUNCTIONS[:1], left=call("f", whole), right=images, relation="<=")
    nonempty = shown(there(claim).facts, exists_of(whole))
    node = Obtain(("k",), whole, nonempty, Chain(()))
    context = attaining(there(claim), node)
    at_k = call("f", tensor_x(k))
    same = step_of(context, claim.left, move("equality", 0, result=tensor_x(k), shown=showing(equal)))[0]
    denied = context.facts.assume(negate(at_most(at_k, images)))
    needed = tuple(prove(denied, each) for each in conditions_at(images, (k,)))
    number = len(denied.at_least_zero)
    total_ = Multiples(((Fraction(1), (number - 1,)), (Fraction(1), (number,))))
    evidence = Law("maximum_upper", (images, k), needed, total_)
    below = Step("below", (), (("shown", evidence),), images)
    return claim, proof_of(claim, replace(node, then=Chain((same, below))))


def attaining(context: Context, node: Obtain) -> Context:
    """The context in which a maximum is attained at indices that have names."""
    at = tuple(map(terms.variable, node.indices))
    reached = equal(node.maximum, terms.instantiate(node.maximum.args[-1], *at))
    inside = replace(context, scope=context.scope.with_integers(node.indices))
    return inside.assume(*conditions_at(node.maximum, at), reached)


def smooth(context: Context, term: Term, result: Term) -> tuple[Evidence, ...]:
    """Evidence that what a derivative is of has one."""
    found = derivative(context, term)
    goals = differentiable(found.inside, frozenset([found.tensor]), found.body, found.point)
    return tuple(prove(where.facts, goal) for where, goal in goals)


def tensor_v(*indices: Term) -> Term:
    return terms.entry("V", *indices)


AT_X = Lambda(("p",), tensor_x(terms.variable("p")))


def gradient() -> Theorem:
    """The gradient of a sum of squares: partial_add, partial_sum, partial_scale, partial_power, and what is left."""
    body = add(total(one, n, multiply(tensor_x(a), power(tensor_v(a), 2))), multiply(rational(3), LAST))
    twice = multiply(rational(2), tensor_x(i), tensor_x(i))
    deltas = total(one, n, multiply(rational(2), tensor_x(a), tensor_x(a), bracket(equal(a, i))))
    return following(
        ABOUT_X,
        move("partial_add", shown=smooth),
        move("partial_constant", 1),
        move("partial_sum", 0, shown=smooth),
        move("partial_scale", 0, 2, factors=(0,)),
        move("partial_power", 0, 2, 1, shown=smooth),
        move("partial_entry", 0, 2, 1, 2),
        move("ring", result=deltas),
        move("sum_reindex", result=twice, **reindexing(1, 0, (i,), ())),
        indices=(AN_INDEX,),
        witness=(("n", Fraction(2)), ("i", Fraction(1)), ("X", Fraction(1))),
        left=terms.partial("V", body, AT_X, (i,)),
    )


def quotient() -> Theorem:
    """The derivative of g(V)/V: partial_product, partial_call, partial_inverse."""
    return following(
        ABOUT_X,
        move("partial_product", shown=smooth),
        move("partial_inverse", 1, 1, shown=smooth),
        move("partial_call", 0, 1, shown=smooth),
        move("partial_entry", 0, 1, 1),
        functions=FUNCTIONS[1:2],
        hypotheses=(SIZES, terms.nonzero(LAST)),
        left=terms.partial("V", multiply(call("g", tensor_v(n)), inverse(tensor_v(n))), AT_X, (n,)),
    )


def chain_rule() -> Theorem:
    """The gradient of a scalar function of X^2: partial_field."""
    squares_ = terms.field("L", (("a", one, n),), multiply(tensor_x(a), tensor_v(a)))
    return following(
        ABOUT_X,
        move("partial_field", shown=smooth),
        move("partial_scale", 2, 1, factors=(0,)),
        move("partial_entry", 2, 1, 1),
        fields=(Field("L", 1),),
        indices=(AN_INDEX,),
        witness=(("n", Fraction(2)), ("i", Fraction(1)), ("X", Fraction(1))),
        left=terms.partial("V", squares_, AT_X, (i,)),
    )


def layered(layer: Term, index: Term) -> Term:
    """u(0) = X, u(k)[j] = u(k - 1)[j] + 3"""
    step = Lambda(("j",), add(terms.entry("u", terms.variable("j")), rational(3)))
    return terms.iterate(zero, layer, AT_X, ("u", "k", step), (index,))


#: the tensor with these layers, from 0 on
LAYERS = Definition("U", ("l", "j"), layered(terms.variable("l"), terms.variable("j")), (n,), 1, zero)


def layers() -> Theorem:
    """u(m)[i] = X[i] + 3 m: iterate_start, iterate_step, Induction."""
    claim = Claim(
        *(("m", "n"), (LEAF_X,), (LAYERS,), (SIZES, at_most(zero, m)), (), (AN_INDEX,)),
        left=terms.entry("U", m, i),
        right=add(tensor_x(i), multiply(rational(3), terms.real(m))),
        witness=(("m", Fraction(2)), ("n", Fraction(1)), ("i", Fraction(1)), ("X", Fraction(0))),
    )
    p = terms.variable("p")
    left, right = layered(k, p), add(tensor_x(p), multiply(rational(3), terms.real(k)))
    node = Induction("h", "k", zero, ("p",), (), left, right, Chain(()), Chain(()), Chain(()))
    base, step, then = inducing(there(claim), node)
    at_start = showing(lambda term, _: at_most(term.args[1], term.args[0]))
    after_start = showing(lambda term, _: at_most(add(term.args[0], one), term.args[1]))
    at_base, at_step = ({"k": zero}, {"k": add(k, one)})
    first_one = chain(
        *(base, terms.substitute(left, at_base)),
        move("iterate_start", shown=at_start),
        move("ring", result=terms.substitute(right, at_base)),
    )
    next_one = chain(
        *(step, terms.substitute(left, at_step)),
        move("iterate_step", shown=after_start),
        move("use", 0, equation="h", integers=(p,), tensors=(), functions=(), shown=()),
        move("ring", result=terms.substitute(right, at_step)),
    )
    last = chain(
        *(then, claim.left),
        move("unfold"),
        move(
            *("use",),
            equation="h",
            integers=(m, i),
            tensors=(),
            functions=(),
            shown=lambda where, _, __: (prove(where.facts, at_most(zero, m)),),
        ),
    )
    return claim, proof_of(claim, replace(node, base=first_one, step=next_one, then=last))


def inducing(context: Context, node: Induction) -> tuple[Context, Context, Context]:
    """The contexts of the base, of the step, and of what follows."""
    known = Equation(node.integers, {}, node.hypotheses, node.left, node.right)
    variable = terms.variable(node.variable)
    base = replace(context, scope=context.scope.with_integers(node.integers))
    scope = context.scope.with_integers((node.variable, *node.integers))
    step = replace(context, scope=scope, equations={**context.equations, node.name: known})
    step = step.assume(at_most(node.lower, variable))
    everywhere = replace(
        known, integers=(node.variable, *node.integers), hypotheses=(at_most(node.lower, variable), *node.hypotheses)
    )
    return base, step, replace(context, equations={**context.equations, node.name: everywhere})


def sizes() -> Theorem:
    """Layers of different sizes; the sum over a layer in another order."""
    count = terms.size("s", m)
    claim = Claim(
        *(("m",), (Leaf("W", (terms.size("s", terms.variable("l")),), 1, ("l",)),), (), (), (), ()),
        left=total(one, count, terms.entry("W", m, a)),
        right=total(zero, minus(count, one), terms.entry("W", m, minus(count, b)), "b"),
        witness=(("m", Fraction(1)), ("s", Fraction(2)), ("W", Lambda(("l", "p"), terms.real(t_index("l"))))),
        sequences=("s",),
    )
    moves = move("sum_reindex", result=claim.right, **reindexing(1, 1, (minus(count, first),), (minus(count, first),)))
    return claim, proof_of(claim, chain(there(claim), claim.left, moves))


def t_index(name: str) -> Term:
    return terms.variable(name)


def opposites() -> Theorem:
    """The sum of o(X) + o(-X) is 0 for an odd o, for every such o."""
    opposite = call("o", multiply(rational(-1), tensor_x(a)))
    both = total(one, n, add(call("o", tensor_x(a)), opposite))
    return following(
        ABOUT_X,
        move("reflect", 0, 2, 1),
        move("ring", 0, 2, result=multiply(rational(0), rational(1))),
        move("sum_scale", 0, factors=(0,)),
        move("ring", result=rational(0)),
        functions=(Function("o", ("odd",), "identity"),),
        fields=(Field("L", 1),),
        sequences=("s",),
        left=add(
            both,
            terms.field("L", (("a", one, terms.size("s", n)),), rational(0)),
            multiply(rational(-1), terms.field("L", (("a", one, terms.size("s", n)),), rational(0))),
        ),
        witness=(("n", Fraction(2)), ("s", Fraction(1)), ("X", Fraction(1))),
    )


def other_opposites() -> Theorem:
    """The same for leaky functions of squares, by the theorem about every odd function: use."""
    known, known_proof = opposites()
    square = Lambda(("p",), power(tensor_x(terms.variable("p")), 2))
    claim = replace(
        *(known,),
        functions=(Function("q", ("odd", "increasing"), "identity"),),
        left=terms.substitute(known.left, {}, {"X": square}, {"o": "q"}),
        right=rational(0),
    )

    def evidence(where: Context, term: Term, result: Term) -> tuple[Evidence, ...]:
        return (prove(where.facts, SIZES),)

    theorem = ("opposites", known, known_proof)
    arguments = {
        "equation": "opposites",
        "integers": (n,),
        "tensors": (square,),
        "functions": ("q",),
        "shown": evidence,
    }
    return claim, proof_of(claim, chain(there(claim, theorem), claim.left, move("use", **arguments)), theorem)


def uniqueness() -> Theorem:
    """If sum Y X = sum Y Z for every Y, then X = Z: an assumption, used for a unit."""
    leaves = (LEAF_X, Leaf("Y", (n,)), Leaf("Z", (n,)))

    def weighted(tensor: str) -> Term:
        return total(one, n, multiply(tensor_y(a), terms.entry(tensor, a)))

    same = Assumption("same", ("Y",), (), weighted("X"), weighted("Z"))
    claim = Claim(
        *(("n",), leaves, (), (SIZES,), (), (AN_INDEX,)),
        left=tensor_x(i),
        right=terms.entry("Z", i),
        witness=(("n", Fraction(2)), ("i", Fraction(1)), ("X", Fraction(1)), ("Y", Fraction(0)), ("Z", Fraction(1))),
        assumptions=(same,),
    )
    unit = Lambda(("p",), bracket(equal(terms.variable("p"), i)))
    apart, other = (terms.substitute(side, {}, {"Y": unit}) for side in (same.left, same.right))
    single = reindexing(1, 0, (i,), ())
    steps = (
        *backwards(there(claim), apart, move("sum_reindex", result=claim.left, **single)),
        step_of(
            there(claim), apart, move("use", equation="same", integers=(), tensors=(unit,), functions=(), shown=())
        )[0],
        step_of(there(claim), other, move("sum_reindex", result=claim.right, **single))[0],
    )
    right = at_witness(claim, same)[2]
    return claim, proof_of(claim, Chain(steps), assumptions=(Chain((Step("ring", (), (), right),)),))


THEOREMS: dict[str, Callable[[], Theorem]] = {
    each.__name__: each
    for each in (
        *(reversal, delta, squares, border, arithmetic_of_sums, brackets),
        *(activations, maxima, monotone, gradient, quotient, chain_rule, layers, sizes),
        *(opposites, other_opposites, uniqueness),
    )
}
