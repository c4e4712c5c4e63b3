"""Printed formulas: what is read from them is the same tree."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

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
    Formula,
    Fraction,
    Gradient,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Statement,
    Times,
    Word,
    walk,
)
from symcnn.read.tokens import FUNCTIONS
from symcnn.read.written import latex

RELATIONS = (
    "=",
    "<=",
    ">=",
    "<",
    ">",
    "!=",
    "in",
    "divides",
    "to",
    ":",
    "notin",
    "sim",
    "approx",
    "propto",
    "leftarrow",
    "mapsto",
)
SIGNS = ("", "cdot", "times", "*", "star", "circledast", "odot", "/")
BRACKETS = ("(", "(", "[", "{", "|", "||", "floor", "ceil", "angle")
LEAVES = (
    *(
        Name(letter, accent)
        for letter in ("x", "A", "R", "lambda", "ell")
        for accent in ("", "hat", "mathcal", "mathbb")
    ),
    *(Number(digits) for digits in ("0", "12", "0.299")),
    *(Word(word) for word in ("diag", "conv2d", *sorted(FUNCTIONS))),
    *(Dots("dots"), Dots("vdots")),
)
GRAMMAR = (
    *("plus", "negative", "times", "times", "scripted", "scripted", "bracketed"),
    *("fraction", "derivative", "gradient", "big", "matrix", "cases"),
)


@dataclass
class Grammar:
    """Trees by the numbers of a list; behind its end everything is a leaf."""

    numbers: Iterator[int]

    def pick(self, options: Sequence[Any]) -> Any:
        return options[next(self.numbers, 0) % len(options)]

    def some(self, make: Callable[[], Any], least: int = 1) -> tuple[Any, ...]:
        return tuple(make() for _ in range(least + self.pick((0, 0, 1))))

    def expression(self) -> Node:
        number = next(self.numbers, None)
        if number is None or number % 4 == 0:
            return self.pick(LEAVES)
        return self.inner(GRAMMAR[number % len(GRAMMAR)])

    def inner(self, kind: str) -> Node:
        part = self.expression
        match kind:
            case "plus":
                return Plus(self.some(part, 2))
            case "negative":
                return Negative(part())
            case "times":
                factors = self.some(part, 2)
                return Times(factors, tuple(self.pick(SIGNS) for _ in factors[1:]))
            case "scripted":
                return Scripted(part(), self.pick((0, 0, 1, 2)), self.some(self.item), self.perhaps(part))
            case "bracketed":
                return Bracketed(self.pick(BRACKETS), self.some(self.item))
            case "fraction":
                return Fraction(part(), part())
            case "derivative":
                return Derivative(part(), part())
            case "gradient":
                return Gradient(part(), part())
            case "big":
                sign = self.pick(("sum", "prod", "max", "min"))
                return Big(sign, self.some(self.item), self.perhaps(part), part())
            case "matrix":
                columns = self.pick((1, 2, 3))
                return Matrix(self.some(lambda: tuple(self.perhaps(self.item) for _ in range(columns))))
        return Cases(self.some(lambda: (part(), self.perhaps(self.chain))))

    def perhaps(self, make: Callable[[], Any]) -> Any:
        return make() if self.pick((True, False)) else None

    def item(self) -> Node:
        return self.chain() if self.pick((False, False, True)) else self.expression()

    def chain(self) -> Chain:
        found = self.some(self.expression, 2)
        return Chain(found, tuple(self.pick(RELATIONS) for _ in found[1:]))

    def statement(self) -> Statement:
        conditions = self.some(self.chain, 0)
        return Statement(self.item(), conditions)


def has_numbers_side_by_side(node: Node) -> bool:
    """Whether a part is one that is not read: 2 3 can be 23"""
    if not isinstance(node, Times):
        return False
    pairs = zip(node.factors, node.signs, node.factors[1:], strict=False)
    return any(sign == "" and isinstance(one, Number) and isinstance(other, Number) for one, sign, other in pairs)


@settings(max_examples=500)
@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_what_is_read_and_printed_is_read_again(numbers: list[int]) -> None:
    made = Grammar(iter(numbers)).statement()
    assume(not any(map(has_numbers_side_by_side, walk(made))))
    try:
        found = formula(latex(made)).statements
    except ParseError as error:
        assert "a/b c can mean" in error.message or error.message == HELD  # noqa: PT017
        return
    assert len(found) == 1
    assert formula(latex(found[0])).statements == found


@pytest.mark.parametrize(
    "source",
    [
        r"\operatorname{max}_{i} x_i",
        r"\max_{i} (x) y",
        r"\max_{i} {(x) y}",
        r"\max^2 (x)",
        r"\max'_i x",
        r"\nabla_x ((a))",
        r"\nabla_x (a + b) + c",
        r"\nabla_{x} {a b} (c)",
        r"(\nabla_{x} a) (c)",
        r"(\nabla_{x} a) c",
        r"\frac{\partial}{\partial x} (a = b)",
        r"{a = b} + c",
        r"{a = b} = c",
        r"{a}_i",
        r"-{-a}",
        r"a {b c} \cdot {d e}",
        r"(\sum_i a_i) b",
        r"| \sum_i | a_i | |",
        r"\begin{bmatrix} a \\ \\ \end{bmatrix}",
        r"| a + |b| |",
        r"|a||b|",
        r"\begin{bmatrix} \end{bmatrix}",
        r"\begin{bmatrix} \dots + 1 & \vdots \end{bmatrix}",
        r"\begin{cases} {a = b} & i = k, j = l \\ 0 & \text{otherwise} \end{cases}",
        r"(a) \text{ for } (i \le n)",
        r"a = b, \text{ if } x = y \text{ and } i \in S",
        r"\operatorname{conv2d}(X, W; \text{stride } 2, \text{zero padding } p)",
        r"\mathbb{R}^{m \times n}",
        "ℝ",
    ],
)
def test_printed_and_read_again(source: str) -> None:
    found = formula(source).statements
    assert len(found) == 1
    assert formula(latex(found[0])).statements == found


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        (r"\mathbf{x}_i^{\prime\prime}", "x''_{i}"),
        (r"\dfrac12 x", r"\frac{1}{2} x"),
        (r"a := b \leq c", r"a = b \le c"),
        (r"y = x \quad (1 \le i \le n)", r"y = x \; \text{for } (1 \le i \le n)"),
        (r"\partial L / \partial x", r"\frac{\partial L}{\partial x}"),
        (r"\frac{\partial}{\partial x} (a + b)", r"\frac{\partial (a + b)}{\partial x}"),
        (r"\nabla_x (a + b)", r"\nabla_{x} (a + b)"),
        (r"{a b} c", "{a b} c"),
        (r"\text{diag}(x) \cdot A^\top", r"\operatorname{diag} (x) \cdot A^{\top}"),
        (r"= x + {y + z}", "= x + {y + z}"),
        (r"X_{i+1, j}", "X_{i + 1,j}"),
    ],
)
def test_printed(source: str, printed: str) -> None:
    assert [latex(each) for each in formula(source).statements] == [printed]


def test_depth_of_what_is_printed_is_that_of_what_was_read() -> None:
    for source in (
        r"\frac{\partial}{\partial x} (a + %s)",
        r"\nabla_x (a + %s)",
        "x_{%s}",
        "a + {b + %s}",
        r"\max_i (%s)",
    ):
        text = "y"
        while _reads(source % text):
            text = source % text
        assert _reads(latex(formula(text).statements[0]))


def _reads(source: str) -> bool:
    try:
        formula(source)
    except ParseError as error:
        assert error.message == "more than 50 parts within each other"  # noqa: PT017
        return False
    return True


def test_only_parts_of_formulas_are_printed() -> None:
    with pytest.raises(TypeError, match="is no part of a formula"):
        latex(Formula(()))
