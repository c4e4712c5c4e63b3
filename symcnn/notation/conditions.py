"""Conditions as formulas: no negative terms, no `not` where another sign says it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from ..kernel import Term, terms
from ..kernel.polynomial import ONE, Polynomial, negate, plus, polynomial
from .names import PLAIN_GREEK
from .pieces import SUM
from .settings import Settings
from .styles import Style

Sides = tuple[Polynomial, Polynomial]


@dataclass(frozen=True)
class Conditions(Settings):
    """Writes conditions."""

    @abstractmethod
    def written(self, poly: Polynomial, bound: tuple[str, ...], place: int = SUM) -> str:
        """A polynomial."""

    @abstractmethod
    def number(self, term: Term, bound: tuple[str, ...], place: int = SUM) -> str:
        """A number."""

    @abstractmethod
    def exists(self, condition: Term, bound: tuple[str, ...]) -> str:
        """That there are indices."""

    def condition(self, condition: Term, bound: tuple[str, ...]) -> str:
        """A condition; `bound` are the letters of the binders around it, the nearest first."""
        match condition.head:
            case "at_most" | "less" | "equal" if condition.args[0].sort == terms.REAL:
                return self._comparison(condition, _signs(self.style)[condition.head], bound)
            case "exists":
                return self.exists(condition, bound)
            case "equal" if is_divisibility(condition):
                return self._divides(condition, self.style.divides, bound)
            case "equal":
                return self._equation(condition, self.style.equals, bound)
            case "at_most":
                return self._order(condition, bound)
            case "nonzero":
                return f"{self.number(condition.args[0], bound)}{self.style.not_equal}0"
            case "not":
                return self._negation(condition.args[0], bound)
            case _:
                return self._join(condition, bound)

    def _comparison(self, condition: Term, sign: str, bound: tuple[str, ...]) -> str:
        """Two reals, as they are"""
        return sign.join(self.number(each, bound) for each in condition.args)

    def _negation(self, condition: Term, bound: tuple[str, ...]) -> str:
        match condition.head:
            case "equal" if condition.args[0].sort == terms.REAL:
                return self._comparison(condition, self.style.not_equal, bound)
            case "exists":
                return f"{self.style.no}{self.style.group(self.exists(condition, bound))}"
            case "equal" if is_divisibility(condition):
                return self._divides(condition, self.style.not_divides, bound)
            case "equal":
                return self._equation(condition, self.style.not_equal, bound)
            case "nonzero":
                return f"{self.number(condition.args[0], bound)}{self.style.equals}0"
            case _:
                return self.condition(negate(condition), bound)

    def _join(self, condition: Term, bound: tuple[str, ...]) -> str:
        is_and = condition.head == "and"
        neutral = terms.TRUE if is_and else terms.FALSE
        parts = [part for part in parts_of_condition(condition) if part != neutral]
        if not parts:
            return self.style.true if is_and else self.style.false
        if len(parts) == 1:
            return self.condition(parts[0], bound)
        texts = self.conjuncts(parts, bound) if is_and else [self._part(part, bound) for part in parts]
        return (self.style.conjunction if is_and else self.style.disjunction).join(texts)

    def conjuncts(self, parts: list[Term], bound: tuple[str, ...]) -> list[str]:
        """Several conditions; a <= b and b <= c are one, a <= b <= c."""
        texts, rest = [], list(parts)
        while rest:
            first = rest.pop(0)
            second = next((each for each in rest if _is_between(first, each)), None)
            if second is None:
                texts.append(self._part(first, bound))
            else:
                rest.remove(second)
                sides = (*first.args, second.args[1])
                texts.append(self.style.at_most.join(self.number(each, bound) for each in sides))
        return texts

    def _part(self, part: Term, bound: tuple[str, ...]) -> str:
        text = self.condition(part, bound)
        return self.style.group(text) if _is_joined(part) else text

    def _divides(self, condition: Term, sign: str, bound: tuple[str, ...]) -> str:
        divisor, number = condition.args[0].args[0], condition.args[1]
        return f"{self.number(divisor, bound)}{sign}{self.number(number, bound)}"

    def _equation(self, condition: Term, sign: str, bound: tuple[str, ...]) -> str:
        left, right = self._sides(condition)
        first, second = (right, left) if self._is_turned(left, right, bound) else (left, right)
        return f"{self.written(first, bound)}{sign}{self.written(second, bound)}"

    def _sides(self, condition: Term) -> Sides:
        left, right = map(polynomial, condition.args)
        return (left, right) if left and not self.tidy else _without_negatives(left, right)

    def _is_turned(self, left: Polynomial, right: Polynomial, bound: tuple[str, ...]) -> bool:
        """Whether an equation is written from right to left: a number last, a letter alone first, else by the
        alphabet"""
        numbers = [not set(side) - {ONE} for side in (left, right)]
        if any(numbers):
            return numbers[0] and not numbers[1]
        is_letter = [_is_letter(side) for side in (left, right)]
        if not all(is_letter):
            return is_letter[1] and not is_letter[0]
        first, second = (self.written(side, bound) for side in (left, right))
        return PLAIN_GREEK.get(second, second) < PLAIN_GREEK.get(first, first)

    def _order(self, condition: Term, bound: tuple[str, ...]) -> str:
        """a <= b; in tidy form `a + 1 <= b` is a < b, and `c <= b` with a number c is b >= c"""
        left, right = self._sides(condition)
        if self.tidy and left.get(ONE) == 1 and len(left) > 1:
            return f"{self.written(plus(left, {ONE: 1}, -1), bound)}{self.style.less}{self.written(right, bound)}"
        first, second = self.written(left, bound), self.written(right, bound)
        if self.tidy and not set(left) - {ONE} and set(right) - {ONE}:
            return f"{second}{self.style.at_least}{first}"
        return f"{first}{self.style.at_most}{second}"


def _signs(style: Style) -> dict[str, str]:
    return {"at_most": style.at_most, "less": style.less, "equal": style.equals}


def is_divisibility(condition: Term) -> bool:
    """b * floor(a/b) = a, which is how `b divides a` is said"""
    if condition.head != "equal" or condition.args[1].sort != terms.INTEGER:
        return False
    left, right = condition.args
    return left.head == "multiply" and left == terms.multiply(left.args[0], terms.floor(right, left.args[0]))


def _is_between(first: Term, second: Term) -> bool:
    return first.head == second.head == "at_most" and first.args[1] == second.args[0]


def parts_of_condition(condition: Term) -> list[Term]:
    """The parts of a conjunction or disjunction, those of its own kind taken apart."""
    return [
        part
        for child in condition.args
        for part in (parts_of_condition(child) if child.head == condition.head else [child])
    ]


def _is_joined(condition: Term) -> bool:
    """Whether a part is written with `and` or `or`"""
    if condition.head == "not" and condition.args[0].head not in ("equal", "nonzero"):
        condition = negate(condition.args[0])
    return condition.head in ("and", "or") and len(condition.args) > 0


def _without_negatives(left: Polynomial, right: Polynomial) -> Sides:
    """Both sides as they are, or with what is negative on the other side and without what both have"""
    if min((*left.values(), *right.values()), default=0) >= 0 and left and not set(left) & set(right):
        return left, right
    letters = plus(right, left, -1)
    return (
        {monomial: -number for monomial, number in letters.items() if number < 0},
        {monomial: number for monomial, number in letters.items() if number > 0},
    )


def _is_letter(side: Polynomial) -> bool:
    """Whether a side is a variable and nothing else"""
    (monomial, number), *others = side.items()
    if others or number != 1 or len(monomial) != 1:
        return False
    ((atom, exponent),) = monomial
    return exponent == 1 and atom.head in ("variable", "bound")
