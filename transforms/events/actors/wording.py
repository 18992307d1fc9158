"""Sentences and names as words, so that a name is found however it is written: "Sea-Watch", "Sea Watch", "Orbán"."""

import re
import unicodedata
from typing import NamedTuple

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[A-Z]\.(?=\s?[A-Z][a-z])|\d+['’]\d{3}\b|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’](?!s\b|S\b)[^\W\d_]+)*\d*|['’]s\b|\S",
)
POSSESSIVE = "'s"
_HYPHENS = frozenset("-‐‑–")
_QUOTES = frozenset("'’‘\"“”`")


class Word(NamedTuple):
    """A word or sign of a sentence."""

    text: str
    key: str
    """Small letters without accents; `'s` for every possessive, also for one that lost its apostrophe ("Libya s")."""
    start: int
    end: int


def words_of(sentence: str) -> list[Word]:
    """The words and signs of a sentence in order; `sentence[w.start:w.end] == w.text` for each."""
    words: list[Word] = []
    for found in _WORD.finditer(sentence):
        text = found.group()
        key = text.lower()
        if not key.isascii():
            key = _plain(key)
        if key in ("’s", "'s") or (key == "s" and words and words[-1].text[:1].isalpha()):
            key = POSSESSIVE
        elif key == "’" and words and words[-1].key.endswith("s"):
            key = "'"
        words.append(Word(text, key, found.start(), found.end()))
    return words


def keys_of(name: str) -> tuple[str, ...]:
    """A name as the keys under which it is stored; hyphens and quotes do not count."""
    return tuple(w.key for w in words_of(name) if not is_hyphen(w) and not is_quote(w))


def is_hyphen(word: Word) -> bool:
    """Whether a sign joins words."""
    return word.text in _HYPHENS


def is_quote(word: Word) -> bool:
    """Whether a sign opens or closes a quotation, or sets a ship's name apart."""
    return word.text in _QUOTES


def _plain(lower: str) -> str:
    lower = lower.replace("’", "'").replace("ł", "l").replace("ø", "o").replace("ı", "i") if len(lower) > 1 else lower
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
