r"""What a report says: verdicts with their places and reasons, remarks, counterexamples, and chains that go on."""

from functools import cache
from pathlib import Path

import pytest

from symcnn.errors import LanguageError, ParseError, SymcnnError
from symcnn.read import check, check_file
from symcnn.read.display import formula
from symcnn.read.outcomes import Budget, in_declarations, links, remarks_on
from symcnn.read.report import Finding, Report, Verdict
from symcnn.read.syntax import Name
from symcnn.read.written import latex

QUICK = Budget(1.0, 5.0, 0.0)
P, D, R, N = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED, Verdict.NOT_CHECKABLE
DECLARED = "A: m x n; x, w, t: n; u: m; c: scalar; S: n x n; sigma: differentiable activation"


@cache
def report(text: str, declarations: str = DECLARED, is_latex: bool = True) -> Report:
    return check(text, is_latex=is_latex, declarations=[declarations] if declarations else [], budget=QUICK)


def verdicts(text: str, declarations: str = DECLARED) -> list[Verdict]:
    return [each.verdict for each in report(text, declarations).findings]


def only(text: str, declarations: str = DECLARED) -> Finding:
    (finding,) = report(text, declarations).findings
    return finding


# Places

ARTICLE = r"""Let us see.

\[ 2x = x + x \]
and $x + w = w + x$ here.
\begin{align}
  3x &= x + 2x \\
     &= 4x \\
  2w &= w + w, \quad 2t = t + t
\end{align}
"""


def test_findings_have_lines_and_columns() -> None:
    assert [(each.line, each.column) for each in report(ARTICLE).findings] == [
        (3, 4),
        (4, 6),
        (6, 3),
        (7, 9),
        (8, 3),
        (8, 22),
    ]


def test_displays_are_numbered_and_formulas_in_a_line_are_not() -> None:
    assert [each.display for each in report(ARTICLE).findings] == [1, None, 2, 2, 2, 2]


def test_findings_are_written_as_links() -> None:
    assert [each.latex for each in report(ARTICLE).findings][2:4] == ["3 x = x + 2 x", "x + 2 x = 4 x"]


def test_findings_are_counted() -> None:
    made = report(ARTICLE)
    assert (made.count(P), made.count(R), made.count(D), made.count(N)) == (5, 1, 0, 0)
    assert made.is_refuted
    assert not report(r"\[ 2x = x + x \]").is_refuted


def test_a_report_has_the_path_of_its_document(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(r"\[ 2x = x + x \]", encoding="utf-8")
    made = check_file(path, declarations=["x: n"], seconds=1.0, proof_seconds=5.0)
    assert (made.path, made.count(P)) == (str(path), 1)


def test_an_empty_document_has_no_findings() -> None:
    assert report("").findings == ()
    assert report("no formula").findings == ()


def test_the_ending_of_a_file_says_what_it_is(tmp_path: Path) -> None:
    text = "`$a = $` and <!-- symcnn: x: n -->\n$$2x = x + x$$"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert check_file(tmp_path / "a.md").count(P) == 1


def test_a_sidecar_holds_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(r"\[ 2x = x + x \]", encoding="utf-8")
    (tmp_path / "a.toml").write_text('[declare]\nx = "n"', encoding="utf-8")
    assert check_file(tmp_path / "a.tex", sidecar=tmp_path / "a.toml").count(P) == 1
    assert check_file(tmp_path / "a.tex").count(P) == 0


def test_an_error_in_a_sidecar_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("x", encoding="utf-8")
    (tmp_path / "a.toml").write_text("[declare", encoding="utf-8")
    with pytest.raises(SymcnnError, match=r"a\.toml: no TOML"):
        check_file(tmp_path / "a.tex", sidecar=tmp_path / "a.toml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(SymcnnError, match="is no text in UTF-8"):
        check_file(tmp_path / "a.tex")


def test_a_document_that_cannot_be_taken_apart_is_refused() -> None:
    with pytest.raises(ParseError):
        check(r"\[ 2x = x", budget=QUICK)


# Reasons


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        (r"\[ 2x = x + x \]", P, "holds for all sizes"),
        (r"\[ y = Ax \]", D, "defines y, a column of m"),
        (r"\[ 2x = 3x \]", R, "does not hold"),
        (r"\[ A + x = 2x \]", R, "a matrix of m x n and a column of n cannot be added"),
        (r"\[ x^T w = x \]", R, "the left side is a number, the right side a column of n"),
        (r"\[ Ax + u \]", N, "says nothing: there is no relation in it"),
        (r"\[ = x \]", N, "goes on from an equation that is not there, or could not be read"),
        (r"\[ 2x = q \]", N, "q is not declared, and no equation before says what it is"),
        (r"\[ x_i < c + 1 \]", N, "only equations, and inequalities with ≤ or ≥, are checked, not <"),
    ],
)
def test_why(text: str, verdict: Verdict, reason: str) -> None:
    finding = only(text)
    assert (finding.verdict, finding.reason) == (verdict, reason)


