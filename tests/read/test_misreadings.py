r"""Documents that say one thing and could be taken to say another: none of what is false is proved.

Each was found by attacking the reader. `FALSE` equations must not be proved, `TRUE` ones must be; `LOST` ones are wrong
and must not pass as definitions.
"""

import pytest
from documents_in_short import QUICK, Case, last

from symcnn.errors import LanguageError
from symcnn.read import check
from symcnn.read.report import Verdict

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
    "a row behind a condition": Case(
        r"\begin{align} c d &= 1 && \text{if } c = 1 \\ d &= 1 \end{align}", "c: scalar; d: scalar"
    ),
    "a condition that is denied": Case(r"\[ c x = 0 \quad \text{if not } c = 0 \]", VECTORS),
    "one of two conditions": Case(r"\[ c u = 0 \quad \text{if } c = 0 \text{ or } n = 1 \]", VECTORS),
    "a condition that fails": Case(r"\[ c x = 0 \text{ when } c = 0 \text{ fails} \]", VECTORS),
    "a row that goes on": Case(
        r"\begin{align} a &= x \\ &\quad + \sqrt{y} \\ b &= a \end{align} \[ b = x \]", "x: n; y: n"
    ),
    "a number as an argument": Case(
        r"\[ r = \lambda w \] \[ E(\lambda) = \|r\|^2 \] \[ E(0) = \lambda^2 \|w\|^2 \]", "lambda: scalar; w: n"
    ),
    "what is wrong": Case(r"It is wrong that $a = x$. \[ \|a - x\|^2 = 0 \]", "a: n; x: n"),
    "what is the goal": Case(r"The goal is $a = x$. \[ \|a - x\|^2 = 0 \]", "a: n; x: n"),
    "what is said of a part behind it": Case(r"We have $a_i = x_i$ for $i > 1$. \[ \|a - x\|^2 = 0 \]", "a: n; x: n"),
    "a trivial case": Case(r"The case $c = 1$ is trivial. \[ c x = x \]", "c: scalar; x: n"),
    "a supposition before a display": Case(r"Suppose that \[ a = x . \] \[ \|a - x\|^2 = 0 \]", "a: n; x: n"),
    "a thousand": Case(r"\[ 1\,000 c = 0 \]", VECTORS),
    "a decimal without a digit before it": Case(r"\[ .5 c = 5 c \]", VECTORS),
    "a macro in a comment": Case(
        "\\newcommand{\\f}{c}\n% \\renewcommand{\\f}{d}\n\\[ \\f x = d x \\]", "c: scalar; d: scalar; x: n"
    ),
    "a function of a number, of a vector": Case(
        r"\[ s(t) = t \cdot \sigma(t) \] \[ s(x) = x^T \sigma(x) \]",
        "t: scalar; x: n; sigma: differentiable activation",
    ),
    "what was defined by another": Case(r"\[ s = \|x\|^2 \] Let now $x \in \mathbb{R}^k$. \[ s = \|x\|^2 \]", "x: n"),
    "an index behind a call": Case(r"\[ f(x) = Ax \] \[ f(x)_i = [i \le n] (Ax)_i \]", "A: m x n; x: n; given: m >= n"),
    "an index behind pooling": Case(
        r"\[ \rho(A)_{i,j} [i > m] = 0 \]", "A: m x n; rho: average pooling, window 1, stride 1, padding 1"
    ),
    "a trace of what is not square": Case(r"\[ \operatorname{tr}(B) = B_{11} + B_{22} \]", "B: 2 x 3"),
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
    "a size that does not fit": Case(r"\[ y = Wx \]", "x: n; y: n; W: m x n"),
    "a literal size that does not fit": Case(r"\[ y = Wx \]", "x: 3; y: 4; W: 5 x 3"),
    "parts that do not fit": Case(r"\[ z = x + b \]", "x: n; b: m"),
    "another layer under another letter": Case(
        r"\[ h_t = W h_{t-1} \] \[ h_{t+1} = 7 W h_t \]", "W: n x n; h_t: n; t: layer"
    ),
    "a layer of a recursion": Case(
        r"\[ y_0 = x \] \[ y_k = W y_{k-1} \text{ for } k > 0 \] \[ y_2 = 7 W y_1 \]", "W: n x n; x: n; y_k: n"
    ),
    "another value of a function": Case(r"\[ f(x) = \|x\|^2 \] \[ f(u) = 4 \|y\|^2 \]", VECTORS),
    "fewer names": Case(r"\[ z = Wx + u \] \[ z = Wx \]", "W: n x n; x: n; u: n"),
    "another kind": Case(r"\[ g = A^T A x - A^T b \] \[ g = 0 \]", "A: m x n; x: n; b: m"),
    "another value with the same names": Case(r"\[ f = \|w\|^2 \] \[ f = 2 w^T w \]", "w: n"),
    "another value with another letter": Case(r"\[ f = \sum_i w_i^2 \] \[ f = 2 \sum_j w_j^2 \]", "w: n"),
    "another value with a transpose": Case(r"\[ y = Ax \] \[ y = 2 (x^T A^T)^T \]", "A: m x n; x: n"),
    "an entry before the first": Case(r"\[ K_{0,0} = 1 \]"),
    "one of two": Case(r"\[ c = 0 \text{ or } c = 1 \]"),
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
    "a function of a number, entry by entry": Case(
        r"\[ s(t) = t \cdot \sigma(t) \] \[ s(x) = x \odot \sigma(x) \]",
        "t: scalar; x: n; sigma: differentiable activation",
    ),
    "a number as an argument": Case(
        r"\[ z = c x \] \[ f(c) = \sum_i z_i \] \[ f(2) = 2 \sum_i x_i \]", "c: scalar; x: n"
    ),
    "a macro that changes": Case(
        r"\newcommand{\v}{x} \[ \|\v\|^2 = x^T x \] \renewcommand{\v}{y} \[ \|\v\|^2 = y^T y \]", "x: n; y: n"
    ),
    "an equal index in brackets": Case(r"\[ x_i + 1 = 1 + x_1 \quad (i = 1) \]", "x: n"),
    "a call with an index": Case(r"\[ f(x) = Ax \] \[ f(x)_i = \sum_j A_{ij} x_j \]", "A: m x n; x: n"),
    "zero outside": Case(r"\[ X_{0,1} = 0 \]", "X: m x n, zero outside"),
    "a matrix by its entries": Case(r"\[ y_L = A_L y_{L-1} \] \[ y_{L,i} = \sum_j (A_L)_{ij} (y_{L-1})_j \]"),
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


