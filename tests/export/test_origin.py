"""Indices that start at 0 in print: the same theorem, every index, sum, range and reason moved by one."""

import derived
import pytest
from sympy import Eq, Sum

from symcnn import Identity, Iverson, Tensor, prove, sizes
from symcnn.export.origin import from_zero, index_from_zero
from symcnn.kernel import terms
from symcnn.kernel.polynomial import normal
from symcnn.theorems import proved

i, j, n = map(terms.variable, "ijn")
one = terms.integer(1)


def test_one_derivation_by_hand() -> None:
    """The vertical difference: rows 0 to m-1, the kernel's rows and columns 0 to 2, its centre at 1."""
    assert (
        proved("vertical_difference_is_convolution").derivation().text(origin=0)
        == """\
Claim.
  For all integers m, n >= 1:
  X is m x n
  X[i, j] = 0 outside of 0 <= i <= m - 1 and 0 <= j <= n - 1
  W = [[0, 0, 0], [0, -1, 0], [0, 1, 0]]
  conv2d(X, W; padding 1)[i, j] = Σ_{α=0..2} Σ_{β=0..2} W[α, β] X[i + α - 1, j + β - 1]
  Y[i, j] = X[i + 1, j] - X[i, j], Y is m x n
  Then
    conv2d(X, W; padding 1)[i, j] = Y[i, j]   (0 <= i <= m - 1, 0 <= j <= n - 1)

Proof.
    conv2d(X, W; padding 1)[i, j]
      = Σ_{α=0..2} Σ_{β=0..2} W[α, β] X[i + α - 1, j + β - 1]   (definition of convolution)
      = W[1, 1] X[i, j] + W[2, 1] X[i + 1, j]                   (only these entries of W are not 0)
      = X[i + 1, j] - X[i, j]                                   (entries of W)
      = Y[i, j]                                                 (definition of Y)
  ∎"""
    )


def test_another_derivation_by_hand() -> None:
    """Average pooling: window i begins at row k i."""
    text = proved("average_pooling_is_box_convolution").derivation().text(origin=0)
    for line in (
        "X[c, i k + α, j k + β]",
        "Σ_{c=0..C - 1} Σ_{α=0..k - 1} Σ_{β=0..k - 1} W[o, c, α, β]",
        "(0 <= o <= C - 1, 0 <= i <= m/k - 1, 0 <= j <= n/k - 1)",
        "(only the terms with c = o contribute)",
        "W[o, c, α, β] = (1/k^2) [c = o]",
    ):
        assert line in text
    assert "=1.." not in text
    assert "- 1) +" not in text


def test_entries_of_a_kernel_with_channels() -> None:
    text = proved("luminance_is_pointwise_convolution").derivation().text(origin=0)
    assert "W[0, 0, 0, 0] = 0.299, W[0, 1, 0, 0] = 0.587, W[0, 2, 0, 0] = 0.114" in text
    assert "0.299 X[0, i, j] + 0.587 X[1, i, j] + 0.114 X[2, i, j]" in text
    assert "(o = 0, 0 <= i <= m - 1" in text


def test_what_already_starts_at_0_stays() -> None:
    derivation = derived.CASES["indices_from_zero"]().derivation()
    assert derivation.text(origin=0) == derivation.text(origin=1)
    assert "0 <= i <= m - 1" in derivation.text()


def test_reasons_and_cases_move() -> None:
    dilation = derived.CASES["dilation"]().derivation()
    assert "(replace α by 4 - α and β by 4 - β)" in dilation.text()
    assert "(replace α by 2 - α and β by 2 - β)" in dilation.text(origin=0)
    cases = derived.CASES["two_cases"]().derivation()
    assert "If i <= k, then" in cases.text()
    assert "If i < k, then" in cases.text(origin=0)
    assert "If $i < k$, then" in cases.latex(origin=0)


def test_a_reason_with_a_free_index_or_a_size_moves() -> None:
    """Only a = i + 1 contributes, which is a = i + 1 from 0 too; only a = n, which is a = n - 1 from 0."""
    size, a = sizes("n a")
    x = Tensor("x", (size + 1,))
    next_one = Tensor.define((size,), lambda i: Sum(Iverson(Eq(a, i + 1)) * x[a], (a, 1, size + 1)))
    shown = prove(Identity(next_one, Tensor.define((size,), lambda i: x[i + 1]))).derivation()
    assert "only the terms with a = i + 1 contribute" in shown.text()
    assert "only the terms with a = i + 1 contribute" in shown.text(origin=0)
    last = prove(Identity(Sum(Iverson(Eq(a, size)) * x[a], (a, 1, size + 1)), x[size])).derivation()
    assert "only the terms with a = n contribute" in last.text()
    assert "only the terms with a = n - 1 contribute" in last.text(origin=0)
    assert "x[n - 1]" in last.text(origin=0)


@pytest.mark.parametrize("origin", [2, -1, None, "0"])
def test_there_is_no_other_origin(origin) -> None:
    derivation = proved("vertical_difference_is_convolution").derivation()
    for write in (derivation.latex, derivation.markdown, derivation.text):
        with pytest.raises(ValueError, match="indices start at 0 or at 1"):
            write(origin=origin)


def test_terms() -> None:
    moved = from_zero(terms.entry("X", terms.add(i, one), n), ("i",))
    assert normal(moved) == normal(terms.entry("X", terms.add(i, one), terms.add(n, terms.integer(-1))))
    number = from_zero(terms.real(i), ("i",))
    assert normal(number) == normal(terms.real(terms.add(i, one))), "an index that is a number is one larger"
    total = terms.summation("a", one, n, terms.entry("X", terms.variable("a"), i))
    shown = terms.summation(
        "a", terms.integer(0), terms.add(n, terms.integer(-1)), terms.entry("X", terms.variable("a"), i)
    )
    assert normal(from_zero(total, ("i",))) == normal(shown)
    assert normal(index_from_zero(terms.add(i, j, one), ("i",))) == normal(terms.add(i, j, one))
