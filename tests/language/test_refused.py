"""What is outside of the language is refused, and the message names it."""

import pytest
import sympy
from sympy import (
    Abs,
    Derivative,
    Function,
    Idx,
    IndexedBase,
    Integral,
    Matrix,
    MatrixSymbol,
    Product,
    Symbol,
    binomial,
    cos,
    factorial,
    gamma,
    log,
    sign,
    sin,
    sqrt,
)

from symcnn import Identity, Tensor, decide, sizes
from symcnn.errors import LanguageError, ShapeError

m, n, i = sizes("m n i")
X = Tensor("X", (m,))
t, f = Symbol("t"), Function("f")


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        (sin(X[1]), "sin"),
        (cos(m), "cos"),
        (log(X[1]), "log"),
        (sqrt(X[1]), "sqrt"),
        (X[1] ** sympy.Rational(3, 2), r"\(3/2\)"),
        (X[1] ** 0.5, "0.5"),
        (X[1] ** 2.0, "2.0"),
        (X[1] ** m, r"\*\*m"),
        (m**n, r"m\*\*n"),
        (2**m, r"2\*\*m"),
        (2 ** X[1], r"2\*\*X"),
        (Abs(X[1]), "Abs"),
        (sign(m), "sign"),
        (factorial(m), "factorial"),
        (binomial(m, n), "binomial"),
        (gamma(m), "gamma"),
        (f(m), r"f\(m\)"),
        (t * X[1], "t"),
        (Symbol("y", real=True) + 1, "y"),
        (Integral(X[1], (t, 0, 1)), "Integral"),
        (Derivative(f(t), t), "Derivative"),
        (Product(X[i], (i, 1, m)), "Product"),
        (sympy.floor(X[1]), "X"),
        (sympy.Mod(X[1], 2), "X"),
        (sympy.ceiling(X[1]), "ceiling"),
        (MatrixSymbol("M", 2, 2)[0, 1], "M"),
        (sympy.conjugate(X[1]), "conjugate"),
        (sympy.re(X[1]), "re"),
        (sympy.I * X[1], "I"),
        (sympy.pi, "pi"),
        (sympy.E, "E"),
        (sympy.GoldenRatio, "GoldenRatio"),
        (sympy.Heaviside(m), "Heaviside"),
        (sympy.DiracDelta(m), "DiracDelta"),
    ],
    ids=lambda each: str(each),
)
def test_a_node_outside_of_the_language_is_named(expression, named):
    with pytest.raises(LanguageError, match=named):
        decide(Identity(expression, expression))
    with pytest.raises(LanguageError, match=named):
        decide(Identity(Tensor.define((m,), lambda a: X[a] + expression), X))


def test_matrices_are_no_scalars():
    for matrix in (Matrix([[1]]), MatrixSymbol("M", 2, 2)):
        with pytest.raises(LanguageError):
            decide(Identity(matrix, matrix))


def test_indexed_bases_have_a_shape_and_no_assumptions():
    with pytest.raises(LanguageError, match=r"unknown shape.*Tensor\(name, shape\)"):
        decide(Identity(IndexedBase("B")[1], 0))
    positive = IndexedBase("B", shape=(m,), positive=True)
    with pytest.raises(LanguageError, match="assumptions"):
        decide(Identity(Abs(positive[1]), positive[1]))  # SymPy has made both sides B[1]
    with pytest.raises(LanguageError):
        decide(Identity(IndexedBase("B", shape=(m,))[Idx("i", m)], 0))


def test_a_statement_compares_tensors_of_one_rank():
    for sides in ((X, 1), (X[1], X), (X, Tensor("Y", (m, m))), (Tensor.of([[1]]), Tensor.of([1]))):
        with pytest.raises(ShapeError, match=r"different ranks: .*\(.*\) against .*\(.*\)"):
            Identity(*sides)
