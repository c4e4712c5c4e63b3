r"""What is inferred of names that nobody has declared: each inference is a sentence, and some are not made."""

from functools import cache

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Report, Verdict

QUICK = Budget(1.0, 5.0, 0.0)
P, D, R, N = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED, Verdict.NOT_CHECKABLE


@cache
def report(text: str, declarations: str = "") -> Report:
    return check(text, declarations=[declarations] if declarations else [], budget=QUICK)


def told(text: str, declarations: str = "") -> list[str]:
    return [each.text for each in report(text, declarations).inferences]


def verdicts(text: str, declarations: str = "") -> list[Verdict]:
    return [each.verdict for each in report(text, declarations).findings]


# What is inferred

FROM_ZERO = "the first index is 0, since sums or ranges begin there"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"\[ \sum_{i=0}^{n-1} (a_i + b_i) = \sum_{i=0}^{n-1} a_i + \sum_{i=0}^{n-1} b_i \]", P),
        (r"\[ \sum_{i=0}^{n-1} (a_i - b_i) = \sum_{i=0}^{n-1} a_i + \sum_{i=0}^{n-1} b_i \]", R),
        (r"\[ 2x_i = x_i + x_i \quad (0 \le i < n) \]", P),
        (r"\[ 2x_i = x_i + x_i \quad (0 \le i \le n - 1) \]", P),
    ],
)
def test_sums_and_ranges_from_0_show_the_first_index(text: str, verdict: Verdict) -> None:
    assert FROM_ZERO in told(text)
    assert verdicts(text) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        r"\[ \sum_{i=0}^{n-1} x_i x_{i+1} = \sum_{i=0}^{n-2} x_i x_{i+1} \]",
        r"\[ f = \sum_{i=0}^{n-1} x_i y_{i+1} \] \[ f = \sum_{i=0}^{n-2} x_i y_{i+1} \]",
        r"\[ \sum_{i=0}^{n-1} y_{i+1}^2 = \sum_{i=1}^{n-1} y_i^2 \]",
        r"\[ \sum_{i=0}^{n-1} x_{i+1} = \sum_{i=0}^{n-1} x_i + x_n \]",
    ],
)
def test_a_shifted_tensor_does_not_end_where_a_sum_does(text: str) -> None:
    assert verdicts(text)[-1] in (R, N)


def test_sum_from_0_says_how_far_a_tensor_reaches() -> None:
    assert "a has 1 index, of size n" in told(r"\[ \sum_{i=0}^{n-1} 2a_i = 2\sum_{i=0}^{n-1} a_i \]")
    text = r"\[ \sum_{i=0}^{n} 2a_i = 2\sum_{i=0}^{n} a_i \]"
    assert "a has 1 index, of size n + 1" in told(text, "indices: from 0")
    assert verdicts(text, "indices: from 0") == [P]


