"""What is fuzzed: each entry point at which bytes of others come in, as a function of these bytes that must not raise.

`make fuzz` feeds them with what atheris makes of `tests/fuzz/corpus`; `tests/fuzz/test_targets.py` with the corpus itself,
in which what was found stays, and with what hypothesis makes.
"""

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path

from protego import Protego

from pipeline.audit import MARKS, read_sheet
from pipeline.corrections import FILE as CORRECTIONS
from pipeline.corrections import read_corrections
from pipeline.errors import UsageError
from pipeline.fetch.packing import PackingError, TooLargeError, unpack
from pipeline.following.feed_list import read_feed_list
from pipeline.sources.files import Piece, kind_of
from pipeline.sources.manifest import FILE_NAME as MANIFEST
from pipeline.sources.manifest import read_manifests
from pipeline.sources.readers import read_piece
from schemas.articles import Article
from schemas.columns import problems, to_table
from schemas.documents import Hints, RawDocument, Rejected
from schemas.events import Event
from schemas.feeds import Feed
from schemas.runs import RunStamp
from schemas.state import Sighting
from transforms.corrections import CorrectionError, see_that_it_can_be
from transforms.events.coder import code_article
from transforms.feeds import NotAFeedError, entry_page, entry_uri, read_feed
from transforms.prepare import prepare

STAMP = RunStamp(run_id="fuzz", pipeline_version="0", at=datetime(2026, 1, 1, tzinfo=UTC))
URL = "https://news.example/feed.xml"
_PREPARED = 2
"""Documents of one file that are prepared, too: their hints and addresses come from the file."""


def text(body: bytes) -> None:
    """A plain text becomes an article or a rejection."""
    _prepared(_document(body, "text/plain"))


def html(body: bytes) -> None:
    """A page becomes an article or a rejection."""
    _prepared(_document(body, "text/html"))


def jsonl(body: bytes) -> None:
    """Lines of JSON become documents or rejections."""
    _read(body, "a.jsonl")


def warc(body: bytes) -> None:
    """A web archive becomes documents or rejections, packed or not."""
    endings = {b"\x1f\x8b": ".gz", b"\x28\xb5": ".zst"}
    _read(body, f"a.warc{endings.get(body[:2], '')}")


def packed(body: bytes) -> None:
    """What a server packed is unpacked or refused."""
    for encoding in ("gzip", "deflate", "br", "zstd", "gzip, deflate"):
        with contextlib.suppress(PackingError, TooLargeError):
            assert len(unpack(body, encoding, 100_000)) <= 100_000


def feed(body: bytes) -> None:
    """A feed gives entries that can be followed, or one refusal."""
    with contextlib.suppress(NotAFeedError):
        for entry in islice(read_feed(body, URL).entries, _PREPARED):
            _is_text(entry_uri(Feed(url=URL), entry), entry.title, entry.link, entry.published, *entry.authors)
            if (page := entry_page(entry)) is not None:
                hints = Hints(title=entry.title, published=entry.published, authors=entry.authors)
                _prepared(_document(page, "text/html", hints))


def robots(body: bytes) -> None:
    """A robots.txt gives an answer."""
    rules = Protego.parse(body.decode("utf-8-sig", "replace"))
    rules.can_fetch("https://news.example/a?b=c", "migration-events")
    assert min(rules.crawl_delay("migration-events") or 0.0, 30.0) >= 0


def manifest(body: bytes) -> None:
    """A manifest gives hints or a message."""
    with _file(body, MANIFEST) as path, contextlib.suppress(UsageError):
        read_manifests([str(path.parent / "a.txt")], str(path))


def feed_list(body: bytes) -> None:
    """A list of feeds gives feeds or a message."""
    with _file(body, "feeds.toml") as path, contextlib.suppress(UsageError):
        read_feed_list(str(path))


def sheets(body: bytes) -> None:
    """A sheet that was marked and a file of corrections give what they say or a message."""
    with _file(body, CORRECTIONS) as path:
        for mark in MARKS:
            with contextlib.suppress(UsageError):
                list(read_sheet(path, mark))
        with contextlib.suppress(UsageError):
            for wanted in read_corrections(path.parent):
                with contextlib.suppress(CorrectionError):
                    see_that_it_can_be(wanted)


def coder(body: bytes) -> None:
    """A text about migration, whatever it says, gives sound events whose evidence is in it."""
    prepared = prepare(_document(body, "text/plain"), STAMP)
    if isinstance(prepared, Rejected):
        return
    values = {f.name: getattr(prepared[0], f.name) for f in fields(Article)}
    article = Article(**values | {"relevant": True, "language": "en"})
    for event in code_article(article):
        _sound(event)
        told = getattr(article, event.evidence_field)
        assert told[event.evidence_start : event.evidence_end] == event.evidence


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (text, html, jsonl, warc, packed, feed, robots, manifest, feed_list, sheets, coder)
}


def _document(body: bytes, media_type: str, record: Hints | None = None) -> RawDocument:
    return RawDocument(
        source_uri="a",
        source_file="a",
        source_kind="seed",
        media_type=media_type,
        body=body,
        raw_hash="0" * 32,
        record=record or Hints(),
    )


def _prepared(document: RawDocument) -> None:
    prepared = prepare(document, STAMP)
    for row in (prepared,) if isinstance(prepared, Rejected) else prepared:
        _sound(row)


def _read(body: bytes, name: str) -> None:
    with _file(body, name) as path:
        found = list(read_piece(Piece(str(path), kind_of(name), len(body))))
    for row in found:
        if isinstance(row, Rejected):
            _sound(row)
            assert row.reason != "unreadable" or name.endswith((".gz", ".zst")), row.detail
    documents: Iterable[RawDocument] = (row for row in found if isinstance(row, RawDocument))
    for document in islice(documents, _PREPARED):
        _is_text(document.source_uri)
        _prepared(document)


def _sound(row: Article | Sighting | Event | Rejected) -> None:
    """A row holds what it may, and can be written."""
    assert not list(problems(row))
    to_table(type(row), [row])


def _is_text(*written: str | None) -> None:
    for value in written:
        if value is not None:
            value.encode()


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzz-")


@contextmanager
def _file(body: bytes, name: str) -> Iterator[Path]:
    path = Path(_folder().name) / name
    path.write_bytes(body)
    yield path
    path.unlink()