def test_what_cannot_be_read_is_told_with_a_caret() -> None:
    finding = only("\\[ x = \\int x \\]")
    assert (finding.verdict, finding.column) == (N, 8)
    first, *caret = finding.reason.split("\n")
    assert first == r"cannot be read: \int cannot be read here"
    assert caret[-1].strip() == "^"


def test_what_is_missing_is_told_in_the_words_of_declarations() -> None:
    assert only(r"\[ u_1 + u_2 = u_2 + u_1 \]").reason.endswith("declare given: m >= 2")
    assert 'declare x "zero outside"' in only(r"\[ c + x_{i+1} = x_{i+1} + c \quad (1 \le i \le n) \]").reason


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("nothing shows it; add given=[m >= k]", "nothing shows it; declare given: m >= k"),
        ("write X.at(..., outside=0) for zero padding", 'declare X "zero outside"'),
        ("anything else", "anything else"),
    ],
)
def test_messages_in_the_words_of_declarations(message: str, words: str) -> None:
    assert in_declarations(message) == words


def test_a_part_beside_an_equation_is_told() -> None:
    second = report(r"\[ 2x = x + x, \quad c \]").findings[1]
    assert (second.verdict, second.reason) == (N, "stands beside an equation, and is none")


def test_a_name_in_a_line_is_no_finding() -> None:
    assert verdicts(r"Here $x$ and $A x$ and $c + 1$.") == []


def test_what_cannot_be_read_in_a_line_is_told_only_if_it_is_a_relation() -> None:
    assert verdicts(r"$\int x$ and $\int x = 1$") == [N]


def test_one_error_hides_nothing_that_follows() -> None:
    assert verdicts(r"\[ q = \int x \] \[ 2w = q \] \[ A + x = 0 \] \[ 2t = t + t \]") == [N, N, R, P]


# Evidence


def test_what_is_proved_has_a_theorem_that_replays() -> None:
    finding = only(r"\[ A(x + w) = Ax + Aw \]")
    assert finding.theorem is not None
    finding.theorem.replay()
    assert finding.counterexample is None


def test_what_is_refuted_has_a_counterexample() -> None:
    finding = only(r"\[ 2x = 3x \]")
    assert finding.counterexample is not None
    assert finding.theorem is None


def test_shapes_that_do_not_fit_need_no_counterexample() -> None:
    finding = only(r"\[ A + x = 2x \]")
    assert finding.verdict is R
    assert finding.counterexample is None


def test_a_tensor_that_nobody_declared_is_remarked() -> None:
    finding = only(r"\[ 2q_i = q_i \]", "")
    assert "q is any tensor here: nothing is declared of it" in finding.remarks


# Remarks


def test_a_derivative_of_something_by_itself_is_remarked() -> None:
    finding = only(r"\[ I x = \frac{\partial x}{\partial x} x \]")
    assert any("is the derivative of something by itself: is another layer meant?" in each for each in finding.remarks)


def test_only_derivatives_by_themselves_are_remarked() -> None:
    assert list(remarks_on(formula(r"\frac{\partial x}{\partial w}").statements[0].chain)) == []


