"""Theorems as trees of dataclasses, tuples and terms: what stands where, and how to put something else there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from random import Random
from typing import Any, TypeVar

from symcnn.kernel import Claim, Proof, Term

Path = tuple[str | int, ...]
Place = tuple[Path, Any]
Found = TypeVar("Found")
#: what is for readers only
REMARKS = ("reason", "hint")


class NotApplicable(Exception):
    """There is nothing here that this change could change."""


@dataclass(frozen=True)
class Theorem:
    """A claim, and what is said to be a proof of it."""

    claim: Claim
    proof: Proof


def children(value: Any) -> Iterator[tuple[str | int, Any]]:
    """What a value consists of; a term is a leaf here."""
    if isinstance(value, Term):
        return
    if isinstance(value, tuple):
        yield from enumerate(value)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from ((each.name, getattr(value, each.name)) for each in fields(value) if each.name not in REMARKS)


def places(value: Any, path: Path = ()) -> Iterator[Place]:
    """The value and everything in it, with the way to it."""
    yield path, value
    for key, child in children(value):
        yield from places(child, (*path, key))


def places_of(value: Any, *kinds: type) -> list[Place]:
    """Everything of these types. Raises `NotApplicable` if there is nothing."""
    found = [each for each in places(value) if isinstance(each[1], kinds) and not isinstance(each[1], bool)]
    if not found:
        raise NotApplicable
    return found


def pick(random: Random, items: Any) -> Any:
    """One of the items. Raises `NotApplicable` if there is none."""
    found = list(items)
    if not found:
        raise NotApplicable
    return random.choice(found)


def put(value: Any, path: Path, new: Any) -> Any:
    """The value with something else at the path."""
    if not path:
        return new
    key, rest = path[0], path[1:]
    if isinstance(key, str):
        return replace(value, **{key: put(getattr(value, key), rest, new)})
    return (*value[:key], put(value[key], rest, new), *value[key + 1 :])


def change(value: Found, path: Path, new: Callable[[Any], Any]) -> Found:
    """The value with what stands at the path changed."""
    old: Any = value
    for key in path:
        old = getattr(old, key) if isinstance(key, str) else old[key]
    found: Found = put(value, path, new(old))
    return found


def everywhere(value: Any, changed: Callable[[Term], Term | None], memory: dict[Term, Term] | None = None) -> Any:
    """The value with every term changed for which `changed` gives another; nothing in such a term is looked at."""
    memory = {} if memory is None else memory
    if isinstance(value, Term):
        return _term_everywhere(value, changed, memory)
    if isinstance(value, tuple):
        return tuple(everywhere(each, changed, memory) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{str(key): everywhere(child, changed, memory) for key, child in children(value)})
    return value


def _term_everywhere(term: Term, changed: Callable[[Term], Term | None], memory: dict[Term, Term]) -> Term:
    if term not in memory:
        new = changed(term)
        if new is None:
            args = tuple(_term_everywhere(child, changed, memory) for child in term.args)
            new = term if args == term.args else Term(term.head, args, term.value, term.hint)
        memory[term] = new
    return memory[term]


def texts_everywhere(value: Any, changed: Callable[[str], str]) -> Any:
    """The value with every name changed, in terms and outside; the kinds of things are no names."""
    if isinstance(value, str):
        return changed(value)
    if isinstance(value, tuple):
        return tuple(texts_everywhere(each, changed) for each in value)
    if isinstance(value, Term):
        return everywhere(value, lambda term: _renamed(term, changed))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{str(key): texts_everywhere(child, changed) for key, child in children(value)})
    return value


def _renamed(term: Term, changed: Callable[[str], str]) -> Term | None:
    if not isinstance(term.value, str):
        return None
    name = term.value.rstrip("'")
    args = tuple(everywhere(child, lambda inner: _renamed(inner, changed)) for child in term.args)
    return Term(term.head, args, changed(name) + term.value[len(name) :], term.hint)


def subterm_paths(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Every part of a term, with the positions on the way to it."""
    yield path, term
    for number, child in enumerate(term.args):
        yield from subterm_paths(child, (*path, number))


def with_subterm(term: Term, path: tuple[int, ...], new: Term) -> Term:
    """The term with another part at the path. Raises `Rejected` if it does not fit there."""
    if not path:
        return new
    number, rest = path[0], path[1:]
    args = (*term.args[:number], with_subterm(term.args[number], rest, new), *term.args[number + 1 :])
    return Term(term.head, args, term.value, term.hint)
