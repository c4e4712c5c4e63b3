"""Functions, maxima, fields, derivatives and recursions as formulas.

A derivative is written at the tensor by which it is taken: what is bound in it has the name of that tensor.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from ..kernel import Lambda, Term, terms
from ..kernel.analysis import is_slope
from .conditions import Conditions
from .folds import Fold, Ranges, forms_of, layers_in
from .maxima import read_conditions
from .pieces import BASE, FACTOR, PRODUCT, Piece

_USUAL = ("i", "j", "p", "q", "r", "s", "t", "v", "w", "x")
_POINT = "u"


@dataclass(frozen=True)
class Analysis(Conditions):
    """Writes what is no polynomial."""

    @abstractmethod
    def piece(self, term: Term, bound: tuple[str, ...]) -> Piece:
        """A number, with its level."""

    @abstractmethod
    def fresh(self, term: Term, bound: tuple[str, ...], hint: str | None = None) -> str:
        """The letter of a binder."""

    @abstractmethod
    def placed(self, piece: Piece, place: int) -> str:
        """The piece, in parentheses if its place needs them."""

    def function(self, name: str) -> str:
        """A function of a real, or of a tensor."""
        bare = name.rstrip("'")
        return self.style.function(self.letters.get(bare, bare) + name[len(bare) :])

    def call(self, term: Term, bound: tuple[str, ...]) -> Piece:
        """The value of a function; at a sum that is an entry of a tensor like A y + b, it is written so."""
        argument = self.number(term.args[0], bound)
        if term.args[0].head == "add" and self.folds:
            show, whole = self.closed(term.args[0], bound)
            argument = show.entry_of(whole, named=False) or argument
        return Piece(self.style.call(self.function(str(term.value)), argument), BASE)

    # Entries

    def entry(self, term: Term, bound: tuple[str, ...]) -> Piece:
        """An entry of a tensor; of one with layers, that of one layer."""
        name = str(term.value)
        indices = [self.number(child, bound) for child in term.args]
        return Piece(self._read(self.tensors.get(name, name), indices, self.layers.get(name, 0)), BASE)

    def _read(self, shown: str, indices: list[str], layers: int) -> str:
        tensor = self.style.layer(shown, indices[:layers]) if layers else shown
        return self.style.read(tensor, indices[layers:])

    # Maxima

    def limits(self, term: Term, bound: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """The letters of what a maximum, an `exists` or a field binds, and the ranges: 1 <= i, j <= n"""
        letters = self.binder_letters(term, bound)
        bounds = [self.number(child, bound) for child in term.args[: 2 * len(letters)]]
        ranges: dict[tuple[str, str], list[str]] = {}
        for letter, low, high in zip(letters, bounds[::2], bounds[1::2], strict=True):
            ranges.setdefault((low, high), []).append(letter)
        return letters, self.style.listed([self._range(*limits, names) for limits, names in ranges.items()])

    def binder_letters(self, term: Term, bound: tuple[str, ...]) -> tuple[str, ...]:
        """The letters of the indices that a maximum, an `exists` or a field binds."""
        hints, rank = term.hint.split(), terms.rank_of(term)
        letters: list[str] = []
        for hint in (hints if len(hints) == rank else _USUAL)[:rank]:
            letters.append(self.fresh(term, (*letters, *bound), hint))
        return tuple(letters)

    def _range(self, low: str, high: str, letters: list[str]) -> str:
        listed = ", ".join(letters)
        return f"{listed}{self.style.equals}{low}" if low == high else self.style.at_most.join((low, listed, high))

    def maximum(self, term: Term, bound: tuple[str, ...]) -> Piece:
        """A maximum over indices; what follows would seem to be in it."""
        letters, limits = self.limits(term, bound)
        inside, body = (*reversed(letters), *bound), term.args[-1]
        rows = self.conjuncts(read_conditions(term), inside)
        return Piece(self.style.maximum(limits, rows) + self.number(body, inside, PRODUCT), PRODUCT)

    def exists(self, condition: Term, bound: tuple[str, ...]) -> str:
        """That there are indices."""
        letters, limits = self.limits(condition, bound)
        return self.style.exists(limits, self.condition(condition.args[-1], (*reversed(letters), *bound)))

    # Closed terms: binders of tensors are written by what stands for them

    def closed(self, term: Term, bound: tuple[str, ...]) -> tuple[Self, Term]:
        """The term with variables for what is bound around it, and the printer that knows their letters."""
        if not bound:
            return self, term
        first = 1 + max((int(name[1:]) for name in self.raw), default=-1)
        names = [f"#{first + number}" for number in range(len(bound))]
        printer = replace(
            self,
            raw={**self.raw, **dict(zip(names, bound, strict=True))},
            reserved=self.reserved.union(names),
        )
        return printer, terms.instantiate(term, *map(terms.variable, reversed(names)))

    def extended(self, term: Term, bound: tuple[str, ...]) -> Piece:
        """A field, a derivative or an entry of a recursion."""
        show, whole = self.closed(term, bound)
        match term.head:
            case "field":
                return show._field(whole)
            case "iterate":
                return show._iterate(whole)
            case _:
                return show._partial(whole)

    # Fields

    def _field(self, term: Term) -> Piece:
        function = self.function(str(term.value))
        return Piece(self.style.call(function, self.argument(term, term.args[-1])), BASE)

    def argument(self, field: Term, body: Term) -> str:
        """The tensor at which a field is taken: its name, or its entries."""
        bounds = field.args[:-1]
        names = tuple(f"@{number}" for number in range(terms.rank_of(field)))
        opened = terms.instantiate(body, *map(terms.variable, names))
        ranges = tuple(zip(bounds[::2], bounds[1::2], strict=True))
        found = self._tensor_of(opened, names, ranges)
        if found is not None:
            return found[0]
        letters, limits = self.limits(field, ())
        return self.style.family(self.number(body, tuple(reversed(letters))), limits)

    def _tensor_of(self, entry: Term, names: tuple[str, ...], ranges: Ranges) -> tuple[str, bool] | None:
        """The tensor whose entry at the variables `names` this is, and whether somebody has given it its name"""
        forms = forms_of(entry, self.definitions)
        for each in self._folds_for(forms[0]):
            at = each.places(forms)
            if at is None or at[each.layers :] != tuple(map(terms.variable, names)):
                continue
            layers = at[: each.layers]
            if not _speak_of(layers, names) and each.has_ranges(layers, ranges):
                shown = [self.number(layer, ()) for layer in layers]
                return (self.style.layer(each.shown, shown) if layers else each.bare or each.shown), each.named
        return None

    # Recursions

    def _iterate(self, term: Term) -> Piece:
        """An entry of what layers compute, by the name of the recursion"""
        text = self.entry_of(term)
        if text is not None:
            return Piece(text, BASE)
        _, layer, _, _, *indices = term.args
        name = self.fresh(term, (), (term.hint or _POINT).split()[0])
        shown = [self.number(each, ()) for each in (layer, *indices)]
        return Piece(self._read(name, shown, 1), BASE)

    def entry_of(self, term: Term, named: bool = True) -> str | None:
        """The entry of a tensor, one with a name of its own, that a closed term is; None if it is none."""
        forms = forms_of(term, self.definitions)
        for each in self._folds_for(forms[0]):
            at = each.places(forms) if each.named or not named else None
            if at is not None:
                return self._read(each.shown, [self.number(index, ()) for index in at], each.layers)
        return None

    def _folds_for(self, term: Term) -> Iterator[Fold]:
        """The tensors that a closed term may be an entry of"""
        layers = layers_in(term, self.layers)
        return (fold for each in self.folds for fold in each.at_layers(layers))

    # Derivatives

    def _partial(self, term: Term) -> Piece:
        body, point, *indices = term.args
        names = tuple(f"@{number}" for number in range(len(indices)))
        at = terms.instantiate(point, *map(terms.variable, names))
        if is_slope(term):
            return self._slope(body, point, at, names, indices)
        if not _is_read(at, names):
            return self._at_letter(term)
        by = self.number(terms.substitute(at, dict(zip(names, indices, strict=True))), (), BASE)
        return self._derivative(terms.instantiate(body, Lambda(names, at)), by)

    def _derivative(self, whole: Term, by: str) -> Piece:
        short = self._short(whole)
        if short is not None:
            return Piece(self.style.derivative(short, by), PRODUCT if self.style.slashes else FACTOR)
        inner = self.piece(whole, ())
        return Piece(self.style.differentiate(by) + self.placed(inner, BASE), PRODUCT)

    def _short(self, whole: Term) -> str | None:
        """What is written above the line of a fraction"""
        if whole.head in ("entry", "iterate", "field"):
            return self.number(whole, ())
        return self.entry_of(whole)

    def _slope(self, body: Term, point: Term, at: Term, names: tuple[str, ...], indices: list[Term]) -> Piece:
        """The derivative of a field by an entry of its tensor, by the name of that tensor if it has one"""
        bounds = tuple(terms.instantiate(bound, Lambda(names, at)) for bound in body.args[:-1])
        ranges = tuple(zip(bounds[::2], bounds[1::2], strict=True))
        found = self._tensor_of(at, names, ranges)
        shown, function = [self.number(index, ()) for index in indices], self.function(str(body.value))
        level = PRODUCT if self.style.slashes else FACTOR
        if found is not None and found[1]:
            return Piece(self.style.derivative(function, self.style.read(found[0], shown)), level)
        letter = self.fresh(body, (), _POINT)
        slope = self.placed(Piece(self.style.derivative(function, self.style.read(letter, shown)), level), FACTOR)
        argument = found[0] if found is not None else self.argument(Term("field", (*bounds, point), body.value), point)
        return Piece(self.style.call(slope, argument), BASE)

    def _at_letter(self, term: Term) -> Piece:
        """A derivative at something that has no name: by a letter, for which this is put in"""
        body, point, *indices = term.args
        letter = self.fresh(term, (), _POINT)
        names = tuple(f"@{number}" for number in range(len(indices)))
        own = "@tensor"
        show = replace(self, tensors={**self.tensors, own: letter})
        by = show.number(terms.entry(own, *indices), (), BASE)
        whole = terms.instantiate(body, Lambda(names, terms.entry(own, *map(terms.variable, names))))
        derivative = self.placed(show._derivative(whole, by), FACTOR)
        letters = tuple(self.fresh(term, _USUAL[:number], each) for number, each in enumerate(_USUAL[: len(names)]))
        read = self.style.read(letter, list(letters))
        value = self.number(point, tuple(reversed(letters)))
        return Piece(self.style.at_point(derivative, f"{read}{self.style.equals}{value}"), FACTOR)


def _is_read(entry: Term, names: tuple[str, ...]) -> bool:
    """Whether this is the entry of some tensor at the variables, perhaps of a layer"""
    if entry.head != "entry" or len(entry.args) < len(names):
        return False
    count = len(entry.args) - len(names)
    return entry.args[count:] == tuple(map(terms.variable, names)) and not _speak_of(entry.args[:count], names)


def _speak_of(several: Iterable[Term], names: tuple[str, ...]) -> bool:
    return any(not terms.free_variables(each).isdisjoint(names) for each in several)
