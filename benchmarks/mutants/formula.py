"""The mistakes that can be made in a kernel claim, one place at a time.

Terms stay where they are bound: what is put in a place has its sort, and speaks of what is bound there. Shapes of
tensors and ranges of indices stay as they are, because the conditions of the claim follow from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from symcnn.kernel import Claim, Function, Rejected, Term, show, terms
from symcnn.kernel.functions import EXAMPLES, FACTS, implied
from symcnn.language.statement import Statement

from .places import BOUND, CONDITION, HYPOTHESIS, INDEX, KERNEL, VALUE, Place, places_of
from .slips import FORMULA, Slip

Changed = Iterator[tuple[str, Term]]
ONE, MINUS_ONE = terms.rational(1), terms.rational(-1)


def formula_slips(statement: Statement) -> Iterator[Slip]:
    """All single mistakes in the claim of a statement."""
    literal = frozenset(name for name, tensor in statement.tensors.items() if tensor.literal is not None)
    claim = statement.claim
    for place in places_of(claim, literal):
        for kind, new in _changes(place):
            if new != place.term:
                yield Slip(FORMULA, kind, _written(place, new), place.path, new)
    yield from _dropped(claim)
    for number, function in enumerate(claim.functions):
        yield from _facts(function, f"function {number}")


def _written(place: Place, new: Term) -> str:
    before, after = show(place.term, place.letters), show(new, place.letters)
    around = f" in {show(place.parent, place.letters)}" if place.parent and place.parent.head in _FLAT else ""
    return f"{_part_name(place)}: {before} becomes {after}{around}"


def _part_name(place: Place) -> str:
    kind, _, number = place.path[0].partition(" ")
    return f"in {place.claim.definitions[int(number)].name}" if kind == "definition" else place.path[0]


def _dropped(claim: Claim) -> Iterator[Slip]:
    for number, condition in enumerate(claim.hypotheses):
        yield Slip(FORMULA, "hypothesis dropped", f"without {show(condition)}", (f"hypothesis {number}",), None)
    for number, assumed in enumerate(claim.assumptions):
        yield Slip(FORMULA, "hypothesis dropped", f"without {assumed.name}", (f"assumption {number}",), None)


def _facts(function: Function, part: str) -> Iterator[Slip]:
    """The function with one fact dropped, or with another one in its place"""
    for fact in function.facts:
        others = tuple(each for each in function.facts if each != fact)
        for facts in (others, *((*others, other) for other in FACTS if other not in function.facts)):
            example = next((name for name, has in EXAMPLES.items() if implied(facts) <= has), None)
            if example is not None:
                kind = "fact dropped" if facts == others else "fact changed"
                change = f"{function.name}: {', '.join(function.facts)} becomes {', '.join(facts) or 'nothing'}"
                yield Slip(FORMULA, kind, change, (part,), Function(function.name, facts, example))


def _changes(place: Place) -> Changed:
    for changes in (*_BY_HEAD.get(place.term.head, ()), *_BY_ROLE.get(place.role, ())):
        yield from changes(place)


def _kind(place: Place, kind: str, index: str = "index offset") -> str:
    """The name of a mistake by what the place is there for; it is `kind` where that is a value."""
    named = {BOUND: "summation bound", CONDITION: "bracket changed", HYPOTHESIS: "hypothesis changed"}
    return {**named, INDEX: index, KERNEL: "kernel entry"}.get(place.role, kind)


def _numbers(place: Place) -> Changed:
    """Integers: one more or less"""
    number = int(str(place.term.value))
    for other in (number + 1, number - 1):
        yield _kind(place, "coefficient"), terms.integer(other)


def _rationals(place: Place) -> Changed:
    number = Fraction(str(place.term.value))
    for other in (number + 1, 2 * number, number / 2, Fraction(0)):
        yield _kind(place, "coefficient"), terms.rational(other)
    yield _kind(place, "sign"), terms.rational(-number)


def _names(place: Place) -> Changed:
    """Another index for an index, another size for a size, an index for a size where they are added up"""
    if place.is_index():
        for other in place.other_indices():
            yield _kind(place, "other index", "other index"), other
    elif place.term.head == "variable":
        for name in place.claim.integers:
            yield _kind(place, "other size", "other size"), terms.variable(name)


def _tensors(place: Place) -> Changed:
    """Another tensor with as many indices; two indices swapped"""
    tensors = [(leaf.name, leaf.rank) for leaf in place.claim.leaves]
    tensors += [(each.name, len(each.indices)) for each in place.claim.definitions]
    for name, rank in tensors:
        if rank == len(place.term.args):
            yield "other tensor", Term("entry", place.term.args, name)


def _swapped(place: Place) -> Changed:
    for first, second in combinations(range(len(place.term.args)), 2):
        args = list(place.term.args)
        args[first], args[second] = args[second], args[first]
        last = len(args) - 2 <= first and len(args) > 1
        yield "transpose" if last else "indices swapped", Term(place.term.head, tuple(args), place.term.value)


def _sums(place: Place) -> Changed:
    lower, upper, body = place.term.args
    for less, more in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        bounds = (_plus(lower, less) if less else lower, _plus(upper, more) if more else upper)
        yield "summation bound", Term("sum", (*bounds, body), hint=place.term.hint)
    maximum = Term("maximum", (lower, upper, terms.TRUE, body), 1, place.term.hint)
    yield "maximum for sum", maximum


def _maxima(place: Place) -> Changed:
    term, rank = place.term, terms.rank_of(place.term)
    bounds, (condition, body) = term.args[: 2 * rank], term.args[2 * rank :]
    for position in range(2 * rank):
        for offset in (1, -1):
            changed = (*bounds[:position], _plus(bounds[position], offset), *bounds[position + 1 :])
            yield "summation bound", Term("maximum", (*changed, condition, body), rank, term.hint)
    if condition != terms.TRUE:
        yield "bracket dropped", Term("maximum", (*bounds, terms.TRUE, body), rank, term.hint)
    yield "maximum for sum", _as_sum(bounds, condition, body, rank, term.hint)


def _as_sum(bounds: tuple[Term, ...], condition: Term, body: Term, rank: int, hint: str) -> Term:
    made = body if condition == terms.TRUE else terms.multiply(terms.bracket(condition), body)
    letters = hint.split() if len(hint.split()) == rank else [""] * rank
    for number in reversed(range(rank)):
        limits = (terms.lift(each, number) for each in bounds[2 * number : 2 * number + 2])
        made = Term("sum", (*limits, made), hint=letters[number])
    return made


def _adds(place: Place) -> Changed:
    term = place.term
    for number, child in enumerate(term.args):
        if len(term.args) > 1:
            yield _kind(place, "summand dropped", "index summand dropped"), _without(term, number)
        signed = _negative(child)
        yield (
            _kind(place, "sign", "index sign"),
            terms.with_args(term, (*term.args[:number], signed, *term.args[number + 1 :])),
        )
    if place.role == VALUE:
        yield "operator", terms.multiply(*term.args)


def _products(place: Place) -> Changed:
    term = place.term
    for number, child in enumerate(term.args):
        if len(term.args) > 1:
            kind = {"bracket": "bracket dropped", "rational": "coefficient"}.get(child.head, "factor dropped")
            yield _kind(place, "sign" if child == MINUS_ONE else kind, "index factor dropped"), _without(term, number)
    if place.role == VALUE:
        yield "operator", terms.add(*term.args)


def _without(term: Term, number: int) -> Term:
    rest = (*term.args[:number], *term.args[number + 1 :])
    return rest[0] if len(rest) == 1 else Term(term.head, rest, term.value)


def _negative(term: Term) -> Term:
    return terms.multiply(MINUS_ONE if term.sort == terms.REAL else terms.integer(-1), term)


def _plus(term: Term, offset: int) -> Term:
    if term.head == "integer":
        return terms.integer(int(str(term.value)) + offset)
    return terms.add(term, terms.integer(offset))


def _brackets(place: Place) -> Changed:
    if place.parent is None or place.parent.head != "multiply":
        yield _kind(place, "bracket dropped"), ONE
    yield _kind(place, "bracket negated"), terms.bracket(terms.negation(place.term.args[0]))


def _comparisons(place: Place) -> Changed:
    """a <= b or a = b of integers: reversed, weaker, stronger"""
    left, right = place.term.args
    if left.sort != terms.INTEGER:
        return
    if place.term.head == "at_most":
        yield _condition(place, "reversed"), terms.at_most(right, left)
        yield _condition(place, "widened"), terms.at_most(left, _plus(right, 1))
        yield _condition(place, "narrowed"), terms.at_most(_plus(left, 1), right)
        yield _condition(place, "narrowed"), terms.equal(left, right)
    else:
        yield _condition(place, "widened"), terms.at_most(left, right)
        yield _condition(place, "widened"), terms.at_most(right, left)
        yield _condition(place, "shifted"), terms.equal(left, _plus(right, 1))


def _condition(place: Place, how: str) -> str:
    if place.role == HYPOTHESIS:
        return "hypothesis reversed" if how == "reversed" else "hypothesis changed"
    return "kernel entry" if place.role == KERNEL else f"bracket {how}"


def _conjunctions(place: Place) -> Changed:
    for number in range(len(place.term.args)):
        rest = terms.all_of(*(each for at, each in enumerate(place.term.args) if at != number))
        yield _condition(place, "widened"), rest


def _calls(place: Place) -> Changed:
    name = str(place.term.value)
    other = name[:-1] if name.endswith("'") else name + "'"
    yield "derivative", terms.call(other, place.term.args[0])


def _inverses(place: Place) -> Changed:
    yield _kind(place, "coefficient"), place.term.args[0]


def _powers(place: Place) -> Changed:
    exponent = int(str(place.term.value))
    for other in {exponent + 1, max(exponent - 1, 0)}:
        yield _kind(place, "coefficient"), terms.power(place.term.args[0], other)


def _floors(place: Place) -> Changed:
    numerator, denominator = place.term.args
    yield _kind(place, "operator"), numerator
    for offset in (1, -1):
        yield _kind(place, "coefficient"), terms.floor(_plus(numerator, offset), denominator)


def _offsets(place: Place) -> Changed:
    """The whole index of an entry, one more and one less"""
    if place.parent is not None and place.parent.head in _READS:
        for offset in (1, -1):
            yield "index offset", _plus(place.term, offset)


def _multiples(place: Place) -> Changed:
    """A whole side twice, or with the other sign"""
    if len(place.path) == 1:
        yield "coefficient", terms.multiply(terms.rational(2), place.term)
        yield "sign", _negative(place.term)


_FLAT = ("entry", "bound_entry", "add", "multiply", "at_most", "equal", "floor")
_READS = ("entry", "bound_entry", "size", "partial", "iterate")
_BY_HEAD: dict[str, tuple[Callable[[Place], Changed], ...]] = {
    "integer": (_numbers,),
    "rational": (_rationals,),
    "variable": (_names,),
    "bound": (_names,),
    "entry": (_tensors, _swapped),
    "bound_entry": (_swapped,),
    "sum": (_sums,),
    "maximum": (_maxima,),
    "add": (_adds,),
    "multiply": (_products,),
    "bracket": (_brackets,),
    "at_most": (_comparisons,),
    "equal": (_comparisons,),
    "and": (_conjunctions,),
    "call": (_calls,),
    "inverse": (_inverses,),
    "power": (_powers,),
    "floor": (_floors,),
}
_BY_ROLE = {INDEX: (_offsets,), VALUE: (_multiples,)}


def makes_sense(claim: Claim) -> bool:
    """Whether all names of a claim are in scope where they stand, as those of any translated statement are."""
    from symcnn.kernel.claim import claim_scope

    try:
        claim_scope(claim)
    except Rejected:
        return False
    return True
