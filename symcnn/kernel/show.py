"""Terms and claims as plain text: what `python -m symcnn.kernel` prints of a statement that it accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import terms
from .claim import Claim, Definition, Leaf
from .terms import Term

_ADD, _MULTIPLY, _POWER = 1, 2, 3  # how tightly an operator binds
_WORDS = frozenset(("sum", "max", "floor", "and", "or", "not", "true", "false"))


def show(term: Term, letters: tuple[str, ...] = ()) -> str:
    """The term in one line; `letters` are the names of the binders around it, the nearest first."""
    return _show(term, letters, 0)


def _show(term: Term, letters: tuple[str, ...], tightness: int) -> str:
    def part(child: Term, around: int = 0) -> str:
        return _show(child, letters, around)

    match term.head:
        case "integer" | "rational":
            text = str(term.value)
            loosest = 0 if text.startswith("-") else _ADD if "/" in text else _POWER
            return _grouped(text, tightness > loosest)
        case "variable":
            return show_name(str(term.value))
        case "bound":
            position = int(str(term.value))
            return show_name(letters[position]) if position < len(letters) else f"#{position - len(letters)}"
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
            return f"{show_name(str(term.value))}[{', '.join(map(part, term.args))}]"
        case "bracket":
            return f"[{part(term.args[0])}]"
        case "sum":
            return _show_sum(term, letters)
        case "nonzero":
            return f"{part(term.args[0], _ADD)} != 0"
        case _:
            return _show_condition(term, letters, tightness)


def show_name(name: str) -> str:
    """The name if it cannot be taken for anything else, such as m, W', pad(X, 1); in quotes otherwise.

    No claim contains #0, #1, ...: these are the indices of the sums around, as in `Context.fresh`.
    """
    word, parenthesis, inside = name.partition("(")
    plain = re.fullmatch(r"#\d+|[^\W\d]\w*'*", word) is not None and word not in _WORDS
    if parenthesis:
        plain = plain and re.fullmatch(r"(_\d+)?", _after_closing(inside)) is not None
    return name if plain else repr(name)


def _after_closing(inside: str) -> str:
    """What follows the parenthesis that closes the one before this text; a parenthesis where none does."""
    level = 1
    for number, character in enumerate(inside, 1):
        level += {"(": 1, ")": -1}.get(character, 0)
        if not level:
            return inside[number:]
    return "("


def _grouped(text: str, grouped: bool) -> str:
    return f"({text})" if grouped else text


def _show_sum(term: Term, letters: tuple[str, ...]) -> str:
    lower, upper, body = term.args
    letter = fresh_letter(term, letters)
    range_ = f"{show_name(letter)} = {show(lower, letters)} .. {show(upper, letters)}"
    return f"sum({range_}: {show(body, (letter, *letters))})"


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
        yield f"for all integers {', '.join(map(show_name, claim.integers))}"
    for leaf in claim.leaves:
        yield f"for every tensor {_show_leaf(leaf)}"
    for definition in claim.definitions:
        yield f"where {_show_definition(definition)}"
    for hypothesis in claim.hypotheses:
        yield f"if {show(hypothesis)}"
    for condition in claim.conditions:
        yield f"then {show(condition)}"
    for index in claim.indices:
        yield f"for {show(index.lower)} <= {show_name(index.name)} <= {show(index.upper)}"
    yield f"{show(claim.left)} = {show(claim.right)}"
    yield f"(not vacuous: {', '.join(f'{show_name(name)} = {value}' for name, value in claim.witness)})"


def _show_leaf(leaf: Leaf) -> str:
    return f"{show_name(leaf.name)}[{_show_ranges(leaf.shape, leaf.origin)}]"


def _show_ranges(shape: tuple[Term, ...], origin: int) -> str:
    uppers = (terms.add(extent, terms.integer(origin - 1)) if origin != 1 else extent for extent in shape)
    return ", ".join(f"{origin}..{show(upper)}" for upper in uppers)


def _show_definition(definition: Definition) -> str:
    where = "" if definition.shape is None else f" over [{_show_ranges(definition.shape, definition.origin)}]"
    head = f"{show_name(definition.name)}[{', '.join(map(show_name, definition.indices))}]"
    return f"{head} := {show(definition.body)}{where}"
