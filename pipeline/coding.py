"""From elected articles to events, as work of a graph."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from apache_beam.io.filesystems import FileSystems

from pipeline import counters
from pipeline.errors import NotPublishedError
from pipeline.fold import ToCode
from pipeline.preparing import first_article
from schemas.articles import Article
from schemas.documents import Rejected
from schemas.events import Event
from schemas.runs import RunStamp
from schemas.state import Judgement
from transforms.events import relevance
from transforms.events.coder import code_article


@dataclass(frozen=True, slots=True)
class Coding:
    """`ToCode` -> the `Event`s of those articles, counted by type; a `Rejected` for an article that cannot be coded."""

    stamp: RunStamp

    def warm_up(self) -> None:
        """Load what the first article would have to wait for."""
        _code_first(code_article)

    def read(self, wanted: ToCode) -> Iterator[Article]:
        """The articles."""
        return read_rows(wanted)

    def make(self, article: Article) -> Iterator[Event | Rejected | Judgement]:
        """The events of an article."""
        return code_counted(article, self.stamp)

    def source_of(self, article: Article) -> str:
        """Where an article is from."""
        return article.source_uri

    def refuse(self, source_uri: str, reason: str, detail: str) -> Iterator[Rejected]:
        """An article that no worker survives: it keeps its row and has no events."""
        yield _rejected(source_uri, reason, detail, self.stamp)

    def refuse_rest(self, wanted: ToCode, at: int, reason: str, detail: str) -> Iterator[Rejected]:
        """The rows are our own: where they cannot be read, the run cannot go on.

        Raises:
            NotPublishedError: always.

        """
        raise NotPublishedError(f"a worker does not survive reading {wanted.path!r} ({detail}); nothing was published")


@dataclass(frozen=True, slots=True)
class Recoding(Coding):
    """`ToCode` -> a `Judgement` of each article's relevance, and the `Event`s of those that are relevant by it."""

    def make(self, article: Article) -> Iterator[Event | Rejected | Judgement]:
        """The judgement and the events of an article."""
        return recode_counted(article, self.stamp)


def read_rows(wanted: ToCode) -> Iterator[Article]:
    """The articles at some rows of a Parquet file."""
    with FileSystems.open(wanted.path) as opened, pq.ParquetFile(pa.PythonFile(opened, mode="r")) as file:
        table = file.read(columns=[f.name for f in fields(Article) if f.name != "quotes"])
    for row in table.take(wanted.rows).to_pylist():
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        yield Article(**values)


def code_counted(article: Article, stamp: RunStamp) -> Iterator[Event | Rejected]:
    """The events of an article, stamped with the run; an article that fails unforeseen keeps its row and has none.

    Raises:
        MemoryError: there was not enough memory for it.

    """
    try:
        events = code_article(article)
    except MemoryError:
        raise
    except Exception as error:  # one article must not cost the run
        detail = f"{type(error).__name__}: {error}; please report it, with the article"
        yield _rejected(article.source_uri, "failed", detail, stamp)
        return
    counters.count("coded")
    for event in events:
        counters.count(f"events/{event.event_type}")
        yield replace(event, run_id=stamp.run_id, pipeline_version=stamp.pipeline_version)


def recode_counted(article: Article, stamp: RunStamp) -> Iterator[Event | Rejected | Judgement]:
    """The article's relevance and its events as the present coder sees them."""
    score = relevance.assess(article.title, article.text)
    relevant = score >= relevance.RELEVANT_FROM
    yield Judgement(article_id=article.article_id, relevant=relevant, relevance=score)
    yield from code_counted(replace(article, relevant=relevant, relevance=score), stamp)


def _rejected(source_uri: str, reason: str, detail: str, stamp: RunStamp) -> Rejected:
    counters.count("code_failed")
    return Rejected(stage="code", source_uri=source_uri, reason=reason, detail=detail, run_id=stamp.run_id, at=stamp.at)


@cache
def _code_first(code: Callable[[Article], list[Event]]) -> None:
    code(first_article())
