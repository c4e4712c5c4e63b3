"""Laws about reals and functions, for use in evidence. The first line of each docstring is the law.

A law gets what is declared of functions and its arguments. It returns conditions that it needs, and the condition
that follows from them; it raises `Rejected` for arguments of another form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import terms
from .functions import Function, facts_of, known
from .rejected import Rejected
from .terms import Term

Functions = tuple[Function, ...]
Arguments = tuple[Term, ...]
Given = tuple[tuple[Term, ...], Term]
_ZERO, _ONE = terms.rational(0), terms.rational(1)


def _only(arguments: Arguments, *heads: str) -> Arguments:
    """The arguments, if they have these heads; `""` stands for any real."""
    fits = len(arguments) == len(heads) and all(
        argument.head == head or (not head and argument.sort == terms.REAL)
        for argument, head in zip(arguments, heads, strict=False)
    )
    if not fits:
        raise Rejected(f"{arguments!r} are not of the form {', '.join(head or 'real' for head in heads)}")
    return arguments


def _declared(functions: Functions, name: str, *facts: str) -> bool:
    return bool(facts_of(functions, name).intersection(facts))


Relation = Callable[[Term, Term], Term]


def _in_order(functions: Functions, arguments: Arguments, relation: Relation, upward: str, downward: str) -> Given:
    """f(a) R f(b) or f(b) R f(a) from a R b, as f is known to go up or down"""
    left, right = _only(arguments, "call", "call")
    if left.value != right.value:
        raise Rejected(f"{left.value} and {right.value} are different functions")
    needed = (relation(left.args[0], right.args[0]),)
    if _declared(functions, str(left.value), upward):
        return needed, relation(left, right)
    if _declared(functions, str(left.value), downward):
        return needed, relation(right, left)
    raise Rejected(f"{left.value} is not known to be {upward} or {downward}")


def monotone(functions: Functions, arguments: Arguments) -> Given:
    """f(a) <= f(b)  if a <= b and f is nondecreasing; f(b) <= f(a) if f is nonincreasing"""
    return _in_order(functions, arguments, terms.at_most, "nondecreasing", "nonincreasing")


def strictly_monotone(functions: Functions, arguments: Arguments) -> Given:
    """f(a) < f(b)  if a < b and f is increasing; f(b) < f(a) if f is decreasing"""
    return _in_order(functions, arguments, terms.less, "increasing", "decreasing")


def sign(functions: Functions, arguments: Arguments) -> Given:
    """0 <= f(a)  if f is nonnegative; 0 < f(a) if f is positive"""
    (term,) = _only(arguments, "call")
    if _declared(functions, str(term.value), "positive"):
        return (), terms.less(_ZERO, term)
    if _declared(functions, str(term.value), "nonnegative"):
        return (), terms.at_most(_ZERO, term)
    raise Rejected(f"nothing is known of the sign of {term.value}")


def slope(functions: Functions, arguments: Arguments) -> Given:
    """0 <= f'(a)  if f is nondecreasing; f'(a) <= 0 if f is nonincreasing"""
    (term,) = _only(arguments, "call")
    name = str(term.value)
    if name.endswith("'") and _declared(functions, name[:-1], "nondecreasing"):
        return (), terms.at_most(_ZERO, term)
    if name.endswith("'") and _declared(functions, name[:-1], "nonincreasing"):
        return (), terms.at_most(term, _ZERO)
    raise Rejected(f"nothing is known of the sign of {name}")


def formula(functions: Functions, arguments: Arguments) -> Given:
    """f(a) = its formula  if f is a known function that has one"""
    (term,) = _only(arguments, "call")
    made = known(str(term.value)).formula
    if made is None:
        raise Rejected(f"{term.value} has no formula")
    return (), terms.equal(term, made(term.args[0]))


def at_zero(functions: Functions, arguments: Arguments) -> Given:
    """f(0) = 0  if f fixes 0"""
    (term,) = _only(arguments, "call")
    if not _declared(functions, str(term.value), "fixes_zero"):
        raise Rejected(f"{term.value} is not known to fix 0")
    return (terms.equal(term.args[0], _ZERO),), terms.equal(term, _ZERO)


def conditions_at(term: Term, indices: tuple[Term, ...]) -> tuple[Term, ...]:
    """That indices are among those that a maximum or an `exists` runs over."""
    bounds = term.args[: 2 * len(indices)]
    if terms.rank_of(term) != len(indices) or any(each.sort != terms.INTEGER for each in indices):
        raise Rejected(f"{indices!r} are not indices of {term!r}")
    limits = zip(bounds[::2], indices, bounds[1::2], strict=True)
    ranges = [each for low, index, high in limits for each in (terms.at_most(low, index), terms.at_most(index, high))]
    return (*ranges, terms.instantiate(term.args[2 * len(indices)], *indices))


def exists_of(maximum: Term) -> Term:
    """That a maximum is over a nonempty set."""
    return Term("exists", maximum.args[:-1], maximum.value, maximum.hint)


def maximum_upper(functions: Functions, arguments: Arguments) -> Given:
    """f(i) <= max_{a in D} f(a)  if i is in D"""
    if not arguments or arguments[0].head != "maximum":
        raise Rejected("the first argument is not a maximum")
    term, *indices = arguments
    needed = conditions_at(term, tuple(indices))
    return needed, terms.at_most(terms.instantiate(term.args[-1], *indices), term)


def bracket_range(functions: Functions, arguments: Arguments) -> Given:
    """0 <= [P] <= 1"""
    (term,) = _only(arguments, "bracket")
    return (), terms.all_of(terms.at_most(_ZERO, term), terms.at_most(term, _ONE))


def bracket_holds(functions: Functions, arguments: Arguments) -> Given:
    """[P] = 1  if P"""
    (term,) = _only(arguments, "bracket")
    return (term.args[0],), terms.equal(term, _ONE)


def bracket_fails(functions: Functions, arguments: Arguments) -> Given:
    """[P] = 0  if not P"""
    (term,) = _only(arguments, "bracket")
    return (terms.negation(term.args[0]),), terms.equal(term, _ZERO)


def quotient(functions: Functions, arguments: Arguments) -> Given:
    """x * 1/x = 1  if x is not 0"""
    (term,) = _only(arguments, "")
    return (terms.nonzero(term),), terms.equal(terms.multiply(term, terms.inverse(term)), _ONE)


def square(functions: Functions, arguments: Arguments) -> Given:
    """0 <= x^2"""
    (term,) = _only(arguments, "")
    return (), terms.at_most(_ZERO, terms.power(term, 2))


def size_positive(functions: Functions, arguments: Arguments) -> Given:
    """1 <= n[l]  for a sequence n of sizes"""
    (term,) = _only(arguments, "size")
    return (), terms.at_most(terms.integer(1), term)


_ALL: tuple[Callable[[Functions, Arguments], Given], ...] = (
    *(monotone, strictly_monotone, sign, slope, formula, at_zero),
    *(maximum_upper, bracket_range, bracket_holds, bracket_fails, quotient, square, size_positive),
)
LAWS: Mapping[str, Callable[[Functions, Arguments], Given]] = {law.__name__: law for law in _ALL}
