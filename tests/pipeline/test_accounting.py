"""Everything that is read is an article, seen again, or rejected with source and reason, whatever it is."""

import gzip
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from pipeline.check import problems
from pipeline.snapshots import Output
from pipeline.sources import readers, warc
from pipeline.sources.files import cut_into_pieces, documents, find_files
from pipeline.sources.manifest import Manifest
from pipeline.sources.readers import read_piece
from pipeline.tables import values
from schemas.runs import RunRecord

RunOver = Callable[..., RunRecord]
Datasets = Callable[[Path], dict[str, list[dict[str, Any]]]]

pytestmark = pytest.mark.usefixtures("cheap_coder")

LIMIT = 20_000
"""Bytes of a document in these tests; as with the real limit, what is larger is turned away."""

good = st.builds(
    "The coastguard rescued {} migrants off {} on Monday, officials said. {}".format,
    st.integers(1, 60),
    st.sampled_from(["Lampedusa", "Ceuta"]),
    st.sampled_from(["They were taken ashore.", "A reception centre took them in, with blankets and food.", ""]),
)
hostile = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "",
            " \n\t ",
            "\x00" * 50,
            "﻿‮evil‬​",
            "A" * (LIMIT + 1),
            "a " * (LIMIT // 3),
            "=HYPERLINK(1)\r\n,;\"'",
            "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
            "<script>alert(1)</script>" * 9,
            "<p>" * 500,
            "<!DOCTYPE html [<!ENTITY a 'b'>]>&a;",
            "{" * 2_000,
        ]
    ),
)
texts = st.one_of(good, good, hostile)
ids = st.one_of(
    st.sampled_from(["a", "b", 1, True, None, "", "../../etc/passwd", "x#y", "tab\tline\n", "\x00"]),
    st.text(max_size=5),
)
lines = st.one_of(
    st.fixed_dictionaries(
        {"id": ids, "text": texts},
        optional={
            "url": st.sampled_from(["https://news.example/a", "javascript:alert(1)", "https://[", "../x", 7]),
            "title": st.one_of(good, hostile),
            "published": st.sampled_from(
                ["2019-02-30", "2019-02-28", "0000-00-00", 1e300, -1, "tomorrow", "9999-12-31T23:59:60Z"]
            ),
            "authors": st.sampled_from([["A"], "A", [1, None], {}]),
        },
    ).map(lambda record: json.dumps(record).encode()),
    st.builds(
        lambda text: json.dumps({"id": "h", "html": f"<html><body><article>{text * 6}</article>"}).encode(), good
    ),
    st.sampled_from(
        [b"{broken", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 3_000, b'{"id": 1}', b"{}", b'{"text": "\\ud800"}']
    ),
    st.binary(max_size=40).map(lambda bytes_: bytes_.replace(b"\n", b"")),
    st.just(b'{"text": "' + b"x" * 4 * LIMIT + b'"}'),
)
jsonl = st.lists(lines, max_size=5).map(b"\n".join)
pages = st.one_of(
    texts.map(lambda text: f"<html><head><title>{text[:30]}</title></head><body><article><p>{text * 3}</p>".encode()),
    st.binary(max_size=200),
)
cut = st.tuples(st.one_of(jsonl, st.binary(max_size=300)), st.integers(0, 30)).map(
    lambda pair: gzip.compress(pair[0], mtime=0)[: -pair[1] or None]
)
FILES = {
    "a.jsonl": jsonl,
    "b.jsonl": jsonl,
    "c.txt": texts.map(lambda text: text.encode("utf-8", "replace")),
    "d.txt": st.binary(max_size=400),
    "e.html": pages,
    "f.jsonl.gz": cut,
    "g.txt.zst": st.binary(max_size=60),
    "h.warc": st.one_of(
        st.binary(max_size=200), st.just(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nHTTP/1.1")
    ),
    "i.pdf": st.just(b"%PDF"),
    "sub dir/j#1.txt": texts.map(lambda text: text.encode("utf-8", "replace")),
}
mixtures = st.fixed_dictionaries({}, optional=FILES)


def read_by_hand(folder: Path) -> list[str]:
    """Where each document is from that a reader finds, without a run."""
    pieces = cut_into_pieces(documents(find_files([str(folder)])), Manifest())
    return [document.source_uri for piece in pieces for document in read_piece(piece)]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(mixture=mixtures)
def test_mixtures_of_good_broken_duplicated_huge_and_hostile(
    mixture: dict[str, bytes], run_over: RunOver, datasets: Datasets
) -> None:
    limits = [patch.object(readers, "MAX_BODY_BYTES", LIMIT), patch.object(readers, "MAX_LINE_BYTES", 3 * LIMIT)]
    with tempfile.TemporaryDirectory() as root, limits[0], limits[1], patch.object(warc, "MAX_BODY_BYTES", LIMIT):
        folder, out = Path(root) / "in", Path(root) / "out"
        (folder / "sub dir").mkdir(parents=True)
        (folder / "always.txt").write_text("The coastguard rescued 7 migrants off Samos on Monday, officials said.")
        for name, content in mixture.items():
            (folder / name).write_bytes(content)
        record = run_over(out, folder)
        counts, found = record.counts, read_by_hand(folder)
        rejected = datasets(out)["rejected"]
        event(f"rejected for {len({row['reason'] for row in rejected})} reasons")
        assert counts["read"] == len(found) == counts["new"] + counts["seen_again"] + counts["rejected"]
        assert sum(record.rejected.values()) == counts["rejected"]
        seen = values(Output(out).current().files("state/sightings"), "source_uri")
        assert set(found) == set(seen) | {row["source_uri"] for row in rejected}
        assert all(row["reason"] and len(row["detail"]) > 15 for row in rejected)
        assert counts["new"] == len(datasets(out)["articles"])
        assert "failed" not in {row["reason"] for row in rejected}
        assert list(problems(Output(out))) == []
        before = datasets(out)
        again = run_over(out, folder)
        assert again.snapshot is None
        assert again.counts["new"] == 0
        assert datasets(out) == before
