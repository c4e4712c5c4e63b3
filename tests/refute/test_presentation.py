"""Counterexamples in notebooks: aligned formulas, arrays as matrices."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from looking import SECONDS
from sympy import Rational, floor

from symcnn import Activation, Identity, ScalarField, Tensor, conv2d, exp, gradient, sizes
from symcnn.language.depth import LayerIndex, LayerSizes, LayerTensor
from symcnn.language.statement import statement_of
from symcnn.language.symbols import Nonzero
from symcnn.refute import Counterexample, exponentials, refute
from symcnn.refute.curves import RATIONAL, RealFunction, broken, polynomial
from symcnn.refute.decimals import decimal
from symcnn.refute.forms import Form
from symcnn.refute.formulas import latex_value
from symcnn.refute.intervals import Interval, Value
from symcnn.refute.matrices import tensor_latex
from symcnn.refute.smooth import EXP, SIGMOID, TANH, TANH_SQUARED, Smooth

m, n, k, alpha = sizes("m n k alpha")
SQUARE, v = Tensor("X", (n, n)), Tensor("v", (alpha,))
LEAKY = r"\sigma(x) = \begin{cases} -3 x & \text{if } x < 0 \\ -\tfrac{3}{100} x & \text{if } x \ge 0 \end{cases}"


def refuted(left: Any, right: Any, given: Any = ()) -> Counterexample:
    found = refute(statement_of(Identity(left, right, given)).claim, SECONDS)
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
    assert found._repr_latex_().endswith(r"\text{ does not hold: } 2 \text{ and } 1" + "\n\\end{aligned}$")


def test_images_with_channels_are_shown_one_by_one() -> None:
    images = Tensor("X", (2, 2, n))
    shown = refuted(images, 2 * images, [n >= 2])._repr_latex_()
    assert r"& X_{1,\cdot,\cdot} = \begin{bmatrix}" in shown
    assert r"& X_{2,\cdot,\cdot} = \begin{bmatrix}" in shown


def test_functions_are_written_out() -> None:
    sigma = Activation("sigma", nondecreasing=True)
    shown = refuted(sigma(v), v)
    assert "sigma(x) = " in str(shown)
    assert r"\sigma(x) = " in shown._repr_latex_()


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
    assert r"& X = 0 \text{ but for } X_{1,1} = 1 \\" in shown
    assert "bmatrix" not in shown


def test_the_smallest_sizes_are_found() -> None:
    padded = conv2d(SQUARE, Tensor("W", (k, k)), padding=floor(k / 2))
    found = refuted(padded, conv2d(SQUARE, Tensor("W", (k, k)), padding=floor((k - 1) / 2)))
    assert dict(found.sizes) == {"n": 1, "k": 2}


@pytest.mark.parametrize(
    ("function", "shown"),
    [
        (polynomial(0, -1), r"\sigma(x) = -x"),
        (polynomial(0), r"\sigma(x) = 0"),
        (polynomial(1, -2, 0, Fraction(-1, 2)), r"\sigma(x) = -\tfrac{1}{2} x^{3} - 2 x + 1"),
        (
            broken((0, -1), (0, 1), at=(0,)),
            r"\sigma(x) = \begin{cases} -x & \text{if } x < 0 \\ x & \text{if } x \ge 0 \end{cases}",
        ),
        (
            broken((-1, 0), (0, 1), (1, 0), at=(-1, 1)),
            r"\sigma(x) = \begin{cases} -1 & \text{if } x < -1 \\ x & \text{if } -1 \le x < 1 \\"
            r" 1 & \text{if } x \ge 1 \end{cases}",
        ),
        (RATIONAL["leaky_relu"].scaled(3, 0).mirrored(), LEAKY),
        (Smooth(TANH), r"\sigma(x) = \tanh(x)"),
        (Smooth(EXP, 1, -1), r"\sigma(x) = \exp(-x)"),
        (Smooth(SIGMOID, 3, -2, -1), r"\sigma(x) = 3 \operatorname{sigmoid}(-2 x) - 1"),
        (Smooth(TANH_SQUARED, -1, 1, 1), r"\sigma(x) = -\tanh^{2}(x) + 1"),
    ],
)
def test_functions_are_formulas(function: RealFunction, shown: str) -> None:
    assert function.latex("sigma") == shown


def test_names_of_functions_are_those_of_latex() -> None:
    assert polynomial(1).latex("phi_2") == r"\phi_{2}(x) = 1"
    assert polynomial(1).latex("act") == r"\mathit{act}(x) = 1"


def test_functions_of_tensors_are_formulas() -> None:
    form = Form((1, -2), (0, 3), (0, 0, 1))
    matrix = [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert (
        form.latex("L", matrix) == "L(u) = u_{1,1} - 2 u_{1,2} + 3 u_{1,2}^{2} + u_{2,1} + u_{2,1} u_{2,2} - 2 u_{2,2}"
        " + 3 u_{2,2}^{2}"
    )
    assert form.latex("Lambda", [()]) == r"\Lambda(u) = u"
    assert form.latex("L", []) == "L(u) = 0"


def test_functions_of_large_tensors_are_words() -> None:
    assert Form((1, -2), (0,), (3,)).described_latex("phi") == (
        r"\phi(u) = \text{the sum of the entries with the weights 1, -2 in turn, and the sum of the products of"
        r" neighbours with the weights 3 in turn}"
    )
    assert Form((0,)).described_latex("L") == "L(u) = 0"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(-3), "-3"),
        (Fraction(-1, 3), r"-\tfrac{1}{3}"),
        (exponentials.tanh(Fraction(1)), r"0.7615941559\ldots"),
        (exponentials.exp(Fraction(100)), r"2.688117141\ldots \cdot 10^{43}"),
        (-exponentials.exp(Fraction(-20)), r"-2.061153622\ldots \cdot 10^{-9}"),
        (
            Interval(Fraction(-1, 10**20), Fraction(3)),
            r"\text{between } -1 \cdot 10^{-9} \text{ and } 3.000000000",
        ),
    ],
)
def test_numbers(number: Value, shown: str) -> None:
    assert latex_value(decimal(number)) == shown


@pytest.mark.parametrize(
    ("entries", "shape", "shown"),
    [
        (Fraction(1, 2), (), [r"\alpha = \tfrac{1}{2}"]),
        ((), (0,), [r"\alpha \text{ has no entries}"]),
        ((Fraction(1), Fraction(-2)), (2,), [r"\alpha = \begin{bmatrix} 1 & -2 \end{bmatrix}"]),
        (((Fraction(0),) * 6,) * 7, (7, 6), [r"\alpha = 0"]),
        (((Fraction(1),) * 6,) * 7, (7, 6), [r"\alpha \text{ has } 7 \times 6 \text{ entries, too many to show}"]),
        (
            (*((Fraction(0),) * 6,) * 6, (*(Fraction(0),) * 4, Fraction(1), Fraction(1, 3))),
            (7, 6),
            [r"\alpha = 0 \text{ but for } \alpha_{7,5} = 1,\ \alpha_{7,6} = \tfrac{1}{3}"],
        ),
    ],
)
def test_tensors(entries: Any, shape: tuple[int, ...], shown: list[str]) -> None:
    assert list(tensor_latex(r"\alpha", entries, shape, 1)) == shown


def every_kind() -> Iterator[Counterexample]:
    """Counterexamples with all that can be shown"""
    images, big, wide = Tensor("X", (2, 2, n)), Tensor("X_2", (m, n)), Tensor("X", (12,))
    bounded = Activation("phi", nondecreasing=True, strictly=True, bounded=True, differentiable=True)
    step = Activation("step", nondecreasing=True, bounded=True, nonnegative=True, fixes_zero=True)
    width, last, L = LayerSizes("n"), LayerIndex("l"), ScalarField("L")
    A = LayerTensor("A", lambda layer: (width[layer], width[layer - 1]))
    yield refuted(v * Rational(-1, 3), v)
    yield refuted(images, 2 * images, [n >= 2])
    yield refuted(big, 2 * big, [m >= 7, n >= 7])
    yield refuted(wide, 2 * wide)
    yield refuted(bounded(v), 2 * bounded(v))
    yield refuted(step(v), 2 * step(v), [Nonzero(step(v[1]))])
    yield refuted(exp(100 * v), v)
    yield refuted(A[last] * 2, A[last])
    yield refuted(gradient(L, at=SQUARE), 2 * gradient(L, at=SQUARE), [n >= 2])
    yield refuted(gradient(L, at=SQUARE), 2 * gradient(L, at=SQUARE), [n >= 5])
    yield refuted(conv2d(big, SQUARE), conv2d(big, SQUARE, stride=2), [m >= n])


def test_no_text_needs_a_command() -> None:
    """Notebooks run none in a text box."""
    shown = [each._repr_latex_() for each in every_kind()]
    texts = [text for each in shown for text in re.findall(r"\\text\{([^}]*)\}", each)]
    assert len(texts) > len(shown)
    assert all(re.fullmatch(r"[A-Za-z0-9 ,:-]+", text) for text in texts)
    for kind in (r"\begin{cases}", r"\tfrac", r"\phi(x)", r"\text{ but for }", "in turn", r"\cdot 10^{", "A_{", "L(u)"):
        assert any(kind in each for each in shown)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_every_kind_is_compiled(tmp_path: Path) -> None:
    shown = "\n\n".join(each._repr_latex_() for each in every_kind())
    packages = r"\usepackage{amsmath,amssymb}"
    (tmp_path / "all.tex").write_text(
        f"\\documentclass{{article}}{packages}\\begin{{document}}\n{shown}\n\\end{{document}}\n", encoding="utf-8"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    assert "Missing character" not in run.stdout
