"""Identities on random instances: true ones agree, false ones do not, and the report says what was tried."""

import dataclasses

import numpy as np
import pytest
from sympy import Eq, KroneckerDelta, Sum

from symcnn.errors import LanguageError, NumericMismatch, Vacuous
from symcnn.language.identity import Identity
from symcnn.language.statement import statement_of
from symcnn.language.symbols import Nonzero, divides, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.convolution import conv2d, subsample
from symcnn.layers.pooling import avg_pool2d
from symcnn.numeric import verify_numerically
from symcnn.numeric.instances import random_instance

C, m, n, k, M = sizes("C m n k M")
x = Tensor("X", (m, n))
box = Tensor.define((C, C, k, k), lambda o, c, a, b: KroneckerDelta(o, c) / k**2, name="W")
images = Tensor("X", (C, m, n))
POOLING = Identity(avg_pool2d(images, k), conv2d(images, box, stride=k), [divides(k, m), divides(k, n)])


def test_a_true_statement_gives_a_report() -> None:
    report = verify_numerically(POOLING, samples=12, seed=5)
    assert (report.samples, report.seed, len(report.sizes)) == (12, 5, 12)
    assert 0 <= report.largest_error < 1e-12
    assert {name for sizes_ in report.sizes for name, _ in sizes_} == {"C", "m", "n", "k"}
    assert all(dict(each)["m"] % dict(each)["k"] == 0 for each in report.sizes)
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.samples = 3  # type: ignore[misc]


def test_a_report_is_readable_and_does_not_speak_of_a_proof_it_has() -> None:
    text = str(verify_numerically(Identity(x + x, 2 * x), samples=3))
    assert text.startswith("both sides agree on 3 random instances (seed 0, largest error 0.0e+00, m from ")
    assert text.endswith("); this is no proof")


def test_the_seed_decides() -> None:
    assert verify_numerically(POOLING, seed=1) == verify_numerically(POOLING, seed=1)
    assert verify_numerically(POOLING, seed=1).sizes != verify_numerically(POOLING, seed=2).sizes


def test_a_false_entry_is_shown_with_sizes_index_and_both_values() -> None:
    wrong = Tensor.define((m, n), lambda i, j: x[i, j] + KroneckerDelta(i, 2) * KroneckerDelta(j, 1))
    message = r"differ with m = \d+, n = \d+: at \[2, 1\] the left one is -?[\d.]+, the right one -?[\d.]+"
    with pytest.raises(NumericMismatch, match=message):
        verify_numerically(Identity(wrong, x))


def test_indices_are_counted_from_the_origin_of_the_statement() -> None:
    one, other = Tensor("X", (m,), origin=0), Tensor("Y", (m,), origin=0)
    with pytest.raises(NumericMismatch, match=r"at \[0\]"):
        verify_numerically(Identity(one, other))


def test_different_shapes() -> None:
    with pytest.raises(NumericMismatch, match=r"left side has the shape \(\d, \d\), the right side \(\d, \d\)"):
        verify_numerically(Identity(x, x.T))


def test_stride_1_is_not_stride_2() -> None:
    w = Tensor("W", (1, 1))
    with pytest.raises(NumericMismatch):
        verify_numerically(Identity(conv2d(x, w), conv2d(x, w, stride=2)))
    with pytest.raises(NumericMismatch):
        verify_numerically(Identity(subsample(x, 2), conv2d(x, Tensor.of([[2]]), stride=2)))


def test_a_side_without_a_value() -> None:
    with pytest.raises(NumericMismatch, match=r"left side has no value: X\[.*\] is out of range"):
        verify_numerically(Identity(Tensor.define((m, n), lambda i, j: x[i + 1, j]), x))
    with pytest.raises(NumericMismatch, match=r"no value: .*negative extent"):
        verify_numerically(Identity(conv2d(x, Tensor("W", (k, k))), conv2d(x, Tensor("W", (k, k)))))


