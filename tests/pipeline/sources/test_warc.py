"""Web archives, packed and not, whole and broken, read whole and in ranges of any size."""

import gzip
import io
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.sources.files import Piece, kind_of
from pipeline.sources.kept import Fetched, open_archive
from pipeline.sources.readers import read_piece
from schemas.columns import problems
from schemas.documents import Hints, RawDocument, Rejected

WHEN = "2018-06-25T10:00:00Z"
HTML = "text/html; charset=utf-8"


class Records:
    """Records of an archive, each as its bytes, packed alone or not at all."""

    def __init__(self, packed: bool) -> None:
        self.packed, self.parts = packed, list[bytes]()

    def add(self, kind: str, name: str, body: bytes = b"", status: str = "200 OK", **more: Any) -> "Records":
        out = io.BytesIO()
        writer = WARCWriter(out, gzip=self.packed)
        headers = StatusAndHeaders(status, list(more.pop("http", {"Content-Type": HTML}).items()), "HTTP/1.1")
        record = writer.create_warc_record(
            more.pop("url", f"https://news.example/{name}"),
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=headers if kind in ("response", "revisit") else None,
            warc_content_type=more.pop("content_type", ""),
            warc_headers_dict={"WARC-Record-ID": f"<urn:{name}>", "WARC-Date": WHEN, **more.pop("warc", {})},
        )
        writer.write_record(record)
        self.parts.append(out.getvalue())
        return self

    def page(self, name: str, **more: Any) -> "Records":
        return self.add("response", name, f"<p>{name}</p>".encode(), **more)


def write(folder: Path, content: bytes, name: str) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def read(path: Path, start: int = 0, end: int | None = None, **more: Any) -> list[RawDocument | Rejected]:
    found = list(
        read_piece(Piece(str(path), more.pop("kind", kind_of(str(path))), path.stat().st_size, start, end, **more))
    )
    assert not [p for f in found if isinstance(f, Rejected) for p in problems(f)]
    return found


def said(found: list[RawDocument | Rejected], path: Path) -> list[tuple[str, str | bytes]]:
    return [(f.source_uri.removeprefix(str(path)), f.reason if isinstance(f, Rejected) else f.body) for f in found]


PACKED = pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])


def name_of(packed: bool) -> str:
    return "a.warc.gz" if packed else "a.warc"


@PACKED
def test_pages_are_documents_and_the_rest_is_none(tmp_path: Path, packed: bool) -> None:
    records = (
        Records(packed).add("warcinfo", "info", b"software: x\r\n").add("request", "asked", b"GET / HTTP/1.1\r\n\r\n")
    )
    records.page("a").add("response", "picture", b"\xff\xd8", http={"Content-Type": "image/jpeg"})
    records.page("gone", status="404 Not Found").page("moved", status="301 Moved Permanently")
    records.add("resource", "r", b"<p>r</p>", content_type="text/html").add("metadata", "m", b"via: x\r\n")
    path = write(tmp_path, b"".join(records.parts), name_of(packed))
    found = read(path, manifest=Hints(publisher="P"))
    assert said(found, path) == [("#urn:a", b"<p>a</p>"), ("#urn:r", b"<p>r</p>")]
    first = found[0]
    assert isinstance(first, RawDocument)
    assert (first.source_kind, first.source_file, first.media_type, first.charset) == (
        "warc",
        str(path),
        "text/html",
        "utf-8",
    )
    assert (first.location, first.fetched_at) == ("https://news.example/a", datetime(2018, 6, 25, 10, tzinfo=UTC))
    assert first.manifest.publisher == "P"


@PACKED
@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(b"<p>a</p>")),
        ({"Content-Encoding": "gzip"}, b"<p>a</p>"),
        ({"Content-Encoding": "zstd"}, zstd.compress(b"<p>a</p>")),
        ({"Content-Encoding": "br"}, brotli.compress(b"<p>a</p>")),
        ({"Transfer-Encoding": "chunked"}, b"4\r\n<p>a\r\n4\r\n</p>\r\n0\r\n\r\n"),
        ({"Transfer-Encoding": "chunked"}, b"<p>a</p>"),
    ],
    ids=["gzip", "gzip said, not done", "zstd", "br", "chunked", "chunked said, not done"],
)
def test_bodies_as_they_were_sent(tmp_path: Path, packed: bool, headers: dict[str, str], body: bytes) -> None:
    records = Records(packed).add("response", "a", body, http={"Content-Type": HTML, **headers})
    path = write(tmp_path, records.parts[0], name_of(packed))
    assert said(read(path), path) == [("#urn:a", b"<p>a</p>")]


