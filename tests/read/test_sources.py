"""The formulas of a document, read: rows, asides, bold letters, and where in the document they stand."""

import pytest
from quickest import quickest

from symcnn.errors import ParseError
from symcnn.read import check
from symcnn.read.display import formula
from symcnn.read.outcomes import Budget
from symcnn.read.report import Verdict
from symcnn.read.sources import Place, Source, is_aside, sources, unwrapped
from symcnn.read.syntax import Chain, Formula
from symcnn.read.written import latex

QUICK = Budget(1.0, 5.0, 0.0)


def read(text: str, is_latex: bool = True) -> list[str]:
    """The kinds of what is found: a formula as it is read, or why it is not"""
    return [_shown(each) for each in sources(text, is_latex)]


def _shown(source: Source) -> str:
    if isinstance(source.read, ParseError):
        return f"not read: {source.read.message}"
    if isinstance(source.read, Formula):
        return "; ".join(latex(each.chain) for each in source.read.statements)
    return f"{source.kind}: {source.text.strip()}"


# Rows


def test_an_align_that_can_be_read_is_one_formula() -> None:
    assert read(r"\begin{align} a &= b \\ &= c \end{align}") == ["a = b = c"]


def test_a_row_that_cannot_be_read_does_not_hide_the_others() -> None:
    text = r"\begin{align} a &= b \\ \int c &= d \\ e &= f \end{align}"
    assert read(text) == ["a = b", r"not read: \int cannot be read here", "e = f"]


def test_rows_keep_the_number_of_their_display() -> None:
    text = r"\[ x = y \] \begin{align} a &= b \\ \int c &= d \end{align}"
    assert [each.number for each in sources(text, True)] == [1, 2, 2]


def test_a_display_of_one_row_is_refused_as_it_stands() -> None:
    (only,) = sources(r"\begin{align} \int a &= b \end{align}", True)
    assert isinstance(only.read, ParseError)
    assert only.text == r"\begin{align} \int a &= b \end{align}"


def test_line_breaks_in_a_matrix_part_no_rows() -> None:
    text = r"\begin{align} A &= \begin{pmatrix} 1 \\ 2 \end{pmatrix} \\ \int a &= b \end{align}"
    assert read(text) == [r"A = \begin{bmatrix} 1 \\ 2 \end{bmatrix}", r"not read: \int cannot be read here"]


def test_line_breaks_in_braces_part_no_rows() -> None:
    assert len(read(r"\begin{gather} a = b \\ \sqrt{x \\ y} \\ c = d \end{gather}")) == 3


def test_empty_rows_are_passed() -> None:
    assert len(read(r"\begin{align} \int a &= b \\ & \\ c &= d \\ \end{align}")) == 2


def test_a_formula_in_a_line_has_no_rows() -> None:
    (only,) = sources(r"$a = b \\ \int c = d$", True)
    assert isinstance(only.read, ParseError)


def test_the_row_that_cannot_be_read_is_told_with_its_place() -> None:
    text = "\\begin{align}\n 3x &= x + 2x \\\\\n \\int x &= 1 \\\\\n  2x &= x + x\n\\end{align}"
    report = check(text, declarations=["x: n"], budget=QUICK)
    found = [(each.line, each.column, each.verdict) for each in report.findings]
    assert found == [(2, 2, Verdict.PROVED), (3, 2, Verdict.NOT_CHECKABLE), (4, 3, Verdict.PROVED)]


# Asides


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("(y = Ax)", True),
        ("(y = Ax, z = 3)", True),
        ("y = Ax", False),
        ("(a < b)", False),
        ("(y)", False),
        ("(a + b)", False),
        ("(a = b), c = d", False),
        ("[a = b]", False),
    ],
)
def test_an_aside_is_an_equation_in_brackets(text: str, aside: bool) -> None:
    (source,) = sources(rf"\[ {text} \]", True)
    assert is_aside(source) is aside


def test_what_cannot_be_read_is_no_aside() -> None:
    (source,) = sources(r"\[ (a = \int b) \]", True)
    assert not is_aside(source)