@pytest.mark.parametrize(
    ("text", "declarations"),
    [
        (r"\[ \sum_{i=0}^{n-1} 2a_i = 2\sum_{i=0}^{n-1} a_i \]", "indices: from 1"),
        ("% symcnn: indices: from 1\n" + r"\[ \sum_{i=0}^{n-1} 2a_i = 2\sum_{i=0}^{n-1} a_i \]", ""),
        (r"\[ \sum_{i=0}^{n-1} a_i = \sum_{i=1}^{n} a_i \]", ""),  # both
        (r"\[ \sum_{i=0}^{n} 2a_i = 2\sum_{i=0}^{n} a_i \]", ""),  # can be a padded tensor
        (r"\[ \sum_{i=0}^{n-1} x_{i+1} = \sum_i x_i \]", "x: n, zero outside"),
        (r"\[ f = \sum_{k=0}^{K-1} w_k x_{n-k} \]", "x: n, zero outside"),
        (r"Let $x = (x_1, \dots, x_n)$. \[ \sum_{i=0}^{n-1} 2a_i = 2\sum_{i=0}^{n-1} a_i \]", ""),
        (r"\[ \sum_{k=0}^{K-1} u_k = \sum_{i,j=1}^{n} [i=j] x_i x_j + \sum_{k=0}^{K-1} u_k \]", ""),
        (r"\[ \sum_{k=0}^{K-1} u_k = \max_{0 < i \le n} x_i \]", ""),
        (r"\[ \sum_{k=0}^{K-1} u_k = x_1 + \sum_{i=2}^{n} x_i \]", ""),
        (r"\[ \sum_{i=0}^{n-1} 2a_{i+1} = 2\sum_{i=0}^{n-1} a_{i+1} \]", ""),
    ],
)
def test_first_index_is_1_otherwise(text: str, declarations: str) -> None:
    assert FROM_ZERO not in told(text, declarations)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (r"\[ 2x_i = x_i + x_i \]", "x has 1 index, of size n"),
        (r"\[ 2x_i = x_i + x_i \]", "n is a size, an integer from 1 on"),
        (r"\[ 2X_{i,j} = X_{i,j} + X_{i,j} \]", r"X has 2 indices, of size m \times n"),
        (r"\[ 2X_{c,i,j} = X_{c,i,j} + X_{c,i,j} \]", r"X has 3 indices, of size C \times m \times n"),
        (r"\[ \sum_{i=1}^D x_i = \sum_{j=1}^D x_j \]", "D is a size, an integer from 1 on"),
        (r"\[ \sum_{i=1}^D x_i = \sum_{j=1}^D x_j \]", "x has 1 index, of size D"),
        (r"\[ 2x_i = x_i + x_i \quad (1 \le i \le N) \]", "N is a size, an integer from 1 on"),
        (
            r"\[ Y_{i,j} = X_{i,j+1} - X_{i,j} \]",
            r"X has 2 indices, of size m \times n, and is 0 outside, since it is read there",
        ),
        (r"\[ a_i = \sigma(z_i) \]", r"\sigma is any function of a real number"),
        (r"\[ d_i = \sigma'(z_i) \]", r"\sigma is any differentiable function of a real number"),
        (r"\[ y_L = A_L y_{L-1} + b_L \]", "A_L is a matrix of n_L x n_{L-1}, for every layer L"),
        (r"\[ y_L = A_L y_{L-1} + b_L \]", "y_L is a vector of n_L, for every layer L"),
        (r"\[ y_L = A_L y_{L-1} + b_L \]", "b_L is a vector of n_L, for every layer L"),
        (
            r"$\sigma: \R \to \R$ \[ 2\sigma'(x_i) = \sigma'(x_i) + \sigma'(x_i) \]",
            r"\sigma is differentiable, since its derivative is written",
        ),
    ],
)
def test_what_is_inferred_is_told(text: str, sentence: str) -> None:
    assert sentence in told(text)


def test_an_inference_stands_at_the_line_where_it_is_made() -> None:
    made = report("\\[ 2x_i = x_i + x_i \\]\n\n\\[ 2y_i = y_i + y_i \\]").inferences
    assert {each.line for each in made if each.text.startswith("x ")} == {1}
    assert {each.line for each in made if each.text.startswith("y ")} == {3}


def test_an_inference_is_told_once() -> None:
    sentences = told(r"\[ 2x_i = x_i + x_i \] \[ 3x_i = x_i + 2x_i \]")
    assert len(sentences) == len(set(sentences))


def test_another_number_of_indices_is_another_tensor() -> None:
    sentences = told(r"\[ s = \sum_i x_i \] \[ t = \sum_{i,j} x_{i,j} \]")
    assert any(each.startswith("x is another tensor from here on") for each in sentences)
    assert verdicts(r"\[ s = \sum_i x_i \] \[ t = \sum_{i,j} x_{i,j} \]") == [D, D]


def test_what_is_inferred_is_used() -> None:
    assert verdicts(r"\[ y_i = \sum_{j=1}^n A_{ij} x_j \] \[ y = Ax \] \[ y = 2Ax \]") == [D, P, R]


