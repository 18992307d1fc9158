"""An article as sentences: the headline first, then the text, each with its exact place."""

import re
from collections.abc import Iterator

import sentencex

from schemas.articles import Article
from transforms.events.candidate import Sentence

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")

MAX_CHARACTERS = 1_500
"""What is read of one sentence. The longest sentence of real news has some 900 characters; what is longer is a table, a
list or an attack, and is cut here so that the time to parse stays linear in the length of the text."""


def split(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article in order; a line break always ends one. Sentences without a letter are left out."""
    spans = [("title", *span) for span in _trimmed(article.title or "", 0, len(article.title or ""))]
    for line in _LINE.finditer(article.text):
        for found in sentencex.get_sentence_boundaries("en", line.group()):
            start, end = line.start() + found["start_index"], line.start() + found["end_index"]
            spans += [("text", *span) for span in _trimmed(article.text, start, end)]
    fields = {"title": article.title or "", "text": article.text}
    return tuple(Sentence(i, f, start, end, fields[f][start:end]) for i, (f, start, end) in enumerate(spans))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if any(c.isalpha() for c in piece):
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        yield start, min(end, start + MAX_CHARACTERS)
