r"""Words that restrict, deny or continue what formulas say: nothing false is proved by them, and nothing true refuted.

Each document was found by attacking the reader.
"""

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Verdict

QUICK = Budget(seconds=1.0, proof_seconds=5.0, suggestion_seconds=0.0)
NUMBERS, SIZES, VECTORS = "x: scalar; y: scalar", "m: size; k: size; c: scalar", "x: n; given: n >= 4"


def findings(text: str, declarations: str = NUMBERS) -> tuple[Finding, ...]:
    return check(text, declarations=[declarations] if declarations else [], budget=QUICK).findings


def nothing_is(verdict: Verdict, text: str, declarations: str) -> None:
    wrong = [each.latex for each in findings(text, declarations) if each.verdict is verdict]
    assert not wrong, f"{wrong} of {text}"


# What is false


@pytest.mark.parametrize(
    "text",
    [
        r"\[ x < y = x . \]",
        r"\[ x \approx y = x \]",
        r"\[ x \le y: \quad y = x . \]",
        r"\[ x \ge 0: |x| = x \]",
        *(
            rf"\[ |x| = x {words} x \ge 1 \]"
            for words in (
                *(r"\implies", r"\Rightarrow", r"\iff", r"\Leftrightarrow", r"\text{ only if }", r"\text{ implies }"),
                *(r"\text{ requires }", r"\text{ exactly when }", r"\text{ if and only if }", r"\text{ also if }"),
                *(r"\text{ for all } x, \text{ in particular for }", r"\text{ e.g. for }"),
            )
        ),
        r"\[ |x| = x \] if $x \ge 0 \iff y \ge 0$.",
        r"\[ |x| = x \] for $x \ge 0$ and for $x \le 0$.",
        r"For every $x\ge0$ and every $x\le0$ we have \[ |x| = x \]",
        r"\[ |x|=x \text{ for } x\ge0 \text{ and for } x \le 0 \]",
        r"\[ |x|=x \text{ for } x\ge0 \text{ as well as } x \le 0 \]",
        r"\[ |x|=x \quad (x\ge0)\quad(x\le0) \]",
        *(
            rf"\[ |x| = x \] {words}"
            for words in (
                *(r"if $x\ge0$, or if $y\ge0$.", r"if $x\ge0$, and also if $x<0$.", r"for $x\ge1$, among others."),
                *(r"for $x\ge0$, but also for $x<0$.", r"for $x\ge0$ and otherwise as well."),
                *(r"for $x\ge0$, and in fact for every $x$.", r"if $x\ge0$, respectively if $y\ge0$."),
            )
        ),
        r"If $x\ge y$ we have $\max(x,y)=y$, if $x\le y$ we have $\max(x,y)=x$.",
        r"For $x\ge y$: $\max(x,y)=y$, for $y\ge x$: $\max(x,y) = x$.",
        r"For $x\ge0$ and $x\le0$, we have $|x|=-x$ and $|x|=x$, respectively.",
    ],
)
def test_nothing_is_proved(text: str) -> None:
    nothing_is(Verdict.PROVED, text, NUMBERS)


