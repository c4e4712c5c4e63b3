r"""Notation that says one thing and could be taken to say another: what is false is not proved, and what is outside of
the language is not refuted."""

import pytest
from documents_in_short import QUICK, Case, last

from symcnn.read import check
from symcnn.read.report import Finding, Verdict

MATRICES = "x, y: n; A, B: n x n; c, d: scalar"

FALSE = {
    "an end above a sum alone": Case(r"\[ \sum_i^{k} x_i = \sum_{i=1}^n x_i \]", "x: n; k: size; given: n >= k"),
    "an end above a maximum": Case(r"\[ \max_i^{k} x_i = \max_{1 \le i \le n} x_i \]", "x: n; k: size; given: n >= k"),
    "an end above two indices": Case(
        r"\[ \sum_{i,j}^{k} A_{ij} = \sum_{i,j} A_{ij} \]", "A: n x n; k: size; given: n >= k"
    ),
    "ends above and below": Case(r"\[ \sum_{1 \le i \le n}^{k} x_i = \sum_i x_i \]", "x: n; k: size; given: n >= k"),
    "the largest entry": Case(r"\[ 2 \max(x) = 2 x \]", "x: n"),
    "the largest of what is written once": Case(r"\[ \max(x_i) = x_i \]", "x: n"),
    "a size that is defined": Case(
        r"\[ m = n - 1 \] \[ \sum_{i=1}^m c = mc \] \[ \max(m, 1) c = m c \]", "n: size; c: scalar"
    ),
    "a number that may be negative": Case(
        r"\[ m = n - k \] \[ \sum_{i=1}^m c = m c \] \[ |m| c = m c \]", "n, k: size; c: scalar"
    ),
    "a size that is 0": Case(r"\[ n = 0 \] \[ \max(n, 1) c = \sum_{i=1}^n c \]", "c: scalar"),
    "an integer of any sign": Case(r"Let $k \in \mathbb{Z}$. \[ |k| c = k c \]", "c: scalar"),
    "a sum up to an integer of any sign": Case(r"Let $k \in \mathbb{Z}$. \[ \sum_{i=1}^k c = kc \]", "c: scalar"),
    "an integer that may be 0": Case(r"Let $k \ge 0$ be an integer. \[ \max(k,1) c = \sum_{i=1}^k c \]", "c: scalar"),
    "an integer from 0 on, in a set": Case(
        r"Let $k \in \{0, 1, 2, \dots\}$. \[ \max(k,1) c = \sum_{i=1}^k c \]", "c: scalar"
    ),
    "functions with numbers above": Case(r"\[ \sigma^{(1)}(x) = \sigma^{(2)}(x) \]", "x: n; sigma: activation"),
    "functions with layers above": Case(r"\[ \sigma^{(l)}(x) = \sigma^{(l+1)}(x) \]", "x: n; sigma: activation"),
    "functions with plain numbers above": Case(r"\[ \sigma^{1}(x) = \sigma(x) \]", "x: n; sigma: activation"),
    "functions with numbers above that nobody declared": Case(
        r"\[ a = \sigma^{(1)}(x) \] \[ a = \sigma^{(2)}(x) \]", "x: n"
    ),
    "known functions with numbers above": Case(r"\[ \tanh^{(1)}(c) = \tanh^{(2)}(c) \]", "c: scalar"),
    "a derivative in brackets": Case(
        r"\[ \sigma^{(1)}(c) = \sigma(c) \]", "c: scalar; sigma: differentiable activation"
    ),
    "operators with numbers above": Case(
        r"\[ \rho^{(1)}(X) = \rho^{(2)}(X) \]",
        "X: m x n; rho: max pooling, window 2, stride 2; given: m >= 2; given: n >= 2",
    ),
    "a power of a size": Case(r"\[ n^{1} c = n c \] \[ n^2 c = n c \]", "n: size; c: scalar"),
    "sizes with layers above": Case(r"\[ n^{(1)} c = n^{(2)} c \]", "n: size; c: scalar"),
    "sizes of layers above": Case(
        r"Let $W^{(l)} \in \mathbb{R}^{n^{(l)} \times n^{(l-1)}}$. \[ c n^{(1)} = c n^{(2)} \]", "c: scalar"
    ),
    "otherwise comes first": Case(
        r"\[ r = \begin{cases} 0 & \text{otherwise} \\ 1 & \text{if } c > 0 \end{cases} \] \[ r = 0 \]", "c: scalar"
    ),
    "words before the condition of a case": Case(
        r"\[ |c| = \begin{cases} c & \text{as long as we never have } c \ge 0 \\ -c & \text{otherwise} \end{cases} \]",
        "c: scalar",
    ),
    "a case with a probability": Case(
        r"\[ |c| = \begin{cases} c & \text{with probability 1/2 if } c > 0 \\ -c & \text{otherwise} \end{cases} \]",
        "c: scalar",
    ),
    "an entry at a number that is defined": Case(r"\[ k = 3 \] \[ y_k = x_k \] \[ y_1 = x_1 \]", "x: n; given: n >= 3"),
    "an entry for all entries": Case(r"\[ i = 2 \] \[ y = x_i \] \[ \|y\|^2 = \|x\|^2 \]", "x: n; given: n >= 2"),
    "a range of a number that is defined": Case(
        r"\[ k = 2 \] \[ x_k + c = x_2 + c \quad \text{for } k = 1, \dots, n \]", "x: n; given: n >= 2; c: scalar"
    ),
    "an exponent T": Case(r"Let $T = 3$. Then \[ c^T c = c^2 . \]", "c: scalar"),
    "space between statements": Case(r"\[ u = x \hspace{2cm} c = 2 \] \[ \|u - c x\|^2 = 0 \]", "x: n; c: scalar"),
    "small spaces between statements": Case(r"\[ u = x\;\;\; c = 2 \] \[ \|u - c x\|^2 = 0 \]", "x: n; c: scalar"),
    "ties between statements": Case(r"\[ u = x~~~c = 2 \] \[ \|u - c x\|^2 = 0 \]", "x: n; c: scalar"),
    "an arrow of another kind": Case(
        r"Let $f : \mathbb{R}^n \mapsto \mathbb{R}^n$. \[ x^T f(x) = \sum_i x_i f(x_i) \]", "x: n"
    ),
    "a size of a shape that may be 0": Case(
        r"Let $n \ge 0$ and $x \in \mathbb{R}^n$. \[ \max(n,1) c = \sum_{i=1}^n c \]", "c: scalar"
    ),
    "filled space between statements": Case(r"\[ u = x \hfill c = 2 \] \[ \|u - c x\|^2 = 0 \]", "x: n; c: scalar"),
    "two ranges": Case(
        r"\[ [i \le 2] x_i = x_i \quad \text{for } 1 \le i \le 2 \text{ and } 3 \le i \le n \]", "x: n; given: n >= 4"
    ),
    "two ranges in brackets": Case(
        r"\[ [i \le 2] x_i = x_i \quad (1 \le i \le 2) \text{ and } (3 \le i \le n) \]", "x: n; given: n >= 4"
    ),
    "two ranges with dots": Case(
        r"\[ [i \le 2] x_i = x_i \quad i = 1, \dots, 2 \text{ and } i = 3, \dots, n \]", "x: n; given: n >= 4"
    ),
    "a function of vectors": Case(
        r"Let $f : \mathbb{R}^n \to \mathbb{R}^n$. \[ x^T f(x) = \sum_i x_i f(x_i) \]", "x: n"
    ),
    "a feature map": Case(
        r"Let $\phi : \mathbb{R}^n \to \mathbb{R}^n$ be a feature map."
        r"\[ \langle \phi(x), \phi(y) \rangle = \sum_i \phi(x_i) \phi(y_i) \]",
        "x, y: n",
    ),
    "a function that is declared again": Case(
        "% symcnn: sigma: relu\n\\[ a = \\sigma(x) \\]\n% symcnn: sigma: tanh\n\\[ a = \\sigma(x) \\]", "x: n"
    ),
    "a layout that is declared again": Case(
        "% symcnn: gradients: rows\n\\[ g = \\frac{\\partial L}{\\partial x} \\]\n% symcnn: gradients: columns\n"
        "\\[ g = \\frac{\\partial L}{\\partial x} \\]",
        "x: n; L: function of x",
    ),
    "a sign that is declared again": Case(
        "% symcnn: *: correlation\n\\[ y = x * w \\]\n% symcnn: *: convolution\n\\[ y = x * w \\]",
        "x: n; w: k; given: n >= k",
    ),
    "a label that is called as an accent": Case(
        r"Let $\hat{x}, x_{\text{hat}} \in \mathbb{R}^n$. \[ c\, \hat{x} = c\, x_{\text{hat}} \]", "c: scalar"
    ),
    "braces around a number": Case(r"\[ \{c\} + d = c + d \]", "c, d: scalar"),
    "square brackets around a number": Case(r"\[ [c] + d = c + d \]", "c, d: scalar"),
    "bold and plain": Case(
        r"Let $A \in \mathbb{R}^{n \times n}$ and $\mathbf{A} \in \mathbb{R}^{n \times n}$. \[ \mathbf{A} A = A A \]"
    ),
    "bold and plain in two formulas": Case(
        r"Let $A \in \mathbb{R}^{n \times n}$ and $\mathbf{A} \in \mathbb{R}^{n \times n}$."
        r"\[ \mathbf{A} x = y \] \[ \|y - A x\|^2 = 0 \]",
        "x, y: n",
    ),
    "bold and plain in one formula": Case(r"\[ \mathbf{A} A = A A \]", "A: n x n"),
    "ones behind a matrix": Case(r"\[ A 1 = A \]", MATRICES),
}

