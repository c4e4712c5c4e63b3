"""Replay: small theorems are accepted, and whatever differs from them in one place is rejected or still true."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from checking import ensure, ensure_equal
from counterexamples import counterexample
from mutation import variants
from prover import prove
from small_theorems import (
    NOTHING,
    SIZES,
    THEOREMS,
    Theorem,
    add,
    at_most,
    bracket,
    chain,
    delta,
    equal,
    i,
    m,
    move,
    multiply,
    n,
    one,
    proof_of,
    rational,
    showing,
    tensor_x,
    there,
    total,
    zero,
)

from symcnn.kernel import (
    RULES,
    Cases,
    Chain,
    Claim,
    Define,
    Definition,
    Have,
    Induction,
    KernelTheorem,
    Lambda,
    Multiples,
    Node,
    Obtain,
    Proof,
    Rejected,
    Step,
    Term,
    decode,
    encode,
    replay,
    terms,
)
from symcnn.kernel.polynomial import negate

NAMES = ("m", "n", "i", "t", "X", "Y", "D", "#0", "one", "delta")
ONE = Multiples(((Fraction(1), (0,)),))


@pytest.mark.parametrize("name", THEOREMS)
def test_a_theorem_is_accepted_and_true(name: str) -> None:
    claim, proof = THEOREMS[name]()
    ensure_equal(replay(claim, proof), KernelTheorem(claim, proof))
    ensure(counterexample(claim) is None, "the theorem itself is false")


def nodes(node: Any) -> list[Any]:
    """All nodes of a proof tree."""
    if isinstance(node, Chain):
        return [node]
    inside = [
        getattr(node, name) for name in ("holds", "fails", "shown", "base", "step", "then") if hasattr(node, name)
    ]
    return [node, *(each for part in inside for each in nodes(part))]


def test_every_node_and_nearly_every_rule_is_in_some_theorem() -> None:
    found = [node for make in THEOREMS.values() for node in nodes(make()[1].entries)]
    ensure_equal({type(node) for node in found}, {Chain, Cases, Have, Define, Obtain, Induction})
    rules = {step.rule for node in found if isinstance(node, Chain) for step in node.steps}
    ensure_equal({*RULES, "below"} - rules - {"sum_count"}, set())


@pytest.mark.parametrize("name", THEOREMS)
def test_near_misses_are_rejected_or_true(name: str) -> None:
    """Of all claims and proofs that differ in one place, nothing false is accepted."""
    claim, proof = THEOREMS[name]()
    near = [(other, proof) for other in variants(claim, NAMES)]
    near += [(claim, other) for other in variants(proof, NAMES)]
    accepted: set[Claim] = set()
    for other, other_proof in near:
        try:
            accepted.add(replay(other, other_proof).claim)
        except (Rejected, TypeError, ValueError):  # the last two: what the decoder does not let through
            continue
    ensure(claim in accepted, "a remark may change")
    ensure_equal([other for other in accepted if counterexample(other, around=range(-1, 3))], [])


@pytest.mark.parametrize("name", THEOREMS)
def test_two_slips_are_rejected_or_true(name: str) -> None:
    """As before, for random claims and proofs that differ in two places; by way of JSON."""
    random = Random(name)
    claim, proof = THEOREMS[name]()
    claims, proofs = list(variants(claim, NAMES)), list(variants(proof, NAMES))
    for _ in range(60):
        other, other_proof = random.choice(claims), random.choice(proofs)
        try:
            decoded = decode(encode(other, other_proof))
            replay(*decoded)
        except (Rejected, TypeError, ValueError):  # the last two from encoding what is no proof
            continue
        ensure(counterexample(decoded[0], around=range(-1, 3)) is None, f"{decoded[0]} was accepted")


# Nodes and what may be said in them


def claim_of(left: Term, right: Term, *hypotheses: Term) -> Claim:
    """A claim for all integers m, n with 1 <= n, about a tensor X that may be read at n."""
    leaf = THEOREMS["delta"]()[0].leaves
    witness = (("m", Fraction(1)), ("n", Fraction(1)), ("X", Fraction(1)))
    return replace(
        NOTHING,
        integers=("m", "n"),
        leaves=leaf,
        hypotheses=(SIZES, *hypotheses),
        left=left,
        right=right,
        witness=witness,
    )


def accepted(claim: Claim, node: Node, *theorems: tuple[str, Claim, Proof]) -> bool:
    try:
        replay(claim, proof_of(claim, node, *theorems))
    except Rejected:
        return False
    return True


def x_at_n() -> Term:
    return tensor_x(n)


IS_ONE = rational(1)
BELOW, ABOVE = at_most(m, n), at_most(add(n, one), m)
EITHER = claim_of(add(bracket(BELOW), bracket(ABOVE)), rational(1))


def case(condition: Term) -> Chain:
    """The first bracket is 1 and the second 0, where the condition holds."""
    context = there(EITHER).assume(condition)
    return chain(
        *(context, EITHER.left),
        move("bracket_true", 0, shown=showing(lambda term, _: term.args[0])),
        move("bracket_false", 1, shown=showing(lambda term, _: terms.negation(term.args[0]))),
        move("ring", result=rational(1)),
    )


def other_case(condition: Term) -> Chain:
    """The other way round."""
    context = there(EITHER).assume(condition)
    return chain(
        *(context, EITHER.left),
        move("bracket_false", 0, shown=showing(lambda term, _: terms.negation(term.args[0]))),
        move("bracket_true", 1, shown=showing(lambda term, _: term.args[0])),
        move("ring", result=rational(1)),
    )


def test_cases() -> None:
    holds, fails = case(BELOW), other_case(ABOVE)
    ensure(accepted(EITHER, Cases(BELOW, holds, fails)))
    for node in (
        Cases(BELOW, fails, holds),
        Cases(ABOVE, holds, fails),
        Cases(BELOW, holds, holds),
        Cases(equal(m, n), holds, fails),
        Cases(terms.TRUE, holds, fails),
        Cases(terms.at_most(m, terms.variable("k")), holds, fails),
        Cases(terms.at_most(m, terms.variable("#0")), holds, fails),
        Cases(terms.at_most(m, Term("bound", value=0)), holds, fails),
        Cases(m, holds, fails),
        Cases(bracket(BELOW), holds, fails),
        holds,
        fails,
        Chain(()),
    ):
        ensure(not accepted(EITHER, node), f"{node} was accepted")


FIRST = terms.variable("#0")
NOT_POSITIVE = total(zero, one, bracket(at_most(terms.variable("a"), zero)))


def counting(condition: Term, rule: str, summand: Term, goal: Term) -> Step:
    """Every summand of NOT_POSITIVE becomes the same number, as if the condition held for all of them."""
    context = there(claim_of(NOT_POSITIVE, rational(0))).assume(condition)
    _, _, inside = context.open(NOT_POSITIVE)
    return Step(rule, (2,), (("shown", prove(inside.facts, goal)),), summand)


def test_a_condition_about_a_binder_to_come_is_rejected() -> None:
    """sum_{a=0..1} [a <= 0] is 1. If a case could speak of the name that the sum will give to a, it were 2 or 0."""
    here = at_most(FIRST, zero)
    all_one = counting(here, "bracket_true", rational(1), here)
    none = counting(negate(here), "bracket_false", rational(0), negate(here))
    two_or_none = multiply(NOT_POSITIVE, add(NOT_POSITIVE, rational(-2)))
    claim = claim_of(two_or_none, rational(0))

    def branch(step: Step, summand: Term) -> Chain:
        evidence = prove(there(claim).assume(here).facts, equal(one, add(zero, terms.integer(1))))
        unroll = (("count", 2), ("shown", evidence))
        value = add(summand, summand)
        steps = [
            *(replace(step, path=(0, 2)), replace(step, path=(1, 0, 2))),
            *(Step("sum_unroll", path, unroll, value) for path in ((0,), (1, 0))),
            Step("ring", (), (), rational(0)),
        ]
        return Chain(tuple(steps))

    node = Cases(here, branch(all_one, rational(1)), branch(none, rational(0)))
    ensure(counterexample(claim) is not None, "the claim is false")
    with pytest.raises(Rejected, match="not in scope"):
        replay(claim, proof_of(claim, node))


def test_a_hypothesis_about_a_binder_to_come_is_rejected() -> None:
    """As before: an equation under a hypothesis about #0, used where another #0 satisfies it."""
    here = at_most(FIRST, zero)
    all_one = counting(here, "bracket_true", rational(1), here)
    ones = terms.with_args(NOT_POSITIVE, (zero, one, rational(1)))
    claim = claim_of(total(zero, zero, NOT_POSITIVE, "b"), total(zero, zero, ones, "b"))
    _, _, inside = there(claim).open(claim.left)
    arguments = (
        ("equation", "h"),
        ("integers", ()),
        ("tensors", ()),
        ("functions", ()),
        ("shown", (prove(inside.facts, here),)),
    )
    use = Step("use", (2,), arguments, ones)
    have = Have("h", (), (here,), NOT_POSITIVE, ones, Chain((all_one,)), Chain((use,)))
    ensure(counterexample(claim) is not None, "the claim is false")
    with pytest.raises(Rejected, match="not in scope"):
        replay(claim, proof_of(claim, have))


