r"""What formulas mean: each value is compared with the one that is written by hand in the language."""

from collections.abc import Callable

import pytest
from sympy import Dummy, Eq, Expr, Max, Min, Rational, Sum, floor

from symcnn import (
    Activation,
    Identity,
    IndexedMax,
    Iverson,
    Tensor,
    avg_pool2d,
    conv2d,
    diag,
    exp,
    identity_matrix,
    max_pool2d,
    outer,
    pad,
    prove,
    relu,
    sizes,
    subsample,
    tanh,
)
from symcnn.errors import LanguageError, ParseError, ShapeError
from symcnn.layers.algebra import matmul
from symcnn.read.declarations import declare
from symcnn.read.display import formula
from symcnn.read.meaning import Meaning, Unknown
from symcnn.read.values import Constant, Eye, Row, Scalar, Value, described
from symcnn.read.world import World

DECLARED = (
    "X, Y: m x n; B: n x k; S: n x n; K: 2 x 2; F: 3 x 4 x 5; x, y: n; u: m; c, d: scalar;"
    "r: n, zero outside; sigma: differentiable activation; A_l: n_l x n_{l-1}; a_l: n_l; l, L: layer;"
    "rho: max pooling, window (2, 3), stride 2; mu: average pooling, window 2; kappa: maximum; given: m >= 3, n >= 4"
)
m, n, k = sizes("m n k")
X, Y, B, S = Tensor("X", (m, n)), Tensor("Y", (m, n)), Tensor("B", (n, k)), Tensor("S", (n, n))
K, F, x, y, u = Tensor("K", (2, 2)), Tensor("F", (3, 4, 5)), Tensor("x", (n,)), Tensor("y", (n,)), Tensor("u", (m,))
c_, d_ = Tensor("c", ()), Tensor("d", ())
c, d = c_[()], d_[()]
sigma = Activation("sigma", differentiable=True)
i, j = Dummy("i", integer=True), Dummy("j", integer=True)


def value(text: str, declared: str = DECLARED) -> Value:
    return Meaning(declare(World(), declared)).value(formula(text).statements[0].chain)


def as_tensor(made: object) -> Tensor:
    if isinstance(made, Scalar):
        made = made.expression
    if isinstance(made, Row):
        made = made.vector
    if isinstance(made, Tensor):
        return made
    assert isinstance(made, Expr)
    number = made
    return Tensor.define((), lambda: number)


def entries(shape: tuple[Expr, ...], of: Callable[..., Expr]) -> Tensor:
    return Tensor.define(shape, of, letters=("i", "j")[: len(shape)])


