"""What a generated function asks its caller for, what it asks of the sizes, and the functions that it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from sympy import Dummy, Expr, Symbol

from ..errors import NameClash
from ..language.activations import Activation
from ..language.tensors import Requirement, Tensor
from .names import fresh
from .place import Line


@dataclass(frozen=True)
class Function:
    """A generated function: lines in blocks, each of which ends with a variable, then lines, then the result."""

    name: str
    parameters: tuple[Symbol, ...]
    blocks: tuple[tuple[Line, ...], ...]
    lines: tuple[Line, ...]
    result: Expr


@dataclass
class Parameters:
    """What has been met so far, by keyword: leaves, sizes, activations, fields and sequences of sizes."""

    leaves: dict[str, Tensor] = field(default_factory=dict)
    sizes: dict[str, Symbol] = field(default_factory=dict)
    activations: dict[str, Activation] = field(default_factory=dict)
    fields: dict[str, None] = field(default_factory=dict)
    sequences: dict[str, None] = field(default_factory=dict)
    variables: dict[str, Symbol] = field(default_factory=dict)  # of all of them but the sizes
    kinds: dict[str, str] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    requirements: dict[Requirement, None] = field(default_factory=dict)

    def _variable(self, keyword: str, kind: str) -> Symbol:
        """Raises `NameClash` if the keyword stands for something else."""
        if self.kinds.setdefault(keyword, kind) != kind:
            raise NameClash(f"two different objects are called {keyword}")
        return self.variables.setdefault(keyword, Dummy(keyword))

    def leaf(self, tensor: Tensor) -> Symbol:
        """The variable of a leaf. Raises `NameClash` if something else has its name."""
        name = str(tensor.name)
        if self.leaves.setdefault(name, tensor).symbol != tensor.symbol:
            raise NameClash(f"two different objects are called {name}")
        return self._variable(name, "tensor")

    def size(self, symbol: Symbol) -> Symbol:
        """The size itself. Raises `NameClash` if something else has its name."""
        if self.kinds.setdefault(symbol.name, "integer") != "integer" or (
            self.sizes.setdefault(symbol.name, symbol) != symbol
        ):
            raise NameClash(f"two different objects are called {symbol}")
        return symbol

    def activation(self, activation: Activation) -> Symbol:
        """The variable of an unknown function or of a derivative of one. Raises `NameClash` as the others do."""
        for name, met in self.activations.items():
            if met.name == activation.name and met.facts != activation.facts:
                raise NameClash(f"{name} is declared in two ways")
        name = keyword(activation.name, activation.order)
        self.activations.setdefault(name, activation)
        return self._variable(name, "function")

    def field(self, name: str) -> Symbol:
        """The variable of a scalar field. Raises `NameClash` as the others do."""
        self.fields[name] = None
        return self._variable(name, "field")

    def sequence(self, name: str) -> Symbol:
        """The variable of a sequence of sizes. Raises `NameClash` as the others do."""
        self.sequences[name] = None
        return self._variable(name, "sequence")

    def function_name(self, wanted: str) -> str:
        """A name for one more generated function."""
        return fresh(wanted, {*(each.name for each in self.functions), *self.kinds, "np"})


def keyword(name: str, order: int) -> str:
    """What a derivative is called in a call: sigma_prime for sigma'."""
    return name + "_prime" * order
