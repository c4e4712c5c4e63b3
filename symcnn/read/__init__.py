"""LaTeX that somebody else wrote, read and checked; trusts nothing that it reads.

| module                                  | what it is                                                              |
|-----------------------------------------|-------------------------------------------------------------------------|
| `pieces`, `document`                    | documents: their formulas one after the other, and the report           |
| `tokens`, `cursor`, `grammar`, `brackets`, `operators`, `display` | formulas as trees (`syntax`)                  |
| `written`                               | trees as LaTeX again                                                    |
| `arithmetic`, `latex2sympy`             | arithmetic, which latex2sympy2 reads too                                |
| `world`, `declarations`, `usage`, `inference` | what names mean: declared, inferred, defined                      |
| `references`, `meaning`, `applied`, `derivatives`, `binders`, `values` | what formulas mean                       |
| `claims`, `checker`                     | equations as identities, and their verdicts                             |
| `edits`, `suggestions`                  | small edits that make an equation true                                  |
| `statement`                             | `latex`: one equation as an `Identity`                                  |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .document import check, check_file
    from .statement import latex

__all__ = ["check", "check_file", "latex"]


def __getattr__(name: str) -> Any:
    if name in ("check", "check_file"):
        from . import document

        return getattr(document, name)
    if name == "latex":
        from .statement import latex

        return latex
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
