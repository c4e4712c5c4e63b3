"""What stands around a formula: its sentence, and the next one."""

import pytest

from symcnn.read.surroundings import before, behind, is_asked, is_cut, next_sentence, plain, sentence


def around(text: str) -> tuple[int, int]:
    """Where the formula of a text stands, which is written @"""
    return text.index("@"), text.index("@") + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two @", "Two"),
        ("One. By Eq. 3, @", "By Eq  3,"),
        (r"One. \emph{Un}less it is @", "Unless it is"),
        (r"One. Un\-less it is @", "Unless it is"),
        ("One. So: @", "So"),
        (r"\section{One} Two @", "Two"),
        ("One.\n\nTwo @", "Two"),
        ("One % two.\nthree @", "One"),
    ],
)
def test_the_sentence_before(text: str, expected: str) -> None:
    assert " ".join(sentence(before(text, around(text)[0])).split()).startswith(" ".join(expected.split()))


def test_a_sentence_whose_beginning_is_not_seen() -> None:
    long = "Unless " + "word " * 500 + "@"
    assert is_cut(long, around(long)[0])
    assert not is_cut("Unless " + long[-500:], 500)
    assert not is_cut("One. " * 500 + "@", 2500)


@pytest.mark.parametrize(
    ("text", "rest", "following"),
    [
        ("@, except here. Then more.", "except here", "Then more."),
        ("@ This is next.", "", "This is next."),
        ("@ (cf. Fig. 3) unless.", "(cf  Fig  3) unless", ""),
    ],
)
def test_what_stands_behind(text: str, rest: str, following: str) -> None:
    end = around(text)[1]
    assert " ".join(behind(text, end).split()) == " ".join(rest.split())
    assert next_sentence(text, end) == following


@pytest.mark.parametrize(("text", "expected"), [("Is @?", True), ("Is @ so? No.", True), ("@. Is it?", False)])
def test_questions(text: str, expected: bool) -> None:
    assert is_asked(text, around(text)[1]) is expected


def test_plain_words() -> None:
    assert plain(r"un\-less \textbf{not} Fig. 3 % gone") == "unless not Fig  3  "
