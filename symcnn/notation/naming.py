"""How the tensors of a statement are called: X, W, or the operator that makes them, in the field's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..kernel import Term, terms
from ..kernel.polynomial import normal
from ..language.statement import Statement, last_index
from ..language.tensors import Operation, Tensor
from ..language.translate import Translation
from .conditions import is_divisibility
from .pieces import BASE, FACTOR, PRODUCT, SUM, Piece
from .printer import Printer
from .styles import Style

#: operator -> how it is written, and what it is called
OPERATORS = {
    "conv2d": ("conv2d", "convolution"),
    "avg_pool2d": ("avgpool", "average pooling"),
    "pad": ("pad", "zero padding"),
    "subsample": ("subsample", "subsampling"),
    "matmul": ("matmul", "the matrix product"),
    "extended": ("extend", "the extension"),
}
_SETTINGS = {"kernel_size": "window"}


@dataclass(frozen=True)
class Naming:
    """Displayed names of tensors: `names` are the kernel's names of those that have no name of their own."""

    style: Style
    names: Mapping[Any, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)

    def of(self, tensor: Tensor, place: int = BASE) -> str:
        """The displayed name of a tensor, in parentheses if its place needs them."""
        piece = self._piece(tensor)
        return piece.text if piece.level >= place else self.style.group(piece.text)

    def _piece(self, tensor: Tensor) -> Piece:
        if tensor.name is None and tensor.operation is not None:
            return self._operation(tensor.operation)
        name = tensor.name or self.names.get(tensor.symbol, "W" if tensor.literal is not None else "Y")
        return Piece(self.style.name(self.letters.get(name, name)), BASE)

    def _operation(self, operation: Operation) -> Piece:
        match operation.name:
            case "extended" if not operation.parameters:
                return self._piece(operation.arguments[0])
            case "transpose":
                return Piece(self.style.transpose(self.of(operation.arguments[0])), BASE)
            case "matmul":
                return Piece(self.style.product([self.of(each, FACTOR) for each in operation.arguments]), PRODUCT)
            case "plus" | "minus":
                return self._sum(operation)
            case "product":
                return self._product(operation)
        arguments = [self.of(argument, SUM) for argument in operation.arguments]
        settings = [(_SETTINGS.get(key, key), self.expression(value)) for key, value in operation.parameters]
        word = OPERATORS.get(operation.name, (operation.name, ""))[0]
        return Piece(self.style.operator(word, arguments, settings), BASE)

    def _sum(self, operation: Operation) -> Piece:
        first, *others = operation.arguments
        sign = "+" if operation.name == "plus" else self.style.minus
        parts = [self.of(other, PRODUCT) for other in others]
        parts += [self.expression(value, PRODUCT) for _, value in operation.parameters]
        return Piece(f" {sign} ".join([self.of(first, SUM), *parts]), SUM)

    def _product(self, operation: Operation) -> Piece:
        tensors = [self.of(each, FACTOR) for each in operation.arguments]
        if len(tensors) > 1:
            return Piece(self.style.entrywise.join(tensors), PRODUCT)
        ((_, value),) = operation.parameters
        if value == -1:
            return Piece(self.style.minus + tensors[0], SUM)
        scalar = self.expression(value, FACTOR)
        return Piece(self.style.product([scalar, *tensors]), PRODUCT)

    def expression(self, value: Any, place: int = SUM) -> str:
        """A parameter: one scalar, or two."""
        if isinstance(value, tuple):
            return self.style.group(", ".join(map(self.expression, value)))
        translation = Translation()
        term = translation.real(value, {})
        shown = {name: self.of(tensor) for name, tensor in translation.tensors.items()}
        return Printer(self.style, shown, decimals=frozenset(translation.decimals), letters=self.letters)(term, place)


def printer_of(
    statement: Statement, style: Style, letters: Mapping[str, str] | None = None, tidy: bool = False
) -> Printer:
    """The printer that knows the tensors of a statement; a tidy one writes equal conditions in one form."""
    claim = statement.claim
    naming = naming_of(statement, style, letters)
    return Printer(
        naming.style,
        {name: naming.of(tensor) for name, tensor in statement.tensors.items()},
        _kernels(statement),
        statement.decimals,
        frozenset([*claim.integers, *(index.name for index in claim.indices)]),
        _zero_outside(statement),
        letters=letters or {},
        tidy=tidy,
        divisible=frozenset(normal(condition) for condition in claim.hypotheses if is_divisibility(condition)),
    )


def naming_of(statement: Statement, style: Style, letters: Mapping[str, str] | None = None) -> Naming:
    """The displayed names of the tensors of a statement."""
    renamed = letters or {}
    names = {tensor.symbol: name for name, tensor in statement.tensors.items()}
    shown = {renamed.get(name, name) for name in names_of(statement)}
    return Naming(distinct(style, shown), names, renamed)


def names_of(statement: Statement) -> frozenset[str]:
    """The names of a statement: its sizes, its indices, its tensors."""
    claim = statement.claim
    own = (name for name, tensor in statement.tensors.items() if tensor.operation is None)
    return frozenset([*claim.integers, *(index.name for index in claim.indices), *own])


def distinct(style: Style, names: Iterable[str]) -> Style:
    """The style that writes these names apart: those that would look alike are written letter by letter."""
    shown = {name: style.name(name) for name in names}
    counted = Counter(shown.values())
    return replace(style, verbatim=frozenset(name for name, text in shown.items() if counted[text] > 1))


def _zero_outside(statement: Statement) -> dict[str, tuple[tuple[Term, Term], ...]]:
    """The tensors that are 0 out of their range, with the limits of their indices."""
    found = {}
    for tensor in extended_tensors(statement):
        limits = []
        for extent in Translation().shape(tensor):
            limits.append((terms.integer(tensor.origin), last_index(tensor.origin, extent)))
        names = (name for name, each in statement.tensors.items() if each.symbol == tensor.symbol)
        found.update(dict.fromkeys(names, tuple(limits)))
    return found


def extended_tensors(statement: Statement) -> list[Tensor]:
    """The tensors that are read out of their range, where they are 0."""
    operations = (tensor.operation for tensor in statement.tensors.values())
    return [each.arguments[0] for each in operations if each and each.name == "extended" and not each.parameters]


def _kernels(statement: Statement) -> frozenset[str]:
    """The tensors that some convolution takes as its kernel: they are written before the image."""
    return frozenset(name for name, tensor in statement.tensors.items() if tensor.symbol in kernel_symbols(statement))


def kernel_symbols(statement: Statement) -> set[Any]:
    """The symbols of the tensors that some convolution takes as its kernel."""
    operations = (tensor.operation for tensor in statement.tensors.values())
    return {each.arguments[1].symbol for each in operations if each is not None and each.name == "conv2d"}


def operator_word(tensor: Tensor) -> str | None:
    """What the operator that made a tensor is called; None for a tensor with a name of its own."""
    if tensor.operation is None or tensor.name is not None:
        return None
    return OPERATORS.get(tensor.operation.name, ("", tensor.operation.name))[1]


def own_definition(tensor: Tensor) -> bool:
    """Whether a reader has to be told the formula of a tensor: it is computed, and by no operator."""
    return tensor.formula is not None and tensor.operation is None
