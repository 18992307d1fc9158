"""Events of one sentence, found by the words that a test gives: what the rules would hand to the attributes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from spacy.tokens import Doc

from schemas.articles import Article
from schemas.events import Actor
from transforms.events.candidate import Candidate, Mention
from transforms.events.syntax import parse


@dataclass(frozen=True)
class Told:
    """A parsed sentence with an event in it."""

    doc: Doc
    candidate: Candidate
    mentions: tuple[Mention, ...]


Telling = Callable[..., Told]


def _article(text: str, **more: object) -> Article:
    values: dict[str, object] = {
        "article_id": "a",
        "source_uri": "a.txt",
        "source_kind": "seed",
        "text": text,
        "word_count": len(text.split()),
        "content_hash": "",
        "cluster_id": "a",
        "relevant": True,
        "relevance": 1.0,
        "run_id": "",
        "pipeline_version": "",
    }
    return Article(**values | more)


@pytest.fixture(scope="session")
def published() -> Callable[..., Article]:
    """Make an article of a day: `published(date(2017, 12, 9))`, or without one."""

    def article(day: date | None = None, precision: str = "day") -> Article:
        return _article("", published_date=day, published_precision=precision if day else None)

    return article


@pytest.fixture(scope="session")
def tell() -> Telling:
    """Make an event: `tell("Malta rescued 90 people.", "rescued", "rescue", sources={"Malta": "MLT"})`.

    Without words for the trigger the root of the tree is it. `sources` and `targets` map words of the sentence to codes.
    """

    def telling(
        sentence: str,
        trigger: str | None = None,
        event_type: str = "incident",
        factuality: str = "actual",
        sources: dict[str, str] | None = None,
        targets: dict[str, str] | None = None,
        restrictiveness: str | None = None,
    ) -> Told:
        doc = next(iter(parse([sentence])))
        mentions: list[Mention] = []

        def heads(actors: dict[str, str] | None) -> tuple[int, ...]:
            found = []
            for name, code in (actors or {}).items():
                span = doc.char_span(sentence.index(name), sentence.index(name) + len(name), alignment_mode="expand")
                assert span is not None
                kind = "people" if code == "REF" else "state"
                actor = Actor(name=name, code=code, sector="REF" if code == "REF" else "GOV")
                mentions.append(Mention(span.start, span.end, span.root.i, (actor,), kind))
                found.append(span.root.i)
            return tuple(found)

        root = next(token for token in doc if token.head.i == token.i)
        span = doc[root.i : root.i + 1]
        if trigger is not None:
            start = sentence.index(trigger)
            found = doc.char_span(start, start + len(trigger), alignment_mode="expand")
            assert found is not None
            span = found
        candidate = Candidate(
            event_type,
            None,
            factuality,
            span.root.i,
            (span.start, span.end),
            heads(sources),
            heads(targets),
            "test",
            restrictiveness,
        )
        return Told(doc, candidate, tuple(mentions))

    return telling


@pytest.fixture(scope="session")
def written() -> Callable[[str], Article]:
    """Make a relevant article of a text: `written("Malta rescued 90 people.")`."""
    return _article
