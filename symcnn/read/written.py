"""Formulas written as LaTeX again: what is read from it is the same tree."""

from __future__ import annotations

from .grammar import in_brackets
from .ranges import ranges
from .syntax import (
    Big,
    Bracketed,
    Cases,
    Chain,
    Derivative,
    Dots,
    Fraction,
    Gradient,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Plus,
    Scripted,
    Statement,
    Times,
    Transposed,
    Word,
)
from .tokens import FUNCTIONS, GREEK

_RELATIONS = {
    "<=": r"\le", ">=": r"\ge", "!=": r"\ne", "in": r"\in", "divides": r"\mid", "to": r"\to", "notin": r"\notin",
    "sim": r"\sim", "approx": r"\approx", "propto": r"\propto", "mapsto": r"\mapsto", "leftarrow": r"\leftarrow",
}  # fmt: skip
SIGNS = {"cdot": r"\cdot", "times": r"\times", "*": "*", "star": r"\star", "circledast": r"\circledast",
          "odot": r"\odot", "/": "/", "": ""}  # fmt: skip
_BRACKETS = {
    "(": ("(", ")"), "[": ("[", "]"), "{": (r"\{", r"\}"), "|": (r"\lvert", r"\rvert"), "||": (r"\lVert", r"\rVert"),
    "floor": (r"\lfloor", r"\rfloor"), "ceil": (r"\lceil", r"\rceil"), "angle": (r"\langle", r"\rangle"),
}  # fmt: skip


_NO_TERMS = (Plus, Negative, Chain)  # what is no term without braces
_NO_FACTORS = (*_NO_TERMS, Times)


def latex(node: Node) -> str:
    """A part of a formula as LaTeX."""
    match node:
        case Number(digits):
            return digits
        case Name():
            return _name(node)
        case Word(word):
            return rf"\{word}" if word in FUNCTIONS else rf"\operatorname{{{word}}}"
        case Dots(kind):
            return rf"\{kind}"
        case Transposed():
            return r"\top"
        case Scripted():
            return _scripted(node)
        case Plus(terms):
            return _sum(terms)
        case Negative(term):
            return f"-{_grouped(term, _NO_TERMS)}"
        case Times():
            return _times(node)
        case Fraction(above, below):
            return rf"\frac{{{latex(above)}}}{{{latex(below)}}}"
        case Derivative(of, by):
            return rf"\frac{{\partial {_differentiated(of)}}}{{\partial {_factor(by)}}}"
        case Gradient(by, of):
            return rf"\nabla{f'_{{{latex(by)}}}' if by is not None else ''} {_operand(of)}"
        case Big():
            return _big(node)
        case Bracketed():
            return _bracketed(node)
        case Matrix(rows):
            return _matrix(rows)
        case Cases(rows):
            lines = r" \\ ".join(f"{_part(value)} & {_condition(where)}" for value, where in rows)
            return rf"\begin{{cases}} {lines} \end{{cases}}"
        case Chain(items, relations):
            return _chain(items, relations)
        case Statement():
            return _statement(node)
    raise TypeError(f"{node!r} is no part of a formula")


def _name(node: Name) -> str:
    letter = rf"\{node.letter}" if node.letter in GREEK else node.letter
    return rf"\{node.accent}{{{letter}}}" if node.accent else letter


def _matrix(rows: tuple[tuple[Node | None, ...], ...]) -> str:
    lines = r" \\ ".join(" & ".join("" if cell is None else latex(cell) for cell in row) for row in rows)
    last = r" \\" if len(rows) > 1 and rows[-1] == (None,) else ""
    return rf"\begin{{bmatrix}} {lines}{last} \end{{bmatrix}}"


def _grouped(node: Node, kinds: tuple[type, ...]) -> str:
    """In braces, which are read and not seen, where it would be read in another way"""
    return f"{{{latex(node)}}}" if isinstance(node, kinds) else latex(node)


def _part(node: Node) -> str:
    """A side of a relation, or an entry of a list of cases"""
    return _grouped(node, (Chain,))


def _factor(node: Node) -> str:
    return _grouped(node, (*_NO_FACTORS, Big, Derivative, Gradient))


def _differentiated(node: Node) -> str:
    return (
        f"({latex(node)})"
        if in_brackets(node) is not node or isinstance(node, (Plus, Chain))
        else _grouped(node, _NO_TERMS)
    )


def _operand(node: Node) -> str:
    """What stands behind nabla: with its argument, or in brackets if it is more than a factor"""
    if isinstance(node, Times) and len(node.factors) == 2 and node.signs == ("",) and _is_called(*node.factors):
        return f"{_factor(node.factors[0])} {latex(node.factors[1])}"
    return f"({latex(node)})" if in_brackets(node) is not node or isinstance(node, (*_NO_FACTORS, Big)) else latex(node)


