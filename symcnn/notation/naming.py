"""How the tensors of a statement are called: X, W, or the operator that makes them, in the field's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Dummy, Expr

from ..kernel import Term, terms
from ..language.statement import Statement
from ..language.tensors import Operation, Tensor
from ..language.translate import Translation
from .printer import Printer, is_divisibility
from .styles import Style

#: operator -> how it is written, and what it is called
OPERATORS = {
    "conv2d": ("conv2d", "convolution"),
    "avg_pool2d": ("avgpool", "average pooling"),
    "pad": ("pad", "zero padding"),
    "subsample": ("subsample", "subsampling"),
    "matmul": ("matmul", "the matrix product"),
    "extended": ("extended", "zero padding"),
}
_SETTINGS = {"kernel_size": "window"}


@dataclass(frozen=True)
class Naming:
    """Displayed names of tensors: `names` are the kernel's names of those that have no name of their own."""

    style: Style
    names: Mapping[Any, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)

    def of(self, tensor: Tensor) -> str:
        """The displayed name of a tensor."""
        if tensor.name is not None:
            return self.style.name(self.letters.get(tensor.name, tensor.name))
        if tensor.operation is None:
            name = self.names.get(tensor.symbol, "W" if tensor.literal is not None else "Y")
            return self.style.name(self.letters.get(name, name))
        return self._operation(tensor.operation)

    def _operation(self, operation: Operation) -> str:
        arguments = [self.of(argument) for argument in operation.arguments]
        match operation.name:
            case "extended" if not operation.parameters:
                return arguments[0]
            case "matmul":
                return self.style.group(self.style.times.join(arguments))
            case "transpose":
                return self.style.transpose(arguments[0])
            case "plus" | "minus" | "product":
                return self._algebra(operation, arguments)
        settings = [(_SETTINGS.get(key, key), self.expression(value)) for key, value in operation.parameters]
        return self.style.operator(OPERATORS.get(operation.name, (operation.name, ""))[0], arguments, settings)

    def _algebra(self, operation: Operation, arguments: list[str]) -> str:
        scalar = [self.expression(value) for _, value in operation.parameters]
        sign = {"plus": " + ", "minus": f" {self.style.minus} ", "product": self.style.times}[operation.name]
        parts = [*scalar, *arguments] if operation.name == "product" else [*arguments, *scalar]
        return self.style.group(sign.join(parts))

    def expression(self, value: Any) -> str:
        """A parameter: one scalar, or two."""
        if isinstance(value, tuple):
            return self.style.group(", ".join(map(self.expression, value)))
        translation = Translation()
        term = translation.real(value, {})
        return Printer(self.style, decimals=frozenset(translation.decimals), letters=self.letters)(term)


def printer_of(statement: Statement, style: Style, letters: Mapping[str, str] | None = None) -> Printer:
    """The printer that knows the tensors of a statement."""
    naming = naming_of(statement, style, letters)
    return Printer(
        style,
        {name: naming.of(tensor) for name, tensor in statement.tensors.items()},
        _kernels(statement),
        statement.decimals,
        letters or {},
        frozenset(condition for condition in statement.claim.hypotheses if is_divisibility(condition)),
    )


def naming_of(statement: Statement, style: Style, letters: Mapping[str, str] | None = None) -> Naming:
    """The displayed names of the tensors of a statement."""
    names = {tensor.symbol: name for name, tensor in statement.tensors.items()}
    return Naming(style, names, letters or {})


def _kernels(statement: Statement) -> frozenset[str]:
    """The tensors that some convolution takes as its kernel: they are written before the image."""
    found = {
        tensor.operation.arguments[1].symbol
        for tensor in statement.tensors.values()
        if tensor.operation is not None and tensor.operation.name == "conv2d"
    }
    return frozenset(name for name, tensor in statement.tensors.items() if tensor.symbol in found)


def operator_word(tensor: Tensor) -> str | None:
    """What the operator that made a tensor is called; None for a tensor with a name of its own."""
    if tensor.operation is None or tensor.name is not None:
        return None
    return OPERATORS.get(tensor.operation.name, ("", tensor.operation.name))[1]


def own_definition(tensor: Tensor) -> bool:
    """Whether a reader has to be told the formula of a tensor: it is computed, and by no operator."""
    return tensor.formula is not None and tensor.operation is None


def formula_term(tensor: Tensor) -> tuple[tuple[str, ...], Term] | None:
    """The letters of the indices of a computed tensor, and its entry; None for a leaf."""
    if tensor.formula is None:
        return None
    letters = tensor.letters or tuple("ijklpqrs"[: tensor.rank])
    symbols: tuple[Expr, ...] = tuple(Dummy(letter, integer=True) for letter in letters)
    bound = {symbol: terms.variable(letter) for symbol, letter in zip(symbols, letters, strict=True)}
    return letters, Translation().real(tensor.formula(*symbols), bound)
