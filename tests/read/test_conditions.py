r"""Conditions in words: around an equation, and supposed for what follows."""

import pytest
from quickest import quickest

from symcnn.read import check
from symcnn.read.conditions import with_conditions
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Report, Verdict
from symcnn.read.sources import sources
from symcnn.read.syntax import Formula
from symcnn.read.written import latex

QUICK = Budget(seconds=1.0, proof_seconds=5.0, suggestion_seconds=0.0)
NUMBERS = "x, y, c: scalar"


def report(text: str, declarations: str = NUMBERS) -> Report:
    return check(text, declarations=[declarations], budget=QUICK)


def only(text: str, declarations: str = NUMBERS) -> Finding:
    (finding,) = report(text, declarations).findings
    return finding


def last(text: str, declarations: str = NUMBERS) -> Finding:
    return report(text, declarations).findings[-1]


def attached(text: str) -> list[list[str]]:
    """The conditions of every statement of a document"""
    found, _ = with_conditions(text, sources(text, is_latex=True))
    read = [each.read for each in found if isinstance(each.read, Formula)]
    return [list(map(latex, statement.conditions)) for each in read for statement in each.statements]


# Which words make conditions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$u = v$ if $x \ge 0$.", [[r"x \ge 0"]]),
        (r"\[ u = v \] if $x \ge 0$.", [[r"x \ge 0"]]),
        (r"\[ u = v, \] whenever $x \ge 0$ and $y > 0$.", [[r"x \ge 0", "y > 0"]]),
        (r"\begin{align} u &= v \\ w &= t \end{align} for $i = 1, \dots, n$.", [[r"1 \le i \le n"]] * 2),
        (r"$u = v$ for all $i$.", [[]]),
        (r"$u = v$ for all $i, j$ and every $k \ge 1$.", [[r"k \ge 1"]]),
        (r"$u = v$ for all $i$, $j$.", [[]]),
        (r"$u_i = v$ where $1 \le i \le n$.", [[r"1 \le i \le n"]]),
        (r"If $x \ge 0$, then $u = v$.", [[r"x \ge 0"]]),
        (r"For $1 \le i, j \le n$, we have \[ u = v. \]", [[r"1 \le i \le n", r"1 \le j \le n"]]),
        (r"For $1 \le i \le m$ and $1 \le j \le n$ let $u = v$.", [[r"1 \le i \le m", r"1 \le j \le n"]]),
        (r"For $1 \le i \le m$, $1 \le j \le n$, let $u = v$.", [[r"1 \le i \le m", r"1 \le j \le n"]]),
        (r"Then, for $x = 0$, $u = v$.", [["x = 0"]]),
        (r"$u = v$ if $x \ge 0$, and $u = w$ if $x < 0$.", [[r"x \ge 0"], ["x < 0"]]),
        (r"Für $x \ge 0$ gilt $u = v$.", [[r"x \ge 0"]]),
        (r"The output is \[ u_i = v_i \] for $1 \le i \le n$.", [[r"1 \le i \le n"]]),
        (r"A layer of this kind computes $u_i = v_i$ for $i = 1, \dots, n$.", [[r"1 \le i \le n"]]),
        (r"Written out, the outputs $u_i$ are \[ u_i = v_i \] for $1 \le i \le n$.", [[], [r"1 \le i \le n"]]),
        (r"For every output neuron $i$, \[ u_i = v_i. \]", [[]]),
    ],
)
def test_conditions_belong_to_the_equation(text: str, expected: list[list[str]]) -> None:
    assert attached(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"$u = v$ if not $x \ge 0$.",
        r"$u = v$ unless $x \ge 0$.",
        r"$u = v$ iff $x \ge 0$.",
        r"$u = v$ if $x \ge 0$ or $y \ge 0$.",
        r"$u = v$ if $x \ge 0$ is odd.",
        r"$u = v$ for all $i$ even.",
        r"$u = v$ for some $x \ge 0$.",
        r"$u = v$. If $x \ge 0$ it is so.",
        r"$u = v$ for all $x \in S$.",
        r"$u = v$ if $x \ge 0$ and $u + w = t$.",
        r"For $x \ge 0$ nothing is known, but $u = v$.",
        r"If $x \ge 0$ then never $u = v$.",
        r"If $x \ge 0$, then $y \ge 0$ implies $u = v$.",
        r"The case $x \ge 0$: $u = v$.",
        r"The first outputs are $u = v$ for $x \ge 0$.",
        r"The output is never $u = v$ for $x \ge 0$.",
        r"With positive weights the output is $u = v$ for $x \ge 0$.",
        r"The others are $u = v$ for $x \ge 0$.",
        r"It would be nice to have $u = v$ for $x \ge 0$.",
        r"Nobody believes that it is $u = v$ for $x \ge 0$.",
        r"Contrary to belief, $u = v$ for $x \ge 0$.",
        r"Jede Ausgabe mit Rand ist $u = v$ for $x \ge 0$.",
    ],
)
def test_what_is_not_understood_makes_none(text: str) -> None:
    assert not any(attached(text))