def test_brackets_around_a_statement_are_taken_away() -> None:
    made = unwrapped(formula("(y = Ax, n = 3)").statements[0])
    assert isinstance(made.chain, Chain)
    assert latex(made.chain) == "y = A x"
    assert [latex(each) for each in made.conditions] == ["n = 3"]


def test_a_statement_without_brackets_stays_as_it_is() -> None:
    statement = formula("y = Ax").statements[0]
    assert unwrapped(statement) is statement


def test_an_aside_is_read_before_the_equation_that_it_explains() -> None:
    declared = ["y: n", "A: n x n", "x: n", "b: n"]
    text = r"\[ y = Ax \] \[ \frac{\partial y}{\partial b} = I \] \[ (y = Ax + b) \]"
    report = check(text, declarations=[*declared, "gradients: rows"], budget=QUICK)
    assert [each.display for each in report.findings] == [1, 3, 2]
    assert [each.verdict for each in report.findings] == [Verdict.DEFINED, Verdict.DEFINED, Verdict.PROVED]


# Bold letters


def test_a_bold_letter_that_is_a_size_too_is_told() -> None:
    report = check(r"$\sum_{i=1}^n x_i = \sum_{i=1}^n x_i$ and $\mathbf{n} = \mathbf{n}$", budget=QUICK)
    assert r"\mathbf{n} and n, which is a size, are read as one name: rename one of them" in [
        each.text for each in report.inferences
    ]


def test_a_bold_letter_that_is_no_size_is_not_told() -> None:
    report = check(r"$\sum_{i=1}^n \mathbf{x}_i = \sum_{i=1}^n x_i$", budget=QUICK)
    assert not any("read as one name" in each.text for each in report.inferences)


# Declarations and kinds


def test_declarations_of_a_comment_are_found() -> None:
    assert read("% symcnn: x: n; y: m\n$x$") == ["declaration: x: n; y: m", "x"]
    assert read("<!-- symcnn: x: n -->\n$x$", False) == ["declaration: x: n", "x"]


def test_a_comment_of_the_other_language_declares_nothing() -> None:
    assert read("<!-- symcnn: x: n -->\n$x$", True) == ["x"]


# Places


@pytest.mark.parametrize(
    ("offset", "line", "column"), [(0, 1, 1), (1, 1, 2), (2, 1, 3), (3, 2, 1), (4, 3, 1), (6, 3, 3)]
)
def test_lines_and_columns_are_counted_from_one(offset: int, line: int, column: int) -> None:
    place = Place("ab\n\ncd")
    assert (place.line(offset), place.column(offset)) == (line, column)


def test_a_formula_behind_a_macro_stands_where_it_is_written() -> None:
    text = "\\newcommand{\\w}{xxxxxxxxxxxxxxxxx}\n$\\w$ $b$"
    place = Place(text)
    assert [place.column(each.start) for each in sources(text, True)] == [2, 7]


def test_an_equation_behind_a_long_macro_has_its_own_column() -> None:
    text = "\\newcommand{\\w}{a + a + a + a + a}\n\\[ \\w = 5a, \\quad a = a + 0, \\quad a = 2a \\]"
    findings = check(text, declarations=["a: scalar"], budget=QUICK).findings
    assert [(each.line, each.column) for each in findings] == [(2, 4), (2, 19), (2, 36)]


def test_the_last_sign_stands_for_what_is_behind_it() -> None:
    (source,) = sources("$ab$", True)
    assert (source.at(0), source.at(1), source.at(99)) == (1, 2, 2)


def test_a_source_without_signs_stands_at_the_beginning() -> None:
    assert Source("display", "", (), 1).start == 0


def test_lines_of_many_places_are_found_quickly() -> None:
    place = Place("a\n" * 200_000)
    assert quickest(lambda: [place.line(offset) for offset in range(0, 400_000, 20)]) < 1
    assert [place.line(offset) for offset in (0, 1, 2, 3, 4, 399_999, 400_000)] == [1, 1, 2, 2, 3, 200_000, 200_001]


def test_macros_that_make_a_document_too_long_are_refused() -> None:
    text = rf"\newcommand{{\w}}{{{'x' * 15_000}}} " + r"$\w$ " * 100
    with pytest.raises(ParseError, match="with their macros, the formulas of the document have more than 1000000"):
        sources(text, True)
