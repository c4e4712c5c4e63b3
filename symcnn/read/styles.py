r"""Letters in bold: they are read as the plain ones, \mathbf{x} and its entry x_i, unless both are names."""

from __future__ import annotations

import re
from collections.abc import Iterable

_STYLE = r"\\(?:mathbf|boldsymbol|bm|pmb)"
_BOLD = re.compile(_STYLE + r"(?:\s*\{\s*(?P<letter>[A-Za-z])\s*\}|\s+(?P<next>[A-Za-z]))")
_ACCENTED = re.compile(
    rf"\\(?:hat|tilde|bar|overline|widehat|widetilde|vec|dot)\s*(?:\{{[^{{}}]*(?:\{{[^{{}}]*\}}[^{{}}]*)*\}}|{_BOLD.pattern}"
    r"|[A-Za-z])".replace("?P<letter>", "?:").replace("?P<next>", "?:")
)
_WORDS = re.compile(
    r"\\(?:begin|end|text|mbox|textnormal|operatorname\*?|mathrm|label|tag|mathbb|mathcal|mathscr|mathfrak)\s*\{[^{}]*\}"
    r"|\\[A-Za-z]+"
)
_PLAIN = re.compile(r"(?<![_^])(?<![_^]\{)(?P<letter>[A-Za-z])(?!\s*[_\[])")  # which is no index, and has none
_NAMED = re.compile(rf"(?P<names>(?:\s|,|{_STYLE}|[{{}}]|[A-Za-z])+)\\in(?![A-Za-z])")


def bold_letters(text: str) -> frozenset[str]:
    """The letters that a text prints in bold."""
    return frozenset(match["letter"] or match["next"] for match in _BOLD.finditer(text))


def in_two_styles(formula: str) -> frozenset[str]:
    """The letters that stand by themselves in a formula, in bold and in no style: they may be two names."""
    bare = _ACCENTED.sub(" ", formula)
    return bold_letters(bare) & _plain_letters(bare)


def declared_in_two_styles(formulas: Iterable[str]) -> frozenset[str]:
    r"""The letters of which formulas declare both the plain and the bold one, x \in R and \mathbf{x} \in R^n."""
    said = [match["names"] for each in formulas if (match := _NAMED.match(each)) is not None]
    bold = frozenset(letter for each in said for letter in bold_letters(each))
    return bold & frozenset(letter for each in said for letter in _plain_letters(each))


def _plain_letters(text: str) -> frozenset[str]:
    rest = _WORDS.sub(" ", _BOLD.sub(" ", text))
    return frozenset(match["letter"] for match in _PLAIN.finditer(rest))
