r"""Derivatives: by entries and by whole tensors, given or computed; rows and columns; and what is refused."""

from functools import cache

import pytest

from symcnn.errors import LanguageError, ShapeError, SymcnnError
from symcnn.read import check
from symcnn.read.declarations import declare
from symcnn.read.display import formula
from symcnn.read.meaning import Meaning
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Report, Verdict
from symcnn.read.values import Row, Scalar, Value, described
from symcnn.read.world import World

QUICK = Budget(1.0, 5.0, 0.0)
P, D, R, N = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED, Verdict.NOT_CHECKABLE
DECLARED = (
    "W: m x n; x: n; y: m; b: m; t: m; w: n; c: scalar; K: 1 x n; o: 1;"
    "sigma: differentiable activation; L: function of y"
)
LAYERS = r"\[ z = Wx + b \] \[ a = \sigma(z) \] \[ C = \frac12 \|a - t\|^2 \]"


@cache
def report(text: str, declarations: str = "") -> Report:
    return check(text, declarations=[DECLARED, declarations], budget=QUICK)


def last(claim: str, before: str = "", declarations: str = "") -> Finding:
    return report(rf"{before} \[ {claim} \]", declarations).findings[-1]


def value(text: str, declarations: str = "") -> Value:
    world = declare(declare(World(), DECLARED), declarations)
    return Meaning(world).value(formula(text).statements[0].chain)


# Of what is given, by what is given


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial \|x\|^2}{\partial x_1} = 2 x_1", P),
        (r"\frac{\partial \|x\|^2}{\partial x_1} = x_1", R),
        (r"\frac{\partial x_i}{\partial x_j} = \delta_{ij}", P),
        (r"\frac{\partial x_i}{\partial x_j} = 1", R),
        (r"\frac{\partial c^2}{\partial c} = 2c", P),
        (r"\frac{\partial \sigma(c)}{\partial c} = \sigma'(c)", P),
        (r"\frac{\partial \sigma(c)}{\partial c} = \sigma(c)", R),
        (r"\frac{\partial (Wx)_i}{\partial W_{jk}} = [i = j] x_k", P),
        (r"\frac{\partial (Wx)_i}{\partial W_{jk}} = x_k", R),
        (r"\frac{\partial (Wx)_i}{\partial x_j} = W_{ij}", P),
        (r"\frac{\partial (Wx)_i}{\partial x_j} = W_{ij} + 1", R),
        (r"\frac{\partial (W x)}{\partial (W)_{ij}} \cdot y = x_j y_i", P),
    ],
)
def test_by_an_entry(claim: str, verdict: Verdict) -> None:
    assert last(claim).verdict is verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial (Wx)}{\partial x} = W", P),
        (r"\frac{\partial (Wx + y)}{\partial y} = I", P),
        (r"\frac{\partial \sigma(x)}{\partial x} = \operatorname{diag}(\sigma'(x))", P),
        (r"\frac{\partial \sigma(x)}{\partial x} = \operatorname{diag}(\sigma(x))", R),
        (r"\frac{\partial (w^T x)}{\partial x} = w^T", P),
        (r"\frac{\partial (w^T x)}{\partial x} = x^T", R),
        (r"\frac{\partial (w^T x)}{\partial x} = w", R),
        (r"\frac{\partial (c x)}{\partial c} = x", P),
        (r"\partial (w^T x) / \partial x = w^T", P),
    ],
)
def test_by_a_vector_or_a_number(claim: str, verdict: Verdict) -> None:
    assert last(claim, declarations="gradients: rows").verdict is verdict


@pytest.mark.parametrize("layout", ["rows", "columns"])
def test_a_number_by_a_matrix_has_the_shape_of_the_matrix(layout: str) -> None:
    claim = r"\frac{\partial (y^T W x)}{\partial W} = y x^T"
    assert last(claim, declarations=f"gradients: {layout}").verdict is P


def test_a_vector_by_a_matrix_has_three_indices() -> None:
    assert described(value(r"\frac{\partial (Wx)}{\partial W}")) == "a tensor of m x m x n"
    assert last(r"\frac{\partial (Wx)}{\partial W}_{ijk} = [i = j] x_k").verdict is not R


