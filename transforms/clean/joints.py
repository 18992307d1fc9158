"""Words glued together where a link began or ended: "accordingto Reuters", "TurkeyandEurope", "theUnited Nations"."""

import re
from functools import lru_cache

import simplemma

from transforms.clean.sentences import outside_addresses

_BEFORE = ("the", "and", "of", "to", "that", "with", "from", "for", "by", "said", "his", "their", "its", "which", "who")
"""Words that a link follows. Not "in", "on", "over": English makes words with them ("inflight", "overdependence")."""
_AFTER = ("to", "of", "and", "with", "from", "that", "which", "for", "by", "the", "said", "into", "its", "his")
"""Words that follow a link."""
_AFTER_LONG = ("in", "on", "as", "at")
"""Words that follow one too, but end many short words."""
_BEFORE_NAME = frozenset(
    [
        *_BEFORE,
        *_AFTER,
        *_AFTER_LONG,
        "if",
        "an",
        "after",
        "against",
        "when",
        "than",
        "about",
        "between",
        "under",
        "over",
    ]
)
_MIN_NAME, _MIN_WORD, _MIN_LONG_WORD = 3, 4, 6

# The first three tell cheaply that there is nothing to do; each begins with what is rare, and looks behind from there.
_LONG_WORD = re.compile(r"[a-z]{6,}")
_CAPITAL_INSIDE = re.compile(r"[A-Z](?<=[a-z]{2}[A-Z])[a-z]")
_NUMBER_INSIDE = re.compile(r"\d(?<=[a-z]\d)\d")
_BEFORE_CAPITAL = re.compile(r"(?<![\w'’-])([a-z]{2,})(?=([A-Z][a-z]+)(?![A-Za-z]))")
_BETWEEN_NAMES = re.compile(r"(?<![\w'’-])([A-Z][a-z]{2,}?)(and|of|from|with)(?=[A-Z][a-z]{2,}(?![A-Za-z]))")
_POSSESSIVE = re.compile(r"['’](?<=[A-Za-z]{3}.)s([a-z]{3,})(?![\w'’-]|\.[a-z])")
_BEFORE_NUMBER = re.compile(r"(?<![\w'’-])(the|of|in|to|by|from|than|and|about|least|over|for)(?=\d{2,}(?![\w-]))")
_BRANDS = frozenset(["easy", "open", "deviant"])
"""What stands before a capital in names that are written so: easyJet, openSUSE, deviantArt."""


def mend_joints(paragraph: str) -> str:
    """English with a space set between words that were glued together.

    A word in lower case is parted if English has no such word, one part of it is one of the small words that links
    begin or end beside, and the other part is a word. Before a capital any word is parted off, and two names at a small
    word between them, if the first is a word, or stands alone elsewhere. Two words of which neither is small stay
    together: nothing tells them from names ("YouTube") and from words made of two.
    """
    return outside_addresses(_mended, paragraph)


def _mended(text: str) -> str:
    for word in set(_LONG_WORD.findall(text)):
        if (parted := _parted(word)) != word:
            text = re.sub(rf"(?<![\w'’-]){word}(?![\w'’-]|\.[a-z])", parted, text)
    if _CAPITAL_INSIDE.search(text):
        text = _BEFORE_CAPITAL.sub(_before_capital, text)
        text = _BETWEEN_NAMES.sub(lambda m: f"{m[1]} {m[2]} " if _are_two_names(m, text) else m[0], text)
    if _NUMBER_INSIDE.search(text):
        text = _BEFORE_NUMBER.sub(r"\1 ", text)
    return _POSSESSIVE.sub(lambda m: f"{m[0][:2]} {m[1]}" if _is_word(m[1]) else m[0], text)


@lru_cache(maxsize=100_000)
def _parted(glued: str) -> str:
    if _is_word(glued):
        return glued
    for small in _BEFORE:
        rest = glued.removeprefix(small)
        if _MIN_WORD <= len(rest) < len(glued) and _is_word(rest):
            return f"{small} {rest}"
    for small in (*_AFTER, *_AFTER_LONG):
        rest = glued.removesuffix(small)
        enough = _MIN_LONG_WORD if small in _AFTER_LONG else _MIN_WORD
        if enough <= len(rest) < len(glued) and _is_word(rest):
            return f"{rest} {small}"
    return glued


def _before_capital(match: re.Match[str]) -> str:
    word = match[1]
    if word in _BEFORE_NAME:
        return f"{word} "
    parts = len(word) >= _MIN_WORD and len(match[2]) >= _MIN_NAME and word not in _BRANDS and _is_word(word)
    return f"{word} " if parts else word


def _are_two_names(match: re.Match[str], text: str) -> bool:
    name = match[1]
    if _is_word((name + match[2]).lower()):  # "IslandOnline" is no "Isl and Online"
        return False
    return _is_word(name.lower()) or re.search(rf"\b{name}\b", text) is not None


def _is_word(form: str) -> bool:
    """Whether English has this form, written in lower case."""
    return bool(simplemma.is_known(form, "en"))
