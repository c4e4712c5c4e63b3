"""Kernel terms as formulas: parenthesised by precedence, constants last in indices, no `+ -`, letters that stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..kernel import Term, terms
from .conditions import Conditions
from .integers import Integers
from .pieces import BASE, FACTOR, PRODUCT, SUM, Piece, Summand, joined
from .products import decimal, factors_of, index_order, is_in_range_condition, summand_order


@dataclass(frozen=True)
class Printer(Integers, Conditions):
    """Writes terms in a style. `tensors` gives each tensor its displayed name, `kernels` are written first in a
    product, `decimals` are the numbers to be written as decimals. No sum is given a letter of `reserved`.
    A tensor in `zero_outside` reads as 0 where it is read out of its range: a bracket that says so is left out."""

    tensors: Mapping[str, str] = field(default_factory=dict)
    kernels: frozenset[str] = frozenset()
    decimals: frozenset[Fraction] = frozenset()
    reserved: frozenset[str] = frozenset()
    zero_outside: Mapping[str, tuple[tuple[Term, Term], ...]] = field(default_factory=dict)

    def __call__(self, term: Term, place: int = SUM) -> str:
        """The term, which has no loose bound variables; in parentheses if its place needs them."""
        if term.sort == terms.CONDITION:
            return self.condition(term, ())
        return self.number(term, (), place)

    def listed(self, condition: Term) -> str:
        """A condition among others: one with `or` stands in parentheses."""
        text = self(condition)
        return self.style.group(text) if condition.head == "or" and len(condition.args) > 1 else text

    def number(self, term: Term, bound: tuple[str, ...], place: int = SUM) -> str:
        """A number; `bound` are the letters of the binders around it, the nearest first."""
        summands = self.integer(term, bound) if term.sort == terms.INTEGER else self._summands(term, bound)
        return self.placed(joined(summands, self.style.minus), place)

    # Sums of several parts

    def _summands(self, term: Term, bound: tuple[str, ...]) -> list[Summand]:
        if term.head == "add":
            flat = sorted(_flat(term), key=lambda each: summand_order(each, self.kernels))
            parts = [part for each in flat for part in self._summands(each, bound)]
            turned = len(flat) == len(parts) == 2 and parts[0].negative and not parts[1].negative
            return parts[::-1] if turned and (_is_open(flat[0]) or not _is_open(flat[1])) else parts
        if term.head == "real":
            return self.integer(term.args[0], bound)
        number, above, below = factors_of(term)
        if number == 1 and len(above) == 1 and not below and above[0].head in ("add", "real"):
            return self._summands(above[0], bound)
        return [self._product(term, bound)]

    # Products: coefficient, brackets, entries and, last, a sum

    def _product(self, term: Term, bound: tuple[str, ...]) -> Summand:
        coefficient, above, below = factors_of(term)
        above = [each for each in above if not self._is_understood(each, above)]
        sums = [factor for factor in above if factor.head == "sum"]
        others = sorted(
            (each for each in above if each.head != "sum"), key=lambda each: index_order(each, self.kernels)
        )
        pieces = [*self._powers(others, bound), *self._powers(sums[:-1], bound)]
        if sums and sums[-1] in sums[:-1]:
            pieces = [*self._powers(others, bound), *self._powers(sums, bound)]
        elif sums:
            pieces.append(self._sum(sums[-1], bound))
        front = self._front(abs(coefficient), below, bound, alone=not pieces)
        return Summand(coefficient < 0, self._beside([*front, *pieces], is_open=bool(sums)))

    def _beside(self, pieces: list[Piece], is_open: bool) -> Piece:
        """Factors beside each other; an open sum at the end needs no parentheses."""
        if len(pieces) == 1:
            return pieces[0]
        last = len(pieces) - 1
        texts = [
            self.placed(piece, PRODUCT if is_open and number == last else FACTOR) for number, piece in enumerate(pieces)
        ]
        return Piece(self.style.product(texts), PRODUCT)

    def _front(self, number: Fraction, below: list[Term], bound: tuple[str, ...], alone: bool) -> list[Piece]:
        """The number before a product, with the denominators below it; nothing for 1"""
        whole = number in self.decimals or number.denominator == 1
        above, under = (number, 1) if whole else (Fraction(number.numerator), number.denominator)
        if not below and under == 1:
            return [Piece(decimal(above), BASE)] if alone or above != 1 else []
        return [self._fraction(decimal(above), under, below, bound)]

    def _fraction(self, above: str, under: int, below: list[Term], bound: tuple[str, ...]) -> Piece:
        sums = len(below) == 1 and under == 1 and not self.style.slashes
        if sums:
            return Piece(self.style.fraction(above, self._lone(below[0], bound)), FACTOR)
        pieces = [*([Piece(str(under), BASE)] if under != 1 else []), *self._powers(below, bound)]
        lower = self._beside(pieces, is_open=False)
        if not self.style.slashes:
            return Piece(self.style.fraction(above, lower.text), FACTOR)
        return Piece(self.style.fraction(above, self.placed(lower, FACTOR)), PRODUCT)

    def _lone(self, factor: Term, bound: tuple[str, ...]) -> str:
        """A factor that stands alone, between the lines of a fraction"""
        return self._sum(factor, bound).text if factor.head == "sum" else self._piece(factor, bound, SUM).text

    def _powers(self, factors: Iterable[Term], bound: tuple[str, ...]) -> list[Piece]:
        """The factors, equal ones as powers"""
        counted: dict[str, tuple[int, Piece]] = {}
        for factor in factors:
            piece = self._piece(factor, bound, FACTOR)
            count, _ = counted.get(piece.text, (0, piece))
            counted[piece.text] = count + 1, piece
        return [
            Piece(self.style.power(self.placed(piece, BASE), count), FACTOR) if count > 1 else piece
            for count, piece in counted.values()
        ]

    def _piece(self, term: Term, bound: tuple[str, ...], place: int) -> Piece:
        """One factor, in parentheses if its place needs them"""
        match term.head:
            case "entry":
                indices = [self.number(child, bound) for child in term.args]
                return Piece(self.style.read(self.tensors.get(str(term.value), str(term.value)), indices), BASE)
            case "bracket":
                return Piece(self.style.bracket(self.condition(term.args[0], bound)), BASE)
            case "sum":
                return Piece(self.placed(self._sum(term, bound), max(place, FACTOR)), BASE)
            case _:
                summands = self.integer(term, bound) if term.sort == terms.INTEGER else self._summands(term, bound)
                piece = joined(summands, self.style.minus)
                return piece if piece.level >= place else Piece(self.placed(piece, place), BASE)

    def _is_understood(self, factor: Term, factors: list[Term]) -> bool:
        """Whether a bracket says of an entry beside it only that it is read in its range, outside of which it is 0"""
        if factor.head != "bracket" or not self.zero_outside:
            return False
        reads = [each for each in factors if each.head == "entry" and each.value in self.zero_outside]
        condition = factor.args[0]
        parts = condition.args if condition.head == "and" else (condition,)
        return all(
            any(is_in_range_condition(part, read, self.zero_outside[str(read.value)]) for read in reads)
            for part in parts
        )

    # Sums over an index

    def _sum(self, term: Term, bound: tuple[str, ...]) -> Piece:
        lower, upper, body = term.args
        letter = self.fresh(term, bound)
        sign = self.style.sum(letter, self.number(lower, bound), self.number(upper, bound))
        return Piece(sign + self.number(body, (letter, *bound), PRODUCT), PRODUCT)

    def fresh(self, term: Term, bound: tuple[str, ...]) -> str:
        """The letter of a sum, with as many primes as keep it apart from everything else that has a letter."""
        letter = self.name(term.hint or "k")
        taken = {self.name(name) for name in terms.free_variables(term) | self.reserved} | set(bound)
        taken |= set(self.tensors.values())
        while letter in taken:
            letter += "'"
        return letter


def _flat(term: Term) -> list[Term]:
    return [part for child in term.args for part in (_flat(child) if child.head == "add" else [child])]


def _is_open(term: Term) -> bool:
    """Whether a product ends in a sum, which would seem to take in what follows"""
    return any(factor.head == "sum" for factor in factors_of(term)[1])