def test_cases_on_a_real_that_is_not_zero() -> None:
    claim = claim_of(multiply(x_at_n(), terms.power(x_at_n(), 2), rational(0)), rational(0))
    ring = Chain((Step("ring", (), (), rational(0)),))
    ensure(accepted(claim, Cases(terms.nonzero(x_at_n()), ring, ring)))
    one_of = claim_of(bracket(terms.nonzero(x_at_n())), rational(1))
    is_one = Chain((Step("bracket_true", (), (("shown", Multiples()),), rational(1)),))
    ensure(not accepted(one_of, Cases(terms.nonzero(x_at_n()), is_one, is_one)))
    ensure(not accepted(one_of, Cases(terms.negation(terms.nonzero(x_at_n())), is_one, is_one)))
    ensure(accepted(claim_of(one_of.left, rational(1), terms.nonzero(x_at_n())), is_one))


def t_plus_one(name: str = "h", **changes: Any) -> Have:
    """For all t with 1 <= t: [0 <= t] = 1"""
    t = terms.variable("t")
    left = bracket(at_most(zero, t))
    have = Have(name, ("t",), (at_most(one, t),), left, rational(1), Chain(()), Chain(()))
    evidence = Multiples(((Fraction(1), (1,)), (Fraction(1), (2,))))
    step = Step("bracket_true", (), (("shown", evidence),), rational(1))
    have = replace(have, shown=Chain((step,)))
    return replace(have, **changes)


