"""Words around a formula: whether they make it a definition, a condition, or deny it."""

from __future__ import annotations

import re

from . import denials, surroundings

DEFINED, UNSURE, DENIED = "defined", "unsure", "denied"

_DEFINING = (
    r"let|define|defines|defined|put|denote|denotes|write|where|with|set|call|by|namely|given|sei|seien|setze|mit|wobei"
    r"|soit|soient|posons|où|avec|notons"
)
_OF_A_PART = (
    r"for\s+(?:the|all|our)\s+(?:\w+\s+)?(?:outputs?|inputs?|units?|neurons?|nodes?|layers?|others?|rest|entries|rows"
    r"|columns|weights?|biases)"
)  # words that may say of what something is defined, and restrict a claim
_UNSURE = (
    r"if|iff|when|whenever|suppose|assume|assuming|unless|provided|or|case|cases|until|goal|show|expect|setting|falls|wenn"
    r"|oder|si|cas|for(?!\s+(?:the|our)\s+(?:(?:output|hidden)\s+)?(?:outputs?|inputs?|units?|neurons?|nodes?|weights?)\b)|without|minimi[sz]e|subject"
)
_DENYING = (
    r"\w+n't|incorrect\w*|mistakes?|instead|rather|untrue|nobody|unlike|contrary|hope|wish|would\s+(?:like|be)|not|never|neither|nor|false|wrong|impossible|cannot|fails|except"
    r"|nicht|kein|keine|falsch|n(?:e\s+|['’])\w+\s+pas|jamais"
)
_HARMLESS_WORDS = """
    and where with for all every let define so then thus hence is the of a an by we have given i e g that as in
    respectively     und mit für alle also et avec pour tout donc 즉 은 는 과 와 그리고
"""
_HARMLESS = frozenset(re.findall(r"\S+", _HARMLESS_WORDS))
_BEFORE = {
    level: re.compile(rf"\b({words})\b", re.IGNORECASE)
    for level, words in ((DEFINED, _DEFINING), (UNSURE, _UNSURE), (DENIED, _DENYING))
}
_RESTRICTING = re.compile(rf"^\W*({_UNSURE}|{_DENYING}|is (?:{_DENYING}))\b", re.IGNORECASE)
_IMPLIES = re.compile(r"\\(?:Rightarrow|implies|Longrightarrow|iff|Leftrightarrow|lor|vee|neg)(?![A-Za-z])")
_MATHS = re.compile(r"\$[^$]*\$|\\\(.*?\\\)", re.DOTALL)
_SUPPOSED = re.compile(
    r"\b(let|where|with|satisf(?:y|ies|ying)|solves?|solving|erfüllt|vérifie|sei|seien|soit|mit)\b", re.IGNORECASE
)
_CHOICE = re.compile(r"\b(or|oder|ou|iff|either|unless)\b", re.IGNORECASE)
KINDS = (
    r"non-?negative|non-?positive|positive|negative|non-?zero|even|odd|symmetric|antisymmetric|orthogonal|invertible"
    r"|integers?|large|small|prime|divisible|distinct|unit|one-hot|probability|diagonal|permutation|normali[sz]ed"
    r"|stochastic|commute|perpendicular|parallel|dropped|kept"
)  # of which a thing may be, so that something holds
_PARTIAL = (
    r"iff|whenever|unless|otherwise|elsewhere|except|exception|apart|almost|only\s+(?:if|for|when|where|on|in)|but"
    r"|respectively|resp|in\s+case|as\s+long\s+as|interior|boundary|border|falls|wenn|sofern|sonst|außer|oder|(?<!before\s)(?<!after\s)(?<!smaller\s)(?<!larger\s)(?<!one\s)or"
    rf"|(?:if|when)(?!\s+(?:we|one|you)\b)|(?:for|if|when|is|are|be|with|at|in|on)\s+(?:\w+\s+)?(?:{KINDS})|{_DENYING}"
    r"|for\s+the\s+(?:first|last|other|remaining)\s+(?:\w+\s+)?(?:outputs|inputs|units|neurons|entries|rows|columns|pixels)"
    r"|sometimes|approximately|roughly|up\s+to|at\s+the\s+(?:minimum|maximum|optimum)|critical|stationary|first\s+order"
    r"|ignoring|neglecting|sums?\s+to\s+(?:one|zero|unity|\$?[01])|subject\s+to|constraints?|normal\s+equations"
)
_QUANTIFIED = (
    r"(?:^|,)\W*(?:\w+\s+)?"  # a clause begins with it
    r"for(?:(?:\s+\w+){0,4}\s*(?:\$|\\\()[^$]*?(?:[<>=]|\\(?:le|ge|in|leq|geq|leqslant|geqslant|ne|neq)(?![A-Za-z]))"
    r"|(?!\s+(?:a|an|the|this|that|our|its|such)\b)(?:\s+\w+){0,3}\s*(?:\$|\\\()|\s+(?:some|all|every|each|any)\b)"
)
_IN_PART = re.compile(rf"\b(?:{_PARTIAL})(?!\w)|{_QUANTIFIED}", re.IGNORECASE)
_ONLY_UNDER = re.compile(
    rf"\b(?:{_PARTIAL}|suppose[ds]?|assum(?:e|es|ed|ing)|provided|condition|cases?|some|{_OF_A_PART})(?!\w)|{_QUANTIFIED}",
    re.IGNORECASE,
)
_TEXT_IN_PART = re.compile(rf"\b(?:{_PARTIAL}|{KINDS}|some|most|first|last|part)(?!\w)", re.IGNORECASE)
_OPENS_CONDITION = re.compile(
    r"\W*(?:\w+\s+){0,2}?(?:for|if|when|whenever|in\s+case|otherwise|unless|suppose|assume|provided|under|since|because|wenn"
    r"|falls|für|si|pour)\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    rf"\b(?:case|fall|cas)\s+(?:\d+|[ivx]+|[abc])\b|\\item\[[^\]]*\$|\\(?:sub)*paragraph\{{[^}}]*\b(?:{KINDS})\b",
    re.IGNORECASE,
)  # a heading of what follows
_ITEM = re.compile(
    rf"^[ \t]*(?:[-*+]|\d+[.)]|\\item)\s+(?:\w+\s+)?(?:{KINDS})\b[^\n]*$", re.IGNORECASE | re.MULTILINE
)  # an item that begins with a case
_IS_HYPOTHESIS = re.compile(r"\b(?:if|when|whenever|suppose|assume|with|where|that|wenn|falls)\s*$", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(r",|\b(?:where|which|whose|wobei|où)\b")
_ANOTHER_FORM = re.compile(
    r"^\W*(?:or|oder|ou)(?=,|\s+equivalently|\s+äquivalent)", re.IGNORECASE
)  # or, in other words
_SETTING = r"setting\b[^.]*(?:\bto\b|\bequal|=\s*0)|equating"
_SUPPOSES = re.compile(
    rf"\b(?:suppos\w+|assum\w+|requir\w+|impos\w+|demand\w*|constraints?|subject\s+to|critical|stationary|minim(?:um|a)"
    rf"|optim(?:um|ality)|normal\s+equations|let\W*$|annehm\w+|angenommen|{_SETTING}|(?:is|are|be)\s+(?:\w+\s+)?(?:{KINDS}))(?!\w)",
    re.IGNORECASE,
)
_RESTRICTS_AHEAD = re.compile(
    rf"\b(?:{_PARTIAL}|{_UNSURE}|{_DENYING}|{KINDS}|{_OF_A_PART}|suppos\w+|assum\w+|provided|condition|some|most|few|many"
    r"|first|second|last|next|other|others|rest|remaining|part|only|each|every|any|all|no|otherwise|else|instead|with"
    r"|where|under|since|because|für|mit|wobei|pour|avec|où|diagonal|wenige|einige|nur|andere\w*|übrige\w*|seul\w*|autres?|quelques)(?!\w)",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:when|whenever|once|if|after)\s+(?:an?|the)\s+(?:(?:new|single|training|test)\s+)?"
    r"(?:input|image|example|pattern|sample|vector|signal)(?:\s+(?:vector|image|pattern|signal))?"
    r"(?:\s*\$[A-Za-z]\$)?\s+(?:is|has\s+been)\s+(?:presented|given|fed|applied|shown|passed|received)"
    r"(?:\s+(?:in)?to\s+(?:the|a)\s+(?:(?:neural|input|first|hidden)\s+)?(?:network|net|layer|model|machine))?(?=\s*,)",
    re.IGNORECASE,
)
CHANGES_A_CONDITION = re.compile(
    rf"\b({_DENYING}|or|but|otherwise|else|sonst|other|unless|iff|some|odd|even)\b", re.IGNORECASE
)


