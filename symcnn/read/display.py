"""Displays: statements one after the other, with conditions, labels and words between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeGuard

from . import brackets, grammar
from .brackets import announces, begin, chain, relation_or_expression, sees_relation
from .cursor import Cursor, environment_name
from .grammar import starts_factor
from .ranges import ORDER, goes_on, introduced, leaves_out, ranges
from .references import index_letters
from .runs import subjects
from .syntax import Bracketed, Chain, Dots, Formula, Name, Node, Number, Scripted, Statement, names_in, walk
from .tokens import AND, ARRANGING, QUANTIFIERS, STATEMENT_SIGNS, Token

_BETWEEN = (",", ";", ".", "&", r"\quad", r"\qquad", r"\\", r"\square", r"\blacksquare", *STATEMENT_SIGNS)
_IMPLICATIONS = (r"\Rightarrow", r"\implies", r"\Longrightarrow", r"\iff", r"\Leftrightarrow")


def formula(source: str) -> Formula:
    """The statements of a display or an inline formula.

    Raises `ParseError`, with line, column and a caret, for anything that cannot be read.
    """
    cursor = Cursor.of(source)
    _label(cursor)
    display = _Display(cursor)
    while cursor.here.kind != "end":
        display.read()
    display.end()
    for _, opened in display.environments:
        cursor.fail("the environment is not closed", opened)
    return Formula(tuple(display.statements), tuple(display.texts), display.implies, span=(0, len(source)))


@dataclass
class _Display:
    """What was read of a display so far, and whether words announced a condition."""

    cursor: Cursor
    statements: list[Statement] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    environments: list[tuple[str, Token]] = field(default_factory=list)
    conditional: bool = False
    after_condition: bool = False  # whether "and" goes on with conditions
    quantified: bool = False  # whether what follows is a name that stands for everything of its kind
    implies: bool = False  # whether words or a sign say how statements depend on each other, in a way that is not read
    unclear: bool = False  # whether the last words are none that introduce conditions
    apart: bool = False  # whether the next condition belongs to another list than those before
    parted: bool = True  # whether a sign or words stand behind what was read last
    broken: bool = False  # whether a row or column ended within what was read last, without a comma or words
    ahead: tuple[Chain, ...] = ()  # conditions that stand before the statement that they are about

    def read(self) -> None:
        """Read one part: words, a sign between statements, an environment's begin or end, or a statement"""
        cursor = self.cursor
        if cursor.here.kind == "text" and not _begins_with_text(cursor):
            self._text()
        elif cursor.sees(*_BETWEEN):
            _refuse_split_number(cursor)
            sign = cursor.take().text
            self._break(sign)
            self.implies = self.implies or sign in _IMPLICATIONS
            goes_on = sign not in (r"\\", r"\quad", r"\qquad")
            self.conditional = sign == r"\forall" or (self.conditional and goes_on)
            self.quantified = sign == r"\forall" or (self.quantified and goes_on)
            self.apart = self.apart or not goes_on
        elif cursor.sees(r"\begin", r"\end") and environment_name(cursor.tokens, cursor.at) in ARRANGING:
            self._environment()
        else:
            self._statement()

    def _break(self, sign: str) -> None:
        """See whether a sign may end a row within a product"""
        if sign not in (r"\quad", r"\qquad"):
            narrow = sign == "&" and any(name.startswith("alignat") for name, _ in self.environments)
            self.broken = (sign == r"\\" or narrow) and (self.broken or not self.parted)
            self.parted = not self.broken

    def _text(self) -> None:
        self.broken, self.parted = False, True
        words = self.cursor.take().text
        self.texts.append(words)
        self.quantified = _quantifies(words)
        goes_on = words.strip(" ,.;").lower() in AND | {""}
        if not goes_on:
            self.conditional = announces(words)
        elif self.after_condition:
            self.conditional = True
        self.unclear = not goes_on and not self.conditional
        self.apart = self.apart or not set(words.strip(" ,.;").lower().split()) <= AND | {"given"}

    def _environment(self) -> None:
        opened = self.cursor.here
        name = begin(self.cursor)
        if opened.text == r"\end":
            if not self.environments or self.environments.pop()[0] != name:
                self.cursor.fail(f"{name} ends, and did not begin here", opened)
            return
        self.environments.append((name, opened))
        if name.rstrip("*") in ("alignat", "alignedat") and self.cursor.sees("{"):
            grammar.group(self.cursor)

    def end(self) -> None:
        """Keep as statements what was read as conditions on a statement that does not come"""
        self.statements += [Statement(each, span=each.span) for each in self.ahead]

    def _statement(self) -> None:
        start = self.cursor.here
        items = _list(self.cursor)
        introduction = introduced(items) if self.conditional else None
        if introduction is not None:
            self.ahead = tuple(each for each in introduction[0] if isinstance(each, Chain))
            self._begin(introduction[1])
            self.broken = self.parted = False
            return
        conditional = self.conditional
        for made in ranges(items):
            self.conditional = self.conditional or (conditional and _is_range(made))
            if self.quantified and not self.statements and _is_range(made):
                self.ahead = (*self.ahead, made)
            elif not (self.quantified and isinstance(made, Name)):
                self._add(made, start)
                self.apart = False
        self.broken = self.parted = False

    def _require_one_list(self, made: Node) -> None:
        """Raises `ParseError` where it is not clear whether two conditions on a thing are both meant, or one of them"""
        known = {word for each in self.statements[-1].conditions for word in subjects(each)}
        if self.apart and any(known & subjects(each) for each in brackets.items_in(made)):
            self.cursor.fail("whether both conditions are meant, or one of them, is not clear: write one list")

    def _begin(self, made: Node) -> None:
        """A new statement, for which what stands ahead is said"""
        self.statements.append(Statement(made, self.ahead, span=made.span))
        self.conditional = self.after_condition = self.quantified = self.apart = self.unclear = False
        self.ahead = ()

    def _require_begin(self, made: Node, start: Token) -> None:
        """Raises `ParseError` for a row that may be a factor of what the row above ends with"""
        whole = any(name.startswith("multline") for name, _ in self.environments)
        relation = self.statements and isinstance(self.statements[-1].chain, Chain)
        if self.broken and relation and (whole or not isinstance(made, Chain)):
            words = "whether this is a factor of what stands before it is not clear: begin it with \\cdot, + or ="
            self.cursor.fail(words, start)

    def _add(self, made: Node, start: Token) -> None:
        announced = self.conditional and not (_states(made) and _explains(self.texts[-1:]))
        is_condition = bool(self.statements) and _is_condition(made, announced, self.statements[-1])
        self.implies = self.implies or (is_condition and self.unclear)
        if is_condition and not self.implies:
            self._require_one_list(made)
            self.statements[-1] = _with_conditions(self.statements[-1], made)
            self.after_condition = announced
            self.conditional = self.conditional and _lists(self.texts[-1:])
        elif self.statements and isinstance(made, Chain) and made.items[0] is None:
            self.statements[-1] = _longer(self.statements[-1], made, self.cursor)
        else:
            self._require_begin(made, start)
            self._begin(made)


