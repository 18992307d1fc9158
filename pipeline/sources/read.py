"""Reading and hashing pieces of files, as work of a graph."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline import counters
from pipeline.sources.files import Piece
from pipeline.sources.readers import piece_digest, read_piece
from schemas.documents import RawDocument, Rejected
from schemas.state import SeenPart
from transforms.screening import may_be_relevant

Read = RawDocument | Rejected | SeenPart


@dataclass(frozen=True, slots=True)
class Digesting:
    """`Piece` -> `SeenPart`: the digest alone, to tell whether a file that was touched has changed."""

    def warm_up(self) -> None:
        """Nothing is loaded."""

    def read(self, piece: Piece) -> Iterator[SeenPart]:
        """Hash a piece."""
        yield seen(piece)

    def make(self, part: SeenPart) -> Iterator[SeenPart]:
        """The digest, as it is."""
        yield part

    def source_of(self, part: SeenPart) -> str:
        """The file."""
        return part.source_file

    def refuse(self, source_uri: str, reason: str, detail: str) -> Iterator[SeenPart]:
        """Nothing is known of the piece: its file is read."""
        yield from ()

    def refuse_rest(self, piece: Piece, at: int, reason: str, detail: str) -> Iterator[SeenPart]:
        """Nothing is known of the piece: its file is read."""
        yield from ()


def read_documents(piece: Piece, *, relevant_only: bool = False) -> Iterator[Read]:
    """Every document of a piece, counted; then the piece's digest.

    With `relevant_only`, documents that cannot be about migration end here: they are counted, and nothing else.
    """
    part = seen(piece)  # before the documents: what is written into the file meanwhile makes it a changed one
    documents = irrelevant = 0
    for document in read_piece(piece):
        counters.count("documents")
        documents += 1
        if relevant_only and isinstance(document, RawDocument) and not may_be_relevant(document):
            counters.count("irrelevant")
            irrelevant += 1
        else:
            yield document
    counters.count("pieces")
    yield replace(part, documents=documents, irrelevant=irrelevant)


def seen(piece: Piece) -> SeenPart:
    """The digest of a piece."""
    return SeenPart(source_file=piece.source_file, start=piece.start, digest=piece_digest(piece))
