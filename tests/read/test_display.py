"""Displays: which statements there are, and what belongs to each."""

import pytest

from symcnn.errors import ParseError
from symcnn.read.display import formula
from symcnn.read.written import latex


def statements(source: str) -> list[str]:
    return [latex(each).replace(r" \; \text{for }", " for") for each in formula(source).statements]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = b = c", ["a = b = c"]),
        (r"a = b \le c < d", [r"a = b \le c < d"]),
        ("= a = b", ["= a = b"]),
        ("a", ["a"]),
        ("", []),
        (r"a = b, \quad c = d", ["a = b", "c = d"]),
        (r"a = b; c = d. e = f", ["a = b", "c = d", "e = f"]),
        (r"a = b \\ c = d", ["a = b", "c = d"]),
        (r"a = b \\ = c", ["a = b = c"]),
        (r"a \\ = c", ["a = c"]),
        (r"a = b, = c", ["a = b = c"]),
        (r"\therefore a = b \Rightarrow c = d \square", ["a = b", "c = d"]),
        (r"{\displaystyle a = b}", ["a = b"]),
        (r"{} = a", ["= a"]),
    ],
)
def test_statements(source: str, expected: list[str]) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\begin{align} a &= b \\ &= c \\ d &= e \end{align}", ["a = b = c", "d = e"]),
        (r"\begin{align*} a &= b + {} \\ &\quad c \end{align*}", ["a = b + c"]),
        (r"\begin{align} a &= b \\ &\quad - c \\ &\qquad {}+ d \end{align}", ["a = b - c + d"]),
        (r"\begin{align} a &= b \\ & \cdot c \end{align}", [r"a = b \cdot c"]),
        (r"\begin{align} a &= b \\ -c &= d \end{align}", ["a = b", "-c = d"]),
        (r"\begin{multline} a = b \\ - c \end{multline}", ["a = b - c"]),
        (r"\begin{align} a &= b & c &= d \\ e &= f && g = h \end{align}", ["a = b", "c = d", "e = f", "g = h"]),
        (r"\begin{align} a_i &= b_i & 1 \le i \le n \end{align}", [r"a_{i} = b_{i} for (1 \le i \le n)"]),
        (r"\begin{alignat}{2} a &= b & c &= d \end{alignat}", ["a = b", "c = d"]),
        (r"\begin{eqnarray} a &=& b \\ &=& c \end{eqnarray}", ["a = b = c"]),
        (r"\begin{equation} \begin{split} a &= b \\ &= c \end{split} \label{e} \end{equation}", ["a = b = c"]),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned} = d", ["a = b = c = d"]),
        (r"\begin{gather} a = b \\ c = d \nonumber \end{gather}", ["a = b", "c = d"]),
        (r"\begin{displaymath} a = b \end{displaymath}", ["a = b"]),
        (r"\begin{math} a = b \end{math}", ["a = b"]),
        (r"a = \begin{bmatrix} 1 & 2 \\ - 3 & 4 \end{bmatrix}", [r"a = \begin{bmatrix} 1 & 2 \\ -3 & 4 \end{bmatrix}"]),
    ],
)
def test_lines_and_columns(source: str, expected: list[str]) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"a_i = b \quad (1 \le i \le n)", [r"a_{i} = b for (1 \le i \le n)"]),
        (r"a_i = b, \qquad 1 \le i \le n, \; j < 3", [r"a_{i} = b for (1 \le i \le n, j < 3)"]),
        (r"a_i = b \quad (1 \le i \le n, \; 0 \le j < m)", [r"a_{i} = b for (1 \le i \le n, 0 \le j < m)"]),
        (r"a_i = b \quad (i = 1, \dots, n)", [r"a_{i} = b for (1 \le i \le n)"]),
        (r"a_i = b, \quad i = 1, \dots, n", [r"a_{i} = b for (1 \le i \le n)"]),
        (r"a_i = b \text{ for } (i = 1, \ldots, n; )".replace("; ", ""), [r"a_{i} = b for (1 \le i \le n)"]),
        (r"a = b \text{ for all } i \in S", [r"a = b for (i \in S)"]),
        (r"a = b \text{ if } c = d \text{ and } e = f", ["a = b for (c = d, e = f)"]),
        (r"a = b \text{ für } c = d", ["a = b for (c = d)"]),
        (r"a = b, \forall i \ge 1", [r"a = b for (i \ge 1)"]),
        (r"a = b \text{ and } c = d", ["a = b", "c = d"]),
        (r"a \le b, \quad c \le d", [r"a \le b", r"c \le d"]),
        (r"a = b \quad (c = d)", ["a = b for (c = d)"]),
        (r"i = 1, \dots, n", [r"1 \le i \le n"]),
    ],
)
def test_conditions(source: str, expected: list[str]) -> None:
    assert statements(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1. a = b", ["a = b"]),
        (r"6. (a) c = d", ["c = d"]),
        (r"(h) \quad a = b", ["a = b"]),
        (r"(a) = b", ["(a) = b"]),
        ("1.5 = a", ["1.5 = a"]),
    ],
)
def test_numbers_of_exercises_are_no_part_of_a_statement(source: str, expected: list[str]) -> None:
    assert statements(source) == expected


