"""What a notebook shows of a tensor and of an identity, and what a terminal shows of an identity."""

from __future__ import annotations

from ..errors import SymcnnError
from ..kernel import Assumption, Index, Term
from ..language.identity import Identity
from ..language.statement import Statement, statement_of
from ..language.tensors import Tensor
from .latex_style import LATEX
from .literals import has_entries_left_out, literal_formulas
from .matrices import matrix_form
from .naming import Naming, naming_of, printer_of
from .pieces import PRODUCT
from .printer import Printer
from .styles import PLAIN

_COMMA = r",\ "


def tensor_latex(tensor: Tensor) -> str:
    """A leaf as an element of its space, a literal by its entries, a computed tensor by the formula of its entries."""
    if tensor.literal is not None and not has_entries_left_out(tensor):
        return LATEX.separator.join(literal_formulas(tensor, Naming(LATEX), tensor.origin))
    try:
        statement = statement_of(Identity(tensor, tensor))
    except SymcnnError:  # it cannot stand in a statement; it is shown all the same
        return LATEX.space(Naming(LATEX).of(tensor), [Naming(LATEX).expression(extent) for extent in tensor.shape])
    if tensor.formula is None or tensor.literal is not None:
        return _space(statement, tensor)
    show = printer_of(statement, LATEX, tidy=True)
    letters, body = _formula(statement)
    read = LATEX.read(naming_of(statement, LATEX).of(tensor), [show.name(letter) for letter in letters])
    return f"{read} = {show(body)}"


def _space(statement: Statement, tensor: Tensor) -> str:
    """The tensor that both sides of a statement are, with its space"""
    show, found = printer_of(statement, LATEX, tidy=True), statement.claim.leaves or statement.claim.definitions
    return LATEX.space(
        naming_of(statement, LATEX).of(tensor), [show.number(extent, (), PRODUCT) for extent in found[0].shape or ()]
    )


def _formula(statement: Statement) -> tuple[tuple[str, ...], Term]:
    """The letters and the formula of the tensor that both sides of a statement are"""
    claim = statement.claim
    for definition in claim.definitions:
        if claim.left.head == "entry" and claim.left.value == definition.name:
            return definition.indices, definition.body
    return tuple(index.name for index in claim.indices), claim.left


def identity_latex(identity: Identity) -> str:
    """The equation of the entries of both sides, for which indices, and what is given."""
    statement = statement_of(identity)
    show = printer_of(statement, LATEX, tidy=True)
    text = _equation(statement, show)
    ranges = [range_text(show, index) for index in statement.claim.indices]
    text += rf" \qquad ({_COMMA.join(ranges)})" if ranges else ""
    given = _given(identity, statement, show)
    text += rf" \quad \text{{given }} {_COMMA.join(given)}" if given else ""
    whole = matrix_form(statement, naming_of(statement, LATEX))
    return text + (rf" \qquad \text{{that is, }} {whole}" if whole else "")


def identity_text(identity: Identity) -> str:
    """The equation of the entries in plain text, and what is given."""
    statement = statement_of(identity)
    show = printer_of(statement, PLAIN)
    given = _given(identity, statement, show)
    return _equation(statement, show) + (f" given {', '.join(given)}" if given else "")


def _equation(statement: Statement, show: Printer) -> str:
    claim = statement.claim
    sign = show.style.equals if claim.relation == "=" else show.style.at_most
    return f"{show(claim.left)}{sign}{show(claim.right)}"


def _given(identity: Identity, statement: Statement, show: Printer) -> list[str]:
    """The hypotheses but for those that nobody wrote: a size is at least 1"""
    claim = statement.claim
    unwritten = len(claim.hypotheses) - (len(identity.given) - len(claim.assumptions))
    plain = [show.listed(condition) for condition in claim.hypotheses[unwritten:]]
    return [*plain, *(_assumption(each, show) for each in claim.assumptions)]


def _assumption(each: Assumption, show: Printer) -> str:
    names = ", ".join(show.tensors[name] for name in each.leaves)
    return f"{show(each.left)}{show.style.equals}{show(each.right)}{show.style.under(show.style.every(names))}"


def range_text(show: Printer, index: Index) -> str:
    """1 <= i <= n, or i = 1."""
    letter, style = show.name(index.name), show.style
    if index.lower == index.upper:
        return f"{letter}{style.equals}{show(index.lower)}"
    return f"{show(index.lower)}{style.at_most}{letter}{style.at_most}{show(index.upper)}"
