"""From pieces of files to articles, as work of a graph."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import cache

from pipeline import counters
from pipeline.sources.changes import Bounds
from pipeline.sources.files import Piece
from pipeline.sources.read import Read, read_documents
from schemas.articles import Article
from schemas.documents import RawDocument, Rejected
from schemas.runs import RunStamp
from schemas.state import LeftOut, SeenPart, SeenRow, Sighting
from transforms.prepare import prepare

Prepared = SeenRow | Sighting | LeftOut | Rejected | SeenPart

_ARTICLE_COLUMNS = tuple(f.name for f in fields(Article))


@dataclass(frozen=True, slots=True)
class Collecting:
    """`Piece` -> for each document a `SeenRow` and its `Sighting`, a `LeftOut`, or a `Rejected`; then a `SeenPart`."""

    stamp: RunStamp
    bounds: Bounds

    def warm_up(self) -> None:
        """Load what the first document would have to wait for."""
        first_article()

    def read(self, piece: Piece) -> Iterator[Read]:
        """The documents, and what in the piece is none; last the piece as it was found."""
        return read_documents(piece, relevant_only=self.bounds.relevant_only)

    def make(self, document: Read) -> Iterator[Prepared]:
        """What becomes of a document."""
        return prepare_counted(document, self.stamp, self.bounds)

    def source_of(self, document: Read) -> str:
        """Where a document is from."""
        return document.source_file if isinstance(document, SeenPart) else document.source_uri

    def refuse(self, source_uri: str, reason: str, detail: str) -> Iterator[Prepared]:
        """A document that no worker survives, rejected."""
        rejected = Rejected(stage="extract", source_uri=source_uri, reason=reason, detail=detail)
        return prepare_counted(rejected, self.stamp, self.bounds)

    def refuse_rest(self, piece: Piece, at: int, reason: str, detail: str) -> Iterator[Prepared]:
        """What follows the documents of a piece that could be read, rejected as one; the next run reads it again."""
        counters.count("documents")
        uri = piece.source_file if not piece.start else f"{piece.source_file}#byte={piece.start}"
        rejected = Rejected(stage="read", source_uri=uri, reason=reason, detail=f"after {at} documents: {detail}")
        yield from prepare_counted(rejected, self.stamp, self.bounds)
        yield SeenPart(source_file=piece.source_file, start=piece.start, digest=None, documents=at + 1)


def prepare_counted(document: Read, stamp: RunStamp, bounds: Bounds) -> Iterator[Prepared]:
    """The article and the sighting of a document, or why there is none; what fails unforeseen is rejected too.

    Raises:
        MemoryError: there was not enough memory for it.

    """
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
    except MemoryError:
        raise
    except Exception as error:  # one document must not cost the run
        detail = f"{type(error).__name__}: {error}; please report it, with the document"
        return Rejected(stage="extract", source_uri=document.source_uri, reason="failed", detail=detail)


@cache
def first_article() -> Article:
    """A small article, prepared: whoever prepares another one does not wait for models and tables to be loaded."""
    page = (
        "<html><head><title>Ports closed</title></head><body><article><h1>Ports closed</h1><p>"
        + "Italy closed its ports to 40 migrants near Lampedusa on Monday, 25 June 2018, the ministry said. " * 5
        + "</p></article></body></html>"
    )
    document = RawDocument(
        source_uri="", source_file="", source_kind="seed", media_type="text/html", body=page.encode(), raw_hash=""
    )
    prepared = prepare(document, RunStamp(run_id="", at=datetime.now(UTC), pipeline_version=""))
    assert not isinstance(prepared, Rejected)
    return prepared[0]
