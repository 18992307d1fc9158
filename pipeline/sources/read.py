"""Reading as a step of the graph."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam

from pipeline import counters
from pipeline.sources.files import Piece
from pipeline.sources.readers import read_piece
from schemas.documents import RawDocument, Rejected


@dataclass
class ReadPieces(beam.PTransform):
    """`Piece` -> `RawDocument | Rejected`: every document of the pieces, counted."""

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, pieces: beam.PCollection[Piece]) -> beam.PCollection[RawDocument | Rejected]:
        """Read each piece."""
        return pieces | beam.FlatMap(_read)


def _read(piece: Piece) -> Iterator[RawDocument | Rejected]:
    for document in read_piece(piece):
        counters.count("documents")
        yield document
