"""Identities tried on random instances, through the generated NumPy functions of both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..errors import NumericMismatch, ShapeError
from ..language.identity import Identity
from ..language.statement import statement_of
from .arrays import Array
from .function import NumpyFunction, lambdify
from .instances import Instance, random_instance

Sizes = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Report:
    """Both sides agreed on all random instances. This is no proof."""

    samples: int
    seed: int
    largest_error: float
    sizes: tuple[Sizes, ...]

    def __str__(self) -> str:
        return (
            f"both sides agree on {self.samples} random instances (seed {self.seed}, largest error"
            f" {self.largest_error:.1e}{self._tried()}); this is no proof"
        )

    def _tried(self) -> str:
        ranges: dict[str, set[int]] = {}
        for name, value in (pair for sizes in self.sizes for pair in sizes):
            ranges.setdefault(name, set()).add(value)
        shown = (f"{name} from {min(values)} to {max(values)}" for name, values in ranges.items())
        return "".join(f", {each}" for each in shown)


def verify_numerically(identity: Identity, samples: int = 20, seed: int = 0, tolerance: float = 1e-9) -> Report:
    """Compare both sides on random sizes and arrays. Errors are relative to the largest entry above 1.

    Raises `NumericMismatch` with the instance where they differ, `Vacuous` if no sizes satisfy the
    hypotheses, and what `lambdify` raises for a statement without meaning.
    """
    claim = statement_of(identity).claim
    sides = lambdify(identity.lhs), lambdify(identity.rhs)
    generator = np.random.default_rng(seed)
    instances = [random_instance(claim, generator) for _ in range(samples)]
    errors = [_compared(sides, instance, identity.lhs.origin, tolerance) for instance in instances]
    sizes = tuple(tuple(instance.sizes.items()) for instance in instances)
    return Report(samples, seed, max(errors, default=0.0), sizes)


def _compared(sides: tuple[NumpyFunction, NumpyFunction], instance: Instance, origin: int, tolerance: float) -> float:
    """The largest error of an instance."""
    left, right = (_evaluated(word, side, instance) for word, side in zip(("left", "right"), sides, strict=True))
    if left.shape != right.shape:
        raise NumericMismatch(
            f"with {_shown(instance.sizes)} the left side has the shape {left.shape}, the right side {right.shape}"
        )
    with np.errstate(invalid="ignore"):  # infinities differ from everything
        errors = np.abs(left - right) / np.max(np.abs([left, right]), initial=1.0)
    wrong = np.argwhere(~(errors <= tolerance))
    if len(wrong):
        raise NumericMismatch(_difference(instance, tuple(map(int, wrong[0])), left, right, origin))
    return float(np.max(errors, initial=0.0))


def _evaluated(word: str, side: NumpyFunction, instance: Instance) -> Array:
    known = {**instance.sizes, **instance.arrays}
    try:
        return side(**{name: known[name] for name in side.accepted})
    except (ShapeError, IndexError, ZeroDivisionError) as error:
        raise NumericMismatch(f"with {_shown(instance.sizes)} the {word} side has no value: {error}") from error


def _difference(instance: Instance, at: tuple[int, ...], left: Array, right: Array, origin: int) -> str:
    place = f" at [{', '.join(str(position + origin) for position in at)}]" if at else ""
    return (
        f"the sides differ with {_shown(instance.sizes)}:{place} the left one is {left[at]}, the right one {right[at]}"
    )


def _shown(sizes: Mapping[str, int]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in sizes.items()) or "no sizes"