@pytest.mark.parametrize(
    "part", ["$x = y$ if $x > 0$, and ", "if $x > 0$ and ", "let ", "for all $i$ and ", "$x$ be even "]
)
def test_a_long_sentence_is_quick(part: str) -> None:
    text = part * 2_000
    found = sources(text, is_latex=True)
    assert quickest(lambda: with_conditions(text, found)) < 2


# What they make of a claim


@pytest.mark.parametrize(
    "text",
    [
        r"\[ |x| = x \] if $x \ge 0$.",
        r"We have $|x| = x$ for $x \ge 0$.",
        r"If $x \le 0$, then \[ |x| = - x. \]",
        r"Let $y = 2 x$. If $x \ge 0$, then $|y| = y$.",
    ],
)
def test_a_claim_is_proved_under_its_condition(text: str) -> None:
    finding = last(text)
    assert finding.verdict is Verdict.PROVED
    assert "under the condition that x" in finding.reason


def test_a_claim_that_its_condition_does_not_help_is_refuted() -> None:
    assert only(r"\[ |x| = - x \] if $x \ge 0$.").verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "text",
    [
        r"\[ |x| = x \] unless $x < 0$.",
        r"\[ |x| = x \] if $x \ge 0$ or $x = 0$.",
        r"\[ |x| = x \]" "\n" r"if $x$ is positive.",
        r"\[ |x| = x \] for some $x \ge 0$.",
        r"If $x$ is positive, then \[ |x| = x. \]",
        r"Suppose $x$ is positive, so that \[ |x| = x. \]",
        r"$|x| = x$ only if $x \ge 0$.",
        r"\[ |x| = x \] is false.",
    ],
)
def test_a_claim_that_words_restrict_is_not_refuted(text: str) -> None:
    finding = report(text).findings[0]
    assert finding.verdict is Verdict.NOT_CHECKABLE
    assert "in words" in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        r"If we look at it, \[ |x| = x. \]",
        r"For the number $x$ we get \[ |x| = x. \]",
        r"Suppose so. Then \[ |x| = x. \]",
        r"\[ |x| = x. \] If $x \ge 0$, this is clear.",
    ],
)
def test_other_words_restrict_nothing(text: str) -> None:
    assert Verdict.REFUTED in [each.verdict for each in report(text).findings]


def test_one_value_of_an_index() -> None:
    text = r"\[ y_i = 2 x_i \quad (1 \le i \le n) \] \[ y_i = x_1 + x_i \] for $i = 1$."
    assert last(text, "x: n").verdict is Verdict.PROVED


# What they make of a definition


def test_a_range_that_is_the_whole_defines() -> None:
    findings = report(r"Let $Y_{ij} = X_{ij} + X_{ji}$ for $1 \le i, j \le n$. Then $Y_{ij} = Y_{ji}$.", "").findings
    assert [each.verdict for each in findings] == [Verdict.DEFINED, Verdict.PROVED]


@pytest.mark.parametrize(
    "text",
    [
        r"\[ y = x \] if $c > 0$. \[ y = x \]",
        r"\[ t_i = w_i \] for $2 \le i \le n$. \[ t = w \]",
        r"\[ t_i = w_i \] for all $i$ even. \[ t = w \]",
        r"For $2 \le i \le n$ we put \[ t_i = w_i. \] \[ t = w \]",
        r"\[ t = w \] if $c > 0$, and \[ t = 2 w \] if $c < 0$. \[ t = w \]",
    ],
)
def test_a_definition_under_a_condition_is_none(text: str) -> None:
    assert last(text, "x, c: scalar; w: n; given: n >= 2").verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    "text",
    [
        r"The output is \[ y_i = \sum_{p=1}^k w_p x_{i+p-1} \] for $1 \le i \le n-k+1$.",
        "The output is\n\n$$ y_i = \\sum_{p=1}^k w_p x_{i+p-1} $$\n\nfor $1 \\le i \\le n-k+1$.",
        r"For every output neuron $i$, \[ y_i = \sum_{j=1}^n A_{ij} x_j. \]",
        r"When an input $x$ is presented to the network, it computes \[ y = A x. \]",
        r"Once the image is given, the layer computes \[ y = A x. \]",
        r"Define $y_j = x_j - t_j$ for the outputs.",
    ],
)
def test_ordinary_sentences_define(text: str) -> None:
    findings = report(text, "x, t: n; w: k; A: m x n; given: k <= n").findings
    assert findings[0].verdict is Verdict.DEFINED


