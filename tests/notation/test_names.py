"""Names in LaTeX; text in LaTeX."""

import pytest

from symcnn.notation import LATEX
from symcnn.notation.names import latex_formula, latex_name, latex_text, unknown_letters
from symcnn.notation.naming import distinct


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        *[("X", "X"), ("m", "m"), ("W'", "W'"), ("k''", "k''")],
        *[("m1", "m_{1}"), ("m_1", "m_{1}"), ("A_12", "A_{12}"), ("A_1'", "A_{1}'")],
        *[("n_max", r"n_{\mathrm{max}}"), ("x_i", "x_{i}"), ("size", r"\mathit{size}")],
        *[("α", r"\alpha"), ("alpha", r"\alpha"), ("θ", r"\theta"), ("Ω", r"\Omega"), ("ε", r"\varepsilon")],
        *[("epsilon", r"\epsilon"), ("lambda", r"\lambda"), ("α_1", r"\alpha_{1}"), ("α10", r"\alpha_{10}")],
        *[("α_max", r"\alpha_{\mathrm{max}}"), ("x_α", r"x_{\alpha}"), ("Δx", r"\Delta x")],
        *[("rate2", r"\mathit{rate}_{2}"), ("a_b_c", r"\text{\textit{a\_b\_c}}"), ("_x", r"\text{\textit{\_x}}")],
        *[("n_", r"\text{\textit{n\_}}"), ("größe", r"\text{größe}"), ("Α", "A")],
    ],
)
def test_name(name: str, latex: str) -> None:
    assert latex_name(name) == latex


def test_names_that_would_look_alike_are_written_letter_by_letter() -> None:
    style = distinct(LATEX, ["m1", "m_1", "n", "alpha", "α"])
    shown = [style.name(name) for name in ("m1", "m_1", "n", "alpha", "α")]
    assert len(set(shown)) == 5
    assert shown[2] == "n"
    assert shown[:2] == [r"\text{\textit{m1}}", r"\text{\textit{m\_1}}"]


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("100% of a_b & #1 {x}", r"100\% of a\_b \& \#1 \{x\}"),
        ("a\\b ~ ^", r"a\textbackslash{}b \textasciitilde{} \textasciicircum{}"),
        ("β = i − α ≤ 3", r"$\beta$ = i $-$ $\alpha$ $\le$ 3"),
        ("a < b | c", r"a $<$ b $|$ c"),
        ("größer, señor", "größer, señor"),
    ],
)
def test_text(text: str, latex: str) -> None:
    assert latex_text(text) == latex


def test_greek_letters_may_stand_in_a_formula() -> None:
    assert latex_formula(r"α_{i} ≤ \beta") == r"{\alpha}_{i} {\le} \beta"


def test_letters_that_pdflatex_does_not_have_are_known() -> None:
    assert unknown_letters("a α ö 마 Ж") == ["α", "Ж", "마"]


@pytest.mark.parametrize(
    ("tensor", "entry"),
    [
        *[("X", "X_{i,j}"), ("A_{1}", "(A_{1})_{i,j}"), ("B'", "(B')_{i,j}"), ("(A B)", "(A B)_{i,j}")],
        *[(r"A^{\top}", r"A^{\top}_{i,j}"), (r"\operatorname{pad}(A_{1})", r"\operatorname{pad}(A_{1})_{i,j}")],
        *[(r"\mathit{size}", r"\mathit{size}_{i,j}"), (r"A_{1}^{\top}", r"(A_{1}^{\top})_{i,j}")],
    ],
)
def test_entry_of_a_tensor_whose_name_has_an_index(tensor: str, entry: str) -> None:
    assert LATEX.read(tensor, ["i", "j"]) == entry
    assert LATEX.read(tensor, []) == tensor
