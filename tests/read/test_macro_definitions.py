r"""What a document defines, and where: groups, \gdef and \let, and what makes a name unusable."""

from contextlib import suppress

import pytest
from quickest import quickest

from symcnn.errors import ParseError
from symcnn.read import check
from symcnn.read.macro_definitions import macros_of
from symcnn.read.macro_scopes import known_at
from symcnn.read.macros import Macro
from symcnn.read.outcomes import Budget
from symcnn.read.pieces import apart
from symcnn.read.report import Finding, Verdict

QUICK = Budget(1.0, 5.0, 0.0)
V = r"\newcommand{\v}{x} "


def known(text: str, is_latex: bool = True) -> dict[str, Macro]:
    """What is known behind a text"""
    return known_at(apart(text, is_latex).macros, len(text))


def body(text: str, is_latex: bool = True) -> str | None:
    r"""What \v is behind a text; None if that cannot be told"""
    macro = known(text, is_latex)[r"\v"]
    return macro.body if macro.refusal is None else None


def last(text: str, is_latex: bool = True) -> Finding:
    return check(text, is_latex=is_latex, declarations=["x, y: n"], budget=QUICK).findings[-1]


@pytest.mark.parametrize(
    "text",
    [
        r"{\renewcommand{\v}{y}}",
        r"{{\def\v{y}} a {b}}",
        r"\begingroup \def\v{y} \endgroup",
        r"\bgroup \def\v{y} \egroup",
        r"\begin{center} \def\v{y} \end{center}",
        r"$\def\v{y}$",
        r"$$\def\v{y}$$",
        r"\[\def\v{y}\]",
        r"\(\def\v{y}\)",
        r"$a$$\def\v{y}$",
        r"$\text{a $\def\v{y}$ b}$",
        r"{\def\v{y} \def\v{z}}",
        r"{\let\v=y}",
    ],
)
def test_what_is_defined_in_a_group_ends_with_it(text: str) -> None:
    assert body(V + text) == "x"


@pytest.mark.parametrize(
    ("text", "inside"),
    [(r"{\def\v{y} ", "y"), (r"{\def\v{y} {\def\v{z}} ", "y"), (r"{\def\v{y} {\def\v{z} ", "z"), (r"$\def\v{y} ", "y")],
)
def test_within_the_group_it_holds(text: str, inside: str) -> None:
    known_there = known_at(macros_of(V + text).macros, len(V + text))
    assert known_there[r"\v"].body == inside


def test_behind_its_group_a_new_name_is_none() -> None:
    assert known(r"{\def\w{y}}") == {}


def test_a_name_may_be_written_out() -> None:
    assert body(V + r"\expandafter\def\csname v\endcsname{y}") == "y"


@pytest.mark.parametrize("text", [r"{\gdef\v{y}}", r"{{\global\def\v{y}}}", r"{\def\v{z}\global\long\def\v{y}}"])
def test_what_is_defined_everywhere_holds_behind_the_group(text: str) -> None:
    assert body(V + text) == "y"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\let\v=y", Macro("y", is_final=True)),
        (r"\let\v y", Macro("y", is_final=True)),
        (r"\let\v=\varphi", Macro(r"\varphi", is_final=True)),
        (r"\newcommand{\w}[1]{y_{#1}} \let\v=\w", Macro("y_{#1}", 1)),
        (r"\newcommand{\w}{y} \let\v\w \renewcommand{\w}{z}", Macro("y")),
    ],
)
def test_let_takes_the_meaning_that_there_is(text: str, expected: Macro) -> None:
    assert known(V + text)[r"\v"] == expected


def test_two_names_may_be_exchanged() -> None:
    text = r"\let\old\phi \let\phi\varphi \let\varphi\old \[ \phi = \varphi \]"
    finding = check(text, declarations=[r"\phi, \varphi: scalar"], budget=QUICK).findings[-1]
    assert finding.latex == r"\varphi = \phi"


@pytest.mark.parametrize(
    "text",
    [
        r"\edef\v{y}",
        r"\xdef\v{y}",
        r"\RenewDocumentCommand{\v}{m}{y}",
        r"\DeclareDocumentCommand\v{}{y}",
        r"\RenewCommandCopy\v\w",
        r"\futurelet\v a",
        r"\let\v{y",
        r"\def\v#1.{y}",
        r"\def\v{y",
        r"\newcommand{\v}{y",
        r"\newcommand{\v}{y}",
        r"\expandafter\def\csname v\number1\endcsname{y}",
        r"\csdef{v}{y}",
        r"\appto\v{y}",
        r"\chardef\v=1",
        r"\newcount\v",
        r"\DeclareMathSymbol{\v}{a}{b}{1}",
        r"\ifx\a\b \renewcommand{\v}{y} \fi",
        r"\ifdraft a \else \renewcommand{\v}{y} \fi",
        r"\AtBeginDocument{\renewcommand{\v}{y}}",
        r"\section[a]{\def\v{y}}",
        r"\frac{a}{\def\v{y}}",
        r"\newcommand{\setup}{\renewcommand{\v}{y}} \setup",
        r"\newcommand{\setup}{\renewcommand{\v}{y}} {\setup}",
        r"\newcommand{\setup}{\renewcommand{\v}{y}} $\setup$",
        r"\newcommand{\whole}{\setup} \newcommand{\setup}{\renewcommand{\v}{y}} \whole",
        r"\newcommand{\setup}[2]{\renewcommand{#1}{#2}} \setup{\v}{y}",
        r"\newcommand{\setup}{\renewcommand} \setup{\v}{y}",
        r"\let\setup\renewcommand \setup{\v}{y}",
        r"\NewDocumentCommand{\setup}{}{\renewcommand{\v}{y}} \setup",
        r"\newenvironment{setup}[1]{\renewcommand{\v}{y}}{} \begin{setup}{a} \end{setup}",
    ],
)
def test_what_is_not_followed_makes_a_name_unusable(text: str) -> None:
    known_there = known_at(macros_of(V + text).macros, len(V + text))
    assert known_there[r"\v"].refusal is not None