# Rows and columns


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        (r"\frac{\partial C}{\partial a} = (a - t)^T", "rows"),
        (r"\frac{\partial C}{\partial a} = a - t", "columns"),
        (r"\frac{\partial z}{\partial x} = W", "rows"),
        (r"\frac{\partial z}{\partial x} = W^T", "columns"),
        (r"\frac{\partial C}{\partial x} = \frac{\partial C}{\partial z} W", "rows"),
        (r"\frac{\partial C}{\partial x} = W^T \frac{\partial C}{\partial z}", "columns"),
    ],
)
def test_what_is_right_with_one_layout_is_wrong_with_the_other(claim: str, right: str) -> None:
    wrong = "columns" if right == "rows" else "rows"
    assert last(claim, LAYERS, f"gradients: {right}").verdict is P
    assert last(claim, LAYERS, f"gradients: {wrong}").verdict is R


@pytest.mark.parametrize("layout", ["rows", "columns"])
def test_a_gradient_is_a_column(layout: str) -> None:
    assert last(r"\nabla_x (w^T x) = w", declarations=f"gradients: {layout}").verdict is P
    assert last(r"\nabla_x (w^T x) = w^T", declarations=f"gradients: {layout}").verdict is R


@pytest.mark.parametrize("layout", ["rows", "columns"])
def test_a_symmetric_jacobian_has_no_layout(layout: str) -> None:
    claim = r"\frac{\partial a}{\partial z} = \operatorname{diag}(\sigma'(z))"
    assert last(claim, LAYERS, f"gradients: {layout}").verdict is P


JACOBIAN, SLOPE = r"\frac{\partial (Wx)}{\partial x}", r"\frac{\partial (w^T x)}{\partial x}"
COLUMN, TALL = "the gradient of a number is a column", "a Jacobian has a row for every output"


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ((f"{JACOBIAN} = W",), TALL),
        ((f"{SLOPE} = w",), COLUMN),
        ((f"{JACOBIAN} = W^T",), "gradients are columns"),
        ((f"{SLOPE} = w^T",), "gradients are rows"),
        ((f"{JACOBIAN} = W", f"{SLOPE} = w"), f"{COLUMN}, and {TALL}"),
        ((f"{SLOPE} = w", f"{JACOBIAN} = W"), f"{COLUMN}, and {TALL}"),
        ((f"{SLOPE} = w", f"{JACOBIAN} = W^T"), "gradients are columns"),
        ((f"{JACOBIAN} = W", f"{SLOPE} = w^T"), "gradients are rows"),
    ],
)
def test_a_layout_that_nobody_said_is_the_one_that_is_right(claims: tuple[str, ...], said: str) -> None:
    made = report(" ".join(rf"\[ {each} \]" for each in claims))
    assert [each.verdict for each in made.findings] == [P] * len(claims)
    notes = [each.text for each in made.inferences if each.text.endswith("since with that this is true")]
    assert notes[-1] == f"{said} from here on, since with that this is true"


@pytest.mark.parametrize("claims", [("W^T", "w^T"), ("w^T", "W^T")])
def test_a_layout_that_was_taken_holds_from_there_on(claims: tuple[str, str]) -> None:
    """Rows for numbers, and Jacobians with a row for every input: nobody writes that"""
    sides = {"W^T": JACOBIAN, "w^T": SLOPE}
    made = report(" ".join(rf"\[ {sides[each]} = {each} \]" for each in claims))
    assert [each.verdict for each in made.findings] == [P, R]
    assert "it would hold if" in " ".join((made.findings[-1].reason, *made.findings[-1].remarks))


def test_numbers_by_columns_and_vectors_by_rows() -> None:
    made = report(rf"\[ {JACOBIAN} = W \] \[ {SLOPE} = w \] \[ {SLOPE} = w^T \]", "gradients: mixed")
    assert [each.verdict for each in made.findings] == [P, P, R]


def test_what_is_wrong_with_both_layouts_is_refuted() -> None:
    made = report(r"\[ \frac{\partial (Wx)}{\partial x} = 2W \]")
    assert made.findings[-1].verdict is R
    assert not any("gradients are" in each.text for each in made.inferences)


# By what is computed


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial C}{\partial z} = ((a - t) \odot \sigma'(z))^T", P),
        (r"\frac{\partial C}{\partial z} = (a - t)^T", R),
        (r"\frac{\partial C}{\partial a_i} = a_i - t_i", P),
        (r"\frac{\partial a_i}{\partial z_j} = \delta_{ij} \sigma'(z_i)", P),
        (r"\frac{\partial a_i}{\partial z_j} = \sigma'(z_i)", R),
        (r"\frac{\partial z}{\partial z} = I", P),
        (r"\frac{\partial C}{\partial W} = ((a - t) \odot \sigma'(z)) x^T", P),
        (r"\frac{\partial C}{\partial W} = (a - t) x^T", R),
        (r"\frac{\partial C}{\partial b} = \frac{\partial C}{\partial z}", P),
    ],
)
def test_by_what_is_computed(claim: str, verdict: Verdict) -> None:
    assert last(claim, LAYERS, "gradients: rows").verdict is verdict


