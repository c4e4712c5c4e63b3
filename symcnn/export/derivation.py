"""A proof as a chain of equations for a reader, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..errors import SymcnnError
from ..kernel import Cases, Chain, Define, Have, Induction, Node, Obtain, terms
from ..language.tensors import check_name, index_letters
from ..notation import LATEX, PLAIN, Printer, names_of, printer_of
from .lines import Lines
from .parts import Line, Part, Walk

__all__ = ["Derivation", "Line", "Part", "derivation_of"]

if TYPE_CHECKING:
    from ..theorem import Theorem


@dataclass(frozen=True)
class Derivation:
    """The lines of a proof, and how to write them. It is made by `theorem.derivation()`."""

    theorem: Theorem
    parts: tuple[Part, ...]
    letters: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, from the first case to the last."""
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def steps(self) -> int:
        """The number of primitive steps."""
        return _count(self.theorem.proof.entries)

    def with_reason(self, number: int, text: str) -> Derivation:
        """The same derivation with other words for the reason of line `number` (from 0; -1 is the last).

        Formulas stand between dollar signs. Raises `SymcnnError` if there is no such line.
        """
        count = len(self.lines)
        if not -count <= number < count:
            raise SymcnnError(f"there is no line {number}; the derivation has {count}")
        remaining, parts = number % count, []
        for part in self.parts:
            lines = list(part.lines)
            if 0 <= remaining < len(lines):
                lines[remaining] = replace(lines[remaining], reason=text, why=None)
            remaining -= len(part.lines)
            parts.append(replace(part, lines=tuple(lines)))
        return replace(self, parts=tuple(parts))

    def with_letters(self, letters: Mapping[str, str]) -> Derivation:
        """The same derivation with other letters for sizes, indices and tensors: `{"α": "a", "X": "U"}`.

        Raises `SymcnnError` if nothing has a letter that is to be changed, or if two things would get one letter.
        """
        wanted = {**self.letters, **letters}
        for letter in wanted.values():
            check_name(letter)
        names = self._names()
        unknown = sorted(set(letters) - names)
        if unknown:
            raise SymcnnError(f"nothing is called {', '.join(unknown)}; there are {', '.join(sorted(names))}")
        owners: dict[str, str] = {}
        for name in sorted(names):
            shown = LATEX.name(wanted.get(name, name))
            if owners.setdefault(shown, name) != name and {name, owners[shown]} & set(wanted):
                raise SymcnnError(f"{owners[shown]} and {name} would be called by one letter, {wanted.get(name, name)}")
        printer = printer_of(self.theorem.translated, LATEX, wanted, tidy=True)
        parts = tuple(replace(part, lines=tuple(_retold(part.lines, printer, self.theorem))) for part in self.parts)
        return replace(self, letters=wanted, parts=parts)

    def _names(self) -> frozenset[str]:
        """Everything that has a letter: sizes, tensors, indices, and what the sums run over"""
        statement = self.theorem.translated
        shown = [each for part in self.parts for each in (part.start, *(line.expression for line in part.lines))]
        shown += [each.body for each in (*self.theorem.claim.definitions, *statement.helpers)]
        hints = {part.hint for each in shown for part in terms.subterms(each) if part.hint}
        tensors = (each for each in statement.tensors.values())
        letters = {letter for tensor in tensors for letter in index_letters(tensor)}
        indices = {name for each in self.theorem.claim.definitions for name in each.indices}
        return names_of(statement) | hints | letters | indices

    def latex(self, standalone: bool = False, origin: int = 1) -> str:
        """The claim and the chain in LaTeX (amsmath, amssymb); `standalone` makes a whole document, `origin=0`
        writes the indices from 0."""
        from .latex import derivation_latex

        return derivation_latex(self, standalone, origin)

    def markdown(self, origin: int = 1) -> str:
        """The claim and the chain in Markdown, formulas between dollar signs."""
        from .markdown import derivation_markdown

        return derivation_markdown(self, origin)

    def text(self, origin: int = 1) -> str:
        """The claim and the chain as plain text for a terminal."""
        from .text import derivation_text

        return derivation_text(self, origin)

    def _repr_latex_(self) -> str:
        from .latex import chains_latex

        return f"$\\displaystyle {chains_latex(self)}$"

    def __str__(self) -> str:
        return self.text()


def derivation_of(theorem: Theorem) -> Derivation:
    """The derivation of a theorem: its proof tree, line by line."""
    claim = theorem.claim
    about = theorem.translated
    told = Lines(about, printer_of(about, PLAIN, tidy=True), printer_of(about, LATEX, tidy=True))
    return Derivation(theorem, tuple(Walk(told.of).parts(theorem.proof.entries, claim.left, claim.right)))


def _count(node: Node) -> int:
    match node:
        case Chain(steps):
            return len(steps)
        case Cases(_, holds, fails):
            return _count(holds) + _count(fails)
        case Have():
            return _count(node.shown) + _count(node.then)
        case Induction():
            return _count(node.base) + _count(node.step) + _count(node.then)
        case Define() | Obtain():
            return _count(node.then)


def _retold(lines: Iterable[Line], printer: Printer, theorem: Theorem) -> Iterator[Line]:
    for line in lines:
        reason = line.reason if line.why is None else line.why.words(printer, theorem.translated)
        yield replace(line, reason=reason)
