"""Read a piece of a web archive (WARC 1.0 and 1.1): the pages among its responses, and what in it is broken.

A record, or the packed member that holds it, belongs to the piece in which it begins. After a broken one reading goes
on at the next that can be told. What is no page (requests, images, redirects, answers of 404) is no document.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any

import xxhash
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems
from backports import zstd
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

from pipeline.fetch.packing import PackingError, TooLargeError, unpack
from pipeline.sources.files import Piece
from pipeline.sources.kept import ENTRY_FIELD, as_fetched, entry_of, told_by_feed
from pipeline.sources.members import MAX_LINES_BYTES, Bounded, Member, next_member, next_record
from schemas.documents import MAX_BODY_BYTES, RawDocument, Rejected

_PAGES = ("text/html", "application/xhtml+xml")
_ONCE = ("WARC-Type", "WARC-Record-ID", "Content-Length")
_BLOCK_BYTES = 1 << 16
_BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class _Revisit:
    """A record that says: what came was the same as in another record."""

    uri: str
    url: str
    fetched_at: datetime | None
    other: frozenset[tuple[str, ...]]
    """What the other one may be known by."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A record, and what it is for us."""

    named: frozenset[tuple[str, ...]]
    """What it may be known by."""
    holds: RawDocument | Rejected | _Revisit | None
    """None: nothing that is read."""


def read_archive(piece: Piece) -> Iterator[RawDocument | Rejected]:
    """The pages of a piece, then those that its revisits point to, wherever in the file they are."""
    revisits: list[_Revisit] = []
    for record in _records(piece):
        if isinstance(record.holds, _Revisit):
            revisits.append(record.holds)
        elif record.holds is not None:
            yield record.holds
    if revisits:
        yield from _followed(piece, revisits)


def _records(piece: Piece) -> Iterator[_Record]:
    with FileSystems.open(piece.path, compression_type=CompressionTypes.UNCOMPRESSED) as file:
        path = piece.path.lower()
        if path.endswith(".gz"):
            yield from _of_members(piece, file)
        elif path.endswith(".zst"):
            with zstd.open(file) as unpacked:
                yield from _in_stream(piece, unpacked)
        else:
            yield from _of_plain(piece, file)


def _of_members(piece: Piece, file: IO[bytes]) -> Iterator[_Record]:
    at = next_member(file, piece.start)
    if at is None and piece.start == 0:
        yield _nothing(piece)
    while at is not None and (piece.end is None or at < piece.end):
        member = Member(file, at)
        held: list[_Record] = []
        try:
            # One is held back until what follows it, in the end the member's check sum, has proved sound.
            for found in _in_stream(piece, io.BufferedReader(member)):
                yield from held
                held = [found]
        except _BROKEN as error:
            yield _broken(piece, at, error)
            at = next_member(file, at + 1)
            continue
        yield from held
        at = next_member(file, member.end)


def _of_plain(piece: Piece, file: IO[bytes]) -> Iterator[_Record]:
    at = next_record(file, piece.start)
    if at is None and piece.start == 0:
        yield _nothing(piece)
    while at is not None and (piece.end is None or at < piece.end):
        file.seek(at)
        try:
            found = _one(piece, file)
            after = file.tell()
            if file.read(4).strip():
                raise ValueError("it is longer or shorter than it says")
        except _BROKEN as error:
            yield _broken(piece, at, error)
            after = at + 1
        else:
            yield found
        at = next_record(file, after)


def _in_stream(piece: Piece, stream: Any) -> Iterator[_Record]:
    """The records of a stream, one after the other; what is left of it after a broken one is lost."""
    while line := stream.readline(MAX_LINES_BYTES):
        if line.strip():
            yield _one(piece, stream, line.rstrip())


def _broken(piece: Piece, at: int, error: Exception) -> _Record:
    what = " ".join(str(error).split()) or type(error).__name__
    detail = f"the record at byte {at:,} cannot be read ({what}); fetch the archive again to have it"
    uri = f"{piece.source_file}#byte={at}"
    return _Record(frozenset(), Rejected(stage="read", source_uri=uri, reason="broken", detail=detail))


def _nothing(piece: Piece) -> _Record:
    detail = "no record of a web archive is in the file; is it one (WARC 1.0 or 1.1)?"
    return _Record(frozenset(), Rejected(stage="read", source_uri=piece.source_file, reason="broken", detail=detail))