def _refuse_split_number(cursor: Cursor) -> None:
    """Raises `ParseError` for 0,5 and 1,000 and 1.2.3: they can be one number, or two"""
    sign, before = cursor.here, cursor.tokens[max(cursor.at - 1, 0)]
    numbers = before.kind == cursor.after.kind == "number" and sign.text in (",", ".")
    if numbers and before.end == sign.start and sign.end == cursor.after.start:
        cursor.fail(
            f"{before}{sign}{cursor.after} can be one number or two: write a decimal as 0.5, a thousand as 1000"
        )
    if sign.text == "." and cursor.after.kind == "number" and sign.end == cursor.after.start:
        cursor.fail(f".{cursor.after} can be a decimal, or a full stop and a number: write 0.5")


def _begins_with_text(cursor: Cursor) -> bool:
    """Whether a text is the name of something in a statement: stride = k, or diag(...)"""
    token, after = cursor.here, cursor.after
    return grammar.is_word(token.text) and after.kind == "sign" and after.text in ("=", "(")


def _quantifies(text: str) -> bool:
    """Whether a text ends with the words that introduce a name: for all"""
    words = text.lower().split()
    return bool(words) and words[-1] in QUANTIFIERS


def _is_range(made: Node) -> TypeGuard[Chain]:
    """1 <= i <= n"""
    return isinstance(made, Chain) and len(made.relations) == 2 and set(made.relations) <= {"<", "<="}


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


def _list(cursor: Cursor) -> tuple[Node, ...]:
    """A statement, or several between commas if the next one may belong to it as in 1 <= i, j <= n"""
    items = [_statement(cursor)]
    while goes_on(items) and cursor.sees(","):
        _refuse_split_number(cursor)
        comma = cursor.at
        cursor.take()
        if not starts_factor(cursor):
            cursor.at = comma
            break
        items.append(relation_or_expression(cursor))
    if (
        leaves_out(items)
        or _goes_on_without_relation(cursor, items)
        or (_is_value(items[-1]) and cursor.sees(",") and cursor.after.kind == "number")
    ):
        cursor.fail("a list of values of an index is not read: write ranges")
    return tuple(items)


