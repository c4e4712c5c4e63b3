"""What of LaTeX is typeset: everything stays at its place, and what is not becomes spaces."""

import pytest

from symcnn.errors import ParseError
from symcnn.read.typeset import typeset


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a % b\nc", "a c"),
        (r"a \% b", r"a \% b"),
        (r"a \\% b", r"a \\"),
        (r"\verb|a| b \verb*+c+", "b"),
        ("\\begin{verbatim}\na\n\\end{verbatim} b", "b"),
        (r"\iffalse a \ifx b \fi c \fi d", "d"),
        (r"\iffalse a \else b \fi", r"b \fi"),
        (r"\iffalse \iff \ifthenelse{a} \fi b", "b"),
        ("a \\end{document}\nb", "a"),
        (r"a \endinput b", "a"),
        (r"a \verbatiminput{b}", r"a \verbatiminput{b}"),
    ],
)
def test_what_is_not_typeset_becomes_spaces(text: str, shown: str) -> None:
    made = typeset(text).text
    assert made.split() == shown.split()
    assert list(map(len, made.split("\n"))) == list(map(len, text.split("\n")))
    assert all(sign.isspace() or sign == before for sign, before in zip(made, text, strict=True))


def test_the_preamble_is_no_part_of_what_is_printed() -> None:
    assert typeset(r"$a$ \begin{document} $b$").without_preamble == "                     $b$"


def test_declarations_stand_in_comments() -> None:
    text = "% symcnn: x: n\n% no symcnn: y\n\\end{document} % symcnn: z: n"
    assert [text[each.start : each.end] for each in typeset(text).declared] == ["x: n"]


@pytest.mark.parametrize("text", [r"\iffalse \ifx \fi", r"\verb|a", r"\begin{comment} a"])
def test_what_does_not_end_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="is not closed"):
        typeset(text)