def _one(piece: Piece, stream: Any, first_line: bytes | None = None) -> _Record:
    """The record that begins at the stream's position, or began with `first_line`; it is read to its end."""
    try:
        record = ArcWarcRecordLoader(verify_http=False).parse_record_stream(Bounded(stream), first_line)
    except _BROKEN:
        raise
    except Exception as error:  # the library does not foresee each field that may be missing
        raise ValueError("its head lacks a field, or has one that no record has") from error
    told = record.rec_headers.get_header
    if record.format != "warc" or record.length is None:
        raise ValueError("it is no WARC record, or does not say how long it is")
    fields = Counter(name for name, _ in record.rec_headers.headers)
    if any(fields[name] != 1 for name in _ONCE):
        raise ValueError("its head runs into that of another record, or lacks a field")
    uri = f"{piece.source_file}#{(told('WARC-Record-ID') or '').strip('<>')}"
    url = told("WARC-Target-URI") or ""
    holds: RawDocument | Rejected | _Revisit | None = None
    if record.rec_type == "revisit":
        other = _names(told("WARC-Refers-To"), told("WARC-Refers-To-Target-URI"), told("WARC-Refers-To-Date"), told)
        holds = _Revisit(uri, url, _moment(told("WARC-Date")), other)
    elif record.rec_type in ("response", "resource") and _is_page(record):
        holds = _document(piece, record, uri, url)
    while record.raw_stream.read(_BLOCK_BYTES):
        pass
    if record.raw_stream.limit > 0:
        raise EOFError("the file ends within it")
    return _Record(_names(told("WARC-Record-ID"), url, told("WARC-Date"), told), holds)


def _names(record_id: str | None, url: str | None, date: str | None, told: Any) -> frozenset[tuple[str, ...]]:
    """What a record may be known by: its id, its address and time, its payload."""
    names = [(record_id,), (url, date), ("payload", told("WARC-Payload-Digest"))]
    return frozenset(tuple(map(str, name)) for name in names if all(name))


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is not None and record.rec_type == "response":
        kind, sound = headers.get_header("Content-Type"), headers.get_statuscode().startswith("2")
    else:
        kind, sound = record.content_type, record.rec_type == "resource"
    return sound and (kind or "").split(";")[0].strip().lower() in _PAGES


def _document(piece: Piece, record: Any, uri: str, url: str) -> RawDocument | Rejected:
    headers = record.http_headers
    told = headers.get_header if headers is not None else lambda _: None
    try:
        body = _body(record, told)
    except TooLargeError:
        detail = f"the page is larger than {MAX_BODY_BYTES:,} bytes"
        return Rejected(stage="read", source_uri=uri, reason="too_large", detail=detail)
    except PackingError as error:
        return Rejected(stage="read", source_uri=uri, reason="broken", detail=f"{error}; fetch it again")
    document = RawDocument(
        source_uri=uri,
        source_file=piece.source_file,
        source_kind="warc",
        media_type="text/html",
        body=body,
        charset=_charset(told("Content-Type") or record.content_type),
        raw_hash=xxhash.xxh3_128_hexdigest(body),
        manifest=piece.manifest,
        location=url if url.startswith("http") else None,
        fetched_at=_moment(record.rec_headers.get_header("WARC-Date")),
    )
    field = record.rec_headers.get_header(ENTRY_FIELD)
    if field is None:
        return document
    entry = entry_of(field)
    document = told_by_feed(document, entry)
    return as_fetched(document, entry, piece.name) if piece.kind == "fetched" else document


def _body(record: Any, told: Any) -> bytes:
    """The body of a response, unpacked.

    Raises:
        TooLargeError: it is larger than a document may be.
        PackingError: it cannot be unpacked.

    """
    chunked = (told("Transfer-Encoding") or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    body = bytearray()
    while block := stream.read(_BLOCK_BYTES):
        body += block
        if len(body) > MAX_BODY_BYTES:
            raise TooLargeError
    encoding = told("Content-Encoding") or ""
    if body[:1] == b"<":  # crawlers unpack bodies and leave the header
        return bytes(body)
    return unpack(bytes(body), encoding, MAX_BODY_BYTES)


def _charset(content_type: str | None) -> str | None:
    for part in (content_type or "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def _moment(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None


def _followed(piece: Piece, revisits: list[_Revisit]) -> Iterator[RawDocument | Rejected]:
    """The documents of revisits, by one more pass over the whole file."""
    waiting = list(revisits)
    for record in _records(replace(piece, start=0, end=None)):
        if isinstance(record.holds, _Revisit):
            continue
        for revisit in [r for r in waiting if r.other & record.named]:
            waiting.remove(revisit)
            if isinstance(record.holds, RawDocument):
                yield replace(record.holds, source_uri=revisit.uri, location=revisit.url, fetched_at=revisit.fetched_at)
        if not waiting:
            return
    for revisit in waiting:
        detail = f"says that {revisit.url} is as in another record, which is not in this file; put both into one"
        yield Rejected(stage="read", source_uri=revisit.uri, reason="broken", detail=detail)
