"""How statements are written, in LaTeX and in plain text. It decides nothing; `language` shows itself with it."""

from .latex import identity_latex, identity_text, range_text, tensor_latex
from .latex_style import LATEX
from .literals import has_entries_left_out, literal_formulas
from .matrices import is_derivative, matrix_form, recursion_formulas
from .naming import (
    Naming,
    extended_tensors,
    names_of,
    naming_of,
    operator_word,
    others_named,
    own_definition,
    printer_of,
)
from .printer import Printer
from .products import factors_of
from .recognised import definition_besides, named_besides
from .styles import PLAIN, Style

__all__ = [
    "LATEX",
    "PLAIN",
    "Naming",
    "Printer",
    "Style",
    "definition_besides",
    "extended_tensors",
    "factors_of",
    "has_entries_left_out",
    "identity_latex",
    "identity_text",
    "is_derivative",
    "literal_formulas",
    "matrix_form",
    "named_besides",
    "names_of",
    "naming_of",
    "operator_word",
    "others_named",
    "own_definition",
    "printer_of",
    "range_text",
    "recursion_formulas",
    "tensor_latex",
]
