"""False statements are refuted by small exact instances; true ones, and ones without meaning, are not."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from looking import INSTANCES, SECONDS, counted, has_no_instance, holds_wherever_it_was_looked_at
from sympy import Eq, Expr, KroneckerDelta, Piecewise, Rational, Sum, floor

from symcnn.kernel import Claim
from symcnn.language.identity import Identity
from symcnn.language.statement import statement_of
from symcnn.language.symbols import Iverson, Nonzero, divides, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.convolution import conv2d, pad, subsample
from symcnn.layers.pooling import avg_pool2d
from symcnn.refute import Counterexample, Looked, arithmetic, evaluation, look, refute

C, O, m, n, k, l, s, a = sizes("C O m n k l s a")  # noqa: E741
x, square, images = Tensor("X", (m, n)), Tensor("X", (n, n)), Tensor("X", (C, m, n))
kernel, v = Tensor("W", (k, k)), Tensor("v", (n,))
DIVIDES = [divides(k, m), divides(k, n)]


def claim_of(left: Any, right: Any, given: Any = ()) -> Claim:
    return statement_of(Identity(left, right, given)).claim


def row(formula: Callable[[Expr], Expr], extent: Any = n) -> Tensor:
    return Tensor.define((extent,), formula)


def box(entry: Callable[[Expr, Expr], Expr], depth: Any = C) -> Tensor:
    return Tensor.define((C, depth, k, k), lambda o, c, a, b: entry(o, c), name="W")


DOWN = Tensor.define((m, n), lambda i, j: x.at(i + 1, j) - x[i, j], name="Y")

FALSE = {
    "shifted index": (row(lambda i: v.at(i + 1)), row(lambda i: v.at(i - 1))),
    "wrong kernel entry": (conv2d(x, Tensor.of([[0, 0, 0], [0, -1, 0], [0, 0, 1]]), padding=1), DOWN),
    "kernel the other way": (conv2d(x, Tensor.of([[0, 1, 0], [0, -1, 0], [0, 0, 0]]), padding=1), DOWN),
    "last row forgotten": (
        conv2d(x, Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]]), padding=1),
        Tensor.define((m, n), lambda i, j: Iverson(i <= m - 1) * (x.at(i + 1, j) - x[i, j])),
    ),
    "the transpose of a square": (square, square.T),
    "the transpose": (x, x.T),
    "stride 1 and stride 2": (conv2d(x, kernel), conv2d(x, kernel, stride=2), [m >= k, n >= k]),
    "padding 0 and padding 1": (conv2d(x, kernel), conv2d(x, kernel, padding=1), [m >= k, n >= k]),
    "kernel and image exchanged": (
        conv2d(square, Tensor("W", (n, n)), padding=n),
        conv2d(Tensor("W", (n, n)), square, padding=n),
    ),
    "missing 1/k^2": (avg_pool2d(images, k), conv2d(images, box(KroneckerDelta), stride=k), DIVIDES),
    "channel delta dropped": (
        avg_pool2d(images, k),
        conv2d(images, box(lambda o, c: k**-2), stride=k),
        DIVIDES,
    ),
    "groups confused": (
        conv2d(Tensor("X", (4, m, n)), Tensor("W", (4, 2, 1, 1)), groups=2),
        Tensor.define(
            (4, m, n),
            lambda o, i, j: Sum(Tensor("W", (4, 2, 1, 1))[o, a, 1, 1] * Tensor("X", (4, m, n))[a, i, j], (a, 1, 2)),
        ),
    ),
    "first sample dropped": (
        subsample(x, s),
        Tensor.define((floor(m / s), floor(n / s)), lambda i, j: x[s * i, s * j]),
    ),
    "a product of matrices exchanged": (square @ Tensor("Y", (n, n)), Tensor("Y", (n, n)) @ square),
    "off by one in a range": (Sum(v[a], (a, 1, n)), Sum(v[a], (a, 1, n - 1))),
    "true from 6 on": (row(lambda i: Iverson(n >= 6) * v[i]), v),
    "true up to 5": (row(lambda i: Iverson(n <= 5) * v[i]), v),
    "true of even sizes": (row(lambda i: Iverson(divides(2, n)) * v[i]), v),
    "true unless coprime": (Iverson(Eq(k * floor(m / k), m)) * v[1], v[1], [m > k, k > 1]),
    "true of integers only": (
        v[1] * (v[1] - 1) * (v[1] + 1) * (v[1] - 2) * (v[1] + 2) * v[1],
        v[1] - v[1] * 1,
    ),
    "a polynomial of high degree": (v[1] ** 3, v[1]),
    "a sum of deltas out of range": (Sum(KroneckerDelta(a, m), (a, 1, n)) * v[1], v[1]),
    "half of it": (x * Rational(1, 2), x * 0.499),
    "no sizes at all": (Tensor("w", (2,)), Tensor.define((2,), lambda i: Tensor("w", (2,))[3 - i])),
    "a piece too many": (row(lambda i: Piecewise((v[i], i < n), (0, True))), v),
    "larger image than the kernel": (conv2d(pad(x, 1), kernel), conv2d(x, kernel), [m >= k, n >= k]),
}

TRUE = {
    "vertical difference": (conv2d(x, Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]]), padding=1), DOWN),
    "pooling": (
        avg_pool2d(images, k),
        conv2d(images, box(lambda o, c: KroneckerDelta(o, c) / k**2), stride=k),
        DIVIDES,
    ),
    "pooling in groups": (
        avg_pool2d(images, k),
        conv2d(images, box(lambda o, c: k**-2, 1), stride=k, groups=C),
        DIVIDES,
    ),
    "padding first": (conv2d(pad(x, 1), kernel), conv2d(x, kernel, padding=1), [m >= k, n >= k]),
    "stride is subsampling": (subsample(conv2d(x, kernel), s), conv2d(x, kernel, stride=s), [m >= k, n >= k]),
    "transpose of a product": ((x @ Tensor("Y", (n, k))).T, Tensor("Y", (n, k)).T @ x.T),
    "Gauss": (Sum(a, (a, 1, n)), n * (n + 1) / 2),
    "no entries at all": (Tensor.of([[1]]), Tensor.of([[1]])),
}

#: a difference that comes from a convention, or from nothing that is in range, is none
MEANINGLESS = {
    "division by 0": ((v[1] ** 2 + v[1]) / v[1], v[1] + 1),
    "a read out of range": (row(lambda i: v[i + n]), row(lambda i: v[i + n] + 1)),
    "a read out of a computed tensor": (
        row(lambda i: row(lambda j: v[j] * 0 + j)[i + n]),
        row(lambda i: 1 + n),
    ),
    "a reversed sum": (Sum(1, (a, 3, n)), n - 2),
    "a negative divisor": (floor(n / (1 - m)), floor(n / (1 - m)) + 1),
}
LARGE_WINDOW = (conv2d(x, kernel), conv2d(x, kernel, stride=2), [m <= k - 3, n <= k - 3])


def statements(cases: dict[str, Any]) -> list[Any]:
    return [pytest.param(claim_of(*case), id=name) for name, case in cases.items()]


@pytest.mark.parametrize("claim", statements(FALSE))
def test_false_statements_are_refuted(claim: Claim) -> None:
    counterexample = refute(claim, SECONDS)
    assert counterexample is not None
    assert counterexample.replay() == (counterexample.left, counterexample.right)
    assert counterexample.left != counterexample.right


@pytest.mark.parametrize("claim", statements(TRUE))
def test_true_statements_are_not_refuted(claim: Claim) -> None:
    holds_wherever_it_was_looked_at(claim)


@pytest.mark.parametrize("claim", statements(MEANINGLESS))
def test_conventions_do_not_refute(claim: Claim) -> None:
    looked, comparisons = counted(claim)
    assert looked.counterexample is None
    assert looked.instances == INSTANCES
    assert comparisons < INSTANCES  # the other entries have no meaning, which is why none of them refutes it


def test_a_window_larger_than_the_image_has_no_instance() -> None:
    has_no_instance(claim_of(*LARGE_WINDOW))


@pytest.mark.parametrize("claim", statements({**MEANINGLESS, "a window larger than the image": LARGE_WINDOW}))
def test_it_is_the_check_of_the_meaning_that_passes_them_over(claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (arithmetic, evaluation):
        monkeypatch.setattr(module, "meant", lambda *_: None)
    assert refute(claim, SECONDS) is not None


def test_where_the_difference_is_in_range_a_statement_with_reads_out_of_range_is_refuted() -> None:
    found = refute(claim_of(row(lambda i: v[i + 1]), v), SECONDS)
    assert found is not None
    assert dict(found.index)["i"] < dict(found.sizes)["n"]


def test_what_a_bracket_hides_is_no_convention() -> None:
    hidden = row(lambda i: Iverson(i <= n - 1) * v[i + 1] * 2 + Iverson(i >= 2) / (i - 1))
    shown = row(lambda i: Iverson(i <= n - 1) * v[i + 1] + Iverson(i >= 2) / (i - 1))
    holds_wherever_it_was_looked_at(claim_of(hidden, hidden))
    assert refute(claim_of(hidden, shown), SECONDS) is not None


def test_hypotheses_are_kept() -> None:
    holds_wherever_it_was_looked_at(claim_of(v[1] ** 2 / v[1], v[1], [Nonzero(v[1])]))
    holds_wherever_it_was_looked_at(claim_of(x, x.T, [Eq(m, n), Eq(n, 1)]))
    found = refute(claim_of(x, x.T, [Eq(m, 2 * n), divides(3, n)]), SECONDS)
    assert found is not None
    assert dict(found.sizes) == {"m": 6, "n": 3}


def test_the_smallest_sizes_are_found() -> None:
    found = refute(claim_of(avg_pool2d(images, k), conv2d(images, box(KroneckerDelta), stride=k), DIVIDES), SECONDS)
    assert found is not None
    assert dict(found.sizes) == {"C": 1, "m": 2, "n": 2, "k": 2}


def test_the_same_claim_gives_the_same_counterexample() -> None:
    first, second = (refute(claim_of(square, square.T), SECONDS) for _ in range(2))
    assert first == second
    assert isinstance(first, Counterexample)


def test_no_time_no_answer() -> None:
    assert look(claim_of(x, x.T), seconds=0) == Looked()


def test_hypotheses_that_nothing_satisfies() -> None:
    has_no_instance(claim_of(x, 2 * x, [m >= 3, m <= 2]))


def test_tensors_of_literal_size_that_are_too_large_are_not_drawn() -> None:
    """Nothing is drawn, and nothing is waited for"""
    i, j = sizes("i j")
    large = Tensor("X", (10**6, 10**6))
    start = monotonic()
    looked = look(claim_of(Sum(large[i, j], (j, 1, 10**6), (i, 1, 10**6)), 1), seconds=0.5)
    assert looked.counterexample is None
    assert monotonic() - start < 10
