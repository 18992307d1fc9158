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
    irrelevant: Annotated[int, "of these, dropped as they cannot be about migration"] = 0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFeed:
    """What is known of a feed: how to ask it again, and how it fares."""

    feed: Annotated[str, "its address in the list of feeds"]
    publisher: Annotated[str | None, "as the list says"] = None
    moved_to: Annotated[str | None, "where permanent redirects led; asked there from then on"] = None
    retired_at: Annotated[datetime | None, "when it answered that it is gone for good (410); not asked again"] = None
    etag: Annotated[str | None, "of its last content, for a conditional request"] = None
    last_modified: Annotated[str | None, "of its last content, likewise"] = None
    last_tried: Annotated[datetime | None, "when it was last asked"] = None
    last_success: Annotated[datetime | None, "when it last gave content, or said that nothing changed"] = None
    last_new: Annotated[datetime | None, "when an entry was last seen in it for the first time"] = None
    entries: Annotated[int, "entries in its last content", pa.int32()] = 0
    failing_since: Annotated[datetime | None, "first of the failures in a row up to now"] = None
    failures: Annotated[int, "failures in a row up to now", pa.int32()] = 0
    error: Annotated[str | None, "what the last of them was"] = None
    not_before: Annotated[datetime | None, "it is not asked again earlier"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEntry:
    """An entry of a feed that was seen. It is not fetched again, unless its page could not be had yet.

    What the feed says of it is kept only until then.
    """

    feed: Annotated[str, "as in feeds"]
    entry_id: Annotated[str, "its own id in the feed, else its link"]
    source_uri: Annotated[str, "what its article is called in sightings: the page, or `<feed>#<entry_id>`"]
    first_seen: Annotated[datetime, "when it was first seen in the feed, UTC"]
    done: Annotated[bool, "its document was read, or given up; false: the next run tries again"]
    left_out: Annotated[str | None, "the bounds of publication that left it out; other bounds try again"] = None
    tries: Annotated[int, "failed attempts to fetch its page", pa.int32()] = 0
    not_before: Annotated[datetime | None, "its page is not asked for again earlier"] = None
    link: Annotated[str | None, "its page"] = None
    title: Annotated[str | None, "as the feed says"] = None
    authors: Annotated[tuple[str, ...], "as the feed says"] = ()
    published: Annotated[str | None, "as the feed says"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSite:
    """What is known of a site that feeds or pages were fetched from."""

    site: Annotated[str, "scheme, host and port, as in https://news.example"]
    robots: Annotated[str | None, "its robots.txt; empty: it has none; null: not known"] = None
    robots_at: Annotated[datetime | None, "when that was fetched"] = None
    last_success: Annotated[datetime | None, "when it last answered as asked"] = None
    failing_since: Annotated[datetime | None, "first of the failures in a row up to now"] = None
    failures: Annotated[int, "failures in a row up to now", pa.int32()] = 0
    error: Annotated[str | None, "what the last of them was"] = None
    not_before: Annotated[datetime | None, "it asked not to be asked again earlier (429, 503), or fails"] = None
