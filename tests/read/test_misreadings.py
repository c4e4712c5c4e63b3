r"""Documents that say one thing and could be taken to say another: none of what is false is proved.

Each was found by attacking the reader. `FALSE` equations must not be proved, `TRUE` ones must be; `LOST` ones are wrong
and must not pass as definitions.
"""

from typing import NamedTuple

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Verdict

QUICK = Budget(seconds=1.0, proof_seconds=5.0, suggestion_seconds=0.0)


class Case(NamedTuple):
    text: str
    declarations: str = ""


def last(case: Case) -> Finding:
    return check(case.text, declarations=[case.declarations] if case.declarations else [], budget=QUICK).findings[-1]


VECTORS = "x: n; y: n; t: n; u: n; w: n; lambda: scalar; c: scalar"

FALSE = {
    "a transpose comes before indices": Case(r"\[ A^T_{ij} = A_{ij} \]", "A: n x n"),
    "so it does behind brackets": Case(r"\[ (A)^T_{ij} = A_{ij} \]", "A: n x n"),
    "and in a sum": Case(r"\[ \sum_j W_{ij}^T x_j = (Wx)_i \]", "W: n x n; x: n"),
    "a condition in a sentence": Case(r"If $x = y$, then it vanishes. In general \[ \|x - y\|^2 = 0 \]", VECTORS),
    "a special case": Case(r"For $\lambda = 0$ this is simple. \[ \lambda x = 0 \]", VECTORS),
    "what never holds": Case(r"We never have $x = 0$. \[ x = 0 \]", VECTORS),
    "a consequence": Case(r"\[ x = y \Rightarrow \|x-y\|^2 = 0 \] \[ x - y = 0 \]", VECTORS),
    "a condition in a display": Case(r"\[ \text{If } x = t \text{ then all is well} \] \[ x = t \]", VECTORS),
    "one of two": Case(r"\[ c = 0 \text{ or } c = 1 \] \[ c = 0 \]", VECTORS),
    "a definition of a part": Case(
        r"\[ y_i = x_i \quad (2 \le i \le n) \] \[ y_1 = x_1 \]", "x: n; y: n; given: n >= 2"
    ),
    "a definition off the diagonal": Case(r"\[ Y_{ij} = 0 \quad (i \ne j) \] \[ Y_{ij} = 0 \]", "Y: n x n"),
    "a definition under a condition": Case(r"\[ y = x \text{ if } c > 0 \] \[ y = x \]", VECTORS),
    "the last entry": Case(r"\[ y_n = x_n \] \[ y = x \]", VECTORS),
    "a product of vectors for a number": Case(r"\[ x x^T = \|x\|^2 \]", VECTORS),
    "the order of an outer product": Case(r"\[ L = u^T W x \] \[ \nabla_W L = u^T x \]", "W: n x n; x: n; u: n"),
    "a gradient of more than a factor": Case(r"\[ \nabla_w \frac12 \|w\|^2 = 0 \]", VECTORS),
    "a power with a bound letter": Case(r"\[ \sum_{t=1}^n c^t = n c \]", "c: scalar; n: size"),
    "another argument": Case(r"\[ E(w) = \|w\|^2 \] \[ E(u) = \|w\|^2 \]", VECTORS),
    "what was redefined": Case(
        r"\[ y = 2x \] \[ z = y \] \[ y = x + 3 t \odot u \] \[ z = x + 3 t \odot u \]", "x: n; t: n; u: n"
    ),
    "a number for a vector": Case(r"\[ x = 7 \] \[ x^T x = 49 \]", "x: n"),
    "one entry for all": Case(r"\[ y_1 = x_1 \] \[ \|y\|^2 = x_1^2 \]", "x: n; y: n"),
    "dots on a diagonal": Case(
        r"\[ A = \begin{pmatrix} 1 & & \\ & \ddots & \\ & & 1 \end{pmatrix} \] \[ x^T A x = (\sum_i x_i)^2 \]",
        "A: n x n; x: n",
    ),
    "a row for a matrix": Case(r"\[ A = \begin{pmatrix} 1 & \dots & 1 \end{pmatrix} \]", "A: n x n; given: n >= 2"),
    "what stands behind dots": Case(
        r"\[ x^T = \begin{pmatrix} x_1 & \dots & 7 \end{pmatrix} \]", "x: n; given: n >= 3"
    ),
    "primes behind brackets": Case(r"\[ \sigma(x)' = \sigma(x) \]", "x: n; sigma: differentiable activation"),
    "powers of functions": Case(r"\[ \tanh^2(c) = \tanh(c) \]", VECTORS),
    "the spectral norm": Case(r"\[ \|A\|_2^2 = \sum_{i,j} A_{ij}^2 \]", "A: m x n"),
    "cases with a gap": Case(
        r"\[ r_i = \begin{cases} x_i & \text{if } x_i > 0 \\ 0 & \text{if } x_i < -1 \end{cases} \]"
        r"\[ r_i = \max(0, x_i) \]",
        "x: n",
    ),
    "a derivative of what is written otherwise": Case(
        r"\[ z = Wx \] \[ a = \sigma(z) \] \[ C = \|\sigma(z) - t\|^2 \] \[ \frac{\partial C}{\partial a_i} = 0 \]",
        "W: m x n; x: n; t: m; sigma: differentiable activation",
    ),
    "a chain that another formula interrupts": Case(
        r"\[ \|x\|^2 = x^T x \] With $\lambda = 3$ one has \[ = 3 \]", "x: n"
    ),
    "two unequal ranges": Case(r"\[ \sum_i (v_i + x_i) = v_1 + v_2 + x_1 + x_2 \]", "v: 2; x: n; given: n >= 3"),
    "a row equal to a column": Case(
        r"\[ f = c \] \[ \frac{\partial f}{\partial c} x^T = \frac{\partial f}{\partial c} x \]", VECTORS
    ),
    "an index function": Case(r"\[ \sigma_1(x) = \sigma_2(x) \]", "x: n; sigma: differentiable activation"),
}

