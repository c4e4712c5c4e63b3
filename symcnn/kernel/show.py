"""Terms and claims as plain text: what `python -m symcnn.kernel` prints of a statement that it accepted."""

from __future__ import annotations

from collections.abc import Iterator

from . import terms
from .claim import Claim, Definition, Leaf
from .terms import Term

_ADD, _MULTIPLY, _POWER = 1, 2, 3  # how tightly an operator binds


def show(term: Term, letters: tuple[str, ...] = ()) -> str:
    """The term in one line; `letters` are the names of the binders around it, the nearest first."""
    return _show(term, letters, 0)


def _show(term: Term, letters: tuple[str, ...], tightness: int) -> str:
    def part(child: Term, around: int = 0) -> str:
        return _show(child, letters, around)

    match term.head:
        case "integer" | "rational" | "variable":
            text = str(term.value)
            return f"({text})" if tightness and text.startswith("-") or "/" in text and tightness > 1 else text
        case "bound":
            position = int(str(term.value))
            return letters[position] if position < len(letters) else f"#{position - len(letters)}"
        case "add":
            return _grouped(" + ".join(part(child, _ADD) for child in term.args), tightness >= _ADD)
        case "multiply":
            return _grouped("*".join(part(child, _MULTIPLY) for child in term.args), tightness >= _MULTIPLY)
        case "power":
            return _grouped(f"{part(term.args[0], _POWER)}^{term.value}", tightness >= _POWER)
        case "real":
            return part(term.args[0], tightness)
        case "inverse":
            return _grouped(f"1/{part(term.args[0], _POWER)}", tightness >= _MULTIPLY)
        case "floor":
            return f"floor({part(term.args[0], _ADD)}/{part(term.args[1], _POWER)})"
        case "larger":
            return f"max({', '.join(map(part, term.args))})"
        case "entry":
            return f"{term.value}[{', '.join(map(part, term.args))}]"
        case "bracket":
            return f"[{part(term.args[0])}]"
        case "sum":
            return _show_sum(term, letters)
        case "nonzero":
            return f"{part(term.args[0], _ADD)} != 0"
        case _:
            return _show_condition(term, letters, tightness)


def _grouped(text: str, grouped: bool) -> str:
    return f"({text})" if grouped else text


def _show_sum(term: Term, letters: tuple[str, ...]) -> str:
    lower, upper, body = term.args
    letter = fresh_letter(term, letters)
    return f"sum({letter} = {show(lower, letters)} .. {show(upper, letters)}: {show(body, (letter, *letters))})"


def fresh_letter(binder: Term, letters: tuple[str, ...]) -> str:
    """The hint of a binder, with as many primes as keep it apart from every other name that it could meet."""
    letter = binder.hint or "k"
    taken = terms.free_variables(binder) | set(letters)
    while letter in taken:
        letter += "'"
    return letter


def _show_condition(term: Term, letters: tuple[str, ...], tightness: int) -> str:
    if term in (terms.TRUE, terms.FALSE):
        return "true" if term == terms.TRUE else "false"
    signs = {"at_most": " <= ", "equal": " = ", "and": " and ", "or": " or "}
    if term.head == "not":
        return f"not ({show(term.args[0], letters)})"
    inner = _ADD if term.head in ("and", "or") else 0
    text = signs[term.head].join(_show(child, letters, inner) for child in term.args)
    return _grouped(text, bool(tightness))


def show_claim(claim: Claim) -> str:
    """The whole statement, in lines; nothing that it depends on is left out."""
    return "\n".join(_claim_lines(claim))


def _claim_lines(claim: Claim) -> Iterator[str]:
    if claim.integers:
        yield f"for all integers {', '.join(claim.integers)}"
    for leaf in claim.leaves:
        yield f"for every tensor {_show_leaf(leaf)}"
    for definition in claim.definitions:
        yield f"where {_show_definition(definition)}"
    for hypothesis in claim.hypotheses:
        yield f"if {show(hypothesis)}"
    for condition in claim.conditions:
        yield f"then {show(condition)}"
    for index in claim.indices:
        yield f"for {show(index.lower)} <= {index.name} <= {show(index.upper)}"
    yield f"{show(claim.left)} = {show(claim.right)}"
    yield f"(not vacuous: {', '.join(f'{name} = {value}' for name, value in claim.witness)})"


def _show_leaf(leaf: Leaf) -> str:
    return f"{leaf.name}[{_show_ranges(leaf.shape, leaf.origin)}]"


def _show_ranges(shape: tuple[Term, ...], origin: int) -> str:
    uppers = (terms.add(extent, terms.integer(origin - 1)) if origin != 1 else extent for extent in shape)
    return ", ".join(f"{origin}..{show(upper)}" for upper in uppers)


def _show_definition(definition: Definition) -> str:
    where = "" if definition.shape is None else f" over [{_show_ranges(definition.shape, definition.origin)}]"
    return f"{definition.name}[{', '.join(definition.indices)}] := {show(definition.body)}{where}"
