"""Terms and claims as plain text: what `python -m symcnn.kernel` prints of a statement that it accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from . import terms
from .claim import Assumption, Claim, Definition, Leaf
from .functions import FACTS
from .terms import Lambda, Term

_ADD, _MULTIPLY, _POWER = 1, 2, 3  # how tightly an operator binds
_WORDS = frozenset(
    ("sum", "max", "floor", "and", "or", "not", "true", "false", "exists", "iterate", "partial", "if", "at")
)


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
            return _bound_name(term, letters)
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
        case "entry" | "size":
            return f"{show_name(str(term.value))}[{', '.join(map(part, term.args))}]"
        case "bound_entry":
            return f"{_bound_name(term, letters)}[{', '.join(map(part, term.args))}]"
        case "call":
            return f"{show_name(str(term.value))}({part(term.args[0])})"
        case "maximum" | "exists" | "field" | "partial" | "iterate":
            return _show_binder(term, letters)
        case "bracket":
            return f"[{part(term.args[0])}]"
        case "sum":
            return _show_sum(term, letters)
        case "nonzero":
            return f"{part(term.args[0], _ADD)} != 0"
        case _:
            return _show_condition(term, letters, tightness)


def _bound_name(term: Term, letters: tuple[str, ...]) -> str:
    position = int(str(term.value))
    return show_name(letters[position]) if position < len(letters) else f"#{position - len(letters)}"


def _show_binder(term: Term, letters: tuple[str, ...]) -> str:
    """max(i = 1 .. n if P: e), exists(...), L(i = 1 .. n: e), D(V: e; at i: P; [b]), iterate(...)"""
    rank = terms.rank_of(term)
    names, args = binder_letters(term, letters), term.args

    def under(position: int, chosen: tuple[str, ...]) -> str:
        return show(args[position], (*reversed(chosen), *letters))

    def places(start: int) -> str:
        return ", ".join(show(each, letters) for each in args[start:])

    if term.head == "partial":
        indices = tuple(fresh_letters(("i", "j", "p", "q")[:rank], letters, args[1], rank))
        point = f"{', '.join(indices)}: {under(1, indices)}" if rank else under(1, ())
        return f"partial({show_name(names[0])}: {under(0, names)}; at {point}; [{places(2)}])"
    if term.head == "iterate":
        before, layer, *_ = map(show_name, names)
        indices = names[2:]
        start = f"{before}({show(args[0], letters)}) = {', '.join(indices)}: {under(2, indices)}"
        step = f"{layer}, {', '.join(indices)}: {under(3, names)}"
        return f"iterate({start}; {before}({layer}) = {step}; at {show(args[1], letters)}; [{places(4)}])"
    limits = (
        f"{show_name(name)} = {show(low, letters)} .. {show(high, letters)}"
        for name, low, high in zip(names, args[: 2 * rank : 2], args[1 : 2 * rank : 2], strict=True)
    )
    body = under(len(args) - 1, names)
    where = f" if {under(2 * rank, names)}" if term.head == "maximum" else ""
    word = {"maximum": "max", "exists": "exists"}.get(term.head) or show_name(str(term.value))
    return f"{word}({', '.join(limits)}{where}: {body})"


def binder_letters(term: Term, letters: tuple[str, ...]) -> tuple[str, ...]:
    """The names of what a maximum, an `exists`, a field or a recursion binds, or of the tensor of a partial."""
    rank, hints = terms.rank_of(term), term.hint.split()
    usual = ("i", "j", "p", "q", "r", "s", "t", "v", "w", "x")
    if term.head == "partial":
        wanted = (hints or ["V"])[:1]
    elif term.head == "iterate":
        wanted = [*(hints or ["u", "k"])[:2], *usual[:rank]]
    else:
        wanted = (hints if len(hints) == rank else list(usual))[:rank]
    return fresh_letters(tuple(wanted), letters, term, len(wanted))


def fresh_letters(wanted: tuple[str, ...], letters: tuple[str, ...], around: Term, count: int) -> tuple[str, ...]:
    """Letters, with as many primes as keep them apart from each other and from every name that they could meet."""
    taken = {*letters, *(str(part.value) for part in terms.subterms(around) if isinstance(part.value, str))}
    chosen: list[str] = []
    for letter in (wanted + ("k",) * count)[:count]:
        while letter in taken:
            letter += "'"
        taken.add(letter)
        chosen.append(letter)
    return tuple(chosen)


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
    signs = {"at_most": " <= ", "less": " < ", "equal": " = ", "and": " and ", "or": " or "}
    if term.head == "not":
        return f"not ({show(term.args[0], letters)})"
    if term.head in ("and", "or") and len(term.args) == 1:
        return f"{term.head}({show(term.args[0], letters)})"
    inner = _ADD if term.head in ("and", "or") else 0
    text = signs[term.head].join(_show(child, letters, inner) for child in term.args)
    return _grouped(text, bool(tightness))


def show_claim(claim: Claim) -> str:
    """The whole statement, in lines; nothing that it depends on is left out."""
    return "\n".join(_claim_lines(claim))


def _claim_lines(claim: Claim) -> Iterator[str]:
    if claim.integers:
        yield f"for all integers {', '.join(map(show_name, claim.integers))}"
    if claim.sequences:
        yield f"for all sequences of integers from 1 on {', '.join(map(show_name, claim.sequences))}"
    for function in claim.functions:
        facts = "".join(f", {fact}: {FACTS[fact]}" for fact in function.facts)
        yield f"for every function {show_name(function.name)}{facts} (such as {function.example})"
    for each in claim.fields:
        yield f"for every differentiable function {show_name(each.name)} of tensors with {each.rank} indices"
    for leaf in claim.leaves:
        yield f"for every tensor {_show_leaf(leaf)}"
    for definition in claim.definitions:
        yield f"where {_show_definition(definition)}"
    for hypothesis in claim.hypotheses:
        yield f"if {show(hypothesis)}"
    for assumption in claim.assumptions:
        yield from _assumption_lines(assumption)
    for condition in claim.conditions:
        yield f"then {show(condition)}"
    for index in claim.indices:
        yield f"for {show(index.lower)} <= {show_name(index.name)} <= {show(index.upper)}"
    yield f"{show(claim.left)} {claim.relation} {show(claim.right)}"
    yield f"(not vacuous: {', '.join(f'{show_name(name)} = {_show_value(value)}' for name, value in claim.witness)})"


def _show_value(found: Fraction | Lambda) -> str:
    if isinstance(found, Fraction):
        return str(found)
    return f"({', '.join(map(show_name, found.indices))} -> {show(found.body)})"


def _assumption_lines(assumption: Assumption) -> Iterator[str]:
    names = ", ".join(map(show_name, assumption.leaves))
    limits = (f"{show(each.lower)} <= {show_name(each.name)} <= {show(each.upper)}" for each in assumption.indices)
    yield f"if for every {names}{''.join(f', {each}' for each in limits)}"
    yield f"  {show(assumption.left)} = {show(assumption.right)}"


def _show_leaf(leaf: Leaf) -> str:
    layers = "".join(f"{show_name(layer)}, " for layer in leaf.layers)
    return f"{show_name(leaf.name)}[{layers}{_show_ranges(leaf.shape, leaf.origin)}]"


def _show_ranges(shape: tuple[Term, ...], origin: int) -> str:
    uppers = (terms.add(extent, terms.integer(origin - 1)) if origin != 1 else extent for extent in shape)
    return ", ".join(f"{origin}..{show(upper)}" for upper in uppers)


def _show_definition(definition: Definition) -> str:
    where = "" if definition.shape is None else f" over [{_show_ranges(definition.shape, definition.origin)}]"
    head = f"{show_name(definition.name)}[{', '.join(map(show_name, definition.indices))}]"
    return f"{head} := {show(definition.body)}{where}"
