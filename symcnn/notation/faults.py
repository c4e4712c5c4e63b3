"""What is wrong with a statement that is not well-formed, in words, and which hypothesis would help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from ..kernel import Claim, Definition, Facts, Leaf, Obligation, Term, terms
from ..kernel.polynomial import normal
from ..language.statement import Statement, fresh_names
from .naming import printer_of
from .printer import Printer
from .styles import PLAIN

_FEW = 30
Shows = Callable[[Facts, Term], bool]


def explain(statement: Statement, obligation: Obligation, shows: Shows) -> str:
    """One sentence: what may go wrong where; and one with a hypothesis under which it cannot, if one is found.

    `shows` says whether a goal follows from facts.
    """
    show = printer_of(statement, PLAIN)
    renaming = _letters(obligation, statement.claim)
    subject, goal = (show(terms.substitute(each, renaming)) for each in (obligation.subject, obligation.goal))
    fault = _fault(statement, obligation, subject, show)
    if obligation.goal == terms.FALSE:  # nothing could show it
        return f"{fault}: {_why_not(obligation.subject)} ({obligation.part})"
    text = f"{fault}: nothing shows that {goal} ({obligation.part})"
    advice = _advice(statement, obligation, shows, show)
    return f"{text}; {advice}" if advice else text


def _letters(obligation: Obligation, claim: Claim) -> dict[str, Term]:
    taken = {*claim.integers, *obligation.context.scope.integers, *obligation.context.scope.ranks}
    names = fresh_names((letter for _, letter in obligation.letters), taken)
    return {old: terms.variable(new) for (old, _), new in zip(obligation.letters, names, strict=True)}


def _fault(statement: Statement, obligation: Obligation, subject: str, show: Printer) -> str:
    if obligation.goal.head == "at_most" and obligation.goal.args == (terms.integer(0), obligation.subject):
        return f"the extent {subject} may be negative"
    match obligation.subject.head:
        case "entry":
            return f"{subject} may be read out of range{_range(statement, obligation.subject, show)}"
        case "sum":
            return f"{subject} may run backwards (its upper bound must be at least its lower bound - 1)"
        case "floor":
            return f"{subject} may divide by a number below 1"
        case "inverse":
            return f"{subject} may divide by 0"
        case "maximum":
            return f"{subject} may be over an empty set"
        case "partial" if obligation.goal.head == "at_most" and obligation.goal.args[0].sort == terms.INTEGER:
            return f"{subject} may be by an entry that does not exist"
        case "partial" | "call":
            return f"the derivative {subject} may not exist"
        case "iterate":
            return f"{subject} may be asked for before its first layer"
        case _:
            return f"the extent {subject} may be negative"


def _why_not(subject: Term) -> str:
    if subject.head == "call":
        return f"{terms.function_of(subject)} is not declared differentiable"
    return "the form of what is differentiated does not say that it is differentiable"


def _range(statement: Statement, entry: Term, show: Printer) -> str:
    """, which is X[1..m, 1..n]; nothing for the layer before, of which only the step of a recursion speaks"""
    every: tuple[Leaf | Definition, ...] = (*statement.claim.leaves, *statement.claim.definitions)
    found = next((each for each in every if each.name == entry.value), None)
    if found is None:
        return ""
    uppers = (terms.add(extent, terms.integer(found.origin - 1)) for extent in found.shape or ())
    return f", which is {show.tensors[found.name]}[{', '.join(f'{found.origin}..{show(upper)}' for upper in uppers)}]"


def _advice(statement: Statement, obligation: Obligation, shows: Shows, show: Printer) -> str:
    hypothesis = suggestion(statement, obligation.context.facts, obligation.goal, shows)
    if hypothesis is not None:
        return f"add given=[{hypothesis}]"
    if obligation.subject.head == "entry" and obligation.subject.value in show.tensors:
        return f"write {show.tensors[str(obligation.subject.value)]}.at(..., outside=0) for zero padding"
    return ""


def suggestion(statement: Statement, facts: Facts, goal: Term, shows: Shows) -> str | None:
    """A simple hypothesis about sizes, as a user would write it, from which the goal follows; None if none does."""
    most = _FEW if goal.head == "exists" else None  # each of these takes long
    for text, condition in islice(_candidates(statement, goal) if _is_about_sizes(goal) else (), most):
        extended = facts.assume(condition)
        if shows(extended, goal) and not shows(extended, terms.FALSE):
            return text
    return None


def _is_about_sizes(goal: Term) -> bool:
    """Whether a relation between sizes could help"""
    return not any(part.head in ("entry", "call", "field", "partial") for part in terms.subterms(goal))


def _candidates(statement: Statement, goal: Term) -> Iterator[tuple[str, Term]]:
    names = statement.claim.integers
    for name in names:
        yield from ((f"{name} >= {n}", terms.at_most(terms.integer(n), terms.variable(name))) for n in (1, 2, 3))
    for large in names:
        for small in names:
            if large != small:
                yield f"{large} >= {small}", terms.at_most(terms.variable(small), terms.variable(large))
    for divisor in names:
        for number in names:
            if divisor != number:
                yield f"divides({divisor}, {number})", _divides(terms.variable(divisor), terms.variable(number))
    if terms.free_variables(goal) <= set(names) and goal.head == "at_most":
        yield printer_of(statement, PLAIN)(normal(goal)), goal


def _divides(divisor: Term, number: Term) -> Term:
    return terms.equal(terms.multiply(divisor, terms.floor(number, divisor)), number)
