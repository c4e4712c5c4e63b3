"""What a notebook shows of a tensor and of an identity, and what a terminal shows of an identity."""

from __future__ import annotations

from ..language.identity import Identity
from ..language.statement import statement_of
from ..language.tensors import Tensor
from ..language.translate import Translation
from .naming import Naming, formula_term, printer_of
from .printer import Printer
from .styles import LATEX, PLAIN, Style


def tensor_latex(tensor: Tensor) -> str:
    """A leaf as an element of its space, a literal as a matrix, a computed tensor by the formula of its entries."""
    naming = Naming(LATEX)
    name = naming.of(tensor)
    rows = literal_rows(tensor)
    if rows is not None:
        return f"{name} = {LATEX.matrix(rows)}"
    found = formula_term(tensor)
    if found is None:
        extents = r" \times ".join(naming.expression(extent) for extent in tensor.shape)
        return rf"{name} \in \mathbb{{R}}^{{{extents}}}" if tensor.rank else rf"{name} \in \mathbb{{R}}"
    letters, entry = found
    translation = Translation()
    translation.tensor(tensor)
    names = {kernel_name: naming.of(each) for kernel_name, each in translation.tensors.items()}
    shown = Printer(LATEX, names, decimals=frozenset(translation.decimals))(entry)
    return f"{LATEX.read(name, [LATEX.name(letter) for letter in letters])} = {shown}"


def identity_latex(identity: Identity) -> str:
    """The equation of the entries of both sides."""
    statement = statement_of(identity)
    show = printer_of(statement, LATEX)
    return f"{show(statement.claim.left)} = {show(statement.claim.right)}"


def identity_text(identity: Identity) -> str:
    """The equation of the entries in plain text, and what is given."""
    statement = statement_of(identity)
    show = printer_of(statement, PLAIN)
    given = [show(Translation().condition(condition, {})) for condition in identity.given]
    equation = f"{show(statement.claim.left)} = {show(statement.claim.right)}"
    return f"{equation} given {', '.join(given)}" if given else equation


def literal_rows(tensor: Tensor, style: Style = LATEX) -> list[list[str]] | None:
    """The rows of a literal matrix; None for anything else."""
    if tensor.literal is None or tensor.rank != 2:
        return None
    naming = Naming(style)
    return [[naming.expression(_exact(value)) for value in row] for row in tensor.literal]


def _exact(value: object) -> object:
    from sympy import sympify

    return sympify(value)
