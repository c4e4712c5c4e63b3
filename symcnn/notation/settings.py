"""What a printer has to know of a statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..kernel import Definition, Term
from .folds import Fold
from .styles import Style


@dataclass(frozen=True)
class Settings:
    """`tensors` gives each tensor its displayed name, `kernels` are written first in a product, `decimals` are the
    numbers to be written as decimals. No binder is given a letter of `reserved`. A tensor in `zero_outside` reads as
    0 where it is read out of its range: a bracket that says so is left out.

    `letters` renames variables and tensors, `raw` are letters that are written already, `divisible` are hypotheses
    `b divides a` in normal form, under which the floor of a/b is written a/b. A tidy printer has one form for equal
    conditions. `layers` is the number of layers of the tensors that have some, `folds` are tensors that an
    expression may be an entry of, `definitions` are written out before that is asked."""

    style: Style
    tensors: Mapping[str, str] = field(default_factory=dict)
    kernels: frozenset[str] = frozenset()
    decimals: frozenset[Fraction] = frozenset()
    reserved: frozenset[str] = frozenset()
    zero_outside: Mapping[str, tuple[tuple[Term, Term], ...]] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    raw: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    divisible: frozenset[Term] = field(default=frozenset(), kw_only=True)
    tidy: bool = field(default=False, kw_only=True)
    layers: Mapping[str, int] = field(default_factory=dict, kw_only=True)
    folds: tuple[Fold, ...] = field(default=(), kw_only=True)
    definitions: tuple[Definition, ...] = field(default=(), kw_only=True)
