"""Lists, relations, brackets, matrices and cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import grammar
from .cursor import Cursor
from .ranges import ranges
from .syntax import Bracketed, Cases, Chain, Matrix, Node, Word
from .tokens import AND, ARRANGING, MATRICES, RELATIONS, Token, words

MOST_LINKS = 100
LARGEST_MATRIX = 400  # cells
_PAIRS = {
    "(": ("(", (")",)), "[": ("[", ("]",)), r"\lbrack": ("[", (r"\rbrack",)), r"\{": ("{", (r"\}",)),
    r"\lbrace": ("{", (r"\rbrace", r"\}")), "|": ("|", ("|",)), r"\vert": ("|", (r"\vert",)),
    r"\lvert": ("|", (r"\rvert",)), r"\|": ("||", (r"\|",)), r"\Vert": ("||", (r"\Vert",)),
    r"\lVert": ("||", (r"\rVert",)), r"\lfloor": ("floor", (r"\rfloor",)), r"\lceil": ("ceil", (r"\rceil",)),
    r"\langle": ("angle", (r"\rangle",)),
}  # fmt: skip
_OTHERWISE = ("otherwise", "else", "sonst", "sinon", "иначе", "그 외", "그외", "그렇지 않으면")
_INTRODUCING = re.compile(
    r"[\s,;]*(?:(?:and|und|et)\s+)?(?:(?:for|für|pour)(?:\s+(?:all|every|each|any|alle|tout))?(?:\s+indices)?|all|every|each"
    r"|if|when|whenever|where|with|given(?:\s+that)?|provided(?:\s+that)?|wenn|falls|mit|für)[\s,:]*",
    re.IGNORECASE,
)
_IN_CASES = words("in case si als если при 若 如果 当 當")  # words before the condition of a case, besides


def announces(text: str) -> bool:
    """Whether a text says that a condition follows, and nothing else: only if does not."""
    return _INTRODUCING.fullmatch(text) is not None


def bracketed(cursor: Cursor) -> Node:
    """What stands in brackets: a list, and settings behind a semicolon. Raises `ParseError` if they do not close."""
    opened = cursor.take()
    kind, closing = _PAIRS[opened.text]
    if kind in ("|", "||") and cursor.sees(*closing):
        cursor.fail(r"there is nothing between the bars: a norm is \|x\|", opened)
    with cursor.inside(*closing):
        found = () if cursor.sees(*closing, ";") else tuple(items(cursor))
        found = ranges(found) if kind == "(" else found
        while kind == "(" and cursor.sees(";") and cursor.after.kind not in ("text", "word") and _are_relations(found):
            cursor.take()
            found = (*found, *ranges(tuple(items(cursor))))
        settings = tuple(_settings(cursor)) if cursor.passes(";") else ()
    cursor.expect(*closing, opened=opened)
    return Bracketed(kind, found, settings, span=cursor.span(opened))


def _are_relations(found: tuple[Node, ...]) -> bool:
    return bool(found) and all(isinstance(each, Chain) for each in found)


def items(cursor: Cursor) -> Iterator[Node]:
    """Expressions and relations between commas."""
    yield _item(cursor)
    while cursor.passes(",", r"\quad", r"\qquad"):
        if not cursor.sees(*cursor.closing, ",", r"\quad", r"\qquad"):
            yield _item(cursor)


def _item(cursor: Cursor) -> Node:
    if cursor.here.kind == "text" and cursor.after.text in (",", *cursor.closing):
        token = cursor.take()
        name = re.sub(r"[\s_-]", "", token.text)
        if not (name.isascii() and name.isalnum()):
            cursor.fail(f"{token.text!r} is no name", token)
        return Word(name, span=cursor.span(token))
    return relation_or_expression(cursor)


def _settings(cursor: Cursor) -> Iterator[tuple[str, Node]]:
    """padding 1, stride (s, t): a word and a value each"""
    yield _setting(cursor)
    while cursor.passes(","):
        yield _setting(cursor)


def _setting(cursor: Cursor) -> tuple[str, Node]:
    if cursor.here.kind not in ("text", "word"):
        cursor.fail("here should be the name of a setting, such as padding")
    token = cursor.take()
    if not token.text.replace(" ", "").isalnum():
        cursor.fail(f"{token.text!r} is no name of a setting", token)
    return token.text, grammar.expression(cursor)


def relation_or_expression(cursor: Cursor) -> Node:
    """An expression, or several with relations between them."""
    start = cursor.here
    first = grammar.expression(cursor)
    return first if not sees_relation(cursor) else chain(cursor, first, start)


def sees_relation(cursor: Cursor) -> bool:
    """Whether a relation comes next."""
    return cursor.here.kind in ("sign", "command") and cursor.here.text in RELATIONS


def chain(cursor: Cursor, first: Node | None, start: Token) -> Chain:
    """The rest of a chain. Raises `ParseError` if it is too long."""
    parts: list[Node | None] = [first]
    relations = []
    while sees_relation(cursor):
        relations.append(_relation(cursor))
        if len(relations) > MOST_LINKS:
            cursor.fail(f"a chain of more than {MOST_LINKS} relations")
        parts.append(grammar.expression(cursor))
    return Chain(tuple(parts), tuple(relations), span=cursor.span(start))


def _relation(cursor: Cursor) -> str:
    token = cursor.take()
    if token.text == ":" and cursor.passes("="):
        return "="
    return RELATIONS[token.text]


# Matrices


def begin(cursor: Cursor) -> str:
    """The name of an environment, whose beginning or end is passed."""
    cursor.take()
    opened = cursor.expect("{")
    letters = []
    while not cursor.sees("}"):
        if cursor.here.kind not in ("letter", "sign"):
            cursor.fail("an environment has a name in braces", opened)
        letters.append(cursor.take().text)
    cursor.expect("}")
    name = "".join(letters)
    if name not in MATRICES | ARRANGING:
        cursor.fail(f"the environment {name} is not known", opened)
    return name


def environment(cursor: Cursor) -> Node:
    """A matrix or cases. Raises `ParseError` for other environments."""
    start = cursor.here
    name = begin(cursor)
    if name not in MATRICES:
        cursor.fail(f"{name} cannot stand within a formula", start)
    if name == "array":
        _columns(cursor)
    with cursor.inside():
        made = _cases(cursor, start) if name == "cases" else _matrix(cursor, start)
    closed = cursor.here
    if not cursor.sees(r"\end") or begin(cursor) != name:
        cursor.fail(f"{name} is not closed", closed)
    return made


def _columns(cursor: Cursor) -> None:
    """Pass how the columns of an array are set: {c|cc}"""
    opened = cursor.expect("{")
    while cursor.here.kind == "letter" or cursor.sees("|"):
        cursor.take()
    cursor.expect("}", opened=opened)


def _matrix(cursor: Cursor, start: Token) -> Node:
    rows: list[tuple[Node | None, ...]] = []
    cells: list[Node | None] = [_cell(cursor)]
    count = 1
    while not cursor.sees(r"\end"):
        if cursor.passes("&"):
            cells.append(_cell(cursor))
        elif cursor.passes(r"\\"):
            rows.append(tuple(cells))
            if cursor.sees(r"\end"):
                cells = []
                break
            cells = [_cell(cursor)]
        else:
            cursor.fail(f"here should be & or \\\\ or the end of the matrix, not {cursor.here}")
        count += 1
        if count > LARGEST_MATRIX:
            cursor.fail(f"a matrix with more than {LARGEST_MATRIX} entries", start)
    rows += [tuple(cells)] if cells else []
    width = max(map(len, rows))
    return Matrix(tuple(row + (None,) * (width - len(row)) for row in rows), span=cursor.span(start))


def _cell(cursor: Cursor) -> Node | None:
    _pass_space(cursor)
    if cursor.sees("&", r"\\", r"\end"):
        return None
    made = relation_or_expression(cursor)
    _pass_space(cursor)
    return made


def _pass_space(cursor: Cursor) -> None:
    """Pass what only moves a cell of a matrix"""
    while cursor.passes(r"\quad", r"\qquad"):
        pass


def _cases(cursor: Cursor, start: Token) -> Node:
    rows: list[tuple[Node, Node | None]] = []
    while not cursor.sees(r"\end"):
        value = grammar.expression(cursor)
        cursor.passes(",")
        _pass_space(cursor)
        cursor.expect("&", opened=start)
        rows.append((value, _condition(cursor)))
        cursor.passes(".")
        if not cursor.passes(r"\\") and not cursor.sees(r"\end"):
            cursor.fail(f"here should be \\\\ or the end of the cases, not {cursor.here}")
    if not rows:
        cursor.fail("there are no cases", start)
    return Cases(tuple(rows), span=cursor.span(start))


def _condition(cursor: Cursor) -> Node | None:
    """The condition of a case: None is "otherwise" """
    _pass_space(cursor)
    if cursor.here.kind == "text":
        token = cursor.take()
        _pass_space(cursor)
        word = token.text.strip(" ,.:").lower()
        if word in _OTHERWISE:
            cursor.passes(",")
            return None
        if word and not announces(token.text) and not set(word.split()) <= _IN_CASES:
            cursor.fail(f"a condition with {word!r} is not read: write if, for or when before it", token)
    if cursor.sees(r"\\", r"\end"):
        cursor.fail("here should be the condition of the case")
    start = cursor.here
    found = [relation_or_expression(cursor)]
    while _passes_and(cursor) and not cursor.sees(r"\\", r"\end", "."):
        found.append(relation_or_expression(cursor))
    return found[0] if len(found) == 1 else Bracketed("and", tuple(found), span=cursor.span(start))


def _passes_and(cursor: Cursor) -> bool:
    """Whether a comma or "and" came next, or both; they are passed"""
    comma = cursor.passes(",")
    if cursor.here.kind == "text" and cursor.here.text.strip(" ,").lower() in AND:
        cursor.take()
        return True
    return comma


def items_in(node: Node) -> tuple[Node, ...]:
    """The parts of a list in round brackets, or the one part that it is."""
    if isinstance(node, Bracketed) and node.kind == "(" and not node.settings:
        return node.items
    return (node,)