def test_a_size_gets_a_letter_that_is_nothing_else() -> None:
    (sentence,) = [each for each in told(r"$n \in \R$ \[ 2x_i = x_i + x_i \]") if each.startswith("x has")]
    assert sentence == "x has 1 index, of size m"


def test_a_tensor_that_nobody_declared_is_any_in_a_counterexample() -> None:
    (finding,) = report(r"\[ x_i + 1 = 2x_i \]").findings
    assert finding.verdict is R
    assert "x is any tensor here: nothing is declared of it" in finding.remarks


# Declarations in formulas


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (r"$x \in \mathbb{R}^n$", "declares x, of size n"),
        (r"$A \in \R^{m \times n}$", r"declares A, of size m \times n"),
        (r"$c \in \R$", "declares c, of size 1"),
        (r"$n \in \mathbb{N}$", "n is an integer from 1 on"),
        (r"$\sigma: \R \to \R$", r"declares the function \sigma"),
        (r"$A_L \in \R^{n_L \times n_{L-1}}$", r"declares A_{L}, of size n_{L} \times n_{L - 1}"),
    ],
)
def test_a_formula_may_declare(text: str, reason: str) -> None:
    (finding,) = report(text).findings
    assert (finding.verdict, finding.reason) == (D, reason)


def test_several_names_are_declared_alike() -> None:
    assert [each.latex for each in report(r"$x, w \in \R^m$").findings] == [
        r"x \in \mathbb{R}^{m}",
        r"w \in \mathbb{R}^{m}",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (r"$q \in Q$", "Q is no space that is known here"),
        (
            r"$\sigma: \R^n \to \R$",
            "only functions of a real number are read: declare \\sigma: activation, if it is one that is taken of every"
            " entry",
        ),
        (
            r"$k \in \mathbb{Z}$",
            "integers of any sign are not read: declare k: size >= 0, if it is one",
        ),
    ],
)
def test_a_space_that_is_not_known_is_told(text: str, reason: str) -> None:
    (finding,) = report(text).findings
    assert (finding.verdict, finding.reason) == (N, reason)


def test_the_same_declaration_again_says_nothing() -> None:
    assert report(r"$x \in \R^n$ $x \in \R^n$").findings[-1].reason == "x is declared so already"


def test_a_declaration_of_what_is_defined_says_its_size() -> None:
    declared = "A: m x n; x: n"
    right, wrong = (report(rf"\[ y = Ax \] $y \in \R^{each}$", declared).findings[-1] for each in "mn")
    assert (right.verdict, right.reason) == (D, "says of y that its size is m, which it is")
    assert (wrong.verdict, wrong.reason) == (R, "y is a column of m by its definition, and not of size n")


def test_another_declaration_forgets_what_is_defined() -> None:
    text = r"\[ y = Ax \] \[ z = 2y \] $y \in \R^{m \times n}$ \[ z = 2Ax \]"
    made = report(text, "A: m x n; x: n")
    assert [each.verdict for each in made.findings] == [D, D, D, N]
    assert "y is declared again: what it was before is forgotten" in [each.text for each in made.inferences]


def test_one_layer_may_be_said_to_have_one_row() -> None:
    declared = "A_L: n_L x n_{L-1}; y_L: n_L"
    text = r"\[ y_L = A_L y_{L-1} \] $A_L \in \R^{1 \times n_{L-1}}$"
    assert report(text, declared).findings[-1].reason == "says of A_{L} that n[L] = 1"


# What is not inferred


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (r"\[ f = c d \]", "c is not declared, and no equation before says what it is"),
        (r"\[ Y_{i,j} = X_{i,j} + c \]", "c is not declared, and no equation before says what it is"),
        (r"\[ f = w(x_i) + 1 \]", "w is not declared, and no equation before says what it is"),
        (r"\[ \delta_{ij} = \delta_{ji} \]", "over what the index i runs is not said"),
    ],
)
def test_a_name_that_shows_nothing_stays_unknown(text: str, reason: str) -> None:
    (finding,) = report(text).findings
    assert (finding.verdict, finding.reason) == (N, reason)


