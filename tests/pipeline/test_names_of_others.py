"""Names that others gave (ids, publishers, addresses, files of a manifest) are values and never paths."""

import json
from pathlib import Path

import pytest
from bad_server import Page, serving

from pipeline.fetch.manners import Manners
from pipeline.run import RunOptions, run

OUTSIDE = ("../../escaped", "/tmp/../escaped", "..\\..\\escaped", "a/../../../escaped\0", "~/escaped")
TEXT = (
    "Italy rescued 40 migrants off Lampedusa on Monday, the coastguard said. The refugees asked for asylum in Sicily. "
)


@pytest.mark.usefixtures("cheap_coder")
def test_names_in_feeds_archives_and_manifests_stay_in_the_output(tmp_path: Path) -> None:
    inside = tmp_path / "a" / "b"
    seeds = inside / "seeds"
    seeds.mkdir(parents=True)
    lines = [{"id": name, "text": f"{TEXT}{n}", "publisher": name, "title": name} for n, name in enumerate(OUTSIDE)]
    (seeds / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (seeds / "b.txt").write_text(TEXT)
    tables = [f'[{json.dumps(name)}]\npublisher = {json.dumps(name)}\npublished = "2018-06-25"\n' for name in OUTSIDE]
    (seeds / "manifest.toml").write_text("\n".join(tables).replace("\\u0000", ""))
    with serving() as server:
        server.pages |= {"/feed": _feed()}
        (inside / "feeds.toml").write_text(f'[[feed]]\nurl = "{server.url}/feed"\npublisher = "../../escaped"\n')
        before = _paths(tmp_path, inside)
        record = run(
            RunOptions(
                seeds=(str(seeds),), feeds=str(inside / "feeds.toml"), output=str(inside / "out"), keep_raw=True
            ),
            Manners(allow_private=True, delay=0, attempts=1),
        )
    assert record.counts["new"] == len(OUTSIDE) + 1
    assert _paths(tmp_path, inside) - before == {inside / "out"}
    assert not [path for path in (inside / "out").rglob("*") if "escaped" in path.name]


def _feed() -> Page:
    links = ("file:///etc/passwd", "../../../escaped", "ftp://127.0.0.1/escaped", "javascript:alert(1)")
    items = "".join(f"<item><guid>../../escaped{n}</guid><link>{link}</link></item>" for n, link in enumerate(links))
    return Page(f'<rss version="2.0"><channel><title>../../escaped</title>{items}</channel></rss>'.encode())


def _paths(*folders: Path) -> set[Path]:
    """What lies in the folders, not deeper: the output itself is looked at apart."""
    return {path for folder in folders for path in folder.iterdir()}
