"""Three verdicts, and statements that get none."""

from __future__ import annotations

import pickle

import pytest
from sympy import Eq, Sum

from symcnn import (
    ForAll,
    Identity,
    Nonzero,
    Proved,
    Refuted,
    Tensor,
    Undecided,
    conv2d,
    decide,
    decision,
    max_pool2d,
    prove,
    relu,
    sizes,
)
from symcnn.decision import refute_where_defined
from symcnn.errors import IllFormed, LanguageError, NotProved, Vacuous
from symcnn.language.fields import Partial

m, n, k, p = sizes("m n k p")
X, Z = Tensor("X", (m, n)), Tensor("Z", (m, n))
v = Tensor("v", (n,))


def test_what_helps_an_ill_formed_statement_is_looked_for_when_its_message_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    explain = decision.explain
    monkeypatch.setattr(decision, "explain", lambda *given: (asked.append(given), explain(*given))[1])
    with pytest.raises(IllFormed) as caught:
        prove(Identity(X[m - 1, 1], X[m - 1, 1]))
    assert not asked
    assert "add given=[m >= 2]" in str(caught.value)
    assert str(caught.value) == str(caught.value)
    assert len(asked) == 1
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (type(copy), str(copy), repr(copy)) == (IllFormed, str(caught.value), repr(caught.value))


def test_three_verdicts() -> None:
    gauss = Identity(Sum(k, (k, 1, n)), n * (n + 1) / 2)  # true, and beyond the rules without induction
    found = []
    for identity in (Identity(X + Z, Z + X), Identity(X, 2 * X), gauss):
        match decide(identity, seconds=2.0):
            case Proved(theorem):
                found.append(f"proved {theorem.statement}")
            case Refuted(counterexample):
                found.append(f"refuted {counterexample.left} {counterexample.right}")
            case Undecided(residual, tried):
                found.append(f"undecided {residual}: {tried}")
    assert found[0] == "proved X[i, j] + Z[i, j] = X[i, j] + Z[i, j]"
    assert found[1] == "refuted 1 2"
    assert found[2].startswith("undecided Σ_{k=1..n} k = ")


def test_not_proved_carries_the_verdict() -> None:
    with pytest.raises(NotProved) as caught:
        prove(Identity(X, 2 * X))
    assert isinstance(caught.value.verdict, Refuted)
    caught.value.verdict.counterexample.replay()


def test_shapes_that_differ_are_refuted() -> None:
    verdict = decide(Identity(X, X.T))
    assert isinstance(verdict, Refuted)
    assert "m = n" in str(verdict)


def test_sizes_are_at_least_one_unless_bounded() -> None:
    assert isinstance(decide(Identity(v[1], v[1])), Proved)
    with pytest.raises(IllFormed, match=r"add given=\[n >= 2\]"):
        decide(Identity(v[2], v[2]))
    with pytest.raises(IllFormed):
        decide(Identity(v[1], v[1], [n >= 0]))


def test_a_missing_hypothesis_is_named() -> None:
    kernel = Tensor("W", (k, k))
    with pytest.raises(IllFormed, match=r"add given=\[m >= k\]"):
        decide(Identity(conv2d(X, kernel), conv2d(X, kernel)))
    other = Tensor("V", (m, k))
    with pytest.raises(IllFormed, match=r"a sum needs the extents n and k to be equal"):
        decide(Identity(X + other, X))
    assert isinstance(decide(Identity(X + other, other + X, [Eq(n, k)])), Proved)


def test_contradictory_hypotheses_are_vacuous() -> None:
    with pytest.raises(Vacuous, match="satisfy all hypotheses"):
        decide(Identity(X, Z, [m >= 3, m <= 2]))


def test_denominators_must_not_be_zero() -> None:
    quotient = Identity((v[1] ** 2 + v[1]) / v[1], v[1] + 1)
    with pytest.raises(IllFormed, match="may divide by 0"):
        decide(quotient)
    assert isinstance(decide(Identity(quotient.lhs, quotient.rhs, [Nonzero(v[1])])), Proved)


@pytest.mark.parametrize("value", ["x", None, X])
def test_only_identities_are_decided(value: object) -> None:
    with pytest.raises(LanguageError, match="is no Identity"):
        decide(value)  # type: ignore[arg-type]


def test_a_derivative_by_an_entry_that_does_not_exist_is_ill_formed() -> None:
    x = Tensor("x", (n,))
    with pytest.raises(IllFormed, match=r"by an entry that does not exist: nothing shows that n \+ 1 <= n"):
        decide(Identity(Partial(x[1] ** 2, x[n + 1]), 0))


def test_a_limit_on_the_time_for_a_proof() -> None:
    pooled = Identity(relu(max_pool2d(X, 2)), max_pool2d(relu(X), 2), given=[m >= 2, n >= 2])
    verdict = decide(pooled, proof_seconds=0.0, seconds=0.1)
    assert isinstance(verdict, Undecided)
    assert "in time" in verdict.tried
    assert isinstance(decide(pooled), Proved)


