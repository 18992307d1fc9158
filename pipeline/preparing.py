"""From documents to articles as a step of the graph."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import apache_beam as beam

from pipeline import counters
from schemas.articles import Article
from schemas.documents import RawDocument, Rejected
from schemas.runs import RunStamp
from schemas.state import Sighting
from transforms.prepare import prepare

Prepared = Article | Sighting | Rejected


@dataclass
class PrepareArticles(beam.PTransform):
    """`RawDocument | Rejected` -> for each document an `Article` and its `Sighting`, or a `Rejected`; all counted."""

    stamp: RunStamp

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, documents: beam.PCollection[RawDocument | Rejected]) -> beam.PCollection[Prepared]:
        """Prepare each document."""
        return documents | beam.FlatMap(prepare_counted, self.stamp)


def prepare_counted(document: RawDocument | Rejected, stamp: RunStamp) -> Iterator[Prepared]:
    """The article and the sighting of a document, or why there is none; what fails unforeseen is rejected too."""
    if isinstance(document, Rejected):
        prepared: tuple[Article, Sighting] | Rejected = document
    else:
        try:
            prepared = prepare(document, stamp)
        except Exception as error:  # one document must not cost the run
            detail = f"{type(error).__name__}: {error}; please report it, with the document"
            prepared = Rejected(stage="extract", source_uri=document.source_uri, reason="failed", detail=detail)
    if isinstance(prepared, Rejected):
        counters.count("rejected")
        counters.count(f"rejected/{prepared.reason}")
        yield replace(prepared, run_id=stamp.run_id, at=stamp.at)
        return
    counters.count("prepared")
    for repair in sorted(set(prepared[0].repairs)):
        counters.count(f"repairs/{repair}")
    yield from prepared