def using(integer: Term, evidence: Any, result: Term = IS_ONE, name: str = "h") -> Step:
    arguments = (("equation", name), ("integers", (integer,)), ("tensors", ()), ("functions", ()), ("shown", evidence))
    return Step("use", (), arguments, result)


FROM_HYPOTHESIS = (Multiples(((Fraction(1), (0,)), (Fraction(1), (1,)))),)


def test_have() -> None:
    claim = claim_of(bracket(at_most(zero, n)), rational(1))
    then = Chain((using(n, FROM_HYPOTHESIS),))
    ensure(accepted(claim, t_plus_one(then=then)))
    t = terms.variable("t")
    no_hypothesis = Chain((using(n, ()),))
    bad: list[Node] = [
        then,
        t_plus_one(then=Chain((using(n, ()),))),
        t_plus_one(then=Chain((using(n, FROM_HYPOTHESIS, name="other"),))),
        t_plus_one(then=Chain((using(m, FROM_HYPOTHESIS),))),
        t_plus_one(then=Chain((using(n, FROM_HYPOTHESIS, rational(0)),))),
        t_plus_one(then=then, shown=Chain(())),
        t_plus_one(then=then, right=rational(0)),
        t_plus_one(then=then, hypotheses=()),
        t_plus_one(then=no_hypothesis, hypotheses=()),
        t_plus_one(then=then, hypotheses=(at_most(add(one, one), t),)),
        t_plus_one(then=then, integers=()),
        t_plus_one(then=then, integers=("t", "t")),
        t_plus_one(then=then, integers=("n",)),
        t_plus_one(then=then, integers=("X",)),
        t_plus_one(then=then, integers=("#0",)),
        t_plus_one(then=then, hypotheses=(t,)),
        t_plus_one(then=then, hypotheses=(at_most(one, terms.variable("u")),)),
        t_plus_one(then=then, left=t, right=t),
        # the equation is not known where it is shown
        t_plus_one(then=then, shown=Chain((using(t, FROM_HYPOTHESIS),))),
        # two equations of one name
        t_plus_one(then=t_plus_one(then=then)),
        # what is known in the proof of one equation is not known after it
        t_plus_one("g", then=then, shown=t_plus_one(then=t_plus_one().shown, integers=("s",))),
    ]
    for node in bad:
        ensure(not accepted(claim, node), f"{node} was accepted")


