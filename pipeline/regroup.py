"""Cluster events again where something changed, with the outcome of clustering all of them.

`transforms.clusters` goes through all events in an order of their own; each joins a group that it shares a block with:
the type, and about the time of publication or the very day of the event. So what is new or gone can make a difference
only to events near it in this sense, and to those near these if it did. Let X be the members of all groups that differ
from the ones before, in which every event that is new or gone counts as one: whatever is not near X meets the groups
that it met before, and joins the one that it joined before; whatever is near X is decided by what is near it. So it is
enough to cluster what is near to what is near X, taking whole groups and whole articles; X is found by trying.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import pyarrow as pa

from transforms.clusters import cluster
from transforms.clusters.likeness import PICKED_UP, WINDOW

_FIRST_DAY = date(1970, 1, 1)
"""From which blocks count windows of publication."""

WORTHWHILE = 0.5
"""Where more than this share of the events is near to a change, all are clustered: once, and not in several rounds."""

Cell = tuple[str, str, object]
"""Type, kind of time, time."""


def regroup(events: pa.Table, before: list[str | None], gone: pa.Table) -> pa.Table:
    """The clusters of all events.

    Args:
        events: as `transforms.clusters.cluster` takes them.
        before: for each the cluster that it was in, as `cluster` gave it for all events of then; None for a new one.
        gone: event_cluster_id and the same columns, of events that were clustered then and are no more.

    Returns:
        event_id and event_cluster_id, sorted by event_id: what `cluster(events)` returns.

    """
    left = set(gone["event_cluster_id"].to_pylist())
    changed = {i for i, cluster_id in enumerate(before) if cluster_id is None or cluster_id in left}
    if len(changed) == len(before):
        return cluster(events)
    present = len(before)
    columns = ["event_id", "article_id", "event_type", "published_date", "event_date", "event_date_end"]
    everything = pa.concat_tables([events.select(columns), gone.select(columns)])
    near = _Near(everything, [*before, *gone["event_cluster_id"].to_pylist()])
    changed |= set(range(present, len(everything)))
    ids = events["event_id"].to_pylist()
    after = dict(zip(ids, before, strict=True))
    chosen: set[int] = set()
    while wanted := near.to(near.to(changed)) - chosen:
        chosen |= wanted
        if len(chosen) > WORTHWHILE * len(everything):
            return cluster(events)
        found = cluster(events.take(pa.array(sorted(i for i in chosen if i < present), pa.int64())))
        after |= dict(zip(found["event_id"].to_pylist(), found["event_cluster_id"].to_pylist(), strict=True))
        moved = [i for i in chosen if i < present and after[ids[i]] != before[i]]
        differing = {before[i] for i in moved} | {after[ids[i]] for i in moved}
        changed |= {i for i in chosen if i < present and {before[i], after[ids[i]]} & differing}
    return pa.table(
        {
            "event_id": pa.array(sorted(ids), pa.string()),
            "event_cluster_id": pa.array([after[i] for i in sorted(ids)], pa.string()),
        }
    )


class _Near:
    """Which events are near which, by row."""

    def __init__(self, events: pa.Table, clusters: Iterable[str | None]) -> None:
        self._cells = [
            tuple(_cells(*row))
            for row in zip(
                *(
                    events[name].to_pylist()
                    for name in ("event_type", "published_date", "event_date", "event_date_end")
                ),
                strict=True,
            )
        ]
        self._at = _index((cell, i) for i, cells in enumerate(self._cells) for cell in cells)
        articles = events["article_id"].to_pylist()
        rows = zip(articles, clusters, range(len(articles)), strict=True)
        self._ties = [(("article", article), ("cluster", cluster_id or i)) for article, cluster_id, i in rows]
        self._tied = _index((tie, i) for i, ties in enumerate(self._ties) for tie in ties)

    def to(self, rows: Iterable[int]) -> set[int]:
        """These rows and all near them, with all of their clusters and articles."""
        cells = {reached for i in rows for cell in self._cells[i] for reached in _reach(cell)}
        found = {i for cell in cells for i in self._at.get(cell, ())}
        fresh = found
        while fresh:
            fresh = {i for row in fresh for tie in self._ties[row] for i in self._tied[tie]} - found
            found = found | fresh
        return found


def _index(pairs: Iterable[tuple[object, int]]) -> dict[object, list[int]]:
    found = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return found


def _cells(event_type: str, published: date | None, first: date | None, last: date | None) -> Iterator[Cell]:
    kind = min(PICKED_UP) if event_type in PICKED_UP else event_type
    yield kind, "published", None if published is None else (published - _FIRST_DAY).days // WINDOW
    if first is not None and last in (None, first):
        yield kind, "day", first


def _reach(cell: Cell) -> Iterator[Cell]:
    """The cells of what may share a block with an event of this one: also those before and after, in publication."""
    kind, what, when = cell
    if isinstance(when, int):
        yield from ((kind, what, when + step) for step in (-1, 0, 1))
    else:
        yield cell