def test_of_what_is_declared_nothing_is_inferred() -> None:
    assert told(r"\[ 2x = x + x \]", "x: n") == []
    assert not any(each.startswith(("x ", "n ")) for each in told(r"\[ 2x_i = x_i + x_i \]", "x: n"))


def test_a_declared_tensor_is_not_0_outside_because_it_is_read_there() -> None:
    assert verdicts(r"\[ x_{i+1} + x_i = x_i + x_{i+1} \]", "x: n") == [N]


def test_a_letter_that_is_no_usual_function_is_none() -> None:
    assert not any("function" in each for each in told(r"\[ f_i = u(x_i) \]"))


def test_what_is_defined_is_no_function_of_a_real_number() -> None:
    assert not any("function" in each for each in told(r"\[ f(x) = Ax \] \[ f(2x) = 2f(x) \]", "A: m x n; x: n"))


def test_the_identity_matrix_with_its_size_is_no_tensor_that_is_inferred() -> None:
    assert not any(each.startswith("I ") for each in told(r"\[ I_n x = x \]", "x: n"))


def test_a_bound_letter_is_no_size() -> None:
    assert not any(each.startswith("i is") for each in told(r"\[ \sum_{i=1}^n x_i = \sum_{j=1}^n x_j \]"))


def test_what_is_defined_further_down_is_not_arbitrary_before() -> None:
    first, _ = report(r"\[ 2y_i = y_i + y_i \] \[ y_i = 3x_i \]", "x: n").findings
    assert first.verdict is not P
    assert not any(each.startswith("y has") for each in told(r"\[ 2y_i = y_i + y_i \] \[ y_i = 3x_i \]", "x: n"))


def test_what_limits_a_sum_and_runs_is_an_index() -> None:
    """j ends the sum, and is the index of S all the same: the list says over what it runs"""
    text = r"\[ S_j = \sum_{a=1}^j x_a \qquad (1 \le j \le n) \] \[ S_n = \sum_i x_i \]"
    made = check(text, declarations=["x: n"], budget=Budget(1.0, 5.0, 0.0))
    assert [each.verdict for each in made.findings] == [Verdict.DEFINED, Verdict.PROVED]
    assert not any("j is a size" in each.text for each in made.inferences)


VALID = r"y_i = \sum_{a=1}^k w_a x_{i+a-1}, \quad 1 \le i \le n-k+1"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"y_i = \sum_{a=1}^k w_{k-a+1} x_{i+k-a}, \quad 1 \le i \le n-k+1", Verdict.PROVED),
        (r"y_i = w_1 x_i + \sum_{a=2}^k w_a x_{i+a-1}, \quad 2 \le i \le n-k+1", Verdict.PROVED),
        (r"y_i = \sum_{a=1}^k w_a x_{i+a}, \quad 1 \le i \le n-k", Verdict.REFUTED),
    ],
)
def test_a_claim_about_some_entries_leaves_the_definition_one(claim: str, verdict: Verdict) -> None:
    text = rf"\[ {VALID} \] \[ {claim} \]"
    made = check(text, declarations=["x: n; w: k; k, n: size; given: n >= k, k >= 2"], budget=Budget(1.0, 5.0, 0.0))
    assert [each.verdict for each in made.findings] == [Verdict.DEFINED, verdict]


def test_a_name_that_is_defined_in_two_parts_is_not_defined_by_the_first() -> None:
    text = r"\[ y_i = x_i, \quad 1 \le i \le k \] \[ y_i = 2 x_i, \quad k+1 \le i \le n \] \[ y_i = x_i \]"
    made = check(text, declarations=["x: n; k, n: size; given: n >= k"], budget=Budget(1.0, 5.0, 0.0))
    assert {each.verdict for each in made.findings} == {Verdict.NOT_CHECKABLE}