def test_what_it_is_computed_from_does_not_vary_with_it() -> None:
    finding = last(r"\frac{\partial x}{\partial z} = 0", LAYERS)
    assert finding.verdict is N
    assert finding.reason == "nothing says how x depends on z: the derivative would be 0"


# By a function of a tensor


def test_a_loss_varies_with_what_it_is_a_function_of() -> None:
    before = r"\[ z = Wx + b \]"
    layout = "C: function of z; gradients: columns"
    assert last(r"\frac{\partial C}{\partial W} = \frac{\partial C}{\partial z} x^T", before, layout).verdict is P
    assert last(r"\frac{\partial C}{\partial W} = \frac{\partial C}{\partial b}", before, layout).verdict is R
    assert last(r"\frac{\partial C}{\partial z} = 0", before, layout).verdict is R


def test_a_loss_by_itself_is_one() -> None:
    made = value(r"\frac{\partial L}{\partial L}")
    assert isinstance(made, Scalar)
    assert made.expression == 1


# Of a vector with one entry


def test_a_vector_with_one_entry_is_a_number() -> None:
    assert described(value(r"\frac{\partial (Kx)}{\partial x}")) == "a row of n"
    assert last(r"\frac{\partial (Kx)}{\partial x} = K", declarations="gradients: rows").verdict is P
    assert isinstance(value(r"\frac{\partial o}{\partial o}"), Scalar)


# Refused


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (
            r"\frac{\partial L}{\partial x}",
            LanguageError,
            "nothing says how L depends on x: the derivative would be 0",
        ),
        (r"\frac{\partial x}{\partial y}", LanguageError, "nothing says how x depends on y: the derivative would be 0"),
        (
            r"\frac{\partial y}{\partial L}",
            LanguageError,
            "L is a function of a tensor: the derivative by it is not read",
        ),
        (
            r"\frac{\partial x}{\partial 2}",
            LanguageError,
            "a derivative is taken by a tensor or one of its entries, not by 2",
        ),
        (
            r"\frac{\partial x}{\partial (x+w)}",
            LanguageError,
            "a derivative is taken by a tensor or one of its entries, not by (x + w)",
        ),
        (
            r"\frac{\partial x}{\partial x^2}",
            LanguageError,
            "a derivative is taken by a tensor or one of its entries, not by x^{2}",
        ),
        (r"\frac{\partial x}{\partial x_{1,2}}", ShapeError, "x_{1,2} has 2 indices, and needs 1"),
        (
            r"\frac{\partial \|W\|_F^2}{\partial W_1}",
            LanguageError,
            "W_{1} is neither a tensor nor one of its entries: the derivative by it is not read",
        ),
        (r"\frac{\partial x^T}{\partial x}", LanguageError, "x^{T} is a row of n: its derivative is not read"),
        (r"\frac{\partial I}{\partial W}", LanguageError, "I is the identity matrix: its derivative is not read"),
        (
            r"\frac{\partial \sigma}{\partial x}",
            LanguageError,
            r"\sigma is a function: its argument should follow in brackets",
        ),
        (r"\frac{\partial x}{\partial q}", LanguageError, "q is not declared, and no equation before says what it is"),
    ],
)
def test_what_is_no_derivative_is_refused(text: str, kind: type[SymcnnError], message: str) -> None:
    with pytest.raises(kind) as caught:
        value(text)
    assert str(caught.value) == message


def test_second_derivatives_are_not_read() -> None:
    finding = last(r"\frac{\partial^2 L}{\partial y^2} = 0")
    assert finding.verdict is N
    assert "second derivatives are not read" in finding.reason


def test_a_gradient_before_a_factor_is_not_clear() -> None:
    finding = last(r"\nabla_W L = \nabla_y L x^T")
    assert finding.verdict is N
    assert "write brackets" in finding.reason


def test_a_row_of_a_gradient_is_a_row() -> None:
    assert isinstance(value(r"\frac{\partial L}{\partial y}"), Row)
