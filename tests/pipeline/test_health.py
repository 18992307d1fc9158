"""How feeds and sites fare, from tables of what is known of them."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline.commands.sources import sources
from pipeline.health import health, usual_pause
from pipeline.snapshots import Snapshot
from schemas.columns import to_table
from schemas.state import SeenEntry, SeenFeed, SeenSite

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("hours", "pause"), [((), None), ((0, 1, 2), None), ((0, 1, 2, 3), 1), ((9, 0, 1, 3, 6), 2.5), ((0, 0, 0, 0, 5), 0)]
)
def test_the_usual_pause(hours: tuple[float, ...], pause: float | None) -> None:
    found = usual_pause([ago(hours=hour) for hour in hours])
    assert found == (None if pause is None else timedelta(hours=pause))


FEEDS = {
    "answers": (SeenFeed(feed="a", last_success=NOW, last_new=ago(hours=30)), 5, "silent"),
    "is slow by habit": (SeenFeed(feed="a", last_success=NOW, last_new=ago(hours=30)), 20, "ok"),
    "within a day": (SeenFeed(feed="a", last_success=NOW, last_new=ago(hours=23)), 1, "ok"),
    "is new": (SeenFeed(feed="a", last_success=NOW, last_new=ago(days=90)), None, "ok"),
    "fails": (SeenFeed(feed="a", last_new=ago(days=9), failures=2, error="timeout"), 1, "failing"),
    "is gone": (SeenFeed(feed="a", retired_at=ago(days=1), failures=1, error="410"), 1, "retired"),
    "was never had": (SeenFeed(feed="a", failures=1, error="404"), None, "failing"),
}
SITES = {
    "well": (SeenSite(site="s", last_success=NOW), "ok"),
    "failing": (SeenSite(site="s", failures=1, error="reset"), "failing"),
    "to be left alone": (SeenSite(site="s", failures=1, not_before=NOW + timedelta(hours=1)), "waiting"),
    "left alone long enough": (SeenSite(site="s", failures=1, not_before=ago(hours=1)), "failing"),
}


def snapshot(folder: Path, feeds: list[SeenFeed], entries: list[SeenEntry], sites: list[SeenSite]) -> Snapshot:
    for name, kind, rows in (("feeds", SeenFeed, feeds), ("entries", SeenEntry, entries), ("sites", SeenSite, sites)):
        (folder / "state" / name).mkdir(parents=True)
        pq.write_table(to_table(kind, rows), folder / "state" / name / "part-0.parquet")
    return Snapshot(1, folder)


def arrivals(feed: str, every: float | None) -> list[SeenEntry]:
    return [
        SeenEntry(
            feed=feed, entry_id=f"{n}-{m}", source_uri=f"{n}-{m}", first_seen=ago(hours=50 + n * every), done=True
        )
        for n in range(5 if every else 0)
        for m in range(3)  # found by one run
    ]


@pytest.mark.parametrize("how", FEEDS)
def test_feeds(how: str, tmp_path: Path) -> None:
    feed, every, state = FEEDS[how]
    (found,) = health(snapshot(tmp_path, [feed], arrivals("a", every), []), NOW)
    assert (found.kind, found.address, found.state) == ("feed", "a", state)
    assert found.usual_pause == (timedelta(hours=every) if every else None)
    assert found.error == feed.error


@pytest.mark.parametrize("how", SITES)
def test_sites(how: str, tmp_path: Path) -> None:
    site, state = SITES[how]
    (found,) = health(snapshot(tmp_path, [], [], [site]), NOW)
    assert (found.kind, found.address, found.state) == ("site", "s", state)


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "_snapshots").mkdir()
    feeds = [SeenFeed(feed="https://b.example/[x]", last_success=NOW), SeenFeed(feed="https://a.example/")]
    snapshot(tmp_path / "_snapshots" / "1", feeds, [], [SeenSite(site="https://a.example", failures=3, error="reset")])
    (tmp_path / "_current").symlink_to(Path("_snapshots") / "1")
    said = CliRunner().invoke(sources, [str(tmp_path), "--as", "csv"])
    assert said.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(said.output)))
    assert [row["address"] for row in rows] == ["https://a.example/", "https://b.example/[x]", "https://a.example"]
    assert (rows[1]["last_success"], rows[2]["failures"], rows[2]["error"]) == ("2026-03-01 12:00Z", "3", "reset")
    assert "https://b.example/[x]" in CliRunner().invoke(sources, [str(tmp_path)]).output