def test_a_number_for_a_tensor_with_one_entry_is_remarked() -> None:
    finding = only(r"\[ x^T w + 0 = a \]", DECLARED + "; a: 1")
    assert finding.remarks == ("a number stands for a tensor with one entry",)


def test_a_size_that_must_be_one_is_told() -> None:
    finding = only(r"\[ \frac{\partial (2y)}{\partial y} = 2 \]", "y_L: n_L; y: n; gradients: rows")
    assert finding.verdict is P
    assert finding.reason == "holds if n = 1" or "so n = 1" in " ".join(finding.remarks)


# Chains


def test_every_link_is_checked() -> None:
    assert verdicts(r"\[ 2x = x + x = 3x - x \]") == [P, P]


def test_what_is_right_again_is_told() -> None:
    first, second, third = report(r"\[ 2x = 5x = x + x = 7x \]").findings
    assert [each.verdict for each in (first, second, third)] == [R, P, R]
    assert second.remarks == ("this is right again: it is equal to 2 x, though not to what stands directly before it",)
    assert second.latex == "2 x = x + x"


def test_what_is_shown_as_proved_is_what_was_proved() -> None:
    """3 = 2 is not"""
    first, second = report(r"\[ 1 + 1 = 3 = 2 \]").findings
    assert [(each.verdict, each.latex) for each in (first, second)] == [(R, "1 + 1 = 3"), (P, "1 + 1 = 2")]


def test_behind_what_cannot_be_read_the_last_right_part_is_compared() -> None:
    first, second = report(r"\[ 2x = q = x + x \]").findings
    assert (first.verdict, second.verdict) == (N, P)
    assert second.remarks == ("compared with 2 x, since what stands directly before it cannot be read",)


def test_a_display_may_go_on_from_the_one_before() -> None:
    findings = report("\\[ 2x = x + x \\]\ntext\n\\[ = 3x - x \\]\n\\[ = 3x \\]").findings
    assert [(each.line, each.verdict) for each in findings] == [(1, P), (3, P), (4, R)]
    assert findings[1].latex == "x + x = 3 x - x"


def test_a_display_may_go_on_from_an_expression() -> None:
    assert verdicts(r"\[ 2x + w \] \[ = x + x + w \]") == [N, P]


def test_a_display_goes_on_from_no_formula_in_a_line() -> None:
    findings = report(r"\[ 2x = x + x \] with $c = c + 0$ \[ = 3x - x \]").findings
    assert findings[-1].latex == "x + x = 3 x - x"
    assert findings[-1].verdict is P


def test_nothing_goes_on_from_what_cannot_be_read() -> None:
    assert verdicts(r"\[ 2x = \int x \] \[ = x + x \]") == [N, N]


def test_conditions_hold_for_what_goes_on() -> None:
    text = r"\[ x_{i+1} + c = c + x_{i+1} \quad (1 \le i \le n - 1) \] \[ = x_{i+1} + c \]"
    assert verdicts(text) == [P, P]


def test_links_of_a_chain() -> None:
    (statement,) = formula(r"a = b \le c").statements
    first, second = links(statement, None)
    assert [first.latex, second.latex] == ["a = b", r"b \le c"]
    assert (first.position, second.position, first.alone) == (0, 1, False)


def test_a_chain_that_goes_on_begins_with_what_is_left() -> None:
    (statement,) = formula("= b").statements
    (link,) = links(statement, Name("a"))
    assert (link.latex, link.position, link.alone) == ("a = b", 1, False)
    assert list(links(statement, None)) == []


def test_all_parts_of_a_chain_stand_beside_a_link() -> None:
    (statement,) = formula("a = b = c").statements
    first, _ = links(statement, None)
    assert [latex(each) for each in first.besides] == ["a", "b", "c"]


# Words


