"""Words around a formula: whether they make it a definition, a condition, or deny it."""

from __future__ import annotations

import re

DEFINED, UNSURE, DENIED = "defined", "unsure", "denied"

_DEFINING = (
    r"let|define|defines|defined|put|denote|denotes|write|where|with|set|call|by|namely|given|sei|seien|setze|mit|wobei"
    r"|soit|soient|posons|où|avec|notons"
)
_UNSURE = (
    r"if|iff|when|whenever|suppose|assume|assuming|unless|provided|or|case|cases|until|goal|show|expect|setting|falls|wenn"
    r"|oder|si|cas|for|without|minimi[sz]e|subject"
)
_DENYING = r"not|never|neither|nor|false|wrong|impossible|cannot|fails|except|nicht|kein|keine|falsch|pas|jamais"
_HARMLESS_WORDS = """
    and where with for all every let define so then thus hence is the of a an by we have given i e g that as in
    respectively     und mit für alle also et avec pour tout donc 즉 은 는 과 와 그리고
"""
_HARMLESS = frozenset(re.findall(r"\S+", _HARMLESS_WORDS))
_BEFORE = {
    level: re.compile(rf"\b({words})\b", re.IGNORECASE)
    for level, words in ((DEFINED, _DEFINING), (UNSURE, _UNSURE), (DENIED, _DENYING))
}
_END = re.compile(r"[.!?:;](?=\s|$)|\n[ \t]*\n|\\\]|\$\$|\\end\{|\\(?:sub)*section|\\paragraph|-->|^#", re.MULTILINE)
_RESTRICTING = re.compile(rf"^\W*({_UNSURE}|{_DENYING}|is (?:{_DENYING}))\b", re.IGNORECASE)
_IMPLIES = re.compile(r"\\(?:Rightarrow|implies|Longrightarrow|iff|Leftrightarrow|lor|vee|neg)(?![A-Za-z])")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_MATHS = re.compile(r"\$[^$]*\$|\\\(.*?\\\)", re.DOTALL)
_SUPPOSED = re.compile(r"\b(let|where|with|sei|seien|soit|mit)\b", re.IGNORECASE)
_CHOICE = re.compile(r"\b(or|oder|ou|iff|either|unless)\b", re.IGNORECASE)
_ONLY_IF = re.compile(
    r"\b(?:if|iff|when|whenever|falls|wenn|si)\b(?!\s+(?:we|one|you|wir|man|on)\b)"
    r"|\b(?:suppose|assume|assuming|unless|provided)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"(?:\$\$?|\\\]|\\\))?[\s,]*(?:(?:if|iff|when|whenever|unless|except|provided|only|without|or|falls|wenn|sofern|si"
    rf"|{_DENYING}|(?:which\s+)?is\s+(?:{_DENYING}))\b|for\s+some\b|for(?:\s+(?:all|every|each|any))?\s*(?:\$|\\\())"
)  # the sentence goes on, and restricts what was said
CHANGES_A_CONDITION = re.compile(rf"\b({_DENYING}|or|but|other|unless|iff|some|odd|even)\b", re.IGNORECASE)


def sentence_before(text: str, start: int) -> str:
    """The words of a sentence before a place, without the formulas in it."""
    before = _COMMENT.sub(" ", text[max(0, start - 300) : start])
    ends = [match.end() for match in _END.finditer(before)]
    return _MATHS.sub(" ", before[ends[-1] if ends else 0 :])


def sentence_after(text: str, end: int) -> str:
    """The words of a sentence behind a place, as far as the next formula."""
    after = text[end : end + 80]
    return re.split(r"[.$\\\n,;]", after.lstrip("$)]\\ "), maxsplit=1)[0]


def of_line(text: str, start: int, end: int) -> str:
    """What the sentence around a formula in a line makes of it: only words that define make a definition."""
    before, after = sentence_before(text, start), sentence_after(text, end)
    if _BEFORE[DENIED].search(before) or _BEFORE[UNSURE].search(before) or _RESTRICTING.search(after):
        return DENIED
    return DEFINED if _BEFORE[DEFINED].search(before) else UNSURE


def is_condition(text: str, start: int) -> bool:
    """Whether the words just before a formula in a line make it a condition, or deny it."""
    before = sentence_before(text, start)[-60:]
    return bool(_BEFORE[UNSURE].search(before) or _BEFORE[DENIED].search(before) or _SUPPOSED.search(before))


def is_restricted(text: str, start: int, end: int) -> bool:
    """Whether words before a formula or behind it say that it holds only under a condition."""
    return bool(_ONLY_IF.search(sentence_before(text, start)) or _GOES_ON.match(text, end))


def of_display(text: str, start: int, end: int, texts: tuple[str, ...], formula: str) -> str:
    """What words before a display, in it and behind it, and implications, make of it."""
    before = sentence_before(text, start)
    if _GOES_ON.match(text, end):
        return DENIED
    words = {word for each in texts for word in re.findall(r"\w+", each.lower())}
    inside = " ".join(texts)
    if _BEFORE[DENIED].search(before) or _BEFORE[DENIED].search(inside) or _CHOICE.search(inside):
        return DENIED
    unsure = _BEFORE[UNSURE].search(before[-60:]) is not None or not words <= _HARMLESS
    return UNSURE if unsure or _IMPLIES.search(formula) else DEFINED
