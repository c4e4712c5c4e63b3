"""Tensors are called by the operators that made them, parenthesised where that is needed and nowhere else."""

import pytest

from symcnn import Identity, Tensor, avg_pool2d, conv2d, divides, pad, sizes, subsample
from symcnn.language.statement import statement_of
from symcnn.notation import LATEX, PLAIN, identity_latex, identity_text, naming_of, printer_of, tensor_latex
from symcnn.notation.literals import literal_formulas
from symcnn.notation.naming import Naming

m, n, k = sizes("m n k")
X, Y, Z = (Tensor(name, (m, n)) for name in "XYZ")
A, W, s = Tensor("A", (n, n)), Tensor("W", (3, 3)), Tensor("s", ())
plain, latex = Naming(PLAIN), Naming(LATEX)


@pytest.mark.parametrize(
    ("tensor", "name", "inside"),
    [
        (X + Y, "(X + Y)", "X + Y"),
        (X + Y - Z, "(X + Y - Z)", "X + Y - Z"),
        (X - (Y - Z), "(X - (Y - Z))", "X - (Y - Z)"),
        (X - (Y + Z), "(X - (Y + Z))", "X - (Y + Z)"),
        (-X, "(-X)", "-X"),
        (X - (-Y), "(X - (-Y))", "X - (-Y)"),
        (2 * X, "(2 X)", "2 X"),
        ((m + k) * X, "((k + m) X)", "(k + m) X"),
        (X / k, "((1/k) X)", "(1/k) X"),
        (X - 2, "(X - 2)", "X - 2"),
        (X - (m + k), "(X - (k + m))", "X - (k + m)"),
        (X * Y, "(X ⊙ Y)", "X ⊙ Y"),
        (X * (Y + Z), "(X ⊙ (Y + Z))", "X ⊙ (Y + Z)"),
        (A @ A @ A, "((A A) A)", "(A A) A"),
        (A @ (A + A), "(A (A + A))", "A (A + A)"),
        (A.T, "Aᵀ", "Aᵀ"),
        ((A @ A).T, "(A A)ᵀ", "(A A)ᵀ"),
        (s[()] * X, "(s X)", "s X"),
    ],
    ids=str,
)
def test_algebra(tensor: Tensor, name: str, inside: str) -> None:
    assert plain.of(tensor) == name
    assert plain.of(pad(tensor, 1)) == f"pad({inside}; padding 1)"


@pytest.mark.parametrize(
    ("tensor", "name"),
    [
        (conv2d(X, W), "conv2d(X, W)"),
        (conv2d(X, W, padding=1), "conv2d(X, W; padding 1)"),
        (conv2d(X, W, stride=(1, 2), padding=k), "conv2d(X, W; stride (1, 2), padding k)"),
        (conv2d(X, W, dilation=k + 1), "conv2d(X, W; dilation k + 1)"),
        (avg_pool2d(X, (2, k)), "avgpool(X; window (2, k))"),
        (avg_pool2d(X, k, stride=1), "avgpool(X; window k, stride 1)"),
        (subsample(X, k), "subsample(X; stride k)"),
        (X.extended(0), "X"),
        (X.extended(5), "extend(X; outside 5)"),
        (Tensor.of([[1]]), "W"),
        (Tensor.define((m,), lambda i: X[i, 1]), "Y"),
    ],
    ids=str,
)
def test_operators(tensor: Tensor, name: str) -> None:
    assert plain.of(tensor) == name


def test_operators_in_latex() -> None:
    assert latex.of(conv2d(X, W, padding=1)) == r"\operatorname{conv2d}(X, W;\ \text{padding }1)"
    assert latex.of(X * Y) == r"(X \odot Y)"
    assert latex.of((A @ A).T) == r"(A A)^{\top}"


def test_two_tensors_without_names_are_kept_apart() -> None:
    first, second = Tensor.define((m,), lambda i: X[i, 1]), Tensor.define((m,), lambda i: 2 * X[i, 1])
    statement = statement_of(Identity(first + second, 3 * first))
    naming = naming_of(statement, PLAIN)
    assert naming.of(first) != naming.of(second)


