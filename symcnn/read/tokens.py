"""LaTeX formulas as tokens. Only known macros are read; everything else is refused where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import ParseError

LONGEST_FORMULA = 20_000  # characters
MOST_TOKENS = 4_000
MOST_DIGITS = 40

GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho"
    " sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
    " ell".split()
)
FUNCTIONS = frozenset("exp tanh max min log sin cos ker det dim sup inf".split())
RELATIONS = {
    "=": "=", "<": "<", ">": ">", r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=",
    r"\geqslant": ">=", r"\lt": "<", r"\gt": ">", r"\ne": "!=", r"\neq": "!=", r"\in": "in", r"\coloneqq": "=",
    r"\triangleq": "=", r"\equiv": "=", r"\mid": "divides", r"\to": "to", r"\colon": ":", ":": ":", r"\notin": "notin",
    r"\approx": "~", r"\sim": "~", r"\propto": "~", r"\mapsto": "mapsto", r"\leftarrow": "~",
}  # fmt: skip
PRODUCTS = {
    r"\cdot": "cdot", r"\times": "times", "*": "*", r"\ast": "*", r"\star": "star", r"\circledast": "circledast",
    r"\odot": "odot", r"\circ": "odot", "/": "/",
}  # fmt: skip
DOTS = frozenset((r"\dots", r"\ldots", r"\cdots", r"\vdots", r"\ddots", r"\dotsc", r"\dotsb"))
STYLES = frozenset(
    r"\mathbf \boldsymbol \bm \mathrm \mathit \mathsf \mathtt \textbf \textit \textrm \pmb".split()
)  # the letter is the same in another style
ACCENTS = frozenset(r"\hat \tilde \bar \overline \widehat \widetilde \mathcal \mathbb \mathscr \mathfrak \vec \dot".split())
TEXTS = frozenset((r"\text", r"\mbox", r"\textnormal", r"\intertext", r"\shortintertext", r"\operatorname", r"\operatorname*"))
ENVIRONMENTS = frozenset(
    "bmatrix pmatrix matrix Bmatrix smallmatrix array cases aligned align align* gathered gather gather* split"
    " equation equation* multline multline* alignat alignat* eqnarray eqnarray* alignedat".split()
)
STATEMENT_SIGNS = frozenset(
    (r"\therefore", r"\because", r"\Rightarrow", r"\implies", r"\Longrightarrow", r"\iff", r"\Leftrightarrow", r"\forall")
)
_SIZES = r"\bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl \Biggr \big \Big \bigg \Bigg \left \right \middle"
IGNORED = frozenset(
    rf"{_SIZES} \, \; \: \! \  \displaystyle \textstyle \limits \nolimits \nonumber \notag \hfill \qedhere \allowbreak"
    r" \noindent \small \normalsize".split(" ")
)
WITH_ARGUMENT_IGNORED = frozenset((r"\label", r"\tag", r"\tag*", r"\vspace", r"\hspace", r"\ref", r"\eqref", r"\substack*"))
OTHERS = frozenset(
    r"\frac \dfrac \tfrac \cfrac \partial \nabla \sum \prod \lfloor \rfloor \lceil \rceil \langle \rangle \lVert \rVert"
    r" \lvert \rvert \Vert \vert \| \{ \} \lbrace \rbrace \top \intercal \prime \substack \begin \end \quad \qquad \\"
    r" \pm \infty \square \blacksquare \lbrack \rbrack \_ \sqrt \binom \int \R \T".split()
)
KNOWN = (
    frozenset(RELATIONS) | frozenset(PRODUCTS) | DOTS | STYLES | ACCENTS | TEXTS | STATEMENT_SIGNS | IGNORED
    | WITH_ARGUMENT_IGNORED | OTHERS | {"\\" + name for name in GREEK | FUNCTIONS}
)  # fmt: skip
WITH_ARGUMENT = STYLES | ACCENTS | TEXTS | {r"\begin", r"\end"}

_UNICODE = {
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "·": r"\cdot", "×": r"\times", "−": "-", "∂": r"\partial", "∈": r"\in",
    "∑": r"\sum", "⊙": r"\odot", "∗": r"\ast", "⋆": r"\star", "⌊": r"\lfloor", "⌋": r"\rfloor", "ℓ": r"\ell",
    "′": "'", "…": r"\dots", "∇": r"\nabla", "‖": r"\|", "⟨": r"\langle", "⟩": r"\rangle", "∴": r"\therefore",
    "⇒": r"\Rightarrow", "–": "-", "ℝ": r"\R", "⊤": r"\top",
    **dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", (
        rf"\{name}" for name in "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma"
        " tau upsilon varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split()
    ), strict=True)),
}  # fmt: skip

_TOKEN = re.compile(
    r"(?P<space>\s+|~|(?<!\\)%[^\n]*(?:\n|$))"
    r"|(?P<command>\\(?:[A-Za-z]+\*?|[^A-Za-z]))"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<letter>[A-Za-z])"
    r"|(?P<sign>[-+=<>()\[\]{}^_&|,;:.!'/*])"
)


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
    at = 0
    while at < len(source):
        if source[at] in _UNICODE:
            yield Token("command" if len(_UNICODE[source[at]]) > 1 else "sign", _UNICODE[source[at]], at, at + 1)
            at += 1
            continue
        match = _TOKEN.match(source, at)
        if match is None:
            if source[at].isalpha():  # prose of any script among the formulas
                yield Token("text", source[at], at, at + 1)
                at += 1
                continue
            raise ParseError(f"the character {source[at]!r} has no meaning in a formula", source, at)
        kind, text, start = str(match.lastgroup), match[0], at
        at = match.end()
        if kind == "command":
            text = text if text.rstrip("*") in KNOWN or text in KNOWN else text
            token, at = _command(source, text, start, at)
            if token is not None:
                yield token
        elif kind != "space":
            if kind == "number" and len(text) > MOST_DIGITS:
                raise ParseError(f"a number with more than {MOST_DIGITS} digits", source, start)
            yield Token(kind, text, start, at)


def _command(source: str, text: str, start: int, end: int) -> tuple[Token | None, int]:
    """A macro: with its argument if that is text, and nothing if it only says how things look"""
    if text not in KNOWN and text.endswith("*") and text[:-1] in KNOWN:
        text, end = text[:-1], end - 1
    if text not in KNOWN:
        raise ParseError(f"the macro {text} is not known", source, start)
    if text in WITH_ARGUMENT_IGNORED:
        return None, _argument(source, end)[1]
    if text in TEXTS:
        argument, after = _argument(source, end)
        kind = "word" if text.startswith(r"\operatorname") else "text"
        return Token(kind, argument.strip(), start, after), after
    if text in (r"\left", r"\right", r"\middle"):
        after = end + len(source[end:]) - len(source[end:].lstrip())
        return None, after + 1 if source[after : after + 1] == "." else end
    if text in IGNORED or text == "\\ ":
        return None, end
    if text == r"\\":
        spaced = re.match(r"\*?\s*\[[-\d.a-z]+\]|\*", source[end:])  # \\[4pt]
        end += spaced.end() if spaced else 0
    return Token("command", text, start, end), end


def _argument(source: str, at: int) -> tuple[str, int]:
    """The text in braces that follows, and where it ends. Raises `ParseError` if there is none."""
    opening = re.compile(r"\s*\{").match(source, at)
    if opening is None:
        raise ParseError("here should be text in braces", source, min(at, len(source)))
    depth, end = 1, opening.end()
    while end < len(source) and depth:
        if source[end] in "{}" and source[end - 1] != "\\":
            depth += 1 if source[end] == "{" else -1
        end += 1
    if depth:
        raise ParseError("a brace is not closed", source, opening.end() - 1)
    return source[opening.end() : end - 1], end
