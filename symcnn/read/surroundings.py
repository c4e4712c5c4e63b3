"""What stands around a formula: the words of its sentence, and those of the next one."""

from __future__ import annotations

import re
from functools import lru_cache

WINDOW = 1000  # characters of a sentence that are looked at, before a formula and behind it
_END = re.compile(
    r"[.!?:;](?=\s|$)|\n[ \t]*\n|\\\]|\$\$|\\end\{[^}]*\}|\\(?:sub)*section\*?\{[^}]*\}|\\paragraph\*?\{[^}]*\}"
    r"|\\begin\{[^}]*\}(?:\[[^\]]*\])?|\\item\b|-->|^#[^\n]*|^[ \t]*[-*+][ \t]",
    re.MULTILINE,
)
_OPENED = re.compile(r"(?:\$\$?|\\\[|\\\()$")
_CLOSED = re.compile(r"^(?:\$\$?|\\\]|\\\))")
_CLOSES_SENTENCE = re.compile(r"[.!?;](?:\s|\\end\{[^}]*\})*$")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
ABBREVIATIONS = "eqs?|figs?|secs?|thms?|lem|def|prop|cor|cf|resp|vs|refs?|bzw|vgl"
_SHORT = re.compile(
    rf"\b(?:{ABBREVIATIONS}|sect|chap|e\.\s?g|i\.\s?e|approx|tab|alg|al|a\.s|s\.t|w\.\s?r\.\s?t|z\.\s?b|d\.\s?h)\.",
    re.IGNORECASE,
)  # a full stop that ends no sentence
_BROKEN = re.compile(r"\\-|\\/|&shy;|\xad")  # nothing, or a hyphen at the end of a line
_STYLED = re.compile(r"\\(?:emph|text(?:bf|it|rm|sl|sc|sf|tt|up|normal)|underline|uline)\s*\{([^{}$]*)\}")
_GOES_ON = re.compile(r"\s*[a-zäöüé]")  # a sentence, behind a display, also where Markdown asks for an empty line
_STOP = re.compile(r"[.!?](?=\s|$|\\\]|\$\$)")


def plain(text: str) -> str:
    """Words as they are read: without signs that break them, styles, and full stops of abbreviations."""
    text = _STYLED.sub(r"\1", _BROKEN.sub("", _COMMENT.sub(" ", text)))
    return _SHORT.sub(lambda match: match[0].replace(".", " "), text)


@lru_cache(maxsize=8)  # much is asked of the words around one formula
def before(text: str, start: int) -> str:
    """What stands before a place; a colon just before it does not end a sentence."""
    found = plain(text[max(0, start - WINDOW) : start]).rstrip()
    opening = _OPENED.search(found)
    bare = found[: opening.start()] if opening else found
    return bare.rstrip().removesuffix(":") + " " + (opening[0] if opening else "")


def sentence(ahead: str) -> str:
    """The last sentence before a place; what opens a formula there is no end of one."""
    opening = _OPENED.search(ahead)
    bare = ahead[: opening.start()] if opening else ahead
    ends = [match.end() for match in _END.finditer(bare)]
    return bare[ends[-1] if ends else 0 :]


def is_cut(text: str, start: int) -> bool:
    """Whether the sentence before a place begins so far ahead that its beginning is not seen."""
    ahead = before(text, start)
    return start > WINDOW and len(sentence(ahead)) >= len(_OPENED.sub("", ahead)) - 1


def behind(text: str, end: int) -> str:
    """The rest of a sentence behind a formula, without the sign that ends it; nothing if the formula ends it."""
    after = _behind(text, end)
    if re.match(r"\s*[A-ZÄÖÜ]", after) or _CLOSES_SENTENCE.search(text[max(0, end - 40) : end]):
        return ""
    stop = _END.search(after)
    return (after[: stop.start()] if stop else after).lstrip(" ,\n\t")


@lru_cache(maxsize=8)
def _behind(text: str, end: int) -> str:
    after = plain(_CLOSED.sub("", text[end : end + WINDOW], count=1))
    return after.lstrip() if _GOES_ON.match(after) else after


def is_asked(text: str, end: int) -> bool:
    """Whether the sentence of a formula ends with a question mark."""
    inside = text[max(0, end - 40) : end].rstrip()
    stop = _STOP.search(_behind(text, end))
    return inside.endswith("?") or (not inside.endswith((".", "!")) and stop is not None and stop[0] == "?")


def next_sentence(text: str, end: int) -> str:
    """The beginning of the sentence behind that of a formula."""
    after = _behind(text, end).lstrip(" ,\n\t")
    if not _CLOSES_SENTENCE.search(text[max(0, end - 40) : end]) and not re.match(r"[A-ZÄÖÜ]", after):
        stop = _STOP.search(after)
        after = after[stop.end() :] if stop else ""
    return after.lstrip()[:120]
