r"""How expressions are read, and the words with which they are refused.

A tree is compared with the tree of a spelling in which nothing is left to read in another way: braces show the parts.
"""

import pytest
from quickest import quickest

from symcnn.errors import ParseError
from symcnn.read.braces import HELD
from symcnn.read.display import formula
from symcnn.read.syntax import (
    Big,
    Bracketed,
    Cases,
    Chain,
    Derivative,
    Dots,
    Fraction,
    Gradient,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Times,
    Transposed,
    Word,
)

A, B, C, D, I, J, L, N, T, X, Y = map(Name, "abcdijLnTXy")  # noqa: E741


def read(source: str) -> Node:
    """The one statement that a formula is"""
    (statement,) = formula(source).statements
    assert statement.conditions == ()
    return statement.chain


def beside(*factors: Node) -> Times:
    return Times(factors, ("",) * (len(factors) - 1))


def chain(*items: Node, relation: str = "=") -> Chain:
    return Chain(items, (relation,) * (len(items) - 1))


def indexed(base: Node, *indices: Node) -> Scripted:
    return Scripted(base, lower=indices)


def brackets(*items: Node) -> Bracketed:
    return Bracketed("(", items)


def plus(left: Node, right: Node) -> Plus:
    return Plus((left, right))


ONE, TWO, ZERO = Number("1"), Number("2"), Number("0")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("X_{1,ij}", indexed(X, ONE, beside(I, J))),
        ("X_i", indexed(X, I)),
        (
            r"X_{i+(\alpha-2), j}",
            indexed(X, plus(I, brackets(plus(Name("alpha"), Negative(TWO)))), J),
        ),
        ("(A_L)_{ij}", indexed(brackets(indexed(Name("A"), L)), beside(I, J))),
        ("y_{L-1,j}", indexed(Y, plus(L, Negative(ONE)), J)),
        ("z^{l}_{i,j}", Scripted(Name("z"), lower=(I, J), upper=Name("l"))),
        ("z_{i,j}^l", Scripted(Name("z"), lower=(I, J), upper=Name("l"))),
        ("z^{(l)}", Scripted(Name("z"), upper=brackets(Name("l")))),
        ("f''", Scripted(Name("f"), primes=2)),
        (r"f^{\prime\prime}", Scripted(Name("f"), primes=2)),
        (r"f^\prime_i", Scripted(Name("f"), primes=1, lower=(I,))),
        ("f’".replace("’", "′"), Scripted(Name("f"), primes=1)),
        ("{a_i}_j", indexed(indexed(A, I), J)),
        ("x^{n}_{i}'", Scripted(Name("x"), 1, (I,), N)),
        ("A^T", Scripted(Name("A"), upper=T)),
        (r"A^\top B^\intercal", beside(*(Scripted(Name(each), upper=Transposed()) for each in "AB"))),
        (r"a^{-\top}", Scripted(A, upper=Negative(Transposed()))),
        ("a_i^2 b", beside(Scripted(A, lower=(I,), upper=TWO), B)),
        ("A^{(l)T}_{ij}", Scripted(Scripted(Name("A"), upper=brackets(Name("l"))), lower=(beside(I, J),), upper=T)),
    ],
)
def test_scripts(source: str, expected: Node) -> None:
    assert read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\hat y", Name("y", "hat")),
        (r"\widehat{y} ", Name("y", "hat")),
        (r"\overline\alpha", Name("alpha", "bar")),
        (r"\mathcal{L}", Name("L", "mathcal")),
        (r"\mathbf{x}", Name("x")),
        (r"\hat{\boldsymbol{\theta}}", Name("theta", "hat")),
        (r"\mathbb{R}", Name("R", "mathbb")),
        ("ℝ", Name("R", "mathbb")),
        (r"\mathrm{diag}", Word("diag")),
        (r"\mathrm{conv2d}", Word("conv2d")),
        (r"\operatorname{arg\,max}", Word("argmax")),
        (r"\operatorname*{conv\_2d}", Word("conv_2d")),
        (r"\mathrm{1}", ONE),
        (r"\mathbf{0}", ZERO),
        (r"\exp", Word("exp")),
        ("0.299", Number("0.299")),
        (r"a \text{diag}(b)", beside(A, Word("diag"), brackets(B))),
        (r"a \text{conv2d}(b)", beside(A, Word("conv2d"), brackets(B))),
        ("{}a{}_i{}b{}", beside(indexed(A, I), B)),
    ],
)
def test_names(source: str, expected: Node) -> None:
    assert read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a + b - c", Plus((A, B, Negative(C)))),
        ("-a b", Negative(beside(A, B))),
        ("+a", A),
        (r"a \cdot b \odot c * d", Times((A, B, C, D), ("cdot", "odot", "*"))),
        (r"a \ast b \circledast c \times d", Times((A, B, C, D), ("*", "circledast", "times"))),
        ("a / b", Times((A, B), ("/",))),
        (r"a/b \cdot c", Times((A, B, C), ("/", "cdot"))),
        (r"1/n \sum_i a", Times((ONE, N, Big("sum", (I,), None, A)), ("/", ""))),
        (r"\frac{a}{b} c", beside(Fraction(A, B), C)),
        (r"\frac12 3", beside(Fraction(ONE, TWO), Number("3"))),
        (r"\frac ab c", beside(Fraction(A, B), C)),
        (r"a \\ + b", plus(A, B)),
        (r"a \quad + b", plus(A, B)),
    ],
)
def test_sums_and_products(source: str, expected: Node) -> None:
    assert read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\sum_{i=1}^n a b + c", plus(Big("sum", (chain(I, ONE),), N, beside(A, B)), C)),
        (r"\sum_i \sum_j a", Big("sum", (I,), None, Big("sum", (J,), None, A))),
        (r"\sum_{i,j} a", Big("sum", (I, J), None, A)),
        (r"\sum^n_{i} a", Big("sum", (I,), N, A)),
        (r"\sum\limits_{i \in S} a", Big("sum", (chain(I, Name("S"), relation="in"),), None, A)),
        (r"\sum_{\substack{i \\ j \ne i}} a", Big("sum", (I, chain(J, I, relation="!=")), None, A)),
        (r"a \sum_i b \cdot c", beside(A, Big("sum", (I,), None, Times((B, C), ("cdot",))))),
        (r"\prod_i a", Big("prod", (I,), None, A)),
        (r"\max_{1 \le i \le n} a", Big("max", (chain(ONE, I, N, relation="<="),), None, A)),
        (r"\max_i (a) b", beside(Big("max", (I,), None, brackets(A)), B)),
        (r"\max\{a, b\}", beside(Word("max"), Bracketed("{", (A, B)))),
        (r"\max(a, b)", beside(Word("max"), brackets(A, B))),
    ],
)
def test_operators_are_taken_of_the_rest_of_their_term(source: str, expected: Node) -> None:
    assert read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\frac{\partial L}{\partial y}", Derivative(L, Y)),
        (r"\dfrac{\partial y_i}{\partial (X)_{j}}", Derivative(indexed(Y, I), indexed(brackets(X), J))),
        (r"\frac{\partial}{\partial y} (a + b)", Derivative(plus(A, B), Y)),
        (r"\frac{\partial}{\partial y} [a]", Derivative(A, Y)),
        (r"\frac{\partial}{\partial y} a b + c", plus(Derivative(beside(A, B), Y), C)),
        (r"\frac{\partial a b}{\partial y} c", beside(Derivative(beside(A, B), Y), C)),
        (r"\partial L / \partial y", Derivative(L, Y)),
        (
            r"\partial L(y) / \partial y_i \cdot a",
            Times((Derivative(beside(L, brackets(Y)), indexed(Y, I)), A), ("cdot",)),
        ),
        ("∂L/∂y", Derivative(L, Y)),
        (
            r"\left(\frac{\partial y_L}{\partial A_L}\right)_{ij}",
            indexed(brackets(Derivative(indexed(Y, L), indexed(Name("A"), L))), beside(I, J)),
        ),
        (r"\nabla_{y} L", Gradient(Y, L)),
        (r"\nabla L", Gradient(None, L)),
        (r"\nabla L(y) + a", plus(Gradient(None, beside(L, brackets(Y))), A)),
        (r"\nabla_y L(y) + a", plus(Gradient(Y, beside(L, brackets(Y))), A)),
        (r"\nabla_y (a + b)", Gradient(Y, plus(A, B))),
    ],
)
def test_derivatives(source: str, expected: Node) -> None:
    assert read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\left( a, b \right]".replace("]", ")"), brackets(A, B)),
        (r"\{a \quad b\}", Bracketed("{", (A, B))),
        (r"\lfloor a/b \rfloor", Bracketed("floor", (Times((A, B), ("/",)),))),
        (r"\lceil a \rceil", Bracketed("ceil", (A,))),
        (r"\langle a, b \rangle", Bracketed("angle", (A, B))),
        (r"\left\| a \right\|_2^2", Scripted(Bracketed("||", (A,)), lower=(TWO,), upper=TWO)),
        (r"\lVert a \rVert", Bracketed("||", (A,))),
        (r"|a| b |c|", beside(Bracketed("|", (A,)), B, Bracketed("|", (C,)))),
        (r"|a||b|", beside(Bracketed("|", (A,)), Bracketed("|", (B,)))),
        (r"|a + |b||", Bracketed("|", (plus(A, Bracketed("|", (B,))),))),
        (r"\left| \sum_i a \right|", Bracketed("|", (Big("sum", (I,), None, A),))),
        (r"\| \frac{\partial}{\partial y} a \|", Bracketed("||", (Derivative(A, Y),))),
        (r"|\{ |a| \}|", Bracketed("|", (Bracketed("{", (Bracketed("|", (A,)),)),))),
        (r"[a = b]", Bracketed("[", (chain(A, B),))),
        (
            r"a(b; \text{stride } 2, \text{zero padding } c)",
            beside(A, Bracketed("(", (B,), (("stride", TWO), ("zero padding", C)))),
        ),
        (r"(1, \dots, n)", brackets(ONE, Dots("dots"), N)),
        (r"(a, \text{in})", brackets(A, Word("in"))),
    ],
)
def test_brackets(source: str, expected: Node) -> None:
    assert read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\begin{pmatrix} a & b \\ c & -1 \end{pmatrix}", Matrix(((A, B), (C, Negative(ONE))))),
        (r"\begin{bmatrix} a \\ b \\ \end{bmatrix}", Matrix(((A,), (B,)))),
        (
            r"\begin{matrix} a & \dots \\ \vdots & & \end{matrix}",
            Matrix(((A, Dots("dots"), None), (Dots("vdots"), None, None))),
        ),
        (r"\begin{matrix} a & b \\ c \end{matrix}", Matrix(((A, B), (C, None)))),
        (r"\begin{array}{c|c} a & b \end{array}^T", Scripted(Matrix(((A, B),)), upper=T)),
        (r"a \begin{bmatrix} b \\ - c \end{bmatrix}", beside(A, Matrix(((B,), (Negative(C),))))),
        (
            r"\begin{cases} a, & \text{if } i = j, \\ 0, & \text{otherwise.} \end{cases}",
            Cases(((A, chain(I, J)), (ZERO, None))),
        ),
        (
            r"\begin{cases} a & i \neq j \\ b & \text{sonst} \end{cases}",
            Cases(((A, chain(I, J, relation="!=")), (B, None))),
        ),
        (
            r"\begin{cases} a & i = 1, j = 2 \\ b & \text{für } i = 1 \text{ und } j = 1 \end{cases}",
            Cases(
                (
                    (A, Bracketed("and", (chain(I, ONE), chain(J, TWO)))),
                    (B, Bracketed("and", (chain(I, ONE), chain(J, ONE)))),
                )
            ),
        ),
    ],
)
def test_matrices_and_cases(source: str, expected: Node) -> None:
    assert read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"X \in \mathbb{R}^{m \times n}", "in"),
        (r"a \leq b", "<="),
        ("a ≥ b", ">="),
        (r"a \neq b", "!="),
        ("a := b", "="),
        (r"a \coloneqq b", "="),
        (r"a \mid b", "divides"),
        (r"a \to b", "to"),
        (r"a \mapsto b", "mapsto"),
        (r"a \approx b", "approx"),
        (r"a \leftarrow b", "leftarrow"),
    ],
)
def test_relations(source: str, expected: str) -> None:
    made = read(source)
    assert isinstance(made, Chain)
    assert made.relations == (expected,)


