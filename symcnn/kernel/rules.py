"""The rules. Each is one function; the first line of its docstring is its law.

A rule gets the context of a term, the term, and the result that the step names. It returns what the term
equals, computed anew, or raises `Rejected`. No rule searches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from . import analysis, terms
from .context import Context
from .evidence import Evidence, check
from .forms import of_form, product, require
from .functions import facts_of, implied
from .polynomial import negate, normal
from .proof import Equation
from .rejected import Rejected
from .terms import INTEGER, REAL, Lambda, Term

Rule = Callable[..., Term]
MOST_UNROLLED = 4096


# Arithmetic


def ring(context: Context, term: Term, result: Term) -> Term:
    """a = b  if a and b are the same polynomial in the same atoms

    The atoms' own children are compared in the same way; brackets of literals are 0 or 1.
    """
    require(normal(term) == normal(result), f"{term!r} and {result!r} differ as polynomials")
    return result


def integer(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """a = b  for integers, if the facts say so"""
    check(context.facts, terms.equal(term, result), shown)
    return result


def equality(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """a = b  for reals, if the facts say so"""
    require(term.sort == REAL, f"{term!r} is not a real number")
    check(context.facts, terms.equal(term, result), shown)
    return result


def cancel(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """x * 1/x = 1  if x is not 0"""
    of_form(term, "multiply")
    require(len(term.args) == 2 and term.args[1] == terms.inverse(term.args[0]), f"{term!r} is not x * 1/x")
    check(context.facts, terms.nonzero(term.args[0]), shown)
    return terms.rational(Fraction(1))


def unfold(context: Context, term: Term, result: Term) -> Term:
    """T[i, ...] = e(i, ...)  if T is defined by the formula e"""
    of_form(term, "entry")
    definition = context.definitions.get(str(term.value))
    if definition is None:
        raise Rejected(f"{term.value} has no definition")
    return terms.apply(Lambda(definition.indices, definition.body), term.args)


# Sums


def sum_add(context: Context, term: Term, result: Term) -> Term:
    """sum_a (f(a) + g(a)) = sum_a f(a) + sum_a g(a)"""
    of_form(term, "sum")
    lower, upper, body = term.args
    of_form(body, "add")
    return terms.add(*(terms.with_args(term, (lower, upper, summand)) for summand in body.args))


def sum_scale(context: Context, term: Term, result: Term, factors: tuple[int, ...]) -> Term:
    """sum_a c f(a) = c sum_a f(a)  if c does not contain a

    `factors`: the positions of the factors that are taken out.
    """
    of_form(term, "sum")
    lower, upper, body = term.args
    of_form(body, "multiply")
    fits = set(factors) <= set(range(len(body.args))) and len(set(factors)) == len(factors)
    require(fits, f"{factors} are not different factors of {body!r}")
    outside = tuple(_without_index(body.args[number]) for number in factors)
    inside = tuple(factor for number, factor in enumerate(body.args) if number not in factors)
    return terms.multiply(*outside, terms.with_args(term, (lower, upper, product(inside))))


def _without_index(factor: Term) -> Term:
    outside = terms.instantiate(factor, terms.integer(0))
    require(terms.lift(outside, 1) == factor, f"{factor!r} depends on the index of the sum")
    return outside


def sum_split(context: Context, term: Term, result: Term, at: Term, shown: Evidence) -> Term:
    """sum_{a=l..h} f(a) = sum_{a=l..t} f(a) + sum_{a=t+1..h} f(a)  if l - 1 <= t <= h"""
    of_form(term, "sum")
    context.scope.admit(at, INTEGER)
    lower, upper, body = term.args
    after = terms.add(at, terms.integer(1))
    check(context.facts, terms.all_of(terms.at_most(lower, after), terms.at_most(at, upper)), shown)
    return terms.add(terms.with_args(term, (lower, at, body)), terms.with_args(term, (after, upper, body)))


def sum_unroll(context: Context, term: Term, result: Term, count: int, shown: Evidence) -> Term:
    """sum_{a=l..h} f(a) = f(l) + f(l+1) + ... + f(l+n-1)  if h = l + n - 1"""
    of_form(term, "sum")
    require(0 <= count <= MOST_UNROLLED, f"a sum cannot be written out with {count} summands")
    lower, upper, body = term.args
    check(context.facts, terms.equal(upper, terms.add(lower, terms.integer(count - 1))), shown)
    summands = [terms.instantiate(body, normal(terms.add(lower, terms.integer(n)))) for n in range(count)]
    if not summands:
        return terms.rational(0)
    return summands[0] if count == 1 else terms.add(*summands)


def sum_count(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """sum_{a=l..h} 1 = h - l + 1  if l - 1 <= h"""
    of_form(term, "sum")
    lower, upper, body = term.args
    require(body == terms.rational(1), f"{body!r} is not 1")
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
        of_form(term, "sum")
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
    require(
        normal(_at(old.summand, old, forward)) == normal(new.summand),
        f"{old.summand!r} does not become {new.summand!r}",
    )
    return result


def _admit_map(source: Domain, images: tuple[Term, ...], target: Domain) -> None:
    require(len(images) == len(target.indices), f"{len(images)} images for {len(target.indices)} indices")
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
    of_form(term, "bracket")
    check(context.facts, term.args[0], shown)
    return terms.rational(1)


def bracket_false(context: Context, term: Term, result: Term, shown: Evidence) -> Term:
    """[P] = 0  if P fails here"""
    of_form(term, "bracket")
    check(context.facts, negate(term.args[0]), shown)
    return terms.rational(0)


def bracket_equivalent(context: Context, term: Term, result: Term, forward: Evidence, backward: Evidence) -> Term:
    """[P] = [Q]  if P implies Q and Q implies P here"""
    of_form(term, "bracket")
    of_form(result, "bracket")
    check(context.assume(term.args[0]).facts, result.args[0], forward)
    check(context.assume(result.args[0]).facts, term.args[0], backward)
    return result


def bracket_product(context: Context, term: Term, result: Term) -> Term:
    """[P and Q] = [P] [Q]"""
    of_form(term, "bracket")
    of_form(term.args[0], "and")
    return product(tuple(map(terms.bracket, term.args[0].args)))


def bracket_complement(context: Context, term: Term, result: Term, condition: Term) -> Term:
    """e = [P] e + [not P] e"""
    context.scope.admit(condition, terms.CONDITION)
    require(term.sort == REAL, f"{term!r} is not a real number")
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
    functions: tuple[str, ...],
    shown: tuple[Evidence, ...],
) -> Term:
    """a = b  if that is an instance of an equation already shown, and its hypotheses hold here"""
    known = context.equations.get(equation)
    if known is None or known.relation != "=":
        raise Rejected(f"no equation is called {equation}")
    values = _instance(context, known, integers, tensors, functions)
    require(terms.substitute(known.left, *values) == term, f"{term!r} is not the left side of {equation}")
    require(len(shown) == len(known.hypotheses), f"{equation} has {len(known.hypotheses)} hypotheses")
    for hypothesis, evidence in zip(known.hypotheses, shown, strict=True):
        check(context.facts, terms.substitute(hypothesis, *values), evidence)
    return terms.substitute(known.right, *values)


def _instance(
    context: Context,
    known: Equation,
    integers: tuple[Term, ...],
    tensors: tuple[Lambda, ...],
    functions: tuple[str, ...],
) -> tuple[dict[str, Term], dict[str, Lambda], dict[str, str]]:
    scope = context.scope
    counts = (len(known.integers), len(known.ranks), len(known.functions))
    require((len(integers), len(tensors), len(functions)) == counts, f"{counts} things are to be given")
    for given in integers:
        scope.admit(given, INTEGER)
    for (name, rank), formula in zip(known.ranks.items(), tensors, strict=True):
        scope.with_integers(formula.indices).admit(formula.body, REAL)
        require(len(formula.indices) == rank, f"{name} has {rank} indices")
    for function, name in zip(known.functions, functions, strict=True):
        has = facts_of(context.facts.functions, name)
        require(implied(function.facts) <= has, f"{name} is not known to be {', '.join(function.facts)}")
        scope.admit(terms.call(name, terms.rational(0)), REAL)
        require(not name.endswith("'"), f"{name} is a derivative")
    own = {("field", name, rank) for name, rank in known.fields} | {("size", name, 1) for name in known.sequences}
    require(own <= scope.known_as(), f"{equation_names(own)} are not in scope")
    return (
        dict(zip(known.integers, integers, strict=True)),
        dict(zip(known.ranks, tensors, strict=True)),
        {each.name: name for each, name in zip(known.functions, functions, strict=True)},
    )


def equation_names(names: set[tuple[str, str, int]]) -> str:
    """The names, for a message."""
    return ", ".join(sorted(name for _, name, _ in names))


_ALL: tuple[Rule, ...] = (
    *(ring, integer, equality, cancel, unfold),
    *(sum_add, sum_scale, sum_split, sum_unroll, sum_count, sum_reindex),
    *(bracket_true, bracket_false, bracket_equivalent, bracket_product, bracket_complement),
    *(analysis.maximum_is, analysis.maximum_reindex),
    *(analysis.value_at_zero, analysis.reflect, analysis.scale_argument, analysis.value_of, analysis.slope_of),
    *(analysis.iterate_start, analysis.iterate_step),
    *(analysis.partial_constant, analysis.partial_entry, analysis.partial_add, analysis.partial_scale),
    *(analysis.partial_product, analysis.partial_power, analysis.partial_inverse, analysis.partial_sum),
    *(analysis.partial_call, analysis.partial_field),
    use,
)
RULES: Mapping[str, Rule] = reduce(lambda table, rule: {**table, rule.__name__: rule}, _ALL, {})
