"""Expressions: recursive descent over tokens.

sum     = ["+" | "-"] term {("+" | "-") term}
term    = factor {[sign] factor}
factor  = primary {"'" | "_" script | "^" script}
primary = number | name | word | brackets | fraction | derivative | big operator, with a term | matrix | cases
"""

from __future__ import annotations

from dataclasses import replace

from . import braces, brackets, operators
from .cursor import Cursor, environment_name
from .syntax import Bracketed, Dots, Name, Negative, Node, Number, Plus, Scripted, Times, Transposed, Word
from .tokens import ACCENTS, DOTS, FUNCTIONS, GREEK, MATRICES, NO_NAMES, PRODUCTS, STYLES, Token

_SAME_ACCENT = {"widehat": "hat", "widetilde": "tilde", "overline": "bar", "mathscr": "mathcal"}
_OPENING = ("(", "[", "|", r"\{", r"\lbrace", r"\|", r"\Vert", r"\vert", r"\lVert", r"\lvert", r"\lfloor", r"\lceil",
            r"\langle", r"\lbrack")  # fmt: skip
_STARTS = (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\partial", r"\nabla", r"\sum", r"\prod", r"\R", r"\top",
           r"\intercal", "{", *_OPENING)  # fmt: skip
_BOLD = (r"\mathbf", r"\boldsymbol", r"\bm", r"\pmb", r"\textbf")
_FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac")


def expression(cursor: Cursor) -> Node:
    """A sum. Raises `ParseError` where there is none."""
    start = cursor.here
    terms = [_signed(cursor)]
    while cursor.sees("+", "-"):
        terms.append(_signed(cursor))
    return terms[0] if len(terms) == 1 else Plus(tuple(terms), span=cursor.span(start))


def _signed(cursor: Cursor) -> Node:
    start = cursor.here
    negative = cursor.sees("-")
    cursor.passes("+", "-")
    first = cursor.here
    made = term(cursor)
    if negative and braces.matter_behind_operator(made):
        cursor.fail(braces.HELD, first)
    return Negative(made, span=cursor.span(start)) if negative else made


def term(cursor: Cursor) -> Node:
    """Factors, with signs or beside each other. Raises `ParseError` where a/b c can mean two things."""
    start = cursor.here
    factors, signs = [factor(cursor)], []
    while True:
        _pass_empty_braces(cursor)
        sign_token = cursor.here
        if cursor.sees(*PRODUCTS):
            signs.append(PRODUCTS[cursor.take().text])
        elif starts_factor(cursor):
            signs.append("")
        else:
            break
        if signs[-1] == "" and len(signs) > 1 and signs[-2] == "/" and not _is_big(cursor.here):
            cursor.fail("a/b c can mean a/(b c) or (a/b) c: write brackets, or a fraction", sign_token)
        first_token = cursor.here
        factors.append(factor(cursor))
        if signs[-1] == "" and _ends_in_number(factors[-2]) and _begins_with_number(factors[-1]):
            words = "two numbers beside each other can be one, or a product: write \\cdot between them"
            cursor.fail(words, first_token)
    if not signs:
        return factors[0]
    if braces.matter_in_product(factors, signs):
        cursor.fail(braces.HELD, start)
    return Times(tuple(factors), tuple(signs), span=cursor.span(start))


def _ends_in_number(node: Node) -> bool:
    last = node.factors[-1] if isinstance(node, Times) else node
    return isinstance(last, Number)


def _begins_with_number(node: Node) -> bool:
    first = node.factors[0] if isinstance(node, Times) else node
    return isinstance(first.base if isinstance(first, Scripted) else first, Number)


def _pass_empty_braces(cursor: Cursor) -> None:
    while cursor.sees("{") and cursor.after.text == "}":
        cursor.take()
        cursor.take()


def _is_big(token: Token) -> bool:
    return token.text in (r"\sum", r"\max", r"\min", r"\prod", r"\|", r"\lVert", "(", r"\langle")


def starts_factor(cursor: Cursor) -> bool:
    """Whether a factor may begin here."""
    token = cursor.here
    match token.kind:
        case "number" | "letter" | "word":
            return True
        case "text":
            return is_word(token.text) and cursor.after.text == "("
        case "end":
            return False
    if token.text == r"\begin":
        return environment_name(cursor.tokens, cursor.at) in MATRICES
    if token.text in cursor.closing:
        return False
    named = token.text[1:] in GREEK or token.text[1:] in FUNCTIONS
    return named or token.text in STYLES or token.text in ACCENTS or token.text in _STARTS or token.text in DOTS


def is_word(text: str) -> bool:
    """Whether a text is a name: diag, conv2d."""
    return text.isascii() and text.isalnum() and text[0].isalpha() and text.lower() not in NO_NAMES


def factor(cursor: Cursor) -> Node:
    """A primary with what stands above and below it. Raises `ParseError` where something stands there twice."""
    start = cursor.here
    base = primary(cursor)
    primes, lower, upper = 0, (), None  # type: int, tuple[Node, ...], Node | None
    while cursor.sees("'", "_", "^"):
        sign = cursor.take()
        if sign.text == "'":
            primes += 1
        elif sign.text == "_":
            if lower:
                cursor.fail("there are two indices below: write one list, x_{i,j}", sign)
            with cursor.deeper():
                lower = _list(cursor)
        elif above := _primes_above(cursor):
            primes += above
        else:
            if upper is not None:
                cursor.fail("there are two things above: write brackets around the inner one", sign)
            with cursor.deeper():
                upper = _above(cursor)
    if not (primes or lower or upper is not None):
        return base
    if braces.matter_below_script(base, upper):
        cursor.fail(braces.HELD, start)
    return _turned_layer(Scripted(base, primes, lower, upper, span=cursor.span(start)))


