"""Documents and formulas of `tests/documents`, changed at random."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from symcnn.read.pieces import pieces

from .trees import soup

DOCUMENTS = Path(__file__).parents[2] / "tests" / "documents"
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[A-Za-z0-9]+|\s+|.", re.DOTALL)
_SIGNS = "{}{}$$\\%&_^()[]|=+-,'\n \u0301한"


class Document(NamedTuple):
    """A document, and whether it is read as LaTeX."""

    text: str
    is_latex: bool


@cache
def documents() -> tuple[Document, ...]:
    """The documents, in order of their names."""
    paths = sorted(path for path in DOCUMENTS.rglob("*") if path.suffix in (".tex", ".md", ".txt"))
    return tuple(Document(path.read_text(encoding="utf-8"), path.suffix == ".tex") for path in paths)


@cache
def formulas() -> tuple[str, ...]:
    """The formulas of all documents, each once, in order."""
    found = (piece for each in documents() for piece in pieces(*each) if piece.kind != "declaration")
    return tuple(dict.fromkeys(piece.text for piece in found))


def formula_changed(random: Random) -> str:
    """A formula with one to five changes."""
    text = random.choice(formulas())
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        text = _changed(text, random, formulas())
    return text


def document_changed(random: Random) -> Document:
    """A document with one to eight changes."""
    text, is_latex = random.choice(documents())
    others = tuple(each.text for each in documents())
    for _ in range(random.randint(1, 8)):
        text = _changed(text, random, others)
    return Document(text, is_latex if random.random() < 0.9 else not is_latex)


def _changed(text: str, random: Random, others: tuple[str, ...]) -> str:
    parts = _TOKEN.findall(text) if random.random() < 0.6 else list(text)
    if not parts:
        return soup(random)
    at, other = random.randrange(len(parts)), random.randrange(len(parts))
    kind = random.randrange(8)
    if kind == 0:
        del parts[at]
    elif kind == 1:
        parts.insert(at, parts[at])
    elif kind == 2:
        parts[at], parts[other] = parts[other], parts[at]
    elif kind == 3:
        parts.insert(at, random.choice(_SIGNS))
    elif kind == 4:
        return _without_brace(text, random)
    elif kind == 5:
        return _spliced(text, random.choice(others), random)
    elif kind == 6:
        parts[at] = soup(random)
    else:
        first, last = sorted((at, min(other, at + 40)))
        parts[first:last] = []
    return "".join(parts)


def _without_brace(text: str, random: Random) -> str:
    braces = [number for number, sign in enumerate(text) if sign in "{}"]
    if not braces:
        return text + random.choice("{}")
    at = random.choice(braces)
    return text[:at] + random.choice(("", "{", "}")) + text[at + 1 :]


def _spliced(text: str, other: str, random: Random) -> str:
    """A text with a part of another in it"""
    at, first = random.randint(0, len(text)), random.randint(0, len(other))
    return text[:at] + other[first : first + random.randint(1, 200)] + text[at:]
