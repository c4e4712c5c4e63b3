"""A reader of printed formulas that knows nothing of the printer: it parses what stands there and computes it.

Where two readings are possible it raises `Unclear`: a fraction in the line beside another factor, a sum sign
with a negative after it, `not` and the like. LaTeX is first rewritten as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor, prod

Value = Callable[[Mapping[str, int]], Fraction]
Condition = Callable[[Mapping[str, int]], bool]
Tensor = Callable[[tuple[int, ...]], Fraction]

_RELATIONS = {
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "|": lambda a, b: (b == 0) if a == 0 else b % a == 0,
    "∤": lambda a, b: not ((b == 0) if a == 0 else b % a == 0),
}
_TOKEN = re.compile(r"\s*(Σ_\{|\.\.|<=|>=|!=|\d+\.\d+|\d+|[^\W\d_]\w*'*|\S)")


class Unclear(Exception):
    """A formula that can be read in two ways, or in none."""


class Reader:
    """Reads one formula. `tensors` gives each displayed name its entries."""

    def __init__(self, text: str, tensors: Mapping[str, Tensor]) -> None:
        self.tensors = tensors
        self.tokens = self._tokens(text)
        self.position = 0

    def _tokens(self, text: str) -> list[str]:
        names = sorted(self.tensors, key=len, reverse=True)
        tokens, position = [], 0
        while text[position:].strip():
            start = position + len(text[position:]) - len(text[position:].lstrip())
            found = next((name for name in names if self._stands(text, start, name)), None)
            if found is None:
                match = _TOKEN.match(text, position)
                if match is None:
                    raise Unclear(f"{text[position:]!r} begins with no sign")
                found, position = match.group(1), match.end()
            else:
                position = start + len(found)
            tokens.append(found)
        return tokens

    @staticmethod
    def _stands(text: str, start: int, name: str) -> bool:
        """Whether the name stands here as a whole"""
        after = text[start + len(name) : start + len(name) + 1]
        whole = not name[-1].isalnum() or not (after.isalnum() or after in ("_", "'"))
        return text.startswith(name, start) and whole

    def ahead(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.ahead()
        if not token or (wanted and token != wanted):
            raise Unclear(f"{token!r} stands where {wanted or 'more'!r} belongs in {' '.join(self.tokens)}")
        self.position += 1
        return token

    def whole(self) -> Value:
        """The formula as a number."""
        value = self.sum()
        if self.ahead():
            raise Unclear(f"{self.ahead()!r} is left of {' '.join(self.tokens)}")
        return value

    def whole_condition(self) -> Condition:
        """The formula as a condition."""
        condition = self.condition()
        if self.ahead():
            raise Unclear(f"{self.ahead()!r} is left of {' '.join(self.tokens)}")
        return condition

    # Numbers

    def sum(self) -> Value:
        sign = self.take() == "-" if self.ahead() == "-" else False
        parts = [(sign, self.product())]
        while self.ahead() in ("+", "-"):
            sign = self.take() == "-"
            parts.append((sign, self.product()))
        return lambda at: sum((-part(at) if minus else part(at) for minus, part in parts), Fraction(0))

    def product(self) -> Value:
        factors = [self.factor()]
        if self.ahead() == "/":
            self.take()
            below = self.factor()
            if self._is_factor():
                raise Unclear(f"a fraction beside {self.ahead()!r} in {' '.join(self.tokens)}")
            above = factors[0]
            return lambda at: divided(above(at), below(at))
        while self._is_factor():
            factors.append(self.factor())
        if self.ahead() == "/":
            raise Unclear(f"a fraction behind a product in {' '.join(self.tokens)}")
        return lambda at: prod((factor(at) for factor in factors), start=Fraction(1))

    def _is_factor(self) -> bool:
        token = self.ahead()
        signs = (*_RELATIONS, "+", "-", "", ")", "]", "}", "⌋", "..", ",", "and", "or", "/", "^")
        return token not in signs

    def factor(self) -> Value:
        value = self.base()
        if self.ahead() == "^":
            self.take()
            exponent = int(self.take())
            if self.ahead() == "^":
                raise Unclear("a power of a power")
            return lambda at: value(at) ** exponent
        return value

    def base(self) -> Value:
        token = self.take()
        if token == "(":
            return self.closed(")")
        if token == "[":
            condition = self.condition()
            self.take("]")
            return lambda at: Fraction(condition(at))
        if token == "⌊":
            inside = self.closed("⌋")
            return lambda at: Fraction(floor(inside(at)))
        if token in ("max", "min"):
            self.take("(")
            listed, choose = self.listed(")"), max if token == "max" else min
            return lambda at: choose(each(at) for each in listed)
        if token == "Σ_{":
            return self.summation()
        if re.fullmatch(r"\d+(\.\d+)?", token):
            number = Fraction(token)
            return lambda at: number
        return self.named(token)

    def closed(self, sign: str) -> Value:
        inside = self.sum()
        self.take(sign)
        return inside

    def listed(self, sign: str) -> list[Value]:
        found = []
        while self.ahead() != sign:
            found.append(self.sum())
            if self.ahead() != sign:
                self.take(",")
        self.take(sign)
        return found

    def named(self, name: str) -> Value:
        if name in self.tensors:
            tensor, indices = self.tensors[name], []
            if self.ahead() == "[":
                self.take()
                indices = self.listed("]")
            return lambda at: tensor(tuple(whole_number(index(at)) for index in indices))
        if not name[0].isalpha():
            raise Unclear(f"{name!r} is no letter in {' '.join(self.tokens)}")
        return lambda at: Fraction(at[name])

    def summation(self) -> Value:
        letter = self.take()
        self.take("=")
        lower = self.sum()
        self.take("..")
        upper = self.sum()
        self.take("}")
        if self.ahead() == "-":
            raise Unclear("a sum sign before a minus")
        body = self.product()

        def total(at: Mapping[str, int]) -> Fraction:
            if letter in at:
                raise Unclear(f"{letter} is the index of a sum and something else")
            span = range(whole_number(lower(at)), whole_number(upper(at)) + 1)
            return sum((body({**at, letter: number}) for number in span), Fraction(0))

        return total

    # Conditions

    def condition(self) -> Condition:
        parts = [self.relation()]
        if self.ahead() not in ("and", "or"):
            return parts[0]
        word = self.ahead()
        while self.ahead() in ("and", "or"):
            if self.take() != word:
                raise Unclear("and beside or")
            parts.append(self.relation())
        join = all if word == "and" else any
        return lambda at: join(part(at) for part in parts)

    def relation(self) -> Condition:
        if self.ahead() in ("true", "false"):
            holds = self.take() == "true"
            return lambda at: holds
        start = self.position
        try:
            left = self.sum()
            if self.ahead() not in _RELATIONS:
                raise Unclear(f"{self.ahead()!r} is no relation")
            sides, signs = [left], []
            while self.ahead() in _RELATIONS:
                signs.append(_RELATIONS[self.take()])
                sides.append(self.sum())
        except Unclear:
            self.position = start
            self.take("(")
            inside = self.condition()
            self.take(")")
            return inside
        return lambda at: all(
            sign(one(at), other(at)) for sign, one, other in zip(signs, sides, sides[1:], strict=False)
        )


def divided(above: Fraction, below: Fraction) -> Fraction:
    """The quotient; 0 for a divisor 0, as the kernel has it"""
    return above / below if below else Fraction(0)


def whole_number(value: Fraction) -> int:
    if value.denominator != 1:
        raise Unclear(f"the index {value} is no integer")
    return int(value)


def read(text: str, tensors: Mapping[str, Tensor]) -> Value:
    """The number that a formula in plain text stands for, as a function of its letters. Raises `Unclear`."""
    return Reader(text, tensors).whole()


def read_condition(text: str, tensors: Mapping[str, Tensor]) -> Condition:
    """The same for a condition."""
    return Reader(text, tensors).whole_condition()


# LaTeX

_SIGNS = {
    **{r"\le": "<=", r"\ge": ">=", r"\ne": "!=", r"\mid": "|", r"\nmid": "∤", r"\max": "max", r"\min": "min"},
    **{r"\left\lfloor": "⌊", r"\right\rfloor": "⌋", r"\left[": "[", r"\right]": "]", r"\,": " "},
    **{rf"\{size}{side}{sign}": sign for size in ("bigg", "Big") for side, sign in (("l", "("), ("r", ")"))},
    **{r"\text{ and }": " and ", r"\text{ or }": " or ", r"\text{true}": "true", r"\text{false}": "false"},
    **{r"\alpha": "α", r"\beta": "β", r"\gamma": "γ"},
}


def plain(latex: str, tensors: Mapping[str, str], letters: Mapping[str, str] | None = None) -> str:
    """A formula in LaTeX as plain text; `tensors` gives each name in LaTeX its name in plain text, and so do
    `letters`."""
    return _Rewriting(tensors, letters or {}).of(_without_signs(latex))


def _without_signs(latex: str) -> str:
    for sign in sorted(_SIGNS, key=len, reverse=True):
        end = r"(?![a-zA-Z])" if sign[-1].isalpha() else ""
        latex = re.sub(re.escape(sign) + end, _SIGNS[sign], latex)
    return latex


class _Rewriting:
    def __init__(self, tensors: Mapping[str, str], letters: Mapping[str, str]) -> None:
        self.tensors = {_without_signs(name): plain_name for name, plain_name in tensors.items()}
        self.letters = {_without_signs(name): plain_name for name, plain_name in letters.items()}

    def of(self, latex: str) -> str:
        text, position = "", 0
        while position < len(latex):
            part, length = self.first(latex[position:], latex[:position])
            text, position = text + part, position + length
        if "\\" in text:
            raise Unclear(f"unknown LaTeX in {text}")
        return text

    def first(self, rest: str, before: str) -> tuple[str, int]:
        """The first part of what is left as plain text, and its length in LaTeX"""
        for name in sorted([*self.tensors, *self.letters], key=len, reverse=True):
            found = self.tensor(name, rest, before) if name in self.tensors else None
            found = found or (self.letter(name, rest, before) if name in self.letters else None)
            if found is not None:
                return found
        if rest.startswith(r"\frac"):
            above, first = braced(rest[5:])
            below, second = braced(rest[5 + first :])
            return f"(({self.of(above)})/({self.of(below)}))", 5 + first + second
        if rest.startswith(r"\sum_"):
            lower, first = braced(rest[5:])
            upper, second = braced(rest[6 + first :])
            return f"Σ_{{{self.of(lower)}..{self.of(upper)}}} ", 6 + first + second
        if rest.startswith("^{"):
            exponent, length = braced(rest[1:])
            return f"^{exponent}", 1 + length
        return rest[0], 1

    def tensor(self, name: str, rest: str, before: str) -> tuple[str, int] | None:
        for form in (f"({name})", name):
            if rest.startswith(form + "_{"):
                indices, length = braced(rest[len(form) + 1 :])
                return f" {self.tensors[name]}[{self.of(indices)}]", len(form) + 1 + length
        return (f" {self.tensors[name]} ", len(name)) if _stands(name, rest, before) else None

    def letter(self, name: str, rest: str, before: str) -> tuple[str, int] | None:
        return (f" {self.letters[name]} ", len(name)) if _stands(name, rest, before) else None


def _stands(name: str, rest: str, before: str) -> bool:
    """Whether a name stands here as a whole; letters beside each other are always apart"""
    after = rest[len(name) : len(name) + 1]
    ends = not (name[-1].isalnum() and after.isalnum()) and after not in ("'", "_")
    begins = not (name[0].isalnum() and before[-1:].isalpha())
    return rest.startswith(name) and begins and ends


def braced(text: str) -> tuple[str, int]:
    """What stands in the braces at the beginning, and the length with the braces."""
    if not text.startswith("{"):
        raise Unclear(f"{text!r} does not begin with a brace")
    depth = 0
    for number, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return text[1:number], number + 1
    raise Unclear(f"a brace is not closed in {text!r}")
