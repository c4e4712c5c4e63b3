"""A small search for evidence, so that tests can make examples that the kernel accepts.

It eliminates one monomial after the other (Fourier and Motzkin); where that fails, it adds the facts about a
floor or a maximum, or tries the alternatives.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations_with_replacement

from symcnn.kernel import (
    Alternatives,
    Each,
    Evidence,
    Facts,
    Floor,
    Larger,
    Law,
    Multiples,
    Rejected,
    Sign,
    Term,
    terms,
)
from symcnn.kernel.evidence import check, conjuncts, divisor_positive, floor_bounds, larger_facts
from symcnn.kernel.polynomial import ONE, Monomial, Polynomial, negate, normal, plus, times

MOST_ROWS = 100
MOST_MULTIPLIED = 8
Source = tuple[str, tuple[int, ...]]
Row = tuple[Polynomial, Mapping[Source, Fraction]]


class NotFound(Exception):
    """There is no such evidence, or it is not simple enough."""


def prove(facts: Facts, goal: Term) -> Evidence:
    """Evidence for a goal. Raises `NotFound`."""
    if goal.head == "nonzero":
        evidence = _nonzero(facts, goal.args[0])
        try:
            check(facts, goal, evidence)
        except Rejected as rejected:
            raise NotFound from rejected
        return evidence
    if goal.head in ("and", "equal"):
        return Each(tuple(prove(facts, part) for part in conjuncts(goal)))
    return contradiction(facts.assume(negate(goal)))


def _nonzero(facts: Facts, term: Term) -> Evidence:
    if term.head == "real":
        return prove(facts, terms.negation(terms.equal(term.args[0], terms.integer(0))))
    if term.head in ("power", "inverse"):
        return _nonzero(facts, term.args[0])
    if term.head == "multiply":
        return Each(tuple(_nonzero(facts, factor) for factor in term.args))
    if normal(term) in facts.nonzero or term.head == "rational":
        return Multiples()
    for positive, sides in ((True, (terms.rational(0), term)), (False, (term, terms.rational(0)))):
        try:
            return Sign(positive, prove(facts, terms.less(*sides)))
        except NotFound:
            continue
    return Multiples()


def contradiction(facts: Facts, used: frozenset[Term] = frozenset(), splits: int = 2) -> Evidence:
    """Evidence that the facts contradict each other. Raises `NotFound`."""
    for products in (False, len(facts.at_least_zero) <= MOST_MULTIPLIED):
        found = _multiples(facts, products)
        if found is not None:
            return found
    for special in sorted(_atoms(facts) - used, key=repr):
        try:
            return _with_facts_about(special, facts, used | {special}, splits)
        except NotFound:
            continue
    if splits:
        for number, conditions in enumerate(facts.alternatives):
            try:
                branches = (contradiction(facts.assume(each), used, splits - 1) for each in conditions)
                return Alternatives(number, tuple(branches))
            except NotFound:
                continue
    raise NotFound


def _with_facts_about(special: Term, facts: Facts, used: frozenset[Term], splits: int) -> Evidence:
    if special.head == "larger":
        return Larger(special, contradiction(facts.assume(larger_facts(special)), used, splits))
    if special.head == "size":
        positive = terms.at_most(terms.integer(1), special)
        return Law("size_positive", (special,), (), contradiction(facts.assume(positive), used, splits))
    divisor = negate(divisor_positive(special))
    positive = contradiction(facts.assume(divisor), used, 0)
    return Floor(special, positive, contradiction(facts.assume(floor_bounds(special)), used, splits))


def _atoms(facts: Facts) -> set[Term]:
    """The floors, maxima and sizes that the facts speak of."""
    found = (atom for poly in (*facts.at_least_zero, *facts.zero) for monomial in poly for atom, _ in monomial)
    return {part for atom in found for part in terms.subterms(atom) if part.head in ("floor", "larger", "size")}


def _multiples(facts: Facts, products: bool) -> Multiples | None:
    rows = list(_rows(facts, products))
    while len(rows) <= MOST_ROWS:
        for poly, sources in rows:
            if (set(poly) == {ONE} and poly[ONE] < 0) or (not poly and _has_strict(facts, sources)):
                return _as_multiples(sources)
        monomials = {monomial for poly, _ in rows for monomial in poly} - {ONE}
        if not monomials:
            return None
        rows = _eliminate(rows, min(monomials, key=lambda each: (_cost(rows, each), _text(each))))
    return None


def _has_strict(facts: Facts, sources: Mapping[Source, Fraction]) -> bool:
    return any(
        factor > 0 and kind == "product" and facts.strict.issuperset(numbers)
        for (kind, numbers), factor in sources.items()
    )


def _text(monomial: Monomial) -> list[str]:
    return sorted(map(repr, monomial))


def _rows(facts: Facts, products: bool) -> Iterator[Row]:
    count = len(facts.at_least_zero)
    for degree in (1, 2) if products else (1,):
        for numbers in combinations_with_replacement(range(count), degree):
            poly: Polynomial = {ONE: 1}
            for number in numbers:
                poly = times(poly, facts.at_least_zero[number])
            yield poly, {("product", numbers): Fraction(1)}
    for number, poly in enumerate(facts.zero):
        yield poly, {("equality", (number,)): Fraction(1)}
        yield plus({}, poly, -1), {("equality", (number,)): Fraction(-1)}


def _cost(rows: list[Row], monomial: Monomial) -> int:
    above = sum(poly.get(monomial, 0) > 0 for poly, _ in rows)
    below = sum(poly.get(monomial, 0) < 0 for poly, _ in rows)
    return above * below - above - below


def _eliminate(rows: list[Row], monomial: Monomial) -> list[Row]:
    kept = [row for row in rows if monomial not in row[0]]
    above = [row for row in rows if row[0].get(monomial, 0) > 0]
    below = [row for row in rows if row[0].get(monomial, 0) < 0]
    for upper, upper_sources in above:
        for lower, lower_sources in below:
            up, down = Fraction(-lower[monomial]), Fraction(upper[monomial])
            poly = plus(plus({}, upper, up), lower, down)
            kept.append((poly, _sum(upper_sources, up, lower_sources, down)))
            if len(kept) > MOST_ROWS:
                return kept
    return kept


def _sum(
    one: Mapping[Source, Fraction], first: Fraction, other: Mapping[Source, Fraction], second: Fraction
) -> dict[Source, Fraction]:
    total = {source: factor * first for source, factor in one.items()}
    for source, factor in other.items():
        total[source] = total.get(source, Fraction(0)) + factor * second
    return total


def _as_multiples(sources: Mapping[Source, Fraction]) -> Multiples:
    products = tuple((factor, numbers) for (kind, numbers), factor in sources.items() if kind == "product" and factor)
    equalities = tuple(
        (terms.rational(factor), number)
        for (kind, (number, *_)), factor in sources.items()
        if kind == "equality" and factor
    )
    return Multiples(products, equalities)
