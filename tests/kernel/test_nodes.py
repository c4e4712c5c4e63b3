"""Steps below, attained maxima, induction, assumptions, functions, fields, sequences: what claims and proofs of them
must not do."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from checking import ensure, ensure_equal
from counterexamples import counterexample
from prover import NotFound, prove
from small_theorems import (
    ABOUT_X,
    FUNCTIONS,
    LAST,
    NOTHING,
    SIZES,
    THEOREMS,
    add,
    at_most,
    bracket,
    call,
    equal,
    first,
    i,
    k,
    layered,
    m,
    minus,
    multiply,
    n,
    one,
    power,
    proof_of,
    rational,
    tensor_x,
    tensor_y,
    there,
    total,
    two,
    zero,
)

from symcnn.kernel import (
    Assumption,
    Cases,
    Chain,
    Claim,
    Definition,
    Each,
    Evidence,
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
    Rejected,
    Step,
    Term,
    decode,
    encode,
    replay,
    terms,
)
from symcnn.kernel.claim import claim_scope

nothing, unit = rational(0), rational(1)
RING = Chain((Step("ring", (), (), nothing),))


def sums(*numbers: int) -> Multiples:
    return Multiples(tuple((Fraction(1), (number,)) for number in numbers))


def accepted(claim: Claim, node: Node, *theorems: Any, assumptions: tuple[Node, ...] = ()) -> bool:
    """Whether a proof is accepted, by way of JSON; what is accepted must be true."""
    try:
        replay(*decode(encode(claim, proof_of(claim, node, *theorems, assumptions=assumptions))))
    except (Rejected, NotFound):
        return False
    ensure(counterexample(claim) is None, f"{claim} was accepted")
    return True


# Steps below


def below(result: Term, *facts: int, **changes: Any) -> Step:
    """A step to something larger, by the sum of some facts"""
    return replace(Step("below", (), (("shown", sums(*facts)),), result), **changes)


def claim_below(left: Term, right: Term, *hypotheses: Term, relation: str = "<=") -> Claim:
    return replace(ABOUT_X, left=left, right=right, hypotheses=(SIZES, *hypotheses), relation=relation)


def test_steps_below() -> None:
    hypotheses = (at_most(tensor_x(n), unit), at_most(unit, tensor_x(one)))
    claim = claim_below(tensor_x(n), tensor_x(one), *hypotheses)
    both = (below(unit, 1, 3), below(tensor_x(one), 2, 3))
    ensure(accepted(claim, Chain(both)))
    ensure(accepted(claim, Chain((below(tensor_x(one), 1, 2, 3),))))
    ensure(accepted(replace(claim, right=claim.left), Chain(())))
    equality = replace(claim, relation="=")
    for other, steps in (
        (equality, both),
        (equality, (below(tensor_x(one), 1, 2, 3),)),
        (claim, (below(unit, 1, 3),)),
        (claim, (below(tensor_x(one), 1, 3),)),
        (claim, (below(tensor_x(one), 2, 3),)),
        (replace(claim, left=claim.right, right=claim.left), (below(tensor_x(n), 1, 2, 3),)),
        (replace(claim, left=claim.right, right=claim.left), (below(tensor_x(n), 1, 2, 3, backward=True),)),
        (claim, (below(tensor_x(one), 1, 2, 3, backward=True),)),
        (claim, (replace(below(tensor_x(one), 1, 2, 3), arguments=()),)),
        (claim, (below(one, 1, 2, 3),)),
        (claim, (below(tensor_x(k), 1, 2, 3), below(tensor_x(one), 1, 2, 3))),
        (claim, (below(tensor_x(first), 0), below(tensor_x(one), 1, 2, 3))),
    ):
        ensure(not accepted(other, Chain(steps)), f"{steps} were accepted for {other}")


def test_no_step_below_inside_of_a_term() -> None:
    """X[n] <= 1 does not give -X[n] <= -1, nor X[n] + X[1] <= 1 + X[1] by a step at a part."""
    smaller = at_most(tensor_x(n), unit)
    negative = claim_below(multiply(rational(-1), tensor_x(n)), rational(-1), smaller)
    inside = below(unit, 1, 2, path=(1,))
    ensure(counterexample(negative) is not None)
    ensure(not accepted(negative, Chain((inside, Step("ring", (), (), rational(-1))))))
    fine = claim_below(add(tensor_x(n), tensor_x(one)), add(unit, tensor_x(one)), smaller)
    ensure(not accepted(fine, Chain((replace(inside, path=(0,)),))))
    ensure(accepted(fine, Chain((below(fine.right, 1, 2),))))


def test_steps_below_in_equations_that_are_used() -> None:
    """An equation of a Have, of an induction or of an assumption is none of <=."""
    smaller = at_most(tensor_x(n), unit)
    claim = claim_below(tensor_x(n), unit, smaller)
    step = Chain((below(unit, 1, 2),))
    use = Step(
        "use", (), (("equation", "h"), ("integers", ()), ("tensors", ()), ("functions", ()), ("shown", ())), unit
    )
    have = Have("h", (), (), tensor_x(n), unit, step, Chain((use,)))
    ensure(not accepted(claim, have))
    ensure(accepted(claim, replace(have, shown=Chain(()), right=tensor_x(n), then=step)))
    everywhere = Induction("h", "k", zero, (), (), tensor_x(n), unit, step, step, Chain((use,)))
    ensure(not accepted(claim, everywhere))
    either = Chain((below(unit, 1, 3),))
    ensure(accepted(claim, Cases(at_most(two, n), either, either)))


def test_a_theorem_about_at_most_is_no_equation() -> None:
    known = claim_below(tensor_x(n), unit, at_most(tensor_x(n), unit))
    known_proof = proof_of(known, Chain((below(unit, 1, 2),)))
    claim = replace(known, relation="=")
    evidence = tuple(prove(there(claim).facts, each) for each in known.hypotheses)
    arguments = (
        ("equation", "known"),
        ("integers", (n,)),
        ("tensors", (Lambda(("p",), tensor_x(terms.variable("p"))),)),
    )
    step = Step("use", (), (*arguments, ("functions", ()), ("shown", evidence)), unit)
    for other in (known, claim):
        ensure(not accepted(other, Chain((step,)), ("known", known, known_proof)))


@pytest.mark.parametrize("relation", ["", "<", ">=", "==", "!=", "= "])
def test_other_relations(relation: str) -> None:
    with pytest.raises(Rejected):
        replay(replace(NOTHING, relation=relation), Proof((), (), Chain(())))


# Attained maxima

WHOLE = terms.maximum((("a", one, n),), terms.TRUE, tensor_x(terms.variable("a")))
SOME = terms.maximum((("a", one, n),), at_most(terms.variable("a"), m), tensor_x(terms.variable("a")))
#: an index between 1 and n, from the fact 1 <= n and the negated goal
NONEMPTY = Instance((one,), Each((sums(1), sums(0, 1), Each(()))))


AT_K = tensor_x(k)


def obtaining(then: Node, **changes: Any) -> Obtain:
    return replace(Obtain(("k",), WHOLE, NONEMPTY, then), **changes)


def attained(result: Term = AT_K) -> Step:
    """max X becomes X[k], by the equation that comes with k."""
    shown = Each(
        (
            Multiples(((Fraction(1), (3,)),), ((unit, 0),)),
            Multiples(((Fraction(1), (3,)),), ((rational(-1), 0),)),
        )
    )
    return Step("equality", (0,), (("shown", shown),), result)


def test_obtain() -> None:
    claim = replace(ABOUT_X, left=minus_itself(WHOLE), right=nothing)
    steps = (attained(), Step("ring", (), (), minus_itself(WHOLE)))
    back = Step("ring", (), (), nothing)
    fine = Chain((attained(), replace(attained(WHOLE), arguments=attained_back()), back))
    ensure(accepted(claim, obtaining(fine)))
    ensure(not accepted(claim, fine), "k is not known without it")
    ensure(not accepted(claim, obtaining(Chain(steps))))
    for changes in (
        {"indices": ("n",)},
        {"indices": ("X",)},
        {"indices": ("#0",)},
        {"indices": ("",)},
        {"indices": ()},
        {"indices": ("k", "k")},
        {"indices": ("k", "l")},
        {"nonempty": NONEMPTY.shown},
        {"nonempty": sums(0)},
        {"nonempty": replace(NONEMPTY, indices=(two,))},
        {"nonempty": replace(NONEMPTY, indices=())},
        {"maximum": SOME},
        {"maximum": tensor_x(n)},
        {"maximum": total(one, n, tensor_x(terms.variable("a")))},
        {"maximum": terms.maximum((("a", one, n),), terms.TRUE, tensor_y(terms.variable("a")))},
        {"maximum": terms.maximum((("a", one, terms.variable("l")),), terms.TRUE, tensor_x(terms.variable("a")))},
    ):
        ensure(not accepted(claim, obtaining(fine, **changes)), f"{changes} were accepted")
    ensure(not accepted(claim, obtaining(obtaining(fine))), "k is taken")


def minus_itself(term: Term) -> Term:
    return add(term, multiply(rational(-1), WHOLE))


def attained_back() -> tuple[Any, ...]:
    return (
        (
            "shown",
            Each(
                (
                    Multiples(((Fraction(1), (3,)),), ((rational(-1), 0),)),
                    Multiples(((Fraction(1), (3,)),), ((unit, 0),)),
                )
            ),
        ),
    )


def test_what_is_obtained_is_not_chosen() -> None:
    """Of k it is known that X is greatest there, not that k is 1 or n; and the claim cannot speak of k."""
    for value in (one, n):
        claim = replace(ABOUT_X, left=WHOLE, right=tensor_x(value))
        ensure(counterexample(claim) is not None)
        steps = Chain((replace(attained(), path=()), Step("ring", (), (), tensor_x(value))))
        ensure(not accepted(claim, obtaining(steps)))
    with pytest.raises(Rejected):
        claim_scope(replace(ABOUT_X, left=WHOLE, right=tensor_x(k)))


def test_nothing_is_obtained_from_an_empty_maximum() -> None:
    """max over 1..0 is 0; an index there would be at least 1 and at most 0."""
    empty = terms.maximum((("a", one, zero),), terms.TRUE, unit)
    false = replace(NOTHING, right=unit)
    anything = Chain((Step("equality", (), (("shown", Each((sums(0, 1), sums(0, 1)))),), unit),))
    for evidence in (
        sums(0),
        Instance((one,), Each((sums(0), sums(0), sums(0)))),
        Instance((zero,), sums(0)),
        Each(()),
    ):
        ensure(not accepted(false, Obtain(("k",), empty, evidence, anything)))


# Induction

X_K, U_K = tensor_x(k), layered(k, n)


def by_induction(base: Node, step: Node, then: Node, **changes: Any) -> Induction:
    """[0 <= k] = 1 for all k from 0 on"""
    left = bracket(at_most(zero, k))
    return replace(Induction("h", "k", zero, (), (), left, unit, base, step, then), **changes)


def known(number: Term, *shown: Evidence, name: str = "h") -> Step:
    arguments = (("equation", name), ("integers", (number,)), ("tensors", ()), ("functions", ()), ("shown", shown))
    return Step("use", (), arguments, unit)


def is_true(*numbers: int) -> Chain:
    return Chain((Step("bracket_true", (), (("shown", sums(*numbers)),), unit),))


HYPOTHESIS = Step(
    "use", (), (("equation", "h"), ("integers", ()), ("tensors", ()), ("functions", ()), ("shown", ())), unit
)
FROM_N = sums(0, 1)
AT_N = replace(ABOUT_X, left=bracket(at_most(zero, n)), right=unit)


def test_induction() -> None:
    base, step, then = is_true(1), is_true(1, 2), Chain((known(n, FROM_N),))
    ensure(accepted(AT_N, by_induction(base, step, then)))
    wrong = replace(AT_N, right=nothing)
    for claim, node in (
        (AT_N, by_induction(Chain(()), step, then)),
        (AT_N, by_induction(base, Chain(()), then)),
        (AT_N, by_induction(base, step, Chain(()))),
        (AT_N, by_induction(base, step, then, lower=n)),
        (AT_N, by_induction(base, step, then, lower=unit)),
        (AT_N, by_induction(base, step, then, lower=k)),
        (AT_N, by_induction(base, step, then, lower=terms.variable("l"))),
        (AT_N, by_induction(base, step, then, lower=first)),
        (AT_N, by_induction(base, step, then, lower=terms.integer(-1))),
        (AT_N, by_induction(base, step, then, variable="n")),
        (AT_N, by_induction(base, step, then, variable="X")),
        (AT_N, by_induction(base, step, then, variable="#0")),
        (AT_N, by_induction(base, step, then, variable="l")),
        (AT_N, by_induction(base, step, then, integers=("k",))),
        (AT_N, by_induction(base, step, then, integers=("n",))),
        (AT_N, by_induction(base, step, then, left=terms.TRUE, right=terms.TRUE)),
        (AT_N, by_induction(base, step, then, left=bracket(at_most(one, k)))),
        (AT_N, by_induction(base, step, then, hypotheses=(at_most(one, k),))),
        (AT_N, by_induction(base, step, then, hypotheses=(terms.FALSE,))),
        (AT_N, by_induction(base, step, then, hypotheses=(k,))),
        (AT_N, by_induction(base, step, Chain((known(n),)))),
        (AT_N, by_induction(base, step, Chain((known(terms.integer(-1), FROM_N),)))),
        (wrong, by_induction(base, step, then)),
        (AT_N, by_induction(base, step, by_induction(base, step, then))),
        (AT_N, Have("h", (), (), unit, unit, Chain(()), by_induction(base, step, then))),
        # the hypothesis is not known at the beginning, nor elsewhere than at k
        (AT_N, by_induction(Chain((HYPOTHESIS,)), step, then)),
        (AT_N, by_induction(base, Chain((HYPOTHESIS,)), then)),
    ):
        ensure(not accepted(claim, node), f"{node} was accepted for {claim}")


EVEN = bracket(at_most(k, zero))


def test_the_hypothesis_is_known_for_k_only() -> None:
    """[k <= 0] = 1 holds for k = 0. A step that used it for k + 1 would give it for all k."""
    claim = replace(ABOUT_X, left=bracket(at_most(n, zero)), right=unit)
    ensure(counterexample(claim) is not None)
    base = is_true(1)
    then = Chain((known(n, FROM_N),))
    everywhere = (("integers", (add(k, one),)),)
    for step in (
        Chain((HYPOTHESIS,)),
        Chain((known(add(k, one), FROM_N),)),
        Chain((known(add(k, one)),)),
        Chain((known(k),)),
        Chain((replace(HYPOTHESIS, arguments=tuple({**dict(HYPOTHESIS.arguments), **dict(everywhere)}.items())),)),
        is_true(1, 2),
        is_true(0),
    ):
        node = by_induction(base, step, then, left=EVEN)
        ensure(not accepted(claim, node), f"{step} was accepted")
    have = Have("g", (), (), EVEN, unit, Chain((HYPOTHESIS,)), Chain((replace(HYPOTHESIS),)))
    ensure(not accepted(claim, by_induction(base, have, then, left=EVEN)))


def test_an_induction_from_below_says_nothing_below() -> None:
    """[1 <= k] = 1 from 1 on; for n - 1, which may be 0, it is not known."""
    claim = replace(ABOUT_X, left=bracket(at_most(one, minus(n, one))), right=unit)
    node = by_induction(
        is_true(1), is_true(1, 2), Chain((known(minus(n, one), FROM_N),)), left=bracket(at_most(one, k)), lower=one
    )
    ensure(counterexample(claim) is not None)
    ensure(not accepted(claim, node))
    ensure(accepted(replace(claim, left=bracket(at_most(one, n))), replace(node, then=Chain((known(n, FROM_N),)))))


def test_what_is_shown_in_a_step_is_not_known_after_it() -> None:
    """k >= 0 is a fact of the step; the hypotheses of a statement are those of the step too."""
    claim = replace(ABOUT_X, integers=("n", "m"), left=bracket(at_most(zero, m)), right=unit)
    claim = replace(claim, witness=(("n", Fraction(1)), ("m", Fraction(1)), ("X", Fraction(1))))
    then = Chain((known(m, sums(0)),))
    ensure(not accepted(claim, by_induction(is_true(1), is_true(1, 2), then)))
    guarded = by_induction(is_true(1), is_true(1, 2), then, hypotheses=(at_most(zero, k),))
    ensure(not accepted(claim, guarded))


def test_the_variable_is_not_captured() -> None:
    """A hypothesis about all j at layer k is used for j = k, and the conclusion for j = n; nothing is mixed up."""
    claim, proof = THEOREMS["layers"]()
    node: Any = proof.entries
    swapped = replace(node, integers=("k",), variable="p")
    for other in (
        swapped,
        replace(node, integers=("m",)),
        replace(node, variable="m"),
        replace(node, integers=("p", "p")),
    ):
        with pytest.raises(Rejected):
            replay(claim, replace(proof, entries=other))
    # the lower end speaks of a name that the statement binds
    renamed = replace(node, lower=terms.variable("p"))
    with pytest.raises(Rejected):
        replay(claim, replace(proof, entries=renamed))


# Assumptions

P, A = terms.variable("p"), terms.variable("a")
SAME_PROOF = THEOREMS["uniqueness"]()


def test_an_assumption_is_used_as_it_is() -> None:
    claim, proof = SAME_PROOF
    (same,) = claim.assumptions
    shown = proof.assumptions
    replay(claim, proof)
    z = claim.leaves[2]
    bad: list[tuple[Claim, Proof]] = [
        (replace(claim, assumptions=()), replace(proof, assumptions=())),
        (claim, replace(proof, assumptions=())),
        (claim, replace(proof, assumptions=(*shown, *shown))),
        (claim, replace(proof, assumptions=(RING,))),
        (replace(claim, assumptions=(same, same)), replace(proof, assumptions=(*shown, *shown))),
        (replace(claim, assumptions=(replace(same, name="other"),)), proof),
        # for the Y of the claim alone, or for every X too
        (replace(claim, assumptions=(replace(same, leaves=()),)), proof),
        (replace(claim, assumptions=(replace(same, leaves=("X",)),)), proof),
        (replace(claim, assumptions=(replace(same, leaves=("Y", "X")),)), proof),
        (replace(claim, assumptions=(replace(same, leaves=("Y", "n")),)), proof),
        (replace(claim, assumptions=(replace(same, leaves=("U",)),)), proof),
        (replace(claim, assumptions=(replace(same, right=same.left),)), proof),
        (replace(claim, assumptions=(replace(same, right=nothing),)), proof),
        (replace(claim, assumptions=(replace(same, right=tensor_x(i)),)), proof),
        (replace(claim, assumptions=(replace(same, right=terms.TRUE, left=terms.TRUE),)), proof),
        # at the witness, X and Z differ, so that the assumption fails
        (replace(claim, witness=(*claim.witness[:-1], ("Z", Fraction(2)))), proof),
        (replace(claim, witness=(*claim.witness[:-1], ("Z", Lambda(("p",), terms.real(P))))), proof),
        (replace(claim, leaves=(*claim.leaves[:2], replace(z, name="V"))), proof),
    ]
    for other, other_proof in bad:
        with pytest.raises(Rejected):
            replay(other, other_proof)


def unit_at(index: Term) -> Lambda:
    return Lambda(("p",), bracket(equal(P, index)))


def test_an_assumption_with_another_instance() -> None:
    """With Y for which the sums are others, or with an index that is not that of the claim, X = Z does not follow."""
    claim, proof = SAME_PROOF
    entries: Any = proof.entries
    for tensor in (
        unit_at(n),
        unit_at(one),
        Lambda(("p",), unit),
        Lambda(("p",), tensor_x(P)),
        Lambda((), unit),
        Lambda(("p", "q"), unit),
    ):
        steps = list(entries.steps)
        arguments = tuple({**dict(steps[1].arguments), "tensors": (tensor,)}.items())
        steps[1] = replace(steps[1], arguments=arguments)
        with pytest.raises(Rejected):
            replay(claim, replace(proof, entries=Chain(tuple(steps))))


def vacuous(
    assumption: Assumption, *witness: tuple[str, Any], leaves: tuple[Leaf, ...], shown: Node, **changes: Any
) -> bool:
    """Whether a claim with this assumption is accepted, whatever follows from it."""
    claim = replace(NOTHING, leaves=leaves, assumptions=(assumption,), witness=witness, **changes)
    return accepted(claim, Chain(()), assumptions=(shown,))


def test_a_witness_satisfies_the_assumptions() -> None:
    scalar, line = Leaf("x", ()), Leaf("Y", (one,))
    x, y = terms.entry("x"), terms.entry("Y", one)
    steps = Chain((Step("ring", (), (), nothing),))
    zero_times = Assumption("h", ("Y",), (), multiply(x, y), nothing)
    ensure(vacuous(zero_times, ("x", Fraction(0)), ("Y", Fraction(1)), leaves=(scalar, line), shown=steps))
    ensure(not vacuous(zero_times, ("x", Fraction(1)), ("Y", Fraction(0)), leaves=(scalar, line), shown=steps))
    all_zero = Assumption("h", ("Y",), (), y, nothing)
    ensure(not vacuous(all_zero, ("Y", Fraction(0)), leaves=(line,), shown=steps))
    ensure(not vacuous(all_zero, ("Y", Fraction(0)), leaves=(line,), shown=Chain(())))
    this_one = Assumption("h", (), (), y, nothing)
    ensure(vacuous(this_one, ("Y", Fraction(0)), leaves=(line,), shown=steps))
    ensure(not vacuous(this_one, ("Y", Fraction(1)), leaves=(line,), shown=steps))
    # what is known of the tensors of the claim is not known of those that an assumption is about
    ensure(
        not vacuous(
            *(all_zero, ("Y", Fraction(0))),
            leaves=(line,),
            shown=Chain((Step("equality", (), (("shown", Each((sums(0, 1), sums(0, 1)))),), nothing),)),
            hypotheses=(at_most(y, nothing), at_most(nothing, y)),
        )
    )


def test_an_assumption_holds_for_all_its_indices() -> None:
    """Y[j] = 0 for 1 <= j <= 2 at the witness (j - 1)(j - 2), and for no more of them."""
    j = terms.variable("j")
    line = Leaf("Y", (two,))
    parabola = Lambda(("p",), terms.real(multiply(minus(P, one), minus(P, two))))
    entry = terms.entry("Y", j)

    def tried(upper: Term, found: Lambda) -> bool:
        assumption = Assumption("h", (), (Index("j", one, upper),), entry, nothing)
        at_witness = terms.apply(found, (j,))
        split = at_most(j, one)
        goals = []
        claim = replace(NOTHING, leaves=(line,), assumptions=(assumption,), witness=(("Y", found),))
        from symcnn.kernel.replay import at_witness as world

        context, left, right = world(claim, assumption)
        for each in (split, terms.negation(split)):
            try:
                goals.append(prove(context.assume(each).facts, equal(left, right)))
            except NotFound:
                goals.append(Each((sums(0), sums(0))))
        ensure_equal(left, at_witness)
        shown = Cases(split, *(Chain((Step("equality", (), (("shown", goal),), nothing),)) for goal in goals))
        return accepted(claim, Chain(()), assumptions=(shown,))

    ensure(tried(two, parabola))
    ensure(not tried(terms.integer(3), parabola))
    ensure(not tried(two, Lambda(("p",), terms.real(minus(P, one)))))


def test_an_assumption_about_what_has_no_witness() -> None:
    """Unknown functions, fields and sequences have no values here: nothing shows that such an assumption can hold."""
    line, x = Leaf("Y", (one,)), terms.entry("Y", one)
    for side, changes in (
        (call("f", x), {"functions": FUNCTIONS[:1]}),
        (terms.field("L", (("a", one, one),), x), {"fields": (Field("L", 1),)}),
    ):
        assumption = Assumption("h", ("Y",), (), side, side)
        ensure(not vacuous(assumption, ("Y", Fraction(0)), leaves=(line,), shown=Chain(()), **changes))
    assumption = Assumption("h", ("Y",), (), terms.real(terms.size("s", one)), terms.real(terms.size("s", one)))
    given = ("s", Fraction(1)), ("Y", Fraction(0))
    ensure(not vacuous(assumption, *given, leaves=(line,), shown=Chain(()), sequences=("s",)))
    relu = call("relu", x)
    fine = Assumption("h", ("Y",), (), relu, relu)
    ensure(vacuous(fine, ("Y", Fraction(0)), leaves=(line,), shown=Chain(())))


def test_a_theorem_with_an_assumption_is_not_used() -> None:
    claim, proof = SAME_PROOF
    with pytest.raises(Rejected):
        replay(NOTHING, Proof((), (), Chain(()), (("unique", claim, proof),)))


def test_names_of_theorems_and_assumptions_differ() -> None:
    claim, proof = SAME_PROOF
    known, known_proof = THEOREMS["delta"]()
    replay(claim, replace(proof, theorems=(("delta", known, known_proof),)))
    with pytest.raises(Rejected):
        replay(claim, replace(proof, theorems=(("same", known, known_proof),)))


# Witnesses


@pytest.mark.parametrize(
    "found",
    [
        Lambda((), unit),
        Lambda(("p", "q"), unit),
        Lambda(("p",), tensor_x(P)),
        Lambda(("p",), terms.real(n)),
        Lambda(("p",), terms.real(k)),
        Lambda(("#0",), unit),
        Lambda(("p",), P),
        Lambda(("p",), call("f", unit)),
        Lambda(("p",), terms.field("L", (), unit)),
        Lambda(("p",), terms.real(terms.size("s", one))),
        Lambda(("p",), call("exp", unit)),
        Lambda(("p",), nothing),
    ],
)
def test_tensors_that_are_no_witness(found: Lambda) -> None:
    """X[1] has to be 1."""
    claim = replace(
        ABOUT_X, hypotheses=(SIZES, equal(tensor_x(one), unit)), functions=FUNCTIONS[:1], fields=(Field("L", 0),)
    )
    fine = replace(claim, witness=(("n", Fraction(2)), ("X", Lambda(("p",), terms.inverse(terms.real(P))))))
    replay(fine, proof_of(fine, Chain(())))
    with pytest.raises(Rejected):
        replay(replace(fine, witness=(("n", Fraction(2)), ("X", found))), proof_of(fine, Chain(())))


def test_a_size_is_at_least_1() -> None:
    claim, proof = THEOREMS["sizes"]()
    replay(claim, proof)
    for number in (Fraction(0), Fraction(-1), Fraction(1, 2), Lambda((), one)):
        witness = (claim.witness[0], ("s", number), claim.witness[2])
        with pytest.raises(Rejected):
            replay(replace(claim, witness=witness), proof)


@pytest.mark.parametrize("name", ["exp", "relu", "tanh"])
def test_a_tensor_is_not_called_like_a_known_function(name: str) -> None:
    """Otherwise its witness would stand for the function: exp(0) = 5 at exp = 5, and everything follows from that."""
    condition = equal(call(name, nothing), rational(5))
    claim = replace(NOTHING, leaves=(Leaf(name, ()),), hypotheses=(condition,), witness=((name, Fraction(5)),))
    with pytest.raises(Rejected):
        replay(claim, proof_of(NOTHING, Chain(())))
    sequence = replace(claim, leaves=(), sequences=(name,))
    with pytest.raises(Rejected):
        replay(sequence, proof_of(NOTHING, Chain(())))
    for hypothesis in (condition, equal(call("f'", nothing), rational(5)), equal(terms.field("L", (), unit), nothing)):
        other = replace(NOTHING, functions=FUNCTIONS[:1], fields=(Field("L", 0),), hypotheses=(hypothesis,))
        with pytest.raises(Rejected):
            replay(other, Proof((), (), Chain(())))


# Declared functions


def declared(*functions: Function) -> Claim:
    return replace(NOTHING, functions=functions)


@pytest.mark.parametrize(
    "function",
    [
        Function("f", ("positive", "odd"), "identity"),
        Function("f", ("positive", "odd"), "one"),
        Function("f", ("positive", "fixes_zero"), "one"),
        Function("f", ("increasing", "decreasing"), "identity"),
        Function("f", ("increasing", "even"), "identity"),
        Function("f", ("increasing",), "zero"),
        Function("f", ("increasing",), "relu"),
        Function("f", ("differentiable",), "relu"),
        Function("f", ("positive",), "relu"),
        Function("f", ("positively_homogeneous",), "square"),
        Function("f", ("odd",), "relu"),
        Function("f", ("no_fact",), "identity"),
        Function("f", (), "no_example"),
        Function("f", (), ""),
        Function("f", ("increasing",), "f"),
        Function("", (), "zero"),
        Function("#0", (), "zero"),
        Function("f'", (), "zero"),
        Function("'", (), "zero"),
        Function("exp", ("decreasing",), "negation"),
        Function("relu", (), "zero"),
    ],
)
def test_functions_that_cannot_be_declared(function: Function) -> None:
    replay(declared(Function("f", ("increasing", "odd"), "identity")), Proof((), (), Chain(())))
    with pytest.raises(Rejected):
        replay(declared(function), Proof((), (), Chain(())))


def test_no_name_is_taken_twice() -> None:
    function, own = Function("f", (), "zero"), Field("f", 1)
    leaf, given = Leaf("f", ()), ("f", Fraction(1))
    for changes in (
        {"functions": (function, function)},
        {"functions": (function,), "fields": (own,)},
        {"functions": (function,), "leaves": (leaf,), "witness": (given,)},
        {"functions": (function,), "integers": ("f",), "witness": (given,)},
        {"functions": (function,), "sequences": ("f",), "witness": (given,)},
        {"fields": (own, own)},
        {"fields": (own,), "leaves": (leaf,), "witness": (given,)},
        {"fields": (own,), "integers": ("f",), "witness": (given,)},
        {"sequences": ("f", "f"), "witness": (given, given)},
        {"sequences": ("f",), "integers": ("f",), "witness": (given, given)},
        {"sequences": ("f",), "leaves": (leaf,), "witness": (given, given)},
        {"fields": (own,), "definitions": (Definition("f", (), unit),)},
        {"functions": (function,), "definitions": (Definition("f", (), unit),)},
        {"sequences": ("f",), "definitions": (Definition("f", (), unit),), "witness": (given,)},
        {"leaves": (Leaf("X", (), 1, ("f",)),), "functions": (function,), "witness": (("X", Fraction(1)),)},
        {"leaves": (Leaf("X", (), 1, ("l", "l")),), "witness": (("X", Fraction(1)),)},
        {"fields": (Field("#0", 1),)},
        {"fields": (Field("", 1),)},
        {"sequences": ("#0",), "witness": (("#0", Fraction(1)),)},
    ):
        with pytest.raises(Rejected):
            replay(replace(NOTHING, **changes), Proof((), (), Chain(())))


def test_facts_of_functions_are_not_those_of_a_theorem() -> None:
    """What a theorem declares of its function is not known of the function of this name here."""
    known, known_proof = THEOREMS["opposites"]()
    claim = replace(known, functions=(Function("o", ("even",), "square"),))
    ensure(counterexample(claim) is not None)
    theorem = ("opposites", known, known_proof)
    same = Lambda(("p",), tensor_x(P))
    arguments: dict[str, Any] = {"equation": "opposites", "integers": (n,), "tensors": (same,), "functions": ("o",)}
    step = Step("use", (), (*arguments.items(), ("shown", (prove(there(known).facts, SIZES),))), known.right)
    ensure(accepted(known, Chain((step,)), theorem))
    ensure(not accepted(claim, Chain((step,)), theorem))
    ensure(not accepted(claim, known_proof.entries))
    without = replace(known, fields=())
    ensure(not accepted(replace(without, left=nothing), Chain((step,)), theorem))
    ensure(not accepted(replace(known, fields=(Field("L", 2),), left=nothing), Chain((step,)), theorem))


def test_the_example_of_a_function_is_no_fact_about_it() -> None:
    claim = replace(
        ABOUT_X, functions=(Function("f", ("nondecreasing",), "zero"),), left=call("f", LAST), right=nothing
    )
    node = Chain((Step("equality", (), (("shown", Each((sums(0), sums(0)))),), nothing),))
    ensure(not accepted(claim, node))
    assumed = replace(claim, hypotheses=(SIZES, equal(call("f", LAST), nothing)))
    shown = Each(
        (Multiples(((Fraction(1), (1,)),), ((rational(-1), 0),)), Multiples(((Fraction(1), (1,)),), ((unit, 0),)))
    )
    either = Each(tuple(reversed(shown.parts)))
    ensure(
        any(accepted(assumed, Chain((Step("equality", (), (("shown", each),), nothing),))) for each in (shown, either))
    )
    for law in ("slope", "sign", "strictly_monotone", "at_zero"):
        evidence = Each((Law(law, (call("f", LAST),), (), sums(0)),) * 2)
        ensure(not accepted(claim, Chain((Step("equality", (), (("shown", evidence),), nothing),))))


def test_fields_depend_on_their_ranges() -> None:
    """The values of a field at tensors of other extents have nothing to do with each other."""

    def field(upper: Term, body: Term) -> Term:
        return terms.field("L", (("a", one, upper),), body)

    base = replace(ABOUT_X, fields=(Field("L", 1),))
    for left, right in (
        (field(n, nothing), field(add(n, one), nothing)),
        (field(n, nothing), nothing),
        (field(n, tensor_x(A)), field(n, tensor_x(one))),
        (field(zero, unit), field(zero, tensor_x(A))),
    ):
        ensure(not accepted(replace(base, left=left, right=right), Chain((Step("ring", (), (), right),))))
    fine = field(n, add(tensor_x(A), nothing))
    ensure(
        accepted(
            replace(base, left=fine, right=field(n, tensor_x(A))), Chain((Step("ring", (), (), field(n, tensor_x(A))),))
        )
    )


def test_layers_of_definitions_and_leaves() -> None:
    """A tensor with layers is read in its shape at that layer; the shape of another layer says nothing."""
    layer = terms.variable("l")
    leaf = Leaf("W", (terms.size("s", layer),), 1, ("l",))
    base = replace(
        *(NOTHING,),
        integers=("m",),
        sequences=("s",),
        leaves=(leaf,),
        witness=(("m", Fraction(1)), ("s", Fraction(1)), ("W", Fraction(1))),
    )
    fine = terms.entry("W", m, terms.size("s", m))
    ensure(accepted(replace(base, left=fine, right=fine), Chain(())))
    for read in (
        terms.entry("W", m, terms.size("s", add(m, one))),
        terms.entry("W", add(m, one), terms.size("s", m)),
        terms.entry("W", m, zero),
        terms.entry("W", m, m),
        terms.entry("W", m),
        terms.entry("W", m, one, one),
    ):
        ensure(not accepted(replace(base, left=read, right=read), Chain(())), f"{read!r} was accepted")
    copy = Definition("D", ("l", "p"), terms.entry("W", layer, P), (terms.size("s", layer),))
    named = terms.entry("D", m, one)
    ensure(accepted(replace(base, definitions=(copy,), left=named, right=named), Chain(())))
    for definition in (
        replace(copy, body=terms.entry("W", add(layer, one), P)),
        replace(copy, shape=(terms.size("s", add(layer, one)),)),
        replace(copy, shape=(terms.size("s", P),)),
        replace(copy, shape=(one, terms.size("s", layer), one)),
        replace(copy, shape=None),
    ):
        other = replace(base, definitions=(definition,), left=named, right=named)
        ensure(not accepted(other, Chain(())), f"{definition} was accepted")


def test_powers_of_entries() -> None:
    """A guard that the helper of this file does accept what is fine."""
    claim = replace(ABOUT_X, left=power(LAST, 2), right=multiply(LAST, LAST), indices=(Index("i", one, n),))
    claim = replace(claim, witness=(("n", Fraction(1)), ("i", Fraction(1)), ("X", Fraction(1))))
    ensure(accepted(claim, Chain((Step("ring", (), (), claim.right),))))
    ensure_equal(accepted(replace(claim, right=LAST), Chain((Step("ring", (), (), LAST),))), False)


# Names out of scope, where nothing else is wrong: 0 times them is added


def with_nothing_of(name: str, term: Term) -> Term:
    """The integer term, in which another variable stands for nothing"""
    return add(term, multiply(zero, terms.variable(name)))


@pytest.mark.parametrize("name", ["l", "#0", "#at0", "##0"])
def test_names_out_of_scope_in_nodes(name: str) -> None:
    base, step = is_true(1), is_true(1, 2)
    then = Chain((Step("bracket_true", (), (("shown", FROM_N),), unit),))
    fine = by_induction(base, step, then)
    ensure(accepted(AT_N, fine))
    outside = with_nothing_of(name, k)
    for changes in (
        {"left": bracket(at_most(zero, outside))},
        {"lower": with_nothing_of(name, zero)},
        {"hypotheses": (at_most(outside, outside),)},
        {"right": add(unit, multiply(nothing, terms.real(outside)))},
    ):
        ensure(not accepted(AT_N, replace(fine, **changes)), f"{changes} were accepted")
    whole = terms.maximum((("a", one, with_nothing_of(name, n)),), terms.TRUE, tensor_x(A))
    ensure(accepted(AT_N, obtaining(is_true(0, 3))))
    ensure(not accepted(AT_N, obtaining(is_true(0, 3), maximum=whole)))
    smaller = claim_below(tensor_x(n), unit, at_most(tensor_x(n), unit))
    between = add(unit, multiply(nothing, terms.real(terms.variable(name))))
    ensure(accepted(smaller, Chain((below(unit, 1, 2), Step("ring", (), (), unit)))))
    ensure(not accepted(smaller, Chain((below(between, 1, 2), Step("ring", (), (), unit)))))
    assumption = Assumption("h", (), (Index("j", one, with_nothing_of(name, one)),), nothing, nothing)
    for other in (assumption, replace(assumption, indices=(), left=between, right=between)):
        with pytest.raises(Rejected):
            claim_scope(replace(NOTHING, assumptions=(other,)))
    claim_scope(replace(NOTHING, assumptions=(replace(assumption, indices=()),)))


def test_assumptions_in_a_claim() -> None:
    """Seen by `claim_scope` alone, before anything is proved"""
    leaf, fine = Leaf("Y", (one,)), Assumption("h", ("Y",), (Index("j", one, one),), nothing, nothing)
    base = replace(NOTHING, integers=("n",), leaves=(leaf,))
    claim_scope(replace(base, assumptions=(fine, replace(fine, name="g"))))
    bad = [
        (fine, fine),
        (replace(fine, leaves=("Z",)),),
        (replace(fine, leaves=("n",)),),
        (replace(fine, indices=(Index("n", one, one),)),),
        (replace(fine, indices=(Index("Y", one, one),)),),
        (replace(fine, indices=(Index("j", one, one), Index("j", one, one))),),
        (replace(fine, indices=(Index("j", one, one), Index("k", one, terms.variable("j")))),),
        (replace(fine, left=one, right=one),),
        (replace(fine, right=terms.entry("Y", one, one)),),
    ]
    for assumptions in bad:
        with pytest.raises(Rejected):
            claim_scope(replace(base, assumptions=assumptions))


@pytest.mark.parametrize("name", ["relux", "relu_", "expo", "o2"])
def test_a_name_that_goes_on_is_no_derivative(name: str) -> None:
    """The prime is what makes relu' the derivative of relu, and no other letter."""
    function = Function(name, (), "zero")
    claim = replace(ABOUT_X, functions=(*FUNCTIONS, function), left=call(name, LAST))
    for rule, result in (
        ("slope_of", bracket(terms.less(nothing, LAST))),
        ("slope_of", call("exp", LAST)),
        ("reflect", multiply(rational(-1), call(name, multiply(rational(-1), LAST)))),
    ):
        ensure(not accepted(replace(claim, right=result), Chain((Step(rule, (), (), result),))))
    evidence = Law("slope", (call(name, LAST),), (), sums(1, 2))
    step = Step("below", (), (("shown", evidence),), call(name, LAST))
    ensure(not accepted(replace(claim, left=nothing, right=call(name, LAST), relation="<="), Chain((step,))))


