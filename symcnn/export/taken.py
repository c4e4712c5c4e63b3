"""Steps of a proof in their place, and the reasons that they are kept with."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel import Step, Term
from .words import ENGLISH, RULES, WITH_NAME


@dataclass(frozen=True)
class Taken:
    """A step with the part that it rewrites, and the whole before and after it."""

    step: Step
    start: Term
    before: Term
    after: Term
    label: str = ""


def label_of(step: Step, supposed: frozenset[str] = frozenset()) -> str:
    """The reason of a step; that of its rule where it has none that is known."""
    number, kind, text = line_of(step.reason)
    if kind == "own":
        return step.reason
    known = text in ENGLISH or text.partition(":")[0] in WITH_NAME
    if step.rule == "unfold" and not known:
        end = step.result if step.backward else None
        text = f"definition:{end.value}" if end is not None else "definition of it"
    elif step.rule == "use" and dict(step.arguments).get("equation") in supposed:
        text = "supposed"
    elif not known:
        text = RULES.get(step.rule, step.rule.replace("_", " "))
    return f"calc:{number}:{kind}:{text}" if number else text


def line_of(reason: str) -> tuple[str, str, str]:
    """(number of the author's line, "own" or "found", reason): `calc` keeps all three in one text."""
    if not reason.startswith("calc:"):
        return "", "found", reason
    _, number, kind, text = reason.split(":", 3)
    return number, kind, text