NUMBERS: dict[str, Expr] = {
    "c": c,
    "3c - 0.5d": 3 * c - d / 2,
    "-c": -c,
    "x_1": x[1],
    "X_{1,2}": X[1, 2],
    "X_{12}": X[1, 2],
    "x_n": x[n],
    "x[1]": x[1],
    "X[1,2]": X[1, 2],
    "c[2]": 2 * c,
    "c(d + 1)": c * d + c,
    r"c \cdot d": c * d,
    r"c \times d": c * d,
    "c * d": c * d,
    "m": m,
    "c^2": c**2,
    "c^0": c**0,
    "X_{1,2}^2": X[1, 2] ** 2,
    "c/2": c / 2,
    r"\frac{m}{2} c": m * c / 2,
    "|c|": Max(c, -c),
    r"\max(c, d, 0)": Max(c, d, 0),
    r"\min(c, d)": Min(c, d),
    r"\lfloor m/2 \rfloor": floor(m / 2),
    r"\lceil m/2 \rceil": -floor(-m / 2),
    r"e^c": exp(c),
    r"e^{-c}": exp(-c),
    r"\exp(c)": exp(c),
    r"\exp x_1": exp(x[1]),
    r"\tanh(c)": tanh(c),
    r"\tanh^2(c)": tanh(c) ** 2,
    r"\tanh'(c)": 1 - tanh(c) ** 2,
    r"\sigma(c)": sigma(c),
    r"\sigma'(c)": sigma.derivative(c),
    r"\sigma^2(c)": sigma(c) ** 2,
    r"\operatorname{ReLU}(c)": relu(c),
    "[m = n]": Iverson(Eq(m, n)),
    "1_{c > 0} c": relu(c),
    r"\delta_{m,n}": Iverson(Eq(m, n)),
    r"(x + y)_1": x[1] + y[1],
    "r_{n+1} + c": c,
    r"\begin{cases} c & \text{if } c > 0 \\ 0 & \text{otherwise} \end{cases}": relu(c),
    r"\begin{cases} c & c > 0 \\ 0 & c \le 0 \end{cases}": relu(c),
    r"\begin{cases} 1 & m \ge 1 \\ 5 & \text{otherwise} \end{cases}": Rational(1),
    r"\sum_i x_i": Sum(x[i], (i, 1, n)),
    r"\sum_{i=1}^{n-1} x_i": Sum(x[i], (i, 1, n - 1)),
    r"\sum_{1 \le i < n} x_i": Sum(x[i], (i, 1, n - 1)),
    r"\sum_{i=1}^3 2": Rational(6),
    r"\sum_{i,j} X_{i,j}": Sum(X[i, j], (j, 1, n), (i, 1, m)),
    r"\sum_{i,j=1}^2 X_{ij}": X[1, 1] + X[1, 2] + X[2, 1] + X[2, 2],
    r"\sum_{\substack{i,j \\ i \ne j}} S_{i,j}": Sum(S[i, j], (j, 1, n), (i, 1, n)) - Sum(S[i, i], (i, 1, n)),
    r"\sum_i x_i + c": Sum(x[i], (i, 1, n)) + c,
    r"\sum_i (x_i + c)": Sum(x[i] + c, (i, 1, n)),
    r"\max_i x_i": IndexedMax(x[i], (i, 1, n)),
    r"\min_i x_i": -IndexedMax(-x[i], (i, 1, n)),
    r"\max_{i,j} X_{ij}": IndexedMax(X[i, j], (i, 1, m), (j, 1, n)),
    r"\max_i \max_j X_{ij}": IndexedMax(X[i, j], (i, 1, m), (j, 1, n)),
    r"\kappa(x)": IndexedMax(x[i], (i, 1, n)),
    r"x^T y": Sum(x[i] * y[i], (i, 1, n)),
    r"x \cdot y": Sum(x[i] * y[i], (i, 1, n)),
    r"\langle x, y \rangle": Sum(x[i] * y[i], (i, 1, n)),
    r"\langle X, Y \rangle_F": Sum(X[i, j] * Y[i, j], (j, 1, n), (i, 1, m)),
    r"\|x\|^2": Sum(x[i] ** 2, (i, 1, n)),
    r"\|x\|_2^2": Sum(x[i] ** 2, (i, 1, n)),
    r"\|X\|_F^2": Sum(X[i, j] ** 2, (j, 1, n), (i, 1, m)),
    r"\|c\|^2": c**2,
    r"u^T X x": Sum(u[i] * X[i, j] * x[j], (j, 1, n), (i, 1, m)),
    r"\operatorname{tr}(S)": Sum(S[i, i], (i, 1, n)),
    r"\operatorname{tr}(X^T Y)": Sum(X[i, j] * Y[i, j], (j, 1, n), (i, 1, m)),
}

