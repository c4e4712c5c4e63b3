"""Values that differ little from a value, of the same type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from symcnn.kernel import LAWS, RULES, Claim, Lambda, Term, terms
from symcnn.kernel.functions import EXAMPLES, FACTS, KNOWN

from .trees import REMARKS, NotApplicable, pick, places, subterm_paths, with_subterm

#: heads that a slip of the pen takes for each other
CONFUSED = (
    ("at_most", "equal", "less"),
    ("and", "or"),
    ("add", "multiply", "larger"),
    ("floor", "larger", "add"),
    ("bracket", "nonzero"),
)


@dataclass(frozen=True)
class Surroundings:
    """The names of a claim, and terms to put in place of others."""

    random: Random
    names: tuple[str, ...]
    ranks: tuple[tuple[str, int], ...]
    pool: tuple[Term, ...]

    def term(self, term: Term) -> Term:
        """The term with one part changed."""
        path, old = pick(self.random, subterm_paths(term))
        return with_subterm(term, path, self.part(old))

    def part(self, old: Term) -> Term:
        """Another term of the same sort. Raises `NotApplicable`, or `Rejected` if it is none."""
        return pick(self.random, self._others(old))()

    def _others(self, old: Term) -> Iterator[Callable[[], Term]]:
        yield from self._same_head(old)
        yield from self._by_sort(old)
        same_sort = [each for each in (*old.args, *self.pool) if each.sort == old.sort and each != old]
        if same_sort:
            yield lambda: self.random.choice(same_sort)
        for group in CONFUSED:
            if old.head in group:
                head = self.random.choice(group)
                yield lambda head=head: Term(head, old.args, old.value, old.hint)  # type: ignore[misc]

    def _same_head(self, old: Term) -> Iterator[Callable[[], Term]]:
        if old.value is not None:
            yield lambda: Term(old.head, old.args, self.value(old), old.hint)
        if len(old.args) > 1:
            shuffled = self.random.sample(old.args, len(old.args))
            yield lambda: Term(old.head, tuple(shuffled), old.value, old.hint)
            number = self.random.randrange(len(old.args))
            before, after = old.args[:number], old.args[number + 1 :]
            yield lambda: Term(old.head, (*before, *after), old.value, old.hint)
            yield lambda: Term(old.head, (*before, old.args[number], *old.args[number:]), old.value, old.hint)

    def _by_sort(self, old: Term) -> Iterator[Callable[[], Term]]:
        if old.sort == terms.INTEGER:
            yield lambda: terms.add(old, terms.integer(self.random.choice((1, -1))))
        elif old.sort == terms.REAL:
            number = self.random.choice((-1, 0, 2))
            yield lambda: terms.multiply(terms.rational(number), old)
            yield lambda: terms.power(old, self.random.choice((0, 2)))
            yield lambda: terms.inverse(old)
        else:
            yield lambda: terms.negation(old)
            yield lambda: self.random.choice((terms.TRUE, terms.FALSE))

    def value(self, term: Term) -> Any:
        """Another value for the head of this term."""
        if term.head == "entry":
            return pick(self.random, (name for name, rank in self.ranks if rank == len(term.args)))
        if term.head == "call" and self.random.random() < 0.5:
            return self.random.choice((f"{term.value}'", str(term.value).rstrip("'"), *KNOWN))
        return self.near(term.value)

    def near(self, value: Any) -> Any:
        """Another value of this type, that differs little."""
        random = self.random
        match value:
            case bool():
                return not value
            case int():
                return value + random.choice((1, -1))
            case Fraction():
                return random.choice((value + 1, value - 1, -value, value / 2, Fraction(0), Fraction(1)))
            case str():
                return self.text(value)
            case Term():
                return self.term(value)
            case Lambda() if random.random() < 0.5:
                return Lambda(tuple(random.sample(value.indices, len(value.indices))), value.body)
            case tuple():
                return self.items(value)
            case None:
                return pick(random, self.pool)
        return self.field(value)

    def text(self, value: str) -> str:
        """Another name of the same kind."""
        for kind in (RULES, FACTS, EXAMPLES, LAWS, ("=", "<=")):
            if value in kind:
                return self.random.choice(sorted(set(kind) - {value}))
        return pick(self.random, (*(name for name in self.names if name != value), f"{value}'"))

    def items(self, value: tuple[Any, ...]) -> tuple[Any, ...]:
        """The items with one dropped, doubled, exchanged or changed."""
        if not value:
            raise NotApplicable
        at, other = (self.random.randrange(len(value)) for _ in range(2))
        match self.random.randrange(4):
            case 0:
                return (*value[:at], *value[at + 1 :])
            case 1:
                return (*value[:at], value[at], *value[at:])
            case 2:
                exchanged = list(value)
                exchanged[at], exchanged[other] = value[other], value[at]
                return tuple(exchanged)
            case _:
                return (*value[:at], self.near(value[at]), *value[at + 1 :])

    def field(self, value: Any) -> Any:
        """The value with one field changed."""
        if not is_dataclass(value) or isinstance(value, type):
            raise NotApplicable
        name = pick(self.random, (each.name for each in fields(value) if each.name not in REMARKS))
        return replace(value, **{name: self.near(getattr(value, name))})


def surroundings(claim: Claim, random: Random) -> Surroundings:
    """The names of the claim, and some of its terms."""
    named: tuple[Any, ...] = (*claim.leaves, *claim.definitions, *claim.functions, *claim.fields, *claim.assumptions)
    names = (*claim.integers, *claim.sequences, *(each.name for each in (*named, *claim.indices)))
    ranks = [(each.name, each.rank) for each in claim.leaves]
    ranks += [(each.name, len(each.indices)) for each in claim.definitions]
    return Surroundings(random, names, tuple(ranks), _pool(claim, random))


def _pool(claim: Claim, random: Random) -> tuple[Term, ...]:
    roots = [value for _, value in places(claim) if isinstance(value, Term)]
    found = [part for root in random.sample(roots, min(6, len(roots))) for _, part in subterm_paths(root)]
    return tuple(random.sample(found, min(20, len(found))))
