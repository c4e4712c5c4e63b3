"""Derivations in Markdown with formulas between dollar signs, as notebooks and code hosts show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chain import aligned, rows_of
from .latex import claim_latex, introduction, opening, shown_display, writer_of

if TYPE_CHECKING:
    from .derivation import Derivation


def derivation_markdown(derivation: Derivation, origin: int) -> str:
    """The claim, the chain and its end."""
    claim = claim_latex(derivation, origin).replace("\\textbf{Claim.}", "**Claim.**")
    writer = writer_of(derivation, origin)
    blocks = ["**Proof.**", *map(_displays, opening(derivation, writer))]
    for part in derivation.parts:
        blocks += [
            _displays(text if isinstance(text, str) else shown_display(text)) for text in introduction(part, writer)
        ]
        blocks.append(f"$$\n{aligned(rows_of(part, writer))}\n$$")
    return "\n\n".join([_displays(claim), *blocks, "$\\square$\n"])


def _displays(text: str) -> str:
    return text.replace("\\[\n", "\n$$\n").replace("\n\\]", "\n$$\n").strip()
