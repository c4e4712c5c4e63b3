"""Binding: names become bound variables and bound variables get values; nothing is captured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .rejected import Rejected
from .structure import Term, binds, function_of, names_in, with_args


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
        return Term("call", args, functions[function_of(term)] + name[len(function_of(term)) :])
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
