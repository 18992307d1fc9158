"""Read a piece of a seed file: its documents, and what in it is not one, with the reason and the remedy."""

import gzip
import json
import posixpath
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

import xxhash
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems
from backports import zstd

from pipeline.sources.files import Piece, is_compressed
from pipeline.sources.warc import read_archive
from schemas.documents import MAX_BODY_BYTES, Hints, RawDocument, Rejected
from transforms.foreign_json import read_json

Read = Iterator[RawDocument | Rejected]

MAX_LINE_BYTES = 3 * MAX_BODY_BYTES
"""JSON may write a character of one byte in six; a longer line is no article."""

_BLOCK_BYTES = 1 << 20

_TOO_LARGE = "{what} is larger than {limit:,} bytes; split it, or cut it down to the article"
_HINTS = ("url", "publisher", "title", "published", "language")


def read_piece(piece: Piece) -> Read:
    """Yield the documents of a piece, and a rejection for each part of it that is none.

    Whatever goes wrong with the file ends as a rejection: a run goes on without it.
    """
    reader = _READERS[piece.kind]
    try:
        yield from reader(piece)
    except Exception as error:  # a file may fail in as many ways as there are file systems and codecs
        remedy = "is it whole?" if is_compressed(piece.path) else "check that it is there and may be read"
        yield _rejected(piece.source_file, "unreadable", f"{type(error).__name__}: {error}; {remedy}")


def raw_hash(body: bytes) -> str:
    """The hash of a body as it came, 32 hexadecimal digits (XXH3, 128 bits)."""
    return xxhash.xxh3_128_hexdigest(body)


def piece_digest(piece: Piece) -> str | None:
    """The hash of a piece's bytes as they lie there, packed or not; None if they cannot be read.

    One more pass over the file, at the speed of the disk: some thousandth of what reading its documents takes.
    """
    found, left = xxhash.xxh3_128(), (piece.size if piece.end is None else piece.end) - piece.start
    try:
        with FileSystems.open(piece.path, compression_type=CompressionTypes.UNCOMPRESSED) as file:
            if piece.start:
                file.seek(piece.start)
            while left > 0 and (block := file.read(min(left, _BLOCK_BYTES))):
                found.update(block)
                left -= len(block)
    except Exception:  # as in `read_piece`, which says of it what is to be said
        return None
    return found.hexdigest()


@contextmanager
def _open(path: str) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked by its ending; Beam's own unpacking does not tell that a file was cut short."""
    with FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED) as packed:
        match posixpath.splitext(path.lower())[1]:
            case ".gz":
                with gzip.open(packed) as file:
                    yield cast("IO[bytes]", file)
            case ".zst":
                with zstd.open(packed) as unpacked:
                    yield cast("IO[bytes]", unpacked)
            case _:
                yield packed


def _rejected(uri: str, reason: str, detail: str) -> Rejected:
    return Rejected(stage="read", source_uri=uri, reason=reason, detail=detail)


def _read_whole(piece: Piece) -> Read:
    too_large = _TOO_LARGE.format(what="the file", limit=MAX_BODY_BYTES)
    if piece.size > MAX_BODY_BYTES:
        yield _rejected(piece.path, "too_large", too_large)
        return
    with _open(piece.path) as file:
        body = file.read(MAX_BODY_BYTES + 1)
    if len(body) > MAX_BODY_BYTES:
        yield _rejected(piece.path, "too_large", too_large)
        return
    yield RawDocument(
        source_uri=piece.path,
        source_file=piece.path,
        source_kind="seed",
        media_type="text/html" if piece.kind == "html" else "text/plain",
        body=body,
        raw_hash=raw_hash(body),
        manifest=piece.manifest,
    )


def _read_lines(piece: Piece) -> Read:
    """The documents of the lines that begin within the piece.

    A line is named by its `id`, else by the byte that it begins at: a number that ranges of one file agree on.
    """
    with _open(piece.path) as file:
        at, number = piece.start, 0
        if piece.start:
            file.seek(piece.start - 1)
            at += len(file.readline()) - 1
        while piece.end is None or at < piece.end:
            line = file.readline(MAX_LINE_BYTES)
            if not line:
                break
            number += 1
            begin, at = at, at + len(line)
            where = f"line {number}" if not piece.start else f"the line at byte {begin:,}"
            if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE_BYTES)
                    at += len(line)
                uri = f"{piece.path}#byte={begin}"
                yield _rejected(uri, "too_large", _TOO_LARGE.format(what=where, limit=MAX_LINE_BYTES))
            elif line.strip():
                yield _read_line(piece, line, begin, where)


def _read_line(piece: Piece, line: bytes, begin: int, where: str) -> RawDocument | Rejected:
    uri = f"{piece.path}#byte={begin}"
    try:
        record = read_json(line.decode("utf-8-sig").rstrip())
    except UnicodeDecodeError as error:
        return _rejected(uri, "undecodable", f"{where} is not UTF-8 ({error.reason}); write JSON lines in UTF-8")
    except json.JSONDecodeError as error:
        what = f"{where} is not JSON ({error.msg} at column {error.pos + 1})"
        return _rejected(uri, "invalid_json", f"{what}; one object a line is expected")
    except ValueError as error:
        return _rejected(uri, "invalid_json", f"{where} cannot be read ({error}); one flat object a line is expected")
    if not isinstance(record, dict):
        return _rejected(uri, "invalid_json", f"{where} holds {_kind(record)}; one object a line is expected")
    if record.get("id") not in (None, ""):
        uri = f"{piece.path}#{record['id']}"
    for key, media_type in (("html", "text/html"), ("text", "text/plain")):
        value = record.get(key)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            return _rejected(uri, "invalid_json", f"{key} of {where} is {_kind(value)}; a string is expected")
        body = value.encode()
        return RawDocument(
            source_uri=uri,
            source_file=piece.path,
            source_kind="seed",
            media_type=media_type,
            body=body,
            charset="utf-8",
            raw_hash=raw_hash(body),
            manifest=piece.manifest,
            record=_hints(record),
        )
    return _rejected(uri, "no_text", f"{where} has neither text nor html; give one of them")


def _hints(record: dict[str, Any]) -> Hints:
    """What a JSON line says of its document; a value that is no string says nothing."""
    given = {key: value for key in _HINTS if isinstance(value := record.get(key), str) and value.strip()}
    if isinstance(record.get("published"), int | float) and not isinstance(record["published"], bool):
        given["published"] = str(record["published"])
    authors = record.get("authors", ())
    return Hints(**given, authors=tuple(a for a in authors if isinstance(a, str)) if isinstance(authors, list) else ())


def _kind(value: object) -> str:
    names = {type(None): "null", bool: "a truth value", int: "a number", float: "a number", str: "a string"}
    return names.get(type(value), "an array" if isinstance(value, list) else "an object")


def _reject_kind(piece: Piece) -> Read:
    detail = "not a kind of file that is read; the kinds are .txt, .html, .htm, .jsonl, .warc, each also .gz or .zst"
    yield _rejected(piece.path, "unsupported", detail)


_READERS: dict[str, Callable[[Piece], Read]] = {
    "text": _read_whole,
    "html": _read_whole,
    "jsonl": _read_lines,
    "warc": read_archive,
    "fetched": read_archive,
    "unsupported": _reject_kind,
}
