r"""Definitions: which equations say what a name is, and what follows from them."""

import re
from functools import cache

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Report, Verdict

QUICK = Budget(1.0, 5.0, 0.0)
P, D, R, N = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED, Verdict.NOT_CHECKABLE
DECLARED = "A: m x n; x, t, w: n; b: m; c: scalar; S: n x n; sigma: differentiable activation"
LAYERS = "A_l: n_l x n_{l-1}; x_l, b_l, z_l: n_l; k: layer; sigma: differentiable activation"
AGAIN = "opens a new scope"


@cache
def report(text: str, declarations: str = "") -> Report:
    return check(text, declarations=[DECLARED, *([declarations] if declarations else [])], budget=QUICK)


def of(*equations: str, declarations: str = "") -> tuple[Finding, ...]:
    return report(" ".join(rf"\[ {each} \]" for each in equations), declarations).findings


def verdicts(*equations: str, declarations: str = "") -> list[Verdict]:
    return [each.verdict for each in of(*equations, declarations=declarations)]


def last(*equations: str, declarations: str = "") -> Finding:
    return of(*equations, declarations=declarations)[-1]


# What a definition is


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("y = Ax", "defines y, a column of m"),
        ("y := Ax", "defines y, a column of m"),
        (r"y \equiv Ax", "defines y, a column of m"),
        ("(y) = Ax", "defines (y), a column of m"),
        ("y = x^T t", "defines y, a number"),
        ("y = x^T", "defines y, a row of n"),
        ("Y = A^T", "defines Y, a matrix of n x m"),
        (r"y_i = \sum_j A_{ij} x_j", "defines y_{i}, a column of m"),
        ("Y_{ij} = A_{ji} + c", "defines Y_{i j}, a matrix of n x m"),
        (r"Y_{i,j} = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "defines Y_{i,j}, a matrix of 2 x 2"),
        (r"E(w) = \|w\|^2", "defines E (w), a number"),
        ("K_{1,2} = 3", "defines K_{1,2}"),
    ],
)
def test_the_first_equation_of_a_name_defines_it(text: str, reason: str) -> None:
    (finding,) = of(text)
    assert (finding.verdict, finding.reason) == (D, reason)


def test_further_parts_of_its_chain_are_claims() -> None:
    assert verdicts("y = 2x = x + x = 3x") == [D, P, R]


def test_a_second_equation_is_a_claim() -> None:
    assert verdicts("y = 2x", "y = x + x", "y = 3x") == [D, P, R]


# Whole and entry by entry


def test_entries_of_what_is_defined_as_a_whole() -> None:
    assert verdicts("y = Ax", r"y_i = \sum_j A_{ij} x_j", r"y_i = \sum_j A_{ij}") == [D, P, R]


def test_the_whole_of_what_is_defined_by_its_entries() -> None:
    assert verdicts(r"y_i = \sum_j A_{ij} x_j", "y = Ax", "y = 2Ax") == [D, P, R]


def test_a_whole_may_stand_for_its_entries() -> None:
    made = report(r"\[ y = x_i + w_i \] \[ y = x + w \]")
    assert [each.verdict for each in made.findings] == [D, P]
    assert "y stands for its entry i" in [each.text for each in made.inferences]


def test_a_row_is_defined_as_a_row() -> None:
    assert verdicts("y = x^T", "y w = x^T w") == [D, P]


def test_a_matrix_of_numbers_has_its_entries() -> None:
    matrix = r"K = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    assert verdicts(matrix, "K_{2,1} = 3", "K_{2,1} = 4", r"\operatorname{tr}(K) = 5") == [D, P, R, P]


def test_entries_one_by_one_make_a_matrix() -> None:
    entries = ("K_{1,1} = 1", "K_{1,2} = 2", "K_{2,1} = 3", "K_{2,2} = 4")
    assert verdicts(*entries, r"\operatorname{tr}(K) = 5", "K_{2,2} = 5") == [D, D, D, D, P, R]


def test_a_matrix_with_a_missing_entry_is_none() -> None:
    finding = last("K_{1,1} = 1", "K_{1,2} = 2", "K_{2,1} = 3", r"\operatorname{tr}(K) = 1")
    assert finding.verdict is N
    assert "is not said" in finding.reason


def test_a_declared_matrix_needs_all_its_entries() -> None:
    finding = last("K_{1,1} = 1", "K_{1,2} = 0", r"\operatorname{tr}(K) = 1", declarations="K: 2 x 2")
    assert finding.verdict is N
    assert finding.reason == "not every entry of K is said"


