r"""Sentences that say under which conditions equations hold, read by a grammar.

sentence    = clause {("," | "and" | ", and") clause}
clause      = [leading] equation [","] words conditions | words conditions [","] [leading] equation {"and" equation}
            | [leading] equation [","] "where" definitions
supposition = ("let" | "suppose that") conditions ["be integers"]

At its beginning, a sentence may lead to its equation with any words that restrict nothing: the output is.

Only a sentence that is this from its beginning to its end is understood; of any other one, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .prose import leads
from .ranges import ORDER
from .runs import subjects
from .sentences import Sentence, Token
from .shapes import space
from .sources import Source
from .syntax import Chain, Formula, Name, Node, Scripted, names_in, walk
from .tokens import words

_QUANTIFIERS = words("all every each any alle jedes tout tous chaque")
_NOUNS = words(
    "neuron neurons unit units node nodes output outputs class classes component components coordinate coordinates"
    " example examples filter filters layer layers index indices sample samples channel channels pixel pixels entry"
    " entries row rows column columns position positions number numbers real vector vectors image images input"
    " inputs integers pairs"
)
_WORDS = {  # that introduce conditions, the longer ones first
    "every": ("for", "für", "pour"),
    "only": (
        *("as long as", "provided that", "given that", "assuming that", "if", "when", "whenever", "provided"),
        *("wenn", "falls", "sofern", "si"),
    ),
    "besides": ("with", "where", "mit", "wobei", "avec", "où"),
}
_AND = ("and", "und", "et")
_LEADING = words(
    "then we have get obtain define set put let it holds that follows there is so hence also thus therefore has one"
    " this gives yields the following see note clearly now dann gilt es ist sei alors on a soit"
)
_SUPPOSE = (
    *("let us assume", "let us suppose", "we assume", "we suppose", "let", "assume", "suppose"),
    *("sei", "seien", "soit"),
)
_THROUGHOUT = words("now then so moreover also throughout here")
_BEING = re.compile(r"(?:(?:be|are|is) (?:positive )?(?:integers|sizes|natural numbers))?")
LONGEST = 300  # words and formulas of a sentence that is understood


@dataclass(frozen=True)
class Clause:
    """Equations with their conditions, or with the formulas that say what they speak of, by their numbers."""

    equations: tuple[int, ...]
    conditions: tuple[Chain, ...] = ()
    explanations: tuple[int, ...] = ()
    consumed: tuple[int, ...] = ()  # the formulas that are conditions
    declared: tuple[int, ...] = ()  # those among them that say what something is: for all x in R^n
    span: tuple[int, int] = (0, 0)  # the words with the conditions


def supposition(sentence: Sentence, found: Sequence[Source]) -> Clause | None:
    """What a sentence supposes: inequalities alone; None if it is anything else, or too long."""
    return _Reader(sentence.tokens, found).supposition() if len(sentence.tokens) <= LONGEST else None


def clauses(sentence: Sentence, found: Sequence[Source]) -> list[Clause]:
    """The clauses of a sentence; none if it is anything else, or too long."""
    return _Reader(sentence.tokens, found).clauses() if len(sentence.tokens) <= LONGEST else []


@dataclass
class _Reader:
    """A place in a sentence."""

    tokens: tuple[Token, ...]
    found: Sequence[Source]
    at: int = 0

    def supposition(self) -> Clause | None:
        """let m >= k (be integers)"""
        while self._text() in _THROUGHOUT or self._text() == ",":
            self.at += 1
        if not self._takes(*_SUPPOSE):
            return None
        self._takes("that", "dass", "que")
        conditions = self._conditions("besides")
        rest = " ".join(each.text for each in self.tokens[self.at :])
        fits = conditions is not None and conditions.conditions and _BEING.fullmatch(rest)
        return conditions if fits else None

    def clauses(self) -> list[Clause]:
        """All clauses of a sentence; none if it is anything else."""
        made: list[Clause] = []
        while True:
            clause = self._clause()
            if clause is None:
                return []
            made.append(clause)
            if self._is_over():
                break
            if not self._joined():
                return []
        plain = [each for each in made if not each.consumed and not each.explanations]
        return made if not plain else []

    def _clause(self) -> Clause | None:
        self._lead()
        here = self._here()
        kind = self._kind(("every", "only"))
        if kind is not None and here is not None:
            return self._ahead(kind, here.start)
        equation = self._equation()
        if equation is None:
            return None
        before = self.at
        self._takes(",")
        kind = self._kind(("every", "only", "besides"))
        if kind is None:
            self.at = before
            return Clause((equation,))
        start, place = self.tokens[before].start, self.at
        said = self._conditions(kind)
        if said is not None:
            return replace(said, equations=(equation,), span=(start, said.span[1]))
        self.at = place
        if kind != "besides":
            return None
        explanations = self._definitions()
        if not any(_is_of_index(self.found[each], self.found[equation]) for each in explanations):
            return Clause((equation,), explanations=explanations) if explanations else None
        asked = tuple(chain for each in explanations for chain in _chains(self.found[each]))
        end = next(each.end for each in self.tokens if each.formula == explanations[-1])
        return Clause((equation,), asked, consumed=explanations, span=(start, end))

    def _ahead(self, kind: str, start: int) -> Clause | None:
        """for conditions, equations"""
        said = self._conditions(kind)
        if said is None:
            return None
        self._takes(",", ":")
        self._lead()
        equations = [self._equation()]
        while equations[-1] is not None:
            before = self.at
            if not self._joined() or self._text() == "then":
                self.at = before
                break
            self._lead()
            following = self._equation()
            if following is None:
                self.at = before
                break
            equations.append(following)
        numbers = tuple(each for each in equations if each is not None)
        return replace(said, equations=numbers, span=(start, said.span[1])) if len(numbers) == len(equations) else None

    def _conditions(self, kind: str) -> Clause | None:
        """Conditions, as far as a comma or `and` goes on with more. None if two of them are about one thing, and it is
        not clear whether both are meant"""
        conditions: list[Chain] = []
        consumed: list[int] = []
        joiner, again = "", False
        while True:
            token = self._here()
            own = self._asked(token, kind, "," in joiner)
            if own is None or token is None or token.formula is None:
                break
            if not own and conditions:
                return None  # for i = 1, ..., n - 2 and n
            known = {word for each in conditions for word in subjects(each)}
            if known & {word for each in own for word in subjects(each)} and (again or kind == "every"):
                return None
            self.at += 1
            conditions += own
            consumed.append(token.formula)
            before = self.at
            joiner = self._joined()
            again = bool(joiner) and (self._kind(("every", "only")) is not None or self._quantified())
            if not joiner:
                break
            if self._asked(self._here(), kind, "," in joiner) is None:
                self.at = before
                break
        if not consumed:
            return None
        ends = [each for each in self.tokens if each.formula in (consumed[0], consumed[-1])]
        declared = tuple(each for each in consumed if declares(self.found[each]))
        return Clause((), tuple(conditions), (), tuple(consumed), declared, (ends[0].start, ends[-1].end))

    def _definitions(self) -> tuple[int, ...]:
        """z = A x and b = B y"""
        made: list[int] = []
        while True:
            token = self._here()
            if token is None or token.formula is None or not _explains(self.found[token.formula]):
                return ()
            made.append(token.formula)
            self.at += 1
            if self._is_over() or not self._joined():
                return tuple(made)

    def _equation(self) -> int | None:
        token = self._here()
        if token is None or token.formula is None or not is_equation(self.found[token.formula]):
            return None
        self.at += 1
        return token.formula

    def _asked(self, token: Token | None, kind: str, is_listed: bool) -> list[Chain] | None:
        """What the next formula asks; behind a comma no equation does, since it may be one that holds"""
        if token is None or token.formula is None:
            return None
        return _conditions_in(self.found[token.formula], kind == "every", kind != "besides" and not is_listed)

    def _kind(self, kinds: tuple[str, ...]) -> str | None:
        """Which kind of words for conditions comes next; they are passed"""
        kind = next((each for each in kinds if self._takes(*_WORDS[each])), None)
        if kind == "every":
            self._quantified()
        return kind

    def _quantified(self) -> bool:
        """Whether `every layer` came next"""
        before = self.at
        while self._text() in _QUANTIFIERS or self._text() in _NOUNS:
            self.at += 1
        return self.at > before

    def _joined(self) -> str:
        """A comma or `and`, or both, which are passed"""
        comma = self._takes(",")
        return ("," if comma else "") + ("and" if self._takes(*_AND) else "")

    def _lead(self) -> None:
        """Pass words that only say that an equation comes: at the beginning, any that restrict nothing"""
        begins = self.at == 0
        while self._text() in _LEADING:
            self.at += 1
            if self._text() == ",":
                self.at += 1
        ahead = next((at for at in range(self.at, len(self.tokens)) if self._relates(at)), None) if begins else None
        if ahead is not None and leads(" ".join(each.text for each in self.tokens[self.at : ahead])):
            self.at = ahead

    def _relates(self, at: int) -> bool:
        """Whether a formula with a relation stands at a place"""
        number = self.tokens[at].formula
        return number is not None and not _is_name(self.found[number])

    def _takes(self, *phrases: str) -> bool:
        for phrase in phrases:
            parts = phrase.split()
            if [each.text for each in self.tokens[self.at : self.at + len(parts)]] == parts:
                self.at += len(parts)
                return True
        return False

    def _text(self) -> str:
        token = self._here()
        return token.text if token is not None else ""

    def _here(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _is_over(self) -> bool:
        return self.at == len(self.tokens) or (self.at == len(self.tokens) - 1 and self._text() == ",")


# Formulas


def _conditions_in(source: Source, names: bool, values: bool) -> list[Chain] | None:
    """What a formula in a line asks: inequalities, and if that may be, values; for every name, also nothing"""
    read = source.read
    if source.kind != "inline" or not isinstance(read, Formula) or read.texts or read.implies:
        return None
    if names and declares(source):
        return []
    parts = [part for each in read.statements for part in (each.chain, *each.conditions)]
    chains = [each for each in parts if isinstance(each, Chain)]
    spoken = sum(isinstance(each, Name) for each in parts) if names else 0
    usable = bool(parts) and len(chains) + spoken == len(parts) and all(_asks(each, values) for each in chains)
    return chains if usable else None


def _asks(chain: Chain, values: bool) -> bool:
    """Whether this is an inequality, or a name with a value where that can be asked"""
    names_a_value = chain.relations == ("=",) and isinstance(chain.items[0], Name)
    return set(chain.relations) <= ORDER or (names_a_value and values)


def declares(source: Source) -> bool:
    """Whether a formula is x in R^n, or x, y in R^n."""
    elements, parts = _chains(source), _parts(source)
    names = sum(isinstance(each, Name) for each in parts)
    return bool(elements) and len(elements) + names == len(parts) and all(map(_is_element, elements))


def is_equation(source: Source) -> bool:
    """Whether a formula has a relation, and is no declaration."""
    return bool(_chains(source)) and not declares(source)


def _is_element(chain: Chain) -> bool:
    where = chain.items[-1]
    return chain.relations == ("in",) and where is not None and space(where) is not None


def _is_name(source: Source) -> bool:
    """Whether a formula in a line says nothing, as names do"""
    return source.kind == "inline" and isinstance(source.read, Formula) and not _chains(source)


def _explains(source: Source) -> bool:
    """Whether a formula in a line says what something is"""
    return source.kind == "inline" and (_defines(source) or declares(source))


def _defines(source: Source) -> bool:
    """z = A x, and nothing else"""
    chains, parts = _chains(source), _parts(source)
    equations = (each.relations[0] == "=" and each.items[0] is not None for each in chains)
    return bool(chains) and len(chains) == len(parts) and all(equations)


def _parts(source: Source) -> tuple[Node, ...]:
    """What a formula says, without conditions"""
    return tuple(each.chain for each in source.read.statements) if isinstance(source.read, Formula) else ()


def _chains(source: Source) -> tuple[Chain, ...]:
    return tuple(each for each in _parts(source) if isinstance(each, Chain))


def _is_of_index(definition: Source, equation: Source) -> bool:
    """Whether what is defined stands as an index in an equation: where i = 2"""
    scripted = (each for part in _parts(equation) for each in walk(part) if isinstance(each, Scripted))
    indices = {name for each in scripted for index in each.lower for name in names_in(index)}
    lefts = (each.items[0] for each in _chains(definition))
    return any(left is not None and names_in(left) & indices and not isinstance(left, Scripted) for left in lefts)