def test_have_about_a_variable_of_the_claim() -> None:
    """What is shown for one n of the claim is known for this n only, and under the facts about it."""
    claim = claim_of(bracket(at_most(zero, m)), rational(1))
    about_n = t_plus_one(integers=(), hypotheses=(), left=bracket(at_most(zero, n)))
    evidence = Multiples(((Fraction(1), (0,)), (Fraction(1), (1,))))
    shown = Chain((Step("bracket_true", (), (("shown", evidence),), rational(1)),))
    arguments = (("equation", "h"), ("integers", ()), ("tensors", ()), ("functions", ()), ("shown", ()))
    use = Chain((Step("use", (), arguments, rational(1)),))
    fine = claim_of(bracket(at_most(zero, n)), rational(1))
    ensure(accepted(fine, replace(about_n, shown=shown, then=use)))
    ensure(not accepted(claim, replace(about_n, shown=shown, then=use)))


def test_a_have_inside_of_one_case_is_not_known_in_the_other() -> None:
    claim = claim_of(bracket(BELOW), rational(1))
    evidence = Multiples(((Fraction(1), (1,)), (Fraction(1), (2,))))
    shown = Chain((Step("bracket_true", (), (("shown", evidence),), rational(1)),))
    arguments = (("equation", "h"), ("integers", ()), ("tensors", ()), ("functions", ()), ("shown", ()))
    use = Chain((Step("use", (), arguments, rational(1)),))
    have = Have("h", (), (), bracket(BELOW), rational(1), shown, use)
    ensure(not accepted(claim, Cases(BELOW, have, use)))
    ensure(not accepted(claim, Cases(BELOW, have, have)))
    ensure(not accepted(claim, have))
    ensure(accepted(claim_of(bracket(BELOW), rational(1), BELOW), have))


def test_define() -> None:
    p = terms.variable("p")
    claim = claim_of(x_at_n(), terms.power(x_at_n(), 1))
    square = Definition("D", ("p",), terms.power(tensor_x(p), 1))
    steps = Chain((Step("unfold", (), (), terms.entry("D", n), True), Step("unfold", (), (), claim.right)))
    # the first step is backward: what D[n] unfolds to must stand there
    ensure(not accepted(claim, Define(square, steps)))
    ring = Step("ring", (), (), claim.right)
    ensure(accepted(claim, Define(square, Chain((ring, *steps.steps)))))
    for definition in (
        replace(square, name="X"),
        replace(square, name="n"),
        replace(square, name="#"),
        replace(square, indices=("n",)),
        replace(square, indices=("p", "p")),
        replace(square, indices=("#0",)),
        replace(square, body=p),
        replace(square, body=terms.entry("D", p)),
        replace(square, body=tensor_x(terms.variable("q"))),
        replace(square, body=tensor_x(p, p)),
        replace(square, shape=(n, n)),
        replace(square, shape=(terms.variable("q"),)),
    ):
        node = Define(definition, Chain((ring, *steps.steps)))
        ensure(not accepted(claim, node), f"{definition} was accepted")
    ensure(not accepted(claim, Define(square, Define(square, Chain((ring,))))))
    ensure(not accepted(claim, Chain((ring, *steps.steps))))


def test_a_definition_of_the_proof_is_not_known_after_it() -> None:
    """D is defined in the proof of one equation; the equation may not speak of it."""
    claim = claim_of(x_at_n(), x_at_n())
    body = Definition("D", ("p",), tensor_x(terms.variable("p")))
    fold = Step("unfold", (), (), terms.entry("D", n), True)
    have = Have("h", (), (), x_at_n(), terms.entry("D", n), Define(body, Chain((fold,))), Chain(()))
    ensure(not accepted(claim, have))
    ensure(accepted(claim, Define(body, replace(have, shown=Chain((fold,))))))


@pytest.mark.parametrize("node", [None, (), Chain, THEOREMS, Step("ring", (), (), rational(0)), ONE])
def test_what_is_no_node_proves_nothing(node: Any) -> None:
    claim = replace(NOTHING, right=rational(1))
    with pytest.raises(Rejected):
        replay(claim, Proof((), (), node))
    with pytest.raises(Rejected):
        replay(claim, Proof((), (), Cases(terms.TRUE, node, node)))


