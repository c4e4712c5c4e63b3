r"""Lists that say over what indices run, and lists that look like one."""

import pytest

from symcnn.read.display import formula
from symcnn.read.syntax import Statement
from symcnn.read.written import latex


def only(text: str) -> Statement:
    (statement,) = formula(text).statements
    return statement


def conditions(text: str) -> list[str]:
    return [latex(each) for each in only(f"x = y {text}").conditions]


ONE, BOTH = [r"1 \le i \le n"], [r"1 \le i \le n", r"1 \le j \le n"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\quad (i = 1, \dots, n)", ONE),
        (r"\quad (i = 1, 2, \ldots, n)", ONE),
        (r"\quad (i = 1, 2, 3, \ldots, n)", ONE),
        (r", \quad i = 1, \dots, n", ONE),
        (r", i = 0, 1, \dots, n - 1", [r"0 \le i \le n - 1"]),
        (r"\quad (1 \le i, j \le n)", BOTH),
        (r"\quad (0 \le i, j, k < n)", [r"0 \le i < n", r"0 \le j < n", r"0 \le k < n"]),
        (r"\quad (0 < i, j \le n)", [r"0 < i \le n", r"0 < j \le n"]),
        (r"\quad \text{for } 1 \le i, j \le n", BOTH),
        (r", \quad 1 \le i, j \le n", BOTH),
        (r"\quad (i, j = 1, \dots, n)", BOTH),
        (r"\quad \forall i, j \in \{1, \dots, n\}", BOTH),
        (r"\quad \forall i \in [n]", ONE),
        (r", \quad i \in \{0, 1, \dots, n - 1\}", [r"0 \le i \le n - 1"]),
        (r"\quad (i = 1, \dots, n;\ j = 1, \dots, n)", BOTH),
        (r"\quad (i = 1, \dots, n, j = 1, \dots, n)", BOTH),
        (r"\quad (1 \le i \le n; k \ge 2)", [r"1 \le i \le n", r"k \ge 2"]),
        (r"\quad (1 \le i, i \le n)", ONE),
        (r"\quad \forall i", []),
        (r"\quad \forall i, j", []),
        (r"\quad \text{for all } i", []),
        (r"\quad \text{for all } i, j \text{ and every } k", []),
    ],
)
def test_a_range_for_every_index(text: str, expected: list[str]) -> None:
    assert conditions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\quad (k \le m, s \le n)", [r"k \le m", r"s \le n"]),  # two conditions
        (r"\quad (1 \le k; s \le n)", [r"1 \le k", r"s \le n"]),
        (r"\quad (1 \le i \le n, j \le m)", [r"1 \le i \le n", r"j \le m"]),
        (r"\quad (1 \le i, j \le k \le n)", [r"1 \le i", r"j \le k \le n"]),
        (r"\quad (1 \le i, j \ge n)", [r"1 \le i", r"j \ge n"]),
    ],
)
def test_other_conditions_stay_what_they_are(text: str, expected: list[str]) -> None:
    assert conditions(text) == expected


@pytest.mark.parametrize(
    "text", [r"\quad (i = 1, 3, \dots, n)", r"\quad (i \in \{1, 3, \dots, n\})", r"\quad (i = 1, 3)"]
)
def test_what_leaves_out_numbers_is_no_range(text: str) -> None:
    statements = formula(f"x = y {text}").statements
    assert not any(r"1 \le i" in latex(each) for each in statements)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\sum_{1 \le i, j \le n} x", r"\sum_{1 \le i \le n, 1 \le j \le n} x"),
        (r"\sum_{i = 1, \dots, n} x", r"\sum_{1 \le i \le n} x"),
        (r"\sum_{i, j \in [n]} x", r"\sum_{1 \le i \le n, 1 \le j \le n} x"),
        (r"\max_{i \in \{0, \dots, k\}} x", r"\max_{0 \le i \le k} x"),
        (r"\sum_{\substack{1 \le i \\ j \le n}} x", r"\sum_{\substack{1 \le i \\ j \le n}} x"),
        (r"\sum_{i, j = 1}^{n} x", r"\sum_{i, j = 1}^{n} x"),
    ],
)
def test_below_a_sum(text: str, expected: str) -> None:
    assert latex(only(text).chain) == expected


@pytest.mark.parametrize(
    ("text", "chain", "ahead"),
    [
        (r"\forall i : x = y", "x = y", []),
        (r"\forall i \in [n] : x = y", "x = y", ONE),
        (r"\forall i, \quad x = y", "x = y", []),
        (r"\text{for all } 1 \le i, j \le n : x = y", "x = y", BOTH),
        (r"\text{For every } 1 \le i \le n, x = y", "x = y", ONE),
    ],
)
def test_what_stands_ahead_of_an_equation(text: str, chain: str, ahead: list[str]) -> None:
    statement = only(text)
    assert latex(statement.chain) == chain
    assert [latex(each) for each in statement.conditions] == ahead


def test_conditions_on_nothing_are_kept() -> None:
    assert [latex(each) for each in formula(r"\text{for all } 1 \le i \le n").statements] == ONE


def test_a_type_is_no_introduction() -> None:
    statement = formula(r"x = y \text{ with } f : \mathbb{R} \to \mathbb{R}")
    assert r"f : \mathbb{R} \to \mathbb{R}" in "".join(map(latex, statement.statements))


@pytest.mark.parametrize(
    "text",
    [
        r"x = y \quad (1 \le k; s \le n)",
        r"x = y \quad (1 \le i, j \le n)",
        r"\sum_{\substack{1 \le i \\ j \le n}} x",
        r"\sum_{i, j \in [n]} x",
    ],
)
def test_what_is_printed_is_read_as_the_same(text: str) -> None:
    read = only(text)
    assert only(latex(read)) == read
