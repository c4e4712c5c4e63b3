r"""Free indices of an equation: which there are, over what they run, and what conditions say."""

from functools import cache

import pytest
from sympy import Integer, Symbol

from symcnn.errors import LanguageError, ShapeError
from symcnn.read import check
from symcnn.read.declarations import declare
from symcnn.read.display import formula
from symcnn.read.indices import Range, free_letters, range_of, said_range
from symcnn.read.meaning import Meaning
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Report, Verdict
from symcnn.read.syntax import Chain, Name, Node
from symcnn.read.values import is_same
from symcnn.read.world import World

QUICK = Budget(1.0, 5.0, 0.0)
P, R, N = Verdict.PROVED, Verdict.REFUTED, Verdict.NOT_CHECKABLE
DECLARED = (
    "A: m x n; x, w: n; u: m; v: 2; c: scalar; S: n x n; sigma: differentiable activation; B_l: n_l x n_{l-1};"
    "given: m >= 2, n >= 2"
)
m, n = Symbol("m", integer=True), Symbol("n", integer=True)
MEANING = Meaning(declare(World(), DECLARED))


def node(text: str) -> Node:
    return formula(text).statements[0].chain


def condition(text: str) -> Chain:
    chain = node(text)
    assert isinstance(chain, Chain)
    return chain


@cache
def report(text: str) -> Report:
    return check(rf"\[ {text} \]", declarations=[DECLARED], budget=QUICK)


def only(text: str) -> Finding:
    (finding,) = report(text).findings
    return finding


# Which there are


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("x_i", ["i"]),
        ("A_{ij}", ["i", "j"]),
        ("A_{j,i} x_i", ["j", "i"]),
        ("x_{i+1}", ["i"]),
        ("x_1", []),
        ("x_n", []),
        ("A_{n,i}", ["i"]),
        (r"\sum_i x_i", []),
        (r"\sum_{j=1}^n A_{ij} x_j", ["i"]),
        (r"\sum_{j=1}^n x_j", []),
        (r"\sum_{j=1}^i x_j", ["i"]),
        (r"\sum_{1 \le j \le n} A_{ij}", ["i"]),
        (r"\max_j A_{ij}", ["i"]),
        (r"x_i + \sum_i x_i", ["i"]),
        ("[i = j] x_i", ["i", "j"]),
        (r"\begin{cases} 1 & i = j \\ 0 & \text{otherwise} \end{cases}", ["i", "j"]),
        (r"\|x\|_2^2", []),
        (r"\delta_{ij}", ["i", "j"]),
        ("B_l", []),
        ("(B_l)_{ij}", ["i", "j"]),
        ("n_l", []),
        (r"\sigma(x_i)", ["i"]),
        ("c x", []),
    ],
)
def test_free_letters(text: str, letters: list[str]) -> None:
    assert [each.word for each in free_letters(MEANING, node(text))] == letters


def test_letters_of_several_sides_are_found_once() -> None:
    assert [each.word for each in free_letters(MEANING, node("A_{ij}"), None, node("A_{jk}"))] == ["i", "j", "k"]


# Over what they run


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("x_i", n),
        ("A_{ij}", m),
        ("A_{ji}", n),
        ("v_i", Integer(2)),
        ("x_{i+1} x_i", n),
        ("(A x)_i", m),
        ("(A^T)_{ij}", n),
    ],
)
def test_a_range_is_that_of_a_tensor_with_this_index_alone(text: str, extent: object) -> None:
    assert range_of(MEANING, Name("i"), (), node(text)) == Range("i", Integer(1), extent)


def test_the_left_side_comes_first() -> None:
    assert range_of(MEANING, Name("i"), (), node("v_i"), node("x_i")).extent == 2


def test_a_condition_comes_before_the_tensors() -> None:
    made = range_of(MEANING, Name("i"), (condition(r"2 \le i \le 3"),), node("x_i"))
    assert made == Range("i", Integer(2), Integer(2))


def test_indices_may_run_from_zero() -> None:
    meaning = Meaning(declare(World(), "indices: from 0; x: n"))
    assert range_of(meaning, Name("i"), (), node("x_i")) == Range("i", Integer(0), n)


@pytest.mark.parametrize("text", ["x_{i+1}", r"\delta_{ij}", "c", r"\sum_i x_i [1 = 1]"])
def test_a_range_that_nothing_says_is_refused(text: str) -> None:
    letter = Name("k") if text.startswith(r"\sum") else Name("i")
    with pytest.raises(LanguageError, match=r"over what the index . runs is not said"):
        range_of(MEANING, letter, (), node(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x_i u_i", "the index i runs to n as of x_{i} and to m as of u_{i}"),
        ("x_i + v_i", "the index i runs to n as of x_{i} and to 2 as of v_{i}"),
        ("A_{ii}", "the index i runs to m as of A_{i i} and to n as of A_{i i}"),
    ],
)
def test_unequal_ranges_are_refused(text: str, words: str) -> None:
    with pytest.raises(ShapeError) as caught:
        range_of(MEANING, Name("i"), (), node(text))
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("one", "other", "same"), [(n + 1, 1 + n, True), (2 * (n + 1), 2 * n + 2, True), (n, m, False), (n, n + 1, False)]
)
def test_extents_are_compared_as_polynomials(one: Symbol, other: Symbol, same: bool) -> None:
    assert is_same(one, other) is same