def test_a_counterexample_shows_that_hypotheses_are_not_vacuous() -> None:
    """No witness is found for what is assumed of all X, but elimination finds the kernel that does it."""
    kernel, other = Tensor("W", (3, 3)), Tensor.of([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    below = Tensor.define((m, n), lambda i, j: X.at(i + 1, j, outside=0))
    assumed = ForAll(X, Identity(conv2d(X, kernel, padding=1), below))
    verdict = decide(Identity(kernel, other, given=[m >= 2, n >= 2, assumed]))
    assert isinstance(verdict, Refuted)
    assert dict(verdict.counterexample.tensors)["W"] == ((0, 0, 0), (0, 0, 0), (0, 1, 0))


def test_a_long_search_is_interrupted_by_a_counterexample(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = Tensor("W", (k, k))
    false = Identity(conv2d(X, kernel, padding=k), conv2d(X, kernel.T, padding=k))
    monkeypatch.setattr(decision, "UNINTERRUPTED", 0.0)
    monkeypatch.setattr(decision, "_refuted_or_undecided", lambda *_: pytest.fail("the search was not interrupted"))
    assert isinstance(decide(false), Refuted)


def test_what_is_true_is_proved_in_spite_of_interruptions(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[float] = []
    monkeypatch.setattr(decision, "UNINTERRUPTED", 0.0)
    monkeypatch.setattr(decision, "_interrupt", lambda claim, seconds: looked.append(seconds))
    pooled = Identity(relu(max_pool2d(X, 2)), max_pool2d(relu(X), 2), given=[m >= 2, n >= 2])
    assert isinstance(decide(pooled, seconds=3.0), Proved)
    assert looked == [1.5]


GIVES = ForAll(
    X,
    Identity(
        conv2d(X, Tensor("W", (3, 3)), padding=1),
        Tensor.define((m, n), lambda i, j: X.at(i + 1, j, outside=0) - X[i, j], name="Y"),
    ),
)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("swapped", [False, True])
def test_an_assumption_is_used_from_either_side(swapped: bool, mirrored: bool) -> None:
    equation = GIVES.identity
    assumed = ForAll(X, Identity(equation.rhs, equation.lhs)) if mirrored else GIVES
    kernel, found = Tensor("W", (3, 3)), Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]], name="V")
    sides = (found, kernel) if swapped else (kernel, found)
    theorem = prove(Identity(*sides, given=[m >= 2, n >= 2, assumed]))
    assert "by assumption" in str(theorem.derivation())


@pytest.mark.parametrize("side", [Tensor("W", (3, 3)), Tensor.of([[1, 2], [3, 4]], name="V"), Z])
def test_a_witness_for_an_assumption_comes_from_elimination(side: Tensor) -> None:
    """Neither side says what the kernel is."""
    assert isinstance(decide(Identity(side, side, given=[m >= 2, n >= 2, GIVES])), Proved)


def test_an_assumption_that_nothing_satisfies_is_vacuous() -> None:
    never = ForAll(X, Identity(X, X + 1))
    with pytest.raises(Vacuous):
        decide(Identity(Z, Z, given=[never]))


def test_a_notebook_shows_the_statement_that_is_proved() -> None:
    verdict = decide(Identity(X + Z, Z + X))
    assert isinstance(verdict, Proved)
    shown = verdict._repr_markdown_()
    assert shown == f"**Proved:**\n\n{verdict.theorem._repr_latex_()}"
    assert "X_{i,j} + Z_{i,j} = " in shown
    assert shown.endswith("$")


def test_a_notebook_shows_what_is_left_to_show() -> None:
    verdict = Undecided("Σ_{k=1..n} k = n*(n + 1)*1/2", "no proof was found")
    assert verdict._repr_markdown_() == (
        "**Undecided:** no proof was found.\n\nLeft to show: `Σ_{k=1..n} k = n*(n + 1)*1/2`"
    )


def test_what_reads_out_of_range_is_refuted_where_all_of_it_exists() -> None:
    x = Tensor("x", (n,))
    found = refute_where_defined(Identity(Sum(x[k], (k, 1, m)), 2 * Sum(x[k], (k, 1, m))))
    assert isinstance(found, Refuted)
    assert refute_where_defined(Identity(Sum(x[k], (k, 1, m)), Sum(1 * x[k], (k, 1, m)))) is None


def test_what_an_operator_needs_is_no_reason_to_refute() -> None:
    kernel = Tensor("W", (k, k))
    assert refute_where_defined(Identity(conv2d(X, 2 * kernel), 2 * conv2d(X, kernel))) is None
    assert isinstance(refute_where_defined(Identity(conv2d(X, kernel), 2 * conv2d(X, kernel))), Refuted)
