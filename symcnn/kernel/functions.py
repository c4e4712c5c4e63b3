"""Functions from the reals to the reals: unknown ones with declared facts, and known ones with facts from books.

The derivative of f is called f', whether it exists or not: where it does not, it is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from . import terms
from .rejected import Rejected
from .terms import Term

#: fact -> what it says of f
FACTS: Mapping[str, str] = {
    "nondecreasing": "a <= b implies f(a) <= f(b)",
    "nonincreasing": "a <= b implies f(b) <= f(a)",
    "increasing": "a < b implies f(a) < f(b)",
    "decreasing": "a < b implies f(b) < f(a)",
    "differentiable": "f has a derivative everywhere",
    "differentiable_off_zero": "f has a derivative everywhere but perhaps at 0",
    "odd": "f(-a) = -f(a)",
    "even": "f(-a) = f(a)",
    "fixes_zero": "f(0) = 0",
    "bounded": "some number is at least every |f(a)|",
    "nonnegative": "f(a) >= 0",
    "positive": "f(a) > 0",
    "positively_homogeneous": "f(c a) = c f(a) for c >= 0",
}
#: fact -> facts that follow from it
_IMPLIED: Mapping[str, tuple[str, ...]] = {
    "increasing": ("nondecreasing",),
    "decreasing": ("nonincreasing",),
    "differentiable": ("differentiable_off_zero",),
    "odd": ("fixes_zero",),
    "positive": ("nonnegative",),
    "positively_homogeneous": ("fixes_zero", "differentiable_off_zero"),
}


@dataclass(frozen=True)
class Function:
    """Any function with these facts. `example` is a function of `EXAMPLES` that has all of them."""

    name: str
    facts: tuple[str, ...]
    example: str


def implied(facts: tuple[str, ...]) -> frozenset[str]:
    """The facts and what follows from them."""
    return frozenset(facts).union(*(_IMPLIED.get(fact, ()) for fact in facts))


@dataclass(frozen=True)
class Known:
    """The facts of a known function, its value as a formula in other functions, and its derivative."""

    facts: frozenset[str]
    formula: Callable[[Term], Term] | None
    slope: Callable[[Term], Term]


def _negative(term: Term) -> Term:
    return terms.multiply(terms.rational(-1), term)


def _exp(term: Term) -> Term:
    return terms.call("exp", term)


def _known(*facts: str, slope: Callable[[Term], Term], formula: Callable[[Term], Term] | None = None) -> Known:
    return Known(implied(facts), formula, slope)


_ONE, _ZERO = terms.rational(1), terms.rational(0)
_LEAK = terms.rational(Fraction(1, 100))

#: The facts are those of every course of analysis (W. Rudin, Principles of Mathematical Analysis, 1976, chapters
#: 5 and 8, for exp); the activations are those of I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, 2016,
#: sections 3.10 and 6.3. The slope of relu and leaky_relu (which multiplies negative numbers by 1/100) is the
#: one beside 0; at 0 they have none.
KNOWN: Mapping[str, Known] = {
    "exp": _known("increasing", "differentiable", "positive", slope=_exp),
    "relu": _known(
        *("nondecreasing", "nonnegative", "positively_homogeneous"),
        formula=lambda x: terms.larger(x, _ZERO),
        slope=lambda x: terms.bracket(terms.less(_ZERO, x)),
    ),
    "leaky_relu": _known(
        *("increasing", "positively_homogeneous"),
        formula=lambda x: terms.larger(x, terms.multiply(_LEAK, x)),
        slope=lambda x: terms.add(
            terms.bracket(terms.less(_ZERO, x)), terms.multiply(_LEAK, terms.bracket(terms.less(x, _ZERO)))
        ),
    ),
    "sigmoid": _known(
        *("increasing", "differentiable", "positive", "bounded"),
        formula=lambda x: terms.inverse(terms.add(_ONE, _exp(_negative(x)))),
        slope=lambda x: terms.multiply(terms.call("sigmoid", x), terms.add(_ONE, _negative(terms.call("sigmoid", x)))),
    ),
    "tanh": _known(
        *("increasing", "differentiable", "odd", "bounded"),
        formula=lambda x: terms.multiply(
            terms.add(_exp(x), _negative(_exp(_negative(x)))),
            terms.inverse(terms.add(_exp(x), _exp(_negative(x)))),
        ),
        slope=lambda x: terms.add(_ONE, _negative(terms.power(terms.call("tanh", x), 2))),
    ),
    "softplus": _known(
        *("increasing", "differentiable", "positive"),
        slope=lambda x: terms.call("sigmoid", x),
    ),
}

#: functions that show that declared facts do not contradict each other
EXAMPLES: Mapping[str, frozenset[str]] = {
    "identity": implied(("increasing", "differentiable", "odd", "positively_homogeneous")),
    "negation": implied(("decreasing", "differentiable", "odd", "positively_homogeneous")),
    "zero": implied(
        (
            *("nondecreasing", "nonincreasing", "differentiable", "odd", "even", "bounded", "nonnegative"),
            "positively_homogeneous",
        )
    ),
    "one": implied(("nondecreasing", "nonincreasing", "differentiable", "even", "bounded", "positive")),
    "square": implied(("differentiable", "even", "fixes_zero", "nonnegative")),
    **{name: known.facts for name, known in KNOWN.items()},
    "reflected exp": implied(("decreasing", "differentiable", "positive")),
    "reflected sigmoid": implied(("decreasing", "differentiable", "positive", "bounded")),
    "reflected tanh": implied(("decreasing", "differentiable", "odd", "bounded")),
    "reflected relu": implied(("nonincreasing", "nonnegative", "positively_homogeneous")),
    "reflected leaky_relu": implied(("decreasing", "positively_homogeneous")),
}


def exact(example: str) -> Callable[[tuple[Fraction]], Fraction]:
    """The example as a function on rationals. Raises `Rejected`, when it is called, if it has no rational values."""
    values: Mapping[str, Callable[[Fraction], Fraction]] = {
        "identity": lambda x: x,
        "negation": lambda x: -x,
        "zero": lambda x: Fraction(0),
        "one": lambda x: Fraction(1),
        "square": lambda x: x * x,
        "relu": lambda x: max(x, Fraction(0)),
        "leaky_relu": lambda x: max(x, x / 100),
        "reflected relu": lambda x: max(-x, Fraction(0)),
        "reflected leaky_relu": lambda x: max(-x, -x / 100),
    }

    def value(arguments: tuple[Fraction]) -> Fraction:
        if example not in values:
            raise Rejected(f"{example} has no rational value")
        return values[example](*arguments)

    return value


def facts_of(functions: tuple[Function, ...], name: str) -> frozenset[str]:
    """What is declared or known of a function, and what follows. Nothing is known of a derivative by itself."""
    if name in KNOWN:
        return KNOWN[name].facts
    return next((implied(each.facts) for each in functions if each.name == name), frozenset())


def known(name: str) -> Known:
    """The known function of this name. Raises `Rejected` if there is none."""
    if name not in KNOWN:
        raise Rejected(f"{name} is not a known function")
    return KNOWN[name]
