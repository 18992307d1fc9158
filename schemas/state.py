"""What a snapshot remembers beside its datasets, so that the next run can go on from it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import pyarrow as pa

from schemas.articles import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Where an article was seen, and all that is needed to compare it with others without its text."""

    source_uri: Annotated[str, "path or URL, with the record's name inside a file"]
    source_file: Annotated[str, "the file or page alone"]
    article_id: Annotated[str, "the article that was seen there"]
    raw_hash: Annotated[str, "of the document as it came"]
    row_hash: Annotated[str, "of the article's row, without decisions and run"]
    content_hash: Annotated[str, "of the cleaned title and text"]
    published_date: Annotated[date | None, "as in articles"] = None
    length: Annotated[int, "code points of the cleaned text", pa.int32()]
    signature: Annotated[bytes, "for near-duplicates, see transforms/dedupe/signature.py"]
    seen_at: Annotated[datetime, "when it was first seen so, UTC"]
    run_id: Annotated[str, "run that first saw it so"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow(Article):
    """The row of an article as one source has it.

    Staged by workers; kept in a snapshot where another source's row stands for the article, so that it can stand when
    that source is gone.
    """

    row_hash: Annotated[str, "as in sightings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A document that was read, and not taken because its day of publication lies outside the run's bounds."""

    source_uri: Annotated[str, "as in sightings"]
    source_file: Annotated[str, "as in sightings"]
    article_id: Annotated[str, "as in sightings"]
    row_hash: Annotated[str, "as in sightings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPart:
    """A piece of a file as a worker found it."""

    source_file: Annotated[str, "the file"]
    start: Annotated[int, "where in it the piece begins, in bytes"]
    digest: Annotated[str | None, "hash of the piece's bytes; null if they could not be read"] = None
    documents: Annotated[int, "that were read from it"] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """A file that was read to its end, so that it need not be read again until it changes."""

    source_file: Annotated[str, "the file"]
    size: Annotated[int, "in bytes"]
    modified: Annotated[
        float | None, "when, in seconds since 1970; null where that is not known or may not tell of a later change"
    ] = None
    digest: Annotated[str, "hash of its bytes"]
    reading: Annotated[str, "hash of what else decides what is read in it: manifest, bounds, versions"]
    documents: Annotated[int, "that were read from it, rejected ones too"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """An article that was taken down, and is not taken in again."""

    article_id: Annotated[str, "the article"]
    at: Annotated[datetime, "when, UTC"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the present coder says of an article that an earlier one judged."""

    article_id: Annotated[str, "the article"]
    relevant: Annotated[bool, "as in articles"]
    relevance: Annotated[float, "as in articles"]