NOT_REFUTED = {
    "an inverse": Case(r"\[ A A^{-1} x = x \]", "A: n x n; x: n"),
    "a power of a matrix": Case(r"\[ A^2 = A A \]", "A: n x n"),
    "bars around a vector": Case(r"\[ |x|^2 = x^T x \]", "x: n"),
    "the layers of a network": Case(
        r"\[ z_l = W_l a_{l-1}, \quad a_l = \sigma(z_l) \] \[ a_2 = \sigma(W_2 a_1) \]",
        "W_l: n_l x n_{l-1}; z_l, a_l: n_l; sigma: activation",
    ),
}


@pytest.mark.parametrize("name", NOT_REFUTED)
def test_what_is_not_in_the_language_is_not_refuted(name: str) -> None:
    assert last(NOT_REFUTED[name]).verdict is not Verdict.REFUTED


@pytest.mark.parametrize("text", ["m >= 2 or n >= 2", "m >= k and n >= k"])
def test_words_in_a_hypothesis_are_refused(text: str) -> None:
    with pytest.raises(LanguageError, match="has no meaning in a declaration"):
        check(r"\[ 1 = 1 \]", declarations=[f"m: size; n: size; k: size; given: {text}"])


def test_pooling_without_a_window_ends_no_report() -> None:
    assert last(Case(r"\[ \rho(X) = X \]", "X: m x n; rho: max pooling")).verdict is Verdict.NOT_CHECKABLE


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
