"""Reading and hashing as steps of the graph."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam

from pipeline import counters
from pipeline.sources.files import Piece
from pipeline.sources.readers import piece_digest, read_piece
from schemas.documents import RawDocument, Rejected
from schemas.state import SeenPart


@dataclass
class ReadPieces(beam.PTransform):
    """`Piece` -> `RawDocument | Rejected | SeenPart`: every document, counted; then the piece's digest."""

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, pieces: beam.PCollection[Piece]) -> beam.PCollection[RawDocument | Rejected | SeenPart]:
        """Read each piece."""
        return pieces | beam.FlatMap(_read)


@dataclass
class DigestPieces(beam.PTransform):
    """`Piece` -> `SeenPart`: the digest alone, to tell whether a file that was touched has changed."""

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, pieces: beam.PCollection[Piece]) -> beam.PCollection[SeenPart]:
        """Hash each piece."""
        return pieces | beam.Map(_seen)


def _read(piece: Piece) -> Iterator[RawDocument | Rejected | SeenPart]:
    seen = _seen(piece)  # before the documents: what is written into the file meanwhile makes it a changed one
    documents = 0
    for document in read_piece(piece):
        counters.count("documents")
        documents += 1
        yield document
    counters.count("pieces")
    yield SeenPart(source_file=piece.source_file, start=piece.start, digest=seen.digest, documents=documents)


def _seen(piece: Piece) -> SeenPart:
    return SeenPart(source_file=piece.source_file, start=piece.start, digest=piece_digest(piece))
