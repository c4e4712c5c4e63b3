"""What is shown of a derivation besides its lines: the cases, the ranges, the right side of a derivative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..kernel import Index, Term, terms
from ..kernel.polynomial import ONE, polynomial
from ..notation import is_derivative
from .parts import Part
from .statement import Writer

if TYPE_CHECKING:
    from .derivation import Derivation


def closed_form(derivation: Derivation) -> Term | None:
    """The right side of an equation for a derivative without the matrices that it is an entry of, from the chain
    that proves it; None for any other equation, and where the chain has no such line."""
    claim, about = derivation.theorem.claim, derivation.theorem.translated
    if not is_derivative(about) or any(part.conditions for part in derivation.parts):
        return None
    own = terms.names_in(claim.left)
    operators = {name for name, tensor in about.tensors.items() if tensor.name is None and tensor.operation is not None}
    last = [line.expression for line in derivation.parts[-1].lines]
    found = [each for each in last if terms.names_in(each).isdisjoint(operators - own) and not _has_derivative(each)]
    shown = min(found, key=lambda each: len(repr(each)), default=None)
    return shown if claim.right.head == "entry" and claim.right.value in operators else None


def _has_derivative(term: Term) -> bool:
    """Whether a derivative is left that is more than a slope of a field"""
    found = (part for part in terms.subterms(term) if part.head == "partial")
    return any(part.args[0].head != "field" for part in found)


# Cases


def cases(part: Part, writer: Writer) -> list[str]:
    """The conditions of a part; those that leave an index only one number as `i = 2`."""
    limits: dict[str, tuple[int, int]] = {}
    for index in writer.statement.claim.indices:
        numbers = [int(str(end.value)) for end in (index.lower, index.upper) if end.head == "integer"]
        if len(numbers) == 2:
            limits[index.name] = numbers[0], numbers[1]
    others: list[Term] = []
    told: dict[str, None] = {}
    for condition in part.conditions:
        name = _narrow(condition, limits)
        if name is None:
            others.append(condition)
        else:
            told[name] = None
    return [
        *(_range(name, limits[name], writer) for name in told),
        *(writer.entry(each, part.indices) for each in others),
    ]


def _narrow(condition: Term, limits: dict[str, tuple[int, int]]) -> str | None:
    """The index with literal limits that a condition narrows; the limits are changed"""
    if condition.head != "at_most" or condition.args[0].sort != terms.INTEGER:
        return None
    left, right = map(polynomial, condition.args)
    names = [name for name in limits if terms.free_variables(condition) == {name}]
    if not names:
        return None
    variable = frozenset([(terms.variable(names[0]), 1)])
    slope = right.get(variable, 0) - left.get(variable, 0)
    constant = right.get(ONE, 0) - left.get(ONE, 0)
    low, high = limits[names[0]]
    if slope not in (1, -1) or set(left) | set(right) > {variable, ONE}:
        return None
    limits[names[0]] = (max(low, int(-constant)), high) if slope == 1 else (low, min(high, int(constant)))
    return names[0]


def _range(name: str, limits: tuple[int, int], writer: Writer) -> str:
    low, high = (terms.integer(each) for each in limits)
    return writer.range(name, low, high)


# Ranges


def ranges_of(names: Iterable[str], hypotheses: Iterable[Term], writer: Writer) -> tuple[str, ...]:
    """The ranges of indices, from conditions lower <= i and i <= upper; what is no range follows as it is."""
    wanted, rest = list(names), list(hypotheses)
    shown = [text for name in wanted for text in _one_range(name, rest, writer)]
    return (*shown, *(writer.entry(each, tuple(wanted)) for each in rest))


def _one_range(name: str, rest: list[Term], writer: Writer) -> Iterator[str]:
    variable = terms.variable(name)
    lower = next((each for each in rest if each.head == "at_most" and each.args[1] == variable), None)
    upper = next((each for each in rest if each.head == "at_most" and each.args[0] == variable), None)
    if lower is not None and upper is not None:
        rest.remove(lower)
        rest.remove(upper)
        index = Index(name, lower.args[0], upper.args[1])
        yield writer.range(index.name, index.lower, index.upper)
