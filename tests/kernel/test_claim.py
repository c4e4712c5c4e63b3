"""Claims: what does not make sense or says nothing is rejected."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from checking import ensure_equal
from hypothesis import given
from hypothesis import strategies as st
from random_terms import NAMES, RANKS, Numbers, by_formula, lambdas, numbers, real_terms
from small_theorems import NOTHING, THEOREMS

from symcnn.kernel import Claim, Definition, Index, Lambda, Leaf, Rejected, Scope, Term, replay, terms
from symcnn.kernel.claim import check_witness, claim_scope, expand, ranges
from symcnn.kernel.value import value

m, n, i, k, p = map(terms.variable, ("m", "n", "i", "k", "p"))
zero, one, two = map(terms.integer, range(3))
x, y = (terms.entry(name, i) for name in "XY")
half = terms.rational(Fraction(1, 2))
A_BOUND_VARIABLE = Term("bound", value=0)
D = Definition("D", ("p",), terms.entry("X", p), (n,))
GOOD = Claim(
    integers=("m", "n"),
    leaves=(Leaf("X", (n,)), Leaf("Y", (m, n), 0)),
    definitions=(D,),
    hypotheses=(terms.at_most(one, n), terms.nonzero(terms.entry("D", one))),
    conditions=(terms.equal(n, n),),
    indices=(Index("i", one, n),),
    left=x,
    right=terms.entry("D", i),
    witness=(
        *(("m", Fraction(0)), ("n", Fraction(1)), ("i", Fraction(1))),
        *(("X", Fraction(1, 2)), ("Y", Fraction(0))),
    ),
)


def accept(claim: Claim) -> None:
    claim_scope(claim)
    check_witness(claim)


def test_a_good_claim() -> None:
    accept(GOOD)
    accept(NOTHING)
    scope = claim_scope(GOOD)
    ensure_equal(scope.integers, frozenset({"m", "n"}), "the entry indices are not in scope")
    ensure_equal(dict(scope.ranks), {"X": 1, "Y": 2, "D": 1})


BAD: dict[str, dict[str, Any]] = {
    "an integer twice": {"integers": ("m", "n", "m")},
    "a leaf twice": {"leaves": (*GOOD.leaves, Leaf("X", (n,)))},
    "a leaf called like an integer": {"leaves": (*GOOD.leaves, Leaf("m", (n,)))},
    "a definition called like a leaf": {"definitions": (D, replace(D, name="X"))},
    "a definition called like an integer": {"definitions": (D, replace(D, name="m"))},
    "a definition twice": {"definitions": (D, D)},
    "an index called like an integer": {"indices": (Index("m", one, n),), "left": half, "right": half},
    "an index called like a tensor": {"indices": (Index("X", one, n),), "left": half, "right": half},
    "an index twice": {"indices": (*GOOD.indices, *GOOD.indices)},
    "an index of a definition called like an integer": {"definitions": (replace(D, indices=("m",)), D)},
    "an index of a definition called like a tensor": {"definitions": (replace(D, indices=("X",)),)},
    "an index of a definition twice": {"definitions": (D, Definition("E", ("p", "p"), terms.entry("X", p), (n, n)))},
    "an integer with #": {"integers": ("m", "n", "#0")},
    "a leaf with #": {"leaves": (*GOOD.leaves, Leaf("#1", ()))},
    "a definition with #": {"definitions": (D, replace(D, name="D#"))},
    "an index with #": {"indices": (*GOOD.indices, Index("#0", one, n))},
    "an index of a definition with #": {
        "definitions": (D, Definition("E", ("#0",), terms.entry("X", terms.variable("#0")), (n,)))
    },
    "no name": {"integers": ("m", "n", "")},
    "a name that cannot be printed": {"integers": ("m", "n", "k\n1 = 2")},
    "a name that changes the direction": {"integers": ("m", "n", "k\u202e")},
    "an unknown integer": {"left": terms.entry("X", k)},
    "an unknown tensor": {"right": terms.entry("Z", i)},
    "a variable of an opened sum": {"left": terms.entry("X", terms.variable("#0"))},
    "a bound variable without binder": {"left": terms.entry("X", A_BOUND_VARIABLE)},
    "too few indices": {"left": terms.entry("Y", i)},
    "too many indices": {"left": terms.entry("X", i, i)},
    "too many indices in a hypothesis": {"hypotheses": (terms.nonzero(terms.entry("X", one, one)),)},
    "a tensor read as a scalar": {"left": terms.entry("X")},
    "an integer for a real": {"left": i, "right": i},
    "a condition for a real": {"left": terms.TRUE, "right": terms.TRUE},
    "a number for a hypothesis": {"hypotheses": (half,)},
    "a number for a condition": {"conditions": (n,)},
    "an index of the entries in a hypothesis": {"hypotheses": (terms.at_most(one, i),)},
    "an index of the entries in a condition": {"conditions": (terms.at_most(one, i),)},
    "an index in the range of another": {
        "indices": (Index("i", one, n), Index("j", one, i)),
        "witness": (*GOOD.witness[:3], ("j", Fraction(1)), *GOOD.witness[3:]),
    },
    "an index in its own range": {"indices": (Index("i", one, i),)},
    "a real as an end of a range": {"indices": (Index("i", one, half),)},
    "a real extent": {"leaves": (Leaf("X", (half,)), GOOD.leaves[1])},
    "an unknown extent": {"leaves": (Leaf("X", (k,)), GOOD.leaves[1])},
    "an unknown extent of a definition": {"definitions": (replace(D, shape=(k,)),)},
    "another rank of the shape": {"definitions": (replace(D, shape=(n, n)),)},
    "an integer as a formula": {"definitions": (replace(D, body=p),)},
    "a definition by a later one": {"definitions": (replace(D, body=terms.entry("E", p)), replace(D, name="E"))},
    "a definition by itself": {"definitions": (replace(D, body=terms.entry("D", p)),)},
    "a definition by an index of the entries": {"definitions": (replace(D, body=x),)},
    "a definition by another's index": {"definitions": (D, replace(D, name="E", indices=("q",)))},
    "a witness against a hypothesis": {"hypotheses": (*GOOD.hypotheses, terms.at_most(two, n))},
    "a witness against a hypothesis about a leaf": {"hypotheses": (terms.nonzero(terms.entry("Y", one, one)),)},
    "hypotheses that contradict each other": {"hypotheses": (terms.at_most(n, zero), terms.at_most(one, n))},
    "a false hypothesis": {"hypotheses": (terms.FALSE,)},
    "an empty range of an index": {"indices": (Index("i", two, n),)},
    "a witness of some": {"witness": GOOD.witness[1:]},
    "a witness of more": {"witness": (*GOOD.witness, ("Z", Fraction(0)))},
    "a witness twice": {"witness": (*GOOD.witness, GOOD.witness[-1])},
    "a witness in another order": {"witness": tuple(reversed(GOOD.witness))},
    "no witness": {"witness": ()},
    "a fraction for an integer": {"witness": (("m", Fraction(1, 2)), *GOOD.witness[1:])},
    "a witness with a sum that is too long": {
        "hypotheses": (terms.nonzero(terms.summation("a", m, n, terms.rational(1))),),
        "witness": (("m", Fraction(-(10**9))), *GOOD.witness[1:]),
    },
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_claim_is_rejected(name: str) -> None:
    with pytest.raises(Rejected):
        accept(replace(GOOD, **BAD[name]))


@pytest.mark.parametrize("name", ["a witness against a hypothesis", "an integer with #", "a definition twice"])
def test_replay_asks_for_a_good_claim(name: str) -> None:
    claim, proof = THEOREMS["squares"]()
    replay(claim, proof)
    bad: dict[str, dict[str, Any]] = {
        "a witness against a hypothesis": {"witness": (("n", Fraction(0)), ("X", Fraction(2)))},
        "an integer with #": {"integers": ("n", "#0"), "witness": (("n", Fraction(1)), ("#0", Fraction(1)))},
        "a definition twice": {"definitions": (replace(D, shape=None), replace(D, shape=None))},
    }
    with pytest.raises(Rejected):
        replay(replace(claim, **bad[name]), proof)


def test_fresh_names_only() -> None:
    scope = Scope(frozenset("mn"), RANKS)
    ensure_equal(scope.with_integers(("p", "q")).integers, frozenset("mnpq"))
    for names in [("m",), ("X",), ("p", "p"), ("#0",), ("",), ("\t",)]:
        with pytest.raises(Rejected):
            scope.with_integers(names)
        if len(set(names)) == len(names):
            with pytest.raises(Rejected):
                scope.with_tensor(names[0], 1)


@given(st.data(), numbers())
def test_definitions_are_written_out_with_their_values(data: st.DataObject, at: Numbers) -> None:
    """Of two definitions the second uses the first; the terms contain sums, and their letters are all alike."""
    integers, tensors = at
    first = data.draw(lambdas(1, NAMES, 2))
    meant = {**tensors, "F": by_formula(first, integers, tensors)}
    inner = terms.add(terms.entry("F", p), data.draw(real_terms((*NAMES, "p"), 2)))
    second = Lambda(("p",), terms.summation("p", zero, two, inner) if data.draw(st.booleans()) else inner)
    meant["G"] = by_formula(second, integers, meant)
    definitions = [Definition(name, each.indices, each.body) for name, each in (("F", first), ("G", second))]
    term = data.draw(real_terms(size=3))
    read = terms.summation("a", zero, one, terms.multiply(terms.entry("G", terms.variable("a")), term))
    whole = terms.add(read, terms.entry("F", i))
    ensure_equal(value(expand(whole, definitions), integers, tensors), value(whole, integers, meant))


def test_ranges_begin_at_the_origin() -> None:
    ensure_equal(ranges(1, (n,), (i,)), (terms.at_most(one, i), terms.at_most(i, n)))
    upper = terms.add(n, terms.integer(-1))
    ensure_equal(ranges(0, (n,), (i,)), (terms.at_most(zero, i), terms.at_most(i, upper)))
