"""Kernel terms as formulas: parenthesised by precedence, constants last in indices, no `+ -`, letters that stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ..kernel import Term, terms
from ..kernel.polynomial import normal
from .analysis import Analysis
from .conditions import parts_of_condition
from .integers import Integers
from .pieces import BASE, FACTOR, PRODUCT, SUM, Piece, Summand, joined
from .products import OPEN, decimal, factors_of, in_order, is_in_range_condition, is_number, summand_order

#: in one bracket
_MOST_CONDITIONS = 4


@dataclass(frozen=True)
class Printer(Integers, Analysis):
    """Writes terms in a style; what it has to know for that is told in `Settings`."""

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
        return self.placed(self.piece(term, bound), place)

    def piece(self, term: Term, bound: tuple[str, ...]) -> Piece:
        """A number, with its level."""
        summands = self.integer(term, bound) if term.sort == terms.INTEGER else self._summands(term, bound)
        return joined(summands, self.style.minus)

    # Sums of several parts

    def _summands(self, term: Term, bound: tuple[str, ...]) -> list[Summand]:
        if term.head == "add":
            shown = [each for each in parts_of(term, "add") if not is_number(each, 0)] or [terms.rational(0)]
            flat = sorted(shown, key=lambda each: summand_order(each, self.kernels))
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
        if coefficient < 0 and [each.head for each in above] == ["larger"] and _is_minimum(above[0]):
            coefficient, above = -coefficient, [terms.multiply(terms.rational(-1), above[0])]
        sums = [factor for factor in above if factor.head in OPEN]
        others = in_order((each for each in above if each.head not in OPEN), self.kernels, self.layers)
        pieces = [*self._powers(others, bound), *self._powers(sums[:-1], bound)]
        if sums and sums[-1] in sums[:-1]:
            pieces = [*self._powers(others, bound), *self._powers(sums, bound)]
        elif sums:
            pieces.append(self._open(sums[-1], bound))
        front = self._front(abs(coefficient), below, bound, alone=not pieces)
        is_open = bool(sums) or (bool(others) and others[-1].head == "partial" and not self.style.slashes)
        return Summand(coefficient < 0, self._beside([*front, *pieces], is_open=is_open))

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
        return self._open(factor, bound).text if factor.head in OPEN else self._piece(factor, bound, SUM).text

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
                return self.entry(term, bound)
            case "call":
                return self.call(term, bound)
            case "bracket":
                return self._bracket(term.args[0], bound)
            case "sum" | "maximum":
                return Piece(self.placed(self._open(term, bound), max(place, FACTOR)), BASE)
            case "larger" if term.sort == terms.REAL:
                return Piece(self.style.larger(self._largest(term, bound)), BASE)
            case "multiply" if _is_minimum(term.args[-1]):
                parts = (terms.multiply(terms.rational(-1), each) for each in parts_of(term.args[-1], "larger"))
                return Piece(self.style.smaller(", ".join(self.number(each, bound) for each in parts)), BASE)
            case "field" | "partial" | "iterate":
                return self.extended(term, bound)
            case _:
                piece = self.piece(term, bound)
                return piece if piece.level >= place else Piece(self.placed(piece, place), BASE)

    def _bracket(self, condition: Term, bound: tuple[str, ...]) -> Piece:
        """A bracket; one with many conditions as several, which fit the line"""
        parts = parts_of_condition(condition) if condition.head == "and" else []
        texts = self.conjuncts(parts, bound) if len(parts) > _MOST_CONDITIONS else []
        if len(texts) > 2:
            return Piece(self.style.product([self.style.bracket(text) for text in texts]), FACTOR)
        return Piece(self.style.bracket(self.condition(condition, bound)), BASE)

    def _largest(self, term: Term, bound: tuple[str, ...]) -> str:
        """What a real maximum of several is the maximum of"""
        return ", ".join(self.number(each, bound) for each in parts_of(term, "larger"))

    def _is_understood(self, factor: Term, factors: list[Term]) -> bool:
        """Whether a bracket says of an entry beside it only that it is read in its range, outside of which it is 0;
        or that 0 is 0"""
        if factor.head == "bracket" and factor.args[0] != terms.TRUE and normal(factor.args[0]) == terms.TRUE:
            return len(factors) > 1
        if factor.head != "bracket" or not self.zero_outside:
            return False
        reads = [each for each in factors if each.head == "entry" and each.value in self.zero_outside]
        condition = factor.args[0]
        parts = condition.args if condition.head == "and" else (condition,)
        return all(
            any(is_in_range_condition(part, read, self.zero_outside[str(read.value)]) for read in reads)
            for part in parts
        )

    # Sums and maxima over indices

    def _open(self, term: Term, bound: tuple[str, ...]) -> Piece:
        if term.head == "maximum":
            return self.maximum(term, bound)
        lower, upper, body = term.args
        letter = self.fresh(term, bound)
        sign = self.style.sum(letter, self.number(lower, bound), self.number(upper, bound))
        return Piece(sign + self.number(body, (letter, *bound), PRODUCT), PRODUCT)

    def fresh(self, term: Term, bound: tuple[str, ...], hint: str | None = None) -> str:
        """The letter of a binder, with as many primes as keep it apart from everything else that has a letter."""
        letter = self.name(hint or term.hint or "k")
        taken = {self.name(name) for name in terms.free_variables(term) | self.reserved} | set(bound)
        taken |= set(self.tensors.values())
        while letter in taken:
            letter += "'"
        return letter


def parts_of(term: Term, head: str) -> list[Term]:
    """The parts of a sum, or of the larger of several numbers, those of its own kind taken apart."""
    return [part for child in term.args for part in (parts_of(child, head) if child.head == head else [child])]


def _is_minimum(term: Term) -> bool:
    """max(-a, -b), which is -min(a, b)"""
    return (
        term.head == "larger"
        and term.sort == terms.REAL
        and all(factors_of(each)[0] < 0 for each in parts_of(term, "larger"))
    )


def _is_open(term: Term) -> bool:
    """Whether a product ends in a sum or a maximum, which would seem to take in what follows"""
    return any(factor.head in OPEN for factor in factors_of(term)[1])