def test_words_between_statements() -> None:
    found = formula(r"W_1, W_2 \text{은 } 0 \cdot 1 \text{과 } 1 즉, \text{therefore } a = b")
    assert found.texts == ("은", "과", "즉", "therefore")
    assert [latex(each) for each in found.statements] == ["W_{1}", "W_{2}", r"0 \cdot 1", "1", "a = b"]


@pytest.mark.parametrize(
    "prose", ["따라서", "したがって", "因此", "поэтому", "ดังนั้น", "इसलिए", "لذلك", r"\text{d'où}", r"\text{naïve}"]
)
def test_prose_in_any_language(prose: str) -> None:
    assert statements(f"a = b, {prose} c = d") == ["a = b", "c = d"]


def test_text_may_be_a_name() -> None:
    assert statements(r"\text{stride} = k") == [r"\operatorname{stride} = k"]
    assert statements(r"a = \text{diag}(b)") == [r"a = \operatorname{diag} (b)"]


def test_statement_knows_its_place() -> None:
    source = r"\begin{align} a &= b \\ &= c \quad (1 \le i), \\ d &= e \end{align}"
    spans = [source[slice(*each.span)] for each in formula(source).statements]
    assert spans == [r"a &= b \\ &= c \quad (1 \le i)", "d &= e"]


@pytest.mark.parametrize(
    ("source", "message", "column"),
    [
        (r"\begin{align} a = b", "the environment is not closed", 1),
        (r"a = b \end{align}", "align ends, and did not begin here", 7),
        (
            r"\begin{align} \begin{split} a \end{align}",
            "split ends".replace("split", "align") + ", and did not begin here",
            31,
        ),
        ("x = 0,5", "0,5 can be one number or two: write a decimal as 0.5, a thousand as 1000", 6),
        ("x = 1,000", "1,000 can be one number or two: write a decimal as 0.5, a thousand as 1000", 6),
        ("x = 1.2.3", "1.2.3 can be one number or two: write a decimal as 0.5, a thousand as 1000", 8),
        ("а = 1", "а is no name that can be read: words before a relation stand in \\text", 1),
        ("즉 = 1", "즉 is no name that can be read: words before a relation stand in \\text", 1),
        ("a = ) b", "here should be a number, a name or a bracket, not )", 5),
        ("= " * 102, "here should be a number, a name or a bracket, not =", 3),
        (r"a = b \\ " + "= c" * 101, "a chain of more than 100 relations", 312),
    ],
)
def test_refused(source: str, message: str, column: int) -> None:
    with pytest.raises(ParseError) as caught:
        formula(source)
    assert (caught.value.message, caught.value.column) == (message, column)


def test_longest_chain_over_lines() -> None:
    rows = r" \\ ".join(["= a"] * 60)
    assert len(formula(f"b {rows}").statements) == 1
    with pytest.raises(ParseError, match="a chain of more than 100 relations"):
        formula(rf"b {rows} \\ {rows}")
