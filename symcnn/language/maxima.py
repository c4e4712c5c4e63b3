"""Maxima of expressions over indices."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, Symbol, Tuple
from sympy.logic.boolalg import Boolean

from ..errors import LanguageError
from .symbols import as_condition, as_scalar


class IndexedMax(Expr):
    """max of e over lower <= a <= upper, ...: `IndexedMax(X[a, b], (a, 1, m), (b, 1, n), where=a <= b)`.

    Limits do not depend on other indices; `where` may. A maximum over a set that may be empty is refused when it
    is proved. Raises `LanguageError` for a limit of another form.
    """

    is_commutative = True

    def __new__(cls, expression: Any, *limits: Any, where: Any = None) -> Any:
        if len(limits) == 2 and isinstance(limits[0], Tuple) and all(isinstance(each, Tuple) for each in limits[0]):
            limits, where = tuple(limits[0]), limits[1]  # SymPy builds it again from its arguments
        body = as_scalar(expression, "what a maximum is taken of")
        condition = sympy.true if where is None else as_condition(where, "the condition of a maximum")
        made = [_limit(limit) for limit in limits]
        if not made:
            raise LanguageError("a maximum runs over at least one index: IndexedMax(X[a], (a, 1, n))")
        indices = {limit[0] for limit in made}
        if len(indices) < len(made) or any(indices & part.free_symbols for limit in made for part in limit[1:]):
            raise LanguageError("the limits of a maximum cannot depend on its indices; say it with where=...")
        return super().__new__(cls, body, Tuple(*made), condition)

    @property
    def body(self) -> Expr:
        """What the maximum is taken of."""
        return self.args[0]

    @property
    def limits(self) -> tuple[tuple[Symbol, Expr, Expr], ...]:
        """(index, lower, upper), as they were given."""
        return tuple(tuple(limit) for limit in self.args[1])

    @property
    def where(self) -> Boolean:
        """The condition on the indices."""
        return self.args[2]


def _limit(limit: Any) -> Tuple:
    if not isinstance(limit, (tuple, list, Tuple)) or len(limit) != 3 or not isinstance(limit[0], Symbol):
        raise LanguageError(f"the limit {limit!r} of a maximum is not of the form (index, lower, upper)")
    return Tuple(limit[0], *(as_scalar(bound, "a limit of a maximum") for bound in limit[1:]))