# Recursions in a statement

J, L = terms.variable("j"), terms.variable("l")


def recursive(start: Term, step: Term, layer: Term = m, at: Term = one) -> Term:
    return terms.iterate(zero, layer, Lambda(("j",), start), ("u", "k", Lambda(("j",), step)), (at,))


def test_a_recursion_in_a_statement_is_well_formed() -> None:
    """What it reads, by which it divides: all of this is owed, also where it stands without a name."""
    u = terms.entry("u", J)
    base = replace(
        *(ABOUT_X,),
        integers=("m", "n"),
        hypotheses=(SIZES, at_most(zero, m)),
        witness=(("m", Fraction(1)), ("n", Fraction(1)), ("X", Fraction(1))),
    )

    def stated(term: Term, *definitions: Definition) -> bool:
        return accepted(replace(base, left=term, right=term, definitions=definitions), Chain(()))

    ensure(stated(recursive(rational(2), u)))
    for start, step in (
        (terms.inverse(nothing), u),
        (rational(2), terms.inverse(u)),
        (tensor_x(J), u),
        (tensor_x(add(J, n)), u),
        (rational(2), tensor_x(J)),
        (total(one, terms.integer(-1), unit), u),
    ):
        ensure(not stated(recursive(start, step)), f"{start!r} and {step!r} were accepted")
    ensure(not stated(recursive(rational(2), u, terms.integer(-1))))
    named = Definition("U", ("l", "j"), recursive(tensor_x(J), u, L, J), (n,), 1, zero)
    fine = terms.entry("U", m, n)
    ensure(stated(fine, named))
    ensure(stated(recursive(tensor_x(J), u, m, n), named), "as the tensor that has a name")
    for definition, term in (
        (named, terms.entry("U", m, zero)),
        (named, terms.entry("U", m, add(n, one))),
        (named, terms.entry("U", terms.integer(-1), one)),
        (named, recursive(tensor_x(J), u, m, add(n, one))),
        (named, recursive(tensor_x(J), u, m, zero)),
        (named, recursive(tensor_x(add(J, zero)), terms.entry("u", add(J, one)), m, one)),
        (replace(named, first=None), fine),
        (replace(named, first=one), fine),
        (replace(named, first=terms.variable("q")), fine),
        (replace(named, first=L), fine),
        (replace(named, shape=None), fine),
        (replace(named, shape=(add(n, one),)), fine),
        (replace(named, shape=(n, n)), terms.entry("U", one, one)),
        (replace(named, body=recursive(tensor_x(J), terms.entry("u", add(J, one)), L, J)), fine),
        (replace(named, body=recursive(tensor_x(J), u, add(L, one), J)), fine),
        (replace(named, body=recursive(tensor_x(J), u, L, add(J, one))), fine),
        (replace(named, body=recursive(tensor_x(add(J, one)), u, L, J)), fine),
        (replace(named, body=recursive(tensor_x(J), terms.inverse(u), L, J)), fine),
    ):
        ensure(not stated(term, definition), f"{definition} and {term!r} were accepted")