@pytest.mark.parametrize(
    "words",
    [
        *("for all even $i$", "for almost all $i$", "for positive $i$", r"for $i=1,\dots,n$, $i$ odd"),
        *(r"for $i=1,\dots,n$, where $i$ is odd", r"for $i=1,\dots,n$, but not for $i=2$"),
        *("for all $i$ apart from $i=2$", "with the exception of $i=2$", r"in case $x_i\ge0$", ", but let $y_2=0$"),
        *(", as long as it is positive", ", apart from $i=2$", "where $i=2$"),
    ],
)
def test_a_definition_of_some_entries_is_none_of_all(words: str) -> None:
    assert findings(rf"\[ y_i=x_i \] {words}. \[ y_1=x_1 \]", VECTORS)[-1].verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    "words",
    [
        *(r"For all $i \in S$ let", "For some $i$, let", "For every odd index $i$, let"),
        *(r"For $1\le i\le n$ with $i$ even, let", "For all $i$ but the first, let"),
        "For each $i$ in the training set let",
    ],
)
def test_nor_is_one_that_words_before_it_restrict(words: str) -> None:
    assert findings(rf"{words} \[ y_i=x_i . \] \[ y_1=x_1 \]", VECTORS)[-1].verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    "words",
    [
        *(r"\forall i \text{ even}", r", \quad i \text{ odd}", r"\quad i = 2, 4, \dots, n", r", i = 1, 3, \dots, n"),
        r"\text{on the interior}",
    ],
)
def test_nor_one_that_words_in_it_restrict(words: str) -> None:
    assert findings(rf"\[ y_i=x_i {words} \] \[ y_1=x_1 \]", VECTORS)[-1].verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    ("text", "declarations"),
    [
        (r"\[ x_i[i\le2]=x_i \] for $1\le i\le2$ and $4\le i\le n$.", VECTORS),
        (r"\[ x \ne 2x = x \]", "x: n"),
        (r"\[ y \approx Ax = y . \]", "y: m; A: m x n; x: n"),
        (r"\[ f(t)=t \] for $0\le t\le1$. \[ f(2)=2 . \]", ""),
        (r"\[ f(t)=t, \quad 0\le t\le1 \] \[ f(2)=2 . \]", ""),
        (r"For $0\le t\le1$, let \[ f(t)=t \] \[ f(2)=2 . \]", ""),
        (r"\[ \eta=1 \] for $1\le t\le10$ and \[ \eta=2 \] for $11\le t\le20$. \[ \eta x = x \]", "x: n"),
        (r"Let $y=Wx$, but if $n=1$ let $y=b$. \[ y+b=Wx+b \]", "W: n x n; x, b: n"),
        (r"Otherwise, let $y=Wx$. \[ y+b=Wx+b \]", "W: n x n; x, b: n"),
        (r"\[ y = z \] where $z=Wx$, unless $n=1$, in which case $z=0$. \[ y+b=Wx+b \]", "W: n x n; x, b: n"),
        (r"\[ 2cx=2x \] with $c=1$. In general, \[ cx=x . \]", "x: n; c: scalar"),
        (r"\[ 2cx=2x \] where $c=1$ on the first pass. \[ cx=x . \]", "x: n; c: scalar"),
        (r"\[ y_i=2x_i \] where $i=2$. \[ y_3=2x_3 \]", VECTORS),
        (r"For square matrices $A$ and $B$, \[ \exp(A)\exp(B)=\exp(B)\exp(A) . \]", ""),
        (r"Let $A$ and $B$ be square matrices. \[ \tanh(A)B=B\tanh(A) \] \[ \tanh(B)A=A\tanh(B) \]", ""),
        (r"\[ f(t) = 1 + t \] For a matrix $A$, \[ f(A)=1+A \]", ""),
        (r"Take vectors $u$, $v$. \[ \tanh(u)\tanh(v)=\tanh(v)\tanh(u) \]", ""),
        (r"For $0\le x\le a$, we have \[ \max(a,1)x=ax . \]", "x: scalar"),
        (r"\[ \lfloor a\rfloor c=ac , \quad 0\le c\le a . \]", "c: scalar"),
        (r"Let $0\le x\le r$. \[ \max(r,1)x=rx . \]", "x: scalar"),
        (r"For $1\le i\le k$, put \[ y_i=x_i . \] For $k<i\le n$, put \[ y_i=0 . \] Then \[ y = x . \]", ""),
        (r"\[ g(n) = n+1 \] \[ g(3) = n+1 . \]", "n: size"),
        (r"\[ \frac{n-1}{n-1} x = x \]", "x: n"),
        (r"\[ \frac{c}{c}Ax=Ax \]", "A: n x n; x: n; c: scalar"),
        (r"\[ \frac{x_1}{x_1}x=x \]", "x: n"),
        (r"\[ \frac{1}{n-1}(n-1)x=x \]", "x: n"),
        (r"\[ \frac{0}{n-1}x=0 \]", "x: n"),
        (r"\[ y=\frac{n-1}{n-1}x \] \[ y=x \]", "x: n"),
        (r"\[ \frac{c}{c} I + A = I + A \]", "A: n x n; c: scalar"),
        (r"\[ B = \frac{c}{c} I \] \[ B = I \]", "B: n x n; c: scalar"),
        (r"\[ f(W)=\|W\|_F^2 \] \[ \nabla f(W)^T = 2W \]", "W: m x n; gradients: columns"),
        (r"\[ f(x)=x^Tx \] \[ \nabla f(x)^3 = 2x \]", "x: n; gradients: columns"),
        (r"\[ \nabla_W L^T = \nabla_W L \]", "W: n x n; L: function of W; gradients: columns"),
        (r"\[ [i\le n-2]x_i = x_i, \quad i=1,\dots,n-2,n \]", VECTORS),
        (r"\[ [i\le n-2]x_i = x_i \] for $i=1,\dots,n-2$ and $n$.", VECTORS),
        *(
            (rf"\[ B_{{ij}}=A_{{ij}} {words} \] \[ B=A \]", "A: n x n")
            for words in (r", \quad j=i", r", \quad j=i+1", r", \quad i+j=n", r"\text{ with } j=i")
        ),
        (r"\[ B_{ij}=A_{ij} \] with $j-i=1$. \[ B=A \]", "A: n x n"),
        *(
            (rf"\[ y_i=x_i {words} \] \[ y=x \]", "x: n")
            for words in (
                *(r"\quad [x_i>0]", r"\quad \{x_i>0\}", r"\mid x_i>0", ": x_i>0", r", \quad i=2k"),
                *(r"\text{ for some } i", r"\text{ for most } i", r"\text{ for the first } k \text{ entries}"),
            )
        ),
        (r"\[ f(0)=5 . \] Elsewhere, \[ f(t)=2t . \] \[ f(0)=0 \]", ""),
        (r"Let $a=2$. \[ u=ax . \] Let $a=3$. \[ v=ax . \] \[ v=2x \]", "x: scalar"),
        (r"\begin{align} |x| &= x && \text{if } x\ge0, \\ &= x && \text{otherwise}. \end{align}", "x: scalar"),
        (r"\[ |x|=x \quad (x\ge0) \] For negative $x$, \[ =x \]", "x: scalar"),
        (r"\[ \sum_{i=1}^{n-1} x_i = \sum_i x_i, \] where $x\in\mathbb{R}^n$.", ""),
        (r"\[ \sum_{i=1}^{n-1} x_i = \sum_i x_i, \qquad x\in\mathbb{R}^n \]", ""),
        (r"Let $x\in\mathbb{C}^n$. \[ \sum_i x_i^2 \ge 0 \]", ""),
        (r"\[ f(x)^Tf(y)=f(y)^Tf(x) \] \[ f(x)f(y)=f(y)f(x) \]", ""),
        (r"\[ f(t)=t^2, \quad t\in\mathbb{Z} \] \[ f'(2)=4 \]", ""),
        (r"For the identity, \[ \sigma(x)=x . \] In general, \[ \sigma(x)=x+0 . \]", "x: n; sigma: activation"),
        *(
            (rf"{words} \[ y=x . \] \[ y+x=2x \]", "x: scalar")
            for words in (
                *("It isn't true that", "We don't have", "The following is not true in general:", "Sometimes,"),
                *("It is incorrect to set", "A common mistake is to write", "Instead of", "Up to sign,"),
                "At the minimum,",
            )
        ),
        (r"\[ y=x \] is incorrect. \[ y+x=2x \]", "x: scalar"),
        (r"Case 1 ($x\ge0$). \[ y=x . \] Case 2 ($x<0$). \[ y=-x . \] In any case, \[ y+x=2x \]", "x: scalar"),
        (r"\begin{itemize} \item[$x\ge0$:] \[ y=x . \] \end{itemize} \[ y+x=2x \]", "x: scalar"),
        (r"\paragraph{Positive $x$.} \[ y=x . \] \paragraph{General $x$.} \[ y+x=2x \]", "x: scalar"),
        (r"Rather than \[y=x\] we take $y=3x$. \[ y+x=2x \]", "x: scalar"),
        (r"At even positions, \[ y_i=x_i . \] \[ y=x \]", "x: n"),
        (r"\iffalse \[ y = x \] \fi \[ y+x=2x \]", "x: scalar"),
        (r"\[ s(n)=\sum_{i=1}^n x_i \] \[ s(2)=\sum_{i=1}^n x_i \]", "x: n"),
        (r"\[ f(w)=w^T x \] \[ \nabla f(x)=2x . \]", "w: n; x: n; gradients: columns"),
        (r"\[ z=Ax \] \[ f(w)=w^T z \] \[ \nabla f(x)=Ax+A^Tx \]", "A: n x n; w, x: n; gradients: columns"),
    ],
)
def test_the_last_is_not_proved(text: str, declarations: str) -> None:
    assert findings(text, declarations)[-1].verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    "words",
    [
        *(r"Suppose instead that $m<k$. Then", r"Now let $m$ be less than $k$. Then", "In the other case, we have"),
        *("Case 2: otherwise,", "Now we drop this assumption.", r"\section{General sizes}", "In general,", "\n\n"),
    ],
)
def test_what_is_supposed_ends_with_its_paragraph_or_case(words: str) -> None:
    claim = r"\[ \max(m,k)c=mc . \]"
    made = findings(rf"Suppose $m\ge k$. Then {claim} {words} {claim}", SIZES)
    assert [each.verdict is Verdict.PROVED for each in made] == [True, False]


