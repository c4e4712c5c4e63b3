"""What makes a function a theorem, and how the theorems of a module are found."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, overload

from ..decision import Verdict, decide
from ..errors import NotProved, SymcnnError, UnknownName
from ..language.identity import Identity
from ..theorem import Theorem

EXPECTATIONS = ("proved", "refuted", "undecided")


@dataclass(frozen=True)
class Entry:
    """A function that states an identity, its chapter, and the verdict that is expected of it.

    Calling it gives the identity (or the theorem, where the function itself ends in `calc(...).qed()`).
    """

    function: Callable[[], Identity | Theorem]
    chapter: str
    expected: str = "proved"

    @property
    def name(self) -> str:
        """The name of the theorem is the name of its function."""
        return self.function.__name__

    @property
    def summary(self) -> str:
        """The first line of the docstring."""
        return (inspect.getdoc(self.function) or "").split("\n")[0]

    def __call__(self) -> Identity | Theorem:
        return self.function()

    def decide(self) -> Verdict | Theorem:
        """The verdict, or the theorem itself where the function gives one. Raises what `decide` raises."""
        stated = self.function()
        return stated if isinstance(stated, Theorem) else decide(stated, name=self.name)

    def prove(self) -> Theorem:
        """The theorem. Raises `NotProved` if it is none, and what `decide` raises."""
        verdict = self.decide()
        if isinstance(verdict, Theorem):
            return verdict
        theorem = getattr(verdict, "theorem", None)
        if theorem is None:
            raise NotProved(verdict)
        made: Theorem = theorem
        return made


@overload
def theorem(function: Callable[[], Identity | Theorem]) -> Entry: ...
@overload
def theorem(*, expected: str = "proved") -> Callable[[Callable[[], Identity | Theorem]], Entry]: ...
def theorem(function: Any = None, *, expected: str = "proved") -> Any:
    """Mark a function without arguments that states an identity as a theorem: `@theorem`.

    `@theorem(expected="refuted")` says that it is false, as a warning example. Raises `SymcnnError` for any other
    expectation.
    """
    if expected not in EXPECTATIONS:
        raise SymcnnError(f"expected is {expected!r}, not one of {', '.join(EXPECTATIONS)}")
    if function is None:
        return lambda stated: _entry(stated, expected)
    return _entry(function, expected)


def _entry(function: Callable[[], Identity | Theorem], expected: str) -> Entry:
    module = inspect.getmodule(function)
    title = (inspect.getdoc(module) or "").split("\n")[0].rstrip(".") if module else ""
    return Entry(function, title, expected)


def entries_of(module: ModuleType) -> tuple[Entry, ...]:
    """The theorems of a module, in the order in which they stand; identities by a name of their own too."""
    found = []
    for name, value in vars(module).items():
        if isinstance(value, Entry):
            found.append(value)
        elif isinstance(value, (Identity, Theorem)):
            found.append(_named_entry(name, value, module))
    return tuple(found)


def _named_entry(name: str, value: Identity | Theorem, module: ModuleType) -> Entry:
    def stated() -> Identity | Theorem:
        return value

    stated.__name__ = name
    title = (inspect.getdoc(module) or "").split("\n")[0].rstrip(".")
    return Entry(stated, title)


def find(name: str, entries: Iterable[Entry]) -> Entry:
    """The theorem of this name. Raises `UnknownName`, with the nearest name, if there is none."""
    by_name = {entry.name: entry for entry in entries}
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, n=1, cutoff=0.3)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise UnknownName(f"no theorem is called {name}{hint}")
