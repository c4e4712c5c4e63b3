"""Activations: functions of one real variable, unknown ones with declared facts and known ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Atom, Expr

from ..errors import LanguageError
from ..kernel import Function
from ..kernel.functions import EXAMPLES, FACTS, KNOWN, facts_of, implied
from .symbols import as_scalar
from .tensors import Operation, Tensor, check_name, index_letters

_DECLARED = tuple(fact for fact in FACTS if fact not in ("increasing", "decreasing", "differentiable_off_zero"))


@dataclass(frozen=True, repr=False)
class Activation:
    """A function from reals to reals, applied to a number or to every entry of a tensor: `sigma(X)`.

    `Activation("sigma", nondecreasing=True)` is any function with the declared facts: nondecreasing, nonincreasing
    (with `strictly=True`: a < b implies strictly), differentiable, odd, even, fixes_zero (f(0) = 0), bounded,
    nonnegative, positive, positively_homogeneous (f(c x) = c f(x) for c >= 0). `relu`, `leaky_relu`, `sigmoid`,
    `tanh`, `exp` and `softplus` are known. Raises `LanguageError` for other facts, for facts that no simple
    function has together, and for the name of a known function.
    """

    name: str
    facts: tuple[str, ...] = ()
    order: int = 0  # how often it is differentiated

    def __init__(self, name: str, facts: tuple[str, ...] = (), order: int = 0, **declared: bool) -> None:
        check_name(name)  # no known function either
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "facts", facts or _facts(name, declared))
        object.__setattr__(self, "order", order)
        if name.endswith("'"):
            raise LanguageError(f"an unknown function cannot be called {name}")
        self.declaration()  # says so if the facts contradict each other

    @property
    def derivative(self) -> Activation:
        """The derivative. That it exists must be declared or known; `prove` refuses the statement otherwise."""
        return _made(self.name, self.facts, self.order + 1)

    @property
    def written(self) -> str:
        """The name with a prime for every derivative."""
        return self.name + "'" * self.order

    def declaration(self) -> Function:
        """What the kernel is told of an unknown function. Raises `LanguageError` where the facts contradict."""
        wanted = implied(self.facts)
        example = next((name for name, facts in EXAMPLES.items() if wanted <= facts), None)
        if example is None:
            raise LanguageError(f"no example of a function is known that is {', '.join(self.facts)}")
        return Function(self.name, self.facts, example)

    def __call__(self, argument: Any) -> Any:
        """The value at a number, or the tensor of the values at all entries."""
        if not isinstance(argument, Tensor):
            return Call(ActivationSymbol(self), as_scalar(argument, f"the argument of {self.written}"))
        symbol = ActivationSymbol(self)
        return Tensor(
            None,
            argument.shape,
            argument.origin,
            lambda *at: Call(symbol, argument[at]),
            index_letters(argument),
            Operation(self.written, (argument,)),
            inline=True,
        )

    def __repr__(self) -> str:
        return self.written


def _made(name: str, facts: tuple[str, ...], order: int) -> Activation:
    made = object.__new__(Activation)
    for key, value in (("name", name), ("facts", facts), ("order", order)):
        object.__setattr__(made, key, value)
    return made


def _facts(name: str, declared: dict[str, bool]) -> tuple[str, ...]:
    strictly = declared.pop("strictly", False)
    unknown = sorted(set(declared) - set(_DECLARED))
    if unknown:
        raise LanguageError(f"{name} is declared {', '.join(unknown)}; there are strictly, {', '.join(_DECLARED)}")
    facts = [fact for fact in _DECLARED if declared.get(fact)]
    if strictly and not {"nondecreasing", "nonincreasing"}.intersection(facts):
        raise LanguageError(f"{name} is declared strictly, but neither nondecreasing nor nonincreasing")
    stronger = {"nondecreasing": "increasing", "nonincreasing": "decreasing"} if strictly else {}
    return tuple(stronger.get(fact, fact) for fact in facts)


def known_activation(name: str) -> Activation:
    """The known function of this name. Raises `LanguageError` if there is none."""
    if name not in KNOWN:
        raise LanguageError(f"{name} is none of the known functions {', '.join(KNOWN)}")
    return _made(name, tuple(sorted(facts_of((), name))), 0)


relu, leaky_relu, sigmoid = map(known_activation, ("relu", "leaky_relu", "sigmoid"))
tanh, exp, softplus = map(known_activation, ("tanh", "exp", "softplus"))


class ActivationSymbol(Atom):
    """What stands for an activation inside a SymPy expression."""

    def __new__(cls, activation: Activation) -> Any:
        made = super().__new__(cls)
        made.activation = activation
        return made

    def _hashable_content(self) -> tuple[Any, ...]:
        return self.activation.name, self.activation.facts, self.activation.order

    def _sympystr(self, printer: Any) -> str:
        return str(self.activation.written)

    _latex = _sympystr


class Call(Expr):
    """The value of an activation at a number."""

    is_commutative = True

    @property
    def activation(self) -> Activation:
        """The function that is called."""
        found: Activation = self.args[0].activation
        return found

    def _sympystr(self, printer: Any) -> str:
        return f"{self.activation.written}({printer._print(self.args[1])})"

    _latex = _sympystr
