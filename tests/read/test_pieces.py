"""Documents in pieces: what is a formula, what is not, and what does not end."""

from contextlib import suppress

import pytest
from quickest import quickest

from symcnn.errors import ParseError
from symcnn.read.pieces import LONGEST_DOCUMENT, MOST_FORMULAS, pieces


def found(text: str, is_latex: bool = True) -> list[tuple[str, str]]:
    """The kinds and texts of the pieces, each of which stands where it says"""
    made = pieces(text, is_latex)
    assert all(text[each.start : each.start + len(each.text)] == each.text for each in made)
    return [(each.kind, each.text) for each in made]


def refusal(text: str, is_latex: bool = True) -> ParseError:
    errors = []

    def refuse() -> None:
        with pytest.raises(ParseError) as caught:
            pieces(text, is_latex)
        errors.append(caught.value)

    assert quickest(refuse) < 2
    return errors[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"a $x$ b \(y\) c", [("inline", "x"), ("inline", "y")]),
        (r"$$x$$ \[y\]", [("display", "x"), ("display", "y")]),
        (r"\begin{align*}a\end{align*}", [("display", r"\begin{align*}a\end{align*}")]),
        (r"\begin{displaymath}a\end{displaymath}", [("display", r"\begin{displaymath}a\end{displaymath}")]),
        (r"\begin{math}a\end{math}", [("inline", r"\begin{math}a\end{math}")]),
        (r"\begin{theorem}[of $n$] $x$ \end{theorem}", [("inline", "n"), ("inline", "x")]),
        (r"\textbf{a $x$} \footnote{$y$} {$z$}", [("inline", "x"), ("inline", "y"), ("inline", "z")]),
        (r"5 \$ and $x$", [("inline", "x")]),
        ("a % { } $ \\begin{align}\n$x$", [("inline", "x")]),
        ("\\\\% $ a comment behind a line break\n$x$", [("inline", "x")]),
        ("$$a % }{ $$\n + b$$", [("display", "a % }{ $$\n + b")]),
        ("한국어 $x$ 즉\u0301 \u200f $y$", [("inline", "x"), ("inline", "y")]),
        ("\\newcommand{\\R}{$x$ =}\n\\begin{document}$y$\\end{document}", [("inline", "y")]),
        ("% symcnn: x: n\n$x$", [("declaration", "x: n"), ("inline", "x")]),
        ("\\% symcnn: x: n", []),
        (r"$\text{if $i$ is}$", [("inline", r"\text{if $i$ is}")]),
        (r"\begin{document} $x$ \end{document} $y$", [("inline", "x")]),
        ("\\begin {document} $x$ % \\end{document}\n $y$ \\end {document} $z$ }", [("inline", "x"), ("inline", "y")]),
        (r"$x$ \endinput $y$ {", [("inline", "x")]),
        (r"\iffalse $y$ \ifx a $z$ \fi $a$ \fi $x$", [("inline", "x")]),
        (r"\iffalse $y$ \else $x$ \fi", [("inline", "x")]),
        ("\\iffalse $y$ % \\fi\n$z$ \\fi $x$", [("inline", "x")]),
        (
            r"\sqrt[$x$]{$y$} \frac12 $z$ \begin{tabular}{ll} $a$ & $b$ \\[2pt] \end{tabular}",
            [("inline", each) for each in "xyzab"],
        ),
        (r"\item[$x$] \left\{ \$ $y$ \} \&", [("inline", "x"), ("inline", "y")]),
    ],
)
def test_latex(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("name", ["verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "comment"])
def test_literal_text_is_no_formula(name: str) -> None:
    literal = rf"\begin{{{name}}}[language=C] $a = b$ }} {{ $ % symcnn: x: n \end{{align}} \end{{{name}}}"
    assert found(f"{literal} $c$") == [("inline", "c")]


@pytest.mark.parametrize("literal", [r"\verb|$a|", r"\verb*+$+", r"\lstinline!$ }!", r"\lstinline[language=C]|$|"])
def test_literal_text_in_a_line_is_no_formula(literal: str) -> None:
    assert found(f"{literal} $c$") == [("inline", "c")]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a\n$b + c", "Unexpected end of stream, was expecting '$'", 2),
        ("a $$b + c", "Unexpected end of stream, was expecting '$$'", 1),
        (r"\[ a", r"Unexpected end of stream, was expecting '\]'", 1),
        (r"\begin{align} a", r"Unexpected end of stream, was expecting \end{align}", 1),
        ("\n\\begin{verbatim} $a$", "verbatim is not closed", 2),
        (r"\iffalse \ifx a $a$ \fi", r"\iffalse is not closed", 1),
        ("\n\\verb|$a$\n|", r"\verb is not closed", 2),
        ("{" * 5000, "the document has too many groups within each other", 1),
        (r"\begin{itemize}" * 500, "the document has too many groups within each other", 1),
    ],
)
def test_latex_that_does_not_end(text: str, message: str, line: int) -> None:
    error = refusal(text)
    assert (error.message, error.line) == (message, line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a $x$ b\n\n$$\ny\n$$", [("inline", "x"), ("display", "\ny\n")]),
        ("`$x$` ``a ` $y$`` $z$", [("inline", "z")]),
        ("```\n$x$ `` $$\n```\n$y$", [("inline", "y")]),
        ("~~~~\n$x$\n~~~\n$$\n~~~~~\n$y$", [("inline", "y")]),
        ("$y$\n```\n$x", [("inline", "y")]),
        (r"\$ 5 and \`$x$\`", [("inline", "x")]),
        ("5 $ and 3$ and $x$", [("inline", "x")]),
        ("it is $5 or $6, and $x$", [("inline", "x")]),
        ("$2x$", [("inline", "2x")]),
        ("it is $5", []),
        ("<!-- $x -->$y$", [("inline", "y")]),
        ("Code:\n\n    $y = x$\n\n    $z$\n\nText $x$", [("inline", "x")]),
        ("# Code\n    $y = x$\n$x$", [("inline", "x")]),
        ("\t$y = x$\n$x$", [("inline", "x")]),
        ("goes on\n    $x$", [("inline", "x")]),
        ("- a list\n\n    $x$\n\n      $y$", [("inline", "x")]),
        ("1. a list\n   - in it\n\n     $x$", [("inline", "x")]),
        ("$$\n    x\n\n    y\n$$", [("display", "\n    x\n\n    y\n")]),
        ("<pre>$y$\n\n$$</pre> <code>$z$</code> <DEL>$y</del> <s>$</s> $x$", [("inline", "x")]),
        ("<span>$x$</span> $a<s$", [("inline", "x"), ("inline", "a<s")]),
        ("~~$y = x$~~ $x$ ~~ $z$\n\n~~", [("inline", "x"), ("inline", "z")]),
        (r"\[ a \[ b = c \]", [("display", " b = c ")]),
        (r"\[ a = b \\[2pt] c \]", [("display", r" a = b \\[2pt] c ")]),
        (r"\begin{align} a \begin{align} b \end{align}", [("display", r"\begin{align} b \end{align}")]),
        ("<!-- symcnn: x: n -->$y$", [("declaration", " x: n "), ("inline", "y")]),
        (r"$a \$ b$", [("inline", r"a \$ b")]),
        ("$$$$ $x$", [("inline", "x")]),
        ("````", []),
    ],
)
def test_markdown(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, is_latex=False) == expected


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("a $$b", "$$ is not closed", 3),
        ("a $b + c", "$ is not closed in its paragraph", 3),
        ("a $b\n\nc$", "$ is not closed in its paragraph", 3),
        ("a <!-- b", "the comment is not closed: there is no -->", 3),
        ("a <pre> $b$", "<pre> is not closed: there is no </pre>", 3),
    ],
)
def test_markdown_that_does_not_end(text: str, message: str, column: int) -> None:
    error = refusal(text, is_latex=False)
    assert (error.message, error.line, error.column) == (message, 1, column)


