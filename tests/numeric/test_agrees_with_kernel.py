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

from symcnn.errors import ShapeError
from symcnn.kernel import Claim
from symcnn.kernel.claim import expand
from symcnn.kernel.value import Entry, value
from symcnn.language.activations import Activation, leaky_relu, relu
from symcnn.language.depth import LayerRecursion, LayerSizes, LayerTensor
from symcnn.language.identity import Identity
from symcnn.language.maxima import IndexedMax
from symcnn.language.statement import statement_of
from symcnn.language.symbols import Iverson, divides, sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.convolution import conv2d, pad, subsample
from symcnn.layers.pooling import avg_pool2d, max_pool2d
from symcnn.numeric import lambdify
from symcnn.numeric.instances import Instance, random_instance

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


f, g = Activation("f"), Activation("g", nondecreasing=True)
w = LayerSizes("w")
A, c = LayerTensor("A", lambda t: (w[t], w[t - 1])), LayerTensor("c", lambda t: (w[t],))
u = Tensor("u", (w[s],))
y = LayerRecursion("y", s, u, lambda t, before: relu(A[t] @ before - c[t]) + t, lambda t: (w[t],))
pooled = LayerRecursion(
    "q",
    p,
    v,
    lambda t, before: Tensor.define((n,), lambda i: IndexedMax(before[a], (a, i, n)) - v[i] * t),
    lambda t: (n,),
)

WITH_FUNCTIONS = [
    max_pool2d(x, k, stride=s, padding=1),
    max_pool2d(Tensor("X", (2, m, n)), (k, 1), stride=1, dilation=(s, 2)),
    row(lambda i: IndexedMax(v[a] * b, (a, 1, n), (b, 1, i), where=Or(a <= b, v[a] > 0, Eq(a, 1)))),
    row(
        lambda i: IndexedMax(v[a], (a, Max(1, i - 1), Min(i + 1, n))) - Sum(IndexedMax(v[b] * a, (b, a, n)), (a, 1, i))
    ),
    row(lambda i: Max(v[i], i / 3, -v[1]) + Min(v[i], 0, v[n]) * Max(i, 2)),
    row(lambda i: Iverson(v[i] > Rational(1, 4)) + Iverson(And(v[i] <= v[1], i >= 2)) * v[i] + Iverson(Eq(v[i], v[1]))),
    row(lambda i: Piecewise((v[i], v[i] > 0), (v[1] - i, Or(i > 3, v[i] < -1)), (Rational(1, 7), True))),
    f(g(x) - 2 * relu(z)) * leaky_relu(x),
    relu.derivative(x) + 3 * leaky_relu.derivative(x - z),
    row(lambda i: f(Sum(f(v[a]), (a, 1, i))) + Iverson(i <= n - 1) * g(v[i + 1])),
    A[s + 1] @ A[s] + w[s + 1] * w[p],
    Tensor.define((w[s],), lambda i: Sum(c[a][1] * i, (a, 0, s)) + Sum(w[b] * b, (b, s, k))),
    y[s + k],
    A[s + 2] @ y[s + 1] - c[s + 2],
    Tensor.define((2,), lambda i: Sum(y[a][1], (a, s, s + i))),
    pooled[p + s],
]


def exact(claim: Claim, sizes_: dict[str, int], known: dict[str, Any], indices: tuple[int, ...]) -> Fraction:
    names = (index.name for index in claim.indices)
    integers = {**sizes_, **dict(zip(names, indices, strict=True))}
    return value(expand(claim.left, claim.definitions), integers, known)


def entry_of(array: Array) -> Entry:
    def entry(at: tuple[int, ...]) -> Fraction:
        inside = all(1 <= index <= extent for index, extent in zip(at, array.shape, strict=True))
        return Fraction(float(array[tuple(i - 1 for i in at)])) if inside else Fraction(10**9)

    return entry


def by_layer(arrays: Callable[[int], Array]) -> Entry:
    return lambda at: entry_of(arrays(at[0]))(at[1:])


def function_of(function: Callable[[float], Any]) -> Entry:
    return lambda at: Fraction(float(function(float(at[0]))))


def known_of(instance: Instance) -> dict[str, Any]:
    known: dict[str, Any] = {
        name: by_layer(array) if callable(array) else entry_of(array) for name, array in instance.arrays.items()
    }
    known |= {name: (lambda at, widths=widths: Fraction(widths(at[0]))) for name, widths in instance.widths.items()}
    known |= {name: function_of(function) for name, function in instance.functions.items()}
    known["relu"] = lambda at: max(at[0], Fraction(0))
    known["leaky_relu"] = lambda at: max(at[0], at[0] / 100)
    known["relu'"] = lambda at: Fraction(at[0] > 0)
    known["leaky_relu'"] = lambda at: Fraction(at[0] > 0) + Fraction(at[0] < 0) / 100
    return known


@pytest.mark.parametrize("tensor", [*TENSORS, *WITH_FUNCTIONS], ids=str)
def test_both_readings_agree(tensor: Tensor) -> None:
    given = [s <= 3, p >= 0, p <= 2, m <= 4, n <= 5, k <= 3]
    claim = statement_of(Identity(tensor, tensor, given)).claim
    function, generator = lambdify(tensor), np.random.default_rng(3)
    for _ in range(4):
        instance = random_instance(claim, generator)
        try:
            found = function(**{name: instance.keyword(name) for name in function.accepted})
        except ShapeError:  # a window that is larger than the image
            continue
        known = known_of(instance)
        for at in list(np.ndindex(found.shape))[:: 1 + found.size // 12]:
            indices = tuple(position + 1 for position in at)
            expected = exact(claim, dict(instance.sizes), known, indices)
            if np.isfinite(found[at]):  # a maximum of nothing is 0 for the kernel
                assert found[at] == pytest.approx(float(expected), abs=1e-9)
