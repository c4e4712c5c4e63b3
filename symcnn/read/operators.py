"""Fractions, derivatives, and operators with something below and above their sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from . import braces, brackets, grammar
from .cursor import Cursor
from .ranges import ranges
from .syntax import Big, Bracketed, Derivative, Fraction, Gradient, Name, Node, Number, Scripted, Times, Transposed


def fraction(cursor: Cursor) -> Node:
    """A fraction, or a derivative if there are partials above and below."""
    start = cursor.take()
    if cursor.sees("{") and cursor.after.text == r"\partial":
        return _derivative(cursor)
    above = grammar.argument(cursor)
    below = grammar.argument(cursor)
    if _begins_with_d(below) and (above == Name("d") or _begins_with_d(above)):
        cursor.fail(r"d over d x can mean a derivative: write \partial, or cancel d", start)
    return Fraction(above, below, span=cursor.span(start))


def _begins_with_d(node: Node) -> bool:
    return isinstance(node, Times) and node.factors[0] == Name("d") and node.signs[0] == ""


def _derivative(cursor: Cursor) -> Node:
    """What is differentiated stands above, or behind the fraction"""
    start = cursor.expect("{")
    with cursor.inside("}"):
        _partial_sign(cursor)
        of = None if cursor.sees("}") else grammar.in_brackets(_seen(cursor, grammar.term))
    cursor.expect("}", opened=start)
    by = _below_partial(cursor)
    if of is None:
        of = operand(cursor)
    return Derivative(of, by, span=cursor.span(start))


def _below_partial(cursor: Cursor) -> Node:
    opened = cursor.expect("{")
    if not cursor.sees(r"\partial"):
        cursor.fail("below the partial sign another one should stand")
    with cursor.inside("}"):
        _partial_sign(cursor)
        by = grammar.factor(cursor)
    if cursor.sees(r"\partial"):
        cursor.fail("second derivatives are not read")
    cursor.expect("}", opened=opened)
    return by


def _partial_sign(cursor: Cursor) -> None:
    cursor.expect(r"\partial")
    if cursor.sees("^"):
        cursor.fail("second derivatives are not read")


def operand(cursor: Cursor) -> Node:
    """What an operator applies to: what stands in brackets behind it, or the rest of the term."""
    if cursor.sees("("):
        return grammar.in_brackets(grammar.factor(cursor))
    if cursor.sees("["):
        made = grammar.factor(cursor)
        return made.items[0] if isinstance(made, Bracketed) and len(made.items) == 1 else made
    return _seen(cursor, grammar.term)


def _seen(cursor: Cursor, part: Callable[[Cursor], Node]) -> Node:
    """What an operator is taken of, which is no sum in braces"""
    first = cursor.here
    made = part(cursor)
    if braces.matter_behind_operator(made):
        cursor.fail(braces.HELD, first)
    return made


def partial(cursor: Cursor) -> Node:
    """dL/dx with a slash"""
    start = cursor.here
    _partial_sign(cursor)
    of = _called(cursor)
    if not cursor.sees("/") or cursor.after.text != r"\partial":
        cursor.fail("behind a partial sign should stand what is differentiated, a slash, and a second partial sign")
    cursor.take()
    _partial_sign(cursor)
    return Derivative(of, grammar.factor(cursor), span=cursor.span(start))


def nabla(cursor: Cursor) -> Node:
    """nabla_x e, or nabla e"""
    start = cursor.take()
    by = grammar.argument(cursor) if cursor.passes("_") else None
    if cursor.sees("^"):
        cursor.fail("second derivatives are not read")
    made = _called(cursor)
    numbers: list[Node] = []
    while _is_number(made) and grammar.starts_factor(cursor):
        numbers.append(made)
        made = _called(cursor)
    if grammar.starts_factor(cursor) and not is_big(cursor):
        cursor.fail("whether this belongs to what the gradient is taken of is not clear: write brackets")
    made, scripts = _without_scripts(made)
    of = Times((*numbers, made), ("",) * len(numbers)) if numbers else made
    gradient = Gradient(by, of, span=cursor.span(start))
    return replace(scripts, base=Bracketed("(", (gradient,)), span=gradient.span) if scripts is not None else gradient


def _without_scripts(made: Node) -> tuple[Node, Scripted | None]:
    """f(x) and the scripts of f(x)_i^T, L and that of L^T: in nabla f(x)_i^T they are those of the gradient"""
    if isinstance(made, Scripted) and made.upper in (Transposed(), Name("T")):
        rest = replace(made, upper=None) if made.lower or made.primes else made.base
        return rest, Scripted(made.base, upper=made.upper)
    argument = made.factors[1] if isinstance(made, Times) and len(made.factors) == 2 else None
    if not isinstance(made, Times) or not isinstance(argument, Scripted) or not isinstance(argument.base, Bracketed):
        return made, None
    return replace(made, factors=(made.factors[0], argument.base)), argument


def _is_number(node: Node) -> bool:
    parts = (node.above, node.below) if isinstance(node, Fraction) else (node,)
    return all(isinstance(each, Number) for each in parts)


def _called(cursor: Cursor) -> Node:
    """A factor, with its argument if one stands in brackets behind it"""
    start = cursor.here
    made = _seen(cursor, grammar.factor)
    if cursor.sees("(") and not isinstance(made, (Bracketed, Number)):
        return Times((made, grammar.factor(cursor)), ("",), span=cursor.span(start))
    return grammar.in_brackets(made)


def is_big(cursor: Cursor) -> bool:
    """Whether an operator comes next. Without anything below, max is a function of what stands in brackets."""
    if cursor.sees(r"\max", r"\min"):
        return cursor.after.text == "_"
    return cursor.sees(r"\sum", r"\prod")


def big(cursor: Cursor) -> Node:
    """A sum, product, maximum or minimum. Raises `ParseError` if nothing stands below."""
    start = cursor.take()
    kind = start.text[1:]
    below: tuple[Node, ...] = ()
    above: Node | None = None
    while cursor.sees("_", "^"):
        sign = cursor.take()
        if (sign.text == "_" and below) or (sign.text == "^" and above is not None):
            cursor.fail("two things stand in one place", sign)
        if sign.text == "_":
            below = _below(cursor)
        else:
            above = grammar.argument(cursor)
    if not below:
        cursor.fail(f"what {start} runs over should stand below it", start)
    body = _body(cursor, kind)
    return Big(kind, below, above, body, span=cursor.span(start))


def _body(cursor: Cursor, kind: str) -> Node:
    if kind in ("max", "min") and cursor.sees("(", r"\{"):
        return grammar.factor(cursor)
    return _seen(cursor, grammar.term)


def _below(cursor: Cursor) -> tuple[Node, ...]:
    """What stands below: a name, or a list of ranges in braces; the rows of a substack are one list"""
    if not cursor.sees("{"):
        return (grammar.argument(cursor),)
    opened = cursor.take()
    stacked = cursor.passes(r"\substack")
    inner = cursor.expect("{") if stacked else None
    with cursor.inside("}"):
        found = ranges(tuple(brackets.items(cursor)))
        while stacked and cursor.passes(r"\\"):
            found += ranges(tuple(brackets.items(cursor)))
    if inner is not None:
        cursor.expect("}", opened=inner)
    cursor.expect("}", opened=opened)
    return found
