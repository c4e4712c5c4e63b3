"""Letters in bold and in no style: when they are one name, and when they may be two."""

import pytest

from symcnn.read.styles import bold_letters, declared_in_two_styles, in_two_styles


def test_bold_letters_are_found_in_every_style() -> None:
    assert bold_letters(r"\mathbf{x} \boldsymbol{Y} \bm{z} \pmb{q} \mathrm{k} \mathbf{ab} w") == frozenset("xYzq")


@pytest.mark.parametrize(
    ("formula", "letters"),
    [
        (r"\mathbf{A} A", "A"),
        (r"\bm A x = A", "A"),
        (r"\|\mathbf{x}\|^2 = \sum_i x_i^2", ""),
        (r"\mathbf{x}[1] = x[1]", ""),
        (r"\hat{\mathbf{y}} - y", ""),
        (r"\mathbf{y} - \hat{y}", ""),
        (r"\mathbf{T}^T", ""),
        (r"\operatorname{tr}(\mathbf{t}) \text{ if }", ""),
        (r"\nabla_x f(\mathbf{x})", ""),
        (r"\mathbf{n} \in \mathbb{R}^{m \times n}", "n"),
    ],
)
def test_letters_in_two_styles(formula: str, letters: str) -> None:
    assert in_two_styles(formula) == frozenset(letters)


def test_letters_may_be_declared_in_two_styles() -> None:
    formulas = [r"x, y \in \mathbb{R}", r"\mathbf{x} \in \mathbb{R}^n", r"y = \mathbf{y} \in M", r"\int \mathbf{y}"]
    assert declared_in_two_styles(formulas) == frozenset("x")
