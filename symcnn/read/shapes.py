"""Shapes as they are written: m x n in a declaration, R^{m x n} in a formula."""

from __future__ import annotations

import re

from ..errors import LanguageError
from . import grammar
from .cursor import Cursor
from .syntax import Name, Negative, Node, Number, Scripted, Times

_WORDS = re.compile(r"(?<![\\A-Za-z{_])[A-Za-z]{2,}")


def refuse_words(text: str, instead: str) -> None:
    """Raises `LanguageError` for words, which would be products of letters."""
    words = [each for each in _WORDS.findall(text) if set(each) != {"x"}]
    if words:
        raise LanguageError(f"{' '.join(words)} has no meaning in a declaration; {instead}")


def extents(text: str) -> list[str]:
    """The extents of a shape as text: m and n of m x n. Raises `LanguageError` for what is no shape."""
    refuse_words(text, "what has one: a shape such as m x n, scalar, size, layer, index, keep, activation, function of")
    found = [each.strip() for each in re.split(r"\s+x\s+|×|\\times", text)]
    if not all(found) or re.search(r"\sx$|^x\s", text.strip()):
        raise LanguageError(f"{text!r} is no shape, such as m x n")
    return found


def extent(text: str) -> Node:
    """An extent as a formula. Raises `LanguageError` for what is no size, `ParseError` for what is no formula."""
    cursor = Cursor.of(text)
    made = grammar.expression(cursor)
    if isinstance(made, Negative) or (isinstance(made, Number) and "." in made.digits) or "mathbb" in text:
        raise LanguageError(f"{text!r} is no size")
    if cursor.here.kind != "end":
        cursor.fail(f"{text!r} is neither a shape, such as m x n, nor a word that is known here")
    return made


def space(node: Node) -> tuple[Node, ...] | None:
    """The extents of R^{m x n}; () for R, None for anything else."""
    if node == Name("R", "mathbb"):
        return ()
    if not isinstance(node, Scripted) or node.base != Name("R", "mathbb") or node.upper is None or node.lower:
        return None
    return _between_crosses(node.upper)


def _between_crosses(node: Node) -> tuple[Node, ...]:
    if not isinstance(node, Times):
        return (node,)
    groups: list[list[Node]] = [[node.factors[0]]]
    signs: list[list[str]] = [[]]
    for sign, factor in zip(node.signs, node.factors[1:], strict=True):
        if sign == "times":
            groups.append([factor])
            signs.append([])
        else:
            groups[-1].append(factor)
            signs[-1].append(sign)
    pairs = zip(groups, signs, strict=True)
    return tuple(each[0] if len(each) == 1 else Times(tuple(each), tuple(own)) for each, own in pairs)