def _turned_layer(node: Scripted) -> Scripted:
    """W^{(l)T} as the transpose of W^{(l)}"""
    match node.upper:
        case Times((Bracketed("(") as layer, Name("T") | Transposed() as sign), ("",)):
            inner = Scripted(node.base, node.primes, (), layer, span=node.span)
            return Scripted(inner, 0, node.lower, sign, span=node.span)
    return node


def _primes_above(cursor: Cursor) -> int:
    """How many primes stand above: one sign, or several in braces"""
    if cursor.passes(r"\prime"):
        return 1
    if not (cursor.sees("{") and cursor.after.text == r"\prime"):
        return 0
    opened, start = cursor.take(), cursor.at
    while cursor.passes(r"\prime"):
        pass
    primes = cursor.at - start
    cursor.expect("}", opened=opened)
    return primes


def _list(cursor: Cursor) -> tuple[Node, ...]:
    """What stands below: one sign, or a list in braces"""
    if not cursor.sees("{"):
        return (_single(cursor),)
    opened = cursor.take()
    if cursor.sees("}"):
        cursor.fail("there is nothing in the braces", opened)
    with cursor.inside("}"):
        items = tuple(brackets.items(cursor))
    cursor.expect("}", opened=opened)
    return items


def _above(cursor: Cursor) -> Node:
    if not cursor.sees("{"):
        return _single(cursor)
    return group(cursor)


def _single(cursor: Cursor) -> Node:
    """The one sign that is a script without braces"""
    token = cursor.here
    if token.kind == "number" and len(token.text) > 1:
        cursor.fail(f"of {token.text} TeX takes only {token.text[0]} here: write braces, {{{token.text}}}")
    if token.kind in ("number", "letter", "command", "text", "word"):
        return primary(cursor)
    cursor.fail(f"here should be one sign, or braces, not {token}")


def group(cursor: Cursor) -> Node:
    """What stands in braces, without them."""
    opened = cursor.expect("{")
    if cursor.sees("}"):
        cursor.fail("there is nothing in the braces", opened)
    with cursor.inside("}"):
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


def primary(cursor: Cursor) -> Node:
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
            if is_word(token.text):
                return _word(cursor)
            cursor.fail("here is text, and should be a formula")
        case "end":
            cursor.fail("the formula ends too early")
    made = _leaf(cursor)
    if made is not None:
        return made
    with cursor.deeper():
        if token.text in _OPENING:
            return brackets.bracketed(cursor)
        if token.text == "{":
            return _braced(cursor)
        if token.kind == "sign":
            cursor.fail(f"here should be a number, a name or a bracket, not {token}")
        return _command(cursor, token)


def _braced(cursor: Cursor) -> Node:
    """A group among factors, where nobody sees its braces"""
    opened = cursor.here
    made = None if cursor.after.text == "+" else group(cursor)
    goes_on = starts_factor(cursor) or cursor.sees(*PRODUCTS, "'", "_", "^")
    if made is None or (goes_on and braces.reach_over(made)):
        cursor.fail(braces.HELD, opened)
    return made


def _word(cursor: Cursor) -> Word:
    token = cursor.take()
    text = token.text.replace(" ", "").replace(r"\,", "").replace(r"\_", "_")
    if not text.replace("_", "").isalnum() or not text.isascii():
        cursor.fail(f"{token.text!r} is no name", token)
    return Word(text, span=cursor.span(token))


def _leaf(cursor: Cursor) -> Node | None:
    """A macro that stands for itself"""
    token, name = cursor.here, cursor.here.text[1:]
    made: Node
    if token.text in (r"\top", r"\intercal"):
        made = Transposed()
    elif token.text in DOTS:
        made = Dots(name)
    elif token.kind == "command" and name in GREEK:
        made = Name(name)
    elif token.kind == "command" and name in FUNCTIONS and not operators.is_big(cursor):
        made = Word(name)
    else:
        return None
    cursor.take()
    return replace(made, span=cursor.span(token))


def _command(cursor: Cursor, token: Token) -> Node:
    name = token.text[1:]
    if operators.is_big(cursor):
        return operators.big(cursor)
    if token.text in STYLES:
        return _styled(cursor)
    if token.text in ACCENTS:
        return _accented(cursor)
    if name == "R":
        cursor.take()
        return Name("R", "mathbb", span=cursor.span(token))
    if name in _FRACTIONS:
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
    word = _letters(made)
    if word:
        return Word(word, span=cursor.span(token))
    if not isinstance(made, (Name, Word, Number)):
        cursor.fail(f"{token} of more than a name", start)
    if isinstance(made, Number) and made.digits != "0" and token.text in _BOLD:
        cursor.fail(f"what a bold {made.digits} stands for is not known", token)
    return made


def _letters(made: Node) -> str:
    """The word that letters and numbers beside each other are, "" if there is something else"""
    if not isinstance(made, Times) or set(made.signs) != {""} or not isinstance(made.factors[0], Name):
        return ""
    parts = [_letter(each) for each in made.factors]
    return "".join(parts) if all(parts) else ""


def _letter(node: Node) -> str:
    if isinstance(node, Number):
        return node.digits if node.digits.isdigit() else ""
    return node.word if isinstance(node, Name) else ""


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