def test_a_page_that_unpacks_to_far_too_much_is_rejected(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 30_000_000, 9)
    records = Records(True).add("response", "bomb", bomb, http={"Content-Type": HTML, "Content-Encoding": "gzip"})
    path = write(tmp_path, b"".join(records.page("a").parts), "a.warc.gz")
    assert said(read(path), path) == [("#urn:bomb", "too_large"), ("#urn:a", b"<p>a</p>")]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("one line", b"WARC/1.0\r\nWARC-Type: " + b"x" * 50_000_000),
        ("no line", b"WARC/1.0" + b"x" * 50_000_000),
        ("many lines", b"WARC/1.0\r\n" + b"a: b\r\n" * 2_000_000),
        (
            "one chunk",
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:b>\r\nContent-Length: 50000085\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4000000\r\n" + b"x" * 50_000_000,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_member_that_unpacks_to_far_too_much_is_rejected(tmp_path: Path, name: str, part: bytes) -> None:
    page = Records(True).page("a").parts[0]
    path = write(tmp_path, gzip.compress(part, 1) + page, "a.warc.gz")
    tracemalloc.start()
    found = read(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said(found, path) == [("#byte=0", "broken"), ("#urn:a", b"<p>a</p>")]
    assert most < 100_000_000


def spoilt(part: bytes, packed: bool, how: str) -> bytes:
    match how:
        case "a bit":
            at = len(part) * 3 // 4 if packed else 2
            return part[:at] + bytes([part[at] ^ 0xFF]) + part[at + 1 :]
        case "cut short":
            return part[: len(part) // 2] + (b"" if packed else b"\r\n\r\n")
        case "its check sum":
            return part[:-6] + bytes([part[-6] ^ 0xFF]) + part[-5:]
        case "its length":
            return part.replace(b"Content-Length: 6", b"Content-Length: 5")
    raise AssertionError(how)


@pytest.mark.parametrize(
    ("packed", "how"),
    [(True, "a bit"), (True, "cut short"), (True, "its check sum"), (False, "cut short"), (False, "its length")],
)
@pytest.mark.parametrize("where", [1, 2], ids=["in the middle", "at the end"])
def test_broken_records_are_rejected_one_by_one(tmp_path: Path, packed: bool, how: str, where: int) -> None:
    parts = Records(packed).page("a").page("b").page("c").parts[: where + 2]
    begin = sum(map(len, parts[:where]))
    parts[where] = spoilt(parts[where], packed, how)
    path = write(tmp_path, b"".join(parts[: where + 1] if where == 2 else parts), name_of(packed))
    expected: list[tuple[str, str | bytes]] = [(f"#urn:{name}", f"<p>{name}</p>".encode()) for name in "abc"]
    expected[where] = (f"#byte={begin}", "broken")
    assert said(read(path), path) == expected


def test_what_is_no_archive(tmp_path: Path) -> None:
    for name, content in (
        ("a.warc", b""),
        ("b.warc", b"<html>"),
        ("c.warc.gz", b"\x1f\x8b\x08" * 9),
        ("d.warc.gz", b"WARC/1.0"),
    ):
        path = write(tmp_path, content, name)
        assert [(f.source_uri, f.reason) for f in read(path) if isinstance(f, Rejected)] == [(str(path), "broken")]


def test_an_archive_packed_as_one(tmp_path: Path) -> None:
    content = b"".join(Records(False).page("a").page("b").parts)
    for name, pack in (("a.warc.gz", gzip.compress), ("a.warc.zst", zstd.compress)):
        path = write(tmp_path, pack(content), name)
        assert said(read(path), path) == [("#urn:a", b"<p>a</p>"), ("#urn:b", b"<p>b</p>")]


POINTERS: dict[str, dict[str, str]] = {
    "id": {"WARC-Refers-To": "<urn:a>"},
    "address and time": {"WARC-Refers-To-Target-URI": "https://news.example/a", "WARC-Refers-To-Date": WHEN},
    "payload": {"WARC-Payload-Digest": "sha1:A"},
}


@PACKED
@pytest.mark.parametrize("by", POINTERS)
@pytest.mark.parametrize("first", [False, True], ids=["after", "before"])
def test_revisits_are_followed(tmp_path: Path, packed: bool, by: str, first: bool) -> None:
    page = Records(packed).page("a", warc={"WARC-Payload-Digest": "sha1:A"}).parts
    other = {"WARC-Date": "2018-06-26T00:00:00Z", **POINTERS[by]}
    again = Records(packed).add("revisit", "again", warc=other).parts
    path = write(tmp_path, b"".join(again + page if first else page + again), name_of(packed))
    document, revisit = read(path)
    assert isinstance(document, RawDocument)
    assert isinstance(revisit, RawDocument)
    assert (revisit.source_uri, revisit.body) == (f"{path}#urn:again", document.body)
    assert (revisit.location, str(revisit.fetched_at)[:10]) == ("https://news.example/again", "2018-06-26")


def test_revisits_of_pictures_are_none_and_those_of_what_is_elsewhere_are_rejected(tmp_path: Path) -> None:
    records = Records(True).add("response", "p", b"\xff\xd8", http={"Content-Type": "image/jpeg"})
    records.add("revisit", "p2", warc={"WARC-Refers-To": "<urn:p>"}).add(
        "revisit", "x", warc={"WARC-Refers-To": "<urn:y>"}
    )
    path = write(tmp_path, b"".join(records.parts), "a.warc.gz")
    assert said(read(path), path) == [("#urn:x", "broken")]


@settings(max_examples=40, deadline=None)
@given(st.booleans(), st.lists(st.integers(0, 400), min_size=1, max_size=8), st.integers(30, 900))
def test_ranges_of_any_size_hold_each_record_once(
    tmp_path_factory: pytest.TempPathFactory, packed: bool, lengths: list[int], size: int
) -> None:
    records = Records(packed)
    for number, length in enumerate(lengths):
        records.add("response", str(number), b"\r\n\r\nWARC " + b"x" * length)
    path = write(tmp_path_factory.mktemp("ranges"), b"".join(records.parts), name_of(packed))
    whole = said(read(path), path)
    assert len(whole) == len(lengths)
    total = path.stat().st_size
    pieces = [said(read(path, start, min(start + size, total)), path) for start in range(0, total, size)]
    assert [found for piece in pieces for found in piece] == whole


@pytest.fixture
def kept(tmp_path: Path) -> Callable[..., Path]:
    def keep(**more: Any) -> Path:
        values: dict[str, Any] = {
            "source_uri": "https://news.example/a?from=feed",
            "source_kind": "page",
            "location": "https://news.example/a",
            "at": datetime(2018, 6, 25, 10, tzinfo=UTC),
            "body": b"<p>a</p>",
            "headers": (
                ("Content-Type", "text/html; charset=latin-1"),
                ("Content-Encoding", "gzip"),
                ("Set-Cookie", "s=1"),
            ),
            "hints": Hints(title="Boat “é”", published="2018-06-25", authors=("Ann", "Bo"), country="MLT"),
            **more,
        }
        with open_archive(tmp_path / "kept.warc.gz", "us") as archive:
            archive.add(Fetched(**values))
        return tmp_path / "kept.warc.gz"

    return keep


def test_what_was_fetched_is_read_as_it_was(kept: Callable[..., Path]) -> None:
    path = kept()
    (document,) = read(path, kind="fetched", name="raw/kept.warc.gz")
    assert isinstance(document, RawDocument)
    assert (document.source_uri, document.source_file) == ("https://news.example/a?from=feed", "raw/kept.warc.gz")
    assert (document.source_kind, document.location, document.charset) == ("page", "https://news.example/a", "latin-1")
    assert (document.body, document.record_basis) == (b"<p>a</p>", "feed")
    assert document.record == Hints(title="Boat “é”", published="2018-06-25", authors=("Ann", "Bo"), country="MLT")
    assert b"s=1" not in gzip.decompress(path.read_bytes())
    (document,) = read(path, kind="fetched")
    assert document.source_uri == document.source_file  # type: ignore[union-attr]


def test_what_another_dataset_kept_is_an_archive_like_any(kept: Callable[..., Path]) -> None:
    path = kept(source_kind="feed", source_uri="https://news.example/feed#1")
    (document,) = read(path)
    assert isinstance(document, RawDocument)
    assert document.source_uri.startswith(f"{path}#urn:uuid:")
    assert (document.source_kind, document.record.title) == ("warc", "Boat “é”")
