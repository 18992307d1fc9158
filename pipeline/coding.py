"""From elected articles to events as a step of the graph."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import apache_beam as beam
import pyarrow as pa
import pyarrow.parquet as pq
from apache_beam.io.filesystems import FileSystems

from pipeline import counters
from pipeline.fold import ToCode
from schemas.articles import Article
from schemas.documents import Rejected
from schemas.events import Event
from schemas.runs import RunStamp
from schemas.state import Judgement
from transforms.events import relevance
from transforms.events.coder import code_article


@dataclass
class CodeArticles(beam.PTransform):
    """`ToCode` -> the `Event`s of those articles, counted by type; a `Rejected` for an article that cannot be coded."""

    stamp: RunStamp

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, articles: beam.PCollection[ToCode]) -> beam.PCollection[Event | Rejected]:
        """Read the articles and code each."""
        return articles | "Rows" >> beam.FlatMap(read_rows) | "Events" >> beam.FlatMap(code_counted, self.stamp)


@dataclass
class RecodeArticles(beam.PTransform):
    """`ToCode` -> a `Judgement` of each article's relevance, and the `Event`s of those that are relevant by it."""

    stamp: RunStamp

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, articles: beam.PCollection[ToCode]) -> beam.PCollection[Event | Rejected | Judgement]:
        """Read the articles, judge and code each."""
        return articles | "Rows" >> beam.FlatMap(read_rows) | "Events" >> beam.FlatMap(recode_counted, self.stamp)


def read_rows(wanted: ToCode) -> Iterator[Article]:
    """The articles at some rows of a Parquet file."""
    with FileSystems.open(wanted.path) as opened, pq.ParquetFile(pa.PythonFile(opened, mode="r")) as file:
        table = file.read(columns=[f.name for f in fields(Article) if f.name != "quotes"])
    for row in table.take(wanted.rows).to_pylist():
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        yield Article(**values)


def code_counted(article: Article, stamp: RunStamp) -> Iterator[Event | Rejected]:
    """The events of an article, stamped with the run; an article that fails unforeseen keeps its row and has none."""
    try:
        events = code_article(article)
    except Exception as error:  # one article must not cost the run
        detail = f"{type(error).__name__}: {error}; please report it, with the article"
        counters.count("code_failed")
        yield Rejected(
            stage="code",
            source_uri=article.source_uri,
            reason="failed",
            detail=detail,
            run_id=stamp.run_id,
            at=stamp.at,
        )
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