@pytest.mark.parametrize(
    "text",
    [
        r"Suppose \(2x = 3x\).",
        r"if \(2x = 3x\) then",
        r"Let \(2x = 3x\).",
        r"We have $2x_1 \le 3x_1$.",
    ],
)
def test_what_a_sentence_may_assume_is_not_refuted(text: str) -> None:
    finding = only(text)
    assert finding.verdict is N
    assert finding.reason == "does not hold without what the sentence says in words, which is not read"


@pytest.mark.parametrize("text", [r"We have \(2x = 3x\).", r"We have $2x = 3x$.", r"\[ 2x = 3x \]"])
def test_what_a_sentence_claims_is_refuted(text: str) -> None:
    assert only(text).verdict is R


@pytest.mark.parametrize(
    "text",
    [
        "If $y = x$, it vanishes.",
        "We never have $y = x$.",
        "For $y = x$ it is simple.",
        "not $y = x$",
        r"\[ y = x \text{ or } y = w \]",
        r"\[ \text{if } y = x \]",
        r"\[ y = x \Rightarrow 2y = 2x \]",
        r"It is not true that \[ y = x \]",
    ],
)
def test_what_words_make_a_condition_defines_nothing(text: str) -> None:
    assert D not in verdicts(text, DECLARED + "; y: n")


@pytest.mark.parametrize("text", ["We put $y = x$.", "Let $y = x$.", r"where $y = x$", r"\[ \text{where } y = x \]"])
def test_what_words_introduce_is_defined(text: str) -> None:
    assert verdicts(text) == verdicts(text, DECLARED + "; y: n") == [D]


# What reads out of range


def test_indices_in_the_wrong_order_are_refuted() -> None:
    """W_{c,o} need not exist; where it does, for O = C, the equation is false all the same"""
    made = report(r"\[ Y_{o,i} = \sum_{c=1}^C W_{c,o} X_{c,i} \]", "X: C x n; W: O x C; define: Y = W X")
    assert made.findings[0].verdict is R
    assert made.findings[0].counterexample is not None
    assert any("may be read out of range" in each and "declare" not in each for each in made.findings[0].remarks)


def test_what_holds_wherever_it_is_defined_is_not_refuted() -> None:
    finding = only(r"\[ \sum_{i=1}^k x_i = x_1 + \sum_{i=2}^k x_i \]", "x: n; k: size")
    assert finding.verdict is N
    assert "declare given: n >= k" in finding.reason


def test_what_an_operator_needs_is_no_reason_to_refute() -> None:
    conv = r"\operatorname{conv2d}"
    declared = "X: m x n; W: k x k"
    assert only(rf"\[ {conv}(X, 2W) = 2 {conv}(X, W) \]", declared).verdict is N
    assert only(rf"\[ {conv}(X, 2W) = 3 {conv}(X, W) \]", declared).verdict is R


# Letters that mean two things


def test_a_letter_for_a_size_and_a_vector_is_told() -> None:
    finding = only(r"\[ h = Wx + b \]", "x: d; W: h x d; b: h")
    assert finding.verdict is N
    assert finding.reason.endswith("but h is a size here: call one of the two by another name")


def test_a_delta_with_two_indices_beside_the_errors_of_a_layer() -> None:
    errors = r"\[ a_i = z_i^2 \] \[ \delta_i = \frac{\partial L}{\partial z_i} \]"
    one, other = (
        r"\frac{\partial a_i}{\partial z_j} = 2 z_i \delta_{ij}",
        r"\delta_i = 2 z_i \frac{\partial L}{\partial a_i}",
    )
    claims = rf"\[ {one} \] \[ {other} \]"
    assert verdicts(errors + claims, "z: n; L: function of a") == [D, D, P, P]
    assert verdicts(r"\[ \delta_i \delta_{ij} = \delta_j \delta_{ij} \]", r"\delta: n") == [P]


def test_a_label_in_a_declared_size_stands_upright() -> None:
    with pytest.raises(LanguageError, match=r"a label stands upright, as in n_\{\\mathrm\{in\}\}"):
        report(r"\[ X_{c,i} = 2 X_{c,i} \]", "C_{in}: size; X: C_{in} x n")
