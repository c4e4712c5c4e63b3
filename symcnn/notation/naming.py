"""How the tensors of a statement are called: X, W, or the operator that makes them, in the field's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Dummy

from ..kernel import Claim, Definition, Leaf, Term, terms
from ..kernel.polynomial import normal
from ..language.activations import Call
from ..language.fields import FieldValue
from ..language.statement import Statement, last_index
from ..language.tensors import Operation, Tensor, index_letters
from ..language.translate import Translation
from .conditions import is_divisibility
from .pieces import BASE, FACTOR, PRODUCT, SUM, Piece
from .printer import Printer
from .recognised import folds_of, named_besides
from .styles import Style

#: operator -> how it is written, and what it is called
OPERATORS = {
    "conv2d": ("conv2d", "convolution"),
    "avg_pool2d": ("avgpool", "average pooling"),
    "pad": ("pad", "zero padding"),
    "subsample": ("subsample", "subsampling"),
    "matmul": ("matmul", "the matrix product"),
    "extended": ("extend", "the extension"),
    "max_pool2d": ("maxpool", "max pooling"),
    "diag": ("diag", "the diagonal matrix"),
    "identity_matrix": ("I", "the unit matrix"),
    "outer": ("outer", "the outer product"),
    "gradient": ("gradient", "the gradient"),
    "jacobian": ("jacobian", "the Jacobian"),
    "transpose": ("transpose", "the transpose"),
    "row": ("row", "a row"),
    "plus": ("plus", "the sum"),
    "minus": ("minus", "the difference"),
    "product": ("product", "the product"),
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
            return self._function(tensor) or self._operation(tensor.operation)
        name = tensor.name or self.names.get(tensor.symbol, "W" if tensor.literal is not None else "Y")
        return Piece(self.style.name(self.letters.get(name, name)), BASE)

    def _operation(self, operation: Operation) -> Piece:
        match operation.name:
            case "extended" if not operation.parameters:
                return self._piece(operation.arguments[0])
            case "transpose":
                return Piece(self.style.transpose(self.of(operation.arguments[0])), BASE)
            case "matmul":
                places = (PRODUCT if _is(each, "outer") else FACTOR for each in operation.arguments)
                parts = [self.of(each, place) for each, place in zip(operation.arguments, places, strict=True)]
                return Piece(self.style.product(parts), PRODUCT)
            case "plus" | "minus":
                return self._sum(operation)
            case "product":
                return self._product(operation)
            case "layer":
                ((_, layer),) = operation.parameters
                return Piece(self.style.layer(self.of(operation.arguments[0]), [self.expression(layer)]), BASE)
            case "identity_matrix":
                return Piece("I", BASE)
            case "outer":
                column, row = operation.arguments
                parts = [self.of(column, FACTOR), self.style.transpose(self.of(row))]
                return Piece(self.style.product(parts), PRODUCT)
            case "jacobian" | "gradient":
                return self._derivative(operation)
        arguments = [self.of(argument, SUM) for argument in operation.arguments]
        settings = [(_SETTINGS.get(key, key), self.expression(value)) for key, value in operation.parameters]
        word = OPERATORS.get(operation.name, (operation.name, ""))[0]
        return Piece(self.style.operator(word, arguments, settings), BASE)

    def _function(self, tensor: Tensor) -> Piece | None:
        """A function of all entries of a tensor"""
        name = applied_function(tensor)
        if name is None or tensor.operation is None:
            return None
        bare = name.rstrip("'")
        function = self.style.function(self.letters.get(bare, bare) + name[len(bare) :])
        return Piece(self.style.call(function, self.of(tensor.operation.arguments[0], SUM)), BASE)

    def _derivative(self, operation: Operation) -> Piece:
        """A Jacobian, whose rows are outputs; a gradient by a vector is a column"""
        settings = dict(operation.parameters)
        if "of" in settings:
            return self._field_gradient(str(settings["of"]), operation.arguments[0])
        outputs, inputs = operation.arguments
        above = self.of(outputs, PRODUCT) if outputs.rank or outputs.name else self._scalar(outputs)
        made = self.style.derivative(above, self.of(inputs))
        return self._column(made) if operation.name == "gradient" and inputs.rank == 1 else Piece(made, FACTOR)

    def _scalar(self, tensor: Tensor) -> str:
        """A number that has no name: L of a tensor, or any expression"""
        value = tensor.formula() if tensor.formula is not None else None
        if isinstance(value, FieldValue):
            point, function = value.tensor, self.function_name(str(value.args[0].field.name))
            return self.style.call(function, self.of(point, SUM))
        return self.expression(value, PRODUCT)

    def function_name(self, name: str) -> str:
        """The letter of a function of tensors."""
        return self.style.name(self.letters.get(name, name))

    def _field_gradient(self, name: str, point: Tensor) -> Piece:
        function = self.function_name(name)
        if point.name is None and not _is(point, "layer"):
            return Piece(self.style.gradient(function, self.of(point, SUM)), BASE)
        made = self.style.derivative(function, self.of(point))
        return self._column(made) if point.rank == 1 else Piece(made, FACTOR)

    def _column(self, derivative: str) -> Piece:
        return Piece(self.style.transpose(self.style.group(derivative)), BASE)

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
        if isinstance(value, str):
            return self.style.name(value)
        if isinstance(value, tuple):
            return self.style.group(", ".join(map(self.expression, value)))
        translation = Translation()
        term = translation.real(value, {})
        shown = {name: self.of(tensor) for name, tensor in translation.tensors.items()}
        layers = {leaf.name: len(leaf.layers) for leaf in translation.leaves.values() if leaf.layers}
        printer = Printer(
            self.style, shown, decimals=frozenset(translation.decimals), letters=self.letters, layers=layers
        )
        return printer(term, place)


def printer_of(
    statement: Statement, style: Style, letters: Mapping[str, str] | None = None, tidy: bool = False
) -> Printer:
    """The printer that knows the tensors of a statement; a tidy one writes equal conditions in one form."""
    claim = statement.claim
    every: tuple[Leaf | Definition, ...] = (*claim.leaves, *claim.definitions, *statement.helpers)
    naming = naming_of(statement, style, letters)
    return Printer(
        naming.style,
        {name: naming.of(tensor) for name, tensor in {**named_besides(statement), **statement.tensors}.items()},
        _kernels(statement),
        statement.decimals,
        frozenset([*claim.integers, *(index.name for index in claim.indices), *others_named(claim)]),
        _zero_outside(statement),
        letters=letters or {},
        tidy=tidy,
        divisible=frozenset(normal(condition) for condition in claim.hypotheses if is_divisibility(condition)),
        layers={
            **{name: 1 for name, tensor in named_besides(statement).items() if tensor.recursion is not None},
            **{each.name: len(each.layers) for each in every if each.layers and each.shape is not None},
        },
        folds=folds_of(statement, naming),
        definitions=(*claim.definitions, *statement.helpers),
    )


def others_named(claim: Claim) -> tuple[str, ...]:
    """The names of sequences of sizes, of functions and of fields."""
    return (*claim.sequences, *(each.name for each in claim.functions), *(each.name for each in claim.fields))


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
    return frozenset([*claim.integers, *(index.name for index in claim.indices), *others_named(claim), *own])


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


def applied_function(tensor: Tensor) -> str | None:
    """The function whose values are the entries of a tensor, if that is how it was made."""
    operation = tensor.operation
    if operation is None or tensor.formula is None or len(operation.arguments) != 1 or operation.parameters:
        return None
    entry = tensor.formula(*(Dummy(letter, integer=True) for letter in index_letters(tensor)))
    return operation.name if isinstance(entry, Call) and entry.activation.written == operation.name else None


def _is(tensor: Tensor, operator: str) -> bool:
    return tensor.name is None and tensor.operation is not None and tensor.operation.name == operator


def own_definition(tensor: Tensor) -> bool:
    """Whether a reader has to be told the formula of a tensor: it is computed, and by no operator."""
    return tensor.formula is not None and tensor.operation is None