LOST = {
    "another factor": Case(r"\[ y = 7Ax \] \[ y = 9Ax \]", "A: m x n; x: n"),
    "one layer of all": Case(r"\[ z_l = A_l x_l \] \[ z_1 = 2 A_1 x_1 \]", "A_l: n_l x n_l; x_l: n_l"),
    "the last layer": Case(r"\[ z_l = A_l x_l \] \[ z_L = 7 A_L x_L \]", "A_l: n_l x n_l; x_l: n_l; L: layer"),
    "the layer before": Case(r"\[ z_l = A_l x_l \] \[ z_{l-1} = 5 A_{l-1} x_{l-1} \]", "A_l: n_l x n_l; x_l: n_l"),
    "declared after it was defined": Case(r"\[ y = Ax \] where $y \in \mathbb{R}^m$. \[ y = 7Ax \]", "A: m x n; x: n"),
    "said beside an equation": Case(
        r"\[ y = Wx \quad \text{with} \quad \frac{\partial y}{\partial x} = W^T \]", "W: n x n; x: n; gradients: rows"
    ),
    "after what could not be read": Case(r"\[ y = \sqrt{x} \] \[ y = 7x \] \[ y = 7x \]", "x: n"),
    "an absolute value": Case(r"\[ c|c| = 5 \]", "c: scalar"),
}

