r"""Files of declarations: what they hold, and from which line on."""

import pytest

from symcnn.errors import SymcnnError
from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Verdict
from symcnn.read.sidecars import Sidecar, sidecar

QUICK = Budget(1.0, 5.0, 0.0)
P, N = Verdict.PROVED, Verdict.NOT_CHECKABLE


def test_a_file_has_declarations_and_later_ones() -> None:
    text = """
[declare]
X = "m x n"
k = 3
given = ["m >= k", "k divides m"]

[[from]]
line = 40
declare = { A_L = "n_L x n_{L-1}" }
"""
    assert sidecar(text) == Sidecar(
        ("X: m x n", "k: 3", "given: m >= k, k divides m"), ((40, ("A_L: n_L x n_{L-1}",)),)
    )


def test_an_empty_file_declares_nothing() -> None:
    assert sidecar("") == Sidecar(())


_FROM = "[[from]] has a line (a number) and declare (a table), and nothing else"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[declare", "no TOML: "),
        ("[other]\nx = 1", "a file of declarations has [declare] and [[from]], not other"),
        ("from = 3", "write [[from]], with line and declare"),
        ("from = [1]", "write [[from]], with line and declare"),
        ('[[from]]\nline = "a"\ndeclare = {}', _FROM),
        ("[[from]]\nline = true\ndeclare = {}", _FROM),
        ("[[from]]\nline = 3", _FROM),
        ("[[from]]\nline = 3\ndeclare = {}\nmore = 4", _FROM),
        ("[[from]]\nline = 3\ndeclare = 4", "declarations are a table of names, not 4"),
        ('declare = "x: n"', "declarations are a table of names, not 'x: n'"),
        ("[declare]\nx = 1.5", "x is declared as 1.5: write text"),
        ("[declare]\nx = { a = 1 }", "x is declared as {'a': 1}: write text"),
    ],
)
def test_a_file_of_anything_else_is_refused(text: str, message: str) -> None:
    with pytest.raises(SymcnnError) as caught:
        sidecar(text)
    assert str(caught.value).startswith(message)


def test_later_declarations_of_a_file_hold_from_their_line_on() -> None:
    text = "\\[ 2x = x + x \\]\n\n\\[ 2x = x + x \\]"
    for line, verdicts in ((1, [P, P]), (2, [N, P]), (3, [N, P]), (4, [N, N])):
        beside = sidecar(f'[[from]]\nline = {line}\ndeclare = {{ x = "n" }}')
        assert [each.verdict for each in check(text, beside=beside, budget=QUICK).findings] == verdicts


def test_an_error_in_a_file_is_told_with_the_line_it_holds_from() -> None:
    beside = sidecar('[[from]]\nline = 1\ndeclare = { x = "frob" }')
    with pytest.raises(SymcnnError, match="from line 1 on: frob has no meaning"):
        check("$a = b$", beside=beside, budget=QUICK)
