"""Kernel terms as formulas: parenthesised by precedence, constants last in indices, no `+ -`, letters that stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..kernel import Term, terms
from ..kernel.polynomial import ONE, Monomial, Polynomial, order, polynomial
from .styles import Style

_SUM, _PRODUCT, _FACTOR = 0, 1, 2  # what a part stands in: nothing, a product, a power or the like
Summand = tuple[bool, str]  # (is negative, text of its absolute value)


@dataclass(frozen=True)
class Printer:
    """Writes terms in a style. `tensors` gives each tensor its displayed name, `kernels` are written first in a
    product, `decimals` are the numbers to be written as decimals, `letters` renames indices, `divisible` are
    hypotheses `b divides a`, under which the floor of a/b is written a/b."""

    style: Style
    tensors: Mapping[str, str] = field(default_factory=dict)
    kernels: frozenset[str] = frozenset()
    decimals: frozenset[Fraction] = frozenset()
    letters: Mapping[str, str] = field(default_factory=dict)
    divisible: frozenset[Term] = frozenset()
    raw: Mapping[str, str] = field(default_factory=dict)  # letters that are written already

    def __call__(self, term: Term) -> str:
        """The term, whose loose bound variables there are none of."""
        if term.sort == terms.CONDITION:
            return self.condition(term, ())
        return self.number(term, (), _SUM)

    def name(self, name: str) -> str:
        """The letter of a variable."""
        return self.raw[name] if name in self.raw else self.style.name(self.letters.get(name, name))

    # Numbers

    def number(self, term: Term, bound: tuple[str, ...], place: int) -> str:
        """A number; `bound` are the letters of the binders around it, the nearest first."""
        if term.sort == terms.INTEGER:
            return self._grouped(self._integer(term, bound), place)
        return self._grouped(self._summands(term, bound), place)

    def _summands(self, term: Term, bound: tuple[str, ...]) -> list[Summand]:
        if term.head == "add":
            parts = [part for child in self._flat(term) for part in self._summands(child, bound)]
            return sorted(parts, key=lambda part: _summand_order(part[1]))
        if term.head == "real":
            return self._integer(term.args[0], bound)
        return [self._product(term, bound)]

    def _flat(self, term: Term) -> list[Term]:
        return [part for child in term.args for part in (self._flat(child) if child.head == "add" else [child])]

    def _grouped(self, summands: list[Summand], place: int) -> str:
        """The sum of the parts, a positive one first if there is any."""
        first = next((number for number, (negative, _) in enumerate(summands) if not negative), 0)
        ordered = [summands[first], *summands[:first], *summands[first + 1 :]]
        text = (self.style.minus if ordered[0][0] else "") + ordered[0][1]
        for negative, part in ordered[1:]:
            text += f" {self.style.minus if negative else '+'} {part}"
        needs = len(ordered) > 1 if place == _PRODUCT else len(ordered) > 1 or ordered[0][0]
        return self.style.group(text) if place and (needs or ordered[0][0]) else text

    def _product(self, term: Term, bound: tuple[str, ...]) -> Summand:
        """A product as coefficient, denominators, brackets, entries and, last, sums."""
        coefficient, above, below = _factors(term)
        fraction = coefficient in self.decimals or coefficient.denominator == 1
        numerator, denominator = (
            (abs(coefficient), 1) if fraction else (abs(coefficient.numerator), coefficient.denominator)
        )
        parts = self._ordered_factors(above, bound)
        front = [self._literal(Fraction(numerator))] if numerator != 1 or not (parts or below) else []
        if below or denominator != 1:
            front = [self._fraction(front[0] if front else "1", denominator, below, bound)]
        return coefficient < 0, self.style.times.join([*front, *parts])

    def _fraction(self, above: str, denominator: int, below: list[Term], bound: tuple[str, ...]) -> str:
        if len(below) == 1 and denominator == 1:
            return self.style.fraction(above, self._piece(below[0], bound, _SUM), _is_sum(below[0]))
        under = [str(denominator)] if denominator != 1 else []
        under += self._powers([self._piece(each, bound, _FACTOR) for each in below])
        return self.style.fraction(above, self.style.times.join(under), len(under) > 1)

    def _ordered_factors(self, factors: list[Term], bound: tuple[str, ...]) -> list[str]:
        sums = [factor for factor in factors if factor.head == "sum"]
        others = sorted((factor for factor in factors if factor.head != "sum"), key=self._factor_order)
        texts = self._powers([self._piece(factor, bound, _PRODUCT) for factor in others])
        closed = [self.style.group(self._sum(each, bound)) for each in sums[:-1]]
        return [*texts, *closed, *(self._sum(each, bound) for each in sums[-1:])]

    def _factor_order(self, factor: Term) -> tuple[int, int, int]:
        if factor.head != "entry":
            return (0 if factor.head != "bracket" else 1, 0, 0)
        return (2, factor.value not in self.kernels, len(factor.args))

    def _powers(self, texts: list[str]) -> list[str]:
        """Equal neighbours as powers"""
        counted: dict[str, int] = {}
        for text in texts:
            counted[text] = counted.get(text, 0) + 1
        return [self.style.power(text, count) if count > 1 else text for text, count in counted.items()]

    def _literal(self, value: Fraction) -> str:
        if value.denominator == 1:
            return str(value.numerator)
        if abs(value) in self.decimals:
            return format(float(value), ".15g")
        return self.style.fraction(str(value.numerator), str(value.denominator), False)

    def _sum(self, term: Term, bound: tuple[str, ...]) -> str:
        lower, upper, body = term.args
        letter = self.fresh(term, bound)
        sign = self.style.sum(letter, self.number(lower, bound, _SUM), self.number(upper, bound, _SUM))
        return sign + self.number(body, (letter, *bound), _PRODUCT if body.head in ("add", "real") else _SUM)

    def fresh(self, term: Term, bound: tuple[str, ...]) -> str:
        """The letter of a sum, with as many primes as keep it apart from the letters around it and inside."""
        letter = self.name(term.hint or "k")
        taken = {self.name(name) for name in terms.free_variables(term)} | set(bound)
        while letter in taken:
            letter += "'"
        return letter

    # Factors

    def _piece(self, term: Term, bound: tuple[str, ...], place: int) -> str:
        """One factor"""
        match term.head:
            case "entry":
                indices = [self.number(child, bound, _SUM) for child in term.args]
                return self.style.read(self.tensors.get(str(term.value), str(term.value)), indices)
            case "bracket":
                return self.style.bracket(self.condition(term.args[0], bound))
            case _:
                return self.number(term, bound, place)

    # Integers: shown by their polynomial, with common factors outside

    def _integer(self, term: Term, bound: tuple[str, ...]) -> list[Summand]:
        return self._polynomial(polynomial(term), bound)

    def _polynomial(self, poly: Polynomial, bound: tuple[str, ...]) -> list[Summand]:
        if not poly:
            return [(False, "0")]
        common = self._common_factor(poly)
        if common is None:
            rows = sorted(poly.items(), key=lambda row: self._monomial_order(row[0], bound))
            return [(Fraction(c) < 0, self._monomial(m, abs(Fraction(c)), bound)) for m, c in rows]
        inside = {m - {(common, 1)}: c for m, c in poly.items() if (common, 1) in m}
        outside = {m: c for m, c in poly.items() if (common, 1) not in m}
        factored = self._times_group(common, inside, bound)
        return [factored, *(self._polynomial(outside, bound) if outside else [])]

    def _times_group(self, common: Term, inside: Polynomial, bound: tuple[str, ...]) -> Summand:
        summands = self._polynomial(inside, bound)
        negative = all(part[0] for part in summands)
        flipped = [(sign != negative, text) for sign, text in summands]
        return negative, self._atom(common, bound) + self._grouped(flipped, _FACTOR)

    def _common_factor(self, poly: Polynomial) -> Term | None:
        """An atom that several monomials share, if exactly one has it beside another factor: k(i - 1), not 2k + k"""
        counts: dict[Term, int] = {}
        for monomial in poly:
            for atom, exponent in monomial:
                counts[atom] = counts.get(atom, 0) + (exponent == 1)
        shared = [atom for atom, count in counts.items() if count > 1]
        return max(shared, key=lambda atom: (counts[atom], -order(atom)[0], order(atom)[2])) if shared else None

    def _monomial_order(self, monomial: Monomial, bound: tuple[str, ...]) -> tuple[bool, bool, list[str]]:
        """Free variables, then bound ones, then the constant"""
        loose = any(atom.loose for atom, _ in monomial)
        return monomial == ONE, loose, sorted(self._atom(atom, bound) for atom, _ in monomial)

    def _monomial(self, monomial: Monomial, coefficient: Fraction, bound: tuple[str, ...]) -> str:
        factors = sorted(monomial, key=lambda pair: self._atom(pair[0], bound))
        texts = [
            self.style.power(self._atom(atom, bound), exponent) if exponent > 1 else self._atom(atom, bound)
            for atom, exponent in factors
        ]
        front = [self._literal(coefficient)] if coefficient != 1 or not texts else []
        return self.style.times.join([*front, *texts])

    def _atom(self, atom: Term, bound: tuple[str, ...]) -> str:
        match atom.head:
            case "variable":
                return self.name(str(atom.value))
            case "bound":
                position = int(str(atom.value))
                return bound[position] if position < len(bound) else f"#{position - len(bound)}"
            case "floor":
                numerator, denominator = (self.number(child, bound, _SUM) for child in atom.args)
                several = len(polynomial(atom.args[1])) > 1
                grouped = numerator if len(polynomial(atom.args[0])) == 1 else self._plain_group(numerator)
                if terms.equal(terms.multiply(atom.args[1], atom), atom.args[0]) in self.divisible:
                    return self.style.quotient(grouped, denominator)
                return self.style.floor(self.style.fraction(grouped, denominator, several))
            case _:
                return self.style.larger(", ".join(self.number(child, bound, _SUM) for child in atom.args))

    def _plain_group(self, numerator: str) -> str:
        """In a line of text a sum above a fraction bar needs parentheses."""
        shown = self.style.fraction("a", "b", False)
        return self.style.group(numerator) if shown == "a/b" else numerator

    # Conditions

    def condition(self, condition: Term, bound: tuple[str, ...]) -> str:
        """A condition; `0 <= p` and `0 = p` are written with the negative terms on the other side."""
        match condition.head:
            case "equal" if is_divisibility(condition):
                divisor, number = condition.args[0].args[0], condition.args[1]
                return f"{self.number(divisor, bound, _SUM)}{self.style.divides}{self.number(number, bound, _SUM)}"
            case "at_most" | "equal":
                left, right = self._sides(condition, bound)
                return f"{left}{self.style.at_most if condition.head == 'at_most' else ' = '}{right}"
            case "nonzero":
                return f"{self.number(condition.args[0], bound, _SUM)}{self.style.not_equal}0"
            case "not" if condition.args[0].head == "equal":
                left, right = self._sides(condition.args[0], bound)
                return f"{left}{self.style.not_equal}{right}"
            case "not":
                return self.style.negation + self.style.group(self.condition(condition.args[0], bound))
            case "and":
                return self.style.conjunction.join(self.condition(child, bound) for child in condition.args)
            case _:
                return self.style.disjunction.join(self.condition(child, bound) for child in condition.args)

    def _sides(self, condition: Term, bound: tuple[str, ...]) -> tuple[str, str]:
        left, right = condition.args
        if left != terms.integer(0):
            first, second = self.number(left, bound, _SUM), self.number(right, bound, _SUM)
            return _turned(first, second) if condition.head == "equal" else (first, second)
        poly = polynomial(right)
        sides = ({m: -c for m, c in poly.items() if c < 0}, {m: c for m, c in poly.items() if c > 0})
        first, second = (self._grouped(self._polynomial(side, bound), _SUM) for side in sides)
        return _turned(first, second) if condition.head == "equal" else (first, second)


def _turned(left: str, right: str) -> tuple[str, str]:
    """The sides of an equation between letters in the order of the alphabet, a number last."""
    if left.lstrip("-").isdigit() != right.lstrip("-").isdigit():
        return (right, left) if left.lstrip("-").isdigit() else (left, right)
    return (right, left) if max(len(left), len(right)) < 4 and right < left else (left, right)


def is_divisibility(condition: Term) -> bool:
    """b * floor(a/b) = a, which is how `b divides a` is said"""
    if condition.head != "equal":
        return False
    left, right = condition.args
    return left.head == "multiply" and left == terms.multiply(left.args[0], terms.floor(right, left.args[0]))


def _summand_order(text: str) -> tuple[bool, str]:
    """Sums last; the rest by their letters, whatever number stands before them."""
    return "sum" in text or "Σ" in text, text.lstrip("0123456789. ")


def _is_sum(term: Term) -> bool:
    return len(polynomial(term)) > 1


def _factors(term: Term) -> tuple[Fraction, list[Term], list[Term]]:
    """(literal coefficient, factors, factors of the denominator) of a product"""
    if term.head == "rational":
        return Fraction(str(term.value)), [], []
    if term.head == "multiply":
        coefficient, above, below = Fraction(1), list[Term](), list[Term]()
        for child in term.args:
            inner, more_above, more_below = _factors(child)
            coefficient, above, below = coefficient * inner, above + more_above, below + more_below
        return coefficient, above, below
    if term.head == "inverse":
        coefficient, above, below = _factors(term.args[0])
        return (1 / coefficient if coefficient else coefficient), below, above
    if term.head == "power":
        coefficient, above, below = _factors(term.args[0])
        exponent = int(str(term.value))
        return coefficient**exponent, above * exponent, below * exponent
    if term.head == "real" and term.args[0].head == "integer":
        return Fraction(int(str(term.args[0].value))), [], []
    return Fraction(1), [term], []