def test_a_name_of_latex_may_become_unusable_too() -> None:
    finding = last(r"\edef\phi{y} \[ \phi = x \]")
    assert finding.verdict is Verdict.NOT_CHECKABLE
    assert r"what \phi stands for is not certain here: it is defined by \edef" in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\setup}{\renewcommand{\v}{y}}",
        r"\NewDocumentCommand{\setup}{}{\renewcommand{\v}{y}}",
        r"\newenvironment{setup}{\renewcommand{\v}{y}}{}",
        r"\newenvironment{setup}{\begin{a}}{\end{a}} \begin{setup} \end{setup}",
        r"\newif\ifdraft",
        r"$a \iff b$",
        r"\makeatletter \def\v@x{y} \makeatother",
        r"\vspace{1cm} \section{A} \bullet\v",
        "% \\renewcommand{\\v}{y}\n",
        "\\begin{Verbatim}\n\\renewcommand{\\v}{y}\n\\end{Verbatim}",
        "\\begin{minted}{latex}\n\\renewcommand{\\v}{y}\n\\end{minted}",
        r"\lstinline|\def\v{y}|",
        r"\iffalse \ifx a b \fi \def\v{y} \fi",
        r"\providecommand{\v}{y}",
    ],
)
def test_what_defines_nothing_yet(text: str) -> None:
    assert body(V + text) == "x"


def test_an_unusable_name_is_usable_when_it_is_defined_again() -> None:
    assert body(V + r"\edef\v{y} \renewcommand{\v}{z}") == "z"


CODE = ["`\\renewcommand{\\v}{y}`", "```latex\n\\renewcommand{\\v}{y}\n```", "<!-- \\def\\v{y} -->"]


@pytest.mark.parametrize("text", CODE)
def test_code_of_markdown_defines_nothing(text: str) -> None:
    assert body(f"$\\newcommand{{\\v}}{{x}}$\n\n{text}\n", is_latex=False) == "x"


def test_a_definition_in_a_formula_of_markdown_holds_behind_it() -> None:
    assert body(r"$\newcommand{\v}{x}$ $\renewcommand{\v}{y}$", is_latex=False) == "y"


@pytest.mark.parametrize("text", [r"${\renewcommand{\v}{y}}$", "50% $\\renewcommand{\\v}{y}$"])
def test_what_readers_of_markdown_take_differently_is_unusable(text: str) -> None:
    assert body(rf"$\newcommand{{\v}}{{x}}$ {text}", is_latex=False) is None


def test_what_a_macro_would_print_is_not_printed_where_it_is_defined() -> None:
    assert [each.text for each in apart(r"\newcommand{\v}{\[ y = x \]} $a$", True).pieces] == ["a"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"{\renewcommand{\v}{y} A group.} \[ \v^T \v = y^T y \]", Verdict.REFUTED),
        (r"\gdef\v{y} \[ \v^T \v = x^T x \]", Verdict.REFUTED),
        (r"\newcommand{\w}{y} \let\v=\w \[ \v^T \v = x^T x \]", Verdict.REFUTED),
        (r"\newcommand{\setup}{\renewcommand{\v}{y}} \[ \v^T \v = y^T y \]", Verdict.REFUTED),
        (r"\newcommand{\setup}{\renewcommand{\v}{y}} \setup \[ \v^T \v = x^T x \]", Verdict.NOT_CHECKABLE),
        (r"\xdef\v{y} \[ \v^T \v = x^T x \]", Verdict.NOT_CHECKABLE),
    ],
)
def test_a_document_is_read_with_what_holds_there(text: str, verdict: Verdict) -> None:
    assert last(V + text).verdict is verdict


@pytest.mark.parametrize(
    "text",
    [
        r"\def\a{" * 8_000,
        r"\newcommand\a[1][" * 8_000,
        r"\newcommand\a" + " " * 500_000,
        r"\newcommand{\s}{\def\v{y}}" + r"\s " * 250_000,
        r"\newcommand{\s}[1]{\def#1{y}}" + r"\s\v " * 150_000,
        "".join(rf"\def\{chr(97 + i)}{chr(97 + j)}{{x}}" for i in range(26) for j in range(26)) + r"\def{" * 150_000,
        "{" * 400_000 + r"\def\v{y}" + "}" * 400_000,
        "{" * 400_000 + r"\gdef\v{y}" * 40_000,
        r"\begin{a}" * 90_000,
        r"\[ \( $ { " * 90_000,
    ],
)
def test_long_documents_are_quick(text: str) -> None:
    def read() -> None:
        with suppress(ParseError):
            macros_of(text)

    assert quickest(read) < 2
