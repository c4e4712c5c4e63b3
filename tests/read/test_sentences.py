r"""Sentences: where they end, and what belongs to them."""

import pytest

from symcnn.read.sentences import sentences
from symcnn.read.sources import sources


def parts(text: str, is_latex: bool = True) -> list[str]:
    """The sentences, with a sign for each formula"""
    found = sources(text, is_latex)
    return [
        " ".join("F" if each.formula is not None else each.text for each in sentence.tokens)
        for sentence in sentences(text, found)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $x = y$. Then $z = x$.", ["let F", "then F"]),
        (r"We have \[ x = y, \] if $x > 0$.", ["we have F if F"]),
        (r"We have \[ x = y. \] if $x > 0$.", ["we have F", "if F"]),
        (r"We have \[ x = y \] Then $z = x$", ["we have F", "then F"]),
        (r"\[ x = y \] \[ z = x \]", ["F", "F"]),
        (r"\begin{align} x &= y . \end{align} for", ["F", "for"]),
        ("one $x$\n\ntwo $y$", ["one F", "two F"]),
        ("one\n\n\\[ x = y \\]\n\ntwo $y$", ["one F two F"]),
        ("One.\n\n\\[ x = y \\]\n\nTwo $y$", ["one", "F", "two F"]),
        ("one $x$\ntwo $y$", ["one F two F"]),
        (r"\section{A title} If $x$", ["if F"]),
        (r"\begin{proof} If $x$ \end{proof} so", ["if F", "so"]),
        (r"\item If $x$, \item then $y$", ["if F ,", "then F"]),
        ("see e.g. this, i.e. $x$, resp. $y$.", ["see e.g. this , i.e. F , resp. F"]),
        ("a % not. here\n b $x$", ["a b F"]),
        ("Für $x$ gilt $y$", ["für F gilt F"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one $x$\n- two $y$", ["one F", "two F"]),
        ("**If** $x$, _then_ $y$", ["if F , then F"]),
        ("a <!-- not. here --> b $x$", ["a b F"]),
    ],
)
def test_in_markdown(text: str, expected: list[str]) -> None:
    assert parts(text, is_latex=False) == expected


def test_which_begin_a_paragraph() -> None:
    text = "One. Two.\n\nThree.\n\\section{S} Four. \\item Five."
    assert [each.begins_paragraph for each in sentences(text, ())] == [True, False, True, True, True]
