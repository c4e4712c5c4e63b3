"""NumPy functions of tensors, called by name with plain arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sympy import Expr

from ..language.identity import as_tensor
from ..language.tensors import Tensor
from .arguments import accepted, bound, required
from .arrays import Array
from .program import Program, compiled


@dataclass(frozen=True, eq=False, repr=False)
class NumpyFunction:
    """f(X=..., W=..., sigma=np.tanh, stride=2): the entries of a tensor as an array, computed by generated code.

    `parameters` are the keywords that it needs: arrays (by layer for a `LayerTensor`: a mapping, a sequence or a
    function), activations (functions of arrays), scalar fields (functions from an array to a number), sizes by
    layer, then those sizes that no array shows. The derivative of `sigma` may be given as `sigma_prime`; without it,
    central differences of `sigma` are taken, as for every other derivative.
    """

    program: Program

    @property
    def name(self) -> str:
        """What the function is called in its source."""
        return self.program.name

    @property
    def source(self) -> str:
        """The generated Python; it runs as it stands."""
        return self.program.source

    @property
    def accepted(self) -> tuple[str, ...]:
        """All keywords, derivatives of functions and sizes that the arrays show included."""
        return accepted(self.program)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The required keywords."""
        return required(self.program)

    @property
    def differs(self) -> bool:
        """Whether it takes central differences, so that its values are not exact to the last digits."""
        return self.program.differs

    def __call__(self, /, *positional: Any, **arguments: Any) -> Array:
        """The array. Raises `TypeError` for missing or unknown keywords, `ShapeError` for arrays that do not
        fit, `IndexError` for a read out of range that no bracket guards, `ZeroDivisionError` for a division
        by 0 that none guards (0/0 of floats is NaN, as everywhere in NumPy).
        """
        if positional:
            keywords = ", ".join(f"{name}=..." for name in self.parameters)
            raise TypeError(f"call {self.name} by name, with {keywords}")
        values = bound(self.program, arguments)
        try:
            with np.errstate(divide="raise"):
                return self.program.run(*values)
        except FloatingPointError as error:
            raise ZeroDivisionError(f"{self} divides by 0") from error

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.parameters)})"

    def __repr__(self) -> str:
        return f"<NumPy function {self}>"


def lambdify(tensor: Tensor | Expr) -> NumpyFunction:
    """A NumPy function that computes the tensor, or the scalar expression, whose array has no axes.

    Raises `LanguageError` or `NameClash` for what has no meaning.
    """
    return NumpyFunction(compiled(as_tensor(tensor)))
