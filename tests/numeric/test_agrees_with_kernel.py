"""Two readings of one formula: the generated function, and the kernel's exact value of the translated claim.

Neither uses the other, so a slip in either shows.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import Eq, Expr, KroneckerDelta, Max, Min, Mod, Piecewise, Rational, Sum, floor
from sympy.logic.boolalg import And, Not, Or

from symcnn.kernel import Claim
from symcnn.kernel.claim import expand
from symcnn.kernel.value import value
from symcnn.language.identity import Identity
from symcnn.language.statement import statement_of
from symcnn.language.symbols import Iverson, divides, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.convolution import conv2d, pad, subsample
from symcnn.layers.pooling import avg_pool2d
from symcnn.numeric import lambdify
from symcnn.numeric.instances import random_instance

Array = np.ndarray[Any, Any]
m, n, k, s, p, a, b = sizes("m n k s p a b")
x, z, v = Tensor("X", (m, n)), Tensor("Z", (m, n)), Tensor("v", (n,))


def row(formula: Callable[[Expr], Expr]) -> Tensor:
    return Tensor.define((n,), formula)


TENSORS = [
    conv2d(x, Tensor("W", (k, k)), stride=s, padding=p + k),
    conv2d(Tensor("X", (2, m, n)), Tensor("W", (4, 1, k, 1)), Tensor("b", (4,)), padding=k, groups=2, dilation=2),
    avg_pool2d(x, k, stride=s, padding=k),
    subsample(pad(x, p), s),
    (x @ x.T - 2 * z @ x.T) * Rational(1, 3),
    pad(subsample(x + z, (2, 1)), (0, 1)),
    conv2d(conv2d(x, Tensor("W", (k, k)), padding=k), Tensor.of([[1, -2], [Rational(1, 2), 0.25]]), padding=1),
    row(lambda i: Sum(v[a] * v[b], (a, 1, b), (b, i, n))),
    row(lambda i: Sum(v[a] / a, (a, Max(1, i - 1), Min(i + 1, n))) ** 2 + i),
    row(lambda i: Sum(KroneckerDelta(Mod(a, 3), Mod(i, 3)) * v[a], (a, 1, n))),
    row(lambda i: Piecewise((v[i], Eq(Mod(i, 2), 0)), (v.at(i + 1) - i, Or(i > 3, i < 2)), (Rational(1, 7), True))),
    row(lambda i: Iverson(Not(And(i >= 2, i <= n - 1))) * v[i] + Iverson(divides(2, i)) * v[floor(i / 2)]),
    row(lambda i: v.at(2 * i - n, outside=k) - v.at(Mod(-i, n) + 1)),
    row(lambda i: Sum(Sum(v.at(a * b - i), (a, 1, b)), (b, 1, 3)) / (i + 1)),
]


def exact(claim: Claim, sizes_: dict[str, int], arrays: dict[str, Array], indices: tuple[int, ...]) -> Fraction:
    def entry_of(array: Array) -> Callable[[tuple[int, ...]], Fraction]:
        def entry(at: tuple[int, ...]) -> Fraction:
            inside = all(1 <= index <= extent for index, extent in zip(at, array.shape, strict=True))
            return Fraction(float(array[tuple(i - 1 for i in at)])) if inside else Fraction(10**9)

        return entry

    names = (index.name for index in claim.indices)
    integers = {**sizes_, **dict(zip(names, indices, strict=True))}
    entries = {name: entry_of(array) for name, array in arrays.items()}
    return value(expand(claim.left, claim.definitions), integers, entries)


@pytest.mark.parametrize("tensor", TENSORS, ids=str)
def test_both_readings_agree(tensor: Tensor) -> None:
    claim = statement_of(Identity(tensor, tensor, [s <= 3, p >= 0, p <= 2, m <= 4, n <= 5, k <= 3])).claim
    function, generator = lambdify(tensor), np.random.default_rng(3)
    for _ in range(4):
        instance = random_instance(claim, generator)
        known = {**instance.sizes, **instance.arrays}
        found = function(**{name: known[name] for name in function.accepted})
        for at in list(np.ndindex(found.shape))[:: 1 + found.size // 12]:
            indices = tuple(position + 1 for position in at)
            expected = exact(claim, dict(instance.sizes), dict(instance.arrays), indices)
            assert found[at] == pytest.approx(float(expected), abs=1e-9)