# What conditions say


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (r"1 \le i \le n", Range("i", Integer(1), n)),
        (r"0 \le i < n", Range("i", Integer(0), n)),
        (r"1 < i < n", Range("i", Integer(2), n - 2)),
        (r"2 \le i \le n - 1", Range("i", Integer(2), n - 2)),
        ("i = 1", Range("i", Integer(1), Integer(1))),
        (r"1 \le (i, j) \le n", Range("i", Integer(1), n)),
        (r"1 \le j \le n", None),
        (r"i \le n", None),
        (r"i \ne 1", None),
        (r"1 \ge i \ge n", None),
        ("i = j = 1", None),
    ],
)
def test_what_a_condition_says_of_an_index(text: str, made: Range | None) -> None:
    found = said_range(MEANING, Name("i"), condition(text))
    if found is None or made is None:
        assert found is made
    else:
        assert (found.letter, found.first) == (made.letter, made.first)
        assert is_same(found.extent, made.extent)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2x_i = x_i + x_i", P),
        ("2x_i = x_i", R),
        (r"x_{i+1} + c = c + x_{1+i} \quad (1 \le i \le n-1)", P),
        (r"x_{i+1} + c = c + x_{1+i} \quad (1 \le i < n)", P),
        (r"x_{i+1} + c = c + x_{1+i} \quad (1 \le i \le n)", N),
        (r"x_{i+1} + c = c + x_{1+i} \quad (0 \le i \le n - 1)", P),
        (r"x_i + c = x_1 + c \text{ for } i = 1", P),
        (r"x_i + c = x_1 + c \text{ for } i = 2", R),
        (r"2x_i = x_i + x_i \quad i = 1, \dots, n", P),
        (r"S_{ij} + c = S_{ji} + c", R),
        (r"[i = j] S_{ij} = [i = j] S_{ji}", P),
        (r"\delta_{ij} x_j = \delta_{ij} x_i", P),
        (r"\max(c, 0) = c \quad (c \ge 0)", P),
        (r"\max(c, 0) = c", R),
        (r"u_1 + u_3 = u_3 + u_1 \quad (m \ge 3)", P),
        (r"u_1 + u_3 = u_3 + u_1", N),
        (r"x_i \le \max_j x_j", P),
        (r"x_i \ge \max_j x_j", R),
        ("x_i u_i = u_i x_i", R),
    ],
)
def test_equations_with_indices(text: str, verdict: Verdict) -> None:
    assert only(text).verdict is verdict


def test_a_range_that_nobody_said_is_told() -> None:
    told = [each.text for each in report("2A_{ij} = A_{ij} + A_{ij}").inferences]
    assert any(each.startswith("the index i runs from 1 to m") for each in told)
    assert any(each.startswith("the index j runs from 1 to n") for each in told)


def test_a_range_that_is_said_is_not_told() -> None:
    told = [each.text for each in report(r"2x_i = x_i + x_i \quad (1 \le i \le n)").inferences]
    assert not any("the index i" in each for each in told)


def test_a_condition_that_is_no_range_is_refused() -> None:
    finding = only(r"S_{ij} + c = S_{ji} + c \quad (i \ne j)")
    assert finding.verdict is N
    assert finding.reason == r"the condition i \ne j is no range: write the equation with a bracket or cases"


def test_strict_inequalities_are_not_checked() -> None:
    finding = only(r"x_i < \max_j x_j")
    assert finding.verdict is N
    assert finding.reason == "only equations, and inequalities with ≤ or ≥, are checked, not <"


def test_relations_of_sizes_are_neither_checked_nor_assumed() -> None:
    finding = only(r"m \ge 3")
    assert finding.verdict is N
    assert "neither checked nor assumed" in finding.reason


# Entries and wholes


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"\sum_j A_{ij} x_j = A x", P),
        (r"A x + 0 = \sum_j A_{ij} x_j", P),
        (r"\sum_j A_{ij} x_j = 2 A x", R),
        (r"A_i x = \sum_j A_{ij} x_j", P),
        ("2A_i = A_i + A_i", P),
        ("2A_i = A_i", R),
    ],
)
def test_a_whole_may_stand_for_its_entries(text: str, verdict: Verdict) -> None:
    assert only(text).verdict is verdict


def test_that_a_whole_stands_for_its_entries_is_remarked() -> None:
    assert only(r"\sum_j A_{ij} x_j = A x").remarks == ("A x stands for its entry i",)


def test_an_entry_is_no_whole_of_another_kind() -> None:
    finding = only("x_i + c = A + A")
    assert finding.verdict is R
    assert finding.reason == "the left side is a number, the right side a matrix of m x n"