@pytest.mark.parametrize(
    "words",
    [
        *(r"Let $m\ge k$, or $m<k$. Then", r"Suppose $m\ge k$. This leads to a contradiction. Hence"),
        r"Do not assume that: let $m\ge k$.",
    ],
)
def test_what_is_not_supposed(words: str) -> None:
    assert findings(rf"{words} \[ \max(m,k)c=mc . \]", SIZES)[-1].verdict is not Verdict.PROVED


# What is true


@pytest.mark.parametrize(
    ("text", "declarations"),
    [
        (r"If $A=A^T$, then \[ A^TA=A^2 \]", "A: n x n"),
        (r"If $b=0$, then \[ Wx+b=Wx \]", "W: m x n; x: n; b: m"),
        (r"For $A=I$ we have \[ A x = x \]", "A: n x n; x: n"),
        (r"For $x\ge0$ we have \[ |x_i| = x_i \]", "x: n"),
        (r"\[ |x||y|=xy \] for all $x, y \ge 0$.", NUMBERS),
        (r"\[ |x||y|=xy \quad (x, y \ge 0) \]", NUMBERS),
        (r"\[ |x||y| = x y \] if $x\ge0$ and the number $y$ is nonnegative.", NUMBERS),
        (r"\[ |x||y| = x y \] for $x\ge0$, where $y$ is positive.", NUMBERS),
        (r"Let $y=2x$. \[ |x|=x \] if $y\ge0$.", "x: scalar"),
        (r"For $x\ge0$ we have $|x|=x$ and $|-x|=x$.", NUMBERS),
        (r"\[ |x|=x \text{ and } |-x|=x \quad \text{for } x\ge0 \]", NUMBERS),
        (r"\[|x|=x,\ |-x|=x,\ x\ge0\]", NUMBERS),
        (r"If $x\ge0$, then $|x|=x$, if $x<0$, then $|x|=-x$.", NUMBERS),
        (r"\[ x\ge0 \implies |x|=x \]", NUMBERS),
        (r"\[ x_i y_j = x_j y_i \] for $i=1$, $j=1$.", "x, y: n"),
        (r"Let $f:\mathbb{R}\to\mathbb{R}$, $f(t)=t^2$. \[ f(x) = x^2\]", "x: scalar"),
        *(
            (rf"{words} \[ |x|=x . \]", NUMBERS)
            for words in (
                *("For positive $x$", "For nonnegative $x$ we have", "Let $x$ be nonnegative. Then"),
                *(r"Let $x\ge0$. Then", "Since $x$ is positive,", r"Under the condition that $x\ge0$,"),
                *(r"We have, for $x\ge0$,", "If $x$ is positive, then"),
            )
        ),
        (r"\[ |x| = x \] holds for $x\ge0$.", NUMBERS),
        (r"For symmetric $A$ we have \[ A^T x = A x . \]", "A: n x n; x: n"),
        (r"Let $A$ be symmetric. Then \[ A^T x = A x . \]", "A: n x n; x: n"),
        (r"If $x\ge0$, $x^2=4$, then $x=2$.", "x: scalar"),
        (r"For $x\ge0$, $x^2=4$ has one solution.", "x: scalar"),
        (r"Let $n$ be even. \[ \sum_{i=1}^{n/2}c=\frac n2c \]", "n: size; c: scalar"),
        *(
            (rf"{words} \[ \max(m,k)c=mc . \]", SIZES)
            for words in (
                *(r"\section{A} Let $m \ge k$.", r"Let $m\ge k$ be integers.", r"Assume $m\ge k$ throughout."),
                *(r"In this section we assume that $m\ge k$.", r"First, suppose $m\ge k$.", r"Since $m\ge k$,"),
                *(r"Suppose first that $m\ge k$.", r"With $m\ge k$,", r"Let $m$ and $k$ be sizes with $m\ge k$."),
            )
        ),
        (r"Case 1 ($x\ge0$). \[ |x|=x . \] Case 2 ($x<0$). \[ |x|=-x . \]", "x: scalar"),
        (r"\[ \sum_i x_i=x_1 \] with $n=1$.", "x: n"),
        (r"\[ \sum_i x_i=x_1 \] where $n=1$.", "x: n"),
        (r"Let $n=1$. Then \[ \sum_i x_i=x_1 \]", "x: n"),
        (r"\[ \sum_i x_i=x_1, \quad n=1 \]", "x: n"),
        (r"At the kept positions, \[ y_i=x_i . \] At the dropped ones, \[ y_i=0 . \]", "x: n"),
        (r"Let $t\in\{0,1\}$. \[ t^2=t \]", "t: scalar"),
        (r"Let $p$ be a probability vector. \[ \sum_i p_i = 1 \]", "p: n"),
        (r"Let $u$ be a unit vector. \[ u^Tu = 1 \]", "u: n"),
        (r"Let $D$ be diagonal. \[ D^T = D \]", "D: n x n"),
        (r"At a critical point, \[ \nabla_x L=0 \]", "x: n; L: function of x"),
        (r"The constraint is \[ \sum_i x_i=1 \]", "x: n"),
        (r"To first order, \[ e^x=1+x \]", "x: scalar"),
        (r"Ignoring the bias, \[ Wx+b=Wx \]", "W: m x n; x: n; b: m"),
        (
            r"Let $m\ge k$. \[ \max(m,k)c=mc \] \begin{itemize}\item \[ \max(m,k)c=mc \] \end{itemize}",
            SIZES,
        ),
        (r"\[ f(W)=\|W\|_F^2 \] \[ \nabla f(W)^T = 2W^T \]", "W: m x n; gradients: columns"),
        (r"Let $a=2$. \[ u=ax . \] Let $a=3$. \[ v=ax . \] \[ v=3x \]", "x: scalar"),
        (r"\[ f(x) = \|x\|^2 \] \[ \nabla f(x)_i = 2 x_i \]", "x: n; gradients: columns"),
        (r"\[ f(x) = \|x\|^2 \] \[ \nabla f(x_0) = 2 x_0 \]", "x: n; gradients: columns"),
    ],
)
def test_nothing_is_refuted(text: str, declarations: str) -> None:
    nothing_is(Verdict.REFUTED, text, declarations)


