"""Sentences as the coder hands them over."""

from collections.abc import Callable, Sequence

import pytest

from transforms.events.actors import Cast, find_mentions, read_cast
from transforms.events.candidate import Mention, Sentence
from transforms.events.syntax import parse

Read = Callable[..., tuple[Cast, list[list[Mention]]]]


def sentences_of(texts: Sequence[str], title: str | None) -> list[Sentence]:
    found = [] if title is None else [Sentence(0, "title", 0, len(title), title)]
    at = 0
    for text in texts:
        found.append(Sentence(len(found), "text", at, at + len(text), text))
        at += len(text) + 1
    return found


def _read(*texts: str, title: str | None = None, dateline: str | None = None) -> tuple[Cast, list[list[Mention]]]:
    sentences = sentences_of(texts, title)
    cast = read_cast(title, sentences, dateline)
    docs = parse(s.text for s in sentences)
    return cast, [find_mentions(doc, s, cast) for doc, s in zip(docs, sentences, strict=True)]


@pytest.fixture
def read() -> Read:
    """Gives the cast of an article, whose text is the texts, and the mentions of each sentence, the title's first."""
    return _read


@pytest.fixture
def actors() -> Callable[..., dict[str, str]]:
    """Gives name -> "CODE SECTOR" of the actors of the last sentence of an article."""

    def of_last(*texts: str, title: str | None = None, dateline: str | None = None) -> dict[str, str]:
        mentions = _read(*texts, title=title, dateline=dateline)[1][-1]
        return {actor.name: f"{actor.code} {actor.sector}" for mention in mentions for actor in mention.actors}

    return of_last
