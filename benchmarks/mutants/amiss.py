"""Whether a refusal as ill-formed has a reason in numbers: an instance at which a value would come from a convention.

This is asked of the package's own exact evaluation, which raises `Meaningless` there. What it finds is a fact; where it
finds nothing, the refusal may still be right: a function that is not declared differentiable has no derivative
whatever function is taken for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from random import Random
from time import thread_time
from typing import Any

from symcnn.kernel import Assumption, Claim, Definition, Rejected, Term
from symcnn.language.statement import Statement
from symcnn.refute.arithmetic import OutOfTime
from symcnn.refute.candidates import Sizes, candidates, reads
from symcnn.refute.drawing import draw
from symcnn.refute.evaluation import Evaluation
from symcnn.refute.instance import Instance
from symcnn.refute.jets import Meaningless

MOST = 2000  # sizes
SHARE = 0.3  # of the time, for one instance
LAYERS = range(4)  # at which tensors with layers are looked at
_NOT_DRAWN = ("is not drawn", "has no layer")  # the instance ends there, the statement does not
Place = tuple[Term, dict[str, int]]


def amiss(statement: Statement, seconds: float) -> str:
    """What is amiss at an instance that satisfies all that is assumed before it, and the sizes there; nothing if no
    such instance is found in time."""
    generator, deadline = Random(0), thread_time() + seconds
    for sizes in islice(candidates(statement.claim, generator), MOST):
        if thread_time() > deadline:
            break
        found = _at_sizes(statement.claim, sizes) or _at_values(statement, sizes, generator, deadline, seconds)
        if found:
            return f"{found} at {', '.join(f'{name} = {number}' for name, number in sizes.items()) or 'any sizes'}"
    return ""


def _at_sizes(claim: Claim, sizes: Sizes) -> str:
    """What is amiss in a hypothesis about sizes where those before it hold, or with the extents of a tensor"""
    evaluation = Evaluation(Instance(claim, sizes))
    try:
        for each in claim.hypotheses:
            if reads(each) or not evaluation.holds(each, {}):
                return ""
        for tensor in evaluation.instance.tensors_of_claim():
            if not tensor.layers:
                evaluation.extents(tensor)
    except Meaningless as trouble:
        return str(trouble) if _is_of_the_statement(trouble) else ""
    except Rejected:
        return ""
    return ""


def _at_values(statement: Statement, sizes: Sizes, generator: Random, deadline: float, seconds: float) -> str:
    """What is amiss for random values; what is assumed of all tensors is no reason for a value to make sense"""
    try:
        instance = draw(replace(statement.claim, assumptions=()), sizes, generator)
    except Rejected:
        return ""
    if instance is None:
        return ""
    evaluation = Evaluation(instance, min(deadline, thread_time() + SHARE * seconds))
    try:
        return next(_troubles(statement, evaluation), "")
    except OutOfTime:
        return ""


def _troubles(statement: Statement, evaluation: Evaluation) -> Iterator[str]:
    """What is amiss, part by part. Raises `OutOfTime`."""
    for condition in statement.claim.conditions:
        yield from _condition(statement, evaluation, condition)
    equations: tuple[Claim | Assumption, ...] = (*statement.claim.assumptions, statement.claim)
    definitions = (_entries(evaluation, each) for each in statement.claim.definitions)
    for part in (*definitions, *(_sides(evaluation, each) for each in equations)):
        yield from _of_part(evaluation, part)


def _condition(statement: Statement, evaluation: Evaluation, condition: Term) -> Iterator[str]:
    """A condition that is no question of the two shapes is what an operator needs"""
    holds, trouble = _value(evaluation, condition, {})
    if trouble:
        yield trouble
    elif holds is False and condition not in statement.shapes:
        yield statement.reasons.get(condition, "a condition does not hold")


def _of_part(evaluation: Evaluation, part: Iterator[Place]) -> Iterator[str]:
    try:
        for term, names in part:
            _, trouble = _value(evaluation, term, names)
            if trouble:
                yield trouble
    except Meaningless as trouble:  # in a range or a shape
        if _is_of_the_statement(trouble):
            yield str(trouble)
    except OutOfTime:
        raise
    except Rejected:
        return


def _value(evaluation: Evaluation, term: Term, names: dict[str, int]) -> tuple[Any, str]:
    """The value, and what is amiss with it; None where it cannot be computed. Raises `OutOfTime`."""
    try:
        return evaluation.of(term, {**evaluation.instance.sizes, **names}, ()), ""
    except Meaningless as trouble:
        return None, str(trouble) if _is_of_the_statement(trouble) else ""
    except OutOfTime:
        raise
    except Rejected:
        return None, ""


def _is_of_the_statement(trouble: Meaningless) -> bool:
    return not any(phrase in str(trouble) for phrase in _NOT_DRAWN)


def _sides(evaluation: Evaluation, equation: Claim | Assumption) -> Iterator[Place]:
    """Both sides at all indices"""
    sizes = evaluation.instance.sizes
    ends = [(evaluation.of(each.lower, sizes, ()), evaluation.of(each.upper, sizes, ())) for each in equation.indices]
    for at in product(*(range(lower, upper + 1) for lower, upper in ends)):
        names = dict(zip((each.name for each in equation.indices), at, strict=True))
        yield from ((side, names) for side in (equation.left, equation.right))


def _entries(evaluation: Evaluation, definition: Definition) -> Iterator[Place]:
    """The formula of a definition at all places of its shape, of some layers"""
    first = -1 if definition.first is None else int(evaluation.of(definition.first, evaluation.instance.sizes, ()))
    for layers in product(LAYERS, repeat=len(definition.layers)):
        if not layers or layers[0] >= first:
            extents = evaluation.extents(definition, layers)
            for at in product(*(range(definition.origin, definition.origin + extent) for extent in extents)):
                yield definition.body, dict(zip(definition.indices, (*layers, *at), strict=True))
