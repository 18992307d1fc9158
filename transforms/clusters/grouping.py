"""Grouping: first the tellings of each article, then those of different articles.

Each report in turn joins the group that it is most like, if nothing in that group conflicts with it (complete linkage)
and enough speaks for it on average. The order is fixed by the reports themselves, so the outcome is a function of the
set of events, whatever the order or the number of runs that brought them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

import pyarrow as pa

from transforms.clusters.likeness import PICKED_UP, WINDOW, likeness
from transforms.clusters.reports import Report, reports, together

WITHIN_FROM = 0.6
"""Likeness from which two sentences of one article tell of one happening, nothing speaking against it."""
ACROSS_FROM = 2.5
"""The same for two articles, which have less reason to speak of the same thing."""
LEADERS = 16
"""A group's first members, so many, decide who else belongs to it: a story told in ten thousand articles costs no more
than ten thousand times that."""
NEAREST = 128
"""So many groups are compared, the latest ones: where more share a block, what they share says little."""


def cluster(events: pa.Table) -> pa.Table:
    """Which events are tellings of one happening.

    Args:
        events: with the columns of `schemas.events.Event` that `reports` reads; in any order.

    Returns:
        event_id and event_cluster_id, sorted by event_id. The id of a cluster is that of its oldest member: by day of
        publication (unknown last), then by id.

    """
    ordered = sorted(reports(events), key=_order)
    tellings = [
        together(group)
        for _, of_article in groupby(ordered, key=lambda report: report.article_id)
        for group in _within(of_article)
    ]
    cluster_of = {}
    for group in _across(tellings):
        aged = sorted((t.published is None, t.published or 0, i) for t in group for i in t.event_ids)
        for _, _, event_id in aged:
            cluster_of[event_id] = aged[0][2]
    ids = sorted(cluster_of)
    return pa.table(
        {
            "event_id": pa.array(ids, pa.string()),
            "event_cluster_id": pa.array([cluster_of[i] for i in ids], pa.string()),
        }
    )


def _order(report: Report) -> tuple[bool, int, str, int, str]:
    sentence = min(report.sentences)
    return report.published is None, report.published or 0, report.article_id, sentence, report.event_ids[0]


def _within(of_article: Iterable[Report]) -> Iterator[list[Report]]:
    """The groups of one article's reports."""
    groups: dict[str | frozenset[str], list[list[Report]]] = defaultdict(list)
    for report in of_article:
        of_type = groups[PICKED_UP if report.event_type in PICKED_UP else report.event_type]
        near = of_type[-NEAREST:]
        best = _most_like(report, near, WITHIN_FROM)
        if best is None:
            of_type.append([report])
        else:
            near[best].append(report)
    for of_type in groups.values():
        yield from of_type


def _across(tellings: list[Report]) -> list[list[Report]]:
    """The groups of all articles' tellings. Only such are compared as share a block."""
    groups: list[list[Report]] = []
    blocks: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for telling in tellings:
        near = sorted({i for key in _blocks(telling, reach=1) for i in blocks.get(key, ())})
        # tellings of one article come one after another, and were told apart already
        near = [i for i in near if groups[i][-1].article_id != telling.article_id][-NEAREST:]
        best = _most_like(telling, [groups[i] for i in near], ACROSS_FROM)
        if best is None:
            groups.append([telling])
            number = len(groups) - 1
        else:
            number = near[best]
            groups[number].append(telling)
        for key in _blocks(telling, reach=0):
            blocks[key].add(number)
    return groups


def _blocks(telling: Report, reach: int) -> Iterator[tuple[object, ...]]:
    """Type, time, and a party, place or number. Time is the very day of the event, or about that of publication."""
    times: list[object] = [None]
    if telling.published is not None:
        about = telling.published // WINDOW
        times = [about + step for step in range(-reach, reach + 1)]
    if telling.days is not None and telling.days[0] == telling.days[1]:
        times.append(telling.days)
    sources, targets = telling.sources, telling.targets
    shared = [*(sources.names | targets.names), *telling.places, *telling.figures]
    shared += [(s, t) for s in sources.codes for t in targets.codes]
    for time in times:
        for what in shared:
            yield telling.event_type, time, what


def _most_like(report: Report, groups: list[list[Report]], least: float) -> int | None:
    """The number of the group that a report is most like, conflicting with nothing in it; None below `least`."""
    best, most = None, least
    for number, group in enumerate(groups):
        leaders = group[:LEADERS]
        total = 0.0
        for leader in leaders:
            score = likeness(leader, report)
            if score is None:
                break
            total += score
        else:
            mean = total / len(leaders)
            if mean > most or (best is None and mean >= least):
                best, most = number, mean
    return best
