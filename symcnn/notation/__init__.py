"""How statements are written, in LaTeX and in plain text. It decides nothing; `language` shows itself with it."""

from .latex import identity_latex, identity_text, range_text, tensor_latex
from .literals import has_entries_left_out, literal_formulas
from .naming import (
    Naming,
    extended_tensors,
    names_of,
    naming_of,
    operator_word,
    own_definition,
    printer_of,
)
from .printer import Printer
from .styles import LATEX, PLAIN, Style

__all__ = [
    "LATEX",
    "PLAIN",
    "Naming",
    "Printer",
    "Style",
    "extended_tensors",
    "has_entries_left_out",
    "identity_latex",
    "identity_text",
    "literal_formulas",
    "names_of",
    "naming_of",
    "operator_word",
    "own_definition",
    "printer_of",
    "range_text",
    "tensor_latex",
]
