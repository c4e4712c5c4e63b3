"""Integers as formulas: by their polynomial, with a common factor outside, as k(i - 1) + α."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..kernel import Term, terms
from ..kernel.polynomial import ONE, Monomial, Polynomial, normal, order, polynomial
from .names import PLAIN_GREEK
from .pieces import BASE, FACTOR, PRODUCT, SUM, Piece, Summand, joined
from .settings import Settings


@dataclass(frozen=True)
class Integers(Settings):
    """Writes integers."""

    def name(self, name: str) -> str:
        """The letter of a variable."""
        return self.raw[name] if name in self.raw else self.style.name(self.letters.get(name, name))

    def placed(self, piece: Piece, place: int) -> str:
        """The piece, in parentheses if its place needs them."""
        return piece.text if piece.level >= place else self.style.group(piece.text)

    def integer(self, term: Term, bound: tuple[str, ...]) -> list[Summand]:
        """The parts of the sum that an integer is; `bound` are the letters of the binders around it."""
        return self._positive_first(self._polynomial(polynomial(term), bound))

    def written(self, poly: Polynomial, bound: tuple[str, ...], place: int = SUM) -> str:
        """A polynomial."""
        return self.placed(joined(self._positive_first(self._polynomial(poly, bound)), self.style.minus), place)

    def _positive_first(self, summands: list[Summand]) -> list[Summand]:
        first = next((number for number, part in enumerate(summands) if not part.negative), 0)
        return [summands[first], *summands[:first], *summands[first + 1 :]]

    def _polynomial(self, poly: Polynomial, bound: tuple[str, ...]) -> list[Summand]:
        if not poly:
            return [Summand(False, Piece("0", BASE))]
        common = _common_factor(poly)
        if common is None:
            rows = sorted(poly.items(), key=lambda row: self._monomial_order(row[0], bound))
            return [self._monomial(monomial, Fraction(number), bound) for monomial, number in rows]
        inside = {monomial - {(common, 1)}: number for monomial, number in poly.items() if (common, 1) in monomial}
        outside = {monomial: number for monomial, number in poly.items() if (common, 1) not in monomial}
        factored = self._times_group(common, inside, bound)
        return [factored, *(self._polynomial(outside, bound) if outside else [])]

    def _times_group(self, common: Term, inside: Polynomial, bound: tuple[str, ...]) -> Summand:
        summands = self._polynomial(inside, bound)
        negative = all(part.negative for part in summands)
        flipped = self._positive_first([Summand(part.negative != negative, part.piece) for part in summands])
        group = self.placed(joined(flipped, self.style.minus), FACTOR)
        return Summand(negative, Piece(self.placed(self._atom(common, bound), FACTOR) + group, PRODUCT))

    def _monomial_order(self, monomial: Monomial, bound: tuple[str, ...]) -> Any:
        """Free variables, then bound ones, then floors and maxima, then the constant"""
        loose = any(map(_is_bound, (atom for atom, _ in monomial)))
        return monomial == ONE, loose, sorted(self._atom_order(atom, bound) for atom, _ in monomial)

    def _atom_order(self, atom: Term, bound: tuple[str, ...]) -> tuple[bool, str]:
        text = self._atom(atom, bound).text
        return atom.head not in ("variable", "bound"), PLAIN_GREEK.get(text, text)

    def _monomial(self, monomial: Monomial, number: Fraction, bound: tuple[str, ...]) -> Summand:
        in_order = sorted(monomial, key=lambda pair: self._atom_order(pair[0], bound))
        factors = [(self._atom(atom, bound), exponent) for atom, exponent in in_order]
        negative = number < 0
        if len(monomial) == 1 and negative:
            ((atom, exponent),) = monomial
            if exponent == 1 and _is_minimum(atom):
                factors, negative = [(self._minimum(atom, bound), 1)], False
        if len(factors) == 1 and abs(number) == 1 and factors[0][1] == 1:
            return Summand(negative, factors[0][0])
        pieces = [self._raised(atom, exponent) for atom, exponent in factors]
        front = [str(abs(number))] if abs(number) != 1 or not pieces else []
        texts = [*front, *(self.placed(piece, FACTOR) for piece in pieces)]
        level = BASE if not pieces else pieces[0].level if len(texts) == 1 else PRODUCT
        return Summand(negative, Piece(self.style.product(texts), level))

    def _raised(self, atom: Piece, exponent: int) -> Piece:
        return Piece(self.style.power(self.placed(atom, BASE), exponent), FACTOR) if exponent > 1 else atom

    def _atom(self, atom: Term, bound: tuple[str, ...]) -> Piece:
        match atom.head:
            case "variable":
                return Piece(self.name(str(atom.value)), BASE)
            case "bound":
                position = int(str(atom.value))
                return Piece(bound[position] if position < len(bound) else f"#{position - len(bound)}", BASE)
            case "floor":
                above, below = (self.written(polynomial(child), bound, FACTOR) for child in atom.args)
                if normal(terms.equal(terms.multiply(atom.args[1], atom), atom.args[0])) in self.divisible:
                    return Piece(f"{above}/{below}", PRODUCT)
                return Piece(self.style.floor(f"{above}/{below}"), BASE)
            case "size":
                layers = [self.written(polynomial(child), bound) for child in atom.args]
                return Piece(self.style.read(self.name(str(atom.value)), layers), BASE)
            case _:
                return Piece(self.style.larger(self._listed(atom, bound)), BASE)

    def _listed(self, atom: Term, bound: tuple[str, ...], sign: int = 1) -> str:
        polynomials = (polynomial(child) for child in _arguments(atom))
        signed = ({monomial: sign * number for monomial, number in poly.items()} for poly in polynomials)
        return ", ".join(self.written(poly, bound) for poly in signed)

    def _minimum(self, atom: Term, bound: tuple[str, ...]) -> Piece:
        return Piece(self.style.smaller(self._listed(atom, bound, -1)), BASE)


def _is_bound(atom: Term) -> bool:
    """Whether an atom speaks of what is bound around it; where binders are opened, these have names with a #"""
    return bool(atom.loose) or any(name.startswith("#") for name in terms.free_variables(atom))


def _arguments(atom: Term) -> list[Term]:
    """What a maximum of maxima is the maximum of"""
    return [part for child in atom.args for part in (_arguments(child) if child.head == "larger" else [child])]


def _is_minimum(atom: Term) -> bool:
    """max(-a, -b), which is -min(a, b)"""
    polynomials = [polynomial(child) for child in _arguments(atom)]
    return (
        atom.head == "larger" and any(polynomials) and all(max(each.values(), default=0) <= 0 for each in polynomials)
    )


def _common_factor(poly: Polynomial) -> Term | None:
    """An atom that several monomials share, if exactly one has it beside another factor: k(i - 1), not 2k + k"""
    counts: dict[Term, int] = {}
    for monomial in poly:
        for atom, exponent in monomial:
            counts[atom] = counts.get(atom, 0) + (exponent == 1)
    shared = [atom for atom, count in counts.items() if count > 1]
    return max(shared, key=lambda atom: (counts[atom], -order(atom)[0], order(atom)[2])) if shared else None