def test_the_identity_matrix_is_defined_where_its_size_is_said() -> None:
    assert verdicts("J = I", "Jx = x", declarations="J: n x n") == [D, P]
    assert verdicts("J = 2I", "Jx = x", declarations="J: n x n") == [D, R]
    assert last("J = I").reason == "the shape of J is not said: declare it"


def test_a_matrix_of_equal_entries_is_defined_where_its_size_is_said() -> None:
    ones = r"J = \begin{pmatrix} 1 & \cdots & 1 \\ \vdots & \ddots & \vdots \\ 1 & \cdots & 1 \end{pmatrix}"
    claim = r"x^T J x = (\sum_i x_i) (\sum_i x_i)"
    assert verdicts(ones, claim, declarations="J: n x n") == [D, P]
    assert last(ones).verdict is N


# Arguments


def test_a_definition_with_an_argument_is_one_for_all_arguments() -> None:
    before = r"E(w) = \|w\|^2"
    assert verdicts(before, "E(2w) = 4E(w)", "E(t) = t^T t", "2E(t) = w^T w") == [D, P, P, R]


def test_a_definition_may_have_two_arguments() -> None:
    assert verdicts("f(x, w) = x^T A^T A w", "f(w, x) = f(x, w)", "f(x, 2w) = 2f(x, w)") == [D, P, P]
    assert verdicts("f(x, w) = x^T S w", "f(w, x) = f(x, w)") == [D, R]


def test_another_number_of_arguments_is_refused() -> None:
    assert "should be 2 arguments" in last("f(x, w) = x^T w", "f(x) = 3").reason


def test_what_is_defined_of_nothing_has_no_argument() -> None:
    finding = last(r"E = \|w\|^2", "E(t) = t^T t")
    assert finding.verdict is N
    assert finding.reason == "E is defined of nothing: write E(x) = ... to define it of x"


# Second definitions


def test_a_second_definition_opens_a_new_scope() -> None:
    first, second, third = of("y = 2x", "y = 3w", "y_1 = 3 w_1")
    assert [each.verdict for each in (first, second, third)] == [D, D, P]
    assert second.reason == "defines y, a column of n, again"
    assert any(AGAIN in remark and "declare y: keep" in remark for remark in second.remarks)


def test_a_second_definition_is_told() -> None:
    told = [each.text for each in report(r"\[ y = 2x \] \[ y = 3w \]").inferences]
    assert any(AGAIN in each and "line 1" in each for each in told)


def test_the_same_names_are_an_error_and_no_second_definition() -> None:
    finding = last("y = 2x", "y = 3x")
    assert (finding.verdict, finding.reason) == (R, "does not hold")


def test_what_is_kept_is_defined_once() -> None:
    assert verdicts("y = 2x", "y = 3w", declarations="y: keep") == [D, R]


def test_what_was_computed_from_it_is_known_no_more() -> None:
    assert verdicts("y = 2x", "z = 5y", "y = 3w", "z = 15w") == [D, D, D, N]
    assert verdicts("y = 2x", "z = 5w", "y = 3w", "z = 5w") == [D, D, D, P]


def test_a_definition_by_entries_is_not_given_up() -> None:
    assert verdicts("y_i = 2x_i", "y_i = 3w_i") == [D, R]


def test_a_link_of_a_longer_chain_is_no_second_definition() -> None:
    assert verdicts("y = 2x", "y = 3w = w + 2w")[:2] == [D, R]


# What is none


@pytest.mark.parametrize(
    ("equations", "reason"),
    [
        (("y_n = x_n",), "y_{n} is not defined before, and this is no definition of it"),
        (("y_{i+1} = x_i",), "y_{i + 1} is not defined before, and this is no definition of it"),
        (("y_{i,i} = x_i",), "y_{i,i} is not defined before, and this is no definition of it"),
        (("y_i = c",), "over what the index i runs is not said"),
        ((r"y_i = x_i \quad (2 \le i \le n)",), "y_{i} begins at 2: declare its shape"),
        ((r"y = x \quad (c > 0)",), "y is defined under the condition c > 0 only"),
        ((r"\|x\|^2 = x^T x", "x = 2w"), "x was spoken of as given before: what it is should be said before that"),
    ],
)
def test_what_defines_nothing(equations: tuple[str, ...], reason: str) -> None:
    finding = last(*equations)
    assert (finding.verdict, finding.reason) == (N, reason)


@pytest.mark.parametrize("text", ["w = w - c x", "y = y", "y = 2y + x"])
def test_a_name_is_not_defined_by_itself(text: str) -> None:
    finding = last(text)
    assert finding.verdict is N
    assert re.search("by (itself|that name)", finding.reason)


