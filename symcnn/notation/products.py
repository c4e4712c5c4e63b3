"""What the factors of a product are, and in which order factors and summands are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from ..kernel import Term, terms
from ..kernel.analysis import is_slope
from ..kernel.polynomial import ONE, normal, polynomial

Factors = tuple[Fraction, list[Term], list[Term]]
#: what is written with a sign that would seem to take in what follows
OPEN = ("sum", "maximum")
_PLACES = {
    "bracket": 1,
    "field": 1,
    "call": 2.5,
    "add": 3,
    "larger": 4,
    "iterate": 4,
    "partial": 4.5,
    "sum": 5,
    "maximum": 5,
}


def factors_of(term: Term) -> Factors:
    """(literal coefficient, factors, factors of the denominator) of a product"""
    match term.head:
        case "rational":
            return Fraction(str(term.value)), [], []
        case "multiply":
            return _product(list(map(factors_of, term.args)))
        case "inverse":
            return _inverse(factors_of(term.args[0]))
        case "power":
            return _product([factors_of(term.args[0])] * int(str(term.value)))
        case "real":
            return _integer_factors(term)
        case "add" if len(parts := [part for part in term.args if not is_number(part, 0)]) == 1:
            return factors_of(parts[0])
        case _:
            return Fraction(1), [term], []


def _product(parts: list[Factors]) -> Factors:
    coefficient, above, below = Fraction(1), list[Term](), list[Term]()
    for number, more_above, more_below in parts:
        coefficient, above, below = coefficient * number, above + more_above, below + more_below
    return coefficient, above, below


def _inverse(parts: Factors) -> Factors:
    """1/0 is 0, so the inverse of a bracket is the bracket."""
    coefficient, above, below = parts
    brackets = [factor for factor in above if factor.head == "bracket"]
    others = [factor for factor in above if factor.head != "bracket"]
    return (1 / coefficient if coefficient else coefficient), below + brackets, others


def _integer_factors(term: Term) -> Factors:
    """An integer that is one product of atoms is taken apart; a sum stays whole."""
    poly = polynomial(term)
    if not poly:
        return Fraction(0), [], []
    if len(poly) > 1:
        return Fraction(1), [term], []
    ((monomial, coefficient),) = poly.items()
    atoms = [terms.real(atom) for atom, exponent in monomial for _ in range(exponent)]
    return Fraction(coefficient), atoms, []


def decimal(value: Fraction) -> str:
    """A number with finitely many digits, all of them; any other as a fraction."""
    digits, rest = 0, value
    while rest.denominator != 1 and digits < 400:
        digits, rest = digits + 1, rest * 10
    if rest.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    text = str(rest.numerator).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text


# The order of factors and summands. It does not depend on letters or styles.


def index_order(factor: Term, kernels: frozenset[str]) -> Any:
    """Numbers, brackets, slopes of fields, entries of kernels, functions, parentheses, other entries: those with few
    indices first, then index by index; derivatives, sums"""
    if factor.head == "entry":
        tensor = str(factor.value)
        shown = tensor.replace("matmul(", "\0")  # A y + b, as one says it
        return 2 if tensor in kernels else 4, len(factor.args), shown, tuple(map(_place, factor.args))
    if factor.head == "iterate":
        return 4, len(factor.args) - 4, factor.hint, tuple(map(_place, (factor.args[1], *factor.args[4:])))
    place = 1.5 if factor.head == "partial" and is_slope(factor) else _PLACES.get(factor.head, 0)
    return place, 0, repr(factor), ()


def in_order(factors: Iterable[Term], kernels: frozenset[str], layers: Mapping[str, int]) -> list[Term]:
    """The factors in the order in which they are written; matrices as in a product of them: A_ik before y_k."""
    found = sorted(factors, key=lambda each: index_order(each, kernels))
    for place in range(1, len(found)):
        while (
            place
            and _leads(found[place], found[place - 1], layers)
            and not _leads(found[place - 1], found[place], layers)
        ):
            found[place - 1], found[place] = found[place], found[place - 1]
            place -= 1
    return found


def _leads(first: Term, second: Term, layers: Mapping[str, int]) -> bool:
    """Whether the last index of an entry is the first of another"""
    ends = [each.args[4 if each.head == "iterate" else layers.get(str(each.value), 0) :] for each in (first, second)]
    heads = {first.head, second.head} <= {"entry", "iterate"}
    return heads and all(ends) and len(ends[0]) > 1 and ends[0][-1] == ends[1][0]


def is_number(term: Term, number: int) -> bool:
    """Whether a real is written as this number."""
    return term.head == "rational" and term.value == number


def summand_order(summand: Term, kernels: frozenset[str]) -> Any:
    """Numbers after what has letters, sums last; the rest by their factors, whatever number stands before them"""
    _, above, below = factors_of(summand)
    has_sum = any(factor.head in OPEN for factor in above)
    ordered = sorted(index_order(factor, kernels) for factor in above)
    return has_sum, not above and not below, [each for each in ordered if each[0] in (2, 4)], ordered, repr(below)


def _place(index: Term) -> tuple[str, Fraction]:
    """The letters of an index, then its constant: i - 1, i, i + 1"""
    poly = polynomial(index)
    letters = sorted(f"{sorted(map(repr, monomial))}{number}" for monomial, number in poly.items() if monomial != ONE)
    return " ".join(letters), Fraction(poly.get(ONE, 0))


def is_in_range_condition(condition: Term, read: Term, limits: tuple[tuple[Term, Term], ...]) -> bool:
    """Whether a condition is one of lower <= index and index <= upper, of an entry with these limits"""
    found = normal(condition)
    return any(
        found in (normal(terms.at_most(lower, index)), normal(terms.at_most(index, upper)))
        for index, (lower, upper) in zip(read.args, limits, strict=True)
    )
