"""What is owed for a statement: that it means what a reader takes it to mean."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from checking import ensure, ensure_equal
from prover import NotFound, prove
from small_theorems import NOTHING, THEOREMS

from symcnn.kernel import Claim, Definition, Field, Index, Lambda, Leaf, Rejected, Term, obligations, replay, terms

m, n, i, k, p, a = map(terms.variable, ("m", "n", "i", "k", "p", "a"))
variable_v = terms.variable("v")
zero, one, two = map(terms.integer, range(3))
at_most, multiply, add, bracket = terms.at_most, terms.multiply, terms.add, terms.bracket
below = add(i, terms.integer(-1))
GOOD = Claim(
    integers=("m", "n", "k"),
    leaves=(Leaf("X", (n,)), Leaf("Z", (n,), 0)),
    definitions=(),
    hypotheses=(at_most(one, n), at_most(one, k), at_most(zero, m)),
    conditions=(),
    indices=(Index("i", one, n),),
    left=terms.rational(0),
    right=terms.rational(0),
    witness=(),
)


def x(index: Term) -> Term:
    return terms.entry("X", index)


def z(index: Term) -> Term:
    return terms.entry("Z", index)


def by_entry(index: Term) -> Term:
    """The derivative of X[1]^2 by an entry of X"""
    square = terms.power(terms.entry("V", one), 2)
    return terms.partial("V", square, Lambda(("v",), x(terms.variable("v"))), (index,))


def slope(index: Term) -> Term:
    """The derivative of L at 2 Z by an entry, where L is a function of tensors that run from 0 to n - 2"""
    scalar = terms.field("L", (("p", zero, add(n, terms.integer(-2))),), terms.entry("V", p))
    return terms.partial("V", scalar, Lambda(("v",), add(z(variable_v), z(variable_v))), (index,))


def owed(claim: Claim) -> list[tuple[Term, str, bool]]:
    """Every goal, where it comes from, and whether it can be shown."""
    found = []
    for each in obligations(claim):
        try:
            prove(each.context.facts, each.goal)
            found.append((each.goal, each.part, True))
        except NotFound:
            found.append((each.goal, each.part, False))
    return found


def definition(body: Term, shape: tuple[Term, ...] | None) -> dict[str, Any]:
    return {"definitions": (Definition("D", ("p",), body, shape),)}


WELL_FORMED: dict[str, dict[str, Any]] = {
    "an entry in range": {"left": x(i)},
    "an entry from 0": {"left": z(below)},
    "an entry in a sum": {"left": terms.summation("a", one, n, x(a))},
    "an entry beside its brackets": {"left": multiply(bracket(terms.all_of(at_most(one, m), at_most(m, n))), x(m))},
    "an entry under its brackets": {
        "left": multiply(
            bracket(at_most(one, m)),
            terms.summation("a", one, one, multiply(x(m), bracket(at_most(m, n)))),
        )
    },
    "an empty sum": {"left": terms.summation("a", one, m, terms.rational(1))},
    "a floor": {"left": terms.real(terms.floor(m, k))},
    "a floor in a range": {"indices": (Index("i", one, terms.floor(m, k)),)},
    "a denominator": {
        "hypotheses": (*GOOD.hypotheses, terms.nonzero(x(one))),
        "left": terms.inverse(multiply(x(one), terms.real(k))),
    },
    "a definition": definition(x(p), (n,)),
    "a definition that may be read anywhere": definition(terms.real(terms.floor(p, two)), None),
    "an entry of a definition": {**definition(x(p), (n,)), "left": terms.entry("D", i)},
    "a definition without shape, read anywhere": {
        **definition(terms.real(p), None),
        "left": terms.entry("D", terms.integer(-7)),
    },
    "a hypothesis that relies on an earlier one": {
        "hypotheses": (*GOOD.hypotheses, terms.equal(terms.floor(m, k), one))
    },
    "a condition": {"conditions": (at_most(terms.floor(m, k), m),)},
    "a derivative by an entry": {"left": by_entry(i)},
    "the slope of a field": {"fields": (Field("L", 1),), "hypotheses": (at_most(two, n),), "left": slope(zero)},
}
ILL_FORMED: dict[str, tuple[str, dict[str, Any]]] = {
    "an entry past the end": ("left side", {"left": x(add(i, one))}),
    "an entry before the start": ("right side", {"right": x(below)}),
    "an entry at the extent, from 0": ("left side", {"left": z(i)}),
    "an entry in a sum that is too long": ("left side", {"left": terms.summation("a", one, add(n, one), x(a))}),
    "an entry beside a bracket of a sum, not a product": (
        "left side",
        {"left": add(bracket(terms.all_of(at_most(one, m), at_most(m, n))), x(m))},
    ),
    "an entry in its own bracket": (
        "left side",
        {"left": bracket(terms.all_of(at_most(one, m), at_most(m, n), terms.nonzero(x(m))))},
    ),
    "an entry beside its bracket in another product": (
        "left side",
        {"left": multiply(add(bracket(at_most(one, m)), terms.rational(1)), bracket(at_most(m, n)), x(m))},
    ),
    "a sum from 1 to -1": ("left side", {"left": terms.summation("a", two, m, terms.rational(1))}),
    "a floor by what may be 0": ("left side", {"left": terms.real(terms.floor(n, m))}),
    "a floor by what may be 0, in a range": ("range of i", {"indices": (Index("i", one, terms.floor(n, m)),)}),
    "a floor by what may be 0, in an index": ("left side", {"left": x(terms.floor(i, m))}),
    "a denominator": ("left side", {"left": terms.inverse(x(i))}),
    "an integer denominator": ("left side", {"left": terms.inverse(terms.real(m))}),
    "an extent": ("shape of Y", {"leaves": (Leaf("Y", (add(m, terms.integer(-1)),)),)}),
    "an extent with a floor": ("shape of Y", {"leaves": (Leaf("Y", (terms.floor(n, m),)),)}),
    "an extent of a definition": ("shape of D", definition(terms.rational(0), (add(m, terms.integer(-1)),))),
    "a formula": ("definition of D", definition(x(add(p, one)), (n,))),
    "a formula that may be read anywhere": ("definition of D", definition(x(p), None)),
    "an entry of a definition": (
        "left side",
        {**definition(x(p), (n,)), "left": terms.entry("D", add(i, one))},
    ),
    "a hypothesis that relies on a later one": (
        "hypothesis",
        {"hypotheses": (terms.equal(terms.floor(m, k), one), *GOOD.hypotheses)},
    ),
    "a hypothesis that relies on itself": (
        "hypothesis",
        {"hypotheses": (at_most(one, n), terms.all_of(at_most(one, k), terms.equal(terms.floor(m, k), one)))},
    ),
    "a hypothesis about an entry out of range": (
        "hypothesis",
        {"hypotheses": (*GOOD.hypotheses, terms.nonzero(x(m)))},
    ),
    "a condition": ("condition", {"conditions": (at_most(terms.floor(k, m), m),)}),
    "a derivative by an entry past the end": ("left side", {"left": by_entry(add(i, one))}),
    "a derivative by an entry before the start": ("left side", {"left": by_entry(below)}),
    "the slope of a field past its range": (
        "left side",
        {"fields": (Field("L", 1),), "hypotheses": (at_most(two, n),), "left": slope(add(n, terms.integer(-1)))},
    ),
    "a condition that relies on another": (
        "condition",
        {"conditions": (at_most(one, m), at_most(terms.floor(k, m), m))},
    ),
}


@pytest.mark.parametrize("name", WELL_FORMED)
def test_well_formed(name: str) -> None:
    missing = [each for each in owed(replace(GOOD, **WELL_FORMED[name])) if not each[2]]
    ensure_equal(missing, [])


@pytest.mark.parametrize("name", ILL_FORMED)
def test_ill_formed(name: str) -> None:
    part, change = ILL_FORMED[name]
    missing = {each[1] for each in owed(replace(GOOD, **change)) if not each[2]}
    ensure_equal(missing, {part})


def test_what_is_owed_and_where() -> None:
    claim = replace(GOOD, left=terms.summation("a", one, n, x(a)))
    found = [(each.goal, each.subject, each.part) for each in obligations(claim)]
    inner = terms.variable("#0")
    ensure_equal(
        found,
        [
            (at_most(zero, n), n, "shape of X"),
            (at_most(zero, n), n, "shape of Z"),
            (at_most(add(one, terms.integer(-1)), n), claim.left, "left side"),
            (at_most(one, inner), x(inner), "left side"),
            (at_most(inner, n), x(inner), "left side"),
        ],
    )


def test_what_is_owed_in_a_sum_knows_its_letters() -> None:
    inner = terms.summation("b", one, a, terms.multiply(x(a), x(terms.variable("b"))))
    claim = replace(GOOD, left=terms.summation("a", one, n, inner))
    letters = {repr(each.subject): each.letters for each in obligations(claim)}
    ensure_equal(letters["X[#0]"], (("#0", "a"), ("#1", "b")))
    ensure_equal(letters["n"], ())


def test_a_bad_claim_owes_nothing_but_is_rejected() -> None:
    with pytest.raises(Rejected):
        obligations(replace(NOTHING, left=x(one)))


@pytest.mark.parametrize("name", THEOREMS)
def test_replay_wants_all_that_is_owed(name: str) -> None:
    claim, proof = THEOREMS[name]()
    count = len(proof.well_formed)
    ensure(count > 0)
    for evidence in (proof.well_formed[1:], (*proof.well_formed, proof.well_formed[0]), ()):
        with pytest.raises(Rejected, match="well-formed"):
            replay(claim, replace(proof, well_formed=evidence))


def test_a_true_statement_that_is_not_well_formed_is_rejected() -> None:
    """X[n+1] = X[n+1] holds for total functions; nothing shows that it is about entries of X."""
    claim, proof = THEOREMS["delta"]()
    past = x(add(n, one))
    for evidence in proof.well_formed:
        with pytest.raises(Rejected):
            replay(
                replace(claim, left=past, right=past),
                replace(proof, well_formed=(proof.well_formed[0], evidence, evidence)),
            )
    ensure_equal(dict(claim.witness)["n"], Fraction(2))
