"""Braces are not seen: 2{a + b} is printed as 2a + b. What only they hold together is not read."""

from __future__ import annotations

from .syntax import Big, Bracketed, Chain, Derivative, Gradient, Negative, Node, Number, Plus, Scripted, Times

HELD = "braces are not seen on paper, and here they matter: write brackets"
_SUMS = (Plus, Chain)
_ASSOCIATIVE = ("", "cdot", "times")


def matter_in_product(factors: list[Node], signs: list[str]) -> bool:
    """Whether a product would be another one without the braces around a factor: 2{a + b}, a{-b}, a/{bc}."""
    return any(
        isinstance(each, _SUMS)
        or (isinstance(each, Negative) and place > 0 and not signs[place - 1])
        or (isinstance(each, Times) and not _is_associative(each.signs, tuple(signs)))
        for place, each in enumerate(factors)
    )


def matter_behind_operator(term: Node) -> bool:
    r"""Whether a minus sign, a sum or a derivative would be of a part only: -{a + b}, \sum_i {a_i + b_i}."""
    return isinstance(term, _SUMS)


def matter_below_script(base: Node, upper: Node | None) -> bool:
    """Whether an index or a power would be of the last part only: {a + b}^2, {W x}_i, {a^2}^3."""
    is_power_of_power = isinstance(base, Scripted) and base.upper is not None and isinstance(upper, Number)
    return is_power_of_power or isinstance(base, (*_SUMS, Negative, Times))


def reach_over(node: Node) -> bool:
    """Whether what ends this would also be taken of what stands behind it: {c \\max_i a_i} b."""
    match node:
        case Big():
            return not _ends_in_brackets(node)
        case Derivative(of, by):
            return of.span[0] > by.span[0]  # it stands behind the fraction
        case Gradient():
            return True
        case Times(factors):
            return reach_over(factors[-1])
        case Plus(terms):
            return reach_over(terms[-1])
        case Negative(term):
            return reach_over(term)
    return False


def _is_associative(*products: tuple[str, ...]) -> bool:
    return all(sign in _ASSOCIATIVE for signs in products for sign in signs)


def _ends_in_brackets(node: Big) -> bool:
    body = node.body.base if isinstance(node.body, Scripted) else node.body
    return node.kind in ("max", "min") and isinstance(body, Bracketed)