def sentence_before(text: str, start: int) -> str:
    """The words of a sentence before a place, without the formulas in it."""
    return _MATHS.sub(" ", surroundings.sentence(surroundings.before(text, start)))


def sentence_after(text: str, end: int) -> str:
    """The words of a sentence behind a place, as far as the next formula."""
    after = text[end : end + 80]
    return re.split(r"[.$\\\n,;]", after.lstrip("$)]\\ "), maxsplit=1)[0]


def of_line(text: str, start: int, end: int) -> str:
    """What the sentence around a formula in a line makes of it: only words that define make a definition."""
    before, after = sentence_before(text, start), sentence_after(text, end)
    if _BEFORE[DENIED].search(before) or _BEFORE[UNSURE].search(before) or _RESTRICTING.search(after):
        return DENIED
    if is_in_part(text, start, end) or denials.takes_back(text, start, end):
        return DENIED
    return DEFINED if _BEFORE[DEFINED].search(before) else UNSURE


def is_condition(text: str, start: int) -> bool:
    """Whether the words just before a formula in a line make it a condition, or deny it."""
    before = sentence_before(text, start)[-60:]
    return bool(_BEFORE[UNSURE].search(before) or _BEFORE[DENIED].search(before) or _SUPPOSED.search(before))


def restricts(words: str) -> bool:
    """Whether words may say that something holds only under a condition."""
    return _ONLY_UNDER.search(words) is not None


