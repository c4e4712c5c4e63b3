"""How statements are written, in LaTeX and in plain text. It decides nothing; `language` shows itself with it."""

from .latex import identity_latex, identity_text, tensor_latex
from .naming import Naming, naming_of, operator_word, own_definition, printer_of
from .printer import Printer
from .styles import LATEX, PLAIN, Style

__all__ = [
    "LATEX",
    "PLAIN",
    "Naming",
    "Printer",
    "Style",
    "identity_latex",
    "identity_text",
    "naming_of",
    "operator_word",
    "own_definition",
    "printer_of",
    "tensor_latex",
]
