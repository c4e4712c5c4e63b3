"""Reasons of steps with maxima, functions and derivatives, and of those by a quantified hypothesis."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel import Lambda, Step, Term, terms
from ..kernel.functions import facts_of
from ..kernel.polynomial import normal
from ..language.statement import Statement, fresh_names
from ..language.tensors import index_letters
from ..notation import Printer
from ..notation.folds import matched
from .origin import from_zero, index_from_zero
from .taken import Taken
from .words import DERIVED, ENGLISH


@dataclass(frozen=True)
class Analyst:
    """Tells what the steps of one line do. `moved` are the indices if they are shown one smaller than they are."""

    taken: tuple[Taken, ...]
    printer: Printer
    about: Statement
    moved: tuple[str, ...] | None

    def tell(self, kind: str) -> str:
        """The reason in words, for one of the kinds that need more than a fixed phrase."""
        match kind:
            case "derivative":
                return self._derivative()
            case "attained":
                return self._attained()
            case "monotone":
                return self._monotone()
            case "assumption":
                return self._assumption()
            case "below":
                return self._below()
            case _:
                return ENGLISH[kind].format(function=self._function())

    def _term(self, term: Term) -> Term:
        return term if self.moved is None else from_zero(term, self.moved, self.printer.layers)

    def _place(self, index: Term) -> Term:
        return index if self.moved is None else index_from_zero(index, self.moved)

    def _shown(self, formula: str) -> str:
        return self.printer.style.inline(formula)

    def _rules(self) -> list[str]:
        return [each.step.rule for each in self.taken]

    def _listed(self, words: list[str]) -> str:
        return ENGLISH["and"].join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

    def _derivative(self) -> str:
        parts = list(dict.fromkeys(DERIVED[rule] for rule in self._rules() if rule in DERIVED))
        if parts == ["a product"]:
            return ENGLISH["product rule"]
        return ENGLISH["derivative"].format(parts=self._listed(parts or ["an entry"]))

    def _function(self) -> str:
        """The function that is called in what the steps rewrite"""
        ends = [end for each in self.taken for end in (each.start, each.step.result)]
        calls = (part for end in ends for part in terms.subterms(end) if part.head == "call")
        name = next((str(call.value) for call in calls), "")
        return self._shown(self.printer.function(name.rstrip("'"))) if name else ""

    # Maxima

    def _attained(self) -> str:
        for each in self.taken:
            maximum = each.start if each.start.head == "maximum" else each.step.result
            places = indices_of(maximum, each.step.result if maximum is each.start else each.start)
            if places is not None:
                return ENGLISH["attained"].format(indices=self._shown(self._places(places)))
        return ENGLISH["attained somewhere"]

    def _places(self, indices: tuple[Term, ...]) -> str:
        shown = ", ".join(self.printer(self._place(index)) for index in indices)
        return self.printer.style.group(shown) if len(indices) > 1 else shown

    def _monotone(self) -> str:
        found = next((each for each in self.taken if each.step.rule == "maximum_is"), None)
        if found is None:
            return ENGLISH["attained somewhere"]
        maximum = found.step.result if found.step.backward else found.start
        values = self._shown(self._body(maximum))
        value = self._shown(self.printer(self._term(found.start if found.step.backward else found.step.result)))
        body = maximum.args[-1]
        facts = facts_of(self.about.claim.functions, str(body.value)) if body.head == "call" else frozenset()
        word = next((fact for fact in ("nondecreasing", "nonincreasing") if fact in facts), None)
        if word is None:
            return ENGLISH["bounded"].format(value=value, values=values)
        function = self._shown(self.printer.function(str(body.value)))
        return ENGLISH["monotone"].format(function=function, facts=word, value=value, values=values)

    def _body(self, maximum: Term) -> str:
        """What a maximum is taken of, in its own letters"""
        shown = self._term(maximum)
        letters = self.printer.binder_letters(shown, ())
        return self.printer.number(shown.args[-1], tuple(reversed(letters)))

    def _below(self) -> str:
        heads = {part.head for each in self.taken for part in terms.subterms(each.step.result)}
        return ENGLISH["below attained" if "maximum" in heads else "below"]

    # Quantified hypotheses

    def _assumption(self) -> str:
        uses = [each.step for each in self.taken if each.step.rule == "use"]
        told = [text for step in uses for text in self._instances(step)]
        if not told:
            return ENGLISH["assumption"]
        return ENGLISH["assumption at"].format(tensors=self._listed(told))

    def _instances(self, step: Step) -> list[str]:
        """The tensors for which a hypothesis is used"""
        arguments = dict(step.arguments)
        name = str(arguments.get("equation"))
        assumption = next((each for each in self.about.claim.assumptions if each.name == name), None)
        given = arguments.get("tensors")
        if assumption is None or not isinstance(given, tuple):
            return []
        pairs = zip(assumption.leaves, given, strict=True)
        return [self._instance(leaf, formula) for leaf, formula in pairs if isinstance(formula, Lambda)]

    def _instance(self, leaf: str, formula: Lambda) -> str:
        tensor = self.printer.tensors.get(leaf, leaf)
        place = unit_place(formula)
        if place is not None:
            return ENGLISH["unit"].format(tensor=self._shown(tensor), place=self._shown(self._places(place)))
        names = fresh_names(index_letters(self.about.tensors[leaf]), self.about.claim.integers)
        body = terms.substitute(formula.body, dict(zip(formula.indices, map(terms.variable, names), strict=True)))
        read = self.printer.style.read(tensor, list(map(self.printer.name, names)))
        equation = f"{read}{self.printer.style.equals}{self.printer(body)}"
        return ENGLISH["value"].format(tensor=self._shown(tensor), formula=self._shown(equation))


def indices_of(maximum: Term, value: Term) -> tuple[Term, ...] | None:
    """The indices at which the body of a maximum is this value; None if they cannot be read off."""
    if maximum.head != "maximum":
        return None
    names = tuple(f"@{number}" for number in range(terms.rank_of(maximum)))
    body = terms.instantiate(maximum.args[-1], *map(terms.variable, names))
    for form, other in ((body, value), (normal(body), normal(value))):
        found = matched(form, other, frozenset(names))
        if found is not None and len(found) == len(names):
            return tuple(found[name] for name in names)
    return None


def unit_place(formula: Lambda) -> tuple[Term, ...] | None:
    """The place of the one entry that is 1, of a tensor that is 0 everywhere else; None for any other tensor."""
    body = formula.body
    factors = body.args if body.head == "multiply" else (body,)
    places: dict[str, Term] = {}
    for factor in factors:
        conditions = factor.args if factor.head == "bracket" else ()
        parts = conditions[0].args if conditions and conditions[0].head == "and" else conditions
        for part in parts:
            if part.head != "equal" or part.args[0].head != "variable":
                return None
            places[str(part.args[0].value)] = part.args[1]
        if not conditions:
            return None
    return tuple(places[name] for name in formula.indices) if set(places) == set(formula.indices) else None