@pytest.mark.parametrize(
    ("text", "declared", "reason"),
    [
        ("y = Ax", "y: n x n", "y has 2 indices, and its equation makes it a column of m"),
        ("y = c", "y: n", "y is declared with 1 indices, and its equation makes it a number"),
        ("y = x + c", "", "a column of n and a number cannot be added"),
        ("y = xA", "", "there is no product of a column of n and a matrix of m x n"),
    ],
)
def test_a_definition_whose_shapes_do_not_fit_is_refuted(text: str, declared: str, reason: str) -> None:
    finding = last(text, declarations=declared)
    assert (finding.verdict, finding.reason) == (R, reason)


@pytest.mark.parametrize(
    "text", [r"y = x \text{ if } c > 0", r"y = x \text{ for } c > 0", r"y = x \text{ unless } c > 0"]
)
def test_a_definition_under_a_condition_is_none(text: str) -> None:
    assert last(text).verdict is N


def test_a_definition_of_another_size_than_the_declared_one_is_refuted() -> None:
    assert last("y = Ax", declarations="y: 3").verdict is R
    assert last("y = Ax", declarations="y: m").verdict is D


def test_a_part_of_a_declared_range_is_no_definition() -> None:
    finding = last(r"y_i = x_i \quad (2 \le i \le n)", declarations="y: n")
    assert finding.reason == r"y_{i} is defined for 2 \le i \le n only, which is not all of it"
    assert last(r"y_i = x_i \quad (1 \le i \le n)", declarations="y: n").verdict is D


@pytest.mark.parametrize("first", [r"y = \sqrt{x}", "y = x + c", "y = x + q"])
def test_what_depends_on_a_definition_that_failed_is_not_checkable(first: str) -> None:
    assert verdicts(first, "z = 2y", "z = 4x", "2x = x + x")[1:] == [N, N, P]


def test_a_declared_name_whose_definition_failed_is_not_arbitrary() -> None:
    finding = last(r"y = \sqrt{x}", "y + x = x", declarations="y: n")
    assert finding.verdict is N
    assert finding.reason == "y depends on line 1, which could not be read or used"


def test_a_failed_definition_may_be_made_good() -> None:
    made = check(
        "\\[ y = \\sqrt{x} \\]\n% symcnn: define: y = 2x\n\\[ y = x + x \\]", declarations=[DECLARED], budget=QUICK
    )
    assert made.findings[-1].verdict is P


# Layers


def test_a_definition_for_all_layers_is_one_for_each() -> None:
    general = "z_l = A_l x_{l-1} + b_l"
    assert verdicts(general, "z_L = A_L x_{L-1} + b_L", declarations=LAYERS + "; L: layer") == [D, P]
    assert verdicts(general, "z_L = A_L x_{L-1}", declarations=LAYERS + "; L: layer") == [D, R]
    assert verdicts(general, "z_{l+1} = A_{l+1} x_l + b_{l+1}", declarations=LAYERS) == [D, P]
    assert verdicts(general, "z_1 = A_1 x_0 + b_1", declarations=LAYERS) == [D, P]


def test_a_layer_is_defined_for_itself() -> None:
    made = of("z_L = A_L x_{L-1}", "z_L = A_L x_{L-1}", declarations=LAYERS + "; L: layer")
    assert [each.verdict for each in made] == [D, P]


# Recursions

FIRST, STEP = "y_l = x_l", r"y_k = A_k y_{k-1} \text{ for } k > l"
DEPTH = LAYERS + "; y_l: n_l"


def test_an_equation_for_later_layers_is_a_recursion() -> None:
    first, step = of(FIRST, STEP, declarations=DEPTH)
    assert first.verdict is step.verdict is D
    assert step.reason == "defines y_{k} from the layer before"


@pytest.mark.parametrize("condition", [r"\quad (k > l)", r"\text{ for } k > l", r"\text{ for } l < k"])
def test_how_the_condition_may_be_written(condition: str) -> None:
    assert verdicts(FIRST, rf"y_k = A_k y_{{k-1}} {condition}", declarations=DEPTH) == [D, D]


def test_without_a_first_layer_there_is_no_recursion() -> None:
    assert verdicts(STEP, declarations=DEPTH) == [N]


def test_a_layer_that_is_wrong_is_refuted() -> None:
    assert last(FIRST, STEP, "y_{l+1} = 2 A_{l+1} x_l", declarations=DEPTH).verdict is not P


def test_a_layer_behind_the_first_one_is_a_claim() -> None:
    before = ("y_0 = x", r"y_k = 2 y_{k-1} \text{ for } k > 0")
    assert last(*before, "y_1 = 7x", declarations="y_k: n").verdict is R


def test_a_step_that_does_not_fit_is_no_recursion() -> None:
    assert last(FIRST, r"y_k = A_k^T y_{k-1} \text{ for } k > l", declarations=DEPTH).verdict is not P
