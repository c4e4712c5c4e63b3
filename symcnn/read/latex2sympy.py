"""latex2sympy2, and everything that is known of it here: it is sent one small expression of letters at a time."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any, TextIO

from sympy import Expr

from ..errors import SymcnnError

# No d, e, E, I, T (differential, exp, number with exponent, imaginary unit, transpose), no i and j (set to I in it).
_LETTERS = "xyzuvwabcfghklmnopqrstABCDFGHKLMNOPQRSUVWXYZ"
_TOKEN = rf"[{_LETTERS}](?:_\{{[0-9]{{2,}}\}})?|[0-9]+(?:\.[0-9]+)?|\\frac(?=\{{)|\\cdot |[(){{}}^+-]| "
_SENT = re.compile(rf"(?:{_TOKEN})+")
_BRACKETS = {")": "(", "}": "{"}

_LOCK = Lock()  # antlr and latex2sympy2 keep what they read in variables of their modules and classes


class Latex2SympyError(SymcnnError):
    """latex2sympy2 has no expression for what it was sent, or was not sent it; the message shows it."""


def placeholder(number: int) -> str:
    """The name that latex2sympy2 reads as a symbol of that name: x, y, ...; x_{44} and so on, which is slow.

    The least number with an index has two digits: x_{1} would be given back as x_1.
    """
    return _LETTERS[number] if number < len(_LETTERS) else f"x_{{{number}}}"


def parse(latex: str) -> Expr:
    """What latex2sympy2 reads in sums, products, fractions and powers of placeholders and numbers.

    Raises `Latex2SympyError` for other text, which is not sent, and for whatever goes wrong in it. That the answer
    is right is not known: it is to be compared.
    """
    if not (_SENT.fullmatch(latex) and _is_balanced(latex)):
        raise Latex2SympyError(f"{latex!r} is more than arithmetic with placeholders: it is not sent to latex2sympy2")
    answer = _answer(latex)
    if not isinstance(answer, Expr):
        raise Latex2SympyError(f"latex2sympy2 reads {latex} as {answer!r}, which is not an expression")
    return answer


def _answer(latex: str) -> Any:
    with _LOCK:
        module = _loaded()
        try:
            with _untouched(module):
                return module.latex2sympy(latex)
        except Exception as error:  # it raises Exception, TypeError, AttributeError, RecursionError, ...
            raise Latex2SympyError(f"latex2sympy2 cannot read {latex}: {error or type(error).__name__}") from error


def _is_balanced(latex: str) -> bool:
    """Whether every bracket is closed: latex2sympy2 stops at one too many and says nothing of the rest."""
    opened: list[str] = []
    for character in latex:
        if character in _BRACKETS.values():
            opened.append(character)
        elif character in _BRACKETS and (not opened or opened.pop() != _BRACKETS[character]):
            return False
    return not opened


def _loaded() -> ModuleType:
    """The module, imported when it is first needed: it takes half a second. Raises `Latex2SympyError` if it fails.

    It imports from a package that is called `gen`: its own folder is searched first, so that a file gen.py beside a
    script is not taken for that.
    """
    try:
        with _own_folder_first(), _typing_io(), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 has one for typing.io
            import latex2sympy2
    except Exception as error:
        raise Latex2SympyError(f"latex2sympy2 cannot be imported; is there another module `gen`? {error}") from error
    return latex2sympy2


@contextmanager
def _own_folder_first() -> Iterator[None]:
    """The folder in which latex2sympy2 is installed stands first where modules are looked for"""
    found = find_spec("latex2sympy2")
    if found is None or found.origin is None or "latex2sympy2" in sys.modules:
        yield
        return
    folder = str(Path(found.origin).parent)
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)


@contextmanager
def _typing_io() -> Iterator[None]:
    """The module `typing.io`, which antlr imports and Python 3.13 does not have, for the time of an import."""
    if "typing.io" in sys.modules:
        yield
        return
    module = ModuleType("typing.io")
    module.TextIO = TextIO  # type: ignore[attr-defined]
    sys.modules["typing.io"] = module
    try:
        yield
    finally:
        del sys.modules["typing.io"]


@contextmanager
def _untouched(module: Any) -> Iterator[None]:
    """The variables of latex2sympy2 as if it had read nothing so far; afterwards as they were.

    Without this `x = 3` is remembered, symbols may be declared real, and one `dx` makes everything later fail.
    """
    before = {name: getattr(module, name) for name in ("is_real", "frac_type", "variances", "var", "VARIABLE_VALUES")}
    try:
        module.is_real, module.frac_type = None, r"\frac"
        module.variances, module.var, module.VARIABLE_VALUES = {}, {}, {}
        yield
    finally:
        vars(module).update(before)
