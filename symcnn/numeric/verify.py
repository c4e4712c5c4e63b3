"""Identities tried on random instances, through the generated NumPy functions of both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..errors import NumericMismatch, ShapeError
from ..kernel.claim import expand
from ..language.identity import Identity
from ..language.statement import statement_of
from ..language.symbols import ForAll, Iverson
from .arrays import Array
from .function import NumpyFunction, lambdify
from .instances import Instance, computable, random_instance, satisfies
from .quantified import TRIES, Assumption, satisfying

Sizes = tuple[tuple[str, int], ...]
EXACT, SOLVED, DIFFERENCES = 1e-9, 1e-6, 1e-5  # tolerances
MISSES = 10  # so many instances are given up before the first is found


@dataclass(frozen=True)
class Report:
    """Both sides agreed on `samples` random instances. This is no proof. For `missed` more, no tensors were found that
    satisfy the quantified hypotheses; the two sides were not compared there."""

    samples: int
    seed: int
    largest_error: float
    sizes: tuple[Sizes, ...]
    quantified: bool = False
    missed: int = 0

    def __str__(self) -> str:
        if not self.samples:
            return "nothing was compared: no tensors were found that satisfy the quantified hypotheses"
        return (
            f"both sides agree on {self.samples} random instances (seed {self.seed}, largest error"
            f" {self.largest_error:.1e}{self._tried()}){self._restricted()}; this is no proof"
        )

    def _restricted(self) -> str:
        if not self.quantified:
            return ""
        missed = f", which were not found for {self.missed} more" if self.missed else ""
        return f" whose quantified hypotheses hold on {TRIES} random tensors each{missed}"

    def _tried(self) -> str:
        ranges: dict[str, set[int]] = {}
        for name, value in (pair for sizes in self.sizes for pair in sizes):
            ranges.setdefault(name, set()).add(value)
        shown = (f"{name} from {min(values)} to {max(values)}" for name, values in ranges.items())
        return "".join(f", {each}" for each in shown)


def verify_numerically(identity: Identity, samples: int = 20, seed: int = 0, tolerance: float | None = None) -> Report:
    """Compare both sides on random sizes, arrays and functions. Errors are relative to the largest entry above 1.

    Derivatives are central differences, for which the tolerance is 1e-5, and 1e-9 without any. Raises
    `NumericMismatch` with the instance where they differ, `Vacuous` if nothing is found that satisfies the hypotheses
    (the quantified ones excepted, for which the report says so), and what `lambdify` raises for a statement without
    meaning.
    """
    sides = lambdify(identity.lhs), lambdify(identity.rhs)
    assumptions = tuple(Assumption.of(each) for each in identity.given if isinstance(each, ForAll))
    if tolerance is None:
        tolerance = DIFFERENCES if any(side.differs for side in sides) else SOLVED if assumptions else EXACT
    found, missed = _instances(identity, assumptions, samples, np.random.default_rng(seed))
    try:
        errors = [_compared(sides, instance, identity.lhs.origin, tolerance) for instance in found]
    except NumericMismatch as mismatch:
        if not assumptions:
            raise
        raise NumericMismatch(f"{mismatch}; the quantified hypotheses hold there on {TRIES} random tensors") from None
    sizes = tuple(tuple(instance.sizes.items()) for instance in found)
    return Report(len(found), seed, max(errors, default=0.0), sizes, bool(assumptions), missed)


def _instances(
    identity: Identity, assumptions: tuple[Assumption, ...], samples: int, generator: np.random.Generator
) -> tuple[list[Instance], int]:
    """Instances that satisfy all hypotheses, and for how many no tensors were found"""
    claim, also = statement_of(identity).claim, _beyond_the_kernel(identity)
    found: list[Instance] = []
    missed = 0
    for _ in range(samples):
        if not found and missed == MISSES:
            break
        drawn = random_instance(claim, generator, also)
        kept = satisfying(assumptions, drawn, generator) if assumptions else drawn
        if kept is None or (assumptions and not (satisfies(kept, claim) and also(kept))):
            missed += 1
        else:
            found.append(kept)
    return found, missed


def _beyond_the_kernel(identity: Identity) -> Callable[[Instance], bool]:
    """Whether hypotheses with derivatives or scalar fields hold, as the brackets of all hypotheses say"""
    claim = statement_of(identity).claim
    if all(computable(expand(each, claim.definitions)) for each in claim.hypotheses):
        return lambda instance: True
    brackets = [lambdify(Iverson(each)) for each in identity.given if not isinstance(each, ForAll)]
    return lambda instance: all(
        bracket(**{name: instance.keyword(name) for name in bracket.accepted}) == 1 for bracket in brackets
    )


def _compared(sides: tuple[NumpyFunction, NumpyFunction], instance: Instance, origin: int, tolerance: float) -> float:
    """The largest error of an instance."""
    left, right = (_evaluated(word, side, instance) for word, side in zip(("left", "right"), sides, strict=True))
    if left.shape != right.shape:
        raise NumericMismatch(f"with {instance} the left side has the shape {left.shape}, the right side {right.shape}")
    with np.errstate(invalid="ignore"):  # infinities differ from everything
        errors = np.abs(left - right) / np.max(np.abs([left, right]), initial=1.0)
    wrong = np.argwhere(~(errors <= tolerance))
    if len(wrong):
        raise NumericMismatch(_difference(instance, tuple(map(int, wrong[0])), left, right, origin))
    return float(np.max(errors, initial=0.0))


def _evaluated(word: str, side: NumpyFunction, instance: Instance) -> Array:
    try:
        return side(**{name: instance.keyword(name) for name in side.accepted})
    except (ShapeError, IndexError, ZeroDivisionError) as error:
        raise NumericMismatch(f"with {instance} the {word} side has no value: {error}") from error


def _difference(instance: Instance, at: tuple[int, ...], left: Array, right: Array, origin: int) -> str:
    place = f" at [{', '.join(str(position + origin) for position in at)}]" if at else ""
    return f"the sides differ with {instance}:{place} the left one is {left[at]}, the right one {right[at]}"