@pytest.mark.parametrize(
    "text",
    [
        r"When a positive input is presented, it computes \[ y = A x. \]",
        r"When an input is presented twice, it computes \[ y = A x. \]",
        r"When an input is presented if $k > 2$, it computes \[ y = A x. \]",
        r"Ignoring the bias, the output is \[ y = A x. \]",
        r"For every even neuron $i$, \[ y_i = x_i. \]",
        r"Define $y_i = x_i$ for the outputs $i \ge 3$.",
        r"\[ y_i = x_i \] for the outputs $i \ge 3$.",
        r"Define $y_i = x_i$ for the last outputs.",
        r"\[ y_i = x_i \] for the last outputs.",
    ],
)
def test_others_do_not(text: str) -> None:
    findings = report(text, "x, t: n; w: k; A: m x n; given: k <= n").findings
    assert findings[0].verdict is Verdict.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"Ignoring the bias, the output is \[ y = A x. \]", "'Ignoring'"),
        (r"\[ y_i = x_i \] for the last outputs.", "'for the last outputs'"),
        (r"At even positions, \[ y_i = x_i. \]", "'At even'"),
        (r"For some $i$, let \[ y_i = x_i. \]", "'For some'"),
        (r"\[ y_i = x_i \quad\text{on the interior} \]", "'interior'"),
        (r"If we put $y_i = x_i$ here, it is so.", "'If'"),
        (r"Define $y_i = x_i$ for the last channel.", "'for'"),
    ],
)
def test_the_words_that_restrict_a_definition_are_told(text: str, words: str) -> None:
    (finding,) = report(text, "x, t: n; A: m x n").findings
    assert f"in words ({words}) makes it a condition; write" in finding.reason


def test_a_second_equation_for_other_units_is_not_refuted() -> None:
    text = r"For the outputs let $y = 2 x$. For the hidden units let $y = 3 x$."
    assert last(text, "x: n").verdict is Verdict.NOT_CHECKABLE


def test_a_row_without_the_index_is_defined_all_the_same() -> None:
    findings = report(r"\begin{align} y_i &= 2 w_i \\ c &= 3 \end{align} for all $i = 1, \dots, n$.", "w: n").findings
    assert [each.verdict for each in findings] == [Verdict.DEFINED] * 2


def test_what_an_equation_speaks_of_may_stand_behind_it() -> None:
    text = r"\[ y = z + t \] where $z = A w$ and $t = 2 b$. \[ y - 2 b = A w \]"
    findings = report(text, "A: m x n; w: n; b: m").findings
    assert [each.verdict for each in findings] == [*[Verdict.DEFINED] * 3, Verdict.PROVED]


def test_for_all_elements_of_a_space_is_a_declaration() -> None:
    text = r"Define $f(x) = \|x\|^2$ for $x \in \mathbb{R}^n$. \[ f(2x) = 4 f(x) \] for all $x, y \in \mathbb{R}^n$."
    found = [(each.verdict, each.latex) for each in report(text, "").findings]
    assert found[0] == (Verdict.DEFINED, r"x \in \mathbb{R}^{n}")
    assert found[1][0] is Verdict.DEFINED
    assert (Verdict.PROVED, "f (2 x) = 4 f (x)") in found


@pytest.mark.parametrize("where", ["[0, 1]", "S", r"\{1, 3\}"])
def test_for_all_elements_of_something_else_is_a_restriction(where: str) -> None:
    assert (
        report(rf"Let $f(t) = t^2$ for $t \in {where}$. \[ f(2) = 4 \]", "").findings[-1].verdict
        is Verdict.NOT_CHECKABLE
    )


# What is supposed


SUM = r"\[ \sum_{i=1}^{m-k} 1 = m - k. \]"


@pytest.mark.parametrize("words", ["Let", "Suppose that", "We assume", "Throughout, let", "Sei"])
def test_an_inequality_of_sizes_is_supposed(words: str) -> None:
    made = report(rf"{words} $m \ge k$. {SUM}", "")
    assert [each.verdict for each in made.findings] == [Verdict.PROVED]
    assert r"m \ge k is supposed from here on" in [each.text for each in made.inferences]


