"""The parts of a generated expression that SymPy has no words for; `printer` says how each is written."""

from __future__ import annotations

from sympy import Expr
from sympy.printing.precedence import PRECEDENCE


class Node(Expr):
    """A part of a generated expression; SymPy knows nothing about it, so it simplifies nothing in it."""

    is_commutative = True
    is_number = False


class Wrapped(Node):
    """Entries(name, array, origin): an argument, or a literal array"""


class Literal(Node):
    """np.array of nested tuples"""


class Filled(Node):
    """Entries.over(name, shape, lambda: value, origin): a computed tensor"""


class Plain(Node):
    """tensor.array: what is returned"""


class Read(Node):
    """tensor[indices], or tensor.where(mask)[indices]; the arguments are tensor, mask, indices"""

    @property
    def mask(self) -> Expr:
        """Where the tensor is read."""
        return self.args[1]


class Indices(Node):
    """np.arange(lower, upper + 1), moved to the axis that is counted from the last: lower, upper, axis"""


class Hull(Node):
    """span(lower, upper), moved to the axis that is counted from the last: lower, upper, axis"""


class Total(Node):
    """np.sum(value, axis): value, axes counted from the last"""

    @classmethod
    def over(cls, value: Expr, axis: Expr) -> Total:
        """The sum over one more axis."""
        if isinstance(value, Total):
            return cls(value.args[0], *sorted((axis, *value.args[1:])))
        return cls(value, axis)


class Where(Node):
    """np.where(mask, value, otherwise)"""


class Extreme(Node):
    """The largest (or smallest) of several integers: name of the function, arguments"""


class Quotient(Node):
    """number // divisor, which is floor(number/divisor)"""

    precedence = PRECEDENCE["Mul"]


class Remainder(Node):
    """number % divisor"""

    precedence = PRECEDENCE["Mul"]


class Compare(Node):
    """left sign right: sign, left, right"""


class AllOf(Node):
    """mask & mask & ..."""


class AnyOf(Node):
    """mask | mask | ..."""


class Opposite(Node):
    """np.logical_not(mask)"""


class Largest(Node):
    """np.max(value, axis), -inf of nothing: value, axes counted from the last"""


class SizeAt(Node):
    """n[layer]: sequence, layer"""


class Applied(Node):
    """function(argument), entry by entry: a parameter or the name of a known function, argument"""


class FieldAt(Node):
    """L(tensor.array): field, tensor"""


class Difference(Node):
    """central_difference(lambda X: function(X, ...), tensor, indices): the derivative of what another generated
    function computes of a tensor; the arguments are function, name of X, other arguments, tensor, mask, indices"""


class FieldDifference(Node):
    """central_difference(lambda Y: L(Y.array), tensor, indices): field, name of Y, tensor, mask, indices"""


class GivenLayers(Node):
    """LayerArrays(name, array, lambda layer: shape, origin): name, array, layer, shape, origin"""


class ComputedLayers(Node):
    """LayerSteps(name, first, start, lambda layer, before: function(layer, before, ...)); the arguments are name,
    first, start, function, other arguments"""