def _is_called(first: Node, second: Node) -> bool:
    return not isinstance(first, (Bracketed, Number)) and _is_in_brackets(second, "(")


def _is_in_brackets(node: Node, *kinds: str) -> bool:
    """Whether this stands in brackets, apart from what stands above and below them"""
    inner = node.base if isinstance(node, Scripted) else node
    return isinstance(inner, Bracketed) and inner.kind in kinds


def _scripted(node: Scripted) -> str:
    base = _grouped(node.base, (*_NO_FACTORS, Big, Scripted, Gradient))
    if isinstance(node.base, Word) and node.lower and not node.primes:
        base = rf"\operatorname{{{node.base.word}}}"  # not an operator: max with something below
    below = f"_{{{','.join(map(latex, node.lower))}}}" if node.lower else ""
    above = f"^{{{latex(node.upper)}}}" if node.upper is not None else ""
    return f"{base}{node.primes * chr(39)}{below}{above}"


def _sum(terms: tuple[Node, ...]) -> str:
    parts = [latex(terms[0]) if isinstance(terms[0], Negative) else _grouped(terms[0], _NO_TERMS)]
    for term in terms[1:]:
        negative = isinstance(term, Negative)
        inner = term.term if isinstance(term, Negative) else term
        parts.append(f"{'-' if negative else '+'} {_grouped(inner, _NO_TERMS)}")
    return " ".join(parts)


def _times(node: Times) -> str:
    text = _grouped(node.factors[-1], _NO_FACTORS)
    for factor, behind, sign in reversed(list(zip(node.factors, node.factors[1:], node.signs, strict=False))):
        before = f"{{{latex(factor)}}}" if _reaches_further(factor, sign, behind) else _grouped(factor, _NO_FACTORS)
        text = " ".join(filter(None, (before, SIGNS[sign], text)))
    return text


def _reaches_further(factor: Node, sign: str, behind: Node) -> bool:
    """Whether a factor would also be taken of what stands behind it"""
    if isinstance(factor, Big):
        return not _has_own_body(factor)
    return isinstance(factor, Gradient) and not sign and not isinstance(behind, Big)


def _has_own_body(node: Big) -> bool:
    """Whether what an operator is taken of stands in brackets that end it"""
    return node.kind in ("max", "min") and _is_in_brackets(node.body, "(", "{")


def _big(node: Big) -> str:
    above = f"^{{{latex(node.above)}}}" if node.above is not None else ""
    body = _grouped(node.body, _NO_TERMS)
    if node.kind in ("max", "min") and body.startswith(("(", r"\{")) and not _has_own_body(node):
        body = f"{{{body}}}"
    return rf"\{node.kind}_{{{_below(node.below)}}}{above} {body}"


def _below(items: tuple[Node, ...]) -> str:
    if _are_apart(items):
        return ", ".join(map(latex, items))
    rows = r" \\ ".join(map(latex, items))
    return rf"\substack{{{rows}}}"


def _are_apart(items: tuple[Node, ...]) -> bool:
    """Whether commas between these make no range of an index of several of them, as in 1 <= i, j <= n"""
    return ranges(items) == items


def _list(items: tuple[Node, ...]) -> str:
    return (", " if _are_apart(items) else "; ").join(map(latex, items))


def _bracketed(node: Bracketed) -> str:
    if node.kind == "and":
        return r" \text{ and } ".join(map(latex, node.items))
    opening, closing = _BRACKETS[node.kind]
    settings = ", ".join(rf"\text{{{word}}} {latex(value)}" for word, value in node.settings)
    written = _list(node.items) if node.kind == "(" else ", ".join(map(latex, node.items))
    inside = written + (f"; {settings}" if settings else "")
    space = " " if opening.startswith("\\") else ""
    return f"{opening}{space}{inside}{space}{closing}"


def _condition(where: Node | None) -> str:
    return r"\text{otherwise}" if where is None else rf"\text{{if }} {latex(where)}"


def _chain(items: tuple[Node | None, ...], relations: tuple[str, ...]) -> str:
    parts = ["" if items[0] is None else _part(items[0])]
    for relation, item in zip(relations, items[1:], strict=True):
        parts.append(f"{_RELATIONS.get(relation, relation)} {'' if item is None else _part(item)}")
    return " ".join(parts).strip()


def _statement(node: Statement) -> str:
    conditions = _list(node.conditions)
    return latex(node.chain) + (rf" \; \text{{for }} ({conditions})" if conditions else "")
