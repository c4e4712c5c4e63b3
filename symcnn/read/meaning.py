"""What formulas mean in a world: numbers and tensors of the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import sympy
from sympy import Add, Eq, Expr, Ge, Gt, Integer, KroneckerDelta, Le, Lt, Ne, Symbol
from sympy.logic.boolalg import And, Boolean

from ..errors import LanguageError, ShapeError
from ..language.activations import known_activation
from ..language.depth import LayerSizes, LayerTensor
from ..language.fields import ScalarField
from ..language.symbols import divides
from ..language.tensors import Tensor, is_integer_like
from . import applied, derivatives, forms, recursions
from .arithmetic import Number as Digits
from .references import Reference, indices_of, is_transpose, reference, split, wide_enough
from .runs import End
from .syntax import (
    Big,
    Bracketed,
    Cases,
    Chain,
    Derivative,
    Dots,
    Fraction,
    Gradient,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Times,
    Word,
    walk,
)
from .values import (
    LETTERS,
    ONE,
    Eye,
    Row,
    Scalar,
    Value,
    added,
    described,
    divided,
    negated,
    power,
    total,
    transposed,
    unit,
)
from .world import Array, Definition, Field, Function, Key, Layer, Size, World
from .written import latex

_RELATIONS = {"=": Eq, "!=": Ne, "<": Lt, "<=": Le, ">": Gt, ">=": Ge, "divides": divides}
_PLAIN_NORMS = ((Number("2"),), (Name("F"),))  # of all entries, as the norm and product without an index are


class Unknown(LanguageError):
    """A name of which nothing is said."""


@dataclass(frozen=True)
class Meaning:
    """Reads formulas in a world; `scope` are the indices that are bound, or free in the statement."""

    world: World
    scope: Mapping[str, Expr] = field(default_factory=dict)
    known: dict[Key, Value] = field(default_factory=dict, compare=False, repr=False)

    def within(self, scope: Mapping[str, Expr]) -> Meaning:
        """The same, where more indices are bound."""
        return Meaning(self.world, {**self.scope, **scope}, self.known)

    def varying(self, key: Key, tensor: Tensor) -> Meaning:
        """The same, where something computed varies by itself."""
        return Meaning(self.world.with_free(key, tensor), self.scope)

    # Numbers

    def number(self, node: Node) -> Expr:
        """A scalar expression. Raises `ShapeError` for a tensor."""
        value = self.value(node)
        if not isinstance(value, Scalar):
            raise ShapeError(f"{latex(node)} is {described(value)}, and should be a number")
        return value.expression

    def integer(self, node: Node) -> Expr:
        """An integer expression. Raises `LanguageError` for any other."""
        found = self._count(node)
        for term in Add.make_args(found):
            above, below = sympy.fraction(term)
            if not term.is_integer and below != 1:
                words = f"{latex(node)} is an integer only if one divides the other"
                raise LanguageError(f"{words}: declare given: {sympy.sstr(below)} divides {sympy.sstr(above)}")
        return found

    def first(self, end: End) -> Expr:
        """Where an index begins: a bound that is a quotient is rounded up. Raises `LanguageError` as `integer` does."""
        if end.is_value:
            return self.integer(end.at)
        bound = self._count(end.at)
        return sympy.floor(bound) + 1 if end.is_strict else -sympy.floor(-bound)

    def last(self, end: End) -> Expr:
        """Where an index ends: a bound that is a quotient is rounded down. Raises `LanguageError` as `integer` does."""
        bound = self._count(end.at)
        return -sympy.floor(-bound) - 1 if end.is_strict else sympy.floor(bound)

    def _count(self, node: Node) -> Expr:
        """An expression of integers, in which what is given to divide is divided"""
        found = self.number(node)
        if not is_integer_like(found):
            raise LanguageError(f"{latex(node)} is no integer expression")
        if found.is_integer:
            return found
        return Add(*map(self._divided, Add.make_args(sympy.expand(found))))

    def _divided(self, term: Expr) -> Expr:
        above, below = sympy.fraction(term)
        return sympy.floor(term) if not term.is_integer and divides(below, above) in self.world.given else term

    def condition(self, node: Node) -> Boolean:
        """A condition on indices and sizes, or a comparison of reals. Raises `LanguageError` for anything else."""
        if isinstance(node, Bracketed):
            return And(*map(self.condition, node.items))
        if not isinstance(node, Chain):
            raise LanguageError(f"{latex(node)} is no condition")
        parts = []
        for left, relation, right in zip(node.items, node.relations, node.items[1:], strict=False):
            if relation not in _RELATIONS or left is None or right is None:
                raise LanguageError(f"{latex(node)} is no condition on indices or sizes")
            parts.append(_RELATIONS[relation](self.number(left), self.number(right)))
        return And(*parts)

    # Anything

    def value(self, node: Node) -> Value:
        """What a part of a formula is.

        Raises `Unknown`, `ShapeError` or `LanguageError`, with the part written out, where it is nothing.
        """
        match node:
            case Number(digits):
                return Scalar(Digits(digits))
            case Name() | Word():
                return self._named(node)
            case Scripted():
                return self._named(node) if reference(node, self.world) is not None else self._scripted(node)
            case Plus(terms):
                return self._sum(terms)
            case Negative(term):
                return negated(self.value(term))
            case Times():
                return applied.product(self, node)
            case Fraction(above, below):
                return divided(self.value(above), self.value(below))
            case Derivative(of, by):
                return derivatives.derivative(self, of, by)
            case Gradient(by, of):
                return derivatives.gradient_of(self, of, by)
            case Big():
                return forms.big(self, node)
            case Bracketed():
                return forms.bracketed(self, node)
            case Matrix():
                return forms.matrix(self, node)
            case Cases():
                return forms.cases(self, node)
            case Dots():
                raise LanguageError("what stands for the dots is not said")
        raise LanguageError(f"{latex(node)} has no value")

    def _sum(self, terms: tuple[Node, ...]) -> Value:
        made = self.value(terms[0])
        for term in terms[1:]:
            subtract = isinstance(term, Negative)
            made = added(made, self.value(term.term if isinstance(term, Negative) else term), subtract)
        return made

    # Names

    def _named(self, node: Node) -> Value:
        found = reference(node, self.world)
        if found is None:
            raise LanguageError(f"{latex(node)} has no value")
        if found.word == "e" and found.exponent is not None and not found.lower and not self.world.is_known("e"):
            power_ = self.value(found.exponent)
            if not isinstance(power_, Scalar):
                raise LanguageError(f"{latex(node)} of {described(power_)} is not read: write \\exp(...)")
            return Scalar.of(known_activation("exp")(power_.expression))
        made = self._unprimed(found) if not found.primes else self._primed(found)
        return made if self._is_transposed(found) else self.raised(made, found.exponent, node)

    def _is_transposed(self, found: Reference) -> bool:
        """Whether what stands above is a transpose, which comes before the indices: A^T_{ij} is an entry of A^T"""
        return found.exponent is not None and self.is_transpose(found.exponent)

    def is_transpose(self, upper: Node) -> bool:
        """Whether what stands above says transpose: a letter T that is nothing else does."""
        taken = isinstance(upper, Name) and (upper.word in self.scope or upper.word in self.world.things)
        return is_transpose(upper) and not taken

    def _primed(self, found: Reference) -> Value:
        raise LanguageError(
            f"{latex(found.node)} is a derivative of a function: its argument should follow in brackets"
        )

    def _unprimed(self, found: Reference) -> Value:
        word, world = found.word, self.world
        if word in self.scope and not found.lower and found.layer is None:
            return Scalar.of(self.scope[word])
        if Key(word) in world.free and not found.lower and found.layer is None:
            return self._free(found, Key(word))
        thing = world.things.get(word)
        if isinstance(thing, Size) and found.lower:
            return Scalar.of(self._size_of_layer(found))
        if isinstance(thing, (Size, Layer)):
            return Scalar.of(Symbol(word, integer=True))
        function = world.function_of_number(word)
        is_function = function is not None and not world.is_known(function.arguments[0])
        if isinstance(thing, Function) or is_function:
            raise LanguageError(f"{latex(found.node)} is a function: its argument should follow in brackets")
        if thing is None and not world.is_known(word):
            return self._undeclared(found)
        key, indices = self.key_of(found)
        made = self.tensor(key, found.node)
        if self._is_transposed(found):
            made = transposed(made)
        if isinstance(made, Tensor) and len(indices) < made.rank:
            indices = wide_enough(indices, made.rank)
        return self.entry(made, indices, found.node, key) if indices else made

    def _free(self, found: Reference, key: Key) -> Value:
        """What varies by itself, such as the argument of a function, whatever its name means outside"""
        made = self.tensor(key, found.node)
        return transposed(made) if self._is_transposed(found) else made

    def _undeclared(self, found: Reference) -> Value:
        if found.word in self.world.failed:
            line = self.world.failed[found.word]
            raise Unknown(f"{latex(found.node)} depends on line {line}, which could not be read or used")
        if found.word == "I" and len(found.lower) <= 1 and found.layer is None:
            return unit(self.integer(found.lower[0]), self.world.origin) if found.lower else Eye(ONE)
        lower = indices_of(found, self.world)[1]
        if found.word == "delta" and len(lower) == 2 and found.layer is None:
            return Scalar.of(KroneckerDelta(*map(self.integer, lower)))
        raise Unknown(f"{latex(found.node)} is not declared, and no equation before says what it is")

    def _size_of_layer(self, found: Reference) -> Expr:
        if len(found.lower) != 1:
            raise ShapeError(f"{latex(found.node)} is the size of a layer, which has one index")
        return LayerSizes(found.word)[self.integer(found.lower[0])]

    def key_of(self, found: Reference) -> tuple[Key, tuple[Node, ...]]:
        """The tensor that a name with indices stands for, and the indices. Raises `ShapeError` for too many."""
        layer, indices = indices_of(found, self.world)
        return Key(found.word, None if layer is None else self.integer(layer)), indices

    def tensor(self, key: Key, node: Node) -> Value:
        """What a name is: what varies, what its definition says, or a tensor of which nothing is known."""
        if key in self.world.free:
            return _as_value(self.world.free[key])
        if key not in self.known:
            self.known[key] = self._tensor(key, node)
        return self.known[key]

    def _tensor(self, key: Key, node: Node) -> Value:
        definition = self.world.definitions.get(key)
        if definition is not None:
            return self._defined(key, definition, {})
        if key.word in self.world.recursions and key.layer is not None:
            return recursions.layer_of(self.outside, key)
        higher = self._of_lower_layer(key)
        if higher is not None:
            letter, general = higher
            return self._defined(key, general, {letter: key.layer or Integer(0)})
        if key.word in self.world.failed:
            line = self.world.failed[key.word]
            raise Unknown(f"{latex(node)} depends on line {line}, which could not be read or used")
        thing = self.world.particular.get(key) or self.world.things.get(key.word)
        if isinstance(thing, Field):
            of = self.outside.value(thing.of)
            if not isinstance(of, Tensor):
                raise ShapeError(f"{latex(node)} is a function of {latex(thing.of)}, which is {described(of)}")
            return Scalar.of(ScalarField(key.written)(of))
        if isinstance(thing, Array):
            return _as_value(self.leaf(key, thing))
        raise Unknown(f"{latex(node)} is not declared, and no equation before says what it is")

    def _of_lower_layer(self, key: Key) -> tuple[str, Definition] | None:
        """z_{l+1} or z_L, where z_l is defined: the definition for all layers. Below l, and below L, what computes a
        layer is not said"""
        for other, definition in self.world.definitions.items():
            if other.word == key.word and isinstance(other.layer, Symbol) and key.layer is not None:
                further = [key.layer - other.layer]
                if other.layer.name == "l":
                    further.append(key.layer - Symbol("L", integer=True))
                if key in self.world.general or any(each.is_Integer and each >= 0 for each in further):
                    self._require_no_circle(key, other, definition)
                    return other.layer.name, definition
        return None

    def is_written_out(self, key: Key) -> bool:
        """Whether the definition for all layers is what this layer is."""
        return self._of_lower_layer(key) is not None

    def _require_no_circle(self, key: Key, other: Key, definition: Definition) -> None:
        """Raises `LanguageError` where a layer is defined by later layers of the same name"""
        for node in walk(definition.formula):
            found = reference(node, self.world)
            if found is not None and found.word == key.word and key != other:
                raise LanguageError(
                    f"{key.word} is defined by other layers of itself: say in words which layer comes first"
                )

    def leaf(self, key: Key, array: Array) -> Tensor:
        """A tensor of which only the shape is known."""
        origin, letter = self.world.origin, array.letter
        if letter is None or key.layer is None:
            return Tensor(key.written, tuple(map(self.outside.integer, array.shape)), origin)

        def shape(layer: Expr) -> tuple[Expr, ...]:
            inside = self.outside.within({letter: layer})
            return tuple(map(inside.integer, array.shape))

        return LayerTensor(key.word, shape)[key.layer]

    def with_before(self, key: Key, tensor: Tensor, scope: Mapping[str, Expr]) -> Meaning:
        """The same, where the layer before is a tensor that is given."""
        return Meaning(self.world.with_free(key, tensor), scope)

    @property
    def outside(self) -> Meaning:
        """The same outside of every sum"""
        return Meaning(self.world, {}, self.known)

    def _defined(self, key: Key, definition: Definition, layer: Mapping[str, Expr]) -> Value:
        from .definitions import defined

        return defined(Meaning(self.world, dict(layer), self.known), key, definition)

    # Indices and what stands above

    def entry(self, value: Value, indices: tuple[Node, ...], node: Node, key: Key | None = None) -> Value:
        """An entry of a tensor, or a row of a matrix. Raises `ShapeError` for too many indices."""
        made = value.vector if isinstance(value, Row) else value
        if not isinstance(made, Tensor):
            raise ShapeError(f"{latex(node)} has an index, and is an entry of {described(value)}")
        if len(indices) > made.rank:
            raise ShapeError(f"{latex(node)} has {len(indices)} indices, and is an entry of {described(value)}")
        at = tuple(map(self.integer, indices))
        array = self.world.array(key) if key is not None else None
        read = made.extended() if array is not None and array.zero_outside else made
        if len(at) == made.rank:
            return Scalar.of(read[at])
        rest = made.shape[len(at) :]
        part = Tensor.define(rest, lambda *more: read[(*at, *more)], origin=made.origin, letters=LETTERS[len(rest)])
        part = replace(part, inline=True)
        return Row(part) if made.rank == 2 else part

    def _scripted(self, node: Scripted) -> Value:
        """(A x)_i, and brackets with an exponent or a transpose"""
        base = node.base
        if (
            isinstance(base, Bracketed)
            and base.kind in ("||", "angle")
            and node.lower in _PLAIN_NORMS
            and not node.primes
        ):
            return self._plain_norm(base, node)
        if isinstance(base, Bracketed) and base.kind == "||" and not node.lower and not node.primes:
            return self._norm(base, node.upper)
        if base == Number("1") and len(node.lower) == 1 and isinstance(node.lower[0], Chain):
            return forms.iverson(self, Bracketed("[", node.lower), node.lower[0])
        made = self.value(base)
        return self.scripted(made, node)

    def scripted(self, made: Value, node: Scripted) -> Value:
        """A value with the indices, and the transpose or exponent, of a bracket around it."""
        if node.primes:
            raise LanguageError(f"{latex(node)}: only a function has a derivative")
        turned = node.upper is not None and self.is_transpose(node.upper)
        made = transposed(made) if turned else made
        if node.lower:
            rank = made.rank if isinstance(made, Tensor) else 1
            made = self.entry(made, wide_enough(split(node.lower, rank, node), rank), node)
        return made if turned else self.raised(made, node.upper, node)

    def _plain_norm(self, base: Bracketed, node: Scripted) -> Value:
        """The norm with the index 2 or F, and the inner product with the index F"""
        of_matrix = base.kind == "||" and getattr(self.value(base.items[0]), "rank", 1) > 1
        if of_matrix and node.lower == (Number("2"),):
            raise LanguageError(
                f"{latex(node)} of a matrix is its largest singular value, which is not in the language"
            )
        return self._norm(base, node.upper) if base.kind == "||" else self.raised(self.value(base), node.upper, node)

    def _norm(self, base: Bracketed, upper: Node | None) -> Value:
        if upper != Number("2") or len(base.items) != 1:
            raise LanguageError(f"{latex(base)} is read with an exponent 2 only: there are no roots in the language")
        made = self.value(base.items[0])
        made = made.vector if isinstance(made, Row) else made
        if isinstance(made, Scalar):
            return power(made, 2)
        if not isinstance(made, Tensor):
            raise ShapeError(f"{latex(base)} is the norm of {described(made)}")
        return Scalar.of(total(made * made))

    def raised(self, value: Value, upper: Node | None, node: Node) -> Value:
        """A value with what stands above it: a transpose, or a literal integer exponent."""
        if upper is None:
            return value
        if self.is_transpose(upper):
            return transposed(value)
        literal = upper.term if isinstance(upper, Negative) else upper
        if not isinstance(literal, Number) or "." in literal.digits:
            raise LanguageError(f"the exponent of {latex(node)} is no literal integer")
        return power(value, -int(literal.digits) if isinstance(upper, Negative) else int(literal.digits))


def _as_value(tensor: Tensor) -> Value:
    """A tensor without indices is a number; where it is only a formula, that one"""
    if tensor.rank:
        return tensor
    return Scalar.of(tensor.formula() if tensor.inline and tensor.formula is not None else tensor[()])
