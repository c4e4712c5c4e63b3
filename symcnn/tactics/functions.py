"""What is declared or known of functions, used to bring their values into one form."""

from __future__ import annotations

from collections.abc import Callable
from math import gcd, lcm

from ..kernel import Chain, Context, Term, terms
from ..kernel.functions import facts_of
from ..kernel.polynomial import ONE, Polynomial, build, normal, order, polynomial
from .rewriter import Rewriter, attempt, find_paths

_MOST_PARTS = 12
_PIECEWISE = ("relu", "leaky_relu")  # their formula is a larger one of two numbers


def tidy_functions(rewriter: Rewriter) -> bool:
    """f(0) = 0, f(-a) = -f(a) or f(a), f(c a) = c f(a) for a number c, and slopes of known functions, where they hold.

    Returns whether anything was changed."""
    changed = False
    for path in list(find_paths(rewriter.term, lambda part: part.head == "call")):
        while any(attempt(rewriter, lambda trial, at=path, way=way: way(trial, at)) for way in _WAYS):  # type: ignore[misc]
            changed = True
            if rewriter.at(path)[1].head != "call":
                break
    return changed


def _at_zero(rewriter: Rewriter, path: tuple[int, ...]) -> bool:
    with rewriter.because("function"):
        rewriter.apply("value_at_zero", path)
    return True


def _slope(rewriter: Rewriter, path: tuple[int, ...]) -> bool:
    _, call = rewriter.at(path)
    with rewriter.because(f"known function:{terms.function_of(call)}"):
        rewriter.apply("slope_of", path)
    return True


def _reflected(rewriter: Rewriter, path: tuple[int, ...]) -> bool:
    _, call = rewriter.at(path)
    poly = polynomial(call.args[0])
    if not poly or not _is_negative(poly):
        return False
    with rewriter.because("function"):
        rewriter.apply("reflect", path)
    return True


def _is_negative(poly: Polynomial) -> bool:
    """Whether the coefficient of the monomial that is written last is negative"""
    leading = max(poly, key=lambda monomial: [order(build({monomial: 1}, terms.REAL))])
    return poly[leading] < 0


def _scaled(rewriter: Rewriter, path: tuple[int, ...]) -> bool:
    context, call = rewriter.at(path)
    poly = polynomial(call.args[0])
    if not poly or "positively_homogeneous" not in facts_of(context.facts.functions, str(call.value)):
        return False
    content = terms.rational(1) if set(poly) == {ONE} else _content(poly)
    shown = rewriter.shown(context, terms.at_most(terms.rational(0), content))
    if content == terms.rational(1) or shown is None:
        return False
    inside = normal(terms.multiply(terms.inverse(content), call.args[0]))
    with rewriter.because("function"):
        result = terms.multiply(content, terms.call(str(call.value), inside))
        rewriter.apply("scale_argument", path, result, factor=content, shown=shown)
    return True


def _content(poly: Polynomial) -> Term:
    """The largest number that divides all coefficients"""
    numerators = gcd(*(coefficient.numerator for coefficient in poly.values()))
    denominators = lcm(*(coefficient.denominator for coefficient in poly.values()))
    return (
        terms.multiply(terms.rational(numerators), terms.inverse(terms.rational(denominators)))
        if (denominators != 1)
        else terms.rational(numerators)
    )


_WAYS: tuple[Callable[[Rewriter, tuple[int, ...]], bool], ...] = (_at_zero, _slope, _reflected, _scaled)


def write_pieces(rewriter: Rewriter) -> bool:
    """relu(a) becomes the larger one of a and 0; returns whether there was any."""
    paths = list(find_paths(rewriter.term, lambda part: part.head == "call" and part.value in _PIECEWISE))
    for path in paths:
        _, call = rewriter.at(path)
        with rewriter.because(f"known function:{call.value}"):
            rewriter.apply("value_of", path)
    return bool(paths)


def by_integers(context: Context, sides: tuple[Rewriter, Rewriter]) -> Chain | None:
    """A proof that both sides are equal integers; None if they are none, or that is not found."""
    left, right = sides
    polys = polynomial(left.term), polynomial(right.term)
    atoms = (atom for poly in polys for monomial in poly for atom, _ in monomial)
    whole = all(int(number) == number for poly in polys for number in poly.values())
    if not whole or any(atom.sort != terms.INTEGER for atom in atoms):
        return None
    one, other = (build(poly, terms.INTEGER) for poly in polys)
    shown = left.search.find(context.facts, terms.equal(one, other))
    if shown is None:
        return None
    with left.because("equal indices"):
        left.ring((), terms.real(one))
        left.apply("integer", (0,), other, shown=shown)
        left.ring((), right.term)
    return Chain((*left.steps, *right.backward()))


def by_order(context: Context, sides: tuple[Rewriter, Rewriter]) -> Chain | None:
    """A proof by what the facts and laws say of the order of both sides, where they are short; None if they do not."""
    left, right = sides
    parts = [part for side in sides for part in terms.subterms(side.term)]
    if any(part.head == "sum" for part in parts) and not any(part.head == "larger" for part in parts):
        return None  # only the sign of a sum is known, which decides what is the larger
    if sum(part.head in ("larger", "call", "maximum", "entry", "bracket") for part in parts) > _MOST_PARTS:
        return None
    shown = left.search.find(context.facts, terms.equal(left.term, right.term))
    if shown is None:
        return None
    with left.because("order"):
        if not attempt(left, lambda trial: bool(trial.apply("equality", (), right.term, shown=shown))):
            return None
    return Chain((*left.steps, *right.backward()))
