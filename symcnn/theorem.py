"""A theorem as a user holds it: a kernel theorem and, behind its methods, derivations and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .kernel import Claim, KernelTheorem, Proof, encode, replay
from .language.identity import Identity
from .language.statement import Statement

if TYPE_CHECKING:
    from .export.derivation import Derivation
    from .numeric import NumpyFunction, Report


@dataclass(frozen=True, repr=False)
class Theorem:
    """An identity with a proof that the kernel has accepted. `prove` makes it."""

    translated: Statement
    accepted: KernelTheorem
    name: str = ""

    @property
    def statement(self) -> Identity:
        """The identity that is proved."""
        return self.translated.identity

    @property
    def claim(self) -> Claim:
        """The statement as the kernel has it: every hypothesis, every definition."""
        return self.accepted.claim

    @property
    def proof(self) -> Proof:
        """The proof tree."""
        return self.accepted.proof

    def replay(self) -> KernelTheorem:
        """Check the proof again. Raises `Rejected` if it is none."""
        return replay(self.claim, self.proof)

    def to_json(self) -> str:
        """The statement and its proof, as `symcnn verify` and `python -m symcnn.kernel` read them."""
        return encode(self.claim, self.proof)

    def derivation(self) -> Derivation:
        """The proof as a chain of equations for a reader."""
        from .export.derivation import derivation_of

        return derivation_of(self)

    def numpy_functions(self) -> tuple[NumpyFunction, NumpyFunction]:
        """Both sides as NumPy functions, generated from the same formulas."""
        from .numeric import lambdify

        return lambdify(self.statement.lhs), lambdify(self.statement.rhs)

    def verify_numerically(self, samples: int = 20, seed: int = 0, **options: Any) -> Report:
        """Compare both sides on random sizes and tensors. Raises `NumericMismatch` where they differ.

        Agreement proves nothing; it guards against a statement that does not say what it should.
        """
        from .numeric import verify_numerically

        return verify_numerically(self.statement, samples=samples, seed=seed, **options)

    def __repr__(self) -> str:
        return f"<Theorem {self.name + ': ' if self.name else ''}{self.statement}>"

    def _repr_latex_(self) -> str:
        return self.statement._repr_latex_()
