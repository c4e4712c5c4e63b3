"""Small theorems whose proofs use every kind of node and most rules, and the means to write such proofs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from prover import prove

from symcnn.kernel import (
    RULES,
    Cases,
    Chain,
    Claim,
    Context,
    Define,
    Definition,
    Evidence,
    Facts,
    Have,
    Index,
    Lambda,
    Leaf,
    Node,
    Proof,
    Step,
    Term,
    obligations,
    terms,
)
from symcnn.kernel.claim import claim_scope, index_conditions
from symcnn.kernel.context import change_at
from symcnn.kernel.polynomial import negate
from symcnn.kernel.proof import Equation
from symcnn.kernel.replay import equation_of
from symcnn.kernel.rules import domain, inverse_goal

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
    facts = Facts().assume(terms.all_of(*claim.hypotheses))
    definitions = {each.name: each for each in claim.definitions}
    equations = {name: equation_of(known) for name, known, _ in theorems}
    return Context(scope, facts, definitions, equations).assume(*index_conditions(claim.indices))


def proof_of(claim: Claim, entries: Node, *theorems: tuple[str, Claim, Proof]) -> Proof:
    """The proof with evidence for all that the statement owes."""
    well_formed = tuple(prove(owed.context.facts, owed.goal) for owed in obligations(claim))
    facts = Facts().assume(terms.all_of(*claim.hypotheses))
    return Proof(well_formed, tuple(prove(facts, each) for each in claim.conditions), entries, theorems)


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


THEOREMS: dict[str, Callable[[], Theorem]] = {
    each.__name__: each for each in (reversal, delta, squares, border, arithmetic_of_sums, brackets)
}