@pytest.mark.parametrize(
    ("text", "declarations"),
    [
        (r"For the number $x$ we get \[ |x| = x . \]", NUMBERS),
        (r"The bias is added, and therefore \[ Wx + b = Wx . \]", "W: m x n; x: n; b: m"),
        (r"For the bias we obtain \[ Wx + b = Wx . \]", "W: m x n; x: n; b: m"),
        (r"Let $m \ge k$. \[ m + 0 c = k + 0 c \]", SIZES),
        (r"Let $x \ge 0$. Then \[ |x| = - x . \]", NUMBERS),
    ],
)
def test_what_is_false_all_the_same_is_refuted(text: str, declarations: str) -> None:
    assert findings(text, declarations)[-1].verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("text", "declarations"),
    [
        (r"For every layer $l$ let $z = W x$. \[ z = W x \]", "W: m x n; x: n"),
        (r"\[ g(n) = n+1 \] \[ g(2n) = 2n+1 . \]", "n: size"),
        (r"\[ h(k)=\sum_{i=1}^k i \] \[ h(3) = 6 \]", "k: size"),
        (r"\[ f(w)=w^T x \] \[ \nabla f(x) = x . \]", "w: n; x: n; gradients: columns"),
        (r"\[ f(w)=\|w\|^2 \] \[ \nabla f(A x)=2 A x \]", "A: n x n; w, x: n; gradients: columns"),
        (r"\[ f(x)=\|x\|^2 \] \[ \nabla f(x)_i = 2 x_i \]", "x: n; gradients: columns"),
        (r"\[ f(t) = t^2 \] \[ f'(2) = 4 \]", ""),
        (r"For $x\ge0$ we have $|x|=x$ and $|-x|=x$.", NUMBERS),
    ],
)
def test_the_last_is_proved(text: str, declarations: str) -> None:
    assert findings(text, declarations)[-1].verdict is Verdict.PROVED


