"""Displays: statements one after the other, with conditions, labels and words between them."""

from __future__ import annotations

from . import brackets, grammar
from .brackets import begin, chain, environment_name, relation_or_expression, sees_relation
from .cursor import Cursor
from .syntax import Bracketed, Chain, Formula, Node, Number, Statement
from .tokens import DOTS, STATEMENT_SIGNS

_ARRANGING = "aligned align align* gathered gather gather* split equation equation* multline multline* alignat alignat*"
ARRANGING = frozenset(f"{_ARRANGING} eqnarray eqnarray* alignedat".split())
_BETWEEN = (",", ";", ".", "!", r"\quad", r"\qquad", r"\\", r"\square", r"\blacksquare", *STATEMENT_SIGNS)
_CONDITIONS = ("for", "given", "if", "when", "whenever", "where", "with", "für", "wenn", "mit", "where", "all", "every")
_ORDER = frozenset(("<", "<=", ">", ">=", "divides", "!="))


def formula(source: str) -> Formula:
    """The statements of a display or an inline formula.

    Raises `ParseError`, with line, column and a caret, for anything that cannot be read.
    """
    cursor = Cursor.of(source)
    _label(cursor)
    statements: list[Statement] = []
    texts: list[str] = []
    conditional = False
    while cursor.here.kind != "end":
        if cursor.here.kind == "text" and not _begins_with_text(cursor):
            texts.append(cursor.take().text)
            conditional = _announces(texts[-1]) if texts[-1].strip(" ,.;") else conditional
        elif cursor.sees(*_BETWEEN):
            conditional = cursor.take().text == r"\forall" or conditional
        elif cursor.sees(r"\begin", r"\end") and environment_name(cursor).rstrip("*") in ARRANGING:
            name = begin(cursor)
            if name.startswith("alignat") or name == "alignedat":
                grammar.group(cursor) if cursor.sees("{") else None
        else:
            made = _statement(cursor)
            if statements and _is_condition(made, conditional, statements[-1]):
                statements[-1] = _with_conditions(statements[-1], made, cursor)
            elif statements and _continues(made):
                statements[-1] = _longer(statements[-1], made, cursor)
            else:
                statements.append(Statement(_range(made, cursor), span=made.span))
                conditional = False
    return Formula(tuple(statements), tuple(texts), span=(0, len(source)))


def _begins_with_text(cursor: Cursor) -> bool:
    """Whether a text is the name of something in a statement: stride = k, or diag(...)"""
    token, after = cursor.here, cursor.after
    return token.text.isascii() and token.text.isalpha() and after.kind == "sign" and after.text in ("=", "(")


def _announces(text: str) -> bool:
    """Whether a text says that a condition follows"""
    words = text.lower().replace(",", " ").split()
    return any(word in _CONDITIONS for word in words)


def _label(cursor: Cursor) -> None:
    """Pass the number of an exercise: 1. or (a), or both"""
    if cursor.here.kind == "number" and "." not in cursor.here.text and cursor.after.text == ".":
        cursor.take()
        cursor.take()
        labelled = True
    else:
        labelled = False
    letter = cursor.tokens[min(cursor.at + 1, len(cursor.tokens) - 1)]
    closing = cursor.tokens[min(cursor.at + 2, len(cursor.tokens) - 1)]
    behind = cursor.tokens[min(cursor.at + 3, len(cursor.tokens) - 1)]
    if cursor.sees("(") and letter.kind == "letter" and closing.text == ")" and (labelled or behind.text == r"\quad"):
        for _ in range(3):
            cursor.take()


def _statement(cursor: Cursor) -> Node:
    """A chain, or an expression without a relation"""
    start = cursor.here
    if sees_relation(cursor):
        return chain(cursor, None, start)
    return relation_or_expression(cursor)


def _is_condition(made: Node, announced: bool, before: Statement) -> bool:
    """Whether a part says for which indices and sizes the statement before it holds"""
    inner = brackets.items_in(made)
    chains = [each for each in inner if isinstance(each, Chain)]
    if not chains or len(chains) < len(inner) or any(each.items[0] is None for each in chains):
        return False
    if announced:
        return True
    ordered = all(set(each.relations) <= _ORDER or _is_small(each) for each in chains)
    own = isinstance(before.chain, Chain) and set(before.chain.relations) <= _ORDER
    return ordered and (isinstance(made, Bracketed) or not own) and any(_ORDER & set(each.relations) for each in chains)


def _is_small(each: Chain) -> bool:
    """o = 1, as a range"""
    return each.relations == ("=",) and isinstance(each.items[1], Number)


def _with_conditions(before: Statement, made: Node, cursor: Cursor) -> Statement:
    found = tuple(each for each in brackets.items_in(_range(made, cursor)) if isinstance(each, Chain))
    return Statement(before.chain, (*before.conditions, *found), span=(before.span[0], made.span[1]))


def _range(made: Node, cursor: Cursor) -> Node:
    """i = 1, ..., n as 1 <= i <= n"""
    simple = isinstance(made, Chain) and made.relations == ("=",)
    if not simple or not cursor.sees(",") or cursor.after.text not in DOTS or not isinstance(made, Chain):
        return made
    cursor.take()
    cursor.take()
    cursor.passes(",")
    last = grammar.expression(cursor)
    index, first = made.items
    return Chain((first, index, last), ("<=", "<="), span=(made.span[0], last.span[1]))


def _continues(made: Node) -> bool:
    return isinstance(made, Chain) and made.items[0] is None


def _longer(before: Statement, made: Node, cursor: Cursor) -> Statement:
    """A chain with the links of the next line. Raises `ParseError` if it gets too long."""
    if not isinstance(made, Chain):
        return before
    first = before.chain if isinstance(before.chain, Chain) else Chain((before.chain,), (), span=before.span)
    relations = (*first.relations, *made.relations)
    if len(relations) > brackets.MOST_LINKS:
        cursor.fail(f"a chain of more than {brackets.MOST_LINKS} relations")
    longer = Chain((*first.items, *made.items[1:]), relations, span=(first.span[0], made.span[1]))
    return Statement(longer, before.conditions, span=longer.span)


