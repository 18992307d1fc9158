import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import readers
from pipeline.sources.files import Piece, kind_of
from pipeline.sources.readers import read_piece
from schemas.columns import problems
from schemas.documents import Hints, RawDocument, Rejected

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda content: content,
    ".gz": gzip.compress,
    ".zst": lambda content: zstd.compress(content),
}


def piece(path: Path, **more: object) -> Piece:
    return Piece(str(path), kind_of(str(path)), path.stat().st_size if path.exists() else 0, **more)  # type: ignore[arg-type]


def read(path: Path, **more: object) -> list[RawDocument | Rejected]:
    found = list(read_piece(piece(path, **more)))
    assert not [p for f in found if isinstance(f, Rejected) for p in problems(f)]
    return found


@pytest.mark.parametrize("packing", PACKERS)
def test_a_text_or_a_page_is_one_document(tmp_path: Path, packing: str) -> None:
    for name, media_type in (("a.txt", "text/plain"), ("a.html", "text/html")):
        path = tmp_path / f"{name}{packing}"
        path.write_bytes(PACKERS[packing](b"caf\xe9"))
        (document,) = read(path, manifest=Hints(publisher="P"))
        assert isinstance(document, RawDocument)
        assert (document.source_uri, document.media_type, document.body) == (str(path), media_type, b"caf\xe9")
        assert (document.charset, document.source_kind, document.manifest.publisher) == (None, "seed", "P")


LINES = [
    b'{"id": "a", "title": "T", "text": "one", "url": "https://x.example/1", "published": "2018-06-25", "more": [1]}',
    b'{"id": 7, "html": "<p>two</p>", "publisher": "P"}',
    b"",
    b'{"id": "c"}',
    b"{oops}",
    b'["a"]',
    b'{"text": "no id"}',
    b'{"text": "\xff"}',
    b'{"text": 3}',
    b'{"id": "d", "text": "half a pair: \\ud83d"}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("packing", PACKERS)
def test_json_lines_go_on_after_a_bad_one(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"a.jsonl{packing}"
    path.write_bytes(PACKERS[packing](b"\n".join(LINES) + b"\n"))
    found = read(path)
    begin = {i: sum(len(line) + 1 for line in LINES[:i]) for i in range(len(LINES))}
    assert [(f.source_uri.removeprefix(str(path)), f.reason if isinstance(f, Rejected) else f.body) for f in found] == [
        ("#a", b"one"),
        ("#7", b"<p>two</p>"),
        ("#c", "no_text"),
        (f"#byte={begin[4]}", "invalid_json"),
        (f"#byte={begin[5]}", "invalid_json"),
        (f"#byte={begin[6]}", b"no id"),
        (f"#byte={begin[7]}", "undecodable"),
        (f"#byte={begin[8]}", "invalid_json"),
        ("#d", b"half a pair: ?"),
        (f"#byte={begin[10]}", "invalid_json"),
    ]
    first, second = found[0], found[1]
    assert isinstance(first, RawDocument)
    assert isinstance(second, RawDocument)
    assert first.record == Hints(url="https://x.example/1", title="T", published="2018-06-25")
    assert (first.media_type, second.media_type, second.record.publisher) == ("text/plain", "text/html", "P")
    details = [f.detail for f in found if isinstance(f, Rejected)]
    assert (
        details[1]
        == "line 5 is not JSON (Expecting property name enclosed in double quotes at column 2); one object a line is expected"
    )
    assert details[2] == "line 6 holds an array; one object a line is expected"


@given(
    texts=st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), min_size=1, max_size=12),
    range_bytes=st.integers(1, 60),
    ends_with_newline=st.booleans(),
)
def test_ranges_of_a_file_read_each_line_once(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], range_bytes: int, ends_with_newline: bool
) -> None:
    path = tmp_path_factory.mktemp("ranges") / "a.jsonl"
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in texts]
    path.write_bytes(("\n".join(lines) + "\n" * ends_with_newline).encode())
    size = path.stat().st_size
    whole = read(path)
    parts = [d for at in range(0, size, range_bytes) for d in read(path, start=at, end=min(at + range_bytes, size))]
    assert [(d.source_uri, getattr(d, "body", None)) for d in parts] == [
        (d.source_uri, getattr(d, "body", None)) for d in whole
    ]
    assert [d.body.decode() for d in whole if isinstance(d, RawDocument)] == texts


def test_what_is_too_large_is_told_and_the_next_line_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BODY_BYTES", 100)
    monkeypatch.setattr(readers, "MAX_LINE_BYTES", 300)
    for name, packing in (("a.txt", ""), ("a.html", ".gz")):
        path = tmp_path / f"{name}{packing}"
        path.write_bytes(PACKERS[packing](b"x" * 101))
        (rejected,) = read(path)
        assert isinstance(rejected, Rejected)
        assert (rejected.reason, rejected.detail.startswith("the file is larger than 100 bytes")) == ("too_large", True)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 900 + b'"}\n{"id": "b", "text": "next"}\n')
    found = read(path)
    assert [f.reason if isinstance(f, Rejected) else f.source_uri for f in found] == ["too_large", f"{path}#b"]


def test_a_file_that_cannot_be_read_is_rejected_with_a_remedy(tmp_path: Path) -> None:
    broken = tmp_path / "a.jsonl.gz"
    broken.write_bytes(gzip.compress(b'{"id": "a", "text": "kept"}\n' * 3000)[:-20])
    *kept, rejected = read(broken)
    assert len(kept) > 0
    assert isinstance(rejected, Rejected)
    assert (rejected.reason, rejected.source_uri) == ("unreadable", str(broken))
    assert "is it whole?" in rejected.detail
    (gone,) = read(tmp_path / "gone.txt")
    assert isinstance(gone, Rejected)
    assert gone.reason == "unreadable"
    (other,) = read(tmp_path / "report.pdf")
    assert isinstance(other, Rejected)
    assert other.reason == "unsupported"
