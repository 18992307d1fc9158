"""From documents to articles as a step of the graph."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import apache_beam as beam

from pipeline import counters
from pipeline.sources.changes import Bounds
from schemas.articles import Article
from schemas.documents import RawDocument, Rejected
from schemas.runs import RunStamp
from schemas.state import LeftOut, SeenPart, SeenRow, Sighting
from transforms.prepare import prepare

Read = RawDocument | Rejected | SeenPart
Prepared = SeenRow | Sighting | LeftOut | Rejected | SeenPart

_ARTICLE_COLUMNS = tuple(f.name for f in fields(Article))


@dataclass
class PrepareArticles(beam.PTransform):
    """What was read -> for each document a `SeenRow` and its `Sighting`, a `LeftOut`, or a `Rejected`; all counted.

    What is no document passes.
    """

    stamp: RunStamp
    bounds: Bounds

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, documents: beam.PCollection[Read]) -> beam.PCollection[Prepared]:
        """Prepare each document."""
        return documents | beam.FlatMap(prepare_counted, self.stamp, self.bounds)


def prepare_counted(document: Read, stamp: RunStamp, bounds: Bounds) -> Iterator[Prepared]:
    """The article and the sighting of a document, or why there is none; what fails unforeseen is rejected too."""
    if isinstance(document, SeenPart):
        yield document
        return
    prepared = document if isinstance(document, Rejected) else _prepare(document, stamp)
    if isinstance(prepared, Rejected):
        counters.count("rejected")
        counters.count(f"rejected/{prepared.reason}")
        yield replace(prepared, run_id=stamp.run_id, at=stamp.at)
        return
    article, sighting = prepared
    if not bounds.take(article.published_date):
        counters.count("left_out")
        yield LeftOut(
            source_uri=sighting.source_uri,
            source_file=sighting.source_file,
            article_id=sighting.article_id,
            row_hash=sighting.row_hash,
        )
        return
    counters.count("prepared")
    for repair in sorted(set(article.repairs)):
        counters.count(f"repairs/{repair}")
    yield SeenRow(**{name: getattr(article, name) for name in _ARTICLE_COLUMNS}, row_hash=sighting.row_hash)
    yield sighting


def _prepare(document: RawDocument, stamp: RunStamp) -> tuple[Article, Sighting] | Rejected:
    try:
        return prepare(document, stamp)
    except Exception as error:  # one document must not cost the run
        detail = f"{type(error).__name__}: {error}; please report it, with the document"
        return Rejected(stage="extract", source_uri=document.source_uri, reason="failed", detail=detail)
