"""Runs that follow feeds of a real server on loopback, from the feed to the datasets, over many runs."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from bad_server import Page, Server, redirect, reset, serving

from pipeline import versions
from pipeline.check import problems
from pipeline.errors import UsageError
from pipeline.fetch.manners import Manners
from pipeline.run import forget, plan, run
from pipeline.run_options import RunOptions
from pipeline.snapshots import Output
from pipeline.sources import changes
from schemas.runs import RunRecord

pytestmark = pytest.mark.usefixtures("cheap_coder")

HURRIED = Manners(
    allow_private=True,
    delay=0,
    connect=1,
    silence=1,
    whole=2,
    attempts=2,
    backoff=0.01,
    patience=0.1,
    max_bytes=500_000,
)
TEXT = "Italy rescued {n} migrants off Lampedusa on Monday, the coast guard said. The migrants were brought to Sicily. "


def article(number: int, more: str = "") -> Page:
    words = " ".join(f"Sentence {number}-{i} tells of the asylum seekers on board." for i in range(12))
    html = (
        f"<html><head><title>Page title {number}</title></head><body><article><h1>Page title {number}</h1>"
        f"<p>{TEXT.format(n=number)}</p><p>{words}</p><p>{more}</p></article></body></html>"
    )
    return Page(html.encode())


def feed_of(server: Server, *numbers: int, day: int = 25, text: bool = False) -> Page:
    items = "".join(
        f"<item><guid isPermaLink='false'>tag:{n}</guid><link>{server.url}/{n}</link><title>Boat {n}</title>"
        f"<pubDate>{day + n % 3} Jun 2018 01:00:00 GMT</pubDate>"
        + (f"<description>&lt;p&gt;{TEXT.format(n=n)} {TEXT.format(n=n + 100)}&lt;/p&gt;</description>" if text else "")
        + "</item>"
        for n in numbers
    )
    body = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
    return Page(body, headers={"Content-Type": "application/rss+xml"})


class Follow:
    """Runs over the feeds of a server into one output."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.output, self.server = folder, folder / "out", server
        self.feeds: list[dict[str, Any]] = [{"url": f"{server.url}/feed", "publisher": "Wire", "country": "MLT"}]

    def __call__(self, manners: Manners = HURRIED, **options: Any) -> RunRecord:
        return run(self.options(**options), manners)

    def options(self, **options: Any) -> RunOptions:
        lines = ["[[feed]]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in feed.items()) for feed in self.feeds]
        (self.folder / "feeds.toml").write_text("\n".join(lines))
        return RunOptions(feeds=str(self.folder / "feeds.toml"), output=str(self.output), **options)

    def rows(self, table: str) -> list[dict[str, Any]]:
        return ds.dataset(self.output / table, partitioning="hive").to_table().to_pylist()

    def state(self, table: str) -> list[dict[str, Any]]:
        return pq.read_table(self.output / "_current" / "state" / table / "part-0.parquet").to_pylist()

    def rejected(self) -> list[tuple[str, str]]:
        return sorted((row["source_uri"].removeprefix(self.server.url), row["reason"]) for row in self.rows("rejected"))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def follow(tmp_path: Path, server: Server) -> Iterator[Follow]:
    follow = Follow(tmp_path, server)
    yield follow
    if (follow.output / "_current").exists():
        assert list(problems(Output(follow.output))) == []


def test_a_feed_and_its_pages(follow: Follow, server: Server, became: Callable[[RunRecord], dict[str, int]]) -> None:
    server.pages |= {"/feed": feed_of(server, 1, 2), "/1": article(1), "/2": article(2)}
    record = follow(contact="us@example.org")
    assert became(record) == {"read": 2, "new": 2}
    assert record.feeds == {"content": 1, "unchanged": 0, "failed": 0, "not_asked": 0, "pages": 2, "waiting": 0}
    first = min(follow.rows("articles"), key=lambda row: row["source_uri"])
    assert (first["source_uri"], first["source_kind"], first["url"]) == (f"{server.url}/1", "page", f"{server.url}/1")
    assert (first["title"], first["publisher"], first["publisher_country"]) == ("Boat 1", "Wire", "MLT")
    assert (str(first["published_date"]), first["published_basis"]) == ("2018-06-26", "feed")
    assert datetime.now(UTC) - first["fetched_at"] < timedelta(minutes=5)
    assert [r.path for r in server.requests if r.path != "/robots.txt"] == ["/feed", "/1", "/2"]
    assert len(server.asked("/robots.txt")) == 1


def test_what_was_seen_is_not_fetched_again_and_stays(follow: Follow, server: Server) -> None:
    server.pages |= {f"/{n}": article(n) for n in range(1, 5)}
    server.pages["/feed"] = feed_of(server, 1, 2)
    follow()
    server.pages["/feed"] = feed_of(server, 2, 3, 4)
    assert follow().counts["new"] == 2
    assert {len(server.asked(f"/{n}")) for n in range(1, 5)} == {1}
    assert len(follow.rows("articles")) == 4
    before = Output(follow.output).current().number
    again = follow()
    assert (again.snapshot, Output(follow.output).current().number) == (None, before)
    assert len(server.asked("/robots.txt")) == 1


def test_an_unchanged_feed_is_asked_with_conditions_and_its_health_kept(follow: Follow, server: Server) -> None:
    server.pages |= {"/feed": replace(feed_of(server, 1), etag='"1"'), "/1": article(1)}
    first = follow()
    record = follow()
    assert (record.feeds["unchanged"], record.snapshot) == (1, None)
    assert server.asked("/feed")[1].headers["if-none-match"] == '"1"'
    (feed,) = follow.state("feeds")
    assert str(feed["last_success"]) > first.started_at.replace("T", " ")
    assert (feed["entries"], feed["failures"], feed["etag"]) == (1, 0, '"1"')
    server.pages["/feed"] = replace(feed_of(server, 1, 2), etag='"2"')
    server.pages["/2"] = article(2)
    assert follow().counts["new"] == 1
    follow()
    assert server.asked("/feed")[3].headers["if-none-match"] == '"2"'


def test_order_of_runs_makes_no_difference_nor_does_reading_seeds_with_them(
    follow: Follow, server: Server, tmp_path: Path, datasets: Callable[[Path], dict[str, Any]]
) -> None:
    seeds = tmp_path / "seeds.jsonl"
    seeds.write_text(json.dumps({"id": "s", "title": "Boat", "published": "2018-06-25", "text": TEXT * 4}) + "\n")
    server.pages |= {f"/{n}": article(n) for n in range(1, 5)}

    def rows(*steps: tuple[tuple[int, ...], bool]) -> dict[str, Any]:
        follow.output = tmp_path / f"out-{len(list(tmp_path.iterdir()))}"
        for numbers, with_seeds in steps:
            server.pages["/feed"] = feed_of(server, *numbers)
            follow(seeds=(str(seeds),) if with_seeds else ())
        found = datasets(follow.output)
        return {
            table: [{k: v for k, v in row.items() if k != "fetched_at"} for row in rows]
            for table, rows in found.items()
        }

    at_once = rows(((1, 2, 3, 4), True))
    assert len(at_once["articles"]) == 5
    assert rows(((1, 2), False), ((3, 4), True)) == at_once
    assert rows(((3, 4), True), ((2, 1), False)) == at_once


def test_the_feeds_own_text(follow: Follow, server: Server) -> None:
    follow.feeds[0]["full_text"] = "feed"
    server.pages["/feed"] = feed_of(server, 1, 2, text=True)
    assert follow().counts["new"] == 2
    assert server.asked("/1") == []
    first = min(follow.rows("articles"), key=lambda row: row["source_uri"])
    assert (first["source_kind"], first["source_uri"]) == ("feed", f"{server.url}/feed#tag:1")
    assert first["text"].startswith("Italy rescued 1 migrants")
    server.pages["/feed"] = feed_of(server, 2, 3)
    follow()
    assert len(follow.rows("articles")) == 2
    assert follow.rejected() == [("/feed#tag:3", "no_text")]


def test_two_feeds_that_list_one_page(follow: Follow, server: Server) -> None:
    follow.feeds.append({"url": f"{server.url}/other", "publisher": "Other"})
    server.pages |= {"/feed": feed_of(server, 1), "/other": feed_of(server, 1, 2), "/1": article(1), "/2": article(2)}
    assert follow().counts["new"] == 2
    assert len(server.asked("/1")) == 1
    assert sorted(row["publisher"] for row in follow.rows("articles")) == ["Other", "Wire"]


FAILING: dict[str, tuple[Any, str, int]] = {
    "no feed": (Page(b"<html></html>"), "not_a_feed", 1),
    "not found": (Page(status=404), "gone", 1),
    "forbidden": (Page(status=403), "refused", 1),
    "broken": (Page(status=500), "unreadable", 2),
    "reset": (reset, "unreadable", 2),
    "a bomb": (Page(gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"}), "too_large", 1),
    "to a metadata address": (redirect("http://169.254.169.254/"), "refused", 1),
}


@pytest.mark.parametrize("how", FAILING)
def test_a_failing_feed_is_rejected_left_alone_for_a_time_and_comes_back(
    follow: Follow, server: Server, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/feed"], reason, times = FAILING[how]
    record = follow()
    assert (record.feeds["failed"], record.counts["rejected"], record.rejected) == (1, 1, {reason: 1})
    assert follow.rejected() == [("/feed", reason)]
    (feed,) = follow.state("feeds")
    assert feed["failures"] == 1
    assert feed["error"]
    assert feed["not_before"] > datetime.now(UTC)
    assert follow().feeds["not_asked"] == 1
    assert len(server.asked("/feed")) == times
    server.pages |= {"/feed": feed_of(server, 1), "/1": article(1)}
    monkeypatch.setattr("pipeline.following.follower.is_due", lambda feed, now: True)
    assert follow().counts["new"] == 1
    assert follow.rejected() == []
    (feed,) = follow.state("feeds")
    assert (feed["failures"], feed["error"], feed["not_before"]) == (0, None, None)


def test_a_feed_that_is_gone_for_good_is_retired(follow: Follow, server: Server) -> None:
    server.pages |= {"/feed": [feed_of(server, 1), Page(status=410)], "/1": article(1)}
    follow()
    follow()
    assert follow.state("feeds")[0]["retired_at"]
    assert follow().feeds["not_asked"] == 1
    assert len(server.asked("/feed")) == 2
    assert follow.rejected() == [("/feed", "gone")]
    assert len(follow.rows("articles")) == 1
    assert plan(follow.options()).feeds == ()


def test_a_feed_that_moved_for_good_is_asked_there(follow: Follow, server: Server) -> None:
    server.pages |= {"/feed": redirect("/new", 301), "/new": feed_of(server, 1), "/1": article(1)}
    follow()
    follow()
    assert (len(server.asked("/feed")), len(server.asked("/new"))) == (1, 2)
    assert follow.state("feeds")[0]["moved_to"] == f"{server.url}/new"
    assert len(follow.rows("articles")) == 1


def test_a_site_that_asks_to_wait_is_left_alone(follow: Follow, server: Server) -> None:
    busy = Page(status=429, headers={"Retry-After": "3600"})
    server.pages |= {"/feed": feed_of(server, 1, 2, 3), "/1": article(1), "/2": busy, "/3": article(3)}
    record = follow()
    assert (record.counts["new"], record.feeds["waiting"], record.rejected) == (1, 2, {"unreadable": 1})
    assert server.asked("/3") == []
    record = follow()
    assert (record.feeds["not_asked"], len(server.asked("/feed"))) == (1, 1)


def test_pages_that_cannot_be_had_are_tried_again_and_given_up(
    follow: Follow, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages |= {"/feed": feed_of(server, 1, 2, 3), "/1": reset, "/2": Page(status=404), "/3": article(3)}
    monkeypatch.setattr("pipeline.following.follower.before_run", lambda _: timedelta(0))
    assert follow().counts == follow_counts(read=3, new=1, rejected=2)
    assert follow.rejected() == [("/1", "unreadable"), ("/2", "gone")]
    server.pages["/feed"] = feed_of(server, 4)  # the page that failed is not listed any more
    server.pages["/4"] = Page(status=500)
    follow()
    server.pages["/1"] = article(1)
    follow()
    (healed,) = [row for row in follow.rows("articles") if row["source_uri"].endswith("/1")]
    assert (healed["title"], healed["published_basis"]) == ("Boat 1", "feed")
    for _ in range(4):
        follow()
    assert follow.rejected() == [("/2", "gone"), ("/4", "gone")]
    assert len(server.asked("/4")) == 2 * 5
    assert all(row["done"] and row["title"] is None for row in follow.state("entries"))


def follow_counts(**given: int) -> dict[str, int]:
    names = ("read", "new", "seen_again", "rejected", "left_out", "irrelevant", "forgotten", "copies", "unchanged")
    return dict.fromkeys(names, 0) | given


def test_a_dead_host_does_not_hold_up_a_run(follow: Follow, server: Server) -> None:
    server.pages |= {"/feed": feed_of(server, *range(1, 20))} | {f"/{n}": reset for n in range(1, 20)}
    record = follow()
    assert (record.rejected, record.feeds["waiting"]) == ({"unreadable": 3}, 19)


def test_what_robots_are_asked_not_to_fetch(follow: Follow, server: Server) -> None:
    rules = b"User-agent: *\nDisallow: /2\nUser-agent: migration-events\nDisallow: /1\n"
    server.pages |= {"/robots.txt": Page(rules), "/feed": feed_of(server, 1, 2, 3), "/2": article(2)}
    server.pages["/3"] = redirect("/1")
    assert follow().counts == follow_counts(read=3, new=1, rejected=2)
    assert server.asked("/1") == []
    assert follow.rejected() == [("/1", "refused"), ("/3", "refused")]


def test_no_page_is_fetched_where_robots_txt_cannot_be_read(follow: Follow, server: Server) -> None:
    server.pages |= {"/robots.txt": Page(status=503), "/feed": feed_of(server, 1), "/1": article(1)}
    assert follow().rejected == {"unreadable": 1}
    assert server.asked("/feed") == []


def test_pages_that_are_no_articles(follow: Follow, server: Server) -> None:
    pdf = Page(b"%PDF-1.4", headers={"Content-Type": "application/pdf"})
    server.pages |= {
        "/feed": feed_of(server, 1, 2, 3),
        "/1": pdf,
        "/2": Page(b" "),
        "/3": Page(b"<p>Page not found</p>"),
    }
    assert follow().counts == follow_counts(read=3, rejected=3)
    assert follow.rejected() == [("/1", "unsupported"), ("/2", "empty"), ("/3", "not_an_article")]
    assert follow().counts == follow_counts()
    assert len(follow.rejected()) == 3


def test_pages_in_another_charset_than_they_say(follow: Follow, server: Server) -> None:
    page = article(1, more="Città e però: così è.")
    latin = Page(page.body.decode().encode("latin-1"), headers={"Content-Type": "text/html; charset=utf-8"})
    server.pages |= {"/feed": feed_of(server, 1), "/1": latin}
    follow()
    assert "Città e però: così è." in follow.rows("articles")[0]["text"]


def test_bounds_leave_out_what_other_bounds_take(follow: Follow, server: Server) -> None:
    undated = feed_of(server, 1, 2, 3).body.replace(b"<pubDate>27 Jun 2018 01:00:00 GMT</pubDate>", b"")
    server.pages |= {"/feed": Page(undated)} | {f"/{n}": article(n) for n in (1, 2, 3)}
    since = date(2018, 6, 26)  # 1 is of the 26th, 2 has no day, 3 is of the 25th
    assert follow(since=since).counts == follow_counts(read=2, new=1, left_out=1)
    assert follow(since=since).counts == follow_counts()
    assert follow().counts == follow_counts(read=2, new=2)
    assert [len(server.asked(f"/{n}")) for n in (1, 2, 3)] == [1, 2, 1]
    assert len(follow.rows("articles")) == 3


def test_what_was_fetched_is_kept_on_request_and_read_again_by_another_reader(
    follow: Follow, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow.feeds.append({"url": f"{server.url}/own", "full_text": "feed"})
    server.pages |= {"/feed": feed_of(server, 1, 2), "/own": feed_of(server, 7, text=True)}
    server.pages |= {"/1": article(1), "/2": article(2)}
    first = follow(keep_raw=True)
    (archive,) = (follow.output / "raw").iterdir()
    assert archive.name == f"{first.run_id}.warc.gz"
    before = {row["source_uri"]: row["article_id"] for row in follow.rows("articles")}
    assert len(before) == 3
    assert follow(keep_raw=True).snapshot is None
    for cached in (changes._hashed, versions.reading_version):
        cached.cache_clear()
    monkeypatch.setattr(changes, "reading_version", lambda: "another")
    record = follow()
    assert record.counts == follow_counts(read=3, seen_again=3)
    assert {row["source_uri"]: row["article_id"] for row in follow.rows("articles")} == before
    assert [len(server.asked(path)) for path in ("/1", "/2", "/own")] == [1, 1, 3]
    assert follow().counts == follow_counts()
    changes._hashed.cache_clear()


def test_pages_that_are_not_kept_stay_as_they_were_read(
    follow: Follow, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages |= {"/feed": feed_of(server, 1), "/1": article(1)}
    follow()
    assert not (follow.output / "raw").exists()
    changes._hashed.cache_clear()
    monkeypatch.setattr(changes, "reading_version", lambda: "another")
    assert follow().snapshot is None
    assert len(follow.rows("articles")) == 1
    changes._hashed.cache_clear()


def test_what_is_taken_down_is_not_kept_either(follow: Follow, server: Server) -> None:
    server.pages |= {"/feed": feed_of(server, 1, 2), "/1": article(1), "/2": article(2)}
    follow(keep_raw=True)
    (gone,) = [row["article_id"] for row in follow.rows("articles") if row["source_uri"].endswith("/1")]
    forget(str(follow.output), [gone])
    assert b"Page title 2" in kept_of(follow)
    assert b"Page title 1" not in kept_of(follow)
    assert b"Boat 1" not in kept_of(follow)
    assert follow().snapshot is None
    other = feed_of(server, 1)
    other.body = other.body.replace(b"/1<", b"/again<")
    again = article(1)
    again.body = again.body.replace(b"<head>", f'<head><link rel="canonical" href="{server.url}/1">'.encode())
    follow.feeds.append({"url": f"{server.url}/other"})
    server.pages |= {"/other": other, "/again": again}
    assert follow(keep_raw=True).counts == follow_counts(read=1, forgotten=1)
    assert len(follow.rows("articles")) == 1
    assert b"Page title 1" not in kept_of(follow)


def kept_of(follow: Follow) -> bytes:
    return b"".join(gzip.decompress(file.read_bytes()) for file in follow.output.glob("_snapshots/*/raw/*"))


def test_a_dry_run_asks_nobody(follow: Follow, server: Server) -> None:
    planned = plan(follow.options())
    assert [feed.url for feed in planned.feeds] == [f"{server.url}/feed"]
    assert server.requests == []
    assert not follow.output.exists()


def test_private_hosts_must_be_allowed(follow: Follow, server: Server) -> None:
    server.pages |= {"/feed": feed_of(server, 1), "/1": article(1)}
    assert follow(replace(HURRIED, allow_private=False)).rejected == {"refused": 1}
    assert server.requests == []


def test_nothing_to_read() -> None:
    with pytest.raises(UsageError, match="--seeds"):
        run(RunOptions(output="never"))