def test_chains_end_at_the_right_side() -> None:
    claim = claim_of(add(x_at_n(), rational(0)), x_at_n())
    step = Step("ring", (), (), x_at_n())
    ensure(accepted(claim, Chain((step,))))
    ensure(not accepted(claim, Chain(())))
    ensure(not accepted(claim, Chain((step, Step("ring", (), (), claim.left)))))
    ensure(accepted(replace(claim, right=claim.left), Chain(())))


# Theorems


def test_a_theorem_is_used_with_its_own_proof() -> None:
    claim, proof = THEOREMS["squares"]()
    ((name, known, known_proof),) = proof.theorems
    false = replace(known, right=add(known.right, rational(1)))
    bad: list[Any] = [
        (),
        (("other", known, known_proof),),
        ((name, known, known_proof), (name, known, known_proof)),
        ((name, known, proof),),
        ((name, false, known_proof),),
        ((name, known, replace(known_proof, entries=Chain(()))),),
        ((name, known, replace(known_proof, entries=None)),),
        ((name, known, replace(known_proof, well_formed=())),),
        ((name, replace(known, witness=(("n", Fraction(0)), *known.witness[1:])), known_proof),),
        ((name, claim, proof),),
    ]
    replay(claim, proof)
    for theorems in bad:
        with pytest.raises(Rejected):
            replay(claim, replace(proof, theorems=theorems))


def test_a_theorem_that_is_not_used_is_replayed_too() -> None:
    claim, proof = THEOREMS["delta"]()
    known, known_proof = THEOREMS["brackets"]()
    replay(claim, replace(proof, theorems=(("more", known, known_proof),)))
    with pytest.raises(Rejected):
        replay(claim, replace(proof, theorems=(("more", replace(known, right=rational(0)), known_proof),)))


def reflected(tensor: Lambda, left: Term, integers: tuple[Term, ...] = (n,)) -> bool:
    """Whether `reversal` may be used, for this tensor, to replace the left side by its right side."""
    known, known_proof = THEOREMS["reversal"]()
    claim = claim_of(left, total(one, n, terms.substitute(tensor.body, {"p": terms.variable("a")})))
    evidence = (prove(there(claim).facts, SIZES),)
    arguments = (
        ("equation", "r"),
        ("integers", integers),
        ("tensors", (tensor,)),
        ("functions", ()),
        ("shown", evidence),
    )
    step = Step("use", (), arguments, claim.right)
    if not accepted(claim, Chain((step,)), ("r", known, known_proof)):
        return False
    ensure(counterexample(claim) is None, f"{claim} was accepted")
    return True


def test_the_definitions_of_a_theorem_are_written_out() -> None:
    """`reversal` speaks of D[p] = X[n + 1 - p]; used for another X, this is another D."""
    p, a = terms.variable("p"), terms.variable("a")
    square = Lambda(("p",), terms.power(tensor_x(p), 2))
    flipped = add(add(n, one), multiply(terms.integer(-1), a))
    ensure(reflected(square, total(one, n, terms.power(tensor_x(flipped), 2))))
    ensure(not reflected(square, total(one, n, terms.power(tensor_x(a), 2))))
    ensure(not reflected(square, total(one, n, terms.power(tensor_x(flipped), 2)), (m,)))
    constant = Lambda(("p",), tensor_x(n))
    ensure(reflected(constant, total(one, n, tensor_x(n))))


def test_conditions_are_shown() -> None:
    claim, proof = THEOREMS["reversal"]()
    ensure(len(proof.conditions) == 1)
    for conditions in ((), (*proof.conditions, *proof.conditions), (ONE,)):
        with pytest.raises(Rejected):
            replay(claim, replace(proof, conditions=conditions))
    with pytest.raises(Rejected):
        replay(replace(claim, conditions=(equal(n, one),)), proof)
    with pytest.raises(Rejected):
        replay(replace(claim, conditions=()), proof)


def test_a_condition_is_shown_from_the_hypotheses_alone() -> None:
    """Not from the ranges of the entry indices: these may be empty."""
    claim, proof = delta()
    in_range = at_most(one, i)
    ensure_equal(claim.conditions, ())
    with pytest.raises(Rejected):
        replay(replace(claim, conditions=(in_range,)), replace(proof, conditions=(ONE,)))


def test_the_empty_claim() -> None:
    ensure_equal(replay(NOTHING, Proof((), (), Chain(()))).claim, NOTHING)
    theorem: Theorem = (replace(NOTHING, right=rational(1)), Proof((), (), Chain(())))
    with pytest.raises(Rejected):
        replay(*theorem)
