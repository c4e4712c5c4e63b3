"""Formulas written as LaTeX again: what is read from it is the same tree."""

from __future__ import annotations

from .syntax import (
    Big,
    Bracketed,
    Cases,
    Chain,
    Derivative,
    Dots,
    Formula,
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
    "~": r"\sim", "mapsto": r"\mapsto",
}  # fmt: skip
_SIGNS = {"cdot": r"\cdot", "times": r"\times", "*": "*", "star": r"\star", "circledast": r"\circledast",
          "odot": r"\odot", "/": "/", "": ""}  # fmt: skip
_BRACKETS = {
    "(": ("(", ")"), "[": ("[", "]"), "{": (r"\{", r"\}"), "|": (r"\lvert", r"\rvert"), "||": (r"\lVert", r"\rVert"),
    "floor": (r"\lfloor", r"\rfloor"), "ceil": (r"\lceil", r"\rceil"), "angle": (r"\langle", r"\rangle"),
}  # fmt: skip


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
            return f"-{_grouped(term, (Plus, Negative))}"
        case Times():
            return _times(node)
        case Fraction(above, below):
            return rf"\frac{{{latex(above)}}}{{{latex(below)}}}"
        case Derivative(of, by):
            return rf"\frac{{\partial {_grouped(of, (Plus, Negative))}}}{{\partial {_factor(by)}}}"
        case Gradient(by, of):
            return rf"\nabla_{{{latex(by)}}} {_operand(of)}"
        case Big():
            return _big(node)
        case Bracketed():
            return _bracketed(node)
        case Matrix(rows):
            lines = (" & ".join("" if cell is None else latex(cell) for cell in row) for row in rows)
            return rf"\begin{{bmatrix}} {_rows(lines)} \end{{bmatrix}}"
        case Cases(rows):
            return rf"\begin{{cases}} {_rows(f'{latex(value)} & {_condition(where)}' for value, where in rows)} \end{{cases}}"
        case Chain(items, relations):
            return _chain(items, relations)
        case Statement():
            return _statement(node)
        case Formula(statements):
            return r", \quad ".join(map(latex, statements))
    raise TypeError(f"{node!r} is no part of a formula")


def _name(node: Name) -> str:
    letter = rf"\{node.letter}" if node.letter in GREEK else node.letter
    return rf"\{node.accent}{{{letter}}}" if node.accent else letter


def _rows(lines: object) -> str:
    return r" \\ ".join(lines)  # type: ignore[call-overload, no-any-return]


def _grouped(node: Node, kinds: tuple[type, ...]) -> str:
    """In braces, which are read and not seen, where it would be read in another way"""
    return f"{{{latex(node)}}}" if isinstance(node, kinds) else latex(node)


def _factor(node: Node) -> str:
    return _grouped(node, (Plus, Negative, Times, Big, Chain, Derivative, Gradient))


def _operand(node: Node) -> str:
    """What stands behind nabla"""
    if isinstance(node, Times) and len(node.factors) == 2 and node.signs == ("",):
        called = isinstance(node.factors[1], (Bracketed, Scripted)) and not isinstance(node.factors[0], (Bracketed, Number))
        if called and latex(node.factors[1]).startswith("("):
            return f"{_factor(node.factors[0])} {latex(node.factors[1])}"
    return _factor(node)


def _scripted(node: Scripted) -> str:
    base = _grouped(node.base, (Plus, Negative, Times, Big, Chain, Scripted, Gradient))
    below = f"_{{{','.join(map(latex, node.lower))}}}" if node.lower else ""
    above = f"^{{{latex(node.upper)}}}" if node.upper is not None else ""
    return f"{base}{node.primes * chr(39)}{below}{above}"


def _sum(terms: tuple[Node, ...]) -> str:
    parts = [latex(terms[0]) if isinstance(terms[0], Negative) else _grouped(terms[0], (Plus,))]
    for term in terms[1:]:
        negative = isinstance(term, Negative)
        inner = term.term if isinstance(term, Negative) else term
        parts.append(f"{'-' if negative else '+'} {_grouped(inner, (Plus, Negative))}")
    return " ".join(parts)


def _times(node: Times) -> str:
    last = len(node.factors) - 1
    parts = []
    for position, each in enumerate(node.factors):
        kinds: tuple[type, ...] = (Plus, Negative, Times, Chain, Derivative, Gradient)
        text = _grouped(each, kinds if position == last else (*kinds, Big))
        parts.append(text if position == 0 else f"{_SIGNS[node.signs[position - 1]]} {text}".strip())
    return " ".join(parts)


def _big(node: Big) -> str:
    above = f"^{{{latex(node.above)}}}" if node.above is not None else ""
    body = _grouped(node.body, (Plus, Negative, Chain))
    return rf"\{node.kind}_{{{', '.join(map(latex, node.below))}}}{above} {body}"


def _bracketed(node: Bracketed) -> str:
    if node.kind == "and":
        return r" \text{ and } ".join(map(latex, node.items))
    opening, closing = _BRACKETS[node.kind]
    settings = ", ".join(rf"\text{{{word}}} {latex(value)}" for word, value in node.settings)
    inside = ", ".join(map(latex, node.items)) + (f"; {settings}" if settings else "")
    space = " " if opening.startswith("\\") else ""
    return f"{opening}{space}{inside}{space}{closing}"


def _condition(where: Node | None) -> str:
    return r"\text{otherwise}" if where is None else rf"\text{{if }} {latex(where)}"


def _chain(items: tuple[Node | None, ...], relations: tuple[str, ...]) -> str:
    parts = ["" if items[0] is None else latex(items[0])]
    for relation, item in zip(relations, items[1:], strict=True):
        parts.append(f"{_RELATIONS.get(relation, relation)} {'' if item is None else latex(item)}")
    return " ".join(parts).strip()


def _statement(node: Statement) -> str:
    conditions = ", ".join(map(latex, node.conditions))
    return latex(node.chain) + (rf" \quad ({conditions})" if conditions else "")
