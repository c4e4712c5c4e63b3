"""The rules. Each is one function; the first line of its docstring is its law.

A rule gets the context of a term, the term, and the result that the step names. It returns what the term
equals, computed anew, or raises `Rejected`. No rule searches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from . import terms
from .claim import Scope
from .context import Context
from .evidence import Evidence, check
from .polynomial import negate, normal
from .proof import Equation
from .rejected import Rejected
from .terms import INTEGER, REAL, Lambda, Term

Rule = Callable[..., Term]
MOST_UNROLLED = 4096


def _require(fits: bool, message: str) -> None:
    if not fits:
        raise Rejected(message)


def _is(term: Term, head: str) -> None:
    _require(term.head == head, f"{term!r} is not of the form {head}")


# Arithmetic


def ring(context: Context, term: Term, result: Term) -> Term:
    """a = b  if a and b are the same polynomial in the same atoms

    The atoms' own children are compared in the same way; brackets of literals are 0 or 1.
    """
    _require(normal(term) == normal(result), f"{term!r} and {result!r} differ as polynomials")
    return result


def integer(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """a = b  for integers, if the facts say so"""
    check(context.facts, terms.equal(term, result), shown)
    return result


def cancel(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """x * 1/x = 1  if x is not 0"""
    _is(term, "multiply")
    _require(len(term.args) == 2 and term.args[1] == terms.inverse(term.args[0]), f"{term!r} is not x * 1/x")
    check(context.facts, terms.nonzero(term.args[0]), shown)
    return terms.rational(Fraction(1))


def unfold(context: Context, term: Term, result: Term) -> Term:
    """T[i, ...] = e(i, ...)  if T is defined by the formula e"""
    _is(term, "entry")
    definition = context.definitions.get(str(term.value))
    if definition is None:
        raise Rejected(f"{term.value} has no definition")
    return terms.apply(Lambda(definition.indices, definition.body), term.args)


# Sums


def sum_add(context: Context, term: Term, result: Term) -> Term:
    """sum_a (f(a) + g(a)) = sum_a f(a) + sum_a g(a)"""
    _is(term, "sum")
    lower, upper, body = term.args
    _is(body, "add")
    return terms.add(*(terms.with_args(term, (lower, upper, summand)) for summand in body.args))


def sum_scale(context: Context, term: Term, result: Term, factors: tuple[int, ...]) -> Term:
    """sum_a c f(a) = c sum_a f(a)  if c does not contain a

    `factors`: the positions of the factors that are taken out.
    """
    _is(term, "sum")
    lower, upper, body = term.args
    _is(body, "multiply")
    fits = set(factors) <= set(range(len(body.args))) and len(set(factors)) == len(factors)
    _require(fits, f"{factors} are not different factors of {body!r}")
    outside = tuple(_without_index(body.args[number]) for number in factors)
    inside = tuple(factor for number, factor in enumerate(body.args) if number not in factors)
    return terms.multiply(*outside, terms.with_args(term, (lower, upper, product(inside))))


def product(factors: tuple[Term, ...]) -> Term:
    """The product of the factors; of one it is the factor, of none it is 1."""
    if not factors:
        return terms.rational(1)
    return factors[0] if len(factors) == 1 else terms.multiply(*factors)


def _without_index(factor: Term) -> Term:
    outside = terms.instantiate(factor, terms.integer(0))
    _require(terms.lift(outside, 1) == factor, f"{factor!r} depends on the index of the sum")
    return outside


def sum_split(context: Context, term: Term, result: Term, at: Term, shown: Evidence) -> Term:
    """sum_{a=l..h} f(a) = sum_{a=l..t} f(a) + sum_{a=t+1..h} f(a)  if l - 1 <= t <= h"""
    _is(term, "sum")
    context.scope.admit(at, INTEGER)
    lower, upper, body = term.args
    after = terms.add(at, terms.integer(1))
    check(context.facts, terms.all_of(terms.at_most(lower, after), terms.at_most(at, upper)), shown)
    return terms.add(terms.with_args(term, (lower, at, body)), terms.with_args(term, (after, upper, body)))


def sum_unroll(context: Context, term: Term, result: Term, count: int, shown: Evidence) -> Term:
    """sum_{a=l..h} f(a) = f(l) + f(l+1) + ... + f(l+n-1)  if h = l + n - 1"""
    _is(term, "sum")
    _require(0 <= count <= MOST_UNROLLED, f"a sum cannot be written out with {count} summands")
    lower, upper, body = term.args
    check(context.facts, terms.equal(upper, terms.add(lower, terms.integer(count - 1))), shown)
    summands = [terms.instantiate(body, normal(terms.add(lower, terms.integer(n)))) for n in range(count)]
    if not summands:
        return terms.rational(0)
    return summands[0] if count == 1 else terms.add(*summands)


def sum_count(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """sum_{a=l..h} 1 = h - l + 1  if l - 1 <= h"""
    _is(term, "sum")
    lower, upper, body = term.args
    _require(body == terms.rational(1), f"{body!r} is not 1")
    check(context.facts, terms.at_most(terms.add(lower, terms.integer(-1)), upper), shown)
    minus_lower = terms.multiply(terms.integer(-1), lower)
    return terms.real(terms.add(upper, minus_lower, terms.integer(1)))


@dataclass(frozen=True)
class Domain:
    """What some nested sums run over: their indices, the conditions on them, the summand, the context inside."""

    indices: tuple[Term, ...]
    conditions: tuple[Term, ...]
    summand: Term
    inside: Context


def domain(context: Context, term: Term, sums: int) -> Domain:
    """The outermost `sums` nested sums of a term; the bracket factors of their summand are conditions too.

    Raises `Rejected` if there are not as many.
    """
    indices: list[Term] = []
    conditions: list[Term] = []
    inside = context
    for _ in range(sums):
        _is(term, "sum")
        lower, upper, _body = term.args
        index, term, inside = inside.open(term)
        indices.append(index)
        conditions += [terms.at_most(lower, index), terms.at_most(index, upper)]
    factors = term.args if term.head == "multiply" else (term,)
    guards = [factor.args[0] for factor in factors if factor.head == "bracket"]
    summand = product(tuple(factor for factor in factors if factor.head != "bracket"))
    return Domain(tuple(indices), (*conditions, *guards), summand, inside.assume(*guards))


def sum_reindex(
    context: Context,
    term: Term,
    result: Term,
    sums: int,
    result_sums: int,
    forward: tuple[Term, ...],
    backward: tuple[Term, ...],
    into: Evidence,
    onto: Evidence,
) -> Term:
    """sum_{a in D} f(a) = sum_{b in E} f(p(b))  if p: E -> D is a bijection with inverse q: D -> E

    D is the range of the outermost `sums` sums of the term under its bracket factors, E that of the
    `result_sums` sums of the result. `forward` is p, in the indices of E; `backward` is q, in those of D.
    `into` shows p(b) in D and q(p(b)) = b for b in E; `onto` shows q(a) in E and p(q(a)) = a for a in D.
    """
    old, new = domain(context, term, sums), domain(context, result, result_sums)
    _admit_map(new, forward, old)
    _admit_map(old, backward, new)
    check(new.inside.facts, inverse_goal(old, forward, new, backward), into)
    check(old.inside.facts, inverse_goal(new, backward, old, forward), onto)
    _require(
        normal(_at(old.summand, old, forward)) == normal(new.summand),
        f"{old.summand!r} does not become {new.summand!r}",
    )
    return result


def _admit_map(source: Domain, images: tuple[Term, ...], target: Domain) -> None:
    _require(len(images) == len(target.indices), f"{len(images)} images for {len(target.indices)} indices")
    for image in images:
        source.inside.scope.admit(image, INTEGER)


def _at(term: Term, source: Domain, values: tuple[Term, ...]) -> Term:
    names = (str(index.value) for index in source.indices)
    return terms.substitute(term, dict(zip(names, values, strict=True)))


def inverse_goal(target: Domain, there: tuple[Term, ...], source: Domain, back: tuple[Term, ...]) -> Term:
    """For an index of `source`: its image under `there` lies in `target`, and `back` returns it."""
    lands = (_at(condition, target, there) for condition in target.conditions)
    returns = (terms.equal(_at(image, target, there), index) for image, index in zip(back, source.indices, strict=True))
    return terms.all_of(*lands, *returns)


# Brackets


def bracket_true(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """[P] = 1  if P holds here"""
    _is(term, "bracket")
    check(context.facts, term.args[0], shown)
    return terms.rational(1)


def bracket_false(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """[P] = 0  if P fails here"""
    _is(term, "bracket")
    check(context.facts, negate(term.args[0]), shown)
    return terms.rational(0)


def bracket_equivalent(context: Context, term: Term, result: Term, forward: Evidence, backward: Evidence) -> Term:
    """[P] = [Q]  if P implies Q and Q implies P here"""
    _is(term, "bracket")
    _is(result, "bracket")
    check(context.assume(term.args[0]).facts, result.args[0], forward)
    check(context.assume(result.args[0]).facts, term.args[0], backward)
    return result


def bracket_product(context: Context, term: Term, result: Term) -> Term:
    """[P and Q] = [P] [Q]"""
    _is(term, "bracket")
    _is(term.args[0], "and")
    return product(tuple(map(terms.bracket, term.args[0].args)))


def bracket_complement(context: Context, term: Term, result: Term, condition: Term) -> Term:
    """e = [P] e + [not P] e"""
    context.scope.admit(condition, terms.CONDITION)
    _require(term.sort == REAL, f"{term!r} is not a real number")
    fails = terms.negation(condition)
    return terms.add(*(terms.multiply(terms.bracket(part), term) for part in (condition, fails)))


# Known equations


def use(
    context: Context,
    term: Term,
    result: Term,
    equation: str,
    integers: tuple[Term, ...],
    tensors: tuple[Lambda, ...],
    shown: tuple[Evidence, ...],
) -> Term:
    """a = b  if that is an instance of an equation already shown, and its hypotheses hold here"""
    known = context.equations.get(equation)
    if known is None:
        raise Rejected(f"no equation is called {equation}")
    values = _instance(context.scope, known, integers, tensors)
    _require(terms.substitute(known.left, *values) == term, f"{term!r} is not the left side of {equation}")
    _require(len(shown) == len(known.hypotheses), f"{equation} has {len(known.hypotheses)} hypotheses")
    for hypothesis, evidence in zip(known.hypotheses, shown, strict=True):
        check(context.facts, terms.substitute(hypothesis, *values), evidence)
    return terms.substitute(known.right, *values)


def _instance(
    scope: Scope, known: Equation, integers: tuple[Term, ...], tensors: tuple[Lambda, ...]
) -> tuple[dict[str, Term], dict[str, Lambda]]:
    _require(len(integers) == len(known.integers), f"{len(known.integers)} integers are to be given")
    _require(len(tensors) == len(known.ranks), f"{len(known.ranks)} tensors are to be given")
    for given in integers:
        scope.admit(given, INTEGER)
    for (name, rank), function in zip(known.ranks.items(), tensors, strict=True):
        scope.with_integers(function.indices).admit(function.body, REAL)
        _require(len(function.indices) == rank, f"{name} has {rank} indices")
    return dict(zip(known.integers, integers, strict=True)), dict(zip(known.ranks, tensors, strict=True))


_ALL: tuple[Rule, ...] = (
    *(ring, integer, cancel, unfold),
    *(sum_add, sum_scale, sum_split, sum_unroll, sum_count, sum_reindex),
    *(bracket_true, bracket_false, bracket_equivalent, bracket_product, bracket_complement),
    use,
)
RULES: Mapping[str, Rule] = reduce(lambda table, rule: {**table, rule.__name__: rule}, _ALL, {})
