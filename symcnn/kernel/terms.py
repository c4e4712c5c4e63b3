"""Terms: small immutable values with ordered children; nothing is rearranged except by a rule.

Three sorts: integers, reals and conditions. A bound variable is counted from the inside (`bound` 0 is the
nearest binder), so two sums that differ in the name of their index are equal; the letter is a hint for print.
Every term means something everywhere: a tensor is a total function on integer tuples, a sum over an empty
range is 0, and so is a maximum, `inverse(0)` is 0, a bracket is 0 or 1, a derivative that does not exist is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .rejected import Rejected

INTEGER, REAL, CONDITION = "integer", "real", "condition"
Value = int | Fraction | str | None

#: head -> (sorts of the children, sort of the term)
FIXED: dict[str, tuple[tuple[str, ...], str]] = {
    "integer": ((), INTEGER),
    "variable": ((), INTEGER),
    "bound": ((), INTEGER),
    "size": ((INTEGER,), INTEGER),
    "floor": ((INTEGER, INTEGER), INTEGER),
    "rational": ((), REAL),
    "real": ((INTEGER,), REAL),
    "inverse": ((REAL,), REAL),
    "call": ((REAL,), REAL),
    "bracket": ((CONDITION,), REAL),
    "sum": ((INTEGER, INTEGER, REAL), REAL),
    "less": ((REAL, REAL), CONDITION),
    "nonzero": ((REAL,), CONDITION),
    "not": ((CONDITION,), CONDITION),
}
#: head -> sort of all its children, any number of them, and sort of the term
ANY_NUMBER: dict[str, tuple[str, str]] = {
    "entry": (INTEGER, REAL),
    "bound_entry": (INTEGER, REAL),
    "and": (CONDITION, CONDITION),
    "or": (CONDITION, CONDITION),
}
#: head -> number of children (None: any but 0), all of one sort, integer or real; sort of the term (None: theirs)
EITHER: dict[str, tuple[int | None, str | None]] = {
    "add": (None, None),
    "multiply": (None, None),
    "power": (1, None),
    "larger": (2, None),
    "at_most": (2, CONDITION),
    "equal": (2, CONDITION),
}
#: heads whose binders have r indices: sorts of the children for r, and sort of the term
RANKED: dict[str, tuple[Callable[[int], list[str]], str]] = {
    "maximum": (lambda r: [INTEGER] * (2 * r) + [CONDITION, REAL], REAL),
    "exists": (lambda r: [INTEGER] * (2 * r) + [CONDITION], CONDITION),
    "field": (lambda r: [INTEGER] * (2 * r) + [REAL], REAL),
    "partial": (lambda r: [REAL, REAL] + [INTEGER] * r, REAL),
    "iterate": (lambda r: [INTEGER, INTEGER, REAL, REAL] + [INTEGER] * r, REAL),
}
#: head -> the type that its value must have (all others have none)
VALUES: dict[str, type] = {
    "integer": int,
    "variable": str,
    "bound": int,
    "bound_entry": int,
    "size": str,
    "rational": Fraction,
    "entry": str,
    "call": str,
    "power": int,
    "maximum": int,
    "exists": int,
    "field": str,
    "partial": int,
    "iterate": int,
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Term:
    """One node: head, children, value, and a display hint that takes no part in equality.

    Raises `Rejected` if the sorts of the children, their number or the value do not fit the head.
    """

    head: str
    args: tuple[Term, ...] = ()
    value: Value = None
    hint: str = ""
    sort: str = dataclasses.field(init=False)
    loose: int = dataclasses.field(init=False)  # binders outside this term that its bound variables reach
    hashed: int = dataclasses.field(init=False)
    memory: dict[str, Any] = dataclasses.field(init=False)  # what the kernel has computed of this very value

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
    sorts = tuple([child.sort for child in term.args])
    if term.head in ("bound", "bound_entry", "power") and int(str(term.value)) < 0:
        raise Rejected(f"{term.head} does not take the value {term.value!r}")
    return _sort(term.head, sorts, rank_of(term) if term.head in RANKED else 0)


@lru_cache(maxsize=10_000)
def _sort(head: str, sorts: tuple[str, ...], rank: int) -> str:
    """The sort of a term with children of these sorts. Raises `Rejected` if its head does not take them."""
    if head in FIXED:
        wanted, sort = FIXED[head]
        fits = sorts == wanted
    elif head in ANY_NUMBER:
        child_sort, sort = ANY_NUMBER[head]
        fits = all(child == child_sort for child in sorts)
    elif head in EITHER:
        count, made = EITHER[head]
        fits = len(set(sorts)) == 1 and sorts[0] in (INTEGER, REAL) and len(sorts) == (count or len(sorts))
        sort = made or (sorts[0] if sorts else "")
    elif head in RANKED:
        wanted_for, sort = RANKED[head]
        fits = rank >= 0 and list(sorts) == wanted_for(rank)
    else:
        raise Rejected(f"no term has the head {head!r}")
    if not fits:
        raise Rejected(f"{head} does not take children of the sorts {', '.join(sorts) or 'of none'}")
    return sort


def rank_of(term: Term) -> int:
    """The number of indices of a head in `RANKED`; a field is named, so its children tell."""
    return (len(term.args) - 1) // 2 if term.head == "field" else int(str(term.value))


def binds(term: Term, position: int) -> int:
    """How many binders stand around a child. Where one is for a tensor, it is the outermost: the tensor of
    which a `partial` is the derivative, and what an `iterate` has reached before its step."""
    match term.head:
        case "sum":
            return int(position == 2)
        case "maximum" | "exists" | "field":
            return rank_of(term) if position >= 2 * rank_of(term) else 0
        case "partial":
            return (1, rank_of(term))[position] if position < 2 else 0
        case "iterate":
            return {2: rank_of(term), 3: rank_of(term) + 2}.get(position, 0)
    return 0


def _loose_of(term: Term) -> int:
    loose = 0
    if term.head in ("bound", "bound_entry"):
        loose = int(str(term.value)) + 1
    for number, child in enumerate(term.args):
        if child.loose:
            loose = max(loose, child.loose - binds(term, number))
    return loose


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


def call(function: str, argument: Term) -> Term:
    return Term("call", (argument,), function)


def size(sequence: str, layer: Term) -> Term:
    return Term("size", (layer,), sequence)


def maximum(ranges: tuple[tuple[str, Term, Term], ...], condition: Term, body: Term) -> Term:
    """The maximum of `body` where `condition` holds, over the ranges `(index, lower, upper)`; no range depends
    on another index."""
    return Term("maximum", (*_bounds(ranges), *_under(ranges, condition, body)), len(ranges), _hints(ranges))


def exists(ranges: tuple[tuple[str, Term, Term], ...], condition: Term) -> Term:
    """There are indices in the ranges for which the condition holds."""
    return Term("exists", (*_bounds(ranges), *_under(ranges, condition)), len(ranges), _hints(ranges))


def field(name: str, ranges: tuple[tuple[str, Term, Term], ...], body: Term) -> Term:
    """A function of a whole tensor, at the tensor with the entries `body` over the ranges."""
    return Term("field", (*_bounds(ranges), *_under(ranges, body)), name, _hints(ranges))


def partial(tensor: str, body: Term, point: Lambda, indices: tuple[Term, ...]) -> Term:
    """The derivative of `tensor -> body` at the tensor `point`, in the direction of the entry at `indices`; 0
    where there is none."""
    args = (abstract(body, tensor), abstract(point.body, *point.indices), *indices)
    return Term("partial", args, len(indices), tensor)


def iterate(base: Term, layer: Term, start: Lambda, step: tuple[str, str, Lambda], indices: tuple[Term, ...]) -> Term:
    """The entry at `indices` of u(layer), where u(base) is `start` and u(k) is `step` for k > base, `step` being
    (the name of u(k - 1), the name of k, its formula in them)."""
    before, number, formula = step
    made = abstract(formula.body, before, number, *formula.indices)
    args = (base, layer, abstract(start.body, *start.indices), made, *indices)
    return Term("iterate", args, len(indices), f"{before} {number}")


def _bounds(ranges: tuple[tuple[str, Term, Term], ...]) -> tuple[Term, ...]:
    return tuple(bound for _, lower, upper in ranges for bound in (lower, upper))


def _under(ranges: tuple[tuple[str, Term, Term], ...], *parts: Term) -> tuple[Term, ...]:
    return tuple(abstract(part, *(index for index, _, _ in ranges)) for part in parts)


def _hints(ranges: tuple[tuple[str, Term, Term], ...]) -> str:
    return " ".join(index for index, _, _ in ranges)


def less(left: Term, right: Term) -> Term:
    return Term("less", (left, right))


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
    for new, old in zip(args, term.args, strict=True):
        if new is not old:
            return Term(term.head, args, term.value, term.hint)
    return term


def abstract(term: Term, *names: str) -> Term:
    """The term with these variables and tensors bound by binders put around it, the first name by the outermost."""
    if term.loose:
        raise Rejected(f"{term!r} would be captured: it has a bound variable of its own")
    return _abstract(term, {name: len(names) - 1 - at for at, name in enumerate(names)}, 0)


def _abstract(term: Term, places: Mapping[str, int], depth: int) -> Term:
    if names_in(term).isdisjoint(places):
        return term
    if term.head == "variable":
        return Term("bound", value=places[str(term.value)] + depth)
    args = tuple(_abstract(child, places, depth + binds(term, number)) for number, child in enumerate(term.args))
    if term.head == "entry" and term.value in places:
        return Term("bound_entry", args, places[str(term.value)] + depth)
    return with_args(term, args)


def instantiate(body: Term, *replacements: Term | Lambda) -> Term:
    """What stands under binders, with closed terms and tensors for their variables, the outermost one first.

    Raises `Rejected` if there are too few, or one of the wrong kind."""
    open_ones = [each for each in replacements if (each if isinstance(each, Term) else each.body).loose]
    if open_ones or body.loose > len(replacements):
        raise Rejected(f"{replacements!r} in {body!r}: a bound variable would lose its binder")
    return _instantiate(body, replacements, 0)


def _instantiate(body: Term, replacements: tuple[Term | Lambda, ...], depth: int) -> Term:
    if body.loose <= depth:
        return body
    args = tuple(_instantiate(child, replacements, depth + binds(body, n)) for n, child in enumerate(body.args))
    if body.head in ("bound", "bound_entry") and int(str(body.value)) >= depth:
        replacement = replacements[depth - 1 - int(str(body.value))]
        if isinstance(replacement, Lambda) != (body.head == "bound_entry"):
            raise Rejected("an index stands for a tensor, or a tensor for an index")
        return apply(replacement, args) if isinstance(replacement, Lambda) else replacement
    return with_args(body, args)


def substitute(
    term: Term,
    integers: Mapping[str, Term],
    tensors: Mapping[str, Lambda] | None = None,
    functions: Mapping[str, str] | None = None,
) -> Term:
    """The term with all the given variables and tensors replaced at once, and functions renamed; nothing is
    captured."""
    if any(replacement.loose for replacement in integers.values()):
        raise Rejected("a substitution would be captured: it has a bound variable of its own")
    return _substitute(term, integers, tensors or {}, functions or {})


def _substitute(
    term: Term, integers: Mapping[str, Term], tensors: Mapping[str, Lambda], functions: Mapping[str, str]
) -> Term:
    if term.head == "variable":
        return integers.get(str(term.value), term)
    args = tuple(_substitute(child, integers, tensors, functions) for child in term.args)
    if term.head == "entry" and term.value in tensors:
        return apply(tensors[str(term.value)], args)
    if term.head == "call" and function_of(term) in functions:
        name = str(term.value)
        return call(functions[function_of(term)] + name[len(function_of(term)) :], *args)
    return with_args(term, args)


def function_of(term: Term) -> str:
    """The name of the function that is called; its derivatives are written with primes."""
    return str(term.value).rstrip("'")


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
    if names_in(term).isdisjoint(values):
        return term
    args = tuple(_apply(child, values, depth + binds(term, number)) for number, child in enumerate(term.args))
    return with_args(term, args)


def lift(term: Term, by: int, depth: int = 0) -> Term:
    """The term moved under `by` more binders: its loose bound variables still reach their own binders."""
    if by == 0 or term.loose <= depth:
        return term
    args = tuple(lift(child, by, depth + binds(term, number)) for number, child in enumerate(term.args))
    if term.head in ("bound", "bound_entry") and int(str(term.value)) >= depth:
        return Term(term.head, args, int(str(term.value)) + by)
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
    found: frozenset[str] = term.memory["free"]
    return found


def names_in(term: Term) -> frozenset[str]:
    """The names of its integer variables and of the tensors that it reads."""
    if "names" not in term.memory:
        own = frozenset([str(term.value)]) if term.head in ("variable", "entry") else frozenset()
        term.memory["names"] = own.union(*(names_in(child) for child in term.args))
    found: frozenset[str] = term.memory["names"]
    return found
