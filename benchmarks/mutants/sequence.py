"""The mutants of a theorem in an order that only its name and a seed decide."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count, zip_longest
from random import Random
from types import ModuleType
from typing import Any

from symcnn import Identity
from symcnn.kernel import Claim
from symcnn.language.statement import Statement, statement_of
from symcnn.theorems import entries, find

from . import places, text
from .formula import formula_slips, makes_sense
from .slips import FORMULA, Slip, apart
from .source import source_slips

ATTEMPTS = 1000  # at two mistakes that give a mutant not seen before
_FIRST = "from __future__ import annotations"
_IMPORTS = (
    "from sympy import Eq, Ne, Sum",
    "from symcnn.language.maxima import IndexedMax",
    "from symcnn.language.symbols import Iverson",
    "from symcnn.layers.pooling import avg_pool2d, max_pool2d",
)


@dataclass(frozen=True)
class Mutant:
    """A theorem with one or more mistakes: `variant` is the Python text of its module, or its claim."""

    theorem: str
    number: int
    slips: tuple[Slip, ...]
    variant: str | Claim

    @property
    def level(self) -> str:
        """Whether the text or the claim is changed."""
        return self.slips[0].level

    @property
    def kind(self) -> str:
        """What was done."""
        return " and ".join(sorted({slip.kind for slip in self.slips}))

    @property
    def change(self) -> str:
        """What was done where."""
        return "; ".join(slip.change for slip in self.slips)


@dataclass(frozen=True)
class Original:
    """A theorem as it stands: its statement, and the text of its module."""

    name: str
    statement: Statement
    module: ModuleType
    tree: ast.Module

    @property
    def file(self) -> str:
        """The name under which its changed text is run."""
        return f"<mutant of {self.name}>"

    def variant(self, slips: tuple[Slip, ...]) -> str | Claim:
        """The text or the claim with these mistakes."""
        if slips[0].level == FORMULA:
            return places.with_slips(self.statement.claim, slips)
        return ast.unparse(text.with_slips(self.tree, slips))

    def identity(self, variant: str) -> Any:
        """What the theorem states if this is the text of its module. Raises whatever the text raises."""
        namespace: dict[str, Any] = {"__name__": self.module.__name__, "__package__": self.module.__package__}
        exec(compile(_with_imports(variant), self.file, "exec"), namespace)
        return namespace[self.name]()


def _with_imports(variant: str) -> str:
    """The text with what mistakes may call and the module does not import, after the line that must be first."""
    return variant.replace(_FIRST, "\n".join((_FIRST, *_IMPORTS)), 1)


@cache
def original(name: str) -> Original:
    """The theorem of this name. Raises `UnknownName` if there is none."""
    entry = find(name, entries())
    module = inspect.getmodule(entry.function)
    identity = entry()
    if module is None or not isinstance(identity, Identity):
        raise TypeError(f"{name} is not a function of a module that states an identity")
    return Original(name, statement_of(identity), module, ast.parse(inspect.getsource(module)))


@dataclass
class Mutants:
    """The mutants of a theorem one after the other, those that were asked for being kept."""

    name: str
    seed: int
    made: list[Mutant] = field(default_factory=list)
    coming: Iterator[Mutant] | None = None

    def numbered(self, number: int) -> Mutant | None:
        """The mutant with this number, from 0 on; None if there are not so many."""
        self.coming = self.coming or mutants(self.name, self.seed)
        while len(self.made) <= number:
            following = next(self.coming, None)
            if following is None:
                return None
            self.made.append(following)
        return self.made[number]


@cache
def mutants_of(name: str, seed: int) -> Mutants:
    """The mutants of a theorem, for this process."""
    return Mutants(name, seed)


def mutants(name: str, seed: int) -> Iterator[Mutant]:
    """The mutants of a theorem, different from it and from one another: first those with one mistake, each kind of
    mistake in turn, and then those with two."""
    found = original(name)
    generator = Random(f"{name} {seed}")
    singles = _in_turn(_all_slips(found), generator)
    seen: set[str | Claim] = {found.statement.claim, ast.unparse(found.tree)}
    numbers = count()
    for single in singles:
        yield from _new(found, (single,), seen, numbers)
    failures = 0
    while failures < ATTEMPTS:
        pair = tuple(generator.choice(singles) for _ in range(2))
        made = list(_new(found, pair, seen, numbers)) if apart(*pair) else []
        failures = 0 if made else failures + 1
        yield from made


def _new(found: Original, slips: tuple[Slip, ...], seen: set[str | Claim], numbers: Iterator[int]) -> Iterator[Mutant]:
    variant = found.variant(slips)
    if variant not in seen and (isinstance(variant, str) or makes_sense(variant)):
        seen.add(variant)
        yield Mutant(found.name, next(numbers), slips, variant)


def _all_slips(found: Original) -> list[Slip]:
    return [*source_slips(found.tree, found.name), *formula_slips(found.statement)]


def _in_turn(slips: list[Slip], generator: Random) -> list[Slip]:
    """One mistake of each kind and level in turn, at random places"""
    kinds: dict[tuple[str, str], list[Slip]] = {}
    for slip in slips:
        kinds.setdefault((slip.level, slip.kind), []).append(slip)
    groups = [kinds[key] for key in sorted(kinds)]
    for group in groups:
        generator.shuffle(group)
    generator.shuffle(groups)
    return [slip for turn in zip_longest(*groups) for slip in turn if slip is not None]
