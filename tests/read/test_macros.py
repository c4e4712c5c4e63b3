"""Macros of a document, put in where its formulas use them; every sign keeps the place that it comes from."""

from itertools import pairwise

import pytest

from symcnn.errors import ParseError
from symcnn.read import check
from symcnn.read.macro_definitions import macros_of
from symcnn.read.macro_scopes import MOST_MACROS, known_at
from symcnn.read.macros import DEEPEST, LONGEST, Macro, expand
from symcnn.read.outcomes import Budget
from symcnn.read.report import Verdict
from symcnn.read.typeset import typeset

QUICK = Budget(1.0, 5.0, 0.0)


def defined(text: str) -> dict[str, Macro]:
    """The macros that are known behind a text"""
    return known_at(macros_of(typeset(text).text).macros, len(text))


def put_in(definitions: str, formula: str) -> str:
    return expand(formula, defined(definitions)).text


def refused(definitions: str, formula: str) -> ParseError:
    with pytest.raises(ParseError) as caught:
        expand(formula, defined(definitions))
    return caught.value


@pytest.mark.parametrize(
    ("definition", "name", "macro"),
    [
        (r"\newcommand{\w}{a_1}", r"\w", Macro("a_1")),
        (r"\newcommand\w{a_1}", r"\w", Macro("a_1")),
        (r"\newcommand*{\w}{a}", r"\w", Macro("a")),
        (r"\renewcommand{\w}{a}", r"\w", Macro("a")),
        (r"\providecommand{\w}{a}", r"\w", Macro("a")),
        (r"\newcommand{ \w } [1] {a_{#1}}", r"\w", Macro("a_{#1}", 1)),
        (r"\newcommand{\w}[2][i]{a_{#1} #2}", r"\w", Macro("a_{#1} #2", 2, "i")),
        (r"\newcommand{\w}[1][]{a#1}", r"\w", Macro("a#1", 1, "")),
        (r"\def\w{a}", r"\w", Macro("a")),
        (r"\def\w#1#2{#2#1}", r"\w", Macro("#2#1", 2)),
        (r"\DeclareMathOperator{\tr}{tr}", r"\tr", Macro(r"\operatorname{tr}")),
        (r"\DeclareMathOperator*{\w}{arg\,max}", r"\w", Macro(r"\operatorname{arg\,max}")),
    ],
)
def test_what_defines_a_macro(definition: str, name: str, macro: Macro) -> None:
    assert defined(definition) == {name: macro}


def test_braces_with_a_backslash_do_not_end_a_body() -> None:
    assert defined(r"\newcommand{\w}{\{ a {b} \}}") == {r"\w": Macro(r"\{ a {b} \}")}


@pytest.mark.parametrize(
    "text",
    [r"\newcommand{w}{a}", r"\newtheorem{w}{a}", r"the macro \newcommand defines", "plain"],
)
def test_what_is_no_definition_defines_nothing(text: str) -> None:
    assert defined(text) == {}


@pytest.mark.parametrize(
    "definitions",
    [
        r"\newcommand{\w}{a} \renewcommand{\w}{b}",
        r"\newcommand{\w}{a} \def\w{b}",
        r"\def\w{a} \renewcommand{\w}{b}",
        r"\def\w{b} \providecommand{\w}{a}",
    ],
)
def test_the_last_definition_holds_unless_it_is_provided(definitions: str) -> None:
    assert put_in(definitions, r"\w") == "b"


@pytest.mark.parametrize(
    "text",
    [
        "% \\newcommand{\\w}{a}",
        "\\begin{verbatim}\n\\newcommand{\\w}{a}\n\\end{verbatim}",
        r"\verb|\def\w{a}|",
    ],
)
def test_what_is_not_typeset_defines_nothing(text: str) -> None:
    assert defined(text) == {}


def test_a_definition_holds_from_its_place_on() -> None:
    text = r"\newcommand{\w}{x} \[ 2\w = x + x \] \renewcommand{\w}{t} \[ 2\w = t + t \]"
    assert [each.verdict for each in check(text, declarations=["x, t: n"], budget=QUICK).findings] == [
        Verdict.PROVED
    ] * 2


@pytest.mark.parametrize(
    ("definition", "formula", "expected"),
    [
        (r"\newcommand{\w}{a}", r"\w_1 + \w^2", "a_1 + a^2"),
        (r"\newcommand{\w}[1]{(#1)}", r"\w{b {c}} + \w{}", "(b {c}) + ()"),
        (r"\newcommand{\w}[1]{(#1)}", r"\w d + \w\alpha + \w 12", r"(d) + (\alpha) + (1)2"),
        (r"\newcommand{\w}[1]{#1 + #1}", r"\w{x}", "x + x"),
        (r"\newcommand{\w}[1][i]{a_{#1}}", r"\w + \w[j] + \w [k]", "a_{i} + a_{j} + a_{k}"),
        (r"\newcommand{\w}[2][i]{a_{#1} #2}", r"\w{x} + \w[j]{y}", "a_{i} x + a_{j} y"),
        (r"\def\w#1#2{#2 #1}", r"\w{x}{y}", "y x"),
        (r"\DeclareMathOperator{\tr}{tr}", r"\tr(A)", r"\operatorname{tr}(A)"),
    ],
)
def test_arguments_are_put_in(definition: str, formula: str, expected: str) -> None:
    assert put_in(definition, formula) == expected