def supposes(text: str, start: int) -> bool:
    """Whether the sentence before a display may suppose it, so that it holds for what follows too."""
    return _SUPPOSES.search(surroundings.sentence(surroundings.before(text, start))) is not None


def leads(words: str) -> bool:
    """Whether words before an equation say no more than that it comes: the output is, a layer computes."""
    return _RESTRICTS_AHEAD.search(words) is None


def without_occasions(text: str) -> str:
    """A document without clauses that say when something happens, and restrict nothing: when an input is presented."""
    return _OCCASION.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def is_restricted(text: str, start: int, end: int) -> bool:
    """Whether words before a formula or behind it, in its sentence, may say that it holds only under a condition."""
    if _is_a_case(text, start) or denials.has_convention(text, start):
        return True
    return restricts(_clause_before(text, start)) or restricts(_clause_after(text, end))


def is_in_part(text: str, start: int, end: int) -> bool:
    """Whether words around a formula may say that it is about a part of what it seems to be about."""
    return _is_a_case(text, start) or any(map(_IN_PART.search, _around(text, start, end)))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return _IS_HYPOTHESIS.sub("", _clause_before(text, start)), _clause_after(text, end)


def restricting(text: str, start: int, end: int, texts: tuple[str, ...]) -> str:
    """The words around a formula for which it is no definition, or none that can be told."""
    inside, before = " ".join(texts), sentence_before(text, start)
    words = [_IN_PART.search(each) for each in _around(text, start, end)]
    words += [_TEXT_IN_PART.search(inside), _CHOICE.search(inside)]
    words += [_BEFORE[level].search(each) for level in (DENIED, UNSURE) for each in (before, inside)]
    words += [_RESTRICTING.search(sentence_after(text, end)), _CASE.search(text, max(0, start - 120), start)]
    return next((" ".join(each[0].split()).strip(" ,$\\(") for each in words if each is not None), inside.strip())


def _is_a_case(text: str, start: int) -> bool:
    """Whether the heading of a case stands just before, or in another column of a table"""
    is_headed = any(each.search(text, max(0, start - 120), start) for each in (_CASE, _ITEM))
    return is_headed or denials.is_in_table(text, start)


def _clause_before(text: str, start: int) -> str:
    """What stands before a place, with the formulas: the whole of a sentence that begins with a condition, else its
    first clause and its last"""
    sentence = _ANOTHER_FORM.sub("", surroundings.sentence(surroundings.before(text, start)))
    if _OPENS_CONDITION.match(sentence):
        return sentence
    first, _, rest = sentence.partition(",")
    return f"{first}, {rest.rpartition(',')[2]}"


def _clause_after(text: str, end: int) -> str:
    """What stands behind a place, with the formulas, as far as the next clause"""
    sentence = _ANOTHER_FORM.sub("", surroundings.behind(text, end))
    behind = _NEXT_CLAUSE.search(sentence)
    return sentence[: behind.start()] if behind else sentence


def of_display(text: str, start: int, end: int, texts: tuple[str, ...], formula: str) -> str:
    """What words before a display, in it and behind it, and implications, make of it."""
    before = sentence_before(text, start)
    if is_in_part(text, start, end) or _TEXT_IN_PART.search(" ".join(texts)):
        return DENIED
    if denials.takes_back(text, start, end) or denials.within(formula, texts):
        return DENIED
    words = {word for each in texts for word in re.findall(r"\w+", each.lower())}
    inside = " ".join(texts)
    if _BEFORE[DENIED].search(before) or _BEFORE[DENIED].search(inside) or _CHOICE.search(inside):
        return DENIED
    unsure = _BEFORE[UNSURE].search(before[-60:]) is not None or not words <= _HARMLESS
    return UNSURE if unsure or _IMPLIES.search(formula) else DEFINED
