"""Whole documents: formulas in the order in which they stand, each with its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import SymcnnError
from .checker import Checker
from .conditions import with_conditions
from .inference import counted_from_zero, with_usage
from .outcomes import Budget
from .report import Inference, Report
from .sidecars import Sidecar
from .sidecars import sidecar as read_sidecar
from .sources import Place, Source, sources
from .styles import bold_letters
from .syntax import Formula
from .usage import usage
from .walker import Walker
from .world import World

SUFFIXES = (".tex", ".latex", ".ltx")


def check_file(
    path: Path,
    *,
    declarations: Sequence[str] = (),
    sidecar: Path | None = None,
    seconds: float = 2.0,
    proof_seconds: float = 20.0,
) -> Report:
    """The report on a file. Raises `OSError` where one cannot be opened, and `SymcnnError` where one cannot be read."""
    beside = _sidecar(sidecar) if sidecar is not None else None
    return check(
        _text(path),
        is_latex=path.suffix.lower() in SUFFIXES,
        declarations=declarations,
        beside=beside,
        budget=Budget(seconds, proof_seconds),
        path=str(path),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SymcnnError(f"{path} is no text in UTF-8: {error.reason} at byte {error.start}") from error


def _sidecar(path: Path) -> Sidecar:
    try:
        return read_sidecar(_text(path))
    except SymcnnError as error:
        raise SymcnnError(f"{path}: {error}") from error


def check(
    text: str,
    *,
    is_latex: bool = True,
    declarations: Sequence[str] = (),
    beside: Sidecar | None = None,
    budget: Budget | None = None,
    path: str = "",
) -> Report:
    """The report on a document. Raises `ParseError` where it cannot be taken apart, `SymcnnError` for declarations
    that are none."""
    found, words = with_conditions(text, sources(text, is_latex))
    shown = usage([each.read for each in found if isinstance(each.read, Formula)])
    checker = Checker(World(), shown, budget or Budget())
    for each in (*(beside.always if beside else ()), *declarations):
        checker.declare(each)
    checker.line = 1
    counted = counted_from_zero(with_usage(checker.world, shown), shown, _declared(found, declarations, beside))
    checker.world = counted.world
    checker.note(*counted.sentences)
    checker.note(*_merged(text, shown.sizes))
    walker = Walker(checker, Place(words), list(beside.later) if beside else [])
    walker.walk(found)
    told = sorted(checker.inferences, key=lambda each: each[0])
    sentences = dict.fromkeys(Inference(*each) for each in told)
    in_order = sorted(walker.findings, key=lambda finding: finding.line)
    return Report(path, tuple(in_order), tuple(sentences))


def _declared(found: tuple[Source, ...], declarations: Sequence[str], beside: Sidecar | None) -> Iterator[str]:
    """All declarations of a document, wherever they stand"""
    yield from declarations
    yield from (each.text for each in found if each.kind == "declaration")
    if beside is not None:
        yield from beside.always
        yield from (text for _, texts in beside.later for text in texts)


def _merged(text: str, sizes: frozenset[str]) -> Iterator[str]:
    """Letters in bold are read as the plain ones, which matters where a plain one is a size"""
    for letter in sorted(bold_letters(text) & sizes):
        yield rf"\mathbf{{{letter}}} and {letter}, which is a size, are read as one name: rename one of them"