@pytest.mark.parametrize("is_latex", [True, False])
def test_too_long(is_latex: bool) -> None:
    error = refusal("$x = y$\n" * 1_250_000, is_latex)
    assert error.message == f"the document has more than {LONGEST_DOCUMENT} characters"


@pytest.mark.parametrize("is_latex", [True, False])
def test_too_many_formulas(is_latex: bool) -> None:
    error = refusal("$x$ " * (MOST_FORMULAS + 1), is_latex)
    assert error.message == f"the document has more than {MOST_FORMULAS} formulas"
    assert error.column == 4 * MOST_FORMULAS + 2


@pytest.mark.parametrize(
    "text",
    [
        "`" * 2_000 + "a" * 500_000,
        "<!-- symcnn: x -->" * 20_000,
        "$5 " * 100_000,
        "``` `` ` " * 50_000,
        "\n```a" * 99_999,
        r"\[ " * 200_000,
        r"\( " * 200_000 + r"\)",
        r"\[ " * 200_000 + r"\]",
        r"\[ \( " * 100_000,
        r"\begin{align} " * 50_000,
        "<pre> " * 100_000,
        "~~ a" * 100_000,
        "    \n" * 150_000,
        "    a\n" * 150_000,
        "\n" * 900_000 + "    a",
    ],
)
def test_long_markdown_is_quick(text: str) -> None:
    def read() -> None:
        with suppress(ParseError):
            pieces(text, is_latex=False)

    assert quickest(read) < 2


@pytest.mark.parametrize(
    "text",
    [
        r"\iffalse " * 100_000,
        r"\iffalse\fi " * 70_000,
        "".join(rf"\verb{chr(0x4E00 + number)}" for number in range(20_000)) * 7,
        "$a = a$ " * 4_900 + " x" * 400_000,
        r"\alpha " * 140_000,
        "{}" * 400_000,
        "{a}" * 19_000,
        "$" + r"\frac{a}{b}" * 80_000 + "$",
        "word " * 190_000,
        r"\begin{a}\end{a}" * 60_000,
    ],
)
def test_long_latex_is_quick(text: str) -> None:
    def read() -> None:
        with suppress(ParseError):
            pieces(text, is_latex=True)

    assert quickest(read) < 2


def test_displays_are_numbered() -> None:
    assert [each.number for each in pieces("$a$ $$b$$ % symcnn: c\n\\[d\\]", is_latex=True)] == [None, 1, None, 2]


@pytest.mark.parametrize("text", ["a{%b", "}% end", "$a$ % b\n{ % c"])
def test_an_error_shows_the_document_as_it_was_written(text: str) -> None:
    with pytest.raises(ParseError) as caught:
        pieces(text, True)
    shown = str(caught.value).splitlines()[-2]
    assert shown == text.splitlines()[caught.value.line - 1]