TRUE = {
    "an end above a sum alone": Case(r"\[ \sum_i^{k} x_i = \sum_{i=1}^k x_i \]", "x: n; k: size; given: n >= k"),
    "a size that is defined": Case(r"Let $n = 3$. Then \[ \sum_{i=1}^n c = 3 c . \]", "c: scalar"),
    "a size by another": Case(r"Let $N = 2n$. Then \[ \sum_{i=1}^N c = 2nc . \]", "n: size; c: scalar"),
    "an integer that may be 0": Case(r"Let $k \ge 0$ be an integer. \[ \sum_{i=1}^k c = kc \]", "c: scalar"),
    "an entry at a number that is defined": Case(
        r"Let $k = 2$. Then \[ x_k + c = x_2 + c . \]", "x: n; given: n >= 2; c: scalar"
    ),
    "entries in square brackets": Case(r"\[ [A]_{ij} = A_{ij} \]", "A: n x n"),
    "a bold vector and its entries": Case(
        r"Let $\mathbf{x} \in \mathbb{R}^n$. \[ \|\mathbf{x}\|^2 = \sum_{i=1}^n x_i^2 \]"
    ),
    "bold letters and words with these letters": Case(
        r"\[ \operatorname{tr}(\mathbf{t} \mathbf{r}^T) = \mathbf{r}^\mathrm{T} \mathbf{t} \quad \text{for all } \]",
        "t, r: n",
    ),
    "a small space": Case(r"\[ c \hspace{1mm} d = d c \]", "c, d: scalar"),
    "space between statements": Case(r"\[ \|x\|^2 = x^T x \hspace{1cm} c d = d c \]", "x: n; c, d: scalar"),
    "filled space in a matrix": Case(
        r"\[ \begin{pmatrix} \hfill c & d \\ d & \hfill c \end{pmatrix} \begin{pmatrix} 1 \\ 0 \end{pmatrix}"
        r" = \begin{pmatrix} c \\ d \end{pmatrix} \]",
        "c, d: scalar",
    ),
    "a power of a size": Case(r"\[ n^2 c = n n c \]", "n: size; c: scalar"),
    "the words of cases": Case(
        r"\[ |c| = \begin{cases} c, & \text{for } c \ge 0 \\ -c, & \text{if } c < 0 \end{cases} \]", "c: scalar"
    ),
    "an entrywise product with a matrix product": Case(r"\[ x \odot A y = x \odot (A y) \]", MATRICES),
    "the error of a layer": Case(
        r"\[ \sigma'(z) \odot V^T \delta = (V^T \delta) \odot \sigma'(z) \]",
        "z: n; V: m x n; delta: m; sigma: differentiable activation",
    ),
    "two matrices and entrywise products": Case(r"\[ x \odot A B y = x \odot (A (B y)) \]", MATRICES),
    "matrices of different sizes": Case(r"\[ C \odot A B = (A B) \odot C \]", "A: m x k; B: k x n; C: m x n"),
    "an outer product behind an entrywise one": Case(r"\[ x \odot y x^T = (x \odot y) x^T \]", MATRICES),
    "an inner product with a matrix product": Case(r"\[ x \cdot A y = x^T A y \]", MATRICES),
    "the trace of a number": Case(r"\[ \operatorname{tr}(x^T y) = x^T y \]", MATRICES),
    "the inner product of numbers": Case(r"\[ \langle c, d \rangle = c d \]", MATRICES),
    "a row behind what is not seen": Case(
        r"\begin{align} c (d + d) &= c d \\ &\phantom{=} + c d \end{align}", "c, d: scalar"
    ),
    "space in cases": Case(
        r"\[ |c| = \begin{cases} c, \quad & \text{if}\quad c \ge 0, \\ -c, & \quad \text{otherwise} \end{cases} \]",
        "c: scalar",
    ),
    "two small spaces": Case(r"\[ c\; d \: e \, c~d = e c^2 d^2 \]", "c, d, e: scalar"),
    "a number beside a column": Case(
        r"\begin{align} c d &= d c & (1) \\ c + d &= d + c & (2) \end{align} \[ c d = d c \]", "c, d: scalar"
    ),
    "a matrix of one column, declared": Case(r"\[ u^T y = y^T u \]", "y: n; u: n x 1"),
    "a column and a matrix of one row": Case(
        r"Let $u \in \mathbb{R}^{n \times 1}$. \[ (u w)_{ij} = u_i w_{1j} \]", "w: 1 x n"
    ),
    "a layer of one input": Case(
        r"Let $W \in \mathbb{R}^{h \times 1}$ and $x \in \mathbb{R}^1$. \[ \|W x\|^2 = x_1^2 \sum_i W_i^2 \]"
    ),
    "a matrix of one column": Case(r"Let $u \in \mathbb{R}^{n \times 1}$. \[ u^T y = y^T u \]", "y: n"),
}