@pytest.mark.parametrize(
    ("source", "message", "column"),
    [
        ("x = a/b c", "a/b c can mean a/(b c) or (a/b) c: write brackets, or a fraction", 9),
        ("x_i_j", "there are two indices below: write one list, x_{i,j}", 4),
        ("2{a + b}", HELD, 1),
        ("{a + b}c", HELD, 1),
        ("a{-b}", HELD, 1),
        ("a - {b + c}", HELD, 5),
        ("-{a + b}", HELD, 2),
        ("a/{bc}", HELD, 1),
        (r"a{b \odot c}", HELD, 1),
        (r"{\sum_i a_i} b", HELD, 1),
        ("{a + b}^2", HELD, 1),
        ("{W x}_i", HELD, 1),
        ("a{+b}", HELD, 2),
        ("{a^2}^3", HELD, 1),
        (r"{c \max_i a_i} d", HELD, 1),
        (r"{-\max_i a_i} d", HELD, 1),
        (r"\sum_i {a_i \sum_i b_i} b_i", HELD, 8),
        (r"{\frac{\partial}{\partial c} c^2} c", HELD, 1),
        (r"{\frac{\partial}{\partial c} c^2}^2", HELD, 1),
        (r"{\nabla_x f} c", HELD, 1),
        (r"\sum_i {a_i + b_i}", HELD, 8),
        (r"\max_i {a_i + b_i}", HELD, 8),
        (r"\nabla_x {a + b}", HELD, 10),
        (r"\frac{\partial {a + b}}{\partial x}", HELD, 16),
        (r"\frac{\partial}{\partial x} {a + b}", HELD, 29),
        (r"\partial {a + b} / \partial x", HELD, 10),
        ("1{2}", "two numbers beside each other can be one, or a product: write \\cdot between them", 2),
        ("{1}{2x}", "two numbers beside each other can be one, or a product: write \\cdot between them", 4),
        ("x^i^j", "there are two things above: write brackets around the inner one", 4),
        ("x_12", "of 12 TeX takes only 1 here: write braces, {12}", 3),
        ("x^10", "of 10 TeX takes only 1 here: write braces, {10}", 3),
        ("x_{}", "there is nothing in the braces", 3),
        ("x^{}", "there is nothing in the braces", 3),
        ("x_=", "here should be one sign, or braces, not =", 3),
        ("x_", "here should be one sign, or braces, not the end", 3),
        (r"\frac{}{2} a", "there is nothing in the braces", 6),
        (r"\frac{a}{} b", "there is nothing in the braces", 9),
        ("x = ", "the formula ends too early", 5),
        ("n! = 6", "here should be a number, a name or a bracket, not !", 2),
        ("(a + b", "( is not closed: here should be ), not the end", 7),
        (r"\lfloor a \rceil", r"\lfloor is not closed: here should be \rfloor, not \rceil", 11),
        ("{a", "{ is not closed: here should be }, not the end", 3),
        ("||x||", r"there is nothing between the bars: a norm is \|x\|", 1),
        (r"(a; b)", "here should be the name of a setting, such as padding", 5),
        (r"(a; \text{a-b} 1)", "'a-b' is no name of a setting", 5),
        (r"(a, \text{즉})", "'즉' is no name", 5),
        (r"x_{\text{a+b}}", "'a+b' is no name", 4),
        (r"a = \text{and so on}", "here is text, and should be a formula", 5),
        (r"\operatorname{a+b}", "'a+b' is no name", 1),
        (r"\hat{ab}", r"\hat of more than a letter", 5),
        (r"\hat{\hat{a}}", r"\hat of more than a letter", 5),
        (r"\mathbf{a + b}", r"\mathbf of more than a name", 8),
        (r"\mathbf{1}", "what a bold 1 stands for is not known", 1),
        (r"\binom{10000000}{5000000}", r"\binom cannot be read here", 1),
        (r"\sqrt{2}", r"\sqrt cannot be read here", 1),
        (r"a \pm b", r"\pm cannot be read here", 3),
        (r"\frac{\partial^2 f}{\partial x^2}", "second derivatives are not read", 15),
        (r"\frac{\partial f}{\partial x \partial y}", "second derivatives are not read", 30),
        (r"\frac{\partial f}{x}", "below the partial sign another one should stand", 19),
        (r"\frac{\partial f", "{ is not closed: here should be }, not the end", 17),
        (
            r"\partial f",
            "behind a partial sign should stand what is differentiated, a slash, and a second partial sign",
            11,
        ),
        (r"\frac{dL}{dx}", r"d over d x can mean a derivative: write \partial, or cancel d", 1),
        (r"\frac{d}{dx} f", r"d over d x can mean a derivative: write \partial, or cancel d", 1),
        (r"\nabla^2 f", "second derivatives are not read", 7),
        (r"\nabla_x^2 f", "second derivatives are not read", 9),
        (r"\nabla \cdot f", r"\cdot cannot be read here", 8),
        (r"\sum a", r"what \sum runs over should stand below it", 1),
        (r"\sum_i_j a", "two things stand in one place", 7),
        (r"\begin{vmatrix} a \end{vmatrix}", "the environment vmatrix is not known", 7),
        (r"\begin{bmatrix} a", "here should be & or \\\\ or the end of the matrix, not the end", 18),
        (r"\begin{bmatrix} a \end{pmatrix}", "bmatrix is not closed", 19),
        (r"a = \begin{aligned} b \end{aligned}", "aligned cannot stand within a formula", 5),
        (r"\begin{array} a \end{array}", "here should be {, not a", 15),
        (r"\begin{array}{c", "{ is not closed: here should be }, not the end", 16),
        (r"\begin{cases} \end{cases}", "there are no cases", 1),
        (r"\begin{cases} a \\ b \end{cases}", r"\begin is not closed: here should be &, not \\", 17),
        (r"\begin{cases} a & \\ \end{cases}", "here should be the condition of the case", 19),
        (
            r"\begin{cases} a & \text{unless } i = 1 \end{cases}",
            "a condition with 'unless' is not read: write if, for or when before it",
            19,
        ),
        (r"\begin{cases} a & i = 1 & \end{cases}", "here should be \\\\ or the end of the cases, not &", 25),
        (r"\begin" + "+" + "{a}", r"here should be {, not +", 7),
    ],
)
def test_refused(source: str, message: str, column: int) -> None:
    with pytest.raises(ParseError) as caught:
        formula(source)
    assert (caught.value.message, caught.value.column) == (message, column)