@pytest.mark.parametrize(
    ("rows", "formulas"),
    [
        ([1, 2], ["W = (1, 2)"]),
        ([[1, 0.5]], ["W = [[1, 0.5]]"]),
        ([[[1, 2]], [[3, 4]]], ["W[1, :, :] = [[1, 2]]", "W[2, :, :] = [[3, 4]]"]),
        ([[[0.299]], [[0]], [[0.114]]], ["W[1, 1, 1] = 0.299, W[3, 1, 1] = 0.114"]),
        (7, ["W = 7"]),
    ],
    ids=str,
)
def test_literal_tensors(rows, formulas: list[str]) -> None:
    assert list(literal_formulas(Tensor.of(rows), plain, 1)) == formulas


def test_indices_of_literal_tensors_may_start_at_0() -> None:
    assert literal_formulas(Tensor.of([[[5]], [[6]]]), plain, 0) == ("W[0, 0, 0] = 5, W[1, 0, 0] = 6",)


def test_a_matrix_with_many_columns_is_no_bmatrix() -> None:
    """amsmath's have ten columns."""
    assert "bmatrix" in literal_formulas(Tensor.of([[1] * 10]), latex, 1)[0]
    assert r"\begin{array}{*{11}{c}}" in literal_formulas(Tensor.of([[1] * 11]), latex, 1)[0]


def test_notebooks_show_tensors() -> None:
    assert tensor_latex(X) == r"X \in \mathbb{R}^{m \times n}"
    assert tensor_latex(s) == r"s \in \mathbb{R}"
    assert tensor_latex(Tensor("x", (n + 1,))) == r"x \in \mathbb{R}^{(n + 1)}"
    assert tensor_latex(Tensor.of([[1, 2]], name="K")) == r"K = \begin{bmatrix} 1 & 2 \end{bmatrix}"
    assert tensor_latex(X + Y) == "(X + Y)_{i,j} = X_{i,j} + Y_{i,j}"
    assert tensor_latex(conv2d(X, W)).endswith(r"W_{\alpha,\beta} X_{i + \alpha - 1,j + \beta - 1}")
    twice = Tensor.define((m,), lambda row: 2 * X[row, 1], name="T")
    assert tensor_latex(twice) == r"T_{\mathit{row}} = 2 X_{\mathit{row},1}"
    inner = Tensor.define((m,), lambda i: X[i, 1])
    assert tensor_latex(Tensor.define((m,), lambda i: inner[i] + 1)) == "(Y_{2})_{i} = Y_{i} + 1"


def test_notebooks_show_a_tensor_that_cannot_stand_in_a_statement() -> None:
    clash = Tensor("m", (m,)) + Tensor("q", (m,))
    assert tensor_latex(clash) == r"(m + q) \in \mathbb{R}^{m}"


def test_an_identity_shows_its_indices_and_what_is_given() -> None:
    identity = Identity(X + Y, Y + X, [divides(k, m), n >= 2])
    assert identity_latex(identity) == (
        r"X_{i,j} + Y_{i,j} = X_{i,j} + Y_{i,j} \qquad (1 \le i \le m,\ 1 \le j \le n)"
        r" \quad \text{given } n \ge 2,\ k \mid m"
    )
    assert identity_text(identity).endswith("given 2 <= n, k | m")
    assert identity_text(Identity(X, X)) == "X[i, j] = X[i, j]"


def test_hypotheses_about_tensors_without_names_name_them() -> None:
    from symcnn import Nonzero

    first = Tensor.define((m,), lambda i: X[i, 1])
    identity = Identity(first, first, [Nonzero(first[1])])
    assert identity_text(identity) == "Y[i] = Y[i] given Y[1] != 0"


def test_the_printer_of_a_statement_knows_kernels_decimals_and_padding() -> None:
    statement = statement_of(Identity(conv2d(X, W, padding=1) * 0.5, 0.5 * conv2d(X, W, padding=1)))
    printer = printer_of(statement, PLAIN)
    assert printer.kernels == {"W"}
    assert set(printer.zero_outside) == {"X"}
    assert printer(statement.claim.left) == "0.5 conv2d(X, W; padding 1)[i, j]"
