"""Terms: small immutable values with ordered children; nothing is rearranged except by a rule.

Three sorts: integers, reals and conditions. A bound variable is counted from the inside (`bound` 0 is the
nearest binder), so two sums that differ in the name of their index are equal; the letter is a hint for print.
Every term means something everywhere: a tensor is a total function on integer tuples, a sum over an empty
range is 0, `inverse(0)` is 0, a bracket is 0 or 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .rejected import Rejected

INTEGER, REAL, CONDITION = "integer", "real", "condition"
Value = int | Fraction | str | None

#: head -> (sorts of the children, sort of the term)
FIXED: dict[str, tuple[tuple[str, ...], str]] = {
    "integer": ((), INTEGER),
    "variable": ((), INTEGER),
    "bound": ((), INTEGER),
    "floor": ((INTEGER, INTEGER), INTEGER),
    "larger": ((INTEGER, INTEGER), INTEGER),
    "rational": ((), REAL),
    "real": ((INTEGER,), REAL),
    "inverse": ((REAL,), REAL),
    "bracket": ((CONDITION,), REAL),
    "sum": ((INTEGER, INTEGER, REAL), REAL),
    "at_most": ((INTEGER, INTEGER), CONDITION),
    "equal": ((INTEGER, INTEGER), CONDITION),
    "nonzero": ((REAL,), CONDITION),
    "not": ((CONDITION,), CONDITION),
}
#: head -> sort of all its children, any number of them, and sort of the term
ANY_NUMBER: dict[str, tuple[str, str]] = {
    "entry": (INTEGER, REAL),
    "and": (CONDITION, CONDITION),
    "or": (CONDITION, CONDITION),
}
ARITHMETIC = ("add", "multiply", "power")
#: head -> the type that its value must have (all others have none)
VALUES: dict[str, type] = {
    "integer": int,
    "variable": str,
    "bound": int,
    "rational": Fraction,
    "entry": str,
    "power": int,
}
#: head -> the child under its binder
BINDERS = {"sum": 2}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Term:
    """One node: head, children, value, and a display hint that takes no part in equality.

    Raises `Rejected` if the sorts of the children, their number or the value do not fit the head.
    """

    head: str
    args: tuple[Term, ...] = ()
    value: Value = None
    hint: str = ""
    sort: str = field(init=False)
    loose: int = field(init=False)  # binders outside this term that its bound variables reach
    hashed: int = field(init=False)
    memory: dict[str, Any] = field(init=False)  # what the kernel has computed of this very value

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "sort", _sort_of(self))
        put(self, "loose", _loose_of(self))
        put(self, "hashed", hash((self.head, self.value, self.args)))
        put(self, "memory", {})

    def __hash__(self) -> int:
        return self.hashed

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Term)
            and self.hashed == other.hashed
            and self.head == other.head
            and self.value == other.value
            and self.args == other.args
        )

    def __repr__(self) -> str:
        from .show import show

        return show(self)


def _sort_of(term: Term) -> str:
    value_type = VALUES.get(term.head, type(None))
    if type(term.value) is not value_type:
        raise Rejected(f"{term.head} does not take the value {term.value!r}")
    sorts = [child.sort for child in term.args]
    if term.head in FIXED:
        wanted, sort = FIXED[term.head]
        fits = sorts == list(wanted)
    elif term.head in ANY_NUMBER:
        child_sort, sort = ANY_NUMBER[term.head]
        fits = all(child == child_sort for child in sorts)
    elif term.head in ARITHMETIC:
        sort = sorts[0] if sorts else ""
        fits = sort in (INTEGER, REAL) and len(set(sorts)) == 1
        fits = fits and (term.head != "power" or len(sorts) == 1)
    else:
        raise Rejected(f"no term has the head {term.head!r}")
    if not fits or (term.head in ("bound", "power") and int(str(term.value)) < 0):
        raise Rejected(f"{term.head} does not take children of the sorts {sorts} and the value {term.value!r}")
    return sort


def _loose_of(term: Term) -> int:
    if term.head == "bound":
        return int(str(term.value)) + 1
    under = BINDERS.get(term.head)
    reach = [child.loose - (number == under) for number, child in enumerate(term.args)]
    return max([0, *reach])


# Constructors, one for each head. They build exactly what they are told.


def integer(value: int) -> Term:
    return Term("integer", value=value)


def variable(name: str) -> Term:
    return Term("variable", value=name)


def rational(value: Fraction | int) -> Term:
    return Term("rational", value=Fraction(value))


def entry(tensor: str, *indices: Term) -> Term:
    return Term("entry", indices, tensor)


def real(term: Term) -> Term:
    return Term("real", (term,))


def add(*terms: Term) -> Term:
    return Term("add", terms)


def multiply(*terms: Term) -> Term:
    return Term("multiply", terms)


def power(base: Term, exponent: int) -> Term:
    return Term("power", (base,), exponent)


def inverse(term: Term) -> Term:
    return Term("inverse", (term,))


def floor(numerator: Term, denominator: Term) -> Term:
    return Term("floor", (numerator, denominator))


def larger(left: Term, right: Term) -> Term:
    return Term("larger", (left, right))


def bracket(condition: Term) -> Term:
    return Term("bracket", (condition,))


def summation(index: str, lower: Term, upper: Term, body: Term) -> Term:
    """The sum over `lower <= index <= upper`; `index` is a variable of `body` and becomes bound."""
    return Term("sum", (lower, upper, abstract(body, index)), hint=index)


def at_most(left: Term, right: Term) -> Term:
    return Term("at_most", (left, right))


def equal(left: Term, right: Term) -> Term:
    return Term("equal", (left, right))


def nonzero(term: Term) -> Term:
    return Term("nonzero", (term,))


def negation(condition: Term) -> Term:
    return Term("not", (condition,))


def all_of(*conditions: Term) -> Term:
    return Term("and", conditions)


def any_of(*conditions: Term) -> Term:
    return Term("or", conditions)


TRUE, FALSE = all_of(), any_of()


def with_args(term: Term, args: tuple[Term, ...]) -> Term:
    """The same node over other children."""
    if all(new is old for new, old in zip(args, term.args, strict=True)):
        return term
    return Term(term.head, args, term.value, term.hint)


def abstract(term: Term, name: str, depth: int = 0) -> Term:
    """The term with the variable `name` bound by the binder that is put around it."""
    if term.loose > depth:
        raise Rejected(f"{term!r} would be captured: it has a bound variable of its own")
    if term.head == "variable":
        return Term("bound", value=depth) if term.value == name else term
    under = BINDERS.get(term.head)
    args = tuple(abstract(child, name, depth + (number == under)) for number, child in enumerate(term.args))
    return with_args(term, args)


def instantiate(body: Term, replacement: Term, depth: int = 0) -> Term:
    """The body of a binder with `replacement`, a term without loose bound variables, for its variable."""
    if replacement.loose or body.loose > depth + 1:
        raise Rejected(f"{replacement!r} in {body!r}: a bound variable would lose its binder")
    if body.loose <= depth:
        return body
    if body.head == "bound":
        return replacement if body.value == depth else body
    under = BINDERS.get(body.head)
    args = tuple(instantiate(child, replacement, depth + (number == under)) for number, child in enumerate(body.args))
    return with_args(body, args)


def substitute(term: Term, integers: Mapping[str, Term], tensors: Mapping[str, Lambda] | None = None) -> Term:
    """The term with all the given variables and tensors replaced at once; nothing is captured."""
    if any(replacement.loose for replacement in integers.values()):
        raise Rejected("a substitution would be captured: it has a bound variable of its own")
    return _substitute(term, integers, tensors or {})


def _substitute(term: Term, integers: Mapping[str, Term], tensors: Mapping[str, Lambda]) -> Term:
    if term.head == "variable":
        return integers.get(str(term.value), term)
    args = tuple(_substitute(child, integers, tensors) for child in term.args)
    if term.head == "entry" and term.value in tensors:
        return apply(tensors[str(term.value)], args)
    return with_args(term, args)


@dataclass(frozen=True)
class Lambda:
    """A tensor given by a formula: entry (i, j, ...) is `body`; the indices are variables of the body."""

    indices: tuple[str, ...]
    body: Term


def apply(function: Lambda, arguments: tuple[Term, ...]) -> Term:
    """The entry of `function` at `arguments`, which may stand under binders of their own.

    Raises `Rejected` if the numbers of indices differ.
    """
    if len(function.indices) != len(arguments) or function.body.loose:
        raise Rejected(f"{len(function.indices)} indices are given {len(arguments)} values")
    return _apply(function.body, dict(zip(function.indices, arguments, strict=True)), 0)


def _apply(term: Term, values: Mapping[str, Term], depth: int) -> Term:
    if term.head == "variable" and term.value in values:
        return lift(values[str(term.value)], depth)
    under = BINDERS.get(term.head)
    args = tuple(_apply(child, values, depth + (number == under)) for number, child in enumerate(term.args))
    return with_args(term, args)


def lift(term: Term, by: int, depth: int = 0) -> Term:
    """The term moved under `by` more binders: its loose bound variables still reach their own binders."""
    if by == 0 or term.loose <= depth:
        return term
    if term.head == "bound":
        return Term("bound", value=int(str(term.value)) + by)
    under = BINDERS.get(term.head)
    args = tuple(lift(child, by, depth + (number == under)) for number, child in enumerate(term.args))
    return with_args(term, args)


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything in it, outside first."""
    yield term
    for child in term.args:
        yield from subterms(child)


def free_variables(term: Term) -> frozenset[str]:
    """The names of the integer variables of the term."""
    if "free" not in term.memory:
        own = frozenset([str(term.value)]) if term.head == "variable" else frozenset()
        term.memory["free"] = own.union(*(free_variables(child) for child in term.args))
    return frozenset(term.memory["free"])