def _goes_on_without_relation(cursor: Cursor, items: list[Node]) -> bool:
    r"""Whether one more value follows a range, as in i = 1, \dots, n - 2, n"""
    if len(items) < 3 or not isinstance(items[-2], Dots) or not cursor.sees(","):
        return False
    comma = cursor.at
    cursor.take()
    follows = relation_or_expression(cursor) if starts_factor(cursor) else None
    cursor.at = comma
    return follows is not None and not isinstance(follows, Chain)


def _is_value(item: Node) -> bool:
    """i = 1"""
    return isinstance(item, Chain) and _is_small(item)


def _statement(cursor: Cursor) -> Node:
    """A chain, or an expression without a relation"""
    start = cursor.here
    if sees_relation(cursor):
        _refuse_foreign_name(cursor)
        return chain(cursor, None, start)
    return relation_or_expression(cursor)


def _refuse_foreign_name(cursor: Cursor) -> None:
    """Raises `ParseError` where a letter of another script stands before a relation, as if it were a name"""
    before = cursor.tokens[cursor.at - 1] if cursor.at else cursor.here
    if before.kind == "text" and before.text == cursor.source[before.start : before.end]:
        cursor.fail(f"{before} is no name that can be read: words before a relation stand in \\text", before)


def _lists(texts: list[str]) -> bool:
    """Whether the last words announce a list of conditions, equations among them"""
    return any("given" in text.lower().split() for text in texts)


def _states(made: Node) -> bool:
    """Whether a part is an equation that is no range"""
    chains = (each for each in brackets.items_in(made) if isinstance(each, Chain))
    return any("=" in each.relations and not _is_small(each) for each in chains)


def _explains(texts: list[str]) -> bool:
    """Whether the last words say what something is: with and where introduce equations of their own"""
    words = {word for text in texts for word in text.lower().replace(",", " ").split()}
    return bool(words & {"with", "where", "mit"}) and not words & {"given", "if", "when", "for", "every", "all"}


def _is_condition(made: Node, announced: bool, before: Statement) -> bool:
    """Whether a part says for which indices and sizes the statement before it holds"""
    inner = _asked_in(made)
    chains = [each for each in inner if isinstance(each, Chain)]
    if _is_about_indices(chains, before) or _is_in_part(chains, before):
        return True
    if not chains or len(chains) < len(inner) or any(each.items[0] is None for each in chains):
        return False
    if announced or isinstance(made, Bracketed):
        return True
    ordered = all(set(each.relations) <= ORDER or _is_small(each) for each in chains)
    own = isinstance(before.chain, Chain) and set(before.chain.relations) <= ORDER
    return ordered and (isinstance(made, Bracketed) or not own) and any(ORDER & set(each.relations) for each in chains)


def _asked_in(made: Node) -> tuple[Node, ...]:
    """The parts of a list in brackets, square ones and braces around a relation too"""
    if isinstance(made, Bracketed) and made.kind in ("[", "{") and len(made.items) == 1:
        return made.items
    return brackets.items_in(made)


def _is_about_indices(chains: list[Chain], before: Statement) -> bool:
    """Whether equations say which indices are meant: j = i, i + j = n"""
    indices = {each.word for each in index_letters(before.chain)}
    return bool(chains) and all(
        each.relations == ("=",)
        and names_in(each) & indices
        and not any(isinstance(part, Scripted) for part in walk(each))
        for each in chains
    )


def _is_in_part(chains: list[Chain], before: Statement) -> bool:
    """Whether a name of a statement is said to be an element of a set that is no space"""
    return bool(chains) and all(
        each.relations == ("in",)
        and each.items[0] is not None
        and names_in(each.items[0]) & names_in(before.chain)
        and not {name.letter for name in walk(each) if isinstance(name, Name) and name.accent == "mathbb"} & {"R", "N"}
        for each in chains
    )


def _is_small(each: Chain) -> bool:
    """o = 1, as a range"""
    return each.relations == ("=",) and isinstance(each.items[1], Number)


def _with_conditions(before: Statement, made: Node) -> Statement:
    found = tuple(each for each in _asked_in(made) if isinstance(each, Chain))
    return Statement(before.chain, (*before.conditions, *found), span=(before.span[0], made.span[1]))


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
