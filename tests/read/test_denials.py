r"""Words that take an equation back: it defines nothing, so that nothing false follows from it.

Each document was found by attacking the reader: it said that y is x, and proved what follows from that.
"""

import pytest

from symcnn.read import check
from symcnn.read.denials import has_convention, is_in_table
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Verdict

QUICK = Budget(seconds=1.0, proof_seconds=5.0, suggestion_seconds=0.0)
P, D, R = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED
LONG = "which is what happens in a great many of the applications that one meets " * 20


def findings(text: str, declarations: str, is_latex: bool = True) -> tuple[Finding, ...]:
    return check(text, is_latex=is_latex, declarations=[declarations], budget=QUICK).findings


@pytest.mark.parametrize(
    "words",
    [
        r"\[ y = x \quad \mathrm{unless}\quad c \le 0 \]",
        r"\[ y = x \quad \textrm{unless}\quad c \le 0 \]",
        r"\[ y = x \] here, except in the last layer.",
        r"Unless Eq. 5 holds, \[ y = x . \]",
        r"\[ y = x \] (cf. Fig. 3) unless $n = 1$.",
        rf"Unless the matrix is singular, {LONG}, we have \[ y = x . \]",
        "There is no $c$ with $y = x$.",
        "We ask whether $y = x$.",
        "Does $y = x$ hold?",
        r"Is it true that \[ y = x ? \]",
        r"\[ y = x . \] This does not hold in general.",
        r"\[ y = x . \] However, this is wrong.",
        r"This would imply \[ y = x , \] which is absurd.",
        r"\[ y = x \text{ in expectation} \]",
        r"\[ y = x \text{ (mod 2)} \]",
        r"It is tempting to write \[ y = x . \]",
        r"\[ y = x \] un\-less $n = 1$.",
        r"\[ y = x \] \emph{un}less $n = 1$.",
        r"\sout{$y = x$}",
        r"\[ y = x \tag{only if $n = 1$} \]",
        r"\begin{tabular}{ll} $c \ge 0$ & $y = x$ \\ $c < 0$ & $y = -x$ \end{tabular}",
    ],
)
def test_what_is_taken_back_defines_nothing(words: str) -> None:
    verdicts = [each.verdict for each in findings(rf"{words} \[ y + x = 2x \]", "x: n; c: scalar")]
    assert P not in verdicts
    assert D not in verdicts


@pytest.mark.parametrize(
    "words",
    [
        r"\[ y = x . \] This is not a surprise.",
        r"\[ y = x \] (see Fig. 3), where no entry is changed.",
        r"By Eq. 5, \[ y = x . \] Does it fit?",
        r"The last layer computes \[ y = x . \] It is not used again.",
        rf"It is known, {LONG[:200]}, and we put \[ y = x . \]",
        r"\[ y_{\mathrm{out}} = x \] \[ y = y_{\mathrm{out}} \tag{1} \]",
    ],
)
def test_other_words_take_nothing_back(words: str) -> None:
    assert findings(rf"{words} \[ y + x = 2x \]", "x: n; c: scalar")[-1].verdict is P


@pytest.mark.parametrize(
    ("text", "declarations"),
    [
        (r"Suppose $A^T A = I$. Then \[ \|A x\|^2 = \|x\|^2 . \]", "x: n; A: n x n"),
        (r"Let \[ A x = y . \] Then \[ x^T A x = x^T y . \]", "x, y: n; A: n x n"),
        (r"If Eq. 5 holds, then \[ A x = y . \]", "x, y: n; A: n x n"),
        (r"With the summation convention, \[ A_{ij} x_j = (A x)_i . \]", "x: n; A: n x n"),
        (r"\begin{tabular}{ll} $c \ge 0$ & $|c| = c$ \\ $c < 0$ & $|c| = -c$ \end{tabular}", "c: scalar"),
        (r"Let $c \in \mathbb{R}_{\ge 0}$. Then \[ |c| = c . \]", "c: scalar"),
    ],
)
def test_what_holds_under_what_is_said_is_not_refuted(text: str, declarations: str) -> None:
    assert R not in [each.verdict for each in findings(text, declarations)]


def test_items_that_begin_with_a_case() -> None:
    text = "- positive $c$: $|c| = c$\n- negative $c$: $|c| = -c$\n"
    assert R not in [each.verdict for each in findings(text, "c: scalar", is_latex=False)]


@pytest.mark.parametrize(
    "words", [r"Even for $m < k$ we have", "The assumption is not needed:", "This holds whether or not it does:"]
)
def test_a_supposition_ends_where_words_say_so(words: str) -> None:
    claim = r"\[ \max(m,k) c = m c . \]"
    first, second = findings(rf"Suppose $m \ge k$. Then {claim} {words} {claim}", "m, k: size; c: scalar")
    assert first.verdict is P
    assert second.verdict is not P


def test_tables_and_conventions() -> None:
    assert is_in_table("| a | b |\n| $c$ |", 14)
    assert not is_in_table(r"\begin{tabular}{l} a \end{tabular} $c$", 36)
    assert has_convention("We use Einstein's notation. $a$", 30)
    assert not has_convention("$a$ We use Einstein's notation.", 1)
