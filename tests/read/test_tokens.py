"""Tokens: known macros and signs with their places; everything else is refused where it stands."""

import pytest

from symcnn.errors import ParseError
from symcnn.read.tokens import LONGEST_FORMULA, MOST_DIGITS, MOST_TOKENS, tokens


def texts(source: str) -> list[str]:
    return [token.text for token in tokens(source)[:-1]]


def refusal(source: str) -> ParseError:
    with pytest.raises(ParseError) as caught:
        tokens(source)
    return caught.value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"X_{i+1}", ["X", "_", "{", "i", "+", "1", "}"]),
        ("0.299 x", ["0.299", "x"]),
        (r"12\alpha", ["12", r"\alpha"]),
        (r"\left( a \right) \, b", ["(", "a", ")", "b"]),
        (r"\left. a \right| b", ["a", "|", "b"]),
        (r"\sum\limits_i", [r"\sum", "_", "i"]),
        ("a % } $ no formula\nb", ["a", "b"]),
        ("a \\\\% a comment behind a line break\nb", ["a", r"\\", "b"]),
        (r"a \\[4pt] b \\* c", ["a", r"\\", "b", r"\\", "c"]),
        ("a\\ b\\\nc", ["a", "b", "c"]),
        (r"\label{eq:1} a \tag{3} \hspace*{1mm} b", ["a", "b"]),
        (r"\alpha* b", [r"\alpha", "*", "b"]),
        ("α ≤ β · γ − 1", [r"\alpha", r"\le", r"\beta", r"\cdot", r"\gamma", "-", "1"]),
        (r"\text{ if } i", ["if", "i"]),
        (r"\text{a {b} \} \\} c", [r"a {b} \} \\", "c"]),
        ("\\text{a % }\n b} c", ["a \n b", "c"]),
        ("a 즉 b", ["a", "즉", "b"]),
        ("a、b。c", ["a", ",", "b", ".", "c"]),
        ("a नि b", ["a", "न", "ि", "b"]),
    ],
)
def test_tokens(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_token_knows_its_place() -> None:
    source = "ab + \\text{if  x} ≤ \\hat y"
    found = tokens(source)
    assert [source[each.start : each.end] for each in found] == [
        *("a", "b", "+", r"\text{if  x}", "≤", r"\hat", "y"),
        "",
    ]
    assert str(found[-1]) == "the end"


@pytest.mark.parametrize(
    ("source", "message", "column"),
    [
        (r"a + \foo", r"the macro \foo is not known", 5),
        (r"\def\x{\x\x}\x", r"the macro \def is not known", 1),
        (r"a \% b", r"the macro \% is not known", 3),
        ("a $ b", "the character '$' has no meaning in a formula", 3),
        ("a\x00", r"the character '\x00' has no meaning in a formula", 2),
        ("a\u200fb", r"the character '\u200f' has no meaning in a formula", 2),
        ("x\u0302 = 1", "the character '\u0302' has no meaning in a formula", 2),
        ("x\u0302\u0301 = 1", "the character '\u0302' has no meaning in a formula", 2),
        ("α\u0302", "the character '\u0302' has no meaning in a formula", 2),
        ("\u0302 = 1", "the character '\u0302' has no meaning in a formula", 1),
        ("x²", "'²' is 2 in another form: write it as in LaTeX", 2),
        ("𝐱 = 1", "'𝐱' is x in another form: write it as in LaTeX", 1),
        ("𝛼", "'𝛼' is α in another form: write it as in LaTeX", 1),
        ("٣ + x", "the character '٣' has no meaning in a formula", 1),
        (r"\text x", "here should be text in braces", 6),
        (r"x = \text{if", "a brace is not closed", 10),
        (r"\text{a\}", "a brace is not closed", 6),
        ("1" * (MOST_DIGITS + 1), f"a number with more than {MOST_DIGITS} digits", 1),
        ("(" * (MOST_TOKENS + 1), f"the formula has more than {MOST_TOKENS} signs", MOST_TOKENS + 1),
        (" " * (LONGEST_FORMULA + 1), f"the formula has more than {LONGEST_FORMULA} characters", LONGEST_FORMULA + 1),
    ],
)
def test_refused(source: str, message: str, column: int) -> None:
    error = refusal(source)
    assert (error.message, error.line, error.column) == (message, 1, column)


def test_caret_stands_below_the_place_in_its_line() -> None:
    assert str(refusal("a = b\n\tc = \\foo d")) == (
        "line 2, column 6: the macro \\foo is not known\n c = \\foo d\n     ^"
    )