def test_macros_within_macros_are_put_in() -> None:
    assert put_in(r"\newcommand{\a}{\b + \b}\newcommand{\b}{x}", r"\a y") == "x + x y"


def test_macros_in_arguments_are_put_in() -> None:
    assert put_in(r"\newcommand{\a}[1]{(#1)}", r"\a{\a{x}}") == "((x))"


def test_a_longer_name_is_another_macro() -> None:
    assert put_in(r"\newcommand{\w}{a}", r"\wx + \w") == r"\wx + a"


def test_a_line_break_is_no_backslash_of_a_macro() -> None:
    assert put_in(r"\newcommand{\x}{z}", r"a \\x") == r"a \\x"


def test_without_macros_nothing_changes() -> None:
    made = expand(r"\alpha x", {})
    assert (made.text, made.places) == (r"\alpha x", tuple(range(8)))


def test_signs_of_a_body_stand_where_the_macro_does() -> None:
    made = expand(r"1+\w=2", defined(r"\newcommand{\w}{abc}"))
    assert made.text == "1+abc=2"
    assert made.places == (0, 1, 2, 2, 2, 4, 5)


def test_signs_of_an_argument_stand_where_they_are_written() -> None:
    made = expand(r"\w{xy}z", defined(r"\newcommand{\w}[1]{(#1)}"))
    assert made.text == "(xy)z"
    assert made.places == (0, 3, 4, 0, 6)


def test_signs_of_a_default_stand_where_the_macro_does() -> None:
    made = expand(r"a\w", defined(r"\newcommand{\w}[1][ij]{#1}"))
    assert (made.text, made.places) == ("aij", (0, 1, 1))


@pytest.mark.parametrize("formula", ["1 +\n 2 + \\w", "1 +\n 2 + \\w }", "1 +\n 2 + \\w  "])
def test_a_missing_argument_is_refused_where_the_macro_stands(formula: str) -> None:
    error = refused(r"\newcommand{\w}[1]{a_{#1}}", formula)
    assert (error.line, error.column) == (2, 6)
    assert error.message == "a macro of the document has an argument too few here"


def test_an_argument_that_is_not_announced_is_refused() -> None:
    error = refused(r"\newcommand{\w}{a_{#1}}", r"1 + \w")
    assert (error.line, error.column) == (1, 5)
    assert error.message == "a macro of the document has no argument #1"


@pytest.mark.parametrize(
    "definitions", [r"\newcommand{\w}{\w}", r"\newcommand{\w}{x \v}\def\v{\w}", r"\newcommand{\w}{\w\w}"]
)
def test_an_endless_macro_is_refused_where_it_stands(definitions: str) -> None:
    error = refused(definitions, "1 +\n 2 + \\w")
    assert (error.line, error.column) == (2, 6)
    assert error.message == "a macro of the document does not end"


def test_macros_that_grow_too_much_are_refused() -> None:
    doubling = "".join(
        rf"\def\{one}{{\{two}\{two}}}" for one, two in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
    )
    assert refused(doubling + r"\def\n{x}", r"\a").message == "a macro of the document does not end"


def test_a_chain_of_macros_may_be_deep_but_not_deeper() -> None:
    letters = [chr(ord("a") + number) for number in range(DEEPEST + 1)]
    chain = "".join(rf"\def\{one}{{\{two}}}" for one, two in pairwise(letters))
    last = rf"\def\{letters[-1]}{{x}}"
    assert put_in(chain + last, rf"\{letters[1]}") == "x"
    assert refused(chain + last, rf"\{letters[0]}").message == "a macro of the document does not end"


def test_a_formula_that_gets_too_long_is_refused() -> None:
    error = refused(rf"\newcommand{{\w}}{{{'x' * (LONGEST // 2)}}}", r"\w\w\w")
    assert str(LONGEST) in error.message
    assert error.column == 5


def test_too_many_macros_are_refused() -> None:
    names = [chr(97 + i) + chr(97 + j) + chr(97 + k) for i in range(11) for j in range(10) for k in range(10)]
    with pytest.raises(ParseError, match=f"more than {MOST_MACROS} macros"):
        macros_of("".join(rf"\def\{name}{{x}}" for name in names))


def test_a_document_is_read_with_its_macros() -> None:
    text = r"\newcommand{\norm}[1]{\|#1\|} \DeclareMathOperator{\trace}{tr} \[ \norm{x}^2 = \trace(x x^T) \]"
    (finding,) = check(text, declarations=["x: n"], budget=QUICK).findings
    assert finding.verdict is Verdict.PROVED


def test_a_macro_with_an_error_hides_no_other_formula() -> None:
    text = "\\newcommand{\\w}[1]{a_{#1}}\n\\[ b = \\w\\]\n\\[ 2x = x + x \\]"
    first, last = check(text, declarations=["x: n"], budget=QUICK).findings
    assert (first.verdict, first.line, first.column) == (Verdict.NOT_CHECKABLE, 2, 8)
    assert "an argument too few" in first.reason
    assert last.verdict is Verdict.PROVED
