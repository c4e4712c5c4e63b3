"""Names in LaTeX: Greek letters, indices, primes; and text that LaTeX prints as it stands."""

from __future__ import annotations

import re
import unicodedata

_LOWER = {
    **dict(zip("αβγδζηικλμνξπρστυχψω", (
        "alpha", "beta", "gamma", "delta", "zeta", "eta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho",
        "sigma", "tau", "upsilon", "chi", "psi", "omega",
    ), strict=True)),
    "ε": "varepsilon",
    "ϵ": "epsilon",
    "θ": "theta",
    "ϑ": "vartheta",
    "φ": "varphi",
    "ϕ": "phi",
    "ς": "varsigma",
}  # fmt: skip
_UPPER = dict(
    zip(
        "ΓΔΘΛΞΠΣΥΦΨΩ",
        ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"),
        strict=True,
    )
)
#: capitals that look like Latin ones
_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True))
#: letter -> its LaTeX command
GREEK = {letter: f"\\{word}" for letter, word in {**_LOWER, **_UPPER}.items()}
#: the command of a letter -> the letter, for plain text
PLAIN_GREEK = {command: letter for letter, command in GREEK.items()}
_WORDS = frozenset(command.lstrip("\\") for command in GREEK.values())
_SIGNS = {
    **{"≤": r"\le", "≥": r"\ge", "≠": r"\ne", "·": r"\cdot", "×": r"\times", "−": "-", "∈": r"\in", "∞": r"\infty"},
    **{"→": r"\to", "⇒": r"\Rightarrow", "∑": r"\sum", "⌊": r"\lfloor", "⌋": r"\rfloor", "±": r"\pm", "²": "^{2}"},
}
_SPECIAL = {
    **{character: f"\\{character}" for character in "#$%&_{}"},
    **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
    **{"<": "$<$", ">": "$>$", "|": "$|$", '"': "''"},
}
#: what pdflatex has without another package, besides letters with an accent
_KNOWN = frozenset("ßæøåœłÆØÅŒŁ¡¿–—‘’“”…§©")
_ACCENTS = frozenset("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327")
_NAME = re.compile(r"(?P<base>[^\W\d_]+)(?:_(?P<after>[^\W_]+)|(?P<digits>\d+))?(?P<marks>'*\*?)$")
#: functions that LaTeX has a command for; other known ones are upright words
_FUNCTIONS = frozenset(("exp", "tanh"))
PRIME = r"\prime "


def latex_text(text: str) -> str:
    """Text that LaTeX prints as it stands."""
    return "".join(map(_character, text))


def latex_formula(formula: str) -> str:
    """A formula in LaTeX in which Greek letters and signs may stand as they are."""
    commands = {**GREEK, **_SIGNS}
    return "".join(f"{{{commands[letter]}}}" if letter in commands else letter for letter in formula)


def unknown_letters(text: str) -> list[str]:
    """The letters of a text that pdflatex does not have."""
    return sorted({letter for letter in text if not letter.isascii() and not _is_known(letter)})


def _is_known(letter: str) -> bool:
    base, *accents = list(unicodedata.normalize("NFD", letter))
    return letter in _KNOWN or (base.isascii() and set(accents) <= _ACCENTS)


def _character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character in GREEK or character in _SIGNS:
        return f"${GREEK.get(character) or _SIGNS[character]}$"
    return _LATIN.get(character, character)


def latex_name(name: str) -> str:
    """A name as LaTeX has it: `m1` and `n_max` with an index, `alpha` and `α` as Greek letters, W' with a prime,
    a* with a star above; an l that looks like 1 is the letter of handwriting."""
    found = _NAME.match(name)
    if found is None:
        return verbatim_name(name)
    base, index = _part(found["base"], "mathit"), found["after"] or found["digits"]
    below = f"_{{{_part(index, 'mathrm')}}}" if index else ""
    marks = found["marks"]
    above = f"^{{{marks.replace(chr(39), PRIME)}}}" if marks.endswith("*") else marks
    return f"{base}{below}{above}"


def latex_function(name: str) -> str:
    """The name of a known function, upright, with a prime for every derivative."""
    word, primes = name.rstrip("'"), name[len(name.rstrip("'")) :]
    shown = f"\\{word}" if word in _FUNCTIONS else rf"\operatorname{{{latex_text(word)}}}"
    return f"{shown}{primes}"


def verbatim_name(name: str) -> str:
    """A name letter by letter, for one that has no better form or would look like another."""
    return rf"\text{{\textit{{{latex_text(name)}}}}}"


def _part(text: str, font: str) -> str:
    """A letter, a Greek one, digits, or a word in a font of its own"""
    if text in GREEK or text in _LATIN or text == "l":
        return GREEK.get(text) or _LATIN.get(text) or r"\ell"
    if text in _WORDS:
        return f"\\{text}"
    if text.isascii() and (len(text) == 1 or text.isdigit()):
        return text
    if text.isascii() and text.isalnum():
        return rf"\{font}{{{text}}}"
    if all(letter in GREEK or (letter.isascii() and letter.isalnum()) for letter in text):
        return " ".join(GREEK.get(letter, letter) for letter in text)
    return rf"\text{{{latex_text(text)}}}"
