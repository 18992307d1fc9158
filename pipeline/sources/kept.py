"""What was fetched, as a web archive: the form in which a run hands pages to its workers, and keeps them on request.

Each page is a `response` record, each text that a feed itself gave a `resource` record. One field of ours says what the
feed said of it, so that the archive can be read again without the feed.
"""

import io
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from schemas.documents import Hints, RawDocument
from transforms.foreign_json import read_json

ENTRY_FIELD = "Migration-Events-Entry"

_CHANGED_HEADERS = frozenset(["content-encoding", "transfer-encoding", "content-length"])
"""Headers that say of a body how it was sent; it is kept unpacked."""
_SECRET_HEADERS = frozenset(["set-cookie", "set-cookie2"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page, or the text that a feed gave of an entry, as fetched."""

    source_uri: str
    source_kind: str
    """`page` or `feed`, terms of `source_kind`."""
    location: str
    """Where redirects led; of a feed's text the feed."""
    at: datetime
    body: bytes
    """Unpacked."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    hints: Hints


class Archive:
    """A web archive that is written, each record as a packed member of its own."""

    def __init__(self, file: Any) -> None:
        self._writer = WARCWriter(file, gzip=True)
        self.records = 0

    def about(self, software: str) -> None:
        """Write what the archive says of itself."""
        self._writer.write_record(self._writer.create_warcinfo_record("", {"software": software}))

    def add(self, fetched: Fetched) -> None:
        """Write a record."""
        entry = {"source_uri": fetched.source_uri, "source_kind": fetched.source_kind, **asdict(fetched.hints)}
        fields = {
            "WARC-Date": fetched.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            ENTRY_FIELD: json.dumps({name: value for name, value in entry.items() if value}),
        }
        page = fetched.source_kind == "page"
        record = self._writer.create_warc_record(
            fetched.location,
            "response" if page else "resource",
            payload=io.BytesIO(fetched.body),
            length=len(fetched.body),
            warc_content_type="" if page else "text/html; charset=utf-8",
            warc_headers_dict=fields,
            http_headers=StatusAndHeaders(f"{fetched.status} OK", _kept_headers(fetched), "HTTP/1.1") if page else None,
        )
        self._writer.write_record(record)
        self.records += 1

    def copy(self, record: ArcWarcRecord) -> None:
        """Write a record of another archive."""
        self._writer.write_record(record)
        self.records += 1


def _kept_headers(fetched: Fetched) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in fetched.headers if name.lower() not in _CHANGED_HEADERS | _SECRET_HEADERS]
    return [*kept, ("Content-Length", str(len(fetched.body)))]


@contextmanager
def open_archive(path: Path, software: str) -> Iterator[Archive]:
    """A new archive at a path."""
    with path.open("wb") as file:
        archive = Archive(file)
        archive.about(software)
        yield archive


def copy_without(archive: Path, target: Path, source_uris: Collection[str]) -> None:
    """Copy an archive that a run kept, without the records of some documents."""
    with archive.open("rb") as source, target.open("wb") as file:
        copy = Archive(file)
        for record in ArchiveIterator(source):
            field = record.rec_headers.get_header(ENTRY_FIELD)
            if field is None or json.loads(field)["source_uri"] not in source_uris:
                copy.copy(record)


def entry_of(field: str) -> dict[str, Any]:
    """What our field of a record says of an entry: names and their strings, `authors` a list of them.

    Raises:
        ValueError: it is not as `Archive.add` writes it.

    """
    entry: dict[str, Any] = read_json(field)
    texts = [value for name, value in entry.items() if name != "authors"] if isinstance(entry, dict) else [None]
    authors = entry.get("authors", []) if isinstance(entry, dict) else None
    if not isinstance(authors, list) or not all(isinstance(value, str) for value in [*texts, *authors]):
        raise ValueError(f"its field {ENTRY_FIELD} is not what a run writes there")
    return entry


def told_by_feed(document: RawDocument, entry: dict[str, Any]) -> RawDocument:
    """A document of an archive that a run kept, with what the feed said of it."""
    said = {key: value for key, value in entry.items() if key in Hints.__dataclass_fields__}
    hints = Hints(**said | {"authors": tuple(said.get("authors", ()))})
    return replace(document, record=hints, record_basis="feed")


def as_fetched(document: RawDocument, entry: dict[str, Any], source_file: str | None) -> RawDocument:
    """A document that this dataset's own runs fetched: called by its address, not by its place in the archive.

    Args:
        document: as read from the archive.
        entry: what our field says of it.
        source_file: the archive, where it is kept; else the document is read as one by itself.

    """
    uri, kind = entry["source_uri"], entry["source_kind"]
    return replace(document, source_uri=uri, source_file=source_file or uri, source_kind=kind)
