"""The claim in words: what is given, what is defined, what is assumed, what is claimed, and for which indices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..kernel import Definition, Index, Lambda, Term, terms
from ..language.statement import Statement, fresh_names, last_index
from ..language.tensors import Tensor, index_letters
from ..language.translate import Translation
from ..notation import (
    LATEX,
    Printer,
    Style,
    definition_besides,
    extended_tensors,
    factors_of,
    has_entries_left_out,
    is_derivative,
    literal_formulas,
    matrix_form,
    named_besides,
    naming_of,
    own_definition,
    printer_of,
    range_text,
    recursion_formulas,
)
from .given import (
    fields,
    functions,
    layer_letter,
    layers,
    private_definitions,
    suppositions,
)
from .moved import recognised_from_zero
from .origin import MINUS_ONE, from_zero
from .parts import Line
from .wording import Outside, Wording

PRODUCT = 1
#: operators that need no definition where a matrix of derivatives is shown
_MATRICES = frozenset(("matmul", "diag", "outer", "gradient", "jacobian", "identity_matrix", "transpose"))


@dataclass(frozen=True)
class Writer:
    """Writes the terms of one statement in one style, with indices from 1 (as they are) or from 0."""

    statement: Statement
    style: Style
    printer: Printer
    origin: int

    @classmethod
    def of(cls, statement: Statement, style: Style, letters: dict[str, str], origin: int) -> Writer:
        """The writer for a statement. Raises `ValueError` for an origin other than 0 and 1."""
        if origin not in (0, 1):
            raise ValueError(f"indices start at 0 or at 1, not at {origin}")
        printer = printer_of(statement, style, letters, tidy=True)
        if origin == 0 and statement.identity.lhs.origin == 1:
            limits = printer.zero_outside.items()
            moved = {name: tuple((_less(low), _less(high)) for low, high in ranges) for name, ranges in limits}
            printer = replace(printer, zero_outside=moved, **recognised_from_zero(printer))
        return cls(statement, printer.style, printer, origin)

    @property
    def indices(self) -> tuple[str, ...]:
        """The free indices of the claim."""
        return tuple(index.name for index in self.statement.claim.indices)

    @property
    def moves(self) -> bool:
        """Whether indices are shown smaller than they are."""
        return self.origin == 0 and self.statement.identity.lhs.origin == 1

    def entry(self, term: Term, more: tuple[str, ...] = ()) -> str:
        """A term or condition with entries and sums; `more` are indices besides those of the claim."""
        return self.printer(from_zero(term, (*self.indices, *more), self.printer.layers) if self.moves else term)

    def reason(self, line: Line) -> str:
        """The reason of a line, in this style and with these indices."""
        return line.reason if line.why is None else line.why.words(self.printer, self.statement, self.origin)

    def wording(self, right: Term | None = None) -> Wording:
        """The claim in words; `right` is another form of its right side, with cases where it has a bracket."""
        claim = self.statement.claim
        private = private_definitions(claim)
        leaves = [leaf for leaf in claim.leaves if leaf.name not in private]
        literals = [each for each in self.statement.tensors.items() if each[1].literal is not None]
        return Wording(
            tuple(self._sizes()),
            tuple(self.printer.listed(condition) for condition in self._hypotheses() if not _reads(condition)),
            tuple(self.space(self.printer.tensors[leaf.name], leaf.shape) for leaf in leaves if not leaf.layers),
            tuple(self._outside(computed=False)),
            tuple(text for each in self._shown_definitions(private) for text in self._definition(each)),
            tuple(self._outside(computed=True)),
            tuple(self.entry(condition) for condition in self._hypotheses() if _reads(condition)),
            (self.entry(claim.left), self.entry(claim.right) if right is None else self.with_cases(right)),
            tuple(self.range(index.name, index.lower, index.upper) for index in claim.indices),
            tuple(text for each in self.statement.helpers for text in self._definition(each)),
            tuple(self.printer.tensors[name] for name, tensor in literals if has_entries_left_out(tensor)),
            self.shows_brackets(self._formulas(private)) if right is None else False,
            tuple(functions(self)),
            tuple(fields(self)),
            layers(self, leaves),
            tuple(suppositions(self)),
            matrix_form(self.statement, naming_of(self.statement, self.style, self.printer.letters)) or "",
            self.style.equals if claim.relation == "=" else self.style.at_most,
        )

    # Sizes and hypotheses

    def _sizes(self) -> Iterator[str]:
        """The sizes by their lower bounds: m, n >= 1"""
        bounds: dict[int | None, list[str]] = {}
        least = dict(bound for bound in map(_lower_bound, self.statement.claim.hypotheses) if bound)
        for name in self.statement.claim.integers:
            bounds.setdefault(least.get(name), []).append(self.printer.name(name))
        for bound, names in bounds.items():
            yield f"{', '.join(names)}{'' if bound is None else f'{self.style.at_least}{bound}'}"

    def _hypotheses(self) -> Iterator[Term]:
        """The hypotheses that are not told with the sizes"""
        hypotheses = self.statement.claim.hypotheses
        told = {bound[0]: condition for condition in hypotheses if (bound := _lower_bound(condition))}
        return (each for each in hypotheses if each not in told.values())

    def range(self, name: str, lower: Term, upper: Term) -> str:
        """The range of an index."""
        if self.moves:
            lower, upper = _less(lower), _less(upper)
        return range_text(self.printer, Index(name, lower, upper))

    # Tensors

    def size(self, extent: Term) -> str:
        """An extent among others."""
        return self.printer(extent, PRODUCT)

    def space(self, shown: str, shape: Iterable[Term]) -> str:
        """A tensor and its space."""
        return self.style.space(shown, list(map(self.size, shape)))

    def _shown_definitions(self, private: frozenset[str]) -> Iterator[Definition]:
        """The definitions that a reader is told: not those of quantified tensors, and not what matrices are where
        derivatives are put together to one"""
        claim = self.statement.claim
        known = _MATRICES if is_derivative(self.statement) else frozenset[str]()
        besides = (definition_besides(tensor) for tensor in named_besides(self.statement).values())
        for each in (*(each for each in besides if each is not None), *claim.definitions):
            operation = self._tensor(each.name).operation
            if each.name not in private and (operation is None or operation.name not in known):
                yield each

    def _tensor(self, name: str) -> Tensor:
        return self.statement.tensors[name] if name in self.statement.tensors else named_besides(self.statement)[name]

    def _definition(self, definition: Definition) -> tuple[str, ...]:
        tensor = self._tensor(definition.name)
        if tensor.recursion is not None:
            return self._recursion(definition, tensor)
        if tensor.total and tensor.operation is not None and not tensor.operation.parameters:
            return ()  # it is the tensor itself, continued by 0
        name = self.printer.tensors[definition.name]
        if tensor.literal is not None:
            naming = naming_of(self.statement, self.style, self.printer.letters)
            formulas = literal_formulas(tensor, naming, tensor.origin - self.moves)
            if tensor.rank == 2:
                return formulas
            return (*formulas[:-1], f"{formulas[-1]}{self.style.separator}{self.space(name, definition.shape or ())}")
        names, body = self._with_plain_indices(definition, tensor)
        left = self.entry(terms.entry(definition.name, *map(terms.variable, names)), names)
        shown = self._case_by_case(body, names) if self._has_cases(body) else self._as_meant(body, names)
        equation = f"{left}{self.style.equals}{shown}"
        if not own_definition(tensor):
            return (equation,)
        return (f"{equation}{self.style.separator}{self.space(name, definition.shape or ())}",)

    def _recursion(self, definition: Definition, tensor: Tensor) -> tuple[str, ...]:
        """The first layer, and any later one"""
        letter = layer_letter(self.statement.claim)
        naming = naming_of(self.statement, self.style, self.printer.letters)
        first, later = recursion_formulas(tensor, naming, letter) or self._recursion_entries(definition, letter)
        above = f"{self.printer.name(letter)}{self.style.greater}{self.printer(definition.first or terms.integer(1))}"
        return (f"{first}{self.style.separator}{later}{self.style.under(above)}",)

    def _recursion_entries(self, definition: Definition, letter: str) -> tuple[str, str]:
        """The entries of the first layer, and of a later one"""
        base, _, start, step, *_ = definition.body.args
        tensor, number = self._tensor(definition.name), terms.variable(letter)
        names = fresh_names(index_letters(tensor), {*self.statement.claim.integers, *self.statement.tensors, letter})
        places = tuple(map(terms.variable, names))
        before = Lambda(names, terms.entry(definition.name, terms.add(number, MINUS_ONE), *places))
        formulas = (terms.instantiate(start, *places), terms.instantiate(step, before, number, *places))
        first, later = (
            self.style.equals.join(
                (self.entry(terms.entry(definition.name, layer, *places), names), self.entry(each, names))
            )
            for layer, each in zip((base, number), formulas, strict=True)
        )
        return first, later

    def _has_cases(self, body: Term) -> bool:
        """Whether the formula of a tensor is shown in two cases: where it is what a derivative is"""
        brackets = [each for each in factors_of(body)[1] if each.head == "bracket"]
        return is_derivative(self.statement) and len(brackets) == 1 and body.head != "add"

    def _case_by_case(self, body: Term, indices: tuple[str, ...]) -> str:
        return replace(self, printer=replace(self.printer, zero_outside={})).with_cases(body, indices)

    def with_cases(self, term: Term, more: tuple[str, ...] = ()) -> str:
        """A term; one with a factor that is a bracket as two cases. `more` as in `entry`."""
        moved = from_zero(term, (*self.indices, *more), self.printer.layers) if self.moves else term
        number, above, below = factors_of(moved)
        brackets = [each for each in above if each.head == "bracket"]
        if len(brackets) != 1 or moved.head == "add":
            return self.printer(moved)
        others = [each for each in above if each.head != "bracket"]
        value = terms.multiply(terms.rational(number), *others, *map(terms.inverse, below))
        return self.style.cases(self.printer(value), self.printer(brackets[0].args[0]))

    def _with_plain_indices(self, definition: Definition, tensor: Tensor) -> tuple[tuple[str, ...], Term]:
        """The indices and the formula; it is no matter that the claim has indices of the same names"""
        taken = {*self.statement.claim.integers, *self.statement.tensors}
        names = fresh_names(index_letters(tensor), taken)
        renaming = {old: terms.variable(new) for old, new in zip(definition.indices, names, strict=True)}
        return names, terms.substitute(definition.body, renaming)

    def _as_meant(self, body: Term, indices: tuple[str, ...]) -> str:
        """A formula in which no bracket is left out"""
        return replace(self, printer=replace(self.printer, zero_outside={})).entry(body, indices)

    def _outside(self, computed: bool) -> Iterator[Outside]:
        private = private_definitions(self.statement.claim)
        named = {tensor.symbol: name for name, tensor in self.statement.tensors.items()}
        found = (each for each in extended_tensors(self.statement) if (each.formula is not None) == computed)
        yield from self._zeros(tensor for tensor in found if named.get(tensor.symbol) not in private)

    def outside_of(self, names: Iterable[str]) -> Iterator[Outside]:
        """The ranges outside of which these tensors are 0, if they are read there."""
        wanted = {self.statement.tensors[name].symbol for name in names}
        yield from self._zeros(each for each in extended_tensors(self.statement) if each.symbol in wanted)

    def _zeros(self, tensors: Iterable[Tensor]) -> Iterator[Outside]:
        """The tensors that are 0 outside of one range, and this range"""
        found: dict[tuple[str, ...], list[str]] = {}
        for tensor in tensors:
            read, ranges = self._limits(tensor)
            reads = found.setdefault(ranges, [])
            reads += [read] if read not in reads else []
        return ((tuple(reads), ranges) for ranges, reads in found.items())

    def _limits(self, tensor: Tensor) -> tuple[str, tuple[str, ...]]:
        claim = self.statement.claim
        names = fresh_names(index_letters(tensor), {*claim.integers, *self.statement.tensors})
        naming = naming_of(self.statement, self.style, self.printer.letters)
        ranges = []
        for name, extent in zip(names, Translation().shape(tensor), strict=True):
            ranges.append(self.range(name, terms.integer(tensor.origin), last_index(tensor.origin, extent)))
        return self.style.read(naming.of(tensor), [self.printer.name(name) for name in names]), tuple(ranges)

    # Brackets

    def shows_brackets(self, several: Iterable[Term]) -> bool:
        """Whether a bracket is seen in one of the terms."""
        return any(
            r"\left[" in show(term) for show in [printer_of(self.statement, LATEX, tidy=True)] for term in several
        )

    def _formulas(self, private: frozenset[str]) -> Iterator[Term]:
        """The terms that the claim shows"""
        claim = self.statement.claim
        yield from (claim.left, claim.right)
        for definition in (*self._shown_definitions(private), *self.statement.helpers):
            is_literal = self._tensor(definition.name).literal is not None
            if not is_literal and not self._has_cases(definition.body) and self._definition(definition):
                yield definition.body


def _less(term: Term) -> Term:
    return terms.add(term, MINUS_ONE)


def _lower_bound(condition: Term) -> tuple[str, int] | None:
    """(v, c) of a hypothesis `c <= v` with a number c"""
    if condition.head != "at_most" or condition.args[0].head != "integer" or condition.args[1].head != "variable":
        return None
    return str(condition.args[1].value), int(str(condition.args[0].value))


def _reads(condition: Term) -> bool:
    """Whether a condition speaks of more than of integers that have been given"""
    return any(part.head in ("entry", "size", "call", "field") for part in terms.subterms(condition))
