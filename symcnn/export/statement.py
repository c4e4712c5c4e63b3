"""The claim in words: what is given, what is defined, what is assumed, what is claimed, and for which indices."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel import Definition, Term, terms
from ..language.statement import Statement
from ..language.tensors import Tensor
from ..notation import Printer, Style, naming_of, own_definition, printer_of
from ..notation.latex import literal_rows
from .origin import from_zero


@dataclass(frozen=True)
class Wording:
    """The parts of a claim, each a formula without dollar signs."""

    tensors: tuple[str, ...]
    definitions: tuple[str, ...]
    hypotheses: tuple[str, ...]
    equation: str
    ranges: tuple[str, ...]
    zero_outside: tuple[str, ...]


@dataclass(frozen=True)
class Writer:
    """Writes the terms of one statement in one style, with indices from 1 (as they are) or from 0."""

    statement: Statement
    style: Style
    printer: Printer
    origin: int

    @classmethod
    def of(cls, statement: Statement, style: Style, letters: dict[str, str], origin: int) -> Writer:
        """The writer for a statement. Raises `ValueError` for an origin other than 0 and 1."""
        if origin not in (0, 1):
            raise ValueError(f"indices start at 0 or at 1, not at {origin}")
        return cls(statement, style, printer_of(statement, style, letters), origin)

    @property
    def indices(self) -> tuple[str, ...]:
        """The free indices of the claim."""
        return tuple(index.name for index in self.statement.claim.indices)

    def entry(self, term: Term, more: tuple[str, ...] = ()) -> str:
        """A term with entries and sums."""
        moves = self.origin == 0 and self.statement.identity.lhs.origin == 1
        return self.printer(from_zero(term, (*self.indices, *more)) if moves else term)

    def wording(self) -> Wording:
        """The claim in words."""
        claim = self.statement.claim
        return Wording(
            tuple(self._leaf(leaf.name, leaf.shape) for leaf in claim.leaves),
            tuple(text for each in claim.definitions for text in self._definition(each)),
            self._hypotheses(),
            f"{self.entry(claim.left)} = {self.entry(claim.right)}",
            tuple(self._range(index.name, index.lower, index.upper) for index in claim.indices),
            tuple(self._padded()),
        )

    def _leaf(self, name: str, shape: tuple[Term, ...]) -> str:
        return self._space(self.printer.tensors[name], shape)

    def _space(self, shown: str, shape: tuple[Term, ...]) -> str:
        return self.style.space(shown, [self.printer.number(extent, (), 1) for extent in shape])

    def _definition(self, definition: Definition) -> tuple[str, ...]:
        tensor = self.statement.tensors[definition.name]
        if not own_definition(tensor):
            return ()
        name = self.printer.tensors[definition.name]
        rows = literal_rows(tensor, self.style)
        if rows is not None:
            return (f"{name} = {self.style.matrix(rows)}",)
        if tensor.literal is not None:
            return (self.style.separator.join(self._literal_entries(name, tensor)),)
        indices = tuple(map(terms.variable, definition.indices))
        left = self.entry(terms.entry(definition.name, *indices), definition.indices)
        space = self._space(name, definition.shape or ())
        return (f"{left} = {self.entry(definition.body, definition.indices)}{self.style.separator}{space}",)

    def _literal_entries(self, name: str, tensor: Tensor) -> list[str]:
        """A literal tensor with other than two indices, entry by entry, zeros left out"""
        naming = naming_of(self.statement, self.style, self.printer.letters)
        shift = tensor.origin - self.origin if tensor.origin == 1 else 0
        return [
            f"{self.style.read(name, [str(at - shift) for at in position])} = {naming.expression(value)}"
            for position, value in tensor.literal_entries()
            if value != 0
        ]

    def _hypotheses(self) -> tuple[str, ...]:
        """Sizes that are at least 1 in one formula; the other hypotheses one by one"""
        sizes: list[str] = []
        others: list[str] = []
        for condition in self.statement.claim.hypotheses:
            left, right = condition.args[:2] if len(condition.args) > 1 else (condition, condition)
            plain = condition.head == "at_most" and left == terms.integer(1) and right.head == "variable"
            (sizes if plain else others).append(self.printer(right if plain else condition))
        first = (f"{', '.join(sizes)}{self.style.at_least}1",) if sizes else ()
        return (*first, *others)

    def _range(self, name: str, lower: Term, upper: Term) -> str:
        if self.origin == 0 and lower == terms.integer(1):
            lower, upper = terms.integer(0), terms.add(upper, terms.integer(-1))
        letter, sign = self.printer.name(name), self.style.at_most
        if lower == upper:
            return f"{letter} = {self.printer(lower)}"
        return f"{self.printer(lower)}{sign}{letter}{sign}{self.printer(upper)}"

    def _padded(self) -> list[str]:
        """The tensors that are read outside of their range, where they are 0"""
        found = []
        for name, tensor in self.statement.tensors.items():
            operation = tensor.operation
            if operation is not None and operation.name == "extended" and not operation.parameters:
                found.append(self.printer.tensors[name])
        return found
