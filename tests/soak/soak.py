"""200 feeds followed by 20 runs, while they change and their servers fail: `make soak`, some minutes.

Not among the tests that `make test` finds, by its name. Figures of a run are printed and go to `docs/feeds.md` by hand.
"""

import gc
import json
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from bad_server import Page, redirect
from newsroom import Newsroom, newsroom

from pipeline.check import problems
from pipeline.fetch import waiting
from pipeline.fetch.manners import Manners
from pipeline.run import run
from pipeline.run_options import RunOptions
from pipeline.snapshots import Output
from schemas.runs import RunRecord

FEEDS, SITES, RUNS, SEED = 200, 20, 20, 6
WARM = 5
"""Runs after which all is loaded that stays loaded."""

GROWTH = 1.1
"""Times the memory after these that a run may leave in use at most."""

LONGEST = 300.0
"""Seconds for a run, on a machine that is busy otherwise."""

HURRIED = Manners(
    allow_private=True, delay=0, connect=1, silence=1, whole=4, attempts=2, backoff=0.05, patience=0.1, hosts=SITES
)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", timedelta(seconds=0.2))  # runs follow one another at once
    with newsroom(FEEDS, SITES, SEED) as room:
        yield room


class Soak:
    """Runs over the newsroom, and what holds after each."""

    def __init__(self, room: Newsroom, folder: Path) -> None:
        self.room, self.output = room, folder / "out"
        self._feeds = folder / "feeds.toml"
        self._feeds.write_text("".join(f"[[feed]]\nurl = {json.dumps(url)}\n" for url in room.urls))
        self.texts: dict[str, str] = {}
        """Of the articles so far."""
        self.memory: list[int] = []
        """MB in use after each run."""

    def run(self) -> RunRecord:
        began = time.monotonic()
        record = run(RunOptions(feeds=str(self._feeds), output=str(self.output), keep_raw=True), HURRIED)
        took = time.monotonic() - began
        assert took < LONGEST
        again = set(self.room.asked()) & self.texts.keys()
        assert not again, "pages were fetched that had been had"
        self._compare()
        gc.collect()
        self.memory.append(os.sysconf("SC_PAGE_SIZE") * int(Path("/proc/self/statm").read_text().split()[1]) >> 20)
        feeds = record.feeds
        print(
            f"run {len(self.memory):2}: {took:5.1f} s, {self.memory[-1]} MB, feeds {feeds['content']} changed, "
            f"{feeds['unchanged']} not, {feeds['failed']} failed, {feeds['not_asked']} left alone; pages "
            f"{feeds['pages']}, waiting {feeds['waiting']}; articles {len(self.texts)}, "
            f"events {sum(record.events.values())}",
            flush=True,
        )
        return record

    def _compare(self) -> None:
        """See that articles stay as they were, each once."""
        rows = ds.dataset(self.output / "articles", partitioning="hive").to_table(columns=["source_uri", "text"])
        texts = dict(zip(*rows.to_pydict().values(), strict=True))
        assert len(texts) == rows.num_rows, "an article is there twice"
        assert {url: texts.get(url) for url in self.texts} == self.texts, "an article is lost, or another one now"
        self.texts = texts

    def state(self, table: str) -> list[dict[str, object]]:
        return pq.read_table(self.output / "_current" / "state" / table / "part-0.parquet").to_pylist()


def test_many_feeds_for_a_long_time(room: Newsroom, tmp_path: Path) -> None:
    soak = Soak(room, tmp_path)
    for number in range(RUNS):
        room.publish()
        if number == RUNS // 4:  # a feed moves for good
            pages = room.server_of(1).pages
            pages["/moved"] = pages["/feed-1"]
            pages["/feed-1"] = redirect("/moved", 301)
        soak.run()
    settled, memory = soak.memory[WARM - 1], soak.memory[WARM:]
    assert max(memory) < GROWTH * settled, memory

    room.failing = False
    for _ in range(10):
        time.sleep(1.2)  # the longest that a server asked for
        if (ended := soak.run()).feeds["waiting"] + ended.feeds["not_asked"] + ended.feeds["failed"] == 0:
            break
    assert soak.texts.keys() == room.published.keys() - room.dead
    rejected = ds.dataset(soak.output / "rejected").to_table().column("source_uri").to_pylist()
    assert sorted(rejected) == sorted(room.dead)
    assert list(problems(Output(soak.output))) == []
    assert soak.run().snapshot is None
    (moved,) = (feed for feed in soak.state("feeds") if feed["feed"] == room.urls[1])
    assert moved["moved_to"] == f"{room.server_of(1).url}/moved"

    room.server_of(0).pages["/feed-0"] = Page(status=410)
    assert soak.run().feeds["failed"] == 1
    assert soak.run().feeds["not_asked"] == 1
    print(f"{len(room.published)} entries, {len(room.dead)} of them without a page; memory {soak.memory} MB")
