"""Derivations in LaTeX, with amsmath and amssymb and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..notation import LATEX
from .statement import Wording, Writer

if TYPE_CHECKING:
    from .derivation import Derivation, Part

PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage{amsmath}
\usepackage{amssymb}
\setlength{\textwidth}{165mm}
\setlength{\textheight}{235mm}
\setlength{\oddsidemargin}{0mm}
\setlength{\evensidemargin}{0mm}
\setlength{\topmargin}{-10mm}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt}
\allowdisplaybreaks
"""
_WIDEST_WITH_REASON = 60
_WIDEST = 92
_WIDEST_CLAIM = 74


def derivation_latex(derivation: Derivation, standalone: bool, origin: int) -> str:
    """The claim, the chain and its end."""
    body = f"{claim_latex(derivation, origin)}\n\n{_proof(derivation, origin)}\n"
    if not standalone:
        return body
    return f"{PREAMBLE}\\begin{{document}}\n\n{body}\n\\end{{document}}\n"


def writer_of(derivation: Derivation, origin: int) -> Writer:
    """The writer of a derivation in LaTeX."""
    return Writer.of(derivation.theorem.translated, LATEX, dict(derivation.letters), origin)


# The claim


def claim_latex(derivation: Derivation, origin: int = 1) -> str:
    """What is given and defined, what is assumed, and the equation with the range of its indices."""
    wording = writer_of(derivation, origin).wording()
    sentences = [f"\\textbf{{Claim.}} {_given(wording)}"]
    if wording.definitions:
        sentences.append(f"Let\n{_display(wording.definitions)}")
    sentences.append(f"{_assumed(wording)}\n{_display((_equation(wording),), end='.')}")
    return "\n".join(sentence for sentence in sentences if sentence)


def _given(wording: Wording) -> str:
    text = f"Let {_listed(wording.tensors)}" if wording.tensors else ""
    if wording.zero_outside:
        text += f", where {_listed(wording.zero_outside)} is $0$ outside of its range"
    return f"{text}." if text else ""


def _assumed(wording: Wording) -> str:
    if not wording.hypotheses:
        return "Then"
    first, others = wording.hypotheses[:1], wording.hypotheses[1:]
    return f"For all {_listed(first)}{f' with {_listed(others)}' if others else ''},"


def _listed(formulas: tuple[str, ...]) -> str:
    shown = [f"${formula}$" for formula in formulas]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _equation(wording: Wording) -> str:
    if not wording.ranges:
        return wording.equation
    return f"{wording.equation} \\qquad ({', '.join(wording.ranges)})"


def _display(formulas: tuple[str, ...], end: str = "") -> str:
    """Displayed formulas, wide ones in two rows"""
    rows = []
    for formula in formulas:
        split = formula.split(r" \qquad ") if width(formula) > _WIDEST_CLAIM else [formula]
        rows += [split[0], *(rf"\qquad {rest}" for rest in split[1:])]
    if len(rows) == 1:
        return f"\\[\n  {rows[0]}{end}\n\\]"
    lines = " \\\\\n".join(f"  & {row}" for row in rows)
    return f"\\[\n\\begin{{aligned}}\n{lines}{end}\n\\end{{aligned}}\n\\]"


# The chain


def _proof(derivation: Derivation, origin: int) -> str:
    writer = writer_of(derivation, origin)
    parts = [f"{_case(part, writer)}\\[\n{_chain(part, writer)}\n\\]" for part in derivation.parts]
    return "\\textbf{Proof.} " + "\n".join(parts) + "\n\\hfill$\\square$"


def chain_latex(derivation: Derivation, origin: int = 1) -> str:
    """The chain alone, as one `aligned`."""
    writer = writer_of(derivation, origin)
    return "\n".join(_chain(part, writer) for part in derivation.parts)


def _case(part: Part, writer: Writer) -> str:
    if not part.conditions:
        return ""
    return f"Where {_listed(tuple(writer.printer(condition) for condition in part.conditions))}:\n"


def _chain(part: Part, writer: Writer) -> str:
    """An `aligned` with one row for the start and one for each line; a reason moves below a wide formula."""
    rows = [f"  & {writer.entry(part.start)}" + ("" if part.lines else r" && \text{(both sides are the same)}")]
    for line in part.lines:
        rows += _rows(line.why(writer.origin), writer.entry(line.expression))
    body = " \\\\\n".join(rows)
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def _rows(why: str, expression: str) -> list[str]:
    reason = rf"\text{{({_escaped(why)})}}"
    if width(expression) <= _WIDEST_WITH_REASON:
        return [f"  &\\quad = {expression} && {reason}"]
    return [*_broken(expression), f"  &\\qquad\\qquad {reason}"]


def _broken(expression: str) -> list[str]:
    """The formula in rows that fit the page, broken before a plus or minus that stands in no bracket."""
    rows = [""]
    for part in _top_level_summands(expression):
        if rows[-1] and width(rows[-1] + part) > _WIDEST:
            rows.append(part)
        else:
            rows[-1] += part
    return [f"  &\\quad = {rows[0]}", *(f"  &\\qquad\\quad {{}}{row}" for row in rows[1:])]


def _top_level_summands(expression: str) -> list[str]:
    parts, depth = [""], 0
    for token in re.split(r"( [+-] |\\left.|\\right.|[{}()])", expression):
        if token in ("{", "(") or token.startswith(r"\left"):
            depth += 1
        elif token in ("}", ")") or token.startswith(r"\right"):
            depth -= 1
        if token in (" + ", " - ") and depth == 0:
            parts.append(token)
        else:
            parts[-1] += token
    return parts


def width(formula: str) -> int:
    """About how many letters wide a formula is."""
    text = re.sub(r"\\(?:left|right|text|operatorname|mathit|mathbb)\b", "", formula)
    text = re.sub(r"\\(?:frac)\{([^{}]*)\}\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\\begin\{bmatrix\}.*?\\end\{bmatrix\}", "matrix ", text, flags=re.S)
    text = re.sub(r"\\[a-zA-Z]+", "xx", text)
    return len(re.sub(r"[{}_^\\ ]", "", text))


def _escaped(reason: str) -> str:
    """Words as LaTeX text; what stands between dollar signs is LaTeX already."""
    parts = reason.split("$")
    words = (re.sub(r"([#%&_])", r"\\\1", part) if number % 2 == 0 else part for number, part in enumerate(parts))
    return "$".join(words)