TRUE = {
    "a transpose comes before indices": Case(r"\[ A^T_{ij} = A_{ji} \]", "A: n x n"),
    "the gradient of a norm": Case(r"\[ \nabla_w \frac12 \|w\|^2 = w \]", "w: n"),
    "another argument": Case(r"\[ E(w) = \|w\|^2 \] \[ E(u) = \|u\|^2 \]", VECTORS),
    "twice the argument": Case(r"\[ f(x) = \frac12 \|Ax\|^2 \] \[ f(2x) = 4 f(x) \]", "A: m x n; x: n"),
    "columns that nobody declared": Case(
        r"\[ y = Wx \] \[ \frac{\partial L}{\partial x} = W^T \frac{\partial L}{\partial y} \]",
        "W: m x n; x: n; L: function of y",
    ),
    "digits as two indices": Case(
        r"\[ d = a_{11} a_{22} - a_{12} a_{21} \] \[ a_{11} a_{22} = a_{22} a_{11} \]", "a: 2 x 2"
    ),
    "the identity with its size": Case(r"\[ I_n x = x \]", "x: n"),
    "powers of functions": Case(r"\[ \tanh'(c) = 1 - \tanh^2(c) \]", "c: scalar"),
    "entries of ones": Case(r"\[ \sigma'(z) = \sigma(z) \odot (1 - \sigma(z)) \]", "z: n; sigma: sigmoid"),
    "square brackets": Case(r"\[ x[1] + x[2] = x_1 + x_2 \]", "x: n; given: n >= 2"),
    "a Frobenius norm": Case(r"\[ \|A\|_F^2 = \sum_{i,j} A_{ij}^2 \]", "A: m x n"),
    "an error of all layers": Case(
        r"""\[ z^l = W^l a^{l-1} + b^l, \quad a^l = \sigma(z^l) \] \[ \delta^l = \frac{\partial C}{\partial z^l} \]
        \[ \delta^l = ((W^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l) \]""",
        "gradients: columns; W^l: n_l x n_{l-1}; a^l, z^l, b^l: n_l; sigma: differentiable activation;"
        "C: function of z^{l+1}",
    ),
    "a mean": Case(r"\[ \mu = \frac1n \sum_{i=1}^n x_i \] \[ \sum_{i=1}^n (x_i - \mu) = 0 \]", "x: n"),
    "two indices from one": Case(r"\[ \sum_{i,j=1}^2 A_{ij} = A_{11} + A_{12} + A_{21} + A_{22} \]", "A: 3 x 3"),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_not_proved(name: str) -> None:
    assert last(FALSE[name]).verdict in (Verdict.REFUTED, Verdict.NOT_CHECKABLE)


@pytest.mark.parametrize("name", LOST)
def test_an_error_is_no_definition(name: str) -> None:
    assert last(LOST[name]).verdict in (Verdict.REFUTED, Verdict.NOT_CHECKABLE)


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    assert last(TRUE[name]).verdict is Verdict.PROVED


def test_a_size_that_is_guessed_refutes_nothing() -> None:
    text = r"\[ s_i = \sum_{j=1}^D A_{ij} x_j + b_i \] \[ s = A x + b \]"
    assert last(Case(text, "A: D x D; x: D")).verdict is not Verdict.REFUTED


def test_what_depends_on_an_unread_line_says_so() -> None:
    text = r"Let $x, w \in \mathbb{R}^n$, $y_i = \sqrt{x_i}$, $y \in \mathbb{R}^n$. \[ \sum_i y_i = w^T x \]"
    finding = last(Case(text))
    assert finding.verdict is Verdict.NOT_CHECKABLE
    assert last(Case(r"$y = \sqrt{x}$ \[ y_i + x_i = x_i \]", "x: n; y: n")).reason.count("line 1") == 1


def test_what_the_kernel_refuses_ends_no_report() -> None:
    finding = last(Case(r"\[ (a+b+c+d+e)^{20} = 0 \]", "a: scalar; b: scalar; c: scalar; d: scalar; e: scalar"))
    assert finding.verdict in (Verdict.REFUTED, Verdict.NOT_CHECKABLE)


def test_a_name_that_is_defined_by_itself_spoils_nothing() -> None:
    report = check(r"\[ w = w - g \] \[ w + g = g + w \]", declarations=["w: n; g: n"], budget=QUICK)
    assert report.findings[-1].verdict is Verdict.PROVED
