"""Derivations as plain text for a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..notation import PLAIN
from .statement import Writer

if TYPE_CHECKING:
    from .derivation import Derivation, Part


def derivation_text(derivation: Derivation, origin: int) -> str:
    """The claim, the chain and its end."""
    writer = Writer.of(derivation.theorem.translated, PLAIN, dict(derivation.letters), origin)
    wording = writer.wording()
    given = [*wording.tensors, *wording.definitions]
    given += [f"{name} is 0 outside of its range" for name in wording.zero_outside]
    lines = ["Claim.", *(f"  {text}" for text in given)]
    lines.append(_assumed(wording.hypotheses))
    lines.append(f"    {wording.equation}" + (f"   ({', '.join(wording.ranges)})" if wording.ranges else ""))
    lines += ["", "Proof.", *(line for part in derivation.parts for line in _part(part, writer)), "  ∎"]
    return "\n".join(lines)


def _assumed(hypotheses: tuple[str, ...]) -> str:
    if not hypotheses:
        return "  Then:"
    others = f" with {', '.join(hypotheses[1:])}" if len(hypotheses) > 1 else ""
    return f"  For all {hypotheses[0]}{others}:"


def _part(part: Part, writer: Writer) -> list[str]:
    where = " and ".join(writer.printer(condition) for condition in part.conditions)
    shown = [writer.entry(line.expression) for line in part.lines]
    widest = max((len(text) for text in shown if len(text) < 70), default=0)
    rows = [f"  Where {where}:"] if where else []
    rows.append(f"    {writer.entry(part.start)}" + ("   (both sides are the same)" if not part.lines else ""))
    for text, line in zip(shown, part.lines, strict=True):
        rows.append(f"      = {text:<{widest}}   ({_plain(line.why(writer.origin))})")
    return rows


def _plain(reason: str) -> str:
    """The reason with its formulas as plain letters."""
    text = re.sub(r"\\(?:operatorname|text|mathit)\{([^{}]*)\}", r"\1", reason.replace("$", ""))
    text = re.sub(r"\\(alpha|beta|gamma|delta|sigma)", lambda found: _GREEK[found.group(1)], text)
    return re.sub(r"\s+", " ", re.sub(r"[{}]|\\left|\\right|\\ ", "", text))


_GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "sigma": "σ"}
