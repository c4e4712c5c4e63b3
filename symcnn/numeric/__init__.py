"""Numbers: NumPy functions generated from index formulas, and identities tried on random instances.

Agreement on random numbers is evidence that a statement says what was meant; it is never called a proof.
"""

from .function import NumpyFunction, lambdify
from .verify import Report, verify_numerically

__all__ = ["NumpyFunction", "Report", "lambdify", "verify_numerically"]