TOO_DEEP = "more than 50 parts within each other"
TOO_MANY = "the formula has more than 4000 signs"
TOO_LONG = "the formula has more than 20000 characters"
SQUARE = r"\\".join("&".join("abcdefg") for _ in range(7))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("(" * 20_000, TOO_MANY),
        ("(" * 1900 + "x" + ")" * 1900, TOO_DEEP),
        ("{" * 300 + "x" + "}" * 300, TOO_DEEP),
        ("x_{" * 300 + "i" + "}" * 300, TOO_DEEP),
        (r"\frac{" * 300 + "1" + "}{2}" * 300, TOO_DEEP),
        (r"\frac" * 3_900, TOO_DEEP),
        (r"\sqrt{" * 300 + "2" + "}" * 300, r"\sqrt cannot be read here"),
        (r"\sum_{i=1}^n " * 300 + "x", TOO_DEEP),
        (r"\hat" * 3_900, TOO_DEEP),
        (r"\hat{a" * 900, TOO_DEEP),
        (r"\mathbf" * 2_000, TOO_DEEP),
        (r"\partial" * 2_000, TOO_DEEP),
        (r"\nabla_" * 1_900, TOO_DEEP),
        (r"\begin{matrix}" * 300, TOO_DEEP),
        (r"\begin{cases}" * 300, TOO_DEEP),
        (r"(x;\text{a}" * 500, TOO_DEEP),
        (rf"\begin{{vmatrix}} {SQUARE} \end{{vmatrix}}", "the environment vmatrix is not known"),
        (r"\begin{matrix}" + "&" * 500 + r"\end{matrix}", "a matrix with more than 400 entries"),
        ("=".join("a" * 1001), "a chain of more than 100 relations"),
        (r"\\=".join("a" * 1001), "a chain of more than 100 relations"),
        ("1" * 10_000, "a number with more than 40 digits"),
        ("x" + "_i" * 1_900, "there are two indices below: write one list, x_{i,j}"),
        ("x" + "_i" * 10_000, TOO_LONG),
        ("x_{" + "i," * 10_000 + "i}", TOO_LONG),
        (r"a\\" * 1_990 + "+", "the formula ends too early"),
        (r"\quad" * 3_900 + "-", "the formula ends too early"),
        (r"\text{" * 3_000, "a brace is not closed"),
        (r"\def\x{\x\x}\x", r"the macro \def is not known"),
        ("a $ b", "the character '$' has no meaning in a formula"),
    ],
)
def test_too_much_is_refused_at_once(source: str, message: str) -> None:
    def refuse() -> None:
        with pytest.raises(ParseError) as caught:
            formula(source)
        assert caught.value.message == message

    assert quickest(refuse) < 2