TENSORS: dict[str, Tensor] = {
    "x": x,
    "(x)": x,
    "-x": -x,
    "x + y": x + y,
    "x - y": x - y,
    "x + 1": entries((n,), lambda a: x[a] + 1),
    "1 - x": entries((n,), lambda a: 1 - x[a]),
    "c x": entries((n,), lambda a: c * x[a]),
    r"\frac{x}{2}": entries((n,), lambda a: x[a] / 2),
    "X^T": X.T,
    r"X^\top": X.T,
    "X B": matmul(X, B),
    "X x": matmul(X, x),
    "x y^T": outer(x, y),
    "X x y^T": outer(matmul(X, x), y),
    r"x \odot y": x * y,
    r"x \circ y": x * y,
    r"x \odot c": entries((n,), lambda a: c * x[a]),
    "S + I": S + identity_matrix(n),
    "2I - S": entries((n, n), lambda a, b: 2 * Iverson(Eq(a, b)) - S[a, b]),
    "I_n": identity_matrix(n),
    "I x": x,
    r"\sigma(x)": sigma(x),
    r"\sigma'(X)": sigma.derivative(X),
    r"\tanh x": tanh(x),
    r"\exp(x)": exp(x),
    r"\operatorname{relu}(X)": relu(X),
    r"\max(x, 0)": relu(x),
    r"\max(0, X)": relu(X),
    r"\operatorname{diag}(x)": diag(x),
    r"\operatorname{diag}(x^T)": diag(x),
    r"\operatorname{flip}(K)": Tensor.of([[K[2, 2], K[2, 1]], [K[1, 2], K[1, 1]]]),
    r"\operatorname{conv2d}(X, K)": conv2d(X, K),
    r"\operatorname{conv2d}(X, K; \text{padding } 1)": conv2d(X, K, padding=1),
    r"\operatorname{conv2d}(X, K; \text{stride } (2, 3), \text{padding } 1)": conv2d(X, K, stride=(2, 3), padding=1),
    r"\operatorname{avgpool}(X; \text{window } 2)": avg_pool2d(X, kernel_size=2),
    r"\operatorname{maxpool}(X; \text{kernel size } (2, 3), \text{stride } 2)": max_pool2d(X, (2, 3), stride=2),
    r"\rho(X)": max_pool2d(X, (2, 3), stride=2),
    r"\mu(X)": avg_pool2d(X, 2),
    r"\operatorname{pad}(X; \text{padding } 1)": pad(X, padding=1),
    r"\operatorname{subsample}(X; \text{stride } 2)": subsample(X, stride=2),
    r"\begin{pmatrix} 1 & c \\ 3 & 4 \end{pmatrix}": Tensor.of([[1, c], [3, 4]]),
    r"\begin{bmatrix} c \\ 2 \end{bmatrix}": Tensor.of([c, 2]),
    r"\sum_{i=1}^2 x_i y": entries((n,), lambda a: (x[1] + x[2]) * y[a]),
    r"F_1": entries((4, 5), lambda a, b: F[1, a, b]),
    r"F_{1,2}": entries((5,), lambda a: F[1, 2, a]),
}

ROWS: dict[str, Tensor] = {
    "x^T": x,
    "x^T S": matmul(S.T, x),
    "X_1": entries((n,), lambda a: X[1, a]),
    r"\begin{pmatrix} 1 & c \end{pmatrix}": Tensor.of([1, c]),
    r"\sigma(x)^T": sigma(x),
    r"2 x^T - y^T": entries((n,), lambda a: 2 * x[a] - y[a]),
}


def proved(made: object, expected: object) -> None:
    given = (m >= 3, n >= 4)
    prove(Identity(as_tensor(made), as_tensor(expected), given=given), seconds=5)


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text: str) -> None:
    made = value(text)
    assert isinstance(made, Scalar)
    proved(made, NUMBERS[text])


@pytest.mark.parametrize("text", TENSORS)
def test_tensors(text: str) -> None:
    made = value(text)
    assert isinstance(made, Tensor)
    proved(made, TENSORS[text])


@pytest.mark.parametrize("text", ROWS)
def test_rows(text: str) -> None:
    made = value(text)
    assert isinstance(made, Row)
    proved(made, ROWS[text])


# Shapes that the formulas do not have


def test_the_identity_matrix_has_the_size_of_its_place() -> None:
    assert isinstance(value("I"), Eye)
    assert isinstance(value("-2 I"), Eye)


def test_a_matrix_of_equal_entries_has_the_size_of_its_place() -> None:
    made = value(r"\begin{pmatrix} 1 & \dots \\ \vdots & 1 \end{pmatrix}")
    assert isinstance(made, Constant)
    assert described(made) == "a matrix with dots"


def test_a_layer_has_a_shape_of_its_own() -> None:
    assert described(value("A_L")) == "a matrix of n[L] x n[L - 1]"
    assert described(value("A_L A_{L-1}")) == "a matrix of n[L] x n[L - 2]"
    assert described(value("A_L a_{L-1}")) == "a column of n[L]"
    assert value("(A_L)_{1,2}") == value("A_{L,1,2}")


def test_the_size_of_a_layer_is_a_number() -> None:
    assert isinstance(value("n_L"), Scalar)


def test_indices_may_begin_at_zero() -> None:
    made = value("x_0 + x_{n-1}", DECLARED + "; indices: from 0")
    assert isinstance(made, Scalar)
    assert str(made.expression) == "x[0] + x[n - 1]"


