"""How wide a formula is on paper, about: enough to see whether it fits the line."""

from __future__ import annotations

import re

#: a line of text, with a little room to spare, in the unit of all widths: the em of the text's font
LINE = 41.5
_SCRIPT = 0.74
_WIDTHS = {
    **dict.fromkeys("ijlt,.;:'|[]!", 0.35),
    **dict.fromkeys("()rfs-", 0.4),
    **dict.fromkeys("mMWwABDGHNOQRUX", 0.85),
    **dict.fromkeys("+", 1.2),
    **dict.fromkeys("=<>", 1.35),
}
_COMMANDS = {
    r"\sum": 1.6,
    **dict.fromkeys((r"\le", r"\ge", r"\ne", r"\mid", r"\nmid", r"\in", r"\times", r"\odot"), 1.35),
    **{r"\quad": 1.0, r"\qquad": 2.0, r"\ ": 0.33, r"\,": 0.17, r"\max": 1.9, r"\min": 1.7, r"\displaystyle": 0.0},
    **{r"\partial": 0.6, r"\nabla": 0.85, r"\ell": 0.45, r"\prime": 0.3, r"\sigma": 0.62, r"\to": 1.55, r"\exp": 1.75},
    **{r"\tanh": 2.3, "\\\\": 0.0},
    **{r"\cdot": 0.7, r"\top": 0.8, r"\left": 0.05, r"\right": 0.05, r"\lfloor": 0.5, r"\rfloor": 0.5, r"\alpha": 0.64},
    **{rf"\{size}{side}": 0.3 for size in ("bigg", "Big") for side in "lr"},
}
_UPRIGHT = (r"\text", r"\operatorname", r"\mathit", r"\mathrm", r"\textit", r"\mathbb")
_TOKEN = re.compile(r"\\begin\{(?:bmatrix|array|cases)\}(?:\{[^}]*\}+)?|\\end\{\w+\}|\\[a-zA-Z]+|\\.|[\s&]+|.", re.S)


def width(formula: str) -> float:
    """The width of a displayed formula."""
    return _Measure(formula).row()[0]


class _Measure:
    """Reads a formula from left to right"""

    def __init__(self, formula: str) -> None:
        self.tokens = _TOKEN.findall(formula)
        self.position = 0

    def row(self, end: str = "") -> tuple[float, bool]:
        """The width up to the closing sign, and whether there was one"""
        total = 0.0
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            if token == end:
                return total, True
            total += self.part(token)
        return total, False

    def part(self, token: str) -> float:
        """How wide what a token begins is, in signs; what belongs to it is passed."""
        if token == "{":
            return self.row("}")[0]
        if token == r"\substack":
            return self.stacked()
        if token in ("_", "^"):
            return self.scripts(token)
        if token.startswith(r"\begin"):
            return self.matrix()
        if token == r"\frac":
            return max(self.argument(), self.argument()) + 0.25
        if token in (r"\sum", r"\max") and self._has_limits():
            return max(_COMMANDS[token], self.limits()) + 0.2
        if token in _UPRIGHT:
            return self.words()
        if token.startswith("\\"):
            return _COMMANDS.get(token, 0.6)
        return 0.0 if token.isspace() or token == "&" else 1.2 if token == "-" else _WIDTHS.get(token, 0.55)

    def argument(self) -> float:
        token = self.tokens[self.position] if self.position < len(self.tokens) else ""
        self.position += 1
        return self.part(token) if token else 0.0

    def script(self) -> float:
        """What stands below or above, without space around its signs"""
        start = self.position
        found = self.argument()
        signs = sum(token in ("+", "-", "=", r"\le", r"\ge") for token in self.tokens[start : self.position])
        return (found - 0.5 * signs) * _SCRIPT

    def scripts(self, token: str) -> float:
        """A subscript and a superscript stand above each other."""
        first = self.script()
        other = "^" if token == "_" else "_"
        if self.position < len(self.tokens) and self.tokens[self.position] == other:
            self.position += 1
            return max(first, self.script())
        return first

    def _has_limits(self) -> bool:
        return self.position < len(self.tokens) and self.tokens[self.position] in ("_", "^")

    def limits(self) -> float:
        if self.position < len(self.tokens) and self.tokens[self.position] in ("_", "^"):
            self.position += 1
            return self.scripts(self.tokens[self.position - 1])
        return 0.0

    def stacked(self) -> float:
        """The widest of several rows in braces"""
        start, depth = self.position, 0
        while self.position < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.position], 0)
            self.position += 1
            if depth == 0:
                break
        inside = "".join(self.tokens[start + 1 : self.position - 1])
        return max(map(width, inside.split("\\\\")))

    def words(self) -> float:
        """Text: every letter is about as wide as any other"""
        start, depth = self.position, 0
        while self.position < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.position], 0)
            self.position += 1
            if depth == 0:
                break
        inside = self.tokens[start + 1 : self.position - 1]
        return sum(len(token) if token.isspace() else 1 for token in inside if token not in "{}$") * 0.45

    def matrix(self) -> float:
        """The widest row; columns have some space between them"""
        start = self.position
        while self.position < len(self.tokens) and not self.tokens[self.position].startswith(r"\end"):
            self.position += 1
        rows = "".join(self.tokens[start : self.position]).split("\\\\")
        self.position += 1
        cells = [[width(cell) for cell in row.split("&")] for row in rows]
        columns = max(map(len, cells), default=0)
        widest = (max((row[n] for row in cells if n < len(row)), default=0.0) for n in range(columns))
        return sum(widest) + 0.95 * columns
