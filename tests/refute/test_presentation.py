"""Counterexamples in notebooks: aligned formulas, arrays as matrices."""

from typing import Any

from sympy import Rational, floor

from symcnn import Activation, Identity, ScalarField, Tensor, conv2d, gradient, sizes
from symcnn.language.depth import LayerIndex, LayerSizes, LayerTensor
from symcnn.language.statement import statement_of
from symcnn.refute import Counterexample, refute

m, n, k, alpha = sizes("m n k alpha")
SQUARE, v = Tensor("X", (n, n)), Tensor("v", (alpha,))


def refuted(left: Any, right: Any, given: Any = ()) -> Counterexample:
    found = refute(statement_of(Identity(left, right, given)).claim)
    assert found is not None
    return found


def test_a_matrix() -> None:
    assert refuted(SQUARE, SQUARE.T)._repr_latex_() == (
        "$\\displaystyle \\begin{aligned}\n"
        "& n = 2 \\\\\n"
        "& X = \\begin{bmatrix} 0 & 1 \\\\ 0 & 0 \\end{bmatrix} \\\\\n"
        "& \\text{at } i = 1,\\ j = 2: \\quad \\text{the left side is } 1, \\text{ the right side is } 0\n"
        "\\end{aligned}$"
    )


def test_names_and_fractions() -> None:
    shown = refuted(v * Rational(1, 3), v)._repr_latex_()
    assert r"\alpha = 1" in shown
    assert r"\text{the left side is } \tfrac{1}{3}" in shown


def test_negative_fractions_have_the_sign_in_front() -> None:
    assert r"-\tfrac{1}{3}" in refuted(v * Rational(-1, 3), v)._repr_latex_()


def test_shapes() -> None:
    X, W = Tensor("X", (m, n)), Tensor("W", (k, k))
    found = refuted(conv2d(X, W), conv2d(X, W, stride=2), [m >= k, n >= k])
    assert str(found) == "k = 1, m = 1, n = 2\nn - k + 1 = ⌊(n - k)/2⌋ + 1 does not hold: 2 and 1"
    assert r"\left\lfloor" in found._repr_latex_()
    assert found._repr_latex_().endswith(r"\text{ does not hold: 2 and 1}" + "\n\\end{aligned}$")


def test_images_with_channels_are_shown_one_by_one() -> None:
    images = Tensor("X", (2, 2, n))
    shown = refuted(images, 2 * images, [n >= 2])._repr_latex_()
    assert r"& X[1, :, :] = \begin{bmatrix}" in shown
    assert r"& X[2, :, :] = \begin{bmatrix}" in shown


def test_functions_are_written_out() -> None:
    sigma = Activation("sigma", nondecreasing=True)
    shown = refuted(sigma(v), v)
    assert "sigma(x) = " in str(shown)
    assert r"\text{sigma(x) = " in shown._repr_latex_()


def test_fields_and_layers() -> None:
    L, width, last = ScalarField("L"), LayerSizes("n"), LayerIndex("l")
    A = LayerTensor("A", lambda layer: (width[layer], width[layer - 1]))
    shown = refuted(A[last] * 2, A[last])
    assert "n[" in str(shown)
    assert "n_{" in shown._repr_latex_()
    assert "L(u) = " in str(refuted(gradient(L(v), v), 2 * gradient(L(v), v)))


def test_large_tensors_are_summed_up() -> None:
    big = Tensor("X", (m, n))
    shown = refuted(big * 2, big, [m >= 7, n >= 7])._repr_latex_()
    assert r"\text{X" in shown
    assert "bmatrix" not in shown


def test_the_smallest_sizes_are_found() -> None:
    padded = conv2d(SQUARE, Tensor("W", (k, k)), padding=floor(k / 2))
    found = refuted(padded, conv2d(SQUARE, Tensor("W", (k, k)), padding=floor((k - 1) / 2)))
    assert dict(found.sizes) == {"n": 1, "k": 2}