NOT_REFUTED = {
    "the largest entry": Case(r"\[ \max(x) = \max_i x_i \]", "x: n"),
    "a factor in the next row": Case(r"\begin{multline} c^2 - d^2 = (c + d) \\ (c - d) \end{multline}", "c, d: scalar"),
    "a cross product": Case(r"\[ x \times y = - y \times x \]", "x, y: 3"),
    "blocks": Case(
        r"\[ \begin{bmatrix} A & B \end{bmatrix} \begin{bmatrix} x \\ y \end{bmatrix} = A x + B y \]", MATRICES
    ),
    "the diagonal of a matrix": Case(r"\[ \operatorname{diag}(A)_i = A_{ii} \]", MATRICES),
    "a vector of ones": Case(r"\[ 1^T x = \sum_i x_i \]", "x: n"),
    "a vector of ones with its size": Case(r"\[ 1_n^T x = \sum_i x_i \]", "x: n"),
    "a vector of ones in bold": Case(r"\[ \mathbf{1}^T A \mathbf{1} = \sum_{i,j} A_{ij} \]", "A: n x n"),
    "a vector of ones behind a matrix": Case(r"\[ (A 1)_i = \sum_j A_{ij} \]", "A: n x n"),
    "an entrywise product of matrices": Case(r"\[ A \odot B A = A \odot (B A) \]", MATRICES),
    "two indices of a column": Case(r"Let $u \in \mathbb{R}^{n \times 1}$. \[ y^T u = \sum_i y_i u_{i1} \]", "y: n"),
    "a matrix of one column and a vector": Case(r"\[ u + y = y + u \]", "y: n; u: n x 1"),
    "the trace of the identity matrix": Case(r"\[ \operatorname{tr}(I) = n \]", "n: size"),
    "blank entries of a matrix": Case(r"\[ A = \begin{pmatrix} c & \\ & c \end{pmatrix} \]", "A: 2 x 2; c: scalar"),
}