# What is said of names


MATRIX, VECTOR = r"$A \in \mathbb{R}^{n \times n}$", r"$x \in \mathbb{R}^n$"
SYMMETRIC, POSITIVE = r"\[ \nabla_x (x^T A x) = 2 A x. \]", r"\[ |x_i| = x_i. \]"


@pytest.mark.parametrize(
    ("text", "declarations"),
    [
        *(
            (rf"{words} {SYMMETRIC}", "")
            for words in (
                rf"Let {MATRIX} be symmetric and {VECTOR}. Then",
                rf"Let {VECTOR} and {MATRIX} with $A^T = A$. Then",
                rf"Let {VECTOR} and {MATRIX} with $A = A^T$. Then",
                rf"Let {MATRIX} and {VECTOR}. We assume \[ A^T = A. \] Then",
                rf"Let {MATRIX} and {VECTOR}. We assume $$ A^T = A. $$ Then",
                rf"For a symmetric matrix {MATRIX} and {VECTOR}, the form $x^T A x$ is a number. Hence",
                rf"Let {MATRIX} be the covariance of the data, and {VECTOR}. Then",
                rf"Sei {MATRIX} eine symmetrische Matrix und {VECTOR}. Dann gilt",
                rf"Sei {MATRIX} symmetrisch und {VECTOR}. Dann gilt",
                rf"Soit {MATRIX} une matrice symétrique et {VECTOR}. Alors",
                rf"Soit {MATRIX} symétrique et {VECTOR}. Alors",
                rf"Let {VECTOR}. Consider {MATRIX}. Here $A$ is symmetric. Then",
            )
        ),
        *(
            (rf"{words} {POSITIVE}", "")
            for words in (
                rf"Let {VECTOR} be nonnegative. Then",
                rf"Sei {VECTOR} nichtnegativ. Dann",
                rf"Let {VECTOR}. Let $x_i \ge 0$ for all $i$. Then",
                rf"Let {VECTOR} be the result of a relu. Then",
                rf"Let {VECTOR}, $y \in \mathbb{{R}}^n$ be positive. Then",
            )
        ),
        (r"\[ A^T x = A x, \] where $A$ is symmetric.", "A: n x n; x: n"),
        (r"Let $x, y \in \mathbb{R}^n$ with $x^T y = 0$. Then \[ \|x+y\|^2 = \|x\|^2 + \|y\|^2. \]", ""),
        (rf"Let {MATRIX} be orthogonal, i.e. $A^T A = I$, and {VECTOR}. Then $\|A x\|^2 = \|x\|^2$.", ""),
        (r"Let $x$ be the solution of $A x = b$. Then $A x - b = 0$.", "A: n x n; b, x: n"),
        (r"Let $x$ solve $A x = b$. Then $A x - b = 0$.", "A: n x n; b, x: n"),
        (r"Let $A$ have orthonormal columns. Then \[ A^T A = I. \]", "A: m x n"),
        (r"$W$ has full rank and satisfies $W^T W = I$. Then \[ \|W x\|^2 = \|x\|^2. \]", "W: m x n; x: n"),
        (r"We write $A$ for the inverse of $W$. Then \[ A W = I. \]", "A, W: n x n"),
        (r"Denote by $A$ the inverse of $W$. Then \[ A W = I. \]", "A, W: n x n"),
        (r"Let $x$ have mean zero. Then \[ \sum_i x_i = 0. \]", "x: n"),
        (r"Let $x \perp z$. Then \[ x^T z = 0. \]", "x, z: n"),
        (r"Since the weights sum to one, \[ \sum_i x_i = 1. \]", "x: n"),
        (r"The weights are normalised: \[ \sum_i x_i = 1. \] Then \[ \sum_i x_i c = c. \]", "x: n; c: scalar"),
        (r"Wir nehmen an, dass $A$ symmetrisch ist. Dann \[ A^T = A. \]", "A: n x n"),
        (r"\[ A = B + B^T, \] where $A$ is symmetric.", "A: keep; A: n x n; B: n x n"),
        (r"\[ A^T = A, \] wobei $A$ symmetrisch ist.", "A: n x n"),
        (r"Let $f$ be linear. Then \[ f(x + y) = f(x) + f(y) \]", "f: activation; x, y: scalar"),
        (r"Let $x$ be an integer. Then \[ x^2 \ge x. \]", "x: scalar"),
        (
            r"Setting the gradient to zero, we get \[ X^T X w = X^T y. \] Hence $X^T (X w - y) = 0$.",
            "X: m x n; w: n; y: m",
        ),
        (
            r"Assume that the filter is normalised, \begin{equation} \sum_{a=1}^k w_a = 1. \end{equation}"
            r" Then a constant signal is preserved: \[ \sum_{a=1}^k w_a c = c. \]",
            "w: k; c: scalar",
        ),
        (r"With $x_i$ the $i$-th column of $X$, \[ X X^T = \sum_{i=1}^N x_i x_i^T. \]", "X: d x N"),
        (r"Let $x_i$ be the $i$-th column of $X$. Then \[ X X^T = \sum_{i=1}^N x_i x_i^T. \]", "X: d x N"),
    ],
)
def test_what_holds_for_what_is_said_of_a_name_is_not_refuted(text: str, declarations: str) -> None:
    nothing_is(Verdict.REFUTED, text, declarations)


