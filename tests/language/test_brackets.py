"""Brackets: Iverson, KroneckerDelta and Piecewise mean 1 where a condition holds and 0 where it does not."""

import pytest
from evaluation import entry, evaluate
from sympy import (
    ITE,
    Eq,
    Function,
    Implies,
    KroneckerDelta,
    Mod,
    Ne,
    Or,
    Piecewise,
    Rational,
    S,
    Symbol,
    Xor,
    floor,
)

from symcnn import Identity, Iverson, Nonzero, Proved, Tensor, decide, divides, prove, sizes
from symcnn.errors import IllFormed, LanguageError

m, n, i, j, k = sizes("m n i j k")
X = Tensor("X", (m,))
GRID = [{"i": a, "j": b} for a in (-2, 0, 1, 3) for b in (-2, -1, 0, 3)]

CONDITIONS = {
    "at most": (i <= j, lambda i, j: i <= j),
    "less": (i < j, lambda i, j: i < j),
    "at least": (i >= j + 1, lambda i, j: i >= j + 1),
    "greater": (2 * i > j, lambda i, j: 2 * i > j),
    "equal": (Eq(i, j), lambda i, j: i == j),
    "not equal": (Ne(i, j), lambda i, j: i != j),
    "and": ((i <= j) & (j <= 1), lambda i, j: i <= j <= 1),
    "or": (Or(i <= j, Eq(i, 3)), lambda i, j: i <= j or i == 3),
    "not": (~((i <= j) & (j <= 1)), lambda i, j: not i <= j <= 1),
    "not equal by not": (~Eq(i, j), lambda i, j: i != j),
    "halves": (i / 2 >= j, lambda i, j: i >= 2 * j),
    "a fraction": (i >= Rational(1, 2), lambda i, j: i >= 1),
    "less than a fraction": (i < Rational(1, 2), lambda i, j: i <= 0),
    "thirds and halves": (i / 2 + j / 3 > Rational(1, 6), lambda i, j: 3 * i + 2 * j > 1),
    "divides": (divides(3, i + j), lambda i, j: (i + j) % 3 == 0),
    "not divides": (~divides(3, i), lambda i, j: i % 3 != 0),
    "floor": (floor(i / 2) <= j, lambda i, j: i // 2 <= j),
    "floor and a fraction": (floor(i / 2) > j / 3, lambda i, j: 3 * (i // 2) > j),
    "mod": (Eq(Mod(i, 2), 0), lambda i, j: i % 2 == 0),
    "true": (S.true, lambda i, j: True),
    "false": (S.false, lambda i, j: False),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_bracket_is_one_where_its_condition_holds(name):
    condition, by_hand = CONDITIONS[name]
    for values in GRID:
        assert evaluate(Iverson(condition), values) == by_hand(**values), values


def test_kronecker_delta():
    for values in GRID:
        assert evaluate(KroneckerDelta(i, j + 1), values) == (values["i"] == values["j"] + 1)


def test_a_delta_with_a_range_is_refused():
    """SymPy's is 0 outside of the range; to drop the range would make it another function."""
    ranged = Tensor.define((m,), lambda a: KroneckerDelta(a, k, (1, 3)) * X[a])
    with pytest.raises(LanguageError, match="KroneckerDelta"):
        decide(Identity(ranged, ranged))


def test_pieces_in_their_order():
    expression = Piecewise((10, i <= j), (20, Eq(i, 3)), (30 * Symbol("j", integer=True), i > 0), (5, True))
    for values in GRID:
        a, b = values["i"], values["j"]
        assert evaluate(expression, values) == (10 if a <= b else 20 if a == 3 else 30 * b if a > 0 else 5)


def test_a_piece_guards_its_reads():
    """X[i - 1] is read only where it is in range; without the guard it is not well-formed."""
    guarded = Tensor.define((m,), lambda i: Piecewise((X[i - 1], i >= 2), (0, True)))
    assert prove(Identity(guarded, Tensor.define((m,), lambda i: X.at(i - 1, outside=0))))
    with pytest.raises(IllFormed, match="out of range"):
        decide(Identity(Tensor.define((m,), lambda i: X[i - 1]), guarded))
    wrong = Tensor.define((m,), lambda i: Piecewise((X[i - 1], i >= 1), (0, True)))
    with pytest.raises(IllFormed, match="out of range"):
        decide(Identity(wrong, guarded))


def test_pieces_without_an_end_are_refused():
    with pytest.raises(LanguageError, match="True"):
        decide(Identity(Tensor.define((m,), lambda i: Piecewise((X[i], i >= 2))), X))


def test_a_bracket_of_nonzero():
    guarded = Iverson(Nonzero(X[1]))
    assert evaluate(guarded, {"m": 1}) == (entry("X", 1) != 0)
    reciprocal = Tensor.define((m,), lambda i: Iverson(Nonzero(X[i])) / X[i])
    assert prove(Identity(reciprocal, reciprocal))


@pytest.mark.parametrize("value", [True, False, 1, 0, None, "i >= 1", i, X])
def test_a_bracket_takes_a_condition(value):
    with pytest.raises(LanguageError):
        decide(Identity(Iverson(value), 1))


def test_python_truth_values_are_refused_with_what_to_write():
    """`i == j` compares the symbols; it is not a condition about their values."""
    for use in (lambda: Iverson(i == j), lambda: Iverson(i != j), lambda: Identity(X, X, [m == n])):
        with pytest.raises(LanguageError, match=r"False.*Eq\(a, b\)|True.*Eq\(a, b\)"):
            use()


@pytest.mark.parametrize(
    "condition",
    [
        i >= 0.5,
        Eq(i / j, 1),
        Xor(i >= 1, j >= 1),
        Implies(i >= 1, j >= 1),
        ITE(i >= 1, j >= 1, i >= 3),
        Eq(m >= 3, n >= 3),
        Eq(Function("f")(i), 1),
        Symbol("t") >= 1,
    ],
    ids=str,
)
def test_conditions_outside_of_the_language(condition):
    with pytest.raises(LanguageError):
        decide(Identity(Iverson(condition), 1))


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [
        (X[1] >= 0, X[1] < 0),
        (X[1] <= X[m], X[1] > X[m]),
        (Eq(X[1], 0), Ne(X[1], 0)),
    ],
    ids=str,
)
def test_conditions_about_reals(condition, opposite):
    assert prove(Identity(Iverson(condition) + Iverson(opposite), 1))


def test_brackets_cut_the_domain_of_a_sum():
    """[P] [Q] is [P and Q]; a bracket that fails everywhere is 0."""
    both = Tensor.define((m,), lambda a: Iverson(a >= 2) * Iverson(a <= 1) * X[a])
    assert prove(Identity(both, X * 0))
    assert isinstance(
        decide(Identity(Tensor.define((m,), lambda a: Iverson(a >= 2) + Iverson(a <= 1)), X * 0 + 1)), Proved
    )
    assert not isinstance(
        decide(Identity(Tensor.define((m,), lambda a: Iverson(a >= 2) + Iverson(a <= 2)), X * 0 + 1)), Proved
    )