def _lines(case: Case) -> list[Finding]:
    return list(check(case.text, declarations=[case.declarations], budget=QUICK).findings)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_not_proved(name: str) -> None:
    assert last(FALSE[name]).verdict in (Verdict.REFUTED, Verdict.NOT_CHECKABLE)


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    assert last(TRUE[name]).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", NOT_REFUTED)
def test_what_is_not_in_the_language_is_not_refuted(name: str) -> None:
    assert last(NOT_REFUTED[name]).verdict is not Verdict.REFUTED


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{multline} 2c + 2d = 2 (c + d) \\ (c - d) \end{multline}",
        r"\begin{multline} 2c + 2d = 2 (c + d) \\ (c - d) = 0 \end{multline}",
        r"\begin{align} 2c + 2d &= 2 (c + d) \\ & (c - d) \end{align}",
        r"\begin{align} 2c + 2d &= 2 (c + d) \\ &\quad c \end{align}",
        r"\begin{align} 2c + 2d &= 2 (c + d) \\ &\phantom{=} (c - d) \end{align}",
        r"\[ \begin{split} 2c + 2d &= 2 (c + d) \\ &\quad c \end{split} \]",
        r"\begin{alignat}{2} 2c + 2d &= 2 (c + d) & (c - d) \end{alignat}",
    ],
)
def test_no_row_of_a_formula_is_proved_without_the_next(text: str) -> None:
    assert all(each.verdict is not Verdict.PROVED for each in _lines(Case(text, "c, d: scalar")))
