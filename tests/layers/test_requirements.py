"""What an operator needs is asked of the hypotheses, and the message says which one would help."""

import pytest
from sympy import Eq

from symcnn import Identity, Proved, Tensor, avg_pool2d, conv2d, decide, divides, prove, sizes
from symcnn.errors import IllFormed, Vacuous

m, n, k, r, C, D, O, g = sizes("m n k r C D O g")  # noqa: E741


def same(tensor, *given):
    return decide(Identity(tensor, tensor, given))


CASES = {
    "a sum of matrices": (
        lambda: Tensor("A", (m, n)) + Tensor("B", (m, k)),
        "a sum needs the extents n and k to be equal",
        [Eq(n, k)],
    ),
    "a difference of vectors": (
        lambda: Tensor("A", (m,)) - Tensor("B", (k,)),
        "extents m and k to be equal",
        [Eq(m, k)],
    ),
    "an entrywise product": (
        lambda: Tensor("A", (m,)) * Tensor("B", (k + 1,)),
        r"extents m and k \+ 1 to be equal",
        [Eq(m, k + 1)],
    ),
    "a matrix product": (
        lambda: Tensor("A", (m, n)) @ Tensor("B", (k, r)),
        r"a matrix product needs the extents n and k to be equal",
        [Eq(n, k)],
    ),
    "channels": (
        lambda: conv2d(Tensor("X", (C, m, n)), Tensor("W", (O, D, 1, 1))),
        r"conv2d: <X: C, m, n> has C channels, <W: O, D, 1, 1> reads D in 1 groups",
        [Eq(C, D)],
    ),
    "channels of groups": (
        lambda: conv2d(Tensor("X", (C, m, n)), Tensor("W", (g, D, 1, 1)), groups=g),
        r"has C channels, <W: g, D, 1, 1> reads D in g groups",
        [Eq(C, D * g)],
    ),
    "groups and outputs": (
        lambda: conv2d(Tensor("X", (g, m, n)), Tensor("W", (O, 1, 1, 1)), groups=g),
        r"g groups must divide the O output channels.*add given=\[divides\(g, O\)\]",
        [divides(g, O)],
    ),
    "bias": (
        lambda: conv2d(Tensor("X", (C, m, n)), Tensor("W", (O, C, 1, 1)), bias=Tensor("b", (k,))),
        r"<b: k> must have O entries",
        [Eq(k, O)],
    ),
    "a kernel that fits": (
        lambda: conv2d(Tensor("X", (m, n)), Tensor("W", (k, k))),
        r"the extent .* may be negative.*add given=\[m >= k\]",
        [m >= k, n >= k],
    ),
    "a window that fits": (
        lambda: avg_pool2d(Tensor("X", (m, n)), k, stride=1),
        r"the extent .* may be negative.*add given=\[m >= k\]",
        [m >= k, n >= k],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_hypothesis_is_asked_for_and_helps(case):
    make, message, given = CASES[case]
    with pytest.raises(IllFormed, match=message):
        same(make())
    assert isinstance(same(make(), *given), Proved)


@pytest.mark.parametrize(
    ("x", "w", "settings"),
    [
        ((4, m, n), (4, 1, 1, 1), {"groups": 3}),
        ((4, m, n), (3, 2, 1, 1), {"groups": 2}),
        ((3, m, n), (2, 2, 1, 1), {}),
        ((3, m, n), (2, 3, 1, 1), {"bias": Tensor("b", (3,))}),
    ],
)
def test_literal_sizes_that_do_not_fit_are_ill_formed(x, w, settings):
    with pytest.raises(IllFormed, match="nothing shows"):
        same(conv2d(Tensor("X", x), Tensor("W", w), **settings))


@pytest.mark.parametrize("make", [lambda x: conv2d(x, Tensor("W", (2, 3))), lambda x: avg_pool2d(x, (1, 3))])
def test_a_window_that_never_fits_leaves_nothing_to_compare(make):
    with pytest.raises(Vacuous):
        same(make(Tensor("X", (m, 2))))


def test_requirements_of_inner_tensors_are_asked_too():
    """They count wherever the tensor is read: in a transpose, a sum, a convolution, an entry."""
    mismatch = Tensor("A", (m, n)) + Tensor("B", (m, k))
    for outer in (
        mismatch.T,
        mismatch * 2,
        mismatch.extended(0),
        conv2d(mismatch, Tensor.of([[1]])),
        Tensor.define((m,), lambda i: mismatch[i, 1]),
    ):
        with pytest.raises(IllFormed, match="extents n and k to be equal"):
            same(outer)


def test_extents_of_the_two_sides_are_compared():
    x = Tensor("X", (m,))
    cut = Tensor.define((n,), lambda i: x[i])
    assert not isinstance(decide(Identity(cut, x, [m >= n])), Proved)
    assert prove(Identity(cut, x, [Eq(m, n)]))