@pytest.mark.parametrize(
    "words",
    [
        rf"Let {MATRIX} be the weight matrix of a layer and {VECTOR} its input.",
        rf"Let {MATRIX} be an arbitrary square matrix, and let {VECTOR} be a vector.",
        rf"Let $n$ be a positive integer, {MATRIX} and {VECTOR}.",
        rf"Sei {MATRIX} eine beliebige Matrix und {VECTOR}.",
        rf"Soit {MATRIX} une matrice et {VECTOR} un vecteur.",
        rf"Let {MATRIX}, {VECTOR} and $b \in \mathbb{{R}}^n$ with $\sum_i b_i = 1$.",
        rf"Let {MATRIX}, {VECTOR}. Since for each $x$ the entry at $i$ is at most the largest, it is fine.",
        rf"Let the rows of {MATRIX} be the data, and {VECTOR} the weights (zeros and ones, although this is not used).",
        rf"Let {MATRIX}, {VECTOR}. It is padded, so that $A$ has again $n$ rows and $n$ columns.",
        rf"Let {MATRIX}, {VECTOR}. If $A$ is small, so is the result.",
        rf"Let {MATRIX}, {VECTOR} and $\delta_i = x_i - y_i$ for the outputs.",
        rf"Let {MATRIX}, {VECTOR} and let $b \in \mathbb{{R}}^n$ be positive.",
    ],
)
def test_plain_nouns_and_what_is_said_of_others_refute_all_the_same(words: str) -> None:
    assert findings(f"{words} Then {SYMMETRIC}", "")[-1].verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "words",
    ["The maximum may be subtracted before or after that:", "We have one or more terms:", "Le pas est fixe, donc"],
)
def test_words_that_look_like_a_choice_restrict_nothing(words: str) -> None:
    assert findings(rf"{words} \[ |x| = x. \]")[-1].verdict is Verdict.REFUTED


def test_another_form_is_no_choice() -> None:
    assert findings(r"\[ |x| = x \] or, in other words, \[ |x| + 0 = x. \]")[0].verdict is Verdict.REFUTED


# Displays of Markdown


@pytest.mark.parametrize("gap", [" ", "\n\n"])
@pytest.mark.parametrize(
    "words", ["Sometimes,", "It is false that", "At even positions,", "Up to sign,", "In the interior,"]
)
def test_words_before_dollars_restrict_a_definition(words: str, gap: str) -> None:
    text = f"{words}{gap}$$y = x$$\n\n$$y + x = 2 x$$"
    made = check(text, is_latex=False, declarations=["x: n"], budget=QUICK).findings
    assert made[-1].verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    "text",
    [
        "If $x$ is positive, then $$|x| = x$$",
        "If $x$ is positive, then\n\n$$|x| = x$$",
        "$$|x| = x$$\n\nif $x$ is positive.",
        "For positive $x$\n\n$$|x| = x$$",
    ],
)
def test_words_around_dollars_restrict_a_claim(text: str) -> None:
    made = check(text, is_latex=False, declarations=["x: scalar"], budget=QUICK).findings
    assert made[0].verdict is Verdict.NOT_CHECKABLE
