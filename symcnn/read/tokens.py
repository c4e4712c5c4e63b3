"""LaTeX formulas as tokens. Only known macros are read; everything else is refused where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import ParseError

LONGEST_FORMULA = 20_000  # characters
MOST_TOKENS = 4_000
MOST_DIGITS = 40


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


GREEK = words(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho"
    " sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
    " ell"
)
FUNCTIONS = words("exp tanh max min log sin cos ker det dim sup inf")
RELATIONS = {
    "=": "=", "<": "<", ">": ">", r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=",
    r"\geqslant": ">=", r"\lt": "<", r"\gt": ">", r"\ne": "!=", r"\neq": "!=", r"\in": "in", r"\coloneqq": "=",
    r"\triangleq": "=", r"\equiv": "=", r"\mid": "divides", r"\to": "to", r"\colon": ":", ":": ":", r"\notin": "notin",
    r"\approx": "approx", r"\sim": "sim", r"\propto": "propto", r"\mapsto": "mapsto", r"\leftarrow": "leftarrow",
}  # fmt: skip
PRODUCTS = {
    r"\cdot": "cdot", r"\times": "times", "*": "*", r"\ast": "*", r"\star": "star", r"\circledast": "circledast",
    r"\odot": "odot", r"\circ": "odot", "/": "/",
}  # fmt: skip
DOTS = frozenset((r"\dots", r"\ldots", r"\cdots", r"\vdots", r"\ddots", r"\dotsc", r"\dotsb"))
STYLES = words(
    r"\mathbf \boldsymbol \bm \mathrm \mathit \mathsf \mathtt \textbf \textit \textrm \pmb"
)  # the letter is the same in another style
ACCENTS = words(r"\hat \tilde \bar \overline \widehat \widetilde \mathcal \mathbb \mathscr \mathfrak \vec \dot")
TEXTS = frozenset(
    (r"\text", r"\mbox", r"\textnormal", r"\intertext", r"\shortintertext", r"\operatorname", r"\operatorname*")
)
MATRICES = words("bmatrix pmatrix matrix Bmatrix smallmatrix array cases")
ARRANGING = words(
    "aligned align align* gathered gather gather* split equation equation* multline multline* alignat alignat* eqnarray"
    " eqnarray* alignedat flalign flalign* displaymath math"
)  # environments that only say where statements stand
STATEMENT_SIGNS = frozenset(
    (
        r"\therefore",
        r"\because",
        r"\Rightarrow",
        r"\implies",
        r"\Longrightarrow",
        r"\iff",
        r"\Leftrightarrow",
        r"\forall",
    )
)
CONDITIONS = words("for given if when whenever where with all every für wenn mit falls")  # a condition follows
QUANTIFIERS = words("for all every each any für alle jedes pour tout chaque")  # names follow
AND = words("and und et и 그리고")
NO_NAMES = CONDITIONS | words(
    "and or und oder et ou is are so then thus hence by from since because as in on to at of the a an that therefore"
    " also each let here be otherwise else sonst also daher denn da"
)  # words that are no names, though a bracket may stand behind them
_SIZES = r"\bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl \Biggr \big \Big \bigg \Bigg \left \right \middle"
IGNORED = words(
    rf"{_SIZES} \, \; \: \! \displaystyle \textstyle \limits \nolimits \nonumber \notag \qedhere \allowbreak"
    r" \noindent \small \normalsize"
) | {"\\ ", "\\\n", "\\\t"}
WITH_ARGUMENT_IGNORED = frozenset((r"\label", r"\tag", r"\tag*", r"\vspace", r"\vphantom", r"\ref", r"\eqref"))
SPACES = frozenset(
    (r"\hspace", r"\hfill", r"\phantom", r"\hphantom")
)  # they part statements as \quad does, if they are as wide
OTHERS = words(
    r"\frac \dfrac \tfrac \cfrac \partial \nabla \sum \prod \lfloor \rfloor \lceil \rceil \langle \rangle \lVert \rVert"
    r" \lvert \rvert \Vert \vert \| \{ \} \lbrace \rbrace \top \intercal \prime \substack \begin \end \quad \qquad \\"
    r" \pm \infty \square \blacksquare \lbrack \rbrack \_ \sqrt \binom \int \R \T"
)
KNOWN = (
    frozenset(RELATIONS) | frozenset(PRODUCTS) | DOTS | STYLES | ACCENTS | TEXTS | STATEMENT_SIGNS | IGNORED
    | WITH_ARGUMENT_IGNORED | SPACES | OTHERS | {"\\" + name for name in GREEK | FUNCTIONS}
)  # fmt: skip
ARGUMENT_FOLLOWS = STYLES | ACCENTS | {"_", "^", r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\begin", r"\end", "}"}

_GREEK_IN_ORDER = (
    "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon varphi chi"
    " psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
_UNICODE = {
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "·": r"\cdot", "×": r"\times", "−": "-", "∂": r"\partial", "∈": r"\in",
    "∑": r"\sum", "⊙": r"\odot", "∗": r"\ast", "⋆": r"\star", "⌊": r"\lfloor", "⌋": r"\rfloor", "ℓ": r"\ell",
    "′": "'", "…": r"\dots", "∇": r"\nabla", "‖": r"\|", "⟨": r"\langle", "⟩": r"\rangle", "∴": r"\therefore",
    "⇒": r"\Rightarrow", "–": "-", "ℝ": r"\R", "⊤": r"\top",
    "，": ",", "、": ",", "。": ".", "；": ";", "（": "(", "）": ")",
    **dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", (
        rf"\{name}" for name in _GREEK_IN_ORDER.split()
    ), strict=True)),
}  # fmt: skip

_TOKEN = re.compile(
    r"(?P<space>\s+|~|%[^\n]*(?:\n|$))"
    r"|(?P<command>\\(?:[A-Za-z]+\*?|[^A-Za-z]))"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<letter>[A-Za-z])"
    r"|(?P<sign>[-+=<>()\[\]{}^_&|,;:.!'/*])"
)
_EMS = {"em": 1, "ex": 0.43, "pt": 0.1, "bp": 0.1, "pc": 1.2, "mm": 0.28, "cm": 2.8, "in": 7.2, "mu": 0.055, "sp": 0}
_THIN = {"~": 0.33, "\\ ": 0.33, "\\\n": 0.33, "\\\t": 0.33, r"\;": 0.28, r"\:": 0.22, r"\,": 0.17, r"\!": -0.17}
_SPACE = re.compile(r"~|\\[ \n\t;:,!]")
_WIDE = 0.8  # em: less than three thick spaces
_LENGTH = re.compile(rf"(?P<number>[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))\s*(?P<unit>{'|'.join(_EMS)})")
_BRACE = re.compile(r"\\.|%[^\n]*|[{}]", re.DOTALL)
_COMMENT = re.compile(r"(\\.)|%[^\n]*", re.DOTALL)


@dataclass(frozen=True)
class Token:
    """A sign, letter, number or macro, and where it stands."""

    kind: str  # command, number, letter, sign, text, end
    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else self.text


def tokens(source: str) -> tuple[Token, ...]:
    """The tokens of a formula, the last one being its end.

    Raises `ParseError` for a macro or character that is not known, and for a formula that is too long.
    """
    if len(source) > LONGEST_FORMULA:
        raise ParseError(f"the formula has more than {LONGEST_FORMULA} characters", source, LONGEST_FORMULA)
    found: list[Token] = []
    for token in _scan(source):
        found.append(token)
        if len(found) > MOST_TOKENS:
            raise ParseError(f"the formula has more than {MOST_TOKENS} signs", source, token.start)
    return (*found, Token("end", "", len(source), len(source)))


def _scan(source: str) -> Iterator[Token]:
    """The tokens, with \\quad for small spaces that are as wide together"""
    behind = 0
    for token in _written(source):
        if _gap(source[behind : token.start]) > _WIDE and behind:
            yield Token("command", r"\quad", behind, token.start)
        yield token
        behind = token.end


def _gap(between: str) -> float:
    """How wide the spaces are that are no tokens, in em"""
    return sum(_THIN[match[0]] for match in _SPACE.finditer(_COMMENT.sub(r"\1", between)))


def _written(source: str) -> Iterator[Token]:
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            yield _foreign(source, at)
            at += 1
            continue
        kind, text, start = str(match.lastgroup), match[0], at
        at = match.end()
        if kind == "command":
            token, at = _command(source, text, start, at)
            if token is not None:
                yield token
        elif kind != "space":
            if kind == "number" and len(text) > MOST_DIGITS:
                raise ParseError(f"a number with more than {MOST_DIGITS} digits", source, start)
            yield Token(kind, text, start, at)


def _foreign(source: str, at: int) -> Token:
    """A sign for which there is a macro, or a letter of another script, which is prose"""
    sign = source[at]
    if sign in _UNICODE:
        return Token("command" if len(_UNICODE[sign]) > 1 else "sign", _UNICODE[sign], at, at + 1)
    plain = unicodedata.normalize("NFKC", sign)
    if plain != sign and (plain.isascii() or plain in _UNICODE):
        raise ParseError(f"{sign!r} is {plain} in another form: write it as in LaTeX", source, at)
    if not sign.isalpha() and not _is_mark(source, at):
        raise ParseError(f"the character {sign!r} has no meaning in a formula", source, at)
    return Token("text", sign, at, at + 1)


def _is_mark(source: str, at: int) -> bool:
    """Whether a sign belongs to the letter of another script before it, as vowels do in many"""
    before = source[:at][-1:]
    marked = unicodedata.category(source[at]).startswith("M")
    return marked and not before.isascii() and unicodedata.category(before)[0] in "LM" and before not in _UNICODE


def _command(source: str, text: str, start: int, end: int) -> tuple[Token | None, int]:
    """A macro: with its argument if that is text, and nothing if it only says how things look"""
    if text not in KNOWN and text.endswith("*") and text[:-1] in KNOWN:
        text, end = text[:-1], end - 1
    if text not in KNOWN:
        raise ParseError(f"the macro {text} is not known", source, start)
    if text in WITH_ARGUMENT_IGNORED:
        return None, _argument(source, end + (source[end : end + 1] == "*"))[1]
    if text in SPACES:
        return _space(source, text, start, end)
    if text in TEXTS:
        argument, after = _argument(source, end)
        kind = "word" if text.startswith(r"\operatorname") else "text"
        return Token(kind, argument.strip(), start, after), after
    if text in (r"\left", r"\right", r"\middle"):
        after = _skip(r"\s*", source, end)
        return None, after + 1 if source[after : after + 1] == "." else end
    if text in IGNORED:
        return None, end
    if text == r"\\":
        end = _skip(r"\*?\s*\[[-\d.a-z]+\]|\*", source, end)  # \\[4pt]
    return Token("command", text, start, end), end


def _space(source: str, text: str, start: int, end: int) -> tuple[Token | None, int]:
    """\\quad for space that parts statements, and nothing for less"""
    if text == r"\hfill":
        return Token("command", r"\quad", start, end), end
    length, after = _argument(source, end + (source[end : end + 1] == "*"))
    is_wide = text.endswith("phantom") or _is_wide(length)
    return (Token("command", r"\quad", start, after) if is_wide else None), after


def _is_wide(length: str) -> bool:
    """Whether a length is that of a \\quad, or one that is not known, such as \\textwidth"""
    match = _LENGTH.fullmatch(length.strip())
    if match is None:
        return not length.strip().startswith("-")
    return float(match["number"]) * _EMS[match["unit"]] > _WIDE


def _skip(pattern: str, source: str, at: int) -> int:
    """The place behind what a pattern describes, if it stands here"""
    match = re.compile(pattern).match(source, at)
    return match.end() if match else at


def _argument(source: str, at: int) -> tuple[str, int]:
    """The text in braces that follows, and where it ends. Raises `ParseError` if there is none."""
    opening = re.compile(r"\s*\{").match(source, at)
    if opening is None:
        raise ParseError("here should be text in braces", source, at)
    depth = 1
    for brace in _BRACE.finditer(source, opening.end()):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth:
            return _COMMENT.sub(r"\1", source[opening.end() : brace.start()]), brace.end()
    raise ParseError("a brace is not closed", source, opening.end() - 1)