def test_a_letter_that_is_declared_is_no_identity_matrix() -> None:
    assert described(value("I", "I: m x n")) == "a matrix of m x n"


def test_a_letter_that_is_declared_is_no_base_of_an_exponential() -> None:
    made = value("e^2", "e: scalar")
    assert isinstance(made, Scalar)
    proved(made, Tensor("e", ())[()] ** 2)


def test_a_declared_t_is_no_transpose() -> None:
    with pytest.raises(LanguageError, match=r"the exponent of x\^{T} is no literal integer"):
        value("x^T", "x: n; T: scalar")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q", "q is not declared, and no equation before says what it is"),
        ("q_1", "q_{1} is not declared, and no equation before says what it is"),
        (r"\delta", r"\delta is not declared, and no equation before says what it is"),
        ("e", "e is not declared, and no equation before says what it is"),
        (r"\operatorname{frob}(X)", r"\operatorname{frob} is not declared, and no equation before says what it is"),
        (r"\log(c)", r"\log is not declared, and no equation before says what it is"),
    ],
)
def test_what_nobody_has_declared_is_unknown(text: str, message: str) -> None:
    with pytest.raises(Unknown) as caught:
        value(text)
    assert str(caught.value) == message


def test_a_layer_that_is_not_said_is_no_fault_of_shapes() -> None:
    """Which layer is meant may be clear to those who read: it is not refuted"""
    with pytest.raises(LanguageError) as caught:
        value("A")
    assert str(caught.value) == "A does not say its layer"
    assert not isinstance(caught.value, ShapeError)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x_{1,2}", "x_{1,2} has 2 indices, and needs 1"),
        ("X_{1,2,3}", "X_{1,2,3} has 3 indices, and needs 2"),
        ("c_1", "c_{1} has 1 indices, and needs 0"),
        ("n_{L,1}", "n_{L,1} is the size of a layer, which has one index"),
        ("x + c", "a column of n and a number cannot be added"),
        ("x + X", "a column of n and a matrix of m x n cannot be added"),
        ("x y", "there is no product of a column of n and a column of n"),
        ("x X", "there is no product of a column of n and a matrix of m x n"),
        (r"x \odot X", "there is no entrywise product of a column of n and a matrix of m x n"),
        (r"\frac{c}{x}", "a column of n is no divisor"),
        ("F^T", "a tensor of 3 x 4 x 5 has no transpose"),
        (r"\lfloor x \rfloor", "x is a column of n, and should be a number"),
        (r"\langle x, c \rangle", r"\langle x, c \rangle is an inner product of a column of n and a number"),
        (r"\sum_i (x_i u_i)", "the index i runs to n as of x_{i} and to m as of u_{i}"),
        (r"\operatorname{tr}(x)", "a column of n has no trace"),
        (r"\operatorname{flip}(c)", "a number cannot be flipped"),
        (r"\operatorname{conv2d}(X, c)", "c is a number, and should be a tensor"),
        ("x * K", "x * K is a convolution of a column of n with a matrix of 2 x 2"),
    ],
)
def test_parts_that_do_not_fit_are_refused(text: str, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        value(text)
    assert str(caught.value) == message


_NO_SIGMA = r"\sigma is a function: its argument should follow in brackets"
_NO_PRIME = "is a derivative of a function: its argument should follow in brackets"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"\sigma", _NO_SIGMA),
        (r"\sigma'", rf"\sigma' {_NO_PRIME}"),
        ("x'", f"x' {_NO_PRIME}"),
        ("(x)'", "(x)': only a function has a derivative"),
        (r"\sigma_1(x)", r"\sigma_{1} is a function with an index: declare it under a name of its own"),
        (r"\sigma(x, y)", "(x, y) should be one argument"),
        (r"\tanh^{-1}(c)", r"\tanh^{-1} is a function with something above it that is no power"),
        (r"\operatorname{diag} x", r"the argument of \operatorname{diag} should stand in brackets"),
        (
            r"\operatorname{diag}(c)",
            "diag makes a matrix of a vector, and is not read of a number: write the entries of a diagonal as A_{ii}",
        ),
        (
            r"\operatorname{diag}(X)",
            "diag makes a matrix of a vector, and is not read of a matrix of m x n: write the entries of a diagonal as"
            " A_{ii}",
        ),
        (r"\operatorname{tr}(I)", "the trace of the identity matrix is not read, since its size is not said"),
        (
            r"\begin{pmatrix} x & 2 \end{pmatrix}",
            "x is a column of n: matrices of blocks are not in the language",
        ),
        (
            r"\begin{pmatrix} 1 & 2 \\ 3 \end{pmatrix}",
            r"the rows of \begin{bmatrix} 1 & 2 \\ 3 &  \end{bmatrix} have different lengths, or entries are left out:"
            " write all",
        ),
        (
            r"\begin{cases} x & c > 0 \\ 0 & \text{otherwise} \end{cases}",
            "x is a column of n: cases are read of numbers, write them of entries",
        ),
        (r"x \times x", r"x \times x: the cross product of vectors is not in the language"),
        ("1^T x", "a vector of ones is not in the language: declare e: n, and define e_i = 1"),
        ("0_n", "0_{n} is no number, and is not read"),
        (
            r"\max(x)",
            r"what the largest of one part runs over is not said: write \max_i x_i, with an index",
        ),
        (r"\prod_i x_i", r"\prod is not in the language, except as a recursion"),
        (r"\sum_i x", r"over what i runs in \sum_{i} x is not said, and no tensor has it as an index"),
        (r"\sum_{i < j} X_{i,j}", r"\sum_{i < j} X_{i,j} runs over no index"),
        (r"\max(x, y)", "the largest of a column of n and a column of n is not read: write entries"),
        (r"\max(x, c)", "the largest of a column of n and a number is not read: write entries"),
        ("(c > 0)", "(c > 0) is a relation, and should be a value"),
        ("(x, y)", "(x, y) is a list, and should be one value"),
        ("c^{2.5}", "the exponent of c^{2.5} is no literal integer"),
        ("c^d", "the exponent of c^{d} is no literal integer"),
        ("X_{1.5,1}", "1.5 is no integer expression"),
        (r"\|x\|", r"\lVert x \rVert has no value without an exponent 2"),
        (r"\|x\|_1", r"\lVert x \rVert has no value without an exponent 2"),
        (r"\|x\|^3", r"\lVert x \rVert is read with an exponent 2 only: there are no roots in the language"),
        (
            r"\|X\|_2^2",
            r"\lVert X \rVert_{2}^{2} of a matrix is its largest singular value, which is not in the language",
        ),
        (r"\dots", "what stands for the dots is not said"),
        (r"\operatorname{maxpool}(X)", "(X) are no arguments of maxpool"),
        (r"\operatorname{conv2d}(X, K; \text{frob } 1)", r"(X, K; \text{frob} 1) are no arguments of conv2d"),
        (
            r"\begin{cases} 1 & c > 0 \\ 2 & c < 0 \end{cases}",
            r"\begin{cases} 1 & \text{if } c > 0 \\ 2 & \text{if } c < 0 \end{cases}"
            " does not say what holds where no condition does: end it with otherwise",
        ),
        (
            r"\begin{pmatrix} 1 & \dots \\ \vdots & 2 \end{pmatrix}",
            "a matrix with dots is compared entry by entry only",
        ),
    ],
)
def test_what_has_no_meaning_is_refused(text: str, message: str) -> None:
    with pytest.raises(LanguageError) as caught:
        value(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "what"), [("x^2", "column"), ("X^2", "matrix"), (r"\sigma^2(x)", "column"), ("x^0", "")]
)
def test_only_numbers_have_powers(text: str, what: str) -> None:
    with pytest.raises(LanguageError, match=rf"{what}.* the power"):
        value(text)


def test_bars_around_a_vector_are_no_norm() -> None:
    with pytest.raises(LanguageError, match="a column of n"):
        value("|x|")


def test_an_index_that_may_be_no_integer_is_refused() -> None:
    with pytest.raises(LanguageError, match="is an integer only if one divides the other: declare given: k divides n"):
        value("x_{n/k}")
    made = value("x_{n/k}", DECLARED + "; given: k divides n")
    assert isinstance(made, Scalar)
    assert str(made.expression) == "x[floor(n/k)]"


@pytest.mark.parametrize("text", [r"\sum x_i", "--x", "X_{:,1}"])
def test_what_cannot_be_read_has_no_meaning(text: str) -> None:
    with pytest.raises(ParseError):
        value(text)
