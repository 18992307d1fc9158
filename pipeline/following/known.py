"""What a snapshot knows of feeds, entries and sites."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pyarrow.parquet as pq

from pipeline.fetch.client import FetchError
from pipeline.fetch.waiting import before_run, is_waiting
from pipeline.snapshots import Snapshot
from schemas.state import SeenEntry, SeenFeed, SeenSite


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of feeds, entries and sites when a run begins."""

    feeds: Mapping[str, SeenFeed] = field(default_factory=dict)
    sites: Mapping[str, SeenSite] = field(default_factory=dict)
    entries: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Ids of the entries that were seen, by feed."""
    sources: frozenset[str] = frozenset()
    """What was read, or given up: `source_uri` of the entries that are done."""
    waiting: tuple[SeenEntry, ...] = ()
    """Entries whose document is still to be had."""


def read_known(snapshot: Snapshot, feeds: Iterable[str]) -> Known:
    """What a snapshot knows; of entries only those of these feeds, and the sources of all."""
    wanted = frozenset(feeds)
    entries: dict[str, set[str]] = {}
    sources, waiting = set(), []
    for row in _rows(snapshot, "state/entries"):
        if row["done"]:
            sources.add(row["source_uri"])
        if row["feed"] in wanted:
            entries.setdefault(row["feed"], set()).add(row["entry_id"])
            if not row["done"]:
                waiting.append(SeenEntry(**{**row, "authors": tuple(row["authors"])}))
    return Known(
        feeds={row["feed"]: SeenFeed(**row) for row in _rows(snapshot, "state/feeds")},
        sites={row["site"]: SeenSite(**row) for row in _rows(snapshot, "state/sites")},
        entries={feed: frozenset(ids) for feed, ids in entries.items()},
        sources=frozenset(sources),
        waiting=tuple(waiting),
    )


def _rows(snapshot: Snapshot, table: str) -> Iterable[dict[str, Any]]:
    for file in snapshot.files(table):
        for batch in pq.ParquetFile(file).iter_batches():
            yield from batch.to_pylist()


def is_due(feed: SeenFeed | None, now: datetime) -> bool:
    """Whether a feed is to be asked: it is not retired, and not to be left alone for a time."""
    return feed is None or (feed.retired_at is None and not is_waiting(feed.not_before, now))


def feed_failed(feed: SeenFeed, error: FetchError, now: datetime) -> SeenFeed:
    """A feed after a failure: asked again after a pause that grows, or when it asks to be; never if it is gone.

    Where it moved to is forgotten, so that it is sought at its first address again.
    """
    failures = feed.failures + 1
    return replace(
        feed,
        moved_to=feed.moved_to if error.passing or error.status == 410 else None,
        retired_at=now if error.status == 410 else None,
        failing_since=feed.failing_since or now,
        failures=failures,
        error=error.detail,
        not_before=now + (error.wait if error.wait is not None else before_run(failures)),
    )
