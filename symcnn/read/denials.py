"""Words that take an equation back, or leave open whether it holds: then it defines nothing."""

from __future__ import annotations

import re

from . import surroundings

_AHEAD = re.compile(
    r"\bthere\s+(?:is|are|exists?)\s+no\b|\bno\s+such\b|\bwhether\b|\b(?:would|might)\b|\btempting\b|\bnaive(?:ly)?\b"
    r"|\bmistaken(?:ly)?\b|\berroneous(?:ly)?\b|\bconjecture\w*|\bhypothesi[sz]\w+|\bob\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:except|unless|provided|only\s+(?:if|when|for|in|on)|as\s+long\s+as|whenever|apart\s+from|other\s+than"
    r"|absurd|impossible|contradict\w+|false|wrong|untrue|außer|sofern|falsch|sauf)\b",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"^(?:but\s+|however,?\s+)?(?:this|that|it|which|these|the\s+(?:last\s+|above\s+)?(?:equation|identity|formula))\s+"
    r"(?:(?:\w+\s+){0,2}?(?:not|never|n't)\s+(?:\w+\s+){0,1}?(?:hold|true|correct|valid|the\s+case|follow|right)"
    r"|(?:is|was|would\s+be)\s+(?:false|wrong|incorrect|untrue|impossible|absurd|a\s+mistake|an\s+error|only))",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"\\(?:sout|st|xout|cancel|bcancel|xcancel)\s*\{[^{}]*$")
_IN_TEXT = re.compile(
    r"\bin\s+(?:expectation|distribution|probability|law|the\s+limit)|\bmod(?:ulo)?\b|\balmost\s+surely|\ba\.s\.?"
    r"|\basymptotically|\bon\s+average|\bw\.h\.p",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"\\(?:mathrm|textrm|mathit|textit|mathbf|textbf|mathsf|textsf|tag\*?)\s*\{([^{}]*)\}")
_IN_LETTERS = re.compile(
    r"\b(?:unless|except|only|otherwise|whenever|provided|if|or|not|almost|approximately)\b", re.IGNORECASE
)
_CONVENTION = re.compile(r"summation\s+convention|repeated\s+ind(?:ex|ices)|einstein", re.IGNORECASE)


def takes_back(text: str, start: int, end: int) -> bool:
    """Whether words around a formula ask whether it holds, deny it, or say it of something that might be."""
    return (
        surroundings.is_cut(text, start)
        or surroundings.is_asked(text, end)
        or _AHEAD.search(surroundings.sentence(surroundings.before(text, start))) is not None
        or _BEHIND.search(surroundings.behind(text, end)) is not None
        or _TAKES_BACK.match(surroundings.next_sentence(text, end)) is not None
        or _STRUCK.search(text, max(0, start - 60), start) is not None
    )


def within(formula: str, texts: tuple[str, ...]) -> bool:
    """Whether words in a display restrict it: in expectation, unless in upright letters, a tag with a condition."""
    letters = " ".join(_WRITTEN.findall(formula))
    return _IN_TEXT.search(" ".join(texts)) is not None or _IN_LETTERS.search(letters) is not None


def is_in_table(text: str, start: int) -> bool:
    """Whether a formula stands in a table, where another column may say for what it holds."""
    opened = text.rfind(r"\begin{tabular", 0, start)
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return opened > text.rfind(r"\end{tabular", 0, start) or line.lstrip().startswith("|")


def has_convention(text: str, start: int) -> bool:
    """Whether the document says before a place that indices that stand twice are summed over."""
    return _CONVENTION.search(text, 0, start) is not None
