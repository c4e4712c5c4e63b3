"""Derivations in Markdown with formulas between dollar signs, as notebooks and code hosts show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .latex import chain_latex, claim_latex

if TYPE_CHECKING:
    from .derivation import Derivation


def derivation_markdown(derivation: Derivation, origin: int) -> str:
    """The claim, the chain and its end."""
    claim = claim_latex(derivation, origin).replace("\\textbf{Claim.}", "**Claim.**")
    chain = chain_latex(derivation, origin)
    return f"{_displays(claim)}\n\n**Proof.**\n\n$$\n{chain}\n$$\n\n$\\square$\n"


def _displays(text: str) -> str:
    return text.replace("\\[\n", "\n$$\n").replace("\n\\]", "\n$$\n")