def test_several_of_one_sentence_are_supposed_together() -> None:
    assert last(rf"Let $m \ge k$ and $k \ge 1$. {SUM}", "").verdict is Verdict.PROVED


def test_another_case_is_another_supposition() -> None:
    """m >= k and m <= k would say that m = k"""
    text = r"Suppose $m \ge k$. Now suppose $m \le k$. \[ m + 0 c = k + 0 c \]"
    assert last(text, "m, k: size; c: scalar").verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "text",
    [
        rf"Suppose that not $m \ge k$. {SUM}",
        rf"Suppose $m \ge k$ or $k = 0$. {SUM}",
        rf"The case $m \ge k$ is simple. {SUM}",
    ],
)
def test_what_is_not_said_plainly_is_not_supposed(text: str) -> None:
    assert last(text, "m, k: size").verdict is not Verdict.PROVED


def test_an_index_is_no_size() -> None:
    assert report(r"Let $1 \le i \le n$. \[ y_i = 2 w_i \]", "w: n").findings[-1].verdict is Verdict.DEFINED


@pytest.mark.parametrize(
    "text",
    [
        "For $x \\ge 0$ we have\n\n$$|x| = x.$$",
        "We have\n\n$$|x| = x$$\n\nfor $x \\ge 0$.",
        "We have\n\n$$\n|x| = x\n$$\n\nif $x \\ge 0$.",
    ],
)
def test_empty_lines_around_a_display_end_no_sentence(text: str) -> None:
    (finding,) = check(text, is_latex=False, declarations=[NUMBERS], budget=QUICK).findings
    assert finding.verdict is Verdict.PROVED


# What is declared behind an equation


@pytest.mark.parametrize(
    "text",
    [
        r"\[ y = W x, \] where $W \in \mathbb{R}^{m \times n}$ is the matrix and $x \in \mathbb{R}^n$ the input.",
        r"We have $y = W x$ with the input $x \in \mathbb{R}^n$ and the matrix $W \in \mathbb{R}^{m \times n}$.",
        r"The output is \[ y = W x \] with $y \in \mathbb{R}^m, x \in \mathbb{R}^n$, $W \in \mathbb{R}^{m \times n}$.",
        "We put\n\n$$ y = W x $$\n\nwhere the $W \\in \\mathbb{R}^{m \\times n}$ and $x \\in \\mathbb{R}^n$ are given.",
    ],
)
def test_a_declaration_behind_an_equation_is_told_before_it(text: str) -> None:
    assert last(rf"{text} Then \[ y_i = \sum_{{j=1}}^n W_{{ij}} x_j. \]", "").verdict is Verdict.PROVED


def test_what_is_told_before_is_said_once() -> None:
    found = report(
        r"\[ y = c W x \] where $W \in \mathbb{R}^{m \times n}$ is learned, and the $x \in \mathbb{R}^n$.", ""
    )
    reasons = [each.reason for each in found.findings if r"\in" in each.latex]
    assert reasons == [r"declares W, of size m \times n", "declares x, of size n"]


@pytest.mark.parametrize(
    "text",
    [
        r"\[ y = W x. \] Here $W \in \mathbb{R}^{m \times n}$ is learned, and $x \in \mathbb{R}^n$.",
        r"\[ y = W x \]" "\n\n" r"\section{Next} $W \in \mathbb{R}^{m \times n}$ is learned, and $x \in \mathbb{R}^n$.",
    ],
)
def test_a_declaration_in_another_sentence_is_not(text: str) -> None:
    assert report(text, "").findings[0].verdict is Verdict.NOT_CHECKABLE


def test_nor_is_one_of_what_is_declared_before() -> None:
    text = r"\[ y = W x \] where now $W \in \mathbb{R}^{n \times n}$ is square. \[ y_i = \sum_j W_{ij} x_j \]"
    first, *_, final = report(text, "W: m x n; x: n").findings
    assert first.reason == "defines y, a column of m"
    assert final.verdict is Verdict.NOT_CHECKABLE


def test_a_declaration_is_no_equation_that_words_explain() -> None:
    found = report(r"Let $x, y \in \mathbb{R}^n$ with $x^T y = 0$.", "").findings
    assert [each.verdict for each in found] == [Verdict.DEFINED, Verdict.DEFINED, Verdict.NOT_CHECKABLE]
