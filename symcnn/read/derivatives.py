"""Derivatives: of numbers and vectors, by entries and by whole tensors, given or computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, Integer

from ..errors import LanguageError, ShapeError
from ..language.fields import Partial, slope_at
from ..language.tensors import Tensor, TensorSymbol, index_letters
from ..layers.calculus import gradient, jacobian
from .functions import gradient_at
from .references import called, reference, split
from .syntax import Bracketed, Node, Scripted, Times
from .values import Row, Scalar, Value, described, integer, transposed
from .world import Field, Key
from .written import latex

if TYPE_CHECKING:
    from .meaning import Meaning

Slope = Callable[[tuple[Expr, ...], tuple[Expr, ...]], Expr]


def derivative(meaning: Meaning, of: Node, by: Node, like_input: bool = False) -> Value:
    """The derivative of `of` by `by`, which is a tensor or an entry.

    A number by a vector: a row, or a column where `like_input`, or the document, says so. A vector by a vector: a row
    for every output. A number by a matrix: a matrix of the same shape. By what is computed: everything that is computed
    from it varies with it. Raises `LanguageError` where `by` is no name.
    """
    key, lower = target(meaning, by)
    if isinstance(meaning.world.particular.get(key) or meaning.world.things.get(key.word), Field):
        return _by_field(of, by)
    inputs = inputs_of(meaning, key, by)
    output = _output(meaning, meaning.value(of), of)
    at = tuple(map(meaning.integer, split(lower, inputs.rank, by))) if lower or not inputs.rank else None
    if at is not None and len(at) != inputs.rank:
        raise LanguageError(f"{latex(by)} is neither a tensor nor one of its entries: the derivative by it is not read")
    _require_dependence(meaning, of, by, key, inputs)
    slope = _slope(meaning, of, key, inputs)
    if at is not None:
        return _by_entry(output, slope, at)
    if isinstance(output, Scalar) and inputs.rank == 1 and meaning.world.is_one(inputs.shape[0]):
        return Scalar.of(slope((), (Integer(inputs.origin),)))
    whole = _whole(meaning, output, inputs, key, slope)
    if isinstance(output, Tensor):
        by_columns = meaning.world.gradients == "columns" and whole.rank == 2
        return transposed(whole) if by_columns else whole
    if inputs.rank != 1 or like_input or meaning.world.gradients in ("columns", "mixed"):
        return whole
    return Row(whole)


def gradient_of(meaning: Meaning, of: Node, by: Node | None) -> Value:
    """The gradient of `of` by `by`, or by the one tensor of which it is a function: of x for f(x), if f was defined of
    one argument. Raises `LanguageError` where that is not said."""
    if by is not None:
        return derivative(meaning, of, by, like_input=True)
    call = of if isinstance(of, Times) and len(of.factors) == 2 else None
    found = reference(call.factors[0] if call is not None else of, meaning.world)
    brackets = called(call.factors[1]) if call is not None else None
    if found is not None and (brackets is None or len(brackets.items) == 1):
        key, lower = meaning.key_of(found)
        thing = meaning.world.particular.get(key) or meaning.world.things.get(found.word)
        definition = meaning.world.definitions.get(key)
        if isinstance(thing, Field):
            return derivative(meaning, of, brackets.items[0] if brackets is not None else thing.of, like_input=True)
        if definition is not None and len(definition.arguments) == 1 and not lower:
            return gradient_at(meaning, definition, brackets.items[0] if brackets is not None else None)
    raise LanguageError(rf"by what the gradient of {latex(of)} is taken is not said: write \nabla_{{x}}")


def _require_dependence(meaning: Meaning, of: Node, by: Node, key: Key, inputs: Tensor) -> None:
    """Raises `LanguageError` where nothing says how the one depends on the other: a derivative of 0 is not meant"""
    varied = Tensor("varied", inputs.shape, inputs.origin)
    value = meaning.varying(key, varied).value(of)
    inner = value.vector if isinstance(value, Row) else value
    if isinstance(inner, Scalar):
        found = any(depends(each, varied) for each in inner.values)
    else:
        found = isinstance(inner, Tensor) and depends_tensor(inner, varied)
    if not found:
        raise LanguageError(f"nothing says how {latex(of)} depends on {latex(by)}: the derivative would be 0")


def depends(expression: Expr, varied: Tensor, known: set[object] | None = None) -> bool:
    """Whether an expression is computed from a tensor."""
    met = known if known is not None else set()
    symbols = [each for each in expression.atoms(TensorSymbol) if each not in met]
    met.update(symbols)
    return any(each == varied.symbol or depends_tensor(each.tensor, varied, met) for each in symbols)


def depends_tensor(tensor: Tensor, varied: Tensor, known: set[object] | None = None) -> bool:
    """Whether a tensor is computed from another one."""
    met = known if known is not None else set()
    if tensor.symbol == varied.symbol:
        return True
    if tensor.recursion is not None:
        return depends_tensor(tensor.recursion.start, varied, met)
    if tensor.formula is None:
        return False
    letters = index_letters(tensor)
    return depends(tensor.formula(*(Dummy(letter, integer=True) for letter in letters)), varied, met)


def _by_field(of: Node, by: Node) -> Value:
    """A function of a tensor varies by itself only"""
    if of != by:
        raise LanguageError(f"{latex(by)} is a function of a tensor: the derivative by it is not read")
    return integer(1)


def target(meaning: Meaning, by: Node) -> tuple[Key, tuple[Node, ...]]:
    """The tensor by which a derivative is taken, and the indices of its entry. Raises `LanguageError` for no name."""
    if isinstance(by, Scripted) and isinstance(by.base, Bracketed) and len(by.base.items) == 1 and by.upper is None:
        key, lower = target(meaning, by.base.items[0])  # (A_L)_{ij}
        if not lower:
            return key, by.lower
    found = reference(by, meaning.world)
    if found is None or found.exponent is not None or found.primes:
        raise LanguageError(f"a derivative is taken by a tensor or one of its entries, not by {latex(by)}")
    return meaning.key_of(found)


def inputs_of(meaning: Meaning, key: Key, by: Node) -> Tensor:
    """A tensor or number by which a derivative is taken, as a tensor with a name. Raises `ShapeError` for a row."""
    found = meaning.tensor(key, by)
    if isinstance(found, Scalar):
        number = meaning.world.array(key)
        if number is not None and not meaning.world.is_defined(key):
            return meaning.leaf(key, number)
        return Tensor.define((), lambda: found.expression, name=key.written, origin=meaning.world.origin)
    if isinstance(found, Row):
        raise ShapeError(f"{latex(by)} is a row: derivatives are taken by columns")
    if not isinstance(found, Tensor):
        raise ShapeError(f"{latex(by)} is {described(found)}: no derivative is taken by it")
    return found


def _output(meaning: Meaning, value: Value, of: Node) -> Scalar | Tensor:
    """What is differentiated; a vector with one entry is a number"""
    if isinstance(value, Tensor) and value.rank == 1 and meaning.world.is_one(value.shape[0]):
        return Scalar.of(value[Integer(value.origin)])
    if isinstance(value, (Scalar, Tensor)):
        return value
    raise LanguageError(f"{latex(of)} is {described(value)}: its derivative is not read")


def _slope(meaning: Meaning, of: Node, key: Key, inputs: Tensor) -> Slope:
    """(indices of the output, indices of the input) to the derivative"""
    if inputs.formula is None or _is_layer(inputs):

        def given(out: tuple[Expr, ...], at: tuple[Expr, ...]) -> Expr:
            return Partial(_entry(_output(meaning, meaning.value(of), of), out), inputs[at])

        return given

    def computed(out: tuple[Expr, ...], at: tuple[Expr, ...]) -> Expr:
        def function(varied: Tensor) -> Expr:
            return _entry(_output(meaning, meaning.varying(key, varied).value(of), of), out)

        return slope_at(function, inputs, at)

    return computed


def _is_layer(tensor: Tensor) -> bool:
    return tensor.operation is not None and tensor.operation.name == "layer"


def _entry(output: Scalar | Tensor, at: tuple[Expr, ...]) -> Expr:
    return output.expression if isinstance(output, Scalar) else output[at]


def _by_entry(output: Scalar | Tensor, slope: Slope, at: tuple[Expr, ...]) -> Value:
    if isinstance(output, Scalar):
        return Scalar.of(slope((), at))
    return _inline(output.shape, lambda *out: slope(out, at), output.origin)


def _whole(meaning: Meaning, output: Scalar | Tensor, inputs: Tensor, key: Key, slope: Slope) -> Tensor:
    if inputs.formula is None or _is_layer(inputs):
        return gradient(output.expression, inputs) if isinstance(output, Scalar) else jacobian(output, inputs)
    if isinstance(output, Scalar):
        return _inline(inputs.shape, lambda *at: slope((), at), inputs.origin)
    rank = output.rank
    return _inline((*output.shape, *inputs.shape), lambda *at: slope(at[:rank], at[rank:]), inputs.origin)


def _inline(shape: tuple[Expr, ...], formula: Callable[..., Expr], origin: int) -> Tensor:
    letters = ("i", "j", "p", "q", "r", "s")[: len(shape)]
    return replace(Tensor.define(shape, formula, letters=letters, origin=origin), inline=True)
