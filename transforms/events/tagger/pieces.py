"""Texts as the numbered pieces of words that the tagger reads (WordPiece, Wu et al. 2016).

A word that is in the vocabulary is one piece; any other is cut into the longest pieces that are, from its start. The
vocabulary is a part of BERT's (uncased): what is common in news, and every letter. `tokenizers` would do the same, and
bring an HTTP client along.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"\w+|[^\w\s]")

_LONGEST = 40
"""Letters; a longer word is no word, and is read as unknown."""

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"


@cache
def pieces() -> dict[str, int]:
    """The number of each piece; pieces that go on with a word begin with `##`."""
    lines = files("transforms.events.tagger").joinpath("vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


def pieces_of(text: str, known: dict[str, int]) -> tuple[list[int], list[tuple[int, int]]]:
    """The numbers of a text's pieces, and where the word of each stands in the text (code points)."""
    numbers: list[int] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        cut = _cut(match.group(), known)
        numbers += cut
        spans += [match.span()] * len(cut)
    return numbers, spans


def _cut(word: str, known: dict[str, int]) -> Sequence[int]:
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    if plain in known:
        return (known[plain],)
    unknown = (known[UNKNOWN],)
    if len(plain) > _LONGEST:
        return unknown
    out, start = [], 0
    while start < len(plain):
        for end in range(len(plain), start, -1):
            number = known.get(("##" if start else "") + plain[start:end])
            if number is not None:
                out.append(number)
                start = end
                break
        else:
            return unknown
    return out or unknown
