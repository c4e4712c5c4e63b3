"""Expressions: recursive descent over tokens.

    sum     = ["+" | "-"] term {("+" | "-") term}
    term    = factor {[sign] factor}
    factor  = primary {"'" | "_" script | "^" script}
    primary = number | name | word | brackets | fraction | derivative | big operator, with a term | matrix | cases
"""

from __future__ import annotations

from . import brackets, operators
from .cursor import Cursor
from .syntax import Bracketed, Dots, Name, Negative, Node, Number, Plus, Scripted, Times, Transposed, Word
from .tokens import ACCENTS, DOTS, FUNCTIONS, GREEK, PRODUCTS, STYLES, Token

_SAME_ACCENT = {"widehat": "hat", "widetilde": "tilde", "overline": "bar", "mathscr": "mathcal"}
_OPENING = ("(", "[", "|", r"\{", r"\lbrace", r"\|", r"\Vert", r"\vert", r"\lVert", r"\lvert", r"\lfloor", r"\lceil",
            r"\langle", r"\lbrack")  # fmt: skip
_STARTS = (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\partial", r"\nabla", r"\sum", r"\prod", r"\R", "{", *_OPENING)
_ENVIRONMENTS = ("bmatrix", "pmatrix", "matrix", "Bmatrix", "smallmatrix", "array", "cases")
BARS = ("|", r"\|", r"\Vert", r"\vert")


def expression(cursor: Cursor, closing: tuple[str, ...] = ()) -> Node:
    """A sum. `closing` are bars that end it where they come next. Raises `ParseError` where there is none."""
    start = cursor.here
    with cursor.deeper():
        terms = [_signed(cursor, closing)]
        while cursor.sees("+", "-"):
            terms.append(_signed(cursor, closing))
    return terms[0] if len(terms) == 1 else Plus(tuple(terms), span=cursor.span(start))


def _signed(cursor: Cursor, closing: tuple[str, ...]) -> Node:
    start = cursor.here
    negative = cursor.sees("-")
    cursor.passes("+", "-")
    made = term(cursor, closing)
    return Negative(made, span=cursor.span(start)) if negative else made


def term(cursor: Cursor, closing: tuple[str, ...] = ()) -> Node:
    """Factors, with signs or beside each other. Raises `ParseError` where a/b c can mean two things."""
    start = cursor.here
    factors, signs = [factor(cursor, closing)], []
    while True:
        sign_token = cursor.here
        if cursor.sees(*PRODUCTS):
            signs.append(PRODUCTS[cursor.take().text])
        elif starts_factor(cursor, closing):
            signs.append("")
        else:
            break
        if signs[-1] == "" and len(signs) > 1 and signs[-2] == "/" and not _is_big(cursor.here):
            cursor.fail("a/b c can mean a/(b c) or (a/b) c: write brackets, or a fraction", sign_token)
        factors.append(factor(cursor, closing))
    if not signs:
        return factors[0]
    return Times(tuple(factors), tuple(signs), span=cursor.span(start))


def _is_big(token: Token) -> bool:
    return token.text in (r"\sum", r"\max", r"\min", r"\prod", r"\|", r"\lVert", "(", r"\langle")


def starts_factor(cursor: Cursor, closing: tuple[str, ...] = ()) -> bool:
    """Whether a factor may begin here."""
    token = cursor.here
    match token.kind:
        case "number" | "letter" | "word":
            return True
        case "text":
            return _is_word(token.text) and cursor.after.text == "("
        case "end":
            return False
    if token.text == r"\begin":
        return brackets.environment_name(cursor) in _ENVIRONMENTS
    if token.text in closing:
        return False
    named = token.text[1:] in GREEK or token.text[1:] in FUNCTIONS
    return named or token.text in STYLES or token.text in ACCENTS or token.text in _STARTS or token.text in DOTS


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalpha()


def factor(cursor: Cursor, closing: tuple[str, ...] = ()) -> Node:
    """A primary with what stands above and below it. Raises `ParseError` where something stands there twice."""
    start = cursor.here
    base = primary(cursor, closing)
    primes, lower, upper = 0, (), None  # type: int, tuple[Node, ...], Node | None
    while cursor.sees("'", "_", "^"):
        sign = cursor.take()
        if sign.text == "'":
            primes += 1
        elif sign.text == "_":
            if lower:
                cursor.fail("there are two indices below: write one list, x_{i,j}", sign)
            lower = _list(cursor)
        elif _prime_above(cursor):
            primes += 1
        else:
            if upper is not None:
                cursor.fail("there are two things above: write brackets around the inner one", sign)
            upper = _above(cursor)
    if not (primes or lower or upper is not None):
        return base
    return Scripted(base, primes, lower, upper, span=cursor.span(start))


def _prime_above(cursor: Cursor) -> bool:
    if cursor.passes(r"\prime"):
        return True
    if cursor.sees("{") and cursor.after.text == r"\prime":
        cursor.take()
        cursor.take()
        cursor.expect("}")
        return True
    return False


def _list(cursor: Cursor) -> tuple[Node, ...]:
    """What stands below: one sign, or a list in braces"""
    if not cursor.sees("{"):
        return (_single(cursor),)
    opened = cursor.take()
    items = [] if cursor.sees("}") else list(brackets.items(cursor, ("}",)))
    cursor.expect("}", opened=opened)
    if not items:
        cursor.fail("there is nothing in the braces", opened)
    return tuple(items)


def _above(cursor: Cursor) -> Node:
    if not cursor.sees("{"):
        return _single(cursor)
    return group(cursor)


def _single(cursor: Cursor) -> Node:
    """The one sign that is a script without braces"""
    token = cursor.here
    if token.kind == "number" and len(token.text) > 1:
        cursor.fail(f"x_{token.text} is read by TeX as x_{token.text[0]} {token.text[1:]}: write braces")
    if token.kind in ("number", "letter", "command", "text", "word") or token.text == "*":
        return primary(cursor)
    cursor.fail(f"here should be an index or an exponent, not {token}")


def group(cursor: Cursor) -> Node:
    """What stands in braces, without them."""
    opened = cursor.expect("{")
    with cursor.deeper():
        made = brackets.relation_or_expression(cursor)
    cursor.expect("}", opened=opened)
    return made


def argument(cursor: Cursor) -> Node:
    """The argument of a macro: a group, or one sign, which is one digit of a number."""
    if cursor.here.kind == "number" and len(cursor.here.text) > 1 and "." not in cursor.here.text:
        return _digit(cursor)
    return group(cursor) if cursor.sees("{") else _single(cursor)


def _digit(cursor: Cursor) -> Node:
    """The first digit of a number; the rest of it comes next"""
    token = cursor.here
    first = Number(token.text[0], span=(token.start, token.start + 1))
    rest = Token("number", token.text[1:], token.start + 1, token.end)
    cursor.tokens = (*cursor.tokens[: cursor.at], rest, *cursor.tokens[cursor.at + 1 :])
    return first


def primary(cursor: Cursor, closing: tuple[str, ...] = ()) -> Node:
    """What has no parts beside each other. Raises `ParseError` where nothing of the kind stands."""
    token = cursor.here
    match token.kind:
        case "number":
            cursor.take()
            return Number(token.text, span=cursor.span(token))
        case "letter":
            cursor.take()
            return Name(token.text, span=cursor.span(token))
        case "word":
            return _word(cursor)
        case "text":
            if _is_word(token.text):
                return _word(cursor)
            cursor.fail("here is text, and should be a formula")
        case "end":
            cursor.fail("the formula ends too early")
    if token.text in _OPENING and token.text not in closing:
        return brackets.bracketed(cursor)
    if token.kind == "sign":
        if token.text == "{":
            return group(cursor)
        cursor.fail(f"here should be a number, a name or a bracket, not {token}")
    return _command(cursor, token)


def _word(cursor: Cursor) -> Word:
    token = cursor.take()
    text = token.text.replace(" ", "").replace(r"\,", "")
    if not text.replace("_", "").isalnum() or not text.isascii():
        cursor.fail(f"{token.text!r} is no name", token)
    return Word(text, span=cursor.span(token))


def _command(cursor: Cursor, token: Token) -> Node:
    name = token.text[1:]
    if name in ("max", "min", "sum", "prod"):
        return operators.big(cursor)
    if name in GREEK or name == "R":
        cursor.take()
        made = Name(name, span=cursor.span(token))
        return Name("R", "mathbb", span=made.span) if name == "R" else made
    if name in FUNCTIONS:
        cursor.take()
        return Word(name, span=cursor.span(token))
    if token.text in (r"\top", r"\intercal"):
        cursor.take()
        return Transposed(span=cursor.span(token))
    if token.text in DOTS:
        cursor.take()
        return Dots(name, span=cursor.span(token))
    if token.text in STYLES:
        return _styled(cursor)
    if token.text in ACCENTS:
        return _accented(cursor)
    if name in ("frac", "dfrac", "tfrac", "cfrac"):
        return operators.fraction(cursor)
    if name in ("partial", "nabla"):
        return operators.partial(cursor) if name == "partial" else operators.nabla(cursor)
    if name == "begin":
        return brackets.environment(cursor)
    cursor.fail(f"{token} cannot be read here")


def _styled(cursor: Cursor) -> Node:
    """A letter in another style is the same letter; several upright letters are a word"""
    token = cursor.take()
    start = cursor.here
    made = argument(cursor)
    if isinstance(made, Times) and set(made.signs) == {""} and all(isinstance(each, Name) for each in made.factors):
        word = "".join(each.word for each in made.factors if isinstance(each, Name))
        return Word(word, span=cursor.span(token))
    if not isinstance(made, (Name, Word, Number)):
        cursor.fail(f"{token} of more than a name", start)
    return made


def _accented(cursor: Cursor) -> Node:
    token = cursor.take()
    start = cursor.here
    made = argument(cursor)
    if not isinstance(made, Name) or made.accent:
        cursor.fail(f"{token} of more than a letter", start)
    accent = token.text[1:]
    return Name(made.letter, _SAME_ACCENT.get(accent, accent), span=cursor.span(token))


def in_brackets(node: Node) -> Node:
    """What stands in round brackets, if that is all."""
    if isinstance(node, Bracketed) and node.kind == "(" and len(node.items) == 1 and not node.settings:
        return node.items[0]
    return node