def test_the_tolerance_is_relative_to_large_entries() -> None:
    large = Tensor.define((m, n), lambda i, j: 10**9 * x[i, j])
    almost = Tensor.define((m, n), lambda i, j: 10**9 * x[i, j] + 1e-3)
    assert 0 < verify_numerically(Identity(large, almost)).largest_error < 1e-9
    with pytest.raises(NumericMismatch):
        verify_numerically(Identity(large, almost), tolerance=1e-15)


def test_values_that_are_not_numbers_do_not_agree() -> None:
    large = Tensor.define((m, n), lambda i, j: x[i, j] * 10**200)
    infinite = Tensor.define((m, n), lambda i, j: large[i, j] ** 2)
    with pytest.raises(NumericMismatch, match="inf"), np.errstate(over="ignore"):
        verify_numerically(Identity(infinite, infinite))


def test_a_division_by_0_is_no_value() -> None:
    one = Tensor.define((m,), lambda i: 1 / (i - i**2))
    with pytest.raises(NumericMismatch, match=r"no value: Y\(m\) divides by 0"):
        verify_numerically(Identity(one, one))


def test_scalars() -> None:
    total = Sum(x[1, k], (k, 1, n))
    verify_numerically(Identity(total + total, 2 * total))
    with pytest.raises(NumericMismatch, match=r"n = \d.*: the left one is"):
        verify_numerically(Identity(total, 2 * total))


@pytest.mark.parametrize(
    "given",
    [
        [m >= k, n >= k],
        [divides(k, m), divides(k, n), divides(2, k)],
        [Eq(m, k * M), Eq(n, k * M)],
        [Eq(m, 2 * n + 3 * k)],
        [Eq(m, 12)],
        [m > n, n > k, k > M, M > C],
        [Eq(m * n, k * M)],
        [k >= 0, m >= -2, m <= 0],
        [divides(m, n) & ~Eq(m, n) & ~Eq(m, 1)],
    ],
)
def test_sizes_satisfy_the_hypotheses(given: list[object]) -> None:
    cube = Tensor("Z", (C, M, k)), Tensor("X", (m + 2, n))
    identity = Identity(cube[0][1, 1, 1] * cube[1][1, 1], cube[1][1, 1] * cube[0][1, 1, 1], given)
    report_sizes = verify_sizes(identity)
    assert len(set(report_sizes)) > (1 if given != [Eq(m, 12)] else 0)


def verify_sizes(identity: Identity) -> list[tuple[tuple[str, int], ...]]:
    claim = statement_of(identity).claim
    generator = np.random.default_rng(0)
    instances = [random_instance(claim, generator) for _ in range(8)]
    for instance in instances:
        for hypothesis in identity.given:
            values = {symbol: instance.sizes[symbol.name] for symbol in hypothesis.free_symbols}
            assert _holds(hypothesis, values)
    return [tuple(instance.sizes.items()) for instance in instances]


def _holds(hypothesis: object, values: dict[object, int]) -> bool:
    from sympy.logic.boolalg import And, Not

    from symcnn.language.symbols import Divides

    if isinstance(hypothesis, And):
        return all(_holds(each, values) for each in hypothesis.args)
    if isinstance(hypothesis, Not):
        return not _holds(hypothesis.args[0], values)
    if isinstance(hypothesis, Divides):
        divisor, number = (int(each.subs(values)) for each in hypothesis.args)
        return number % divisor == 0
    return bool(hypothesis.subs(values))  # type: ignore[attr-defined]


def test_hypotheses_about_entries() -> None:
    one = Tensor.define((m,), lambda i: x[i, 1] ** 2 / x[i, 1])
    verify_numerically(Identity(one, one, [Nonzero(x[1, 1])]))


def test_hypotheses_that_nothing_satisfies() -> None:
    with pytest.raises(Vacuous, match=r"no sizes were found with .*m"):
        verify_numerically(Identity(x, x, [m >= 3, m <= 2]))


def test_a_statement_without_meaning() -> None:
    with pytest.raises(LanguageError):
        verify_numerically(Identity(Tensor.define((m,), lambda i: 2**i), x[1, 1] * Tensor("v", (m,))))
